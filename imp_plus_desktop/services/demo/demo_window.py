# SPDX-License-Identifier: Apache-2.0
"""The register of invented people that the window opens to try, in a window of its own.

    register()                       where it is
    make(open_office)                made where it is not there yet
    start(language) -> bool          opens it on its day, in a process of its own

It is kept from one time to the next.
"""

from datetime import date
from pathlib import Path

from imp_plus_desktop import paths
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.demo.demo import DEMO_DAY, OpenOffice


def register(day: date = DEMO_DAY) -> Path:
    """Where it is, or would be: a register of its own for each day."""
    name = demo.NAME if day == DEMO_DAY else f"{demo.NAME}-{day.year}"
    return paths.demo_folder() / f"{name}.imp"


def make(open_office: OpenOffice, day: date = DEMO_DAY) -> Path:
    """Make it where it is not there yet. Errors: StorageError cannot_open, ExchangeError."""
    path = register(day)
    if path.is_file():
        return path
    return demo.make_demo(open_office, path.parent, day, name=path.stem).path


def command(language: str, day: date = DEMO_DAY) -> list[str]:
    """What opens it in a window of its own, on the day on which its people are alive."""
    named = ["--today", day.isoformat(), "--lang", language]
    return [*children.own_program("--register"), str(register(day)), *named]


def start(language: str, day: date = DEMO_DAY) -> bool:
    """Open it in a window of its own; whether that could be begun."""
    try:
        children.start_apart(command(language, day))
    except OSError:
        return False
    return True
