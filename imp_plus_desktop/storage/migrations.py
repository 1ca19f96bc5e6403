# SPDX-License-Identifier: Apache-2.0
"""The register's shape, step by step; a new register is made by running every step.

A step is a version and its statements, never edited once released. Nothing here reads the
models of `tables.py`: those follow today's shape, a step keeps the shape of its day.
"""

from __future__ import annotations

from imp_plus_desktop.storage.ddl import INSTANT, code, day, flag
from imp_plus_desktop.storage.migration_2 import SECOND
from imp_plus_desktop.storage.migration_3 import THIRD
from imp_plus_desktop.storage.migration_4 import FOURTH
from imp_plus_desktop.storage.migration_5 import FIFTH
from imp_plus_desktop.storage.migration_6 import SIXTH
from imp_plus_desktop.storage.migration_7 import SEVENTH
from imp_plus_desktop.storage.migration_8 import EIGHTH

APPLICATION_ID = 0x494D502B
"""`IMP+` in ASCII, written in the file's header so that other SQLite files are refused."""


_PERSON = f"""CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    family_name TEXT NOT NULL CHECK (family_name <> ''),
    given_names TEXT, individual_reference TEXT, uci TEXT, file_number TEXT,
    {code("sex", ("F", "M", "X"))},
    {day("birth_date")},
    citizenship TEXT CHECK (citizenship IS NULL OR length(citizenship) = 3),
    email TEXT, phone TEXT, csq_category TEXT,
    {day("csq_issue_date")},
    {day("csq_expiry_date")},
    pr_number TEXT,
    {day("pr_filed_on")},
    {code("pr_state", ("not_filed", "in_process", "approved", "refused", "withdrawn"))},
    {code("canada_status", ("visitor", "student", "worker", "claimant", "none"))},
    {day("canada_status_until")},
    {flag("r206")},
    {flag("spouse")},
    children INTEGER CHECK (children IS NULL OR children >= 0),
    {day("arrived_on")}
)"""

_APPLICATION = f"""CREATE TABLE application (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    {code("code", ("A76", "C41", "C46", "C49", "study"), required=True)},
    {code("kind", ("first", "extension"), required=True)},
    {
    code(
        "state",
        (
            "received",
            "approved",
            "permit_issued",
            "refused",
            "withdrawn",
            "returned",
            "cancelled_over_cap",
        ),
        required=True,
    )
},
    member_id INTEGER REFERENCES member (id),
    application_number TEXT,
    received_at {INSTANT.format("received_at")},
    {code("channel", ("online", "paper", "port_of_entry"))},
    {code("outcome", ("approved", "refused", "withdrawn", "returned", "cancelled_over_cap"))},
    {day("decided_on")},
    cap_year INTEGER,
    place INTEGER CHECK (place IS NULL OR (place >= 1 AND cap_year IS NOT NULL)),
    {day("refund_logged_on")},
    CHECK (member_id IS NULL OR place IS NULL),
    CHECK (state <> 'cancelled_over_cap' OR place IS NULL)
)"""

