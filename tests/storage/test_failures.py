# SPDX-License-Identifier: Apache-2.0
"""What is said where the disk is full, does not answer or may not be written, and of files that
are no register: the true cause, with nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from disks import a_disk
from office_builders import TODAY, invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines.sqlite import connection, opening
from imp_plus_desktop.storage.journal.register import Register

pytestmark = pytest.mark.of_a_file("about disks and files that do not do what they should")

ROOT = Path(__file__).resolve().parents[2]
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as caught:
        call()
    return caught.value.code


def command(register: Path, *arguments: str, **options: Any) -> tuple[int, str]:
    """The exit code of a command in a process of its own, and what it said on stderr."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "imp_plus_desktop", "--lang", "en"),
            *("--register", str(register), "--today", TODAY.isoformat(), *arguments),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
        **options,
    )
    return done.returncode, done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of two megabytes."""
    with a_disk(tmp_path, "2m") as disk:
        yield disk


def fill(disk: Path, left: int) -> None:
    """Fill a disk up to so many bytes."""
    (disk / "fill").write_bytes(bytes(shutil.disk_usage(disk).free - left))


def test_a_register_that_finds_no_room_keeps_all_it_had_and_goes_on(office: Office) -> None:
    invite(office, 1)
    register = office.register
    pages = register.db.execute_sql("PRAGMA page_count").fetchone()[0]
    register.db.execute_sql(f"PRAGMA max_page_count = {pages}")

    def go_on() -> None:
        for number in range(2, 500):
            invite(office, number)

    assert code_of(go_on) == "full"
    register.db.execute_sql("PRAGMA max_page_count = 1000000")
    known = people.count(office)
    invite(office, 600)
    assert people.count(office) == known + 1
    assert checking.check(office).passed


def test_no_room_within_an_attempt_is_not_hidden_by_its_rollback(office: Office) -> None:
    person = invite(office, 1)
    db = office.register.db
    pages = db.execute_sql("PRAGMA page_count").fetchone()[0]
    db.execute_sql(f"PRAGMA max_page_count = {pages}")

    def write() -> None:
        with office.act("test") as act:
            note = {"person_id": person, "text": "x" * 1_000_000, "written_at": act.now}
            act.attempt(lambda: act.insert("note", note))

    assert code_of(write) == "full"
    db.execute_sql("PRAGMA max_page_count = 1000000")
    assert people.file(office, person).notes == ()


@needs_unix
def test_a_full_disk_is_said_by_every_command_and_nothing_is_lost(
    small_disk: Path, empty_register: Path
) -> None:
    path = small_disk / "office.imp"
    shutil.copyfile(empty_register, path)
    office = open_office(path, today=TODAY)
    invite(office, 1)
    office.close()
    before = path.read_bytes()
    for left, arguments in (
        (0, ("people",)),
        (100_000, ("add", "family_name=Roy", "given_names=Luc")),
        (0, ("check",)),
        (100_000, ("backup",)),
    ):
        fill(small_disk, left)
        code, said = command(path, *arguments)
        assert (code, said.strip()) == (
            4,
            "The disk is full. Free some space, then try again; nothing was changed.",
        ), arguments
        (small_disk / "fill").unlink()
    assert path.read_bytes() == before
    again = open_office(path, today=TODAY)
    assert checking.check(again).passed
    again.close()


@needs_unix
def test_a_disk_that_may_only_be_read_is_said(small_disk: Path, empty_register: Path) -> None:
    path = small_disk / "office.imp"
    shutil.copyfile(empty_register, path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    register = Register(path)  # what is there is read
    assert code_of(register.must_write) == "only_read"
    register.close()
    assert code_of(lambda: Register(small_disk / "new.imp")) == "read_only"
    assert code_of(lambda: Register(small_disk / "folder" / "new.imp")) == "read_only"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_may_only_be_read_is_said(tmp_path: Path, empty_register: Path) -> None:
    folder = tmp_path / "read"
    folder.mkdir()
    shutil.copyfile(empty_register, folder / "office.imp")
    folder.chmod(0o500)
    try:
        register = Register(folder / "office.imp")
        assert code_of(register.must_write) == "only_read"
        register.close()
        assert code_of(lambda: Register(folder / "new.imp")) == "read_only"
    finally:
        folder.chmod(0o700)


@needs_unix
def test_a_disk_that_takes_nothing_more_is_no_damage(tmp_path: Path, empty_register: Path) -> None:
    """A limit on the size of files makes SQLite's writes fail as a broken disk does."""
    import resource

    path = tmp_path / "office.imp"
    shutil.copyfile(empty_register, path)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    # Python would keep what it compiles meanwhile by half, for every start after this one.
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    arguments = ("add", "family_name=Roy", "given_names=Luc")
    code, said = command(path, *arguments, preexec_fn=limit, env=kept)
    assert code == 4
    assert said.startswith("The disk does not answer as it should, or takes nothing more.")
    office = open_office(path, today=TODAY)
    assert people.count(office) == 0
    assert checking.check(office).passed
    office.close()


