# SPDX-License-Identifier: Apache-2.0
"""Family members: recorded, their applications received, and their list. None uses a place."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.family import family
from imp_plus_desktop.domain.family.household import Bond, Toppled, bond_on, toppled
from imp_plus_desktop.domain.quota import quota
from imp_plus_desktop.domain.reads.filters import MemberFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import MemberRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.domain.records.catalogue import MEMBER, MEMBER_FIELDS, known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId, MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Channel,
    PermitWish,
)
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise, row_id
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.partial_days import agrees
from imp_plus_desktop.services.family import own_files
from imp_plus_desktop.services.fields import member_fields
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office import person_file, row_days, rule_overrides, summary
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.reads import figures, lists, lookups, queries

__all__ = ["MemberFilter"]

_NEW = MemberId(0)


@dataclass(frozen=True, slots=True)
class MemberAdded:
    member: MemberId
    act: ActId
    findings: tuple[Finding, ...]
    misdated: tuple[Misdated, ...] = ()
    """Days out of order, kept as history."""


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """`act` is None and `changed` empty when nothing changed."""

    act: ActId | None
    changed: tuple[str, ...]
    findings: tuple[Finding, ...]
    misdated: tuple[Misdated, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberReception:
    """A member's work or study permit application that IRCC has received."""

    member_id: int
    wish: PermitWish
    at: datetime
    number: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MemberPreview:
    code: ApplicationCode
    findings: tuple[Finding, ...]
    blocked: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class MemberReceived:
    application: ApplicationId
    act: ActId
    code: ApplicationCode
    findings: tuple[Finding, ...]


def preview_member(office: Office, new: Member, member_id: int = _NEW) -> tuple[Finding, ...]:
    """What the rules say of a member about to be recorded, or corrected (`member_id`)."""
    file = person_file.file_of(office, new.person_id)
    member = replace(_tidy(new), id=MemberId(member_id))
    return _of_record(office, file, member)


def findings(office: Office, file: PersonFile, member: Member) -> tuple[Finding, ...]:
    """What the rules say of a member of a file today."""
    own = own_files.of_member(office, member)
    return family.present_findings(file, member, office.clock.today(), office.programme(), own)


def _of_record(office: Office, file: PersonFile, member: Member) -> tuple[Finding, ...]:
    own = own_files.of_member(office, member)
    return family.member_findings(file, member, office.programme(), office.clock.today(), own)


@judged_first
def add_member(office: Office, new: Member) -> MemberAdded:
    """Record a member of a principal's family. Nothing blocks data entry (decision 10).

    Errors: DomainError person_not_found, missing_name, member_exists, in_the_future, bad_value.
    """
    with office.act("family.add") as act:
        misdated = _check(office, new)
        file = person_file.file_of(office, new.person_id)
        if same_member(file, new.family_name, new.given_names, known_of(new, "birth_date")):
            raise Refused("member_exists")
        member = _tidy(new)
        findings = _of_record(office, file, member)
        number = act.insert("member", member_values(member))
    return MemberAdded(MemberId(number), ActId(act.id or 0), findings, misdated)


@judged_first
def edit_member(office: Office, member_id: int, changes: Member) -> ActId | None:
    """Replace a member's fields. Errors: as `add_member`, and member_not_found."""
    with office.act("family.edit") as act:
        present = one(office, member_id)
        values = member_values(_tidy(changes))
        del values["person_id"]
        theirs = {
            name: getattr(present, name) for name in act.left_alone("member", member_id, values)
        }
        _check(office, replace(changes, **theirs), present)
        act.update("member", member_id, values)
    return act.id


@judged_first
def set_field(office: Office, member_id: int, field: str, text: str) -> MemberChanged:
    """Set one field of a member by hand; an empty text erases it.

    Errors: DomainError member_not_found, unknown_field, bad_value, missing_name, in_the_future.
    """
    values = member_fields.parse(office, field, text)
    with office.act("family.edit") as act:
        member = replace(one(office, member_id), **values)  # type: ignore[arg-type]
        misdated = member_fields.check(office, member, values)
        changed = act.update("member", member_id, values)
    file = person_file.file_of(office, member.person_id)
    return MemberChanged(act.id, changed, findings(office, file, member), misdated)


def bond(office: Office, member: Member) -> Bond:
    """What a member is to the principal today."""
    return bond_on(member, office.clock.today())


def resting_on(office: Office, file: PersonFile) -> tuple[Toppled, ...]:
    """The family's open applications: what a principal's refusal topples."""
    return toppled(file, office.clock.today())


@judged_first
def set_arrival(office: Office, member_id: int, on: date | None) -> ActId | None:
    """Record the day a member arrived in Canada (FAM-06).

    Errors: DomainError in_the_future, bad_value, member_not_found.
    """
    with office.act("family.edit") as act:
        arrived = replace(one(office, member_id), arrived_on=on)
        member_fields.check(office, arrived, ("arrived_on",))
        act.update("member", member_id, {"arrived_on": on})
    return act.id


