# SPDX-License-Identifier: Apache-2.0
"""What is shown goes on paper: a list, a file, the overview, the cap, page by page."""

import gc
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument, QTextTable
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot
from tampering import held

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.history import act_list, history, own_acts
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.paper import save_as_pdf
from imp_plus_desktop.ui.lists import list_paper
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.paper.paper import Line, Paper, Part, Table
from imp_plus_desktop.ui.person import person_history
from imp_plus_desktop.ui.person.person_paper import file_paper
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import complete, office

pytestmark = pytest.mark.mostly_long(
    "test_a_list_goes_on_paper_as_it_is_shown",
    "test_the_head_of_a_table_is_repeated_on_each_page",
    "test_a_pdf_that_is_stopped_leaves_nothing",
    "test_a_table_of_many_columns_turns_the_sheet",
    "test_a_list_that_is_too_long_is_for_a_workbook",
    "test_a_preview_that_was_only_looked_at_or_given_up_records_nothing",
    "test_a_preview_that_is_closed_goes_before_its_printer",
)

__all__ = ["office"]

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the previews that were opened; none of them waits for anybody."""
    opened: list[str] = []

    def look(dialog: QPrintPreviewDialog) -> None:
        opened.append(dialog.windowTitle())

    monkeypatch.setattr(QPrintPreviewDialog, "exec", look)
    return opened


def a_list(window: MainWindow) -> ListPage:
    page = window.open_page("people")
    assert isinstance(page, ListPage)
    return page


def words_of(paper: Paper) -> str:
    document = QTextDocument()
    document.setHtml(paper.html())
    return document.toPlainText()


def pages_in(pdf: Path) -> int:
    return pdf.read_bytes().count(b"/Type /Page\n")


def test_a_list_goes_on_paper_as_it_is_shown(window: MainWindow, office: Office) -> None:
    complete(office, 1)
    complete(office, 2)
    page = a_list(window)
    (first, _second) = page.fetch(page.shown_ids())
    page.set_search(first.name)
    paper = page.paper()
    assert paper is not None
    table = paper.parts[0].table
    assert table is not None
    shown = page.table.shown_columns()
    rows = page.fetch(page.shown_ids())
    assert len(rows) == 1
    assert table.header == tuple(column.title() for column in shown)
    assert table.rows == tuple(tuple(column.text(row) for column in shown) for row in rows)
    assert first.name in paper.subtitle


def test_the_head_of_a_table_is_repeated_on_each_page() -> None:
    document = QTextDocument()
    document.setHtml(Paper("t", "", (Part(table=Table(("a",), (("b",),))),)).html())
    tables = [frame for frame in document.rootFrame().childFrames() if type(frame) is QTextTable]
    assert [table.format().toTableFormat().headerRowCount() for table in tables] == [1]


def test_a_long_document_has_as_many_pages_as_it_needs(office: Office, tmp_path: Path) -> None:
    def pages(count: int) -> int:
        lines = tuple(Line(f"Line {number}") for number in range(count))
        paper = Paper("Title", "", (Part("", lines),))
        *_told, last = printing.writing_pdf(tmp_path / "a.pdf", paper, office)
        assert last == (pages_in(tmp_path / "a.pdf"),) * 2
        return last[0]

    assert pages(5) == 1
    assert pages(500) > 8


def test_a_pdf_that_is_stopped_leaves_nothing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    lines = tuple(Line(f"Line {number}") for number in range(3000))
    long = Paper("Title", "", (Part("", lines),), name="long")
    monkeypatch.setattr(files, "ask_save", lambda *_asked: tmp_path / "long.pdf")
    window.shell.tasks._inline = False
    save_as_pdf(window.shell, window, long)
    with qtbot.waitSignal(window.shell.tasks.progressed):
        assert not window.action_state().idle
    window.shell.tasks.stop()
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy())
    assert window.status.text() == "Stopped. Nothing was changed."
    assert list(tmp_path.glob("*.pdf")) == []
    save_as_pdf(window.shell, window, long)
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy())
    assert pages_in(tmp_path / "long.pdf") > 40


def test_a_long_preview_can_be_given_up_before_its_last_page(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    lines = tuple(Line(f"Line {number}") for number in range(3000))
    told: list[str] = []

    def give_up(waiting: QProgressDialog, _done: int) -> None:
        told.append(waiting.labelText())
        waiting.cancel()

    monkeypatch.setattr(QProgressDialog, "setValue", give_up)
    printing.preview(parent, Paper("Title", "", (Part("", lines),)), office, Path())
    assert told
    assert set(told) == {"Laying out the pages…"}


def test_a_table_of_many_columns_turns_the_sheet() -> None:
    def table(columns: int) -> Paper:
        return Paper("t", "", (Part(table=Table(("a",) * columns, ())),))

    assert not table(5).is_wide
    assert table(6).is_wide


def test_a_list_that_is_too_long_is_for_a_workbook(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, previews: list[str]
) -> None:
    complete(office, 1)
    complete(office, 2)
    a_list(window)
    monkeypatch.setattr(list_paper, "MOST", 1)
    window.menu_actions.action("file.print").trigger()
    assert previews == []
    assert "At most 1 rows go on paper. Filter the list, or export it." in window.status.text()


def test_the_keys_print_what_is_shown_and_record_a_permit(
    window: MainWindow, office: Office, previews: list[str]
) -> None:
    complete(office)
    window.refresh()
    a_list(window)
    QTest.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert previews == ["People"]
    assert window.menu_actions.action("person.permit").shortcut().toString() == "Ctrl+Shift+P"


def left(office: Office) -> list[tuple[str, str, str, int]]:
    """What the journal says has left, the latest first."""
    return [
        (act.service, act.paper, act.form, dict(act.counts)["people"])
        for act in history.acts(office)
        if act.paper
    ]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Whoever opens a preview prints it, into this file."""
    target = tmp_path / "printer.pdf"

    def go(dialog: QPrintPreviewDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(target))
        shown = dialog.findChild(QPrintPreviewWidget)
        assert shown is not None
        shown.print_()
        return QPrintPreviewDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintPreviewDialog, "exec", go)
    return target


