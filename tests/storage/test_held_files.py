# SPDX-License-Identifier: Apache-2.0
"""Files that a virus scanner or a backup agent holds for a moment, or for good."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from imp_plus_desktop import held_files, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.files import copies, neighbours

pytestmark = pytest.mark.of_a_file("about files that other programs hold")

WINDOWS = pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps files from others")

_HOLD = """
import ctypes, sys, time
from ctypes import wintypes
create = ctypes.WinDLL("kernel32").CreateFileW
create.restype = wintypes.HANDLE
create.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p,
                   wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE]
READ, NOBODY_ELSE, THERE = 0x80000000, 0, 3
for name in sys.argv[2:]:
    assert create(name, READ, NOBODY_ELSE, None, THERE, 0, None) != wintypes.HANDLE(-1).value
print("held", flush=True)
time.sleep(float(sys.argv[1]))
"""


@contextmanager
def held(*paths: Path, seconds: float = 60) -> Iterator[None]:
    """Another process has the files open and lets nobody else near them."""
    command = [sys.executable, "-c", _HOLD, str(seconds), *map(str, paths)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline().strip() == b"held"
            yield
        finally:
            holder.kill()


def held_error() -> PermissionError:
    """As Windows tells that another program has a file open."""
    error = PermissionError(13, "")
    error.winerror = 32
    return error


def failing(times: int, error: Callable[[], OSError]) -> Callable[[], None]:
    left = [times]

    def work() -> None:
        if left[0]:
            left[0] -= 1
            raise error()

    return work


def test_what_another_program_holds_is_tried_again_until_it_lets_go() -> None:
    held_files.patiently(failing(3, held_error))


def test_what_stays_held_is_given_up_after_a_while_and_told() -> None:
    began = time.monotonic()
    with pytest.raises(PermissionError):
        held_files.patiently(failing(1000, held_error), patience=0.2)
    assert 0.1 < time.monotonic() - began < 2


def test_what_nobody_holds_fails_at_once() -> None:
    work = failing(1, lambda: PermissionError(13, ""))
    with pytest.raises(PermissionError):
        held_files.patiently(work)
    work()  # it was tried once only


def test_files_that_cannot_be_removed_are_told_and_the_others_are_gone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()  # nothing removes it as a file
    for name in ("before", "within"):
        (tmp_path / name).touch()
    paths = [tmp_path / name for name in ("before", "folder", "within", "never")]
    assert held_files.remove_all(paths) == [tmp_path / "folder"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]


def test_what_stood_aside_during_a_change_of_passphrase_goes_when_it_is_opened_next(
    office: Office,
) -> None:
    path = office.register_path
    former = neighbours.former_of(path)
    former.write_bytes(path.read_bytes())
    neighbours.tidy(path)
    assert not former.exists()
    assert path.exists()


def test_what_stands_aside_stays_while_nothing_is_in_its_place(tmp_path: Path) -> None:
    former = neighbours.former_of(tmp_path / "a.imp")
    former.write_bytes(b"the only one")
    neighbours.tidy(tmp_path / "a.imp")
    assert former.read_bytes() == b"the only one"


@WINDOWS
def test_a_file_takes_the_place_of_one_that_a_scanner_reads_for_a_second(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    target.write_bytes(b"before")
    with held(target, seconds=0.8):
        private.write(target, b"after")
    assert target.read_bytes() == b"after"


@WINDOWS
def test_a_file_that_stays_open_elsewhere_stays_as_it_is_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    target = tmp_path / "list.xlsx"
    target.write_bytes(b"before")
    with held(target), pytest.raises(PermissionError):
        private.write(target, b"after")
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def an_old_copy(office: Office) -> Path:
    """An automatic copy of two days ago, beside others that hold as much: it is to go."""
    # All of one day, whatever the hour it is now: of each day the last one stays.
    first = (datetime.now(UTC) - timedelta(days=2)).replace(hour=6)
    made = []
    for hours in range(copies.KEPT + 2):
        at = first + timedelta(hours=hours)
        path = copies.folder_of(office.register_path) / copies.name_for(at, 5, 5, "day")
        private.make_folder(path.parent)
        path.write_bytes(b"a copy")
        made.append(path)
    return made[0]


def test_an_old_copy_goes_when_a_new_one_is_made(office: Office) -> None:
    old = an_old_copy(office)
    maintenance.save_copy(office)
    assert not old.exists()
    assert maintenance.copies_left(office) == ()


@WINDOWS
def test_an_old_copy_that_another_program_holds_stops_nothing_and_is_told(office: Office) -> None:
    old = an_old_copy(office)
    with held(old):
        path = maintenance.save_copy(office)
    assert path.exists()
    assert maintenance.copies_left(office) == (old.name,)
    maintenance.save_copy(office)
    assert not old.exists()


@WINDOWS
def test_a_copy_that_is_held_waits_and_follows_the_passphrase_later(office: Office) -> None:
    path = maintenance.save_copy(office)
    with held(path):
        done = passphrases.change(office, passphrases.SET, "Érable-7 rouge")
    assert (done.skipped, done.waiting) == ((), (path.name,))
    assert path.read_bytes().startswith(b"SQLite format 3"), "it is as it was"


def test_a_register_that_a_kill_left_aside_has_its_name_again_at_the_next_opening(
    office: Office,
) -> None:
    path = office.register_path
    office.close()
    path.replace(neighbours.former_of(path))
    again = open_office(path, create=False)
    assert again.register.is_empty()
    again.close()
    assert not neighbours.former_of(path).exists()
