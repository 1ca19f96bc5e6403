# SPDX-License-Identifier: Apache-2.0
"""Whether a folder is copied by a cloud service, which would tear a register under our feet.

A service is known by where it says its folders are (environment, its own notes, the system's list
of such folders), by the marks that it leaves in them, and by the names that it gives them: whole
names, since a person's folder may well contain such a word. Reads only; whatever cannot be read
says nothing.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from imp_plus_desktop.plain_files import real

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DROPBOX_NOTES = (
    ("APPDATA", "Dropbox/info.json"), ("LOCALAPPDATA", "Dropbox/info.json"),
    ("HOME", ".dropbox/info.json"), ("USERPROFILE", ".dropbox/info.json"),
)  # fmt: skip
_NAMES = re.compile(
    r"onedrive|onedrive [-–] .+|dropbox|dropbox \(.+\)|google ?drive|google drive streaming|"
    r"googledrive-.+|my drive|mon drive|icloud ?drive|nextcloud|owncloud|pcloud ?drive|megasync"
)
"""What the services call their folders, in whatever place."""
_NAMES_AT_HOME = frozenset({"mega", "box", "box sync", "sync", "kdrive", "proton drive", "pcloud"})
"""Words that mean something else elsewhere: only right below the user's own folder."""
_MARKS = frozenset({
    ".dropbox", ".dropbox.cache", ".tmp.drivedownload", ".tmp.driveupload", ".megaignore",
    ".debris", ".nextcloudsync.log", ".owncloudsync.log", ".stfolder",
})  # fmt: skip
_DATABASES = re.compile(r"\._?sync_.+\.db")
"""Of Nextcloud and ownCloud, in the folder that they keep."""
_BASIC = 0
"""What is asked of Windows about such a folder: only whether it is one."""
_MAC = (("Library", "CloudStorage"), ("Library", "Mobile Documents"))
_OF_AN_OFFICE = re.compile(r"onedrive [-–] (.+)")


def is_synced(path: Path) -> bool:
    """Whether a register at `path` would lie in a folder that a cloud service keeps."""
    places = {path.parent, real(path.parent)}
    roots, home = [real(root) for root in _told_roots()], real(Path.home())
    return any(_is_synced(folder, roots, home) for folder in places)


def _is_synced(folder: Path, roots: list[Path], home: Path) -> bool:
    if any(folder == root or root in folder.parents for root in roots):
        return True
    parts = folder.parts
    if any(pair in pairwise(parts) for pair in _MAC):
        return True
    if _is_kept_by_windows(folder):
        return True
    above = {home, *home.parents}
    for place in (folder, *folder.parents):
        if place in above:
            return False
        if _is_named_so(place, home) or _is_marked(place):
            return True
    return False


def _is_named_so(folder: Path, home: Path) -> bool:
    name = unicodedata.normalize("NFC", folder.name).casefold()
    if _NAMES.fullmatch(name) is not None:
        return True
    return name in _NAMES_AT_HOME and real(folder.parent) == home


def _is_marked(folder: Path) -> bool:
    try:
        # Asked once, for names alone: a folder of downloads may hold thousands of files, and one
        # on a drive of the network answers each question late.
        hidden = [name.casefold() for name in os.listdir(folder) if name[0] == "."]  # noqa: PTH208
    except OSError:
        return _has_mark_unlisted(folder)
    return any(name in _MARKS or _DATABASES.fullmatch(name) for name in hidden)


def _has_mark_unlisted(folder: Path) -> bool:
    """The same where one may enter a folder and not list it."""
    with suppress(OSError):
        return any((folder / mark).exists() for mark in _MARKS)
    return False


def _told_roots() -> Iterator[Path]:
    """The folders that the services themselves say they keep."""
    named = [os.environ.get(variable) for variable in _VARIABLES]
    yield from map(Path, filter(None, named))
    yield from _shared_libraries([name for name in named if name])
    for variable, note in _DROPBOX_NOTES:
        if folder := os.environ.get(variable):
            yield from _told_by_dropbox(Path(folder, note))
    if sys.platform == "win32":
        yield from _told_by_windows()


def _shared_libraries(onedrives: list[str]) -> Iterator[Path]:
    """SharePoint's libraries lie in a folder called by the organisation, beside its OneDrive."""
    beside, home = {Path(name) for name in onedrives}, Path.home()
    with suppress(OSError):
        names = [n for n in os.listdir(home) if _OF_AN_OFFICE.fullmatch(n.casefold())]  # noqa: PTH208
        beside |= {home / name for name in names if (home / name).is_dir()}
    for folder in beside:
        office = _OF_AN_OFFICE.fullmatch(folder.name.casefold())
        if office is not None:
            yield folder.with_name(folder.name[office.start(1) :])


def _told_by_dropbox(note: Path) -> Iterator[Path]:
    with suppress(OSError, ValueError, RecursionError):
        told = json.loads(note.read_text(encoding="utf-8"))
        for account in told.values() if isinstance(told, dict) else ():
            path = account.get("path") if isinstance(account, dict) else None
            if isinstance(path, str) and path:
                yield Path(path)


def _told_by_windows() -> Iterator[Path]:
    """Windows lists the folders of every service that shows its state in the Explorer."""
    if sys.platform != "win32":
        return
    import winreg

    places = (
        (winreg.HKEY_CURRENT_USER, r"Software\SyncEngines\Providers\OneDrive"),
        (
            winreg.HKEY_LOCAL_MACHINE,
            r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager",
        ),
    )
    for hive, key in places:
        with suppress(OSError), winreg.OpenKey(hive, key) as top:
            for number in range(winreg.QueryInfoKey(top)[0]):
                name = winreg.EnumKey(top, number)
                yield from _registry_paths(hive, f"{key}\\{name}", "MountPoint")
                yield from _registry_paths(hive, f"{key}\\{name}\\UserSyncRoots", None)


def _is_kept_by_windows(folder: Path) -> bool:
    """Whether Windows itself keeps files of this folder in a cloud, whatever the service is."""
    if sys.platform != "win32":
        return False
    import ctypes

    number, length = ctypes.c_longlong(), ctypes.c_ulong()
    with suppress(OSError, AttributeError):  # Windows before 10 has no such library
        ask = ctypes.WinDLL("cldapi").CfGetSyncRootInfoByPath
        told = (ctypes.byref(number), ctypes.sizeof(number), ctypes.byref(length))
        return int(ask(ctypes.c_wchar_p(str(folder)), _BASIC, *told)) == 0
    return False


def _registry_paths(hive: int, key: str, wanted: str | None) -> Iterator[Path]:
    if sys.platform != "win32":
        return
    import winreg

    with suppress(OSError), winreg.OpenKey(hive, key) as found:
        for number in range(winreg.QueryInfoKey(found)[1]):
            name, value, _kind = winreg.EnumValue(found, number)
            if wanted in (None, name) and isinstance(value, str) and value:
                yield Path(value)
