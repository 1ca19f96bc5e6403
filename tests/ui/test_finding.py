# SPDX-License-Identifier: Apache-2.0
"""The box that finds anything, by its keys: typed, chosen, opened, acted on, left."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import office_builders as build
import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import deaths, folder, people
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.search.asking import Asker
from imp_plus_desktop.ui.search.box import FindBox
from imp_plus_desktop.ui.search.row_list import RowList
from imp_plus_desktop.ui.search.rows import Group, Row, marks
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import type_text
from tests.ui.person_fixtures import answer

pytestmark = pytest.mark.mostly_long(
    "test_enter_opens_the_file_found_and_the_box_is_gone",
    "test_control_enter_does_the_next_step_that_the_line_names",
    "test_a_list_that_finds_nobody_leads_to_the_box_with_what_was_typed",
    "test_a_note_of_the_evening_is_of_that_day",
    "test_escape_empties_then_closes_and_the_page_is_as_it_was",
    "test_the_number_shown_is_copied",
    "test_numbers_only_are_asked_for_with_their_sign",
    "test_the_keys_of_the_page_behind_do_nothing",
    "test_no_older_answer_comes_after_a_newer_question",
)

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """A window over five people, a member and a note."""
    i18n.use("en")
    first = build.invite(office, 1, family_name="Khoury", given_names="Rita")
    build.invite(office, 2, family_name="Trabelsi", given_names="Rim")
    build.invite(office, 3, family_name="Ben Aïssa", given_names="Karim")
    build.invite(office, 4, family_name="Khelifi", given_names="Mounir")
    build.add_member(office, first, family_name="Haddad", given_names="Michel")
    folder.add_note(office, first, "Cousin de Mme Zouari, même adresse")
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


def opened(window: MainWindow, text: str = "") -> FindBox:
    """The box with something typed into it."""
    window.menu_actions.action("edit.find").trigger()
    box = window.finding.box
    if text:
        box.edit.selectAll()
        type_text(box.edit, text)
    return box


def shown(box: FindBox) -> list[str]:
    return [row.title for row in box.list.rows()]


def test_enter_opens_the_file_found_and_the_box_is_gone(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("quota")
    box = opened(window, "trab")
    assert window.focusWidget() is box.edit
    assert shown(box)[0] == "Trabelsi, Rim"
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert not box.isVisible()
    page = window.current_page()
    assert page.key == "people"
    file = page.file()  # type: ignore[attr-defined]
    assert file.read().person.family_name == "Trabelsi"


def test_control_enter_does_the_next_step_that_the_line_names(
    qtbot: QtBot, window: MainWindow
) -> None:
    box = opened(window, "khoury")
    row = box.list.current()
    assert row is not None
    assert (row.title, row.act) == ("Khoury, Rita", "Application received…")
    seen = answer(lambda dialog: _is(dialog, ReceiveDialog))
    qtbot.keyClick(box.edit, KEY.Key_Return, CONTROL)
    assert len(seen) == 1
    assert window.current_page().file().read().person.family_name == "Khoury"  # type: ignore[attr-defined]


def test_no_other_application_is_offered_to_a_closed_file(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    (person,) = people.ids(office, people.PeopleFilter(text="trabelsi"))
    deaths.record(office, person, build.TODAY)
    window.shell.changed()
    box = opened(window, "trab")
    row = box.list.current()
    assert row is not None
    assert (row.title, row.act) == ("Trabelsi, Rim", "")
    qtbot.keyClick(box.edit, KEY.Key_Return, CONTROL)
    assert QApplication.activeModalWidget() is None
    assert window.current_page().file().read().person.id == person  # type: ignore[attr-defined]


def _is(dialog: object, kind: type) -> None:
    assert isinstance(dialog, kind)


def test_a_mistyped_name_is_offered_with_why_and_opens(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "kouri")
    assert box.list.titles()[0] == "Did you mean"
    first = box.list.rows()[0]
    assert (first.title, first.note) == ("Khoury, Rita", "sounds the same")
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert window.current_page().file().read().person.family_name == "Khoury"  # type: ignore[attr-defined]


def test_a_list_that_finds_nobody_leads_to_the_box_with_what_was_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.open_page("people")
    page.set_search("trabelzi")
    words = "Find “trabelzi” everywhere, with names that are alike (Ctrl+K)"
    buttons = [b for b in page.findChildren(QPushButton) if b.text() == words]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    box = window.finding.box
    assert (box.isVisible(), box.edit.text()) == (True, "trabelzi")
    qtbot.waitUntil(lambda: "Trabelsi, Rim" in shown(box))


def test_what_is_found_stands_in_sections_that_tab_goes_through(
    qtbot: QtBot, window: MainWindow
) -> None:
    box = opened(window, "kh")
    assert shown(box)[:2] == ["Khelifi, Mounir", "Khoury, Rita"]
    qtbot.keyClick(box.edit, KEY.Key_Tab)
    row = box.list.current()
    assert row is not None
    assert row.title == "People, filtered on “kh”"
    qtbot.keyClick(box.edit, KEY.Key_Return)
    page = window.current_page()
    assert list(page.model.ids) == [4, 1]  # type: ignore[attr-defined]


def test_members_and_notes_are_found_and_open_their_file(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "haddad")
    row = box.list.current()
    assert row is not None
    assert (row.title, row.note) == ("Haddad, Michel", "file of Khoury, Rita")
    box.edit.selectAll()
    type_text(box.edit, "zouari")
    row = box.list.current()
    assert row is not None
    assert row.title == "“Cousin de Mme Zouari, même adresse”"
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert window.current_page().file().read().person.family_name == "Khoury"  # type: ignore[attr-defined]


def test_a_note_of_the_evening_is_of_that_day(qtbot: QtBot, window: MainWindow) -> None:
    evening = "UPDATE note SET written_at = '2023-11-21T03:30:00Z'"
    window.shell.office.register.db.execute_sql(evening)
    row = opened(window, "zouari").list.current()
    assert row is not None
    assert row.note == "Nov 20, 2023"


def test_commands_are_found_by_their_words_and_greyed_with_the_reason(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_page("overview")
    box = opened(window, ">record dec")
    row = box.list.current()
    assert row is not None
    assert (row.title, row.enabled) == ("Record a decision…", False)
    assert row.detail == "not at this stage of the file"
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert box.isVisible()
    box.edit.selectAll()
    type_text(box.edit, ">dead")
    row = box.list.current()
    assert row is not None
    assert (row.title, row.keys) == ("Deadlines", "Ctrl+6")
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert window.current_page().key == "deadlines"


def test_somebody_new_is_added_by_the_name_that_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "zaki nour")
    assert shown(box) == ["Add a person “zaki nour”…"]
    values: dict[str, str] = {}

    def look(dialog: object) -> None:
        assert isinstance(dialog, PersonDialog)
        values.update(dialog.form.values())

    answer(look)
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert (values["family_name"], values["given_names"]) == ("Zaki", "Nour")


def test_escape_empties_then_closes_and_the_page_is_as_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.open_page("people", 2)
    before = window.focusWidget()
    box = opened(window, "kh")
    qtbot.keyClick(box.edit, KEY.Key_Escape)
    assert (box.isVisible(), box.text()) == (True, "")
    qtbot.keyClick(box.edit, KEY.Key_Escape)
    assert not box.isVisible()
    assert window.focusWidget() is before
    assert page.table.current_id() == 2  # type: ignore[attr-defined]


def test_the_words_of_the_last_time_are_chosen(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "khe")
    qtbot.keyClick(box.edit, KEY.Key_Return)
    assert opened(window).edit.selectedText() == "khe"


def test_an_empty_box_lists_who_was_opened_last(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "trabelsi")
    qtbot.keyClick(box.edit, KEY.Key_Return)
    box = opened(window)
    qtbot.keyClick(box.edit, KEY.Key_Backspace)
    assert box.text() == ""
    first, second = box.list.rows()[:2]
    assert (first.title, first.note) == ("Trabelsi, Rim", "just now")
    # Then whom the latest acts touched.
    assert (second.title, second.note) == ("Khoury, Rita", "")
    assert box.list.titles() == ["Recent", "Commands and pages"]


def test_the_number_shown_is_copied(qtbot: QtBot, window: MainWindow) -> None:
    box = opened(window, "trabelsi")
    qtbot.keyClick(box.edit, KEY.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "C1000002"


def test_numbers_only_are_asked_for_with_their_sign(qtbot: QtBot, window: MainWindow) -> None:
    assert shown(opened(window, "#3")) == ["Ben Aïssa, Karim"]
    assert shown(opened(window, "#1000004")) == ["Khelifi, Mounir"]


def test_who_is_in_the_bin_is_not_found(window: MainWindow, office: Office) -> None:
    file_bin.delete(office, 2, "twice")
    window.shell.changed()
    assert shown(opened(window, "trabelsi")) == ["Add a person “trabelsi”…"]


def test_the_keys_of_the_page_behind_do_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("people", 1)
    box = opened(window, "kh")
    for key in (KEY.Key_R, KEY.Key_N, KEY.Key_1):
        qtbot.keyClick(box.edit, key, CONTROL)
    assert box.isVisible()
    assert QApplication.activeModalWidget() is None
    assert window.current_page().key == "people"


def test_nothing_that_is_typed_is_kept(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    box = opened(window, "khoury cousin")
    qtbot.keyClick(box.edit, KEY.Key_Return)
    window.close()
    assert "khoury" not in caplog.text.lower()
    settings = paths.settings_file()
    kept = settings.read_text("utf-8") if settings.exists() else ""
    assert "khoury" not in kept.lower()


def test_the_line_chosen_stays_where_it_is_seen_when_more_comes(window: MainWindow) -> None:
    box = opened(window)
    people = Group("people", "People", tuple(Row(f"p{n}", "person", f"P{n}") for n in range(12)))
    numbers = Group("n", "Numbers", tuple(Row(f"n{n}", "note", f"N{n}") for n in range(12)))
    likely = Group("likely", "Did you mean", (Row("l1", "person", "L1"), Row("l2", "person", "L2")))
    box.show_groups([people, numbers], keep=False)
    for _step in range(16):
        box.list.step(1)
    chosen, place = box.list.current(), box.list.visualRect(box.list.currentIndex()).top()
    box.show_groups([people, likely, numbers])
    assert box.list.current() == chosen
    assert box.list.visualRect(box.list.currentIndex()).top() == place


@pytest.mark.parametrize("width", [560, 640, 900])
def test_the_line_chosen_says_the_number_and_the_birth_whole(qtbot: QtBot, width: int) -> None:
    detail = "C1245393 · 20 Apr 1981 · Brazil"
    short = Row("p1", "person", "dos Santos, Caio", detail, "a number", act="Application received…")
    long = replace(short, key="p2", title="Guèye, Mame Diarra Khady")
    for line in (short, long):
        drawn = drawn_line(qtbot, line, width)
        assert "C1245393 · 20 Apr 1981" in drawn
        assert "Brazil" in drawn or line is long or width == 560
        assert ("open" in drawn) == ("a number" in drawn) == (width == 900)


def drawn_line(qtbot: QtBot, line: Row, width: int) -> str:
    """All that stands on a line while it is chosen, as it is drawn."""
    host = QWidget()
    qtbot.addWidget(host)
    lines = RowList(host)
    lines.resize(width, 200)
    lines.show_groups([Group("people", "People", (line,))])
    lines.step(1)
    file, drawing = QBuffer(), QSvgGenerator()
    file.open(QBuffer.OpenModeFlag.WriteOnly)
    drawing.setOutputDevice(file)
    lines.viewport().render(drawing)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", bytes(file.data().data()).decode())
    return " | ".join(text.strip() for text in texts)


def test_no_older_answer_comes_after_a_newer_question(qtbot: QtBot) -> None:
    first_runs, go_on = threading.Event(), threading.Event()
    closed: list[str] = []
    threads: set[str] = set()

    def answers(text: str) -> Iterator[object]:
        threads.add(threading.current_thread().name)
        if text == "first":
            first_runs.set()
            go_on.wait(10)
        yield f"{text} found"
        yield f"{text} meant"

    asker = Asker(answers, lambda: closed.append(threading.current_thread().name))
    came: list[object] = []
    asker.answered.connect(came.append)
    asker.ask("first")
    assert first_runs.wait(10)
    asker.ask("second")
    asker.ask("third")
    go_on.set()
    qtbot.waitUntil(lambda: len(came) == 2, timeout=10_000)
    assert came == ["third found", "third meant"]
    asker.stop()
    asker.join()
    assert (threads, closed) == ({"search"}, ["search"])


def test_the_box_over_a_real_thread_answers_and_ends(qtbot: QtBot, office: Office) -> None:
    build.invite(office, 1, family_name="Khoury")
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.is_catching_up(), timeout=20_000)
    box = opened(window, "khour")
    qtbot.waitUntil(lambda: "Khoury, Amine" in shown(box), timeout=10_000)
    window.close()
    assert not [one for one in threading.enumerate() if one.name == "search"]


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Chraïbi, Youssef", ("chraibi", "you"), ["Chraïbi", "You"]),
        ("D’Amours, Anne", ("damours",), ["D’Amours"]),
        ("W197904413", ("1979",), ["1979"]),
        ("C1570408 · 30 nov. 1979", ("1979",), ["1979"]),
        ("Ben Aïssa", ("aiss",), ["Aïss"]),
        ("Trabelsi", ("rab",), []),
    ],
)
def test_the_letters_that_were_meant_are_brought_out(
    text: str, words: tuple[str, ...], meant: list[str]
) -> None:
    assert [text[start : start + length] for start, length in marks(text, words)] == meant
