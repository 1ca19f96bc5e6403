# SPDX-License-Identifier: Apache-2.0
"""What the lists sort and filter by, kept beside each person and made anew when it is stale.

Derived and never journaled: an act drops the lines of whom it touched; other figures (of the
programme, or of another version of the program), and a year that fills up or finds room again make
all of them stale. A new day makes those stale that hold no longer, and no others. How a summary is
made, and until when it holds, is the services' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.search.lines import Line
from imp_plus_desktop.domain.values.codes import FlagCode, PersonStatus
from imp_plus_desktop.storage.engines import translated
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import agenda, flags
from imp_plus_desktop.storage.reads.agenda import AgendaLine
from imp_plus_desktop.storage.tables.columns import columns_of, encode
from imp_plus_desktop.storage.tables.records import SummaryTable
from imp_plus_desktop.storage.tables.statements import delete_where, marks


@dataclass(frozen=True, slots=True)
class Summary:
    """One person's line, with what goes along with it: made together, gone together.

    `holds_until` is the last day on which it would be made the same. `search_line` goes to the
    search index, `agenda` to the agenda, `waiting` are the codes of what waits for somebody in the
    file, `flags` its open flags by application.
    """

    person_id: int
    sort_key: str
    status: PersonStatus
    verdict: str
    last_safe_day: date | None
    letter_date: date | None
    short_passport: bool
    holds_until: date
    search_line: Line
    agenda: tuple[AgendaLine, ...] = ()
    waiting: tuple[str, ...] = ()
    flags: tuple[tuple[FlagCode, ApplicationId], ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What lines are computed on besides the files: the day, and whether its year is full.

    `act` is the last act that the files were read after; `figures` tells the figures of the
    programme and the version of the program from any others.
    """

    day: date
    cap_full: bool
    act: int
    figures: str


def last_act(register: Register) -> int:
    """The last act of the register, 0 before the first."""
    found = register.db.execute_sql("SELECT COALESCE(MAX(id), 0) FROM act").fetchone()
    return int(found[0])


def stale_ids(register: Register, basis: Basis) -> list[int]:
    """People without a line on this basis.

    A person has one line at most: that none is missing is told by two counts, and after an act
    the missing ones are among whom it touched. Only where they are not is everybody looked at.
    """
    if _figures(register) != basis.figures:
        everybody = register.db.execute_sql(f"SELECT id FROM {_LISTED} ORDER BY id")
        return [row[0] for row in everybody.fetchall()]
    day, full = encode(basis.day), int(basis.cap_full)
    other = "SELECT person_id FROM standing WHERE"
    otherwise = register.db.execute_sql(
        # Without ALL, every line would be walked in the order of people.
        f"{other} holds_until < ? UNION ALL {other} computed_on > ?"
        f" UNION ALL {other} cap_full < ? UNION ALL {other} cap_full > ?",
        (day, day, full, full),
    )
    stale = {row[0] for row in otherwise.fetchall()}
    return sorted(stale.union(_lacking(register, basis.act)))


def _lacking(register: Register, act: int) -> list[int]:
    """People without a line, as of an act that was read before. A server counts its rows one by
    one: where nobody lacked theirs after some act, only whom acts after it touched may."""
    if register.whole_since is not None:
        lacking = _lacking_since(register, register.whole_since)
        if lacking == []:
            register.whole_since = act
        if lacking is not None:
            return lacking
    count = missing(register)
    if not count:
        register.whole_since = None if register.server is None else act
        return []
    touched = _without_line(register, _TOUCHED) if count <= _FEW else []
    return touched if len(touched) == count else _without_line(register, "person")


def _lacking_since(register: Register, act: int) -> list[int] | None:
    """People whom acts after this one touched and who have no line; None where one of them dropped
    lines that it does not name: it changed the programme, or erased what stood in other files."""
    dialect = register.db.dialect
    # What moves to another file has changed that one too.
    moved = (
        f"SELECT {dialect.json_number('after', 'person_id')} FROM change"
        f" WHERE act_id > ? AND before IS NOT NULL AND {dialect.holds('after', _MOVED)}"
    )
    found = register.db.execute_sql(
        "SELECT p.id FROM person p WHERE p.id IN"
        f" (SELECT person_id FROM change WHERE act_id > ? UNION {moved})"
        " AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = p.id)"
        " AND p.id NOT IN (SELECT person_id FROM erased_file)"
        " UNION ALL SELECT 0 WHERE EXISTS"
        " (SELECT 1 FROM change WHERE act_id > ? AND entity = 'parameter')"
        " OR EXISTS (SELECT 1 FROM act WHERE id > ? AND service = ?)",
        (act, act, act, act, erasures.SERVICE),
    )
    people = [row[0] for row in found.fetchall()]
    return None if 0 in people else people


_MOVED = '"person_id"'
"""How the JSON of a change names whose a row is."""


def missing_ids(register: Register, basis: Basis) -> list[int]:
    """Of those that `stale_ids` has, the people whom acts have touched since somebody looked; all
    of them where every line rests on other figures."""
    if _figures(register) != basis.figures:
        return stale_ids(register, basis)
    return sorted(_without_line(register, "person")) if missing(register) else []


def missing(register: Register) -> int:
    """How many people have no line."""
    counts = (
        "SELECT (SELECT COUNT(*) FROM person) - (SELECT COUNT(*) FROM standing)"
        " - (SELECT COUNT(*) FROM erased_file)"
    )
    return int(register.db.execute_sql(counts).fetchone()[0])


def made_to(register: Register) -> date | None:
    """The day to which somebody has brought all lines on a server, None before the first."""
    found = register.db.execute_sql("SELECT MAX(day) FROM summaries_made").fetchone()
    return None if found[0] is None else date.fromisoformat(found[0])


