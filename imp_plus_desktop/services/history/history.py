# SPDX-License-Identifier: Apache-2.0
"""Acts and their undoing, from the journal alone. Holds no rule of the programme.

An undo is itself an act. A value goes back only if nobody has changed it since; the rest stays
and is listed as kept, or, where the whole is wanted, nothing is done at all. A place of the cap
goes back by a reversing entry, never by deletion.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow, FieldChange, KeptValue
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, NotAllowed, Refused
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.history.undoing import InTheWay, Undoing
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import MadeAct, Office
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.history import binned, merges
from imp_plus_desktop.storage.history import changes as journal_changes

UNDO = "history.undo"

LARGE = 900
"""Changes that take about a tenth of a second to undo."""


@dataclass(frozen=True, slots=True)
class Undone:
    """`act` is None when nothing could go back; `reverted` counts rows and values that did.

    When the whole was wanted and something newer stood in the way, `stopped` is True, nothing has
    changed and `newer` is the later act that touched the same; None when no act tells of it.
    """

    act: ActId | None
    undone: ActId
    reverted: int
    kept: tuple[KeptValue, ...]
    stopped: bool = False
    newer: ActRow | None = None


def acts(
    office: Office,
    limit: int = 50,
    offset: int = 0,
    person_id: int | None = None,
    service: str | None = None,
    papers: bool = True,
) -> list[ActRow]:
    """Acts, the latest first; without `papers`, but for those that say what left the register."""
    return journal_reads.acts(
        office.register,
        limit=limit,
        offset=offset,
        person_id=person_id,
        service=service,
        papers=papers,
    )


def changes(office: Office, person_id: int) -> list[FieldChange]:
    """Every change of every field of a file, the latest first, with where it came from."""
    return journal_changes.field_changes(office.register, person_id)


def overrides(office: Office, act_id: int) -> Mapping[str, str]:
    """The rules that an act has set aside, with the reasons given (decision 10)."""
    kept: Mapping[str, str] = journal_reads.details(office.register, act_id).get("overrides", {})
    return kept


def last_undoable(office: Office) -> ActRow | None:
    """What is undone where no act is named; where many are signed in, one's own."""
    return journal_reads.last_undoable(office.register, office.signed_in)


def last_undone(office: Office) -> ActRow | None:
    """What Ctrl+Y would redo: the latest undo, as long as nothing new has been done."""
    return journal_reads.last_undone(office.register)


def is_large(office: Office, act_id: int | None = None) -> bool:
    """Whether undoing an act (default: the last one) takes longer than a moment."""
    number = act_id if act_id is not None else getattr(last_undoable(office), "id", None)
    if number is None:
        return False
    row = journal_reads.act(office.register, number)
    if row is not None and restoring.is_restore(row):
        return True
    last = journal_reads.last_of_chain(office.register, number)
    return journal_reads.change_count(office.register, last) > LARGE


def is_ones_to_undo(office: Office, row: ActRow) -> bool:
    """Whether whoever works here may take an act back: one's own, or anybody's for who leads."""
    return row.who == office.user or office.role.covers(Role.LEAD)


def act_row(office: Office, act_id: int) -> ActRow | None:
    """One act, None when there is none of this id."""
    return journal_reads.act(office.register, act_id)


def undo(
    office: Office, act_id: int | None = None, *, whole: bool = False, made: MadeAct | None = None
) -> Undone:
    """Undo an act (default: the last one). Undoing an undo brings its act back, and an act that
    was brought back can be undone again.

    With `whole`, what cannot go back whole stays whole: a later act that touched the same values,
    or a file that came in and was worked on since, stops it, and is named. `made` is an act that
    must still be the one that it was. Errors: DomainError nothing_to_undo, act_not_found,
    already_undone, no_place_to_return, number_taken_since, file_in_bin; NotAllowed not_allowed,
    others_act.
    """
    try:
        return _undo(office, act_id, whole, made)
    except _IsRestore as found:
        # What it rests on is looked at again when nobody else can write.
        return Undone(restoring.take_back(office, found.act), found.act, 0, ())
    except InTheWay as found:
        return Undone(None, found.act, 0, (found.kept,), stopped=True, newer=found.newer)


class _IsRestore(Exception):
    """The act put a copy in the register's place: no value goes back, but the whole."""

    def __init__(self, act: ActId) -> None:
        super().__init__()
        self.act = act


def _undo(office: Office, act_id: int | None, whole: bool, made: MadeAct | None) -> Undone:
    with office.act(UNDO) as act:
        number = _number(office, act_id)
        last = journal_reads.last_of_chain(office.register, number)
        act.undo_of(last)
        target = journal_reads.act(office.register, number)
        if target is None:
            raise InvalidInput("act_not_found", act=number)
        _check_made(office, number, made)
        if restoring.is_restore(target):
            raise _IsRestore(target.id)
        if target.undone_by is not None:
            raise Refused("already_undone", act=number)
        _check_whose(office, last)
        begun = _begun_as(office, last)
        if of_bin := begun in (binned.SERVICE, binned.RESTORED):
            found = journal_changes.changes(office.register, last)
            gone = [(c.entity, dict(c.before or {})) for c in found if c.after is None]
            file_bin.refuse_taken(office, gone)
        elif whole or begun == merges.SERVICE:
            _refuse_binned(office, last)
        work = Undoing(
            office,
            act,
            last,
            journal_changes.touched_since(office.register, last),
            journal_changes.files_worked_on_since(office.register, last),
            journal_changes.people_since(office.register, last),
            whole,
            of_bin,
        )
        for step in journal_changes.steps(office.register, last, backwards=True):
            work.take_back(step)
        act.details["counts"] = {"reverted": work.reverted, "kept": len(work.kept)}
    return Undone(
        act.id,
        ActId(number),
        work.reverted,
        tuple(work.kept),
    )


def _begun_as(office: Office, number: int) -> str:
    """What an act did, or the act that it takes back or brings back."""
    begin, _steps = journal_reads.begin_of_chain(office.register, number)
    row = journal_reads.act(office.register, begin)
    return row.service if row is not None else ""


def _refuse_binned(office: Office, number: int) -> None:
    """Stop where a file that would go back is in the bin: half of it would be lost on the way.

    Errors: DomainError file_in_bin.
    """
    kept = {file.person for file in binned.files(office.register)}
    touched = journal_changes.people_of(office.register, number) if kept else ()
    for person in touched:
        if person in kept:
            raise InvalidInput("file_in_bin", ref=f"#{person}")


def _check_made(office: Office, number: int, made: MadeAct | None) -> None:
    if made is not None and journal_reads.seal(office.register, made.id) != made.seal:
        raise InvalidInput("act_not_found", act=number)


def _check_whose(office: Office, number: int) -> None:
    """Somebody else's act is taken back by whoever leads. Errors: NotAllowed others_act."""
    row = journal_reads.act(office.register, number)
    if row is not None and not is_ones_to_undo(office, row):
        raise NotAllowed("others_act")


def _number(office: Office, act_id: int | None) -> int:
    if act_id is not None:
        return act_id
    latest = last_undoable(office)
    if latest is None:
        raise InvalidInput("nothing_to_undo")
    return latest.id
