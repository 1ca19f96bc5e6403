# SPDX-License-Identifier: Apache-2.0
"""What the desks of a register on a server know of each other: who is there, and what is taken on.

With psql, too, nobody is there, or takes something on, as somebody else.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from queue import Empty, Queue

import psycopg
import pytest
import servers
from office_builders import TODAY, a_list, a_row, import_file, invite, receive
from server_desks import Desks

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.desks import ALONE, MINE, NOBODYS, Around, Matter, touched_by
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, DeadlineFilter, PeopleFilter
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.errors import NotAllowed, StorageError
from imp_plus_desktop.services.agenda import agenda, deadlines, visits
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.applications import applications, flags
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.imports import review
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import listed, people
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.services.servers.pulse import CHANGED, Heard, Pulse
from imp_plus_desktop.storage.engines.desks import AGE, SIGN
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.maintenance import contents
from tests.new_registers import new_office

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
ROW = Matter.held_row(3)
GUARD = "imp_plus_guard"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("together", tmp_path_factory.mktemp("together"))
    made.drop()
    made.make()
    ana = made.office("ana")
    receive(ana, invite(ana, 1))
    invite(ana, 2)
    made.close()
    yield made
    made.drop()


@pytest.fixture
def desks(kept: Desks) -> Iterator[Desks]:
    if not kept.stands():
        kept.drop()
        kept.make()
        ana = kept.office("ana")
        receive(ana, invite(ana, 1))
        invite(ana, 2)
        kept.close()
    with kept.plain() as asked:
        asked.execute(f"DELETE FROM {GUARD}.claim")
        asked.execute(f"DELETE FROM {GUARD}.desk_seen")
    yield kept
    kept.close()


class Ear:
    """What a pulse tells, as it comes."""

    def __init__(self, office: Office) -> None:
        self._told: Queue[Heard | StorageError] = Queue()
        self.pulse = Pulse(office, self._told.put)

    def hears(self, meant: Callable[[Heard], bool]) -> Heard:
        until = time.monotonic() + 20
        while True:
            told = self._told.get(timeout=max(0.0, until - time.monotonic()))
            if isinstance(told, Heard) and meant(told):
                return told

    def fails(self) -> str:
        while True:
            told = self._told.get(timeout=20)
            if isinstance(told, StorageError):
                return told.code

    def is_silent(self, seconds: float) -> bool:
        try:
            return self._told.get(timeout=seconds) is None
        except Empty:
            return True


@pytest.fixture
def ears(desks: Desks) -> Iterator[Callable[[str], Ear]]:
    made: list[Ear] = []

    def listen(user: str) -> Ear:
        made.append(Ear(desks.office(user)))
        return made[-1]

    yield listen
    for one in made:
        one.pulse.stop()


def names_at(around: Around, person: int) -> list[str]:
    return [one.name for one in around.others_at(person)]


def an_office(desks: Desks, user: str) -> Office:
    """A desk that has heard what there is."""
    office = desks.office(user)
    claims.look(office)
    return office


# Who is there


def test_who_opens_a_file_is_seen_at_once_by_the_others_and_gone_at_once_when_they_leave(
    ears: Callable[[str], Ear],
) -> None:
    ana, rob = ears("ana"), ears("rob")
    ana.hears(lambda told: len(told.around.people) == 2)
    begun = time.monotonic()
    rob.pulse.stand_at(1)
    told = ana.hears(lambda told: names_at(told.around, 1) == ["rob"])
    assert time.monotonic() - begun < 1
    assert not told.has_news
    assert names_at(told.around, 2) == []
    rob.pulse.stand_at(2)
    ana.hears(lambda told: names_at(told.around, 2) == ["rob"] and not names_at(told.around, 1))
    begun = time.monotonic()
    rob.pulse.stop()
    told = ana.hears(lambda told: not names_at(told.around, 2))
    assert time.monotonic() - begun < 1
    assert [one.name for one in told.around.people] == ["ana"]


def test_one_s_own_desk_is_nobody_else_and_another_of_the_same_user_is(
    ears: Callable[[str], Ear],
) -> None:
    first, second = ears("ana"), ears("ana")
    first.pulse.stand_at(1)
    told = second.hears(lambda told: bool(names_at(told.around, 1)))
    assert names_at(told.around, 1) == ["ana"]
    told = first.hears(lambda told: len(told.around.people) == 2)
    assert names_at(told.around, 1) == []


def test_one_s_own_desk_stays_one_s_own_when_something_is_taken_on(
    ears: Callable[[str], Ear],
) -> None:
    """The answer comes over another connection than the one by which one is there."""
    ana = ears("ana")
    ana.pulse.stand_at(1)
    ana.hears(lambda told: any(one.person == 1 for one in told.around.people))
    office = ana.pulse._office
    claims.take_on(office, ROW)
    assert ROW in office.company.claims
    assert [one.is_own for one in office.company.people] == [True]
    assert names_at(office.company, 1) == []


KILLED = """
import sys, time
from imp_plus_desktop.storage import engines
notices = engines.connect_server(engines.parse(sys.argv[1])).watch()
notices.sign(1)
print("there", flush=True)
time.sleep(600)
"""


def test_a_desk_that_is_killed_is_gone_before_half_a_minute_is_over(desks: Desks) -> None:
    ana = desks.office("ana").register.db.desks
    assert ana is not None
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(desks.address("bea"))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "there\n"
        assert names_at(ana.around(), 1) == ["bea"]
        os.kill(other.pid, signal.SIGKILL)
    begun = time.monotonic()
    while names_at(ana.around(), 1):
        assert time.monotonic() - begun < 10
        time.sleep(0.02)


def test_a_desk_whose_line_hangs_is_gone_by_the_age_of_its_sign(desks: Desks) -> None:
    """Its server process is still there: only its sign grows old."""
    notices = desks.office("bea").register.db.watch()
    assert notices is not None
    notices.sign(1)
    ana = desks.office("ana").register.db.desks
    assert ana is not None
    assert names_at(ana.around(), 1) == ["bea"]
    with desks.plain() as asked:
        asked.execute(f"UPDATE {GUARD}.desk_seen SET seen = seen - interval '19 s'")
    assert names_at(ana.around(), 1) == ["bea"]
    assert names_at(ana.around(age=18.0), 1) == []
    notices.close()
    assert AGE + SIGN < 30
    assert AGE > 2 * SIGN, "one sign may come late"


def test_a_process_that_another_has_now_is_not_the_desk_that_had_it(desks: Desks) -> None:
    ana = desks.office("ana").register
    desks_of_ana = ana.db.desks
    assert desks_of_ana is not None
    own = ana.db.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
    with desks.plain() as asked:
        asked.execute(f"INSERT INTO {GUARD}.desk_seen VALUES (%s, 'bea', 1, now(), now())", (own,))
    assert desks_of_ana.around().people == ()


# With psql


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO {GUARD}.desk_seen VALUES (1, 'ana', 1, now(), now())",
        f"UPDATE {GUARD}.desk_seen SET name = 'ana'",
        f"DELETE FROM {GUARD}.desk_seen",
        f"INSERT INTO {GUARD}.claim VALUES ('held_row', '1', 'ana', now(), now(), 'infinity')",
        f"UPDATE {GUARD}.claim SET name = 'bea'",
        f"DELETE FROM {GUARD}.claim",
        f"SELECT {GUARD}.end_claims()",
        "SET ROLE ana",
        "SET SESSION AUTHORIZATION ana",
    ],
)
def test_nobody_writes_there_but_by_the_functions(desks: Desks, statement: str) -> None:
    with desks.plain("bea") as asked, pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked.execute(statement)


def test_nobody_is_there_or_takes_on_as_another_whatever_they_set_up(desks: Desks) -> None:
    ana = an_office(desks, "ana")
    claims.take_on(ana, Matter.held_row(1))
    with desks.plain("bea") as asked:
        asked.execute("CREATE TEMPORARY TABLE claim (LIKE pg_class)")
        asked.execute("CREATE TEMPORARY TABLE desk_seen (LIKE pg_class)")
        asked.execute(
            "CREATE FUNCTION pg_temp.is_there(BIGINT, TEXT) RETURNS BOOLEAN LANGUAGE sql"
            " AS 'SELECT TRUE'"
        )
        asked.execute("SET search_path = pg_temp, imp_plus, imp_plus_guard")
        asked.execute("SET application_name = 'ana'")
        asked.execute("SELECT imp_plus.be_seen(1)")
        assert asked.execute("SELECT imp_plus.claim_it('held_row', '2', 0)").fetchone() == ("bea",)
        # Somebody else's is let go by nobody, and taken over under one's own name alone.
        assert asked.execute("SELECT imp_plus.let_it_go('held_row', '1')").fetchone() == (False,)
        assert asked.execute("SELECT imp_plus.claim_it('held_row', '1', 0)").fetchone() == ("ana",)
        around = claims.look(ana)
        assert names_at(around, 1) == ["bea"]
        assert {claim.matter.what: claim.name for claim in around.claims.values()} == {
            "1": "ana",
            "2": "bea",
        }
        with pytest.raises(psycopg.errors.CheckViolation):
            asked.execute("SELECT imp_plus.claim_it('person', '1', 0)")
        with pytest.raises(psycopg.errors.CheckViolation):
            asked.execute("SELECT imp_plus.claim_it('held_row', repeat('x', 5000), 0)")


# What is taken on


def test_what_is_taken_on_is_seen_by_all_and_no_wall(desks: Desks) -> None:
    ana, bea = an_office(desks, "ana"), an_office(desks, "bea")
    assert claims.take_on(ana, ROW) == "ana"
    assert ana.company.claims[ROW].is_own
    assert claims.take_on(bea, ROW) == "ana"
    claim = claims.others_claim(bea, Matter.held_row(1), ROW)
    assert claim is not None
    assert (claim.name, claim.is_own) == ("ana", False)
    assert claims.others_claim(ana, ROW) is None
    assert not claims.let_go(bea, ROW)
    assert claims.take_on(bea, ROW, away=True) == "bea"
    assert claims.look(ana).claims[ROW].name == "bea"
    assert claims.let_go(bea, ROW)
    assert claims.look(ana).claims == {}


def test_others_hear_within_a_second_that_something_is_taken_on(
    desks: Desks, ears: Callable[[str], Ear]
) -> None:
    ear = ears("ana")
    ear.hears(lambda told: told.has_news)
    bea = an_office(desks, "bea")
    begun = time.monotonic()
    claims.take_on(bea, ROW)
    told = ear.hears(lambda told: ROW in told.around.claims)
    assert time.monotonic() - begun < 1
    assert not told.has_news
    claims.let_go(bea, ROW)
    ear.hears(lambda told: ROW not in told.around.claims)


def test_who_reads_is_seen_and_takes_nothing_on(desks: Desks) -> None:
    rob = an_office(desks, "rob")
    assert not claims.is_possible(rob)
    with pytest.raises(NotAllowed):
        claims.take_on(rob, ROW)
    assert claims.is_possible(an_office(desks, "ana"))


@pytest.mark.parametrize(
    "later",
    ["seen = seen - interval '121 minutes'", "until = until - interval '1 day'"],
    ids=["two hours without a sign", "the end of the day"],
)
def test_what_is_taken_on_ends_by_itself(desks: Desks, later: str) -> None:
    ana, bea = an_office(desks, "ana"), an_office(desks, "bea")
    claims.take_on(ana, ROW)
    with desks.plain() as asked:
        asked.execute(f"UPDATE {GUARD}.claim SET {later}")
    assert claims.look(ana).claims == {}
    assert claims.take_on(bea, ROW) == "bea"
    assert claims.look(ana).claims[ROW].name == "bea"


def test_it_is_anybody_s_at_midnight_in_toronto(desks: Desks) -> None:
    claims.take_on(an_office(desks, "ana"), ROW)
    with desks.plain() as asked:
        told = asked.execute(
            "SELECT to_char(until AT TIME ZONE 'America/Toronto', 'HH24:MI:SS'),"
            " until - since <= interval '25 hours' AND until > since"
            f" FROM {GUARD}.claim"
        ).fetchone()
    assert told == ("00:00:00", True)


def test_a_sign_of_the_desk_keeps_what_it_has_taken_on(desks: Desks) -> None:
    ana = an_office(desks, "ana")
    claims.take_on(ana, ROW)
    notices = ana.register.db.watch()
    assert notices is not None
    with desks.plain() as asked:
        asked.execute(f"UPDATE {GUARD}.claim SET seen = seen - interval '119 minutes'")
        notices.sign(None)
        asked.execute(f"UPDATE {GUARD}.claim SET seen = seen - interval '119 minutes'")
    assert ROW in claims.look(ana).claims
    notices.close()


def test_it_outlives_a_desk_that_breaks_off(desks: Desks) -> None:
    bea = an_office(desks, "bea")
    claims.take_on(an_office(desks, "ana"), ROW)
    with desks.plain() as asked:
        asked.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ana'"
        )
    assert claims.look(bea).claims[ROW].name == "ana"


def test_a_deadline_is_ended_by_what_is_said_of_it_and_a_filter_knows_it(desks: Desks) -> None:
    ana, bea = an_office(desks, "ana"), an_office(desks, "bea")
    first, second, *_rest = deadlines.agenda(ana)
    for office, row in ((ana, first), (bea, second)):
        claims.take_on(office, claims.of_deadline(row))
    claims.look(ana)
    shown = {row.key: row.claim for row in deadlines.agenda(ana)}
    assert (shown[first.key], shown[second.key]) == (
        ana.company.claims[claims.of_deadline(first)],
        ana.company.claims[claims.of_deadline(second)],
    )
    assert sum(claim is not None for claim in shown.values()) == 2
    mine = list(deadlines.ids(ana, DeadlineFilter(claimed=MINE)))
    nobodys = list(deadlines.ids(ana, DeadlineFilter(claimed=NOBODYS)))
    assert mine == [first.key]
    assert sorted([*mine, *nobodys, second.key]) == sorted(shown)
    agenda.settle(ana, Named.of(first))
    agenda.acknowledge(ana, Named.of(second))
    assert claims.look(bea).claims == {}


def test_a_held_row_is_ended_by_its_answer(desks: Desks, tmp_path: Path) -> None:
    ana = an_office(desks, "ana")
    alike = a_row(1, individual_reference="", uci="", family_name="Benali", given_names="Amine")
    invite(ana, 7, family_name="Benali", given_names="Amine", birth_date="1990-03-04")
    alike["birth_date"] = "1990-03-04"
    alike.pop("individual_reference", None)
    alike.pop("uci", None)
    import_file(ana, a_list(tmp_path / "list.xlsx", [alike]))
    held = review.rows(ana)
    assert held, "the list holds a row"
    matter = Matter.held_row(held[0].row)
    claims.take_on(ana, matter)
    claims.take_on(ana, ROW)
    review.resolve(an_office(desks, "bea"), held[0].row, review.DROP)
    assert list(claims.look(ana).claims) == [ROW]


def test_what_one_did_oneself_is_no_news(desks: Desks) -> None:
    """A clerk stands in the journal under their user, whatever their computer calls them."""
    ana, luc = an_office(desks, "ana"), an_office(desks, "luc")
    before = visits.now(ana)
    invite(ana, 741)
    assert visits.since(ana, before).count == 0
    assert visits.since(luc, before).count == 1
    assert visits.place(ana) != visits.place(luc)


def test_what_is_taken_on_ends_with_the_file_that_it_is_of(desks: Desks) -> None:
    """A child's eighteenth birthday stood there, to be seen by every desk until midnight."""
    ana, luc = an_office(desks, "ana"), an_office(desks, "luc")
    gone = invite(ana, 731, letter_date="2020-09-01", letter_received_date="2020-09-04")
    birthday = Matter("deadline", f"{gone}:age_18:2025-02-03:1")
    finding = Matter("finding", f"{gone}:over_cap:1:")
    other = Matter("deadline", f"{gone}9:age_18:2025-02-03:1")
    for matter in (birthday, finding, other):
        claims.take_on(ana, matter)
    erasure.erase(luc, gone, "asked", early="asked for it")
    assert list(claims.look(ana).claims) == [other]
    with desks.plain() as asked:
        assert asked.execute(f"SELECT COUNT(*) FROM {GUARD}.claim").fetchone() == (1,)


