# SPDX-License-Identifier: Apache-2.0
"""Views of lists that are kept by name: the office's, which everybody has, and one's own.

    views(office, kind) -> the office's first, then one's own, each by name
    save(office, kind, name, shape, shared=False), keep(office, view, shape)
    rename(office, view, name), share(office, view), delete(office, view)

Each change is an act, so that it can be undone. They are kept in the register and not with the
settings, since what a filter looks for may be somebody's name.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.meetings import Meeting, TakenOut
from imp_plus_desktop.domain.reads.shapes import Shape, dump, load
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import queries

VIEWS = "views"
"""What acts on views are called after; saved reports are kept beside them."""


@dataclass(frozen=True, slots=True)
class View:
    """A list as somebody shaped it. `owner` is whose it is, None for the whole office's."""

    id: int
    name: str
    owner: str | None
    shape: Shape


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept under a name, as text."""

    id: int
    list: str
    name: str
    owner: str | None
    shape: str


def views(office: Office, kind: ListKind) -> list[View]:
    """The views of a list that are everybody's, then those of whoever works here."""
    return [View(row.id, row.name, row.owner, load(row.shape)) for row in kept(office, kind.value)]


def save(
    office: Office, kind: ListKind, name: str, shape: Shape, *, shared: bool = False
) -> tuple[ActId | None, int]:
    """Keep a view under a name, for oneself or for the whole office. Returns its id too.

    Errors: DomainError unwritable_text.
    """
    return insert(office, kind.value, name, dump(shape), shared=shared)


def keep(office: Office, view: int, shape: Shape) -> ActId | None:
    """Keep a view as it stands now. Errors: StorageError gone; Overtaken, TakenOut."""
    return change(office, view, {"shape": dump(shape)})


def rename(office: Office, view: int, name: str, what: str = VIEWS) -> ActId | None:
    """Call a view otherwise. Errors: StorageError gone; DomainError unwritable_text; Overtaken,
    TakenOut."""
    return change(office, view, {"name": name.strip()}, what)


def share(office: Office, view: int, what: str = VIEWS) -> ActId | None:
    """Give one's own view to the whole office. Errors: StorageError gone; Overtaken, TakenOut."""
    return change(office, view, {"owner": None}, what)


def delete(office: Office, view: int, what: str = VIEWS) -> ActId | None:
    """Take a view away. Errors: StorageError gone; Overtaken, TakenOut."""
    with office.act(f"{what}.delete") as act:
        _must_be_there(office, act, view)
        act.delete("list_view", view)
    return act.id


def kept(office: Office, listed: str) -> list[Stored]:
    """What is kept of a list, or of what is kept beside lists: everybody's first, then one's
    own."""
    me = office.user.casefold()
    found = [
        row
        for row in queries.everything(office.register, "list_view", Stored)
        if row.list == listed and (row.owner is None or row.owner.casefold() == me)
    ]
    return sorted(found, key=lambda row: (row.owner is not None, fold(row.name), row.id))


def insert(
    office: Office, listed: str, name: str, shape: str, *, shared: bool, what: str = VIEWS
) -> tuple[ActId | None, int]:
    """Keep a text under a name. Where another desk has kept one under it since the form was shown,
    that is told, and there stays one of the two.

    Errors: DomainError unwritable_text; Overtaken.
    """
    owner = None if shared else office.user
    row = {"list": listed, "name": name.strip(), "owner": owner, "shape": shape}
    with office.act(f"{what}.save") as act:
        theirs = _kept_meanwhile(office, act, row)
        if theirs is None:
            made = act.insert("list_view", row)
        else:
            made = theirs.id
            if theirs.shape != shape and act.meet(_met(act, theirs, shape)):
                act.update("list_view", made, {"shape": shape}, of_now=True)
    return act.id, made


def change(
    office: Office, view: int, values: Mapping[str, object], what: str = VIEWS
) -> ActId | None:
    """Change what is kept under a name. Errors: StorageError gone; Overtaken, TakenOut."""
    with office.act(f"{what}.change") as act:
        _must_be_there(office, act, view)
        act.update("list_view", view, values)
    return act.id


def _must_be_there(office: Office, act: Act, view: int) -> None:
    """Refuse what is not there any more. Errors: StorageError gone; TakenOut."""
    if act.stored("list_view", view) is None:
        told = person_file.missing(office, "list_view", view, "gone")
        raise told if isinstance(told, TakenOut) else StorageError("gone")


def _kept_meanwhile(office: Office, act: Act, row: Mapping[str, object]) -> Stored | None:
    """What another desk has kept under the same name, for the same people, since the form was
    shown."""
    if office.shown is None:
        return None
    same = [
        one
        for one in queries.everything(office.register, "list_view", Stored)
        if (one.list, fold(one.name)) == (row["list"], fold(str(row["name"])))
        and _owner(one.owner) == _owner(row["owner"])
        and act.as_shown("list_view", one.id) is None
    ]
    return same[-1] if same else None


def _owner(name: object) -> str | None:
    return None if name is None else str(name).casefold()


def _met(act: Act, theirs: Stored, shape: str) -> Meeting:
    by = act.latest_meanwhile("list_view", theirs.id)
    values = None, theirs.shape, shape
    return Meeting("list_view", theirs.id, "shape", *values, act=by, named=theirs.name)
