# SPDX-License-Identifier: Apache-2.0
"""A change of passphrase loses nothing acknowledged, and goes on where it was broken off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from office_builders import TODAY, invite

from imp_plus_desktop import private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.engines import exporting
from imp_plus_desktop.storage.engines.sqlite import opening
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.maintenance import encryption

pytestmark = pytest.mark.of_a_file("passphrases are those of files")

TESTS = Path(__file__).parents[1]
WAYS = [
    ("set", "", "nouveau sapin bleu"),
    ("change", "old one", "nouveau sapin bleu"),
    ("remove", "old one", ""),
]

WRITER = """
import sys, time; sys.path.insert(0, sys.argv[2])
from pathlib import Path
from office_builders import TODAY, invite
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
print("ready", flush=True)
number = 100
while True:
    try:
        office = open_office(Path(sys.argv[1]), today=TODAY, create=False)
        office.register.db.execute_sql("PRAGMA busy_timeout = 50")
        invite(office, number)
        print(f"C{1_000_000 + number}", flush=True)
        number += 1
    except StorageError as error:
        if error.code in ("passphrase_needed", "wrong_key", "plain"):
            break
    else:
        office.close()
        time.sleep(0.1)
"""

KILLED = """
import os, signal, sys; sys.path.insert(0, sys.argv[4])
from pathlib import Path
from office_builders import TODAY
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.services.proof import checking
office = open_office(Path(sys.argv[1]), today=TODAY)
left = int(sys.argv[3])
def die_at(name, owner):
    real = getattr(owner, name)
    def counted(*arguments, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return real(*arguments, **more)
    setattr(owner, name, counted)
from imp_plus_desktop.storage.engines import copying, exporting
from imp_plus_desktop.storage.maintenance import encryption
die_at("replace", Path)
if os.name == "nt":
    die_at("rename", Path)
die_at("export_alone", exporting)
die_at("_tell", encryption)
die_at("verify", copying)
die_at("write_anew", exporting)
die_at("_settle", encryption)
passphrases.change(office, sys.argv[2], os.environ["NEW"])
print("survived", flush=True)
"""


@pytest.fixture(scope="module")
def a_register(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], None]:
    """Puts a register at a path: two people, a copy with one of them, a copy with both.

    One is made for each passphrase, the others are copies: every opening derives a key.
    """

    @cache
    def made(passphrase: str) -> Path:
        path = tmp_path_factory.mktemp("made") / "register.imp"
        office = open_office(path, today=TODAY, passphrase=passphrase)
        invite(office, 1)
        maintenance.save_copy(office)
        invite(office, 2)
        maintenance.save_copy(office)
        office.close()
        return path

    def put(path: Path, passphrase: str) -> None:
        shutil.copytree(made(passphrase).parent, path.parent, dirs_exist_ok=True)

    return put


def run(script: str, *arguments: object, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments), str(TESTS)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **more},
    )


STEPS = [(*WAYS[0], step) for step in range(11)]
STEPS += [(*way, step) for way in WAYS[1:] for step in (5, 6, 9)]
"""Killed before: verifying and naming the copy made first; export, telling, verifying, swap (5);
then, copy by copy, the same again."""


@pytest.mark.many("set--nouveau sapin bleu-4", "remove-old one--9")
@pytest.mark.parametrize(("how", "old", "new", "step"), STEPS)
def test_killed_at_any_step_all_is_under_one_key_at_the_next_opening(
    tmp_path: Path,
    a_register: Callable[[Path, str], None],
    how: str,
    old: str,
    new: str,
    step: int,
) -> None:
    path = tmp_path / "register.imp"
    a_register(path, old)
    killed = run(KILLED, path, how, step, IMP_PLUS_PASSPHRASE=old, NEW=new)
    assert killed.communicate(timeout=60)[0] == ""
    # On Windows the old file is set aside in a step of its own.
    key = old if step <= (6 if os.name == "nt" else 5) else new
    office = open_office(path, today=TODAY, passphrase=key)
    assert people.count(office) == 2
    assert checking.check(office).passed
    told = history.acts(office)[0].service == "maintenance.passphrase"
    assert told == (key == new)
    assert not encryption.has_pending(office.register.db)
    for copy in copies.paths_of(path):
        assert opening.opens(copy, key), copy.name
        if key:
            assert b"Benali" not in copy.read_bytes()
    if key == old:  # and it can be done again
        passphrases.change(office, how, new)
        assert all(opening.opens(copy, new) for copy in copies.paths_of(path))
    office.close()


@pytest.mark.parametrize("key", ["", "nouveau sapin bleu"])
def test_what_another_desk_wrote_at_the_last_moment_is_in_the_new_file(
    tmp_path: Path, a_register: Callable[[Path, str], None], key: str
) -> None:
    """Pages that were read before that are in the memory of whoever writes the new file, and a
    commit to the log changes nothing by which SQLite tells that they are old."""
    path, part = tmp_path / "register.imp", tmp_path / "part.imp"
    a_register(path, "")
    private.create(part)
    office, other = open_office(path, today=TODAY), open_office(path, today=TODAY)
    person = people.find(office, "C1000001")
    for number in range(4):
        folder.add_note(other, person, f"note {number}")
    assert len(people.file(office, person).notes) == 4
    folder.add_note(other, person, "the last word")
    other.close()
    exporting.export_alone(office.register.db, part, key)
    office.close()
    made = open_office(part, today=TODAY, passphrase=key)
    assert people.file(made, person).notes[-1].text == "the last word"
    made.close()


@pytest.mark.parametrize(("how", "old", "new"), WAYS[:1])
def test_what_another_process_has_written_all_the_while_is_there(
    tmp_path: Path,
    a_register: Callable[[Path, str], None],
    how: str,
    old: str,
    new: str,
    request: pytest.FixtureRequest,
) -> None:
    path = tmp_path / "register.imp"
    a_register(path, old)
    writer = run(WRITER, path, IMP_PLUS_PASSPHRASE=old)
    request.addfinalizer(writer.kill)
    assert writer.stdout is not None
    acknowledged: list[str] = []
    reader = threading.Thread(target=lambda: acknowledged.extend(writer.stdout or []))
    reader.start()
    office = open_office(path, today=TODAY, passphrase=old)
    given_up = time.monotonic() + 60
    while len(acknowledged) < 4 and time.monotonic() < given_up:
        time.sleep(0.05)
    while True:
        try:
            office.register.db.execute_sql("PRAGMA busy_timeout = 500")
            passphrases.change(office, how, new)
            break
        except StorageError as error:
            if error.code != "locked" or time.monotonic() > given_up:
                raise
    writer.wait(timeout=30)
    reader.join()
    writer.stdout.close()
    known = {
        row[0] for row in office.register.db.execute_sql("SELECT individual_reference FROM person")
    }
    assert {line.strip() for line in acknowledged} - {"ready"} <= known
    assert checking.check(office).passed
    office.close()
    assert all(opening.opens(copy, new) for copy in copies.paths_of(path))


def test_a_copy_that_cannot_follow_is_named_and_left_as_it_is(office: Office) -> None:
    invite(office)
    good = maintenance.save_copy(office)
    bad = good.with_name("2020-01-01_000000000-1-1-day.imp")
    content = bytearray(good.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    bad.write_bytes(content)
    made = good.stat().st_mtime_ns
    done = passphrases.change(office, "set", "a sapin secret")
    assert done.skipped == (bad.name,)
    assert bad.read_bytes() == bytes(content)
    assert opening.opens(good, "a sapin secret")
    assert good.stat().st_mtime_ns == made
    done = passphrases.change(office, "change", "another sapin")
    assert done.skipped == (bad.name,)
    assert checking.check(office).passed


def test_the_keys_of_the_copies_do_not_stay_in_a_register_that_is_plain(
    tmp_path: Path, a_register: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "register.imp"
    a_register(path, "old secret")
    keys = encryption._keys_of(path, "old secret")
    office = open_office(path, today=TODAY, passphrase="old secret")
    passphrases.change(office, "remove", "")
    office.close()
    content = path.read_bytes()
    assert content.startswith(b"SQLite")
    assert b"old secret" not in content
    assert keys
    for key in keys.values():
        assert key.encode()[2:40] not in content


@pytest.mark.long  # it waits as long as the engine does for whoever has it open
def test_a_register_that_could_not_be_rekeyed_works_on(office: Office) -> None:
    invite(office, 1)
    other = open_office(office.register_path, today=TODAY)
    assert people.count(other) == 1
    office.register.db.execute_sql("PRAGMA busy_timeout = 100")
    with pytest.raises(StorageError, match="locked"):
        passphrases.change(office, "set", "a sapin secret")
    invite(office, 2)
    invite(other, 3)
    assert people.count(office) == 3
    other.close()


def test_whoever_is_about_to_close_the_register_is_waited_for(office: Office) -> None:
    invite(office, 1)
    is_open = threading.Event()

    def reads_a_while() -> None:
        other = open_office(office.register_path, today=TODAY)
        assert people.count(other) == 1
        is_open.set()
        time.sleep(0.7)
        other.close()

    reader = threading.Thread(target=reads_a_while)
    reader.start()
    assert is_open.wait(30)
    passphrases.change(office, "set", "a sapin secret")
    reader.join()
    assert office.is_encrypted
    assert people.count(office) == 1
