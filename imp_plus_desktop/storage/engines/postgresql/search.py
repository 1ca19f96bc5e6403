# SPDX-License-Identifier: Apache-2.0
"""The search index on a server: one `tsvector` a person, and the words of names by their keys.

    person_search          person_id, and the words of names (A), of numbers (B), of notes (C), and
                           of numbers that are hidden from who only reads (D)
    person_search_words    the words of a person's names among which a slip is forgiven
    person_search_near     each of those words once under each of its keys (`search/alike.py`)

The words are our own: PostgreSQL's parser, which has ideas of its own about numbers and addresses,
never sees them. The index is derived and can be made anew at any time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from imp_plus_desktop.domain.search.alike import keys_of
from imp_plus_desktop.storage.engines.database import ALL, LISTED, NAMED
from imp_plus_desktop.storage.engines.postgresql.shape.finding import READS

if TYPE_CHECKING:
    from imp_plus_desktop.domain.search.lines import Line
    from imp_plus_desktop.domain.search.typed import Part, Term, Typed

_WEIGHTS = {"names": "A", "numbers": "B", "texts": "C", "hidden": "D"}
_WHERE = {ALL: "", LISTED: "ABD", NAMED: "A"}
_PARTS = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
"""What parts words: every sign of ASCII that is neither a letter nor a digit."""
_LONGEST = 500
"""Letters of a word that are kept: the server takes 2 kilobytes."""
_LONGEST_NEAR = 300


class _Connects(Protocol):
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...
    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None: ...


class ServerIndex:
    """The lines by which people are found; all writes are inside the caller's transaction."""

    def __init__(self, db: _Connects) -> None:
        self._db = db

    def expression(self, typed: Typed, where: str = LISTED) -> str:
        """Return what `Dialect.found_by_words` takes: what was typed, in words of the line."""
        weights = _WHERE[where]
        readings = (
            " & ".join(_part(part, weights) for part in some) for some in typed.conjunctions
        )
        return " | ".join(f"({reading})" for reading in readings)

    def people(self, typed: Typed, most: int, where: str = ALL) -> list[int]:
        """Return people who are found by what was typed, by their ids, `most` of them."""
        weights = _WHERE[where]
        words = [
            (_part(part, weights), reading)
            for reading, some in enumerate(typed.conjunctions)
            for part in some
        ]
        found = self._db.execute_sql(
            f"SELECT person FROM {READS}(CAST(? AS TSQUERY), ?, CAST(? AS TSQUERY[]),"
            " CAST(? AS BIGINT[])) AS found (person)",
            (
                self.expression(typed, where),
                most,
                [word for word, _reading in words],
                [reading for _word, reading in words],
            ),
        )
        return [row[0] for row in found.fetchall()]

    def words_near(self, keys: Iterable[str], most: int) -> list[str]:
        """Return the words of names that have one of these keys, `most` of them."""
        found = self._db.execute_sql(
            "SELECT DISTINCT word FROM person_search_near WHERE key = ANY(?) LIMIT ?",
            (list(keys), most),
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
        db = self._db
        db.insert_rows(
            "person_search",
            ("person_id", "words"),
            ((number, _vector(line)) for number, line in lines),
        )
        db.insert_rows(
            "person_search_words",
            ("person_id", "words"),
            ((number, _forgiven(line)) for number, line in lines),
        )
        words = {word for _number, line in lines for word in _forgiven(line).split()}
        self._keep(words)
        self._drop(former - words)

    def forget(self, people: Sequence[int]) -> None:
        """Take people out of the index, and every word that was theirs alone."""
        self._drop(self._take(people))

    def merge(self) -> None:
        """The server tidies its indexes itself."""

    def drawn_together(self, *, begun: bool) -> bool:
        """The server tidies its indexes itself: nothing is left to do."""
        return True

    def is_sound(self) -> bool:
        """Tell whether it has a line for each person with a summary, and no other."""
        missing = self._db.execute_sql(
            "SELECT CASE WHEN"
            " EXISTS (SELECT person_id FROM standing EXCEPT SELECT person_id FROM person_search)"
            " OR EXISTS (SELECT person_id FROM person_search EXCEPT SELECT id FROM person)"
            " OR EXISTS (SELECT person_id FROM person_search"
            " EXCEPT SELECT person_id FROM person_search_words)"
            " OR EXISTS (SELECT person_id FROM person_search_words EXCEPT SELECT id FROM person)"
            " THEN 1 ELSE 0 END"
        ).fetchone()[0]
        return not missing

    def differing(self, lines: Sequence[tuple[int, Line]]) -> int | None:
        """Return the first of these people whose words in the index are not those of the line that
        is given for them, None where all are."""
        for number, line in lines:
            kept = self._db.execute_sql(
                "SELECT CASE WHEN s.words = CAST(? AS TSVECTOR) THEN w.words END"
                " FROM person_search s JOIN person_search_words w ON w.person_id = s.person_id"
                " WHERE s.person_id = ?",
                (_vector(line), number),
            ).fetchone()
            forgiven = _forgiven(line)
            if kept is None or kept[0] != forgiven or not self._has_keys(forgiven):
                return number
        return None

    def strays(self) -> int:
        """Return how many words are kept to be near to what is typed and are in nobody's name."""
        found = self._db.execute_sql(
            "SELECT COUNT(DISTINCT n.word) FROM person_search_near n WHERE NOT EXISTS"
            " (SELECT 1 FROM (SELECT DISTINCT unnest(string_to_array(words, ' ')) AS word"
            " FROM person_search_words) w WHERE w.word = n.word)"
        )
        return int(found.fetchone()[0])

    def _has_keys(self, words: str) -> bool:
        pairs = [(key, word) for word in set(words.split()) for key in keys_of(word)]
        known = self._db.execute_sql(
            "SELECT COUNT(*) FROM person_search_near n"
            " JOIN unnest(CAST(? AS TEXT[]), CAST(? AS TEXT[])) AS p (key, word)"
            " ON n.key = p.key AND n.word = p.word",
            ([key for key, _word in pairs], [word for _key, word in pairs]),
        ).fetchone()[0]
        return bool(known == len(pairs))

    def _take(self, people: Sequence[int]) -> set[str]:
        """Take out the lines of people. Returns the words that their names had."""
        wanted = ("{" + ",".join(map(str, people)) + "}",)
        listed = "WHERE person_id = ANY(CAST(? AS BIGINT[]))"
        taken = self._db.execute_sql(
            f"DELETE FROM person_search_words {listed} RETURNING words", wanted
        ).fetchall()
        self._db.execute_sql(f"DELETE FROM person_search {listed}", wanted)
        return {word for (words,) in taken for word in words.split()}

    def _keep(self, words: Collection[str]) -> None:
        """Keep the words that are not kept yet, under each of their keys."""
        pairs = sorted((key, word) for word in words for key in keys_of(word))
        if pairs:
            self._db.execute_sql(
                "INSERT INTO person_search_near (key, word)"
                " SELECT * FROM unnest(CAST(? AS TEXT[]), CAST(? AS TEXT[]))"
                " ON CONFLICT DO NOTHING",
                ([key for key, _word in pairs], [word for _key, word in pairs]),
            )

    def _drop(self, words: Collection[str]) -> None:
        """Drop words that nobody's name has any more."""
        if not words:
            return
        gone = self._db.execute_sql(
            "SELECT w.word FROM unnest(CAST(? AS TEXT[])) AS w (word) WHERE NOT EXISTS"
            f" (SELECT 1 FROM {READS}(CAST(quote_literal(w.word) || ':A' AS TSQUERY), 1))",
            (sorted(words),),
        ).fetchall()
        if gone:
            self._db.execute_sql(
                "DELETE FROM person_search_near WHERE word = ANY(?)", ([row[0] for row in gone],)
            )


def _each(words: str) -> list[str]:
    """Words as the index takes them apart."""
    return [word[:_LONGEST] for word in _PARTS.sub(" ", words).split()]


def _forgiven(line: Line) -> str:
    """The words of a line's names among which a slip is forgiven. A key of an index holds each
    beside what it is kept under."""
    return " ".join(word[:_LONGEST_NEAR] for word in line.forgiven.split())


def _vector(line: Line) -> str:
    """A line as a `tsvector`: each word with the weights of what it is a word of."""
    found: dict[str, list[str]] = {}
    hidden = set(_each(line.hidden))
    for place, (name, weight) in enumerate(_WEIGHTS.items(), start=1):
        for word in dict.fromkeys(_each(getattr(line, name))):
            if name == "numbers" and word in hidden:
                continue
            found.setdefault(word, []).append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(places)}" for word, places in sorted(found.items()))


def _part(part: Part, weights: str) -> str:
    """The ways of a part, any of which will do."""
    ways = (" & ".join(_term(term, weights) for term in way) for way in part.ways)
    return f"({' | '.join(f'({way})' for way in ways)})"


def _term(term: Term, weights: str) -> str:
    begins = "" if term.whole else "*"
    ending = f":{begins}{weights}" if begins or weights else ""
    words = _each(term.word)
    whole = f":{weights}" if weights else ""
    *before, last = words
    told = [*(f"'{word}'{whole}" for word in before), f"'{last}'{ending}"]
    return f"({' & '.join(told)})"
