# SPDX-License-Identifier: Apache-2.0
"""The read side for the rules: whole files, single values and look-ups.

Nothing here writes, and nothing here knows a rule. What the lists show is in `lists.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.permits.old_limits import as_cut
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.records import applications, file, member, office, papers, person
from imp_plus_desktop.domain.values.codes import Ledger, LimitedBy
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.programme import Setting
from imp_plus_desktop.storage.engines import Part
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.schema import COLUMNS, decode, reading_of
from imp_plus_desktop.storage.tables.statements import chunks, marks

T = TypeVar("T")
FILE_PARTS: tuple[tuple[str, str, type, str], ...] = (
    ("letters", "letter", papers.Letter, "letter_date, id"),
    ("residences", "residence", papers.Residence, "from_day NULLS FIRST, id"),
    ("passports", "passport", papers.Passport, "id"),
    ("applications", "application", applications.Application, "received_at NULLS FIRST, id"),
    ("members", "member", member.Member, "id"),
    ("documents", "document", papers.Document, "id"),
    ("notes", "note", papers.Note, "id"),
    ("former_names", "former_name", person.FormerName, "until_day NULLS FIRST, id"),
    ("former_numbers", "former_number", applications.FormerNumber, "id"),
    ("contacts", "contact", papers.Contact, "on_day, id"),
    ("employments", "employment", papers.Employment, "from_day NULLS FIRST, id"),
    ("requests", "request", applications.Request, "letter_on, id"),
    ("portal_lines", "portal_line", applications.PortalLine, "observed_on, id"),
    ("payments", "payment", applications.Payment, "on_day, id"),
    ("other_routes", "other_route", applications.OtherRoute, "filed_on NULLS FIRST, id"),
    ("marks", "deadline_mark", office.DeadlineMark, "day, id"),
    ("settlements", "flag_settlement", office.FlagSettlement, "id"),
    ("holds", "legal_hold", office.LegalHold, "from_day, id"),
)


_OF_PEOPLE = "SELECT id FROM application WHERE person_id"


def fetch(register: Register, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
    """All rows of a query, by column name."""
    return _by_name(register.db.execute_sql(sql, tuple(parameters)))


def _by_name(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def entities(
    register: Register, entity: str, into: type[T], column: str, ids: Sequence[int], order: str
) -> list[T]:
    """All rows of `entity` whose `column` is one of `ids`, as values, in `order`."""
    return many(register, [Rows(entity, into, column, order)], ids)[0]


class Rows(NamedTuple):
    """Rows of an entity as values, of those whose `column` is one of many ids, in `order`. With
    `among` the ids are those that a query finds, which ends before its IN list."""

    entity: str
    into: Any
    column: str
    order: str
    among: str = ""


def many(register: Register, wanted: Sequence[Rows], ids: Sequence[int]) -> list[list[Any]]:
    """Rows of several entities, asked together."""
    found: list[list[Any]] = [[] for _rows in wanted]
    for chunk in chunks(ids):
        readings, parts = _how(tuple(wanted), len(chunk))
        answers = register.db.parts(parts, chunk)
        for into, rows, reading, answer in zip(found, wanted, readings, answers, strict=True):
            into += _values(rows.into, reading, answer)
    return found


@lru_cache(maxsize=64)
def _how(wanted: tuple[Rows, ...], count: int) -> tuple[list[Any], tuple[Part, ...]]:
    """How rows of so many ids are read, and asked for."""
    readings = [reading_of(rows.entity, rows.into) for rows in wanted]
    listed = f"IN ({marks(count)})"
    parts = tuple(
        _part(rows, [name for name, _reader in reading], listed)
        for rows, reading in zip(wanted, readings, strict=True)
    )
    return readings, parts


def _part(rows: Rows, names: Sequence[str], listed: str) -> Part:
    condition = f"IN ({rows.among} {listed})" if rows.among else listed
    return Part(", ".join(names), f"{rows.entity} WHERE {rows.column} {condition}", rows.order)


def _values(into: type[T], reading: Sequence[tuple[str, Any]], rows: Sequence[Any]) -> Iterator[T]:
    readers = [(at, reader) for at, (_name, reader) in enumerate(reading) if reader is not None]
    try:
        for row in rows:
            values = list(row)
            for at, reader in readers:
                if values[at] is not None:
                    values[at] = reader(values[at])
            yield into(*values)
    except (ValueError, TypeError):
        # No day, code or text that this program has written.
        raise StorageError("damaged") from None


def one(register: Register, entity: str, into: type[T], number: int) -> T | None:
    """One row as a value, or None."""
    found = entities(register, entity, into, "id", (number,), "id")
    return found[0] if found else None


def everything(register: Register, entity: str, into: type[T], order: str = "id") -> list[T]:
    """All rows of a small table (caps, official counts) as values."""
    return _decoded(entity, into, register.db.execute_sql(_all_of(entity, order)))


def _decoded(entity: str, into: type[T], cursor: Any) -> list[T]:
    return [decode(entity, row, into) for row in _by_name(cursor)]


def _all_of(entity: str, order: str = "id") -> str:
    return f"SELECT {', '.join(COLUMNS[entity])} FROM {entity} ORDER BY {order}"


def everybody(register: Register) -> list[int]:
    """The ids of all people, but for those whose file was erased."""
    kept = "id NOT IN (SELECT person_id FROM erased_file)"
    return [row["id"] for row in fetch(register, f"SELECT id FROM person WHERE {kept} ORDER BY id")]


_PERMITS = Rows("permit", applications.Permit, "application_id", "valid_from, id", among=_OF_PEOPLE)


def files(
    register: Register, ids: Sequence[int], kinds: Collection[str] | None = None
) -> list[file.PersonFile]:
    """The files of these people, in the order of `ids`; unknown ids are left out.

    Whole, or with the rows of some `kinds` only, of which permits come with applications.
    """
    parts_wanted = [one for one in FILE_PARTS if kinds is None or one[1] in kinds]
    wanted = [Rows("person", person.Person, "id", "id")]
    wanted += [
        Rows(entity, into, "person_id", order) for _name, entity, into, order in parts_wanted
    ]
    wanted.append(_PERMITS)
    found, *of_parts, permits = many(register, wanted, ids)
    people = {p.id: p for p in found}
    parts: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    owner: dict[int, int] = {}
    for (name, *_how), items in zip(parts_wanted, of_parts, strict=True):
        for item in items:
            parts[item.person_id][name].append(item)
            if name == "applications":
                owner[item.id] = item.person_id
    held: dict[int, list[applications.Permit]] = defaultdict(list)
    for permit in permits:
        if permit.application_id in owner:
            held[owner[permit.application_id]].append(permit)
    return [
        joined(people[number], parts[number], held[number]) for number in ids if number in people
    ]


def joined(
    who: person.Person, parts: Mapping[str, list[Any]], permits: Sequence[applications.Permit]
) -> file.PersonFile:
    """A file of its rows, each kind in its order."""
    cut = []
    for permit in permits:
        blamed = permit.limited_by is LimitedBy.PASSPORT
        expiries = _expiries(parts, permit.application_id) if blamed else ()
        cut.append(as_cut(permit, expiries))
    told = {name: tuple(items) for name, items in parts.items()}
    return file.PersonFile(who, **told, permits=tuple(cut))


def _expiries(parts: Mapping[str, list[Any]], application: int) -> set[date]:
    """The last days of the passports of whoever an application of a file is for."""
    member = next(one.member_id for one in parts["applications"] if one.id == application)
    days = (
        [passport.expiry for passport in parts["passports"]]
        if member is None
        else [one.passport_expiry for one in parts["members"] if one.id == member]
    )
    return {day for day in days if day is not None}


@dataclass(frozen=True, slots=True)
class SavedCap:
    """A cap that an act of this register has set."""

    id: int
    ledger: Ledger
    year: int
    cap: int
    from_day: date
    reason: str


def cap_limits(register: Register) -> list[SavedCap]:
    """The caps set by acts, oldest first."""
    return everything(register, "cap_limit", SavedCap)


def caps_and_settings(register: Register) -> tuple[list[SavedCap], list[Setting]]:
    """Both, asked together."""
    asked = [(_all_of(entity), ()) for entity in ("cap_limit", "parameter")]
    caps, own = register.db.answers(asked)
    return _decoded("cap_limit", SavedCap, caps), _decoded("parameter", Setting, own)


def settings(register: Register) -> list[Setting]:
    """The programme's parameters set by acts, oldest first."""
    return everything(register, "parameter", Setting)


