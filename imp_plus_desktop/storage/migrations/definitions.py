# SPDX-License-Identifier: Apache-2.0
"""Column definitions that the steps of the register's shape share: days, codes, flags, instants.

Released steps are made of these texts: what they yield must never change.
"""

from __future__ import annotations

from collections.abc import Sequence


def day(name: str, *, required: bool = False) -> str:
    # date() makes another day of an impossible one and NULL of what is none: IS refuses both, and
    # = would let NULL pass.
    null = " NOT NULL" if required else ""
    return f"{name} TEXT{null} CHECK ({name} IS date({name}))"


def partial_day(name: str) -> str:
    """A year, or a year and a month, where the day is not known."""
    return (
        f"{name} TEXT CHECK ({name} IS NULL OR {name} GLOB '[12][0-9][0-9][0-9]'"
        f" OR {name} GLOB '[12][0-9][0-9][0-9]-[01][0-9]')"
    )


def code(name: str, codes: Sequence[str], *, required: bool = False) -> str:
    null = " NOT NULL" if required else ""
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"{name} TEXT{null} CHECK ({name} IS NULL OR {name} IN ({listed}))"


def flag(name: str) -> str:
    return f"{name} INTEGER CHECK ({name} IS NULL OR {name} IN (0, 1))"


def country(name: str) -> str:
    return f"{name} TEXT CHECK ({name} IS NULL OR length({name}) = 3)"


OWN_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT"
"""The id of what an act may write: never given out twice."""

INSTANT = "TEXT CHECK ({0} IS NULL OR {0} GLOB '????-??-??T??:??:??*Z')"


def holds_others_than(column: str, signs: str) -> str:
    """A condition of an index, which serves where `Dialect.holds_others_than` is asked."""
    return f"{column} GLOB '*[^{signs}]*'"


def holds(column: str, part: str) -> str:
    """A condition of an index, which serves where `Dialect.holds` is asked."""
    return f"instr({column}, '{part}') > 0"
