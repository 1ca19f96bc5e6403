# SPDX-License-Identifier: Apache-2.0
"""`move` and `server`: registers on a server, made, looked at and moved to."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from imp_plus_desktop.bootstrap import PASSPHRASE_VARIABLE, on_server, open_office
from imp_plus_desktop.cli.answers.answer import Answer
from imp_plus_desktop.cli.server.asking import with_password
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import moving, setting_up
from imp_plus_desktop.settings import Settings


def move(args: Namespace, settings: Settings) -> Answer:
    """Take a register whole from one place to another, and verify it there."""

    def opened(password: str) -> Office:
        return open_office(
            args.source, today=args.today, settings=settings, create=False, password=password
        )

    office = with_password(args.source, opened)
    try:
        if isinstance(args.target, Path):
            passphrase = os.environ.get(PASSPHRASE_VARIABLE, "") or office.register.passphrase
            moved = moving.to_file(office, args.target, passphrase)
        else:
            target = with_password(
                args.target, lambda password: on_server(args.target, password=password)
            )
            try:
                moved = moving.to_server(office, target, str(args.target))
            finally:
                target.close()
    finally:
        office.close()
    data = {"people": moved.people, "acts": moved.acts, "head": moved.head}
    return Answer(
        data,
        [
            _("The register is at {place}: {people} people, {acts} acts.").format(
                place=args.target,
                people=format_number(moved.people),
                acts=format_number(moved.acts),
            ),
            _("Both journals end with {head}.").format(head=moved.head[:16]),
            _("The old register stays as it was, and can only be read."),
        ],
    )


def server(args: Namespace, _settings: Settings) -> Answer:
    """Make a register on a server, or say how it is."""
    if isinstance(args.url, Path):
        raise InvalidInput("bad_address")
    ask = _ACTIONS[args.action]
    told = with_password(args.url, lambda password: ask(args.url, password))
    data = {
        "database": told.database,
        "version": told.version,
        "users": [],
        "desks": told.desks,
    }
    said = _("The register is on the server under the name {name}.").format(name=told.database)
    desks = _("Desks that are connected: {count}.").format(count=format_number(told.desks))
    return Answer(data, [said, f"PostgreSQL {told.server}", desks])


_ACTIONS = {
    "init": setting_up.init,
    "status": setting_up.status,
    "upgrade": setting_up.upgrade,
}
RUNS: Mapping[str, Callable[[Namespace, Settings], Answer]] = {"move": move, "server": server}
