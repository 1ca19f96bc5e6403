# SPDX-License-Identifier: Apache-2.0
"""Asks what to do where a register does not open: try again, its latest copy, another, a new one.

    ask_instead(place, error, …) -> Instead | None  None when the user gives up
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
from imp_plus_desktop.services.servers.places import Place, ServerAddress
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
        assert isinstance(answer.path, Path)
        path, create = answer.path, answer.create
        if answer.copy is not None and not bring_back(path, answer.copy, today, settings):
            create = False


def ask_instead(
    place: Place, error: AppError, today: date | None, settings: Settings
) -> Instead | None:
    """Say why a register cannot be opened and ask what to do."""
    if isinstance(place, Path) and is_damaged(place, error):
        return DamagedDialog(place, error, today, settings, begins=True).ask()
    while True:
        answer = _ask(place, error)
        if answer is not _OTHER:
            return answer
        chosen = _another(place, today, settings)
        if chosen is not None:
            return chosen


_OTHER = Instead(Path())
"""Another register, which is asked for."""


def _ask(place: Place, error: AppError) -> Instead | None:
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("IMP+ Desktop")
    _say_why(box, place, error)
    again = box.addButton(_("Try again"), QMessageBox.ButtonRole.AcceptRole)
    back, copy = None, None
    if isinstance(place, Path) and error.code in restoring.REPLACEABLE:
        copy = restoring.latest_copy(place)
    if copy is not None:
        back = box.addButton(_("Restore the latest copy"), QMessageBox.ButtonRole.ActionRole)
        set_tip(back, copy.name)
    other = box.addButton(_("Open another register…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.exec()
    clicked = box.clickedButton()
    if clicked is other:
        return _OTHER
    if back is not None and clicked is back:
        return Instead(place, copy=copy)
    return Instead(place) if clicked is again else None


def _another(place: Place, today: date | None, settings: Settings) -> Instead | None:
    """Ask which other register; None to go back."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("IMP+ Desktop")
    box.setText(_("Which register is to be opened?"))
    file = box.addButton(_("A file…"), QMessageBox.ButtonRole.ActionRole)
    server = box.addButton(_("On a server…"), QMessageBox.ButtonRole.ActionRole)
    fresh = box.addButton(_("New register…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("Back"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(file)
    box.exec()
    clicked = box.clickedButton()
    if clicked is server:
        from imp_plus_desktop.ui.dialogs.servers.open_server import ask_server

        address = place if isinstance(place, ServerAddress) else None
        reached = ask_server(address, today=today, settings=settings)
        return None if reached is None else Instead(reached.office.place, office=reached.office)
    if clicked is not file and clicked is not fresh:
        return None
    ask = files.ask_register if clicked is file else files.ask_new_register
    chosen = ask(box)
    return None if chosen is None else Instead(chosen, create=clicked is fresh)


def _say_why(box: QMessageBox, place: Place, error: AppError) -> None:
    if isinstance(place, Path) and error.code == "not_found":
        box.setText(_("The register {name} is not there.").format(name=place.name))
        said = _("It was last in {folder}. Is that drive or network connected?")
        box.setInformativeText(said.format(folder=place.parent))
        return
    box.setText(
        _("The register cannot be opened.")
        if isinstance(place, Path)
        else _("The register {name} cannot be opened.").format(name=place.told)
    )
    box.setInformativeText(error_text(error))
    offer_code(box, error)


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
    box.setEscapeButton(QMessageBox.StandardButton.Ok)
    box.exec()
