# SPDX-License-Identifier: Apache-2.0
"""How a long call says how far it is and learns that the user has had enough. Knows no Qt."""

from __future__ import annotations

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
