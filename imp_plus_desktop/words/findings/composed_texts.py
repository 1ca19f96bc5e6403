# SPDX-License-Identifier: Apache-2.0
"""Sentences of findings that no single template can say: their wording hangs on the facts.

For `finding_texts.py` to join. A sentence uses only the facts that `domain/rules/reasons.py` names
for its reason. Words only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.words.findings.fact_texts import Facts, day_word, fact_words, number_of
from imp_plus_desktop.words.findings.hour_texts import LAST_HOURS
from imp_plus_desktop.words.terms.code_names import name_of, place_name, word_in_sentence


def _letter_expired(facts: Facts) -> str:
    late = number_of(facts["days_late"])
    return ngettext(
        "Letter usable until {last_day}: {late} day late",
        "Letter usable until {last_day}: {late} days late",
        late,
    ).format(last_day=day_word(facts["last_day"]), late=format_number(late))


def _letter_ending_soon(facts: Facts) -> str:
    left = number_of(facts["days_left"])
    return ngettext(
        "Letter usable until {last_day}: {left} day left",
        "Letter usable until {last_day}: {left} days left",
        left,
    ).format(last_day=day_word(facts["last_day"]), left=format_number(left))


def _letter_already_used(facts: Facts) -> str:
    state = word_in_sentence(str(facts["state"]), "application_state")
    if facts["received_on"] is None:
        return _("Letter already used by another application ({state})").format(state=state)
    return _("Letter already used by the application received on {received_on} ({state})").format(
        received_on=day_word(facts["received_on"]), state=state
    )


def _csq_expiring(facts: Facts) -> str:
    left, expiry = number_of(facts["days_left"]), day_word(facts["expiry"])
    if left == 0:
        return _(
            "Last day of the CSQ: {expiry}; no PR application is recorded as in process"
        ).format(expiry=expiry)
    return ngettext(
        "CSQ expires on {expiry}, in {left} day; no PR application is recorded as in process",
        "CSQ expires on {expiry}, in {left} days; no PR application is recorded as in process",
        left,
    ).format(expiry=expiry, left=format_number(left))


def _pr_filed(facts: Facts) -> str:
    if facts["filed_on"] is None:
        return _("PR application filed")
    return _("PR application filed on {filed_on}").format(filed_on=day_word(facts["filed_on"]))


def _lives_in_quebec(facts: Facts) -> str:
    return _("Lives in Quebec, {span}").format(span=_span(facts))


def _lives_in_quebec_contradicted(facts: Facts) -> str:
    return _("Lives in Quebec, {span}; contradicted by {evidence}").format(
        span=_span(facts), evidence=_evidence(facts)
    )


def _lives_outside_quebec(facts: Facts) -> str:
    return _("Lives outside Quebec: {place}, {span}").format(place=_place(facts), span=_span(facts))


def _residence_contradicted(facts: Facts) -> str:
    return _("Residence recorded outside Quebec but contradicted by {evidence}: {place}").format(
        place=f"{_place(facts)}, {_span(facts)}", evidence=_evidence(facts)
    )


def _evidence(facts: Facts) -> str:
    """What says otherwise than a stay: the declaration, the postal address or both."""
    said = str(facts["evidence"]).split(",")
    if len(said) > 1:
        return _("the declaration and the postal address")
    return _("the declaration") if "declaration" in said else _("the postal address")


def _place(facts: Facts) -> str:
    province = facts["province"]
    return place_name(str(facts["country"]), None if province is None else str(province))


def _span(facts: Facts) -> str:
    """When a residence holds, and what shows it."""
    proof = facts["proof"]
    if proof is None:
        return _days(facts)
    shown = word_in_sentence(str(proof), "residence_proof")
    return _("{days} ({proof})").format(days=_days(facts), proof=shown)


def _days(facts: Facts) -> str:
    """One without a start says so, since it holds for every day before."""
    start, end = facts["from_day"], facts["until_day"]
    if facts["open_start"] and end is None:
        return _("no start date (holds for earlier days)")
    if facts["open_start"]:
        return _("until {until_day}, no start date").format(until_day=day_word(end))
    if end is None:
        return _("since {from_day}").format(from_day=day_word(start))
    return _("from {from_day} to {until_day}").format(
        from_day=day_word(start), until_day=day_word(end)
    )


def _principal_time_enough(facts: Facts) -> str:
    return _(
        "Principal may work until {valid_until}; at least {needed_until} is needed, {rule}"
    ).format(
        valid_until=day_word(facts["valid_until"]),
        needed_until=day_word(facts["needed_until"]),
        rule=_family_rule(facts),
    )


def _principal_time_short(facts: Facts) -> str:
    return _(
        "Principal’s permit ends on {valid_until}; at least {needed_until} is needed, {rule}"
    ).format(
        valid_until=day_word(facts["valid_until"]),
        needed_until=day_word(facts["needed_until"]),
        rule=_family_rule(facts),
    )


def _family_rule(facts: Facts) -> str:
    """Which rule of which day sets the principal's time."""
    months, since = number_of(facts["months"]), day_word(facts["rule_from"])
    if facts["spared_months"] is None:
        return _("{months} months by the rule of {since}").format(months=months, since=since)
    return _(
        "{months} months: the {spared} months and TEER {teer} asked since {since} are not asked of"
        " A76"
    ).format(
        months=months,
        spared=facts["spared_months"],
        teer=str(facts["spared_teer"]).replace(",", ", "),
        since=since,
    )


