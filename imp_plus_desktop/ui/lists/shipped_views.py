# SPDX-License-Identifier: Apache-2.0
"""The views that every list has from the first: which rows, and which columns tell about them.

    shipped(kind) -> views in their order      ME stands for whoever works here

A view without columns or order has those of the list. Holds data alone.
"""

from collections.abc import Callable, Mapping

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Shape
from imp_plus_desktop.i18n import _, pgettext

ME = "@me"
"""Whoever works here, in the place of a clerk's name."""
ALL = "all"
MINE = "mine"


@dataclass(frozen=True, slots=True)
class ShippedView:
    """A view that comes with the program; its name follows the language."""

    key: str
    title: Callable[[], str]
    shape: Shape


_EVERYTHING = ShippedView(ALL, lambda: pgettext("view", "All"), Shape())
_MINE = ShippedView(MINE, lambda: _("My files"), Shape(named={"clerk": ME}))
_NEXT_SIX_MONTHS = ColumnFilter("permit.valid_until", low="+0d", high="+6m")

_SHIPPED: Mapping[ListKind, tuple[ShippedView, ...]] = {
    ListKind.PEOPLE: (
        _EVERYTHING,
        _MINE,
        ShippedView(
            "permit_ends",
            lambda: _("Permit ends within 6 months"),
            Shape(
                ("name", "permit.valid_until", "permit_left", "verdict", "citizenship",
                 "passport.expiry", "reference", "clerk"),
                (("permit.valid_until", False),),
                (_NEXT_SIX_MONTHS,),
            ),
        ),
        ShippedView(
            "short_passport",
            lambda: _("Passport too short"),
            Shape(
                ("name", "passport.expiry", "verdict", "citizenship", "reference", "clerk"),
                (("passport.expiry", False),),
                (ColumnFilter("standing.short_passport", (1,)),),
            ),
        ),
        ShippedView(
            "no_letter_receipt",
            lambda: _("No receipt of the letter"),
            Shape(
                ("name", "letter.letter_date", "verdict", "citizenship", "reference", "clerk"),
                (("letter.letter_date", False),),
                (
                    ColumnFilter("letter.letter_date", filled=True),
                    ColumnFilter("letter.letter_received_date", filled=False),
                ),
            ),
        ),
    ),
    ListKind.APPLICATIONS: (_EVERYTHING, _MINE),
    ListKind.PERMITS: (
        _EVERYTHING,
        _MINE,
        ShippedView(
            "permit_ends",
            lambda: _("Permit ends within 6 months"),
            Shape(order=(("until", False),), filters=(_NEXT_SIX_MONTHS,)),
        ),
        ShippedView(
            "permanent_residence",
            lambda: _("Permanent residence"),
            Shape(
                ("name", "until", "left", "person.pr_state", "person.pr_filed_on",
                 "person.pr_number", "code"),
                (("until", False),),
                (ColumnFilter("person.pr_state", ("in_process", "approved")),),
            ),
        ),
    ),
    ListKind.FAMILY: (_EVERYTHING, _MINE),
    ListKind.DEADLINES: (_EVERYTHING, _MINE),
}  # fmt: skip


def shipped(kind: ListKind) -> tuple[ShippedView, ...]:
    """The views of a list from the first day, in their order."""
    return _SHIPPED[kind]
