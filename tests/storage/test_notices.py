# SPDX-License-Identifier: Apache-2.0
"""What one desk does is heard by the others, and a copy of a server is of one moment."""

from __future__ import annotations

import threading
from itertools import count
from pathlib import Path
from select import select

import pytest
import servers
from line_proxy import Proxy
from office_builders import a_list, a_row, import_file, invite, receive

from imp_plus_desktop.domain.values.errors import DomainError, StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines.notices import Notice, Notices
from imp_plus_desktop.storage.engines.notices import read as read_notice
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import queries

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


# What one desk tells the others


def heard(notices: Notices, count: int) -> list[Notice]:
    """So many notices, as soon as they come."""
    found: list[Notice] = []
    while len(found) < count:
        assert select([notices.fileno()], [], [], 20)[0]
        found += notices.take()
    return found


def listening(desk: Office) -> Notices:
    notices = desk.register.db.watch()
    assert notices is not None
    return notices


def test_what_another_desk_does_is_heard_with_its_rows_and_files(
    desk: Office, beside: Office
) -> None:
    notices = listening(desk)
    person = invite(beside)
    application = receive(beside, person).application
    first, second = heard(notices, 2)
    assert (first.is_own, second.is_own) == (False, False)
    assert first.touched.people == second.touched.people == {person}
    assert first.touched.ids["person"] == {person}
    assert second.touched.ids["application"] == {application}
    assert [first.act, second.act] == [made.id for made in beside.made]
    people.set_value(desk, f"#{person}", "phone", "514 555 0100")
    (own,) = heard(notices, 1)
    assert own.is_own
    assert notices.take() == []
    notices.close()


def test_an_act_on_many_is_heard_as_one_on_everything(
    desk: Office, beside: Office, tmp_path: Path
) -> None:
    notices = listening(desk)
    import_file(
        beside, a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(1, 1200)])
    )
    (told,) = heard(notices, 1)
    assert told.touched.everything
    notices.close()


def test_what_is_taken_back_is_not_heard(desk: Office, beside: Office) -> None:
    notices = listening(desk)
    person = invite(beside)
    with pytest.raises(DomainError):
        people.set_value(beside, f"#{person}", "letter_date", "2090-01-01")
    people.set_value(beside, f"#{person}", "phone", "514 555 0100")
    assert [told.act for told in heard(notices, 2)] == [made.id for made in beside.made]
    notices.close()


def test_whoever_listens_is_told_that_the_line_is_lost(desk: Office, line: Proxy) -> None:
    notices = listening(desk)
    line.cut()
    assert select([notices.fileno()], [], [], 20)[0]
    with pytest.raises(StorageError) as told:
        notices.take()
    assert told.value.code == "server_lost"
    again = listening(desk)
    invite(desk)
    assert heard(again, 1)[0].is_own
    again.close()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"act": "x"}', '{"act": 1, "ids": {"p": "q"}}'])
def test_words_of_another_program_may_concern_everything(text: str) -> None:
    assert read_notice(text, is_own=False).touched.everything


def test_nobody_is_listened_to_beside_a_file(empty_register: Path) -> None:
    register = Register(empty_register, create=False, copy_first=False)
    assert register.watch() is None
    register.close()


# As of one moment


def test_a_copy_is_of_one_moment_while_others_write(
    desk: Office, beside: Office, tmp_path: Path
) -> None:
    for number in range(1, 6):
        receive(beside, invite(beside, number))
    begun, enough = threading.Event(), threading.Event()

    def write() -> None:
        for number in count(6):
            if enough.is_set():
                break
            receive(beside, invite(beside, number))
            begun.set()
        beside.release()

    writing = threading.Thread(target=write)
    writing.start()
    assert begun.wait(20)
    try:
        for number in range(3):
            copy = tmp_path / f"{number}.imp"
            desk.register.db.copy_into(copy)
            made = Register(copy, as_it_is=True)
            assert journal.verify(made.db) is None
            assert replay.ledger_fault(made) is None
            assert replay.row_fault(made) is None
            made.close()
    finally:
        enough.set()
        writing.join()
    assert journal.last(beside.register.db)[0] > 20  # type: ignore[index]


def test_reads_of_one_moment_see_nothing_that_others_write_meanwhile(
    desk: Office, beside: Office
) -> None:
    person = invite(beside)
    db = desk.register.db
    with db.as_of_now():  # type: ignore[attr-defined]
        before = queries.files(desk.register, [person])
        receive(beside, person)
        assert queries.files(desk.register, [person]) == before
    assert len(queries.files(desk.register, [person])[0].applications) == 1