def _child_soon_of_age(facts: Facts) -> str:
    left = number_of(facts["days_left"])
    return ngettext(
        "Studies without a permit and turns {age} on {turns_on}, in {left} day",
        "Studies without a permit and turns {age} on {turns_on}, in {left} days",
        left,
    ).format(age=facts["age"], turns_on=day_word(facts["turns_on"]), left=format_number(left))


def _passport_too_short(facts: Facts) -> str:
    expiry, term_end = facts["expiry"], facts["term_end"]
    lost = number_of(facts["lost_days"])
    months = 0
    if isinstance(expiry, date) and isinstance(term_end, date):
        months = (term_end.year - expiry.year) * 12 + term_end.month - expiry.month
        months -= term_end.day < expiry.day
    if months >= 2:
        return ngettext(
            "Passport shorter than the permit: expires on {expiry}, {months} month lost",
            "Passport shorter than the permit: expires on {expiry}, {months} months lost",
            months,
        ).format(expiry=day_word(expiry), months=months)
    return ngettext(
        "Passport shorter than the permit: expires on {expiry}, {lost} day lost",
        "Passport shorter than the permit: expires on {expiry}, {lost} days lost",
        lost,
    ).format(expiry=day_word(expiry), lost=format_number(lost))


def _permit_province_differs(facts: Facts) -> str:
    if facts["province"] is None:
        return _("No province on the permit; Quebec is expected")
    return _("Permit for another province than Quebec: {province}").format(
        province=name_of(str(facts["province"]), "province")
    )


def _numbers_fit(facts: Facts) -> str:
    count = number_of(facts["count"])
    return ngettext(
        "{count} number, of its usual shape", "{count} numbers, of their usual shape", count
    ).format(count=format_number(count))


def _numbers_unique(facts: Facts) -> str:
    count = number_of(facts["count"])
    return ngettext(
        "{count} number, recorded once", "{count} numbers, each recorded once", count
    ).format(count=format_number(count))


def _permit_ending(facts: Facts) -> str:
    left = number_of(facts["days_left"])
    if left == 0:
        return _("Last day of the permit: {valid_until}").format(
            valid_until=day_word(facts["valid_until"])
        )
    return ngettext(
        "Permit ends on {valid_until}, in {left} day",
        "Permit ends on {valid_until}, in {left} days",
        left,
    ).format(valid_until=day_word(facts["valid_until"]), left=format_number(left))


def _report_undated(facts: Facts) -> str:
    count = facts["undated"]
    return ngettext(
        "{undated} decision has no day and is in no period",
        "{undated} decisions have no day and are in no period",
        count if isinstance(count, int) else 0,
    ).format(**fact_words(facts))


def _place_kept(facts: Facts) -> str:
    if facts["place"] is None:
        return _("Keeps its place of {year}").format(year=facts["year"])
    return _("Keeps place {place} of {year}").format(
        place=format_number(number_of(facts["place"])), year=facts["year"]
    )


SPECIAL: Mapping[str, Callable[[Facts], str]] = {
    **LAST_HOURS,
    "letter_expired": _letter_expired,
    "letter_ending_soon": _letter_ending_soon,
    "letter_already_used": _letter_already_used,
    "csq_expiring": _csq_expiring,
    "pr_filed": _pr_filed,
    "lives_in_quebec": _lives_in_quebec,
    "lives_in_quebec_contradicted": _lives_in_quebec_contradicted,
    "lives_outside_quebec": _lives_outside_quebec,
    "residence_contradicted": _residence_contradicted,
    "principal_time_enough": _principal_time_enough,
    "principal_time_short": _principal_time_short,
    "child_soon_of_age": _child_soon_of_age,
    "passport_too_short": _passport_too_short,
    "permit_province_differs": _permit_province_differs,
    "numbers_fit": _numbers_fit,
    "numbers_unique": _numbers_unique,
    "permit_ending": _permit_ending,
    "place_kept": _place_kept,
    "report_undated": _report_undated,
}
