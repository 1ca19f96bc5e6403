# SPDX-License-Identifier: Apache-2.0
"""Destroying a file for good, with proof: what would go and what would stay, whether it may, and
the act itself. It cannot be undone.

    look(office, person) -> Prospect
    erase(office, person, reason, early=…) -> Erasure

Refused under a legal hold, and while something is open; before the floor only with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from imp_plus_desktop import held_files
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.privacy.retention import Clock, Open
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused, StorageError
from imp_plus_desktop.services.copies import of_server
from imp_plus_desktop.services.erasing import erasing
from imp_plus_desktop.services.office import maintenance, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import retention, whole
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.files import copies, heads
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.privacy.traces import Traces

RULE = "PRV-01"


@dataclass(frozen=True, slots=True)
class Stays:
    """What an erasure leaves, and cannot reach: `counted` rows by entity without any name, other
    files that have the person in their family, lists whose file name names them, and the automatic
    copies that were made before; `unseen`: there may be more where this computer does not look."""

    counted: Mapping[str, int] = field(default_factory=dict)
    family_of: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    copies: tuple[Path, ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """What erasing somebody would do. `goes` is counted by kind; `open_rows` are rows of lists that
    still wait for somebody to say whether they are this person."""

    person: int
    name: str
    clock: Clock
    goes: Mapping[str, int]
    stays: Stays
    open_rows: int = 0
    in_bin: bool = False

    def early(self, today: date) -> date | None:
        """The last day on which the file must be kept, where it is not over yet."""
        floor = self.clock.floor
        return floor if floor is not None and floor >= today else None


@dataclass(frozen=True, slots=True)
class Erasure:
    """`erased` counts what went by kind. `swept` is False where the emptied pages still wait:
    somebody else was at work, or it is a server, whose owner alone may tidy. `dropped` counts the
    copies that went along."""

    act: ActId
    erased: Mapping[str, int]
    stays: Stays
    swept: bool
    dropped: int = 0


def look(office: Office, person: int) -> Prospect:
    """What erasing somebody would do; nothing is changed.

    Errors: DomainError person_not_found, person_erased.
    """
    file, in_bin = whole.file_of(office, person)
    found = erasing.look(office.register, person)
    return Prospect(
        person,
        file.person.list_name,
        retention.clock(office, file),
        _goes(found),
        _stays(office, found),
        _open_rows(office, found),
        in_bin,
    )


def erase(
    office: Office, person: int, reason: str, *, early: str = "", drop_copies: bool = False
) -> Erasure:
    """Erase somebody for good. `early` is why the file goes before its floor, where it does;
    `drop_copies` lets the automatic copies of before go, once a new one is proven.

    Errors: DomainError reason_missing, person_not_found, person_erased, on_legal_hold,
    file_still_open, kept_by_law; StorageError.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    with office.act(erasures.SERVICE) as act, act.db.shredding():
        prospect = look(office, person)
        refuse(prospect)
        floor = prospect.early(office.clock.today())
        if floor is not None and not early.strip():
            raise Refused("kept_by_law", until=floor)
        erasing.announce(office.register)
        done = erasing.erase(act, office.register, person, reason.strip())
        if floor is not None:
            act.details["overrides"] = {RULE: erasing.nameless(done.found, early.strip())}
    # Whoever is told of a failure takes the file for not destroyed: what fails from here on is
    # done by the next look and the next start.
    swept, dropped = False, 0
    with suppress(StorageError):
        summary.refresh(office)
        swept = erasing.clean(office.register)
        dropped = _drop(office, prospect.stays.copies) if drop_copies else 0
    stays = replace(prospect.stays, copies=_older(office))
    return Erasure(ActId(act.id or 0), done.counts, stays, swept, dropped)


def refuse(prospect: Prospect) -> None:
    """Stop where nothing lets a file go. Errors: DomainError on_legal_hold, file_still_open."""
    clock = prospect.clock
    if clock.hold is not None:
        raise Refused("on_legal_hold")
    if clock.needed or prospect.open_rows:
        raise Refused("file_still_open", why=tuple(clock.needed) or (Open.ROW,))


def _goes(found: Traces) -> dict[str, int]:
    counts = {
        **{entity: len(numbers) for entity, numbers in found.rows.items()},
        "changes": len(found.changes),
        "scans": len(found.scans),
        "archived_rows": sum(map(len, found.lines.values())),
        "imported_files": len({act for act, _sheet in found.lines}),
        "held_rows": len(found.held),
        "texts": len(found.texts),
        "drafts": len(found.drafts),
    }
    return {kind: number for kind, number in counts.items() if number}


def _stays(office: Office, found: Traces) -> Stays:
    counted = erasing.staying(office.register, found)
    family, sources = tuple(found.family_of), tuple(found.sources)
    return Stays(counted, family, sources, _older(office), of_server.is_out_of_sight(office))


def _older(office: Office) -> tuple[Path, ...]:
    """The automatic copies that there are, and the logs of other files that were set aside; of a
    register on a server those in the office's folder."""
    if office.server is not None:
        return tuple(of_server.made(office))
    kept = (copy.path for copy in copies.copies_of(office.register_path))
    return (*kept, *heads.set_aside(office.register_path))


def _open_rows(office: Office, found: Traces) -> int:
    waiting = {row.id for row in archive.held_rows(office.register)}
    return len(waiting.intersection(found.held))


def can_drop(office: Office) -> bool:
    """Whether copies of before can be let go here: only once a new one stands."""
    return office.server is None or of_server.can_make(office)


def _new_copy(office: Office) -> Path | None:
    """A copy without whom was erased, None where it does not prove itself."""
    if office.server is None:
        return maintenance.save_copy(office)
    made = of_server.make(office, of_server.passphrase_of(office))
    return made.path if made.proven else None


def _drop(office: Office, old: tuple[Path, ...]) -> int:
    """Let copies go once a new one stands and was looked through. Returns how many went."""
    made = _new_copy(office)
    if made is None:
        return 0
    held_files.remove_all(path for path in old if path != made)
    return sum(not path.exists() for path in old)
