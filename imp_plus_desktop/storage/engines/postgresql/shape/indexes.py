# SPDX-License-Identifier: Apache-2.0
"""The indexes of the tables: those of a file. Where a list is read in the order of one, its last
column is the person, which a file's engine adds itself.

    INDEXES
    EXPECTED    what a server is to expect of columns, whatever it has counted
    PACKED      what it is not to pack, since it comes packed
"""

from __future__ import annotations

FILE_NUMBER = (
    "CREATE INDEX person_file_number ON person (file_number) WHERE file_number IS NOT NULL"
)
"""Many lists have none."""
INDEXES: tuple[str, ...] = (
    "CREATE UNIQUE INDEX person_reference ON person (individual_reference)",
    "CREATE UNIQUE INDEX person_uci ON person (replace(uci, '-', ''))",
    FILE_NUMBER,
    "CREATE INDEX person_birth ON person (birth_date)",
    "CREATE INDEX residence_person ON residence (person_id)",
    "CREATE INDEX passport_person ON passport (person_id)",
    "CREATE INDEX member_person ON member (person_id)",
    "CREATE INDEX permit_application ON permit (application_id)",
    "CREATE INDEX permit_until ON permit (valid_until)",
    "CREATE UNIQUE INDEX permit_number ON permit (permit_number)",
    "CREATE INDEX note_person ON note (person_id)",
    "CREATE UNIQUE INDEX act_undoes ON act (undoes)",
    "CREATE INDEX change_act ON change (act_id)",
    "CREATE INDEX change_entity ON change (entity, entity_id)",
    "CREATE INDEX change_person ON change (person_id)",
    "CREATE INDEX ledger_year ON ledger_entry (cap_year, delta)",
    "CREATE INDEX ledger_application ON ledger_entry (application_id)",
    "CREATE INDEX held_row_key ON held_row (row_key)",
    "CREATE INDEX standing_sort ON standing (sort_key, person_id)",
    "CREATE INDEX person_clerk ON person (clerk)",
    "CREATE INDEX application_person ON application (person_id)",
    "CREATE INDEX application_member ON application (member_id)",
    "CREATE INDEX application_received ON application (received_at)",
    "CREATE INDEX application_state ON application (state)",
    "CREATE UNIQUE INDEX application_number ON application (application_number)",
    (
        "CREATE UNIQUE INDEX application_place ON application (cap_year, place) WHERE place"
        " IS NOT NULL"
    ),
    "CREATE UNIQUE INDEX document_type ON document (person_id, COALESCE(member_id, 0), type)",
    "CREATE INDEX document_member ON document (member_id)",
    "CREATE INDEX former_name_person ON former_name (person_id)",
    "CREATE INDEX contact_person ON contact (person_id)",
    "CREATE INDEX employment_person ON employment (person_id)",
    "CREATE INDEX request_person ON request (person_id)",
    "CREATE INDEX request_application ON request (application_id)",
    "CREATE INDEX portal_line_person ON portal_line (person_id)",
    "CREATE INDEX portal_line_application ON portal_line (application_id)",
    "CREATE INDEX payment_person ON payment (person_id)",
    "CREATE INDEX payment_application ON payment (application_id)",
    "CREATE INDEX other_route_person ON other_route (person_id)",
    "CREATE INDEX deadline_mark_person ON deadline_mark (person_id)",
    "CREATE INDEX mifi_subject ON mifi_entry (ledger, subject_id)",
    "CREATE INDEX mifi_day ON mifi_entry (ledger, day, delta)",
    "CREATE INDEX mifi_act ON mifi_entry (act_id)",
    "CREATE INDEX agenda_line_day ON agenda_line (day)",
    "CREATE INDEX agenda_line_person ON agenda_line (person_id)",
    "CREATE INDEX waiting_line_person ON waiting_line (person_id)",
    "CREATE INDEX source_sheet_signature ON source_sheet (signature, act_id)",
    "CREATE INDEX source_row_key ON source_row (row_key, person_id)",
    "CREATE INDEX member_uci ON member (replace(uci, '-', '')) WHERE uci IS NOT NULL",
    "CREATE INDEX member_birth ON member (birth_date) WHERE birth_date IS NOT NULL",
    (
        "CREATE INDEX passport_number ON passport (upper(replace(replace(number, ' ', ''),"
        " '-', ''))) WHERE number IS NOT NULL"
    ),
    "CREATE INDEX letter_day ON letter (letter_date)",
    "CREATE INDEX agenda_rests ON agenda_line (rests, day, acknowledged_on)",
    "CREATE INDEX flag_settlement_person ON flag_settlement (person_id)",
    "CREATE INDEX flag_settlement_subject ON flag_settlement (code, subject_id)",
    "CREATE INDEX flag_line_application ON flag_line (application_id)",
    "CREATE INDEX act_service ON act (service)",
    "CREATE INDEX former_number_person ON former_number (person_id)",
    "CREATE INDEX former_number_application ON former_number (application_id)",
    "CREATE UNIQUE INDEX former_number_number ON former_number (number)",
    "CREATE INDEX standing_computed ON standing (computed_on)",
    "CREATE INDEX standing_until ON standing (holds_until)",
    "CREATE INDEX standing_full ON standing (cap_full)",
    "CREATE INDEX standing_status ON standing (status, sort_key, person_id)",
    "CREATE INDEX standing_verdict ON standing (verdict, sort_key, person_id)",
    "CREATE INDEX standing_letter ON standing (letter_date, sort_key, person_id)",
    (
        "CREATE INDEX standing_letter_latest ON standing"
        " (letter_date DESC NULLS LAST, sort_key, person_id)"
    ),
    (
        "CREATE INDEX person_written_otherwise ON person (id) WHERE (individual_reference ~"
        " '[^0-9A-Z]' OR uci ~ '[^0-9A-Z-]' OR file_number ~ '[^0-9A-Z]')"
    ),
    (
        "CREATE INDEX change_of_numbers ON change (entity) WHERE before IS NOT NULL AND"
        " after IS NOT NULL AND (strpos(before, '\"individual_reference\"') > 0 OR"
        " strpos(before, '\"uci\"') > 0 OR strpos(before, '\"file_number\"') > 0)"
    ),
    "CREATE INDEX person_tags ON person (tags) WHERE tags IS NOT NULL",
    "CREATE INDEX legal_hold_person ON legal_hold (person_id)",
    "CREATE INDEX other_route_route ON other_route (route)",
)

EXPECTED: tuple[str, ...] = tuple(
    # One list brings nearly all the rows there are. A server that has counted them takes any act
    # that it is asked of to have as many, and walks through all for the one row of the next.
    f"ALTER TABLE {table} ALTER COLUMN act_id SET (n_distinct = -0.5)"
    for table in ("change", "mifi_entry")
)

PACKED: tuple[str, ...] = tuple(
    f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL"
    for table, column in (
        *(("source_file", "content"), ("source_file", "answer")),
        ("source_block", "cells"),
    )
)
