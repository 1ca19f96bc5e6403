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


def _many(count: Callable[[Office], int]) -> Callable[[Office], str]:
    def told(office: Office) -> str:
        found = count(office)
        return format_number(found) if found else ""

    return told


def _year(office: Office) -> str:
    return str(office.clock.today().year)


ENTRIES: Mapping[str, Entry] = {
    "overview": Entry("overview", N_("Overview")),
    "people": Entry("people", N_("People"), frozenset({"person"}), _many(counts.people)),
    "applications": Entry(
        "applications",
        N_("Applications"),
        frozenset({"application"}),
        _many(counts.applications),
    ),
    "permits": Entry("permits", N_("Permits"), frozenset({"permit"}), _many(counts.permits)),
    "family": Entry("family", N_("Family"), frozenset({"member"}), _many(counts.members)),
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
