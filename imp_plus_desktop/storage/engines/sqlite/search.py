# SPDX-License-Identifier: Apache-2.0
"""The search index in SQLite: one line a person in FTS5, and the words of names by their keys.

    person_search          rowid, and the words of names, of numbers and of notes
    person_search_words    the words of a person's names among which a slip is forgiven
    person_search_near     each of those words once under each of its keys (`search/alike.py`)

The index is derived: it is written with the summaries and can be made anew at any time. What a
line says is for `domain/search/lines.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from imp_plus_desktop.domain.search.alike import BEGINNING, keys_of
from imp_plus_desktop.storage.engines.database import ALL, LISTED, NAMED

if TYPE_CHECKING:  # a list that is not searched needs none of it
    from imp_plus_desktop.domain.search.lines import Line
    from imp_plus_desktop.domain.search.typed import Part, Term, Typed

_PAGES_AT_ONCE = 500
"""As many are put together in a few hundredths of a second: nobody else waits long to write."""
_LEFT = 2
"""Changes that an index makes at least when there was something to do."""


class _Connects(Protocol):
    def connection(self) -> Any: ...
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


class SearchIndex:
    """The lines by which people are found; all writes are inside the caller's transaction."""

    def __init__(self, db: _Connects) -> None:
        self._db = db

    def expression(self, typed: Typed, where: str = LISTED) -> str:
        """Return what `Dialect.found_by_words` takes: what was typed, in words of the line."""
        readings = (" AND ".join(map(_part, some)) for some in typed.conjunctions)
        return f"{where}({' OR '.join(f'({reading})' for reading in readings)})"

    def people(self, typed: Typed, most: int, where: str = ALL) -> list[int]:
        """Return people who are found by what was typed, by their ids, `most` of them."""
        found = self._db.execute_sql(
            "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT ?",
            (self.expression(typed, where), most),
        )
        return [row[0] for row in found.fetchall()]

    def words_near(self, keys: Iterable[str], most: int) -> list[str]:
        """Return the words of names that have one of these keys, `most` of them."""
        found = self._db.execute_sql(
            "SELECT DISTINCT word FROM person_search_near"
            " WHERE key IN (SELECT value FROM json_each(?)) LIMIT ?",
            (json.dumps(list(keys)), most),
        )
        return [row[0] for row in found.fetchall()]

    def words_beginning(self, beginning: str, most: int) -> list[str]:
        """Return the words of names that are kept under a key that begins so, `most` of them."""
        found = self._db.execute_sql(
            "SELECT DISTINCT word FROM person_search_near WHERE key >= ? AND key < ? LIMIT ?",
            (beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1), most),
        )
        return [row[0] for row in found.fetchall()]

    def write(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Replace the lines of these people, given as (person, line)."""
        former = self._take([number for number, _line in lines])
        connection = self._db.connection()
        connection.executemany(
            "INSERT INTO person_search (rowid, names, numbers, texts) VALUES (?, ?, ?, ?)",
            ((number, line.names, line.numbers, line.texts) for number, line in lines),
        )
        connection.executemany(
            "INSERT INTO person_search_words (person_id, words) VALUES (?, ?)",
            ((number, line.forgiven) for number, line in lines),
        )
        words = {word for _number, line in lines for word in line.forgiven.split()}
        self._keep(words)
        self._drop(former - words)

    def forget(self, people: Sequence[int]) -> None:
        """Take people out of the index, and every word that was theirs alone."""
        self._drop(self._take(people))

    def merge(self) -> None:
        """Put the whole index into one segment, in which nothing is left of what was taken out."""
        self._db.execute_sql("INSERT INTO person_search (person_search) VALUES ('optimize')")

    def drawn_together(self, *, begun: bool) -> bool:
        """Put some of the index's parts together; return whether nothing is left to do. With
        `begun` it goes on with what was begun before.

        Lines that are written many at a time leave parts, each of which a search asks.
        """
        connection = self._db.connection()
        before = connection.total_changes
        connection.execute(
            "INSERT INTO person_search (person_search, rank) VALUES ('merge', ?)",
            (_PAGES_AT_ONCE if begun else -_PAGES_AT_ONCE,),
        )
        return bool(connection.total_changes - before < _LEFT)

    def is_sound(self) -> bool:
        """Tell whether it is whole and has a line for each person with a summary, and no other."""
        db = self._db
        db.execute_sql("INSERT INTO person_search (person_search) VALUES ('integrity-check')")
        missing = db.execute_sql(
            "SELECT EXISTS (SELECT person_id FROM standing EXCEPT SELECT rowid FROM person_search)"
            " OR EXISTS (SELECT rowid FROM person_search EXCEPT SELECT id FROM person)"
            " OR EXISTS (SELECT rowid FROM person_search"
            " EXCEPT SELECT person_id FROM person_search_words)"
            " OR EXISTS (SELECT person_id FROM person_search_words EXCEPT SELECT id FROM person)"
        ).fetchone()[0]
        return not missing

    def differing(self, lines: Sequence[tuple[int, Line]]) -> int | None:
        """Return the first of these people whose words in the index are not those of the line that
        is given for them, None where all are."""
        wanted = json.dumps([number for number, _line in lines])
        sizes, words = (
            dict(self._db.execute_sql(asked, (wanted,)).fetchall()) for asked in (_SIZES, _WORDS)
        )
        for number, line in lines:
            told = {name: _each(getattr(line, name)) for name in ("names", "numbers", "texts")}
            if (
                words.get(number) != line.forgiven
                or _varints(sizes.get(number, b"")) != list(map(len, told.values()))
                or not self._has(number, told)
                or not self._has_keys(line.forgiven.split())
            ):
                return number
        return None

    def strays(self) -> int:
        """Return how many words are kept to be near to what is typed and are in nobody's name."""
        db = self._db
        known = {
            word
            for (words,) in db.execute_sql("SELECT words FROM person_search_words").fetchall()
            for word in words.split()
        }
        kept = db.execute_sql("SELECT DISTINCT word FROM person_search_near").fetchall()
        return sum(word not in known for (word,) in kept)

    def _has(self, number: int, told: Mapping[str, Collection[str]]) -> bool:
        """Tell whether each word of a person is found, in its own column."""
        parts = [
            f"{name} : ({' AND '.join(map(_whole, own))})" for name, own in told.items() if own
        ]
        asked = "SELECT 1 FROM person_search WHERE person_search MATCH ? AND rowid = ?"
        found = not parts or self._db.execute_sql(asked, (" AND ".join(parts), number)).fetchone()
        return bool(found)

    def _has_keys(self, words: Collection[str]) -> bool:
        pairs = [[key, word] for word in set(words) for key in keys_of(word)]
        known = self._db.execute_sql(
            "SELECT COUNT(*) FROM json_each(?) j JOIN person_search_near n"
            " ON n.key = j.value ->> 0 AND n.word = j.value ->> 1",
            (json.dumps(pairs),),
        ).fetchone()[0]
        return bool(known == len(pairs))

    def _take(self, people: Sequence[int]) -> set[str]:
        """Take out the lines of people. Returns the words that their names had."""
        found: set[str] = set()
        for some in _some(people):
            wanted = json.dumps(some)
            listed = "IN (SELECT value FROM json_each(?))"
            for (words,) in self._db.execute_sql(
                f"SELECT words FROM person_search_words WHERE person_id {listed}", (wanted,)
            ).fetchall():
                found.update(words.split())
            self._db.execute_sql(
                f"DELETE FROM person_search_words WHERE person_id {listed}", (wanted,)
            )
        # All at once: after each statement the index puts its segments in order.
        whole = "DELETE FROM person_search WHERE rowid IN (SELECT value FROM json_each(?))"
        self._db.execute_sql(whole, (json.dumps(list(people)),))
        return found

    def _keep(self, words: Collection[str]) -> None:
        """Keep the words that are not kept yet, under each of their keys."""
        new = set(words)
        for some in _some(sorted(words)):
            # A word is among its own keys' words under its own beginning.
            known = self._db.execute_sql(
                "SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM person_search_near"
                " n WHERE n.key = substr(j.value, 1, ?) AND n.word = j.value)",
                (json.dumps(some), BEGINNING),
            )
            new.difference_update(row[0] for row in known.fetchall())
        self._db.connection().executemany(
            "INSERT INTO person_search_near (key, word) VALUES (?, ?)",
            sorted((key, word) for word in new for key in keys_of(word)),
        )

    def _drop(self, words: Collection[str]) -> None:
        """Drop words that nobody's name has any more."""
        for word in words:
            held = self._db.execute_sql(
                "SELECT EXISTS (SELECT 1 FROM person_search WHERE person_search MATCH ?)",
                (f"{NAMED}{_whole(word)}",),
            ).fetchone()[0]
            if not held:
                self._db.connection().executemany(
                    "DELETE FROM person_search_near WHERE key = ? AND word = ?",
                    [(key, word) for key in keys_of(word)],
                )


_AT_ONCE = 1000
_SIZES = "SELECT id, sz FROM person_search_docsize WHERE id IN (SELECT value FROM json_each(?))"
_WORDS = (
    "SELECT person_id, words FROM person_search_words"
    " WHERE person_id IN (SELECT value FROM json_each(?))"
)


def _each(words: str) -> list[str]:
    """Words as the index takes them apart: at what is neither a letter nor a digit."""
    return _SIGNS.sub(" ", words).split()


_SIGNS = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


def _varints(packed: bytes) -> list[int]:
    """Whole numbers as FTS5 keeps how many words each column has."""
    found, value = [], 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(value)
            value = 0
    return found


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _part(part: Part) -> str:
    """The ways of a part, any of which will do."""
    ways = (" AND ".join(map(_term, way)) for way in part.ways)
    return f"({' OR '.join(f'({way})' for way in ways)})"


def _term(term: Term) -> str:
    return _whole(term.word) if term.whole else f'"{term.word}"*'


def _whole(word: str) -> str:
    return f'"{word}"'
