# SPDX-License-Identifier: Apache-2.0
"""A hidden value is shown as hidden, and no rule takes it for missing, for wrong or for another."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import a_file, a_member, a_passport, a_person, an_application, programme

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.deadlines.waiting import waiting_codes
from imp_plus_desktop.domain.family.family import present_findings
from imp_plus_desktop.domain.family.household import Bond, bond_on
from imp_plus_desktop.domain.fees import fees
from imp_plus_desktop.domain.people.identity import id_01, id_02, id_04
from imp_plus_desktop.domain.programmes import checks
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.calendar import birthday
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    DocumentType,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.errors import NotAllowed
from imp_plus_desktop.domain.values.identifiers import IdentifierKind, matches, normalise
from imp_plus_desktop.domain.values.unseen.hidden import (
    HIDDEN,
    HIDDEN_DAY,
    HiddenValueError,
    day_of,
    is_hidden,
)
from imp_plus_desktop.domain.verdict import eligibility, routes
from imp_plus_desktop.domain.verdict.checklist import checklist

DAY = date(2023, 11, 22)
ASKS: list[Callable[[], object]] = [
    lambda: HIDDEN_DAY.year,
    lambda: HIDDEN_DAY < DAY,
    lambda: DAY < HIDDEN_DAY,
    lambda: DAY - HIDDEN_DAY,
    lambda: HIDDEN_DAY + timedelta(days=1),
    lambda: HIDDEN_DAY == DAY,
    lambda: DAY != HIDDEN_DAY,
    lambda: HIDDEN_DAY.toordinal(),
    lambda: birthday(HIDDEN_DAY, 18),
    lambda: normalise(HIDDEN),
    lambda: matches(IdentifierKind.PASSPORT, HIDDEN),
    lambda: max(DAY, HIDDEN_DAY),
]


@pytest.mark.parametrize("ask", ASKS)
def test_nobody_can_ask_what_a_hidden_value_is(ask: Callable[[], object]) -> None:
    with pytest.raises(HiddenValueError) as told:
        ask()
    # Where nobody says more of it, it is said in one sentence, and is no fault of the program.
    assert isinstance(told.value, NotAllowed)
    assert told.value.code == "hidden_from_readers"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_shown_by_its_sign_in_every_form(language: str) -> None:
    before = i18n.current_language()
    i18n.use(language)
    try:
        told = (i18n.format_day, i18n.format_day_short, i18n.format_iso, i18n.format_month_day)
        assert {tell(HIDDEN_DAY) for tell in told} == {HIDDEN}
        assert (str(HIDDEN_DAY), f"{HIDDEN_DAY:%Y}", HIDDEN_DAY.isoformat()) == (HIDDEN,) * 3
        assert i18n.format_known(HIDDEN) == HIDDEN
    finally:
        i18n.use(before)


def test_it_comes_from_what_the_server_gives_and_goes_to_another_process_as_it_is() -> None:
    assert day_of(HIDDEN) is HIDDEN_DAY
    assert day_of("2023-11-22") == DAY
    assert pickle.loads(pickle.dumps(HIDDEN_DAY)) is HIDDEN_DAY
    assert is_hidden(HIDDEN_DAY)
    assert is_hidden(HIDDEN)
    assert not any(map(is_hidden, (None, DAY, "", "AB123456")))
    assert day_of(HIDDEN) == HIDDEN_DAY
    assert HIDDEN_DAY is not None
    assert hash(HIDDEN_DAY) == hash(day_of(HIDDEN))


def a_child(**changes: object) -> Member:
    told = {
        "birth_date": HIDDEN_DAY,
        "uci": HIDDEN,
        "passport_number": HIDDEN,
        "school": School.PRIMARY_SECONDARY,
        "location": MemberLocation.QUEBEC,
        "accompanying": True,
    }
    return a_member(Relation.CHILD, **{**told, **changes})


def a_hidden_file(*members: Member) -> PersonFile:
    person = a_person(birth_date=HIDDEN_DAY, uci=HIDDEN)
    passport = replace(a_passport(), number=HIDDEN)
    return a_file(person, members=members, passports=(passport,))


def rules(file: PersonFile, one: Member) -> dict[str, tuple[RuleOutcome, str]]:
    found = present_findings(file, one, DAY, programme())
    return {finding.rule: (finding.outcome, finding.reason) for finding in found}


HIDDEN_ANSWER = (RuleOutcome.UNKNOWN, "birth_date_hidden")


def test_rules_that_hang_on_a_birth_date_say_that_it_is_hidden() -> None:
    child = a_child()
    told = rules(a_hidden_file(child), child)
    assert {rule for rule, answer in told.items() if answer == HIDDEN_ANSWER} == {
        *("FAM-03", "FAM-08", "FAM-09"),
    }
    # What is missing is missing for everybody.
    unrecorded = a_child(birth_date=None)
    assert rules(a_hidden_file(unrecorded), unrecorded)["FAM-03"] == (
        RuleOutcome.UNKNOWN,
        "child_birth_date_unknown",
    )
    # And what does not hang on it is answered.
    married = a_child(married_on=date(2023, 1, 1))
    assert rules(a_hidden_file(married), married)["FAM-03"][1] == "child_married"


def test_an_own_file_of_a_spouse_is_known_by_what_is_hidden() -> None:
    spouse = a_member(birth_date=HIDDEN_DAY)
    assert rules(a_hidden_file(spouse), spouse)["FAM-11"] == HIDDEN_ANSWER
    invited = a_member(birth_date=HIDDEN_DAY, invited=True)
    assert rules(a_hidden_file(invited), invited)["FAM-11"][1] == "spouse_invited"


def test_rules_of_numbers_say_that_they_are_hidden_and_no_number_stands_twice() -> None:
    file = a_hidden_file(a_child())
    answers = (id_01(file), id_02(file), id_04(file, ()))
    assert {(found.outcome, found.reason) for found in answers} == {
        (RuleOutcome.UNKNOWN, "numbers_hidden")
    }
    assert all(found.fix is None and found.flip is None for found in answers)


def test_fees_that_hang_on_an_age_are_told_as_hidden() -> None:
    file = a_hidden_file(a_child())
    lines = tuple(fees.fee_lines(file, DAY, programme()))
    assert fees.HIDDEN_AGE in {line.reason for line in lines}
    assert not any(line.cents for line in lines if line.reason == fees.HIDDEN_AGE)
    account = fees.account(file, DAY, programme())
    assert account.doubt == fees.HIDDEN_AGE
    assert fees.account(a_file(), DAY, programme()).doubt != fees.HIDDEN_AGE
    found = fees.fee_01(file, lines)
    assert (found.outcome, found.reason) == HIDDEN_ANSWER


def test_days_of_a_child_are_told_but_for_birthdays() -> None:
    child = a_child(caq_until=date(2024, 1, 1), location=MemberLocation.ABROAD, passport_expiry=DAY)
    application = replace(an_application(code=ApplicationCode.STUDY), member_id=child.id, id=9)
    own = an_application()
    file = replace(a_hidden_file(child), applications=(own, application))
    items = agenda_of(file, DAY, programme())
    reasons = {item.deadline.reason for item in items}
    assert {"caq_expires", "member_passport_expires"} <= reasons
    assert not reasons & {"child_turns_18", "child_turns_22", "child_needs_study_permit"}
    assert not {"children_22", "children_18_90"} & {*waiting_codes(file, items, DAY, programme())}
    without = replace(child, caq_until=None)
    items = agenda_of(replace(file, members=(without,)), DAY, programme())
    # Whether one is needed hangs on the age.
    assert "caq_missing" not in {item.deadline.reason for item in items}


def test_documents_are_told_but_for_those_that_hang_on_an_age() -> None:
    wishes = a_child(wish=PermitWish.STUDY, location=MemberLocation.ABROAD)
    items = checklist(a_hidden_file(wishes), DAY, programme())
    asked = {item.type for item in items if item.member_id == wishes.id}
    assert DocumentType.PHOTO in asked
    assert DocumentType.CAQ not in asked
    of_age = replace(wishes, school=School.POST_SECONDARY)
    items = checklist(a_hidden_file(of_age), DAY, programme())
    assert DocumentType.CAQ in {item.type for item in items}


def test_a_condition_of_age_is_not_known() -> None:
    file = a_hidden_file()
    route: Any = None
    aged = routes.CONDITIONS["aged_18_to_35"]
    assert aged(routes.Case(file, DAY, route, {})) is None
    assert aged(routes.Case(a_file(), DAY, route, {})) is True
    case = checks.Case(file, DAY, {"from_age": 18})
    assert checks.CHECKS["aged"].run(case) is None
    assert checks.CHECKS["aged"].run(replace(case, file=a_file())) is True


def test_whoever_s_day_is_hidden_was_born() -> None:
    assert bond_on(a_child(), date(1990, 1, 1)) is Bond.FAMILY


def test_the_verdict_rests_on_nothing_that_is_hidden() -> None:
    plain = a_file()
    hidden = replace(
        plain,
        person=replace(plain.person, birth_date=HIDDEN_DAY, uci=HIDDEN),
        passports=tuple(replace(one, number=HIDDEN) for one in plain.passports),
    )
    for day in (DAY, date(2024, 6, 1)):
        one = eligibility.verdict(plain, day, programme())
        assert eligibility.verdict(hidden, day, programme()) == one
    at = datetime(2023, 11, 22, 15, tzinfo=UTC)
    assert at.date() == DAY
