# SPDX-License-Identifier: Apache-2.0
"""Qt's own words (buttons, menus of text fields, file dialogs) in the language of the program.

    speak(language)         the program and Qt speak a language from now on
    load_qt_words(app)      has Qt speak the language in use, and no other

Qt's catalogue comes with it; what that one has not yet translated stands here.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.i18n import N_, _, current_language, use

# Canadian conventions in both languages; Qt falls back to the language's general catalogue.
_LOCALES = {"fr": "fr_CA", "en": "en_CA"}
_OF_QT = "en"
"""What Qt speaks without a catalogue."""
_OURS = "words of Qt"
_LEFT_OPEN = frozenset(
    {
        # Where a file is, and of which kind, in Qt's own dialog of files.
        ("QFileDialog", N_("&Look in:")),
        ("QFileDialog", N_("Files of &type:")),
        ("QAbstractFileIconProvider", N_("Folder")),
        ("QAbstractFileIconProvider", N_("File Folder")),
        ("QAbstractFileIconProvider", N_("File")),
        ("QAbstractFileIconProvider", N_("%1 File")),
        ("QAbstractFileIconProvider", N_("Drive")),
        ("QAbstractFileIconProvider", N_("Shortcut")),
        # On paper: what is printed of a document, and how.
        ("QPrintSettingsOutput", N_("Page &Set:")),
        ("QPageSetupWidget", N_("Page &order:")),
        ("QPageSetupWidget", N_("Pages &per sheet:")),
        ("QCupsJobWidget", N_("Scheduled &printing:")),
        ("QCupsJobWidget", N_("&Billing information:")),
        ("QCupsJobWidget", N_("Job &priority:")),
        ("QCupsJobWidget", N_("&Start:")),
        ("QCupsJobWidget", N_("&End:")),
    }
)
"""By the class that says it, what Qt's French catalogue lacks: seen in its dialogs, one by one."""


class _WordsLeftOpen(QTranslator):
    """Answers, in the language in use, what Qt's own catalogue leaves in English."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:  # None has Qt look further
        return _(source) if (context, source) in _LEFT_OPEN else None


def speak(language: str) -> None:
    """Speak a language from now on; what Qt says goes with it."""
    use(language)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        load_qt_words(app)


def load_qt_words(app: QApplication) -> None:
    """Have Qt speak the language in use; what an earlier call loaded for another one goes."""
    language = current_language()
    if app.property(_OURS) == language:
        return
    app.setProperty(_OURS, language)
    for former in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(former)
        former.deleteLater()
    locale = QLocale(_LOCALES[language])
    QLocale.setDefault(locale)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # The latest is asked first: what Qt's own catalogue knows is answered without ours.
    if language != _OF_QT:
        _install(app, _WordsLeftOpen(app))
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", folder):
        _install(app, translator)


def _install(app: QApplication, translator: QTranslator) -> None:
    translator.setObjectName(_OURS)
    app.installTranslator(translator)
