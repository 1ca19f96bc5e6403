# SPDX-License-Identifier: Apache-2.0
"""What would have to be true for a finding to turn, and what sets the last safe day. Words only.

A flip is said as a fact ("PR filed on or before …"), never as an order: it may be past.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.rules.findings import DayLimit, Finding
from imp_plus_desktop.i18n import N_, _, ngettext
from imp_plus_desktop.words.findings.fact_texts import fact_words
from imp_plus_desktop.words.terms.code_names import in_sentence

FLIPS: Mapping[str, str] = {
    "letter_in_time": N_(
        "An invitation letter dated {latest} or earlier, received on {received_from} or later"
    ),
    "letter_written_by": N_("A letter dated {latest} or earlier"),
    "letter_received_from": N_("A letter received on {received_from} or later"),
    "letter_dated_between": N_("A letter dated between {opened} and {last_accepted}"),
    "letter_receipt_recorded": N_("The day of receipt of the letter recorded"),
    "earlier_application_returned": N_(
        "The earlier application returned incomplete, or its entry undone"
    ),
    "new_letter_from": N_("A new letter, dated {written_from} or later"),
    "csq_valid_until": N_("A CSQ valid until {expiry} or later"),
    "csq_expiry_corrected": N_("Expiry of the CSQ corrected to {expiry}"),
    "csq_issue_corrected": N_("Day of issue of the CSQ corrected to {issued}"),
    "csq_valid_pr_filed_by": N_(
        "A CSQ valid until {expiry} or later, and PR filed again on or before that day"
    ),
    "csq_issue_corrected_pr_filed": N_(
        "Day of issue of the CSQ corrected to {issued}, and PR filed again on or before {expiry}"
    ),
    "csq_corrected_pr_filed_by": N_(
        "Expiry of the CSQ corrected to {expiry}, and PR filed on or before that day"
        " and still in process"
    ),
    "pr_filed_by": N_("PR filed on or before {filed_by} and still in process"),
    "pr_state_recorded": N_("The state of the PR application recorded"),
    "csq_category_recorded": N_("One of these recorded as the CSQ’s category: {categories}"),
    "residence_outside_quebec": N_("Residence outside Quebec on {on_day}"),
    "residence_outside_canada": N_("Residence outside Canada on {on_day}"),
    "province_not_quebec": N_("A province other than Quebec recorded"),
    "evidence_agrees": N_("The declaration and the postal address as the residence says"),
    "canada_status_until": N_("Status in Canada that ran until {status_until} or later"),
    "canada_status_and_proof": N_(
        "Status in Canada that ran until {status_until} or later, and proof of residence"
        " outside Quebec received"
    ),
    "canada_permit_until": N_("A work or study permit that ran until {status_until} or later"),
    "canada_permit_and_proof": N_(
        "A work or study permit that ran until {status_until} or later, and proof of residence"
        " outside Quebec received"
    ),
    "r199_exception": N_(
        "An exception recorded: family member of a permit’s holder, or temporary resident permit"
        " of six months or more"
    ),
    "residence_proof_received": N_("Proof of residence outside Quebec received"),
    "no_r206": N_("No R206 work permit held"),
    "extension_conditions": N_(
        "On {on_day}: a permit still valid, PR in process and its proof received"
    ),
    "filed_online": N_("Application filed online"),
    "documents_received": N_("Documents received: {missing}"),
    "pr_proof_received": N_("Proof of the PR application received"),
    "passport_valid_until": N_("Passport valid until {expiry} or later"),
    "numbers_corrected": N_("Corrected: {fields}"),
    "permit_end_is": N_("Permit recorded until {on_day}"),
    "permit_for_quebec": N_("Permit for the province of Quebec"),
    "location_condition_recorded": N_("Location condition recorded as printed"),
    "work_in_quebec": N_("Work in Quebec"),
    "address_in_quebec": N_("Postal address in Quebec"),
    "restriction_recorded": N_("Medical exam on file, or the restriction recorded as printed"),
    "cap_raised": N_("A limit of {cap} or more for {year}"),
    "refund_logged": N_("The refund recorded"),
    "decision_days_recorded": N_("The days of the decisions recorded"),
    "member_accompanying": N_("Member declared accompanying"),
    "principal_until": N_("Principal’s permit valid until {on_day} or later"),
    "principal_approved": N_("Principal approved"),
    "birth_date_recorded": N_("Date of birth recorded"),
    "dependent_condition": N_("A condition that has kept the child dependent since before 22"),
    "permit_until_at_most": N_("Permit until {on_day} or earlier"),
    "member_arrives_from": N_("Member’s arrival on {on_day} or later"),
    "principal_arrived_by": N_("Principal’s arrival on {on_day} or earlier"),
    "done_by": N_("Done on or before {on_day}"),
    "introduction_date_recorded": N_("The date printed on the letter of introduction recorded"),
    "caq_recorded": N_("The CAQ recorded"),
    "fees_paid": N_("What is open paid"),
    "wording_on_form": N_("The programme’s wording in both boxes of the form"),
}

LIMITS: Mapping[str, str] = {
    "limit_no_letter": N_("No invitation letter: no day is safe"),
    "limit_csq_unknown": N_("Expiry of the CSQ not recorded: not counted"),
    "limit_csq_expiry": N_("CSQ expires, no PR application recorded as in process"),
    "limit_csq_filed_late": N_("CSQ expired before PR was filed, on {filed_on}"),
    "limit_csq_pr_filed": N_("PR filed: the CSQ sets no day"),
    "limit_passport": N_("Passport expires"),
    "limit_passport_over": N_("Passport expired on {expiry}: to be renewed first, sets no day"),
    "limit_status": N_("Last day to restore the status in Canada, which ends on {until}"),
    "limit_status_kept": N_("Status in Canada kept until IRCC decides: it sets no day"),
    "limit_status_unknown": N_("Status in Canada, or its last day, not recorded: not counted"),
    "limit_status_none": N_("No status in Canada: no day is safe"),
    "limit_status_claimant": N_("A refugee claim gives no status in Canada: no day is safe"),
    "limit_visitor": N_("Visitor without an exception: no day is safe in Canada"),
    "limit_r206": N_("Holds an R206 work permit: no day is safe in Canada"),
    "limit_lives_in_quebec": N_("Lives in Quebec: no day is safe"),
    "limit_move": N_("Day before the move to Quebec, on {moves_on}"),
    "limit_letter_used": N_("Letter already used: no day is safe"),
    "limit_no_permit": N_("No permit can be of use any more: no day is safe"),
    "limit_pr_decided": N_("PR application decided: no day is safe"),
    "limit_csq_not_worker": N_("CSQ not obtained as a skilled worker: no day is safe"),
    "limit_passport_unknown": N_("Expiry of the passport not recorded: not counted"),
    "limit_programme_open": N_(
        "Letter dated between {opened} and {last_accepted}: the programme sets no day"
    ),
    "limit_letter_too_late": N_(
        "Letter dated {letter_date}, after the last day accepted, {last_accepted}: no day is safe"
    ),
    "limit_letter_too_early": N_(
        "Letter dated {letter_date}, before the programme opened on {opened}: no day is safe"
    ),
}
_VERDICT = ("PRG", "INV", "CSQ", "ELG", "EXT")
"""Rules behind which other routes may still be open."""
_NO_NEED = frozenset({"ELG-06", "ELG-07"})
"""Rules behind which none is: no permit at all can be of use."""
COUNTED = ("limit_letter_receipt", "limit_letter_date")


def flip_text(finding: Finding) -> str | None:
    """What would turn a finding, or that nothing would; None where nothing needs to."""
    if (
        finding.final
        and finding.rule.partition("-")[0] in _VERDICT
        and finding.rule not in _NO_NEED
    ):
        return _("No change helps: look at the other routes.")
    if finding.final:
        return _("No change helps.")
    flip = finding.flip
    if flip is None:
        return None
    return _(FLIPS[flip.code]).format(**fact_words(flip.facts)) if flip.code in FLIPS else flip.code


def flip_sentence(finding: Finding) -> str | None:
    """The same as a whole sentence: `What would change it: a letter dated on or before …`."""
    text = flip_text(finding)
    if text is None or finding.final:
        return text
    return _("What would change it: {change}").format(change=in_sentence(text))


def limit_text(limit: DayLimit) -> str:
    """What one link of the chain behind the last safe day says, without its day."""
    if limit.reason in COUNTED:
        return _letter_limit(limit)
    template = LIMITS.get(limit.reason)
    return _(template).format(**fact_words(limit.facts)) if template else limit.reason


def _letter_limit(limit: DayLimit) -> str:
    count = limit.facts.get("days")
    days = count if isinstance(count, int) else 0
    words = fact_words(limit.facts)
    if limit.reason == "limit_letter_receipt":
        template = ngettext(
            "{days} day after receipt of the letter, {received_on}",
            "{days} days after receipt of the letter, {received_on}",
            days,
        )
    else:
        template = ngettext(
            "{days} day after the date of the letter, {letter_date} (receipt not recorded)",
            "{days} days after the date of the letter, {letter_date} (receipt not recorded)",
            days,
        )
    return template.format(**words)
