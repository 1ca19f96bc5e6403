# SPDX-License-Identifier: Apache-2.0
"""How well a register is: its copies and their proof, its place, its disk, its programs, and what
looking through all of it has found.

    look(office)         what can be told at once
    look_through(office) the same, with the check of the whole register before it

Decides what is a warning; the sentences are in `words/care/health_texts.py`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import metadata

from imp_plus_desktop import __version__
from imp_plus_desktop.domain.reads.health import HealthItem, Mend, Standing
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import real
from imp_plus_desktop.services.copies import keeping, of_server
from imp_plus_desktop.services.copies.keeping import CopiesState
from imp_plus_desktop.services.copies.of_server import OfficeCopies
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.proof.checking import CheckReport
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.files import network_drives, synced_folders

OK, WARN, BAD = Standing.OK, Standing.WARN, Standing.BAD
LATE = timedelta(days=1)
"""So long a change may be in no copy before that is a warning."""
_SECOND_LATE = timedelta(days=7)
_CHECK_LATE = timedelta(days=30)
_READERS = ("python-calamine", "openpyxl", "XlsxWriter")
_WINDOW = "PySide6_Essentials"


def look(office: Office) -> list[HealthItem]:
    """How well the register is, as far as can be told at once."""
    now = datetime.now(UTC)
    if office.server is not None:
        line = list(_server(office, office.server))
        # Whoever only reads does not see all that is checked.
        items = line if office.only_reads else [_checked(office, now), *line]
        if all(item.state == OK for item in line):
            items += _office_copies(of_server.state(office), now)
        return [*items, _versions(office)]
    found = keeping.state(office)
    items = [
        _checked(office, now),
        *_copies(found, now),
        _second(found, now),
        _place(office),
        _room(office),
        _passphrase(office),
        _versions(office),
    ]
    if found.ahead:
        items.append(HealthItem("clock", WARN, "ahead", Mend.CLOCK, {"count": len(found.ahead)}))
    return items


def look_through(office: Office, progress: Progress | None = None) -> list[HealthItem]:
    """Check the whole register, then tell how well it is. That it was checked is remembered."""
    _report, parts = verify(office, progress=progress)
    return [*parts, *look(office)]


def verify(
    office: Office, against: str = "", progress: Progress | None = None
) -> tuple[CheckReport, list[HealthItem]]:
    """Check the whole register, beside a head that was kept elsewhere if there is one: what was
    found, and each part of it as an item. That it was checked is remembered.

    Errors: DomainError bad_head; Cancelled.
    """
    report = checking.check(office, against, progress=progress)
    parts = [
        HealthItem(
            part,
            OK if told == OK else BAD,
            "sound" if told == OK else "unsound",
            None if told == OK else Mend.RESTORE if office.server is None else Mend.KEEPER,
            {"part": part, "found": told},
        )
        for part, told in report.parts.items()
    ]
    # A head that somebody mistyped says nothing of the register.
    state = OK if all(item.state == OK for item in parts if item.item != "against") else BAD
    told = f"{datetime.now(UTC).isoformat(timespec='seconds')} {state}"
    office.settings.keep_checked(real(office.register_path), told)
    return report, parts


def _server(office: Office, server: ServerAddress) -> Iterator[HealthItem]:
    """Where it lies, and whether it answers; its disk is its administrator's."""
    yield HealthItem("server", OK, "named", None, {"name": server.told})
    try:
        told = office.register.db.facts()
    except StorageError as error:
        yield HealthItem("line", BAD, "lost", Mend.SERVER, {"code": error.code})
        return
    facts = {"version": told["postgresql"], "size": int(told["bytes"])}
    yield HealthItem("line", OK, "answers", None, facts)


def _office_copies(found: OfficeCopies, now: datetime) -> Iterator[HealthItem]:
    """The copies that desks make of a server's register."""
    facts: dict[str, object] = {"when": found.last, "folder": str(found.folder)}
    facts |= {"count": found.count, "proven": found.proven}
    state, case, mend = OK, "proven" if found.is_there else "elsewhere", None
    if found.folder is None:
        state, case, mend = WARN, "none_named", Mend.COPIES
    elif found.last is None and not found.is_behind:
        case = "nothing_yet"
    elif found.is_late(now) or (found.is_there and found.latest is None):
        state, case, mend = WARN, *_why_late(found)
    yield HealthItem("copies", state, case, mend, facts)
    if found.faulty:
        names = {"count": len(found.faulty), "names": tuple(found.faulty)}
        yield HealthItem("proof", BAD, "faulty", Mend.COPY, names)


