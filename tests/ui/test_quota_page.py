# SPDX-License-Identifier: Apache-2.0
"""The quota page: each figure opens its rows, items are closed, reports go on paper."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import office_builders as build
import pytest
from new_registers import copy_of, new_office
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import overcap, periods, quota, reports
from imp_plus_desktop.ui.charts.column_bars import ColumnBars
from imp_plus_desktop.ui.charts.figures import FigureList
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.office.overcap import CloseItemDialog
from imp_plus_desktop.ui.dialogs.office.programme import SwitchDialog, WindowDialog
from imp_plus_desktop.ui.dialogs.office.quota import OfficialDialog
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.quota.quota_paper import quota_paper
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.proof.check_texts import head_line
from tests.ui.helpers import assert_accessible, cut_labels, made_by

pytestmark = pytest.mark.mostly_long(
    "test_each_figure_opens_exactly_its_rows",
    "test_reports_open_from_the_menu_and_their_figures_open_rows",
    "test_a_paper_shows_what_comes_from_the_register_as_text",
    "test_the_board_of_a_closed_year_says_so_above_its_free_places",
)

LEFT = Qt.MouseButton.LeftButton
PAGES = made_by(QuotaPage, ApplicationsPage, PermitsPage, PeoplePage)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two places, two used, one application over the cap, one permit."""
    path = tmp_path_factory.mktemp("pattern") / "bureau.imp"
    made = new_office(path, build.TODAY)
    build.set_cap(made, 2)
    build.issue(made, build.an_approved(made, 1))
    build.decide(made, build.receive(made, build.invite(made, 2)).application, "refused")
    build.receive(made, build.invite(made, 3))
    made.close()
    return path


@pytest.fixture
def office(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    made = open_office(copy_of(pattern, tmp_path / "bureau.imp"), today=build.TODAY)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True, pages=PAGES)
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> QuotaPage:
    """The page alone: quicker than a window, where nothing is opened beside it."""
    shell = Shell(office, inline_tasks=True)
    made = QuotaPage(shell)
    shell.setParent(made)
    shell.data_changed.connect(made.refresh)
    made.resize(1160, 720)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    return made


def quota_of(window: MainWindow) -> QuotaPage:
    made = window.open_page("quota")
    assert isinstance(made, QuotaPage)
    return made


def texts(root: QWidget) -> str:
    settle()
    shown = [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root)]
    shown += [x.text() for x in root.findChildren(QPushButton) if x.isVisibleTo(root)]
    return "\n".join(shown)


