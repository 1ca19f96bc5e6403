# SPDX-License-Identifier: Apache-2.0
"""The name by which a file is opened to be read alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from imp_plus_desktop.plain_files import real
from imp_plus_desktop.storage.files import network_drives
from imp_plus_desktop.storage.files.heads import LOGS


def read_only_name(path: Path) -> str:
    """Return the file as SQLite opens it without making it, a log or a lock beside it.

    A file with a log or a journal beside it is in use or was left in the middle of a write: it
    is read with them, which needs locks; and so is one that another computer may be writing.
    """
    whole = real(path).as_posix()
    beside = (path.with_name(path.name + ending) for ending in LOGS)
    used = network_drives.is_remote(path) or any(file.exists() for file in beside)
    alone = "" if used else "&immutable=1"
    return f"file://{'' if whole.startswith('/') else '/'}{quote(whole)}?mode=ro{alone}"
