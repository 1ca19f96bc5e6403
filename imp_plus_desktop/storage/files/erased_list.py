# SPDX-License-Identifier: Apache-2.0
"""The list of erased files beside a register, in the folder of its automatic copies: for a copy
that is restored where no register opens, and for pages that are still to be cleaned.

    write(register_path, Beside(register, files, swept)), read(register_path) -> Beside | None

It holds numbers and digests, no names. A register has its own list; this one may be gone.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from imp_plus_desktop import private
from imp_plus_desktop.plain_files import read_plain
from imp_plus_desktop.storage.files import copies

NAME = "erased.json"


class Beside(NamedTuple):
    """`register` tells which register it is of, `files` are (person, digest), `swept` whether
    nothing of them is left in the register's free pages."""

    register: str
    files: tuple[tuple[int, str], ...]
    swept: bool


def write(register_path: Path, told: Beside) -> None:
    """Put the list there. Nothing is said where that cannot be."""
    with suppress(OSError):
        put(register_path, told)


def put(register_path: Path, told: Beside) -> None:
    """The same where it must be. Raises OSError."""
    folder = copies.folder_of(register_path)
    private.make_folder(folder)
    private.write(folder / NAME, json.dumps(told._asdict()).encode("ascii"))


def read(register_path: Path) -> Beside | None:
    """The list, None where there is none that can be read."""
    try:
        told = json.loads(read_plain(copies.folder_of(register_path) / NAME))
        files = tuple((int(person), str(digest)) for person, digest in told["files"])
        return Beside(str(told["register"]), files, bool(told["swept"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
