# SPDX-License-Identifier: Apache-2.0
"""The lists of applications, permits, family and deadlines over a real register."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.list_columns import columns
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.values.codes import ApplicationState, Relation
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.reads import lists
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.lists.agenda.deadline_rows import tone_of
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.family import FamilyPage
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage, tone_of_days
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, number_beside

pytestmark = pytest.mark.mostly_long(
    "test_an_empty_list_says_what_it_is_for",
    "test_every_sortable_column_sorts_both_ways",
    "test_an_application_is_found_by_its_number",
    "test_deadlines_are_narrowed_by_nearness_and_kind",
    "test_the_nearer_the_day_the_stronger_the_tone",
    "test_past_deadlines_are_toned_as_bad",
    "test_an_export_keeps_to_the_filters",
    "test_the_first_file_of_a_kind_is_asked_for_where_the_last_one_was",
)

PAGES = (ApplicationsPage, PermitsPage, FamilyPage, DeadlinesPage)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    yield made
    made.close()


@pytest.fixture
def filled(office: Office) -> Office:
    """One received, one refused, one with a permit that a passport limits; a spouse, a child."""
    one, two = build.invite(office, 1), build.invite(office, 2)
    build.receive(office, one, number="W300000001")
    build.decide(office, build.receive(office, two).application, "refused")
    three = build.an_approved(office, 3, passport_expiry="2024-01-10")
    permits.issue(office, permits.Issue(three, build.TODAY, number="U123456789"))
    build.add_member(office, one)
    child = {"relation": Relation.CHILD, "given_names": "Adam", "birth_date": date(2018, 11, 23)}
    build.add_member(office, one, **child)
    return office


def open_page(qtbot: QtBot, office: Office, kind: type[ListPage]) -> ListPage:
    page = kind(Shell(office, inline_tasks=True))
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.refresh()
    page.show()
    return page


def column(page: ListPage, key: str) -> list[str]:
    place = [c.key for c in page.model.columns].index(key)
    rows = range(page.model.rowCount())
    return [str(page.model.index(row, place).data()) for row in rows]


def texts(root: QWidget) -> list[str]:
    return [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root)]


@pytest.mark.parametrize("kind", PAGES, ids=lambda k: k.key)
def test_an_empty_list_says_what_it_is_for(
    qtbot: QtBot, office: Office, kind: type[ListPage]
) -> None:
    page = open_page(qtbot, office, kind)
    assert page.texts().empty_sentence in texts(page)
    assert page.texts().empty_button, "what fills it is one click away"
    if isinstance(page, DeadlinesPage):
        assert not page.calendar_button.isVisibleTo(page), "a calendar of nothing is no use"
    assert not page.table.isVisible()
    assert_accessible(page)


@pytest.mark.parametrize("kind", PAGES, ids=lambda k: k.key)
def test_a_list_shows_its_rows_with_the_person_beside(
    qtbot: QtBot, filled: Office, kind: type[ListPage]
) -> None:
    page = open_page(qtbot, filled, kind)
    assert page.model.rowCount()
    assert page.current_person() is not None
    assert "Nobody is chosen" not in texts(page)
    assert page.action_state().listed
    assert page.action_state().file
    assert_accessible(page)


@pytest.mark.parametrize("kind", PAGES, ids=lambda k: k.key)
def test_a_list_speaks_the_language_in_use(
    qtbot: QtBot, filled: Office, kind: type[ListPage]
) -> None:
    page = open_page(qtbot, filled, kind)
    english = [column.title() for column in page.model.columns]
    i18n.use("fr")
    page.retranslate()
    assert [column.title() for column in page.model.columns] != english


@pytest.mark.many("applications", "deadlines")
@pytest.mark.parametrize("kind", PAGES, ids=lambda k: k.key)
def test_every_sortable_column_sorts_both_ways(
    qtbot: QtBot, filled: Office, kind: type[ListPage]
) -> None:
    page = open_page(qtbot, filled, kind)
    shown = sorted(page.shown_ids())
    for place, one in enumerate(page.model.columns):
        if one.sort is not None:
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                page.model.sort(place, order)
                assert sorted(page.shown_ids()) == shown


def test_the_order_chosen_is_remembered(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, ApplicationsPage)
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    again = open_page(qtbot, filled, ApplicationsPage)
    assert again.model.sort_state == ("name", True)


def test_applications_are_narrowed_by_state_and_by_who(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, ApplicationsPage)
    assert isinstance(page, ApplicationsPage)
    assert number_beside(page) == "3"
    page.state.set_value(ApplicationState.REFUSED, tell=True)
    assert column(page, "state") == ["Refused"]
    page.state.set_value(None, tell=True)
    page.who.set_value("family", tell=True)
    assert column(page, "state") == []
    page.who.set_value("principal", tell=True)
    assert len(column(page, "state")) == 3
    assert sorted(column(page, "place")) == ["1", "2", "3"]


def test_an_application_is_found_by_its_number(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, ApplicationsPage)
    page.set_search("W300000001")
    assert column(page, "number") == ["W300000001"]


def test_permits_that_expire_soon_are_shown_with_what_limits_them(
    qtbot: QtBot, filled: Office
) -> None:
    page = open_page(qtbot, filled, PermitsPage)
    assert isinstance(page, PermitsPage)
    assert column(page, "until") == ["2024-01-10"]
    assert column(page, "limited") == ["Passport"]
    page.ends.set_value(30, tell=True)
    assert column(page, "until") == []
    page.ends.set_value(90, tell=True)
    assert column(page, "until") == ["2024-01-10"]
    assert column(page, "left")[0].endswith("d")


def test_the_family_shows_ages_and_relations(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, FamilyPage)
    assert isinstance(page, FamilyPage)
    page.relation.set_value(Relation.CHILD, tell=True)
    assert column(page, "relation") == ["Child"]
    assert column(page, "birth") == ["2018-11-23 (4)"], "five only tomorrow"
    assert column(page, "state") == [""]


def test_deadlines_are_narrowed_by_nearness_and_kind(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, DeadlinesPage)
    assert isinstance(page, DeadlinesPage)
    days = column(page, "day")
    assert days == sorted(days)
    shown = 0
    for when in ("overdue", "today", "week", "month", "quarter", "later"):
        page.when.choose(when)
        shown += len(column(page, "day"))
    assert shown == len(days), "each deadline stands in one of them"
    page.when.choose("all")
    page.kind.set_value("permit", tell=True)
    assert set(column(page, "kind")) == {"Permit"}
    page.set_search("benalidd")
    assert column(page, "day") == ["2024-01-10"]


@pytest.fixture
def long_past(office: Office, tmp_path: Path) -> Iterator[Office]:
    """Three who were invited, years later: nothing waits, and all that was missed rests."""
    for number in (1, 2, 3):
        build.invite(office, number)
    made = open_office(tmp_path / "bureau.imp", today=date(build.TODAY.year + 6, 3, 2))
    yield made
    made.close()


def test_what_is_long_past_is_offered_where_nothing_else_is(
    qtbot: QtBot, long_past: Office
) -> None:
    page = open_page(qtbot, long_past, DeadlinesPage)
    assert isinstance(page, DeadlinesPage)
    resting = deadlines.counts(long_past).resting
    assert (deadlines.total(long_past), resting > 0) == (0, True), "this is what it is about"
    assert page.texts().empty_sentence not in texts(page)
    rests = next(b for b in page.when.findChildren(QPushButton) if b.text().startswith("At rest"))
    assert page.when.isVisible()
    assert rests.text() == f"At rest {resting}"
    assert page.table.isVisible()
    assert f"{resting} deadlines stand at rest" in page.table.empty_text()
    qtbot.mouseClick(rests, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == resting
    assert str(resting) in texts(page), "all of what rests, and not “of 0”"
    page.set_search("benalidd")
    assert [x for x in texts(page) if x.endswith(f" of {resting}")]
    page.set_search("nobody of that name")
    assert "“nobody of that name”" in " ".join(b.text() for b in shown_buttons(page))
    page.set_search("")
    page.when.choose("overdue")
    assert page.table.empty_text() == "Nothing matches. Change the search or the filters."


@pytest.mark.parametrize("face", ["month", "week"])
def test_days_are_shown_where_all_that_is_to_be_seen_is_long_past(
    qtbot: QtBot, long_past: Office, face: str
) -> None:
    page = open_page(qtbot, long_past, DeadlinesPage)
    assert isinstance(page, DeadlinesPage)
    page.show_face(face)
    assert page.calendar.isVisible()
    page.show_face("list")
    assert page.when.isVisible()


def shown_buttons(root: QWidget) -> list[QPushButton]:
    return [b for b in root.findChildren(QPushButton) if b.isVisible()]


def test_enter_and_a_double_click_go_into_the_file_beside_the_list(
    qtbot: QtBot, filled: Office
) -> None:
    page = open_page(qtbot, filled, DeadlinesPage)
    page.show()
    page.activateWindow()
    asked: list[object] = []
    page.shell.page_requested.connect(lambda key, argument: asked.append((key, argument)))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.isAncestorOf(page.window().focusWidget()))
    assert asked == []
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert page.window().focusWidget() is page.table


def test_the_nearer_the_day_the_stronger_the_tone() -> None:
    assert [tone_of_days(days) for days in (-1, 30, 31, 90, 91)] == [
        Tone.BAD,
        Tone.BAD,
        Tone.WARN,
        Tone.WARN,
        Tone.PLAIN,
    ]


def test_past_deadlines_are_toned_as_bad(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, DeadlinesPage)
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    for row in rows:
        assert row is not None
        assert (tone_of(row) is Tone.BAD) == (row.days_left <= 7 and not waits(row))


def waits(row: DeadlineRow) -> bool:
    """Whether the day is one that IRCC lets the office wait for."""
    return row.kind in {"refund", "biometric_letter"}


def test_a_wait_is_never_shown_as_a_failure(qtbot: QtBot, filled: Office) -> None:
    page = open_page(qtbot, filled, DeadlinesPage)
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    found = [row for row in rows if row is not None and waits(row)]
    assert found
    assert {tone_of(row) for row in found} <= {Tone.WARN, Tone.ACCENT, Tone.PLAIN}


@pytest.mark.parametrize("kind", PAGES, ids=lambda k: k.key)
def test_the_list_shown_is_exported_in_its_order(
    qtbot: QtBot,
    filled: Office,
    kind: type[ListPage],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = (str(tmp_path / "liste.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    page = open_page(qtbot, filled, kind)
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    page.export_shown()
    sheet = load_workbook(tmp_path / "liste.xlsx").worksheets[0]
    assert sheet.max_row == page.model.rowCount() + 1
    headings, *rows = sheet.values
    counts = [at for at, heading in enumerate(headings) if str(heading).endswith(" (days)")]
    assert bool(counts) is any(column.days for column in page.table.shown_columns())
    assert {type(row[at]) for row in rows for at in counts} <= {int, type(None)}


def test_an_export_keeps_to_the_filters(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = (str(tmp_path / "echeances.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    page = open_page(qtbot, filled, DeadlinesPage)
    assert isinstance(page, DeadlinesPage)
    page.kind.set_value("permit", tell=True)
    page.export_button.click()
    sheet = load_workbook(tmp_path / "echeances.xlsx").worksheets[0]
    assert sheet.max_row == 2


def test_an_export_that_is_thought_better_of_writes_nothing(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page = open_page(qtbot, filled, ApplicationsPage)
    page.export_button.click()
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_saved_file_can_be_shown_in_its_folder(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(filled, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    answer = (str(tmp_path / "demandes.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.open_page("applications").export_shown()
    assert window.status.text() == "3 rows saved: demandes.xlsx"
    link = next(b for b in window.findChildren(QPushButton) if b.text() == "Open the folder")
    assert link.isVisible()
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert [Path(path) for path in opened] == [tmp_path]
    window.open_page("people")
    assert not link.isVisible()


def test_the_first_file_of_a_kind_is_asked_for_where_the_last_one_was(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(filled, inline_tasks=True)
    qtbot.addWidget(window)
    begun: list[Path] = []

    def answer(_parent: QWidget, _title: str, start: str, *_more: str) -> tuple[str, str]:
        begun.append(Path(start).parent)
        return (str(tmp_path / Path(start).name), "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    for kind in ("workbook", "pdf", "register"):
        assert files.ask_save(window, "Save", "name", kind) is not None
    assert begun == [Path.home(), tmp_path, Path.home()], "a register has a place of its own"


def test_a_name_without_its_ending_gets_it_and_asks_before_replacing(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, filled, ApplicationsPage)
    (tmp_path / "liste.xlsx").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "liste"), ""))
    buttons = QMessageBox.StandardButton
    monkeypatch.setattr(QMessageBox, "question", lambda *_: buttons.No)
    page.export_button.click()
    assert (tmp_path / "liste.xlsx").read_text() == "mine"
    monkeypatch.setattr(QMessageBox, "question", lambda *_: buttons.Yes)
    page.export_button.click()
    assert load_workbook(tmp_path / "liste.xlsx").sheetnames


def test_the_list_is_exported_with_the_columns_that_it_shows(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = (str(tmp_path / "personnes.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    page = open_page(qtbot, filled, PeoplePage)
    page.table.show_column(len(page.model.columns) - 1, True)
    shown = [column.heading() for column in page.table.shown_columns()]
    page.export_shown()
    sheet = load_workbook(tmp_path / "personnes.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == [shown[0], "No. in the register", *shown[1:]]
    own = {filled.own_numbers.of(number) for number in page.shown_ids()}
    assert {sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)} == own
    page.export_all()
    whole = load_workbook(tmp_path / "personnes.xlsx").worksheets[0]
    assert whole.max_column > 30


def test_the_whole_register_is_exported_on_linked_sheets(
    qtbot: QtBot, filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(filled, inline_tasks=True)
    qtbot.addWidget(window)
    answer = (str(tmp_path / "registre.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    window.menu_actions.action("file.export_register").trigger()
    book = load_workbook(tmp_path / "registre.xlsx")
    people, applications = book["People"], book["Applications"]
    for row in range(2, applications.max_row):
        name = applications.cell(row, 1)
        sheet, place = name.hyperlink.location.split("!")
        assert sheet == "'People'"
        assert str(name.value).startswith(str(people[f"E{place[1:]}"].value))
        assert applications.cell(row, 3).value == people[f"D{place[1:]}"].value
    assert str(applications.cell(applications.max_row, 4).value).startswith("=SUBTOTAL(103,")


@pytest.mark.parametrize(
    ("page", "orders"),
    [
        (PeoplePage, lists.PEOPLE_SORTS),
        (ApplicationsPage, lists.APPLICATION_SORTS),
        (PermitsPage, lists.PERMIT_SORTS),
        (FamilyPage, lists.MEMBER_SORTS),
    ],
)
def test_each_column_that_sorts_has_its_order_in_the_register(
    qtbot: QtBot, office: Office, page: type[ListPage], orders: Mapping[str, object]
) -> None:
    made = page(Shell(office, inline_tasks=True))
    qtbot.addWidget(made)
    sorting = {column.sort for column in made.columns() if column.sort}
    assert sorting
    known = columns(made.KIND) if made.KIND is not None else {}
    assert sorting <= orders.keys() | known.keys()
