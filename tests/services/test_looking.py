# SPDX-License-Identifier: Apache-2.0
"""Whoever opens a file of a register on a server stands in its journal, whatever their role."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import peewee
import psycopg
import pytest
import servers
from office_builders import invite, receive
from server_desks import Desks, Forger

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.filters import ActFilter
from imp_plus_desktop.domain.reads.outward import OutForm, OutKind, OutPaper
from imp_plus_desktop.services.history import act_list, history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import looking
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.servers.pulse import Pulse
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.engines.postgresql.rights.writing import WRITERS
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.words.messages import act_kind, act_text
from tests.new_registers import new_office

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

FIRST, SECOND = 1, 2
SHOWN = ("show", "verdict", "family", "documents", "fees", "checks", "origin", "way", "pr")
"""Commands that tell of one file and change nothing in it."""


class Looked(Desks):
    """One register for all tests here: each asks for what was opened since it began."""

    begun = 0

    def looks(self) -> list[tuple[str, int | None]]:
        """Who opened whose file, the first one first."""
        office = self.office("luc")
        wanted = ActFilter(service=OutKind.LOOK.value)
        rows = act_list.rows(office, act_list.ids(office, wanted))
        return [(row.who, row.person_id) for row in reversed(rows) if row.id > self.begun]

    def come_to(self, expected: list[tuple[str, int | None]]) -> None:
        """Wait until these are recorded, and no others."""
        until = time.monotonic() + 20
        while self.looks() != expected:
            assert time.monotonic() < until, self.looks()
            time.sleep(0.05)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    made = Looked("looking", tmp_path_factory.mktemp("looking"))
    made.drop()
    made.make()
    ana = made.office("ana")
    receive(ana, invite(ana, 1))
    invite(ana, 2)
    summary.refresh(ana)  # which makes the words by which somebody is found
    yield made
    made.drop()


@pytest.fixture
def desks(kept: Looked) -> Iterator[Looked]:
    kept.begun = act_list.last(kept.office("luc"))
    yield kept
    kept.close()


@pytest.fixture
def listening() -> Iterator[Callable[[Office], Pulse]]:
    made: list[Pulse] = []

    def listen(office: Office) -> Pulse:
        made.append(Pulse(office, Queue[Any]().put))
        return made[-1]

    yield listen
    for one in made:
        one.stop()


def test_whoever_opens_a_file_stands_in_the_journal_with_whose_it_was_and_the_server_s_time(
    desks: Looked,
) -> None:
    for user in ("ana", "luc", "eve", "rob"):
        looking.note(desks.office(user), FIRST)
    luc = desks.office("luc")
    assert desks.looks() == [(user, FIRST) for user in ("ana", "luc", "eve", "rob")]
    row = history.acts(luc, limit=1)[0]
    assert (row.paper, row.form) == (OutPaper.FILE, OutForm.SCREEN)
    assert dict(row.counts) == {"people": 1}
    assert not row.can_be_undone
    assert abs(row.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert act_text(row).startswith("opened the file of ")
    assert act_kind(row.service) == "opening of a file"


def test_the_chain_holds_through_it_and_what_was_done_is_still_undone_and_done_again(
    desks: Looked,
) -> None:
    ana = desks.office("ana")
    done = people.edit(ana, FIRST, {"phone": "418 555-0100"}).act
    looking.note(desks.office("rob"), FIRST)
    assert history.last_undoable(ana).id == done
    history.undo(ana)
    looking.note(ana, FIRST)
    undone = history.last_undone(ana)
    assert undone is not None
    history.undo(ana, undone.id)
    assert people.file(ana, FIRST).person.phone == "418 555-0100"
    with desks.plain() as asked:
        previous = b""
        for row in asked.execute(_ACTS).fetchall():
            changes = asked.execute(_DIGESTS, (row[0],)).fetchall()
            *head, digest, chained = row[1:]
            own = (bytes(digest), [bytes(one) for (one,) in changes])
            assert journal._chain(previous, row[0], head, *own) == bytes(chained), row[0]
            previous = bytes(chained)


_ACTS = (
    "SELECT id, at, who, service, source_name, source_sha256, undoes, digest, hash"
    " FROM act ORDER BY id"
)
_DIGESTS = "SELECT digest FROM change WHERE act_id = %s ORDER BY id"


def test_a_window_records_what_it_opens_and_the_same_file_once(
    desks: Looked, listening: Callable[[Office], Pulse]
) -> None:
    ana, rob = listening(desks.office("ana")), listening(desks.office("rob"))
    rob.stand_at(FIRST)
    desks.come_to([("rob", FIRST)])
    for person in (SECOND, None, FIRST, SECOND):
        rob.stand_at(person)
        time.sleep(0.3)
    ana.stand_at(FIRST)
    desks.come_to([("rob", FIRST), ("rob", SECOND), ("ana", FIRST)])


def test_a_window_does_not_wait_for_whoever_writes_and_records_it_afterwards(
    desks: Looked, listening: Callable[[Office], Pulse]
) -> None:
    rob = listening(desks.office("rob"))
    with desks.plain(autocommit=False) as writing:
        writing.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
        rob.stand_at(FIRST)
        rob.stand_at(SECOND)
        time.sleep(1.5)
        assert desks.looks() == []
        with desks.plain() as asked:  # and is there all the same
            seen = asked.execute("SELECT person_id FROM imp_plus_guard.desk_seen").fetchall()
        assert seen == [(SECOND,)]
    desks.come_to([("rob", FIRST), ("rob", SECOND)])


def test_what_a_cut_line_did_not_take_is_recorded_over_the_next_one(
    desks: Looked, listening: Callable[[Office], Pulse]
) -> None:
    rob = listening(desks.office("rob"))
    rob.stand_at(FIRST)
    desks.come_to([("rob", FIRST)])
    let = f"ALTER DATABASE {desks.database} ALLOW_CONNECTIONS"
    desks.cluster.sql(f"{let} false")
    desks.cluster.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{desks.database}' AND usename = 'rob'"
    )
    rob.stand_at(SECOND)
    time.sleep(0.5)
    desks.cluster.sql(f"{let} true")
    desks.come_to([("rob", FIRST), ("rob", SECOND)])


def test_who_only_reads_writes_this_and_nothing_else_with_psql(desks: Looked) -> None:
    with desks.plain("rob") as asked:
        assert asked.execute("SELECT looked_at(1, 1)").fetchone() == (True,)
        # Nobody has such a file, and no act says that somebody opened it.
        assert asked.execute("SELECT looked_at(99, 1)").fetchone() == (True,)
        for statement in (
            "INSERT INTO imp_plus.act SELECT * FROM imp_plus.act WHERE id = 1",
            "UPDATE imp_plus.act SET who = 'ana'",
            "SELECT imp_plus_guard.begin_writing()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                asked.execute(statement)
    assert desks.looks() == [("rob", FIRST)]


def forge(db: Database) -> None:
    with engines.translated(db), db.writing():
        db.execute_sql("UPDATE person SET family_name = 'Autre' WHERE id = 1")
        db.execute_sql("SELECT looked_at(1, 1)")


def test_no_row_goes_in_under_it(desks: Looked) -> None:
    forger = Forger(desks.address("ana"))
    try:
        with pytest.raises(peewee.DatabaseError, match="tells otherwise"):
            forge(forger.db)
    finally:
        forger.close()
    luc = desks.office("luc")
    assert desks.looks() == []
    assert people.file(luc, FIRST).person.family_name != "Autre"


def test_each_command_that_tells_of_a_file_is_recorded(
    desks: Looked, capsys: pytest.CaptureFixture[str]
) -> None:
    address = str(desks.address("ana"))
    for count, name in enumerate(SHOWN, 1):
        main(["--register", address, "--json", name, "#1"])
        assert len(desks.looks()) == count, name
    for words in (
        ["what-if", "#2"],
        ["residence", "#2", "list"],
        ["merge", "#1", "#2", "--dry-run"],
    ):
        main(["--register", address, "--json", *words])
    assert [person for _who, person in desks.looks()[len(SHOWN) :]] == [2, 2, 1, 2]
    capsys.readouterr()
    assert main(["--register", address, "--json", "journal", "--limit", "1"]) == 0
    told = json.loads(capsys.readouterr().out)["acts"][0]
    assert (told["who"], told["service"]) == ("ana", "out.look")


def test_the_journal_finds_by_name_who_opened_a_file(desks: Looked) -> None:
    rob, luc = desks.office("rob"), desks.office("luc")
    looking.note(rob, FIRST)
    looking.note(rob, SECOND)
    name = people.file(luc, SECOND).person.family_name
    everything = set(act_list.ids(luc, ActFilter()))
    without = set(act_list.ids(luc, ActFilter(looks=False)))
    assert len({number for number in everything - without if number > desks.begun}) == 2
    assert {row.service for row in act_list.rows(luc, list(without))} >= {"people.add"}
    asked = ActFilter(text=name, service=OutKind.LOOK.value)
    row, *older = act_list.rows(luc, act_list.ids(luc, asked))
    assert (row.who, row.person_id) == ("rob", SECOND)
    assert {one.person_id for one in older} <= {SECOND}
    # A file's own history tells what was done to it and what of it left.
    assert act_list.papers_of(luc, SECOND) == []


def test_in_a_file_of_this_computer_nobody_is_recorded(tmp_path: Path) -> None:
    office = new_office(tmp_path / "register.imp")
    person = invite(office, 1)
    before = act_list.last(office)
    looking.note(office, person)
    assert act_list.last(office) == before
    office.close()
