# SPDX-License-Identifier: Apache-2.0
"""A primary is killed while eight desks receive applications, and its standby takes its place."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from office_builders import AT, TODAY, a_list, a_row, decide, import_file, places
from servers import Cluster

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Reception
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines import ServerAddress, make_on_server
from imp_plus_desktop.storage.engines.postgresql.line import acknowledging
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

DESKS, EACH, BEFORE = 8, 20, 40
"""Desks, receipts of each, and how many are acknowledged before the primary is killed."""
_LONGEST = 60.0


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and its standby, on which every commit waits for the standby."""
    folder = Path(tempfile.mkdtemp(prefix="imp-plus-failover-", dir=servers.reachable()))
    folder.chmod(0o755)
    made = []
    for name in ("primary", "standby"):
        (folder / name).mkdir(mode=0o700)
        made.append(Cluster(folder / name, safe=True, more={"hot_standby": "on"}))
    primary, standby = made
    primary.make()
    primary.start()
    make_on_server(primary.address("imp"), ())
    copied = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", servers.OWNER)
    standby.run("pg_basebackup", *copied, "-D", str(standby.folder), "-R", "-c", "fast")
    standby.start()
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.sql("SELECT pg_reload_conf()")
    _wait_for(primary, "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'", 1)
    yield primary, standby
    for cluster in made:
        cluster.end()


def _wait_for(cluster: Cluster, asked: str, answer: object) -> None:
    end = time.monotonic() + _LONGEST
    while cluster.sql(asked)[0] != answer:
        assert time.monotonic() < end, asked
        time.sleep(0.05)


def _both(*clusters: Cluster) -> ServerAddress:
    hosts = tuple(("127.0.0.1", one.port) for one in clusters)
    return replace(clusters[0].address("imp"), hosts=hosts)


class Desk(threading.Thread):
    """Receives its applications one after the other, whatever happens, as a person would."""

    def __init__(self, address: ServerAddress, ids: list[int], acknowledged: list[int]) -> None:
        super().__init__()
        self.places: dict[int, int | None] = {}
        self.failure: BaseException | None = None
        self.told: list[str] = []
        self._address, self._ids, self._acknowledged = address, ids, acknowledged

    def run(self) -> None:
        try:
            office = open_office(self._address, today=TODAY)
            for person in self._ids:
                self.places[person] = self._received(office, person)
                self._acknowledged.append(person)
            office.close()
        except BaseException as error:
            self.failure = error

    def _received(self, office: Office, person: int) -> int | None:
        end = time.monotonic() + _LONGEST
        while True:
            try:
                return applications.receive(office, Reception(person, AT)).place
            except StorageError as error:
                self.told.append(error.code)
                if error.code == "kept_after_all":
                    return people.file(office, person).own_applications[0].place
                lost = ("server_lost", "server_unreachable", "server_unsure", "locked")
                if error.code not in lost or time.monotonic() > end:
                    raise
                time.sleep(0.1)


@pytest.mark.long
@pytest.mark.timeout(170)
def test_no_acknowledged_receipt_is_lost_with_the_primary(
    pair: tuple[Cluster, Cluster], tmp_path: Path
) -> None:
    primary, standby = pair
    address = _both(primary, standby)
    office = open_office(address, today=TODAY)
    rows = [a_row(number) for number in range(1, DESKS * EACH + 1)]
    import_file(office, a_list(tmp_path / "list.xlsx", rows))
    ids = _everybody(office)
    acknowledged: list[int] = []
    desks = [Desk(address, ids[number::DESKS], acknowledged) for number in range(DESKS)]
    for desk in desks:
        desk.start()
    end = time.monotonic() + _LONGEST
    while len(acknowledged) < BEFORE and time.monotonic() < end:
        time.sleep(0.01)
    before = list(acknowledged)
    primary.stop(kill=True)
    standby.sql("SELECT pg_promote()")
    for desk in desks:
        desk.join(timeout=_LONGEST + 30)
    assert [desk.failure for desk in desks] == [None] * DESKS
    assert BEFORE <= len(before) < len(ids)
    _all_is_there(office, desks, ids)
    _the_old_primary_is_not_taken(office, primary, standby, ids[0])
    office.close()


def _everybody(office: Office) -> list[int]:
    rows = office.register.db.execute_sql("SELECT id FROM person ORDER BY id").fetchall()
    return [row[0] for row in rows]


def _all_is_there(office: Office, desks: list[Desk], ids: list[int]) -> None:
    told = {person: place for desk in desks for person, place in desk.places.items()}
    kept = office.register.db.execute_sql(
        "SELECT person_id, place FROM application ORDER BY person_id"
    ).fetchall()
    assert kept == sorted(told.items())
    assert sorted(told.values(), key=str) == sorted(range(1, len(ids) + 1), key=str)
    assert places(office.register) == (len(ids),) * 3
    assert journal.verify(office.register.db) is None
    assert replay.ledger_fault(office.register) is None
    assert any(desk.told for desk in desks)


def _the_old_primary_is_not_taken(office: Office, old: Cluster, new: Cluster, person: int) -> None:
    """It is started again, and stands first among the hosts."""
    _come_back(old)
    applied = people.file(office, person).own_applications[0].id
    end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'imp'"
    new.sql(end_all)
    decide(office, applied)
    counted = "SELECT COUNT(*) FROM imp_plus.application WHERE outcome = 'approved'"
    assert (new.sql(counted, "imp")[0], old.sql(counted, "imp")[0]) == (1, 0)
    office.close()
    with pytest.raises(StorageError) as told:
        open_office(_both(old), today=TODAY)
    assert told.value.code == "server_older"
    again = open_office(_both(old, new), today=TODAY)
    assert again.register.db.whence[1] == 2
    again.close()


def _come_back(old: Cluster) -> None:
    """A primary that was killed is started as it is."""
    (old.folder / "postmaster.pid").unlink()
    old.start()


def test_what_hears_the_other_desks_does_not_go_to_the_old_primary(
    pair: tuple[Cluster, Cluster], tmp_path: Path
) -> None:
    primary, standby = pair
    office = open_office(_both(primary, standby), today=TODAY)
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(1)]))
    (person,) = _everybody(office)
    primary.stop(kill=True)
    standby.sql("SELECT pg_promote()")
    _wait_for(standby, "SELECT pg_is_in_recovery()", answer=False)
    assert _everybody(office) == [person]
    _come_back(primary)
    heard = office.register.watch()
    assert heard is not None
    heard.sign(person)
    assert heard.looked_at(person)
    present = "SELECT COUNT(*) FROM imp_plus_guard.desk_seen"
    assert (standby.sql(present, "imp")[0], primary.sql(present, "imp")[0]) == (1, 0)
    heard.close()
    standby.stop()
    with pytest.raises(StorageError) as told:
        office.register.watch()
    assert told.value.code == "server_older"
    office.close()


def test_a_commit_that_its_standby_never_confirms_is_not_acknowledged(
    pair: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    primary, standby = pair
    monkeypatch.setattr(acknowledging, "PATIENCE", 0.5)
    office = open_office(_both(primary, standby), today=TODAY)
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2)]))
    one, other = _everybody(office)
    standby.stop()
    for _time in range(2):
        with pytest.raises(StorageError) as told:
            applications.receive(office, Reception(one, AT))
        assert told.value.code == "server_unsure"
    standby.start()
    with pytest.raises(StorageError) as told:
        applications.receive(office, Reception(other, AT))
    assert told.value.code == "kept_after_all"
    assert applications.receive(office, Reception(other, AT)).place == 2
    assert places(office.register) == (2, 2, 2)
    office.close()
