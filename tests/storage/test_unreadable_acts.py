# SPDX-License-Identifier: Apache-2.0
"""What a user of a server writes by hand and no desk could go on with: an act that nobody can read,
ids that leap, a moment that is none, another's name in a row; and ids that only who writes has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import peewee
import psycopg
import pytest
import servers
from desk_fixtures import desks, kept
from office_builders import a_list, a_row, import_file, invite
from server_desks import Desks, Forger

from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines.postgresql.rights import telling
from imp_plus_desktop.storage.engines.postgresql.shape.functions import LEAPING
from imp_plus_desktop.storage.history import merges
from imp_plus_desktop.storage.journal.journal import ChangeRecord

__all__ = ["desks", "kept"]
pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture
def ana(desks: Desks) -> Iterator[Forger]:
    forger = Forger(desks.address("ana"))
    yield forger
    forger.close()


def state_of(error: BaseException) -> str:
    return str(error.orig.sqlstate)  # type: ignore[attr-defined]


DETAILS = (
    *("[1]", "7", '"x"', "null"),
    *('{"counts":7}', '{"counts":{"year":"x"}}', '{"counts":[1]}', '{"counts":{"a":{}}}'),
    *('{"out":1}', '{"out":["people"]}', '{"out":["a","b","c"]}', '{"out":["a",1]}'),
    *('{"people":"x"}', '{"people":{"a":1}}', '{"people":["x"]}', '{"person":"x"}'),
    *('{"overrides":1}', '{"overrides":{"a":{}}}', '{"reason":1}'),
)


@pytest.mark.parametrize("details", DETAILS)
def test_an_act_that_nobody_could_read_is_refused(ana: Forger, details: str) -> None:
    with pytest.raises(peewee.DatabaseError) as told:
        ana.act("ana", details=details)
    assert state_of(told.value) == "IP001"


@pytest.mark.parametrize(
    ("service", "details"),
    [
        *(("x" * 100, "{}"), ("", "{}"), ("people edit", "{}"), ("<b>", "{}")),
        *((telling.MERGING, "{}"), (telling.MERGING, '{"merged":{"into":1}}')),
        (telling.MERGING, '{"merged":{"into":"1","from":"2"}}'),
    ],
)
def test_an_act_of_no_kind_is_refused(ana: Forger, service: str, details: str) -> None:
    with pytest.raises(peewee.DatabaseError) as told:
        ana.act("ana", service=service, details=details)
    assert state_of(told.value) == "IP001"


def test_merging_is_called_there_as_the_journal_calls_it() -> None:
    assert telling.MERGING == merges.SERVICE


def a_person(number: int) -> tuple[str, ChangeRecord]:
    told = json.dumps({"family_name": "Forged", "id": number}, separators=(",", ":"))
    statement = f"INSERT INTO person (id, family_name) VALUES ({number}, 'Forged')"
    return statement, ChangeRecord("person", number, number, None, told)


@pytest.mark.parametrize("number", [0, -5, LEAPING + 50, 10**12, 2**63 - 1])
def test_ids_that_leap_or_are_none_are_refused(desks: Desks, ana: Forger, number: int) -> None:
    statement, change = a_person(number)
    with pytest.raises(peewee.DatabaseError) as told:
        ana.act("ana", statement, tells=(change,))
    assert state_of(told.value) == "IP001"
    assert checking.check(desks.office("luc")).passed


def test_whoever_looks_through_all_of_it_leaps_with_the_ids(desks: Desks, ana: Forger) -> None:
    """A register of before may have some that lie far apart."""
    desks.is_new = False
    plain = desks.plain()
    plain.execute("ALTER TABLE imp_plus.person DISABLE TRIGGER person_counts")
    statement, change = a_person(10**12)
    ana.act("ana", statement, tells=(change,))
    plain.execute("ALTER TABLE imp_plus.person ENABLE TRIGGER person_counts")
    plain.close()
    found = checking.check(desks.office("luc"))
    assert {name for name, told in found.parts.items() if told != "ok"} <= {"schema"}


@pytest.mark.parametrize(
    "moment",
    [
        "abcd-ef-ghTij:kl:mnZ",
        *("2023-02-30T10:00:00Z", "2023-11-22T24:00:00Z", "0000-01-01T10:00:00Z"),
        *("0001-01-01T00:00:00Z", "2023-11-22T10:00Z", "2023-11-22T10:00:00Z\nZ"),
    ],
)
def test_a_moment_that_is_none_is_refused(desks: Desks, moment: str) -> None:
    """Everybody's lists read when an application was received."""
    plain = desks.plain()
    try:
        with pytest.raises(psycopg.errors.CheckViolation):
            plain.execute("UPDATE imp_plus.application SET received_at = %s", (moment,))
    finally:
        plain.close()


def test_who_only_reads_has_no_ids(desks: Desks) -> None:
    """Whoever counts holds up who else does until the end of the transaction."""
    for user, may in (("rob", False), ("ana", True)):
        plain = desks.plain(user, autocommit=False)
        try:
            if may:
                plain.execute("SELECT next_id('person')")
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    plain.execute("SELECT next_id('person')")
        finally:
            plain.rollback()
            plain.close()


def settle_by_hand(ana: Forger, person: int, who: str) -> None:
    number = ana.db.counters.last("flag_settlement") + 1
    row = {
        "about": "x",
        "code": "over_cap",
        "id": number,
        "person_id": person,
        "reason": "x",
        "settled_by": who,
        "settled_on": "2023-11-22",
        "subject_id": 1,
    }
    told = json.dumps(row, separators=(",", ":"))
    columns, values = ", ".join(row), ", ".join(map(repr, row.values()))
    statement = f"INSERT INTO flag_settlement ({columns}) VALUES ({values})"
    ana.act("ana", statement, tells=(ChangeRecord("flag_settlement", number, person, None, told),))


def test_nobody_settles_in_another_s_name(desks: Desks, ana: Forger) -> None:
    desks.is_new = False
    with pytest.raises(peewee.DatabaseError) as told:
        settle_by_hand(ana, 1, "luc")
    assert state_of(told.value) == "IP001"
    settle_by_hand(ana, 1, "ana")


def test_what_somebody_settled_comes_back_in_their_name(
    desks: Desks, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Out of the bin by another desk, and by an undo."""
    desks.is_new = False
    ana, bea, luc = (desks.office(user) for user in ("ana", "bea", "luc"))
    row = a_row(
        40,
        application_number="W300000040",
        received_at=date(2023, 9, 10),
        outcome="approved",
        decided_on=date(2023, 9, 1),
    )
    import_file(ana, a_list(tmp_path_factory.mktemp("list") / "list.xlsx", [row]))
    person = ana.register.db.execute_sql("SELECT MAX(id) FROM person").fetchone()[0]
    wanted = Wanted(FlagCode.DECIDED_BEFORE_RECEIVED)
    act, settled = flags.settle(ana, person, wanted, "as it was")
    assert settled == 1
    assert act is not None
    undone = history.undo(luc, act).act
    assert undone is not None
    assert history.undo(luc, undone).act is not None
    file_bin.delete(bea, person, "twice")
    file_bin.restore(luc, person)
    (settled_again,) = people.file(bea, person).settlements
    assert settled_again.settled_by == "ana"
    assert checking.check(luc).passed
    invite(bea, 77)
