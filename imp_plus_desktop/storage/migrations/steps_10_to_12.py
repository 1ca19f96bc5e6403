# SPDX-License-Identifier: Apache-2.0
"""The tenth to the twelfth step of the register's shape, each as it was released.

The day a passport was issued, and Saint for St: the search index is made anew, its lines know a
name under both ways of writing Saint. Flags of history, and how each was settled. Acts are found by
what they did: the bin and the mergers are read from the acts of one service, however many others
there are.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import OWN_ID, code, day

TENTH: tuple[str, ...] = (
    f"ALTER TABLE passport ADD COLUMN {day('issued')}",
    # Lines that rest on no figures are computed anew, and the index lines with them.
    "DELETE FROM standing_figures",
)

_CODES = (
    *("over_cap", "receipt_unknown", "received_in_future", "decided_before_received"),
    *("outcome_against_permit", "permit_over_term", "rule_failed"),
)

ELEVENTH: tuple[str, ...] = (
    f"""CREATE TABLE flag_settlement (
        {OWN_ID},
        person_id INTEGER NOT NULL REFERENCES person (id),
        {code("code", _CODES, required=True)},
        subject_id INTEGER NOT NULL,
        about TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''),
        {day("settled_on", required=True)},
        settled_by TEXT NOT NULL)""",
    "CREATE INDEX flag_settlement_person ON flag_settlement (person_id)",
    "CREATE INDEX flag_settlement_subject ON flag_settlement (code, subject_id)",
    # Derived like the agenda: made with each person's line, gone with it.
    """CREATE TABLE flag_line (
        person_id INTEGER NOT NULL REFERENCES standing (person_id) ON DELETE CASCADE,
        application_id INTEGER NOT NULL, code TEXT NOT NULL,
        PRIMARY KEY (person_id, application_id, code))""",
    "CREATE INDEX flag_line_application ON flag_line (application_id)",
    "DELETE FROM standing",
)

TWELFTH: tuple[str, ...] = ("CREATE INDEX act_service ON act (service)",)
