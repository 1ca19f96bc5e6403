# SPDX-License-Identifier: Apache-2.0
"""What fields are called, and what those of lists mean, in the language in use. Holds texts only.

Forms, histories and the choice of columns show the labels, the template and the import's columns
the helps.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.records.catalogue import AGAIN, IN_FAMILY
from imp_plus_desktop.i18n import N_, _

_PORTAL: Mapping[str, str] = {
    "eligibility": N_("Portal: review of eligibility"),
    "medical": N_("Portal: review of medical results"),
    "documents": N_("Portal: review of additional documents"),
    "interview": N_("Portal: interview"),
    "biometrics": N_("Portal: biometrics"),
    "background": N_("Portal: background check"),
    "decision": N_("Portal: final decision"),
}

_LISTED: Mapping[str, tuple[str, str]] = {
    "individual_reference": (
        N_("Individual reference no."),
        N_(
            "MIFI’s individual reference number, for example C1234567. This number, the UCI, or"
            " the file number with name and birth date identifies the person."
        ),
    ),
    "uci": (N_("UCI"), N_("IRCC’s client number, for example 12-3456-7890.")),
    "register_number": (
        N_("No. in the register"),
        N_("Written by the register beside each name; a list that has it finds the person again."),
    ),
    "file_number": (N_("File no."), N_("MIFI’s file number, for example C0001234567.")),
    "family_name": (
        N_("Family name"),
        N_("Family name as in the passport. A person with one name has it here."),
    ),
    "given_names": (N_("Given names"), N_("Given names as in the passport.")),
    "sex": (N_("Sex"), N_("F, M or X.")),
    "birth_date": (
        N_("Date of birth"),
        N_("A real date, or text such as 1990-03-04; 1990-03 or 1990 where no more is known."),
    ),
    "citizenship": (N_("Citizenship"), N_("Country of citizenship, in French or English.")),
    "second_citizenship": (
        N_("Second citizenship"),
        N_("Another country of citizenship, in French or English."),
    ),
    "residence_country": (N_("Country of residence"), N_("Country where the person lives now.")),
    "residence_province": (
        N_("Province of residence"),
        N_("Province or territory, when the person lives in Canada."),
    ),
    "email": (N_("E-mail"), N_("E-mail address.")),
    "phone": (N_("Phone"), N_("Telephone number.")),
    "phone_2": (N_("Phone 2"), N_("Another telephone number.")),
    "clerk": (N_("Responsible for the file"), N_("Who in the office answers for the file.")),
    "language": (
        N_("Language of correspondence"),
        N_("Language in which the office writes to the person, French or English."),
    ),
    "address": (N_("Postal address"), N_("Where letters to the person go.")),
    "address_country": (
        N_("Country of the address"),
        N_("Country of the postal address, in French or English."),
    ),
    "address_province": (
        N_("Province of the address"),
        N_("Province or territory of the postal address, when it is in Canada."),
    ),
    "representative": (
        N_("Representative"),
        N_("Who acts for the person before IRCC, if somebody does."),
    ),
    "representative_form_on": (
        N_("IMM 5476 signed on"),
        N_("Day on which the form on the use of a representative was signed."),
    ),
    "csq_category": (
        N_("CSQ category"),
        N_("Box 9 of the CSQ, for example IQ; “none” when the box is empty."),
    ),
    "csq_issue_date": (N_("CSQ issued on"), N_("Day the CSQ was issued (box 20).")),
    "csq_expiry_date": (N_("CSQ expires on"), N_("Last day of the CSQ (box 21).")),
    "letter_date": (N_("Letter date"), N_("Date of MIFI’s invitation letter. Required.")),
    "letter_received_date": (
        N_("Letter received on"),
        N_(
            "Day the person received the letter: the 90 days run from it. When it is empty, they"
            " run from the letter’s date."
        ),
    ),
    "passport_number": (N_("Passport no."), N_("Passport number.")),
    "passport_issue_date": (N_("Passport issued on"), N_("Day the passport was issued.")),
    "passport_expiry": (
        N_("Passport expires on"),
        N_("Last day of the passport: a permit never goes beyond it."),
    ),
    "pr_number": (
        N_("PR application no."),
        N_("Number of the application for permanent residence, for example E123456789."),
    ),
    "pr_filed_on": (
        N_("PR filed on"),
        N_("Day the application for permanent residence was filed."),
    ),
    "pr_state": (
        N_("State of the PR application"),
        N_("Where the application for permanent residence stands."),
    ),
    "pr_acknowledged_on": (
        N_("PR acknowledged on"),
        N_("Day on which IRCC acknowledged the application for permanent residence."),
    ),
    "pr_biometrics_on": (
        N_("PR biometrics on"),
        N_("Day on which biometrics were given for permanent residence; they serve ten years."),
    ),
    "pr_medical_on": (
        N_("PR medical exam on"),
        N_("Day of the medical exam for permanent residence; its result holds a year."),
    ),
    "pr_background_on": (
        N_("PR background check done on"),
        N_("Day on which the background check for permanent residence was completed."),
    ),
    "pr_passport_asked_on": (
        N_("PR passport asked for on"),
        N_("Day on which IRCC asked for the passport or for the last particulars."),
    ),
    "pr_confirmed_on": (
        N_("PR confirmed on"),
        N_("Day on the confirmation of permanent residence."),
    ),
    "landed_on": (
        N_("Landed on"),
        N_("Day on which the person became a permanent resident."),
    ),
    "canada_status": (
        N_("Status in Canada"),
        N_("Temporary status held in Canada, if the person is there."),
    ),
    "canada_status_until": (N_("Status in Canada until"), N_("Last day of that status.")),
    "r206": (
        N_("R206 work permit"),
        N_("Yes when the person holds a work permit under section 206."),
    ),
    "r199": (
        N_("Exception for a visitor (R199)"),
        N_(
            "Yes when a visitor may apply inside Canada all the same: family member of a permit"
            " holder, or temporary resident permit of six months or more."
        ),
    ),
    "tags": (N_("Tags"), N_("The office’s own words for the file.")),
    "arrived_on": (N_("Arrived on"), N_("Day the person arrived in Quebec.")),
    "biometrics_on": (
        N_("Biometrics given on"),
        N_("Day on which the person last gave biometrics."),
    ),
    "spouse": (N_("Spouse or partner"), N_("Yes when a spouse or partner comes along.")),
    "children": (N_("Number of children"), N_("How many children come along.")),
    "application_kind": (
        N_("Kind of application"),
        N_(
            "First application, extension, or restoration of status. When it is empty, the permit"
            " that stands before it tells."
        ),
    ),
    "application_number": (
        N_("Application no."),
        N_("IRCC’s number of the work permit application: W and nine digits."),
    ),
    "received_at": (
        N_("Received on"),
        N_("Day, or day and time, at which IRCC received the application."),
    ),
    "outcome": (N_("Outcome"), N_("How the application ended; empty while it waits.")),
    "decided_on": (N_("Decided on"), N_("Day of the decision.")),
    "refund_logged_on": (
        N_("Refund logged on"),
        N_("Day on which the refund of what was paid was seen."),
    ),
    "submitted_on": (N_("Submitted on"), N_("Day the application was sent to IRCC.")),
    "note": (N_("Remarks"), N_("A remark on the file. It becomes a note, once.")),
    "contact_log": (
        N_("Log of contacts"),
        N_(
            "A line for each exchange, for example “2024-03-01 call: file complete”. A line without"
            " a day or a kind becomes a note."
        ),
    ),
    "former_application_numbers": (
        N_("Former application numbers"),
        N_(
            "Numbers that applications had before IRCC moved them. Where it is not the row’s own"
            " application, its number now follows an arrow: W100000001 → W100000002."
        ),
    ),
    "route": (
        N_("Route"),
        N_(
            "Code or name of the route, for example A76 or A75. Whatever is filed under another"
            " route than IMP+ uses no place."
        ),
    ),
    "route_state": (N_("State in the programme"), N_("Considered, filed, approved and so on.")),
    "route_invited_on": (N_("Invited to the programme on"), N_("Day of the invitation.")),
    "biometrics_letter_on": (
        N_("Biometric letter of"),
        N_("Day of IRCC’s letter that asks for biometrics."),
    ),
    "medical_done_on": (N_("Medical exam on"), N_("Day of the medical exam.")),
    "medical_valid_until": (
        N_("Medical result valid until"),
        N_("Last day on which the result of the medical exam holds."),
    ),
    "fees_paid": (
        N_("Fees paid"),
        N_("Sum that was paid to IRCC, in dollars. It needs the day beside it."),
    ),
    "fees_paid_on": (N_("Fees paid on"), N_("Day on which the fees were paid.")),
    "portal_observed_on": (
        N_("Portal seen on"),
        N_("Day on which IRCC’s portal said so; when it is empty, the day of the import."),
    ),
    **{
        f"portal_{item}": (label, N_("State of this line of IRCC’s portal."))
        for item, label in _PORTAL.items()
    },
    "permit_number": (N_("Permit no."), N_("Number of the permit: U and nine digits.")),
    "permit_from": (N_("Permit from"), N_("First day of the permit.")),
    "permit_until": (N_("Permit until"), N_("Last day of the permit.")),
    "principal_reference": (
        N_("Principal’s individual reference no."),
        N_("Individual reference number of the principal applicant."),
    ),
    "family_number": (
        N_("Family no."),
        N_("Number that the rows of one family share, in a list that has members among people."),
    ),
    "relation": (N_("Relation"), N_("Spouse, partner or child.")),
    "wish": (
        N_("Application wanted"),
        N_("What the member asks for: work permit, study permit, visitor status or nothing."),
    ),
    "application_code": (
        N_("Code of the application"),
        N_(
            "C41, C46, C49 or study permit. When it is empty, the relation, what is wanted and the"
            " application for PR tell."
        ),
    ),
    "accompanying": (
        N_("Accompanying"),
        N_("Yes when the member comes along, or is declared so in the application for PR."),
    ),
    "custody": (
        N_("Custody"),
        N_("Who has the custody of the child: sole, shared, or the other parent."),
    ),
    "separated_on": (N_("Separated on"), N_("Day on which the couple separated.")),
    "married_on": (N_("Married on"), N_("Day on which the child married.")),
    "school": (N_("Studies"), N_("Preschool, primary or secondary, post-secondary, or none.")),
    "location": (N_("Where they are"), N_("Abroad, in Quebec, or elsewhere in Canada.")),
    "caq_number": (N_("CAQ no."), N_("Number of the Quebec acceptance certificate for studies.")),
    "caq_until": (
        N_("CAQ valid until"),
        N_("Last day of the Quebec acceptance certificate for studies."),
    ),
}
"""The label and the help of each field that lists have."""

_LABELS: Mapping[str, str] = {
    "birth_known": N_("Date of birth"),
    "full_name": N_("Full name"),
    "name_family_first": N_("Full name (family name first)"),
    "name_given_first": N_("Full name (given names first)"),
    "only_name": N_("Only name (people with one name)"),
    "middle_names": N_("Other given names"),
    "id": N_("Number in the register"),
    "residence": N_("Residence"),
    "country": N_("Country"),
    "province": N_("Province"),
    "from_day": N_("From"),
    "until_day": N_("Until"),
    "number": N_("Number"),
    "expiry": N_("Expires on"),
    "expires": N_("Expires on"),
    "code": N_("Code"),
    "kind": N_("Kind"),
    "channel": N_("Filed"),
    "state": N_("State"),
    "cap_year": N_("Cap year"),
    "place": N_("Place used"),
    "issued": N_("Issued on"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "limited_by": N_("Last day set by"),
    "lost_days": N_("Days lost"),
    "type": N_("Document"),
    "text": N_("Note"),
    "written_at": N_("Written on"),
    "pinned": N_("Pinned"),
    "remind_on": N_("Reminder on"),
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
    "outside_quebec_declared": N_("Says they live outside Quebec"),
    "supersedes_id": N_("Replaces the letter"),
    "proof": N_("Proof"),
    "died_on": N_("Died on"),
    "dependent_condition": N_("Dependent because of a condition"),
    "invited": N_("Own invitation or A76"),
    "a76_wording": N_("Form carries the A76 wording"),
    "prepared_on": N_("Draft begun on"),
    "biometrics_cancelled_on": N_("Biometrics cancelled on"),
    "next_way": N_("Way chosen"),
    "location_condition": N_("Location condition"),
    "occupation_condition": N_("Occupation condition"),
    "received_on": N_("Received on"),
    "attachment": N_("Scan"),
    "attachment_name": N_("File name of the scan"),
    "on_day": N_("Day"),
    "employer": N_("Employer"),
    "letter_on": N_("Letter of"),
    "due_on": N_("Due on"),
    "done_on": N_("Done on"),
    "item": N_("Line"),
    "observed_on": N_("Observed on"),
    "completed_on": N_("Completed on"),
    "fee": N_("Fee"),
    "cents": N_("Amount in cents"),
    "refund": N_("Refund"),
    "route": N_("Route"),
    "filed_on": N_("Filed on"),
    "invited_on": N_("Invited on"),
    "requirement": N_("Needed to enter"),
    "offer_number": N_("Offer of employment no."),
    "member_uci": N_("UCI of a family member"),
    "personal_number": N_("Personal number"),
    "composite": N_("Both lines together"),
    "subject_id": N_("Concerns"),
    "day": N_("Day"),
    "new_day": N_("New day"),
    "acknowledged_on": N_("Seen on"),
    "settled_on": N_("Settled on"),
    "lifted_on": N_("Lifted on"),
    "settled_by": N_("Settled by"),
    "about": N_("About"),
    "value": N_("Value"),
    "quarter": N_("Quarter"),
    "closed_on": N_("Closed on"),
    "figures": N_("Figures"),
    "letters": N_("Letters"),
    "person_id": N_("Person"),
    "member_id": N_("Family member"),
    "application_id": N_("Application"),
    "name": N_("Name"),
    "status": N_("Status"),
    "verdict": N_("Eligibility"),
    "last_safe_day": N_("Last safe day"),
}
"""The labels of the register's other columns, and of what stands for several of them."""

