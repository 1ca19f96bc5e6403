# SPDX-License-Identifier: Apache-2.0
"""SQL that SQLite alone reads, as pieces that go into statements which every engine reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from imp_plus_desktop.storage.engines.dialect import Dialect


class SqliteDialect(Dialect):
    """Pieces of SQL in SQLite's own words."""

    def any_of(self, column: str) -> str:
        return f"{column} IN (SELECT value FROM json_each(?))"

    def numbers(self, wanted: Iterable[int]) -> object:
        return json.dumps(list(wanted))

    def any_text_of(self, column: str) -> str:
        return f"{column} IN (SELECT value FROM json_each(?))"

    def texts(self, wanted: Iterable[str]) -> object:
        return json.dumps(list(wanted), ensure_ascii=False)

    def place_of(self, code: str) -> str:
        return f"json_extract(?, '$.\"' || {code} || '\"')"

    def placed(self, wanted: Iterable[tuple[object, int]]) -> object:
        return json.dumps({str(code): place for code, place in wanted})

    def gathered(self, ids: str) -> str:
        return f"SELECT json_group_array(id) FROM ({ids})"

    def found_by_words(self, column: str) -> str:
        return f"{column} IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)"

    def holding(self, told: str) -> str:
        return f"instr(folded({told}), ?) > 0"

    def holds_others_than(self, column: str, signs: str) -> str:
        return f"{column} GLOB '*[^{signs}]*'"

    def holds(self, column: str, part: str) -> str:
        return f"instr({column}, '{part}') > 0"

    def json_number(self, column: str, name: str) -> str:
        return f"json_extract({column}, '$.{name}')"

    def json_text(self, column: str, name: str) -> str:
        return f"json_extract({column}, '$.{name}')"

    def json_length(self, column: str) -> str:
        return f"json_array_length({column})"

    def json_record(self, columns: Mapping[str, str]) -> str:
        parts = ", ".join(f"'{name}', {columns[name]}" for name in sorted(columns))
        return f"json_object({parts})"

    def json_row(self, columns: Mapping[str, str]) -> str:
        return f"json_patch('{{}}', {self.json_record(columns)})"

    def brought_any(self, column: str) -> str:
        wanted = self.any_of("r.value ->> '$[1].id'")
        return f"EXISTS (SELECT 1 FROM json_each({column}) r WHERE r.value ->> 0 = ? AND {wanted})"

    def brought_row(self, column: str, place: str) -> str:
        return f"{column} -> ('$[' || {place} || '][1]')"

    def day_number(self, day: str) -> str:
        return f"julianday({day})"

    def month_in_toronto(self, instant: str) -> str:
        winter = f"substr({instant}, 6, 2) IN ('12', '01', '02', '03')"
        hours = f"CASE WHEN {winter} THEN '-5 hours' ELSE '-4 hours' END"
        return f"strftime('%Y-%m-%d', substr({instant}, 1, 19), {hours})"
