# SPDX-License-Identifier: Apache-2.0
"""Where a register's journal stood when it was last written, and what its file was like then: in
the folder of its automatic copies, for whoever finds another file in its place.

    note(register_path, register, act, seal, whence)     after each act
    forget(register_path)                        before other content takes its place
    known(register_path) -> Head | None
    logs_of(register_path), set_aside(register_path), is_as_left(register_path)

It holds numbers and digests, no names. What is lost or half written only makes more be looked at.
"""

from __future__ import annotations

import glob
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from imp_plus_desktop import held_files, private
from imp_plus_desktop.plain_files import read_plain, real
from imp_plus_desktop.storage.files import copies

NAME, ASIDE = "head.json", ".aside"
LOGS = ("-wal", "-journal")
"""What the names of the logs beside a register add to its own."""
_MOST_BYTES = 4_096
_LENGTH = 512
"""Bytes that are written, filled up with blanks: what is noted next has the same place."""


class Head(NamedTuple):
    """`register` tells which register it is of, `act` and `seal` its last act; `size` and `changed`
    the file, which stays the same as long as all that is written goes to its log. On a server
    `system` and `timeline` tell which one it is, and how often another has taken its place."""

    register: str
    act: int
    seal: str
    size: int
    changed: int
    system: str = ""
    timeline: int = 0


def note(
    register_path: Path, register: str, act: int, seal: bytes, whence: tuple[str, int] = ("", 0)
) -> None:
    """Note what a register is like now. Nothing is said where that cannot be, nor where there is
    no folder of copies yet."""
    folder = copies.folder_of(register_path)
    with suppress(OSError):
        if folder.is_dir():
            told = Head(register, act, seal.hex(), *_state(register_path), *whence)
            content = json.dumps(told._asdict()).encode("ascii").ljust(_LENGTH)
            _put(folder / NAME, content)


def _put(path: Path, content: bytes) -> None:
    """Write over what was noted before. A file that is emptied first is taken to the disk by some
    systems, and each act would wait for that."""
    with suppress(FileNotFoundError):
        if path.stat().st_size == len(content):
            private.write_beginning(path, content)
            return
    private.copy_into(path, io.BytesIO(content))


def forget(register_path: Path) -> None:
    """Take back what was noted: another content is about to take the place of this one."""
    with suppress(OSError):
        held_files.remove(copies.folder_of(register_path) / NAME)


def known(register_path: Path) -> Head | None:
    """What was noted last, None where nothing that can be read was."""
    try:
        told = json.loads(read_plain(copies.folder_of(register_path) / NAME, _MOST_BYTES))
        numbers = (int(told[name]) for name in ("act", "size", "changed"))
        act, size, changed = numbers
        whence = str(told.get("system", "")), int(told.get("timeline", 0))
        return Head(str(told["register"]), act, str(told["seal"]), size, changed, *whence)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def logs_of(register_path: Path) -> list[Path]:
    """The logs beside a register that hold anything."""
    whole = real(register_path)
    beside = (whole.with_name(whole.name + ending) for ending in LOGS)
    found = []
    for path in beside:
        with suppress(OSError):
            if path.stat().st_size:
                found.append(path)
    return found


def set_aside(register_path: Path) -> list[Path]:
    """The logs that were beside a register, were not its own, and have another name now."""
    whole = real(register_path)
    return sorted(whole.parent.glob(f"{glob.escape(whole.stem)}-????-??-??_??????-*{ASIDE}"))


def is_as_left(register_path: Path) -> bool:
    """Whether the file itself is the one that was written to last."""
    told = known(register_path)
    with suppress(OSError):
        return told is not None and _state(register_path) == (told.size, told.changed)
    return False


def _state(register_path: Path) -> tuple[int, int]:
    try:
        found = register_path.stat()
    except FileNotFoundError:  # it lies on a server
        return 0, 0
    return found.st_size, found.st_mtime_ns
