# SPDX-License-Identifier: Apache-2.0
"""What stands at the head of the office's letters: its name, address, telephone and e-mail."""

from __future__ import annotations

from dataclasses import asdict

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as its letters name it; what is not known is None."""

    name: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class _Stored(Letterhead):
    id: int = 0


def letterhead(office: Office) -> Letterhead:
    """The letterhead as it is now."""
    row = _stored(office)
    return row or Letterhead()


def save(office: Office, head: Letterhead) -> ActId | None:
    """Record the letterhead. Errors: DomainError unwritable_text."""
    values = {name: (text or "").strip() or None for name, text in asdict(head).items()}
    with office.act("letters.letterhead") as act:
        present = _stored(office)
        if present is None:
            act.insert("letterhead", {name: values[name] for name in Letterhead.__slots__})
        else:
            act.update(
                "letterhead", present.id, {name: values[name] for name in Letterhead.__slots__}
            )
    return act.id


def _stored(office: Office) -> _Stored | None:
    rows = queries.everything(office.register, "letterhead", _Stored)
    return rows[-1] if rows else None
