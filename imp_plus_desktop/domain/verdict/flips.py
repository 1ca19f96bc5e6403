# SPDX-License-Identifier: Apache-2.0
"""The smallest change that would turn a finding, made from what the finding was judged on.

`FLIPS` says for each reason which records would have to read otherwise; one that maps to
`_nothing` says that no change helps (PR decided, a letter dated after the last accepted day).
A flip is judged on the same day as its finding: applied (`what_if.py`), the finding passes or no
longer applies. Must not judge a file, nor change one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.documents.documents import MANDATORY, Presence, held
from imp_plus_desktop.domain.letters.csq import computed_csq_expiry, csq_expiry, pr_state
from imp_plus_desktop.domain.letters.letters import current_letter, letter_can_serve, letter_uses
from imp_plus_desktop.domain.permits.permits import latest_permit
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import (
    QUEBEC,
    address_in_quebec,
    elg_02,
    residence_on,
)
from imp_plus_desktop.domain.rules.findings import (
    Change,
    FactValue,
    Finding,
    Flip,
    How,
    RuleOutcome,
)
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    PrState,
    ResidenceProof,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.records import Application, ApplicationId, PersonFile

_OPEN = frozenset({RuleOutcome.FAIL, RuleOutcome.UNKNOWN, RuleOutcome.JUDGEMENT})


@dataclass(frozen=True, slots=True)
class Case:
    """What findings were judged on. `ignore` is an application that was left out."""

    file: PersonFile
    day: date
    programme: Programme
    kind: ApplicationKind = ApplicationKind.FIRST
    ignore: ApplicationId | None = None


Maker = Callable[[Finding, Case], Flip | None]


def with_flips(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """The findings, each that fails, is unknown or needs judgement with its flip."""
    return tuple(_with_flip(finding, case) for finding in findings)


def _with_flip(finding: Finding, case: Case) -> Finding:
    maker = FLIPS.get(f"{finding.rule} {finding.reason}") or FLIPS.get(finding.reason)
    if maker is None or finding.outcome not in _OPEN:
        return finding
    flip = maker(finding, case)
    return replace(finding, flip=flip, final=flip is None)


def _nothing(finding: Finding, case: Case) -> None:
    """Nothing that anybody could record turns this."""
    return


def _person(field: str, how: How, value: FactValue) -> Change:
    return Change("person", field, how, value)


def _received(*types: DocumentType) -> tuple[Change, ...]:
    state = DocumentState.RECEIVED.value
    return tuple(Change("document", type_.value, How.SET, state) for type_ in types)


# Letter


def _letter_recorded(finding: Finding, case: Case) -> Flip | None:
    programme, start = case.programme, _window_start(case)
    if case.day < programme.opened or not letter_can_serve(case.day, programme):
        return None  # none that is accepted had been written by then, or could have come in time
    latest = min(case.day, programme.last_accepted_letter)
    changes = (
        Change("letter", "letter_date", How.UNTIL, latest),
        Change("letter", "letter_received_date", How.FROM, start),
    )
    return Flip("letter_in_time", changes, {"latest": latest, "received_from": start})


def _letter_written(finding: Finding, case: Case) -> Flip:
    """One more letter, written by the day: the one there is stays what it is."""
    latest = min(case.day, case.programme.last_accepted_letter)
    change = Change("letter", "written_by", How.UNTIL, latest)
    return Flip("letter_written_by", (change,), {"latest": latest})


def _letter_later(finding: Finding, case: Case) -> Flip | None:
    start, letter = _window_start(case), current_letter(case.file)
    closed = case.day > case.programme.last_accepted_letter
    if closed and letter is not None and _too_late_to_come(letter.letter_date, case):
        return None
    change = Change("letter", "letter_received_date", How.FROM, start)
    return Flip("letter_received_from", (change,), {"received_from": start})


def _too_late_to_come(written: date, case: Case) -> bool:
    """Whether a letter would have to have come later than its own days to apply.

    Nothing that is sent takes so long: such a day of receipt can no longer come true.
    """
    latest = written + timedelta(days=case.programme.letter_window_days)
    return _window_start(case) > latest


def _window_start(case: Case) -> date:
    return case.day - timedelta(days=case.programme.letter_window_days)


def _letter_in_programme(finding: Finding, case: Case) -> Flip | None:
    if not letter_can_serve(case.day, case.programme):
        return None
    opened, last = case.programme.opened, case.programme.last_accepted_letter
    change = Change("letter", "letter_date", How.FROM, opened)
    return Flip("letter_dated_between", (change,), {"opened": opened, "last_accepted": last})


def _letter_receipt(finding: Finding, case: Case) -> Flip:
    dated = finding.facts["letter_date"]
    return Flip(
        "letter_receipt_recorded",
        (Change("letter", "letter_received_date", How.RECORD, dated),),
    )


def _letter_spared(finding: Finding, case: Case) -> Flip | None:
    """What still waits can come back incomplete; after what has ended, a new letter is needed."""
    using = letter_uses(case.file, case.ignore)
    if any(application.state is ApplicationState.APPROVED for application in using):
        return None
    waiting = [application for application in using if is_open(application.state)]
    returned = ApplicationState.RETURNED.value
    changes = [Change("application", "state", How.SET, returned, one.id) for one in waiting]
    changes += _status_without(waiting, case)
    if len(waiting) == len(using):
        return Flip("earlier_application_returned", tuple(changes))
    written = _new_letter_from(case, using)
    if written is None:
        return None
    changes.append(Change("letter", "letter_date", How.FROM, written))
    return Flip("new_letter_from", tuple(changes), {"written_from": written})


def _status_without(returned: list[Application], case: Case) -> tuple[Change, ...]:
    """What the status in Canada would need once these applications no longer keep it."""
    ids = {one.id for one in returned}
    applications = tuple(
        replace(one, state=ApplicationState.RETURNED) if one.id in ids else one
        for one in case.file.applications
    )
    file = replace(case.file, applications=applications)
    where = residence_on(file, case.day)
    same = status_on(file, case.day, case.ignore) == status_on(case.file, case.day, case.ignore)
    if same or where.conflict or not where.in_canada:
        return ()
    found = elg_02(file, where, case.day, case.programme, case.ignore)
    flip = _with_flip(found, replace(case, file=file)).flip
    return () if flip is None else flip.changes


def _new_letter_from(case: Case, using: tuple[Application, ...]) -> date | None:
    """The first day on which a letter was written after all these applications, if one counts."""
    letter = current_letter(case.file)
    replaces = letter is not None and letter.supersedes_id is not None
    received = [toronto_day(one.received_at) for one in using if one.received_at is not None]
    if replaces or len(received) < len(using) or not letter_can_serve(case.day, case.programme):
        return None
    written = max(received) + timedelta(days=1)
    return written if written <= min(case.day, case.programme.last_accepted_letter) else None


# CSQ and PR


def _csq_valid(finding: Finding, case: Case) -> Flip:
    needed = case.day
    if finding.rule == "CSQ-06":
        needed += timedelta(days=max(case.programme.csq_warning_days) + 1)
    change = _person("csq_expiry_date", How.FROM, needed)
    return Flip("csq_valid_until", (change,), {"expiry": needed})


def _csq_dates_agree(finding: Finding, case: Case) -> Flip | None:
    """Dates that agree and a CSQ that runs, or that PR kept alive from the day that it ended."""
    corrected, expected = _csq_corrected(case), finding.facts["expected"]
    if corrected is not None or _pr_closed(case) or not isinstance(expected, date):
        return corrected
    changes = (_person("csq_expiry_date", How.SET, expected), *_filed_by(expected))
    return Flip("csq_corrected_pr_filed_by", changes, {"expiry": expected})


def _csq_corrected(case: Case) -> Flip | None:
    """Two dates that contradict each other made to agree, when the CSQ then runs on the day."""
    expiry, expected = case.file.person.csq_expiry_date, _expected(case)
    if expiry is None or expected is None or expiry == expected:
        return None
    if expected >= case.day:
        change = _person("csq_expiry_date", How.SET, expected)
        return Flip("csq_expiry_corrected", (change,), {"expiry": expected})
    issued = _issue_of(expiry, case)
    if expiry >= case.day and issued is not None:
        change = _person("csq_issue_date", How.SET, issued)
        return Flip("csq_issue_corrected", (change,), {"issued": issued})
    return None


def _expected(case: Case) -> date | None:
    return computed_csq_expiry(case.file.person, case.programme)


def _issue_of(expiry: date, case: Case) -> date | None:
    """The day of issue that gives an expiry, None when no term does."""
    for term in case.programme.csq_terms:
        issued = add_months(expiry, -term.months)
        person = replace(case.file.person, csq_issue_date=issued, csq_expiry_date=None)
        if computed_csq_expiry(person, case.programme) == expiry:
            return issued
    return None


def _filed_by(day: date) -> tuple[Change, ...]:
    return (
        _person("pr_filed_on", How.UNTIL, day),
        _person("pr_state", How.SET, PrState.IN_PROCESS.value),
    )


def _csq_and_pr(finding: Finding, case: Case) -> Flip:
    """CSQ-03: a CSQ that runs; where PR was withdrawn, filed again too."""
    return _filed_again(_csq_valid(finding, case), case)


def _filed_again(flip: Flip, case: Case) -> Flip:
    """A flip of the CSQ's dates with PR filed again where it was withdrawn: CSQ-03 weighs it."""
    expiry = flip.facts.get("expiry") or case.file.person.csq_expiry_date
    if case.file.person.pr_state is not PrState.WITHDRAWN or not isinstance(expiry, date):
        return flip
    changes = (*flip.changes, *_filed_by(expiry))
    if flip.code == "csq_expiry_corrected":
        return Flip("csq_corrected_pr_filed_by", changes, flip.facts)
    if flip.code == "csq_issue_corrected":
        facts = {**flip.facts, "expiry": expiry}
        return Flip("csq_issue_corrected_pr_filed", changes, facts)
    return Flip("csq_valid_pr_filed_by", changes, flip.facts)


