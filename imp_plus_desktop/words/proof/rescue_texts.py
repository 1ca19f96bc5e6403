# SPDX-License-Identifier: Apache-2.0
"""What is said of a rescue: what is in the new register, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from imp_plus_desktop.i18n import N_, _, format_number, ngettext
from imp_plus_desktop.words.terms.entity_names import entity_label

_OTHERS: Mapping[str, str] = {
    "act": N_("Journal"),
    "attachment": N_("Scans and letters"),
    "source_file": N_("Imported lists"),
    "source_block": N_("Rows of imported lists"),
    "held_row": N_("Rows to check"),
}
"""What is no kind of row of a file."""


class _Lost(Protocol):
    @property
    def table(self) -> str: ...
    @property
    def ids(self) -> Sequence[int]: ...
    @property
    def count(self) -> int: ...


class _Rescued(Protocol):
    @property
    def acts(self) -> int: ...
    @property
    def acts_read(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def lost(self) -> Sequence[_Lost]: ...


class _Rescue(Protocol):
    @property
    def people(self) -> int: ...
    @property
    def rescued(self) -> _Rescued: ...


def lines(done: _Rescue) -> list[str]:
    """What the new register holds, and what it does not."""
    rescued = done.rescued
    people = ngettext("{count} person", "{count} people", done.people)
    told = [people.format(count=format_number(done.people))]
    if not any(one.table == "act" and not one.count for one in rescued.lost):
        told.append(_journal_text(rescued))
    if rescued.rows:
        rows = ngettext(
            "{count} row was taken as it stood, as one act more.",
            "{count} rows were taken as they stood, as one act more.",
            rescued.rows,
        )
        told.append(rows.format(count=format_number(rescued.rows)))
    if not rescued.lost:
        return [*told, _("Nothing was lost.")]
    return [*told, _("What could not be read:"), *map(_lost_text, rescued.lost)]


def _journal_text(rescued: _Rescued) -> str:
    if rescued.acts == rescued.acts_read:
        return _("The journal holds from its first act to its last.")
    return _("Of {read} acts of the journal the first {acts} hold.").format(
        read=format_number(rescued.acts_read), acts=format_number(rescued.acts)
    )


def _lost_text(lost: _Lost) -> str:
    other = _OTHERS.get(lost.table)
    name = _(other) if other is not None else entity_label(lost.table)
    if not lost.count:
        return "  " + _("{what}: all of it").format(what=name)
    ids = ", ".join(str(number) for number in lost.ids)
    told = _("{what}: {count}").format(what=name, count=format_number(lost.count))
    return f"  {told} ({ids})" if ids else f"  {told}"
