# SPDX-License-Identifier: Apache-2.0
"""A permit's days, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import (
    DAY,
    a_document,
    a_file,
    a_member,
    a_passport,
    a_permit,
    a_person,
    an_application,
    programme,
)
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.permits.permits import (
    SHORTER,
    PermitEnd,
    end_for,
    ext_01,
    ext_02,
    limit_of,
    per_04,
    permit_end,
    permit_findings,
)
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.rules.findings import Change, How, RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    DocumentType,
    LimitedBy,
    PrState,
)
from imp_plus_desktop.domain.values.errors import DomainError

FIRST, EXTENSION = ApplicationKind.FIRST, ApplicationKind.EXTENSION
days = st.dates(date(2022, 5, 24), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("issued", "passport", "kind", "until", "limited_by", "lost"),
    [
        (date(2023, 8, 1), None, FIRST, date(2026, 8, 1), LimitedBy.TERM, 0),
        (date(2024, 2, 29), None, FIRST, date(2027, 2, 28), LimitedBy.TERM, 0),
        (date(2023, 8, 1), date(2026, 8, 1), FIRST, date(2026, 8, 1), LimitedBy.TERM, 0),
        (date(2023, 8, 1), date(2026, 7, 31), FIRST, date(2026, 7, 31), LimitedBy.PASSPORT, 1),
        (date(2026, 8, 1), None, EXTENSION, date(2027, 8, 1), LimitedBy.TERM, 0),
        (date(2023, 8, 1), date(2023, 7, 31), FIRST, date(2026, 8, 1), LimitedBy.TERM, 0),
    ],
)
def test_a_permit_ends_with_its_term_or_with_the_passport(
    issued: date,
    passport: date | None,
    kind: ApplicationKind,
    until: date,
    limited_by: LimitedBy,
    lost: int,
) -> None:
    end = permit_end(issued, None, passport, programme(), kind)
    assert end == PermitEnd(issued, until, limited_by, lost)


@given(days, st.none() | days, st.none() | days)
def test_a_computed_permit_never_outlasts_what_limits_it(
    issued: date, passport: date | None, principal: date | None
) -> None:
    end = permit_end(issued, None, passport, programme(), FIRST, principal)
    assert issued <= end.valid_until
    for limit in (passport, principal):
        assert limit is None or limit < issued or end.valid_until <= limit
    assert end.lost_days == 0 or end.limited_by is LimitedBy.PASSPORT
    assert not end.shorter


def test_a_recorded_end_is_kept_and_said_to_differ() -> None:
    file, application = a_file(), an_application(ApplicationState.APPROVED)
    until = date(2026, 1, 1)
    assert end_for(file, application, DAY, until, programme()).valid_until == until
    findings = permit_findings(file, application, DAY, until, programme())
    assert [f.rule for f in findings] == ["PER-01", "PER-02", "PER-03", "PER-04"]
    assert findings[0].outcome is RuleOutcome.FAIL
    assert findings[0].facts["expected"] == date(2026, 6, 1)
    assert not any(f.blocks for f in findings)
    same = permit_findings(file, application, DAY, date(2026, 6, 1), programme())
    assert same[0].outcome is RuleOutcome.PASS


@pytest.mark.parametrize(
    ("until", "limited_by", "lost"),
    [
        (date(2026, 8, 1), LimitedBy.TERM, 0),
        (date(2027, 1, 1), LimitedBy.TERM, 0),
        (date(2026, 7, 31), LimitedBy.TERM, 0),
        (date(2025, 1, 2), LimitedBy.TERM, 0),
        (date(2025, 1, 1), LimitedBy.PASSPORT, 577),
        (date(2024, 12, 31), LimitedBy.TERM, 0),
        (date(2024, 6, 1), LimitedBy.TERM, 0),
    ],
)
def test_only_a_permit_that_ends_with_the_passport_has_lost_days_to_it(
    until: date, limited_by: LimitedBy, lost: int
) -> None:
    issued, passport = date(2023, 8, 1), date(2025, 1, 1)
    end = permit_end(issued, until, passport, programme(), FIRST)
    shorter = limited_by is LimitedBy.TERM and until < date(2026, 8, 1)
    assert end == PermitEnd(issued, until, limited_by, lost, shorter)


def test_a_permit_shortened_without_a_passport_is_shorter_than_the_rules_allow() -> None:
    issued, until = date(2023, 8, 1), date(2024, 8, 1)
    for passport in (None, date(2030, 1, 1), date(2023, 7, 31)):
        end = permit_end(issued, until, passport, programme(), FIRST)
        assert end == PermitEnd(issued, until, LimitedBy.TERM, 0, shorter=True)
    held = replace(a_permit(until), valid_from=issued)
    assert limit_of(held, FIRST, programme()) == SHORTER
    assert limit_of(replace(held, valid_until=date(2026, 8, 1)), FIRST, programme()) == "term"
    assert limit_of(held, ApplicationKind.EXTENSION, programme()) == "term"
    assert limit_of(replace(held, limited_by=LimitedBy.PASSPORT), FIRST, programme()) == "passport"


@pytest.mark.parametrize("expiry", [date(2023, 7, 31), date(2023, 8, 1), date(2026, 7, 31)])
def test_a_passport_that_cuts_a_permit_says_how_long_it_would_have_to_run(expiry: date) -> None:
    found = per_04(expiry, date(2023, 8, 1), 36)
    assert found.outcome is RuleOutcome.FAIL
    assert found.flip is not None
    needed = Change("passport", "expiry", How.FROM, date(2026, 8, 1))
    assert (found.flip.code, found.flip.changes) == ("passport_valid_until", (needed,))


def test_a_permit_cannot_end_before_its_issue() -> None:
    with pytest.raises(DomainError) as caught:
        permit_end(DAY, DAY - timedelta(days=1), None, programme(), FIRST)
    assert caught.value.code == "permit_ends_before_issue"


def test_a_members_permit_ends_with_the_principals() -> None:
    principal = an_application(ApplicationState.PERMIT_ISSUED)
    file = a_file(
        members=(a_member(passport_expiry=date(2027, 1, 1)),),
        applications=(principal,),
        permits=(a_permit(date(2026, 6, 1)),),
    )
    own = an_application(id=ApplicationId(2), member_id=MemberId(1), code=ApplicationCode.C41)
    end = end_for(file, own, date(2024, 6, 1), None, programme())
    assert (end.valid_until, end.limited_by) == (date(2026, 6, 1), LimitedBy.PRINCIPAL)
    assert end.lost_days == 0, "no passport has cost a day"
    short = replace(file, members=(a_member(passport_expiry=date(2026, 5, 2)),))
    end = end_for(short, own, date(2024, 6, 1), None, programme())
    assert (end.valid_until, end.limited_by) == (date(2026, 5, 2), LimitedBy.PASSPORT)
    assert end.lost_days == 30, "the principal's permit would have ended 30 days later"


def test_of_several_passports_the_longest_counts() -> None:
    file = a_file(passports=(a_passport(date(2024, 1, 1)), a_passport(date(2025, 1, 1))))
    assert end_for(file, an_application(), DAY, None, programme()).valid_until == date(2025, 1, 1)


def test_the_medical_restriction_is_unknown_until_the_exam_is_on_file() -> None:
    application = an_application()
    bare = permit_findings(a_file(), application, DAY, None, programme())[2]
    assert bare.outcome is RuleOutcome.UNKNOWN
    examined = a_file(documents=(a_document(DocumentType.MEDICAL),))
    done = permit_findings(examined, application, DAY, None, programme())[2]
    assert done.outcome is RuleOutcome.NOT_APPLICABLE


def test_a_permit_that_names_another_province_is_flagged() -> None:
    findings = permit_findings(a_file(), an_application(), DAY, None, programme(), province="ON")
    assert findings[1].reason == "permit_province_differs"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 12, 2), "permit_running"),
        (date(2025, 12, 3), "permit_ending"),
        (date(2026, 6, 1), "permit_ending"),
        (date(2026, 6, 2), "permit_ended"),
    ],
)
def test_a_permit_warns_in_its_last_180_days(day: date, reason: str) -> None:
    file = a_file(
        applications=(an_application(ApplicationState.PERMIT_ISSUED),), permits=(a_permit(),)
    )
    assert ext_02(file, day, programme()).reason == reason
    assert ext_02(a_file(), day, programme()).reason == "no_permit"


@pytest.mark.parametrize(
    ("late", "reason"),
    [
        (0, "extension_last_day"),
        (1, "extension_after_permit_end"),
        (90, "extension_after_permit_end"),
        (91, "extension_after_restoration"),
    ],
)
def test_an_extension_after_the_end_can_be_restored_to_the_ninetieth_day(
    late: int, reason: str
) -> None:
    permit = a_permit(date(2024, 6, 1))
    file = a_file(
        a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2023, 6, 1)),
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=(permit,),
        documents=(a_document(DocumentType.PR_PROOF),),
    )
    found = ext_01(file, permit.valid_until + timedelta(days=late), programme())
    assert found.reason == reason
