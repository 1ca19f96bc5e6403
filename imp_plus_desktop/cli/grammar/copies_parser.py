# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about copies and about how well the register is."""

from __future__ import annotations

from functools import partial
from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import count, path
from imp_plus_desktop.i18n import _

PLACE, FOLDER = "place", "folder"
KEEP, FORGET = "keep", "forget"


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("copies")
    place = _("a second place, for this computer; “none” for none")
    _add(command, PLACE, str, "FOLDER", place)
    named = _("the folder of the copies of a server’s register, for every desk; “none” for none")
    _add(command, FOLDER, str, "FOLDER", named)
    kept = _("have this computer’s keyring keep the passphrase of these copies, or forget it")
    command.add_argument("--passphrase", choices=(KEEP, FORGET), help=kept)
    every = _("minutes between two copies while the window is open")
    _add(command, "every", count, "MINUTES", every)
    hourly = _("for so many days one copy an hour stays")
    _add(command, "hourly", count, "DAYS", hourly)
    _add(command, "daily", count, "DAYS", _("for so many days one copy a day stays"))
    _add(command, "weekly", count, "WEEKS", _("for so many weeks one copy a week stays"))
    _add(command, "monthly", count, "MONTHS", _("for so many months one copy a month stays"))
    commands.add_parser("health")
    command = commands.add_parser("snapshot")
    told = _("a file that does not exist; it is encrypted")
    command.add_argument("out", type=path, metavar="OUT.imp", help=told)


def _add(command: Any, name: str, read: Any, metavar: str, purpose: str) -> None:
    """An option that sets one thing: all that are given stand in `kept`, by name."""
    command.add_argument(
        f"--{name}",
        dest="kept",
        action="append",
        type=partial(_named, name, read),
        metavar=metavar,
        help=purpose,
    )


def _named(name: str, read: Any, text: str) -> tuple[str, Any]:
    return name, read(text)
