# SPDX-License-Identifier: Apache-2.0
"""What one database engine alone knows stands in its own folder; others read all the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tampering import is_on_a_server, plan_of

from imp_plus_desktop.domain.reads.filters import (
    ApplicationFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.reads import figures, lists, queries
from imp_plus_desktop.storage.reads.ordering import ALIASES
from imp_plus_desktop.storage.tables.records import RECORDS
from imp_plus_desktop.storage.tables.schema import ENTITIES

PACKAGE = Path(__file__).resolve().parents[2] / "imp_plus_desktop"
STORAGE = PACKAGE / "storage"
RELEASED = tuple(f"migrations/step{name}.py" for name in ("_1", "_2", "_3", "_4", "_5", "s_6_to_9"))
"""Steps of SQLite's registers: never edited once released."""
INDEX = "migrations/step_18.py"
"""The search index, which is each engine's own."""
BESIDE = ("migrations/definitions.py", INDEX, *RELEASED)

STATEMENT = re.compile(
    r"\b(SELECT\b.*\bFROM|SELECT \w|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|"
    r"DROP TABLE|PRAGMA|ORDER BY|IS NOT NULL|WHERE \w+ )"
)
CALLS = {"execute_sql", "executemany", "atomic", "connection", "scalar", "cursor"}
"""Methods by which statements are run."""
MAY_ASK = re.compile(
    "|".join(("SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|ORDER|NULL|WHERE", *sorted(CALLS)))
)
"""One of these words is in each module that holds a statement or runs one."""

WORDS = {
    "pragmas": r"\bPRAGMA\b|\bVACUUM\b|\bATTACH\b|\bDETACH\b",
    "its own tables": r"\bsqlite_\w+|\bpragma_\w+",
    "full-text search": r"\bMATCH\b|\bfts5\b|\bperson_search\b",
    "JSON": r"\bjson_\w+\(|\bjson\(|->",
    "days": r"\b(date|datetime|julianday|strftime|unixepoch)\(",
    "patterns": r"\bGLOB\b|\bREGEXP\b|\bCOLLATE\b",
    "row ids": r"\b_?rowid_?\b|\bROWID\b|\bAUTOINCREMENT\b|last_insert_rowid",
    "replacing": r"\bOR (REPLACE|IGNORE|ABORT|ROLLBACK)\b|\bREPLACE INTO\b",
    "transactions": r"\b(IMMEDIATE|EXCLUSIVE|DEFERRED)\b|\bBEGIN\b|\bSAVEPOINT\b",
    "triggers": r"\bTRIGGER\b|\bRAISE\(",
    "tables of a connection": r"\bTEMP(ORARY)? TABLE\b",
    "functions": r"\b(ifnull|iif|instr|printf|total|group_concat|typeof|hex|unhex)\(",
    "scalar MAX and MIN": r"\bM(AX|IN)\([^()]*,",
    "numbered parameters": r"\?\d",
    "comparing with IS": r"\bIS (NOT )?(\?|\d)",
    "numbers as truths": r"\b(WHERE|AND|OR|NOT) [01]\b(?! *[-+*/<>=])",
}
"""What SQLite alone reads, or what it reads otherwise than others."""


def sources(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def of_an_engine(path: Path) -> bool:
    """Whether a module of the storage is the place of an engine's own words."""
    name = path.relative_to(STORAGE).as_posix()
    return name.startswith("engines/") or name in BESIDE


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a module besides what is said of it; the gaps of an f-string are `{}`."""
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    inside = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in
        node.values
    }  # fmt: skip
    skipped = said | inside
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            value = node.value
            yield from [(node.lineno, value)] if isinstance(value, str) else []


def own_words(text: str) -> list[str]:
    """The kinds of words in a text that SQLite alone reads."""
    return [kind for kind, pattern in WORDS.items() if re.search(pattern, text)]


@pytest.mark.parametrize("source", [s for s in sources(STORAGE) if not of_an_engine(s)], ids=short)
def test_what_one_engine_alone_reads_stands_with_the_engine(source: Path) -> None:
    tree = ast.parse(source.read_text("utf-8"))
    found = [(line, kinds, text) for line, text in texts(tree) if (kinds := own_words(text))]
    assert not found
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not calls & {"executemany", "atomic", "connection", "cursor"}


def test_no_statement_stands_outside_the_storage() -> None:
    """All in one test: in a test of its own each would take as long as its reading."""
    outside = [path for path in sources(PACKAGE) if STORAGE not in path.parents]
    told = {short(path): path.read_text("utf-8") for path in outside}
    found = {name: asked(text) for name, text in told.items() if MAY_ASK.search(text)}
    assert {name: said for name, said in found.items() if any(said)} == {}
    assert len(found) > 50


def asked(source: str) -> tuple[list[tuple[int, str]], set[str]]:
    """The statements in a module, and the calls that run one."""
    tree = ast.parse(source)
    # What is set, such as the cursor of a text, is nothing that runs a statement.
    calls = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    statements = [(line, text) for line, text in texts(tree) if STATEMENT.search(text)]
    return statements, calls & (CALLS - {"connection"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PRAGMA user_version", "pragmas"),
        ("SELECT seq FROM sqlite_sequence", "its own tables"),
        ("p.id IN (SELECT rowid FROM x)", "row ids"),
        ("id IN (SELECT value FROM json_each(?))", "JSON"),
        ("details ->> 'copy'", "JSON"),
        ("INSERT OR REPLACE INTO standing", "replacing"),
        ("clerk = ? COLLATE NOCASE", "patterns"),
        ("julianday(day)", "days"),
        ("computed_on IS ?", "comparing with IS"),
        ("a.id FROM a WHERE 1 AND b", "numbers as truths"),
        ("SELECT MAX(a, b)", "scalar MAX and MIN"),
        ("entity = ?2", "numbered parameters"),
    ],
)
def test_each_kind_of_word_is_seen(text: str, kind: str) -> None:
    assert kind in own_words(text)


MODELS = {model._meta.table_name: model for model in (*ENTITIES.values(), *RECORDS)}


def unsaid(sql: str) -> list[str]:
    """The terms of a statement's orders that may be empty, without a word of where they stand."""
    named = dict(ALIASES)
    for table, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: (?:AS )?([a-z]\w*))?", sql):
        if table in MODELS:
            named[alias or ""] = MODELS[table]
    found = []
    for match in re.finditer(r"ORDER BY (.*?)(?=\bLIMIT\b|\bUNION\b|$)", sql):
        for term in re.split(r",(?![^()]*\))", match.group(1)):
            column = re.fullmatch(r"\s*(?:(\w+)\.)?(\w+)(?: DESC| ASC)?\s*\)*\s*", term)
            model = named.get(column.group(1) or "") if column else None
            field = model._meta.columns.get(column.group(2)) if column and model else None
            if field is not None and field.null and f"{field.column_name} IS NOT NULL" not in sql:
                found.append(term)
    return found


