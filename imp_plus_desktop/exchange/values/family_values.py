# SPDX-License-Identifier: Apache-2.0
"""Which fields are read alike of a person and of each member of the family beside them.

Tables made from the catalogue; reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from imp_plus_desktop.domain.records import catalogue
from imp_plus_desktop.domain.records.catalogue import FAMILY_SLOTS, IN_FAMILY, slot_field
from imp_plus_desktop.domain.values.codes import Relation

_WHOSE = ("", *FAMILY_SLOTS)
BIRTHS = frozenset(slot_field(slot, "birth_date") for slot in _WHOSE)
SECOND: Mapping[str, str] = MappingProxyType(
    {slot_field(slot, "citizenship"): slot_field(slot, "second_citizenship") for slot in _WHOSE}
)
"""Where the second country of a cell goes that holds two."""
PARTLY: Mapping[str, str] = MappingProxyType(
    {
        slot_field(slot, day): slot_field(slot, part)
        for slot in _WHOSE
        for day, part in catalogue.PARTLY.items()
        if not slot or slot_field(slot, part) in IN_FAMILY
    }
)
"""Days of which less may be known, and the field that stands in their place then."""
_NAMES = frozenset((*catalogue.NAMES, *(field.named for field in catalogue.OF_LISTS)))
NAMED = frozenset(name for name, (plain, _slot) in IN_FAMILY.items() if plain in _NAMES)
"""What a member beside a person is called: the cell may say instead whether there is one."""


def is_of_spouse(field: str) -> bool:
    """Whether a field is one of the spouse or partner beside a person."""
    return FAMILY_SLOTS[IN_FAMILY[field][1]] in (Relation.SPOUSE, Relation.PARTNER)
