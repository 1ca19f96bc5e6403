# SPDX-License-Identifier: Apache-2.0
"""What a list asks the register: numbers where it needs numbers, and each of them once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.touched import EVERYTHING
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.window.main_window import MainWindow

TABLES = {
    "people": "person",
    "applications": "application",
    "permits": "permit",
    "family": "member",
}
PEOPLE = 30


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    made.settings.user_name = "Ana Roy"
    for number in range(1, PEOPLE):
        build.invite(made, number, passport_expiry="2024-03-01", clerk="Ana Roy")
    last = build.an_approved(made, PEOPLE)
    permits.issue(made, permits.Issue(last, build.TODAY, number="U123456789"))
    build.add_member(made, 1)
    yield made
    made.close()


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch, office: Office) -> Iterator[list[str]]:
    """What is asked of a register while this lasts, by any thread."""
    kind: Any = type(office.register.db)
    ask, told = kind.execute_sql, []

    def noting(db: Database, sql: str, *more: Any) -> Any:
        told.append(sql)
        return ask(db, sql, *more)

    with monkeypatch.context() as patched:
        patched.setattr(kind, "execute_sql", noting)
        yield told


def opened(qtbot: QtBot, office: Office, key: str) -> tuple[MainWindow, ListPage]:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.open_page(key)
    page = next(p for p in window.findChildren(ListPage) if p.key == key)
    return window, page


@pytest.mark.parametrize("key", TABLES)
def test_how_many_there_are_is_asked_once_for_the_list_and_the_side_bar(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    window, page = opened(qtbot, office, key)
    whole = f"SELECT (SELECT COUNT(*) FROM {TABLES[key]})"
    shown = page.model.rowCount()
    with asked(monkeypatch, office) as told:
        window.refresh(EVERYTHING)
    assert sum(sql.startswith(whole) and "standing" not in sql for sql in told) == 1
    assert shown > 0
    assert number_of(window, key) == str(shown)


@pytest.mark.parametrize("key", TABLES)
def test_the_side_bar_counts_for_itself_what_no_list_in_front_has_counted(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    window, page = opened(qtbot, office, key)
    before = page.model.rowCount()
    window.open_page("overview")
    last = build.an_approved(office, 100)
    permits.issue(office, permits.Issue(last, build.TODAY, number="U987654321"))
    build.add_member(office, 2)
    window.refresh(EVERYTHING)
    assert number_of(window, key) == str(before + 1)
    # What the list had counted before is told by nobody.
    window.open_page(key)
    assert page.model.rowCount() == before + 1


def number_of(window: MainWindow, key: str) -> str:
    """The quiet number that stands beside a page's name."""
    return dict(window._pending.counts())[key]


@pytest.mark.parametrize("kind", ListKind, ids=lambda kind: kind.value)
def test_the_numbers_of_tabs_are_counted_by_the_register_and_no_ids_are_fetched(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    _window, page = opened(qtbot, office, kind.value)
    assert page.viewing is not None
    with asked(monkeypatch, office) as told:
        page.viewing.count()
    counted = [sql for sql in told if sql.startswith("SELECT COUNT(*) FROM")]
    assert len(counted) == len(page.viewing.tabs._counts) - 1 > 0
    assert [sql for sql in told if "ORDER BY s.sort_key" in sql or "json_group_array" in sql] == []
    assert [sql for sql in told if "json_agg" in sql] == []
