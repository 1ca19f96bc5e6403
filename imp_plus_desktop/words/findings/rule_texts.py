# SPDX-License-Identifier: Apache-2.0
"""Titles of rules and the sentences that say how to mend what a finding found. Words only."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.i18n import N_, _

TITLES: Mapping[str, str] = {
    "PRG-01": N_("Letter dated within the programme"),
    "INV-01": N_("Invitation letter on file"),
    "INV-02": N_("Letter used within 90 days"),
    "INV-03": N_("Day of receipt of the letter known"),
    "INV-04": N_("Letter used only once"),
    "CSQ-01": N_("CSQ valid"),
    "CSQ-02": N_("CSQ not expired, if PR is not filed"),
    "CSQ-03": N_("PR filed before the CSQ expired and still in process"),
    "CSQ-04": N_("CSQ category accepted by the programme"),
    "CSQ-05": N_("CSQ obtained as a skilled worker"),
    "CSQ-06": N_("CSQ not about to expire"),
    "ELG-01": N_("Lives outside Quebec"),
    "ELG-02": N_("Status in Canada allows applying there, residence proven"),
    "ELG-03": N_("No R206 work permit"),
    "ELG-04": N_("PR application not decided"),
    "ELG-05": N_("Filed online"),
    "ELG-06": N_("Neither a citizen nor a permanent resident of Canada"),
    "ELG-07": N_("No death recorded"),
    "DOC-01": N_("CSQ, letter and proof of intent"),
    "DOC-02": N_("Proof of the PR application"),
    "DOC-03": N_("Wording of the form"),
    "PER-01": N_("Last day of the permit"),
    "PER-02": N_("Permit, work and address in Quebec"),
    "PER-03": N_("Medical exam or restriction of sector"),
    "PER-04": N_("Passport as long as the permit"),
    "CAP-01": N_("One place for each application"),
    "CAP-02": N_("Places left under the cap"),
    "CAP-03": N_("Place kept after the decision"),
    "CAP-04": N_("Family uses no place"),
    "CAP-05": N_("Extensions and returned applications"),
    "CAP-06": N_("Refund over the cap"),
    "CAP-07": N_("MIFI’s annual limit"),
    "CAP-08": N_("Year of receipt without doubt"),
    "REP-01": N_("Weekly report"),
    "REP-02": N_("Quarterly report"),
    "FAM-01": N_("Code of the family application"),
    "FAM-02": N_("Principal’s permit long enough"),
    "FAM-03": N_("Member of the family, dependent child"),
    "FAM-04": N_("Last day of the member’s permit"),
    "FAM-05": N_("Province on the member’s permit"),
    "FAM-06": N_("Arrival not before the principal"),
    "FAM-07": N_("Principal not refused"),
    "FAM-08": N_("Study permit and CAQ"),
    "FAM-09": N_("Studies without a permit until 18"),
    "FAM-10": N_("Member neither a citizen nor a permanent resident of Canada"),
    "FAM-11": N_("Spouse without an A76 of their own"),
    "FAM-12": N_("Member’s status in Canada, if they are there"),
    "EXT-01": N_("Conditions of an extension"),
    "EXT-02": N_("Permit not about to end"),
    "CLK-01": N_("Biometrics in time"),
    "CLK-02": N_("Medical exam in time and still valid"),
    "CLK-03": N_("Documents asked for sent in time"),
    "CLK-04": N_("Letter of introduction still valid"),
    "FEE-01": N_("Fees paid"),
    "FEE-02": N_("Refund of the holder fee"),
    "ID-01": N_("Shape of the numbers"),
    "ID-02": N_("Numbers of one person only"),
    "ID-03": N_("Check digits of the passport"),
    "ID-04": N_("Passport of one person only"),
    "FEE-03": N_("No compliance fee"),
}

FIXES: Mapping[str, str] = {
    "apply_anew": N_("Ask IRCC, or file a new application."),
    "apply_before_hour": N_("File before that hour: IRCC’s days end at midnight UTC."),
    "apply_in_time": N_("File the application before the letter’s last day."),
    "apply_online": N_("File the application online, in the IRCC secure account."),
    "ask_about_introduction": N_(
        "Ask IRCC whether it can be replaced: a new invitation letter would no longer be accepted."
    ),
    "ask_compliance_refund": N_(
        "Ask IRCC to remit the fee: an open work permit has no employer to comply."
    ),
    "ask_decision_in_time": N_(
        "Tell IRCC of the birthday: the child must be dependent on the day of the decision too."
    ),
    "ask_study_permit": N_("Ask for a study permit, and for a CAQ first."),
    "ask_no_permit": N_(
        "Ask for no permit. If this is a mistake, correct the citizenship, the status in Canada or"
        " the state of the PR application."
    ),
    "close_after_death": N_(
        "Withdraw what is open at IRCC and write to nobody. If this is a mistake, take the death"
        " back."
    ),
    "ask_more_time": N_("Record the day on which it was done, or ask IRCC for more time."),
    "record_latest_permit": N_(
        "Record the principal’s latest permit, or restore the status first."
    ),
    "ask_new_letter": N_("Check the day of receipt of the letter, or ask MIFI for a new letter."),
    "check_letter_receipt": N_(
        "Check the day of receipt of the letter: a new letter would no longer be accepted."
    ),
    "ask_new_medical": N_("Ask for a new medical exam before the entry in Canada."),
    "ask_refund": N_("Ask IRCC for the refund."),
    "check_accompanying": N_("Check whether the PR application declares this member accompanying."),
    "check_address": N_("Check where the person lives; the permit is for Quebec."),
    "check_arrival": N_("Check the days of arrival."),
    "check_birth_date": N_("Check the date of birth and the day of receipt."),
    "check_custody": N_("Check that the other parent lets the child come along."),
    "check_family_files": N_(
        "Compare both files: one is the person’s own, or both name them as a family member."
    ),
    "check_family_events": N_("Check the days of the separation or of the death in the record."),
    "check_payments": N_("Check the payments against the receipts."),
    "check_studies": N_("Check with the school and IRCC which permits these studies need."),
    "look_up_fee": N_("Look up the amount in IRCC’s list of fees of that day."),
    "compare_files": N_(
        "Compare the number with both passports; merge the files if they are one person’s."
    ),
    "collect_fees": N_("Pay what is still open, or record its payment."),
    "obtain_caq": N_("Obtain a CAQ for studies."),
    "record_member_location": N_("Record where this member is."),
    "record_payments": N_("Record what was paid."),
    "record_studies": N_("Record what this member studies or will study."),
    "check_csq_category": N_("Check the category in box 9 of the CSQ."),
    "check_csq_dates": N_("Check the days of issue and expiry on the CSQ."),
    "check_dependency": N_("Check whether an exception keeps the child dependent."),
    "check_form_wording": N_(
        "Job title: “CSQ holder outside Quebec – OWP”; duties:"
        " “A76: International Mobility Program Plus”."
    ),
    "check_maintained_status": N_(
        "Record IRCC’s decision as soon as it is known: a refusal ends the status on its day."
    ),
    "check_member_exception": N_(
        "Look for an exception: principal with a permit, or a temporary resident permit."
    ),
    "check_mrz": N_("Compare the two lines with the passport, character by character."),
    "check_number": N_("Compare the number with the document that carries it."),
    "check_letter_date": N_("Check the date on the letter."),
    "check_other_application": N_("Check the earlier application in this file."),
    "check_other_routes": N_("Check whether another work permit is open to this person."),
    "check_permit_conditions": N_("Read the conditions printed on the permit."),
    "check_permit_end": N_("Check the last day printed on the permit."),
    "check_receipt_instant": N_("Check the time of receipt on IRCC’s acknowledgement."),
    "check_residence": N_("Correct the residences of that day."),
    "check_work_place": N_("Check where the person works; the permit is for Quebec."),
    "file_extension": N_("File the extension before the permit ends."),
    "file_pr_in_time": N_("File the PR application before the CSQ expires."),
    "give_biometrics": N_("Give biometrics before the last day."),
    "log_refund": N_("Log the refund once it is received."),
    "obtain_documents": N_("Obtain the missing documents."),
    "obtain_pr_proof": N_(
        "Obtain the portal’s e-mail (X…), the acknowledgement of receipt (E…)"
        " or the approval in principle."
    ),
    "obtain_residence_proof": N_("Obtain a lease or a notice of assessment from outside Quebec."),
    "pass_medical": N_("Pass the medical exam before the last day."),
    "record_accompanying": N_("Record whether this member is declared accompanying."),
    "record_arrival": N_("Record the principal’s day of arrival."),
    "record_birth_date": N_("Record the child’s date of birth."),
    "record_canada_status": N_("Record the status in Canada and its last day."),
    "record_cap": N_("Record the cap of the year."),
    "record_channel": N_("Record how the application was filed."),
    "record_csq_category": N_("Record the category in box 9 of the CSQ."),
    "record_csq_dates": N_("Record the days of issue and expiry of the CSQ."),
    "record_decision_days": N_("Record the missing days of decision."),
    "record_documents": N_("Record which documents are on file."),
    "record_introduction_date": N_("Record the date printed on the letter of introduction."),
    "record_letter": N_("Record the invitation letter."),
    "record_letter_receipt": N_("Record the day on which the letter was received."),
    "record_passport": N_("Record the passport and its expiry."),
    "record_permit": N_("Record the permit."),
    "record_permit_conditions": N_("Record the conditions as printed on the permit."),
    "record_pr_filing_day": N_("Record the day on which PR was filed."),
    "record_pr_proof": N_("Record whether a proof of the PR application is on file."),
    "record_pr_state": N_("Record the state of the PR application."),
    "record_province": N_("Record the province of residence."),
    "record_r199": N_(
        "Record whether an exception applies: family member of a work or study permit’s holder,"
        " or temporary resident permit of six months or more."
    ),
    "record_r206": N_("Record whether the person holds an R206 work permit."),
    "record_request": N_("Look in the portal, and record IRCC’s letter."),
    "record_residence": N_("Record the place of residence."),
    "record_residence_proof": N_("Record whether the proof of residence is on file."),
    "renew_passport": N_("Renew the passport before applying."),
    "restore_status": N_("Restore the status in Canada within 90 days."),
    "review_family": N_("Look at the family’s applications."),
    "settle_principal": N_(
        "Settle who leads: whoever has a family permit cannot be the other’s principal."
    ),
    "set_province": N_("Ask for a permit for the province of Quebec, without a city."),
    "upload_documents": N_("Upload the documents before the last minute."),
    "wait_for_next_year": N_("Wait for the next cap year."),
    "wait_for_principal": N_("Wait until the principal is approved."),
}

_LIMITS: Mapping[str, str] = {
    "letter": N_("last day of the letter"),
    "csq": N_("expiry of the CSQ"),
    "passport": N_("expiry of the passport"),
    "programme": N_("programme’s window"),
    "status": N_("last day to restore the status"),
    "move": N_("day before the move to Quebec"),
}


def rule_title(rule_id: str) -> str:
    """What a rule asks for, in a few words, whatever its answer."""
    return _(TITLES[rule_id]) if rule_id in TITLES else rule_id


def finding_fix(finding: Finding) -> str | None:
    """What to do about a finding, or None when nothing is to be done."""
    return fix_text(finding.fix) if finding.fix else None


def fix_text(code: str) -> str:
    """The sentence of a fix code."""
    return _(FIXES[code]) if code in FIXES else code


def last_safe_because(code: str | None) -> str:
    """What sets the last safe day: `last day of the letter`. Empty when nothing does."""
    return _(_LIMITS[code]) if code is not None and code in _LIMITS else ""
