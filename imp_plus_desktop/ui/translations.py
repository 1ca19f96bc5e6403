# SPDX-License-Identifier: Apache-2.0
"""Qt's own words (buttons, menus of text fields, file dialogs) in the language of the program.

    load_qt_words(app, former) -> the translators now in use, to be handed in at the next change

Must not hold a sentence of the program: those are in the gettext catalogues.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.i18n import current_language

# Canadian conventions in both languages; Qt falls back to the language's general catalogue.
_LOCALES = {"fr": "fr_CA", "en": "en_CA"}


def load_qt_words(app: QApplication, former: Sequence[QTranslator]) -> list[QTranslator]:
    """Have Qt speak the language in use; `former` are the translators of the last call."""
    for translator in former:
        app.removeTranslator(translator)
    locale = QLocale(_LOCALES[current_language()])
    QLocale.setDefault(locale)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    if not translator.load(locale, "qtbase", "_", folder):
        return []  # English is what Qt speaks without one
    app.installTranslator(translator)
    return [translator]
