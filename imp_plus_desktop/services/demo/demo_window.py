# SPDX-License-Identifier: Apache-2.0
"""The register of invented people that the window opens to try, in a window of its own.

    register()                       where it is
    make(open_office)                made where it is not there yet
    command(language) -> Command     what opens it on its day

It is kept from one time to the next. Must not open a window by itself.
"""

from dataclasses import dataclass
from pathlib import Path

from imp_plus_desktop import paths
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.demo.demo import DEMO_DAY, OpenOffice


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and the variables that its process has."""

    program: str
    arguments: list[str]
    variables: dict[str, str]


def register() -> Path:
    """Where it is, or would be."""
    return paths.demo_folder() / f"{demo.NAME}.imp"


def make(open_office: OpenOffice) -> Path:
    """Make it where it is not there yet. Errors: StorageError cannot_open, ExchangeError."""
    path = register()
    return path if path.is_file() else demo.make_demo(open_office, path.parent).path


def command(language: str) -> Command:
    """What opens it in a window of its own, on the day on which its people are alive."""
    program, *arguments = children.own_program("--register")
    arguments += [str(register()), "--today", DEMO_DAY.isoformat(), "--lang", language]
    return Command(program, arguments, children.own_surroundings())
