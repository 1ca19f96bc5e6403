# SPDX-License-Identifier: Apache-2.0
"""Who only reads a register on a server reads no passport number, UCI or birth date of anybody:
with psql, over every table and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import servers
from hidden_values import BORN, KEPT_BY_NOBODY, PLANTED, TURNS_18, TURNS_22, UCI, planted_desks
from server_desks import Desks

from imp_plus_desktop.domain.deadlines.deadlines import OF_BIRTHS
from imp_plus_desktop.domain.reads.shapes import load
from imp_plus_desktop.domain.records.catalogue import FIELDS, HIDDEN_NAMES
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.values.identifiers import IdentifierKind
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN
from imp_plus_desktop.storage.engines.postgresql.rights.naming import BIRTHDAYS

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

DIGEST = re.compile("[0-9a-f]{64}")
"""Any four figures stand in one of them."""
READABLE = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname LIKE 'imp\\_plus%' AND c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
AND has_schema_privilege(n.oid, 'USAGE') AND {} ORDER BY 1
"""
MAY = "has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT')"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with planted_desks("hidden", tmp_path_factory.mktemp("hidden")) as made:
        yield made


def told(asked: Any, relations: list[str]) -> Iterator[tuple[str, str]]:
    """Each row of these relations as one text, and of bytes what they spell too."""
    for name in relations:
        for (row,) in asked.execute(f"SELECT CAST(t AS TEXT) FROM {name} t"):
            yield name, DIGEST.sub("", row)


def readable(asked: Any) -> list[str]:
    return [row[0] for row in asked.execute(READABLE.format(f"({MAY})"))]


def is_told(value: str, row: str) -> bool:
    return value in row or value.encode().hex() in row


def test_the_planted_values_are_there_for_who_sees_all(planted: Desks) -> None:
    with planted.plain("ana") as asked:
        rows = list(told(asked, readable(asked)))
    for value in PLANTED:
        assert any(is_told(value, row) for _name, row in rows), value
    # Each place that holds any of them, so that the next test looks where there is something.
    holding = {name.partition(".")[2] for name, row in rows for v in PLANTED if is_told(v, row)}
    assert holding >= {
        *("person", "passport", "member", "change", "held_row", "source_row", "person_search"),
        *("agenda_line", "deadline_mark", "draft", "import_draft", "list_view", "attachment"),
    }


