# SPDX-License-Identifier: Apache-2.0
"""Labels of fields, as forms, histories and column choices show them. Holds labels only."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _

_LABELS: Mapping[str, str] = {
    # fields of the import table
    "individual_reference": N_("Individual reference no."),
    "uci": N_("UCI"),
    "file_number": N_("File no."),
    "full_name": N_("Full name"),
    "family_name": N_("Family name"),
    "given_names": N_("Given names"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "citizenship": N_("Citizenship"),
    "residence_country": N_("Country of residence"),
    "residence_province": N_("Province of residence"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "csq_category": N_("CSQ category"),
    "csq_issue_date": N_("CSQ issued on"),
    "csq_expiry_date": N_("CSQ expires on"),
    "letter_date": N_("Letter date"),
    "letter_received_date": N_("Letter received on"),
    "passport_number": N_("Passport no."),
    "passport_expiry": N_("Passport expires on"),
    "pr_number": N_("PR application no."),
    "pr_filed_on": N_("PR filed on"),
    "pr_state": N_("State of the PR application"),
    "canada_status": N_("Status in Canada"),
    "canada_status_until": N_("Status in Canada until"),
    "r206": N_("R206 work permit"),
    "spouse": N_("Spouse or partner"),
    "children": N_("Number of children"),
    "application_number": N_("Application no."),
    "received_at": N_("Received on"),
    "outcome": N_("Outcome"),
    "decided_on": N_("Decided on"),
    "permit_number": N_("Permit no."),
    "permit_from": N_("Permit from"),
    "permit_until": N_("Permit until"),
    "principal_reference": N_("Principal’s individual reference no."),
    "relation": N_("Relation"),
    "wish": N_("Application wanted"),
    # columns of the register
    "id": N_("Number in the register"),
    "arrived_on": N_("Arrived on"),
    "residence": N_("Residence"),
    "country": N_("Country"),
    "province": N_("Province"),
    "from_day": N_("From"),
    "until_day": N_("Until"),
    "number": N_("Number"),
    "expiry": N_("Expires on"),
    "expires": N_("Expires on"),
    "accompanying": N_("Accompanying"),
    "code": N_("Code"),
    "kind": N_("Kind"),
    "channel": N_("Filed"),
    "state": N_("State"),
    "cap_year": N_("Cap year"),
    "place": N_("Place used"),
    "refund_logged_on": N_("Refund logged on"),
    "issued": N_("Issued on"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "limited_by": N_("Last day set by"),
    "lost_days": N_("Days lost"),
    "type": N_("Document"),
    "text": N_("Note"),
    "written_at": N_("Written on"),
    "ledger": N_("Count"),
    "year": N_("Year"),
    "cap": N_("Cap"),
    "reason": N_("Reason"),
    "as_of": N_("As of"),
    "received": N_("Received"),
    "approved": N_("Approved"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
    "source": N_("Source"),
    "resolution": N_("Answer given"),
    "person_id": N_("Person"),
    "member_id": N_("Family member"),
    "application_id": N_("Application"),
    "name": N_("Name"),
    "status": N_("Status"),
    "verdict": N_("Eligibility"),
    "last_safe_day": N_("Last safe day"),
}

_ENTITIES: Mapping[str, str] = {
    "person": N_("Person"),
    "letter": N_("Letter"),
    "residence": N_("Residence"),
    "passport": N_("Passport"),
    "member": N_("Family member"),
    "application": N_("Application"),
    "permit": N_("Permit"),
    "document": N_("Document"),
    "note": N_("Note"),
    "cap_limit": N_("Cap"),
    "official_count": N_("Official count"),
    "held_row": N_("Row to check"),
}


def field_label(field: str) -> str:
    """The label of a field of the import table or of a column of the register."""
    return _(_LABELS[field]) if field in _LABELS else field


def entity_label(entity: str) -> str:
    """What a row of the register is: `Letter`, `Permit`."""
    return _(_ENTITIES[entity]) if entity in _ENTITIES else entity


def labelled() -> frozenset[str]:
    """The fields that have a label."""
    return frozenset(_LABELS)
