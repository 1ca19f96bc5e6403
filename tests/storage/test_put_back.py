# SPDX-License-Identifier: Apache-2.0
"""Files that somebody puts back by hand: with the log of a newer one beside them, and without."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from office_builders import TODAY, invite
from shares import another_desk, make_share

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.files import heads, network_drives
from imp_plus_desktop.storage.journal import place
from imp_plus_desktop.storage.maintenance import stray_logs

pytestmark = [
    pytest.mark.of_a_file("about the log beside a file, and files put back by other programs"),
    pytest.mark.many("plain"),
]

KEY = "quatre mots bien longs"
USUAL = Arrival()


_RESTORED = """
import os, peewee
from datetime import date
from pathlib import Path
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.storage.engines.sqlite.connection import RegisterDatabase

usual = RegisterDatabase.execute_sql
RegisterDatabase.execute_sql = lambda self, sql, params=None: (
    os.kill(os.getpid(), 9) if "wal_checkpoint" in sql else usual(self, sql, params)
)
office = open_office(Path({path!r}), today=date.fromisoformat("{today}"))
restoring.restore(office, Path({copy!r}))
"""
"""Killed when a copy has taken the register's place, and stands in its log alone."""


@pytest.fixture(params=["", KEY], ids=["plain", "encrypted"])
def path(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A closed register of three people, with a copy; plain, and under a passphrase."""
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", request.param)
    made = tmp_path / "office.imp"
    do(made, 1, 3)
    yield made
    assert not place.is_open_here(made), "each test closes what it opens"


def do(path: Path, first: int, count: int) -> None:
    office = open_office(path, today=TODAY)
    for number in range(first, first + count):
        invite(office, number)
    office.close()


def kill_after(path: Path, first: int, count: int, mounts: Path | None = None) -> None:
    """Do acts in another process that is killed; its log stays."""
    with another_desk(path, mounts, acts=(first, count)):
        pass
    assert heads.logs_of(path) or mounts


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def seen(path: Path) -> tuple[Arrival, int]:
    """What is found at an opening, and how many people there are; all is whole."""
    office = open_office(path, today=TODAY)
    found = office.arrival, people.count(office)
    assert checking.check(office).passed
    office.close()
    return found


def older_beside_a_newer_log(path: Path, between: int = 30) -> bytes:
    """Put an older file back by hand; answers what it holds."""
    older = path.read_bytes()
    do(path, 10, between)
    kill_after(path, 50, 2)
    path.write_bytes(older)
    return older


class TestALogOfANewerState:
    def test_it_is_set_aside_and_the_older_file_stays_as_it_is(self, path: Path) -> None:
        older = older_beside_a_newer_log(path)
        log = log_of(path).read_bytes()
        arrival, count = seen(path)
        assert count == 3
        assert arrival.missing == 32
        kept = path.with_name(arrival.aside)
        assert kept.read_bytes() == log
        assert kept.name.endswith("-wal.aside")
        again, count = seen(path)
        assert (again.aside, again.missing, count) == ("", 32, 3)
        if os.environ["IMP_PLUS_PASSPHRASE"] == "":
            assert len(path.read_bytes()) == len(older)

    def test_it_is_said_in_the_command_line(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        older_beside_a_newer_log(path)
        capsys.readouterr()
        assert main(["--lang", "en", "--register", str(path), "people"]) == 0
        told = capsys.readouterr()
        first, second = told.err.splitlines()
        assert "3 people" in told.out
        assert first.startswith("A log lay beside this file that was not its own: it was set aside")
        assert second.startswith(
            "This file is older than the one that was here: 32 acts are missing."
        )

    @pytest.mark.long
    def test_nothing_noted_is_needed_to_find_it(self, path: Path) -> None:
        older_beside_a_newer_log(path)
        (path.with_name("office.copies") / heads.NAME).unlink()
        arrival, count = seen(path)
        assert (bool(arrival.aside), arrival.missing, count) == (True, 0, 3)

    @pytest.mark.long
    def test_where_nothing_can_be_written_it_is_left_out(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older_beside_a_newer_log(path)
        before = {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
        disk = path.parent
        bound = ["mount", "--bind", str(disk), str(disk)]
        if shutil.which("mount") is None or subprocess.run(bound, capture_output=True).returncode:
            pytest.skip("no disk can be made here")
        try:
            subprocess.run(["mount", "-o", "remount,bind,ro", str(disk)], check=True)
            arrival, count = seen(path)
            assert arrival == Arrival(left_out=True, missing=32)
            assert count == 3
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)
        assert before == {
            one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()
        }

    def test_where_both_together_are_whole_nothing_of_either_is_lost(self, path: Path) -> None:
        """All that came after the older file stands in the log: that is the newer state, whole."""
        older_beside_a_newer_log(path, between=0)
        arrival, count = seen(path)
        assert (arrival, count) == (USUAL, 5)

    def test_a_log_beside_another_register_is_set_aside(
        self, path: Path, tmp_path: Path, empty_register: Path
    ) -> None:
        other = tmp_path / "other" / "office.imp"
        other.parent.mkdir()
        do(other, 100, 4)
        kill_after(path, 50, 30)
        shutil.copyfile(other, path)
        arrival, count = seen(path)
        assert (bool(arrival.aside), arrival.missing, count) == (True, 0, 4)


class TestItsOwnLog:
    def test_after_a_kill_all_acts_are_there(self, path: Path) -> None:
        kill_after(path, 50, 5)
        assert heads.is_as_left(path)
        assert seen(path) == (USUAL, 8)

    @pytest.mark.long
    def test_also_where_what_was_noted_is_lost_or_of_before(self, path: Path) -> None:
        noted = path.with_name("office.copies") / heads.NAME
        for number, lose in enumerate((noted.unlink, lambda: noted.write_bytes(b'{"act": 1'))):
            kill_after(path, 50 + 10 * number, 5)
            lose()
            assert seen(path) == (USUAL, 8 + 5 * number)
        kill_after(path, 90, 1)
        os.utime(path, (1, 1))
        assert not heads.is_as_left(path)
        assert seen(path) == (USUAL, 14)

    def test_also_where_it_brings_a_copy_that_was_restored(self, path: Path) -> None:
        """The log then goes on from no act of the file: the restore names what it replaced."""
        copy = path.with_name("older.imp")
        shutil.copyfile(path, copy)
        do(path, 10, 2)
        script = _RESTORED.format(path=str(path), copy=str(copy), today=TODAY)
        subprocess.run([sys.executable, "-c", script], timeout=60, check=False)
        assert log_of(path).stat().st_size
        for noted in path.with_name("office.copies").glob(heads.NAME):
            noted.unlink()
        assert seen(path) == (USUAL, 3)

    def test_it_is_never_taken_from_a_desk_that_has_the_register_open(self, path: Path) -> None:
        with another_desk(path, acts=(50, 3)):
            os.utime(path, (1, 1))
            office = open_office(path, today=TODAY)
            assert (office.arrival.aside, people.count(office)) == ("", 6)
            invite(office, 90)
            assert people.count(office) == 7
            office.close()
        assert seen(path)[1] == 7

    def test_nor_from_this_process(self, path: Path) -> None:
        one = open_office(path, today=TODAY)
        invite(one, 50)
        os.utime(path, (1, 1))
        two = open_office(path, today=TODAY)
        invite(two, 51)
        invite(one, 52)
        assert (two.arrival.aside, people.count(one), people.count(two)) == ("", 6, 6)
        one.close()
        two.close()

    def test_a_register_that_was_altered_before_keeps_its_log(self, tmp_path: Path) -> None:
        """Unsound with and without it: that does not tell whose it is, and acts would be lost."""
        path = tmp_path / "office.imp"
        do(path, 1, 3)
        behind = sqlite3.connect(path)
        behind.execute("UPDATE person SET family_name = 'Altered' WHERE id = 1")
        behind.commit()
        behind.close()
        kill_after(path, 50, 4)
        os.utime(path, (1, 1))
        office = open_office(path, today=TODAY)
        assert (office.arrival.aside, people.count(office)) == ("", 7)
        office.close()


class TestAnOlderFile:
    def test_it_is_told_until_the_next_act(self, path: Path) -> None:
        older = path.read_bytes()
        do(path, 10, 4)
        assert seen(path)[0] == USUAL
        path.write_bytes(older)
        for _opening in range(2):
            assert seen(path) == (Arrival(missing=4), 3)
        do(path, 50, 1)
        assert seen(path) == (USUAL, 4)

    def test_a_file_that_went_on_otherwise_is_told(self, path: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere.imp"
        shutil.copyfile(path, elsewhere)
        do(elsewhere, 70, 3)
        do(path, 10, 2)
        shutil.copyfile(elsewhere, path)
        assert seen(path) == (Arrival(is_other=True), 6)

    def test_another_register_in_its_place_misses_nothing(self, path: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.imp"
        do(other, 100, 1)
        shutil.copyfile(other, path)
        assert seen(path) == (USUAL, 1)

    def test_what_the_program_itself_puts_back_is_not_told(self, path: Path) -> None:
        office = open_office(path, today=TODAY)
        copy = maintenance.save_copy(office)
        for number in range(10, 14):
            invite(office, number)
        restoring.restore(office, copy)
        office.close()
        assert seen(path) == (USUAL, 3)
        office = open_office(path, today=TODAY)
        if office.is_encrypted:
            passphrases.change(office, passphrases.REMOVE, "")
        else:
            passphrases.change(office, passphrases.SET, KEY)
        key = office.register.passphrase
        office.close()
        again = open_office(path, today=TODAY, passphrase=key)
        assert again.arrival == USUAL
        again.close()

    def test_a_copy_that_takes_the_place_of_one_that_is_gone_is_not_told(self, path: Path) -> None:
        office = open_office(path, today=TODAY)
        copy = maintenance.save_copy(office)
        invite(office, 10)
        office.close()
        path.unlink()
        assert main(["--register", str(path), "restore", "--yes", str(copy)]) == 0
        assert seen(path) == (USUAL, 3)

    def test_what_is_noted_names_nobody(self, office: Office) -> None:
        invite(office, 1)
        invite(office, 2)
        noted = office.register_path.with_name("register.copies") / heads.NAME
        assert noted.is_file()
        assert b"Benali" not in noted.read_bytes()
        if os.name != "nt":
            assert noted.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="by its mounts")
class TestARollbackJournal:
    """On another computer's drive a kill leaves a journal of what is to be taken back."""

    _SPILLED = """
import os, sys
from pathlib import Path
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.storage.files import network_drives
network_drives._MOUNTS = Path(sys.argv[2])
office = open_office(Path(sys.argv[1]))
db = office.register.db
db.execute_sql("PRAGMA cache_spill = 1")
db.execute_sql("PRAGMA cache_size = 1")
db.execute_sql("BEGIN IMMEDIATE")
db.execute_sql("UPDATE person SET birth_date = '1980-01-01'")
db.execute_sql("UPDATE change SET entity = entity")
os.kill(os.getpid(), 9)
"""

    @pytest.fixture
    def shared(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        make_share(tmp_path / "share", monkeypatch)
        yield tmp_path / "share" / "office.imp"
        network_drives._is_remote.cache_clear()

    def killed(self, path: Path) -> None:
        mounts = path.parent.with_name("share.mounts")
        script = [sys.executable, "-c", self._SPILLED, str(path), str(mounts)]
        subprocess.run(script, timeout=60, check=False)
        assert [one.name for one in heads.logs_of(path)] == ["office.imp-journal"]

    def test_its_own_takes_back_what_was_not_kept(self, shared: Path) -> None:
        do(shared, 1, 30)
        self.killed(shared)
        arrival, count = seen(shared)
        assert (arrival.aside, arrival.missing, count) == ("", 0, 30)

    def test_that_of_a_newer_file_is_set_aside(self, shared: Path) -> None:
        do(shared, 1, 3)
        older = shared.read_bytes()
        do(shared, 10, 40)
        self.killed(shared)
        shared.write_bytes(older)
        arrival, count = seen(shared)
        assert (bool(arrival.aside), arrival.missing, count) == (True, 40, 3)
        assert arrival.aside.endswith("-journal.aside")


def test_a_file_whose_pages_are_of_different_moments_tells_nothing_and_stops_nothing(
    tmp_path: Path,
) -> None:
    """A kill within a checkpoint leaves such a file: it is whole only with its log."""
    whole, torn = tmp_path / "whole.imp", tmp_path / "torn.imp"
    do(whole, 1, 3)
    shutil.copyfile(whole, torn)
    with closing(sqlite3.connect(torn)) as db, db:
        named = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'act'"
        for (name,) in db.execute(named).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE act SET hash = 'torn' WHERE id = (SELECT max(id) FROM act)")
    assert stray_logs._goes_on_from(whole, torn, "")
    assert not stray_logs._is_whole(torn, "")
    assert stray_logs._is_whole(whole, "")
