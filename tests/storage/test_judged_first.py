# SPDX-License-Identifier: Apache-2.0
"""On a server an act reads and judges before it keeps others from writing: whatever another desk
does meanwhile, the outcome is as if the two had come one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
import servers
from line_proxy import Proxy
from office_builders import (
    AT,
    TODAY,
    a_list,
    a_row,
    decide,
    import_file,
    invite,
    issue,
    merge,
    places,
    receive,
    set_cap,
)
from second_desk import CASES, PREPARED, furnish

from imp_plus_desktop.domain.values.codes import ContactKind, Outcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import clerks, contacts, people
from imp_plus_desktop.storage.engines import Part
from imp_plus_desktop.storage.engines.postgresql.line.early import Early
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

T = TypeVar("T")
_WAITS = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def while_it_waits(beside: Office, work: Callable[[], T], theirs: Callable[[], object]) -> T:
    """What comes of the work of one desk that has read what it needs and waits until it may write,
    while another desk does its own."""
    beside.register.db.lock_others_out()
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(work)
        end = time.monotonic() + 20
        while not beside.register.db.execute_sql(_WAITS).fetchone()[0]:
            assert time.monotonic() < end, "nobody waits"
            time.sleep(0.01)
        theirs()
        beside.register.release()
        return coming.result(20)


def sound(office: Office) -> None:
    assert journal.verify(office.register.db) is None
    assert replay.ledger_fault(office.register) is None
    ledger, counter, placed = places(office.register)
    assert ledger == counter == placed


def test_a_receipt_takes_two_ways_to_the_server(desk: Office, line: Proxy) -> None:
    for number in range(1, 9):  # what is asked is known, and prepared
        receive(desk, invite(desk, number))
    person = invite(desk, 9)
    line.count()
    receive(desk, person)
    assert line.turns == 2


def test_what_another_desk_does_elsewhere_changes_nothing(desk: Office, beside: Office) -> None:
    mine, other = invite(desk, 1), invite(desk, 2)
    got = while_it_waits(beside, lambda: receive(desk, mine), lambda: receive(beside, other))
    assert got.place == 2
    sound(beside)


def test_what_is_received_by_another_desk_is_not_received_again(
    desk: Office, beside: Office
) -> None:
    person = invite(desk)
    with pytest.raises(DomainError) as alone:
        receive(beside, invite(beside, 2)), receive(beside, people.find(beside, "C1000002"))
    with pytest.raises(DomainError) as told:
        while_it_waits(beside, lambda: receive(desk, person), lambda: receive(beside, person))
    assert told.value.code == alone.value.code
    assert places(beside.register) == (2, 2, 2)
    sound(beside)


def test_the_last_place_goes_to_whoever_writes_first(desk: Office, beside: Office) -> None:
    mine, other = invite(desk, 1), invite(desk, 2)
    set_cap(desk, 1)
    got = while_it_waits(beside, lambda: receive(desk, mine), lambda: receive(beside, other))
    assert (got.place, got.outcome) == (None, Outcome.CANCELLED_OVER_CAP)
    assert places(beside.register) == (1, 1, 1)
    sound(beside)


def test_a_level_of_the_cap_that_is_reached_meanwhile_is_told(desk: Office, beside: Office) -> None:
    """Of five places four are four fifths, at which the programme warns."""
    ids = [invite(desk, number) for number in range(1, 6)]
    set_cap(desk, 5)
    for person in ids[:3]:
        receive(desk, person)
    got = while_it_waits(beside, lambda: receive(desk, ids[3]), lambda: receive(beside, ids[4]))
    (told,) = (one.reason for one in got.findings if one.rule == "CAP-02")
    assert (got.place, told) == (5, "cap_level_reached")
    sound(beside)


def test_a_cap_that_is_lowered_meanwhile_holds(desk: Office, beside: Office) -> None:
    mine, other = invite(desk, 1), invite(desk, 2)
    receive(desk, other)
    got = while_it_waits(beside, lambda: receive(desk, mine), lambda: set_cap(beside, 1))
    assert got.place is None
    sound(beside)


def test_a_file_that_is_merged_meanwhile_is_read_again(desk: Office, beside: Office) -> None:
    mine = invite(desk, 1)
    other = invite(desk, 2)
    receive(desk, other)
    with pytest.raises(DomainError):
        while_it_waits(beside, lambda: receive(desk, mine), lambda: merge(beside, mine, other))
    sound(beside)


def test_what_is_taken_back_meanwhile_is_not_decided(desk: Office, beside: Office) -> None:
    application = receive(desk, invite(desk)).application
    with pytest.raises(DomainError, match="application_not_found"):
        while_it_waits(
            beside,
            lambda: decide(desk, application),
            lambda: history.undo(beside, history.acts(beside)[0].id),
        )
    sound(beside)


def test_an_application_is_decided_once(desk: Office, beside: Office) -> None:
    application = receive(desk, invite(desk)).application
    with pytest.raises(DomainError, match="illegal_move"):
        while_it_waits(
            beside,
            lambda: decide(desk, application),
            lambda: decide(beside, application, "refused"),
        )
    assert people.file(beside, 1).own_applications[0].outcome is Outcome.REFUSED
    sound(beside)


def test_a_permit_is_recorded_once(desk: Office, beside: Office) -> None:
    application = receive(desk, invite(desk)).application
    decide(desk, application)
    with pytest.raises(DomainError, match="illegal_move"):
        while_it_waits(beside, lambda: issue(desk, application), lambda: issue(beside, application))
    assert len(people.file(beside, 1).permits) == 1


def test_a_list_that_comes_in_meanwhile_is_looked_at(
    desk: Office, beside: Office, tmp_path: Path
) -> None:
    """Its rows are told together with their person: nothing tells whose they are apart."""
    invite(desk, 1)
    listed = a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(2, 60)])
    got = while_it_waits(beside, lambda: receive(desk, 1), lambda: import_file(beside, listed))
    assert got.place == 1
    sound(beside)


def test_what_only_a_form_of_its_own_rests_on_is_kept_beside(desk: Office, beside: Office) -> None:
    person = invite(desk)

    def log(office: Office, text: str) -> None:
        contacts.save(office, person, None, ContactKind.CALLED, text, TODAY)

    while_it_waits(beside, lambda: log(desk, "mine"), lambda: log(beside, "theirs"))
    assert {one.text for one in people.file(beside, person).contacts} == {"mine", "theirs"}


def test_what_is_refused_before_is_refused_alike(desk: Office, beside: Office) -> None:
    """What was read may never have been so at one moment: a refusal is found out again."""
    person = invite(desk, 1)
    with pytest.raises(DomainError) as told:
        receive(desk, person, AT + timedelta(days=4_000))
    assert told.value.code == "in_the_future"
    assert receive(desk, person).place == 1


def test_eight_desks_take_the_last_places_one_each(address: object, beside: Office) -> None:
    from imp_plus_desktop.bootstrap import open_office

    ids = [invite(beside, number) for number in range(1, 33)]
    set_cap(beside, 20)
    got: list[int | None] = []
    start = threading.Barrier(8)

    def work(own: list[int]) -> None:
        office = open_office(address, today=TODAY)  # type: ignore[arg-type]
        start.wait(20)
        got.extend(receive(office, person).place for person in own)
        office.close()

    desks = [threading.Thread(target=work, args=(ids[nth::8],)) for nth in range(8)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert sorted(place for place in got if place is not None) == list(range(1, 21))
    assert got.count(None) == 12
    sound(beside)


DAILY = (
    *("agenda.clear", "agenda.acknowledge", "agenda.move", "agenda.settle", "flags.unsettle"),
    *("applications.receive", "contacts.save", "documents.mark", "folder.save_letter"),
    *("people.set_value", "people.edit", "people.move", "one_value.save", "residences.save_all"),
    *("fees.pay", "fees.delete", "requests.save", "requests.done", "routes.save"),
    *("portal.observe", "preparing.move", "pr_track.record", "endings.choose"),
    *("family.add_member", "family.edit_member", "family.set_field", "family.set_arrival"),
    *("family.receive", "family.delete_member", "employments.save", "folder.delete_letter"),
    *("names_history.save_former", "names_history.change_name", "deaths.record"),
)
"""What clerks do all day, in an order in which none stands in another's way."""


