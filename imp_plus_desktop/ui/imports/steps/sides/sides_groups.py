# SPDX-License-Identifier: Apache-2.0
"""The values that do not go in by themselves, as the list beside step 3 counts them.

    conflict_groups(preview), flag_groups(preview), settled_groups(preview)
    sides_of(preview, key) -> values        those that a group of the list stands for
    flagged_rows(preview, key) -> rows      the rows of a flag, None where the group is none

Plain functions of a plan. Must not hold a widget.
"""

from collections import Counter
from collections.abc import Sequence

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.imports.imports import Conflict, Preview
from imp_plus_desktop.services.imports.sides.conflicts import Kind
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.problem_list import Problem, Section
from imp_plus_desktop.words.messages import field_label, name_of

CONFLICTS = "side:conflict"
UPDATES = "side:updates"
"""The rows that the list alone changes: rows, and no values with sides."""
_OF_FIELD = f"{CONFLICTS}:"
_OF_FLAG = "flag:"


def is_of_sides(key: str | None) -> bool:
    """Whether a group of the list stands for values with sides."""
    return key is not None and key.startswith("side:") and key != UPDATES


def conflict_groups(preview: Preview) -> list[Problem | Section]:
    """All conflicts, then those of each column; nothing where there is none."""
    conflicts = preview.conflicts
    if not conflicts:
        return []
    counted = Counter(side.field for side in conflicts)
    return [
        Section(_("Conflicts, to decide")),
        Problem(CONFLICTS, _("All conflicts"), Tone.WARN, format_number(len(conflicts))),
        *(
            Problem(_OF_FIELD + field, field_label(field), Tone.PLAIN, format_number(count))
            for field, count in counted.items()
        ),
    ]


def flag_groups(preview: Preview) -> list[Problem | Section]:
    """What the history of the rows will have against it; it goes in all the same."""
    counts = preview.flag_counts
    if not counts:
        return []
    return [
        Section(_("History, taken as it was")),
        *(
            Problem(_OF_FLAG + code, name_of(code), Tone.WARN, format_number(count))
            for code, count in counts.items()
        ),
    ]


def flagged_rows(preview: Preview, key: str | None) -> frozenset[tuple[str, int]] | None:
    """The rows (sheet, row) with the flag of a group."""
    if key is None or not key.startswith(_OF_FLAG):
        return None
    code = key.removeprefix(_OF_FLAG)
    return frozenset((flag.sheet, flag.row) for flag in preview.flags if flag.code == code)


def settled_groups(preview: Preview) -> list[Problem | Section]:
    """What goes in or stays without a question."""
    kinds = Counter(side.kind for side in preview.sides)
    texts = {
        Kind.HAND: _("Typed by hand, kept"),
        Kind.LIST: _("From another list, kept"),
        Kind.NAME: _("Names spelled otherwise, kept"),
    }
    kept: list[Problem | Section] = [
        Problem(_key(kind), text, Tone.OK, format_number(kinds[kind]))
        for kind, text in texts.items()
        if kinds[kind]
    ]
    updated = preview.counts.updated
    if not kept and not preview.conflicts:
        return []
    if updated:
        kept.append(Problem(UPDATES, _("Updated by the list"), Tone.OK, format_number(updated)))
    return [Section(_("Without a question")), *kept] if kept else []


def sides_of(preview: Preview, key: str | None) -> Sequence[Conflict]:
    """The values of a group; of a key that is none of them, the conflicts or else all."""
    if key is not None and key.startswith(_OF_FIELD):
        field = key.removeprefix(_OF_FIELD)
        return [side for side in preview.conflicts if side.field == field]
    kind = next((kind for kind in Kind if _key(kind) == key), Kind.CONFLICT)
    return [side for side in preview.sides if side.kind is kind]


def _key(kind: Kind) -> str:
    return f"side:{kind}"
