# SPDX-License-Identifier: Apache-2.0
"""A permit's last day and what it loses, and what its record should say (PER, EXT).

Must not know the family's own rules: `domain/family/family.py` adds them to these.
"""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.reads.rows import PermitRow
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import ApplicationKind, DocumentType, LimitedBy, PrState
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.programme import Programme

QUEBEC = "QC"

LOCATION_WORDINGS = (
    "Not authorized to work in any location other than stated",
    "Not authorized to work at any other location",
)
"""The location condition as permits are known to print it. Sources A76, OPEN."""


@dataclass(frozen=True, slots=True)
class PermitEnd:
    """A permit's days, what sets the last one, and the days that the passport has cost."""

    valid_from: date
    valid_until: date
    limited_by: LimitedBy
    lost_days: int
    shorter: bool = False
    """Shorter than the rules allow, and neither passport nor principal says why."""


def permit_end(
    issued: date,
    until: date | None,
    passport_expiry: date | None,
    programme: Programme,
    kind: ApplicationKind,
    principal_until: date | None = None,
) -> PermitEnd:
    """From the day of issue to the earliest of term, passport and principal (PER-01, A76).

    A recorded `until` is kept as the permit's own: neither the register's passport nor the
    principal's permit has cut one that ends on another day. A passport that ended before the issue
    cannot be the one that the permit was issued on, so it does not count. Raises DomainError
    `permit_ends_before_issue` for a recorded end before the issue.
    """
    if until is not None and until < issued:
        raise Refused("permit_ends_before_issue", issued=issued, until=until)
    full = add_months(issued, programme.permit_months(kind))
    end, limited_by = full, LimitedBy.TERM
    if passport_expiry is not None and issued <= passport_expiry < end:
        end, limited_by = passport_expiry, LimitedBy.PASSPORT
    if principal_until is not None and issued <= principal_until < end:
        end, limited_by = principal_until, LimitedBy.PRINCIPAL
    valid_until = until or end
    if valid_until != end:
        limited_by = LimitedBy.TERM
    reachable = min(full, principal_until or full)
    lost = (reachable - valid_until).days if limited_by is LimitedBy.PASSPORT else 0
    shorter = limited_by is LimitedBy.TERM and valid_until < full
    return PermitEnd(issued, valid_until, limited_by, max(0, lost), shorter)


SHORTER = "shorter"
"""Stands for `LimitedBy` where a permit is shorter than the rules allow."""


def limit_of(
    permit: Permit | PermitRow, kind: ApplicationKind, programme: Programme
) -> LimitedBy | str:
    """What sets a recorded permit's last day, `SHORTER` where nothing that is recorded does."""
    full = add_months(permit.valid_from, programme.permit_months(kind))
    if permit.limited_by is LimitedBy.TERM and permit.valid_until < full:
        return SHORTER
    return permit.limited_by


def limit_in_file(file: PersonFile, permit: Permit, programme: Programme) -> LimitedBy | str:
    """`limit_of` a permit of a file."""
    application = next(a for a in file.applications if a.id == permit.application_id)
    return limit_of(permit, application.kind, programme)


def end_for(
    file: PersonFile,
    application: Application,
    issued: date,
    until: date | None,
    programme: Programme,
) -> PermitEnd:
    """The end of a permit of one application, the person's own or a member's.

    Raises DomainError as `permit_end` does.
    """
    return permit_end(
        issued,
        until,
        holder_passport(file, application),
        programme,
        application.kind,
        None if application.member_id is None else principal_until(file),
    )


def passport_expiry(file: PersonFile) -> date | None:
    """Last day of the person's passport, of the one that runs longest."""
    return max((p.expiry for p in file.passports if p.expiry is not None), default=None)


def holder_passport(file: PersonFile, application: Application) -> date | None:
    """Last day of the passport of whoever an application is for."""
    if application.member_id is None:
        return passport_expiry(file)
    return next((m.passport_expiry for m in file.members if m.id == application.member_id), None)


def latest_permit(file: PersonFile) -> Permit | None:
    """The person's own permit that runs longest."""
    return max(file.own_permits, key=lambda permit: (permit.valid_until, permit.id), default=None)


def principal_until(file: PersonFile) -> date | None:
    """Last day of the principal's latest permit, None without one."""
    permit = latest_permit(file)
    return permit.valid_until if permit else None


def permit_findings(
    file: PersonFile,
    application: Application,
    issued: date,
    until: date | None,
    programme: Programme,
    *,
    province: str = QUEBEC,
    location_condition: str | None = None,
    occupation_condition: str | None = None,
) -> tuple[Finding, ...]:
    """PER-01 to PER-04 for a permit about to be recorded."""
    expected = end_for(file, application, issued, None, programme)
    months = programme.permit_months(application.kind)
    return (
        per_01(until, expected),
        per_02(province, location_condition),
        per_03(file, application, issued, occupation_condition),
        per_04(holder_passport(file, application), issued, months),
    )


def per_01(until: date | None, expected: PermitEnd) -> Finding:
    """The recorded end is the computed one. Source A76."""
    if until is not None and until != expected.valid_until:
        return fails(
            "PER-01",
            "permit_end_differs",
            fix="check_permit_end",
            until=until,
            expected=expected.valid_until,
            limited_by=expected.limited_by.value,
        )
    return passes(
        "PER-01",
        "permit_end_computed",
        until=expected.valid_until,
        limited_by=expected.limited_by.value,
    )