def test_who_only_reads_finds_none_of_them_in_any_table(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        relations = readable(asked)
        rows = list(told(asked, relations))
    assert len(rows) > 100
    for value in (*PLANTED, *KEPT_BY_NOBODY):
        assert [(name, row) for name, row in rows if is_told(value, row)] == [], value
    # Nobody's scan, list or draft is there under another form either.
    with planted.plain("rob") as asked:
        for table, column in (("attachment", "content"), ("source_block", "cells")):
            found = asked.execute(f"SELECT MAX(length({column})) FROM imp_plus_shown.{table}")
            assert found.fetchone()[0] == 0
        assert asked.execute("SELECT COUNT(*) FROM imp_plus_shown.draft").fetchone()[0] == 0


def test_what_is_hidden_is_shown_as_hidden_and_what_is_missing_as_missing(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        asked.execute("SET search_path = imp_plus_shown, imp_plus")
        found = asked.execute(
            "SELECT DISTINCT uci, birth_date, birth_known FROM person ORDER BY 1, 2, 3"
        ).fetchall()
        assert set(found) == {
            (HIDDEN, HIDDEN, None),
            (None, HIDDEN, None),
            (None, None, HIDDEN),
        }


def test_every_table_is_shown_as_it_is_or_by_a_view(planted: Desks) -> None:
    from imp_plus_desktop.storage.engines.postgresql.rights import shown

    with planted.plain() as asked:
        tables = {
            row[0]
            for row in asked.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'imp_plus'"
            )
        }
    assert tables == {*shown.AS_THEY_ARE, *shown.VIEWS}, "say what who only reads sees of it"
    assert not {*shown.AS_THEY_ARE} & {*shown.VIEWS}
    with planted.plain("rob") as asked:
        assert readable(asked) == sorted(
            [
                *(f"imp_plus.{name}" for name in shown.AS_THEY_ARE),
                *(f"imp_plus_shown.{name}" for name in shown.VIEWS),
            ]
        )


def test_a_view_has_every_column_of_its_table(planted: Desks) -> None:
    columns = (
        "SELECT c.relname, a.attname, a.atttypid::regtype::text FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped"
        " AND c.relnamespace = '{}'::regnamespace AND c.relkind = '{}'"
    )
    with planted.plain() as asked:
        tables = set(asked.execute(columns.format("imp_plus", "r")))
        views = set(asked.execute(columns.format("imp_plus_shown", "v")))
    assert views <= tables
    seen = {name for name, _column, _type in views}
    assert {one for one in tables if one[0] in seen} == views


def test_the_catalogue_marks_every_passport_number_uci_and_birth_date() -> None:
    kinds = {IdentifierKind.PASSPORT, IdentifierKind.UCI}
    for some in FIELDS.values():
        for field in some:
            wanted = bool(kinds.intersection(field.traits.identifiers)) or "birth" in field.name
            assert field.has(Mark.HIDDEN) is wanted, (field.entity, field.name)
            assert not wanted or field.kind in (Kind.IDENTIFIER, Kind.DAY, Kind.PARTIAL_DAY)
    assert {"passport_number_2", "child_1_birth_date", "principal_reference"} <= {*HIDDEN_NAMES}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT uci FROM imp_plus.person",
        "SELECT number FROM imp_plus.passport",
        "SELECT before FROM imp_plus.change",
        "SELECT content FROM imp_plus.attachment",
        "COPY imp_plus.member TO STDOUT",
        "DELETE FROM standing",
        "INSERT INTO agenda_line (id, person_id, day, kind, reason, own_day)"
        " VALUES (1, 1, '2024-01-01', 'letter', 'x', '2024-01-01')",
        "INSERT INTO draft VALUES ('rob', 1, 'note', 'x')",
        "UPDATE imp_plus_shown.person SET family_name = 'Forged'",
        "UPDATE imp_plus.register_state SET written = written + 1",
        "CREATE TEMP TABLE own (a INT)",
        "CREATE FUNCTION imp_plus_shown.own() RETURNS INT LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE imp_plus.own (a INT REFERENCES imp_plus.person (id))",
        "CREATE OR REPLACE VIEW imp_plus_shown.person AS SELECT * FROM imp_plus.person",
        "SET ROLE imp_hidden_clerk",
    ],
)
def test_who_only_reads_may_not(planted: Desks, statement: str) -> None:
    with planted.plain("rob") as asked, pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked.execute(statement)


