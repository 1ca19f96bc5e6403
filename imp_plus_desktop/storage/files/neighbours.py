# SPDX-License-Identifier: Apache-2.0
"""What lies beside a register: SQLite's own files, its copies, and what a kill has left of either.

Opens none of them: to close a register again would end SQLite's locks on it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.plain_files import real
from imp_plus_desktop.storage.files import copies

_SQLITES = ("-wal", "-shm", "-journal")
_FIRST_VERSIONS = re.compile(r"\..+\.imp\.\d+(-\d+)?\.part")
"""What the first version began beside a register or among its copies."""


def former_of(register_path: Path) -> Path:
    """Where a register stands aside while its content under another passphrase takes its place."""
    return register_path.with_name(f".{register_path.name}.former")


def put_back(register_path: Path) -> None:
    """Give a register its name back that a kill left aside, on Windows alone, during a change of
    passphrase. Whoever is changing it at this moment finds it there and gives up."""
    former = former_of(real(register_path))
    if former.exists() and not register_path.exists():
        with suppress(OSError):
            former.rename(real(register_path))


def tidy(register_path: Path) -> None:
    """Let only their user read what is there, and remove what was begun and is long abandoned."""
    whole = real(register_path)
    for ending in ("", *_SQLITES):
        private.tighten(whole.with_name(whole.name + ending))
    former = former_of(whole)
    if former.exists() and whole.exists():
        # What took its place is whole; the former one is under another passphrase, or under none.
        held_files.remove_all([former], patience=0)
    folder_of_copies = copies.folder_of(register_path)
    if folder_of_copies.is_dir():
        private.tighten(folder_of_copies)
        for copy in folder_of_copies.iterdir():
            private.tighten(copy)
    for folder in (register_path.parent, folder_of_copies):
        private.sweep_folder(folder, _FIRST_VERSIONS)
