# SPDX-License-Identifier: Apache-2.0
"""The line to a server is lost and found: nothing is done twice, and nothing is said wrongly."""

from __future__ import annotations

import gc
import random
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from generated import cases
from line_proxy import CLIENT, SERVER, Proxy
from office_builders import TODAY, invite, places, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[ServerAddress]:
    found = servers.database_for(tmp_path / "line.imp", create=True)
    assert found is not None
    yield found
    on_a_server = sys.modules.get("on_a_server")
    if on_a_server is None or not on_a_server.is_chosen:
        servers.empty_databases()


@pytest.fixture
def line(address: ServerAddress) -> Iterator[Proxy]:
    with Proxy(address.hosts[0][1]) as proxy:
        yield proxy


@pytest.fixture
def office(address: ServerAddress, line: Proxy) -> Iterator[Office]:
    """A desk at the end of a line that can be cut."""
    opened = open_office(replace(address, hosts=(("127.0.0.1", line.port),)), today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def beside(address: ServerAddress) -> Iterator[Office]:
    """Another desk, whose line holds."""
    opened = open_office(address, today=TODAY)
    yield opened
    opened.close()


def desks_of(office: Office) -> int:
    asked = (
        "SELECT COUNT(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return int(office.register.db.execute_sql(asked).fetchone()[0])


def kill_the_others(office: Office) -> None:
    office.register.db.execute_sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def applications_of(office: Office, person: int) -> int:
    return len(people.file(office, person).own_applications)


# Reconnecting


def test_a_read_is_tried_again_on_a_new_connection(office: Office, line: Proxy) -> None:
    person = invite(office)
    line.cut()
    assert people.file(office, person).person.id == person


def test_a_connection_that_the_server_ended_is_made_again(office: Office, beside: Office) -> None:
    person = invite(office)
    kill_the_others(beside)
    assert receive(office, person).place == 1
    kill_the_others(beside)
    assert people.file(office, person).own_applications[0].place == 1


def test_a_line_that_stays_cut_is_told_and_the_next_use_connects(
    office: Office, line: Proxy
) -> None:
    person = invite(office)
    line.refuse(True)
    line.cut()
    with pytest.raises(StorageError) as told:
        people.file(office, person)
    assert told.value.code == "server_unreachable"
    line.refuse(False)
    assert people.file(office, person).person.id == person


def test_a_transaction_that_has_begun_is_never_gone_on_with(office: Office, line: Proxy) -> None:
    db = office.register.db

    def in_two_halves() -> None:
        with db.writing():
            db.execute_sql("SELECT 1").fetchone()
            line.cut()
            db.execute_sql("SELECT 1")

    with pytest.raises(StorageError) as told:
        in_two_halves()
    assert told.value.code == "server_lost"
    assert db.transaction_depth() == 0
    assert db.execute_sql("SELECT 1").fetchone()[0] == 1


def test_what_was_written_before_a_cut_is_not_there(office: Office, line: Proxy) -> None:
    person = invite(office)
    db = office.register.db

    def half() -> None:
        with db.writing():
            db.execute_sql("UPDATE person SET phone = '5' WHERE id = ?", (person,))
            db.execute_sql("SELECT 1")
            line.cut()

    with pytest.raises(StorageError) as told:
        half()
    assert told.value.code == "server_lost"
    assert people.file(office, person).person.phone != "5"


def test_what_hangs_on_one_connection_is_not_asked_on_another(office: Office, line: Proxy) -> None:
    db = office.register.db
    db.note_brought()
    line.cut()
    with pytest.raises(StorageError) as told:
        db.execute_sql("SELECT COUNT(*) FROM brought")
    assert told.value.code == "server_lost"
    assert db.execute_sql("SELECT 1").fetchone()[0] == 1


def test_connections_end_with_their_thread_and_with_the_register(
    address: ServerAddress, beside: Office
) -> None:
    office = open_office(address, today=TODAY)
    connections = office.register.db.connections  # type: ignore[attr-defined]
    before = desks_of(beside)
    begun, end = threading.Event(), threading.Event()

    def ask(waits: bool) -> None:
        office.register.db.execute_sql("SELECT 1")
        begun.set()
        if waits:
            end.wait(20)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        forgetful = threading.Thread(target=ask, args=(False,))
        forgetful.start()
        forgetful.join()
        gc.collect()
        assert connections.count() == 1
        begun.clear()
        waiting = threading.Thread(target=ask, args=(True,))
        waiting.start()
        begun.wait(20)
        assert desks_of(beside) == before + 1
        office.close()
        assert connections.count() == 0
        end.set()
        waiting.join()


# An act whose acknowledgement was lost


def received_through(line: Proxy, office: Office, person: int, cut: tuple[int, str]) -> str:
    """What a desk says of a receipt while its line is cut: nothing where it went well."""
    line.cut_after(*cut)
    try:
        receive(office, person)
    except StorageError as error:
        return error.code
    return ""


def test_a_receipt_whose_acknowledgement_is_lost_is_found(
    office: Office, beside: Office, line: Proxy
) -> None:
    line.count()
    receive(office, invite(beside, 1))
    last = line.messages[SERVER]
    for before in range(1, 4):
        person = invite(beside, 1 + before)
        # The server has committed, and says so to nobody.
        assert received_through(line, office, person, (last - before, SERVER)) == ""
        assert line.was_cut
        assert applications_of(beside, person) == 1
    assert office.made[-1].id == journal.last(beside.register.db)[0]  # type: ignore[index]


@pytest.mark.parametrize("direction", [CLIENT, SERVER])
@pytest.mark.timeout(100)
def test_a_receipt_is_there_once_or_not_at_all_wherever_the_line_is_cut(
    office: Office, beside: Office, line: Proxy, direction: str
) -> None:
    first = invite(beside, 1)
    receive(office, invite(beside, 2))
    line.count()
    receive(office, first)
    passed = line.messages[direction]
    assert passed > 10
    told = []
    tried = sorted(random.sample(range(passed), cases(passed)))
    for number in tried:
        person = invite(beside, 10 + number)
        code = received_through(line, office, person, (number, direction))
        assert line.was_cut, number
        assert code in ("", "server_lost"), number
        assert applications_of(beside, person) == int(not code), number
        told.append(code)
        if code:
            receive(office, person)
        assert applications_of(beside, person) == 1, number
    assert "server_lost" in told
    assert places(beside.register)[0] == len(tried) + 2
    db = beside.register.db
    assert journal.verify(db) is None
    assert replay.ledger_fault(beside.register) is None
    held = db.execute_sql("SELECT place FROM application ORDER BY place").fetchall()
    assert [row[0] for row in held] == list(range(1, len(tried) + 3))