def official_counts(register: Register, year: int) -> list[OfficialCount]:
    """The official counts typed in for a year, by their day."""
    counts = everything(register, "official_count", OfficialCount, "as_of, id")
    return [count for count in counts if count.year == year]


_NUMBERS: tuple[str, ...] = (
    "SELECT id FROM person WHERE individual_reference = ?",
    "SELECT id FROM person WHERE replace(uci, '-', '') = replace(?, '-', '')",
    "SELECT id FROM person WHERE file_number = ?",
    "SELECT person_id FROM application WHERE application_number = ?",
    "SELECT person_id FROM former_number WHERE number = ?",
    "SELECT id FROM person WHERE pr_number = ?",
)

_HOLDERS = {
    "individual_reference": _NUMBERS[0],
    "uci": _NUMBERS[1],
    "application_number": _NUMBERS[3],
    "permit_number": "SELECT a.person_id FROM permit t JOIN application a"
    " ON a.id = t.application_id WHERE t.permit_number = ?",
}


def exists(register: Register, entity: str, number: int) -> bool:
    return bool(fetch(register, f"SELECT 1 FROM {entity} WHERE id = ?", (number,)))


def people_by_number(register: Register, number: str) -> list[int]:
    """People whom a number names: by the first kind of number that knows it."""
    for sql in _NUMBERS:
        found = register.db.execute_sql(sql, (number,)).fetchall()
        if found:
            return sorted({row[0] for row in found})
    return []


def holders(register: Register, field: str, value: str) -> list[int]:
    """People who hold this individual_reference, uci, application_number or permit_number."""
    return [row[0] for row in register.db.execute_sql(_HOLDERS[field], (value,)).fetchall()]


def scalar(register: Register, sql: str, parameters: Sequence[object] = ()) -> Any:
    """The first column of the first row, or None; for the counts of this package's callers."""
    row = register.db.execute_sql(sql, tuple(parameters)).fetchone()
    return row[0] if row else None
