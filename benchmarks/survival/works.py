# SPDX-License-Identifier: Apache-2.0
"""What is being done when a process ends or its disk fails, each on a register of its own.

A work is given its desk, does acts, and tells each act that came back as done. Its model is the
folder that it begins with; it is made once and copied for each trial.
"""

from __future__ import annotations

import lzma
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import second_desk
from office_builders import TODAY, a_list, a_row, decide, invite, issue, receive
from second_desk import CASES, PREPARED, Furnished

from benchmarks.survival import secrets
from earlier_registers import KEPT, PASSPHRASE
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.services.several import changes, many
from imp_plus_desktop.storage.files import copies

REGISTER = "register.imp"
OLD, NEW = "quatre mots bien longs", "cinq autres mots plus longs"


@dataclass
class Desk:
    """Where a work is done, and whom it tells. `armed` counts the calls to the disk within it."""

    folder: Path
    armed: Callable[[], Any]
    tell: Callable[..., None]
    found: Furnished | None = None

    @property
    def register(self) -> Path:
        return self.folder / "home" / REGISTER

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @contextmanager
    def office(self, passphrase: str = "") -> Iterator[Office]:
        """The register, open before anything is counted; closing it is counted too."""
        office = open_office(self.register, today=TODAY, passphrase=passphrase)
        with self.armed():
            yield office
            office.close()

    def done(self, office: Office) -> None:
        """An act has come back: from here on it must be there."""
        self.tell("done", head_of(office))


def head_of(office: Office) -> str:
    """The hash of the last act."""
    from imp_plus_desktop.storage.journal import journal

    return journal.head(office.register.db).hex()


Do = Callable[[Desk], None]


@dataclass(frozen=True)
class Work:
    """`keys` are the passphrases under which the register may be afterwards."""

    name: str
    do: Do
    model: str = "furnished"
    keys: tuple[str, ...] = ("",)
    swaps: bool = False
    """Whether the chain of acts may be that of a copy afterwards."""


def _import(desk: Desk) -> None:
    with desk.office() as office:
        imports.commit(office, imports.open_file(office, desk.folder / "home" / "given.xlsx"))
        desk.done(office)


def _receive(desk: Desk) -> None:
    with desk.office() as office:
        person = invite(office, 70)
        desk.done(office)
        received = receive(office, person, number="W300000070")
        desk.done(office)
        decide(office, received.application)
        desk.done(office)
        issue(office, received.application, number="U300000070")
        desk.done(office)


def _undo(desk: Desk) -> None:
    with desk.office() as office:
        for _time in range(3):
            history.undo(office)
            desk.done(office)
        undone = history.last_undone(office)
        history.undo(office, undone.id if undone is not None else None)
        desk.done(office)


def _merge(desk: Desk) -> None:
    assert desk.found is not None
    with desk.office() as office:
        merge_people.merge(office, desk.found.new, desk.found.twin, {"family_name": "left"})
        desk.done(office)
        history.undo(office)
        desk.done(office)


def _backup(desk: Desk) -> None:
    with desk.office() as office:
        for folder in (None, desk.out):
            path = maintenance.save_copy(office, folder)
            desk.tell("file", str(path))


def _restore(desk: Desk) -> None:
    source = copies.paths_of(desk.register)[0]
    with desk.office() as office:
        act = restoring.restore(office, source)
        desk.done(office)
        restoring.take_back(office, act)
        desk.done(office)


def _attach(desk: Desk) -> None:
    assert desk.found is not None
    with desk.office() as office:
        scan = desk.found.scan_file
        for kind in (DocumentType.PHOTO, DocumentType.CSQ):
            attachments.attach(office, desk.found.one, kind, scan)
            desk.done(office)
        desk.tell("file", str(attachments.extract(office, desk.found.one, kind, desk.out).path))
        desk.done(office)
        attachments.detach(office, desk.found.one, DocumentType.PHOTO)
        desk.done(office)


def _letters(desk: Desk) -> None:
    assert desk.found is not None
    secrets.write(desk, people=(desk.found.one, desk.found.new))


def _bulk(desk: Desk) -> None:
    assert desk.found is not None
    people = [desk.found.one, desk.found.new, desk.found.twin]
    with desk.office() as office:
        many.carry_out(office, changes.note("called"), people)
        desk.done(office)
        many.carry_out(office, changes.clerk("Marie"), people)
        desk.done(office)


def _export(desk: Desk) -> None:
    with desk.office() as office:
        for kind, name in (("everything", "all.xlsx"), ("people", "people.xlsx")):
            exports.export(office, kind, desk.out / name)
            desk.tell("file", str(desk.out / name))
        agenda.save_calendar(office, desk.out / "days.ics")
        desk.tell("file", str(desk.out / "days.ics"))