def test_a_finding_is_ended_by_its_reason(desks: Desks, tmp_path: Path) -> None:
    ana = an_office(desks, "ana")
    early = a_row(
        20,
        application_number="W300000020",
        received_at=date(2023, 9, 11),
        decided_on=date(2023, 9, 5),
        outcome="approved",
    )
    import_file(ana, a_list(tmp_path / "list.xlsx", [early]))
    person = people.find(ana, early["individual_reference"])
    (flag,) = flags.of_person(ana, person)
    matter = claims.of_finding(person, flag)
    assert matter.person == person
    claims.take_on(ana, matter)
    assert matter in claims.look(ana).claims
    flags.settle(an_office(desks, "bea"), person, Wanted(flag.code), "as IRCC wrote it")
    assert claims.look(ana).claims == {}


def test_a_filter_knows_whose_a_finding_is(desks: Desks, tmp_path: Path) -> None:
    ana, bea = an_office(desks, "ana"), an_office(desks, "bea")
    found, file = [], {"received_at": date(2023, 9, 11), "decided_on": date(2023, 9, 5)}
    for number in (31, 32, 33):
        row = a_row(number, application_number=f"W3100000{number}", outcome="approved", **file)
        import_file(ana, a_list(tmp_path / f"{number}.xlsx", [row]))
        person = people.find(ana, row["individual_reference"])
        found.append((person, *flags.of_person(ana, person)))
    everybody = [person for person, _flag in found]
    for office, (person, flag) in zip((ana, bea), found, strict=False):
        claims.take_on(office, claims.of_finding(person, flag))
    claims.look(ana)

    def kept(claimed: str | None) -> tuple[list[int], list[int]]:
        of_people = PeopleFilter(flagged=True, claimed=claimed)
        of_applications = ApplicationFilter(flagged=True, claimed=claimed)
        own = {flag.application: person for person, flag in found}
        told = applications.ids(ana, of_applications)
        return (
            [n for n in listed.ids(ana, of_people) if n in everybody],
            sorted(own[ApplicationId(n)] for n in told if n in own),
        )

    assert kept(None) == (everybody, everybody)
    assert kept(MINE) == (everybody[:1], everybody[:1])
    assert kept(NOBODYS) == (everybody[2:], everybody[2:])
    for person, flag in found:
        flags.settle(ana, person, Wanted(flag.code), "as IRCC wrote it")


