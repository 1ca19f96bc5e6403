# SPDX-License-Identifier: Apache-2.0
"""The names of one row: whole names split, further given names joined, what is no name left out.

Where nothing proves how a whole name splits it is said. Knows one row at a time, and of its list
only which column holds what and the order that a header states.
"""

from __future__ import annotations

from imp_plus_desktop.domain.people.whole_names import NO_NAMES, NO_SUCH_NAME, NOT_KNOWN, split
from imp_plus_desktop.domain.records.catalogue import (
    FAMILY_FIRST,
    FULL_NAME,
    MIDDLE_NAMES,
    NAMES,
    OF_LISTS,
    WHOLE_NAMES,
)
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.exchange.lists.drafts import WARNING
from imp_plus_desktop.exchange.lists.row_drafts import RowDraft

UNSURE, PLACEHOLDER = "name_split_unsure", "name_placeholder"


_OF_LISTS = frozenset(field.named for field in OF_LISTS)


def settle_names(draft: RowDraft) -> None:
    """Make family and given names of what the row has; a person with one name has it as the
    family name."""
    values = draft.values
    if not _OF_LISTS.isdisjoint(values):
        _split_whole(draft)
        _join_middle(draft)
    for whole in WHOLE_NAMES:
        if whole.named in draft.issues and "family_name" not in draft.issues:
            draft.issues["family_name"] = draft.issues.pop(whole.named)
    for name in NAMES:
        _leave_out_what_is_no_name(draft, name)
    if not values.get("family_name") and values.get("given_names"):
        values["family_name"] = values.pop("given_names")
        draft.given_only = True


def _split_whole(draft: RowDraft) -> None:
    values = draft.values
    for field in WHOLE_NAMES:
        whole = values.pop(field.named, None)
        if not isinstance(whole, str):
            continue
        if values.get("family_name") and "family_name" not in draft.mended:
            continue  # a column of its own says it
        order: str | None = field.named
        if field is FULL_NAME:
            order = FAMILY_FIRST.named if draft.entry.family_first else None
        found = split(whole, order)
        if not found.sure and draft.mended.keys().isdisjoint(NAMES):
            draft.flag(
                "family_name", UNSURE, WARNING, value=whole, family=found.family, given=found.given
            )
        if found.family:
            values.setdefault("family_name", found.family)
        if found.given:
            values.setdefault("given_names", found.given)


def _join_middle(draft: RowDraft) -> None:
    """Further given names behind the first ones, unless they stand there already."""
    values = draft.values
    middle, given = values.pop(MIDDLE_NAMES.named, None), values.get("given_names")
    if not isinstance(middle, str) or middle in NO_NAMES or "given_names" in draft.mended:
        return
    if not isinstance(given, str) or given in NO_NAMES:
        values["given_names"] = middle
    elif not f" {fold(given)}".endswith(f" {fold(middle)}"):
        values["given_names"] = f"{given} {middle}"


def _leave_out_what_is_no_name(draft: RowDraft, name: str) -> None:
    value = draft.values.get(name)
    if not isinstance(value, str):
        return
    written = value.casefold()
    if written in NO_SUCH_NAME:
        del draft.values[name]
    elif written in NOT_KNOWN:
        del draft.values[name]
        draft.flag(name, PLACEHOLDER, WARNING, value=value)