def _pr_closed(case: Case) -> bool:
    closed = {PrState.APPROVED, PrState.REFUSED, PrState.WITHDRAWN, PrState.LANDED}
    return case.file.person.pr_state in closed


def _pr_filed_in_time(finding: Finding, case: Case) -> Flip | None:
    expiry = csq_expiry(case.file.person, case.programme)
    if expiry is None or _pr_closed(case):
        corrected = _csq_corrected(case)
        if corrected is None or finding.rule != "CSQ-03":
            return corrected
        return _filed_again(corrected, case)
    return Flip("pr_filed_by", _filed_by(expiry), {"filed_by": expiry})


def _pr_filed_before_expiry(finding: Finding, case: Case) -> Flip | None:
    """CSQ-03 and -06, while the certificate runs: PR can be filed, also after a withdrawal."""
    expiry = finding.facts["expiry"]
    if not isinstance(expiry, date):
        return None
    return Flip("pr_filed_by", _filed_by(expiry), {"filed_by": expiry})


def _pr_state_recorded(finding: Finding, case: Case) -> Flip:
    change = _person("pr_state", How.RECORD, PrState.NOT_FILED.value)
    return Flip("pr_state_recorded", (change,))


def _category(finding: Finding, case: Case) -> Flip:
    accepted = sorted(case.programme.csq_accepted)
    change = _person("csq_category", How.RECORD, "IQ" if "IQ" in accepted else accepted[0])
    return Flip("csq_category_recorded", (change,), {"categories": ",".join(accepted)})


