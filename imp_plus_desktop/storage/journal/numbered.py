# SPDX-License-Identifier: Apache-2.0
"""The numbers of one act: its own id, those of its rows, and its hash.

In steps they are asked for once nobody else writes. An act that goes to its engine whole has marks
for them until it is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imp_plus_desktop.domain.reads.touched import NOTHING, Touched
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.forms.on_form import OnForm
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.journal import ActHeader

if TYPE_CHECKING:
    from imp_plus_desktop.storage.engines.whole import Whole


class Numbered(OnForm):
    """What has an id, and gives ids to what it writes."""

    def __init__(
        self, db: Database, header: ActHeader, shown: Shown | None, own: Collection[int]
    ) -> None:
        super().__init__(db, shown, own)
        self.header = header
        self.id: ActId | None = None
        self.seal = b""
        """Its hash in the journal's chain: what tells it from any other act of the same id."""
        self.touched: Touched = NOTHING
        """What it touched, once it is kept."""
        self._whole: Whole | None = None
        self._reserved: int | None = None
        self._next: dict[str, int] = {}
        self._counted: Mapping[str, int] | None = None
        self._previous = b""  # the hash of the act before

    def alone(self) -> None:
        """See `Database.alone`."""
        self.db.alone()

    @property
    def whole(self) -> Whole | None:
        """What it is made of where it goes whole, at its end; see `Database.whole`."""
        if self.header.source_name is not None or self.header.undoes is not None:
            self.alone()
        self._whole = self.db.whole()
        return self._whole

    def undo_of(self, number: int) -> None:
        """Say which act this one takes back: known once nobody else can write."""
        self.alone()
        self.header = replace(self.header, undoes=number)

    def reserve(self) -> int:
        """The id that this act will have when it is kept."""
        if self._reserved is None:
            whole = self.whole
            if whole is not None:
                self._reserved = whole.new_id("act")
            else:
                self._reserved = self._count_ahead().get("act", 0) + 1
        return self._reserved

    def new_id(self, entity: str) -> int:
        """A fresh id, never used before, for a row of `entity` that is inserted later."""
        whole = self.whole
        if whole is not None:
            return whole.new_id(entity)
        if entity not in self._next:
            self._next[entity] = self._count_ahead().get(entity, 0) + 1
        number = self._next[entity]
        self._next[entity] += 1
        return number

    def new_ids(self, entity: str, count: int) -> range:
        """Fresh ids, like `new_id` for many rows."""
        self.alone()
        first = self.new_id(entity)
        self._next[entity] = first + count
        return range(first, first + count)

    def _count_ahead(self) -> Mapping[str, int]:
        """How far everything had counted, asked once: each question is a way to a server, or waits
        for the rows of a list that are on their way in."""
        if self._counted is None:
            self.db.alone()
            wanted = self.db.counters.all, partial(journal.head, self.db)
            self._counted, self._previous = self.db.together(*wanted)
        return self._counted

    def kept(self) -> None:
        """Take the numbers that it was given when it was kept."""
        whole = self._whole
        if whole is not None and self.id is not None:
            self.id, self.seal = ActId(whole.id), whole.seal
            self.touched = whole.touched(self.touched)