def test_what_clerks_do_all_day_reads_its_file_before_it_keeps_others_from_writing(
    beside: Office, desk: Office, tmp_path: Path
) -> None:
    """It is begun twice where another desk has changed the file after it was read: the moment of an
    act is asked for each time that it is begun."""
    found = furnish(beside, tmp_path)
    begun: list[None] = []

    def counted() -> timedelta:
        begun.append(None)
        return timedelta()

    office = replace(desk, clock=Clock(TODAY, counted))
    told, everybody = {}, range(1, 10)
    for turn, name in enumerate(DAILY):
        seen = PREPARED[name](beside, found) if name in PREPARED else None
        begun.clear()

        def theirs(clerk: str = f"Clerk {turn}") -> None:
            clerks.assign(beside, everybody, clerk)
            family.set_field(beside, found.member, "family_name", clerk)

        while_it_waits(
            beside,
            partial(CASES[name], office, found, seen),
            theirs,
        )
        told[name] = len(begun)
    assert told == dict.fromkeys(DAILY, 2)
    assert journal.verify(beside.register.db) is None


# What is read before


_FILE = "SELECT id, attachment FROM document WHERE person_id IN (%s) ORDER BY id"


@pytest.mark.parametrize(
    ("sql", "may"),
    [
        (_FILE, True),
        ("SELECT id, name FROM parameter ORDER BY id", True),
        ("SELECT id FROM person WHERE individual_reference = %s", True),
        ("SELECT used FROM cap_counter WHERE year = %s", True),
        ("SELECT year, used FROM cap_counter", False),
        ("SELECT hash FROM act ORDER BY id DESC LIMIT 1", False),
        ("SELECT p.id FROM person p, standing s WHERE s.person_id = p.id", False),
        ("SELECT name, seq FROM id_counter", False),
        ("SELECT 1", False),
        ("SELECT act_id FROM erased_file WHERE person_id = %s", True),
        ("SELECT person_id FROM erased_file WHERE person_id IN (%s, %s)", True),
        ("SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM erased_file)", True),
        ("SELECT e.act_id FROM erased_file e, act a WHERE a.id = e.act_id", False),
    ],
)
def test_only_what_the_journal_tells_of_is_read_before(sql: str, may: bool) -> None:
    assert Early("receive", ()).may_take([(sql, (1,))]) is may


