# SPDX-License-Identifier: Apache-2.0
"""What one desk tells the others of an act: which rows it touched, in a few words; and that it is
there itself.

Notice(act, touched, is_own)     written(act, touched) -> str, read(text, is_own) -> Notice
OF_A_DESK                        a notice that tells of no act: who is there, or what is taken on
"""

from __future__ import annotations

import json
from typing import NamedTuple, Protocol

from imp_plus_desktop.domain.reads.desks import Around
from imp_plus_desktop.domain.reads.touched import EVERYTHING, NOTHING, Touched, of_rows

MOST_BYTES = 7_500
"""A server takes a little more."""


class Notice(NamedTuple):
    """An act of a desk. `is_own`: it was this program's own."""

    act: int
    touched: Touched
    is_own: bool


LISTS = '{"act":-1}'
"""The words of what lists show and no act has changed: who only reads has them from others."""
OF_A_DESK = Notice(0, NOTHING, is_own=False)


class Notices(Protocol):
    """Tells of acts as they are kept, on a connection of its own."""

    def fileno(self) -> int:
        """The socket that can be read when there is something to take. Errors: as `take`."""

    def take(self) -> list[Notice]:
        """What came since. Errors: StorageError server_lost; then another one must be asked for,
        and whatever happened in between be looked for."""

    def sign(self, person: int | None) -> Around:
        """Say that one is there, with a file open or none, and return who else is. Errors:
        StorageError server_lost; format_changed, where the register is another one's by now."""

    def looked_at(self, person: int) -> bool:
        """Record that a file was opened; not while somebody writes. Errors: as `take`."""

    def close(self) -> None:
        """Listen no more, and say so where a sign was given."""


def written(act: int, touched: Touched) -> str:
    """The words of an act."""
    told: dict[str, object] = {"act": act}
    if not touched.everything and touched.named:
        told["ids"] = {kind: sorted(ids) for kind, ids in sorted(touched.ids.items())}
        told["people"] = sorted(touched.people)
    text = json.dumps(told, separators=(",", ":"))
    return text if len(text) <= MOST_BYTES else json.dumps({"act": act})


def read(text: str, *, is_own: bool) -> Notice:
    """What was written; whatever else was told may concern everything."""
    try:
        told = json.loads(text)
        act = int(told["act"])
        if "ids" not in told:
            return Notice(act, EVERYTHING, is_own)
        ids = {str(kind): frozenset(map(int, some)) for kind, some in told["ids"].items()}
        return Notice(act, of_rows(ids, frozenset(map(int, told["people"]))), is_own)
    except (ValueError, TypeError, LookupError, AttributeError):
        return Notice(0, EVERYTHING, is_own)
