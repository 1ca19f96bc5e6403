# SPDX-License-Identifier: Apache-2.0
"""What an act reads before it keeps others from writing, and the proof that it still stands then.

Only rows of which the journal tells are read so. Before the first of them it is asked which act is
the last; once nobody else writes, the changes of all acts since are looked through. Where none is
of a file, a row or a kind that was read, every answer is what would be answered now; else the whole
act is begun again, and keeps others from writing from its beginning. It is looked at too closely
rather than not closely enough: what was erased, came in together or moved from one file to another
counts for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from imp_plus_desktop.storage.engines.postgresql.rights.closing import ERASE
from imp_plus_desktop.storage.engines.postgresql.shape.finding import READS
from imp_plus_desktop.storage.engines.postgresql.shape.tables_of_people import PEOPLE
from imp_plus_desktop.storage.engines.postgresql.shape.tables_of_the_office import OFFICE
from imp_plus_desktop.storage.engines.postgresql.whole.making import WHOSE
from imp_plus_desktop.storage.engines.whole import Whole
from imp_plus_desktop.storage.tables.schema import ENTITIES

_HEAD = "SELECT id, hash, set_config('plan_cache_mode', %s, true) FROM act ORDER BY id DESC LIMIT 1"
_MODES = "auto", "force_generic_plan"  # by whether there is but one plan
"""What is read so is asked over and over, and most of its time would go into new plans."""
_STILL = "SELECT hash FROM act WHERE id = %s"
_MOST = 300
"""Changes that are looked through."""
_SINCE = f"""SELECT a.service, c.entity, c.entity_id,
    {WHOSE},
    CASE WHEN c.together IS NULL THEN 0 ELSE 1 END
FROM act a LEFT JOIN change c ON c.act_id = a.id AND c.act_id > %s
WHERE a.id > %s ORDER BY a.id LIMIT {_MOST}"""
"""Its bounds and its order let every plan begin at that act, one made for any number too."""
_LISTED = r"IN \(%s(?:, %s)*\)"
_WORD = re.compile(r"\w+")
_UNTOLD = frozenset(
    {
        *(table.split()[2] for table in (*PEOPLE, *OFFICE)),
        *("person_search", READS, "id_counter", "register_state", "brought"),
    }
) - frozenset(ENTITIES)
"""Tables whose rows change without a change of their own in the journal, or by every act."""
_BY_ERASING = "erased_file"
"""A table whose rows come by erasing alone, after which nothing that was read holds anyway."""
_OF_PEOPLE = re.compile(
    r"SELECT [\w, ]+ FROM (\w+) WHERE (?:person_id|application_id IN \(SELECT id FROM"
    rf" (application) WHERE person_id) {_LISTED}\)?(?: ORDER BY [\w, ]+)?"
)
_OF_FILE = re.compile(
    r"\(SELECT json_agg\(json_build_array\([\w, ]+\) ORDER BY [\w, ]+\) FROM (\w+) WHERE"
    r" (?:person_id|application_id IN \(SELECT id FROM (application) WHERE person_id|(?<=person"
    r" WHERE )id) IN \(%s\)\)?\)(?:, |$)"
)
"""A part of somebody's whole file, as `ServerDatabase.parts` asks for it."""
_OF_A_YEAR = "SELECT used FROM cap_counter WHERE year = %s"
"""How many places are in use: entries of the ledger alone change it."""
_ENTRIES = "ledger_entry"
_OF_ROWS = re.compile(rf"SELECT [\w, ]+ FROM (\w+) WHERE id {_LISTED}(?: ORDER BY [\w, ]+)?")


class _Rests(NamedTuple):
    """What an answer rests on: of these kinds all rows, or those of some people, or with some
    ids."""

    kinds: frozenset[str]
    by_person: bool = False
    by_id: bool = False


@lru_cache(maxsize=1_024)
def _rests(sql: str) -> _Rests | None:
    """What the answer to a question rests on, None where the journal does not tell."""
    if sql == _OF_A_YEAR:
        return _Rests(frozenset({"cap_counter"}))
    parts = _OF_FILE.findall(sql)
    if parts and not _OF_FILE.sub("", sql.removeprefix("SELECT ")):
        kinds = frozenset(name for part in parts for name in part if name)
        return _Rests(kinds, by_person=True) if kinds <= frozenset(ENTITIES) else None
    of_people = _OF_PEOPLE.fullmatch(sql)
    found = of_people or _OF_ROWS.fullmatch(sql)
    if found is not None:
        kinds = frozenset(name for name in found.groups() if name is not None) - {_BY_ERASING}
        by_person = of_people is not None
        return _Rests(kinds, by_person, not by_person) if kinds <= frozenset(ENTITIES) else None
    # Any word may be a table: a column that is called like one makes no answer good.
    words = frozenset(_WORD.findall(sql))
    kinds, untold = words & frozenset(ENTITIES), words & _UNTOLD
    is_told = bool(kinds) or _BY_ERASING in untold
    return _Rests(kinds) if is_told and untold <= {_BY_ERASING} else None


