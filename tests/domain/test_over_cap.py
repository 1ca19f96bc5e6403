# SPDX-License-Identifier: Apache-2.0
"""What an application over the cap leaves to do, and when each thing is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import a_file, a_person, an_application, programme

from imp_plus_desktop.domain.quota.over_cap import (
    OverCapItem,
    has_open_items,
    over_cap_files,
)
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationState, Outcome

YEAR, DAY = 2023, date(2023, 11, 21)
REFUND, BIOMETRICS, FAMILY = OverCapItem


def over_cap(**changes: object) -> Application:
    past = replace(
        an_application(place=None, cap_year=YEAR),
        state=ApplicationState.CANCELLED_OVER_CAP,
        outcome=Outcome.CANCELLED_OVER_CAP,
    )
    return replace(past, **changes)  # type: ignore[arg-type]


def of_member(state: ApplicationState, number: int = 9) -> Application:
    return replace(
        an_application(place=None, cap_year=None),
        id=ApplicationId(number),
        code=ApplicationCode.C41,
        member_id=MemberId(4),
        state=state,
    )


def open_kinds(file: PersonFile) -> list[OverCapItem]:
    found = over_cap_files(file, YEAR, programme())
    return [item.kind for entry in found for item in entry.open_items]


def test_the_refund_is_155_and_100_for_each_application() -> None:
    (found,) = over_cap_files(a_file(applications=(over_cap(),)), YEAR, programme())
    assert found.refund == Decimal(255)
    assert [item.kind for item in found.open_items] == [REFUND, BIOMETRICS]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, [REFUND, BIOMETRICS]),
        ({"refund_logged_on": DAY}, [BIOMETRICS]),
        ({"biometrics_cancelled_on": DAY}, [REFUND]),
        ({"refund_logged_on": DAY, "biometrics_cancelled_on": DAY}, []),
    ],
)
def test_each_item_is_closed_by_its_day(
    changes: dict[str, object], left: list[OverCapItem]
) -> None:
    file = a_file(applications=(over_cap(**changes),))
    assert open_kinds(file) == left
    assert has_open_items(file) is bool(left)


def test_biometrics_already_given_leave_no_letter_to_cancel() -> None:
    file = a_file(person=a_person(biometrics_on=DAY), applications=(over_cap(),))
    assert open_kinds(file) == [REFUND]


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        (ApplicationState.DRAFT, True),
        (ApplicationState.RECEIVED, True),
        (ApplicationState.IN_PROCESS, True),
        (ApplicationState.WITHDRAWN, False),
        (ApplicationState.RETURNED, False),
    ],
)
def test_the_familys_applications_are_open_until_decided(
    state: ApplicationState, is_open: bool
) -> None:
    file = a_file(applications=(over_cap(), of_member(state)))
    assert (FAMILY in open_kinds(file)) is is_open


def test_the_family_of_a_principal_with_a_place_is_not_touched() -> None:
    place = replace(an_application(), id=ApplicationId(7))
    file = a_file(applications=(over_cap(), place, of_member(ApplicationState.RECEIVED)))
    assert FAMILY not in open_kinds(file)


def test_two_applications_past_the_cap_share_one_family() -> None:
    again = over_cap(id=ApplicationId(8))
    family = of_member(ApplicationState.RECEIVED)
    file = a_file(applications=(over_cap(), again, family))
    assert open_kinds(file).count(FAMILY) == 1


def test_only_the_year_asked_for_is_listed() -> None:
    file = a_file(applications=(over_cap(),))
    assert over_cap_files(file, 2022, programme()) == ()
    assert has_open_items(file)
    assert not has_open_items(a_file(applications=(an_application(),)))
