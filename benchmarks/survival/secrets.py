# SPDX-License-Identifier: Apache-2.0
"""Works on personal data itself: erasing it, saving it from a damaged file, making it anew; and
under a passphrase all that may put a name on the disk, where nobody may read it.

    erase, save, rebuild, past, write, draft, break_down, take_in      (desk, passphrase="")
    make(home, register)         what those under a passphrase begin with
    telling(folders)             the files in which the planted name can be read
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from office_builders import TODAY, a_list, a_row, decide, import_file, invite, receive

from imp_plus_desktop import logs, paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.services.correspondence import letters
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import attachments
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.proof import anew, rescue
from imp_plus_desktop.storage.files import copies

if TYPE_CHECKING:
    from benchmarks.survival.works import Desk

NAME = "Zyndramowicz"
SECRET, KEY = "secret", "six longs mots pour la garde"
DAMAGED, GIVEN = "damaged.imp", "given"
_PAGE, _FIRST = 4096, 40
_REASON = "the consent was withdrawn"


class Quiet(Progress):
    """Nobody asks how far it is."""

    def step(self, done: int, total: int) -> None:
        """Go on."""


def make(home: Path, register: Path) -> None:
    """An encrypted register with the planted name in files, a scan, a list, a note, and a copy."""
    office = open_office(register, today=TODAY, passphrase=KEY)
    person = invite(office, family_name=NAME)
    invite(office, 2, family_name=f"{NAME}b")
    scan = home / f"{GIVEN}.pdf"
    scan.write_bytes(b"%PDF-1.4\n" + NAME.encode())
    attachments.attach(office, person, DocumentType.CSQ, scan)
    rows = [a_row(n, family_name=f"{NAME}{chr(64 + n)}") for n in range(3, 9)]
    import_file(office, a_list(home / f"{GIVEN}-first.xlsx", rows))
    a_list(home / f"{GIVEN}.xlsx", [a_row(n, family_name=NAME) for n in range(20, 26)])
    maintenance.save_copy(office)
    invite(office, 50, family_name=f"{NAME}c")
    office.close()
    damage(register)


def damage(register: Path) -> None:
    """Put beside a register a file of what it holds, with pages in the middle that nobody can
    read."""
    told = bytearray(register.read_bytes())
    first = min(_FIRST * _PAGE, len(told) // 2 // _PAGE * _PAGE)
    told[first : first + 3 * _PAGE] = b"\xa5" * (3 * _PAGE)
    register.with_name(DAMAGED).write_bytes(bytes(told))


def erase(desk: Desk, passphrase: str = "") -> None:
    """Somebody of whom there is a file, a draft and a copy."""
    office = open_office(desk.register, today=TODAY, passphrase=passphrase)
    person = invite(office, 71, family_name=NAME)
    decide(office, receive(office, person, number="W300000071").application, "refused")
    drafts.keep(office, person, "note", f"{NAME} called")
    maintenance.save_copy(office)
    desk.tell("erasing", int(person))
    desk.done(office)
    with desk.armed():
        erasure.erase(office, person, _REASON, early=_REASON)
        desk.done(office)
        desk.tell("erased", int(person))
        office.close()


def save(desk: Desk, passphrase: str = "") -> None:
    """What can be read of a damaged file, in a new register."""
    if not desk.register.with_name(DAMAGED).exists():
        damage(desk.register)
    with desk.office(passphrase) as office:
        target = desk.out / "rescued.imp"
        rescue.rescue(office, desk.register.with_name(DAMAGED), target, passphrase)
        desk.tell("file", str(target))


def rebuild(desk: Desk, passphrase: str = "") -> None:
    """The register made anew from its journal."""
    with desk.office(passphrase) as office:
        target = desk.out / "anew.imp"
        anew.rebuild(office, target)
        desk.tell("file", str(target))


def past(desk: Desk, passphrase: str = "") -> None:
    """The register of a past day, looked at."""
    with desk.office(passphrase) as office:
        anew.looked_at(office, TODAY, Quiet()).end()


def write(desk: Desk, passphrase: str = "", people: tuple[int, ...] = (1, 2)) -> None:
    """Letters, as Word files and as PDF files, that are made aside and then put where they go."""
    office = open_office(desk.register, today=TODAY, passphrase=passphrase)
    made = letters.make(office, letters.Order("appointment", people))
    with desk.armed():
        kept = letters.keep(office, made, None, desk.out)
        desk.done(office)
        for path in kept.files:
            desk.tell("file", str(path))
        office.close()


def draft(desk: Desk, passphrase: str = "") -> None:
    """What is being written, kept again and again."""
    with desk.office(passphrase) as office:
        for words in range(1, 6):
            drafts.keep(office, 1, "note", f"{NAME} called, " * words)
        drafts.keep(office, 1, "note", "")


def break_down(desk: Desk, passphrase: str = "") -> None:
    """Something breaks with names in its hands; the log tells where."""
    with desk.office(passphrase) as office:
        logs.start_logging(paths.logs_folder())
        for number in range(3):
            try:
                _break(office, f"{NAME} {number}")
            except ValueError:
                logging.getLogger(__name__).exception("a command broke")


def _break(office: Office, name: str) -> None:
    raise ValueError(f"{name} in {office.register_path}")


def take_in(desk: Desk, passphrase: str = "") -> None:
    """A list, and a copy restored."""
    with desk.office(passphrase) as office:
        given = desk.folder / "home" / f"{GIVEN}.xlsx"
        imports.commit(office, imports.open_file(office, given))
        restoring.restore(office, copies.paths_of(desk.register)[0])


def is_told_in(content: bytes) -> bool:
    """Whether the name can be read in some bytes, also in the parts of a package."""
    if NAME.lower().encode() in content.lower():
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(is_told_in(package.read(part)) for part in package.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError):
        return False


def telling(folders: Iterable[Path]) -> Iterator[Path]:
    """The files below these folders in which the planted name can be read."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and is_told_in(path.read_bytes()):
                yield path
