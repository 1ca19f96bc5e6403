# SPDX-License-Identifier: Apache-2.0
"""Every module of the program: whether each is there and loads.

    unloadable() -> list[str]      names of modules that do not

Most modules are loaded when something is first asked of them, so that a built program that lacks
one, or a library of one, would say so months later. Needs no display. Knows no module by its name.
"""

import logging
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

_PROGRAM = __name__.partition(".")[0]
_WAY_IN = f"{_PROGRAM}.__main__"
"""What runs already."""


def is_built() -> bool:
    """Whether this is a built program, and not Python with the project's files."""
    return bool(getattr(sys, "frozen", False))


def unloadable() -> list[str]:
    """Load every module there is; the names of those that did not, with the reason in the log."""
    return [name for name in names() if name != _WAY_IN and not _loads(name)]


def names() -> Iterator[str]:
    """The modules of the program, as they are found where the program is."""
    package = import_module(_PROGRAM)
    for found in pkgutil.walk_packages(
        package.__path__, f"{package.__name__}.", lambda _name: None
    ):
        yield found.name


def _loads(name: str) -> bool:
    try:
        import_module(name)
    except Exception:  # whatever it is, what needs the module does not work
        logging.getLogger(__name__).exception("%s does not load", name)
        return False
    return True
