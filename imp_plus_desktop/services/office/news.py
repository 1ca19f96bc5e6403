# SPDX-License-Identifier: Apache-2.0
"""What other desks have written to the register since one last looked.

Looking costs one pragma, whatever the register holds: SQLite keeps a number that changes with
another connection's commit. Only then is the journal's end read.
"""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.reads.touched import EVERYTHING, Touched
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.restoring import is_restore
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.history.touched import touched_after

FEW = 20
"""Acts that are read to be told; of more, their number is enough."""


@dataclass(frozen=True, slots=True)
class News:
    """What others did: the latest acts first, how many there are, and what they touched.

    Where the latest takes something back, `undone` is what; `again` is True where it brings that
    back. `replaced` is True when the journal is not the one that was read before: a copy was
    restored.
    """

    acts: tuple[ActRow, ...]
    count: int
    touched: Touched
    replaced: bool = False
    undone: ActRow | None = None
    again: bool = False


class Watch:
    """Looks at one register from the window's own thread."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._version = journal_reads.data_version(office.register)
        self._seen, self._seal = journal_reads.latest(office.register)
        self._end = self._seen
        self._behind = summary.behind(office)

    def lists_came_on(self) -> bool:
        """Whether somebody has brought the lists of who only reads to what they are now, since this
        was asked last: no act tells of it. Errors: StorageError."""
        before, self._behind = self._behind, summary.behind(self._office)
        return before != self._behind

    def grown(self) -> int | None:
        """The last act of the journal, whoever made it and whatever it changed, None where it is
        the one that this told of last. Errors: StorageError."""
        end, _seal = journal_reads.latest(self._office.register)
        if end == self._end:
            return None
        self._end = end
        return end

    def look(self) -> News | None:
        """What others wrote since the last look, None when nothing. Errors: StorageError."""
        register = self._office.register
        version = journal_reads.data_version(register)
        if version == self._version:
            return None
        self._version = version
        replaced = journal_reads.seal(register, self._seen) != self._seal
        own_restore = self._own_restore() if replaced else None
        if own_restore is not None:
            # What stood before went with the yes of whoever sits here.
            self._seen, replaced = own_restore, False
        since = 0 if replaced else self._seen
        # What a restore took away is in no count any more.
        made = [
            made.id
            for made in self._office.made
            if made.id > since and journal_reads.seal(register, made.id) == made.seal
        ]
        count = journal_reads.count_after(register, since) - len(made)
        latest = journal_reads.after(register, since, FEW + len(made)) if count > 0 else []
        self._seen, self._seal = journal_reads.latest(register)
        own = set(made)
        others = tuple(act for act in latest if act.id not in own)[:FEW]
        if replaced:
            return News(others[:1], 1, EVERYTHING, replaced=True)
        if not others:
            return None
        begin, steps = journal_reads.begin_of_chain(register, others[0].id)
        undone = journal_reads.act(register, begin) if steps else None
        touched = touched_after(register, since, own)
        return News(others, count, touched, undone=undone, again=steps % 2 == 0)

    def _own_restore(self) -> int | None:
        """The restore of this office that put another journal in the place of the one seen."""
        register = self._office.register
        for made in reversed(self._office.made):
            if made.id <= self._seen:
                return None
            row = journal_reads.act(register, made.id)
            if row is not None and is_restore(row):
                return made.id if journal_reads.seal(register, made.id) == made.seal else None
        return None
