# SPDX-License-Identifier: Apache-2.0
"""What `import` answers of the values that did not go in by themselves.

Reads plans; decides and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from imp_plus_desktop.cli.answers import values
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day, format_number, ngettext
from imp_plus_desktop.services.fields.typed_fields import as_text
from imp_plus_desktop.services.imports.imports import Conflict, Preview
from imp_plus_desktop.services.imports.review import Change
from imp_plus_desktop.words import messages

_MOST_LINES = 20


def data(preview: Preview) -> dict[str, Any]:
    """The keys `conflicts`, `hands_kept` and `names_kept`."""
    return {
        "conflicts": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "cell": one.cell,
                "person": one.person_id if one.person_id > 0 else None,
                "field": one.field,
                "base": as_text(one.base) or None,
                "ours": as_text(one.ours) or None,
                "theirs": as_text(one.theirs) or None,
                "ours_from": one.ours_from,
                "ours_at": one.ours_at,
                "taken": one.taken,
            }
            for one in preview.conflicts
        ],
        "hands_kept": preview.hands_kept,
        "names_kept": preview.kept.names,
    }


def lines(preview: Preview, routes: Mapping[str, str]) -> list[str]:
    """The same for a person: the first conflicts, then what stays without a question.

    `routes` are the names of the programmes; see `values.told`.
    """
    told = [_line(one, routes) for one in islice(preview.conflicts, _MOST_LINES)]
    left = len(preview.conflicts) - _MOST_LINES
    if left > 0:
        more = ngettext("and {count} other conflict", "and {count} other conflicts", left)
        told.append("  " + more.format(count=format_number(left)))
    if preview.hands_kept:
        said = ngettext(
            "{count} value corrected since the last list stays.",
            "{count} values corrected since the last list stay.",
            preview.hands_kept,
        )
        told.append("  " + said.format(count=format_number(preview.hands_kept)))
    if preview.kept.names:
        said = ngettext(
            "{count} name is only written otherwise and stays.",
            "{count} names are only written otherwise and stay.",
            preview.kept.names,
        )
        told.append("  " + said.format(count=format_number(preview.kept.names)))
    return told


def change_line(change: Change, routes: Mapping[str, str]) -> str:
    """`Nom : Khoury reste (Khouri dans la liste)`, `Courriel : — → a@exemple.org`."""
    name = messages.field_label(change.field)
    sides = (change.before, change.after)
    before, after = (values.told(change.field, side, routes) for side in sides)
    if change.stays:
        return _("{field}: {before} stays (in the list: {after})").format(
            field=name, before=before, after=after
        )
    return _("{field}: {before} → {after}").format(field=name, before=before, after=after)


def _line(one: Conflict, routes: Mapping[str, str]) -> str:
    """`Suivi!J14  Téléphone : 418 555-0177 reste (Karim Belkacem, 9 novembre 2026); la liste dit
    418 555-0113`."""
    if one.taken:
        text = _("{field}: {theirs}, from the list, replaces {ours} ({who})")
    else:
        text = _("{field}: {ours} stays ({who}); the list says {theirs}")
    told = text.format(
        field=messages.field_label(one.field),
        ours=values.told(one.field, one.ours, routes),
        theirs=values.told(one.field, one.theirs, routes),
        who=_who(one),
    )
    return f"  {one.sheet}!{one.cell or one.row}  {told}"


def _who(one: Conflict) -> str:
    """Who wrote the register's value and when: `Karim Belkacem, 9 November 2026`."""
    who = one.ours_by if one.by_hand else one.ours_from
    day = "" if one.ours_at is None else format_day(toronto_day(one.ours_at))
    return ", ".join(filter(None, (who, day)))
