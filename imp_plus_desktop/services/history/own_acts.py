# SPDX-License-Identifier: Apache-2.0
"""What this office has done since the register was opened: what Ctrl+Z and Ctrl+Y are about.

Another desk's acts, and those of earlier days, are undone where they are listed, by their id. The
keyboard takes back only what was done here, whole, and never anything else in its stead.
"""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.history.history import Undone
from imp_plus_desktop.services.office.office import MadeAct, Office
from imp_plus_desktop.storage.history import acts as journal_reads


@dataclass(frozen=True, slots=True)
class OwnAct:
    """An act of this office that can be taken back, or brought back.

    `row` is what was done, to be named; `target` the act that `take_back` undoes: to bring back
    what an undo took, that undo.
    """

    row: ActRow
    target: int
    made: MadeAct


def last_undoable(office: Office) -> OwnAct | None:
    """The latest of what was done here that still stands."""
    for made in reversed(office.made):
        if not _is_still_itself(office, made):
            continue
        begin, steps = journal_reads.begin_of_chain(office.register, made.id)
        if steps % 2 or not journal_reads.does_something(office.register, made.id):
            continue
        row = journal_reads.act(office.register, begin)
        if row is not None and row.undone_by is None:
            return OwnAct(row, begin, made)
    return None


def last_undone(office: Office) -> OwnAct | None:
    """The latest undo that was done here and stands, unless something new was done since."""
    for made in reversed(office.made):
        if not _is_still_itself(office, made):
            continue
        if made.undoes is None:
            row = journal_reads.act(office.register, made.id)
            if row is not None and row.service == journal_reads.TAKEN_BACK:
                return OwnAct(row, made.id, made)
            return None
        begin, steps = journal_reads.begin_of_chain(office.register, made.id)
        if steps % 2 and journal_reads.last_of_chain(office.register, made.id) == made.id:
            row = journal_reads.act(office.register, begin)
            return OwnAct(row, made.id, made) if row is not None else None
    return None


def take_back(office: Office, own: OwnAct) -> Undone:
    """Undo or bring back exactly this act, whole; `stopped` when something newer is in the way.

    Errors: DomainError act_not_found, already_undone, no_place_to_return.
    """
    return history.undo(office, own.target, whole=True, made=own.made)


def _is_still_itself(office: Office, made: MadeAct) -> bool:
    """Whether the register's act of this id is this one: a restore may have put another there."""
    return journal_reads.seal(office.register, made.id) == made.seal
