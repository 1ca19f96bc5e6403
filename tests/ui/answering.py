# SPDX-License-Identifier: Apache-2.0
"""Somebody who answers the dialog that asks where two desks have changed the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.ui.dialogs.meeting.meeting import MeetingDialog

Answer = Callable[[MeetingDialog], object]


class Answering:
    """Gives the answers that wait, one to each dialog; what was asked is in `asked`."""

    def __init__(self) -> None:
        self.asked: list[Sequence[Meeting]] = []
        self.waiting: list[Answer] = []
        self.otherwise: Answer = go_back
        self._answered: MeetingDialog | None = None
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, MeetingDialog) or dialog is self._answered:
            return
        self._answered = dialog
        self.asked.append(dialog.meetings())
        answer = self.waiting.pop(0) if self.waiting else self.otherwise
        answer(dialog)


def go_back(dialog: MeetingDialog) -> None:
    dialog.reject()


def theirs(dialog: MeetingDialog) -> None:
    dialog.accept()


def mine(*fields: str) -> Answer:
    """Choose mine for these fields, or for all of them."""

    def answer(dialog: MeetingDialog) -> None:
        for one in dialog.meetings() if not fields else ():
            dialog.choose_mine(one.field)
        for field in fields:
            dialog.choose_mine(field)
        dialog.accept()

    return answer


def back_then_mine() -> Answer:
    """Whoever goes back to the form the first time, and keeps what is typed the next time."""
    seen: list[object] = []

    def answer(dialog: MeetingDialog) -> None:
        key = [(one.entity, one.number, one.field, one.act) for one in dialog.meetings()]
        if key in seen:
            mine()(dialog)
        else:
            seen.append(key)
            go_back(dialog)

    return answer


@pytest.fixture
def answering(qtbot: object) -> Iterator[Answering]:
    made = Answering()
    yield made
    made.stop()
