# SPDX-License-Identifier: Apache-2.0
"""SQL that PostgreSQL alone reads, as pieces that go into statements which every engine reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from imp_plus_desktop.storage.engines.dialect import Dialect
from imp_plus_desktop.storage.engines.postgresql.shape.finding import READS


class ServerDialect(Dialect):
    """Pieces of SQL in PostgreSQL's own words."""

    def any_of(self, column: str) -> str:
        return f"{column} = ANY(CAST(? AS BIGINT[]))"

    def numbers(self, wanted: Iterable[int]) -> object:
        return "{" + ",".join(map(str, wanted)) + "}"

    def any_text_of(self, column: str) -> str:
        return f"{column} = ANY(CAST(? AS TEXT[]))"

    def texts(self, wanted: Iterable[str]) -> object:
        quoted = (text.replace("\\", r"\\").replace('"', r"\"") for text in wanted)
        return "{" + ",".join(f'"{text}"' for text in quoted) + "}"

    def place_of(self, code: str) -> str:
        return f"CAST(CAST(? AS JSONB) ->> CAST({code} AS TEXT) AS BIGINT)"

    def placed(self, wanted: Iterable[tuple[object, int]]) -> object:
        return json.dumps({str(code): place for code, place in wanted})

    def gathered(self, ids: str) -> str:
        return f"SELECT COALESCE(CAST(json_agg(id) AS TEXT), '[]') FROM ({ids}) AS found"

    def found_by_words(self, column: str) -> str:
        found = f"SELECT person FROM {READS}(CAST(? AS TSQUERY), NULL) AS found (person)"
        # As an array they are looked for by the column's index: how many a function finds the
        # planner does not know, and joins them one by one.
        return f"{column} = ANY(ARRAY({found}))"

    def holding(self, told: str) -> str:
        return f"strpos(folded(CAST({told} AS TEXT)), ?) > 0"

    def holds_others_than(self, column: str, signs: str) -> str:
        return f"{column} ~ '[^{signs}]'"

    def holds(self, column: str, part: str) -> str:
        return f"strpos({column}, '{part}') > 0"

    def json_number(self, column: str, name: str) -> str:
        return f"CAST({self.json_text(column, name)} AS BIGINT)"

    def json_text(self, column: str, name: str) -> str:
        return f"(CAST({column} AS JSON) ->> '{name}')"

    def json_length(self, column: str) -> str:
        return f"json_array_length(CAST({column} AS JSON))"

    def json_record(self, columns: Mapping[str, str]) -> str:
        parts = (f"""'"{name}":' || {_told(columns[name], "'null'")}""" for name in sorted(columns))
        return "('{' || " + " || ',' || ".join(parts) + " || '}')"

    def json_row(self, columns: Mapping[str, str]) -> str:
        # What is NULL makes its whole part NULL.
        parts = (f""",COALESCE(',"{n}":' || {_told(columns[n])}, '')""" for n in sorted(columns))
        return "('{' || ltrim(concat(''" + "".join(parts) + "), ',') || '}')"

    def brought_any(self, column: str) -> str:
        row = f"json_array_elements(CAST({column} AS JSON)) AS r"
        wanted = self.any_of("CAST(r -> 1 ->> 'id' AS BIGINT)")
        return f"EXISTS (SELECT 1 FROM {row} WHERE r ->> 0 = ? AND {wanted})"

    def brought_row(self, column: str, place: str) -> str:
        # JSON keeps its text as it was written, JSONB does not.
        return f"CAST(CAST({column} AS JSON) -> CAST({place} AS INTEGER) -> 1 AS TEXT)"

    def day_number(self, day: str) -> str:
        return f"(CAST({day} AS DATE) - DATE '2000-01-01')"

    def month_in_toronto(self, instant: str) -> str:
        winter = f"substr({instant}, 6, 2) IN ('12', '01', '02', '03')"
        hours = f"CASE WHEN {winter} THEN INTERVAL '5 hours' ELSE INTERVAL '4 hours' END"
        return f"to_char(CAST(substr({instant}, 1, 19) AS TIMESTAMP) - {hours}, 'YYYY-MM-DD')"


def _told(column: str, missing: str = "") -> str:
    told = f"CAST(to_json({column}) AS TEXT)"
    return f"COALESCE({told}, {missing})" if missing else told
