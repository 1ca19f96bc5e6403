# SPDX-License-Identifier: Apache-2.0
"""Why somebody looks like somebody else: the codes of likeness, and what is said beside them."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _

LIKENESS: Mapping[str, str] = {
    "name_same": N_("same name"),
    "name_passport": N_("same name as passports spell it"),
    "name_short": N_("same name, with a word cut short"),
    "name_swapped": N_("family and given names swapped"),
    "name_part": N_("part of the name the same"),
    "name_spelling": N_("name spelled almost the same"),
    "birth_same": N_("same date of birth"),
    "birth_swapped": N_("day and month of birth swapped"),
    "birth_digit": N_("one digit of the date of birth differs"),
    "birth_partly": N_("date of birth the same, as far as known"),
    "birth_missing": N_("one date of birth missing"),
    "citizenship_differs": N_("another citizenship"),
    "passport_same": N_("same passport number"),
    "reference_differs": N_("another reference"),
    "uci_differs": N_("another UCI"),
}

BESIDE: Mapping[str, str] = {
    "number_same": N_("same number"),
    "in_bin": N_("in the bin"),
    "in_family": N_("in this family already"),
}
"""What no likeness of names and birth dates tells."""


def likeness_text(reasons: tuple[str, ...] | list[str] | str) -> str:
    """Why two people look alike: `same name, same date of birth`."""
    texts = {**LIKENESS, **BESIDE}
    codes = reasons.split(",") if isinstance(reasons, str) else reasons
    return ", ".join(_(texts[code]) if code in texts else code for code in codes)
