# SPDX-License-Identifier: Apache-2.0
"""The second step of the register's shape: the file as an office keeps it.

Application states of the office, IRCC's portal and requests, the family's events, fees, scans,
other routes, marks on deadlines, closed periods and the office's own parameters.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import INSTANT, code, day, flag

_PERSON_ID = "person_id INTEGER NOT NULL REFERENCES person (id)"

_STATES = (
    "draft",
    "ready",
    "submitted",
    "received",
    "acknowledged",
    "in_process",
    "action_required",
    "decision_made",
    "approved",
    "permit_issued",
    "refused",
    "withdrawn",
    "returned",
    "cancelled_over_cap",
    "letter_lapsed",
)

_REQUESTS = (
    "biometrics",
    "medical",
    "documents",
    "fairness_letter",
    "interview",
    "passport",
    "introduction_letter",
)

_PORTAL_ITEMS = (
    "eligibility",
    "medical",
    "documents",
    "interview",
    "biometrics",
    "background",
    "decision",
)

_APPLICATION_COLUMNS = (
    "id, person_id, code, kind, state, member_id, application_number, received_at, channel,"
    " outcome, decided_on, cap_year, place, refund_logged_on"
)


def _add(table: str, *definitions: str) -> tuple[str, ...]:
    return tuple(f"ALTER TABLE {table} ADD COLUMN {definition}" for definition in definitions)


# SQLite cannot widen a CHECK: the table is made anew, and keeps the highest id ever given out.
_APPLICATION = (
    f"""CREATE TABLE application_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    {_PERSON_ID},
    {code("code", ("A76", "C41", "C46", "C49", "study"), required=True)},
    {code("kind", ("first", "extension"), required=True)},
    {code("state", _STATES, required=True)},
    member_id INTEGER REFERENCES member (id),
    application_number TEXT,
    received_at {INSTANT.format("received_at")},
    {code("channel", ("online", "paper", "port_of_entry"))},
    {code("outcome", ("approved", "refused", "withdrawn", "returned", "cancelled_over_cap"))},
    {day("decided_on")},
    cap_year INTEGER,
    place INTEGER CHECK (place IS NULL OR (place >= 1 AND cap_year IS NOT NULL)),
    {day("refund_logged_on")},
    {flag("a76_wording")},
    {day("prepared_on")},
    {day("submitted_on")},
    {day("biometrics_cancelled_on")},
    CHECK (member_id IS NULL OR place IS NULL),
    CHECK (state NOT IN ('draft', 'ready', 'submitted', 'cancelled_over_cap') OR place IS NULL),
    CHECK (state NOT IN ('draft', 'ready', 'submitted')
        OR (received_at IS NULL AND outcome IS NULL AND decided_on IS NULL))
)""",
    f"INSERT INTO application_new ({_APPLICATION_COLUMNS})"
    f" SELECT {_APPLICATION_COLUMNS} FROM application",
    "DELETE FROM sqlite_sequence WHERE name = 'application_new'",
    "INSERT INTO sqlite_sequence (name, seq)"
    " SELECT 'application_new', seq FROM sqlite_sequence WHERE name = 'application'",
    "DROP TABLE application",
    "ALTER TABLE application_new RENAME TO application",
    "CREATE INDEX application_person ON application (person_id)",
    "CREATE INDEX application_member ON application (member_id)",
    "CREATE INDEX application_received ON application (received_at)",
    "CREATE INDEX application_state ON application (state)",
    "CREATE UNIQUE INDEX application_number ON application (application_number)",
    "CREATE UNIQUE INDEX application_place ON application (cap_year, place)"
    " WHERE place IS NOT NULL",
)

_DOCUMENT = (
    f"""CREATE TABLE document_new (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        {_PERSON_ID},
        type TEXT NOT NULL,
        {code("state", ("required", "received", "reviewed"), required=True)},
        {day("expires")},
        member_id INTEGER REFERENCES member (id),
        {day("received_on")},
        attachment TEXT,
        attachment_name TEXT)""",
    "INSERT INTO document_new (id, person_id, type, state, expires)"
    " SELECT id, person_id, type, state, expires FROM document",
    "DELETE FROM sqlite_sequence WHERE name = 'document_new'",
    "INSERT INTO sqlite_sequence (name, seq)"
    " SELECT 'document_new', seq FROM sqlite_sequence WHERE name = 'document'",
    "DROP TABLE document",
    "ALTER TABLE document_new RENAME TO document",
    "CREATE UNIQUE INDEX document_type ON document (person_id, COALESCE(member_id, 0), type)",
    "CREATE INDEX document_member ON document (member_id)",
)

# The second ledger: letters and permits against MIFI's figure. What an older register holds is
# taken over as it is, without an act. No foreign key to the subject: an entry outlives it.
_MIFI = (
    f"""CREATE TABLE mifi_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        act_id INTEGER REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        {code("ledger", ("letters", "permits"), required=True)},
        subject_id INTEGER NOT NULL,
        year INTEGER NOT NULL,
        {day("day", required=True)},
        delta INTEGER NOT NULL CHECK (delta IN (-1, 1)),
        reason TEXT NOT NULL,
        at {INSTANT.format("at")},
        CHECK (year = CAST(substr(day, 1, 4) AS INTEGER)))""",
    "CREATE INDEX mifi_subject ON mifi_entry (ledger, subject_id)",
    "CREATE INDEX mifi_day ON mifi_entry (ledger, day, delta)",
    "CREATE INDEX mifi_act ON mifi_entry (act_id)",
    "INSERT INTO mifi_entry (ledger, subject_id, year, day, delta, reason, at)"
    " SELECT 'letters', id, CAST(substr(letter_date, 1, 4) AS INTEGER), letter_date, 1,"
    " 'taken_over', strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM letter"
    " WHERE supersedes_id IS NULL ORDER BY id",
    "INSERT INTO mifi_entry (ledger, subject_id, year, day, delta, reason, at)"
    " SELECT 'permits', t.id, CAST(substr(COALESCE(t.issued, t.valid_from), 1, 4) AS INTEGER),"
    " COALESCE(t.issued, t.valid_from), 1, 'taken_over', strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
    " FROM permit t JOIN application a ON a.id = t.application_id"
    " WHERE a.code = 'A76' AND a.kind = 'first' AND a.member_id IS NULL ORDER BY t.id",
    """CREATE TRIGGER mifi_keeps BEFORE UPDATE ON mifi_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER mifi_stays BEFORE DELETE ON mifi_entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)