_FIRST: tuple[str, ...] = (
    _PERSON,
    "CREATE UNIQUE INDEX person_reference ON person (individual_reference)",
    "CREATE UNIQUE INDEX person_uci ON person (replace(uci, '-', ''))",
    "CREATE INDEX person_file_number ON person (file_number)",
    "CREATE INDEX person_birth ON person (birth_date)",
    f"""CREATE TABLE letter (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        {day("letter_date", required=True)},
        {day("letter_received_date")},
        UNIQUE (person_id, letter_date))""",
    f"""CREATE TABLE residence (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        country TEXT NOT NULL CHECK (length(country) = 3),
        province TEXT CHECK (province IS NULL OR length(province) = 2),
        {day("from_day")},
        {day("until_day")},
        CHECK (from_day IS NULL OR until_day IS NULL OR from_day <= until_day))""",
    "CREATE INDEX residence_person ON residence (person_id)",
    f"""CREATE TABLE passport (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        number TEXT,
        {day("expiry")},
        CHECK (number IS NOT NULL OR expiry IS NOT NULL))""",
    "CREATE INDEX passport_person ON passport (person_id)",
    f"""CREATE TABLE member (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        {code("relation", ("spouse", "partner", "child"), required=True)},
        family_name TEXT NOT NULL CHECK (family_name <> ''),
        given_names TEXT,
        {day("birth_date")},
        citizenship TEXT CHECK (citizenship IS NULL OR length(citizenship) = 3),
        {flag("accompanying")},
        {code("wish", ("work", "study", "visitor", "none"))},
        {day("passport_expiry")},
        {day("arrived_on")})""",
    "CREATE INDEX member_person ON member (person_id)",
    _APPLICATION,
    "CREATE INDEX application_person ON application (person_id)",
    "CREATE INDEX application_member ON application (member_id)",
    "CREATE INDEX application_received ON application (received_at)",
    "CREATE UNIQUE INDEX application_number ON application (application_number)",
    "CREATE UNIQUE INDEX application_place ON application (cap_year, place)"
    " WHERE place IS NOT NULL",
    f"""CREATE TABLE permit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        application_id INTEGER NOT NULL REFERENCES application (id),
        permit_number TEXT,
        {day("issued")},
        {day("valid_from", required=True)},
        {day("valid_until", required=True)},
        province TEXT NOT NULL DEFAULT 'QC' CHECK (province = 'QC'),
        {code("limited_by", ("term", "passport", "principal"), required=True)},
        lost_days INTEGER NOT NULL DEFAULT 0 CHECK (lost_days >= 0),
        CHECK (valid_from <= valid_until))""",
    "CREATE INDEX permit_application ON permit (application_id)",
    "CREATE INDEX permit_until ON permit (valid_until)",
    "CREATE UNIQUE INDEX permit_number ON permit (permit_number)",
    f"""CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        type TEXT NOT NULL,
        {code("state", ("required", "received", "reviewed"), required=True)},
        {day("expires")},
        UNIQUE (person_id, type))""",
    f"""CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id),
        text TEXT NOT NULL CHECK (text <> ''),
        written_at {INSTANT.format("written_at")})""",
    "CREATE INDEX note_person ON note (person_id)",
    f"""CREATE TABLE cap_limit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        {code("ledger", ("applications", "letters", "permits"), required=True)},
        year INTEGER NOT NULL,
        cap INTEGER NOT NULL CHECK (cap >= 0),
        {day("from_day", required=True)},
        reason TEXT NOT NULL CHECK (reason <> ''))""",
    f"""CREATE TABLE official_count (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        year INTEGER NOT NULL,
        {day("as_of", required=True)},
        received INTEGER NOT NULL CHECK (received >= 0),
        approved INTEGER, refused INTEGER, withdrawn INTEGER, source TEXT)""",
    f"""CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at {INSTANT.format("at")},
        who TEXT NOT NULL, service TEXT NOT NULL,
        source_name TEXT, source_sha256 TEXT,
        undoes INTEGER REFERENCES act (id),
        details TEXT, salt BLOB,
        digest BLOB NOT NULL, hash BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX act_undoes ON act (undoes)",
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        entity TEXT NOT NULL, entity_id INTEGER NOT NULL, person_id INTEGER,
        before TEXT, after TEXT, sheet TEXT, row INTEGER,
        salt BLOB, digest BLOB NOT NULL)""",
    "CREATE INDEX change_act ON change (act_id)",
    "CREATE INDEX change_entity ON change (entity, entity_id)",
    "CREATE INDEX change_person ON change (person_id)",
    # No foreign key to application: an entry outlives an application entered by mistake.
    f"""CREATE TABLE ledger_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        application_id INTEGER NOT NULL,
        cap_year INTEGER NOT NULL,
        delta INTEGER NOT NULL CHECK (delta IN (-1, 1)),
        reason TEXT NOT NULL, rule TEXT NOT NULL,
        ceiling INTEGER,
        at {INSTANT.format("at")})""",
    "CREATE INDEX ledger_year ON ledger_entry (cap_year, delta)",
    "CREATE INDEX ledger_application ON ledger_entry (application_id)",
    "CREATE TABLE cap_counter (year INTEGER PRIMARY KEY,"
    " used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0))",
    # The second lock behind the guarded UPDATE: an entry that names a ceiling never passes it.
    """CREATE TRIGGER ledger_ceiling BEFORE INSERT ON ledger_entry
        WHEN NEW.delta = 1 AND NEW.ceiling IS NOT NULL AND NEW.ceiling <=
            (SELECT COALESCE(SUM(delta), 0) FROM ledger_entry WHERE cap_year = NEW.cap_year)
        BEGIN SELECT RAISE(ABORT, 'no place left'); END""",
    """CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TABLE source_file (
        act_id INTEGER PRIMARY KEY REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        name TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL)""",
    """CREATE TABLE source_row (
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        sheet TEXT NOT NULL, row INTEGER NOT NULL, signature TEXT NOT NULL,
        effect TEXT NOT NULL, person_id INTEGER, row_key TEXT NOT NULL, cells TEXT NOT NULL,
        PRIMARY KEY (act_id, sheet, row)) WITHOUT ROWID""",
    "CREATE INDEX source_row_key ON source_row (row_key, person_id)",
    "CREATE INDEX source_row_signature ON source_row (signature, act_id)",
    f"""CREATE TABLE held_row (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        sheet TEXT NOT NULL, sheet_row INTEGER NOT NULL,
        row_key TEXT NOT NULL, field_values TEXT NOT NULL, candidates TEXT NOT NULL,
        {code("resolution", ("same", "new", "drop"))},
        person_id INTEGER)""",
    "CREATE INDEX held_row_key ON held_row (row_key)",
    # Derived, never journaled: what the lists sort and filter by. A missing line is made anew.
    f"""CREATE TABLE standing (
        person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
        sort_key TEXT NOT NULL, status TEXT NOT NULL, verdict TEXT NOT NULL,
        {day("last_safe_day")},
        {day("letter_date")},
        short_passport INTEGER NOT NULL DEFAULT 0,
        {day("computed_on", required=True)},
        cap_full INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX standing_sort ON standing (sort_key)",
    "CREATE INDEX standing_status ON standing (status)",
    "CREATE INDEX standing_verdict ON standing (verdict)",
    "CREATE INDEX standing_letter ON standing (letter_date)",
    "CREATE INDEX standing_computed ON standing (computed_on)",
    "CREATE VIRTUAL TABLE person_search USING fts5 (text, content = '', contentless_delete = 1,"
    " tokenize = 'unicode61', prefix = '2 3')",
)

MIGRATIONS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, _FIRST),
    (2, SECOND),
    (3, THIRD),
    (4, FOURTH),
    (5, FIFTH),
    (6, SIXTH),
    (7, SEVENTH),
    (8, EIGHTH),
)
"""Version of the register → the statements that lead to it, in order."""

LATEST = MIGRATIONS[-1][0]
