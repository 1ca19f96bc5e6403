# SPDX-License-Identifier: Apache-2.0
"""Asks which register on which server to open, and with whose password.

    ask_server(address=None, parent=None, *, today=None, settings=None, error=None)
        -> Reached | None      None when the user gives up
    open_server(address, …)    the same, asking only where the server wants a password
    kept_text()                what is said where the keyring did not keep a password

The password is in no address, no setting and no log: the system's keyring keeps it, if anything.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import passwords, places
from imp_plus_desktop.services.servers.places import ServerAddress
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs.fields import offer_to_show
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.servers.reaching import Reached, reach
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import error_text

NEEDED, REFUSED = "server_password_needed", "server_refused"
_FIELDS: Mapping[str, str] = {
    NEEDED: "password",
    REFUSED: "password",
    "server_without_register": "database",
    "older_on_server": "database",
    "newer": "database",
    "bad_database": "database",
}
"""Beside which field a failure is said; all others beside the server's."""
_ELSE = "host"


def open_server(
    address: ServerAddress,
    parent: QWidget | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    former: Office | None = None,
) -> Reached | None:
    """Open a register on a server, as the keyring or the `former` register knows its user, or
    after asking. None when the user gives up. Errors: as `bootstrap.open_office`, but for what
    concerns the user's password."""
    known: str | None = None
    if former is not None:
        today, settings = former.clock.day, former.settings
        known = former.known_password(address) or None
    try:
        return reach(address, known, parent, today=today, settings=settings)
    except StorageError as error:
        if error.code not in (NEEDED, REFUSED):
            raise
        return ask_server(address, parent, today=today, settings=settings, error=error)


def ask_server(
    address: ServerAddress | None = None,
    parent: QWidget | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    error: StorageError | None = None,
) -> Reached | None:
    """Ask for a register on a server, and open it."""
    return OpenServerDialog(address, parent, today=today, settings=settings, error=error).ask()


def kept_text() -> str:
    """That the keyring did not keep a password."""
    return _("The computer’s keyring did not keep the password; it will be asked for again.")


class OpenServerDialog(FormDialog[Reached]):
    """Server, database, user and password; it stays open until the register is."""

    _known = Signal(bool)

    def __init__(
        self,
        address: ServerAddress | None,
        parent: QWidget | None = None,
        *,
        today: date | None = None,
        settings: Settings | None = None,
        error: StorageError | None = None,
        has_keyring: bool | None = None,
    ) -> None:
        """`has_keyring` is asked of the computer where it is None."""
        super().__init__(
            _("The office’s register on a server"),
            _("Open the register"),
            parent,
            sentence=_("Whoever looks after the server tells you what to enter here."),
        )
        self._today, self._settings = today, settings
        form = self.form
        form.add_line("host", _("Server"), _("server.example"))
        form.add_line("database", _("Name of the register"))
        form.add_line("user", _("User"))
        password = form.add_line("password", _("Password"))
        offer_to_show(form, password)
        self._remember = form.add_check("remember", _("Remember the password on this computer"))
        for key in ("host", "database", "password", "remember"):
            form.let_finding_wrap(key)
        stands = address or _latest(settings)
        if stands is not None:
            host = places.told_host(stands)
            user = stands.user if address is not None else ""
            form.set_values({"host": host, "database": stands.database, "user": user})
        form.edited.connect(self._on_form_edited)
        self._first = "host" if stands is None else "user" if address is None else "password"
        form.focus_field(self._first)
        self._show_ok_for()
        if error is not None and error.code != NEEDED:
            self._show_beside(error)
        self.setMinimumWidth(theme.metrics().body * 40)
        if has_keyring is not None:
            self._on_keyring_known(has_keyring)
            return
        self._known.connect(self._on_keyring_known, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._look_for_keyring, name="keyring", daemon=True).start()

    def focus_start(self) -> None:
        self.form.focus_field(self._first)

    def is_changed(self) -> bool:
        """What was typed is asked for again in a moment: giving up takes one Escape."""
        return False

    def remember(self) -> QCheckBox:
        """The box that has the keyring keep the password."""
        return self._remember

    def submit(self) -> bool:
        form = self.form
        for key in set(_FIELDS.values()) | {_ELSE}:
            form.set_finding(key, Tone.PLAIN, "")
        try:
            address = places.address(form.value("host"), form.value("database"), form.value("user"))
            typed = self._password()
            # Without a word of it, what the keyring keeps stays as it is.
            asks = bool(typed) and self._remember.isEnabled()
            reached = reach(
                address,
                typed or None,
                self,
                today=self._today,
                settings=self._settings,
                remember=self._remember.isChecked() if asks else None,
            )
        except (InvalidInput, StorageError) as error:
            self._show_beside(error)
            return False
        if reached is None:  # stopped: all stays as it was typed
            return False
        self.answer = reached
        return True

    def _password(self) -> str:
        """What was typed, to the letter."""
        field = self.form.field("password")
        return field.text() if isinstance(field, QLineEdit) else ""

    def _show_beside(self, error: AppError) -> None:
        said = (
            _(
                "Enter the name of the server alone; its port may follow a colon, and a second "
                "server a comma."
            )
            if error.code == "bad_address"
            else error_text(error)
        )
        self.form.set_finding(_FIELDS.get(error.code, _ELSE), Tone.BAD, said)

    def _on_form_edited(self, key: str) -> None:
        if self.form.finding(key) and key != "remember":
            self.form.set_finding(key, Tone.PLAIN, "")
        self._show_ok_for()

    def _show_ok_for(self) -> None:
        self.set_ok_enabled(bool(self.form.value("host") and self.form.value("database")))

    def _look_for_keyring(self) -> None:
        """Asked away from the window: a keyring may be slow to answer."""
        is_there = passwords.is_possible()
        with suppress(RuntimeError):  # the dialog is gone meanwhile
            self._known.emit(is_there)

    def _on_keyring_known(self, is_there: bool) -> None:
        self._remember.setEnabled(is_there)
        if not is_there:
            said = _("This computer has no keyring that could keep it: it is asked for each time.")
            self._remember.setChecked(False)
            self.form.set_finding("remember", Tone.PLAIN, said)
            if self.isVisible():
                self.fit()


def _latest(settings: Settings | None) -> ServerAddress | None:
    """The server of which a register was opened last."""
    for told in () if settings is None else settings.recent_registers:
        with suppress(InvalidInput):
            place = places.place_of(told)
            if isinstance(place, ServerAddress):
                return place
    return None
