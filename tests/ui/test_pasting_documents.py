# SPDX-License-Identifier: Apache-2.0
"""What was copied elsewhere, a file or a picture, is pasted on a file's documents."""

import gc
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, people
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.sections.person_documents import DocumentRow, DocumentSection
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import office

pytestmark = pytest.mark.mostly_long(
    "test_a_copied_file_is_pasted_on_the_document_that_is_chosen",
    "test_ctrl_v_in_a_field_where_one_types_pastes_there",
)

__all__ = ["office"]

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(window: MainWindow, person: int) -> DocumentSection:
    window.refresh()
    window.shell.go("people", person)
    panel = window.findChild(PersonPanel)
    panel.open_section("documents")
    return panel.findChild(DocumentSection)


def row_of(section: DocumentSection, kind: DocumentType) -> DocumentRow:
    return next(row for row in section.rows() if row.item.type is kind)


def copy_file(*sources: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source)) for source in sources])
    QGuiApplication.clipboard().setMimeData(data)


def copy_picture() -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QGuiApplication.clipboard().setImage(picture)


def paste(window: MainWindow) -> None:
    window.menu_actions.action("person.paste").trigger()
    gc.collect()  # what the clipboard lent is not held on to


def test_a_picture_is_pasted_on_the_line_that_has_the_keys_and_taken_back_by_one_undo(
    window: MainWindow, office: Office
) -> None:
    person = build.invite(office)
    section = shown(window, person)
    row_of(section, DocumentType.PASSPORT).focus_start()
    for _again in range(3):
        copy_picture()
        paste(window)
    kept = attachments.scan(office, person, DocumentType.PASSPORT)
    assert kept.media_type is MediaType.PNG
    found = QImage.fromData(kept.content)
    assert (found.width(), found.pixelColor(0, 0).name()) == (40, "#336699")
    history.undo(office)
    documents = people.file(office, person).documents
    assert [one.attachment for one in documents if one.type is DocumentType.PASSPORT] in (
        [],
        [None],
    )


def test_a_copied_file_is_pasted_on_the_document_that_is_chosen(
    window: MainWindow, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    person = build.invite(office)
    shown(window, person)
    source = tmp_path / "csq.pdf"
    source.write_bytes(PDF)
    copy_file(source)
    window.current_page().setFocus()
    paste(window)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "CSQ").trigger()
    menu.close()
    assert attachments.scan(office, person, DocumentType.CSQ).content == PDF


def test_several_files_or_words_are_no_document_and_the_status_line_says_what_to_copy(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    person = build.invite(office)
    section = shown(window, person)
    row_of(section, DocumentType.CSQ).focus_start()
    said: list[str] = []
    window.shell.said.connect(lambda text, *_more: said.append(text))
    acts = len(history.acts(office))
    copy_file(tmp_path / "a.pdf", tmp_path / "b.pdf")
    paste(window)
    QGuiApplication.clipboard().setText("hello")
    paste(window)
    QGuiApplication.clipboard().clear()
    paste(window)
    assert [text[:13] for text in said] == ["Copy one file"] * 3
    assert len(history.acts(office)) == acts


def test_ctrl_v_in_a_field_where_one_types_pastes_there(window: MainWindow, office: Office) -> None:
    shown(window, build.invite(office))
    QGuiApplication.clipboard().setText("Benali")
    window.menu_actions.action("edit.find_here").trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Benali"
