# SPDX-License-Identifier: Apache-2.0
"""Long reading goes to a standby that has all that the primary had, and nowhere else."""

from __future__ import annotations

import json
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import servers
from office_builders import FILES, TODAY, import_file, invite
from servers import Cluster

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.copies import keeping
from imp_plus_desktop.services.exports import export_process, exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import anew, aside, checking
from imp_plus_desktop.services.quota import reports
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


class Losing:
    """The line of a long reading, which is lost the first time that it has told anything."""

    def __init__(self, *, lost: bool = False) -> None:
        self.lost = lost

    def step(self, _done: int, _total: int) -> None:
        if not self.lost:
            self.lost = True
            raise StorageError("server_lost")


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a workbook has on its sheets."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
    opened = openpyxl.load_workbook(path, read_only=True)
    found = {sheet.title: [tuple(c.value for c in row) for row in sheet] for sheet in opened}
    opened.close()
    return found


@contextmanager
def read_by(standby: Cluster, table: str = "person") -> Iterator[None]:
    """See that rows of a table are looked for on the standby while this lasts."""
    asked = (
        "SELECT COALESCE(SUM(seq_scan + COALESCE(idx_scan, 0)), 0)"
        f" FROM pg_stat_user_tables WHERE relname = '{table}'"
    )
    before = standby.sql(asked, "imp")[0]
    yield
    end = time.monotonic() + 20
    while standby.sql(asked, "imp")[0] <= before:
        assert time.monotonic() < end, "the standby was not asked"
        time.sleep(0.2)


def test_what_an_office_lists_and_counts_for_long_is_read_there_with_its_latest_lines(
    office: Office,
) -> None:
    person = invite(office, 710)  # whose line nobody has made yet

    def work(reading: Office) -> tuple[bool, bool, int]:
        ids = people.ids(reading, PeopleFilter(text="C1000710"))
        made = reports.make(reading, reports.period_at(ReportKind.YEARLY, TODAY))
        return from_standby(reading.register), list(ids) == [person], made.use["received"]

    whole = reports.make(office, reports.period_at(ReportKind.YEARLY, TODAY)).use["received"]
    assert aside.read(office, work) == (True, True, whole)
    assert not from_standby(office.register)


@pytest.mark.parametrize("losing", [False, True])
def test_an_export_of_everything_is_read_there_and_recorded_on_the_primary(
    office: Office, tmp_path: Path, pair: tuple[Cluster, Cluster], losing: bool
) -> None:
    invite(office, 711 + losing)
    alone = open_office(pair[0].address("imp"), today=TODAY)
    exports.write(alone, "everything", tmp_path / "expected.xlsx")
    alone.close()
    before = checking.head(office)
    line = Losing() if losing else None
    with read_by(pair[1]):
        done = exports.export(office, "everything", tmp_path / "all.xlsx", progress=line)
    assert line is None or line.lost
    assert done.rows > people.count(office) > 0
    assert cells(done.path) == cells(tmp_path / "expected.xlsx")
    assert sorted(one.name for one in tmp_path.glob("*.xlsx*")) == ["all.xlsx", "expected.xlsx"]
    assert checking.head(office) != before
    last = history.acts(office)[0]
    assert last.service == "out.export"


def test_an_export_has_what_was_just_written_though_the_standby_has_not(
    office: Office, tmp_path: Path, pair: tuple[Cluster, Cluster]
) -> None:
    with held_back(pair[1]):
        invite(office, 713)
        done = exports.export(office, "people", tmp_path / "people.xlsx")
    (rows,) = cells(done.path).values()
    assert any("C1000713" in row for row in rows)


def test_the_process_that_exports_for_a_window_reads_there_too(
    office: Office,
    tmp_path: Path,
    pair: tuple[Cluster, Cluster],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invite(office, 714)
    monkeypatch.setattr(export_process, "SHORT", 1)
    line = Losing(lost=True)
    with read_by(pair[1]):
        done = export_process.export(office, "everything", tmp_path / "all.xlsx", progress=line)
    exports.write(office, "everything", tmp_path / "expected.xlsx")
    assert cells(done.path) == cells(tmp_path / "expected.xlsx")
    assert history.acts(office)[0].service == "out.export"


def test_few_rows_are_read_where_they_are_shown(office: Office) -> None:
    ids = list(people.ids(office, PeopleFilter()))[:3]
    assert not exports.read_long(office, ids, lambda reading: from_standby(reading.register))
    assert exports.read_long(office, None, lambda reading: from_standby(reading.register))


def test_the_command_line_s_reports_and_counts_are_read_there(
    both: ServerAddress, pair: tuple[Cluster, Cluster], capsys: pytest.CaptureFixture[str]
) -> None:
    alone = pair[0].address("imp")
    for command, table in (
        (("report", "yearly", str(TODAY.year)), "application"),
        (("pivot", "people", "country"), "standing"),
    ):
        told = []
        for address in (alone, both):
            run = ("--register", str(address), "--today", TODAY.isoformat(), "--json")
            with read_by(pair[1], table) if address is both else nullcontext():
                assert main([*run, *command]) == 0
            told.append(json.loads(capsys.readouterr().out))
        assert told[0] == told[1]
