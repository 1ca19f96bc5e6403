# SPDX-License-Identifier: Apache-2.0
"""What becomes of each column of a list: taken, kept with the import only, or of no account.

Works on a layout and on which columns hold anything. Decides nothing about a value.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from imp_plus_desktop.exchange.columns.layout import Layout

TAKEN, ARCHIVED, IGNORED = "taken", "archived", "ignored"


class ColumnFate(NamedTuple):
    """What becomes of a column (from 0).

    `fate`: taken, into the `field`; archived, its values stay in the file that is kept with the
    import; ignored, it holds no value. An archived column with a `field` was understood, and its
    kind of list has no place for it.
    """

    column: int
    header: str
    field: str | None
    fate: str

    @property
    def goes_nowhere(self) -> bool:
        """Whether it holds values that mean nothing to the register."""
        return self.fate == ARCHIVED and self.field is None

    @property
    def is_lost(self) -> bool:
        """Whether values were understood and could not be taken."""
        return self.fate == ARCHIVED and self.field is not None


def fates(layout: Layout, filled: Container[int], width: int) -> tuple[ColumnFate, ...]:
    """The fate of every column of a list that is `width` columns wide, from the left.

    `filled` are those among the columns that go nowhere which hold a value.
    """
    taken = {match.column: match for match in layout.columns}
    refused = {match.column: match.field for match in layout.refused}
    headers = dict(layout.unmapped)
    everything = {*taken, *headers, *(at for at in range(width) if at in filled)}
    return tuple(
        ColumnFate(at, taken[at].header, taken[at].field, TAKEN)
        if at in taken
        else ColumnFate(
            at, headers.get(at, ""), refused.get(at), ARCHIVED if at in filled else IGNORED
        )
        for at in sorted(everything)
    )
