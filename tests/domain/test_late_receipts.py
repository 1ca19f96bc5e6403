# SPDX-License-Identifier: Apache-2.0
"""Who holds the place of a receipt that was recorded too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.quota.late_receipts import Claim, later_holders

START = datetime(2023, 5, 1, 15, tzinfo=UTC)


def claims(*told: tuple[int, bool]) -> list[Claim]:
    """Applications 1, 2, …, each with its hour of receipt and whether it has a place."""
    return [
        Claim(number, START + timedelta(hours=hour), has_place)
        for number, (hour, has_place) in enumerate(told, start=1)
    ]


def test_the_latest_receipt_with_a_place_holds_that_of_the_earlier_one() -> None:
    assert later_holders(claims((1, True), (5, True), (3, True), (2, False))) == {4: 2}


def test_of_two_late_ones_the_first_recorded_stands_against_the_latest() -> None:
    told = claims((1, True), (5, True), (6, True), (3, False), (2, False))
    assert later_holders(told) == {4: 3, 5: 2}


def test_a_receipt_after_all_places_were_taken_has_lost_none() -> None:
    assert later_holders(claims((1, True), (2, True), (3, False))) == {}


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30))
def test_every_one_told_was_received_before_whom_it_is_told_of(
    told: list[tuple[int, bool]],
) -> None:
    known = {claim.application: claim for claim in claims(*told)}
    pairs = later_holders(known.values())
    assert len(set(pairs.values())) == len(pairs)
    for late, holder in pairs.items():
        assert not known[late].has_place
        assert known[holder].has_place
        assert (known[late].at, late) < (known[holder].at, holder)
