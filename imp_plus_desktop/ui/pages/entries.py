# SPDX-License-Identifier: Apache-2.0
"""What the window tells of each page before it is opened: its name, its icon, its quiet number.

    ENTRIES      by the key of the page
    Entry        icon, title, counted, number

A page is made when it is first opened, and what it shows is loaded then. Must not know a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from imp_plus_desktop.domain.reads.touched import FILE
from imp_plus_desktop.i18n import N_, format_number
from imp_plus_desktop.services.agenda import counts
from imp_plus_desktop.services.office.office import Office


class Entry(NamedTuple):
    """A page as the side bar has it."""

    icon: str
    title: str
    counted: frozenset[str] | None = frozenset()
    """The kinds of rows that may change its quiet number; None where any may."""
    number: Callable[[Office], str] = lambda _office: ""
    """The quiet number, as text; empty for none."""
    is_total: bool = False
    """Whether it is the number of rows that the page has in all."""


def many(found: int) -> str:
    """How many there are, as a quiet number."""
    return format_number(found) if found else ""


def _many(count: Callable[[Office], int]) -> Callable[[Office], str]:
    return lambda office: many(count(office))


def _year(office: Office) -> str:
    return str(office.clock.today().year)


ENTRIES: Mapping[str, Entry] = {
    "overview": Entry("overview", N_("Overview")),
    "people": Entry(
        "people", N_("People"), frozenset({"person"}), _many(counts.people), is_total=True
    ),
    "applications": Entry(
        "applications",
        N_("Applications"),
        frozenset({"application"}),
        _many(counts.applications),
        is_total=True,
    ),
    "permits": Entry(
        "permits", N_("Permits"), frozenset({"permit"}), _many(counts.permits), is_total=True
    ),
    "family": Entry(
        "family", N_("Family"), frozenset({"member"}), _many(counts.members), is_total=True
    ),
    "deadlines": Entry(
        "deadlines",
        N_("Deadlines"),
        FILE - {"note", "contact", "former_name"},
        _many(counts.near_deadlines),
    ),
    "quota": Entry("quota", N_("Annual cap"), number=_year),
    "imports": Entry("imports", N_("Imports"), frozenset({"held_row"}), _many(counts.held_rows)),
    "routes": Entry("routes", N_("Other routes")),
    "bin": Entry("trash", N_("Bin"), frozenset({"person"}), _many(counts.files_in_bin)),
}
