# SPDX-License-Identifier: Apache-2.0
"""One sentence for each reason that a finding can give, in the words of the office.

A sentence uses only the facts that `domain/rules/reasons.py` names for its reason. Must not judge:
what a finding means was decided where it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.words.findings import clock_texts, composed_texts
from imp_plus_desktop.words.findings.fact_texts import Facts, fact_words

_BREAK = re.compile(r"\s?: |; ")

SENTENCES: Mapping[str, str] = {
    **clock_texts.SENTENCES,
    "no_letter": N_("No invitation letter recorded"),
    "letter_before_programme": N_(
        "Letter dated {letter_date}, before the programme opened on {opened}"
    ),
    "letter_after_last_accepted": N_(
        "Letter dated {letter_date}; no letter dated after {last_accepted} is accepted"
    ),
    "letter_within_programme": N_("Letter dated {letter_date}, within the programme"),
    "letter_missing": N_("No invitation letter recorded"),
    "letter_not_written_yet": N_("Letter dated {letter_date}: there was none yet on {on_day}"),
    "letter_present": N_("Invitation letter dated {letter_date}"),
    "letter_in_time": N_("Letter usable until {last_day}"),
    "letter_receipt_missing": N_(
        "Day of receipt not recorded: the date of the letter, {letter_date}, counts instead"
    ),
    "letter_receipt_known": N_("Letter received on {received_on}"),
    "letter_unused": N_("Letter not used by another application"),
    "csq_expiry_differs": N_(
        "CSQ recorded as expiring on {expiry}; its day of issue gives {expected}"
    ),
    "csq_expired": N_("CSQ expired on {expiry}"),
    "csq_dates_unknown": N_("Dates of the CSQ not recorded"),
    "csq_valid": N_("CSQ valid until {expiry}"),
    "csq_survives": N_(
        "CSQ expired on {expiry} but still valid: PR was filed in time, on {filed_on}"
    ),
    "csq_expired_pr_unknown": N_(
        "Nothing recorded about the PR application; CSQ expired on {expiry}"
    ),
    "csq_expired_pr_not_filed": N_("CSQ expired on {expiry} and PR not filed"),
    "pr_not_filed": N_("PR application not filed"),
    "pr_not_in_process": N_("PR application no longer in process: {state}"),
    "pr_withdrawn": N_(
        "PR application withdrawn, but the CSQ runs until {expiry}: IRCC’s instructions name only"
        " a PR application not yet filed or in process"
    ),
    "canadian_citizen": N_("Canadian citizen: no permit is needed, and no fee is owed"),
    "permanent_resident": N_(
        "Permanent resident of Canada: no permit is needed, and no fee is owed"
    ),
    "no_permanent_status": N_("No citizenship or permanent residence of Canada recorded"),
    "person_died": N_("Died on {on_day}: no application is possible any more"),
    "principal_died": N_("The principal has died: the application or the permit rested on them"),
    "no_death_recorded": N_("No death recorded"),
    "no_permit_needed": N_("No permit needed"),
    "pr_filing_day_unknown": N_("Day of filing of PR not recorded; CSQ expired on {expiry}"),
    "pr_filed_after_csq_expiry": N_("PR filed on {filed_on}, after the CSQ expired on {expiry}"),
    "csq_category_unknown": N_("CSQ category not recorded"),
    "csq_category_accepted": N_("CSQ category accepted: {category}"),
    "csq_category_other_route": N_("CSQ category outside the programme: {category}"),
    "csq_category_not_listed": N_("CSQ category not in the programme’s list: {category}"),
    "csq_not_worker": N_("CSQ not obtained as a skilled worker: {category}"),
    "csq_worker": N_("No category other than skilled worker recorded"),
    "province_unknown": N_("Lives in Canada; province not recorded"),
    "residence_unknown": N_("No residence recorded for that day"),
    "residence_conflict": N_("Two residences that day, one in Quebec and one outside"),
    "country_against_province": N_(
        "The residence names {country} and a province of Canada, {province}: only one can be true"
    ),
    "extension_needs_no_residence": N_("Not required for an extension"),
    "lives_abroad": N_("Lives outside Canada: {country}"),
    "canada_status_none": N_("No status in Canada"),
    "canada_status_unknown": N_("Status in Canada, or its last day, not recorded"),
    "canada_status_ended": N_(
        "Status in Canada ended on {until}; it could be restored until {restorable_until}"
    ),
    "canada_status_valid": N_("Status in Canada valid until {until}"),
    "canada_status_restorable": N_(
        "Status in Canada ended on {until}; it can be restored until {restorable_until}"
    ),
    "canada_status_claimant": N_("Refugee claimant: a claim gives no temporary resident status"),
    "canada_status_maintained": N_("Status ended on {until}, maintained until IRCC decides"),
    "canada_status_kept": N_("Maintained status, until IRCC decides"),
    "visitor_exception_unknown": N_(
        "Visitor: may apply inside Canada only by an exception, not recorded"
    ),
    "visitor_no_exception": N_("Visitor without an exception: may not apply inside Canada"),
    "residence_proof_missing": N_("Proof of residence outside Quebec missing"),
    "residence_proof_not_recorded": N_("Proof of residence outside Quebec not recorded"),
    "r206_unknown": N_("Nothing recorded about an R206 work permit"),
    "r206_held": N_("Holds an R206 work permit (refugee claim or unenforceable removal)"),
    "r206_not_held": N_("Holds no R206 work permit"),
    "pr_decided": N_("PR application already decided: {state}"),
    "pr_undecided": N_("PR application not decided: {state}"),
    "pr_nothing_recorded": N_("Nothing recorded about the PR application"),
    "channel_unknown": N_("Way of filing not recorded"),
    "channel_port_of_entry": N_("Filed at a port of entry"),
    "channel_paper": N_("Filed on paper"),
    "channel_online": N_("Filed online"),
    "documents_missing": N_("Missing: {missing}"),
    "documents_not_recorded": N_("Not recorded: {not_recorded}"),
    "documents_on_file": N_("CSQ, letter and proof of intent on file"),
    "no_application": N_("No application being prepared"),
    "a76_wording_unknown": N_("Wording of the form not checked"),
    "a76_wording_missing": N_("The form does not carry the programme’s wording"),
    "a76_wording_present": N_("The form carries the programme’s wording"),
    "no_number": N_("No number recorded"),
    "no_unique_number": N_("Neither a UCI nor an application number recorded"),
    "number_shape": N_("Number of an unusual shape: {fields}"),
    "number_twice": N_("The same number twice: {fields}"),
    "number_in_two_files": N_("The same number in another file, of a family member: {fields}"),
    "no_passport_number": N_("No passport number"),
    "passport_shared": N_("The same passport number in another file (no. {people})"),
    "passport_of_one": N_("Passport number in this file only"),
    "no_mrz": N_("The two lines of the passport not read"),
    "mrz_digits_differ": N_("Check digits of the passport do not fit: {fields}"),
    "mrz_digits_fit": N_("Check digits of the passport fit"),
    "pr_proof_missing": N_("Proof of the PR application missing"),
    "pr_proof_not_recorded": N_("Proof of the PR application not recorded"),
    "pr_proof_on_file": N_("Proof of the PR application on file"),
    "permit_end_differs": N_(
        "Permit recorded until {until}; {expected} was expected ({limited_by})"
    ),
    "permit_end_computed": N_("Permit until {until} ({limited_by})"),
    "permit_province_quebec": N_("Permit for the province of Quebec"),
    "medical_exam_recorded": N_("Medical exam on file"),
    "medical_restriction_not_recorded": N_(
        "No medical exam on file: the permit may restrict some sectors"
    ),
    "passport_expiry_unknown": N_("Expiry of the passport not recorded"),
    "passport_expired": N_("Passport expired on {expiry}"),
    "passport_long_enough": N_("Passport covers the whole permit: expires on {expiry}"),
    "extension_after_permit_end": N_(
        "Permit ended on {valid_until}; status can be restored until {restorable_until}"
    ),
    "extension_pr_not_in_process": N_("PR application not in process: {state}"),
    "extension_after_restoration": N_(
        "Permit ended on {valid_until}; status could be restored until {restorable_until}"
    ),
    "permit_to_extend_unknown": N_("No permit recorded that could be extended"),
    "extension_in_time": N_("Filed before the permit ends, on {valid_until}"),
    "restoration_in_time": N_("Status can still be restored: the permit ended on {valid_until}"),
    "no_permit": N_("No permit recorded"),
    "permit_ended": N_("Permit ended on {valid_until}"),
    "permit_running": N_("Permit valid until {valid_until}"),
    "place_in_year": N_("Uses one place in {year}"),
    "uses_no_place": N_("Uses no place in {year}"),
    "cap_reached": N_("Cap of {year} reached: {used} of {cap} places used"),
    "cap_level_reached": N_("{level} of the {year} cap used: {used} of {cap} places"),
    "cap_has_room": N_("{used} of {cap} places used in {year}"),
    "cap_unknown": N_("No cap recorded for {year}"),
    "no_place_to_keep": N_("The application uses no place"),
    "family_uses_no_place": N_("Uses no place (code: {code})"),
    "principal_code": N_("Principal’s own application (code: {code})"),
    "extension_uses_no_place": N_("Extensions use no place in {year}, by the office’s choice"),
    "extension_uses_place": N_("Extensions use a place in {year}, by the office’s choice"),
    "returned_uses_no_place": N_(
        "Applications returned incomplete use no place in {year}, by the office’s choice"
    ),
    "returned_uses_place": N_(
        "Applications returned incomplete use a place in {year}, by the office’s choice"
    ),
    "no_switch_applies": N_("Neither an extension nor an application returned incomplete"),
    "over_cap_refund_expected": N_("Over the cap: a refund of {amount} is expected"),
    "over_cap_refund_logged": N_("Refund logged on {refund_logged_on}"),
    "not_over_cap": N_("Not over the cap"),
    "mifi_figure_reached": N_("MIFI’s limit for {year} reached: {used} of {cap} ({ledger})"),
    "mifi_figure_has_room": N_("MIFI’s limit for {year}: {used} of {cap} ({ledger})"),
    "mifi_level_reached": N_("{level} of MIFI’s limit for {year} used: {used} of {cap} ({ledger})"),
    "report_complete": N_("Every decision has its day: the figures are complete"),
    "mifi_figure_unknown": N_("No MIFI figure recorded for {year} ({ledger})"),
    "near_year_boundary": N_(
        "Received near midnight on December 31: counts for {year}, Toronto time"
    ),
    "clear_of_year_boundary": N_("Received within {year} without doubt"),
    "no_permit_asked": N_("Asks for no permit: no exemption code"),
    "study_permit_asked": N_("Asks for a study permit: no exemption code"),
    "family_code_before_pr": N_("Code {code}: PR not filed"),
    "family_code_pr_filed": N_("Code {code}: PR filed and member declared accompanying"),
    "member_not_accompanying": N_(
        "Code {code} is for members declared accompanying in the PR application; this one is not"
    ),
    "accompanying_unknown": N_(
        "Code {code} is for members declared accompanying; nothing is recorded for this one"
    ),
    "family_code_pr_unknown": N_(
        "Code {code} if PR is not filed; nothing recorded about the PR application"
    ),
    "principal_approved": N_("Principal approved: the letter of introduction is enough"),
    "principal_waits": N_("Principal’s application awaits its decision"),
    "principal_has_no_permit": N_("Principal has no permit and no approved application"),
    "not_a_child": N_("Not a child"),
    "birth_date_hidden": N_("Date of birth hidden from who only reads"),
    "numbers_hidden": N_("Numbers hidden from who only reads"),
    "child_birth_date_unknown": N_("Child’s date of birth not recorded"),
    "child_young_enough": N_("Turns {age} on {turns_on}"),
    "child_too_old": N_("Turned {age} on {turned_on}"),
    "child_soon_too_old": N_("Waits for a decision and turns {age} on {turns_on}"),
    "child_exception": N_("Dependent at any age because of a condition"),
    "child_married": N_("Married since {on_day}: no longer a dependent child"),
    "child_with_other_parent": N_(
        "In the custody of the other parent, and recorded as coming along"
    ),
    "child_not_born": N_("Born on {on_day} only: not of the family on that day"),
    "member_died": N_("Died on {on_day}: no longer of the family on that day"),
    "member_separated": N_("Separated since {on_day}: no longer of the family on that day"),
    "member_end_after_principal": N_(
        "Permit until {until}; the principal’s ends on {principal_until}"
    ),
    "member_end_after_passport": N_(
        "Permit until {until}; the member’s passport expires on {passport_expiry}"
    ),
    "member_end_within": N_("Permit until {until}, within the principal’s and the passport"),
    "principal_end_unknown": N_("Last day of the principal’s permit not recorded"),
    "principal_permit_ended": N_("Principal’s permit ended on {principal_until}"),
    "member_not_arrived": N_("Member’s arrival not recorded"),
    "principal_arrival_unknown": N_(
        "Member arrived on {arrived_on}; principal’s arrival not recorded"
    ),
    "member_arrived_first": N_(
        "Member arrived on {arrived_on}, before the principal ({principal_arrived_on})"
    ),
    "member_arrived_after": N_(
        "Member arrived on {arrived_on}, not before the principal ({principal_arrived_on})"
    ),
    "principal_refused": N_(
        "Principal refused: this member’s application or permit must be looked at"
    ),
    "principal_not_refused": N_("Principal not refused"),
    "not_a_spouse": N_("Not a spouse or a partner"),
    "no_longer_a_spouse": N_("No longer a spouse or a partner"),
    "spouse_has_own_file": N_("Has a file of their own in the register (no. {people})"),
    "spouse_invited": N_("Has an invitation or an A76 of their own"),
    "spouse_file_closed": N_("Own file in the register closed (no. {people})"),
    "no_own_invitation": N_("No invitation of their own recorded"),
    "member_abroad": N_("Not in Canada"),
    "member_stay_unknown": N_("Whether this member is in Canada is not recorded"),
    "not_of_the_family": N_("Not of the family on that day"),
    "holder_fee_refundable": N_("Open work permit holder fee refundable: {amount}"),
    "holder_fee_refunded": N_("Open work permit holder fee refunded on {refund_logged_on}"),
    "holder_fee_not_refundable": N_("No holder fee to refund"),
    "no_studies": N_("No studies that need a permit"),
    "studies_unknown": N_("Nothing recorded about studies"),
    "member_location_unknown": N_("Will study; where this member is, is not recorded"),
    "minor_elsewhere_in_canada": N_("Minor of school age elsewhere in Canada"),
    "minor_in_quebec_studies_freely": N_(
        "Minor in Quebec, or at preschool: neither study permit nor CAQ is needed"
    ),
    "minor_abroad_needs_permits": N_(
        "Minor abroad who will study: a study permit and a CAQ are needed"
    ),
    "student_needs_permits": N_("These studies need a study permit and a CAQ"),
    "study_permit_and_caq": N_("Study permit asked for, CAQ held"),
    "caq_missing": N_("Study permit asked for, no CAQ recorded"),
    "caq_ended": N_("CAQ ended on {caq_until}"),
    "no_studies_without_permit": N_("Does not study in Canada without a permit"),
    "child_studies_as_minor": N_("Studies without a permit as a minor: turns {age} on {turns_on}"),
    "adult_studies_without_permit": N_("Studies without a permit although {age} since {turned_on}"),
    "no_fee_expected": N_("No fee expected"),
    "fee_amount_unknown": N_(
        "Amount not known on that day: {fees}; all else comes to {expected_cents}"
    ),
    "fees_may_be_indexed": N_(
        "May have been indexed since the last amount known: {fees}; "
        "with that amount, {expected_cents} in all"
    ),
    "fees_not_recorded": N_("{expected_cents} of fees expected; no payment recorded"),
    "fees_open": N_("{open_cents} still to pay: {paid_cents} paid of {expected_cents}"),
    "fees_over": N_(
        "{open_cents} more paid than expected: {paid_cents} instead of {expected_cents}"
    ),
    "fees_paid": N_("All expected fees paid: {expected_cents}"),
    "compliance_fee_paid": N_(
        "Employer compliance fee paid, {paid_cents}: an open work permit never owes it"
    ),
    "compliance_fee_other_route": N_("Compliance fee paid for another route"),
    "no_compliance_fee": N_("No compliance fee paid"),
}

SPECIAL: Mapping[str, Callable[[Facts], str]] = {
    **clock_texts.SPECIAL,
    **composed_texts.SPECIAL,
}


def finding_text(finding: Finding) -> str:
    """What a finding says, as one short sentence without a full stop."""
    special = SPECIAL.get(finding.reason)
    if special is not None:
        return special(finding.facts)
    template = SENTENCES.get(finding.reason)
    return _(template).format(**fact_words(finding.facts)) if template else finding.reason


def finding_parts(finding: Finding) -> tuple[str, str]:
    """The same sentence as a headline and what stands behind its first colon or semicolon.

    `Lives outside Quebec` and `Colombia, since March 1, 2015`; the second may be empty.
    """
    head, _mark, detail = _BREAK.sub("\n", finding_text(finding), count=1).partition("\n")
    return head, detail
