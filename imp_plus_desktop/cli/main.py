# SPDX-License-Identifier: Apache-2.0
"""The command line: opens the register, runs one command, and turns failures into exit codes.

0 done, 1 done but something needs a person, 2 wrong usage, 3 a file cannot be read, 4 the register
cannot be used, 5 a rule blocks it, 130 cancelled.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from imp_plus_desktop import i18n, logs, paths, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.output import Answer
from imp_plus_desktop.cli.commands import (
    agenda_commands,
    bin_commands,
    family_commands,
    flag_commands,
    office_commands,
    origin_commands,
    people_commands,
    quota_commands,
    register_commands,
    report_commands,
    restore_commands,
    verdict_commands,
)
from imp_plus_desktop.cli.grammar import parser
from imp_plus_desktop.domain.values import errors
from imp_plus_desktop.domain.values.errors import AppError, ExchangeError, Refused, StorageError
from imp_plus_desktop.i18n import _, format_iso, format_number
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.office import restoring, rule_overrides
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.words import messages


def _always(_args: Namespace) -> bool:
    return True


def _never(_args: Namespace) -> bool:
    return False


class Command(NamedTuple):
    """What a command does, and when it stores nothing, or nothing in an empty register: then it
    never makes the register that it does not find."""

    run: people_commands.Command
    reads: Callable[[Namespace], bool]


COMMANDS: Mapping[str, Command] = {
    "import": Command(register_commands.import_list, lambda args: bool(args.dry_run)),
    "review": Command(register_commands.show_review, _always),
    "resolve": Command(register_commands.resolve, _never),
    "add": Command(people_commands.add, _never),
    "origin": Command(origin_commands.show_origin, _always),
    "undo": Command(register_commands.undo, _always),
    "people": Command(people_commands.show_people, _always),
    "show": Command(people_commands.show, _always),
    "set": Command(people_commands.set_value, _never),
    "document": Command(people_commands.document, _never),
    "verdict": Command(people_commands.verdict, _always),
    "what-if": Command(verdict_commands.show_what_if, _always),
    "checks": Command(verdict_commands.checks, _always),
    "mrz": Command(verdict_commands.mrz, lambda args: args.ref is None),
    "wording": Command(verdict_commands.wording, _never),
    "residence": Command(verdict_commands.residence, lambda args: args.action == "list"),
    "receive": Command(people_commands.receive, _never),
    "decide": Command(people_commands.decide, _never),
    "permit": Command(people_commands.permit, _never),
    "member": Command(people_commands.member, _never),
    "member-receive": Command(people_commands.member_receive, _never),
    "member-set": Command(family_commands.member_set, _never),
    "family": Command(family_commands.show_family, _always),
    "fees": Command(family_commands.show_fees, _always),
    "pay": Command(family_commands.pay, _never),
    "pay-delete": Command(family_commands.delete_payment, _never),
    "documents": Command(family_commands.show_documents, _always),
    "attach": Command(family_commands.attach, _never),
    "extract": Command(family_commands.extract, _always),
    "detach": Command(family_commands.detach, _never),
    "assign": Command(office_commands.assign, _never),
    "death": Command(office_commands.death, _never),
    "contact": Command(office_commands.contact, _never),
    "contact-delete": Command(office_commands.contact_delete, _never),
    "letter": Command(office_commands.letter, _never),
    "rename": Command(office_commands.rename, _never),
    "merge": Command(office_commands.merge, _always),
    "duplicates": Command(office_commands.duplicates, _always),
    "delete": Command(bin_commands.delete, _never),
    "bin": Command(bin_commands.show_bin, _always),
    "restore-file": Command(bin_commands.restore_file, _never),
    "routes": Command(office_commands.show_routes, _never),
    "route": Command(office_commands.route, _never),
    "route-delete": Command(office_commands.route_delete, _never),
    "settle": Command(flag_commands.settle, _never),
    "unsettle": Command(flag_commands.unsettle, _never),
    "entry": Command(office_commands.entry, lambda args: args.requirement is None),
    "quota": Command(quota_commands.show_quota, _always),
    "cap": Command(quota_commands.set_cap, _never),
    "official": Command(quota_commands.set_official, _never),
    "overcap": Command(quota_commands.show_over_cap, _always),
    "overcap-close": Command(quota_commands.close_items, _never),
    "switch": Command(quota_commands.set_switch, _never),
    "programme": Command(quota_commands.programme, lambda args: args.name is None),
    "report": Command(report_commands.report, _always),
    "close": Command(report_commands.close, _never),
    "prepare": Command(agenda_commands.prepare, _never),
    "state": Command(agenda_commands.state, _never),
    "discard": Command(agenda_commands.discard, _never),
    "portal": Command(agenda_commands.portal_lines, _always),
    "request": Command(agenda_commands.request, _never),
    "request-done": Command(agenda_commands.request_done, _never),
    "request-delete": Command(agenda_commands.request_delete, _never),
    "clocks": Command(agenda_commands.show_clocks, _always),
    "permit-edit": Command(agenda_commands.permit_edit, _never),
    "permit-delete": Command(agenda_commands.permit_delete, _never),
    "permits": Command(agenda_commands.show_permits, _always),
    "work": Command(agenda_commands.work, _never),
    "work-delete": Command(agenda_commands.work_delete, _never),
    "deadlines": Command(agenda_commands.show_deadlines, _always),
    "deadline": Command(agenda_commands.mark_deadline, _never),
    "export": Command(register_commands.export, _always),
    "template": Command(register_commands.template, _never),
    "backup": Command(register_commands.backup, _always),
    "restore": Command(restore_commands.restore, _always),
    "passphrase": Command(register_commands.passphrase, _always),
    "check": Command(register_commands.check, _always),
    "journal": Command(register_commands.journal, _always),
}

FROM_NOTHING: Mapping[str, Callable[[Namespace], bool]] = {
    "import": lambda args: bool(args.dry_run),
    "mrz": lambda args: args.ref is None,
}
"""Commands that need no register to answer, by when that is so."""

SHIPPED_ONLY = frozenset({"template", "routes"})
"""Commands that answer from what the program ships."""

USAGE, UNREADABLE, UNUSABLE, BLOCKED, FAULT, CANCELLED = 2, 3, 4, 5, 70, 130

EXIT_CODES: Mapping[type[AppError], int] = {
    errors.InvalidInput: USAGE,
    errors.ExchangeError: UNREADABLE,
    errors.StorageError: UNUSABLE,
    errors.Refused: BLOCKED,
    errors.Cancelled: CANCELLED,
}
"""The exit code of each kind of failure."""


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    # Without a log the program goes on.
    with contextlib.suppress(OSError):
        logs.start_logging(paths.logs_folder())
    settings = Settings(paths.settings_file())
    wanted = parser.language_of(argv)
    i18n.use(wanted if wanted in i18n.available() else settings.language)
    try:
        args = parser.build().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        answer = _run(args, settings)
    except KeyboardInterrupt:
        output.complain(_("Cancelled; nothing is changed."))
        return CANCELLED
    except AppError as error:
        return _fail(error, args)
    except Exception as error:
        told = messages.environment_error(error)
        if told is not None:
            return _fail(told, args)
        # A bug: where it is goes to the log, without values; nothing was kept of the command.
        logging.getLogger(__name__).error("a command broke", exc_info=True)
        output.complain(_("Something unexpected happened; nothing is changed. See the log."))
        return FAULT
    return _emit(answer, args)


def _emit(answer: Answer, args: Namespace) -> int:
    try:
        code = output.emit(answer, args.json)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`| head`): the work is done all the same.
        _leave_stdout()
        return answer.code
    except OSError as error:
        # The work is done, and nobody learns of what.
        _leave_stdout()
        output.complain(messages.error_text(ExchangeError(trouble(error, "cannot_write"))))
        return answer.code or 1
    return code


def _leave_stdout() -> None:
    """Let nothing more be written where it cannot be."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: Namespace, settings: Settings) -> Answer:
    if args.command == "self-test":
        return _self_test()
    if args.command == "demo":
        return _demo(args, settings)
    if args.command in SHIPPED_ONLY:
        return _without_register(args, settings)
    try:
        office = _open(args, settings)
    except StorageError as error:
        if error.code == "not_found" and _answers_from_nothing(args):
            return _without_register(args, settings)
        if args.command != "restore" or error.code not in restoring.REPLACEABLE:
            raise
        path = args.register or paths.register_file()
        return restore_commands.bring_back(args, settings, path, error)
    try:
        return COMMANDS[args.command].run(office, args)
    finally:
        office.close()


