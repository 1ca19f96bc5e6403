# SPDX-License-Identifier: Apache-2.0
"""Permits that end: who stands on the board, which ways on there are, what choosing one does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, RouteState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.permits import endings
from imp_plus_desktop.services.permits.endings import Ways

ISSUED = date(2023, 11, 22)
UNTIL = date(2026, 11, 22)
"""36 months later, as the first permits of the programme end."""
_ALL = dict.fromkeys(("FAM-02", "FAM-03", "FAM-08", "FAM-12"), "a test")
IN_PROCESS = {"pr_state": "in_process", "pr_number": "E123456789", "pr_filed_on": "2024-05-01"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = new_office(tmp_path / "r.imp", build.TODAY)
    yield opened
    opened.close()


def on(office: Office, day: date) -> Office:
    """The office some years later."""
    object.__setattr__(office, "clock", Clock(day))
    return office


def a_permit(office: Office, number: int = 1, until: date | None = None, **changes: str) -> int:
    person = build.invite(office, number, **changes)
    application = build.receive(office, person).application
    build.decide(office, application)
    build.issue(office, application, ISSUED, until=until)
    return person


def set_fields(office: Office, person: int, **values: str) -> None:
    for name, value in values.items():
        people.edit(office, person, {name: value})


def met(found: Ways, way: str) -> dict[str, bool | None]:
    one = next(one for one in found.ways if one.way.key == way)
    return {answer.condition: answer.met for answer in one.answers}


def way(found: Ways, key: str) -> Any:
    return next(one for one in found.ways if one.way.key == key)


def test_who_has_pr_in_process_may_extend_and_bridge_and_the_longer_is_recommended(
    office: Office,
) -> None:
    person = a_permit(office, passport_expiry="2033-01-01")
    on(office, UNTIL - timedelta(days=38))
    set_fields(office, person, **IN_PROCESS)
    found = endings.ways(office, person)
    assert found.days_left == 38
    assert met(found, "extension") == {
        "permit_runs": True,
        "pr_in_process": True,
        "pr_acknowledged": True,
        "passport_covers": True,
        "officer_decides": None,
    }
    assert met(found, "bridging")["in_canada"] is True
    assert [one.way.key for one in found.ways if one.recommended] == ["bridging"]
    extension = way(found, "extension")
    assert (extension.by, extension.advised) == (UNTIL, UNTIL - timedelta(days=30))
    assert (extension.cents, extension.way.months) == (25_500, 12)


def test_the_months_of_an_extension_are_those_of_the_programme(office: Office) -> None:
    table = office.ways
    extension = table.way("extension")
    assert extension is not None
    assert extension.months == office.programme().extension_months


def test_what_waiting_costs_is_restoring_less_filing_in_time(office: Office) -> None:
    person = a_permit(office)
    on(office, date(2026, 11, 20))
    found = endings.ways(office, person)
    # 401.25 + 100 from 2025-12-01, beside 155 + 100.
    assert way(found, "restoration").cents == 50_125
    assert found.waiting_cents == 24_625
    assert way(found, "restoration").indexed_on == date(2026, 12, 1)  # nobody knows to what
    assert way(found, "extension").indexed_on is None


def test_a_family_pays_for_each_permit_that_ends_with_the_principals(office: Office) -> None:
    person = a_permit(office)
    spouse = build.add_member(office, person, wish="work", accompanying=True)
    child = build.add_member(
        office, person, relation="child", family_name="Benali", given_names="Yasmine",
        birth_date=date(2017, 1, 1), wish="study", accompanying=True,
    )  # fmt: skip
    for member, wish in ((spouse, "work"), (child, "study")):
        received = build.receive_member(office, member, wish, overrides=_ALL)
        build.decide(office, received.application)
        build.issue(office, received.application, ISSUED)
    on(office, date(2026, 11, 20))
    found = endings.ways(office, person)
    totals = {one.way.key: one.total_cents for one in found.ways}
    # As one adds them up: 255 + 255 + 150; 155 + 255 + 150; 501.25 twice and 396.25.
    assert totals["extension"] == totals["bridging"] == 66_000
    assert totals["employer"] == 56_000
    assert totals["restoration"] == 139_875
    assert way(found, "employer").employer_cents == 23_000


def test_a_permit_that_has_ended_with_nothing_filed_stands_first_until_a_way_is_filed(
    office: Office,
) -> None:
    soon = a_permit(office, 1, until=date(2026, 6, 1))
    late = a_permit(office, 2, until=date(2026, 4, 1))
    over = a_permit(office, 3, until=date(2026, 5, 10))
    on(office, date(2026, 5, 15))
    rows = endings.endings(office, 3)
    assert [(row.permit.person, row.state) for row in rows] == [
        (late, "ended"),
        (over, "ended"),
        (soon, "to_choose"),
    ]
    build.receive(
        office, over, datetime(2026, 5, 9, 15, tzinfo=UTC), kind="extension",
        overrides={"EXT-01": "a test", "INV-04": "a test"},
    )  # fmt: skip
    rows = endings.endings(office, 3)
    assert [(row.permit.person, row.state) for row in rows] == [
        (late, "ended"),
        (over, "kept"),
        (soon, "to_choose"),
    ]
    found = endings.ways(office, late)
    assert [one.way.key for one in found.ways if one.recommended] == ["restoration"]
    assert way(found, "restoration").by == date(2026, 4, 1) + timedelta(days=90)
    assert met(found, "extension")["permit_runs"] is False


def test_who_goes_on_otherwise_or_has_pr_is_not_on_the_board(office: Office) -> None:
    bridged = a_permit(office, 1, until=date(2026, 6, 1))
    landed = a_permit(office, 2, until=date(2026, 6, 1))
    dead = a_permit(office, 3, until=date(2026, 6, 1))
    stays = a_permit(office, 4, until=date(2026, 6, 1))
    on(office, date(2026, 5, 15))
    routes.save(
        office,
        bridged,
        None,
        RouteDetails(
            "a75",
            RouteState.APPROVED,
            filed_on=date(2026, 3, 1),
            decided_on=date(2026, 5, 1),
            valid_from=date(2026, 5, 1),
            valid_until=date(2028, 5, 1),
        ),
    )
    set_fields(office, landed, pr_state="landed")
    set_fields(office, dead, died_on="2026-05-01")
    assert [row.permit.person for row in endings.endings(office, 3)] == [stays]
    assert endings.endings(office, 0) == []


def test_only_the_files_of_one_person_where_asked(office: Office) -> None:
    mine = a_permit(office, 1, until=date(2026, 6, 1))
    a_permit(office, 2, until=date(2026, 6, 1))
    set_fields(office, mine, clerk="Sophie Gagnon")
    on(office, date(2026, 5, 15))
    assert [r.permit.person for r in endings.endings(office, 3, Scope("Sophie Gagnon"))] == [mine]
    assert len(endings.endings(office, 3)) == 2


def test_choosing_asks_for_papers_and_comes_back_in_time_and_is_undone_as_one(
    office: Office,
) -> None:
    person = a_permit(office, passport_expiry="2033-01-01")
    on(office, UNTIL - timedelta(days=60))
    documents.set_document(
        office, person, DocumentType.PASSPORT, DocumentState.RECEIVED, date(2033, 1, 1)
    )
    before = people.file(office, person)
    done = endings.choose(office, person, "bridging")
    assert done.papers == ("pr_proof", "forms", "photo")
    assert done.remind_on == UNTIL - timedelta(days=30)
    after = people.file(office, person)
    states = {document.type: document.state for document in after.documents}
    assert states[DocumentType.PR_PROOF] is DocumentState.REQUIRED
    assert states[DocumentType.PASSPORT] is DocumentState.RECEIVED
    assert [note.remind_on for note in after.notes] == [done.remind_on]
    assert [row.state for row in endings.endings(office, 3)] == ["chosen"]
    history.undo(office)
    assert people.file(office, person) == before


def test_another_way_can_be_chosen_and_a_choice_be_taken_back(office: Office) -> None:
    person = a_permit(office)
    on(office, UNTIL - timedelta(days=60))
    endings.choose(office, person, "extension")
    endings.choose(office, person, "leaving")
    assert endings.ways(office, person).chosen == "leaving"
    with pytest.raises(DomainError, match="way_chosen_already"):
        endings.choose(office, person, "leaving")
    endings.choose(office, person, None)
    assert endings.ways(office, person).chosen is None
    with pytest.raises(DomainError, match="unknown_way"):
        endings.choose(office, person, "by_boat")
    with pytest.raises(DomainError, match="no_own_permit"):
        endings.ways(office, build.invite(office, 9))


def test_a_wait_is_told_of_ten_files_and_not_of_nine(office: Office) -> None:
    people_with = [a_permit(office, number) for number in range(1, 11)]
    on(office, date(2026, 10, 1))
    for place, person in enumerate(people_with[:9]):
        _decided(office, person, 90 + place)
    assert endings.ways(office, people_with[0]).waits == {}
    _decided(office, people_with[9], 99)
    assert endings.ways(office, people_with[0]).waits == {"bridging": (94, 10)}


def _decided(office: Office, person: int, days: int) -> None:
    filed = date(2026, 1, 5)
    details = RouteDetails(
        "a75", RouteState.REFUSED, filed_on=filed, decided_on=filed + timedelta(days=days)
    )
    routes.save(office, person, None, details)
