# SPDX-License-Identifier: Apache-2.0
"""`move` and `server`: registers on a server, made, looked at and moved to."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from imp_plus_desktop.bootstrap import (
    PASSPHRASE_VARIABLE,
    load_programme,
    on_server,
    open_office,
)
from imp_plus_desktop.cli.answers.answer import Answer
from imp_plus_desktop.cli.server.asking import with_password
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import moving, setting_up
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.words.copy_texts import content_text
from imp_plus_desktop.words.privacy.privacy_texts import untidied_text
from imp_plus_desktop.words.servers.role_names import ROLES


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
                moved = moving.to_server(office, target, str(args.target.for_all))
            finally:
                target.close()
    finally:
        office.close()
    data = {"people": moved.people, "acts": moved.acts, "head": moved.head}
    return Answer(
        data,
        [
            _("The register is at {place}: {content}.").format(
                place=args.target, content=content_text(moved.people, moved.acts)
            ),
            _("Both journals end with {head}.").format(head=moved.head[:16]),
            _("The old register stays as it was, and can only be read."),
        ],
    )


def server(args: Namespace, _settings: Settings) -> Answer:
    """Make a register on a server, say how it is, or let people in."""
    if isinstance(args.url, Path):
        raise InvalidInput("bad_address")
    told = with_password(args.url, _asked(args))
    data = {
        "database": told.database,
        "version": told.version,
        "users": [{"user": name, "role": role.value} for name, role in told.users],
        "desks": told.desks,
        "untidied": told.untidied,
    }
    said = _("The register is on the server under the name {name}.").format(name=told.database)
    desks = _("Desks that are connected: {count}.").format(count=format_number(told.desks))
    users = [
        _("{name}: {value}").format(name=name, value=_(ROLES[role])) for name, role in told.users
    ]
    left = [untidied_text(told.untidied)] if told.untidied else []
    return Answer(data, [said, f"PostgreSQL {told.server}", desks, *users, *left])


def _asked(args: Namespace) -> Callable[[str], setting_up.Status]:
    """What is asked of the server, given the password of whoever asks."""
    url = args.url
    if args.action == "init":
        return lambda own: setting_up.init(url, load_programme(), own)
    if args.action == "upgrade":
        return lambda own: setting_up.upgrade(url, own)
    if args.action == "status":
        return lambda own: setting_up.status(url, own)
    if args.action == "tidy":
        return lambda own: setting_up.tidy(url, own)
    if args.user_action == "remove":
        return lambda own: setting_up.remove_user(url, args.name, own)
    role, password = Role(args.role), _password()
    return lambda own: setting_up.add_user(url, args.name, role, password, own)


def _password() -> str | None:
    """The password of a user, never from an argument: others would see it. None is for a user who
    keeps theirs."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given or not sys.stdin.isatty():
        return given or None
    password = getpass.getpass(_("Password of the user (empty: it stays as it is): "))
    if password and getpass.getpass(_("The same once more: ")) != password:
        raise InvalidInput("passphrases_differ")
    return password or None


PASSWORD_VARIABLE = "IMP_PLUS_USER_PASSWORD"

RUNS: Mapping[str, Callable[[Namespace, Settings], Answer]] = {"move": move, "server": server}
