# SPDX-License-Identifier: Apache-2.0
"""A single act goes to a server whole, in one statement, and is what it would be in steps; who
calls what writes it by hand is held to all that anybody is held to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
import pytest
import servers
from desk_fixtures import kept
from line_proxy import Proxy
from office_builders import TODAY, decide, invite, issue, places, receive, set_cap
from server_desks import Desks

from imp_plus_desktop.domain.quota.quota import OfficialCount, alike, cap_use
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, people
from imp_plus_desktop.storage.engines.whole import Whole
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.serialization import dump

__all__ = ["kept"]

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


def is_sound(office: Office) -> bool:
    register = office.register
    return (
        journal.verify(register.db) is None
        and replay.ledger_fault(register) is None
        and replay.row_fault(register) is None
    )


# --- which acts go whole ---


def a_contact(office: Office, person: int, turn: int) -> None:
    contacts.save(office, person, None, ContactKind.CALLED, f"call {turn}", TODAY)


def a_decision(office: Office, person: int, turn: int) -> None:
    decide(office, people.file(office, person).own_applications[0].id)


@pytest.mark.parametrize(
    ("act", "ways"),
    [(a_contact, 2), (a_decision, 3)],
    ids=["contact", "decision"],
)
def test_an_act_of_a_few_rows_goes_whole(
    desk: Office, line: Proxy, act: Callable[[Office, int, int], None], ways: int
) -> None:
    """It is read for, and written; for a decision the test also asks for the file."""
    ids = [invite(desk, turn) for turn in range(1, 10)]
    for person in ids:
        receive(desk, person)
    for turn, person in enumerate(ids[:-1]):
        act(desk, person, turn)
    line.count()
    act(desk, ids[-1], 8)
    assert line.turns == ways
    assert is_sound(desk)


def test_an_act_that_asks_for_what_it_wrote_is_written_in_steps(desk: Office) -> None:
    """A permit is counted by what the register holds of it then: it is tried whole once."""
    for number in range(1, 4):
        application = receive(desk, invite(desk, number)).application
        decide(desk, application)
        issued = issue(desk, application)
        assert [one.id for one in people.file(desk, number).permits] == [issued.permit] == [number]
    assert is_sound(desk)


def test_a_row_that_is_written_twice_is_told_as_it_was_each_time(desk: Office) -> None:
    person = invite(desk)

    def twice() -> None:
        with desk.act("people.edit") as act:
            queries.files(desk.register, [person])
            act.update("person", person, {"phone": "1"})
            act.update("person", person, {"phone": "2"})

    for _turn in range(2):
        desk.register.judged_first("twice", [person], twice, whole=True)
        assert people.file(desk, person).person.phone == "2"
    rows = desk.register.db.execute_sql(
        "SELECT before, after FROM change WHERE entity = 'person' AND before IS NOT NULL"
        " ORDER BY id"
    ).fetchall()
    assert rows == [
        *[('{"phone":null}', '{"phone":"1"}'), ('{"phone":"1"}', '{"phone":"2"}')],
        *[('{"phone":"2"}', '{"phone":"1"}'), ('{"phone":"1"}', '{"phone":"2"}')],
    ]
    assert is_sound(desk)


def test_a_receipt_of_a_form_goes_whole_too(desk: Office, line: Proxy) -> None:
    ids = [invite(desk, turn) for turn in range(1, 9)]
    for person in ids[:-1]:
        receive(desk.as_shown(person), person)
    form = desk.as_shown(ids[-1])
    line.count()
    receive(form, ids[-1])
    assert line.turns == 2
    assert is_sound(desk)


def test_a_place_that_was_given_back_goes_to_the_next(desk: Office) -> None:
    first, *_others = [receive(desk, invite(desk, number)) for number in range(1, 4)]
    decide(desk, first.application, "returned")
    assert receive(desk, invite(desk, 4)).place == 1
    assert receive(desk, invite(desk, 5)).place == 4
    assert places(desk.register) == (4, 4, 4)
    assert is_sound(desk)


def test_what_a_service_returns_has_the_numbers_that_were_given(desk: Office) -> None:
    for number in range(1, 4):
        told = receive(desk, invite(desk, number))
        (kept,) = people.file(desk, number).own_applications
        assert (told.application, told.place, kept.place) == (kept.id, number, number)
        assert (told.act, desk.made[-1].seal) == journal.last(desk.register.db)
        assert desk.made[-1].touched.ids["application"] == {kept.id}


def test_what_is_typed_is_kept_letter_by_letter(desk: Office) -> None:
    """It goes through the server's JSON twice."""
    text = 'l’été « 8 » \\ "x" \\u00e9 ☃ 8123456789012345001\n\ttab 🍁'
    person = invite(desk)
    contacts.save(desk, person, None, ContactKind.CALLED, text, TODAY)
    assert [one.text for one in people.file(desk, person).contacts] == [text]
    assert is_sound(desk)


