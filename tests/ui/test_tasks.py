# SPDX-License-Identifier: Apache-2.0
"""Long calls in the worker: one at a time, progress, stop, failures, closing."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.ui.shell.tasks import JobProgress, Tasks, _trim


class Outcome:
    """Keeps what a task brought, and on which thread it said so."""

    def __init__(self) -> None:
        self.value: Any = None
        self.error: BaseException | None = None
        self.thread: int | None = None

    def take(self, value: Any) -> None:
        self.value = value
        self.thread = threading.get_ident()

    def fail(self, error: BaseException) -> None:
        self.error = error


@pytest.mark.parametrize("inline", [False, True])
def test_a_result_comes_back_on_the_thread_of_the_window(qtbot: QtBot, inline: bool) -> None:
    tasks, outcome = Tasks(inline=inline), Outcome()
    ran: list[int] = []

    def job(progress: JobProgress) -> int:
        ran.append(threading.get_ident())
        progress.step(1, 2)
        return 42

    with qtbot.waitSignals([tasks.progressed, tasks.finished]):
        assert tasks.start("Counting…", job, outcome.take)
    qtbot.waitUntil(lambda: outcome.value == 42)
    assert outcome.thread == threading.get_ident()
    assert (ran[0] == threading.get_ident()) is inline
    assert not tasks.is_busy()


def test_a_second_job_is_refused_while_one_runs(qtbot: QtBot) -> None:
    tasks, outcome, go = Tasks(), Outcome(), threading.Event()

    def job(progress: JobProgress) -> str:
        go.wait(10)
        return "first"

    assert tasks.start("first", job, outcome.take)
    assert not tasks.start("second", job, outcome.take)
    assert tasks.text == "first"
    with qtbot.waitSignal(tasks.finished):
        go.set()
    qtbot.waitUntil(lambda: outcome.value == "first")


def test_a_job_stops_at_its_next_step(qtbot: QtBot) -> None:
    tasks, outcome, begun = Tasks(), Outcome(), threading.Event()

    def job(progress: JobProgress) -> None:
        for done in range(10**9):
            begun.set()
            progress.step(done, 10**9)

    tasks.start("endless", job, outcome.take, outcome.fail)
    begun.wait(10)
    with qtbot.waitSignal(tasks.stopped):
        tasks.stop()
    assert outcome.value is None
    assert outcome.error is None


def test_what_is_dropped_is_not_said_to_be_stopped_and_the_next_job_is(qtbot: QtBot) -> None:
    tasks, outcome, begun = Tasks(), Outcome(), threading.Event()
    told: list[bool] = []
    tasks.stopped.connect(lambda: told.append(True))

    def job(progress: JobProgress) -> None:
        for done in range(10**9):
            begun.set()
            progress.step(done, 10**9)

    for end, said in ((tasks.drop, []), (tasks.stop, [True])):
        begun.clear()
        tasks.start("endless", job, outcome.take, outcome.fail)
        begun.wait(10)
        with qtbot.waitSignal(tasks.finished):
            end()
        qtbot.wait(0)
        assert told == said


def test_a_failure_goes_to_its_taker_or_to_everybody(qtbot: QtBot) -> None:
    tasks, outcome = Tasks(inline=True), Outcome()

    def job(progress: JobProgress) -> None:
        raise StorageError("full")

    tasks.start("x", job, outcome.take, outcome.fail)
    assert isinstance(outcome.error, StorageError)
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.start("x", job, outcome.take)
    assert isinstance(failed.args[0], StorageError)


def test_closing_stops_the_job_and_waits_for_it(qtbot: QtBot) -> None:
    tasks, outcome, ended, begun = Tasks(), Outcome(), threading.Event(), threading.Event()

    def job(progress: JobProgress) -> None:
        try:
            for done in range(10**9):
                begun.set()
                progress.step(done, 10**9)
        finally:
            ended.set()

    tasks.start("endless", job, outcome.take)
    begun.wait(10)
    tasks.close()
    assert ended.is_set()
    assert not tasks.is_busy()
    assert outcome.value is None


def test_a_result_may_start_the_next_job(qtbot: QtBot) -> None:
    tasks, outcome = Tasks(inline=True), Outcome()

    class Chain:
        def next(self, value: object) -> None:
            assert tasks.start("second", lambda progress: "done", outcome.take)

    tasks.start("first", lambda progress: None, Chain().next)
    assert outcome.value == "done"


@pytest.mark.skipif(_trim() is None, reason="only glibc keeps what is free")
def test_what_a_job_took_of_memory_goes_back_to_the_system(qtbot: QtBot) -> None:
    """The C library keeps what is free for the next time wherever something stands behind it."""
    tasks, outcome = Tasks(), Outcome()

    def job(progress: JobProgress) -> list[bytes]:
        taken = [bytes(2000) for _ in range(60_000)]
        return taken[::600]

    before = _resident()
    with qtbot.waitSignal(tasks.finished):
        assert tasks.start("Reading…", job, outcome.take)
    held = _resident()
    assert held - before > 80
    qtbot.waitUntil(lambda: _resident() - before < 40)
    assert len(outcome.value) == 100


def _resident() -> float:
    """MiB of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
