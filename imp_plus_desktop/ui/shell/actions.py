# SPDX-License-Identifier: Apache-2.0
"""An action as a record: what it is called, what it does, and when it can be done.

    Action(id, text, do, when=always, shortcut="", icon="", choice="", …)
        on(do)                      the same action, done to something that leads to its target
        label()                     its text without the letter of its menu
    EntryAction(id, text, do, when, icon="")      the same for one entry of a file
    Offer(text, do, icon="", id="")  an action as a button or an entry of a menu shows it
    State(...)                      what a condition may ask
    Menu(title, entries), SEPARATOR
        mapped(entries, change), for_place(entries, place), leaves(entries)

`do` takes what the action acts on: the window's commands, a file that stands open, an entry of
it. Tables of actions stand where that is known: `ui/window/action_table.py` gathers them all.
Must not hold a widget, nor do anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import Generic, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.roles import Rights
from imp_plus_desktop.i18n import _

T = TypeVar("T", contravariant=True)
U = TypeVar("U")
E = TypeVar("E", contravariant=True)
L = TypeVar("L")
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class State:
    """What stands in front of the user, as far as an action's condition asks for it."""

    rights: Rights = Rights()
    """What whoever works here may."""
    idle: bool = True
    """No long task is running."""
    encrypted: bool = False
    """The register has a passphrase."""
    on_server: bool = False
    """It lies on a server, and is no file."""
    taken_along: bool = False
    """A snapshot of it can be taken along by whoever works here."""
    lockable: bool = False
    """Something opens it that can be asked for again."""
    listed: bool = False
    """Something is shown that can be exported."""
    printed: bool = False
    """Something is shown that can go on paper."""
    file: bool = False
    """Somebody's file stands open."""
    chosen: int = 0
    """How many files are chosen in the list."""
    receive: bool = False
    """What the open file allows as its next step."""
    decide: bool = False
    permit: bool = False


Condition = Callable[[State], bool]


def always(state: State) -> bool:
    """Whatever stands in front."""
    return True


def when_idle(state: State) -> bool:
    """While no long task is running."""
    return state.idle


def when_plain(state: State) -> bool:
    """While the register has no passphrase, and no long task is running."""
    return state.idle and not state.encrypted


def when_encrypted(state: State) -> bool:
    """While it has one, and no long task is running."""
    return state.idle and state.encrypted


def when_lockable(state: State) -> bool:
    """While something opens it that can be asked for again."""
    return state.lockable


def in_a_file(state: State) -> bool:
    """Where the register is a file."""
    return not state.on_server


def on_server(state: State) -> bool:
    """Where it lies on a server."""
    return state.on_server


def when_taken_along(state: State) -> bool:
    """Where a snapshot may be taken, and no long task is running."""
    return state.idle and state.taken_along


def when_listed(state: State) -> bool:
    """Where something can be exported."""
    return state.listed


def when_printed(state: State) -> bool:
    """Where something can go on paper."""
    return state.printed


def with_file(state: State) -> bool:
    """On somebody's file."""
    return state.file


# Frozen and generic: with slots, Python before 3.12 cannot make one through `Action[X](…)`.
@dataclass(frozen=True)
class Action(Generic[T]):
    """Something that can be done to a `T`."""

    id: str
    text: str
    """As a menu shows it, with the letter that opens it; translated when shown."""
    do: Callable[[T], object]
    when: Condition = always
    shortcut: str = ""
    """The keys; others that do the same follow after a space."""
    icon: str = ""
    choice: str = ""
    """Actions of one choice exclude each other and show which of them holds."""
    named: str = ""
    """The text once it names what it would act on, at `{act}`."""
    shown: Condition = always
    """Whether it is offered at all."""
    alone: str = ""
    """Its words where it stands for one object, if `text` speaks of several."""

    def on(self, do: Callable[[U], object]) -> Action[U]:
        """The same action, done to what leads to its target."""
        return Action(
            self.id,
            self.text,
            do,
            self.when,
            self.shortcut,
            self.icon,
            self.choice,
            self.named,
            self.shown,
            self.alone,
        )

    def label(self) -> str:
        """What it is called, outside of a menu."""
        return _(self.text).replace("&", "")

    def shortcuts(self) -> tuple[str, ...]:
        """Its shortcuts, the one that is shown first."""
        return tuple(self.shortcut.split())


