# SPDX-License-Identifier: Apache-2.0
"""Steps thirteen to seventeen of the register's shape: whole histories in, and days that keep.

An application may ask to restore a status and keeps the numbers that it had, a birth may be known
in part, and the line of a file tells until when it holds.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import (
    OWN_ID,
    code,
    country,
    day,
    partial_day,
)

_KINDS = ("first", "extension", "restoration")

THIRTEENTH: tuple[str, ...] = (
    # SQLite cannot widen a CHECK: the column is made anew, with a default for the rows there are.
    "ALTER TABLE application RENAME COLUMN kind TO kind_before",
    f"ALTER TABLE application ADD COLUMN {code('kind', _KINDS, required=True)} DEFAULT 'first'",
    "UPDATE application SET kind = kind_before WHERE kind_before <> 'first'",
    "ALTER TABLE application DROP COLUMN kind_before",
    # One under another route has its number too.
    "ALTER TABLE other_route ADD COLUMN application_number TEXT",
)

FOURTEENTH: tuple[str, ...] = (
    # A year, or a year and a month, stands where the day of birth is not known.
    f"ALTER TABLE person ADD COLUMN {partial_day('birth_known')}",
    f"ALTER TABLE member ADD COLUMN {partial_day('birth_known')}",
    f"ALTER TABLE member ADD COLUMN {country('second_citizenship')}",
)

FIFTEENTH: tuple[str, ...] = (
    # A number names one application for good, also one that IRCC has replaced.
    f"""CREATE TABLE former_number (
        {OWN_ID},
        person_id INTEGER NOT NULL REFERENCES person (id),
        application_id INTEGER NOT NULL REFERENCES application (id),
        number TEXT NOT NULL)""",
    "CREATE INDEX former_number_person ON former_number (person_id)",
    "CREATE INDEX former_number_application ON former_number (application_id)",
    "CREATE UNIQUE INDEX former_number_number ON former_number (number)",
)

SIXTEENTH: tuple[str, ...] = ("ALTER TABLE member ADD COLUMN passport_number TEXT",)

SEVENTEENTH: tuple[str, ...] = (
    # Derived: a line of before holds on the day that it was made for.
    f"ALTER TABLE standing ADD COLUMN {day('holds_until')}",
    "UPDATE standing SET holds_until = computed_on",
    "DROP INDEX standing_basis",
    "CREATE INDEX standing_computed ON standing (computed_on)",
    "CREATE INDEX standing_until ON standing (holds_until)",
    "CREATE INDEX standing_full ON standing (cap_full)",
)
