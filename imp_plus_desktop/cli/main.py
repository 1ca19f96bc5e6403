# SPDX-License-Identifier: Apache-2.0
"""The command line: opens the register, runs one command, and turns failures into exit codes.

0 done, 1 done but something needs a person, 2 wrong usage, 3 a file cannot be read, 4 the register
cannot be used, 5 a rule blocks it, 130 cancelled.
"""

from __future__ import annotations

import contextlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.cli.answers.answer import Answer, Run, complain, emit
from imp_plus_desktop.cli.command_table import COMMANDS
from imp_plus_desktop.cli.depending import must_go_together
from imp_plus_desktop.cli.grammar import parser
from imp_plus_desktop.cli.server.table import SERVER
from imp_plus_desktop.domain.values import errors
from imp_plus_desktop.domain.values.errors import AppError, ExchangeError, Refused, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.settings import Settings, stored_language

# What opens registers and says what went wrong is imported where that happens: a list of the
# commands, or a word that is no command, is answered without them.
if TYPE_CHECKING:
    from imp_plus_desktop.services.office.office import Office


FROM_NOTHING: Mapping[str, Callable[[Namespace], bool]] = {
    "import": lambda args: bool(args.dry_run),
    "mrz": lambda args: args.ref is None,
}
"""Commands that need no register to answer, by when that is so."""

SHIPPED_ONLY = frozenset({"template", "routes", "rescue"})
"""Commands that answer from what the program ships, or from a file that is no open register."""

NEEDS_A_PERSON, USAGE, UNREADABLE, UNUSABLE, BLOCKED, NOT_ALLOWED = 1, 2, 3, 4, 5, 6
FAULT, CANCELLED = 70, 130

EXIT_CODES: Mapping[type[AppError], int] = {
    errors.InvalidInput: USAGE,
    errors.ExchangeError: UNREADABLE,
    errors.StorageError: UNUSABLE,
    errors.Refused: BLOCKED,
    errors.NotAllowed: NOT_ALLOWED,
    errors.Cancelled: CANCELLED,
}
"""The exit code of each kind of failure."""


def grammar() -> ArgumentParser:
    """The parser of all commands, in the language in use."""
    return parser.build({name: (one.purpose, one.grammar) for name, one in COMMANDS.items()})


def main(
    argv: list[str],
    before_work: Callable[[], None] | None = None,
    loaded: Callable[[], None] | None = None,
) -> int:
    """Run one command; returns the exit code.

    `before_work` is called when there is a command to do: help, and wrong usage, are told without.
    `loaded` is called when its modules are there.
    """
    wanted = parser.language_of(argv)
    i18n.use(wanted if wanted in i18n.available() else stored_language(paths.settings_file()))
    try:
        args = grammar().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if before_work is not None:
        before_work()
    return _work(args, loaded or _nothing)


class _KeptAllTheSame(Exception):
    """What a command has recorded stays, and its answer is not there: the line to the server was
    lost in between, the disk failed, or somebody stopped it."""

    def __init__(self, act: int) -> None:
        super().__init__(act)
        self.act = act


def _nothing() -> None:
    """What a process does that is not the program's own: one that tests or measures it."""


def _work(args: Namespace, loaded: Callable[[], None]) -> int:
    from imp_plus_desktop import logs

    # Without a log the program goes on.
    with contextlib.suppress(OSError):
        logs.start_logging(paths.logs_folder())
    try:
        answer = _run(args, Settings(paths.settings_file()), loaded)
    except _KeptAllTheSame as stopped:
        return _kept_all_the_same(stopped, args)
    except KeyboardInterrupt:
        complain(_("Cancelled; nothing is changed."))
        return CANCELLED
    except AppError as error:
        return _fail(error, args)
    except Exception as error:
        from imp_plus_desktop.words.error_texts import environment_error

        told = environment_error(error)
        if told is not None:
            return _fail(told, args)
        # A bug: where it is goes to the log, without values; nothing was kept of the command.
        import logging

        logging.getLogger(__name__).error("a command broke", exc_info=True)
        complain(_("Something unexpected happened; nothing is changed. See the log."))
        return FAULT
    return _emit(answer, args)


def _kept_all_the_same(stopped: _KeptAllTheSame, args: Namespace) -> int:
    """Say that it is done, so that nobody does it again; what else there was to say is lost."""
    if not isinstance(stopped.__cause__, AppError | KeyboardInterrupt):
        import logging

        logging.getLogger(__name__).error("a command broke after its act", exc_info=stopped)
    complain(
        _(
            "This was recorded (act {act}), but the program was stopped before it could say what"
            " came of it. Look at the journal before you do it again."
        ).format(act=stopped.act)
    )
    return _emit(Answer({"act": stopped.act}, (), NEEDS_A_PERSON), args)


def _emit(answer: Answer, args: Namespace) -> int:
    try:
        code = emit(answer, args.json)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`| head`): the work is done all the same.
        _leave_stdout()
        return answer.code
    except OSError as error:
        # The work is done, and nobody learns of what.
        from imp_plus_desktop.plain_files import trouble

        _leave_stdout()
        _complain_of(ExchangeError(trouble(error, "cannot_write")))
        return answer.code or 1
    return code


