# SPDX-License-Identifier: Apache-2.0
"""Whatever an office does, in whatever order: the books agree, and an undo leaves nothing behind.

Half of the runs undo and redo only the last act, and then each undo must bring back exactly what
stood before. The other half undo any act of the past; there the books alone must agree.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from new_registers import new_office
from office_builders import (
    AT,
    HEADERS,
    TODAY,
    add_member,
    decide,
    invite,
    issue,
    merge,
    person_values,
    places,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.domain.applications.status import NAMED
from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ContactKind,
    DocumentState,
    DocumentType,
    Outcome,
    PermitWish,
    PortalItem,
    PortalState,
    Relation,
    RequestKind,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.exchange.readers.reader import read_pasted
from imp_plus_desktop.services.applications import fees, portal, preparing, requests
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.import_source import Choices, Source, sha256_of
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, documents, folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import overcap, periods, quota
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.schema import COLUMNS

REASON = "what a test wants"
OVERRIDES = dict.fromkeys(("INV-02", "INV-04", "ELG-01", "CSQ-02", "DOC-01", "EXT-01"), REASON)
NOT_CONTENT = frozenset({"ledger_entry"})
"""Entries are reversed, never taken out: the places that they add up to are compared instead."""

MAY_STOP_AN_UNDO = frozenset(
    {"already_undone", "no_place_to_return", "file_in_bin", "number_taken_since"}
)

PICK = st.integers(0, 40)
DAYS = st.integers(0, 70)

Content = dict[str, list[tuple[Any, ...]]]


class Work(RuleBasedStateMachine):
    """One office; `before` holds the register as it stood before each act that stands."""

    @initialize(exact=st.booleans(), cap=st.integers(1, 3))
    def open(self, exact: bool, cap: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(Path(self.folder.name, "register.imp"), TODAY)
        self.exact = exact
        self.made = 0
        self.before: list[Content] = []
        self.undone: list[Content] = []
        self.present = self.content()
        set_cap(self.office, cap)
        for _ in range(3):
            self.invite(days=0)
        self.before.clear()
        self.first_act = history.acts(self.office, limit=1)[0].id

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        while self.exact and self.before:
            self.undo()
        assert checking.check(self.office).passed
        self.office.close()
        self.folder.cleanup()

    def content(self) -> Content:
        """Every row of every journaled table; only runs that undo exactly look at it."""
        found: Content = {}
        if not self.exact:
            return found
        for entity in COLUMNS:
            if entity not in NOT_CONTENT:
                sql = f"SELECT * FROM {entity} ORDER BY id"
                found[entity] = self.office.register.db.execute_sql(sql).fetchall()
        return found

    def last_act(self) -> int:
        return history.acts(self.office, limit=1)[0].id

    def attempt(self, call: Callable[[], Any]) -> None:
        """Do something that the rules may refuse; what is refused leaves nothing behind."""
        act = self.last_act()
        try:
            call()
        except DomainError:
            assert self.last_act() == act
            assert not self.office.register.db.in_transaction()
            return
        if self.last_act() != act:
            self.before.append(self.present)
            self.present = self.content()
            self.undone.clear()

    def some(self, entity: str, pick: int) -> int:
        """The id of one of the rows there are; -1, which nobody has, when there is none."""
        rows = queries.fetch(self.office.register, f"SELECT id FROM {entity} ORDER BY id")
        return int(rows[pick % len(rows)]["id"]) if rows else -1

    @rule(days=DAYS)
    def invite(self, days: int) -> None:
        self.made += 1
        letter = (date(2023, 9, 1) - timedelta(days=days)).isoformat()
        number, whose = self.made, {"letter_date": letter}
        if number % 3 == 0:
            whose["individual_reference"] = ""
        self.attempt(lambda: invite(self.office, number, **whose))

    @rule(numbers=st.lists(st.integers(1, 9), min_size=1, max_size=6), days=DAYS, odd=PICK)
    def import_list(self, numbers: list[int], days: int, odd: int) -> None:
        """People known and new, some with an application and a permit, some twice."""
        rows = [self.listed(number, days, odd + at) for at, number in enumerate(numbers)]
        fields = list(dict.fromkeys(field for row in rows for field in row))
        lines = [[HEADERS[field] for field in fields]]
        lines += [[row.get(field, "") for field in fields] for row in rows]
        text = "\n".join("\t".join(line) for line in lines)
        content = text.encode()
        source = Source("list.tsv", content, sha256_of(content), read_pasted(text))
        preview = imports.plan_source(self.office, source, Choices())
        self.attempt(lambda: imports.commit(self.office, preview))

    def listed(self, number: int, days: int, odd: int) -> dict[str, str]:
        row = {name: text for name, text in person_values(number).items() if name in HEADERS}
        row["letter_date"] = (date(2023, 9, 1) - timedelta(days=days % 4)).isoformat()
        if odd % 4 == 0:
            row |= {"individual_reference": "", "given_names": "Amin"}
        if odd % 3 == 0:
            row |= {"received_at": "2023-10-02", "application_number": f"W30000000{number}"}
        if odd % 6 == 0:
            row |= {"permit_from": "2023-11-02", "outcome": "approved"}
        return row

    @rule(pick=PICK, days=DAYS, field=st.sampled_from(["email", "csq_expiry_date", "uci"]))
    def edit(self, pick: int, days: int, field: str) -> None:
        texts = {
            "email": f"a{days}@example.org",
            "csq_expiry_date": (TODAY + timedelta(days=days)).isoformat(),
            "uci": f"11110{days:03d}",
        }
        person = self.some("person", pick)
        self.attempt(lambda: people.edit(self.office, person, {field: texts[field]}))

    @rule(pick=PICK, days=DAYS, other=PICK)
    def letter(self, pick: int, days: int, other: int) -> None:
        """A letter on another day, new or instead of the one there is."""
        person, day = self.some("person", pick), TODAY - timedelta(days=days)
        letter = None if other % 2 else self.some("letter", other)
        older = self.some("letter", other) if other % 3 == 0 else None
        self.attempt(lambda: folder.save_letter(self.office, person, letter, day, None, older))

    @rule(pick=PICK)
    def delete_letter(self, pick: int) -> None:
        person, letter = self.some("person", pick), self.some("letter", pick)
        self.attempt(lambda: folder.delete_letter(self.office, person, letter))

    @rule(pick=PICK, extension=st.booleans())
    def prepare(self, pick: int, extension: bool) -> None:
        kind = ApplicationKind.EXTENSION if extension else ApplicationKind.FIRST
        person = self.some("person", pick)
        self.attempt(lambda: preparing.prepare(self.office, person, TODAY, kind))

    @rule(pick=PICK, to=st.sampled_from(NAMED))
    def move(self, pick: int, to: Any) -> None:
        number = self.some("application", pick)
        self.attempt(lambda: preparing.move(self.office, number, to, TODAY, OVERRIDES))

    @rule(pick=PICK)
    def discard(self, pick: int) -> None:
        number = self.some("application", pick)
        self.attempt(lambda: preparing.discard(self.office, number))

    @rule(pick=PICK, days=st.integers(0, 9), extension=st.booleans())
    def receive(self, pick: int, days: int, extension: bool) -> None:
        kind = ApplicationKind.EXTENSION if extension else ApplicationKind.FIRST
        at, person = AT - timedelta(days=days), self.some("person", pick)
        self.attempt(lambda: receive(self.office, person, at, kind=kind, overrides=OVERRIDES))

    @rule(pick=PICK, outcome=st.sampled_from([o for o in Outcome if o != "cancelled_over_cap"]))
    def decide(self, pick: int, outcome: Outcome) -> None:
        number = self.some("application", pick)
        self.attempt(lambda: decide(self.office, number, outcome.value))

    @rule(pick=PICK)
    def issue(self, pick: int) -> None:
        number = self.some("application", pick)
        self.attempt(lambda: issue(self.office, number))

    @rule(pick=PICK, permit=st.booleans())
    def grant(self, pick: int, permit: bool) -> None:
        """An application received and approved, often with its permit: rare step by step."""
        person, last = self.some("person", pick), self.some("application", -1)
        self.attempt(lambda: receive(self.office, person, AT, overrides=OVERRIDES))
        made = self.some("application", -1)
        if made == last:
            return
        self.attempt(lambda: decide(self.office, made))
        if permit:
            self.attempt(lambda: issue(self.office, made))

    @rule(pick=PICK, relation=st.sampled_from(Relation), days=DAYS)
    def add_member(self, pick: int, relation: Relation, days: int) -> None:
        born, person = date(2005, 1, 1) + timedelta(days=days), self.some("person", pick)
        self.attempt(lambda: add_member(self.office, person, relation=relation, birth_date=born))

    @rule(pick=PICK, wish=st.sampled_from([PermitWish.WORK, PermitWish.STUDY]))
    def receive_member(self, pick: int, wish: PermitWish) -> None:
        member = self.some("member", pick)
        self.attempt(
            lambda: receive_member(self.office, member, wish.value, overrides={"FAM-02": REASON})
        )

    @rule(pick=PICK, kind=st.sampled_from(RequestKind), done=st.booleans())
    def request(self, pick: int, kind: RequestKind, done: bool) -> None:
        asked = RequestDetails(self.some("application", pick), kind, TODAY, due_on=TODAY)
        if done:
            number = self.some("request", pick)
            self.attempt(lambda: requests.done(self.office, number, TODAY))
        else:
            self.attempt(lambda: requests.save(self.office, asked))

    @rule(pick=PICK, cents=st.sampled_from([100_00, 155_00, 255_00]), refund=st.booleans())
    def pay(self, pick: int, cents: int, refund: bool) -> None:
        fee = "processing" if cents == 155_00 else "open_permit_holder"
        person = self.some("person", pick)
        self.attempt(lambda: fees.pay(self.office, person, fee, cents, TODAY, refund=refund))

    @rule(pick=PICK)
    def take_payment_out(self, pick: int) -> None:
        person, payment = self.some("person", pick), self.some("payment", pick)
        self.attempt(lambda: fees.delete(self.office, person, payment))

    @rule(pick=PICK, state=st.sampled_from(PortalState), item=st.sampled_from(PortalItem))
    def look_at_the_portal(self, pick: int, state: PortalState, item: PortalItem) -> None:
        number, seen = self.some("application", pick), {item: PortalReading(state)}
        self.attempt(lambda: portal.observe(self.office, number, TODAY, seen))

    @rule(pick=PICK, kind=st.sampled_from(DocumentType), state=st.sampled_from(DocumentState))
    def file_document(self, pick: int, kind: DocumentType, state: DocumentState) -> None:
        person = self.some("person", pick)
        self.attempt(lambda: documents.set_document(self.office, person, kind, state))

    @rule(pick=PICK)
    def note_a_call(self, pick: int) -> None:
        person, kind = self.some("person", pick), next(iter(ContactKind))
        self.attempt(lambda: contacts.save(self.office, person, None, kind, "Calls back"))

    @rule(pick=PICK, item=st.sampled_from(OverCapItem))
    def close_over_cap(self, pick: int, item: OverCapItem) -> None:
        number = self.some("application", pick)
        self.attempt(lambda: overcap.close_item(self.office, [number], item, TODAY))

    @rule(left=PICK, right=PICK)
    def merge_people(self, left: int, right: int) -> None:
        one, other = self.some("person", left), self.some("person", right)
        self.attempt(lambda: merge(self.office, one, other))

    @rule(pick=PICK)
    def take_out(self, pick: int) -> None:
        person = self.some("person", pick)
        self.attempt(lambda: file_bin.delete(self.office, person, REASON))

    @rule(pick=PICK)
    def bring_back(self, pick: int) -> None:
        kept = file_bin.files(self.office)
        person = kept[pick % len(kept)].person if kept else -1
        self.attempt(lambda: file_bin.restore(self.office, person))

    @rule(cap=st.integers(0, 5), days=DAYS)
    def change_cap(self, cap: int, days: int) -> None:
        day = TODAY - timedelta(days=days)
        self.attempt(lambda: quota.set_cap(self.office, TODAY.year, cap, day, REASON))

    @rule(switch=st.sampled_from(["returned", "extension"]), uses=st.booleans())
    def switch(self, switch: str, uses: bool) -> None:
        year, first = TODAY.year, date(TODAY.year, 1, 1)
        self.attempt(lambda: parameters.set_switch(self.office, year, switch, uses, first, REASON))

    @rule(quarter=st.sampled_from([1, 2, 3, 4]))
    def close_quarter(self, quarter: int) -> None:
        self.attempt(lambda: periods.close(self.office, TODAY.year, quarter))

    @rule()
    def undo(self) -> None:
        last = history.last_undoable(self.office)
        if last is None or last.id <= self.first_act:
            return
        if not self.exact:
            self.try_undo(last.id)
            return
        assert history.undo(self.office).kept == ()
        self.undone.append(self.present)
        self.present = self.before.pop()
        assert self.content() == self.present

    @rule()
    def redo(self) -> None:
        undone = history.last_undone(self.office)
        if undone is None:
            return
        if not self.exact:
            self.try_undo(undone.id)
            return
        assert history.undo(self.office, undone.id).kept == ()
        self.before.append(self.present)
        self.present = self.undone.pop()
        assert self.content() == self.present

    @rule(pick=PICK)
    def undo_any(self, pick: int) -> None:
        known = [act.id for act in history.acts(self.office, limit=100) if act.id > self.first_act]
        if known and not self.exact:
            self.try_undo(known[pick % len(known)])

    def try_undo(self, number: int) -> None:
        try:
            history.undo(self.office, number)
        except DomainError as error:
            if error.code not in MAY_STOP_AN_UNDO:
                raise

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "office"):
            return
        total, counter, placed = places(self.office.register)
        assert total == counter == placed
        assert replay.ledger_fault(self.office.register) is None


Work.TestCase.settings = settings(
    max_examples=14,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestWork = Work.TestCase
