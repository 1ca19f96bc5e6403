# SPDX-License-Identifier: Apache-2.0
"""What a user of a register on a server can do with psql under the cover of a long list, whose rows
are compared with what its act tells as sets: no more than with one row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

import peewee
import psycopg
import pytest
import servers
from desk_fixtures import desks, kept
from server_desks import Desks, Forger

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ChangeRecord

__all__ = ["desks", "kept"]

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

FIRST, COUNT = 100, 600
"""People, each with a passport: more rows than are compared one by one."""
IDS = range(FIRST, FIRST + COUNT)
SIGNED = 'Tremblay "l’aînée" \\ Noël\t\x1f\x7f'


class Listed(NamedTuple):
    """What a list writes, and what its act tells."""

    statements: list[str]
    changes: list[ChangeRecord]


def named(number: int) -> str:
    return SIGNED if number == FIRST + 7 else f"Tremblay {number}"


def dumped(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def passport(number: int) -> dict[str, object]:
    return {"id": number, "number": f"P{number}", "person_id": number}


def file_of(number: int, **more: object) -> ChangeRecord:
    told = dumped({"id": number, "family_name": named(number), **more})
    with_it = dumped([["passport", passport(number)]])
    return ChangeRecord("person", number, number, None, told, together=with_it)


def inserted(table: str, *rows: dict[str, object]) -> str:
    """One statement of many rows, as COPY brings them."""
    columns = list(rows[0])
    told = json.dumps(rows).replace("'", "''")
    types = dict.fromkeys(("id", "person_id", "application_id", "lost_days"), "BIGINT")
    shape = ", ".join(f"{name} {types.get(name, 'TEXT')}" for name in columns)
    names = ", ".join(columns)
    return (
        f"INSERT INTO {table} ({names}) SELECT {names}"
        f" FROM json_to_recordset(CAST('{told}' AS JSON)) AS r ({shape})"
    )


def a_list(*ids: int) -> Listed:
    """People with a passport each, written and told as an import does both."""
    numbers = ids or tuple(IDS)
    people = [{"id": number, "family_name": named(number)} for number in numbers]
    return Listed(
        [inserted("person", *people), inserted("passport", *map(passport, numbers))],
        [file_of(number) for number in numbers],
    )


def alone() -> Listed:
    """People with whom nothing comes."""
    numbers = range(FIRST, FIRST + 2 * COUNT)
    return Listed(
        [inserted("person", *({"id": number, "family_name": named(number)} for number in numbers))],
        [file_of(number)._replace(together=None) for number in numbers],
    )


def histories() -> Listed:
    """People with an application and a permit each, of which an act need not tell all."""
    people = a_list()
    filed: list[dict[str, object]] = [
        {"id": n, "code": "C41", "kind": "first", "person_id": n, "state": "permit_issued"}
        for n in IDS
    ]
    permits: list[dict[str, object]] = [
        {
            "id": n,
            "application_id": n,
            "limited_by": "term",
            "lost_days": n % 2 * 100,
            "valid_from": "2023-01-01",
            "valid_until": "2025-01-01",
        }
        for n in IDS
    ]
    told = [
        one._replace(
            together=dumped(
                [["passport", passport(n)], ["application", filed[at]], ["permit", permits[at]]]
            )
        )
        for at, (n, one) in enumerate(zip(IDS, people.changes, strict=True))
    ]
    more = [inserted("application", *filed), inserted("permit", *permits)]
    return Listed([*people.statements, *more], told)


def notes(count: int = 1_100) -> Listed:
    """Rows of one kind that come in alone, each with a change of its own."""
    rows: list[dict[str, object]] = [
        {"id": number, "person_id": 1, "text": f"Note {number}"} for number in range(10, 10 + count)
    ]
    return Listed(
        [inserted("note", *rows)],
        [ChangeRecord("note", int(str(row["id"])), 1, None, dumped(row)) for row in rows],
    )


@pytest.fixture
def ana(desks: Desks) -> Iterator[Forger]:
    forger = Forger(desks.address("ana"))
    yield forger
    forger.close()


def write(ana: Forger, listed: Listed) -> None:
    ana.act("ana", *listed.statements, tells=tuple(listed.changes), service="imports.commit")


def refuses(ana: Forger, listed: Listed, state: str = "IP001") -> None:
    with pytest.raises(peewee.DatabaseError) as told:
        write(ana, listed)
    assert told.value.orig.sqlstate == state  # type: ignore[attr-defined]


def is_whole(desks: Desks) -> bool:
    register = desks.office("ana").register
    return (
        journal.verify(register.db) is None
        and replay.row_fault(register) is None
        and register.db.shape_fault() is None
    )


def count(desks: Desks, table: str) -> int:
    with desks.plain() as asked:
        return int(asked.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def only_as_sets(desks: Desks) -> None:
    """Nothing is compared row by row any more."""
    with desks.plain() as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION imp_plus_guard.check_rows(number BIGINT, erases BOOLEAN)"
            " RETURNS VOID LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'row by row'"
            " USING ERRCODE = 'IP009'; END $$"
        )
    desks.is_new = False


# --- what is kept ---


@pytest.mark.parametrize(
    "listed",
    [
        a_list(),
        a_list(*range(FIRST, FIRST + 2 * COUNT, 2)),
        alone(),
        notes(),
        Listed(*map(list.__add__, a_list(), notes())),
    ],
    ids=["files", "with gaps", "people alone", "notes", "both"],
)
def test_a_list_is_compared_as_sets_and_kept(desks: Desks, ana: Forger, listed: Listed) -> None:
    desks.is_new = False
    write(ana, listed)
    assert is_whole(desks)


@pytest.mark.parametrize(
    "listed",
    [a_list(), alone(), histories(), notes()],
    ids=["files", "people", "histories", "notes"],
)
def test_the_rows_of_a_list_are_not_compared_one_by_one(
    desks: Desks, ana: Forger, listed: Listed
) -> None:
    only_as_sets(desks)
    write(ana, listed)
    assert count(desks, "person") + count(desks, "note") > COUNT


def test_what_the_rows_do_not_say_in_the_same_words_is_compared_one_by_one(
    desks: Desks, ana: Forger
) -> None:
    """It is told as well: the words may be others, and rows may come in two steps."""
    desks.is_new = False
    whole = a_list()
    spaced = [one._replace(after=str(one.after).replace('":', '": ')) for one in whole.changes]
    renamed = f"UPDATE person SET email = 'x@example.com' WHERE id = {FIRST}"
    email = ChangeRecord("person", FIRST, FIRST, '{"email":null}', '{"email":"x@example.com"}')
    write(ana, Listed([*whole.statements, renamed], [*spaced, email]))
    assert is_whole(desks)


# --- what is not ---


def other(number: int, **how: object) -> Callable[[Listed], Listed]:
    """The change of one of the people told otherwise."""

    def told(listed: Listed) -> Listed:
        changes = list(listed.changes)
        changes[number] = changes[number]._replace(**how)
        return Listed(listed.statements, changes)

    return told


def also(*statements: str) -> Callable[[Listed], Listed]:
    return lambda listed: Listed([*listed.statements, *statements], listed.changes)


def tells_also(*changes: ChangeRecord) -> Callable[[Listed], Listed]:
    return lambda listed: Listed(listed.statements, [*listed.changes, *changes])


def instead(at: int, change: ChangeRecord) -> Callable[[Listed], Listed]:
    return lambda listed: Listed(
        listed.statements, [*listed.changes[:at], change, *listed.changes[at + 1 :]]
    )


def without(at: int) -> Callable[[Listed], Listed]:
    return lambda listed: Listed(
        listed.statements, [*listed.changes[:at], *listed.changes[at + 1 :]]
    )


ONE = FIRST + 5
TOLD = dumped({"id": ONE, "family_name": named(ONE)})
PASSPORT = passport(ONE)


def with_it(*rows: object) -> str:
    return dumped([["passport", PASSPORT], *rows])


FORGED: dict[str, Callable[[Listed], Listed]] = {
    "a row that is not told": without(5),
    "a person more": also(f"INSERT INTO person (id, family_name) VALUES ({FIRST - 1}, 'Forged')"),
    "a passport more": also(
        f"INSERT INTO passport (id, person_id, number) VALUES ({FIRST - 1}, {ONE}, 'Forged')"
    ),
    "a passport more of somebody else": also(
        f"INSERT INTO passport (id, person_id, number) VALUES ({FIRST - 1}, 1, 'Forged')"
    ),
    "another row of another kind": also(
        f"INSERT INTO note (id, person_id, text) VALUES (900, {ONE}, 'Forged')"
    ),
    "another name": other(5, after=dumped({"id": ONE, "family_name": "Forged"})),
    "another number": other(5, together=dumped([["passport", {**PASSPORT, "number": "X"}]])),
    "a field that is not there": other(
        5, after=dumped({"id": ONE, "family_name": named(ONE), "email": "x@example.com"})
    ),
    "a field that no table has": other(
        5, after=dumped({"id": ONE, "family_name": named(ONE), "zzz": "x"})
    ),
    "a field that is not told": lambda listed: Listed(
        [
            listed.statements[0]
            .replace("SELECT id, family_name", "SELECT id, family_name, 'x'")
            .replace("person (id, family_name", "person (id, family_name, email"),
            listed.statements[1],
        ],
        listed.changes,
    ),
    "somebody twice": tells_also(file_of(ONE)),
    "somebody twice in the place of another": instead(6, file_of(ONE)),
    "a passport twice": other(5, together=with_it(["passport", PASSPORT])),
    "a passport of none": other(5, together=with_it(["passport", {"number": "X"}])),
    "a row of no kind": other(5, together=with_it([None, {"id": 9}])),
    "another one's passport too": other(5, together=with_it(["passport", passport(ONE + 1)])),
    "somebody who was there": instead(
        5, ChangeRecord("person", 1, 1, None, '{"family_name":"Person 1","id":1}')
    ),
    "nobody's history": other(5, person_id=None),
    "another one's history": other(5, person_id=ONE + 1),
    "another one's number": other(5, entity_id=ONE + 1),
    "something before": other(5, before="null"),
    "something else before": other(5, before='{"family_name":"Former"}'),
    "that it is gone": other(5, before=TOLD, after=None),
    "nothing": other(5, after=None),
    "no passport": other(5, together=None),
    "an empty list": other(5, together="[]"),
    "what is no kind": tells_also(ChangeRecord("act", 1, None, None, '{"id":1}')),
    "what is no table": tells_also(ChangeRecord('x"; DROP', 1, None, None, '{"id":1}')),
    "a row that others had": tells_also(
        ChangeRecord("passport", 1, 1, None, '{"id":1,"number":"AB100001","person_id":1}')
    ),
    "a deletion that is not told": also("DELETE FROM passport WHERE id = 1"),
    "a change that is not told": also("UPDATE person SET family_name = 'Forged' WHERE id = 1"),
    "one that came and was altered": also(
        f"UPDATE person SET family_name = 'Forged' WHERE id = {ONE}"
    ),
    "one that came and went": also(f"DELETE FROM passport WHERE id = {ONE}"),
    "one that came again": also(
        f"DELETE FROM passport WHERE id = {ONE}",
        f"INSERT INTO passport (id, person_id, number) VALUES ({ONE}, {ONE}, 'Forged')",
    ),
}


@pytest.mark.parametrize("how", list(FORGED.values()), ids=list(FORGED))
def test_a_list_hides_nothing(desks: Desks, ana: Forger, how: Callable[[Listed], Listed]) -> None:
    people = count(desks, "person")
    refuses(ana, how(a_list()))
    assert count(desks, "person") == people


@pytest.mark.parametrize(
    "how",
    [
        without(5),
        other(5, person_id=2),
        other(5, person_id=None),
        other(5, entity="passport"),
        other(5, after=dumped({"id": 15, "person_id": 1, "text": "Forged"})),
        other(5, together=dumped([["note", {"id": 15, "person_id": 1, "text": "Note 15"}]])),
        tells_also(
            ChangeRecord("note", 15, 1, None, dumped({"id": 15, "person_id": 1, "text": "Note 15"}))
        ),
        also("INSERT INTO note (id, person_id, text) VALUES (5, 1, 'Forged')"),
        also(f"INSERT INTO person (id, family_name) VALUES ({FIRST}, 'Forged')"),
    ],
)
def test_rows_of_one_kind_hide_nothing(
    desks: Desks, ana: Forger, how: Callable[[Listed], Listed]
) -> None:
    refuses(ana, how(notes()))
    assert count(desks, "note") == 0


def test_what_is_no_json_is_refused_by_whoever_reads_it(desks: Desks, ana: Forger) -> None:
    with pytest.raises(InvalidInput, match="unwritable_text"):
        write(ana, other(5, after=TOLD[:-1])(a_list()))
    assert count(desks, "person") == 1


def test_no_name_is_told_that_reads_like_two_fields(desks: Desks, ana: Forger) -> None:
    """What stands in a row is written as JSON before it is compared."""
    whole = a_list()
    two = json.dumps('A","sex":"F')[1:-1]
    forged = whole.statements[0].replace(named(ONE), two)
    assert forged != whole.statements[0]
    told = f'{{"family_name":"A","sex":"F","id":{ONE}}}'
    refuses(ana, Listed([forged, whole.statements[1]], other(5, after=told)(whole).changes))


def test_a_row_of_before_that_names_somebody_new_takes_no_new_row_s_place(
    desks: Desks, ana: Forger
) -> None:
    """Nothing keeps a held row from naming somebody who is not there yet."""
    desks.is_new = False
    columns = "id, act_id, sheet, sheet_row, row_key, field_values, candidates"
    held = {"sheet": "L", "sheet_row": 1, "row_key": "k", "field_values": "{}", "candidates": "[]"}
    act = ana.db.counters.last("act") + 1
    old = {**held, "id": 1, "act_id": act, "person_id": ONE}
    ana.act(
        "ana",
        f"INSERT INTO held_row ({columns}, person_id)"
        f" VALUES (1, {act}, 'L', 1, 'k', '{{}}', '[]', {ONE})",
        tells=(ChangeRecord("held_row", 1, ONE, None, dumped(old)),),
    )
    more = f"INSERT INTO held_row ({columns}) VALUES (2, {{act}}, 'Forged', 1, 'k', '{{}}', '[]')"
    told = dumped([["passport", PASSPORT], ["held_row", old]])
    refuses(ana, also(more)(other(5, together=told)(a_list())))
    assert count(desks, "held_row") == 1


def test_ids_that_follow_each_other_are_each_noted(desks: Desks, ana: Forger) -> None:
    """Told are as many as came, but one of them under the number of a gap."""
    ids = [number for number in IDS if number != ONE]
    whole = a_list(*ids)
    refuses(ana, instead(5, file_of(ONE))(whole))
    assert count(desks, "person") == 1


def test_a_list_without_an_act_is_not_kept(desks: Desks) -> None:
    with desks.plain("ana", autocommit=False) as psql:
        for statement in a_list().statements:
            psql.execute(statement)
        with pytest.raises(psycopg.DatabaseError, match="no act tells of this"):
            psql.commit()
    assert count(desks, "person") == 1
