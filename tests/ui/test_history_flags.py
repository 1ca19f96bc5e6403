# SPDX-License-Identifier: Apache-2.0
"""Findings on a file's history: shown, settled, corrected and filtered by clicking, and undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import answer, fill, office, press_ok, says

pytestmark = pytest.mark.mostly_long(
    "test_a_finding_is_shown_settled_with_a_reason_and_open_again_after_undo",
)

__all__ = ["office"]

SMALL = (1093, 614)


@pytest.fixture(params=["fr", "en"])
def window(
    request: pytest.FixtureRequest, qtbot: QtBot, office: Office, tmp_path: Path
) -> Iterator[MainWindow]:
    """Two people with a history: of one the decision is too early, of the other nothing."""
    early = {"received_at": date(2023, 9, 20), "decided_on": date(2023, 9, 10)}
    rows = [
        build.a_row(1, **early, outcome="approved"),
        build.a_row(2, received_at=date(2023, 9, 21), outcome="approved"),
    ]
    build.import_file(office, build.a_list(tmp_path / "l.xlsx", rows))
    before = i18n.current_language()
    i18n.use(request.param)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(*SMALL)
    made.show()
    yield made
    i18n.use(before)


def people_page(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.show_person(1)
    return page


def press(qtbot: QtBot, page: PeoplePage, french: str, english: str) -> None:
    words = french if i18n.current_language() == "fr" else english
    page.panel.open_section("flags")
    buttons = [b for b in page.panel.findChildren(ActionButton) if b.isVisible()]
    found = next(b for b in buttons if b.text() == words)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_finding_is_shown_settled_with_a_reason_and_open_again_after_undo(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    page = people_page(window)
    (flag,) = flags.of_person(office, 1)
    assert page.flagged.isVisible()
    assert "(1)" in page.flagged.text()
    told = {"fr": "avant d’avoir été reçue", "en": "before it was received"}
    assert says(page.panel, told[i18n.current_language()])

    def settle(dialog: Any) -> None:
        assert_accessible(dialog)
        assert not cut_labels(dialog)
        press_ok(qtbot, dialog)
        assert dialog.isVisible(), "without a reason nothing is settled"
        fill(dialog, reason="as IRCC wrote it")
        press_ok(qtbot, dialog)

    titles = answer(settle)
    press(qtbot, page, "Régler…", "Settle…")
    assert len(titles) == 1
    assert flags.of_person(office, 1)[0].settled is not None
    assert says(page.panel, "as IRCC wrote it")
    assert not page.flagged.isVisible()
    window.menu_actions.action("edit.undo").trigger()
    (flag,) = flags.of_person(office, 1)
    assert flag.is_open
    assert page.flagged.isVisible()


def test_the_filter_keeps_the_files_and_the_applications_with_a_finding(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    page = people_page(window)
    assert len(page.shown_ids()) == 2
    qtbot.mouseClick(page.flagged, Qt.MouseButton.LeftButton)
    assert list(page.shown_ids()) == [1]
    qtbot.keyClick(page.flagged, Qt.Key.Key_Delete)
    assert len(page.shown_ids()) == 2
    applications = window.open_page("applications")
    assert isinstance(applications, ApplicationsPage)
    qtbot.mouseClick(applications.flagged, Qt.MouseButton.LeftButton)
    assert list(applications.shown_ids()) == [1]
    flags.settle(office, 1, Wanted(FlagCode.DECIDED_BEFORE_RECEIVED), "x")
    applications.refresh()
    assert list(applications.shown_ids()) == []
    assert applications.flagged.isVisible(), "what empties the list can be taken off"


def test_what_is_recorded_is_corrected_with_a_reason_and_the_finding_goes(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    page = people_page(window)

    def correct(dialog: Any) -> None:
        assert_accessible(dialog)
        assert not cut_labels(dialog)
        fill(dialog, decided_on="2023-10-10")
        press_ok(qtbot, dialog)
        assert dialog.isVisible(), "a correction needs its reason"
        fill(dialog, reason="misread")
        press_ok(qtbot, dialog)

    titles = answer(correct)
    press(qtbot, page, "Corriger…", "Correct…")
    assert len(titles) == 1
    (application,) = people.file(office, 1).own_applications
    assert application.decided_on == date(2023, 10, 10)
    assert flags.of_person(office, 1) == ()
    assert not page.flagged.isVisible()