# Residence and status in Canada


def _outside_quebec(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "outside_quebec", How.SET, case.day)
    return Flip("residence_outside_quebec", (change, *_said_outside(case)), {"on_day": case.day})


def _outside_canada(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "outside_canada", How.SET, case.day)
    return Flip("residence_outside_canada", (change,), {"on_day": case.day})


def _province(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "province", How.NOT, QUEBEC)
    return Flip("province_not_quebec", (change, *_said_outside(case)))


def _evidence(finding: Finding, case: Case) -> Flip:
    return Flip("evidence_agrees", _said_outside(case))


def _said_outside(case: Case) -> tuple[Change, ...]:
    """What else would have to say so: a tick or an address that says Quebec."""
    person, changes = case.file.person, []
    if person.outside_quebec_declared is False:
        changes.append(_person("outside_quebec_declared", How.SET, True))
    if address_in_quebec(person):
        changes.append(_person("address_province", How.NOT, QUEBEC))
    return tuple(changes)


def _canada_status(finding: Finding, case: Case) -> Flip:
    """Ended no longer ago than it can be restored; proof of residence too where it is wanting.

    Where the status itself lets nobody apply inland, that of a permit's holder.
    """
    until = case.day - timedelta(days=case.programme.restoration_days)
    recorded = case.file.person.canada_status
    held_status = status_on(case.file, case.day, case.ignore).status
    # The status that is recorded is the one that would run longer, whatever is held by now.
    either = {recorded, held_status}
    as_permit = bool(either & _NOT_INLAND) and case.file.person.r199 is not True
    as_permit = as_permit or CanadaStatus.CLAIMANT in either
    status = (
        _person("canada_status", How.SET, CanadaStatus.WORKER.value)
        if as_permit
        else _person("canada_status", How.NOT, CanadaStatus.NONE.value)
    )
    changes: tuple[Change, ...] = (status, _person("canada_status_until", How.FROM, until))
    facts = {"status_until": until}
    proven = held(case.file, DocumentType.RESIDENCE_PROOF, case.day) is Presence.YES
    changes += () if proven else _received(DocumentType.RESIDENCE_PROOF)
    if as_permit and proven:
        return Flip("canada_permit_until", changes, facts)
    if as_permit:
        return Flip("canada_permit_and_proof", changes, facts)
    if proven:
        return Flip("canada_status_until", changes, facts)
    return Flip("canada_status_and_proof", changes, facts)