def _open(args: Namespace, settings: Settings) -> Office:
    create = _may_create(args)
    try:
        return open_office(args.register, today=args.today, settings=settings, create=create)
    except StorageError as error:
        asked = error.code == "passphrase_needed" and sys.stdin.isatty()
        if not asked:
            raise
    passphrase = getpass.getpass(_("Passphrase: "))
    return open_office(
        args.register, today=args.today, settings=settings, create=False, passphrase=passphrase
    )


def _may_create(args: Namespace) -> bool:
    """Whether a command may make the register that it does not find: one that would write to it."""
    return not COMMANDS[args.command].reads(args)


def _answers_from_nothing(args: Namespace) -> bool:
    """Whether a command answers although its register is not there: it needs none, or the register
    has not been made yet and is as good as empty. One whose folder is not there may be on a drive
    that is away: that is said, and nothing answered."""
    needs_none = FROM_NOTHING.get(args.command)
    if needs_none is not None and needs_none(args):
        return True
    if args.command in ("restore", "backup", "passphrase"):
        return False
    if args.register is not None and not args.register.absolute().parent.is_dir():
        return False
    output.complain(_("There is no register yet; nothing is recorded."))
    return True


def _without_register(args: Namespace, settings: Settings) -> Answer:
    """What is the same whatever the register holds: asked of an empty one that goes again."""
    with private.scratch_folder() as folder:
        path = folder / paths.REGISTER_NAME
        office = open_office(path, today=args.today, settings=settings, passphrase="")
        try:
            return COMMANDS[args.command].run(office, args)
        finally:
            office.close()


def _fail(error: AppError, args: Namespace) -> int:
    """Say what went wrong in one line; what the rules say of it goes to stdout."""
    code = exit_code(error)
    if isinstance(error, Refused):
        found = rule_overrides.findings_of(error)
        data: dict[str, object] = {"findings": [output.finding(one) for one in found]}
        if error.code == "person_twice":
            data["twins"] = error.parameters["twins"]
        _emit(Answer(data, output.finding_lines([f for f in found if f.blocks])), args)
    output.complain(messages.error_text(error))
    return code


def exit_code(error: AppError) -> int:
    """The exit code that an error's class says."""
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))


def _open_on(path: Path, day: date) -> Office:
    return open_office(path, today=day)


def _self_test() -> Answer:
    # Here, and the demo below: no other command has to wait for them to be loaded.
    from imp_plus_desktop.services.demo import selftest

    done = selftest.self_test(_open_on)
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


def _demo(args: Namespace, settings: Settings) -> Answer:
    from imp_plus_desktop.services.demo import demo

    folder = args.folder or private.kept_folder("imp-plus-demo-")
    made = demo.make_demo(_open_on, folder, args.today or demo.DEMO_DAY)
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
