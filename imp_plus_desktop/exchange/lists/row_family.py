# SPDX-License-Identifier: Apache-2.0
"""The members of the family that a row about a person has beside them: names made of what is there,
and what is no member said and left out.

Knows one row at a time.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.people.whole_names import NO_NAMES, Split, split
from imp_plus_desktop.domain.records.catalogue import (
    FAMILY_SLOTS,
    FULL_NAME,
    IN_FAMILY,
    MIDDLE_NAMES,
    NAMES,
    WHOLE_NAMES,
    slot_field,
)
from imp_plus_desktop.domain.values.calendar import birthday
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.partial_days import first_day
from imp_plus_desktop.exchange.lists.drafts import WARNING
from imp_plus_desktop.exchange.lists.row_drafts import RowDraft
from imp_plus_desktop.exchange.lists.row_names import UNSURE
from imp_plus_desktop.exchange.values.values import FieldValue

NAMELESS, WHICH_RELATION = "member_without_name", "member_without_relation"


def settle_family(draft: RowDraft, today: date, child_age: int | None) -> None:
    """Make names of what the row calls its members; one whom it does not name, or of whom it does
    not say whether they are a spouse or a child, is left out and told of.

    Below `child_age` (years; None: nobody is) a dependent is a child.
    """
    values = draft.values
    if values.keys().isdisjoint(IN_FAMILY):
        return
    told: dict[str, list[str]] = {}
    for name in values:
        if name in IN_FAMILY:
            told.setdefault(IN_FAMILY[name][1], []).append(name)
    for slot, own in told.items():
        _settle_names(draft, slot)
        first = next(iter(own))
        if not any(slot_field(slot, name) in values for name in NAMES):
            _leave_out(draft, slot, first, NAMELESS)
        elif not _has_relation(draft, slot, today, child_age):
            _leave_out(draft, slot, first, WHICH_RELATION)


def _leave_out(draft: RowDraft, slot: str, first: str, code: str) -> None:
    """Take a member out of the row; their values stay in the list alone."""
    draft.flag(first, code, WARNING)
    for name in [n for n in draft.values if IN_FAMILY.get(n, ("", ""))[1] == slot]:
        del draft.values[name]


def _settle_names(draft: RowDraft, slot: str) -> None:
    values = draft.values
    family, given = (slot_field(slot, name) for name in NAMES)
    for field in WHOLE_NAMES:
        name = slot_field(slot, field.named)
        whole = values.pop(name, None)
        if not isinstance(whole, str) or (values.get(family) and family not in draft.mended):
            continue
        order = None if field is FULL_NAME else field.named
        known = values.get(family) or values.get("family_name")
        found = _with_family_name(whole, known) or split(whole, order)
        sure = found.sure and bool(found.given)
        if not sure and draft.mended.keys().isdisjoint((family, given)):
            draft.flag(family, UNSURE, WARNING, value=whole, family=found.family, given=found.given)
        values.setdefault(family, found.family)
        if found.given:
            values.setdefault(given, found.given)
    middle = values.pop(slot_field(slot, MIDDLE_NAMES.named), None)
    if isinstance(middle, str):
        values[given] = f"{values.get(given) or ''} {middle}".strip()
    _leave_out_what_is_no_name(draft, family, given)


def _leave_out_what_is_no_name(draft: RowDraft, family: str, given: str) -> None:
    values = draft.values
    for name in (family, given):
        if values.get(name) in NO_NAMES:
            del values[name]
    if family not in values and given in values:
        # Somebody with one name has it as the family name; a list may only have left that out.
        values[family] = alone = values.pop(given)
        if given not in draft.issues:
            draft.flag(given, UNSURE, WARNING, value=alone, family=alone, given="")


def _with_family_name(whole: str, family: FieldValue) -> Split | None:
    """A whole name that begins or ends with a known family name, such as the person's own."""
    if not isinstance(family, str) or "," in whole:
        return None
    words, own = whole.split(), fold(family).split()
    folded, count = [fold(word) for word in words], len(own)
    if not own or len(words) <= count:
        return None
    if folded[-count:] == own:
        return Split(" ".join(words[-count:]), " ".join(words[:-count]), True)
    if folded[:count] == own:
        return Split(" ".join(words[:count]), " ".join(words[count:]), True)
    return None


def _has_relation(draft: RowDraft, slot: str, today: date, child_age: int | None) -> bool:
    """Whether the row says what a member is; a dependent so young is a child."""
    values = draft.values
    if FAMILY_SLOTS[slot] is not None or slot_field(slot, "relation") in values:
        return True
    born = values.get(slot_field(slot, "birth_date"))
    known = values.get(slot_field(slot, "birth_known"))
    if isinstance(known, str):
        born = first_day(known)
    letter = values.get("letter_date")
    day = letter if isinstance(letter, date) else today
    return isinstance(born, date) and child_age is not None and birthday(born, child_age) > day
