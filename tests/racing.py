# SPDX-License-Identifier: Apache-2.0
"""What the tests' other processes do: make a register, race for a place, die in an import.

Run as a script with a job's name and its arguments; the answer is one JSON line on stdout.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.servers.places import place_of

TODAY = date(2023, 11, 22)
AT = datetime(2023, 11, 20, 15, tzinfo=UTC)


_LONGEST_WAIT = 120.0
"""Seconds after which a runner whose test is gone goes too."""


def race(register: str, start: str, runner: str) -> object:
    """Make the register together with the others, then record one receipt a round: half of the
    runners as a reception, half by typing its day into the file.

    A round begins when its file appears; the file says who is received in it, by runner.
    """
    answers: list[object] = []
    _come_to(start, 0)
    office = open_office(place_of(register), today=TODAY)
    number = 0
    while runners := _come_to(start, number := number + 1):
        try:
            answers.append(_received(office, runners[int(runner)], by_hand=int(runner) % 2 == 1))
        except AppError as error:
            answers.append([error.code, None])
    office.close()
    return answers


def _received(office: Office, person: int, *, by_hand: bool) -> list[object]:
    """The place and the outcome of a receipt."""
    if not by_hand:
        received = applications.receive(office, applications.Reception(person, AT))
        return [received.place, received.outcome]
    people.set_value(office, f"#{person}", "received_at", AT.isoformat())
    (application,) = people.file(office, person).own_applications
    return [application.place, application.outcome]


def _come_to(start: str, number: int) -> list[int]:
    """Report at the start of a round and wait for its file."""
    Path(f"{start}.ready.{os.getpid()}.{number}").touch()
    gate = Path(f"{start}.{number}")
    given_up = time.monotonic() + _LONGEST_WAIT
    while not gate.exists():
        if time.monotonic() > given_up:
            raise TimeoutError(gate.name)
        time.sleep(0.001)
    found: list[int] = json.loads(gate.read_text(encoding="utf-8"))
    return found


class _Fuse:
    """Ends the process without any farewell after some steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, _done: int, _total: int) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def die(register: str, workbook: str, steps: str) -> object:
    """Import a list and be killed in the middle of it."""
    office = open_office(place_of(register), today=TODAY)
    preview = imports.open_file(office, Path(workbook))
    imports.commit(office, preview, progress=_Fuse(int(steps)))
    return "survived"


def die_undoing(register: str, steps: str) -> object:
    """Undo the last act, or bring back what was undone, and be killed after some steps: of SQLite's
    (in tens of thousands), or statements that a server gets."""
    office = open_office(place_of(register), today=TODAY)
    undone = history.last_undone(office)
    fuse, db = _Fuse(int(steps)), office.register.db
    if office.register.server is not None:
        run = db.execute_sql

        def counted(sql: str, parameters: object = None) -> object:
            fuse.step(0, 0)
            return run(sql, parameters)

        db.execute_sql = counted  # type: ignore[method-assign]
    else:
        db.connection().set_progress_handler(lambda: fuse.step(0, 0) or 0, 10_000)
    history.undo(office, undone.id if undone is not None else None)
    return "survived"


def slow(register: str, workbook: str) -> object:
    """Import a list over and over, until killed from outside."""
    office = open_office(place_of(register), today=TODAY)
    preview = imports.open_file(office, Path(workbook))
    print("ready", flush=True)
    while True:
        imports.commit(office, preview)


if __name__ == "__main__":
    jobs = {"race": race, "die": die, "die_undoing": die_undoing, "slow": slow}
    print(json.dumps(jobs[sys.argv[1]](*sys.argv[2:])))
