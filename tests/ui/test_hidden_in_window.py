# SPDX-License-Identifier: Apache-2.0
"""The window of who only reads a register on a server: no page tells what is hidden, its sign says
what it is, and lists that nobody has brought to today say so until somebody does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import servers
from hidden_values import PLANTED, UCI, planted_desks
from office_builders import TODAY, invite
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from server_desks import Desks

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.ui.dialogs.care.health import HealthDialog
from imp_plus_desktop.ui.dialogs.care.verify import VerifyDialog
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.past.looking_back import LooksBack
from imp_plus_desktop.ui.look.plain import refusal
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.tables.model import ACCESSIBLE, DISPLAY, TOOLTIP
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.servers.role_names import hidden_tip, unsearched_text
from tests.ui.helpers import settle
from tests.ui.person_fixtures import texts

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with planted_desks("hidden_window", tmp_path_factory.mktemp("hidden_window")) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, planted: Desks) -> Iterator[MainWindow]:
    made = MainWindow(planted.office("rob"), inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()
    planted.close()


def cells(root: QWidget) -> list[str]:
    """What every table in it shows, says aloud and tells in its tips."""
    found = []
    for table in root.findChildren(QTableView):
        model = table.model()
        if model is None:
            continue  # it is filled when it is first opened
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                place = model.index(row, column)
                told = (model.data(place, role) for role in (DISPLAY, ACCESSIBLE, TOOLTIP))
                found += [str(text) for text in told if text]
    return found


def test_no_page_of_the_window_tells_any_of_them(window: MainWindow) -> None:
    said: list[str] = []
    for key in window.page_keys():
        page = window.open_page(key)
        if isinstance(page, ListPage):
            page.table.select_first()
        for _turn in range(20):
            QApplication.processEvents()
        said += [*texts(window), *cells(window)]
    whole = "\n".join(said)
    assert "Benalibb" in whole
    assert HIDDEN in whole
    assert [value for value in PLANTED if value in whole] == []
    # Nothing is said to be missing that is there.
    assert i18n._("Child’s date of birth not recorded") not in whole


def test_the_sign_says_what_it_is_to_eye_and_ear(window: MainWindow) -> None:
    page = window.open_page("family")
    assert isinstance(page, ListPage)
    model = page.table.model()
    columns = range(model.columnCount())
    place = next(
        model.index(0, column) for column in columns if model.index(0, column).data() == HIDDEN
    )
    assert place.data(TOOLTIP) == hidden_tip(HIDDEN)
    assert hidden_tip(HIDDEN)
    assert hidden_tip("Benali") == ""
    assert i18n._("hidden") in place.data(ACCESSIBLE)
    assert HIDDEN not in place.data(ACCESSIBLE)
    people = window.open_page("people")
    assert isinstance(people, ListPage)
    people.table.select_first()
    heads = [one for one in window.findChildren(QLabel) if f"UCI{chr(160)}{HIDDEN}" in one.text()]
    assert [one.toolTip() for one in heads] == [hidden_tip(HIDDEN)] * len(heads)


def test_nobody_found_by_a_number_is_told_that_some_are_not_searched(
    qtbot: QtBot, window: MainWindow
) -> None:
    said = unsearched_text("")
    for text, is_told in ((UCI, True), ("Nobody of this name", False), ("Benalibb", False)):
        window.find_anything(text)
        box = window.finding.box
        until = time.monotonic() + 10
        while not any("2" in one or "0" in one or "1" in one for one in texts(box)):
            assert time.monotonic() < until
            QApplication.processEvents()
        assert any(said in one for one in texts(box)) is is_told, texts(box)
        box.hide()


def band(window: MainWindow) -> str:
    made = window.bands.behind
    return made.words() if made is not None and made.isVisible() else ""


def look(window: MainWindow) -> None:
    """Look as the timer does, once the server was asked after this was called."""
    settle(window)
    window.watching.look()
    window.watching.look()


def says(window: MainWindow, words: str) -> None:
    """Look until the band says this, or nothing at all: after it has shown something the window
    rests for a moment."""
    until = time.monotonic() + 20
    while (words not in band(window) or (not words and band(window))) and time.monotonic() < until:
        look(window)
    assert words in band(window)
    assert words or not band(window)


def test_the_band_goes_once_a_clerk_has_brought_the_lists_to_what_they_are(
    window: MainWindow, planted: Desks
) -> None:
    ana = planted.office("ana")
    summary.refresh(ana)
    says(window, "")
    invite(ana, 21)
    says(window, "1")
    summary.refresh(ana)  # no act tells of it
    says(window, "")
    with ana.register.db.writing():
        late = (TODAY - timedelta(days=1)).isoformat()
        ana.register.db.execute_sql("UPDATE summaries_made SET day = ?", (late,))
        ana.register.db.will_tell_lists()
    says(window, i18n.format_day(TODAY - timedelta(days=1)))


def test_a_clerk_s_window_has_no_such_band(qtbot: QtBot, planted: Desks) -> None:
    made = MainWindow(planted.office("ana"), inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    assert made.bands.behind is None
    made.close()
    planted.close()


def test_the_list_of_an_earlier_day_is_greyed_with_the_reason_before_a_day_is_asked(
    qtbot: QtBot, window: MainWindow
) -> None:
    """The board of one rests on nothing hidden."""
    page = window.open_page("people")
    assert isinstance(page, LooksBack)
    assert not page.as_of_button.isEnabled()
    reason = refusal(page.as_of_button)
    assert reason
    assert reason in page.as_of_button.toolTip()
    assert page.look_back()
    assert QApplication.activeModalWidget() is None
    assert window.status.text() == reason
    board = window.open_page("quota")
    assert isinstance(board, QuotaPage)
    assert board._as_of.isEnabled()


def test_a_check_that_rests_on_all_values_is_not_offered_to_who_does_not_see_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    state = HealthDialog(window.shell, window.menu_actions.action, window)
    state.show()
    assert state.items()
    assert "checked" not in {item.item for item in state.items()}
    assert "Check now" not in {one.text() for one in state.findChildren(QPushButton)}
    proof = VerifyDialog(window.shell, window)
    proof.show()
    assert not proof._verify.isEnabled()
    assert refusal(proof._verify)
    assert proof.head.text()
    for dialog in (state, proof):
        dialog.close()
