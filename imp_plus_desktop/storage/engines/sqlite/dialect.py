# SPDX-License-Identifier: Apache-2.0
"""SQL that SQLite alone reads, as pieces that go into statements which every engine reads.

Each piece names its columns itself and says how many parameters it takes. Knows no register.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


class Dialect:
    """Pieces of SQL in SQLite's own words."""

    def any_of(self, column: str) -> str:
        """Return a condition: the column is one of many numbers. Takes one parameter: `numbers`."""
        return f"{column} IN (SELECT value FROM json_each(?))"

    def numbers(self, wanted: Iterable[int]) -> object:
        """Return the parameter of `any_of`."""
        return json.dumps(list(wanted))

    def place_of(self, code: str) -> str:
        """Return the place of a code among many. Takes one parameter: `placed`."""
        return f"json_extract(?, '$.\"' || {code} || '\"')"

    def placed(self, wanted: Iterable[tuple[object, int]]) -> object:
        """Return the parameter of `place_of`: each code with its place."""
        return json.dumps({str(code): place for code, place in wanted})

    def gathered(self, ids: str) -> str:
        """Return a query whose only value is the column `id` of another one as a JSON array, in
        that one's order: SQLite keeps it for a function that is no mere sum."""
        return f"SELECT json_group_array(id) FROM ({ids})"

    def found_by_words(self, column: str) -> str:
        """Return a condition: the person of a column is found by words. Takes one parameter, the
        expression that `SearchIndex.expression` makes of what was typed."""
        return f"{column} IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)"

    def holding(self, told: str) -> str:
        """Return a condition: a folded text is within what is told, whatever its accents and case.
        Takes one parameter, the text as `fold` leaves it."""
        return f"instr(folded({told}), ?) > 0"

    def holds_others_than(self, column: str, signs: str) -> str:
        """Return a condition: a text has signs that are none of these (`0-9A-Z`). Word by word as
        `migrations.definitions` puts it into indexes."""
        return f"{column} GLOB '*[^{signs}]*'"

    def holds(self, column: str, part: str) -> str:
        """Return a condition: a text has a part, letter by letter. Word by word as
        `migrations.definitions` puts it into indexes."""
        return f"instr({column}, '{part}') > 0"

    def json_number(self, column: str, name: str) -> str:
        """Return the whole number under a name of a JSON object, NULL without one."""
        return f"json_extract({column}, '$.{name}')"

    def json_text(self, column: str, name: str) -> str:
        """Return the text under a name of a JSON object, NULL without one."""
        return f"json_extract({column}, '$.{name}')"

    def json_length(self, column: str) -> str:
        """Return how many elements a JSON array has, NULL where there is none."""
        return f"json_array_length({column})"

    def json_record(self, columns: Mapping[str, str]) -> str:
        """Return the canonical JSON (`serialization.dump`) of columns by name."""
        parts = ", ".join(f"'{name}', {columns[name]}" for name in sorted(columns))
        return f"json_object({parts})"

    def json_row(self, columns: Mapping[str, str]) -> str:
        """Return the JSON of a row as the journal tells it, without what is NULL. Where a text
        holds signs that engines write otherwise, it may differ all the same."""
        return f"json_patch('{{}}', {self.json_record(columns)})"

    def brought_any(self, column: str) -> str:
        """Return a condition: one of many rows of an entity is among what came in together. Takes
        two parameters: the entity, and `numbers`."""
        wanted = self.any_of("r.value ->> '$[1].id'")
        return f"EXISTS (SELECT 1 FROM json_each({column}) r WHERE r.value ->> 0 = ? AND {wanted})"

    def brought_row(self, column: str, place: str) -> str:
        """Return the row at a place of what came in together, as JSON."""
        return f"{column} -> ('$[' || {place} || '][1]')"

    def day_number(self, day: str) -> str:
        """Return a day as a number that grows by one from day to day."""
        return f"julianday({day})"

    def month_in_toronto(self, instant: str) -> str:
        """Return a moment, kept as ISO text in UTC, as ISO text whose year and month are Toronto's.

        On the first of a month, where alone the hour matters, Toronto keeps winter time from
        December to March: the days on which the clocks change come later in theirs.
        """
        winter = f"substr({instant}, 6, 2) IN ('12', '01', '02', '03')"
        hours = f"CASE WHEN {winter} THEN '-5 hours' ELSE '-4 hours' END"
        return f"strftime('%Y-%m-%d', substr({instant}, 1, 19), {hours})"
