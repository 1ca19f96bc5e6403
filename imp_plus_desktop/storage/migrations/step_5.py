# SPDX-License-Identifier: Apache-2.0
"""The fifth step of the register's shape: who needs no permit, deaths, and an agenda that keeps.

Citizens and permanent residents among the statuses, the day of a death, the status of members and
the settling of a deadline.
"""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.storage.migrations.definitions import code, day, flag

_STATUSES = (
    *("visitor", "student", "worker", "maintained", "claimant", "none"),
    *("citizen", "permanent_resident"),
)
_PR_STATES = ("not_filed", "in_process", "approved", "refused", "withdrawn", "landed")


def _widened(table: str, name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """A column of codes that takes more of them: SQLite cannot change a CHECK in place."""
    return (
        f"ALTER TABLE {table} RENAME COLUMN {name} TO {name}_before",
        f"ALTER TABLE {table} ADD COLUMN {code(name, codes)}",
        f"UPDATE {table} SET {name} = {name}_before WHERE {name}_before IS NOT NULL",
        f"ALTER TABLE {table} DROP COLUMN {name}_before",
    )


FIFTH: tuple[str, ...] = (
    *_widened("person", "pr_state", _PR_STATES),
    *_widened("person", "canada_status", _STATUSES),
    f"ALTER TABLE person ADD COLUMN {day('died_on')}",
    f"ALTER TABLE member ADD COLUMN {code('canada_status', _STATUSES)}",
    f"ALTER TABLE member ADD COLUMN {day('canada_status_until')}",
    f"ALTER TABLE member ADD COLUMN {flag('invited')}",
    f"ALTER TABLE deadline_mark ADD COLUMN {day('settled_on')}",
    # Two people under one UCI or one passport are found by what is compared, not by a scan.
    "CREATE INDEX member_uci ON member (replace(uci, '-', '')) WHERE uci IS NOT NULL",
    "CREATE INDEX member_birth ON member (birth_date) WHERE birth_date IS NOT NULL",
    "CREATE INDEX passport_number ON passport"
    " (upper(replace(replace(number, ' ', ''), '-', ''))) WHERE number IS NOT NULL",
    # What lies far behind or hangs on a closed file rests: it is kept, apart from what presses.
    "ALTER TABLE agenda_line ADD COLUMN rests INTEGER NOT NULL DEFAULT 0 CHECK (rests IN (0, 1))",
    "CREATE INDEX agenda_rests ON agenda_line (rests, day)",
    # Derived, and made anew by the rules of today.
    "DELETE FROM standing",
)