def settle() -> None:
    """Let what was made anew come up, and what it replaced go."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press_figure(qtbot: QtBot, page: QuotaPage, key: str) -> None:
    settle()
    rows = [row for found in page.board.findChildren(FigureList) for row in found.rows()]
    qtbot.mouseClick(next(row for row in rows if row.key == key), LEFT)


def test_each_figure_opens_exactly_its_rows(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    for figure in ("used", "approved", "refused", "cancelled_over_cap"):
        press_figure(qtbot, quota_of(window), figure)
        shown = window.current_page()
        assert isinstance(shown, ApplicationsPage)
        assert sorted(shown.shown_ids()) == sorted(quota.figure_rows(office, 2023, figure).ids)
        shown.chosen.set_value(None, tell=True)
        assert len(shown.shown_ids()) == 3
    press_figure(qtbot, quota_of(window), "letters")
    people = window.current_page()
    assert isinstance(people, PeoplePage)
    assert len(people.shown_ids()) == 3
    press_figure(qtbot, quota_of(window), "permits")
    permits = window.current_page()
    assert isinstance(permits, PermitsPage)
    assert len(permits.shown_ids()) == 1
    quota_of(window).board.figure_opened.emit("2023-11")
    shown = window.current_page()
    assert isinstance(shown, ApplicationsPage)
    assert len(shown.shown_ids()) == 2


def test_reports_open_from_the_menu_and_their_figures_open_rows(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.menu_actions.action("report.periods").trigger()
    page = quota_of(window)
    assert page.reports.isVisible()
    settle()
    links = page.reports.findChildren(QPushButton)
    qtbot.mouseClick(next(b for b in links if b.accessibleName() == "Refused: 1"), LEFT)
    shown = window.current_page()
    assert isinstance(shown, ApplicationsPage)
    assert len(shown.shown_ids()) == 1


def test_the_whole_line_of_a_figure_opens_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    window.menu_actions.action("report.periods").trigger()
    page = quota_of(window)
    settle()
    link = next(
        b for b in page.reports.findChildren(QPushButton) if b.accessibleName() == "Refused: 1"
    )
    view = link.window()
    height = link.mapTo(view, link.rect().center()).y()
    words = next(w for w in page.reports.findChildren(QLabel) if w.text() == "Refused")
    under = QPoint(words.mapTo(view, words.rect().center()).x(), height)
    target = view.childAt(under)
    assert target is not None
    qtbot.mouseClick(target, LEFT, pos=target.mapFrom(view, under))
    shown = window.current_page()
    assert isinstance(shown, ApplicationsPage)
    assert len(shown.shown_ids()) == 1


def test_the_title_of_a_report_is_its_period(window: MainWindow) -> None:
    page = window.open_page("quota", "reports")
    assert isinstance(page, QuotaPage)

    def beside() -> str:
        return page._header._subtitle.text()

    assert beside() == f"Quarter 4 of {build.YEAR}"
    period = page.reports.findChildren(FilterChip)[0]
    earlier = reports.period_of(ReportKind.QUARTERLY, build.YEAR - 1, 2)
    period.set_value(earlier, tell=True)
    assert beside() == f"Quarter 2 of {build.YEAR - 1}"
    assert page.year_shown() == build.YEAR - 1
    page.show_section("pivot")
    assert (beside(), page.year_shown()) == ("", None)
    page.show_section("board")
    assert (beside(), page.year_shown()) == (str(build.YEAR), build.YEAR)


def test_every_section_is_reached_by_keys_and_cuts_no_word(page: QuotaPage) -> None:
    for section in ("board", "overcap", "reports", "pivot"):
        page.show_section(section)
        settle()
        assert_accessible(page)
        assert cut_labels(page) == []


def test_an_item_past_the_cap_is_closed_from_the_list(
    qtbot: QtBot, page: QuotaPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_figure(qtbot, page, quota.OVER_CAP)
    view = page.over_cap
    assert "Over the cap (2)" in texts(page)
    assert view.isVisible()

    def answered(dialog: CloseItemDialog) -> ActId | None:
        return dialog.answer if dialog.submit() else None

    monkeypatch.setattr(CloseItemDialog, "ask", answered)
    refund = next(b for b in view.findChildren(QPushButton) if b.text().startswith("Refund"))
    qtbot.mouseClick(refund, LEFT)
    assert overcap.over_cap_list(office, 2023).refund_open == 0
    assert not refund.isEnabled()
    assert "Over the cap (1)" in texts(page)


def test_the_list_says_whose_later_receipt_holds_the_place(
    qtbot: QtBot, page: QuotaPage, office: Office
) -> None:
    build.receive(office, build.invite(office, 4), datetime(2023, 1, 3, 15, tzinfo=UTC))
    page.refresh()
    press_figure(qtbot, page, quota.OVER_CAP)
    shown = overcap.over_cap_list(office, 2023).files
    held = next(file.held_by for file in shown if file.held_by is not None)
    model = page.over_cap.table.model()
    column = [c.key for c in model.columns].index("held_by")
    told = [model.index(row, column).data() for row in range(model.rowCount())]
    assert f"no. {held.place} · {held.name}" in told or f"n° {held.place} · {held.name}" in told


def test_one_dialog_closes_the_item_of_all(qtbot: QtBot, office: Office) -> None:
    build.receive(office, build.invite(office, 4))
    found = [int(file.application) for file in overcap.over_cap_list(office, 2023).files]
    dialog = CloseItemDialog(office, OverCapItem.BIOMETRICS, found[0], "Benali", found)
    qtbot.addWidget(dialog)
    dialog.form.set_values({"all": "yes"})
    assert dialog.submit()
    assert [f.open_items[0].kind for f in overcap.over_cap_list(office, 2023).files] == [
        OverCapItem.REFUND,
        OverCapItem.REFUND,
    ]


def test_a_year_with_room_teaches_what_the_list_is_for(page: QuotaPage) -> None:
    page.open_with(2022)
    page.show_section("overcap")
    assert "Nobody is over the cap" in texts(page.over_cap)


def test_a_quarter_is_closed_and_its_corrections_are_listed(
    qtbot: QtBot, page: QuotaPage, office: Office
) -> None:
    page.show_section("reports")
    view = page.reports
    assert "Still running" in texts(view)
    quarters = next(r for f in view.findChildren(FigureList) for r in f.rows() if r.key == "2023-3")
    qtbot.mouseClick(quarters, LEFT)
    assert "Not closed yet" in texts(view)
    close = next(b for b in view.findChildren(QPushButton) if b.text() == "Close the quarter")
    qtbot.mouseClick(close, LEFT)
    assert periods.closed(office, 2023, 3) is not None
    assert "Nothing was corrected since" in texts(view)
    build.invite(office, 9)
    page.refresh()
    assert "Letters issued by MIFI: 3 then, 4 now" in texts(view)
    assert not close.isVisibleTo(view)


def test_a_report_goes_on_paper(
    page: QuotaPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_section("reports")
    target = tmp_path / "report.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_arguments: target)
    pdf = next(b for b in page.reports.findChildren(QPushButton) if b.text() == "PDF…")
    pdf.click()
    assert target.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    shown: list[str] = []
    monkeypatch.setattr(
        QPrintPreviewDialog, "exec", lambda dialog: shown.append(dialog.windowTitle())
    )
    printing.preview(page, page.reports.paper(), page.shell.office, tmp_path)
    assert shown == ["Quarterly report"]
    office = page.shell.office
    line = head_line(checking.head(office))
    assert line in page.reports.paper().notes
    assert line in quota_paper(office, 2023).notes


def test_a_paper_shows_what_comes_from_the_register_as_text(qtbot: QtBot) -> None:
    table = Table(("Figure", "Period"), (("<b>x</b>", "1"),))
    html = Paper("A & B", "<i>", (Part(table=table),), ("note",)).html()
    assert "A &amp; B" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<i>" not in html


def test_a_switch_says_what_it_leaves_and_is_set(
    qtbot: QtBot, page: QuotaPage, office: Office
) -> None:
    dialog = SwitchDialog(page.shell.office.as_shown(), 2023, page)
    dialog.show()
    assert dialog.focusWidget() is dialog.form.field("what"), "work begins at the form"
    qtbot.addWidget(dialog)
    assert not dialog.submit()
    assert dialog.form.finding("reason")
    assert "No application of the year is concerned" in texts(dialog)
    dialog.form.set_values({"what": "returned", "uses": "yes", "reason": "IRCC said so"})
    assert dialog.submit()
    assert office.programme().switches(2023).returned_uses_place


def test_the_closing_day_of_the_letters_is_moved(
    qtbot: QtBot, page: QuotaPage, office: Office
) -> None:
    dialog = WindowDialog(page.shell.office.as_shown(), page)
    qtbot.addWidget(dialog)
    assert dialog.form.value("name") == "last_accepted_letter"
    assert "Now: 2025-01-15" in texts(dialog)
    dialog.form.set_values({"value": "2026-01-15", "reason": "letters resumed"})
    assert dialog.submit()
    assert office.programme().last_accepted_letter == date(2026, 1, 15)


def test_official_letters_and_permits_are_typed_in(
    qtbot: QtBot, page: QuotaPage, office: Office
) -> None:
    dialog = OfficialDialog(page.shell.office.as_shown(), 2023, page)
    qtbot.addWidget(dialog)
    dialog.form.set_values({"received": "1", "issued": "6 500", "letters": "7000"})
    assert dialog.submit()
    board = quota.board(office, 2023)
    assert (board.permits.effective, board.letters.remaining) == (6500, 0)
    page.refresh()
    assert page.settings_menu().actions()[0].text() == "Change a cap…"


def test_the_board_of_a_closed_year_says_so_above_its_free_places(
    page: QuotaPage, office: Office
) -> None:
    def said() -> list[str]:
        return [one.text() for one in page.board.findChildren(QLabel) if one.isVisibleTo(page)]

    assert not any("accepts no letter" in text or "n’accepte" in text for text in said())
    page.board.show_board(quota.board(office, 2026))
    assert any("2025" in text and text.startswith("▲") for text in said())


def test_the_months_of_a_year_without_any_say_so(page: QuotaPage, office: Office) -> None:
    months = page.board.findChild(ColumnBars)
    assert months is not None
    assert "Nov 2" in months.accessibleDescription(), "this year has some"
    page.board.show_board(quota.board(office, 2026))
    assert months.accessibleDescription() == "No application in 2026"
    chips = (b for b in page.findChildren(QPushButton) if b.text() == "Letters" and b.isVisible())
    QTest.mouseClick(next(chips), LEFT)
    assert months.accessibleDescription() == "No letter in 2026"


def test_the_keys_stay_on_the_kind_of_report_that_is_chosen(window: MainWindow) -> None:
    page = window.open_page("quota", "reports")
    year = next(b for b in page.findChildren(QPushButton) if b.text() == "Year" and b.isVisible())
    top = [bar.value() for bar in page.findChildren(QScrollBar)]
    year.setFocus()
    QTest.keyClick(year, Qt.Key.Key_Return)
    assert year.isChecked()
    assert QApplication.focusWidget() is year
    assert [bar.value() for bar in page.findChildren(QScrollBar)] == top, "nothing was scrolled"
