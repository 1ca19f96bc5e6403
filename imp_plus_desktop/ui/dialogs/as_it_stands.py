# SPDX-License-Identifier: Apache-2.0
"""An entry of a file as the register has it by now: a page may be two seconds behind."""

from collections.abc import Iterable
from typing import Any, TypeVar

E = TypeVar("E", bound=Any)


def as_it_stands(entries: Iterable[E], given: E | None) -> E | None:
    """The same entry among those of the file; the one given where it has gone from there."""
    if given is None:
        return None
    return next((entry for entry in entries if entry.id == given.id), given)
