# SPDX-License-Identifier: Apache-2.0
"""The tenth step of the register's shape: the day a passport was issued, and Saint for St.

The search index is made anew: its lines know a name under both ways of writing Saint.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import day

TENTH: tuple[str, ...] = (
    f"ALTER TABLE passport ADD COLUMN {day('issued')}",
    # Lines that rest on no figures are computed anew, and the index lines with them.
    "DELETE FROM standing_figures",
)
