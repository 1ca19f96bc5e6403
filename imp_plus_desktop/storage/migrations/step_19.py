# SPDX-License-Identifier: Apache-2.0
"""The nineteenth step of the register's shape: lists in an order by several columns.

Equals stand by name in every order of a list, so that the usual orders of people come from an
index that has the name too.
"""

from __future__ import annotations

NINETEENTH: tuple[str, ...] = (
    "DROP INDEX standing_status",
    "DROP INDEX standing_verdict",
    "DROP INDEX standing_letter",
    "CREATE INDEX standing_status ON standing (status, sort_key)",
    "CREATE INDEX standing_verdict ON standing (verdict, sort_key)",
    "CREATE INDEX standing_letter ON standing (letter_date, sort_key)",
)
