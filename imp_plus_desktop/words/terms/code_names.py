# SPDX-License-Identifier: Apache-2.0
"""Words for codes: states, outcomes, relations, documents, provinces, countries, fields.

The only place where a code becomes a word of the office. Words are looked up when asked for, so
that the language can change while the program runs. Must not hold a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from imp_plus_desktop import country_names
from imp_plus_desktop.i18n import N_, _, current_language, pgettext
from imp_plus_desktop.words.terms import way_texts
from imp_plus_desktop.words.terms.application_names import APPLICATION_KINDS, ROUTES
from imp_plus_desktop.words.terms.check_names import CHECKS
from imp_plus_desktop.words.terms.deadline_names import DEADLINE_KINDS

_Words = Mapping[str, str | Callable[[], str]]

# Where French bends a word by what it speaks of, the context says what that is.
_STATUS: _Words = {
    "invited": lambda: pgettext("person", "Invited"),
    "ready": lambda: pgettext("person", "Ready to apply"),
    "applied": N_("Application received"),
    "approved": lambda: pgettext("application", "Approved"),
    "permit": N_("Permit issued"),
    "refused": lambda: pgettext("application", "Refused"),
    "withdrawn": lambda: pgettext("application", "Withdrawn"),
    "returned": lambda: pgettext("application", "Returned incomplete"),
    "over_cap": N_("Over the cap"),
    "closed": lambda: pgettext("file", "Closed"),
}
_APPLICATION: _Words = {
    "pending": N_("Awaiting a decision"),
    "draft": N_("Draft"),
    "ready": N_("Ready to submit"),
    "submitted": N_("Submitted"),
    "filed": N_("Filed"),
    "received": lambda: pgettext("application", "Received"),
    "acknowledged": N_("Acknowledged"),
    "in_process": N_("In process"),
    "action_required": N_("Action required"),
    "decision_made": N_("Decision made"),
    "approved": lambda: pgettext("application", "Approved"),
    "permit_issued": N_("Permit issued"),
    "refused": lambda: pgettext("application", "Refused"),
    "withdrawn": lambda: pgettext("application", "Withdrawn"),
    "returned": lambda: pgettext("application", "Returned incomplete"),
    "cancelled_over_cap": N_("Cancelled over the cap"),
    "letter_lapsed": N_("Letter of introduction lapsed"),
}
_PR: _Words = {
    "not_filed": lambda: pgettext("application", "Not filed"),
    "in_process": lambda: pgettext("application", "In process"),
    "approved": lambda: pgettext("application", "Approved"),
    "refused": lambda: pgettext("application", "Refused"),
    "withdrawn": lambda: pgettext("application", "Withdrawn"),
    "landed": N_("Permanent resident (landed)"),
}
_PROVINCES: _Words = {
    "AB": N_("Alberta"),
    "BC": N_("British Columbia"),
    "MB": N_("Manitoba"),
    "NB": N_("New Brunswick"),
    "NL": N_("Newfoundland and Labrador"),
    "NS": N_("Nova Scotia"),
    "NT": N_("Northwest Territories"),
    "NU": N_("Nunavut"),
    "ON": N_("Ontario"),
    "PE": N_("Prince Edward Island"),
    "QC": N_("Quebec"),
    "SK": N_("Saskatchewan"),
    "YT": N_("Yukon"),
}

_KINDS: Mapping[str, _Words] = {
    "person_status": _STATUS,
    "verdict_code": {
        "eligible": lambda: pgettext("person", "Eligible"),
        "not_eligible": lambda: pgettext("person", "Not eligible"),
        "unknown": N_("To be clarified"),
        "judgement": N_("To be assessed"),
    },
    "rule_outcome": {
        "pass": lambda: pgettext("rule", "Met"),
        "fail": lambda: pgettext("rule", "Not met"),
        "unknown": N_("To be clarified"),
        "judgement": N_("To be assessed"),
        "not_applicable": N_("Not applicable"),
    },
    "severity": {"block": N_("Blocks"), "warn": N_("Warns")},
    "application_state": _APPLICATION,
    "outcome": _APPLICATION,
    "application_code": {"study": lambda: pgettext("code", "study")},
    "application_kind": APPLICATION_KINDS,
    "flag_code": {
        "over_cap": lambda: pgettext("flag", "Over the cap"),
        "receipt_unknown": N_("Received day unknown"),
        "received_in_future": N_("Received in the future"),
        "decided_before_received": N_("Decided before received"),
        "outcome_against_permit": N_("Outcome against the permit"),
        "permit_over_term": N_("Permit past its term"),
        "rule_failed": N_("A rule failed on receipt"),
    },
    "channel": {
        "online": lambda: pgettext("channel", "Online"),
        "paper": lambda: pgettext("channel", "On paper"),
        "port_of_entry": lambda: pgettext("channel", "At a port of entry"),
    },
    "pr_state": _PR,
    "pr_stage": {
        "filed": lambda: pgettext("stage", "Filed"),
        "acknowledged": lambda: pgettext("stage", "Acknowledged"),
        "biometrics": lambda: pgettext("stage", "Biometrics"),
        "medical": lambda: pgettext("stage", "Medical exam"),
        "background": lambda: pgettext("stage", "Background check done"),
        "passport_asked": lambda: pgettext("stage", "Passport to send"),
        "confirmed": lambda: pgettext("stage", "Confirmed"),
        "landed": lambda: pgettext("stage", "Landed"),
    },
    "canada_status": {
        "visitor": N_("Visitor"),
        "student": N_("Student"),
        "worker": N_("Worker"),
        "maintained": N_("Maintained status"),
        "claimant": N_("Refugee claimant"),
        "none": N_("No status"),
        "citizen": N_("Canadian citizen"),
        "permanent_resident": N_("Permanent resident"),
    },
    "relation": {
        "spouse": N_("Spouse"),
        "partner": N_("Common-law partner"),
        "child": N_("Child"),
    },
    "permit_wish": {
        "work": N_("Work permit"),
        "study": N_("Study permit"),
        "visitor": N_("Visitor record"),
        "none": N_("No application"),
    },
    "document_type": {
        "csq": N_("CSQ"),
        "letter": N_("Invitation letter"),
        "intent": N_("Proof of intent to live in Quebec"),
        "pr_proof": N_("Proof of the PR application"),
        "residence_proof": N_("Proof of residence outside Quebec"),
        "passport": N_("Passport"),
        "medical": N_("Medical exam"),
        "police": N_("Police certificate"),
        "photo": N_("Photo"),
        "forms": N_("Forms"),
        "representative": N_("Use of a representative (IMM 5476)"),
        "common_law": N_("Statutory declaration of common-law union (IMM 5409)"),
        "caq": N_("CAQ for studies"),
    },
    "document_state": {
        "required": lambda: pgettext("document", "Missing"),
        "received": lambda: pgettext("document", "Received"),
        "reviewed": lambda: pgettext("document", "Reviewed"),
    },
    "stand": {
        "not_recorded": lambda: pgettext("document", "Not recorded"),
        "required": lambda: pgettext("document", "Missing"),
        "received": lambda: pgettext("document", "Received"),
        "reviewed": lambda: pgettext("document", "Reviewed"),
        "expired": lambda: pgettext("document", "Expired"),
    },
    "document_because": {
        "always": N_("Every file"),
        "pr_filed": N_("PR filed: portal e-mail, acknowledgement or approval in principle"),
        "in_canada": N_("Lives in Canada outside Quebec"),
        "form_inside": N_("IMM 5710, in Canada"),
        "form_outside": N_("IMM 1295, outside Canada"),
        "member_form_inside": N_("Application form, in Canada"),
        "member_form_outside": N_("Application form, outside Canada"),
        "represented": N_("Represented"),
        "partner": N_("Common-law partner"),
        "studies": N_("Studies in Quebec"),
        "asked": N_("Asked for by IRCC"),
        "extension": N_("For an extension, later"),
        "if_asked": N_("If the visa office asks"),
        "extra": N_("Kept in the file"),
    },
    "fee": {
        "processing": N_("Work permit processing"),
        "open_permit_holder": N_("Open work permit holder"),
        "biometrics": N_("Biometrics"),
        "study_permit": N_("Study permit"),
        "visitor_visa": N_("Visitor visa"),
        "eta": N_("Electronic travel authorization"),
        "restoration_worker": N_("Restoration as a worker, work permit included"),
        "restoration_student": N_("Restoration as a student, study permit included"),
        "employer_compliance": N_("Employer compliance"),
    },
    "fee_reason": {
        "due": lambda: pgettext("fee", "Due"),
        "family_maximum": N_("Family maximum"),
        "too_young": N_("Under 14: none"),
        "too_old": N_("Over 79: none"),
        "given_lately": N_("Given in the last 10 years: none"),
        "charged_once": N_("Charged once for applications of the same day"),
        "may_be_indexed": N_("May have been indexed"),
        "wish_unknown": N_("Application wanted not recorded"),
        "amount_unknown": N_("Amount on that day not known"),
        "value_hidden": N_("Depends on a date of birth hidden from who only reads"),
    },
    "board_word": {
        "letter": N_("Letter"),
        "application": N_("Application"),
        "permit": N_("Permit"),
        "passport_expiry": N_("Passport"),
        "csq_expiry": N_("CSQ"),
        "arrival": N_("Arrival"),
        "age_18": N_("18 years"),
        "age_22": N_("22 years"),
        "marriage": N_("Marriage"),
        "separation": N_("Separation"),
        "death": N_("Death"),
        "caq_until": N_("CAQ"),
    },
    "board_item": {
        "letter": N_("Letter usable"),
        "application": N_("Application"),
        "permit": N_("Permit"),
        "passport_expiry": N_("Passport expires"),
        "csq_expiry": N_("CSQ expires"),
        "arrival": N_("Arrival in Canada"),
        "age_18": N_("Turns 18"),
        "age_22": N_("Turns 22"),
        "marriage": N_("Marriage"),
        "separation": N_("Separation"),
        "death": N_("Death"),
        "caq_until": N_("CAQ ends"),
    },
    "bond": {
        "family": N_("Of the family"),
        "unborn": N_("Not born yet"),
        "dead": lambda: pgettext("member", "Deceased"),
        "separated": lambda: pgettext("member", "Separated"),
    },
    "limited_by": {
        "term": N_("Full term"),
        "passport": N_("Limited by the passport"),
        "principal": N_("Limited by the principal’s permit"),
        "shorter": N_("Shorter than the rules allow"),
    },
    "ledger": {
        "applications": N_("Applications"),
        "letters": N_("Letters"),
        "permits": N_("Permits"),
    },
    "sex": {
        "F": lambda: pgettext("sex", "Female"),
        "M": lambda: pgettext("sex", "Male"),
        "X": lambda: pgettext("sex", "Another gender"),
    },
    "yes_no": {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Unknown")},
    "csq_category": {
        "none": N_("No category on the CSQ"),
        "business": N_("Business people"),
        "family": N_("Family reunification"),
        "humanitarian": N_("Humanitarian"),
    },
    "language": {"fr": N_("French"), "en": N_("English")},
    "residence_proof": {
        "lease": N_("Lease"),
        "cra_notice": N_("Notice of assessment (CRA)"),
        "utility_bill": N_("Utility bill"),
        "status_document": N_("Permit or visa"),
        "declaration": N_("Declaration"),
        "other": lambda: pgettext("proof", "Other"),
    },
    "custody": {
        "full": N_("Sole custody"),
        "shared": N_("Shared custody"),
        "other_parent": N_("With the other parent"),
    },
    "school": {
        "none": N_("No studies"),
        "preschool": N_("Preschool"),
        "primary_secondary": N_("Primary or secondary"),
        "post_secondary": N_("Post-secondary"),
    },
    "member_location": {
        "abroad": N_("Abroad"),
        "quebec": N_("In Quebec"),
        "elsewhere_in_canada": N_("Elsewhere in Canada"),
    },
    "contact_kind": {
        "called": N_("Call"),
        "wrote": N_("Message sent"),
        "replied": N_("Reply received"),
        "met": N_("Visit"),
    },
    "request_kind": {
        "biometrics": N_("Biometrics"),
        "medical": N_("Medical exam"),
        "documents": N_("Documents"),
        "fairness_letter": N_("Procedural fairness letter"),
        "interview": N_("Interview"),
        "passport": N_("Passport request"),
        "introduction_letter": N_("Letter of introduction"),
    },
    "portal_item": {
        "eligibility": N_("Review of eligibility"),
        "medical": N_("Review of medical results"),
        "documents": N_("Review of additional documents"),
        "interview": N_("Interview"),
        "biometrics": N_("Biometrics"),
        "background": N_("Background check"),
        "decision": N_("Final decision"),
    },
    "portal_state": {
        "not_needed": N_("Not needed"),
        "in_progress": N_("In progress"),
        "needed": N_("Needed"),
        "completed": N_("Completed"),
        "not_applicable": N_("Not applicable"),
    },
    "route_state": {**_APPLICATION, "considered": N_("Considered")},
    "route": ROUTES,
    "route_permit": {
        "open": N_("Open permit"),
        "employer": N_("Employer-specific"),
        "either": N_("Open or specific"),
    },
    "route_condition": CHECKS,
    "programme_fit": {
        "qualifies": N_("Qualifies"),
        "open": N_("To be checked"),
        "not": N_("Does not qualify"),
    },
    "way": way_texts.WAYS,
    "way_condition": way_texts.CONDITIONS,
    "way_state": way_texts.STATES,
    "way_family": way_texts.FAMILY,
    "requirement": {
        "visa": N_("Visitor visa"),
        "eta": N_("eTA"),
        "none": N_("Neither visa nor eTA"),
    },
    "province": _PROVINCES,
    "deadline_kind": DEADLINE_KINDS,
    "timeline": {
        "csq": N_("CSQ issued"),
        "csq_expiry": N_("CSQ expires"),
        "pr_filed": N_("PR filed"),
        "pr_acknowledged": N_("PR acknowledged"),
        "pr_confirmed": N_("PR confirmed"),
        "landed": lambda: pgettext("stage", "Landed"),
        "letter": N_("Letter"),
        "letter_received": N_("Letter received"),
        "letter_limit": N_("Letter limit"),
        "received": N_("Application received"),
        "decided": N_("Decision"),
        "permit_from": N_("Permit begins"),
        "permit_until": N_("Permit ends"),
        "passport_expiry": N_("Passport expires"),
        "today": N_("Today"),
        "contact": N_("Contact with the person"),
        "death": N_("Death"),
    },
    "row_effect": {
        "new": lambda: pgettext("row", "New"),
        "update": lambda: pgettext("row", "Updated"),
        "same": lambda: pgettext("row", "Unchanged"),
        "review": N_("To be checked"),
        "rejected": lambda: pgettext("row", "Rejected"),
        "skipped": lambda: pgettext("row", "Skipped"),
    },
}


def name_of(code: StrEnum | str | bool | None, kind: str | None = None) -> str:
    """The word for a code. `kind` names its list; an enum knows its own (`PrState`: `pr_state`).

    A bool or None answers yes, no or unknown. A code without a word is its own word.
    """
    if code is None or isinstance(code, bool):
        return name_of({True: "yes", False: "no", None: "unknown"}[code], "yes_no")
    if kind is None:
        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(code).__name__).lower()
    word = _KINDS.get(kind, {}).get(str(code))
    if word is None:
        return str(code)
    return _(word) if isinstance(word, str) else word()


def kinds() -> Mapping[str, _Words]:
    """Every list of words, by its kind."""
    return _KINDS


def in_sentence(word: str) -> str:
    """A word as it stands inside a sentence: `Approved` is `approved`, `CSQ` and `A76` stay."""
    if word[1:2].isupper() or word[1:2].isdigit():
        return word
    return word[:1].lower() + word[1:]


def word_in_sentence(code: StrEnum | str, kind: str | None = None) -> str:
    """`name_of` without its capital."""
    return in_sentence(name_of(code, kind))


def country_name(alpha3: str) -> str:
    """A country's name in the language in use."""
    return country_names.country_name(alpha3, current_language())


def place_name(country: str, province: str | None) -> str:
    """`Ontario`, `Colombia`: the province in Canada, else the country; both if they contradict."""
    before = f"{country_name(country)} / " if province and country != "CAN" else ""
    return before + name_of(province, "province") if province else country_name(country)


def document_names(codes: str) -> str:
    """A comma-separated list of document types in words: `CSQ, invitation letter`."""
    return ", ".join(word_in_sentence(code, "document_type") for code in codes.split(",") if code)