_SLOTS: Mapping[str, str] = {
    "extension": N_("extension"),
    "restoration": N_("restoration"),
    "spouse": N_("spouse"),
    "partner": N_("common-law partner"),
    "child": N_("child"),
    "dependent": N_("dependent"),
}


def field_label(field: str) -> str:
    """The label of a field of the import table or of a column of the register."""
    if field in AGAIN:
        plain, slot = AGAIN[field]
        return _("{field} – {which}").format(field=field_label(plain), which=slot_label(slot))
    if field in IN_FAMILY:
        plain, slot = IN_FAMILY[field]
        whose = slot_label(slot)
        whose = f"{whose[:1].upper()}{whose[1:]}"
        return _("{whose} – {field}").format(whose=whose, field=field_label(plain))
    if field in _LISTED:
        return _(_LISTED[field][0])
    return _(_LABELS[field]) if field in _LABELS else field


def slot_label(slot: str) -> str:
    """Which of several applications or passports a column of a list is of, or which member of the
    family."""
    if slot in _SLOTS:
        return _(_SLOTS[slot])
    kind, _underscore, place = slot.rpartition("_") if "_" in slot else (slot, "", "")
    if not kind or kind.isdigit():
        return slot
    return f"{_(_SLOTS[kind])} {place}".strip()


def field_help(field: str) -> str:
    """One sentence on a field that lists have."""
    field = (AGAIN.get(field) or IN_FAMILY.get(field) or (field,))[0]
    return _(_LISTED[field][1])


def labelled() -> frozenset[str]:
    """The fields that have a label."""
    return frozenset((*_LISTED, *_LABELS))


def explained() -> frozenset[str]:
    """The fields that have a help."""
    return frozenset(_LISTED)
