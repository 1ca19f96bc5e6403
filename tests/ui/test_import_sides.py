# SPDX-License-Identifier: Apache-2.0
"""Choosing in the window between a list's value and the register's, on a real register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.imports.steps.sides.sides_painting import OURS, THEIRS
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import (
    Heading,
    Line,
    Taken,
    tinted,
)
from imp_plus_desktop.ui.imports.steps.sides.sides_table import SidesTable
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.model import ACCESSIBLE, DISPLAY
from imp_plus_desktop.ui.widgets.one_line import OneLine
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.import_fixtures import shown_page

pytestmark = pytest.mark.mostly_long(
    "test_what_both_have_changed_is_asked_about_and_ours_is_chosen",
    "test_the_head_of_a_group_and_the_links_choose_for_many",
    "test_choices_are_there_again_when_the_file_is_opened_again",
    "test_values_stand_by_person_too",
    "test_the_keys_go_from_ours_to_a_correction_to_a_second_letter_and_back",
    "test_in_a_small_window_the_last_list_stands_below_our_value",
    "test_only_the_letters_that_differ_are_tinted",
)

LEFT = Qt.MouseButton.LeftButton
NO, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LIST, HAND, NEW_LIST = "514 555-0100", "514 555-0200", "514 555-0300"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", date(2026, 11, 22))
    made.settings.user_name = "Sophie Gagnon"
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[ImportsPage]:
    yield from shown_page(qtbot, office, 1182, 690)


def rows(phone: str, email: str) -> list[dict[str, object]]:
    """Three people as a list tells of them."""
    return [
        {
            **{k: v for k, v in build.person_values(n).items() if k in build.HEADERS},
            "phone": f"{phone}{n}",
            "email": f"p{n}@{email}",
        }
        for n in (1, 2, 3)
    ]


@pytest.fixture
def second_list(office: Office, tmp_path: Path) -> Path:
    """A list came in, hands changed every phone and two addresses, and the next list is there:
    with other phones, and the old addresses but for the second person's."""
    build.import_file(office, build.a_list(tmp_path / "septembre.xlsx", rows(LIST, "a.example")))
    for n in (1, 2, 3):
        people.set_value(office, f"C{1_000_000 + n}", "phone", f"{HAND}{n}")
    for n in (1, 2):
        people.set_value(office, f"C{1_000_000 + n}", "email", f"hand{n}@example.org")
    told = rows(NEW_LIST, "a.example")
    told[1]["email"] = "p2@b.example"
    return build.a_list(tmp_path / "novembre.xlsx", told)


def walk_to_check(page: ImportsPage, path: Path) -> None:
    page.open_with(path)
    page.flow.go_on()
    page.flow.go_on()
    assert page.flow.step() == steps.CHECK


def table_of(page: ImportsPage) -> SidesTable:
    return page.flow.check.sides.table


def row_of(table: SidesTable, field: str, number: int) -> int:
    """Where the value of a person stands; `number` None for the head of its group."""
    for place in range(table.model().rowCount()):
        entry = table.entry_at(place)
        if isinstance(entry, Line) and (entry.side.field, entry.side.row) == (field, number + 1):
            return place
    raise AssertionError((field, number))


def click(qtbot: QtBot, table: SidesTable, row: int, column: int) -> None:
    index = table.model().index(row, column)
    table.scrollTo(index)
    where: QPoint = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), LEFT, NO, where)


def said_in(part: QWidget) -> str:
    """The labels in view, one after the other."""
    return " ".join(made.text() for made in part.findChildren(QLabel) if made.isVisibleTo(part))


def taken(page: ImportsPage) -> set[tuple[str, int]]:
    preview = page.flow.preview()
    assert preview is not None
    return {(side.field, side.row - 1) for side in preview.conflicts if side.taken}


def stored(office: Office, field: str) -> list[object]:
    found = (people.file(office, people.find(office, f"C{1_000_000 + n}")) for n in (1, 2, 3))
    return [getattr(file.person, field) for file in found]


