# SPDX-License-Identifier: Apache-2.0
"""Asks what to do where a register does not open: try again, its latest copy, another, a new one.

    ask_instead(path, error, …) -> Instead | None   None when the user gives up
    open_or_mend(path, parent, …)                   the same for one that is damaged, in the window
    bring_back(path, copy, today, settings)         the copy becomes the register

A register that is not there may be on a drive that is away: nothing is made in its place unasked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.mending.damaged import DamagedDialog, Instead, is_damaged
from imp_plus_desktop.ui.dialogs.register.opening import open_asking
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.shell.errors import offer_code
from imp_plus_desktop.words.messages import error_text


def open_or_mend(path: Path, parent: QWidget, *, former: Office, create: bool) -> Office | None:
    """As `open_asking`, in the window on another register; one that is damaged is asked about."""
    today, settings = former.clock.day, former.settings
    while True:
        try:
            return open_asking(path, parent, former=former, create=create)
        except StorageError as error:
            if not is_damaged(path, error):
                raise
            answer = DamagedDialog(path, error, today, settings, parent).ask()
        if answer is None:
            return None
        path, create = answer.path, answer.create
        if answer.copy is not None and not bring_back(path, answer.copy, today, settings):
            create = False


def ask_instead(
    path: Path, error: AppError, today: date | None, settings: Settings
) -> Instead | None:
    """Say why a register cannot be opened and ask what to do."""
    if is_damaged(path, error):
        return DamagedDialog(path, error, today, settings, begins=True).ask()
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("IMP+ Desktop")
    away = error.code == "not_found"
    box.setText(
        _("The register {name} is not there.").format(name=path.name)
        if away
        else _("The register cannot be opened.")
    )
    said = (
        _("It was last in {folder}. Is that drive or network connected?").format(folder=path.parent)
        if away
        else error_text(error)
    )
    box.setInformativeText(said)
    if not away:
        offer_code(box, error)
    again = box.addButton(_("Try again"), QMessageBox.ButtonRole.AcceptRole)
    copy = restoring.latest_copy(path) if error.code in restoring.REPLACEABLE else None
    back = None
    if copy is not None:
        back = box.addButton(_("Restore the latest copy"), QMessageBox.ButtonRole.ActionRole)
        set_tip(back, copy.name)
    other = box.addButton(_("Open another register…"), QMessageBox.ButtonRole.ActionRole)
    fresh = box.addButton(_("New register…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.exec()
    clicked = box.clickedButton()
    if clicked is again:
        return Instead(path)
    if back is not None and clicked is back:
        return Instead(path, copy=copy)
    if clicked is other:
        chosen = files.ask_register(box)
        return Instead(chosen) if chosen is not None else ask_instead(path, error, today, settings)
    if clicked is fresh:
        chosen = files.ask_new_register(box)
        return (
            Instead(chosen, create=True)
            if chosen is not None
            else ask_instead(path, error, today, settings)
        )
    return None


def bring_back(path: Path, copy: Path, today: date | None, settings: Settings) -> bool:
    """Let a copy take the place of a register that does not open; False when that failed."""
    key: str | None = None
    while True:
        try:
            restoring.bring_back(
                path, copy, passphrase="", given=key, clock=Clock(today), user=settings.user_name
            )
        except StorageError as error:
            if not error.code.startswith("copy_key"):
                _tell(error)
                return False
            wrong = StorageError("copy_key_wrong") if key else None
            key = PassphraseDialog(copy.name, wrong).ask()
            if key is None:
                return False
        else:
            return True


def _tell(error: StorageError) -> None:
    box = QMessageBox(
        QMessageBox.Icon.Warning, "IMP+ Desktop", error_text(error), QMessageBox.StandardButton.Ok
    )
    offer_code(box, error)
    box.exec()