# --- how many places may be in use ---


@pytest.mark.parametrize(
    ("own", "within"),
    [
        (0, range(80)),
        (79, range(80)),
        (80, range(80, 95)),
        (94, range(80, 95)),
        (95, range(95, 100)),
        (99, range(95, 100)),
        (100, None),
    ],
)
def test_a_receipt_is_judged_alike_between_two_levels(own: int, within: range | None) -> None:
    assert alike(cap_use(2023, 100, own), (80, 95)) == within


def test_a_receipt_is_judged_by_its_very_number_where_others_count_too() -> None:
    official = OfficialCount(2023, TODAY, 70)
    assert alike(cap_use(2023, 100, 1, official), (80,)) is None
    assert alike(cap_use(2023, None, 1), (80,)) is None


def test_no_mark_is_another_act_s() -> None:
    first, second = Whole(), Whole()
    assert first.new_id("note") != second.new_id("note")
    assert first.in_real((7, "x")) == (7, "x")


# --- by hand ---


@pytest.fixture
def desks(kept: Desks) -> Iterator[Desks]:
    """A register with one application of one person."""
    kept.begin()
    yield kept
    kept.is_new = False
    kept.close()


Change = tuple[str, int | str, int | None, str | None, str | None]
MARK, ENTRY, PLACED = "8111111111111111001", "8111111111111111002", "8111111111111111003"
SALT = "00" * 16
AT_TEXT = "2023-11-22T15:00:00Z"


def written(
    desks: Desks,
    changes: Sequence[Change],
    *,
    user: str = "ana",
    who: str = "ana",
    service: str = "people.edit",
    number: int | str = MARK,
    ids: Sequence[Sequence[str]] = (("act", MARK),),
    taken: Sequence[Sequence[object]] = (),
    **proof: object,
) -> tuple[list[int], bytes]:
    """Call what writes an act, as psql does, with nothing that the act rests on."""
    with desks.plain() as asked:
        head, seal = asked.execute("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
        (shape,) = asked.execute(
            "SELECT version || '.' || of_servers FROM register_state"
        ).fetchone()
    rests = {"head": head, "seal": seal.hex(), "format": shape, "ids": ids, "places": taken}
    empty: dict[str, object] = {name: [] for name in ("kinds", "rows", "files", "moving")}
    told = {
        **{"id": number, "at": AT_TEXT, "who": who, "service": service, "details": "{}"},
        **{"salt": SALT, "people": [], "channel": "imp_plus", "notice": "{}"},
        "changes": [[*change, SALT] for change in changes],
    }
    with desks.plain(user) as psql:
        row = psql.execute(
            "SELECT given, sealed FROM write_act(%s, %s)",
            (json.dumps({**empty, **rests, **proof}), json.dumps(told)),
        ).fetchone()
    assert row is not None
    return row


def renamed(desks: Desks, **was: Any) -> Change:
    with desks.plain() as asked:
        (name,) = asked.execute("SELECT family_name FROM person WHERE id = 1").fetchone()
    before = json.dumps({"family_name": was.get("family_name", name)}, separators=(",", ":"))
    return "person", 1, was.get("person", 1), before, '{"family_name":"Typed"}'


def state(error: BaseException) -> str | None:
    return getattr(error, "sqlstate", None)


def test_what_is_written_by_hand_and_well_is_an_act_like_any_other(desks: Desks) -> None:
    office = desks.office("ana")
    given, seal = written(desks, [renamed(desks)])
    assert journal.last(office.register.db) == (given[0], seal)
    assert people.file(office, 1).person.family_name == "Typed"
    assert is_sound(office)


@pytest.mark.parametrize(
    ("changed", "more", "expected"),
    [
        ({}, {"who": "bea"}, "42501"),
        ({}, {"user": "rob"}, "42501"),
        ({}, {"service": "privacy.erase"}, "42501"),
        ({"family_name": "Another"}, {}, "IP001"),
        ({"person": 2}, {}, "IP001"),
        ({"person": None}, {}, "IP001"),
        ({}, {"number": 99, "ids": ()}, "IP001"),
        ({}, {"number": 1, "ids": ()}, "IP001"),
        ({}, {"seal": "00" * 32}, "IP004"),
        ({}, {"head": 0}, "IP004"),
        ({}, {"format": "1.1"}, "IP003"),
    ],
)
def test_no_name_is_forged_and_nothing_told_otherwise(
    desks: Desks, changed: dict[str, Any], more: dict[str, Any], expected: str
) -> None:
    with pytest.raises(psycopg.Error) as told:
        written(desks, [renamed(desks, **changed)], **more)
    assert state(told.value) == expected
    office = desks.office("ana")
    assert people.file(office, 1).person.family_name != "Typed"
    assert is_sound(office)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("cap_limit", 900, None, None, '{"cap":9,"from_day":"2023-01-01","year":2023}'), "42501"),
        (("parameter", 900, None, None, '{"from_day":"2023-01-01","name":"x"}'), "42501"),
        (("person", 99, 99, '{"family_name":"x"}', '{"family_name":"y"}'), "IP004"),
        (("person", 1, 1, '{"id":1}', '{"id":7}'), "IP001"),
        (("act", 1, None, None, '{"who":"x"}'), "20000"),
        (("note", 900, 1, None, '{"id":901,"person_id":1,"text":"x"}'), None),
        (("application", 1, 1, '{"place":1}', '{"place":null}'), "IP001"),
    ],
)
def test_no_table_is_written_that_a_clerk_may_not_write_nor_a_row_told_as_another(
    desks: Desks, change: Change, expected: str | None
) -> None:
    with pytest.raises(psycopg.Error) as told:
        written(desks, [change])
    assert expected is None or state(told.value) == expected
    assert is_sound(desks.office("ana"))
    assert places(desks.office("ana").register) == (1, 1, 1)