def _leave_stdout() -> None:
    """Let nothing more be written where it cannot be."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: Namespace, settings: Settings, loaded: Callable[[], None]) -> Answer:
    must_go_together(args)
    room = COMMANDS[args.command].room
    if room is None:
        from imp_plus_desktop.cli import trial

        if args.command in SERVER:
            from imp_plus_desktop.cli.server import commands

            loaded()
            return commands.RUNS[args.command](args, settings)
        loaded()
        return trial.self_test() if args.command == "self-test" else trial.make_demo(args, settings)
    run = room()[args.command]
    loaded()
    if args.command in SHIPPED_ONLY:
        return _without_register(run, args, settings)
    try:
        office = _open(args, settings)
    except StorageError as error:
        if args.command == "support":
            from imp_plus_desktop.cli.support import commands as help_commands

            return help_commands.without_register(args, settings, _file_of(args), error)
        if error.code == "not_found" and _answers_from_nothing(args):
            return _without_register(run, args, settings)
        if args.command != "restore" or not isinstance(args.register, Path | None):
            raise
        from imp_plus_desktop.cli.commands import restore_commands

        return restore_commands.bring_back(args, settings, _file_of(args), error)
    try:
        return _answer(run, office, args)
    finally:
        office.close()


def _answer(run: Run, office: Office, args: Namespace) -> Answer:
    try:
        answer = run(office, args)
        _tell(office)
        return _as_of_snapshot(office, answer)
    except (Exception, KeyboardInterrupt) as error:
        if office.made:
            raise _KeptAllTheSame(office.made[-1].id) from error
        raise


def _as_of_snapshot(office: Office, answer: Answer) -> Answer:
    """Say with an answer from a snapshot that it is one, and of when."""
    if office.reading is None:
        return answer
    from imp_plus_desktop.words.servers.snapshot_texts import moment_of, snapshot_line

    at = moment_of(office.reading)
    if at is None:
        return answer
    complain(snapshot_line(office.reading))
    return answer._replace(data={**answer.data, "snapshot": at})


def _tell(office: Office) -> None:
    """Say what was found when the register was opened, where it was not as usual."""
    from imp_plus_desktop.domain.reads.arrivals import Arrival

    if office.arrival != Arrival():
        from imp_plus_desktop.words.care.place_texts import arrival_lines

        for line in arrival_lines(office.arrival):
            complain(line)
    if office.only_reads:
        from imp_plus_desktop.services.office import summary
        from imp_plus_desktop.words.care.place_texts import behind_text

        lacking = summary.behind(office)
        if lacking is not None:
            complain(behind_text(lacking.day, lacking.missing))


def _open(args: Namespace, settings: Settings) -> Office:
    from imp_plus_desktop.bootstrap import open_office

    create = _may_create(args)
    if args.register is not None and not isinstance(args.register, Path):
        from imp_plus_desktop.cli.server.asking import with_password

        return with_password(
            args.register,
            lambda password: open_office(
                args.register, today=args.today, settings=settings, password=password
            ),
        )
    try:
        return open_office(args.register, today=args.today, settings=settings, create=create)
    except StorageError as error:
        asked = error.code == "passphrase_needed" and sys.stdin.isatty()
        if not asked:
            raise
    import getpass

    passphrase = getpass.getpass(_("Passphrase: "))
    return open_office(
        args.register, today=args.today, settings=settings, create=False, passphrase=passphrase
    )


def _file_of(args: Namespace) -> Path:
    """The file that a command is about, or what stands for one on this computer."""
    from imp_plus_desktop.services.servers.places import beside

    return beside(args.register or paths.register_file())


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
    named = args.register
    if isinstance(named, Path) and not named.absolute().parent.is_dir():
        return False
    complain(_("There is no register yet; nothing is recorded."))
    return True


def _without_register(run: Run, args: Namespace, settings: Settings) -> Answer:
    """What is the same whatever the register holds: asked of an empty one that goes again."""
    from imp_plus_desktop import private
    from imp_plus_desktop.bootstrap import open_office

    with private.scratch_folder() as folder:
        path = folder / paths.REGISTER_NAME
        office = open_office(path, today=args.today, settings=settings, passphrase="")
        try:
            return run(office, args)
        finally:
            office.close()


def _fail(error: AppError, args: Namespace) -> int:
    """Say what went wrong in one line; what the rules say of it goes to stdout."""
    code = exit_code(error)
    if isinstance(error, Refused):
        from imp_plus_desktop.cli.answers import output
        from imp_plus_desktop.services.office import rule_overrides

        found = rule_overrides.findings_of(error)
        data: dict[str, object] = {"findings": [output.finding(one) for one in found]}
        if error.code == "person_twice":
            data["twins"] = error.parameters["twins"]
        _emit(Answer(data, output.finding_lines([f for f in found if f.blocks])), args)
    _complain_of(error)
    return code


def _complain_of(error: AppError) -> None:
    from imp_plus_desktop.words.error_texts import error_text

    complain(error_text(error))


def exit_code(error: AppError) -> int:
    """The exit code that an error's class says."""
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
