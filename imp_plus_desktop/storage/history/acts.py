# SPDX-License-Identifier: Apache-2.0
"""The acts that the journal holds: for lists, and which of them still stand.

Nothing here writes; `journal.py` appends and verifies.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from imp_plus_desktop.domain.quota.quota import LedgerEntry
from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.reads.outward import OUT, PEOPLE, PREFIX, is_outward
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId, PersonId
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.queries import fetch, scalar
from imp_plus_desktop.storage.tables.statements import chunks, marks, of_kind, where_in


def stands(act: str) -> str:
    """SQL: whether the act of a column still has its effect.

    An undo may itself be undone, and so on: at most one act undoes another, so that these make a
    chain, and every second one of it takes back what the one before did.
    """
    return (
        f"(WITH RECURSIVE chain (id, length) AS (SELECT {act}, 1 UNION ALL"
        " SELECT n.id, chain.length + 1 FROM act n JOIN chain ON n.undoes = chain.id)"
        " SELECT MAX(length) % 2 = 1 FROM chain)"
    )


_IS_UNDO = (
    "(WITH RECURSIVE back (id, depth) AS (SELECT a.undoes, 0 UNION ALL"
    " SELECT p.undoes, back.depth + 1 FROM act p JOIN back ON p.id = back.id)"
    " SELECT MAX(depth) % 2 = 1 FROM back)"
)
"""SQL: whether act `a` takes something back (an undo), or does or brings back (all others)."""

RESTORED = "maintenance.restore"

TAKEN_BACK = "maintenance.restore_undone"

FILE_REMOVED, FILE_RESTORED = "people.delete", "people.restore_file"
"""A file taken out into the bin, and brought back from it."""

IS_NO_PAPER = f"a.service NOT LIKE '{PREFIX}%'"
"""SQL: whether act `a` did more than say what left the register."""

COPY = "copy"
REPLACED = "replaced"
"""In the details of a restore: the name of the copy of what it replaced."""

_LAST_OF_CHAIN = "NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id)"


def _of_act(change: str) -> str:
    """Return SQL: whether a change is of act `a`. Where one act has nearly all of them, a server
    takes each to be so, and walks all in another order until it meets one that is of this."""
    return f"{change}.act_id BETWEEN a.id AND a.id"


def _does_something(db: Database) -> str:
    """Return SQL: whether act `a` changed any row that is not erased since, or put a copy in the
    register's place."""
    return (
        f"(EXISTS (SELECT 1 FROM change c WHERE {_of_act('c')} AND c.salt IS NOT NULL"
        " AND c.entity <> 'ledger_entry') OR"
        f" (a.service = '{RESTORED}' AND {db.dialect.json_text('a.details', COPY)} IS NOT NULL))"
    )


def _select(db: Database) -> str:
    """Return SQL: acts as `_row` reads them; what is asked of act `a` goes after it."""
    return (
        "SELECT a.id, a.at, a.who, a.service, a.source_name, a.undoes, a.details,"
        f" {_does_something(db)} AS does_something,"
        f" (SELECT u.id FROM act u WHERE u.undoes = a.id AND {stands('u.id')}) AS undone_by,"
        # Another one tells that it was not one: a list's act has a change for each person.
        " (SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM change o"
        f" WHERE {_of_act('o')} AND o.person_id <> one.person_id) THEN one.person_id END"
        f" FROM (SELECT c.person_id FROM change c WHERE {_of_act('c')}"
        " AND c.person_id IS NOT NULL LIMIT 1) AS one) AS only_person FROM act a"
    )


def _rows(register: Register, rows: Sequence[Mapping[str, Any]]) -> list[ActRow]:
    told = [json.loads(row["details"]) if row["details"] else {} for row in rows]
    only = [row["only_person"] or _only_one(one) for row, one in zip(rows, told, strict=True)]
    names = _names(register, {person for person in only if person is not None})
    together = zip(rows, told, only, strict=True)
    return [_row(register, row, details, person, names) for row, details, person in together]


