# SPDX-License-Identifier: Apache-2.0
"""Receive, decide, undo, import in any order: the ledger agrees with itself, the cap holds."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from new_registers import new_office
from office_builders import AT, TODAY, YEAR, decide, invite, issue, places, receive, set_cap

from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome, PrState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.fields import field_plan, plan_writing
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.reads import figures, queries

PEOPLE = 8
SMALL_CAP = 3
EXPECTED = frozenset({"illegal_move", "already_undone", "nothing_to_undo", "no_place_to_return",
                      "blocked"})  # fmt: skip


class Ledger(RuleBasedStateMachine):
    """An office with a small cap; `above` counts what history alone brought in past it."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(Path(self.folder.name, "register.imp"), TODAY)
        set_cap(self.office, SMALL_CAP)
        self.people = [invite(self.office, number) for number in range(1, PEOPLE + 1)]
        self.first_act = history.acts(self.office, limit=1)[0].id
        self.imported = False

    def teardown(self) -> None:
        if hasattr(self, "office"):
            assert checking.check(self.office).passed
            self.office.close()
            self.folder.cleanup()

    def attempt(self, call: Callable[[], Any]) -> None:
        before = places(self.office.register)
        try:
            call()
        except DomainError as error:
            if error.code not in EXPECTED:
                raise
            after = places(self.office.register)
        else:
            return
        assert after == before

    def applications(self) -> list[int]:
        rows = queries.fetch(self.office.register, "SELECT id FROM application ORDER BY id")
        return [row["id"] for row in rows]

    @rule(number=st.integers(0, PEOPLE - 1), days=st.integers(0, 10))
    def receive(self, number: int, days: int) -> None:
        at = AT - timedelta(days=days)
        self.attempt(lambda: receive(self.office, self.people[number], at))

    @precondition(lambda self: self.applications())
    @rule(data=st.data(), outcome=st.sampled_from(["approved", "refused", "withdrawn", "returned"]))
    def decide(self, data: st.DataObject, outcome: str) -> None:
        application = data.draw(st.sampled_from(self.applications()))
        self.attempt(lambda: decide(self.office, application, outcome))

    @precondition(lambda self: self.applications())
    @rule(data=st.data())
    def issue(self, data: st.DataObject) -> None:
        application = data.draw(st.sampled_from(self.applications()))
        self.attempt(lambda: issue(self.office, application))

    @rule(number=st.integers(0, PEOPLE - 1), year=st.sampled_from([2022, 2023]))
    def correct_letter(self, number: int, year: int) -> None:
        """A letter that moves to another year moves in its ledger too."""
        file = person_file.file_of(self.office, self.people[number])
        letter = file.letters[0]
        day = letter.letter_date.replace(year=year)
        folder.save_letter(self.office, self.people[number], letter.id, day, None)

    @rule()
    def undo_last(self) -> None:
        last = history.last_undoable(self.office)
        if last is not None and last.id > self.first_act:
            self.attempt(lambda: history.undo(self.office))

    @rule()
    def redo(self) -> None:
        undo = history.last_undone(self.office)
        if undo is not None:
            self.attempt(lambda: history.undo(self.office, undo.id))

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        known = [act.id for act in history.acts(self.office, limit=100) if act.id > self.first_act]
        if known:
            act = data.draw(st.sampled_from(known))
            self.attempt(lambda: history.undo(self.office, act))

    @precondition(lambda self: not self.imported)
    @rule(number=st.integers(0, PEOPLE - 1), outcome=st.sampled_from([None, *Outcome]))
    def import_history(self, number: int, outcome: Outcome | None) -> None:
        """A list's row with an application, taken as it is."""
        self.imported = True
        programme = self.office.programme()
        person = self.people[number]
        values = {"received_at": AT, "outcome": outcome, "pr_state": PrState.NOT_FILED}
        content = b"a list"
        digest = hashlib.sha256(content).hexdigest()
        with self.office.act("imports.commit", source_sha256=digest) as act:
            file = person_file.file_of(self.office, person)
            plan_writing.execute(act, field_plan.plan(file, values, programme), person, programme)
            archive.store(act, "liste.csv", digest, content, ())

    @invariant()
    def three_counts_agree(self) -> None:
        total, counter, placed = places(self.office.register)
        assert total == counter == placed
        assert replay.ledger_fault(self.office.register) is None
        assert replay.row_fault(self.office.register) is None

    @invariant()
    def every_letter_and_permit_that_counts_is_booked_once(self) -> None:
        boards = [quota.board(self.office, year) for year in (2022, YEAR)]
        letters, permits = (sum(getattr(board, name) for board in boards)
                            for name in ("letters_dated", "permits_issued"))  # fmt: skip
        assert letters == figures.count(self.office.register, "letter")
        assert permits == figures.count(self.office.register, "permit")

    @invariant()
    def the_cap_holds(self) -> None:
        allowed = SMALL_CAP + (1 if self.imported else 0)
        assert quota.board(self.office, YEAR).effective_used <= allowed

    @invariant()
    def places_belong_to_those_that_use_one(self) -> None:
        rows = queries.fetch(self.office.register, "SELECT state, place FROM application")
        without = {ApplicationState.RETURNED, ApplicationState.CANCELLED_OVER_CAP}
        for row in rows:
            assert (row["place"] is None) == (row["state"] in without)


Ledger.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestLedger = Ledger.TestCase


def test_a_year_of_its_own_is_not_touched_by_another(office: Office) -> None:
    receive(office, invite(office, 1))
    assert places(office.register, 2022) == (0, 0, 0)
    assert quota.board(office, 2022, date(2022, 12, 31)).used == 0
