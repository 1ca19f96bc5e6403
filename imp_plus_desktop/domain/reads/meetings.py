# SPDX-License-Identifier: Apache-2.0
"""Where two desks have changed the same: what it was before, theirs and mine.

    Meeting         one value, with who wrote theirs and when; values are those that are stored
    Overtaken       what an act ends with instead of writing over any of theirs unseen
    TakenOut        the same where the entry itself is no longer there: with the act that did it
    together(one)   meetings of the same key mean something together only: one choice for all

Whoever was shown them settles each, `Overtaken.settle`, and does the act again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.catalogue import PARTLY
from imp_plus_desktop.domain.values.errors import Refused, StorageError


@dataclass(frozen=True, slots=True)
class Meeting:
    """One value that was changed at two desks.

    `act` is the latest act of theirs that this tells of. `named` is what it is called where that
    is not its field: a line of the portal, a figure. Where `removes`, mine takes the whole entry
    out. A figure stands `beside` others of the same kind: what they have in common. `person` is in
    whose file it is, where the entry says so.
    """

    entity: str
    number: int
    field: str
    before: object
    theirs: object
    mine: object
    act: int
    who: str = ""
    at: datetime | None = None
    named: str = ""
    removes: bool = False
    beside: str = ""
    person: int | None = None

    @property
    def name(self) -> str:
        """What says in an error which value it is."""
        return self.named or self.field


_ONE_FACT: Mapping[tuple[str, str], str] = {
    **{
        ("application", name): "outcome"
        for name in ("state", "outcome", "decided_on", "cap_year", "place")
    },
    **{("document", name): "state" for name in ("state", "received_on")},
    **{("document", name): "attachment" for name in ("attachment", "attachment_name")},
    **{("deadline_mark", name): "settled_on" for name in ("settled_on", "new_day", "reason")},
}
"""Fields that say one thing together."""
_PARTS = {known: day for day, known in PARTLY.items()}


def together(one: Meeting) -> tuple[str, int, str]:
    """What meetings have in common of which one choice decides."""
    if one.removes or one.beside:
        return one.entity, one.number, one.beside
    fact = _ONE_FACT.get((one.entity, one.field)) or _PARTS.get(one.field) or one.field
    return one.entity, one.number, one.named or fact


class Overtaken(StorageError):
    """Another desk has changed the same since it was shown. Nothing was stored.

    `parameters` name the fields alone: they may reach a log, the values may not.
    """

    def __init__(
        self, meetings: Iterable[Meeting], settle: Callable[[Sequence[Meeting], bool], None]
    ) -> None:
        self.meetings = tuple(meetings)
        names = dict.fromkeys(one.name for one in self.meetings)
        super().__init__("changed_meanwhile", field=",".join(names))
        self._settle = settle

    def settle(self, mine: Collection[Meeting] = ()) -> None:
        """Say what was chosen once all of them were shown: mine of these, theirs of the others.

        What a third desk writes afterwards is told again.
        """
        keys = {together(one) for one in mine}
        chosen = [one for one in self.meetings if together(one) in keys]
        self._settle(chosen, True)
        self._settle([one for one in self.meetings if one not in chosen], False)


class TakenOut(Refused):
    """Another desk has taken out meanwhile what a form is about. Nothing was stored."""

    def __init__(self, by: ActRow) -> None:
        super().__init__("taken_out_meanwhile")
        self.by = by