def _row(
    register: Register,
    row: Mapping[str, Any],
    details: Mapping[str, Any],
    only: int | None,
    names: Mapping[int, str],
) -> ActRow:
    paper, form = details.get(OUT, ("", ""))
    first, steps = _first(register, row["undoes"])
    return ActRow(
        id=ActId(row["id"]),
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        service=row["service"],
        source_name=row["source_name"],
        person_id=PersonId(only) if only is not None else None,
        person_name=names.get(only or 0) or _taken_out(register, row),
        counts=tuple(sorted(details.get("counts", {}).items())),
        undone_by=row["undone_by"],
        undoes=row["undoes"],
        does_something=bool(row["does_something"]),
        about=act(register, first) if first is not None else None,
        brings_back=bool(steps) and steps % 2 == 0,
        paper=paper,
        form=form,
    )


def _only_one(details: Mapping[str, Any]) -> int | None:
    """Whose paper it was that left the register, where it was one person's."""
    people = details.get(PEOPLE, []) if OUT in details else [details.get("person")]
    return people[0] if len(people) == 1 else None


def _first(register: Register, undone: int | None) -> tuple[int | None, int]:
    """The act at the end of a chain of undos that begins with `undone`, and how long it is."""
    if undone is None:
        return None, 0
    chain = (
        "WITH RECURSIVE back (id, step) AS (SELECT ?, 1 UNION ALL"
        " SELECT p.undoes, back.step + 1 FROM act p JOIN back ON p.id = back.id"
        " WHERE p.undoes IS NOT NULL) SELECT id, step FROM back ORDER BY step DESC LIMIT 1"
    )
    first, steps = register.db.execute_sql(chain, (undone,)).fetchone()
    return int(first), int(steps)


def _names(register: Register, people: Collection[int]) -> dict[int, str]:
    asked = "SELECT id, family_name, given_names FROM person WHERE id"
    return {
        number: f"{family}, {given}" if given else str(family)
        for number, family, given in where_in(register.db, asked, sorted(people))
    }


def _taken_out(register: Register, act: Mapping[str, Any]) -> str | None:
    """The name of the person whom this act took out of the register, or brought back into it."""
    if act["service"] not in (FILE_REMOVED, FILE_RESTORED):
        return None
    row = register.db.execute_sql(
        f"SELECT before, after FROM change WHERE act_id = ? AND {of_kind('entity', 'person')}"
        " AND (before IS NULL) <> (after IS NULL)",
        (act["id"],),
    ).fetchone()
    if row is None:
        return None
    person = json.loads(row[0] or row[1])
    given = person.get("given_names")
    return f"{person['family_name']}, {given}" if given else str(person["family_name"])


def acts(
    register: Register,
    *,
    limit: int = 50,
    offset: int = 0,
    person_id: int | None = None,
    service: str | None = None,
    papers: bool = True,
) -> list[ActRow]:
    """Acts, the latest first; of one person or of one service if asked, and without those that
    say what left the register where `papers` are not wanted."""
    where, parameters = ["TRUE" if papers else IS_NO_PAPER], list[object]()
    if person_id is not None:
        where.append("a.id IN (SELECT act_id FROM change WHERE person_id = ?)")
        parameters.append(person_id)
    if service is not None:
        where.append("a.service = ?")
        parameters.append(service)
    rows = fetch(
        register,
        f"{_select(register.db)} WHERE {' AND '.join(where)} ORDER BY a.id DESC LIMIT ? OFFSET ?",
        [*parameters, limit, offset],
    )
    return _rows(register, rows)


def some(register: Register, ids: Sequence[int]) -> list[ActRow]:
    """These acts, in this order."""
    found: dict[int, ActRow] = {}
    for chunk in chunks(ids):
        sql = f"{_select(register.db)} WHERE a.id IN ({marks(len(chunk))})"
        found |= {row.id: row for row in _rows(register, fetch(register, sql, chunk))}
    return [found[number] for number in ids if number in found]


def act(register: Register, number: int) -> ActRow | None:
    """One act, or None."""
    rows = fetch(register, f"{_select(register.db)} WHERE a.id = ?", (number,))
    return next(iter(_rows(register, rows)), None)