def test_no_order_condition_or_statistic_tells_a_hidden_value(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        asked.execute("SET search_path = imp_plus_shown, imp_plus")
        by_birth = [
            row[0]
            for row in asked.execute(
                "SELECT id FROM person WHERE birth_date IS NOT NULL ORDER BY birth_date, id"
            )
        ]
        assert by_birth == sorted(by_birth)
        for condition in ("birth_date < '1960-01-01'", "birth_date LIKE '19%'", "uci ~ '[0-9]'"):
            assert asked.execute(f"SELECT COUNT(*) FROM person WHERE {condition}").fetchone() == (
                0,
            )
        # A condition is never asked of a row that a view leaves out, whatever it would say of it.
        asked.execute("SELECT * FROM deadline_mark WHERE CAST(replace(day, '-', '') AS INT) > 0")
        asked.execute("SELECT * FROM waiting_line WHERE 1 / (length(code) - 11) < 99")
        stats = "SELECT COUNT(*) FROM pg_stats WHERE schemaname = 'imp_plus' AND tablename = '{}'"
        with planted.plain() as owner:
            owner.execute("ANALYZE")
            assert owner.execute(stats.format("person")).fetchone()[0] > 0
        for table in ("person", "passport", "member", "change", "person_search"):
            assert asked.execute(stats.format(table)).fetchone()[0] == 0


def test_a_view_that_leaves_rows_out_asks_nothing_else_of_them(planted: Desks) -> None:
    barred = (
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'imp_plus_shown'::regnamespace"
        " AND c.relkind = 'v' AND ('security_barrier=true' = ANY (c.reloptions)) IS {}"
        " AND pg_get_viewdef(c.oid) LIKE '%WHERE%'"
    )
    with planted.plain() as asked:
        assert len(asked.execute(barred.format("TRUE")).fetchall()) == 5
        assert asked.execute(barred.format("NOT TRUE")).fetchall() == []


def explained(asked: Any, table: str, condition: str, guess: str) -> str:
    """How a question is answered, with what it met on its way."""
    # How many pages were read is told as well, from PostgreSQL 18 on unasked: those of the planner
    # are read the first time only.
    told = "ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF"
    for _turn in range(2):
        rows = asked.execute(f"EXPLAIN ({told}) SELECT * FROM {table} WHERE {condition}").fetchall()
    return str(rows).replace(guess, "?")


def test_what_somebody_has_taken_on_tells_no_birthday(planted: Desks) -> None:
    assert {kind.value for kind in OF_BIRTHS} == set(BIRTHDAYS)
    birthday, other = f"1:age_22:{TURNS_22}:1", "1:letter:2023-12-03:1"
    held = "SELECT what FROM imp_plus.claims_held()"
    with planted.plain("ana") as ana, planted.plain("rob") as rob:
        for what in (birthday, other):
            ana.execute("SELECT imp_plus.claim_it('deadline', %s, 1)", (what,))
        assert {row[0] for row in ana.execute(held)} == {birthday, other}
        assert {row[0] for row in rob.execute(held)} == {other}


def test_no_plan_counts_the_rows_that_a_guess_meets(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        asked.execute("SET search_path = imp_plus_shown, imp_plus")
        asked.execute("SET enable_seqscan = off")
        for table, columns in (("agenda_line", ("day", "own_day")), ("deadline_mark", ("day",))):
            for condition in (f"{column} = '{{}}'" for column in columns):
                for also in ("", " AND person_id = 1"):
                    guessed = [
                        explained(asked, table, condition.format(guess) + also, guess)
                        for guess in (TURNS_22, TURNS_18, "2027-02-18")
                    ]
                    assert len(set(guessed)) == 1, guessed
        for column, guesses in (
            ("birth_date", (BORN, "1931-03-10")),
            ("uci", (UCI, "91-0000-0000")),
        ):
            plans = [explained(asked, "person", f"{column} = '{one}'", one) for one in guesses]
            assert len(set(plans)) == 1


def test_neither_the_end_of_a_summary_nor_a_gap_in_numbers_tells_a_birthday(
    planted: Desks,
) -> None:
    with planted.plain("rob") as asked:
        asked.execute("SET search_path = imp_plus_shown, imp_plus")
        ends = asked.execute("SELECT DISTINCT holds_until FROM standing").fetchall()
        assert ends == [("9999-12-31",)]
        numbers = asked.execute(
            "SELECT person_id, array_agg(id - (person_id << 16) ORDER BY id) FROM agenda_line"
            " GROUP BY 1"
        ).fetchall()
    assert {person for person, _own in numbers} >= {1, 2}
    for _person, own in numbers:
        assert own == list(range(len(own)))


def test_of_a_saved_list_only_what_a_hidden_column_must_hold_is_left_out(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        shape = asked.execute("SELECT shape FROM imp_plus_shown.list_view").fetchone()[0]
    kept = load(shape)
    assert [one.column for one in kept.filters] == ["person.sex"]
    assert kept.named == {"status": "invited"}


def test_the_salt_that_would_prove_a_guess_is_hidden_and_the_digest_is_not(planted: Desks) -> None:
    with planted.plain("rob") as asked:
        for table in ("act", "change"):
            salts = asked.execute(
                f"SELECT COUNT(*), COUNT(salt), MAX(length(salt)), MIN(length(digest))"
                f" FROM imp_plus_shown.{table}"
            ).fetchone()
            assert salts[0] == salts[1] > 0
            assert salts[2:] == (0, 32)


def test_clerks_read_the_tables_themselves(planted: Desks) -> None:
    path = "SELECT current_setting('search_path')"
    rob, ana = planted.office("rob").register.db, planted.office("ana").register.db
    assert rob.execute_sql(path).fetchone()[0] == "imp_plus_shown, imp_plus, pg_catalog"
    assert ana.execute_sql(path).fetchone()[0] == "imp_plus, pg_catalog"
    plan = "EXPLAIN SELECT id FROM person WHERE birth_date = '1931-03-09'"
    assert "imp_plus_shown" not in str(ana.execute_sql(plan).fetchall())


def test_a_register_of_an_own_day_is_never_of_a_reader(planted: Desks, tmp_path: Path) -> None:
    assert date(2023, 11, 22) == planted.office("rob").clock.today()
