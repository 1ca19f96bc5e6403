# SPDX-License-Identifier: Apache-2.0
"""The twenty-first to twenty-eighth steps of the register's shape: views of lists, kept by name,
the office's own words for files, notes that are pinned or come back on a day, letters, the way
on that is chosen for a permit, what whoever is in charge of personal information keeps, the
stages of the application for permanent residence, and programmes.

A view's filters may hold a name: they are kept where the people are, encrypted with them.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import OWN_ID, code, day, flag

TWENTY_FIRST: tuple[str, ...] = (
    # Whose a view is; nobody's is the whole office's.
    f"""CREATE TABLE list_view (
        {OWN_ID},
        list TEXT NOT NULL,
        name TEXT NOT NULL,
        owner TEXT,
        shape TEXT NOT NULL)""",
)

TWENTY_SECOND: tuple[str, ...] = (
    "ALTER TABLE person ADD COLUMN tags TEXT",
    # Few files have any, and all of them are asked for at once.
    "CREATE INDEX person_tags ON person (tags) WHERE tags IS NOT NULL",
)

TWENTY_THIRD: tuple[str, ...] = (
    f"ALTER TABLE note ADD COLUMN {flag('pinned')}",
    f"ALTER TABLE note ADD COLUMN {day('remind_on')}",
    # What somebody is writing: no act, nobody's but its writer's, gone when it is stored.
    """CREATE TABLE draft (
        owner TEXT NOT NULL,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (owner, person_id, field))""",
)

TWENTY_FOURTH: tuple[str, ...] = (
    # A template's bytes stand among the attachments, by their SHA-256.
    f"""CREATE TABLE letter_template (
        {OWN_ID},
        shipped TEXT,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        content TEXT NOT NULL)""",
    f"""CREATE TABLE letterhead (
        {OWN_ID},
        name TEXT,
        address TEXT,
        phone TEXT,
        email TEXT)""",
    # What was written to a person is kept with its line of the log.
    "ALTER TABLE contact ADD COLUMN attachment TEXT",
    "ALTER TABLE contact ADD COLUMN attachment_name TEXT",
)

TWENTY_FIFTH: tuple[str, ...] = (
    # No list of its codes: ways come and go with the programmes.
    "ALTER TABLE permit ADD COLUMN next_way TEXT",
)

TWENTY_SIXTH: tuple[str, ...] = (
    # Files that must not be destroyed, and why.
    f"""CREATE TABLE legal_hold (
        {OWN_ID},
        person_id INTEGER NOT NULL REFERENCES person (id),
        reason TEXT NOT NULL CHECK (reason <> ''),
        {day("from_day", required=True)},
        {day("lifted_on")})""",
    "CREATE INDEX legal_hold_person ON legal_hold (person_id)",
    # Who answers for personal information, what it serves, and for how long files are kept.
    f"""CREATE TABLE privacy_desk (
        {OWN_ID},
        {code("office_kind", ("consultant", "enterprise", "public_body"))},
        ceiling_years INTEGER CHECK (ceiling_years IS NULL OR ceiling_years > 0),
        purposes TEXT,
        officer_name TEXT,
        officer_title TEXT,
        officer_phone TEXT,
        officer_email TEXT)""",
    f"""CREATE TABLE incident (
        {OWN_ID},
        {day("recorded_on", required=True)},
        information TEXT,
        circumstances TEXT,
        happened TEXT,
        learned TEXT,
        people TEXT,
        {flag("serious")},
        risk TEXT,
        {day("commission_told_on")},
        {day("people_told_on")},
        public_notice TEXT,
        measures TEXT,
        {day("closed_on")})""",
    # Derived from the acts that erase: what is left of these files is in no list of people.
    "CREATE TABLE erased_file (person_id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL)",
)

TWENTY_SEVENTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {day('pr_acknowledged_on')}",
    f"ALTER TABLE person ADD COLUMN {day('pr_biometrics_on')}",
    f"ALTER TABLE person ADD COLUMN {day('pr_medical_on')}",
    f"ALTER TABLE person ADD COLUMN {day('pr_background_on')}",
    f"ALTER TABLE person ADD COLUMN {day('pr_passport_asked_on')}",
    f"ALTER TABLE person ADD COLUMN {day('pr_confirmed_on')}",
    f"ALTER TABLE person ADD COLUMN {day('landed_on')}",
)

_ROUTE_STATES = ("considered", "filed", "approved", "refused", "withdrawn")

TWENTY_EIGHTH: tuple[str, ...] = (
    # Somebody may be entered under a programme before anything is filed.
    "ALTER TABLE other_route RENAME COLUMN state TO state_before",
    f"ALTER TABLE other_route ADD COLUMN {code('state', _ROUTE_STATES, required=True)}"
    " DEFAULT 'filed'",
    "UPDATE other_route SET state = state_before WHERE state_before <> 'filed'",
    "ALTER TABLE other_route DROP COLUMN state_before",
    f"ALTER TABLE other_route ADD COLUMN {day('invited_on')}",
    "CREATE INDEX other_route_route ON other_route (route)",
    # Its text as it was taken: what it says is read anew by each version of the program.
    f"""CREATE TABLE programme_file (
        {OWN_ID},
        key TEXT NOT NULL UNIQUE CHECK (key <> ''),
        text TEXT NOT NULL)""",
)
