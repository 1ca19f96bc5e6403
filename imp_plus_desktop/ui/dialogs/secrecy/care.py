# SPDX-License-Identifier: Apache-2.0
"""What the menu does about the register's passphrase.

change_passphrase(shell, parent, how)     and says what that leaves under the former one
print_recovery_key(shell, parent)         asks for the passphrase again, then shows the page
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.dialogs.secrecy.new_passphrase import NewPassphraseDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.paper.paper import Line, Paper, Part, Table
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.passphrase_texts import recovery_lines


class PassphraseToldDialog(BesideDialog):
    """What a change of passphrase did, to be read before anything else is done."""

    def __init__(
        self,
        lines: list[str],
        parent: QWidget | None = None,
        print_key: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(_("Passphrase"), parent, heading=lines[0])
        for line in lines[1:]:
            self.column.addWidget(label(line, wrap=True))
        self.key: QPushButton | None = None
        if print_key is not None:
            self.key = button(_("Print the recovery key…"))
            self.key.clicked.connect(self.accept)
            self.key.clicked.connect(print_key)
            self.column.addWidget(self.key, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_close()
        self.fit(theme.metrics().body * 34)


def change_passphrase(shell: Shell, parent: QWidget, how: str) -> None:
    """Ask, write the register anew, and say what is under which key now."""
    lines = NewPassphraseDialog(shell, how, parent).ask()
    if lines is not None:
        shell.changed()
        shell.state_changed()
        key = partial(print_recovery_key, shell, parent) if shell.office.is_encrypted else None
        PassphraseToldDialog(lines, parent, key).show()


def print_recovery_key(shell: Shell, parent: QWidget) -> None:
    """Put the register's own key on paper; it is in no file."""
    wrong: StorageError | None = None
    while True:
        typed = PassphraseDialog(
            shell.office.register_path.name,
            wrong,
            parent,
            title=_("Print the recovery key"),
            ok=_("Show the page"),
            sentence=_(
                "The recovery key opens the register where its passphrase is lost. Enter the"
                " passphrase once more."
            ),
        ).ask()
        if typed is None:
            return
        try:
            key = passphrases.recovery_key(shell.office, typed)
            break
        except StorageError as error:
            wrong = error
    shell.changed()
    from imp_plus_desktop.ui.dialogs.register.paper import put_on_paper

    put_on_paper(shell, parent, recovery_paper(shell, key))


def recovery_paper(shell: Shell, key: str) -> Paper:
    """The page with the key: a line a group, so that each is easily found again."""
    groups = tuple((str(number), group) for number, group in enumerate(key.split("-"), 1))
    about = _("Printed on {day}").format(day=format_day(shell.today()))
    return Paper(
        _("Recovery key"),
        f"{shell.office.register_path.name} · {about}",
        (
            Part(lines=tuple(map(Line, recovery_lines()))),
            Part(table=Table((_("Group"), _("Signs")), groups)),
        ),
        name=_("recovery-key"),
    )
