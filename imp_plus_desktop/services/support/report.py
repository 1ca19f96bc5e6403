# SPDX-License-Identifier: Apache-2.0
"""A report for whoever looks after the program: what it is, where it runs, how the register is.

    of(office)                    all of it
    without_register(settings, code)   where none opens, and why

Holds numbers, codes and versions, the names of the program's own tables, and the program's log,
which names nobody either. Of a setting that is a text it says only whether there is one. It is read
before it is sent: the sentences around it are in `words/support/support_texts.py`.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from imp_plus_desktop import __version__, paths, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.logs import LOG_NAME
from imp_plus_desktop.plain_files import read_plain, real, trouble
from imp_plus_desktop.services.copies import health
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.settings import KEYS, Settings
from imp_plus_desktop.storage.files import copies, network_drives, synced_folders
from imp_plus_desktop.storage.maintenance import anatomy

_TOLD_SETTINGS = frozenset({"language", "theme"})
"""Texts of which the program has a short list."""
_LIBRARIES = (
    *("PySide6_Essentials", "peewee", "sqlcipher3", "python-calamine", "openpyxl", "XlsxWriter"),
    *("docxtpl", "icalendar", "rapidfuzz"),
)
_LATEST_LINES = 400
_RECORD = re.compile(r"(?P<head>[\d-]{10} [\d:,]{12} [A-Z]+ (?P<who>[\w.]+)) .*")
_OF_A_TRACE = re.compile(
    r"  [\w./-]+\.py:\d+ in [\w<>.]+|which led to"
    r"|[A-Z]\w*(Error|Exception|Warning|Refused|Cancelled)"
)
_REASONS = frozenset({"day", "import", "manual", "restore", "upgrade"})
"""Why copies are made; a file that somebody has put among them may be called anything."""

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """By section (program, settings, place, register, rows, copies, health, check) its facts;
    `log` is the end of the program's log."""

    sections: Mapping[str, Facts]
    log: tuple[str, ...]


def of(office: Office) -> Report:
    """The report on an open register, with a check of the whole of it."""
    sections = {
        "program": _program(),
        "settings": _settings(office.settings),
        "place": _place(office.register_path) if office.server is None else {"server": "yes"},
        "register": _asked(lambda: anatomy.facts(office.register)),
        "rows": _asked(lambda: anatomy.counts(office.register)),
        "copies": _copies(office.register_path),
        "health": _asked(lambda: _health(office)),
        "check": _asked(lambda: checking.check(office).parts),
    }
    return Report(sections, tuple(_log()))


def without_register(settings: Settings, path: Path, code: str) -> Report:
    """The report where the register does not open, for the reason `code`."""
    sections = {
        "program": _program(),
        "settings": _settings(settings),
        "place": _place(path),
        "register": {"opens": f"no: {_code(code)}"},
        "copies": _copies(path),
    }
    return Report(sections, tuple(_log()))


def save(text: str, folder: Path) -> Path:
    """Write a report that was read into a folder. Errors: StorageError cannot_copy, full, …"""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S")
    return save_as(text, folder / f"imp-plus-support-{stamp}.txt")


def save_as(text: str, path: Path) -> Path:
    """Write a report that was read. Errors: StorageError cannot_copy, full, …"""
    try:
        private.make_folder(path.parent)
        private.write(path, text.encode())
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    except ValueError:
        raise StorageError("cannot_copy") from None
    return path


def _program() -> Facts:
    told = {
        "version": __version__,
        "built": "yes" if getattr(sys, "frozen", False) else "no",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "encoding": sys.getfilesystemencoding(),
        "utc": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):  # a built program has no notes of some
            told[name] = metadata.version(name)
    return told


def _settings(settings: Settings) -> Facts:
    return {name: _setting(name, settings.get(name)) for name in sorted(KEYS)}


def _setting(name: str, value: object) -> str:
    if isinstance(value, bool | int) or (name in _TOLD_SETTINGS and value):
        return str(value)
    if isinstance(value, str):
        return "set" if value else "empty"
    return f"{len(value)} entries" if isinstance(value, list | dict) else type(value).__name__


def _place(path: Path) -> Facts:
    """What kind of place the register is in; where that is, may name somebody."""
    with suppress(OSError):
        size = path.stat().st_size
        usage = shutil.disk_usage(real(path).parent)
        log = path.with_name(f"{path.name}-wal")
        return {
            "bytes": str(size),
            "bytes in the log": str(log.stat().st_size if log.exists() else 0),
            "bytes free": str(usage.free),
            "writable": "yes" if os.access(path, os.W_OK) else "no",
            "network drive": "yes" if network_drives.is_remote(path) else "no",
            "synchronised folder": "yes" if synced_folders.is_synced(path) else "no",
        }
    return {"there": "no"}


def _health(office: Office) -> Mapping[str, object]:
    return {item.item: f"{item.state.value}, {item.case}" for item in health.look(office)}


def _copies(path: Path) -> Facts:
    now = datetime.now(UTC)
    found = copies.copies_of(path)
    told = {"count": str(len(found)), "bytes": str(sum(copy.size for copy in found))}
    for number, copy in enumerate(reversed(found[-5:]), 1):
        hours = (now - copy.made).total_seconds() / 3600
        reason = copy.reason if copy.reason in _REASONS else "other"
        told[f"latest {number}"] = f"{hours:.1f} hours ago, {copy.size} bytes, {reason}"
    return told


def _asked(ask: Callable[[], Mapping[str, object]]) -> Facts:
    """The answers as codes and numbers, or why there are none."""
    try:
        return {name: _code(str(found)) for name, found in ask().items()}
    except AppError as error:
        return {"failed": _code(error.code)}
    except Exception as error:  # a register may be so damaged that what reads it breaks
        return {"broke": type(error).__name__}


def _code(told: str) -> str:
    """What stands before a colon: what follows may have come from the register itself."""
    return told.partition(":")[0]


def _log() -> list[str]:
    """The end of the log, as far as it is this program's own."""
    lines: list[str] = []
    for path in sorted(paths.logs_folder().glob(f"{LOG_NAME}*"), reverse=True):
        with suppress(OSError):
            lines += read_plain(path).decode("utf-8", "replace").splitlines()
    return list(_own_lines(lines[-_LATEST_LINES:]))


def _own_lines(lines: list[str]) -> Iterator[str]:
    """Lines as the log writes them. What a library says of itself may hold values: only who it is
    and how grave it was goes on. A line that is like none of them another has written."""
    for line in lines:
        record = _RECORD.fullmatch(line)
        if record is not None:
            own = record["who"].partition(".")[0] in ("imp_plus_desktop", "__main__")
            yield line if own else record["head"]
        elif _OF_A_TRACE.fullmatch(line):
            yield line
