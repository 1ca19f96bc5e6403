# SPDX-License-Identifier: Apache-2.0
"""What a run of the tests leaves goes with it, however it ends, and another run's stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import servers

import run_folder

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such folder")
with_a_server = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

RUN = """
import sys
import run_folder
folder = run_folder.entered()
(folder / "left").mkdir()
print(folder, flush=True)
sys.stdin.readline()
"""
CLUSTER = """
import sys
import run_folder
run_folder.entered()
import servers
cluster = servers.a_cluster()
print(cluster.folder, cluster.port, cluster._watcher.pid, flush=True)
sys.stdin.readline()
"""
_LONGEST = 60.0


def started(script: str, place: Path) -> tuple[subprocess.Popen[str], list[str]]:
    """A process of a run whose temporary files lie in a place, and what it says first."""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "TMPDIR": str(place),
            "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("", "tools", "tests")),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()


def ended(process: subprocess.Popen[str], *, kill: bool = False) -> None:
    if kill:
        process.kill()
    process.communicate()


def comes(asked: Callable[[], bool]) -> bool:
    end = time.monotonic() + _LONGEST
    while not asked():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of temporary files, through which the user of a cluster may pass."""
    folder = Path(tempfile.mkdtemp(prefix="runs-", dir=servers.reachable()))
    folder.chmod(0o711)
    yield folder
    run_folder.remove(folder)


def answers(port: int) -> bool:
    try:
        psycopg.connect(
            host="127.0.0.1", port=port, dbname="postgres", user=servers.OWNER, connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def test_what_a_run_leaves_goes_with_it(tmp_path: Path) -> None:
    run, (folder,) = started(RUN, tmp_path)
    assert Path(folder).parent == tmp_path
    ended(run)
    assert list(tmp_path.iterdir()) == []


def test_a_process_of_a_run_uses_its_folder_and_leaves_it_there(tmp_path: Path) -> None:
    run, (folder,) = started(RUN, tmp_path)
    (Path(folder) / "left").rmdir()
    worker, (same,) = started(RUN, Path(folder))
    assert same == folder
    ended(worker)
    assert (Path(folder) / "left").is_dir()
    ended(run)


def test_a_run_that_was_killed_is_swept_by_the_next_and_one_that_is_alive_is_not(
    tmp_path: Path,
) -> None:
    alive, (of_alive,) = started(RUN, tmp_path)
    killed, (of_killed,) = started(RUN, tmp_path)
    ended(killed, kill=True)
    assert Path(of_killed).is_dir()
    run_folder.sweep(tmp_path)
    assert [str(one) for one in tmp_path.iterdir()] == [of_alive]
    ended(alive)


def test_a_run_is_alive_as_long_as_one_of_its_processes_is(tmp_path: Path) -> None:
    run, (folder,) = started(RUN, tmp_path)
    (Path(folder) / "left").rmdir()
    worker, _said = started(RUN, Path(folder))
    ended(run, kill=True)
    run_folder.sweep(tmp_path)
    assert Path(folder, "left").is_dir()
    ended(worker, kill=True)
    run_folder.sweep(tmp_path)
    assert not Path(folder).exists()


def test_a_folder_that_nobody_holds_yet_is_left_alone_for_a_day(tmp_path: Path) -> None:
    fresh, old = (tmp_path / f"{run_folder.PREFIX}{name}" for name in ("fresh", "old"))
    fresh.mkdir()
    old.mkdir()
    before = time.time() - 25 * 60 * 60
    os.utime(old, (before, before))
    run_folder.sweep(tmp_path)
    assert [fresh.exists(), old.exists()] == [True, False]


@with_a_server
def test_the_cluster_of_a_worker_that_is_killed_ends_with_it(place: Path) -> None:
    worker, (folder, port, _watcher) = started(CLUSTER, place)
    assert answers(int(port))
    ended(worker, kill=True)
    assert comes(lambda: not Path(folder).parent.exists())
    assert not answers(int(port))


@with_a_server
def test_a_cluster_that_nothing_watches_any_longer_is_ended_by_the_next_run(place: Path) -> None:
    """As where a computer has killed all processes of a run but the server's."""
    worker, (folder, port, watcher) = started(CLUSTER, place)
    os.kill(int(watcher), signal.SIGKILL)
    ended(worker, kill=True)
    assert answers(int(port))
    run_folder.sweep(place)
    assert not Path(folder).exists()
    assert not answers(int(port))
