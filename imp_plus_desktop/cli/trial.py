# SPDX-License-Identifier: Apache-2.0
"""The commands that try the program on registers of their own: the self-test and the demo."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli import parts
from imp_plus_desktop.cli.answers.answer import Answer
from imp_plus_desktop.cli.commands import agenda_commands, quota_commands
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_iso, format_number
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.demo import demo, selftest
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.settings import Settings


def _open_on(path: Path, day: date) -> Office:
    return open_office(path, today=day)


def self_test() -> Answer:
    """Run the main job on the shipped list, in a register that goes again."""
    done = selftest.self_test(_open_on, parts.unloadable if parts.is_built() else None)
    data = {
        "passed": done.passed,
        "steps": [
            {"step": step.name, "passed": step.passed, "detail": step.detail_code}
            for step in done.steps
        ],
    }
    lines = [f"{'✓' if step.passed else '✕'} {step.name}" for step in done.steps]
    lines.append(_("The self-test passed.") if done.passed else _("The self-test failed."))
    return Answer(data, lines, 0 if done.passed else 1)


def make_demo(args: Namespace, settings: Settings) -> Answer:
    """Make a register of invented people and tell of it."""
    made = _made(args)
    day = made.day
    office = open_office(made.path, today=day, settings=settings)
    try:
        board = quota.board(office, day.year)
        agenda = deadlines.agenda(office, 60)
    finally:
        office.close()
    ahead = [row for row in agenda if row.days_left >= 0]
    data = {
        "register": str(made.path),
        "today": day,
        "quota": quota_commands.board_data(board),
        "deadlines": [agenda_commands.deadline(row) for row in ahead],
    }
    lines = [
        _("A register of invented people, as of {day}: {path}").format(
            day=format_iso(day), path=made.path
        ),
        *quota_commands.board_lines(board),
        _("The next deadlines ({count}):").format(count=format_number(len(ahead))),
        *(agenda_commands.deadline_line(row) for row in ahead[:12]),
    ]
    return Answer(data, lines)


def _made(args: Namespace) -> demo.DemoMade:
    """In the folder that was named, else as the file that was, else in a folder of its own. A
    script names its register to every command: a folder is what it says of this one.

    Errors: InvalidInput demo_is_a_file; as `demo.make_demo_at`.
    """
    named, day = args.register, args.today or demo.DEMO_DAY
    if args.folder is not None or named is None:
        folder = args.folder or private.kept_folder("imp-plus-demo-")
        return demo.make_demo(_open_on, folder, day)
    if not isinstance(named, Path):
        raise InvalidInput("demo_is_a_file")
    return demo.make_demo_at(_open_on, named, day)
