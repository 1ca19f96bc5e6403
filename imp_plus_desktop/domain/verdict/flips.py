# SPDX-License-Identifier: Apache-2.0
"""The smallest change that would turn a finding, made from what the finding was judged on.

`FLIPS` says for each reason which records would have to read otherwise; one that maps to
`_nothing` says that no change helps (PR decided, a letter dated after the last accepted day).
A flip is judged on the same day as its finding: applied (`what_if.py`), the finding passes or no
longer applies. Must not judge a file, nor change one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.documents.documents import MANDATORY, Presence, held
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.letters.letters import current_letter, letter_can_serve, letter_uses
from imp_plus_desktop.domain.permits.permits import latest_permit
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import elg_02, residence_on
from imp_plus_desktop.domain.rules.findings import Change, Finding, Flip, How, RuleOutcome
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, Channel, DocumentType, PrState
from imp_plus_desktop.domain.verdict.csq_flips import (
    category,
    csq_and_pr,
    csq_dates_agree,
    csq_valid,
    pr_filed_before_expiry,
    pr_filed_in_time,
    pr_state_recorded,
)
from imp_plus_desktop.domain.verdict.flip_case import Case, Maker, documents_received, person_change
from imp_plus_desktop.domain.verdict.letter_flips import (
    letter_in_programme,
    letter_later,
    letter_receipt,
    letter_recorded,
    letter_written,
)
from imp_plus_desktop.domain.verdict.residence_flips import (
    canada_status,
    evidence,
    inland_exception,
    no_r206,
    outside_canada,
    outside_quebec,
    province,
    residence_proof,
)

_OPEN = frozenset({RuleOutcome.FAIL, RuleOutcome.UNKNOWN, RuleOutcome.JUDGEMENT})


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


def _extension(finding: Finding, case: Case) -> Flip | None:
    """A permit that has ended cannot be extended, and a decided PR cannot go back in process."""
    person, permit = case.file.person, latest_permit(case.file)
    if permit is not None and permit.valid_until < case.day:
        return None
    if pr_state(person) in {PrState.APPROVED, PrState.REFUSED, PrState.LANDED}:
        return None
    changes: list[Change] = []
    if pr_state(person) is not PrState.IN_PROCESS:
        changes.append(person_change("pr_state", How.SET, PrState.IN_PROCESS.value))
    if held(case.file, DocumentType.PR_PROOF, case.day) is not Presence.YES:
        changes += documents_received(DocumentType.PR_PROOF)
    if permit is None:
        changes.append(Change("permit", "valid_until", How.FROM, case.day))
    return Flip("extension_conditions", tuple(changes), {"on_day": case.day})


def _online(finding: Finding, case: Case) -> Flip:
    return Flip("filed_online", (Change("filing", "channel", How.SET, Channel.ONLINE.value),))


def _documents(finding: Finding, case: Case) -> Flip:
    wanting = [kind for kind in MANDATORY if held(case.file, kind, case.day) is not Presence.YES]
    return Flip("documents_received", documents_received(*wanting), {"missing": ",".join(wanting)})


def _pr_proof(finding: Finding, case: Case) -> Flip:
    return Flip("pr_proof_received", documents_received(DocumentType.PR_PROOF))


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
        "letter_before_programme": letter_in_programme,
        "letter_after_last_accepted": _nothing,
        "letter_missing": letter_recorded,
        "letter_not_written_yet": letter_written,
        "letter_expired": letter_later,
        "letter_receipt_missing": letter_receipt,
        "letter_already_used": _letter_spared,
        "csq_dates_unknown": csq_valid,
        "CSQ-03 csq_dates_unknown": csq_and_pr,
        "csq_expiry_differs": csq_dates_agree,
        "csq_expired": pr_filed_in_time,
        "csq_expired_pr_unknown": pr_filed_in_time,
        "csq_expired_pr_not_filed": pr_filed_in_time,
        "pr_filing_day_unknown": pr_filed_in_time,
        "pr_filed_after_csq_expiry": pr_filed_in_time,
        "pr_not_in_process": pr_filed_in_time,
        "csq_category_unknown": category,
        "csq_category_other_route": _nothing,
        "csq_not_worker": _nothing,
        "csq_expiring": pr_filed_before_expiry,
        "pr_withdrawn": pr_filed_before_expiry,
        "residence_unknown": outside_quebec,
        "lives_in_quebec": outside_quebec,
        "lives_in_quebec_contradicted": outside_quebec,
        "residence_conflict": outside_quebec,
        "country_against_province": outside_quebec,
        "residence_contradicted": evidence,
        "province_unknown": province,
        "ELG-02 residence_unknown": outside_canada,
        "ELG-03 residence_unknown": outside_canada,
        "ELG-02 residence_conflict": outside_canada,
        "ELG-03 residence_conflict": outside_canada,
        "ELG-02 country_against_province": outside_canada,
        "ELG-03 country_against_province": outside_canada,
        "canada_status_none": canada_status,
        "canada_status_unknown": canada_status,
        "canada_status_ended": canada_status,
        "canada_status_claimant": canada_status,
        "visitor_no_exception": inland_exception,
        "visitor_exception_unknown": inland_exception,
        "residence_proof_missing": residence_proof,
        "residence_proof_not_recorded": residence_proof,
        "r206_unknown": no_r206,
        "r206_held": no_r206,
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
        "pr_nothing_recorded": pr_state_recorded,
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