def _why_late(found: OfficeCopies) -> tuple[str, Mend]:
    if not found.is_there:
        return "away", Mend.COPIES
    if not found.has_passphrase:
        return "no_passphrase", Mend.COPIES
    return ("none_proven" if found.latest is None else "late"), Mend.COPY


def _checked(office: Office, now: datetime) -> HealthItem:
    """When it was last looked through on this computer."""
    at, _space, state = office.settings.checked(real(office.register_path)).partition(" ")
    with suppress(ValueError):
        when = datetime.fromisoformat(at).astimezone()
        facts = {"when": when}
        if state != OK:
            return HealthItem("checked", BAD, "unsound", Mend.CHECK, facts)
        if now - when > _CHECK_LATE or when > now:
            return HealthItem("checked", WARN, "long_ago", Mend.CHECK, facts)
        return HealthItem("checked", OK, "sound", None, facts)
    return HealthItem("checked", WARN, "never", Mend.CHECK)


def _copies(found: CopiesState, now: datetime) -> Iterator[HealthItem]:
    latest = found.beside.latest
    facts = {"when": latest, "count": found.beside.count, "proven": found.beside.proven}
    if not found.is_behind and not found.beside.count:
        yield HealthItem("copies", OK, "nothing_yet")
    elif latest is None:
        state = BAD if found.beside.count else WARN
        yield HealthItem("copies", state, "none_proven", Mend.COPY, facts)
    elif found.is_behind and now - latest > LATE:
        yield HealthItem("copies", WARN, "late", Mend.COPY, facts)
    else:
        yield HealthItem("copies", OK, "proven", None, facts)
    if found.faulty:
        names = {"count": len(found.faulty), "names": tuple(found.faulty)}
        yield HealthItem("proof", BAD, "faulty", Mend.COPY, names)
    elif found.waiting:
        yield HealthItem("proof", WARN, "waiting", Mend.COPY, {"count": len(found.waiting)})


def _second(found: CopiesState, now: datetime) -> HealthItem:
    if found.second is None:
        return HealthItem("second", WARN, "none", Mend.COPIES)
    place, latest = found.second, found.second.latest
    facts = {"folder": str(place.folder), "when": latest, "count": place.count}
    if not place.is_there:
        return HealthItem("second", WARN, "away", Mend.COPIES, facts)
    if latest is None:
        if not found.beside.count:
            return HealthItem("second", OK, "nothing_yet", None, facts)
        return HealthItem("second", WARN, "none_proven", Mend.COPY, facts)
    newer = found.beside.latest
    if newer is not None and newer - latest > _SECOND_LATE:
        return HealthItem("second", WARN, "late", Mend.COPY, facts)
    return HealthItem("second", OK, "proven", None, facts)


def _place(office: Office) -> HealthItem:
    path = office.register_path
    facts = {"folder": str(real(path).parent)}
    if synced_folders.is_synced(path):
        return HealthItem("place", BAD, "synced", Mend.MOVE, facts)
    if not os.access(path, os.W_OK) or not os.access(real(path).parent, os.W_OK):
        return HealthItem("place", WARN, "read_only", Mend.RIGHTS, facts)
    if network_drives.is_remote(path):
        return HealthItem("place", WARN, "network", Mend.MOVE, facts)
    return HealthItem("place", OK, "local", None, facts)


def _room(office: Office) -> HealthItem:
    """A copy, an import and the passphrase's change each need as much again as the register has."""
    path = office.register_path
    try:
        free = shutil.disk_usage(real(path).parent).free
        size = path.stat().st_size
    except OSError:
        return HealthItem("room", WARN, "unknown", Mend.ROOM)
    facts = {"free": free, "size": size}
    if free < 2 * size:
        return HealthItem("room", BAD, "none", Mend.ROOM, facts)
    return HealthItem("room", WARN if free < 10 * size else OK, "free", None, facts)


def _passphrase(office: Office) -> HealthItem:
    if office.register.passphrase:
        return HealthItem("passphrase", OK, "set")
    return HealthItem("passphrase", WARN, "none", Mend.PASSPHRASE)


def _versions(office: Office) -> HealthItem:
    told = {"IMP+ Desktop": __version__, "Python": sys.version.split()[0]}
    with suppress(StorageError):  # a server that does not answer is told above
        told |= office.register.db.versions()
    for name in (_WINDOW, *_READERS):
        told |= _version_of(name)
    return HealthItem("versions", OK, "told", None, {"versions": told})


def _version_of(name: str) -> dict[str, str]:
    # A built program may be without the notes of its libraries.
    with suppress(metadata.PackageNotFoundError):
        return {name: metadata.version(name)}
    return {}