@judged_first
def delete_member(office: Office, member_id: int) -> ActId | None:
    """Take a member out who has no application, with their documents.

    Errors: DomainError member_not_found, member_has_application.
    """
    with office.act("family.delete") as act:
        member = one(office, member_id)
        file = person_file.file_of(office, member.person_id)
        if any(a.member_id == member.id for a in file.applications):
            raise InvalidInput("member_has_application")
        stays = act.spares("member", member_id)
        for document in file.documents:
            if document.member_id == member.id and not stays:
                act.delete("document", document.id)
        act.delete("member", member_id)
    return act.id


def preview_receive(office: Office, reception: MemberReception) -> MemberPreview:
    """The code of a member's application and what the rules say, without recording it."""
    member = one(office, reception.member_id)
    file = person_file.file_of(office, member.person_id)
    code, findings = _receive_findings(office, file, member, reception)
    return MemberPreview(code, findings, rule_overrides.blocking(findings, reception.overrides))


@judged_first
def receive(office: Office, reception: MemberReception) -> MemberReceived:
    """Record a member's received application: C41, C46, C49 or study, never a place (CAP-04).

    Errors: DomainError member_not_found, identifier_taken, in_the_future; guard.Blocked.
    """
    with office.act("family.receive") as act:
        member = one(office, reception.member_id)
        file = person_file.file_of(office, member.person_id)
        row_days.check_course(office, "application", {"received_at": reception.at}, member)
        code, findings = _receive_findings(office, file, member, reception)
        rule_overrides.check(findings, reception.overrides)
        number = act.insert(
            "application",
            {
                "person_id": member.person_id,
                "member_id": member.id,
                "code": code,
                "kind": ApplicationKind.FIRST,
                "state": ApplicationState.RECEIVED,
                "application_number": person_file.free_number(act, reception.number),
                "received_at": reception.at,
                "channel": Channel.ONLINE,
            },
        )
        act.details.update(rule_overrides.kept(findings, reception.overrides))
    return MemberReceived(ApplicationId(number), ActId(act.id or 0), code, findings)


def ids(
    office: Office, wanted: MemberFilter, sort: str | Order = "principal", descending: bool = False
) -> array[int]:
    """Ids of the members who match, in order."""
    summary.refresh(office)
    order = spelled(ListKind.FAMILY, order_of(sort, descending))
    return lists.member_ids(office.register, wanted, order, office.clock.today())


def matching(office: Office, wanted: MemberFilter) -> int:
    """How many members match."""
    summary.refresh(office)
    return lists.member_count(office.register, wanted, office.clock.today())


def rows(office: Office, numbers: Sequence[int]) -> list[MemberRow]:
    return lists.member_rows(office.register, numbers)


def count(office: Office) -> int:
    return figures.count(office.register, "member")


def one(office: Office, member_id: int) -> Member:
    """One member. Errors: DomainError member_not_found."""
    found = queries.one(office.register, "member", Member, member_id)
    if found is None:
        raise person_file.missing(office, "member", member_id, "member_not_found")
    return found


def find(office: Office, ref: str) -> MemberId:
    """A member by its id, or by the number of one of its applications.

    Errors: DomainError member_not_found.
    """
    found: int | None = None
    number = row_id(ref)
    if number is not None and queries.exists(office.register, "member", number):
        found = number
    if found is None:
        found = lookups.member_with(office.register.db, normalise(ref))
    if found is None:
        raise InvalidInput("member_not_found")
    return MemberId(found)


def same_member(
    file: PersonFile, family_name: str, given_names: str | None, birth: date | str | None
) -> Member | None:
    """A member of this family with the same folded names and no other birth date.

    One with the very birth date comes before one whose birth date only leaves room for it. A text
    is what is known of a birth: `1985`, `1985-03`.
    """
    wanted = (fold(family_name), fold(given_names or ""))
    named = [
        member
        for member in file.members
        if (fold(member.family_name), fold(member.given_names or "")) == wanted
    ]
    births = [(member, known_of(member, "birth_date")) for member in named]
    exact = (member for member, own in births if own == birth)
    open_ones = (m for m, own in births if own is None or birth is None or agrees(own, birth))
    return next(exact, None) or next(open_ones, None)


def member_values(member: Member) -> dict[str, object]:
    """A member's columns for the register."""
    columns = ("person_id", *MEMBER_FIELDS)
    return {name: getattr(member, name) for name in columns}


def _check(office: Office, new: Member, before: Member | None = None) -> tuple[Misdated, ...]:
    """Refuse what cannot be recorded of a member, as far as it is new; days out of order are
    answered."""
    if not new.family_name.strip():
        raise InvalidInput("missing_name")
    return member_fields.check(office, _tidy(new), member_fields.changed(new, before))


def _tidy(new: Member) -> Member:
    """A member as typed in, without outer spaces and empty texts."""
    found: dict[str, Any] = {}
    for known in MEMBER:
        if known.sensitive:
            text = (getattr(new, known.name) or "").strip()
            found[known.name] = text if known.required else text or None
    return replace(new, **found)


def _receive_findings(
    office: Office, file: PersonFile, member: Member, reception: MemberReception
) -> tuple[ApplicationCode, tuple[Finding, ...]]:
    day = toronto_day(reception.at)
    code = family.member_code(file, member, day, reception.wish)
    findings = family.member_receive_findings(
        file,
        member,
        reception.at,
        office.programme(),
        ApplicationKind.FIRST,
        wish=reception.wish,
        own=own_files.of_member(office, member),
    )
    return code, (*findings, quota.cap_04(code, office.programme()))