def test_damage_is_said_once_the_whole_file_was_looked_through(office: Office) -> None:
    """What one page seemed to be may have been the disk's mistake."""
    invite(office)
    assert connection._damage(office.register_path, "") == "misread"


def test_a_plain_register_is_said_to_be_plain_where_a_passphrase_is_given_for_it(
    tmp_path: Path, empty_register: Path
) -> None:
    shutil.copyfile(empty_register, tmp_path / "plain.imp")
    assert code_of(lambda: Register(tmp_path / "plain.imp", passphrase="alouette")) == "plain"
    opened = opening.connect_existing(tmp_path / "plain.imp")
    opened.close()
    given = {**os.environ, "IMP_PLUS_PASSPHRASE": "alouette"}
    # That of the environment is said of every register: a plain one needs none.
    code, said = command(tmp_path / "plain.imp", "people", env=given)
    assert (code, said.strip()) == (0, "")


def test_a_plain_copy_of_an_encrypted_register_is_said_to_be_plain(
    tmp_path: Path, empty_register: Path
) -> None:
    shutil.copyfile(empty_register, tmp_path / "plain.imp")
    office = open_office(tmp_path / "secret.imp", passphrase="alouette", today=TODAY)
    invite(office)
    assert restoring.look(office, tmp_path / "plain.imp").is_plain
    assert people.count(office) == 1
    restoring.restore(office, tmp_path / "plain.imp")
    assert not (tmp_path / "secret.imp").read_bytes().startswith(b"SQLite")
    office.close()


def test_a_text_that_is_no_utf8_is_read_with_a_sign_for_it(office: Office) -> None:
    person, other = invite(office, 1), invite(office, 2)
    db = office.register.db
    db.execute_sql(
        "UPDATE person SET given_names = CAST(x'416dff6e65' AS TEXT) WHERE id = ?", (person,)
    )
    assert people.file(office, person).person.given_names == "Am\ufffdne"
    assert people.file(office, other).person.given_names == "Amine"
    office.register.release()
    names = [row[0] for row in db.execute_sql("SELECT given_names FROM person ORDER BY id")]
    assert names == ["Am\ufffdne", "Amine"]
    assert not checking.check(office).passed


@pytest.mark.parametrize("version", [0, 1, 2])
def test_a_register_with_a_false_version_is_said_and_left_alone(
    tmp_path: Path, empty_register: Path, version: int
) -> None:
    path = tmp_path / "office.imp"
    shutil.copyfile(empty_register, path)
    opened = opening.connect_existing(path, writes=True)
    opened.execute_sql(f"PRAGMA user_version = {version}")
    opened.close()
    assert code_of(lambda: Register(path)) == "false_version"
    again = opening.connect_existing(path)
    assert again.execute_sql("PRAGMA user_version").fetchone()[0] == version
    again.close()


def test_a_register_without_a_column_of_its_version_is_said(
    tmp_path: Path, empty_register: Path
) -> None:
    path = tmp_path / "office.imp"
    shutil.copyfile(empty_register, path)
    opened = opening.connect_existing(path, writes=True)
    opened.execute_sql("ALTER TABLE note RENAME COLUMN text TO words")
    opened.close()
    assert code_of(lambda: Register(path)) == "false_version"


@needs_unix
def test_a_pipe_or_a_device_is_no_register_and_nothing_waits_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.imp"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        assert code_of(lambda path=path: Register(path)) == "not_a_file"  # type: ignore[misc]
        assert code_of(lambda path=path: opening.connect_existing(path)) == "not_a_file"  # type: ignore[misc]
