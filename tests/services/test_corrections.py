# SPDX-License-Identifier: Apache-2.0
"""What is recorded of an application is corrected with a reason, within the cap and the moves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from new_registers import new_register
from office_builders import (
    TODAY,
    YEAR,
    a_list,
    a_row,
    an_approved,
    decide,
    import_file,
    invite,
    issue,
    person_values,
    places,
    receive,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.values.codes import ApplicationState, FlagCode, Outcome
from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, Refused
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import application_of
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.history import acts, replay

pytestmark = pytest.mark.mostly_long(
    "test_a_first_receipt_by_hand_past_the_cap_is_cancelled_as_receive_does",
    "test_somebody_added_by_hand_past_the_cap_is_cancelled_too",
    "test_a_decided_application_finds_room_or_is_refused",
    "test_a_receipt_moved_into_a_full_year_is_cancelled_and_its_place_comes_back",
    "test_a_list_still_brings_its_history_past_the_cap",
    "test_a_first_receipt_of_what_is_being_prepared_takes_its_place",
    "test_a_receipt_is_corrected_with_a_reason_only",
    "test_what_was_decided_and_issued_is_too",
    "test_a_reason_holds_no_invisible_character",
    "test_one_of_several_applications_is_corrected",
    "test_a_return_that_the_table_allows_says_so_in_the_ledger",
    "test_an_approval_finds_the_permit_that_stands",
    "test_the_command_line_asks_for_the_reason_and_says_what_came_over_the_cap",
)

RECEIVED = "2023-09-20"


def error_of(call: Any) -> str:
    with pytest.raises(AppError) as caught:
        call()
    return caught.value.code


def own(office: Office, person: int) -> Application:
    (application,) = people.file(office, person).own_applications
    return application


def ledger(office: Office, year: int = YEAR) -> list[tuple[int, str]]:
    return [(entry.delta, entry.reason) for entry in acts.ledger(office.register, year)]


class TestTheCap:
    def test_a_first_receipt_by_hand_past_the_cap_is_cancelled_as_receive_does(
        self, office: Office
    ) -> None:
        set_cap(office, 1)
        receive(office, invite(office, 1))
        person = invite(office, 2)
        changed = people.set_value(office, "C1000002", "received_at", RECEIVED)
        assert changed.over_cap
        held = own(office, person)
        assert (held.outcome, held.state) == (
            Outcome.CANCELLED_OVER_CAP,
            ApplicationState.CANCELLED_OVER_CAP,
        )
        assert (held.place, held.cap_year, held.decided_on) == (None, YEAR, date(2023, 9, 20))
        assert quota.board(office, YEAR).remaining == 0
        assert places(office.register) == (1, 1, 1)

    def test_somebody_added_by_hand_past_the_cap_is_cancelled_too(self, office: Office) -> None:
        set_cap(office, 1)
        receive(office, invite(office, 1))
        added = people.add(office, person_values(2, received_at=RECEIVED))
        assert added.over_cap
        assert own(office, added.person).outcome is Outcome.CANCELLED_OVER_CAP
        assert not people.add(office, person_values(3)).over_cap

    def test_a_decided_application_finds_room_or_is_refused(self, office: Office) -> None:
        set_cap(office, 1)
        receive(office, invite(office, 1))
        told = person_values(2, received_at=RECEIVED, outcome="approved")
        assert error_of(lambda: people.add(office, told)) == "year_full"
        assert people.count(office) == 1
        set_cap(office, 2)
        assert own(office, people.add(office, told).person).place == 2
        assert ledger(office) == [(1, "received"), (1, "received")]

    def test_a_receipt_moved_into_a_full_year_is_cancelled_and_its_place_comes_back(
        self, office: Office
    ) -> None:
        set_cap(office, 1)
        receive(office, invite(office, 1))
        set_cap(office, 5, 2022)
        person = invite(office, 2, letter_date="2022-10-01", letter_received_date="")
        people.set_value(office, "C1000002", "received_at", "2022-12-20")
        people.set_value(office, "C1000002", "received_at", "2023-01-03", reason="stamp misread")
        held = own(office, person)
        assert (held.outcome, held.place) == (Outcome.CANCELLED_OVER_CAP, None)
        assert ledger(office, 2022) == [(1, "received"), (-1, "corrected: stamp misread")]
        assert replay.ledger_fault(office.register) is None
        history.undo(office)
        assert (own(office, person).place, own(office, person).outcome) == (1, None)
        assert replay.ledger_fault(office.register) is None

    def test_a_list_still_brings_its_history_past_the_cap(
        self, office: Office, tmp_path: Path
    ) -> None:
        set_cap(office, 1)
        rows = [a_row(n, received_at=date(2023, 9, 10 + n), outcome="approved") for n in (1, 2)]
        import_file(office, a_list(tmp_path / "l.xlsx", rows))
        assert quota.board(office, YEAR).remaining == -1
        assert [f.code for f in flags.of_person(office, 2)] == [FlagCode.OVER_CAP]

    def test_a_first_receipt_of_what_is_being_prepared_takes_its_place(
        self, office: Office
    ) -> None:
        person = invite(office, 1)
        people.set_value(office, "C1000001", "received_at", RECEIVED)
        assert (own(office, person).place, ledger(office)) == (1, [(1, "received")])


class TestTheReason:
    def test_a_receipt_is_corrected_with_a_reason_only(self, office: Office) -> None:
        person = invite(office, 1)
        receive(office, person)
        before = own(office, person)
        again = "2023-09-21"
        error = error_of(lambda: people.set_value(office, "C1000001", "received_at", again))
        assert error == "reason_needed"
        assert own(office, person) == before
        done = people.set_value(office, "C1000001", "received_at", again, reason=" misread ")
        assert done.changed == ("received_at",)
        assert acts.details(office.register, done.act or 0)["reason"] == "misread"
        assert history.acts(office, limit=1)[0].service == "people.correct"

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("decided_on", "2023-11-21"),
            ("permit_from", "2023-11-23"),
            ("permit_until", "2025-01-01"),
            ("outcome", "withdrawn"),
        ],
    )
    def test_what_was_decided_and_issued_is_too(
        self, office: Office, field: str, text: str
    ) -> None:
        application = receive(office, invite(office, 1)).application
        decide(office, application, "approved", date(2023, 11, 20))
        issue(office, application, TODAY)
        error = error_of(lambda: people.set_value(office, "C1000001", field, text))
        assert error == "reason_needed"

    def test_first_entries_moves_of_the_table_and_the_same_again_need_none(
        self, office: Office
    ) -> None:
        receive(office, invite(office, 1))
        people.set_value(office, "C1000001", "outcome", "approved", TODAY)
        people.set_value(office, "C1000001", "outcome", "approved", TODAY)
        people.set_value(office, "C1000001", "received_at", "2023-11-20")
        people.set_value(office, "C1000001", "outcome", "withdrawn", TODAY)
        assert own(office, 1).outcome is Outcome.WITHDRAWN
        assert ledger(office) == [(1, "received")]

    def test_a_reason_holds_no_invisible_character(self, office: Office) -> None:
        receive(office, invite(office, 1))
        with pytest.raises(InvalidInput, match="unwritable_text"):
            people.set_value(office, "C1000001", "received_at", RECEIVED, reason="a\x00b")

    def test_one_of_several_applications_is_corrected(self, office: Office, tmp_path: Path) -> None:
        rows = [a_row(1, received_at=date(2023, 9, 11), outcome="refused",
                      decided_on=date(2023, 10, 1), application_number="W300000001")]  # fmt: skip
        import_file(office, a_list(tmp_path / "a.xlsx", rows))
        later = {"letter_date": date(2023, 10, 20), "received_at": date(2023, 11, 2)}
        rows = [a_row(1, **later, application_number="W300000002")]
        import_file(office, a_list(tmp_path / "b.xlsx", rows))
        first, second = people.file(office, 1).own_applications
        people.edit(
            office, 1, {"received_at": "2023-09-12"}, reason="misread", application=first.id
        )
        now = people.file(office, 1).own_applications
        assert now[0].received_at is not None
        assert (now[0].received_at.day, now[1]) == (12, second)


class TestMoves:
    def test_no_outcome_goes_against_a_permit_that_stands(self, office: Office) -> None:
        permit = issue(office, an_approved(office, 1), TODAY).permit
        for outcome in ("returned", "refused", "withdrawn"):
            with pytest.raises(Refused, match="permit_stands"):
                people.set_value(office, "C1000001", "outcome", outcome, reason="a mistake")
        assert places(office.register) == (1, 1, 1)
        with pytest.raises(InvalidInput, match="reason_missing"):
            permits.remove(office, permit, " ")
        permits.remove(office, permit, "of somebody else")
        assert own(office, 1).state is ApplicationState.APPROVED
        people.set_value(office, "C1000001", "outcome", "returned", reason="a mistake")
        assert (own(office, 1).outcome, own(office, 1).place) == (Outcome.RETURNED, None)
        assert ledger(office) == [(1, "received"), (-1, "corrected: a mistake")]
        history.undo(office)
        history.undo(office)
        assert own(office, 1).state is ApplicationState.PERMIT_ISSUED
        assert people.file(office, 1).permits[0].id == permit
        assert replay.ledger_fault(office.register) is None

    def test_a_return_that_the_table_allows_says_so_in_the_ledger(self, office: Office) -> None:
        receive(office, invite(office, 1))
        people.set_value(office, "C1000001", "outcome", "returned", TODAY)
        assert ledger(office) == [(1, "received"), (-1, "returned")]

    def test_an_approval_finds_the_permit_that_stands(self, office: Office) -> None:
        application = an_approved(office, 1)
        issue(office, application, TODAY)
        with office.act("people.note") as act:
            act.update(
                "application",
                application,
                {"state": ApplicationState.REFUSED, "outcome": Outcome.REFUSED},
            )
        (flag,) = flags.of_person(office, 1)
        assert flag.code is FlagCode.OUTCOME_AGAINST_PERMIT
        people.set_value(office, "C1000001", "outcome", "approved", reason="the list was wrong")
        assert application_of(office, application).state is ApplicationState.PERMIT_ISSUED
        assert flags.of_person(office, 1) == ()

    def test_a_list_frees_no_place_under_a_permit_that_stands(
        self, office: Office, tmp_path: Path
    ) -> None:
        told = {"application_number": "W300000001", "received_at": date(2023, 9, 10)}
        permit = {"permit_from": date(2023, 10, 1), "permit_until": date(2026, 10, 1)}
        import_file(office, a_list(tmp_path / "a.xlsx", [a_row(1, **told, **permit)]))
        returned = a_row(1, **told, outcome="returned")
        import_file(office, a_list(tmp_path / "b.xlsx", [returned]))
        assert (own(office, 1).outcome, own(office, 1).place) == (Outcome.RETURNED, 1)
        assert [f.code for f in flags.of_person(office, 1)] == [FlagCode.OUTCOME_AGAINST_PERMIT]
        assert replay.ledger_fault(office.register) is None


DAYS = ["2022-12-20", "2023-09-20", "2023-10-02", "2023-11-20"]
STEP = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 4)),
    st.tuples(st.just("received_at"), st.integers(1, 4), st.sampled_from(DAYS)),
    st.tuples(
        st.just("outcome"),
        st.integers(1, 4),
        st.sampled_from(["approved", "refused", "withdrawn", "returned"]),
    ),
    st.tuples(st.just("undo")),
)


def take_a_step(office: Office, step: tuple[Any, ...]) -> None:
    try:
        if step[0] == "undo":
            history.undo(office)
        elif step[0] == "receive":
            receive(office, step[1])
        else:
            people.set_value(office, f"C{1_000_000 + step[1]}", step[0], step[2], reason="why")
    except AppError:
        return


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, max_size=12))
def test_no_hand_passes_the_cap_and_the_ledger_agrees(
    tmp_path_factory: pytest.TempPathFactory, empty_register: Path, steps: list[tuple[Any, ...]]
) -> None:
    path = tmp_path_factory.mktemp("hands") / "office.imp"
    new_register(path)
    office = open_office(path, today=TODAY)
    try:
        for year in (2022, YEAR):
            set_cap(office, 2, year)
        for number in range(1, 5):
            invite(office, number, letter_date="2022-10-01", letter_received_date="")
        for step in steps:
            take_a_step(office, step)
            for year in (2022, YEAR):
                sums = places(office.register, year)
                assert len(set(sums)) == 1
                assert sums[0] <= 2
        assert replay.ledger_fault(office.register) is None
    finally:
        office.close()


def test_the_command_line_asks_for_the_reason_and_says_what_came_over_the_cap(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    set_cap(office, 1)
    receive(office, invite(office, 1))
    invite(office, 2)
    path, day = str(office.register_path), TODAY.isoformat()

    def run(*arguments: str) -> tuple[int, dict[str, Any], str]:
        code = main(["--register", path, "--json", "--lang", "en", "--today", day, *arguments])
        said = capsys.readouterr()
        return code, json.loads(said.out or "{}"), said.err

    code, answer, _said = run("set", "C1000002", "received_at", RECEIVED)
    assert (code, answer["outcome"]) == (1, "cancelled_over_cap")
    code, _answer, said = run("set", "C1000001", "received_at", RECEIVED)
    assert (code, said.count("\n")) == (5, 1)
    assert "Received on" in said
    code, answer, _said = run("set", "C1000001", "received_at", RECEIVED, "--reason", "misread")
    assert (code, answer["changed"]) == (0, ["received_at"])
    assert decide(office, 1, "approved").outcome is Outcome.APPROVED
    permit = issue(office, 1, TODAY).permit
    assert run("set", "C1000001", "outcome", "returned", "--reason", "x")[0] == 5
    assert run("permit-delete", str(permit), "--reason", "of somebody else")[0] == 0
    assert run("permit-delete", str(permit), "--reason", "again")[0] == 2