_NOT_INLAND = frozenset({CanadaStatus.VISITOR, CanadaStatus.CLAIMANT})
"""Statuses that need more than being valid."""


def _residence_proof(finding: Finding, case: Case) -> Flip:
    held_status = status_on(case.file, case.day, case.ignore)
    known = held_status.kept or held_status.until is not None
    visitor = held_status.status is CanadaStatus.VISITOR and case.file.person.r199 is None
    if held_status.status is None or not known or visitor or held_status.undated:
        return _canada_status(finding, case)
    return Flip("residence_proof_received", _received(DocumentType.RESIDENCE_PROOF))


def _inland_exception(finding: Finding, case: Case) -> Flip:
    """The exception alone, where nothing else is wanting."""
    proof = held(case.file, DocumentType.RESIDENCE_PROOF, case.day)
    shown = residence_on(case.file, case.day).residence
    proven = shown is not None and shown.proof not in (None, ResidenceProof.DECLARATION)
    proven = proof is Presence.YES or (proof is Presence.NOT_RECORDED and proven)
    held_status = status_on(case.file, case.day, case.ignore)
    known = held_status.kept or (held_status.until is not None and not held_status.undated)
    if not proven or not known:
        return _canada_status(finding, case)
    return Flip("r199_exception", (_person("r199", How.SET, True),))


def _no_r206(finding: Finding, case: Case) -> Flip:
    return Flip("no_r206", (_person("r206", How.SET, False),))


# Extension


def _extension(finding: Finding, case: Case) -> Flip | None:
    """A permit that has ended cannot be extended, and a decided PR cannot go back in process."""
    person, permit = case.file.person, latest_permit(case.file)
    if permit is not None and permit.valid_until < case.day:
        return None
    if person.pr_state in {PrState.APPROVED, PrState.REFUSED, PrState.LANDED}:
        return None
    changes: list[Change] = []
    if pr_state(person) is not PrState.IN_PROCESS:
        changes.append(_person("pr_state", How.SET, PrState.IN_PROCESS.value))
    if held(case.file, DocumentType.PR_PROOF, case.day) is not Presence.YES:
        changes += _received(DocumentType.PR_PROOF)
    if permit is None:
        changes.append(Change("permit", "valid_until", How.FROM, case.day))
    return Flip("extension_conditions", tuple(changes), {"on_day": case.day})


# Filing, documents, passport


def _online(finding: Finding, case: Case) -> Flip:
    return Flip("filed_online", (Change("filing", "channel", How.SET, Channel.ONLINE.value),))


