# SPDX-License-Identifier: Apache-2.0
"""The way in: no command opens the window, a command goes to the command line.

Imports late, so that the command line and a child that exports never load Qt, and a child that
reads a workbook loads nothing but its reader. Must not hold anything else than this choice.
"""

import atexit
import gc
import io
import os
import sys

READ_WORKBOOK = "--read-workbook"
FILL_LETTERS = "--fill-letters"
PRINT_LETTERS = "--print-letters"
EXPORT_LIST = "--export-list"
COPY_REGISTER = "--copy-register"
_CHILDREN = (READ_WORKBOOK, FILL_LETTERS, PRINT_LETTERS, EXPORT_LIST, COPY_REGISTER)
_TAKE_A_VALUE = frozenset({"--register", "--lang", "--today"})
_FLAGS = frozenset({"--json"})
_REGISTER = ".imp"
_NO_STREAM = {"stdin": os.O_RDONLY, "stdout": os.O_WRONLY, "stderr": os.O_WRONLY}
_BROKEN = 1
"""How a child ends that tells no more: its parent says what that means."""


def main(argv: list[str] | None = None) -> int:
    """Run the program with the given arguments (default: the process's); return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in _CHILDREN:
        return _child(arguments)
    _have_streams()
    arguments = naming_the_register(arguments)
    if has_command(arguments):
        return command_line(arguments)
    gc.disable()
    from imp_plus_desktop.ui.shell.identity import Ending

    ending = Ending() if argv is None else None
    from imp_plus_desktop import bootstrap, private

    bootstrap.load_for_a_window()
    from imp_plus_desktop.ui.window.app import run_window

    private.start()
    code = run_window(arguments, _is_shown)
    if ending is not None:
        ending.code = code
    return code


def command_line(arguments: list[str]) -> int:
    """Run one command, and never a window; return its exit code."""
    gc.disable()
    from imp_plus_desktop.cli.main import main as cli_main

    # What the process holds goes with it: to look for what of it is garbage would only take time.
    atexit.register(gc.freeze)
    _speak_utf8()
    return cli_main(arguments, _keep_private, _is_loaded)


def _keep_private() -> None:
    from imp_plus_desktop import private

    private.start()


def _is_loaded() -> None:
    """Look for garbage from now on, but not among what was loaded: it stays, and a tenth of a start
    went by in walking over it."""
    gc.freeze()
    gc.enable()


def _is_shown() -> None:
    """The window is there: load what is likely to be asked for next, while it is looked at."""
    from threading import Thread

    from imp_plus_desktop import bootstrap

    _is_loaded()
    Thread(target=bootstrap.load_for_its_lists, daemon=True).start()


def _child(arguments: list[str]) -> int:
    # What is not caught would be shown in a box of its own, with the texts of cells in it.
    try:
        if arguments[0] == READ_WORKBOOK:
            from imp_plus_desktop.exchange.readers.reading_child import run as read_workbook

            read_workbook(arguments[1:])
        if arguments[0] == FILL_LETTERS:
            from imp_plus_desktop.exchange.correspondence.letter_child import run as fill_letters

            fill_letters(arguments[1:])
        if arguments[0] == PRINT_LETTERS:
            from imp_plus_desktop.ui.shell.letter_printer import main as print_letters

            return print_letters()
        if arguments[0] == COPY_REGISTER:
            from imp_plus_desktop.cli.copy_child import main as copy_register

            return copy_register()
        from imp_plus_desktop.cli.export_child import main as export_list

        return export_list()
    except BaseException:
        return _BROKEN


def _have_streams() -> None:
    """Give a windowed program, which has none on Windows, streams that lead nowhere."""
    for name, flags in _NO_STREAM.items():
        if getattr(sys, name) is None:
            mode = "r" if flags == os.O_RDONLY else "w"
            nowhere = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")
            setattr(sys, name, nowhere)


def naming_the_register(arguments: list[str]) -> list[str]:
    """The arguments, where a register alone is given as a system does that opens a file, with the
    option that names it."""
    alone = [place for place, argument in enumerate(arguments) if _is_register(arguments, place)]
    if len(alone) != 1 or has_command([a for i, a in enumerate(arguments) if i not in alone]):
        return arguments
    place = alone[0]
    return [*arguments[:place], "--register", *arguments[place:]]


def _is_register(arguments: list[str], place: int) -> bool:
    argument, before = arguments[place], arguments[place - 1] if place else ""
    is_value = before in _TAKE_A_VALUE or argument.startswith("-")
    return argument.lower().endswith(_REGISTER) and not is_value


def has_command(arguments: list[str]) -> bool:
    """Whether anything stands among the arguments that is not a global option or its value."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _TAKE_A_VALUE:
            next(rest, None)
        elif argument not in _FLAGS and argument.partition("=")[0] not in _TAKE_A_VALUE:
            return True
    return False


def _speak_utf8() -> None:
    # Pipes get the system's code page on Windows; scripts that read JSON expect UTF-8 everywhere.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


if __name__ == "__main__":
    sys.exit(main())