# Derived like `standing` and never journaled: they go with the line that they were made with.
_AGENDA = (
    f"""CREATE TABLE agenda_line (
        id INTEGER PRIMARY KEY,
        person_id INTEGER NOT NULL REFERENCES standing (person_id) ON DELETE CASCADE,
        {day("day", required=True)},
        kind TEXT NOT NULL, reason TEXT NOT NULL, subject_id INTEGER,
        {day("own_day", required=True)},
        moved_because TEXT,
        {day("acknowledged_on")},
        facts TEXT NOT NULL DEFAULT '{{}}')""",
    "CREATE INDEX agenda_line_day ON agenda_line (day)",
    "CREATE INDEX agenda_line_person ON agenda_line (person_id)",
    """CREATE TABLE waiting_line (
        code TEXT NOT NULL,
        person_id INTEGER NOT NULL REFERENCES standing (person_id) ON DELETE CASCADE,
        PRIMARY KEY (code, person_id)) WITHOUT ROWID""",
    "CREATE INDEX waiting_line_person ON waiting_line (person_id)",
    "DELETE FROM standing",
)

SECOND: tuple[str, ...] = (
    *_add(
        "person",
        "clerk TEXT",
        code("language", ("fr", "en")),
        "address TEXT",
        "address_country TEXT CHECK (address_country IS NULL OR length(address_country) = 3)",
        "address_province TEXT CHECK (address_province IS NULL OR length(address_province) = 2)",
        flag("outside_quebec_declared"),
        "representative TEXT",
        day("representative_form_on"),
        day("biometrics_on"),
    ),
    "CREATE INDEX person_clerk ON person (clerk)",
    *_add("letter", "supersedes_id INTEGER"),
    *_add(
        "residence",
        code(
            "proof",
            ("lease", "cra_notice", "utility_bill", "status_document", "declaration", "other"),
        ),
    ),
    *_add(
        "member",
        "uci TEXT",
        code("custody", ("full", "shared", "other_parent")),
        day("separated_on"),
        day("died_on"),
        day("married_on"),
        flag("dependent_condition"),
        code("school", ("none", "preschool", "primary_secondary", "post_secondary")),
        code("location", ("abroad", "quebec", "elsewhere_in_canada")),
        "caq_number TEXT",
        day("caq_until"),
        day("biometrics_on"),
    ),
    *_add("permit", "location_condition TEXT", "occupation_condition TEXT"),
    *_add(
        "official_count",
        "issued INTEGER CHECK (issued IS NULL OR issued >= 0)",
        "letters INTEGER CHECK (letters IS NULL OR letters >= 0)",
    ),
    *_APPLICATION,
    "CREATE TABLE attachment (sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL,"
    " content BLOB NOT NULL)",
    *_DOCUMENT,
    f"""CREATE TABLE former_name (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        family_name TEXT NOT NULL CHECK (family_name <> ''), given_names TEXT,
        {day("until_day")})""",
    "CREATE INDEX former_name_person ON former_name (person_id)",
    f"""CREATE TABLE contact (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        {day("on_day", required=True)},
        {code("kind", ("called", "wrote", "replied", "met"), required=True)},
        text TEXT NOT NULL CHECK (text <> ''))""",
    "CREATE INDEX contact_person ON contact (person_id)",
    f"""CREATE TABLE employment (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        country TEXT NOT NULL CHECK (length(country) = 3),
        province TEXT CHECK (province IS NULL OR length(province) = 2),
        employer TEXT,
        {day("from_day")},
        {day("until_day")},
        CHECK (from_day IS NULL OR until_day IS NULL OR from_day <= until_day))""",
    "CREATE INDEX employment_person ON employment (person_id)",
    f"""CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        application_id INTEGER NOT NULL REFERENCES application (id),
        {code("kind", _REQUESTS, required=True)},
        {day("letter_on", required=True)},
        {day("due_on")},
        {day("done_on")},
        {day("valid_until")})""",
    "CREATE INDEX request_person ON request (person_id)",
    "CREATE INDEX request_application ON request (application_id)",
    f"""CREATE TABLE portal_line (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        application_id INTEGER NOT NULL REFERENCES application (id),
        {code("item", _PORTAL_ITEMS, required=True)},
        {
        code(
            "state",
            ("not_needed", "in_progress", "needed", "completed", "not_applicable"),
            required=True,
        )
    },
        {day("observed_on", required=True)},
        {day("completed_on")})""",
    "CREATE INDEX portal_line_person ON portal_line (person_id)",
    "CREATE INDEX portal_line_application ON portal_line (application_id)",
    f"""CREATE TABLE payment (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        fee TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents > 0),
        {day("on_day", required=True)},
        application_id INTEGER REFERENCES application (id),
        refund INTEGER NOT NULL DEFAULT 0 CHECK (refund IN (0, 1)))""",
    "CREATE INDEX payment_person ON payment (person_id)",
    "CREATE INDEX payment_application ON payment (application_id)",
    f"""CREATE TABLE other_route (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        route TEXT NOT NULL,
        {code("state", ("filed", "approved", "refused", "withdrawn"), required=True)},
        {day("filed_on")},
        {day("decided_on")},
        employer TEXT, offer_number TEXT, permit_number TEXT,
        {day("valid_from")},
        {day("valid_until")},
        CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until))""",
    "CREATE INDEX other_route_person ON other_route (person_id)",
    f"""CREATE TABLE deadline_mark (
        id INTEGER PRIMARY KEY AUTOINCREMENT, {_PERSON_ID},
        kind TEXT NOT NULL,
        {day("day", required=True)},
        subject_id INTEGER,
        {day("new_day")},
        reason TEXT,
        {day("acknowledged_on")},
        CHECK (new_day IS NULL OR reason <> ''))""",
    "CREATE INDEX deadline_mark_person ON deadline_mark (person_id)",
    f"""CREATE TABLE parameter (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL, year INTEGER, value TEXT NOT NULL,
        {day("from_day", required=True)},
        reason TEXT NOT NULL CHECK (reason <> ''))""",
    f"""CREATE TABLE entry_rule (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        country TEXT NOT NULL CHECK (length(country) = 3),
        {code("requirement", ("visa", "eta", "none"), required=True)},
        {day("from_day", required=True)},
        source TEXT NOT NULL CHECK (source <> ''))""",
    f"""CREATE TABLE closed_period (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        year INTEGER NOT NULL,
        quarter INTEGER CHECK (quarter IS NULL OR quarter BETWEEN 1 AND 4),
        {day("closed_on", required=True)},
        figures TEXT NOT NULL)""",
    *_MIFI,
    *_AGENDA,
    *_add("source_file", "answer BLOB"),
)
