# SPDX-License-Identifier: Apache-2.0
"""New registers by the hundred: the first of a process is made, the others are copies of it.

To make one anew takes as long as forty acts. Where the making itself is looked at (steps of the
shape, keys, rights, races), a test makes its own with `open_office`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.register import Register


def new_office(path: Path, today: date | None = None) -> Office:
    """An office on a new register without a passphrase at `path`, where nothing may be yet."""
    return open_office(new_register(path), today=today)


def new_register(path: Path, *, is_file: bool = False) -> Path:
    """Put a new register at `path`, where nothing may be yet, and answer the path. One that
    `is_file` is a file wherever the others of the tests lie."""
    if is_on_a_server() and not is_file:
        return path
    made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(made, "wb") as file:
        file.write(_empty())
    return path


def new_demo(folder: Path) -> Path:
    """A register of the invented people in `folder`, as the language in use tells of them."""
    from imp_plus_desktop.services.demo import demo

    if is_on_a_server():
        return demo.make_demo(_opened, folder).path
    path = folder / f"{demo.NAME}.imp"
    path.write_bytes(_demo(i18n.current_language()))
    return path


def copy_of(pattern: Path, path: Path) -> Path:
    """Put a copy of a register that nobody has open at `path`, and answer the path."""
    if not pattern.exists() and is_on_a_server():
        import servers

        servers.copy_database(pattern, path)
        return path
    return Path(shutil.copy(pattern, path))


def told_of(path: Path) -> str:
    """How another process is told of the register that a test opens at a path."""
    if path.exists() or not is_on_a_server():
        return str(path)
    import servers

    return str(servers.database_for(path, create=True))


def is_on_a_server() -> bool:
    """Whether the registers of tests lie on a server."""
    chosen = sys.modules.get("on_a_server")
    return chosen is not None and chosen.is_chosen


@cache
def _demo(_language: str) -> bytes:
    from imp_plus_desktop.services.demo import demo

    with tempfile.TemporaryDirectory() as folder:
        return demo.make_demo(_opened, Path(folder)).path.read_bytes()


def _opened(path: Path, today: date) -> Office:
    return open_office(path, today=today)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.imp")
        Register(path, copy_first=False).close()
        return path.read_bytes()
