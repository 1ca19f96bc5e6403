# SPDX-License-Identifier: Apache-2.0
"""What holds on every page and in every dialog, over the screens of the gallery."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from new_registers import copy_of, new_demo
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as QtText  # `mightBeRichText` is here
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tampering import columns_of

from imp_plus_desktop import i18n
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.paper.paper import Line, Paper, Part, Table
from imp_plus_desktop.ui.widgets.frames import Pages
from imp_plus_desktop.ui.widgets.labels import WordsButton, label
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests import gallery
from tests.ui.fitting import TITLE_BAR, misfits

FILES = Path(__file__).resolve().parent.parent / "files"
MARKUP = '<b>Gras</b><img src="file:///tmp/probe.png">'
PARTS = 8
"""In so many runs all screens are opened."""
LONG = "Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaft"
SPOKEN = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
# Whatever the office types or a list brings: table, columns.
WRITTEN = {
    "person": "family_name given_names other_names clerk address_line address_city",
    "member": "family_name given_names",
    "note": "text",
    "contact": "who text",
    "act": "who",
    "source_file": "name",
}


@pytest.fixture(scope="module")
def demo_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every-screen")
    i18n.use("fr")
    return new_demo(folder)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.fixture
def window(qapp: QApplication, demo_register: Path, tmp_path: Path) -> Iterator[MainWindow]:
    yield from _opened(demo_register, tmp_path)


@pytest.fixture
def marked_window(qapp: QApplication, demo_register: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on the demo in which every text that somebody wrote looks like HTML."""
    office = gallery.open_on(copy_of(demo_register, tmp_path / "balises.imp"), demo.DEMO_DAY)
    db = office.register.db
    for table, columns in WRITTEN.items():
        for column in columns_of(db, table).keys() & set(columns.split()):
            db.execute_sql(f"UPDATE {table} SET {column} = ? || {column}", (MARKUP + LONG,))
    db.execute_sql("DELETE FROM standing")  # with all that hangs on it: made anew, from these texts
    office.close()
    yield from _opened(office.register_path, tmp_path)


def _opened(register: Path, folder: Path) -> Iterator[MainWindow]:
    path = copy_of(register, folder / "Bureau <b>.imp")
    office = gallery.open_on(path, demo.DEMO_DAY)
    made = MainWindow(office, inline_tasks=True)
    made.resize(960, 614 - TITLE_BAR)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    office.close()


