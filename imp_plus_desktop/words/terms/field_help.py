# SPDX-License-Identifier: Apache-2.0
"""What each column of a list means, for the template and the import's columns step."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _

HELP: Mapping[str, str] = {
    "individual_reference": N_(
        "MIFI’s individual reference number, for example C1234567. This number, the UCI, or the"
        " file number with name and birth date identifies the person."
    ),
    "uci": N_("IRCC’s client number, for example 12-3456-7890."),
    "file_number": N_("MIFI’s file number, for example C0001234567."),
    "family_name": N_("Family name as in the passport. A person with one name has it here."),
    "given_names": N_("Given names as in the passport."),
    "sex": N_("F, M or X."),
    "birth_date": N_("Date of birth. A real date, or text such as 1990-03-04."),
    "citizenship": N_("Country of citizenship, in French or English."),
    "residence_country": N_("Country where the person lives now."),
    "residence_province": N_("Province or territory, when the person lives in Canada."),
    "email": N_("E-mail address."),
    "phone": N_("Telephone number."),
    "csq_category": N_("Box 9 of the CSQ, for example IQ; “none” when the box is empty."),
    "csq_issue_date": N_("Day the CSQ was issued (box 20)."),
    "csq_expiry_date": N_("Last day of the CSQ (box 21)."),
    "letter_date": N_("Date of MIFI’s invitation letter. Required."),
    "letter_received_date": N_(
        "Day the person received the letter: the 90 days run from it. When it is empty, they run"
        " from the letter’s date."
    ),
    "passport_number": N_("Passport number."),
    "passport_expiry": N_("Last day of the passport: a permit never goes beyond it."),
    "pr_number": N_("Number of the application for permanent residence, for example E123456789."),
    "pr_filed_on": N_("Day the application for permanent residence was filed."),
    "pr_state": N_("Where the application for permanent residence stands."),
    "canada_status": N_("Temporary status held in Canada, if the person is there."),
    "canada_status_until": N_("Last day of that status."),
    "r206": N_("Yes when the person holds a work permit under section 206."),
    "r199": N_(
        "Yes when a visitor may apply inside Canada all the same: family member of a permit holder,"
        " or temporary resident permit of six months or more."
    ),
    "spouse": N_("Yes when a spouse or partner comes along."),
    "children": N_("How many children come along."),
    "application_number": N_("IRCC’s number of the work permit application: W and nine digits."),
    "received_at": N_("Day, or day and time, at which IRCC received the application."),
    "outcome": N_("How the application ended; empty while it waits."),
    "decided_on": N_("Day of the decision."),
    "permit_number": N_("Number of the permit: U and nine digits."),
    "permit_from": N_("First day of the permit."),
    "permit_until": N_("Last day of the permit."),
    "principal_reference": N_("Individual reference number of the principal applicant."),
    "relation": N_("Spouse, partner or child."),
    "wish": N_("What the member asks for: work permit, study permit, visitor status or nothing."),
}


def field_help(field: str) -> str:
    """One sentence on a field, in the language in use."""
    return _(HELP[field])
