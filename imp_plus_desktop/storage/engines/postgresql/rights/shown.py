# SPDX-License-Identifier: Apache-2.0
"""What who only reads a register on a server sees of it: a schema of views in front of its tables.

    statements() -> the schema, its functions and its views, in order
    AS_THEY_ARE     tables that hold nothing to be hidden
    VIEWS           tables of which who only reads has a view of the same name, and no more

Hidden are the fields that the catalogue marks so, and all that tells them elsewhere: the journal,
lists as they came in, scans, what is being typed, the words of the search, and days and codes that
are counted from a birth date. That there is a value is shown, by the sign in its place. A salt is
hidden too, since with it a digest tells a birth date to who tries them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from imp_plus_desktop.domain.deadlines.waiting import CODES_OF_BIRTHS
from imp_plus_desktop.domain.records.catalogue import FIELDS, HIDDEN_NAMES
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN
from imp_plus_desktop.storage.engines.postgresql.rights.naming import BIRTHDAYS, SHOWN
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import RECORDS
from imp_plus_desktop.storage.tables.schema import COLUMNS

_SIGN = f"'{HIDDEN}' COLLATE \"C\""
_BIRTHS = ", ".join(f"'{kind}'" for kind in BIRTHDAYS)
_FIELDS: Mapping[str, tuple[str, ...]] = {
    entity: names
    for entity, some in FIELDS.items()
    if (names := tuple(field.name for field in some if field.has(Mark.HIDDEN)))
}
"""The columns of the catalogue that are hidden, by their table."""
_HIDDEN_COLUMNS = sorted(
    {name for names in _FIELDS.values() for name in names} | {"passport_number"}
)


def _signed(column: str) -> str:
    """The sign in place of a value; nothing in place of none."""
    return f"CASE WHEN {column} IS NOT NULL THEN {_SIGN} END"


def _told(column: str, kind: str = "entity") -> str:
    return f"{SHOWN}.told({kind}, {column})"


_BYTES = r"CAST('\x' AS BYTEA)"
_SALT = f"CASE WHEN salt IS NOT NULL THEN {_BYTES} END"
"""Where there is none, the line was blanked."""
_OTHERWISE: Mapping[str, Mapping[str, str]] = {
    **{table: {name: _signed(name) for name in names} for table, names in _FIELDS.items()},
    "change": {
        "before": _told("before"),
        "after": _told("after"),
        "together": f"{SHOWN}.told_together(together)",
        "salt": _SALT,
    },
    # The columns of a list may be anything, and are for who may see its cells.
    "act": {
        "details": "CAST(CAST(details AS JSONB) - CAST('{sheets,undecided}' AS TEXT[]) AS TEXT)"
        ' COLLATE "C"',
        "salt": _SALT,
    },
    "held_row": {
        "row_key": _SIGN,
        "field_values": f"{SHOWN}.values_told(field_values)",
    },
    "source_file": {"content": _BYTES, "answer": "CAST(NULL AS BYTEA)"},
    "source_block": {"cells": _BYTES},
    "source_row": {
        "row_key": _SIGN,
        "mended": _signed("mended"),
        "cells": _signed("cells"),
    },
    "attachment": {"content": _BYTES},
    "list_view": {"shape": f"{SHOWN}.shape_told(shape)"},
    # The day on which a line would be another one may be a birthday.
    "standing": {"holds_until": "'9999-12-31' COLLATE \"C\""},
    "person_search": {"words": "ts_filter(words, '{a,b,c}')"},
    "deadline_mark": {},
    "agenda_line": {},
    "waiting_line": {},
    "draft": {},
    "import_draft": {},
}
"""What stands in the place of a column, by the table."""
_ONLY: Mapping[str, str] = {
    "deadline_mark": f"kind NOT IN ({_BIRTHS})",
    "agenda_line": f"kind NOT IN ({_BIRTHS})",
    "waiting_line": f"code NOT IN ({', '.join(repr(code) for code in sorted(CODES_OF_BIRTHS))})",
    "draft": "FALSE",
    "import_draft": "FALSE",
}
"""Which rows there are, where not all."""
VIEWS: tuple[str, ...] = tuple(sorted(_OTHERWISE))
AS_THEY_ARE: tuple[str, ...] = (
    *("letter", "residence", "application", "permit", "document", "note", "former_name"),
    *("former_number", "contact", "employment", "request", "portal_line", "payment"),
    *("other_route", "flag_settlement", "legal_hold", "parameter", "entry_rule"),
    *("closed_period", "cap_limit", "official_count", "letter_template", "letterhead"),
    *("programme_file", "privacy_desk", "incident", "ledger_entry", "cap_counter", "mifi_entry"),
    *("source_sheet", "erased_file", "standing_figures", "flag_line", "person_search_words"),
    *("person_search_near", "register_state", "id_counter", "summaries_made"),
)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **COLUMNS,
    **{table._meta.table_name: columns_of(table) for table in RECORDS},  # noqa: SLF001
    "person_search": ("person_id", "words"),
}
_IN_JOURNAL = {
    **{entity: list(names) for entity, names in _FIELDS.items()},
    # A change may tell of a day alone, and not of what.
    "deadline_mark": ["day", "new_day"],
    "held_row": ["row_key", "field_values"],
    "list_view": ["shape"],
}
_ROW = f"""CREATE FUNCTION {SHOWN}.row_told(kind TEXT, told JSONB) RETURNS JSONB
    IMMUTABLE PARALLEL SAFE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(told) = 'object' THEN (
        SELECT jsonb_object_agg(r.key, CASE WHEN r.value <> 'null'
            AND COALESCE(CAST('{json.dumps(_IN_JOURNAL)}' AS JSONB) -> kind @> to_jsonb(r.key),
                FALSE)
            THEN to_jsonb(CAST('{HIDDEN}' AS TEXT)) ELSE r.value END)
        FROM jsonb_each(told) r) ELSE told END $$"""
_FUNCTIONS = (
    _ROW,
    # What holds nothing to be hidden stays as it was written.
    f"""CREATE FUNCTION {SHOWN}.told(kind TEXT, told TEXT) RETURNS TEXT
    IMMUTABLE PARALLEL SAFE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN kind IN ({", ".join(repr(kind) for kind in _IN_JOURNAL)})
        THEN CAST({SHOWN}.row_told(kind, CAST(told AS JSONB)) AS TEXT) ELSE told END $$""",
    f"""CREATE FUNCTION {SHOWN}.told_together(told TEXT) RETURNS TEXT
    IMMUTABLE PARALLEL SAFE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN told IS NOT NULL THEN (
        SELECT CAST(COALESCE(jsonb_agg(jsonb_build_array(r.value -> 0,
            {SHOWN}.row_told(r.value ->> 0, r.value -> 1)) ORDER BY r.nth), '[]') AS TEXT)
        FROM jsonb_array_elements(CAST(told AS JSONB)) WITH ORDINALITY AS r (value, nth)) END $$""",
    # A list may have a field once more, and members of the family beside a person.
    f"""CREATE FUNCTION {SHOWN}.values_told(told TEXT) RETURNS TEXT
    IMMUTABLE PARALLEL SAFE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT COALESCE((SELECT CAST(jsonb_object_agg(r.key, CASE
        WHEN r.key = ANY ('{{{",".join(HIDDEN_NAMES)}}}')
        THEN to_jsonb(CAST('{HIDDEN}' AS TEXT)) ELSE r.value END) AS TEXT)
        FROM jsonb_each(CAST(told AS JSONB)) r), '{{}}') $$""",
    # Of a list as somebody shaped it, what a hidden column must hold, and words that it has.
    f"""CREATE FUNCTION {SHOWN}.shape_told(told TEXT) RETURNS TEXT
    IMMUTABLE PARALLEL SAFE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN told LIKE '{{%' THEN CAST(jsonb_set(CAST(told AS JSONB) #- '{{named,text}}',
        '{{filters}}', COALESCE((SELECT jsonb_agg(f.value ORDER BY f.nth)
            FROM jsonb_array_elements(CAST(told AS JSONB) -> 'filters')
            WITH ORDINALITY AS f (value, nth)
            WHERE f.value ->> 'column' !~ '(^|[._])({"|".join(_HIDDEN_COLUMNS)})(_[0-9]+)?$'),
            '[]')) AS TEXT) ELSE '' END $$""",
)


def statements() -> Iterator[str]:
    """All that stands in front, once the tables are there; by whoever owns them."""
    yield f"CREATE SCHEMA {SHOWN}"
    yield from _FUNCTIONS
    for table in VIEWS:
        yield _view(table)


def _view(table: str) -> str:
    otherwise = _OTHERWISE[table]
    columns = ", ".join(
        f"{otherwise[name]} AS {_named(name)}" if name in otherwise else f"t.{_named(name)}"
        for name in _COLUMNS[table]
    )
    only = _ONLY.get(table)
    # Else a condition of the reader's own might be asked of a row that is left out, and tell by an
    # error, or by the rows that an index finds for it and EXPLAIN counts: OFFSET keeps it out.
    kept = "" if only is None else " WITH (security_barrier)"
    where = "" if only is None else f" WHERE {only} OFFSET 0"
    return f"CREATE VIEW {SHOWN}.{table}{kept} AS SELECT {columns} FROM imp_plus.{table} t{where}"


def _named(column: str) -> str:
    return f'"{column}"'
