# SPDX-License-Identifier: Apache-2.0
"""How a long call says how far it is and learns that the user has had enough. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from imp_plus_desktop.domain.classes import dataclass


class Progress(Protocol):
    """Told of each step; `step` raises `domain.errors.Cancelled` when the user stops the job."""

    def step(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Half:
    """The first or the second half of a long call, each with steps of its own."""

    whole: Progress
    second: bool = False

    def step(self, done: int, total: int) -> None:
        self.whole.step(done + total * self.second, total * 2)


def halves(progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """What both halves of a long call are told, where anything is."""
    return (None, None) if progress is None else (Half(progress), Half(progress, second=True))


def step_of(progress: Progress | None) -> Callable[[int, int], None] | None:
    """What a step is told by, where anything is."""
    return None if progress is None else progress.step
