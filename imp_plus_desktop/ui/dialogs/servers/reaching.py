# SPDX-License-Identifier: Apache-2.0
"""Opens a register on a server away from the window; whoever waits can stop it.

    reach(address, password, parent=None, *, today=None, settings=None, remember=None)
        -> Reached | None      None when it was stopped

A server that answers at once is opened without a word of it on the screen.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import Cancelled
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import passwords
from imp_plus_desktop.services.servers.places import ServerAddress
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label

_AT_ONCE = 0.1
"""Seconds that nobody notices."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The open register; `is_kept` tells whether the keyring did what was asked of it."""

    office: Office
    is_kept: bool = True


def reach(
    address: ServerAddress,
    password: str | None,
    parent: QWidget | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    remember: bool | None = None,
) -> Reached | None:
    """Open a register; None for a password takes what the keyring keeps. Where it opens, the
    keyring is to `remember` the password, or to forget it. Errors: as `bootstrap.open_office`."""
    opening = Opening(address, password, today, settings, remember)
    opening.start()
    if not opening.ends_within(_AT_ONCE) and not ReachingDialog(opening, parent).ask():
        return None
    if opening.error is not None:
        raise opening.error
    return opening.reached


class Opening:
    """One attempt, in a thread of its own: the driver cannot be stopped while it waits for a
    server, and nobody has to wait for it to give up."""

    def __init__(
        self,
        address: ServerAddress,
        password: str | None,
        today: date | None = None,
        settings: Settings | None = None,
        remember: bool | None = None,
    ) -> None:
        self.address = address
        self.reached: Reached | None = None
        self.error: BaseException | None = None
        self._password, self._today, self._settings = password, today, settings
        self._remember = remember
        self._is_given_up = False
        self._dialog: ReachingDialog | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ends_within(self, seconds: float) -> bool:
        """Wait that long for its end."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def tell(self, dialog: ReachingDialog) -> None:
        """Tell a dialog of the end, also where that has come already."""
        with self._lock:
            self._dialog = dialog
            if self.reached is None and self.error is None:
                return
        dialog.ended.emit()

    def give_up(self) -> None:
        """Keep nothing of it."""
        with self._lock:
            self._is_given_up, self._dialog = True, None

    def _run(self) -> None:
        try:
            reached: Reached | None = self._opened()
            error: BaseException | None = None
        except BaseException as failure:  # handed to the window, not lost
            reached, error = None, failure
        with self._lock:
            self.reached, self.error = reached, error
            if self._dialog is not None:
                with suppress(RuntimeError):  # it is gone meanwhile
                    self._dialog.ended.emit()

    def _opened(self) -> Reached:
        address = self.address
        password = passwords.kept(address) if self._password is None else self._password
        office = open_office(address, today=self._today, settings=self._settings, password=password)
        office.release()  # the window's thread has a connection of its own
        if self._is_given_up:
            raise Cancelled
        is_kept = True
        if self._remember is True:
            is_kept = passwords.keep(address, password)
        elif self._remember is False:
            passwords.forget(address)
        return Reached(office, is_kept)


class ReachingDialog(Dialog[bool]):
    """Says that the server is asked, until it answers."""

    ended = Signal()

    def __init__(self, opening: Opening, parent: QWidget | None = None) -> None:
        super().__init__(_("Opening a register"), parent)
        self._opening = opening
        said = _("Asking the server: {name}…").format(name=opening.address.told)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        set_name(bar, said)
        self.stop = button(_("Stop"))
        self.stop.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(label(said, wrap=True))
        column.addWidget(bar)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(theme.metrics().body * 28)
        self.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        opening.tell(self)

    def reject(self) -> None:
        """Wait no more; what comes of it later is let go of."""
        self._opening.give_up()
        super().reject()

    def _on_ended(self) -> None:
        self.finish(True)
