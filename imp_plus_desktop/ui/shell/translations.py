# SPDX-License-Identifier: Apache-2.0
"""Qt's own words (buttons, menus of text fields, file dialogs) in the language of the program.

    load_qt_words(app)      has Qt speak the language in use, and no other

Must not hold a sentence of the program: those are in the gettext catalogues.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.i18n import current_language

# Canadian conventions in both languages; Qt falls back to the language's general catalogue.
_LOCALES = {"fr": "fr_CA", "en": "en_CA"}
_OURS = "words of Qt"


def load_qt_words(app: QApplication) -> None:
    """Have Qt speak the language in use; what an earlier call loaded goes."""
    for former in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(former)
        former.deleteLater()
    locale = QLocale(_LOCALES[current_language()])
    QLocale.setDefault(locale)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    translator.setObjectName(_OURS)
    # English is what Qt speaks without a catalogue.
    if translator.load(locale, "qtbase", "_", folder):
        app.installTranslator(translator)