def test_what_both_have_changed_is_asked_about_and_ours_is_chosen(
    page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    check, table = page.flow.check, table_of(page)
    assert table.isVisibleTo(page), "conflicts are what one sees first"
    assert check.groups.texts() == {
        "side:conflict": "4",
        "side:conflict:phone": "3",
        "side:conflict:email": "1",
        "side:hand": "1",
    }
    head = table.entry_at(0)
    assert isinstance(head, Heading)
    assert (head.note, head.taken) == ("3 conflicts", Taken.OURS)
    line = table.entry_at(row_of(table, "phone", 2))
    assert isinstance(line, Line)
    assert (line.base, line.ours, line.theirs) == (f"{LIST}2", f"{HAND}2", f"{NEW_LIST}2")
    assert line.ours_note.startswith("Sophie Gagnon, ")
    assert line.theirs_note.startswith("cell ")
    assert taken(page) == set()


def test_doing_nothing_keeps_every_hand(
    qtbot: QtBot, page: ImportsPage, office: Office, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    assert page.flow.next.text() == "Close"
    qtbot.mouseClick(page.flow.next, LEFT)
    assert stored(office, "phone") == [f"{HAND}{n}" for n in (1, 2, 3)]
    assert stored(office, "email") == ["hand1@example.org", "hand2@example.org", "p3@a.example"]


def test_one_click_takes_a_value_and_moves_nothing(
    qtbot: QtBot, page: ImportsPage, office: Office, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    table = table_of(page)
    row = row_of(table, "phone", 2)
    scrolled = table.verticalScrollBar().value()
    click(qtbot, table, row, THEIRS)
    assert taken(page) == {("phone", 2)}
    assert table.currentIndex().row() == row
    assert table.verticalScrollBar().value() == scrolled
    head = table.entry_at(0)
    assert isinstance(head, Heading)
    assert head.taken is Taken.MIXED
    click(qtbot, table, row, OURS)
    assert taken(page) == set()
    click(qtbot, table, row, THEIRS)
    assert page.flow.next.text() == "Import 1 person"
    qtbot.mouseClick(page.flow.next, LEFT)
    assert stored(office, "phone") == [f"{HAND}1", f"{NEW_LIST}2", f"{HAND}3"]


def test_the_head_of_a_group_and_the_links_choose_for_many(
    qtbot: QtBot, page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    table, sides = table_of(page), page.flow.check.sides
    click(qtbot, table, 0, THEIRS)
    assert taken(page) == {("phone", 1), ("phone", 2), ("phone", 3)}
    assert table.model().index(0, THEIRS).data(DISPLAY) == "Take all ✓"
    qtbot.mouseClick(sides.take_all, LEFT)
    assert len(taken(page)) == 4
    qtbot.mouseClick(sides.keep_all, LEFT)
    assert taken(page) == set()


def test_the_keys_choose_for_the_value_its_person_and_its_column(
    qtbot: QtBot, page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    table = table_of(page)
    assert table.currentIndex().row() == 1, "the cursor is on the first value"
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert taken(page) == {("phone", 1)}
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert taken(page) == set()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Right, SHIFT)
    assert taken(page) == {("phone", 2), ("email", 2)}
    qtbot.keyClick(table, Qt.Key.Key_Right, CTRL)
    assert taken(page) == {("phone", 1), ("phone", 2), ("phone", 3), ("email", 2)}


def test_choices_are_taken_back_and_brought_back_one_by_one(
    qtbot: QtBot, page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    table = table_of(page)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    click(qtbot, table, 0, THEIRS)
    unstored = page.flow.unstored()
    assert unstored is not None
    assert unstored.undo == "2 values of the list"
    page.flow.take_back()
    assert taken(page) == {("phone", 1)}
    page.flow.take_back()
    assert taken(page) == set()
    page.flow.bring_back()
    assert taken(page) == {("phone", 1)}


def test_choices_are_there_again_when_the_file_is_opened_again(
    qtbot: QtBot, page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    click(qtbot, table_of(page), row_of(table_of(page), "phone", 3), THEIRS)
    page.flow.leave()
    walk_to_check(page, second_list)
    assert taken(page) == {("phone", 3)}
    assert "The conflicts are as they were decided on " in said_in(page.flow.check)
    assert "The columns are as" not in said_in(page.flow.check), "no column was chosen"


def test_the_summary_says_what_became_of_the_hands(
    qtbot: QtBot, page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    click(qtbot, table_of(page), row_of(table_of(page), "phone", 3), THEIRS)
    qtbot.mouseClick(page.flow.next, LEFT)
    assert page.flow.step() == steps.SUMMARY
    said = said_in(page.flow.summary)
    assert "3 conflicts: our values stay" in said
    assert "1 conflict: the list’s value was taken" in said
    assert "1 value typed by hand stays, since the list said nothing new" in said


def test_what_stays_by_itself_is_counted_and_can_be_looked_at(
    page: ImportsPage, second_list: Path
) -> None:
    walk_to_check(page, second_list)
    check = page.flow.check
    check.choose_group("side:hand")
    line = table_of(page).entry_at(1)
    assert isinstance(line, Line)
    assert (line.side.field, line.ours, line.theirs) == (
        "email",
        "hand1@example.org",
        "p1@a.example",
    )
    check.choose_group("side:hand")
    assert check.table is not None
    assert check.table.isVisibleTo(page), "let go, the plain rows are shown"


def test_values_stand_by_person_too(qtbot: QtBot, page: ImportsPage, second_list: Path) -> None:
    walk_to_check(page, second_list)
    page.flow.check.sides.by.choose("person")
    table = table_of(page)
    heads = [
        entry.note
        for place in range(table.model().rowCount())
        if isinstance(entry := table.entry_at(place), Heading)
    ]
    assert heads == ["C1000001 · row 2", "C1000002 · row 3", "C1000003 · row 4"]


def test_a_value_says_whether_it_is_chosen(page: ImportsPage, second_list: Path) -> None:
    walk_to_check(page, second_list)
    table = table_of(page)
    row = row_of(table, "phone", 1)
    assert table.model().index(row, OURS).data(ACCESSIBLE) == f"Our register: {HAND}1, chosen"
    assert table.model().index(row, THEIRS).data(ACCESSIBLE) == f"This list: {NEW_LIST}1"
    assert_accessible(page)


SECOND_LETTER = "2023-10-04, chosen as a second letter"


@pytest.fixture
def moved_letter(page: ImportsPage, office: Office) -> SidesTable:
    """A letter of 3 October on file, and a list that says 4 October."""
    build.import_file(office, build.FILES / "letter-a.xlsx")
    walk_to_check(page, build.FILES / "letter-b.xlsx")
    return table_of(page)


def click_second(qtbot: QtBot, table: SidesTable, row: int, *, second: bool) -> None:
    box = table.visualRect(table.model().index(row, THEIRS))
    height = box.height() * (3 if second else 1) // 4
    qtbot.mouseClick(table.viewport(), LEFT, NO, QPoint(box.center().x(), box.top() + height))


def states(page: ImportsPage) -> list[tuple[bool, bool]]:
    preview = page.flow.preview()
    assert preview is not None
    return [(side.taken, side.second) for side in preview.conflicts]


OURS_STAYS, CORRECTED, SECOND = [(False, False)], [(True, False)], [(True, True)]


def test_a_letters_date_is_chosen_to_be_a_correction_or_a_second_letters(
    qtbot: QtBot, page: ImportsPage, moved_letter: SidesTable, office: Office
) -> None:
    table, row = moved_letter, 1
    line = table.entry_at(row)
    assert isinstance(line, Line)
    assert (line.theirs_note, line.second_note) == ("corrects ours · cell L2", "of a second letter")
    assert states(page) == OURS_STAYS
    moved = "Letters whose date has moved"
    assert page.flow.check.groups.texts()[moved] == "1"
    click_second(qtbot, table, row, second=True)
    assert states(page) == SECOND
    assert page.flow.check.groups.texts()[moved] == "0", "what was said is asked no more"
    assert table.model().index(row, THEIRS).data(ACCESSIBLE) == f"This list: {SECOND_LETTER}"
    assert table.model().index(0, THEIRS).data(DISPLAY) == "Take all"
    click_second(qtbot, table, row, second=False)
    assert states(page) == CORRECTED
    click(qtbot, table, row, OURS)
    assert states(page) == OURS_STAYS
    click_second(qtbot, table, row, second=True)
    qtbot.mouseClick(page.flow.next, LEFT)
    ((person),) = people.files(office, [1])
    assert [x.letter_date for x in person.letters] == [date(2023, 10, 3), date(2023, 10, 4)]


def test_the_keys_go_from_ours_to_a_correction_to_a_second_letter_and_back(
    qtbot: QtBot, page: ImportsPage, moved_letter: SidesTable
) -> None:
    seen = []
    for key in (Qt.Key.Key_Right,) * 3 + (Qt.Key.Key_Left,) * 3:
        qtbot.keyClick(moved_letter, key)
        seen.append(states(page))
    assert seen == [CORRECTED, SECOND, SECOND, CORRECTED, OURS_STAYS, OURS_STAYS]


def test_the_choice_of_a_second_letter_is_taken_back_step_by_step(
    qtbot: QtBot, page: ImportsPage, moved_letter: SidesTable
) -> None:
    walked = [OURS_STAYS]
    for second in (True, False, True):
        click_second(qtbot, moved_letter, 1, second=second)
        walked.append(states(page))
    click(qtbot, moved_letter, 1, OURS)
    unstored = page.flow.unstored()
    assert unstored is not None
    assert unstored.undo == "Œuvré-Côté, Zoé0, Letter date: our value"
    for wanted in reversed(walked):
        page.flow.take_back()
        assert states(page) == wanted
    for wanted in [*walked[1:], OURS_STAYS]:
        page.flow.bring_back()
        assert states(page) == wanted


def test_the_choice_of_a_second_letter_is_kept_with_its_file(
    qtbot: QtBot, page: ImportsPage, moved_letter: SidesTable
) -> None:
    click_second(qtbot, moved_letter, 1, second=True)
    page.flow.leave()
    walk_to_check(page, build.FILES / "letter-b.xlsx")
    assert states(page) == SECOND


@pytest.mark.parametrize("language", ["fr", "en"])
def test_in_a_small_window_the_last_list_stands_below_our_value(
    qtbot: QtBot, page: ImportsPage, second_list: Path, language: str
) -> None:
    i18n.use(language)
    page.flow.retranslate()
    page.resize(909, 520)
    walk_to_check(page, second_list)
    table = table_of(page)
    assert table.isColumnHidden(1)
    assert table.viewport().width() < theme.metrics().body * 56
    assert not table.horizontalScrollBar().isVisible()

    def arrows() -> list[QPushButton]:
        lines = page.flow.check.findChildren(OneLine)
        made = (b for line in lines for b in line.findChildren(QPushButton))
        return [b for b in made if b.text() in ("‹", "›") and b.isVisible()]

    # What wraps and what shares a line settle in turns: then labels, counts and chips are whole.
    qtbot.waitUntil(lambda: cut_labels(page) == [] and arrows() == [])


@pytest.mark.parametrize(
    ("text", "other", "spans"),
    [
        ("418 555-0177", "418 555-0113", ((10, 12),)),
        ("2027-03-22", "2027-05-22", ((6, 7),)),
        ("abc", "xyz", ()),
        ("", "x", ()),
        ("same", "same", ()),
    ],
)
def test_only_the_letters_that_differ_are_tinted(
    text: str, other: str, spans: tuple[tuple[int, int], ...]
) -> None:
    assert tinted(text, other) == spans


def test_history_that_a_rule_has_against_it_is_counted_and_shown(
    page: ImportsPage, tmp_path: Path
) -> None:
    told = rows(LIST, "a.example")
    told[1] |= {
        "application_number": "W300000001",
        "received_at": date(2023, 10, 20),
        "decided_on": date(2023, 10, 2),
        "outcome": "Refusée",
    }
    walk_to_check(page, build.a_list(tmp_path / "liste.xlsx", told))
    check = page.flow.check
    key = "flag:decided_before_received"
    assert check.groups.texts()[key] == "1"
    check.choose_group(key)
    assert check.shown() == [1]
    check.choose_group(key)
    assert check.shown() == [0, 1, 2]


def test_the_conflicts_are_saved_as_a_list(
    page: ImportsPage, second_list: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk_to_check(page, second_list)
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    page.flow.check.sides.save.click()
    sheet = load_workbook(path).active
    assert sheet is not None
    saved = list(sheet.iter_rows(values_only=True))
    assert len(saved) == 5
    assert (saved[1][4], saved[1][5], saved[1][6], saved[1][8]) == (
        "Phone", f"{LIST}1", f"{HAND}1", f"{NEW_LIST}1",
    )  # fmt: skip
