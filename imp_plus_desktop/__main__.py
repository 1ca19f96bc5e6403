# SPDX-License-Identifier: Apache-2.0
"""The way in: no command opens the window, a command goes to the command line.

Imports late, so that the command line and a child that exports never load Qt, and a child that
reads a workbook loads nothing but its reader. Must not hold anything else than this choice.
"""

import io
import sys

READ_WORKBOOK = "--read-workbook"
EXPORT_LIST = "--export-list"
_TAKE_A_VALUE = frozenset({"--register", "--lang", "--today"})
_FLAGS = frozenset({"--json"})


def main(argv: list[str] | None = None) -> int:
    """Run the program with the given arguments (default: the process's); return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == [READ_WORKBOOK]:
        from imp_plus_desktop.exchange.readers.reading_child import run as read_workbook

        read_workbook(arguments[1:])
    if arguments[:1] == [EXPORT_LIST]:
        from imp_plus_desktop.cli.export_child import main as export_list

        return export_list()
    if has_command(arguments):
        return command_line(arguments)
    from imp_plus_desktop import private
    from imp_plus_desktop.ui.window.app import run_window

    private.start()
    return run_window(arguments)


def command_line(arguments: list[str]) -> int:
    """Run one command, and never a window; return its exit code."""
    from imp_plus_desktop import private
    from imp_plus_desktop.cli.main import main as cli_main

    private.start()
    _speak_utf8()
    return cli_main(arguments)


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
