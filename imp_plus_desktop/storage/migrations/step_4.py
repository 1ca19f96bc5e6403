# SPDX-License-Identifier: Apache-2.0
"""The fourth step of the register's shape: maintained status, and the exceptions of R199.

SQLite cannot widen a CHECK: the column of the status is made anew under its own name.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import code, flag

_STATUSES = ("visitor", "student", "worker", "maintained", "claimant", "none")

FOURTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {code('canada_status_new', _STATUSES)}",
    "UPDATE person SET canada_status_new = canada_status WHERE canada_status IS NOT NULL",
    "ALTER TABLE person DROP COLUMN canada_status",
    "ALTER TABLE person RENAME COLUMN canada_status_new TO canada_status",
    f"ALTER TABLE person ADD COLUMN {flag('r199')}",
    # What each file says changes with what it is judged by.
    "DELETE FROM standing",
)
