# SPDX-License-Identifier: Apache-2.0
"""Real processes on one register: the last place, a sudden end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from new_registers import told_of
from office_builders import (
    TODAY,
    YEAR,
    a_list,
    a_row,
    import_file,
    invite,
    places,
    receive,
    row_counts,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota

pytestmark = pytest.mark.race

TESTS = Path(__file__).resolve().parents[1]
PROCESSES = 8
ROUNDS = 5
PATIENCE = 30.0
needs_sigkill = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join((str(TESTS.parent), str(TESTS)))
    return subprocess.Popen(
        [sys.executable, str(TESTS / "racing.py"), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def gather(gate: Path, number: int) -> None:
    """Wait for all to stand at the start of a round: the round before is over then."""
    limit = time.monotonic() + PATIENCE
    while len(list(gate.glob(f"*.ready.*.{number}"))) < PROCESSES:
        assert time.monotonic() < limit, "a process did not come to the start"
        time.sleep(0.005)


def begin(gate: Path, number: int, people: Sequence[int] = ()) -> None:
    """Let all go at once, when all stand at the start of a round."""
    gather(gate, number)
    written = gate / "written"
    written.write_text(json.dumps(people), encoding="utf-8")
    written.replace(gate / f"start.{number}")


def answers(processes: Sequence[subprocess.Popen[str]]) -> list[object]:
    found = [process.communicate(timeout=PATIENCE)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [json.loads(text) for text in found]


@pytest.mark.timeout(90)
def test_eight_processes_race_for_the_last_place(tmp_path: Path) -> None:
    """Exactly one gets it, the others are booked over the cap, none sees a locked register.

    They make the register together, too; half of them type the receipt into the file.
    """
    gate = tmp_path / "gate"
    gate.mkdir()
    path = tmp_path / "register.imp"
    place = told_of(path)
    processes = [
        start("race", place, str(gate / "start"), str(runner)) for runner in range(PROCESSES)
    ]
    begin(gate, 0)
    office = open_office(path, today=TODAY)
    receive(office, invite(office, 999))
    for number in range(1, ROUNDS + 1):
        gather(gate, number)
        runners = [invite(office, 100 * number + runner) for runner in range(PROCESSES)]
        set_cap(office, number + 1)
        begin(gate, number, runners)
    begin(gate, ROUNDS + 1)
    results = answers(processes)
    for number in range(ROUNDS):
        outcomes = Counter((place, outcome) for place, outcome in (r[number] for r in results))
        assert outcomes == {(number + 2, None): 1, (None, "cancelled_over_cap"): PROCESSES - 1}
    assert places(office.register) == (ROUNDS + 1,) * 3
    board = quota.board(office, YEAR)
    assert (board.remaining, board.over_cap) == (0, ROUNDS * (PROCESSES - 1))
    assert checking.check(office).passed
    office.close()


@pytest.mark.many("1")
@needs_sigkill
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_process_killed_within_an_import_leaves_the_register_as_it_was(
    office: Office, tmp_path: Path, steps: int
) -> None:
    """`steps` 2 dies after the last row was written, before the commit."""
    book = a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(1, 601)])
    invite(office, 5000)
    before = row_counts(office.register)
    process = start("die", told_of(office.register_path), str(book), str(steps))
    assert process.communicate(timeout=PATIENCE)[0] == ""
    assert process.returncode < 0
    assert row_counts(office.register) == before
    assert checking.check(office).passed
    assert import_file(office, book).counts.new == 600
    assert people.count(office) == 601


@pytest.mark.long
@needs_sigkill
@pytest.mark.parametrize("back", [False, True])
def test_a_process_killed_within_an_undo_of_an_import_leaves_the_register_as_it_was(
    office: Office, tmp_path: Path, back: bool
) -> None:
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(n) for n in range(1, 601)]))
    summary.refresh(office)
    if back:
        history.undo(office)
    before, killed = row_counts(office.register), 0
    for steps in (0, 2, 5, 9, 14):
        process = start("die_undoing", told_of(office.register_path), str(steps))
        process.communicate(timeout=PATIENCE)
        if process.returncode == 0:
            break
        killed += 1
        assert row_counts(office.register) == before
    assert killed > 1
    if process.returncode:
        undone = history.last_undone(office)
        history.undo(office, undone.id if undone is not None else None)
    assert people.count(office) == (600 if back else 0)
    assert checking.check(office).passed


@pytest.mark.long
@needs_sigkill
def test_a_process_killed_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    book = a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(1, 301)])
    for pause in (0.0, 0.03, 0.08):
        path = tmp_path / f"{pause}.imp"
        process = start("slow", told_of(path), str(book))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(pause)
        process.kill()
        process.communicate()
        again = open_office(path, today=TODAY)
        assert people.count(again) in (0, 300)
        assert checking.check(again).passed
        again.close()
