# SPDX-License-Identifier: Apache-2.0
"""Long reading goes to a standby that has all that the primary had, and nowhere else."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from office_builders import FILES, TODAY, import_file, invite
from servers import Cluster

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.copies import keeping
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import anew, checking
from imp_plus_desktop.storage.engines import ServerAddress, make_on_server
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import standing_by

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and a standby, for which nobody waits."""
    folder = Path(tempfile.mkdtemp(prefix="imp-plus-standby-", dir=servers.reachable()))
    folder.chmod(0o755)
    for name in ("primary", "standby"):
        (folder / name).mkdir(mode=0o700)
    primary = Cluster(folder / "primary", more={"wal_keep_size": "256MB"})
    standby = Cluster(folder / "standby", more={"hot_standby": "on"})
    primary.make()
    primary.start()
    make_on_server(primary.address("imp"), ())
    copied = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", servers.OWNER)
    standby.run("pg_basebackup", *copied, "-D", str(standby.folder), "-R", "-c", "fast")
    standby.start()
    yield primary, standby
    for cluster in (primary, standby):
        cluster.end()


@pytest.fixture
def both(pair: tuple[Cluster, Cluster]) -> ServerAddress:
    hosts = tuple(("127.0.0.1", one.port) for one in pair)
    return replace(pair[0].address("imp"), hosts=hosts)


@pytest.fixture
def office(both: ServerAddress) -> Iterator[Office]:
    opened = open_office(both, today=TODAY)
    if opened.register.is_empty():
        import_file(opened, FILES / "names-good.xlsx")
    yield opened
    opened.close()


def from_standby(register: Register) -> bool:
    asked = "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END"
    return bool(register.db.execute_sql(asked).fetchone()[0])


@contextmanager
def held_back(standby: Cluster) -> Iterator[None]:
    """While this lasts, the standby shows nothing new."""
    standby.sql("SELECT pg_wal_replay_pause()")
    end = time.monotonic() + 20
    while standby.sql("SELECT pg_get_wal_replay_pause_state()")[0] != "paused":
        assert time.monotonic() < end
        time.sleep(0.05)
    try:
        yield
    finally:
        standby.sql("SELECT pg_wal_replay_resume()")


def test_what_is_only_read_is_read_from_the_standby(office: Office) -> None:
    invite(office, 700)
    assert standing_by.read_aside(office.register, from_standby)
    assert not from_standby(office.register)
    found = standing_by.read_aside(
        office.register, lambda one: one.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()
    )
    assert found == office.register.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()


def test_a_standby_that_lags_is_not_read(office: Office, pair: tuple[Cluster, Cluster]) -> None:
    with held_back(pair[1]):
        invite(office, 701)
        assert not standing_by.read_aside(office.register, from_standby)
    assert standing_by.read_aside(office.register, from_standby)


def test_where_the_standby_fails_the_primary_is_read(office: Office) -> None:
    asked: list[bool] = []

    def work(register: Register) -> int:
        asked.append(from_standby(register))
        if asked[-1]:
            raise StorageError("server_lost")
        return people.count(office)

    assert standing_by.read_aside(office.register, work) == people.count(office)
    assert asked == [True, False]


def test_nothing_is_written_by_way_of_a_standby(office: Office) -> None:
    reading = office.register.standby()
    assert reading is not None
    with pytest.raises(StorageError, match="only_read"):
        reading.must_write()
    reading.db.close_everywhere()
    assert office.register.reading is None
    assert invite(office, 702)


def test_an_address_with_one_host_reads_there(pair: tuple[Cluster, Cluster]) -> None:
    alone = open_office(pair[0].address("imp"), today=TODAY)
    assert alone.register.standby() is None
    assert not standing_by.read_aside(alone.register, from_standby)
    alone.close()


def test_a_copy_and_a_past_day_are_read_there_and_are_the_same(
    office: Office, tmp_path: Path, pair: tuple[Cluster, Cluster]
) -> None:
    person = invite(office, 703)
    scans = (
        "SELECT COALESCE(SUM(seq_tup_read), 0) FROM pg_stat_user_tables WHERE relname = 'person'"
    )
    before = pair[1].sql(scans, "imp")[0]
    made = keeping.make_in(office, tmp_path)
    assert made.head != checking.head(office), "that it was made is on record"
    assert made.proven
    with anew.as_of(office, TODAY) as then:
        assert people.file(then, person).person.individual_reference == "C1000703"
    end = time.monotonic() + 20
    while pair[1].sql(scans, "imp")[0] <= before:
        assert time.monotonic() < end, "the standby was not asked"
        time.sleep(0.2)
