# SPDX-License-Identifier: Apache-2.0
"""What a row of a family list writes of a member's application and permit.

Pure: a file, a member of it and typed values give rows to insert and fields to update. A member's
application never uses a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.applications.kinds import told_kind
from imp_plus_desktop.domain.family.family import member_code
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, PermitWish
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields.application_plan import (
    OF_APPLICATIONS,
    among,
    application_operations,
    renumbered,
    with_present_number,
)
from imp_plus_desktop.services.fields.field_plan import permit_operations
from imp_plus_desktop.services.fields.operations import Operation, Values
from imp_plus_desktop.services.fields.tellings import filed_on

_STUDY = "S"
"""With what IRCC's number of an application for a study permit begins."""


def member_history(
    file: PersonFile, member: Member, known: Values, programme: Programme
) -> Iterator[Operation]:
    """The application and the permit of a member, as a row tells them.

    Errors: DomainError permit_ends_before_issue.
    """
    if OF_APPLICATIONS.isdisjoint(known):
        return
    own = [a for a in file.applications if a.member_id == member.id]
    numbers = {application.id for application in own}
    permits = [p for p in file.permits if p.application_id in numbers]
    stated, day = known.get("application_kind"), filed_on(known)
    kind = ApplicationKind(stated) if stated else told_kind(permits, (), day, programme)
    present = among(file, own, known, kind)
    if present is not None:
        kind = ApplicationKind(stated) if stated else present.kind
    code = _code(file, member, known, day)
    known = with_present_number(file, present, known)
    yield from renumbered(file, present, known)
    for operation in application_operations(present, known, kind, code):
        new = present is None
        yield operation._replace(
            values={**operation.values, "member_id": member.id} if new else operation.values
        )
    # The passport that counts is the member's own; the permit ends with the principal's.
    alone = replace(file, passports=())
    told = {**known, "passport_expiry": known.get("passport_expiry") or member.passport_expiry}
    until = max((p.valid_until for p in file.own_permits), default=None)
    yield from permit_operations(alone, present, told, programme, kind, until)


def _code(file: PersonFile, member: Member, known: Values, day: date | None) -> ApplicationCode:
    """The code of a new application: the one stated, else as FAM-01 has it (sources A76, C49); a
    study permit's is told by the number too."""
    stated = known.get("application_code")
    if stated is not None:
        return ApplicationCode(stated)
    wish = member.wish
    if wish is None and str(known.get("application_number") or "").upper().startswith(_STUDY):
        wish = PermitWish.STUDY
    return member_code(file, member, day or date.max, wish)
