# SPDX-License-Identifier: Apache-2.0
"""The values that do not go in by themselves, as step 3 shows them: grouped, worded, compared.

    Line, Heading                           what the table paints, one a row
    lines_of(sides, by, fields) -> entries  the values of some kinds, under headings
    group_state(sides) -> Taken             whether a choice holds for all of them
    tinted(text, other) -> spans            what of a text the other one does not have
    conflict_headers(), conflict_cells(side)    a conflict as a row of a list
    said_of_all(conflicts) -> str           `12 conflicts: 8 kept, 4 taken from the list`

Plain functions of what the services give. Must not hold a widget, nor choose anything.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import Enum

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day_short, format_number, ngettext
from imp_plus_desktop.services.imports.imports import Conflict, ConflictKey
from imp_plus_desktop.services.imports.sides.conflicts import HAND, Kind
from imp_plus_desktop.ui.imports.steps.import_presenter import value_text
from imp_plus_desktop.words.messages import field_label

Span = tuple[int, int]
"""Where a piece of a text begins and ends."""


class By(Enum):
    """Under what headings values stand."""

    COLUMN = "column"
    PERSON = "person"


class Taken(Enum):
    """What was chosen for a group of values."""

    OURS = "ours"
    THEIRS = "theirs"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group: what the values have in common, and the cells that they stand in."""

    title: str
    note: str
    keys: tuple[ConflictKey, ...]
    taken: Taken


@dataclass(frozen=True, slots=True)
class Line:
    """One value with its three sides in words; `ours_tint` and `theirs_tint` is what differs.

    `second_note` is there where the list's value can also stand beside ours: a second letter's.
    """

    side: Conflict
    title: str
    note: str
    base: str
    ours: str
    ours_note: str
    theirs: str
    theirs_note: str
    ours_tint: tuple[Span, ...]
    theirs_tint: tuple[Span, ...]
    second_note: str = ""


Entry = Heading | Line


def lines_of(sides: Sequence[Conflict], by: By) -> list[Entry]:
    """Values under their headings: column by column, or person by person, in the list's order."""
    groups: dict[object, list[Conflict]] = {}
    for side in sides:
        key: object = side.field if by is By.COLUMN else (side.sheet, side.row)
        groups.setdefault(key, []).append(side)
    entries: list[Entry] = []
    for group in groups.values():
        first = group[0]
        title = field_label(first.field) if by is By.COLUMN else first.name
        note = _counted(group) if by is By.COLUMN else _place(first)
        keys = tuple(side.key for side in group)
        entries.append(Heading(title, note, keys, group_state(group)))
        entries += [_line(side, by) for side in group]
    return entries


def group_state(sides: Sequence[Conflict]) -> Taken:
    """What was chosen, if the same for all; a second letter's date replaces nothing."""
    taken = {side.taken for side in sides}
    if len(taken) != 1 or any(side.second for side in sides):
        return Taken.MIXED
    return Taken.THEIRS if taken.pop() else Taken.OURS


def tinted(text: str, other: str) -> tuple[Span, ...]:
    """The pieces of a text that another one does not have in the same order."""
    if not text or not other:
        return ()
    same = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    spans: list[Span] = []
    at = 0
    for block in same:
        if block.a > at:
            spans.append((at, block.a))
        at = block.a + block.size
    # Two texts that share next to nothing are simply two: a tint over all of it says nothing.
    return tuple(spans) if sum(end - begin for begin, end in spans) < len(text) else ()


def said_of_all(conflicts: Sequence[Conflict]) -> str:
    """How the conflicts stand, for the line at the bottom."""
    taken = sum(side.taken for side in conflicts)
    kept = len(conflicts) - taken
    parts = [
        ngettext("{count} kept", "{count} kept", kept).format(count=format_number(kept)),
        ngettext("{count} taken from the list", "{count} taken from the list", taken).format(
            count=format_number(taken)
        ),
    ]
    return _("{conflicts}: {how}").format(conflicts=conflicts_text(len(conflicts)),
                                          how=", ".join(parts))  # fmt: skip


def conflicts_text(count: int) -> str:
    """`12 conflicts`."""
    return ngettext("{count} conflict", "{count} conflicts", count).format(
        count=format_number(count)
    )


def last_list_title(sides: Iterable[Conflict]) -> str:
    """`List of 15 Sept.`, where the values are all compared with one list; else nothing."""
    days = {toronto_day(side.base_at) for side in sides if side.base_at is not None}
    if len(days) != 1:
        return ""
    return _("List of {day}").format(day=format_day_short(days.pop()))


def base_text(side: Conflict) -> str:
    """What the sender's last list said; nothing where none told of it."""
    if side.base_from is None:
        return _("not in an earlier list")
    return value_text(side.field, side.base) or _("empty")


def conflict_headers() -> tuple[str, ...]:
    """The columns of a list of conflicts, for a person who was not there."""
    return (
        _("Name"),
        _("Individual reference no."),
        _("Sheet"),
        _("Cell"),
        _("Field"),
        _("The last list"),
        _("Our register"),
        _("Written by"),
        _("This list"),
        _("Chosen"),
    )


def conflict_cells(side: Conflict) -> tuple[str, ...]:
    """What stands in these columns."""
    return (
        side.name,
        side.individual_reference or "",
        side.sheet,
        side.cell or "",
        field_label(side.field),
        base_text(side),
        value_text(side.field, side.ours),
        _ours_note(side),
        value_text(side.field, side.theirs),
        _chosen_text(side),
    )


def _chosen_text(side: Conflict) -> str:
    if side.second:
        return _("This list, a second letter")
    return _("This list") if side.taken else _("Our register")


def _counted(group: Sequence[Conflict]) -> str:
    if all(side.kind is Kind.CONFLICT for side in group):
        return conflicts_text(len(group))
    return ngettext("{count} value", "{count} values", len(group)).format(
        count=format_number(len(group))
    )


def _place(side: Conflict) -> str:
    """`C2104731 · row 14`, from which one goes back to the list."""
    row = _("row {number}").format(number=format_number(side.row))
    return f"{side.individual_reference} · {row}" if side.individual_reference else row


def _line(side: Conflict, by: By) -> Line:
    ours = value_text(side.field, side.ours) or _("empty")
    theirs = value_text(side.field, side.theirs) or _("empty")
    by_column = by is By.COLUMN
    cell = _("cell {address}").format(address=side.cell) if side.cell else ""
    may_be_second = side.second_key is not None
    return Line(
        side,
        side.name if by_column else field_label(side.field),
        _place(side) if by_column else "",
        base_text(side),
        ours,
        _ours_note(side),
        theirs,
        " · ".join(filter(None, (_("corrects ours"), cell))) if may_be_second else cell,
        tinted(ours, theirs),
        tinted(theirs, ours),
        _("of a second letter") if may_be_second else "",
    )


def _ours_note(side: Conflict) -> str:
    """Who wrote the register's value and when: a hand by its name, a list by its file."""
    who = side.ours_by if side.ours_from == HAND else side.ours_from
    day = format_day_short(toronto_day(side.ours_at)) if side.ours_at is not None else ""
    return ", ".join(part for part in (who, day) if part)