def note_day(register: Register, day: date) -> None:
    """Note on a server that all lines are of a day, for who only reads; asked once a day."""
    if register.server is None or register.summaries_of == day:
        return
    if made_to(register) != day:
        db = register.db
        with translated(db), db.writing():
            db.execute_sql("DELETE FROM summaries_made")
            db.execute_sql("INSERT INTO summaries_made (day) VALUES (?)", (encode(day),))
            db.will_tell_lists()
    register.summaries_of = day


def _figures(register: Register) -> str | None:
    """The figures that the lines rest on, None before the first."""
    row = register.db.execute_sql("SELECT figures FROM standing_figures").fetchone()
    return None if row is None else str(row[0])


_LISTED = "(SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM erased_file)) AS listed"
"""SQL: everybody of whom there is more left than what counts."""
_FEW = 25
_TOUCHED = (
    "(SELECT DISTINCT p.id FROM (SELECT person_id FROM change WHERE person_id IS NOT NULL"
    f" ORDER BY id DESC LIMIT {4 * _FEW}) c JOIN person p ON p.id = c.person_id)"
)
"""SQL: whom the latest changes touched and who is still there."""


def _without_line(register: Register, people: str) -> list[int]:
    cursor = register.db.execute_sql(
        f"SELECT id FROM {people} q WHERE NOT EXISTS"
        " (SELECT 1 FROM standing s WHERE s.person_id = q.id)"
        " AND id NOT IN (SELECT person_id FROM erased_file)"
    )
    return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a file has come, and whether the person may apply and until when."""

    status: PersonStatus
    verdict: VerdictCode
    last_safe_day: date | None


def stages(register: Register, ids: Sequence[int], basis: Basis) -> dict[int, Stage]:
    """The stages that are known on this basis, by person."""
    cursor = register.db.execute_sql(
        "SELECT person_id, status, verdict, last_safe_day FROM standing"
        f" WHERE person_id IN ({marks(len(ids))}) AND ? BETWEEN computed_on AND holds_until"
        " AND cap_full = ?"
        " AND EXISTS (SELECT 1 FROM standing_figures f WHERE f.figures = ?)",
        (*ids, encode(basis.day), int(basis.cap_full), basis.figures),
    )
    return {
        person: Stage(
            PersonStatus(status),
            VerdictCode(verdict),
            date.fromisoformat(day) if day else None,
        )
        for person, status, verdict, day in cursor.fetchall()
    }


def save(register: Register, lines: Sequence[Summary], basis: Basis) -> None:
    """Keep these lines and their index lines, in one short transaction."""
    db = register.db
    with translated(db), db.writing():
        # Somebody may have deleted or changed a person since its line was computed, or the
        # programme itself, and with it every line.
        current = _unchanged_since(register, basis.act, [line.person_id for line in lines])
        kept = [line for line in lines if line.person_id in current]
        if kept:
            _rest_on(register, basis.figures)
        # What hangs on an old line goes with it.
        delete_where(db, "standing", "person_id", [line.person_id for line in kept])
        db.insert_rows("standing", _COLUMNS, (stored(line, basis) for line in kept))
        db.search.write([(line.person_id, line.search_line) for line in kept])
        agenda.write_lines(db, [line.agenda for line in kept])
        agenda.write_waiting(db, [(c, line.person_id) for line in kept for c in line.waiting])
        told = ((code.value, a, line.person_id) for line in kept for code, a in line.flags)
        flags.write_lines(db, told)
        db.will_tell_lists()


def draw_together(register: Register) -> None:
    """Make the index as quick as it was, after many lines: in short transactions, so that nobody
    waits to write."""
    db, done, begun = register.db, False, False
    while not done:
        with translated(db), db.writing():
            done, begun = db.search.drawn_together(begun=begun), True


def _rest_on(register: Register, figures: str) -> None:
    """Drop what rests on other figures, so that all lines rest on these."""
    if _figures(register) == figures:
        return
    for table in ("standing", "standing_figures"):
        register.db.execute_sql(f"DELETE FROM {table}")
    register.db.execute_sql("INSERT INTO standing_figures (id, figures) VALUES (1, ?)", (figures,))


_COLUMNS = columns_of(SummaryTable)
_LONGEST_KEY = 2_000
"""Bytes."""


def stored(line: Summary, basis: Basis) -> list[Any]:
    """A line as its row is kept, in the order of the table's columns."""
    of_basis = {"computed_on": basis.day, "cap_full": basis.cap_full}
    of_basis["sort_key"] = _sorted_by(line.sort_key)
    values = (of_basis[n] if n in of_basis else getattr(line, n) for n in _COLUMNS)
    return [encode(value) for value in values]


def _sorted_by(key: str) -> str:
    """As much of what a name is sorted by as an index of a server takes beside its other columns:
    one name that is longer would keep everybody's lists from being made."""
    told = key.encode()
    return key if len(told) <= _LONGEST_KEY else told[:_LONGEST_KEY].decode(errors="ignore")


def _unchanged_since(register: Register, act: int, ids: Sequence[int]) -> set[int]:
    """Those of these people who are there and whom no act after `act` touched, nor the
    programme."""
    db = register.db
    programme = "SELECT 1 FROM change WHERE act_id > ? AND entity = 'parameter' LIMIT 1"
    if db.execute_sql(programme, (act,)).fetchone() is not None:
        return set()
    cursor = db.execute_sql(
        f"SELECT id FROM person WHERE {db.dialect.any_of('id')}"
        # The sign keeps the planner from walking all changes in the order of people.
        " EXCEPT SELECT +person_id FROM change WHERE act_id > ?",
        (db.dialect.numbers(ids), act),
    )
    return {row[0] for row in cursor.fetchall()}