def per_02(province: str | None, location_condition: str | None) -> Finding:
    """The permit names Quebec, and its location condition is recorded as printed. Source A76."""
    if province != QUEBEC:
        return fails("PER-02", "permit_province_differs", fix="set_province", province=province)
    if location_condition is None:
        return unknown("PER-02", "permit_location_not_recorded", fix="record_permit_conditions")
    return passes("PER-02", "permit_province_quebec")


def per_03(
    file: PersonFile,
    application: Application,
    day: date,
    occupation_condition: str | None = None,
) -> Finding:
    """Without a medical exam the permit restricts some sectors, as printed on it. Source OPEN."""
    if application.member_id is None and held(file, DocumentType.MEDICAL, day) is Presence.YES:
        return not_applicable("PER-03", "medical_exam_recorded")
    if occupation_condition is not None:
        return passes("PER-03", "medical_restriction_recorded")
    return unknown("PER-03", "medical_restriction_not_recorded", fix="check_permit_conditions")


def per_04(expiry: date | None, day: date, months: int) -> Finding:
    """The passport covers a full term begun on a day; else the permit is cut. Source A76."""
    if expiry is None:
        return unknown("PER-04", "passport_expiry_unknown", fix="record_passport")
    full = add_months(day, months)
    if expiry < day:
        return fails(
            "PER-04", "passport_expired", fix="renew_passport", expiry=expiry, term_end=full
        )
    if expiry < full:
        return fails(
            "PER-04",
            "passport_too_short",
            fix="renew_passport",
            expiry=expiry,
            term_end=full,
            lost_days=(full - expiry).days,
        )
    return passes("PER-04", "passport_long_enough", expiry=expiry)


def ext_01(
    file: PersonFile,
    day: date,
    programme: Programme,
    kind: ApplicationKind = ApplicationKind.EXTENSION,
) -> Finding:
    """Extension: PR in process and acknowledged, filed before the permit ends. A76, IRPR 201.

    A restoration is filed after it, within the days that R182 leaves.
    """
    permit = latest_permit(file)
    late = _filed_late(permit, day, programme, kind)
    if late is not None:
        return late
    state = pr_state(file.person)
    if state is not None and state is not PrState.IN_PROCESS:
        return fails(
            "EXT-01", "extension_pr_not_in_process", fix="check_other_routes", state=state.value
        )
    proof = held(file, DocumentType.PR_PROOF, day)
    if proof is Presence.MISSING:
        return fails("EXT-01", "pr_proof_missing", fix="obtain_pr_proof")
    if permit is None:
        return unknown("EXT-01", "permit_to_extend_unknown", fix="record_permit")
    if state is None:
        return unknown("EXT-01", "pr_nothing_recorded", fix="record_pr_state", recorded=False)
    if proof is Presence.NOT_RECORDED:
        return unknown("EXT-01", "pr_proof_not_recorded", fix="record_pr_proof")
    return _filed_in_time(permit, day)


def _filed_late(
    permit: Permit | None, day: date, programme: Programme, kind: ApplicationKind
) -> Finding | None:
    """EXT-01 of what is filed after the permit has ended, None for what is in time."""
    if permit is None or permit.valid_until >= day:
        return None
    restorable_until = permit.valid_until + timedelta(days=programme.restoration_days)
    lost = day > restorable_until
    if kind is ApplicationKind.RESTORATION and not lost:
        return None
    return fails(
        "EXT-01",
        "extension_after_restoration" if lost else "extension_after_permit_end",
        fix="check_other_routes" if lost else "restore_status",
        valid_until=permit.valid_until,
        restorable_until=restorable_until,
    )


def _filed_in_time(permit: Permit, day: date) -> Finding:
    """EXT-01 of what passes, by how near the permit's last day it is."""
    if permit.valid_until < day:
        return passes("EXT-01", "restoration_in_time", valid_until=permit.valid_until)
    if day == permit.valid_until:
        return passes("EXT-01", "extension_last_day", fix="apply_before_hour", last_day=day)
    return passes("EXT-01", "extension_in_time", valid_until=permit.valid_until)


def extension_fix(file: PersonFile) -> str:
    """What helps where a permit is too short: an extension, unless PR is decided or withdrawn."""
    closed = pr_state(file.person) not in (None, PrState.NOT_FILED, PrState.IN_PROCESS)
    return "check_other_routes" if closed else "file_extension"


def ext_02(file: PersonFile, day: date, programme: Programme) -> Finding:
    """The person's latest permit is not about to end."""
    permit = latest_permit(file)
    if permit is None:
        return not_applicable("EXT-02", "no_permit")
    days_left = (permit.valid_until - day).days
    if days_left < 0:
        return not_applicable("EXT-02", "permit_ended", valid_until=permit.valid_until)
    if days_left <= max(programme.permit_warning_days):
        return fails(
            "EXT-02",
            "permit_ending",
            fix=extension_fix(file),
            valid_until=permit.valid_until,
            days_left=days_left,
        )
    return passes("EXT-02", "permit_running", valid_until=permit.valid_until)