def read_as_html(root: QWidget) -> list[str]:
    """What a screen says that one of Qt's readers would take for HTML."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        said = [
            widget.toolTip(),
            widget.statusTip(),
            widget.whatsThis(),
            widget.accessibleName(),
            widget.accessibleDescription(),
        ]
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            said.append(widget.text())
        if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
            said += [widget.text(), widget.informativeText()]
        if isinstance(widget, QTextEdit):
            said.append(widget.toPlainText())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += _of_a_model(widget.model())
        found += [f"{type(widget).__name__}: {text}" for text in said if rich(text)]
    for action in root.findChildren(QAction):
        said = [action.toolTip(), action.statusTip(), action.whatsThis()]
        found += [f"QAction: {text}" for text in said if rich(text)]
    return found


def rich(text: str) -> bool:
    return bool(QtText.mightBeRichText(text))


def _of_a_model(model: QAbstractItemModel) -> list[str]:
    root = QModelIndex()
    rows = min(model.rowCount(root), 40)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    places = [model.index(row, column) for row in range(rows) for column in range(columns)]
    said = [model.data(place, role) for place in places for role in SPOKEN]
    for orientation, count in (
        (Qt.Orientation.Horizontal, columns),
        (Qt.Orientation.Vertical, rows),
    ):
        said += [model.headerData(n, orientation, role) for n in range(count) for role in SPOKEN]
    return [text for text in said if isinstance(text, str)]


def shown_texts(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(QLabel))


@pytest.mark.long
@pytest.mark.timeout(300)  # every screen, in turn
def test_a_page_that_goes_hands_the_keys_to_the_next_one_and_not_to_the_side_bar(
    window: MainWindow,
) -> None:
    """Qt itself gives them to whatever comes next: after some lists that is the side bar."""
    for key in (*window.page_keys(), *reversed(window.page_keys())):
        page = window.open_page(key)
        QApplication.processEvents()
        focused = window.focusWidget()
        assert focused is page or page.isAncestorOf(focused), key


@pytest.mark.many("fr-1")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_name_is_read_as_html_or_widens_a_screen(
    marked_window: MainWindow, language: str, part: int
) -> None:
    marked_window.set_language(language, keep=False)
    seen, found = "", []
    for screen in [one for one in gallery.SCREENS if not one.empty][part::PARTS]:
        shown = screen.open(marked_window)
        found += [(screen.name, text) for text in read_as_html(shown)]
        # Labels that wrap settle in a second pass of the layout.
        for _pass in range(3):
            QApplication.processEvents()
        found += [(screen.name, text) for text in misfits(shown, *_room(shown))]
        marked_window.resize(960, 614 - TITLE_BAR)
        seen += shown_texts(shown)
        if shown is not marked_window:
            shown.close()
            shown.deleteLater()
    assert found == []
    assert MARKUP in seen  # the texts themselves are shown, as they were written


def _room(shown: QWidget) -> tuple[int, int]:
    """Half of a screen of 1920 less its title bar; a dialog is as tall as its screen allows."""
    screen = shown.screen().availableSize().height()
    return 960, screen if isinstance(shown, QDialog) else 614 - TITLE_BAR


def test_a_hidden_page_does_not_widen_the_one_in_front(qtbot: QtBot) -> None:
    pages, wide, narrow = Pages(), QWidget(), QWidget()
    qtbot.addWidget(pages)
    wide.setMinimumWidth(1095)
    for page in (wide, narrow):
        pages.addWidget(page)
    assert pages.minimumSizeHint().width() == 1095
    pages.setCurrentWidget(narrow)
    assert pages.minimumSizeHint().width() < 100


def test_a_name_without_a_gap_is_cut_and_stands_whole_in_the_tooltip(qtbot: QtBot) -> None:
    long = "W" * 60
    for made in (label(long, wrap=True), label(f"a {long}", elide=True), WordsButton(long)):
        qtbot.addWidget(made)
        made.resize(120, 40)
        made.show()
        assert made.minimumSizeHint().width() <= 120
        assert made.toolTip() == made.text()
        assert made.accessibleName() == made.text()
        assert long in made.text()
        made.resize(2000, 40)
        assert made.toolTip() == ""


def test_a_list_full_of_markup_is_shown_as_it_is_written(window: MainWindow) -> None:
    page = window.open_page("imports")
    assert isinstance(page, ImportsPage)
    page.open_with(FILES / "html-names.xlsx")
    for _step in range(3):
        assert read_as_html(window) == []
        page.flow.go_on()
    assert read_as_html(window) == []
    people = window.open_page("people")
    people.set_search("Gras")
    assert read_as_html(window) == []
    assert "<b>Gras</b>" in shown_texts(people)


def test_a_report_prints_markup_as_it_was_written(qapp: QApplication) -> None:
    table = Table((MARKUP, MARKUP), ((MARKUP, MARKUP),))
    paper = Paper(MARKUP, MARKUP, (Part(MARKUP, (Line(MARKUP, MARKUP),), table),), (MARKUP,))
    printed = QTextDocument()
    printed.setHtml(paper.html())
    assert printed.toPlainText().count(MARKUP) == 10
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in printed.toPlainText()


@pytest.mark.long
def test_a_form_that_nobody_touched_is_left_at_once(qapp: QApplication, window: MainWindow) -> None:
    """What a dialog fills in by itself, when shown or a moment later, is nobody's work."""
    forms = 0
    for screen in gallery.SCREENS:
        shown = screen.open(window) if screen.name.startswith("dialog-") else window
        if isinstance(shown, LockedDialog):
            shown.leave()  # stays, whatever one does, until the passphrase is there
        elif isinstance(shown, FormDialog):
            forms += 1
            for timer in shown.findChildren(QTimer):
                timer.timeout.emit()
            qapp.processEvents()
            shown.reject()
            assert not shown.isVisible(), screen.name
            shown.deleteLater()
    assert forms > 30
