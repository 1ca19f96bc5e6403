# SPDX-License-Identifier: Apache-2.0
"""How a long call says how far it is and learns that the user has had enough. Knows no Qt."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step; `step` raises `domain.errors.Cancelled` when the user stops the job."""

    def step(self, done: int, total: int) -> None: ...
