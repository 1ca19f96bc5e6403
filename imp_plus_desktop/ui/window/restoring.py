# SPDX-License-Identifier: Apache-2.0
"""Restoring a copy in the window: it is looked at, what would change is shown, and a yes is asked.

    Restoring(window)
        begin(path)

Everything long goes to the tasks. Must not decide what a copy may be.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from imp_plus_desktop.domain.reads.prospects import Prospect
from imp_plus_desktop.domain.values.errors import DomainError, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.window.frame import Frame
from imp_plus_desktop.words.messages import error_text


class Restoring(QObject):
    """One restore, from the chosen file to the line in the status bar."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._shell = window.shell
        self._path = Path()
        self._key: str | None = None

    def begin(self, path: Path, key: str | None = None) -> None:
        """Look at a copy away from the window, then ask."""
        self._path, self._key = path, key
        office = self._shell.office

        def job(_progress: Progress) -> Any:
            return restoring.look(office, path, key)

        self._shell.start(_("Looking at the copy…"), job, self._on_looked, self._on_failed)

    def _on_looked(self, prospect: Prospect) -> None:
        from imp_plus_desktop.ui.dialogs.register.restore import RestoreDialog

        if not RestoreDialog(self._window, prospect).ask():
            return
        office, path, key = self._shell.office, self._path, self._key

        def job(_progress: Progress) -> Any:
            return restoring.restore(office, path, key, prospect.head)

        done = partial(self._on_restored, path)
        self._shell.start(_("Restoring…"), job, done, self._on_not_restored)

    def _on_not_restored(self, error: BaseException) -> None:
        """The yes was to what was shown: where somebody has written since, it is asked again."""
        if isinstance(error, DomainError) and error.code == "written_since":
            self._shell.say(error_text(error))
            self.begin(self._path, self._key)
        else:
            self._shell.reporter.report(error)

    def _on_failed(self, error: BaseException) -> None:
        from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog

        if not isinstance(error, StorageError) or not error.code.startswith("copy_key"):
            self._shell.reporter.report(error)
            return
        wrong = StorageError("copy_key_wrong") if self._key else None
        dialog = PassphraseDialog(
            self._path.name,
            wrong,
            self._window,
            title=_("Passphrase of the copy"),
            ok=_("Look at the copy"),
            sentence=_("{name} has another passphrase than the register. Enter the copy’s.").format(
                name=self._path.name
            ),
        )
        key = dialog.ask()
        if key is not None:
            self.begin(self._path, key)

    def _on_restored(self, path: Path, _act: object) -> None:
        self._key = None
        self._shell.changed(
            _("Restored: {name}. What was there before is kept as a copy.").format(name=path.name)
        )