def test_what_was_printed_into_a_file_is_said_with_the_way_to_it(
    window: MainWindow, office: Office, printed: Path
) -> None:
    complete(office, 1)
    window.refresh()
    a_list(window)
    window.menu_actions.action("file.print").trigger()
    assert window.status.text() == "Saved: printer.pdf"
    assert not window.status._folder.isHidden()


def test_what_is_printed_or_saved_is_in_the_journal_and_in_the_history_of_a_person(
    window: MainWindow,
    office: Office,
    printed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = complete(office, 1)
    complete(office, 2)
    window.refresh()
    a_list(window)
    window.menu_actions.action("file.print").trigger()
    assert printed.read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(files, "ask_save", lambda *_asked: tmp_path / "file.pdf")
    window._commands.put_file_on_paper(person, True)
    window._commands.put_file_on_paper(person, False)
    assert left(office) == [
        ("out.print", "file", "pdf", 1),
        ("out.export", "file", "pdf", 1),
        ("out.print", "people", "pdf", 2),
    ]
    papers = act_list.papers_of(office, person)
    assert [(one.service, one.form) for one in papers] == [
        ("out.print", "pdf"),
        ("out.export", "pdf"),
    ]
    today = office.clock.today()
    told = person_history.lines(history.changes(office, person), today, {}, papers)
    assert [line.text.partition(" ")[0] for line in told[:2]] == ["Saved", "Saved"]
    assert len({line.key for line in told}) == len(told)
    last = own_acts.last_undoable(office)
    assert last is None or not last.row.paper


def test_what_a_printer_prints_is_paper(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go(dialog: QPrintPreviewDialog) -> int:
        dialog.printer().setOutputFileName("")
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.NativeFormat)
        return QPrintPreviewDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintPreviewDialog, "exec", go)
    complete(office, 1)
    window.refresh()
    a_list(window)
    window.menu_actions.action("file.print").trigger()
    assert left(office) == [("out.print", "people", "paper", 1)]


def test_a_print_into_a_file_is_offered_where_the_last_one_went(
    window: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    exports = tmp_path / "exports"
    exports.mkdir()

    def go(dialog: QPrintPreviewDialog) -> int:
        offered.append(dialog.printer().outputFileName())
        asked = QPrintDialog(dialog.printer(), dialog)
        asked.show()
        line = asked.findChild(QLineEdit, "filename")
        offered.extend([line.text()] if line is not None else [])
        asked.hide()
        dialog.printer().setOutputFileName(str(exports / "list.pdf"))
        shown = dialog.findChild(QPrintPreviewWidget)
        assert shown is not None
        shown.print_()
        return QPrintPreviewDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintPreviewDialog, "exec", go)
    complete(office, 1)
    window.refresh()
    a_list(window)
    window.menu_actions.action("file.print").trigger()
    assert {Path(one).parent for one in offered} == {Path.home()}
    offered.clear()
    window.menu_actions.action("file.print").trigger()
    assert {Path(one).parent for one in offered} == {exports}
    assert all(one.endswith(".pdf") for one in offered)


def test_a_preview_that_was_only_looked_at_or_given_up_records_nothing(
    window: MainWindow,
    office: Office,
    previews: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    complete(office)
    window.refresh()
    a_list(window)
    window.menu_actions.action("file.print").trigger()
    assert (len(previews), left(office)) == (1, [])

    def stops(dialog: QPrintPreviewDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "half.pdf"))
        shown = dialog.findChild(QPrintPreviewWidget)
        assert shown is not None
        shown.print_()
        return QPrintPreviewDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintPreviewDialog, "exec", stops)
    monkeypatch.setattr(QProgressDialog, "setValue", lambda waiting, _done: waiting.cancel())
    window.menu_actions.action("file.print").trigger()
    assert left(office) == []


