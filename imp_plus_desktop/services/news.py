# SPDX-License-Identifier: Apache-2.0
"""What other desks have written to the register since one last looked.

Looking costs one pragma, whatever the register holds: SQLite keeps a number that changes with
another connection's commit. Only then is the journal's end read.
"""

from __future__ import annotations

from dataclasses import dataclass

from imp_plus_desktop.domain.rows import ActRow
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import acts as journal_reads

FEW = 20
"""Acts that are read to be told; of more, their number is enough."""


@dataclass(frozen=True, slots=True)
class News:
    """What others did: the latest acts first, and how many there are.

    Where the latest takes something back, `undone` is what; `again` is True where it brings that
    back. `replaced` is True when the journal is not the one that was read before: a copy was
    restored.
    """

    acts: tuple[ActRow, ...]
    count: int
    replaced: bool = False
    undone: ActRow | None = None
    again: bool = False


class Watch:
    """Looks at one register from the window's own thread."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._version = journal_reads.data_version(office.register)
        self._seen, self._seal = journal_reads.latest(office.register)

    def look(self) -> News | None:
        """What others wrote since the last look, None when nothing. Errors: StorageError."""
        register = self._office.register
        version = journal_reads.data_version(register)
        if version == self._version:
            return None
        self._version = version
        replaced = journal_reads.seal(register, self._seen) != self._seal
        since = 0 if replaced else self._seen
        made = [made.id for made in self._office.made if made.id > since]
        count = journal_reads.count_after(register, since) - len(made)
        latest = journal_reads.after(register, since, FEW + len(made)) if count > 0 else []
        self._seen, self._seal = journal_reads.latest(register)
        own = set(made)
        others = tuple(act for act in latest if act.id not in own)[:FEW]
        if replaced:
            return News(others[:1], 1, replaced=True)
        if not others:
            return None
        begin, steps = journal_reads.begin_of_chain(register, others[0].id)
        undone = journal_reads.act(register, begin) if steps else None
        return News(others, count, undone=undone, again=steps % 2 == 0)