def _documents(finding: Finding, case: Case) -> Flip:
    wanting = [kind for kind in MANDATORY if held(case.file, kind, case.day) is not Presence.YES]
    return Flip("documents_received", _received(*wanting), {"missing": ",".join(wanting)})


def _pr_proof(finding: Finding, case: Case) -> Flip:
    return Flip("pr_proof_received", _received(DocumentType.PR_PROOF))


def _passport(finding: Finding, case: Case) -> Flip:
    needed = add_months(case.day, case.programme.permit_months(case.kind))
    change = Change("passport", "expiry", How.FROM, needed)
    return Flip("passport_valid_until", (change,), {"expiry": needed})


def _wording(finding: Finding, case: Case) -> Flip:
    number = finding.facts["application"]
    which = number if isinstance(number, int) else None
    change = Change("application", "a76_wording", How.SET, True, which)
    return Flip("wording_on_form", (change,))


FLIPS: Mapping[str, Maker] = MappingProxyType(
    {
        "letter_before_programme": _letter_in_programme,
        "letter_after_last_accepted": _nothing,
        "letter_missing": _letter_recorded,
        "letter_not_written_yet": _letter_written,
        "letter_expired": _letter_later,
        "letter_receipt_missing": _letter_receipt,
        "letter_already_used": _letter_spared,
        "csq_dates_unknown": _csq_valid,
        "CSQ-03 csq_dates_unknown": _csq_and_pr,
        "csq_expiry_differs": _csq_dates_agree,
        "csq_expired": _pr_filed_in_time,
        "csq_expired_pr_unknown": _pr_filed_in_time,
        "csq_expired_pr_not_filed": _pr_filed_in_time,
        "pr_filing_day_unknown": _pr_filed_in_time,
        "pr_filed_after_csq_expiry": _pr_filed_in_time,
        "pr_not_in_process": _pr_filed_in_time,
        "csq_category_unknown": _category,
        "csq_category_other_route": _nothing,
        "csq_not_worker": _nothing,
        "csq_expiring": _pr_filed_before_expiry,
        "pr_withdrawn": _pr_filed_before_expiry,
        "residence_unknown": _outside_quebec,
        "lives_in_quebec": _outside_quebec,
        "lives_in_quebec_contradicted": _outside_quebec,
        "residence_conflict": _outside_quebec,
        "residence_contradicted": _evidence,
        "province_unknown": _province,
        "ELG-02 residence_unknown": _outside_canada,
        "ELG-03 residence_unknown": _outside_canada,
        "ELG-02 residence_conflict": _outside_canada,
        "ELG-03 residence_conflict": _outside_canada,
        "canada_status_none": _canada_status,
        "canada_status_unknown": _canada_status,
        "canada_status_ended": _canada_status,
        "canada_status_claimant": _canada_status,
        "visitor_no_exception": _inland_exception,
        "visitor_exception_unknown": _inland_exception,
        "residence_proof_missing": _residence_proof,
        "residence_proof_not_recorded": _residence_proof,
        "r206_unknown": _no_r206,
        "r206_held": _no_r206,
        "pr_decided": _nothing,
        "extension_after_permit_end": _extension,
        "extension_after_restoration": _extension,
        "extension_pr_not_in_process": _extension,
        "permit_to_extend_unknown": _extension,
        "EXT-01 pr_nothing_recorded": _extension,
        "EXT-01 pr_proof_missing": _extension,
        "EXT-01 pr_proof_not_recorded": _extension,
        "channel_unknown": _online,
        "channel_port_of_entry": _online,
        "channel_paper": _online,
        "documents_missing": _documents,
        "documents_not_recorded": _documents,
        "pr_nothing_recorded": _pr_state_recorded,
        "pr_proof_missing": _pr_proof,
        "pr_proof_not_recorded": _pr_proof,
        "passport_expiry_unknown": _passport,
        "passport_expired": _passport,
        "passport_too_short": _passport,
        "a76_wording_missing": _wording,
        "a76_wording_unknown": _wording,
    }
)
"""By reason, or by `RULE reason` where one rule needs another change than the others."""
