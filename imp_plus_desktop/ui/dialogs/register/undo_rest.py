# SPDX-License-Identifier: Apache-2.0
"""Undoing an act that is chosen in a list: whole, or, where others changed something since, only
after a question.

    take_back_listed(shell, parent, act, done)     `done` gets the `history.Undone`
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history.history import Undone
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.look.act_presenter import in_the_way_text
from imp_plus_desktop.ui.shell.shell import Shell


def take_back_listed(shell: Shell, parent: QWidget, act: int, done: Callable[[Any], None]) -> None:
    """Undo the act of this id, whoever made it. Nothing changes without a yes where a part of it
    stays because somebody has changed it since."""
    shell.take_back(act, partial(_on_tried, shell, parent, act, done), whole=True)


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
