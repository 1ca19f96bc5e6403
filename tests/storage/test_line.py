# SPDX-License-Identifier: Apache-2.0
"""The line to a server is lost and found: nothing is done twice, and nothing is said wrongly."""

from __future__ import annotations

import gc
import random
import threading
import time
import warnings

import pytest
import servers
from generated import cases
from line_proxy import CLIENT, SERVER, Proxy
from office_builders import TODAY, invite, places, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import news
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.engines.postgresql.line import acknowledging
from imp_plus_desktop.storage.files import heads
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


WHOLE = b"sealed"
"""Stands in the statement that keeps a receipt, and in its answer."""


def desks_of(desk: Office) -> int:
    asked = (
        "SELECT COUNT(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return int(desk.register.db.execute_sql(asked).fetchone()[0])


def kill_the_others(desk: Office) -> None:
    desk.register.db.execute_sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def applications_of(desk: Office, person: int) -> int:
    return len(people.file(desk, person).own_applications)


# Reconnecting


def test_a_read_is_tried_again_on_a_new_connection(desk: Office, line: Proxy) -> None:
    person = invite(desk)
    line.cut()
    assert people.file(desk, person).person.id == person


def test_a_connection_that_the_server_ended_is_made_again(desk: Office, beside: Office) -> None:
    person = invite(desk)
    kill_the_others(beside)
    assert receive(desk, person).place == 1
    kill_the_others(beside)
    assert people.file(desk, person).own_applications[0].place == 1


def test_a_line_that_stays_cut_is_told_and_the_next_use_connects(desk: Office, line: Proxy) -> None:
    person = invite(desk)
    line.refuse(True)
    line.cut()
    with pytest.raises(StorageError) as told:
        people.file(desk, person)
    assert told.value.code == "server_unreachable"
    line.refuse(False)
    assert people.file(desk, person).person.id == person


def test_whoever_has_waited_long_for_a_read_does_not_wait_for_it_again(
    desk: Office, beside: Office
) -> None:
    """A line that fell silent is as silent to a new connection."""
    person = invite(desk)
    timer = threading.Timer(3.3, kill_the_others, (beside,))
    timer.start()
    begun = time.monotonic()
    with pytest.raises(StorageError, match="server_lost"):
        desk.register.db.execute_sql("SELECT pg_sleep(5)")
    assert time.monotonic() - begun < 4.8
    timer.join()
    assert people.file(desk, person).person.id == person, "the next use connects"


def test_a_transaction_that_has_begun_is_never_gone_on_with(desk: Office, line: Proxy) -> None:
    db = desk.register.db

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


def test_an_act_that_cannot_even_begin_says_so(desk: Office, beside: Office, line: Proxy) -> None:
    person = invite(beside)
    line.refuse(True)
    line.cut()
    with pytest.raises(StorageError) as told:
        receive(desk, person)
    assert told.value.code == "server_unreachable"
    line.refuse(False)
    assert receive(desk, person).place == 1


def test_what_was_written_before_a_cut_is_not_there(desk: Office, line: Proxy) -> None:
    person = invite(desk)
    db = desk.register.db

    def half() -> None:
        with db.writing():
            db.execute_sql("UPDATE person SET phone = '5' WHERE id = ?", (person,))
            db.execute_sql("SELECT 1")
            line.cut()

    with pytest.raises(StorageError) as told:
        half()
    assert told.value.code == "server_lost"
    assert people.file(desk, person).person.phone != "5"


@pytest.mark.parametrize("messages", [1, 3, 8])
@pytest.mark.parametrize("has_room", [True, False])
def test_of_rows_that_were_on_their_way_at_a_cut_none_is_there(
    desk: Office, line: Proxy, messages: int, has_room: bool
) -> None:
    """Whoever makes them is told at the next question, or when all are made, and waits for none."""
    db = desk.register.db
    count = 2_000 if has_room else 200_000  # more than may wait

    def half() -> None:
        with db.in_any_order(), db.writing():
            line.cut_after(messages, CLIENT)
            db.insert_rows("cap_counter", ("year", "used"), ((3000 + n, n) for n in range(count)))
            db.insert_rows("list_view", ("list", "name", "shape"), (("a", "b", "c"),) * 100)
            if has_room:
                db.execute_sql("SELECT 1")

    with pytest.raises(StorageError) as told:
        half()
    assert told.value.code == "server_lost"
    assert line.was_cut
    assert db.execute_sql("SELECT COUNT(*) FROM cap_counter").fetchone()[0] == 0
    assert "bulk inserts" not in {thread.name for thread in threading.enumerate()}
    receive(desk, invite(desk))
    assert places(desk.register) == (1, 1, 1)


def test_what_hangs_on_one_connection_is_not_asked_on_another(desk: Office, line: Proxy) -> None:
    db = desk.register.db
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


def received_through(desk: Office, person: int) -> str:
    """What a desk says of a receipt while its line is cut: nothing where it went well."""
    try:
        receive(desk, person)
    except StorageError as error:
        return error.code
    return ""


def test_a_receipt_whose_acknowledgement_is_lost_is_found(
    desk: Office, beside: Office, line: Proxy
) -> None:
    for number in range(1, 4):
        person = invite(beside, number)
        line.cut_at(WHOLE, SERVER)
        assert received_through(desk, person) == ""
        assert line.was_cut
        assert applications_of(beside, person) == 1
    assert desk.made[-1].id == journal.last(beside.register.db)[0]  # type: ignore[index]


def test_the_numbers_of_a_receipt_that_is_found_are_its_own(
    desk: Office, beside: Office, line: Proxy
) -> None:
    """The server gave them, and nobody heard them."""
    receive(beside, invite(beside, 1))
    person = invite(beside, 2)
    line.cut_at(WHOLE, SERVER)
    told = receive(desk, person)
    assert line.was_cut
    (kept,) = people.file(beside, person).own_applications
    assert (told.application, told.place, kept.place) == (kept.id, 2, 2)
    assert (told.act, desk.made[-1].seal) == journal.last(beside.register.db)
    assert desk.made[-1].touched.ids["application"] == {kept.id}


@pytest.mark.parametrize("at", [CLIENT, SERVER])
def test_an_act_in_steps_whose_commit_is_lost_is_looked_for(
    desk: Office, beside: Office, line: Proxy, at: str
) -> None:
    line.cut_at(b"COMMIT", at)
    code = ""
    try:
        invite(desk)
    except StorageError as error:
        code = error.code
    assert line.was_cut
    assert (code, people.count(beside)) == (("", 1) if at == SERVER else ("server_lost", 0))


def _on_a_new_connection(desk: Office, line: Proxy) -> None:
    """What was prepared on a connection is asked in fewer messages."""
    line.cut()
    desk.register.is_empty()


@pytest.mark.long
@pytest.mark.parametrize("direction", [CLIENT, SERVER])
@pytest.mark.timeout(100)
def test_a_receipt_is_there_once_or_not_at_all_wherever_the_line_is_cut(
    desk: Office, beside: Office, line: Proxy, direction: str
) -> None:
    receive(desk, invite(beside, 1))  # what is asked once has been asked
    _on_a_new_connection(desk, line)
    line.count()
    receive(desk, invite(beside, 2))
    passed = line.messages[direction]
    assert passed > 10
    told = []
    # The last but one is the act itself, and what answers it the last.
    tried = sorted({*random.sample(range(passed), cases(passed)), passed - 2, passed - 1})
    for number in tried:
        person = invite(beside, 10 + number)
        _on_a_new_connection(desk, line)
        line.cut_after(number, direction)
        code = received_through(desk, person)
        assert line.was_cut, number
        assert code in ("", "server_lost"), number
        assert applications_of(beside, person) == int(not code), number
        told.append(code)
        if code:
            receive(desk, person)
        assert applications_of(beside, person) == 1, number
    # What was asked before anything was written is asked again, and a commit is looked for: only
    # what never reached the server is lost.
    assert direction == SERVER or "server_lost" in told
    assert places(beside.register)[0] == len(tried) + 2
    db = beside.register.db
    assert journal.verify(db) is None
    assert replay.ledger_fault(beside.register) is None
    held = db.execute_sql("SELECT place FROM application ORDER BY place").fetchall()
    assert [row[0] for row in held] == list(range(1, len(tried) + 3))


# An older server in the place of the one that was seen


def put_back(address: ServerAddress, kept: str) -> None:
    """Put an earlier copy of a database in its place."""
    cluster, name = servers.a_cluster(), address.database
    cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")
    cluster.sql(f"ALTER DATABASE {kept} RENAME TO {name}")


def copied(address: ServerAddress) -> str:
    cluster, name = servers.a_cluster(), address.database
    cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    cluster.sql(f"CREATE DATABASE {name}_kept TEMPLATE {name}")
    return f"{name}_kept"


@pytest.mark.parametrize("by", ["desk", "beside"])
def test_a_desk_does_not_go_on_where_what_it_wrote_or_read_is_missing(
    address: ServerAddress, desk: Office, beside: Office, by: str
) -> None:
    person = invite(desk)
    kept = copied(address)
    people.set_value(desk if by == "desk" else beside, f"#{person}", "phone", "514 555 0100")
    news.Watch(desk).look()
    acts = journal.last(beside.register.db)
    put_back(address, kept)
    for use in (
        lambda: people.file(desk, person),
        lambda: people.set_value(desk, f"#{person}", "phone", "514 555 0199"),
    ):
        with pytest.raises(StorageError) as told:
            use()
        assert told.value.code == "server_older"
    found = open_office(address, today=TODAY)
    assert acts is not None
    assert journal.last(found.register.db)[0] == acts[0] - 1  # type: ignore[index]
    assert people.file(found, person).person.phone is None
    found.close()


def test_a_register_that_lacks_what_was_read_says_so_at_the_next_start(
    address: ServerAddress, beside: Office
) -> None:
    person = invite(beside)
    kept = copied(address)
    for number in ("514 555 0101", "514 555 0102"):
        people.set_value(beside, f"#{person}", "phone", number)
    reading = open_office(address, today=TODAY)
    reading.close()
    put_back(address, kept)
    again = open_office(address, today=TODAY)
    assert (again.arrival.missing, again.arrival.is_other) == (2, False)
    again.close()


def test_a_server_of_an_earlier_timeline_is_not_opened(address: ServerAddress) -> None:
    office = open_office(address, today=TODAY)
    invite(office)
    register = office.register
    system, timeline = register.db.whence
    assert (system != "", timeline) == (True, 1)
    act, seal = register.db.last_seen
    office.close()
    heads.note(register.path, "0" * 16, act, seal, (system, 2))
    with pytest.raises(StorageError) as told:
        open_office(address, today=TODAY)
    assert told.value.code == "server_older"
    heads.note(register.path, "0" * 16, act, seal, ("1234", 2))  # another machine's
    open_office(address, today=TODAY).close()


# Nobody answers whether an act was kept


def left_unsure(line: Proxy, desk: Office, person: int, at: str) -> None:
    """A receipt whose server cannot be reached any more when it should keep it, or has."""
    line.refuse(True)
    line.cut_at(WHOLE, at)
    assert received_through(desk, person) == "server_unsure"
    assert line.was_cut
    with pytest.raises(StorageError) as told:
        people.set_value(desk, f"#{person}", "phone", "514 555 0100")
    assert told.value.code == "server_unreachable"
    line.refuse(False)


def test_what_was_kept_without_a_word_is_told_before_anything_else_is_done(
    desk: Office, beside: Office, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "LONGEST", 0.1)
    person = invite(beside)
    left_unsure(line, desk, person, SERVER)
    with pytest.raises(StorageError) as told:
        people.set_value(desk, f"#{person}", "phone", "514 555 0100")
    assert told.value.code == "kept_after_all"
    assert applications_of(beside, person) == 1
    people.set_value(desk, f"#{person}", "phone", "514 555 0100")
    assert people.file(beside, person).person.phone == "514 555 0100"


def test_what_was_not_kept_is_simply_done_again(
    desk: Office, beside: Office, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "LONGEST", 0.1)
    person = invite(beside)
    left_unsure(line, desk, person, CLIENT)
    assert applications_of(beside, person) == 0
    receive(desk, person)
    assert applications_of(beside, person) == 1
