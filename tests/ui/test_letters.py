# SPDX-License-Identifier: Apache-2.0
"""Letters in the window: looked at, saved and recorded; templates changed, taken back, undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from letter_builders import template, text_of
from office_builders import decide, invite, receive
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.services.correspondence import letters, templates
from imp_plus_desktop.services.correspondence.letters import Order
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.correspondence.letter_forms import LetterheadDialog
from imp_plus_desktop.ui.dialogs.correspondence.letter_templates import LetterTemplatesDialog
from imp_plus_desktop.ui.dialogs.correspondence.mail_draft import draft_url
from imp_plus_desktop.ui.dialogs.correspondence.write_letters import WriteLettersDialog
from imp_plus_desktop.ui.dialogs.typed_work import Draft
from imp_plus_desktop.ui.paper import letter_pages
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingList
from imp_plus_desktop.words.correspondence.letter_words import SHIPPED
from tests.ui.person_fixtures import answer

pytestmark = pytest.mark.mostly_long(
    "test_the_pages_of_the_pdf_are_those_that_are_shown",
    "test_a_word_of_ones_own_goes_into_each_shipped_letter",
    "test_a_word_of_ones_own_goes_into_the_letter_and_into_no_log",
    "test_the_letterhead_that_is_missing_is_written_from_there_and_the_letter_shows_it",
    "test_it_saves_records_and_is_taken_back_by_one_undo",
    "test_without_files_nothing_is_asked_and_the_letter_is_in_the_log_alone",
    "test_one_with_a_mistake_is_not_kept_and_says_the_line",
    "test_a_draft_has_its_subject_and_text_and_no_more_than_a_program_takes",
)


@pytest.fixture
def shell(office: Office) -> Shell:
    return Shell(office, inline_tasks=True)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def asked(qtbot: QtBot, shell: Shell, parent: QWidget, *people: int) -> WriteLettersDialog:
    dialog = WriteLettersDialog(shell, people, parent)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=30_000)
    return dialog


def choose(dialog: WriteLettersDialog, qtbot: QtBot, key: str) -> None:
    dialog.form.set_values({"template": key})
    dialog._on_form_edited("template")
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=30_000)


def said(dialog: QWidget) -> str:
    """What its findings say, with the names that stand below."""
    found = (label.text() for one in dialog.findChildren(FindingList) for label in words(one))
    return " | ".join(found)


def words(found: FindingList) -> list[QLabel]:
    return [label for label in found.findChildren(QLabel) if not label.isHidden()]


def test_the_pages_of_the_pdf_are_those_that_are_shown(shell: Shell, office: Office) -> None:
    person = invite(office)
    long = template(*[f"Ligne {number}" for number in range(90)])
    templates.add(office, "Longue", "fr", long)
    (letter,) = letters.make(office, Order("Longue", (person,))).letters
    assert len(letter_pages.page_images(letter.filled.sheet, 400)) == 4
    made = letter_pages.pdf(letter.filled.sheet, "Lettre")
    assert made.count(b"/Type /Page\n") == 4


def test_the_dialog_shows_the_letter_and_says_who_lacks_what(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    one = invite(office, 1)
    two = invite(office, 2, passport_expiry="", family_name="Khoury")
    dialog = asked(qtbot, shell, parent, one, two)
    choose(dialog, qtbot, "passport")
    assert dialog._pages.pages() == 1
    assert "Khoury" in said(dialog)
    qtbot.mouseClick(dialog._after, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=30_000)
    assert "Khoury" in dialog._whose.text()
    assert not dialog._after.isEnabled()


def test_what_a_letter_asks_for_is_asked_only_for_it(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    dialog = asked(qtbot, shell, parent, invite(office))
    assert dialog.form.field("appointment_place").isHidden()
    choose(dialog, qtbot, "appointment")
    assert not dialog.form.field("appointment_place").isHidden()
    assert dialog.form.field("reply_by").isHidden()


A_WORD = "Venez avec votre sœur.\nElle attend."


@pytest.mark.many("invitation-fr", "decision-en")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", SHIPPED)
def test_a_word_of_ones_own_goes_into_each_shipped_letter(
    office: Office, language: str, key: str
) -> None:
    order = Order(key, (invite(office),), {"message": A_WORD}, language)
    (letter,) = letters.make(office, order).letters
    assert "sœur" in text_of(letter.filled.docx)[-4], "before the closing"
    assert "sœur.<br/>Elle" in letter.filled.sheet.body
    (without,) = letters.make(office, replace(order, typed={})).letters
    assert len(text_of(without.filled.docx)) == len(text_of(letter.filled.docx)) - 1


def test_a_word_of_ones_own_goes_into_the_letter_and_into_no_log(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget, tmp_path: Path
) -> None:
    person = invite(office)
    dialog = asked(qtbot, shell, parent, person)
    assert not dialog.form.field("message").isHidden()
    dialog.form.set_values({"message": A_WORD})
    dialog._boxes["files"].setChecked(False)
    dialog._on_form_edited("language")
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=30_000)
    assert said(dialog).count("Not typed yet") == 0, "nobody has to add one"
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=30_000)
    assert "sœur" not in str(history.acts(office)[-1])
    assert "sœur" not in person_file.file_of(office, person).contacts[0].text


def test_a_word_that_is_being_written_survives_a_crash(
    qtbot: QtBot,
    shell: Shell,
    office: Office,
    parent: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Draft, "AFTER_MS", 20)
    person = invite(office)
    first = asked(qtbot, shell, parent, person)
    QTest.keyClicks(first.form.field("message"), "Venez vite")
    qtbot.waitUntil(lambda: drafts.kept(office, person, "letter") == "Venez vite")
    first.hide()  # the program ended there
    second = asked(qtbot, shell, parent, person)
    assert second.form.value("message") == "Venez vite"
    assert second.order().typed["message"] == "Venez vite"
    second.form.set_values({"message": "Venez vite demain"})
    second.leave()
    assert drafts.kept(office, person, "letter") == ""


def test_the_letterhead_that_is_missing_is_written_from_there_and_the_letter_shows_it(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    dialog = asked(qtbot, shell, parent, invite(office))
    assert said(dialog).startswith("Left blank, not known: Name of the office")

    def write(head: LetterheadDialog) -> None:
        head.form.set_values({"name": "Bureau de Lévis"})
        head.accept()

    answered = answer(write)
    link = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Letterhead…")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Name of the office" not in said(dialog), timeout=30_000)
    assert answered == ["Letterhead"]
    assert dialog.isVisible()
    assert history.undo(office).act is not None


def test_ctrl_p_prints_every_letter_page_by_page_and_records_nothing(
    qtbot: QtBot,
    shell: Shell,
    office: Office,
    parent: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = (invite(office, 1), invite(office, 2))
    acts = len(history.acts(office))
    dialog = asked(qtbot, shell, parent, *some)
    seen: list[tuple[str, int]] = []

    def look(preview: QPrintPreviewDialog) -> int:
        shown = preview.findChild(QPrintPreviewWidget)
        shown.updatePreview()
        seen.append((preview.windowTitle(), shown.pageCount()))
        return 0

    monkeypatch.setattr(QPrintPreviewDialog, "exec", look)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialog.is_busy() and bool(seen), timeout=30_000)
    assert seen == [("Invitation received: 90 days to apply", 2)]
    assert dialog.isVisible()
    assert len(history.acts(office)) == acts


@pytest.mark.child
def test_it_saves_records_and_is_taken_back_by_one_undo(
    qtbot: QtBot,
    shell: Shell,
    office: Office,
    parent: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = (invite(office, 1), invite(office, 2))
    folder = tmp_path / "letters"
    monkeypatch.setattr(files, "ask_folder", lambda *_: folder)
    dialog = asked(qtbot, shell, parent, *some)
    choose(dialog, qtbot, "decision")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=30_000)
    assert dialog.answer is not None
    assert not dialog.answer.wants_mail
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".docx", ".pdf", ".pdf"]
    logs = [person_file.file_of(office, person).contacts for person in some]
    assert [len(log) for log in logs] == [1, 1]
    history.undo(office, dialog.answer.kept.act)
    assert person_file.file_of(office, some[0]).contacts == ()


def test_what_failed_is_no_longer_said_once_it_is_tried_anew(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    dialog = asked(qtbot, shell, parent, invite(office))
    dialog.show_error(ExchangeError("template_stalls"))
    assert dialog._error.isVisible()
    choose(dialog, qtbot, "passport")
    assert not dialog._error.isVisible()


def test_without_files_nothing_is_asked_and_the_letter_is_in_the_log_alone(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    person = invite(office, email="nadia@example.org")
    dialog = asked(qtbot, shell, parent, person)
    dialog._boxes["files"].setChecked(False)
    dialog._boxes["mail"].setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=30_000)
    assert dialog.answer is not None
    assert dialog.answer.kept.files == ()
    assert dialog.answer.wants_mail
    assert len(person_file.file_of(office, person).contacts) == 1


def test_a_template_with_mistakes_says_them_and_makes_nothing(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    templates.add(office, "Fausse", "fr", template("Bonjour {{ nom_inconnu }}"))
    dialog = asked(qtbot, shell, parent, invite(office))
    choose(dialog, qtbot, "Fausse")
    assert "nom_inconnu" in said(dialog)
    assert not dialog._ok.isEnabled()


def shown(qtbot: QtBot, shell: Shell, parent: QWidget) -> LetterTemplatesDialog:
    dialog = LetterTemplatesDialog(shell, parent)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_template_is_taken_back_from_word_and_the_shipped_one_comes_again(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget, tmp_path: Path
) -> None:
    dialog = shown(qtbot, shell, parent)
    dialog.choose("decision", "fr")
    path = tmp_path / "changed.docx"
    path.write_bytes(template("Bonjour {{ full_name }}"))
    dialog.take_file(path)
    qtbot.waitUntil(lambda: dialog._checking is None, timeout=30_000)
    assert text_of(templates.content(office, "decision", "fr")) == ["Bonjour {{ full_name }}"]
    dialog.choose("decision", "fr")
    assert dialog._remove.isEnabled()
    qtbot.mouseClick(dialog._remove, Qt.MouseButton.LeftButton)
    assert templates.find(office, "decision").changed == frozenset()


def test_one_with_a_mistake_is_not_kept_and_says_the_line(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget, tmp_path: Path
) -> None:
    dialog = shown(qtbot, shell, parent)
    dialog.choose("decision", "fr")
    path = tmp_path / "changed.docx"
    path.write_bytes(template("Bonjour {{ ful_name }}"))
    dialog.take_file(path)
    qtbot.waitUntil(lambda: dialog._checking is None, timeout=30_000)
    assert "Bonjour {{ ful_name }}" in said(dialog)
    assert templates.find(office, "decision").changed == frozenset()


def pressed(dialog: QDialog) -> int:
    """Whoever is asked presses the strong button."""
    dialog.accept()
    return dialog.result()


def test_a_word_document_that_is_dropped_is_added_under_the_name_that_is_typed(
    qtbot: QtBot,
    shell: Shell,
    office: Office,
    parent: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDialog, "exec", pressed)
    dialog = shown(qtbot, shell, parent)
    path = tmp_path / "Relance.docx"
    path.write_bytes(template("Bonjour {{ full_name }}"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(event)
    qtbot.waitUntil(lambda: dialog._checking is None, timeout=30_000)
    assert templates.templates(office)[-1].name == "Relance"


def test_a_field_is_found_by_its_words_and_copied(
    qtbot: QtBot, shell: Shell, parent: QWidget
) -> None:
    dialog = shown(qtbot, shell, parent)
    dialog._fields.findChild(QLineEdit).setText("passport expiry")
    fields = dialog._fields.findChild(QListWidget)
    dialog._fields._copy_item(fields.currentItem())
    assert QGuiApplication.clipboard().text() == "{{ passport_expiry }}"


def test_a_draft_has_its_subject_and_text_and_no_more_than_a_program_takes() -> None:
    url = draft_url("a@b.ca", (), "Votre dossier", "Bonjour,\n& fin")
    assert url is not None
    assert url.toEncoded().data() == (
        b"mailto:a@b.ca?subject=Votre%20dossier&body=Bonjour%2C%0D%0A%26%20fin"
    )
    assert draft_url("a@b.ca", (), "x", "y" * 3000) is None


def test_the_dialog_begins_with_the_letter_that_the_file_needs_and_keeps_the_last_one(
    qtbot: QtBot, shell: Shell, office: Office, parent: QWidget
) -> None:
    person = invite(office)
    dialog = asked(qtbot, shell, parent, person)
    assert dialog.form.value("template") == "invitation"
    decide(office, receive(office, person).application, "refused")
    told = asked(qtbot, shell, parent, person)
    assert told.form.value("template") == "decision"
    choose(told, qtbot, "appointment")
    told._boxes["files"].setChecked(False)
    told.submit()
    qtbot.waitUntil(lambda: not told.is_busy(), timeout=30_000)
    assert asked(qtbot, shell, parent, person).form.value("template") == "appointment"
