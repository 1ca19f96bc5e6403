# SPDX-License-Identifier: Apache-2.0
"""What the rows of the register are, in the language in use. Holds texts only."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _

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
    "former_name": N_("Former name"),
    "former_number": N_("Former application number"),
    "contact": N_("Contact with the person"),
    "employment": N_("Workplace"),
    "request": N_("Request from IRCC"),
    "portal_line": N_("Line of the IRCC portal"),
    "payment": N_("Payment"),
    "other_route": N_("Other route"),
    "deadline_mark": N_("Mark on a deadline"),
    "flag_settlement": N_("Settled finding"),
    "entry_rule": N_("Entry by nationality"),
    "parameter": N_("Setting of the programme"),
    "closed_period": N_("Closed period"),
    "cap_limit": N_("Cap"),
    "official_count": N_("Official count"),
    "held_row": N_("Row to check"),
    "list_view": N_("View of a list"),
    "letter_template": N_("Template of letters"),
    "letterhead": N_("Letterhead"),
    "programme_file": N_("File of a programme"),
    "legal_hold": N_("Legal hold"),
    "privacy_desk": N_("Protection of personal information"),
    "incident": N_("Confidentiality incident"),
}


def entity_label(entity: str) -> str:
    """What a row of the register is: `Letter`, `Permit`."""
    return _(_ENTITIES[entity]) if entity in _ENTITIES else entity