def test_what_cannot_be_recorded_is_not_shown_for_printing(
    window: MainWindow, office: Office, previews: list[str], printed: Path
) -> None:
    complete(office)
    window.refresh()
    paper = a_list(window).paper()
    assert paper is not None
    with held(office.register), pytest.raises(StorageError, match="not_recorded"):
        printing.preview(window, paper, office, Path())
    assert not printed.exists()


def test_paper_that_came_out_is_not_said_to_be_unprinted(
    window: MainWindow, office: Office, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(office)
    window.refresh()
    paper = a_list(window).paper()
    assert paper is not None

    def full(*_asked: object) -> None:
        raise StorageError("not_recorded")

    monkeypatch.setattr(leaving, "note", full)
    with pytest.raises(StorageError, match="printed_unrecorded"):
        printing.preview(window, paper, office, Path())
    assert printed.exists()


def test_a_preview_that_is_closed_goes_before_its_printer(
    window: MainWindow, office: Office, previews: list[str], qapp: QApplication
) -> None:
    complete(office)
    window.refresh()
    a_list(window)
    for _time in range(3):
        window.menu_actions.action("file.print").trigger()
        gc.collect()  # whatever only this call held is gone by now
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(previews) == 3
    assert window.findChildren(QPrintPreviewDialog) == []


def test_an_empty_register_has_nothing_to_print(window: MainWindow) -> None:
    a_list(window)
    assert not window.menu_actions.action("file.print").isEnabled()
    window.open_page("routes")
    assert not window.menu_actions.action("file.print").isEnabled()


def test_a_file_is_whole_on_paper(office: Office) -> None:
    person = complete(office)
    folder.add_note(office, person, "Call back about the school")
    build.receive(office, person)
    paper = file_paper(office, person)
    said = words_of(paper)
    for part in ("Applications and permits", "Letter", "Identity", "Documents", "Fees", "Timeline"):
        assert part in said
    assert "Call back about the school" in said
    assert "A76" in said
    assert paper.title not in paper.name, "a printer's queue is seen by others"


def test_a_file_on_paper_tells_what_holds_from_what_does_not(office: Office) -> None:
    paper = file_paper(office, build.invite(office, csq_category=None))
    findings = next(part for part in paper.parts if part.title == "Findings")
    marks = {line.text: line.mark for line in findings.lines}
    assert marks["CSQ category not recorded"] == "? "
    assert "✓ " in marks.values()
    assert all(marks.values()), "every finding bears one"
    assert "<p>? CSQ category not recorded" in paper.html()
    assert "? not recorded" in words_of(paper), "and what each stands for is said"


def test_values_of_a_file_stand_below_each_other_on_paper(office: Office) -> None:
    paper = file_paper(office, complete(office))
    tables = [part.table for part in paper.parts if part.table and len(part.table.header) == 2]
    assert len(tables) > 3
    document = QTextDocument()
    document.setHtml(paper.html())
    document.setPageSize(QSizeF(700, 5000))
    widths = {
        table.format().columnWidthConstraints()[0].rawValue()
        for table in document.rootFrame().childFrames()
        if isinstance(table, QTextTable) and table.columns() == 2
    }
    assert len(widths) == 1


def test_the_foot_of_a_page_gives_way_in_its_middle_and_keeps_the_day(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    paper = Paper(
        "Élie Khoury", "C1230161 · born on 5 November 1979 · Lebanon · 30 November 2026", ()
    )
    whole = printing._foot_text(paper, metrics, 10_000)
    assert whole == f"{paper.title} · {paper.subtitle}"
    short = printing._foot_text(paper, metrics, metrics.horizontalAdvance(whole) - 1)
    assert short == "Élie Khoury · C1230161 · born on 5 November 1979 · 30 November 2026"
    least = printing._foot_text(
        paper, metrics, metrics.horizontalAdvance("Élie Khoury · 30 Novemb")
    )
    assert least.startswith("Élie Khoury · 30 Nov")


def test_a_file_is_saved_under_a_name_that_says_nobody(
    window: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = complete(office)
    window.refresh()
    window.shell.go("people", person)
    asked: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kind: str) -> Path:
        asked.append(name)
        return tmp_path / f"{name}.pdf"

    monkeypatch.setattr(files, "ask_save", ask)
    window.menu_actions.action("person.pdf").trigger()
    assert asked == [f"file-{person}-{window.shell.today()}"]
    assert (tmp_path / f"{asked[0]}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("key", "words"), [("overview", "Latest acts"), ("quota", "Places left"), ("deadlines", "Day")]
)
def test_other_pages_go_on_paper_too(
    window: MainWindow, office: Office, key: str, words: str
) -> None:
    person = complete(office)
    build.receive(office, person)
    window.refresh()
    page = window.open_page(key)
    assert window.menu_actions.action("file.print").isEnabled()
    paper = page.paper()
    assert paper is not None
    assert words in words_of(paper)