def change_count(register: Register, number: int) -> int:
    """How many rows an act touched."""
    together = register.db.dialect.json_length("together")
    counted = f"SELECT SUM(1 + COALESCE({together}, 0)) FROM change WHERE act_id = ?"
    return int(scalar(register, counted, (number,)) or 0)


def state(register: Register) -> bytes:
    """The hash of the last act: the same for as long as nothing is written but that something
    left the register."""
    last = f"SELECT a.hash FROM act a WHERE {IS_NO_PAPER} ORDER BY a.id DESC LIMIT 1"
    row = register.db.execute_sql(last).fetchone()
    return bytes(row[0]) if row else b""


def is_only_papers_since(register: Register, head: str) -> bool:
    """Whether nothing was written after the act of this hash (hexadecimal) but that something left
    the register."""
    rows = register.db.execute_sql("SELECT hash, service FROM act ORDER BY id DESC")
    for digest, service in rows:
        if bytes(digest).hex() == head:
            return True
        if not is_outward(service):
            return False
    return not head


def papers_at_end(register: Register) -> int:
    """How many of the last acts say only that something left the register."""
    rows = register.db.execute_sql("SELECT service FROM act ORDER BY id DESC")
    return sum(1 for _act in takewhile(lambda row: is_outward(row[0]), rows))


def data_version(register: Register) -> int:
    """A number that changes whenever another connection has written; the same connection must ask
    each time. It reads no table."""
    return register.db.data_version()


