# SPDX-License-Identifier: Apache-2.0
"""The read side for the lists: ordered ids of what matches, then rows by id.

A list asks once for the ids (filter and sort in SQL, on indexed columns) and then for rows as
they come into view. Who wants their number alone asks for it: `…_count`. Nothing here writes.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from imp_plus_desktop.domain.reads.filters import (
    ApplicationFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import ApplicationRow, MemberRow, PermitRow, PersonRow
from imp_plus_desktop.domain.reads.shapes import Order
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.domain.values.unseen.hidden import day_of
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import flags
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.reads.shaping.narrowing import Sorts
from imp_plus_desktop.storage.reads.shaping.narrowing import count as _count
from imp_plus_desktop.storage.reads.shaping.narrowing import ids as _ids
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.storage.tables.statements import chunks, marks

_NAME = (
    "CASE WHEN p.given_names IS NULL THEN p.family_name"
    " ELSE p.family_name || ', ' || p.given_names END"
)
_MEMBER_NAME = (
    "CASE WHEN m.given_names IS NULL THEN m.family_name"
    " ELSE m.family_name || ', ' || m.given_names END"
)

PEOPLE_SORTS: Sorts = {
    "name": ("s.sort_key",),
    "reference": ("p.individual_reference",),
    "citizenship": ("p.citizenship",),
    "verdict": ("s.verdict",),
    "status": ("s.status",),
    "letter": ("s.letter_date",),
    "last_safe_day": ("s.last_safe_day",),
    "time_left": ("CASE WHEN {waiting} AND s.last_safe_day >= '{today}' THEN s.last_safe_day END",),
    "clerk": ("p.clerk",),
    "last_contact": ("(SELECT MAX(on_day) FROM contact c WHERE c.person_id = p.id)",),
    "id": ("s.person_id",),
}
"""`{waiting}` and `{today}`: only what a person has not applied for yet has time left."""
APPLICATION_SORTS: Sorts = {
    "name": ("s.sort_key",),
    "number": ("a.application_number",),
    "code": ("a.code",),
    "received": ("a.received_at",),
    "state": ("a.state",),
    "decided": ("a.decided_on",),
    "place": ("a.cap_year", "a.place"),
}
PERMIT_SORTS: Sorts = {
    "name": ("s.sort_key",),
    "number": ("t.permit_number",),
    "code": ("a.code",),
    "issued": ("t.issued",),
    "from": ("t.valid_from",),
    "until": ("t.valid_until",),
    "lost": ("CASE WHEN {cut} THEN t.lost_days ELSE 0 END",),
}
"""`{cut}` stands for `_cut_by_passport`."""
MEMBER_SORTS: Sorts = {
    "name": ("m.family_name", "m.given_names"),
    "principal": ("s.sort_key",),
    "relation": ("m.relation",),
    "birth": ("COALESCE(m.birth_date, m.birth_known)",),
    "citizenship": ("m.citizenship",),
}
_EXPIRIES = (
    "(SELECT q.expiry AS day FROM passport q"
    " WHERE a.member_id IS NULL AND q.person_id = a.person_id"
    " UNION ALL SELECT x.passport_expiry FROM member x WHERE x.id = a.member_id) AS expiries"
)


_WAITING = f"s.status IN ({', '.join(repr(encode(one)) for one in codes.NOT_YET_APPLIED)})"


def _said(sorts: Sorts, **words: str) -> Sorts:
    """Return orders with the names in braces replaced."""
    return {
        name: tuple(term.format(**words) if "{" in term else term for term in terms)
        for name, terms in sorts.items()
    }


def _cut_by_passport(db: Database) -> str:
    """Return SQL: whether the passport has cut a permit, as `old_limits.py` tells it of one."""
    number = db.dialect.day_number
    return (
        "(t.limited_by = 'passport'"
        f" AND (EXISTS (SELECT 1 FROM {_EXPIRIES} WHERE day = t.valid_until)"
        f" OR NOT EXISTS (SELECT 1 FROM {_EXPIRIES} WHERE day > t.valid_until"
        f" AND {number('day')} < {number('t.valid_until')} + t.lost_days)))"
    )


def person_ids(
    register: Register,
    wanted: PeopleFilter,
    order: Order,
    today: date,
    over_cap: Sequence[int] = (),
) -> array[int]:
    """Ids of the people who match, in order; `over_cap` has a flag that no line tells."""
    # The lines alone tell the usual orders, most of them by an index.
    kind, found = ListKind.PEOPLE, _people(register, wanted, over_cap)
    sorts = _said(PEOPLE_SORTS, today=today.isoformat(), waiting=_WAITING)
    return _ids(register, kind, found, sorts, order, wanted.columns, today)


def person_count(
    register: Register, wanted: PeopleFilter, today: date, over_cap: Sequence[int] = ()
) -> int:
    found = _people(register, wanted, over_cap)
    return _count(register, ListKind.PEOPLE, found, wanted.columns, today)


def _people(register: Register, wanted: PeopleFilter, over_cap: Sequence[int]) -> Conditions:
    found = Conditions(register.db)
    found.words(wanted.text, "s.person_id")
    if wanted.letter_year is not None:
        found.add(
            "s.letter_date BETWEEN ? AND ?",
            f"{wanted.letter_year}-01-01",
            f"{wanted.letter_year}-12-31",
        )
    if wanted.status is not None:
        found.add("s.status = ?", encode(wanted.status))
    if wanted.verdict is not None:
        found.add("s.verdict = ?", encode(wanted.verdict))
    found.clerk(wanted.clerk, "s.person_id")
    found.only(wanted.ids, "s.person_id")
    if wanted.waits is not None:
        waiting = "s.person_id IN (SELECT person_id FROM waiting_line WHERE code = ?)"
        found.add(waiting, wanted.waits)
    if wanted.flagged:
        flags.flagged(found, "s.person_id", "person_id", over_cap)
    return found


def _rows(
    register: Register, sql: str, ids: Sequence[int], make: Any, key: str = "id"
) -> list[Any]:
    found: dict[int, Any] = {}
    for chunk in chunks(ids):
        for row in fetch(register, sql.format(ids=marks(len(chunk))), chunk):
            found[row[key]] = make(row)
    return [found[number] for number in ids if number in found]


def _day(text: str | None) -> Any:
    return day_of(text) if text else None


def _born(row: Mapping[str, Any]) -> Any:
    """The day of birth, else the text of what is known of it."""
    return _day(row["birth_date"]) or row["birth_known"]


def _instant(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None


def _code(enum: Any, text: str | None) -> Any:
    return enum(text) if text is not None else None


def _person_row(row: dict[str, Any]) -> PersonRow:
    return PersonRow(
        id=row["id"],
        name=row["name"],
        individual_reference=row["individual_reference"],
        uci=row["uci"],
        file_number=row["file_number"],
        citizenship=row["citizenship"],
        birth_date=_born(row),
        letter_date=_day(row["letter_date"]),
        status=codes.PersonStatus(row["status"]),
        verdict=VerdictCode(row["verdict"]),
        last_safe_day=_day(row["last_safe_day"]),
        short_passport=bool(row["short_passport"]),
        family_name=row["family_name"],
        given_names=row["given_names"],
        clerk=row["clerk"],
        last_contact=_day(row["last_contact"]),
    )


def person_rows(register: Register, ids: Sequence[int]) -> list[PersonRow]:
    """Rows of the people list, in the order of `ids`."""
    sql = (
        f"SELECT p.id, {_NAME} AS name, p.individual_reference, p.uci, p.file_number,"
        " p.citizenship, p.birth_date, p.birth_known, s.letter_date, s.status, s.verdict,"
        " s.last_safe_day, s.short_passport, p.family_name, p.given_names, p.clerk,"
        " (SELECT MAX(on_day) FROM contact c WHERE c.person_id = p.id) AS last_contact"
        " FROM person p"
        " JOIN standing s ON s.person_id = p.id WHERE p.id IN ({ids})"
    )
    return _rows(register, sql, ids, _person_row)


def application_ids(
    register: Register,
    wanted: ApplicationFilter,
    order: Order,
    today: date,
    over_cap: Sequence[int] = (),
) -> array[int]:
    """Ids of the applications that match, in order; `over_cap` has a flag that no line tells."""
    kind, found = ListKind.APPLICATIONS, _applications(register, wanted, over_cap)
    return _ids(register, kind, found, APPLICATION_SORTS, order, wanted.columns, today)


def application_count(
    register: Register, wanted: ApplicationFilter, today: date, over_cap: Sequence[int] = ()
) -> int:
    found = _applications(register, wanted, over_cap)
    return _count(register, ListKind.APPLICATIONS, found, wanted.columns, today)


def _applications(
    register: Register, wanted: ApplicationFilter, over_cap: Sequence[int]
) -> Conditions:
    found = Conditions(register.db)
    found.words(wanted.text, "a.person_id")
    if wanted.year is not None:
        found.add(
            "COALESCE(a.cap_year, CAST(substr(a.received_at, 1, 4) AS INTEGER)) = ?", wanted.year
        )
    if wanted.state is not None:
        found.add("a.state = ?", encode(wanted.state))
    if wanted.code is not None:
        found.add("a.code = ?", encode(wanted.code))
    found.clerk(wanted.clerk, "a.person_id")
    found.only(wanted.ids, "a.id")
    if wanted.flagged:
        flags.flagged(found, "a.id", "application_id", over_cap)
    if wanted.family is not None:
        found.add(f"a.member_id IS {'NOT ' if wanted.family else ''}NULL")
    return found


def _application_row(row: dict[str, Any]) -> ApplicationRow:
    return ApplicationRow(
        id=row["id"],
        person_id=row["person_id"],
        name=row["name"],
        member_id=row["member_id"],
        code=codes.ApplicationCode(row["code"]),
        kind=codes.ApplicationKind(row["kind"]),
        application_number=row["application_number"],
        received_at=_instant(row["received_at"]),
        state=codes.ApplicationState(row["state"]),
        outcome=_code(codes.Outcome, row["outcome"]),
        decided_on=_day(row["decided_on"]),
        cap_year=row["cap_year"],
        place=row["place"],
    )


def application_rows(register: Register, ids: Sequence[int]) -> list[ApplicationRow]:
    sql = (
        f"SELECT a.*, CASE WHEN m.id IS NULL THEN {_NAME} ELSE {_MEMBER_NAME} END AS name"
        " FROM application a JOIN person p ON p.id = a.person_id"
        " LEFT JOIN member m ON m.id = a.member_id WHERE a.id IN ({ids})"
    )
    return _rows(register, sql, ids, _application_row)


def permit_ids(register: Register, wanted: PermitFilter, order: Order, today: date) -> array[int]:
    sorts = _said(PERMIT_SORTS, cut=_cut_by_passport(register.db))
    found = _permits(register, wanted)
    return _ids(register, ListKind.PERMITS, found, sorts, order, wanted.columns, today)


def permit_count(register: Register, wanted: PermitFilter, today: date) -> int:
    return _count(register, ListKind.PERMITS, _permits(register, wanted), wanted.columns, today)


def _permits(register: Register, wanted: PermitFilter) -> Conditions:
    found = Conditions(register.db)
    found.words(wanted.text, "a.person_id")
    if wanted.year is not None:
        found.add("t.valid_from BETWEEN ? AND ?", f"{wanted.year}-01-01", f"{wanted.year}-12-31")
    found.clerk(wanted.clerk, "a.person_id")
    found.only(wanted.ids, "t.id")
    if wanted.until_from is not None:
        found.add("t.valid_until >= ?", encode(wanted.until_from))
    if wanted.until_by is not None:
        found.add("t.valid_until <= ?", encode(wanted.until_by))
    return found


def _permit_row(row: dict[str, Any]) -> PermitRow:
    return PermitRow(
        id=row["id"],
        person_id=row["person_id"],
        application_id=row["application_id"],
        name=row["name"],
        code=codes.ApplicationCode(row["code"]),
        kind=codes.ApplicationKind(row["kind"]),
        permit_number=row["permit_number"],
        issued=_day(row["issued"]),
        valid_from=_day(row["valid_from"]),
        valid_until=_day(row["valid_until"]),
        limited_by=codes.LimitedBy(row["cut_by"]),
        lost_days=row["lost_days"] if row["cut_by"] == codes.LimitedBy.PASSPORT else 0,
    )


def permit_rows(register: Register, ids: Sequence[int]) -> list[PermitRow]:
    cut = _cut_by_passport(register.db)
    sql = (
        "SELECT t.*, a.person_id, a.code, a.kind,"
        f" CASE WHEN t.limited_by = 'passport' AND NOT {cut} THEN 'term'"
        " ELSE t.limited_by END AS cut_by,"
        f" CASE WHEN m.id IS NULL THEN {_NAME} ELSE {_MEMBER_NAME} END AS name"
        " FROM permit t JOIN application a ON a.id = t.application_id"
        " JOIN person p ON p.id = a.person_id LEFT JOIN member m ON m.id = a.member_id"
        " WHERE t.id IN ({ids})"
    )
    return _rows(register, sql, ids, _permit_row)


def member_ids(register: Register, wanted: MemberFilter, order: Order, today: date) -> array[int]:
    found = _members(register, wanted)
    return _ids(register, ListKind.FAMILY, found, MEMBER_SORTS, order, wanted.columns, today)


def member_count(register: Register, wanted: MemberFilter, today: date) -> int:
    return _count(register, ListKind.FAMILY, _members(register, wanted), wanted.columns, today)


def _members(register: Register, wanted: MemberFilter) -> Conditions:
    found = Conditions(register.db)
    found.words(wanted.text, "m.person_id")
    if wanted.relation is not None:
        found.add("m.relation = ?", encode(wanted.relation))
    found.clerk(wanted.clerk, "m.person_id")
    found.only(wanted.ids, "m.id")
    return found


def _member_row(row: dict[str, Any]) -> MemberRow:
    return MemberRow(
        id=row["id"],
        person_id=row["person_id"],
        name=row["name"],
        principal_name=row["principal_name"],
        relation=codes.Relation(row["relation"]),
        birth_date=_born(row),
        citizenship=row["citizenship"],
        accompanying=None if row["accompanying"] is None else bool(row["accompanying"]),
        wish=_code(codes.PermitWish, row["wish"]),
        code=_code(codes.ApplicationCode, row["code"]),
        state=_code(codes.ApplicationState, row["state"]),
        valid_until=_day(row["valid_until"]),
    )


def member_rows(register: Register, ids: Sequence[int]) -> list[MemberRow]:
    """Members with their latest application and the last day of its permit."""
    sql = (
        f"SELECT m.*, {_MEMBER_NAME} AS name, {_NAME} AS principal_name, a.code, a.state,"
        " (SELECT MAX(valid_until) FROM permit t WHERE t.application_id = a.id) AS valid_until"
        " FROM member m JOIN person p ON p.id = m.person_id LEFT JOIN application a ON a.id ="
        " (SELECT id FROM application x WHERE x.member_id = m.id"
        "  ORDER BY received_at DESC NULLS LAST, id DESC LIMIT 1)"
        " WHERE m.id IN ({ids})"
    )
    return _rows(register, sql, ids, _member_row)