@dataclass(frozen=True)
class Offer(Generic[T]):
    """An action as one button or one entry of a menu shows it, with what it acts on bound."""

    text: str
    do: Callable[[T], object]
    icon: str = ""
    id: str = ""
    keys: str = ""
    """The keys that do the same, to be shown beside it."""

    @classmethod
    def of(cls, action: Action[T], text: str = "", icon: str = "") -> Offer[T]:
        """An action under its own words and icon, or under those of the place where it stands."""
        keys = next(iter(action.shortcuts()), "")
        if text:
            return cls(text, action.do, icon, action.id, keys)
        own = _(action.alone) if action.alone else action.label()
        return cls(own, action.do, action.icon, action.id, keys)


@dataclass(frozen=True)
class EntryAction(Generic[T, E]):
    """Something that can be done to an entry `E` of a `T`."""

    id: str
    text: str
    do: Callable[[T, E], object]
    when: Callable[[E], bool] | None = None
    icon: str = ""

    def offer(self, entry: E, text: str = "", icon: str = "") -> Offer[T]:
        """The action on this entry, under its own words and icon or under others."""
        do = _OnEntry(self.do, entry)
        if text:
            return Offer(text, do, icon, self.id)
        return Offer(_(self.text), do, self.icon, self.id)


def offers(actions: Sequence[EntryAction[T, E]], entry: E) -> tuple[Offer[T], ...]:
    """What can be done to an entry as it stands, in the order of the table."""
    return tuple(a.offer(entry) for a in actions if a.when is None or a.when(entry))


@dataclass(frozen=True)
class _OnEntry(Generic[T, E]):
    """What an offer on an entry does. Two on the same entry are equal, so that a page can tell
    what it shows already."""

    do: Callable[[T, E], object]
    entry: E

    def __call__(self, target: T) -> object:
        return self.do(target, self.entry)


class Place(Enum):
    """Where a menu stands."""

    BAR = auto()
    PAGE = auto()
    """Behind the ⋯ of a page."""


_EVERYWHERE = frozenset(Place)


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between two groups."""


SEPARATOR = Separator()


@dataclass(frozen=True)
class Menu(Generic[L]):
    """Entries that belong together."""

    title: str
    entries: tuple[L | Menu[L] | Separator, ...] = ()
    key: str = ""
    """Names a menu that is filled at run time."""
    opens_in: frozenset[Place] = _EVERYWHERE
    """Where it is a menu within the menu; elsewhere its entries stand between two lines."""
    shown_in: frozenset[Place] = _EVERYWHERE


Entries = Sequence[L | Menu[L] | Separator]


def mapped(
    entries: Entries[L], change: Callable[[L], M | None]
) -> tuple[M | Menu[M] | Separator, ...]:
    """The same menus with other entries; what changes to None is left out."""
    made: list[M | Menu[M] | Separator] = []
    for entry in entries:
        if isinstance(entry, Separator):
            made.append(entry)
        elif isinstance(entry, Menu):
            inner = mapped(entry.entries, change)
            made.append(Menu(entry.title, inner, entry.key, entry.opens_in, entry.shown_in))
        elif (changed := change(entry)) is not None:
            made.append(changed)
    return tuple(made)


def for_place(entries: Entries[L], place: Place) -> tuple[L | Menu[L] | Separator, ...]:
    """The menus as a place shows them, with a line only between two groups."""
    flat: list[L | Menu[L] | Separator] = []
    for entry in entries:
        if not isinstance(entry, Menu) or (place in entry.opens_in and place in entry.shown_in):
            flat.append(entry)
        elif place in entry.shown_in:
            flat += [SEPARATOR, *for_place(entry.entries, place), SEPARATOR]
    return tuple(_parted(flat))


def leaves(entries: Entries[L]) -> Iterator[L]:
    """Every entry of nested menus, in their order."""
    for entry in entries:
        if isinstance(entry, Menu):
            yield from leaves(entry.entries)
        elif not isinstance(entry, Separator):
            yield entry


def _parted(entries: Entries[L]) -> Iterator[L | Menu[L] | Separator]:
    """The entries without lines that part nothing."""
    waits, begun = False, False
    for entry in entries:
        if isinstance(entry, Separator):
            waits = begun
            continue
        if waits:
            yield SEPARATOR
        waits, begun = False, True
        yield entry