def test_nothing_of_it_is_in_the_register(desks: Desks) -> None:
    ana = an_office(desks, "ana")
    register = ana.register
    before = contents.digests(register), journal.head(register.db)
    written = register.db.execute_sql("SELECT written FROM register_state").fetchone()
    notices = register.db.watch()
    assert notices is not None
    notices.sign(1)
    claims.take_on(ana, ROW)
    claims.let_go(ana, ROW)
    notices.close()
    assert (contents.digests(register), journal.head(register.db)) == before
    assert register.db.execute_sql("SELECT written FROM register_state").fetchone() == written
    assert register.db.shape_fault() is None


def test_in_a_file_there_is_nobody_and_nothing_to_take_on(tmp_path: Path) -> None:
    office = new_office(tmp_path / "own.imp", TODAY)
    try:
        assert claims.look(office) == ALONE
        assert not claims.is_possible(office)
        assert claims.take_on(office, ROW) == ""
        assert not claims.let_go(office, ROW)
        assert office.company == ALONE
    finally:
        office.close()


def test_the_command_line_tells_what_is_taken_on_and_who_is_there(
    desks: Desks, capsys: pytest.CaptureFixture[str]
) -> None:
    ana = an_office(desks, "ana")
    (row, *_rest) = deadlines.agenda(ana)
    claims.take_on(ana, ROW)
    claims.take_on(ana, claims.of_deadline(row))
    notices = ana.register.db.watch()
    assert notices is not None
    notices.sign(1)
    address = str(desks.address("bea"))
    assert main(["--register", address, "--json", "claims"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["row"], one["person"]) for one in told["claims"]] == [
        ("held_row", 3, None),
        ("deadline", None, row.person_id),
    ]
    assert {(one["user"], one["own"]) for one in told["claims"]} == {("ana", False)}
    assert [(one["user"], one["person"]) for one in told["desks"]] == [("ana", 1)]
    assert main(["--register", address, "--lang", "en", "claims"]) == 0
    assert capsys.readouterr().out.startswith("ana · held row 3 · ")
    notices.close()


