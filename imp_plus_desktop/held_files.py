# SPDX-License-Identifier: Apache-2.0
"""Renames and removes files that another program may be holding for a moment.

On Windows a virus scanner or a backup agent that reads a new file keeps it from being renamed,
replaced or removed, mostly for less than a second. Elsewhere nothing is held, and nothing waits.
Stands under every layer and knows nothing of what a file is for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

PATIENCE = 2.0
"""Seconds until a file counts as held for good."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.25
_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION = 5, 32, 33
"""Windows' own numbers; a file that is about to go denies access too."""
_HELD = frozenset({_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION})


def is_held(error: OSError) -> bool:
    """Whether an error may be gone in a moment: another program has the file open."""
    return getattr(error, "winerror", None) in _HELD


def patiently(work: Callable[[], object], patience: float = PATIENCE) -> None:
    """Do something with a file, again while another program holds it, `patience` seconds at most.

    Raises OSError: at once where nobody holds the file, else the last one.
    """
    given_up = time.monotonic() + patience
    pause = _FIRST_PAUSE
    while True:
        try:
            work()
        except OSError as error:
            if not is_held(error) or time.monotonic() + pause > given_up:
                raise
        else:
            return
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def replace(new: Path, target: Path) -> None:
    """Give a file another's name, in whose place it stands from then on. Raises OSError."""
    patiently(lambda: new.replace(target))


def rename(new: Path, target: Path) -> None:
    """Give a file another's name. On Windows, unlike `replace`, never one that somebody has.
    Raises OSError."""
    patiently(lambda: new.rename(target))


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises OSError."""
    patiently(lambda: path.unlink(missing_ok=True))


def remove_all(paths: Iterable[Path], patience: float = PATIENCE) -> list[Path]:
    """Remove files; answers those that another program still held in the end, or that could not
    be removed for another reason. No more than `patience` seconds are spent on all of them."""
    given_up = time.monotonic() + patience
    stayed = []
    for path in paths:
        left = max(given_up - time.monotonic(), 0.0)
        try:
            patiently(lambda path=path: path.unlink(missing_ok=True), left)  # type: ignore[misc]
        except OSError:
            stayed.append(path)
    return stayed
