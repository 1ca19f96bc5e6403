# SPDX-License-Identifier: Apache-2.0
"""Sentences of IRCC's clocks and of permits in Quebec, for `finding_texts.py` to join.

A sentence uses only the facts that `domain/rules/reasons.py` names for its reason. Words only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.domain.deadlines.clocks import last_minute_in_toronto
from imp_plus_desktop.i18n import N_, _, format_number, format_time, ngettext
from imp_plus_desktop.words.findings.fact_texts import Facts, day_word, number_of
from imp_plus_desktop.words.terms.code_names import name_of

SENTENCES: Mapping[str, str] = {
    "permit_location_not_recorded": N_("Location condition of the permit not recorded"),
    "work_not_outside_quebec": N_("No work recorded outside Quebec"),
    "address_in_quebec_not_recorded": N_("No address in Quebec recorded since the permit began"),
    "medical_restriction_recorded": N_("Occupation condition of the permit recorded"),
    "nothing_received_yet": N_("Application not received yet"),
    "nothing_asked": N_("Nothing asked by IRCC"),
    "biometrics_done": N_("Biometrics given on {done_on}"),
    "biometrics_reusable": N_("Biometrics of an earlier file hold until {until}"),
    "biometric_letter_expected": N_("Biometric letter expected on {expected_on}"),
    "biometric_letter_awaited": N_("Biometric letter expected on {expected_on}, and none recorded"),
    "medical_result_valid": N_("Medical result valid until {until}: enter Canada before"),
    "medical_result_expired": N_("Medical result expired on {until}"),
    "documents_done": N_("Documents sent on {done_on}"),
    "no_introduction_letter": N_("No letter of introduction recorded"),
    "introduction_letter_used": N_("Letter of introduction used"),
    "introduction_letter_lapsed": N_("Letter of introduction valid until {until} only"),
    "introduction_date_unknown": N_("Date printed on the letter of introduction not recorded"),
}


def midnight_words(day: date) -> str:
    """`before midnight UTC (18:59 in Toronto)`: the last minute of a day for IRCC."""
    at = format_time(last_minute_in_toronto(day))
    return _("before midnight UTC ({time} in Toronto)").format(time=at)


def _work_outside(facts: Facts) -> str:
    return _since(_("Works outside Quebec"), facts)


def _address_outside(facts: Facts) -> str:
    return _since(_("Address outside Quebec"), facts)


def _since(words: str, facts: Facts) -> str:
    said = words
    if facts["province"] is not None:
        where = name_of(str(facts["province"]), "province")
        said = _("{what} ({province})").format(what=words, province=where)
    if facts["from_day"] is None:
        return said
    return _("{what}, since {day}").format(what=said, day=day_word(facts["from_day"]))


def _usual(said: str, facts: Facts) -> str:
    return _("{what} (usual term)").format(what=said) if facts["usual"] is True else said


def _biometrics_due(facts: Facts) -> str:
    words = _("Biometrics to give until {due_on}")
    return _usual(words.format(due_on=day_word(facts["due_on"])), facts)


def _medical_due(facts: Facts) -> str:
    words = _("Medical exam to pass until {due_on}")
    return _usual(words.format(due_on=day_word(facts["due_on"])), facts)


def _documents_due(facts: Facts) -> str:
    due = facts["due_on"]
    words = _("Documents to upload on {due_on}, {midnight}")
    midnight = midnight_words(due) if isinstance(due, date) else ""
    return _usual(words.format(due_on=day_word(due), midnight=midnight), facts)


def _biometrics_overdue(facts: Facts) -> str:
    late = number_of(facts["days_late"])
    return ngettext(
        "Biometrics were to be given until {due_on}: {late} day late",
        "Biometrics were to be given until {due_on}: {late} days late",
        late,
    ).format(due_on=day_word(facts["due_on"]), late=format_number(late))


def _medical_overdue(facts: Facts) -> str:
    late = number_of(facts["days_late"])
    return ngettext(
        "The medical exam was due until {due_on}: {late} day late",
        "The medical exam was due until {due_on}: {late} days late",
        late,
    ).format(due_on=day_word(facts["due_on"]), late=format_number(late))


def _documents_overdue(facts: Facts) -> str:
    late = number_of(facts["days_late"])
    return ngettext(
        "Documents were due until {due_on}: {late} day late",
        "Documents were due until {due_on}: {late} days late",
        late,
    ).format(due_on=day_word(facts["due_on"]), late=format_number(late))


def _introduction_runs(facts: Facts) -> str:
    left = number_of(facts["days_left"])
    return ngettext(
        "Enter Canada until {until}, as printed on the letter of introduction: {left} day left",
        "Enter Canada until {until}, as printed on the letter of introduction: {left} days left",
        left,
    ).format(until=day_word(facts["until"]), left=format_number(left))


SPECIAL: Mapping[str, Callable[[Facts], str]] = {
    "work_outside_quebec": _work_outside,
    "address_outside_quebec": _address_outside,
    "biometrics_due": _biometrics_due,
    "biometrics_overdue": _biometrics_overdue,
    "medical_due": _medical_due,
    "medical_overdue": _medical_overdue,
    "documents_due": _documents_due,
    "documents_overdue": _documents_overdue,
    "introduction_letter_runs": _introduction_runs,
}