def _has_one_plan(sql: str, params: Sequence[object] | None) -> bool:
    """Whether a question is asked in the same way for whatever values."""
    rests = _rests(sql)
    return (
        not params or sql == _OF_A_YEAR or (rests is not None and (rests.by_person or rests.by_id))
    )


class OutdatedError(Exception):
    """Somebody has changed what an act rests on while it was judged."""


class Early:
    """What one act has read before it keeps others from writing."""

    def __init__(self, name: str, keys: Sequence[object], *, may_be_whole: bool = False) -> None:
        self.name, self.may_be_whole = name, may_be_whole
        self.habit = f"{name} early", keys
        self.habit_alone = f"{name} alone", keys
        """Under which names it is noted what such an act reads before that, and after."""
        self.is_settled = False
        """Whether all that was read stands."""
        self._head: tuple[int, bytes] | None = None
        self._whole: set[str] = set()
        self._of_people: set[tuple[str, object]] = set()
        self._of_rows: set[tuple[str, object]] = set()
        self._years: set[object] = set()
        self.whole = Whole()
        """What the act is made of, as long as it may go whole."""

    def may_take(self, questions: Sequence[tuple[str, Any]]) -> bool:
        """Whether these may be asked while others write, and of nothing that the act writes."""
        found = [_rests(sql) for sql, _params in questions]
        written = self.whole.kinds
        return all(one is not None and written.isdisjoint(one.kinds) for one in found)

    def answers(
        self,
        ask: Callable[[Sequence[tuple[str, Any]]], list[Any]],
        questions: Sequence[tuple[str, Any]],
    ) -> list[Any]:
        """Ask them, the first of them after the last act."""
        for sql, params in questions:
            self._note(sql, params or ())
        if self._head is not None:
            return ask(questions)
        mode = _MODES[all(_has_one_plan(*one) for one in questions)]
        last, *answers = ask([(_HEAD, (mode,)), *questions])
        row = last.fetchone()
        self._head = (0, b"") if row is None else (int(row[0]), bytes(row[1]))
        return answers

    def _note(self, sql: str, params: Sequence[object]) -> None:
        rests = _rests(sql)
        assert rests is not None
        if sql == _OF_A_YEAR:
            self._years.update(params)
        elif rests.by_person:
            self._of_people.update((kind, one) for kind in rests.kinds for one in params)
        elif rests.by_id:
            self._of_rows.update((kind, one) for kind in rests.kinds for one in params)
        else:
            self._whole |= rests.kinds

    @property
    def has_read(self) -> bool:
        """Whether anything was read, after the last act."""
        return self._head is not None

    @property
    def head(self) -> int:
        """The last act before what was read."""
        return 0 if self._head is None else self._head[0]

    def rests(self) -> dict[str, object]:
        """What the act rests on if it goes whole, as `write_act` is told it."""
        head, seal = self._head or (0, b"")
        whole = self._whole | self._counted(place.year for place in self.whole.places)
        return {
            "head": head,
            "seal": seal.hex(),
            "kinds": sorted(whole),
            "rows": [f"{kind} {number}" for kind, number in self._of_rows],
            "files": [f"{kind} {person}" for kind, person in self._of_people],
            "moving": sorted({kind for kind, _person in self._of_people}),
        }

    def _counted(self, apart: Iterable[int] = ()) -> set[str]:
        """What the number of places in use rests on, but of some years."""
        return {_ENTRIES} if self._years.difference(apart) else set()

    def proof(self) -> list[tuple[str, Any]]:
        """What is to be asked once nobody else writes; nothing where nothing was read."""
        if self._head is None:
            return []
        last = self._head[0]
        return [(_STILL, (last,)), (_SINCE, (last, last))]

    def holds(self, answers: Sequence[Any]) -> bool:
        """Whether all that was read stands, by the answers to `proof`."""
        if self._head is None:
            return True
        still, since = (one.fetchall() for one in answers)
        if self._head[0] and [bytes(row[0]) for row in still] != [self._head[1]]:
            return False  # another server, which lacks what was read
        return len(since) < _MOST and not any(self._is_touched(*row) for row in since)

    def _is_touched(
        self, service: str, kind: str | None, number: int, person: int | None, together: int
    ) -> bool:
        if service == ERASE or together:
            return True
        if kind is None or kind in self._whole | self._counted() or (kind, number) in self._of_rows:
            return kind is not None
        if person is not None:
            return (kind, person) in self._of_people
        return any(kind == one for one, _whose in self._of_people)
