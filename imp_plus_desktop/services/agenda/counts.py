# SPDX-License-Identifier: Apache-2.0
"""How many there are of what each list shows: for whoever tells the number and not the list."""

from __future__ import annotations

from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import binned
from imp_plus_desktop.storage.reads import figures


def people(office: Office) -> int:
    return figures.count(office.register, "person")


def applications(office: Office) -> int:
    return figures.count(office.register, "application")


def permits(office: Office) -> int:
    return figures.count(office.register, "permit")


def members(office: Office) -> int:
    return figures.count(office.register, "member")


def near_deadlines(office: Office) -> int:
    """What falls due within a month and nobody has seen, what is past included."""
    return deadlines.near(office)


def held_rows(office: Office) -> int:
    """Rows of imported lists of which nobody has said yet who they are."""
    return figures.open_held_rows(office.register)


def files_in_bin(office: Office) -> int:
    return len(binned.files(office.register))