def test_each_order_in_the_sources_says_where_what_is_empty_stands() -> None:
    told = {path: path.read_text("utf-8") for path in sources(STORAGE)}
    orders = {path: texts(ast.parse(text)) for path, text in told.items() if "ORDER" in text}
    assert {
        f"{short(path)}:{line}": terms
        for path, found in orders.items()
        for line, text in found
        if (terms := unsaid(text))
    } == {}
    assert len(orders) > 10


def test_each_order_of_a_list_says_where_what_is_empty_stands(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = type(office.register.db).execute_sql

    def spy(db: object, sql: str, params: object = None) -> object:
        asked.append(sql)
        return plain(db, sql, params)

    monkeypatch.setattr(type(office.register.db), "execute_sql", spy)
    for descending in (False, True):
        for sort in lists.PEOPLE_SORTS:
            people.ids(office, PeopleFilter(), sort, descending)
        for sort in lists.APPLICATION_SORTS:
            applications.ids(office, ApplicationFilter(), sort, descending)
        for sort in lists.PERMIT_SORTS:
            permits.ids(office, PermitFilter(), sort, descending)
        for sort in lists.MEMBER_SORTS:
            family.ids(office, MemberFilter(), sort, descending)
    queries.files(office.register, [1])
    lists.member_rows(office.register, [1])
    figures.clerks(office.register)
    figures.year_cases(office.register, 2024)
    figures.year_tallies(office.register, 2024)
    orders = [sql for sql in asked if "ORDER BY" in sql]
    assert len(orders) > 50
    assert {sql: terms for sql in orders if (terms := unsaid(sql))} == {}


def test_an_order_that_says_nothing_is_seen() -> None:
    assert unsaid("SELECT a.id FROM application a ORDER BY a.received_at DESC, a.id")
    assert unsaid("SELECT id FROM residence ORDER BY from_day, id")
    assert not unsaid("SELECT a.id FROM application a ORDER BY a.received_at NULLS FIRST, a.id")
    assert not unsaid("SELECT p.id FROM person p ORDER BY s.sort_key, p.id")


def test_many_texts_are_looked_for_whatever_stands_in_them(office: Office) -> None:
    db = office.register.db
    odd = ['a"b', "a\\b", "{a,b}", "a,b", "", "NULL", "é \n", "'"]
    asked = f"SELECT CASE WHEN {db.dialect.any_text_of('CAST(? AS TEXT)')} THEN 1 ELSE 0 END"
    for text in odd:
        others = [other for other in odd if other != text]
        found = [
            db.execute_sql(asked, (text, db.dialect.texts(some))).fetchone()[0]
            for some in (odd, others, [])
        ]
        assert found == [1, 0, 0], text


@pytest.mark.parametrize("sort", ["name", "letter", "status", "verdict"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_usual_orders_of_people_come_from_an_index(
    office: Office, monkeypatch: pytest.MonkeyPatch, sort: str, descending: bool
) -> None:
    asked: list[str] = []
    plain = type(office.register.db).execute_sql
    monkeypatch.setattr(
        type(office.register.db),
        "execute_sql",
        lambda db, sql, params=None: (asked.append(sql), plain(db, sql, params))[1],
    )
    lists.person_ids(office.register, PeopleFilter(), ((sort, descending),), date(2024, 6, 1))
    (sql,) = (text for text in asked if "ORDER BY" in text)
    monkeypatch.undo()
    plan = plan_of(office.register.db, sql)
    index = f"standing_{'sort' if sort == 'name' else sort}"
    if is_on_a_server(office.register.db):
        assert [line for line in plan if re.search(rf"Scan (Backward )?using {index}", line)], plan
        # Within one status, people may be brought into order: never all of them.
        assert not [line for line in plan if re.match(r"\s*(->\s+)?Sort\s+\(", line)], plan
    else:
        assert [line for line in plan if f"USING COVERING INDEX {index}" in line], plan
