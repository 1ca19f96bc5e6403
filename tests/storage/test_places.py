# SPDX-License-Identifier: Apache-2.0
"""Registers that can only be read, and those on another computer's drive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disks import a_disk, closed
from office_builders import TODAY, invite
from shares import another_desk, close, make_share

from imp_plus_desktop import private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.outward import OutKind
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.files import leases, network_drives
from imp_plus_desktop.storage.history import acts as journal_reads

pytestmark = pytest.mark.of_a_file("about files that can only be read, and network drives")

ROOT = Path(__file__).resolve().parents[2]
KEY = "quatre mots bien longs"
needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="by its mounts")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as caught:
        call()
    return caught.value.code


def journal_mode(office: Office) -> str:
    return str(office.register.db.execute_sql("PRAGMA journal_mode").fetchone()[0])


def beside(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def scratch_files() -> list[Path]:
    return list(private._place.folder().rglob("register.imp*"))


def killed(path: Path, acts: tuple[int, int], mounts: Path | None = None) -> None:
    """Do acts in another process that is killed: its log stays."""
    with another_desk(path, mounts, acts=acts):
        pass


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, which root too can only read once it is `closed`."""
    with a_disk(tmp_path, "20m") as made:
        yield made


@pytest.fixture
def read_only(disk: Path, empty_register: Path) -> Path:
    """A register of two people, on a disk that may only be read."""
    path = disk / "office.imp"
    shutil.copyfile(empty_register, path)
    office = open_office(path, today=TODAY)
    invite(office, 1)
    invite(office, 2)
    office.close()
    closed(disk)
    return path