def _rekey(how: str, before: str, after: str) -> Do:
    def do(desk: Desk) -> None:
        with desk.office(before) as office:
            passphrases.change(office, how, after)
            desk.tell("key", after)
            desk.done(office)

    return do


def _open(passphrase: str = "") -> Do:
    """To open a register makes it, or brings it to today's shape."""

    def do(desk: Desk) -> None:
        with desk.armed():
            office = open_office(desk.register, today=date(2024, 4, 1), passphrase=passphrase)
            desk.done(office)
            office.close()

    return do


def _act(name: str) -> Do:
    """One of the acts that the services have."""

    def do(desk: Desk) -> None:
        assert desk.found is not None
        office = open_office(desk.register, today=TODAY, passphrase="")
        found = desk.found
        prepare = PREPARED.get(name)
        seen = prepare(office, found) if prepare else None
        desk.done(office)
        with desk.armed():
            CASES[name](office, found, seen)
            desk.done(office)
            office.close()

    return do


MAIN = (
    Work("import", _import),
    Work("receive", _receive),
    Work("undo", _undo),
    Work("merge", _merge),
    Work("backup", _backup),
    Work("restore", _restore, swaps=True),
    Work("attach", _attach),
    Work("letters", _letters),
    Work("bulk", _bulk),
    Work("export", _export),
    Work("create", _open(), "nothing"),
    Work("passphrase-set", _rekey("set", "", NEW), keys=("", NEW)),
    Work("passphrase-change", _rekey("change", OLD, NEW), "encrypted", keys=(OLD, NEW)),
    Work("passphrase-remove", _rekey("remove", OLD, ""), "encrypted", keys=(OLD, "")),
)


_OF_NAMES: dict[str, Callable[[Desk, str], None]] = {
    "erase": secrets.erase,
    "rescue": secrets.save,
    "rebuild": secrets.rebuild,
    "past": secrets.past,
    "letters": secrets.write,
    "drafts": secrets.draft,
    "crash": secrets.break_down,
    "import": secrets.take_in,
}


def _secret(do: Callable[[Desk, str], None]) -> Do:
    return partial(_with_key, do)


def _with_key(do: Callable[[Desk, str], None], desk: Desk) -> None:
    do(desk, secrets.KEY)


SECRETS = (
    Work("erase", secrets.erase),
    Work("rescue", secrets.save),
    Work("rebuild", secrets.rebuild),
    *(
        Work(
            f"{secrets.SECRET}:{name}",
            _secret(do),
            secrets.SECRET,
            keys=(secrets.KEY,),
            swaps=name == "import",
        )
        for name, do in _OF_NAMES.items()
    ),
)
"""Works on personal data itself: nothing of it may be read afterwards where it was erased, nor
anywhere beside what was asked for where the register has a passphrase."""


def _migrations() -> Iterator[Work]:
    for path in sorted(KEPT.glob("shape-*.imp.xz")):
        name = path.name.removesuffix(".imp.xz")
        key = PASSPHRASE if "encrypted" in name else ""
        yield Work(name, _open(key), f"earlier:{path.name}", keys=(key,))


MIGRATIONS = tuple(_migrations())
ACTS = tuple(Work(f"act:{name}", _act(name)) for name in sorted(CASES))
WORKS = {work.name: work for work in (*MAIN, *SECRETS, *MIGRATIONS, *ACTS)}


class Models:
    """The folders that works begin with, each made when it is first asked for."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._found: Furnished | None = None

    def put(self, model: str, folder: Path) -> Furnished | None:
        """Copy a model into a folder; what stands in its register, where it is furnished."""
        made = self._where / model.replace(":", "-")
        if not made.exists():
            self._make(model, made)
        shutil.copytree(made, folder)
        found = self._found
        if found is None or model != "furnished":
            return None
        home = folder / "home"
        files = {"list_file": home / found.list_file.name, "scan_file": home / found.scan_file.name}
        return replace(found, **files)

    def _make(self, model: str, made: Path) -> None:
        home = made / "home"
        home.mkdir(parents=True)
        (made / "out").mkdir()
        (made / "temporary").mkdir()
        if model.startswith("earlier:"):
            packed = KEPT / model.partition(":")[2]
            (home / REGISTER).write_bytes(lzma.decompress(packed.read_bytes()))
        elif model == "furnished":
            self._found = self._furnish(home)
        elif model == secrets.SECRET:
            secrets.make(home, home / REGISTER)
        elif model == "encrypted":
            office = open_office(home / REGISTER, today=TODAY, passphrase=OLD)
            for number in (1, 2):
                invite(office, number)
                maintenance.save_copy(office)
            office.close()

    def _furnish(self, home: Path) -> Furnished:
        office = open_office(home / REGISTER, today=TODAY, passphrase="")
        found = second_desk.furnish(office, home)
        maintenance.save_copy(office)
        invite(office, 60)
        office.close()
        a_list(home / "given.xlsx", [a_row(n) for n in range(100, 140)])
        return found