def latest(register: Register) -> tuple[int, bytes]:
    """The id and the hash of the last act; 0 and nothing in an empty register."""
    row = register.db.execute_sql("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, b"")


def count_after(register: Register, number: int) -> int:
    """How many acts came after act `number`, but for those that say what left the register."""
    counted = f"SELECT COUNT(*) FROM act a WHERE a.id > ? AND {IS_NO_PAPER}"
    return int(register.db.execute_sql(counted, (number,)).fetchone()[0])


def after(register: Register, number: int, limit: int) -> list[ActRow]:
    """The acts after act `number` that `count_after` counts, the latest first."""
    rows = fetch(
        register,
        f"{_select(register.db)} WHERE a.id > ? AND {IS_NO_PAPER} ORDER BY a.id DESC LIMIT ?",
        (number, limit),
    )
    return _rows(register, rows)


def of_others(
    register: Register, number: int, who: str, scope: Scope, limit: int
) -> tuple[list[ActRow], int]:
    """What others than `who` did after act `number` and still stands, the latest first, and how
    much there is; of a clerk's files only what touched one, or brought in many at once."""
    found = Conditions(register.db)
    found.add("a.id > ? AND lower(a.who) <> lower(?)", number, who)
    # What came and went meanwhile is no news.
    found.add("(a.undoes IS NULL OR a.undoes <= ?)", number)
    found.add(f"NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id AND {stands('u.id')})")
    found.add(_does_something(register.db))
    if scope.clerk is not None:
        theirs = Conditions(register.db)
        theirs.clerk(scope.clerk, "c.person_id")
        found.add(
            f"EXISTS (SELECT 1 FROM change c WHERE {_of_act('c')}"
            f" AND (c.together IS NOT NULL OR ({theirs})))",
            *theirs.parameters,
        )
    counted = f"SELECT COUNT(*) FROM act a WHERE {found}"
    count = int(register.db.execute_sql(counted, found.parameters).fetchone()[0])
    sql = f"{_select(register.db)} WHERE {found} ORDER BY a.id DESC LIMIT ?"
    rows = fetch(register, sql, [*found.parameters, limit])
    return _rows(register, rows), count


def seal(register: Register, number: int) -> bytes:
    """The hash of an act; empty when there is no such act."""
    row = register.db.execute_sql("SELECT hash FROM act WHERE id = ?", (number,)).fetchone()
    return bytes(row[0]) if row else b""


def does_something(register: Register, number: int) -> bool:
    """Whether there is something of an act to take back."""
    found = f"SELECT 1 FROM act a WHERE a.id = ? AND {_does_something(register.db)}"
    return register.db.execute_sql(found, (number,)).fetchone() is not None


def details(register: Register, number: int) -> Mapping[str, Any]:
    """What the service kept with the act: counts, findings, overrides, the mapping of an import."""
    rows = fetch(register, "SELECT details FROM act WHERE id = ?", (number,))
    return json.loads(rows[0]["details"]) if rows and rows[0]["details"] else {}


def replaced(register: Register, seal: str) -> bool:
    """Whether a restore took the place of what ended with an act of this hash."""
    told = fetch(register, "SELECT id FROM act WHERE service IN (?, ?)", (RESTORED, TAKEN_BACK))
    return any(details(register, row["id"]).get(REPLACED) == seal for row in told)


def last_undoable(register: Register, who: str | None = None) -> ActRow | None:
    """The act whose effect is the latest that stands and is not itself an undo; `who` alone is
    asked about, if given."""
    rows = fetch(
        register,
        f"SELECT a.id FROM act a WHERE {_LAST_OF_CHAIN} AND NOT {_IS_UNDO}"
        f"{'' if who is None else ' AND a.who = ?'}"
        f" AND {_does_something(register.db)} ORDER BY a.id DESC LIMIT 1",
        () if who is None else (who,),
    )
    return act(register, begin_of_chain(register, rows[0]["id"])[0]) if rows else None


def last_undone(register: Register) -> ActRow | None:
    """The latest undo that stands, unless something new has been done since."""
    last = f"{_select(register.db)} WHERE {IS_NO_PAPER} ORDER BY a.id DESC LIMIT 1"
    latest = fetch(register, last)
    if latest and latest[0]["service"] == TAKEN_BACK:
        return _rows(register, latest)[0]
    rows = fetch(
        register,
        f"{_select(register.db)} WHERE {_LAST_OF_CHAIN} AND {_IS_UNDO} AND a.id >"
        " (SELECT COALESCE(MAX(o.id), 0) FROM act o WHERE o.undoes IS NULL"
        f" AND o.service NOT LIKE '{PREFIX}%')"
        " ORDER BY a.id DESC LIMIT 1",
    )
    return next(iter(_rows(register, rows)), None)


def last_of_chain(register: Register, number: int) -> int:
    """The act at the end of the chain of undos that begins with act `number`: often itself."""
    return int(
        fetch(
            register,
            "WITH RECURSIVE chain (id) AS (SELECT CAST(? AS BIGINT) UNION ALL"
            " SELECT n.id FROM act n JOIN chain ON n.undoes = chain.id)"
            " SELECT MAX(id) AS id FROM chain",
            (number,),
        )[0]["id"]
    )


def begin_of_chain(register: Register, number: int) -> tuple[int, int]:
    """The act with which the chain of undos up to act `number` begins, and how many steps back
    that is: after an odd number of steps, act `number` takes something back."""
    found = fetch(
        register,
        "WITH RECURSIVE back (id, steps) AS (SELECT CAST(? AS BIGINT), 0 UNION ALL"
        " SELECT p.undoes, back.steps + 1 FROM act p JOIN back ON p.id = back.id"
        " WHERE p.undoes IS NOT NULL) SELECT MIN(id) AS id, MAX(steps) AS steps FROM back",
        (number,),
    )[0]
    return int(found["id"]), int(found["steps"])


def ledger(register: Register, year: int) -> list[LedgerEntry]:
    """The entries of a cap year, in order."""
    rows = fetch(
        register,
        "SELECT id, application_id, cap_year, delta, reason, at FROM ledger_entry"
        " WHERE cap_year = ? ORDER BY id",
        (year,),
    )
    return [
        LedgerEntry(
            row["id"],
            ApplicationId(row["application_id"]),
            row["cap_year"],
            row["delta"],
            row["reason"],
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
    ]


def first_reason(register: Register, application: int) -> str | None:
    """Why an application took its first place, None when it never had one."""
    rows = fetch(
        register,
        "SELECT reason FROM ledger_entry WHERE application_id = ? ORDER BY id LIMIT 1",
        (application,),
    )
    return str(rows[0]["reason"]) if rows else None
