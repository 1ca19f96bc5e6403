# SPDX-License-Identifier: Apache-2.0
"""The copies that there are of a register that does not open, to choose one from.

    kept(path, settings, now) -> list[KeptCopy]     beside it and in its second place, newest first
    suggested(found) -> KeptCopy | None             the latest that was proven, else that waits

Reads names and small files; opens no register.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.plain_files import real
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.files import copies, proofs


class Proven(Enum):
    """What is known of a copy."""

    WHOLE = "whole"
    WAITING = "waiting"
    """Nobody has looked through it."""
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy: when it was made (a local instant), what it holds as far as that is known, and what
    looking through it has found. `ahead`: it is dated in the future, so nothing tells its age."""

    path: Path
    made: datetime
    people: int | None
    acts: int | None
    proven: Proven
    second: bool = False
    ahead: bool = False


def kept(path: Path, settings: Settings, now: datetime) -> list[KeptCopy]:
    """The copies of a register, the newest first; one in both places once."""
    found: dict[str, KeptCopy] = {}
    for folder, second in _folders(path, settings):
        for one in _in(folder, now, second=second):
            found.setdefault(one.path.name, one)
    return sorted(found.values(), key=lambda one: one.made, reverse=True)


def suggested(found: Sequence[KeptCopy]) -> KeptCopy | None:
    """The one that most of it comes back with: proven, else not looked through."""
    dated = [one for one in found if not one.ahead]
    for wanted in (Proven.WHOLE, Proven.WAITING):
        for one in dated:
            if one.proven is wanted:
                return one
    return None


def _folders(path: Path, settings: Settings) -> Iterator[tuple[Path, bool]]:
    yield copies.folder_of(path), False
    place = settings.second_place(real(path))
    if place is not None and place.is_dir():
        # Its name has the register's number, which a file that does not open cannot tell.
        for folder in sorted(place.glob(f"{_literal(path.stem)}-*.copies")):
            yield folder, True


def _literal(name: str) -> str:
    """A name as a pattern that finds it alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _in(folder: Path, now: datetime, *, second: bool) -> Iterator[KeptCopy]:
    known = proofs.proofs_in(folder)
    for one in copies.copies_in(folder):
        proof = known.get(one.path.name)
        people, acts = one.held or (None, None)
        if proof is not None and proof.holds:
            people, acts = proof.people, proof.acts
        proven = Proven.WAITING
        if proof is not None:
            proven = Proven.WHOLE if proof.holds else Proven.FAULTY
        made = one.made.astimezone()
        yield KeptCopy(one.path, made, people, acts, proven, second, one.is_ahead(now))
