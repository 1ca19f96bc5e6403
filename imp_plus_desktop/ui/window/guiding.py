# SPDX-License-Identifier: Apache-2.0
"""Opens the guide at the chapter of what somebody has before their eyes, and what else helps.

    show_guide(window, page)       the place of the page in front
    show_shortcuts(window), show_figures(window), show_support(window), show_about(window)
    show_health(window), show_verify(window)      how the register is, and what proves it
    tell_of_servers(window)        why what is only of a file is not offered on a server
    show_letter_templates(window)  beside the work
    show_privacy(window, what)     what whoever is in charge of personal information looks after

A dialog that waits lets nobody into other windows, so the guide that it asked for is its own and
goes with it. Whoever never asks loads nothing of the guides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from imp_plus_desktop.i18n import _, current_language

if TYPE_CHECKING:
    from imp_plus_desktop.ui.dialogs.guide.guide import GuideDialog
    from imp_plus_desktop.ui.window.frame import Frame


def show_guide(window: QWidget, page: str) -> None:
    """Bring the guide to the front, at the chapter of the dialog or the page that is there."""
    from imp_plus_desktop.ui.dialogs.dialog import Dialog
    from imp_plus_desktop.ui.dialogs.guide.guide import GuideDialog
    from imp_plus_desktop.ui.dialogs.guide.places import chapter_of_dialog, chapter_of_page

    front = QApplication.activeModalWidget() or QApplication.activeWindow()
    asking = front if isinstance(front, Dialog) else None
    if isinstance(asking, GuideDialog):
        return
    named = chapter_of_dialog(type(asking).__name__) if asking is not None else ""
    owner = asking if asking is not None and asking.isModal() else window
    guide = _opened(owner.findChildren(GuideDialog)) or GuideDialog(owner)
    guide.open_at(named or chapter_of_page(page))
    guide.show()
    guide.raise_()
    guide.activateWindow()


def _opened(guides: list[GuideDialog]) -> GuideDialog | None:
    """The guide that is open; one in another language makes room for a new one."""
    for one in guides:
        if one.isVisible() and one.language == current_language():
            return one
        one.close()
    return None


def show_shortcuts(window: Frame) -> None:
    """Every action that has keys."""
    from imp_plus_desktop.ui.dialogs.register.help import ShortcutsDialog

    ShortcutsDialog(window.menu_actions.table(), window).show()


def show_figures(window: Frame) -> None:
    """What verdicts, deadlines and fees stand on, with the sources."""
    from imp_plus_desktop.ui.dialogs.support.figures import FiguresDialog

    FiguresDialog(window.shell, window).show()


def show_support(window: Frame) -> None:
    """The report for whoever looks after the program."""
    from imp_plus_desktop.ui.dialogs.support.report import SupportDialog

    SupportDialog(window.shell, window).show()


def show_about(window: QWidget) -> None:
    """What the program is, and what it is made of."""
    from imp_plus_desktop.ui.dialogs.register.help import AboutDialog

    AboutDialog(window).show()


def show_letter_templates(window: Frame) -> None:
    """The templates of letters, beside the work."""
    from imp_plus_desktop.ui.dialogs.correspondence.letter_templates import LetterTemplatesDialog

    LetterTemplatesDialog(window.shell, window).show()


def show_health(window: Frame) -> None:
    """How well the register is, with what mends it."""
    from imp_plus_desktop.ui.dialogs.care.health import HealthDialog

    HealthDialog(window.shell, window.menu_actions.action, window).show()


def show_verify(window: Frame) -> None:
    """The head of the journal, and the whole check."""
    from imp_plus_desktop.ui.dialogs.care.verify import VerifyDialog

    VerifyDialog(window.shell, window).show()


def show_privacy(window: Frame, what: str) -> None:
    """A part of what whoever is in charge of personal information looks after."""
    from imp_plus_desktop.ui.dialogs.privacy.door import OPENS
    from imp_plus_desktop.ui.person.actions.open_file import HoldsFile

    page = window.current_page()
    file = page.file() if isinstance(page, HoldsFile) else None
    OPENS[what](window.shell, window, None if file is None else file.person)


def tell_of_servers(window: QWidget) -> None:
    """Say why a register on a server has no passphrase, and what of its copies."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("A register on a server"))
    box.setText(
        _(
            "This register lies on a server: each user’s password stands in place of a passphrase."
            " Whoever runs the server keeps copies of it, and the desks make one a day in the"
            " folder that an administrator of the register names."
        )
    )
    box.addButton(QMessageBox.StandardButton.Ok)
    box.open()