def a_place(
    desks: Desks, ceiling: int | None, *, place: object = int(PLACED), reason: str = "received"
) -> Any:
    """A place for the second person, whose receipt was past the cap, as they like to tell it."""
    own = {"ceiling": ceiling, "delta": 1, "reason": reason, "rule": "CAP-01"}
    entry = {"application_id": 2, "at": AT_TEXT, "cap_year": 2023, **own}
    over = "cancelled_over_cap"
    was = {"decided_on": "2023-11-20", "outcome": over, "place": None, "state": over}
    now = {"decided_on": None, "outcome": None, "place": place, "state": "received"}
    return written(
        desks,
        [
            ("ledger_entry", int(ENTRY), None, None, dump(entry)),
            ("application", 2, 2, dump(was), dump(now)),
        ],
        service="applications.receive",
        ids=[["act", MARK], ["ledger_entry", ENTRY]],
        taken=[[2023, PLACED, 0, 99]],
    )


@pytest.mark.parametrize("ceiling", [1, 99, None])
@pytest.mark.parametrize("reason", ["received", "undone", "imported"])
def test_no_cap_is_passed(desks: Desks, ceiling: int | None, reason: str) -> None:
    set_cap(desks.office("luc"), 1)
    office = desks.office("ana")
    assert receive(office, invite(office, 2)).place is None
    with pytest.raises(psycopg.Error) as told:
        a_place(desks, ceiling, reason=reason)
    assert state(told.value) == ("23514" if ceiling == 1 else "IP001")
    wanted = (
        "only a list brings history" if reason == "imported" and ceiling is None else "no place"
    )
    assert wanted in str(told.value)
    assert places(office.register) == (1, 1, 1)
    assert is_sound(office)


def test_where_there_is_room_a_place_is_taken_once_and_only_with_its_entry(desks: Desks) -> None:
    set_cap(desks.office("luc"), 1)
    office = desks.office("ana")
    receive(office, invite(office, 2))
    set_cap(desks.office("luc"), 2)
    for wrong in (1, None):
        with pytest.raises(psycopg.Error) as told:
            a_place(desks, 2, place=wrong)
        assert state(told.value) in ("23505", "IP001")
    a_place(desks, 2)
    assert places(office.register) == (2, 2, 2)
    assert is_sound(office)