# The line, and the format


def test_a_lost_line_is_told_and_found_again_with_news(
    desks: Desks, ears: Callable[[str], Ear]
) -> None:
    ear = ears("ana")
    ear.hears(lambda told: told.has_news)
    let = f"ALTER DATABASE {desks.database} ALLOW_CONNECTIONS"
    desks.cluster.sql(f"{let} false")
    desks.cluster.sql(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{desks.database}'"
    )
    assert ear.fails() in ("server_lost", "server_unreachable")
    desks.cluster.sql(f"{let} true")
    ear.pulse.ask()
    assert ear.hears(lambda told: told.has_news).around.people


def test_nobody_listens_while_the_window_is_locked(
    desks: Desks, ears: Callable[[str], Ear]
) -> None:
    ana, bea = ears("ana"), ears("bea")
    ana.pulse.stand_at(1)
    bea.hears(lambda told: names_at(told.around, 1) == ["ana"])
    office = ana.pulse._office
    office.register.sleep()
    ana.pulse.ask()
    bea.hears(lambda told: not names_at(told.around, 1))
    office.register.wake("")
    bea.hears(lambda told: names_at(told.around, 1) == ["ana"])


def test_each_desk_is_told_at_once_that_the_format_changed_and_goes_on_no_more(
    desks: Desks, ears: Callable[[str], Ear]
) -> None:
    office = desks.office("ana")
    ear = Ear(office)
    ear.hears(lambda told: told.has_news)
    with desks.plain(autocommit=False) as asked:
        asked.execute("UPDATE register_state SET of_servers = of_servers + 1")
        asked.execute("SELECT pg_notify('imp_plus_desks', 'format')")
    try:
        begun = time.monotonic()
        assert ear.fails() == CHANGED
        assert time.monotonic() - begun < 1
        with pytest.raises(StorageError, match="format_changed"):
            invite(office, 9)
        with pytest.raises(StorageError, match="format_changed"):
            deadlines.agenda(office)
        bea = None
        with pytest.raises(StorageError, match="newer"):
            bea = desks.office("bea")
        assert bea is None
        ear.pulse.ask()
        assert ear.is_silent(0.3)
    finally:
        ear.pulse.stop()
        with desks.plain() as asked:
            asked.execute("UPDATE register_state SET of_servers = of_servers - 1")


def test_a_desk_that_did_not_hear_of_it_writes_nothing_either(desks: Desks) -> None:
    office = desks.office("ana")
    with desks.plain() as asked:
        before = asked.execute("SELECT MAX(id) FROM act").fetchone()
        asked.execute("UPDATE register_state SET of_servers = of_servers + 1")
        try:
            with pytest.raises(StorageError, match="format_changed"):
                invite(office, 9)
            assert asked.execute("SELECT MAX(id) FROM act").fetchone() == before
        finally:
            asked.execute("UPDATE register_state SET of_servers = of_servers - 1")


def test_only_what_reads_otherwise_is_shown_anew(desks: Desks) -> None:
    ana = an_office(desks, "ana")
    (row, *_rest) = deadlines.agenda(ana)
    claims.take_on(ana, claims.of_deadline(row))
    taken = ana.company.claims
    touched = touched_by({}, taken)
    assert touched.people == {row.person_id}
    assert set(touched.ids) == {"deadline_mark"}
    assert touched == touched_by(taken, {})
    assert not touched_by(taken, dict(taken)).ids
    strange = Matter("deadline", "what a stranger wrote")
    assert strange.person is None
    assert flags.of_person(ana, row.person_id) is not None
