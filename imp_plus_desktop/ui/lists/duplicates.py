# SPDX-License-Identifier: Apache-2.0
"""The search for files that may be one person, over the whole register.

    find_duplicates(shell, window)       looks for them, and shows what was found

Must not hold a rule.
"""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.duplicates.passport_pairs import LikelyPair
from imp_plus_desktop.ui.person.actions.office_actions import merge_files
from imp_plus_desktop.ui.shell.shell import Shell


def find_duplicates(shell: Shell, window: QWidget) -> None:
    """Look for files that may be one person, away from the window, and show what was found."""
    job, found = partial(_search, shell), partial(_show_found, shell, window)
    shell.start(_("Looking for duplicates…"), job, found)


def _search(shell: Shell, progress: Any) -> list[LikelyPair]:
    return merge_people.likely_duplicates(shell.office, progress)


def _show_found(shell: Shell, window: QWidget, pairs: list[LikelyPair]) -> None:
    from imp_plus_desktop.ui.dialogs.person.merge_people import DuplicatesDialog

    dialog = DuplicatesDialog(pairs, window)
    dialog.chosen.connect(partial(_compare, shell, window))
    dialog.open()


def _compare(shell: Shell, window: QWidget, left: int, right: int) -> None:
    stays = merge_files(shell, window, left, right)
    if stays is not None:
        shell.go("people", stays)
