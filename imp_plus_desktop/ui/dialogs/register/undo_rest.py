# SPDX-License-Identifier: Apache-2.0
"""Undoing an act that is chosen in a list: whole, or, where others changed something since, only
after a question. Somebody else's act is named with who made it before it is taken back.

    take_back_listed(shell, parent, act, done)     `done` gets the `history.Undone`
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.history.history import Undone
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.look.act_presenter import in_the_way_text
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import act_text


def take_back_listed(shell: Shell, parent: QWidget, act: int, done: Callable[[Any], None]) -> None:
    """Undo the act of this id. Nothing changes without a yes where somebody else made it, or where
    a part of it stays because somebody has changed it since."""
    if not _is_meant(shell, parent, act):
        return
    shell.take_back(act, partial(_on_tried, shell, parent, act, done), whole=True)


def _is_meant(shell: Shell, parent: QWidget, act: int) -> bool:
    """Whether an act is one's own, or is to be taken back although it is somebody else's."""
    row = history.act_row(shell.office, act)
    if row is None or row.who == shell.office.user:
        return True
    if not history.is_ones_to_undo(shell.office, row):
        return True  # the register says no, and why
    sentence = _("{who} did this: {act}. It would be undone at every desk.")
    question = Question(
        parent,
        _("Undo what {who} did?").format(who=row.who),
        sentence.format(who=row.who, act=act_text(row)),
        _("Undo it"),
        _("Leave it"),
    )
    return bool(question.ask())


def _on_tried(
    shell: Shell, parent: QWidget, act: int, done: Callable[[Any], None], undone: Undone
) -> None:
    if not undone.stopped:
        done(undone)
        return
    sentence = _("{why} That would stay as it is now; all the rest would be undone.")
    question = Question(
        parent,
        _("Undo the rest?"),
        sentence.format(why=in_the_way_text(undone.newer)),
        _("Undo the rest"),
        _("Leave everything"),
    )
    if question.ask():
        shell.take_back(act, done)
