# SPDX-License-Identifier: Apache-2.0
"""The register of invented people that the window opens to try, in a window of its own.

    register()                       where it is
    make(open_office)                made where it is not there yet
    start(language) -> bool          opens it on its day, in a process of its own

It is kept from one time to the next.
"""

from pathlib import Path

from imp_plus_desktop import paths
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.demo.demo import DEMO_DAY, OpenOffice


def register() -> Path:
    """Where it is, or would be."""
    return paths.demo_folder() / f"{demo.NAME}.imp"


def make(open_office: OpenOffice) -> Path:
    """Make it where it is not there yet. Errors: StorageError cannot_open, ExchangeError."""
    path = register()
    return path if path.is_file() else demo.make_demo(open_office, path.parent).path


def command(language: str) -> list[str]:
    """What opens it in a window of its own, on the day on which its people are alive."""
    named = ["--today", DEMO_DAY.isoformat(), "--lang", language]
    return [*children.own_program("--register"), str(register()), *named]


def start(language: str) -> bool:
    """Open it in a window of its own; whether that could be begun."""
    try:
        children.start_apart(command(language))
    except OSError:
        return False
    return True