class TestOnlyRead:
    def test_it_is_read_in_full_and_nothing_is_written_beside_it(self, read_only: Path) -> None:
        before = beside(read_only)
        office = open_office(read_only, today=TODAY)
        assert office.reading is not None
        assert office.reading.code == "only_read"
        assert people.count(office) == 2
        assert checking.check(office).passed
        assert beside(read_only) == before
        office.close()

    def test_whatever_writes_is_refused_with_one_sentence(self, read_only: Path) -> None:
        office = open_office(read_only, today=TODAY)
        copy = maintenance.save_copy(office, read_only.parent.parent)
        for write in (
            lambda: invite(office, 3),
            lambda: restoring.look(office, copy),
            lambda: restoring.restore(office, copy),
            lambda: passphrases.change(office, passphrases.SET, KEY),
        ):
            assert code_of(write) == "only_read"
        assert people.count(office) == 2
        office.close()

    def test_what_leaves_it_leaves_without_an_act(self, read_only: Path, tmp_path: Path) -> None:
        """Nobody can ever record it, and whoever has the file has all of it."""
        office = open_office(read_only, today=TODAY)
        acts = len(journal_reads.acts(office.register, limit=100))
        out = tmp_path / "people.xlsx"
        exports.export(office, "people", out)
        leaving.ready(office, OutKind.PRINT)
        assert out.is_file()
        assert len(journal_reads.acts(office.register, limit=100)) == acts
        office.close()

    def test_what_it_is_read_from_goes_when_it_is_closed(self, read_only: Path) -> None:
        office = open_office(read_only, today=TODAY)
        (snapshot,) = (one for one in scratch_files() if one.suffix == ".imp")
        assert snapshot.parent.stat().st_mode & 0o077 == 0
        office.close()
        assert scratch_files() == []

    def test_acts_that_are_in_the_log_alone_are_read_too(
        self, disk: Path, empty_register: Path
    ) -> None:
        for has_index in (True, False):
            path = disk / f"{has_index}.imp"
            shutil.copyfile(empty_register, path)
            killed(path, (1, 3))
            assert path.with_name(f"{path.name}-wal").stat().st_size
            if not has_index:
                path.with_name(f"{path.name}-shm").unlink()
        closed(disk)
        for path in disk.glob("*.imp"):
            before = beside(path)
            office = open_office(path, today=TODAY)
            assert people.count(office) == 3
            assert checking.check(office).passed
            office.close()
            assert beside(path) == before

    def test_an_encrypted_one_is_encrypted_where_it_is_read_from(
        self, disk: Path, empty_register: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = disk / "office.imp"
        monkeypatch.setenv("IMP_PLUS_PASSPHRASE", KEY)
        killed(path, (1, 2))
        closed(disk)
        office = open_office(path, today=TODAY)
        assert people.count(office) == 2
        found = scratch_files()
        assert found
        for one in found:
            assert b"Benali" not in one.read_bytes()
            assert not one.read_bytes().startswith(b"SQLite format 3")
        office.close()
        monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "un autre que le bon")
        assert code_of(lambda: open_office(path, today=TODAY)) == "wrong_key"
        assert scratch_files() == []

    def test_once_it_may_be_written_it_is(self, read_only: Path) -> None:
        closed(read_only.parent, "rw")
        office = open_office(read_only, today=TODAY)
        assert office.reading is None
        invite(office, 3)
        office.close()

    def test_a_window_that_was_locked_wakes_as_a_reader(self, read_only: Path) -> None:
        office = open_office(read_only, today=TODAY)
        office.register.sleep()
        assert scratch_files() == []
        office.register.wake("")
        assert people.count(office) == 2
        assert code_of(lambda: invite(office, 3)) == "only_read"
        office.close()

    def test_commands_read_and_those_that_write_end_with_four(
        self, read_only: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        named = ["--lang", "en", "--register", str(read_only)]
        assert main([*named, "--json", "people"]) == 0
        assert json.loads(capsys.readouterr().out)["total"] == 2
        for words in (["add", "family_name=Roy", "given_names=Luc"], ["undo"]):
            assert main([*named, *words]) == 4
            told = capsys.readouterr()
            assert told.out == ""
            assert told.err == (
                "This register can only be read: nothing can be written where it is. Move it to a"
                " folder where you may write.\n"
            )

    def test_a_file_that_may_only_be_read_is_read(
        self, tmp_path: Path, empty_register: Path
    ) -> None:
        """Whoever is not root, in a folder of his own, with a file that he may not write."""
        path = tmp_path / "office.imp"
        shutil.copyfile(empty_register, path)
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            if subprocess.run(["chattr", "+i", str(path)], capture_output=True).returncode:
                pytest.skip("no file can be kept from root here")
        else:
            path.chmod(0o400)
        try:
            office = open_office(path, today=TODAY)
            assert people.count(office) == 0
            assert code_of(lambda: invite(office, 1)) == "only_read"
            office.close()
        finally:
            if hasattr(os, "geteuid") and os.geteuid() == 0:
                subprocess.run(["chattr", "-i", str(path)], check=True)


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield make_share(tmp_path / "share", monkeypatch)
    network_drives._is_remote.cache_clear()


@pytest.fixture
def shared(tmp_path: Path, mounts: Path, empty_register: Path) -> Path:
    """A register on another computer's drive."""
    path = tmp_path / "share" / "office.imp"
    shutil.copyfile(empty_register, path)
    return path


@needs_linux
class TestOnAShare:
    def test_it_has_a_rollback_journal_and_waits_for_the_disk(self, shared: Path) -> None:
        office = open_office(shared, today=TODAY)
        invite(office, 1)
        assert journal_mode(office) == "delete"
        assert office.register.db.execute_sql("PRAGMA synchronous").fetchone()[0] == 2
        assert office.register.db.execute_sql("PRAGMA cache_spill").fetchone()[0] == 0
        assert {one.name for one in shared.parent.iterdir()} == {
            "office.imp", ".office.imp.writer"
        }  # fmt: skip
        office.close()

    def test_one_with_a_log_is_changed_and_loses_nothing(
        self, tmp_path: Path, mounts: Path, empty_register: Path
    ) -> None:
        local = tmp_path / "office.imp"
        shutil.copyfile(empty_register, local)
        killed(local, (1, 3))
        for one in tmp_path.glob("office.imp*"):
            shutil.copyfile(one, tmp_path / "share" / one.name)
        office = open_office(tmp_path / "share" / "office.imp", today=TODAY)
        assert journal_mode(office) == "delete"
        assert people.count(office) == 3
        assert checking.check(office).passed
        office.close()

    def test_on_this_computer_nothing_is_otherwise(self, office: Office) -> None:
        invite(office, 1)
        assert journal_mode(office) == "wal"
        assert not leases.path_of(office.register_path).exists()

    def test_the_second_desk_reads_and_is_told_who_writes(
        self, shared: Path, mounts: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with another_desk(shared, mounts, acts=(1, 2)) as writer:
            office = open_office(shared, today=TODAY)
            assert office.reading is not None
            assert office.reading.code == "written_elsewhere"
            assert office.reading.parameters["desk"] == "Anna"
            assert people.count(office) == 2
            assert code_of(lambda: invite(office, 3)) == "written_elsewhere"
            assert not maintenance.is_free(office)
            named = ["--lang", "en", "--register", str(shared)]
            assert main([*named, "add", "family_name=Roy", "given_names=Luc"]) == 4
            said = capsys.readouterr().err
            assert said.startswith("This register can only be read: Anna is writing in it at ")
            close(writer)
            assert maintenance.is_free(office)
            office.close()
        again = open_office(shared, today=TODAY)
        assert again.reading is None
        assert again.arrival.left_by is None
        invite(again, 3)
        assert people.count(again) == 3
        again.close()
        assert not leases.path_of(shared).exists()

    def test_what_leaves_waits_for_whoever_can_record_it(
        self, shared: Path, mounts: Path, tmp_path: Path
    ) -> None:
        with another_desk(shared, mounts, acts=(1, 2)):
            reading = open_office(shared, today=TODAY)
            out = tmp_path / "people.xlsx"
            assert code_of(lambda: exports.export(reading, "people", out)) == "written_elsewhere"
            assert code_of(lambda: leaving.ready(reading, OutKind.PRINT)) == "written_elsewhere"
            assert not out.exists()
            reading.close()

    def test_of_many_that_open_it_at_once_one_writes(self, shared: Path, mounts: Path) -> None:
        script = (
            "import sys\nfrom pathlib import Path\n"
            "from imp_plus_desktop.storage.files import leases\n"
            "sys.stdin.readline()\n"
            "try:\n    leases.take(Path(sys.argv[1]), 'x')\n    print('one', flush=True)\n"
            "except leases.Held:\n    print('held', flush=True)\n"
            "sys.stdin.readline()\n"
        )
        started = [
            subprocess.Popen([sys.executable, "-c", script, str(shared)], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
            for _desk in range(6)
        ]  # fmt: skip
        said = []
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in started:
            assert process.stdout is not None
            said.append(process.stdout.readline().strip())
        for process in started:
            process.communicate("\n", timeout=20)
        assert sorted(said) == ["held"] * 5 + ["one"]

    def test_what_a_process_that_is_gone_has_left_is_recovered_and_said(
        self, shared: Path, mounts: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        killed(shared, (1, 2), mounts)
        assert leases.path_of(shared).exists()
        assert main(["--lang", "en", "--register", str(shared), "people"]) == 0
        told = capsys.readouterr()
        assert "2 people" in told.out
        assert told.err == "Anna had not closed this register; you write in it now.\n"
        assert not leases.path_of(shared).exists()

    def test_a_holder_on_another_computer_counts_as_gone_after_two_minutes(
        self, shared: Path
    ) -> None:
        place = leases.path_of(shared)
        other = leases.Holder("Luc", "autre", "autre 1", 1, "2026-01-01", "f" * 32)
        private.write(place, json.dumps(other._asdict()).encode())
        office = open_office(shared, today=TODAY)
        assert office.reading is not None
        office.close()
        long_ago = place.stat().st_mtime - leases.STALE_AFTER - 1
        os.utime(place, (long_ago, long_ago))
        office = open_office(shared, today=TODAY)
        assert office.reading is None
        assert office.arrival.left_by == "Luc"
        invite(office, 1)
        # Who comes back after a long sleep finds that he was taken over, and writes nothing.
        private.write(place, json.dumps(other._asdict()).encode())
        assert code_of(lambda: invite(office, 2)) == "written_elsewhere"
        assert people.count(office) == 1
        office.close()
        assert place.exists(), "what is another's stays"

    def test_a_file_that_is_half_written_is_a_holder_too(self, shared: Path) -> None:
        place = leases.path_of(shared)
        private.write(place, b'{"desk": "An')
        office = open_office(shared, today=TODAY)
        assert office.reading is not None
        office.close()

    def test_a_passphrase_is_set_and_the_right_to_write_stays(self, shared: Path) -> None:
        office = open_office(shared, today=TODAY)
        invite(office, 1)
        passphrases.change(office, passphrases.SET, KEY)
        assert office.reading is None
        assert leases.path_of(shared).exists()
        invite(office, 2)
        assert checking.check(office).passed
        assert journal_mode(office) == "delete"
        office.close()
        assert sorted(one.name for one in shared.parent.iterdir()) == [
            "office.copies", "office.imp"
        ]  # fmt: skip

    @pytest.mark.long
    def test_kills_lose_nothing_that_was_acknowledged(self, shared: Path, mounts: Path) -> None:
        script = (
            "import sys\nfrom pathlib import Path\n"
            "from imp_plus_desktop.bootstrap import open_office\n"
            "from imp_plus_desktop.storage.files import network_drives\n"
            "network_drives._MOUNTS = Path(sys.argv[2])\n"
            "sys.path.insert(0, 'tests')\n"
            "from office_builders import TODAY, invite\n"
            "office = open_office(Path(sys.argv[1]), today=TODAY)\n"
            "assert office.reading is None\n"
            "for number in range(int(sys.argv[3]), 10_000):\n"
            "    invite(office, number)\n    print(number, flush=True)\n"
        )
        known = 0
        for round_ in range(5):
            first = 1_000 * (round_ + 1)
            process = subprocess.Popen(
                [sys.executable, "-c", script, str(shared), str(mounts), str(first)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            assert process.stdout is not None
            for _act in range(3 + round_):
                process.stdout.readline()
            time.sleep(0.003 * round_)
            process.kill()
            said = process.communicate()[0].split()
            told = 3 + round_ + len(said)
            office = open_office(shared, today=TODAY)
            assert office.reading is None
            assert office.arrival.aside == ""
            # What was on its way in may be there, and is there whole.
            assert known + told <= people.count(office) <= known + told + 1
            assert checking.check(office).passed
            known = people.count(office)
            office.close()

    def test_it_names_nobody_of_the_register(self, shared: Path) -> None:
        office = open_office(shared, today=TODAY)
        invite(office, 1)
        assert b"Benali" not in leases.path_of(shared).read_bytes()
        assert leases.path_of(shared).stat().st_mode & 0o077 == 0
        office.close()
