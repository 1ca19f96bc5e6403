# SPDX-License-Identifier: Apache-2.0
"""What is said of a file that goes to the bin or comes back: its places of the cap among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.words.terms.entity_names import entity_label

Places = Sequence[tuple[int, int]]
"""(year, place)."""


def taken_out_text(name: str, places: Places) -> str:
    """`The file of … is in the bin. Given back: place 12 of 2024.`"""
    said = [_("The file of {name} is in the bin.").format(name=name)]
    said += [_("Given back: {place}.").format(place=place_text(one)) for one in places]
    return " ".join(said)


def restored_text(name: str, places: Places, over_cap: Sequence[int]) -> str:
    """`The file of … is back. Taken again: place 12 of 2024.`, and which years are now over."""
    said = [_("The file of {name} is back.").format(name=name)]
    said += [_("Taken again: {place}.").format(place=place_text(one)) for one in places]
    said += [over_cap_text(year) for year in over_cap]
    return " ".join(said)


def holds_text(counts: Mapping[str, int]) -> str:
    """`Letter (1), Application (2)`, in the order of a file; empty where there is nothing."""
    said = _("{name} ({value})")
    return ", ".join(
        said.format(name=entity_label(name), value=format_number(counts[name]))
        for name in FIELDS
        if counts.get(name)
    )


def over_cap_text(year: int) -> str:
    """That a place that was used before is over the cap now."""
    return _("The cap of {year} is passed: its places were taken meanwhile.").format(year=year)


def place_text(place: tuple[int, int]) -> str:
    """`place 12 of 2024`."""
    year, number = place
    return _("place {place} of {year}").format(place=format_number(number), year=year)
