# SPDX-License-Identifier: Apache-2.0
"""Who is over the cap, and each thing to do until it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from office_builders import (
    TODAY,
    YEAR,
    add_member,
    decide,
    invite,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import overcap, quota
from imp_plus_desktop.services.quota.overcap import OverCap, close_item, over_cap_list

REFUND, BIOMETRICS, FAMILY = OverCapItem.REFUND, OverCapItem.BIOMETRICS, OverCapItem.FAMILY


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def open_items(found: OverCap) -> list[OverCapItem]:
    return [item.kind for file in found.files for item in file.open_items]


def past_the_cap(office: Office) -> tuple[int, int]:
    """One place, one application past it with a spouse's; returns that one and the spouse's."""
    set_cap(office, 1)
    receive(office, invite(office, 1))
    person = invite(office, 2)
    own = receive(office, person).application
    reasons = {"FAM-02": "filed together"}
    spouse = receive_member(office, add_member(office, person), overrides=reasons)
    return own, spouse.application


def test_a_year_with_room_has_nobody_on_the_list(office: Office) -> None:
    receive(office, invite(office, 1))
    found = over_cap_list(office, YEAR)
    assert (found.files, found.reached_on, found.open_items) == ((), None, 0)


def test_the_list_names_the_file_its_refund_and_what_is_open(office: Office) -> None:
    own, spouse = past_the_cap(office)
    found = over_cap_list(office, YEAR)
    (file,) = found.files
    assert (file.application, int(file.refund)) == (own, 255)
    assert [(item.kind, item.application) for item in file.items] == [
        (REFUND, own),
        (BIOMETRICS, own),
        (FAMILY, spouse),
    ]
    assert (int(found.refund_due), int(found.refund_open), found.open_items) == (255, 255, 3)
    assert found.reached_on == date(2023, 11, 20)


def test_each_item_is_closed_and_the_closing_can_be_undone(office: Office) -> None:
    own, spouse = past_the_cap(office)
    close_item(office, [own], REFUND, TODAY)
    close_item(office, [own], BIOMETRICS, TODAY)
    assert open_items(over_cap_list(office, YEAR)) == [FAMILY]
    decide(office, spouse, "withdrawn")
    found = over_cap_list(office, YEAR)
    assert (found.open_items, int(found.refund_due), int(found.refund_open)) == (0, 255, 0)
    history.undo(office)
    history.undo(office)
    assert open_items(over_cap_list(office, YEAR)) == [BIOMETRICS, FAMILY]


def test_several_refunds_are_logged_by_one_act(office: Office) -> None:
    set_cap(office, 0)
    chosen = [receive(office, invite(office, number)).application for number in (1, 2, 3)]
    act = close_item(office, chosen, REFUND, TODAY)
    assert over_cap_list(office, YEAR).refund_open == 0
    assert history.last_undoable(office).id == act  # type: ignore[union-attr]


def test_what_is_open_stays_on_the_overview(office: Office) -> None:
    own, spouse = past_the_cap(office)
    lines = {line.code: line.count for line in overview.overview(office).waiting}
    assert lines["over_cap_open"] == 1
    close_item(office, [own], REFUND, TODAY)
    close_item(office, [own], BIOMETRICS, TODAY)
    decide(office, spouse, "withdrawn")
    lines = {line.code: line.count for line in overview.overview(office).waiting}
    assert lines["over_cap_open"] == 0


def test_only_what_is_past_the_cap_is_closed_and_not_before_its_receipt(office: Office) -> None:
    own, spouse = past_the_cap(office)
    first = quota.figure_rows(office, YEAR, "used").ids[0]
    assert error_of(lambda: close_item(office, [first], REFUND, TODAY)) == "not_over_cap"
    assert error_of(lambda: close_item(office, [spouse], FAMILY, TODAY)) == "decide_family_instead"
    early = date(2023, 11, 19)
    assert error_of(lambda: close_item(office, [own], REFUND, early)) == "comes_before"
    late = date(2024, 1, 1)
    assert error_of(lambda: close_item(office, [own], REFUND, late)) == "in_the_future"


def test_the_day_of_a_cap_lowered_in_mid_year_is_the_day_it_was_reached(office: Office) -> None:
    for number in (1, 2):
        receive(office, invite(office, number), datetime(2023, 10, number, 15, tzinfo=UTC))
    quota.set_cap(office, YEAR, 2, date(2023, 11, 3), "the programme is closed")
    assert over_cap_list(office, YEAR).reached_on == date(2023, 11, 3)


def test_an_official_count_closes_the_year_too(office: Office) -> None:
    quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 15), 7350))
    assert over_cap_list(office, YEAR).reached_on == date(2023, 11, 15)


def test_a_draft_is_named_while_the_year_is_full(office: Office) -> None:
    set_cap(office, 0)
    person = invite(office, 1)
    with office.act("test") as act:
        draft = act.insert(
            "application",
            {"person_id": person, "code": "A76", "kind": "first", "state": "draft"},
        )
    found = overcap.over_cap_list(office, YEAR)
    assert found.prepared == (draft,)
