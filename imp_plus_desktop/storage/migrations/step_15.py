# SPDX-License-Identifier: Apache-2.0
"""The fifteenth step of the register's shape: an application keeps the numbers that it had."""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import OWN_ID

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
