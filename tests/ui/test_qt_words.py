# SPDX-License-Identifier: Apache-2.0
"""What Qt itself says in its dialogs is French in a French window, word for word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.ui.dialogs.register.welcome import Begin, Welcome, WelcomeDialog, ask_welcome
from imp_plus_desktop.ui.shell import translations
from imp_plus_desktop.ui.window import app as starting

# Shown nowhere: names of fonts, and names of keys that are read and not written.
# The names of kinds of files come from the system, in its language.
UNSEEN = frozenset({"QFontDatabase", "QMimeType", "QShortcut", "QProgressBar"})


class Asked(QTranslator):
    """Notes what Qt asks to have translated, and answers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[tuple[str, str, str | None]] = set()

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        self.words.add((context, source, disambiguation))
        return None


@pytest.fixture
def french(qapp: QApplication) -> Iterator[QApplication]:
    before = i18n.current_language()
    i18n.use("fr")
    translations.load_qt_words(qapp)
    yield qapp
    i18n.use(before)
    translations.load_qt_words(qapp)


def file_dialog(folder: Path) -> QFileDialog:
    dialog = QFileDialog(None, "", str(folder), "Liste (*.xlsx *.csv)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    return dialog


def everything_of_qt(folder: Path, printer: QPrinter) -> Iterator[QWidget]:
    """Each dialog of Qt's own that the program opens, and each widget with a menu of its own."""
    yield file_dialog(folder)
    saving = file_dialog(folder)
    saving.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    yield saving
    yield from (kind(printer) for kind in (QPrintDialog, QPageSetupDialog, QPrintPreviewDialog))
    buttons = QMessageBox.StandardButton(0x07FFFC00)
    yield QMessageBox(QMessageBox.Icon.Warning, "", "", buttons)
    details = QMessageBox()
    details.setDetailedText("…")
    yield details
    for kind in (QLineEdit, QPlainTextEdit, QTextBrowser):
        field = kind()
        field.createStandardContextMenu()
        yield field
    yield from (QSpinBox(), QComboBox(), QCalendarWidget())


@pytest.mark.qt_log_ignore("Cannot be used on non-native printers", extend=True)
def test_nothing_that_qt_says_in_its_own_dialogs_is_left_in_english(
    french: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "Dossier").mkdir()
    asked, printer = Asked(), QPrinter()
    # Asked first, since it came last.
    french.installTranslator(asked)
    try:
        shown = list(everything_of_qt(tmp_path, printer))
        for widget in shown:
            widget.show()
            french.processEvents()
    finally:
        french.removeTranslator(asked)
    for widget in shown:
        widget.close()
    assert len(asked.words) > 100, "Qt was listened to"

    own = [one for one in french.findChildren(QTranslator) if one is not asked]
    left = [
        (context, text)
        for context, text, hint in sorted(asked.words, key=str)
        if context not in UNSEEN
        and not any(one.translate(context, text, hint or "") for one in own)
    ]
    assert left == []


def test_the_dialog_of_files_says_in_french_where_one_looks_and_for_which_kind(
    french: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "Permis").mkdir()
    dialog = file_dialog(tmp_path)
    dialog.show()
    said = {label.text() for label in dialog.findChildren(QLabel)}
    dialog.close()
    assert {"&Regarder dans\N{NO-BREAK SPACE}:", "Fichiers de &type\N{NO-BREAK SPACE}:"} <= said
    tree = dialog.findChild(QTreeView)
    assert tree is not None
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "Dossier"


def test_english_words_of_qt_are_qts_own_again_once_english_is_chosen(
    french: QApplication, tmp_path: Path
) -> None:
    i18n.use("en")
    translations.load_qt_words(french)
    dialog = file_dialog(tmp_path)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"&Look in:", "Files of &type:"} <= said


def test_what_is_asked_before_there_is_a_window_has_buttons_of_the_language(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that is away, or encrypted, is asked about first."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    seen: list[str] = []

    def looked(*_args: object) -> None:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        seen.append(box.buttons()[0].text())

    monkeypatch.setattr(starting, "_open", looked)
    monkeypatch.setattr(starting, "QApplication", lambda _argv: qapp)
    before = i18n.current_language()
    try:
        for language in ("fr", "en"):
            starting.run_window(["--lang", language, "--register", str(tmp_path / "a.imp")])
    finally:
        i18n.use(before)
        translations.load_qt_words(qapp)
    assert seen == ["Annuler", "Cancel"]


def test_another_language_at_the_very_first_start_is_qts_too(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [Welcome(Begin.OWN, "fr", "Zoé", again=True), Welcome(Begin.OWN, "fr", "Zoé")]
    seen: list[str] = []

    def answered(_dialog: WelcomeDialog) -> Welcome:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        seen.append(box.buttons()[0].text())
        return answers.pop(0)

    monkeypatch.setattr(WelcomeDialog, "ask", answered)
    before = i18n.current_language()
    try:
        translations.speak("en")
        ask_welcome("Zoé")
    finally:
        translations.speak(before)
    assert seen == ["Cancel", "Annuler"]
