# SPDX-License-Identifier: Apache-2.0
"""Whether a file lies on a drive of another computer, where two computers that write at once are
not kept apart. Reads only; whatever cannot be read says nothing.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from imp_plus_desktop.plain_files import real

_REMOTE = 4
"""Windows' kind of a drive that is another computer's."""
_SHARES = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "fuse.sshfs", "fuse.glusterfs",
     "davfs", "fuse.davfs2", "ncpfs")
)  # fmt: skip
_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_remote(path: Path) -> bool:
    """Whether a file lies on another computer's drive: a share, or a letter or folder for one."""
    with suppress(OSError):
        return _is_remote(real(path).parent)
    return False


@lru_cache(maxsize=16)
def _is_remote(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = PureWindowsPath(folder).drive
        if is_share(str(folder)):
            return True
        kind = ctypes.WinDLL("kernel32").GetDriveTypeW(ctypes.c_wchar_p(f"{drive}\\"))
        return bool(kind == _REMOTE)
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
            return mounted_from(PurePosixPath(os.fspath(folder)), mounts) in _SHARES
    return False


def is_share(path: str) -> bool:
    """Whether a path of Windows begins with another computer's name: `\\\\server\\share`, also
    written in its long form."""
    drive = PureWindowsPath(path).drive.lower()
    return drive.startswith("\\\\") and (
        not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive.startswith("\\\\?\\unc")
    )


def mounted_from(folder: PurePosixPath, mounts: str) -> str:
    """The kind of file system that a folder is on, by the kernel's list of what is mounted."""
    best, kind = 0, ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        fields, its_kind = before.split(" "), after.split(" ")[0]
        if len(fields) < 5:
            continue
        place = PurePosixPath(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), fields[4]))
        # The last one of several at one place is what is seen there.
        if (folder == place or place in folder.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), its_kind
    return kind
