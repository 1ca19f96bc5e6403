# SPDX-License-Identifier: Apache-2.0
"""A year put away by clicking: the year is asked, then the place, and what came of it is said."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.services.history import history
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer, press_ok

pytestmark = pytest.mark.mostly_long(
    "test_the_year_before_is_proposed_and_put_where_one_says",
)

TITLE = {"fr": "Archive d’une année", "en": "Archive of a year"}


@pytest.fixture(params=["fr", "en"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    then = new_office(tmp_path / "bureau.imp", date(2023, 11, 22))
    build.issue(then, build.an_approved(then))
    then.close()
    office = open_office(tmp_path / "bureau.imp", today=date(2024, 3, 1))
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    made.set_language(request.param, keep=False)
    yield made
    made.close()
    office.close()
    i18n.use("en")


def test_the_year_before_is_proposed_and_put_where_one_says(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, asked = tmp_path / "a.zip", list[str]()
    office = window.shell.office

    def save(_parent: object, title: str, name: str, kind: str) -> Path:
        asked.extend((title, name, kind))
        return target

    monkeypatch.setattr(files, "ask_save", save)

    def choose(dialog: Any) -> None:
        assert dialog.form.value("year") == "2023"
        press_ok(qtbot, dialog)

    seen = answer(choose)
    window.menu_actions.action("report.year").trigger()
    assert seen == [TITLE[i18n.current_language()]]
    assert (asked[1:], "2023" in asked[0]) == (["archive-2023", "archive"], True)
    assert len(zipfile.ZipFile(target).namelist()) == 11
    (act,) = history.acts(office, limit=1)
    assert act.paper == OutPaper.YEAR


def test_given_up_nothing_is_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *_asked: None)
    before = sorted(tmp_path.rglob("*.zip"))
    answer(lambda dialog: press_ok(qtbot, dialog))
    window.menu_actions.action("report.year").trigger()
    answer(lambda dialog: dialog.reject())
    window.menu_actions.action("report.year").trigger()
    assert sorted(tmp_path.rglob("*.zip")) == before