def test_the_parts_of_a_file_come_alike_together_and_apart(beside: Office) -> None:
    person = invite(beside, 1)
    receive(beside, person)
    contacts.save(beside, person, None, ContactKind.CALLED, '« l’été » \\ "x" ☃', TODAY)
    parts = [
        Part("id, family_name, uci", "person WHERE id IN (?)", "id"),
        Part("id, text, on_day", "contact WHERE person_id IN (?)", "on_day, id"),
        Part("id, number", "passport WHERE person_id IN (?)", "id"),
        Part("id, place, outcome", "application WHERE person_id IN (?)", "id"),
    ]
    db = beside.register.db
    apart = [[list(row) for row in db.execute_sql(str(one), (person,)).fetchall()] for one in parts]
    assert [[list(row) for row in rows] for rows in db.parts(parts, (person,))] == apart


def test_no_part_of_a_file_is_other_than_a_number_or_a_text(beside: Office) -> None:
    """They come as JSON, which has no bytes."""
    asked = (
        "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'imp_plus'"
        " AND table_name IN ('person', 'permit', 'application', 'note', 'letter', 'passport',"
        " 'member', 'document', 'contact', 'payment', 'request', 'residence', 'deadline_mark')"
    )
    assert {row[0] for row in beside.register.db.execute_sql(asked)} == {"bigint", "text"}
