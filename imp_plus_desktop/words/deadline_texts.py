# SPDX-License-Identifier: Apache-2.0
"""What falls due, in words, and why it falls on that day. Words only.

`DEADLINES` has a sentence for each reason of `domain/deadlines/deadlines.py`; what a day follows
from is made of the facts named there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.domain.deadlines.nearness import LAST_HOUR_DAYS
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.domain.values.codes import ApplicationState
from imp_plus_desktop.i18n import N_, _, format_day, format_money
from imp_plus_desktop.words.findings.clock_texts import midnight_words
from imp_plus_desktop.words.findings.hour_texts import hour_caution
from imp_plus_desktop.words.terms.code_names import name_of

Facts = Mapping[str, FactValue]

HOUR_KINDS = frozenset({"letter", "csq", "permit", "status", "restoration", "fairness_letter"})
"""Kinds of a day on which something must have reached IRCC: its last hour counts."""

DEADLINES: Mapping[str, str] = {
    "letter_window_ends": N_("Last day to use the letter"),
    "csq_expires": N_("CSQ expires, no PR application recorded as in process"),
    "passport_expires": N_("Passport expires"),
    "permit_expires": N_("Permit ends"),
    "child_turns_22": N_("A child turns 22"),
    "child_turns_18": N_("A child turns 18"),
    "child_needs_study_permit": N_("A child at school turns 18: study permit and CAQ"),
    "document_expires": N_("A document on file expires"),
    "caq_expires": N_("A family member’s CAQ ends"),
    "caq_missing": N_("CAQ to obtain for a study permit"),
    "member_passport_expires": N_("A family member’s passport expires"),
    "member_permit_expires": N_("A family member’s permit ends"),
    "member_status_ends": N_("A family member’s status in Canada ends"),
    "member_restoration_ends": N_("Last day to restore a family member’s status"),
    "refund_expected": N_("Refund over the cap expected"),
    "holder_refund_expected": N_("Refund of the open permit fee expected"),
    "extension_advised": N_("Extension best filed by then"),
    "restoration_ends": N_("Last day to restore the status"),
    "status_ends": N_("Status in Canada ends"),
    "other_permit_ends": N_("Permit under another route ends"),
    "draft_deleted": N_("The portal deletes the draft"),
    "biometric_letter_expected": N_("Biometric letter expected"),
    "biometrics_due": N_("Biometrics to give"),
    "medical_due": N_("Medical exam to pass"),
    "medical_result_ends": N_("Medical result expires: enter before"),
    "pr_medical_ends": N_("Medical result of the PR application expires"),
    "documents_due": N_("Documents to upload before midnight UTC"),
    "fairness_reply_due": N_("Reply to the fairness letter"),
    "interview_held": N_("Interview"),
    "passport_asked": N_("Passport to send"),
    "introduction_letter_ends": N_("Letter of introduction: enter before"),
    "reminder": N_("Reminder"),
}

DEADLINES_OF: Mapping[str, str] = {
    "child_turns_22": N_("{name} turns 22"),
    "child_turns_18": N_("{name} turns 18"),
    "child_needs_study_permit": N_("{name}, at school, turns 18: study permit and CAQ"),
    "document_expires": N_("A document on file expires: {name}"),
    "caq_expires": N_("End of the CAQ: {name}"),
    "caq_missing": N_("CAQ to obtain for a study permit: {name}"),
    "member_passport_expires": N_("End of the passport: {name}"),
    "member_permit_expires": N_("End of the permit: {name}"),
    "member_status_ends": N_("End of the status in Canada: {name}"),
    "member_restoration_ends": N_("Last day to restore the status: {name}"),
}
"""The same of a family member whose name is told."""


def deadline_said(row: DeadlineRow) -> str:
    """What a line of the agenda says falls due, with the family member whose it is."""
    words = deadline_text(row.kind, row.reason, row.own_day)
    if row.reason == "reminder" and row.facts.get("text"):
        return _("Reminder: {text}").format(text=row.facts["text"])
    if row.member is None:
        return words
    if row.reason in DEADLINES_OF:
        return _(DEADLINES_OF[row.reason]).format(name=row.member)
    return _("{what}: {name}").format(what=words, name=row.member)


def deadline_text(kind: str, reason: str = "", day: date | None = None) -> str:
    """What falls due, without a name; without a known reason, the kind's own word.

    `day` is the day that IRCC's letter gives: uploads end before its midnight in UTC.
    """
    if reason == "documents_due" and day is not None:
        return _("Documents to upload {midnight}").format(midnight=midnight_words(day))
    return _(DEADLINES[reason]) if reason in DEADLINES else name_of(kind, "deadline_kind")


def deadline_why(row: DeadlineRow) -> str:
    """Why it falls on that day; empty where the sentence itself says it."""
    made = _WHY.get(row.reason)
    why = made(row.facts) if made is not None and row.facts else ""
    near = 0 <= row.days_left <= LAST_HOUR_DAYS and row.day == row.own_day
    hour = hour_caution(row.own_day) if near and row.kind in HOUR_KINDS else ""
    return " · ".join(filter(None, (why, hour)))


def _day(value: FactValue) -> str:
    return format_day(value) if isinstance(value, date) else ""


def _letter(facts: Facts) -> str:
    if facts["received_on"] is None:
        words = _("Letter of {letter_date}; day of receipt not recorded")
    else:
        words = _("Letter of {letter_date}, received on {received_on}")
    return words.format(
        letter_date=_day(facts["letter_date"]), received_on=_day(facts["received_on"])
    )


def _csq(facts: Facts) -> str:
    return "" if facts["pr_known"] else _("Nothing is recorded about the PR application")


def _extension(facts: Facts) -> str:
    return _("The permit ends on {day}").format(day=_day(facts["valid_until"]))


def _restoration(facts: Facts) -> str:
    return _("The status ended on {day}").format(day=_day(facts["ended_on"]))


def _draft(facts: Facts) -> str:
    return _("Draft begun on {day}").format(day=_day(facts["prepared_on"]))


def _request(facts: Facts) -> str:
    return _("Usual term, from the letter") if facts["usual"] else _("The day in the letter")


def _refund(facts: Facts) -> str:
    amount = facts["amount"]
    money = format_money(amount) if isinstance(amount, int) else ""
    return _("{amount} expected from IRCC").format(amount=money)


def _holder_refund(facts: Facts) -> str:
    amount = facts["amount"]
    money = format_money(amount) if isinstance(amount, int) else ""
    words = _("{amount} comes back on a refusal")
    if facts["state"] == ApplicationState.WITHDRAWN.value:
        words = _("{amount} comes back on a withdrawal before the permit, if asked for")
    return words.format(amount=money)


def _document(facts: Facts) -> str:
    return name_of(str(facts["type"]), "document_type")


def _study_permit(facts: Facts) -> str:
    return _("Studies without a permit, which is allowed until {age} only").format(age=facts["age"])


def _caq_missing(facts: Facts) -> str:
    return _("The application for a study permit waits, and no CAQ is recorded")


_WHY: Mapping[str, Callable[[Facts], str]] = {
    "letter_window_ends": _letter,
    "csq_expires": _csq,
    "extension_advised": _extension,
    "restoration_ends": _restoration,
    "member_restoration_ends": _restoration,
    "draft_deleted": _draft,
    "biometrics_due": _request,
    "medical_due": _request,
    "documents_due": _request,
    "refund_expected": _refund,
    "holder_refund_expected": _holder_refund,
    "child_needs_study_permit": _study_permit,
    "caq_missing": _caq_missing,
    "document_expires": _document,
}
