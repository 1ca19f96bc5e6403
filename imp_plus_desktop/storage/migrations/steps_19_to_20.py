# SPDX-License-Identifier: Apache-2.0
"""The nineteenth and twentieth steps of the register's shape: lists in an order by several
columns, and a short list that finds whom it names by indexes."""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import holds, holds_others_than

NINETEENTH: tuple[str, ...] = (
    # Equals stand by name in every order of a list, so that the usual orders of people come from
    # an index that has the name too.
    "DROP INDEX standing_status",
    "DROP INDEX standing_verdict",
    "DROP INDEX standing_letter",
    "CREATE INDEX standing_status ON standing (status, sort_key)",
    "CREATE INDEX standing_verdict ON standing (verdict, sort_key)",
    "CREATE INDEX standing_letter ON standing (letter_date, sort_key)",
)

_OTHERWISE = " OR ".join(
    (
        holds_others_than("individual_reference", "0-9A-Z"),
        holds_others_than("uci", "0-9A-Z-"),
        holds_others_than("file_number", "0-9A-Z"),
    )
)
_NUMBERS = ("individual_reference", "uci", "file_number")
_REPLACED = " OR ".join(holds("before", f'"{name}"') for name in _NUMBERS)

TWENTIETH: tuple[str, ...] = (
    # Numbers are looked for as they are compared, without spaces and hyphens; most are kept so.
    f"CREATE INDEX person_written_otherwise ON person (id) WHERE ({_OTHERWISE})",
    # The changes that put one number in the place of another.
    "CREATE INDEX change_of_numbers ON change (entity) WHERE before IS NOT NULL"
    f" AND after IS NOT NULL AND ({_REPLACED})",
)
