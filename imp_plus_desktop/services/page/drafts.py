# SPDX-License-Identifier: Apache-2.0
"""What somebody is writing in a file, kept until it is stored: a crash loses what came last only.

    keep(office, person_id, field, text)      an empty text keeps nothing any more
    kept(office, person_id, field) -> str     what a form that opens now begins with
    take_up(office, person_id, field) -> Found    the same, which is this window's from then on
    go_on_with(office, person_id, field, text, other) -> Found | None

Each window has a draft of its own to each field, of the user who works in it: two windows with the
same form write over nothing of each other's. What a window left that is gone is taken up by the
next that opens the form; what else there is, is told. It is no act and stands in no history, and
goes after a month in which nobody came back for it.
"""

from __future__ import annotations

from dataclasses import replace

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.files import processes
from imp_plus_desktop.storage.journal import drafts
from imp_plus_desktop.storage.journal.drafts import Draft, Whose


@dataclass(frozen=True, slots=True)
class Other:
    """A text of another window. `is_open`: it may be written there just now; else it was left."""

    draft: Draft
    is_open: bool

    @property
    def text(self) -> str:
        return self.draft.text


@dataclass(frozen=True, slots=True)
class Found:
    """What a form begins with, empty for nothing, and what other windows have besides."""

    text: str
    others: tuple[Other, ...]


def keep(office: Office, person_id: int, field: str, text: str) -> bool:
    """Keep what is written so far. False where the register cannot be written now: the next time
    may do."""
    if not plain_text.is_sound(text):
        return False
    whose, own = Whose(office.user, person_id, field), processes.own_mark()
    try:
        if not text and all(one.window != own for one in drafts.all_of(office.register, whose)):
            return True
        if office.only_reads:
            return False
        drafts.keep(office.register, whose, Draft(text, own, _now(office)))
    except StorageError:
        return False
    return True


def kept(office: Office, person_id: int, field: str) -> str:
    """What a form that opens now begins with, empty for nothing."""
    mine, left, _open = _parted(office, Whose(office.user, person_id, field))
    return next((one.text for one in (*mine, *left)), "")


def take_up(office: Office, person_id: int, field: str) -> Found:
    """What this window was writing, else what a window left that is gone: it is this window's from
    now on, so that the next one finds another."""
    whose = Whose(office.user, person_id, field)
    mine, left, _open = _parted(office, whose)
    taken = (one for one in left if _is_there(office, whose, one))
    first = next(iter(mine), None) or next(taken, None)
    return _found(office, whose, "" if first is None else first.text)


def go_on_with(office: Office, person_id: int, field: str, text: str, other: Other) -> Found | None:
    """Go on with another window's text in place of the present one, which is left and can be found
    again. None where the other is gone by now, or the register cannot be written."""
    whose = Whose(office.user, person_id, field)
    own = Draft(text if plain_text.is_sound(text) else "", processes.own_mark(), _now(office))
    try:
        if not drafts.go_on_with(
            office.register, whose, other.draft, own, is_left=not other.is_open
        ):
            return None
    except StorageError:
        return None
    return _found(office, whose, other.text)


def _found(office: Office, whose: Whose, text: str) -> Found:
    _mine, left, still_open = _parted(office, whose)
    others = [*(Other(one, is_open=False) for one in left)]
    others += [Other(one, is_open=True) for one in still_open]
    return Found(text, tuple(one for one in others if one.text != text))


def _parted(office: Office, whose: Whose) -> tuple[list[Draft], list[Draft], list[Draft]]:
    """This window's, those that were left, and those that may be written just now."""
    mine: list[Draft] = []
    left: list[Draft] = []
    still_open: list[Draft] = []
    own = processes.own_mark()
    for one in drafts.all_of(office.register, whose):
        is_open = one.window != own and _may_be_open(office, one.window)
        (mine if one.window == own else still_open if is_open else left).append(one)
    return mine, left, still_open


def _may_be_open(office: Office, window: str) -> bool:
    """Whether another window may still be there. One of another computer is, where its user has
    another desk of the server open: a file of this computer, or one that is locked for it, has
    no other."""
    known = processes.whether(window)
    if known != processes.OTHER or not window:
        return known == processes.ALIVE
    return any(one.name == office.user and not one.is_own for one in office.company.people)


def _is_there(office: Office, whose: Whose, draft: Draft) -> bool:
    """Make a draft this window's; whether it is there, if only to be read."""
    if office.only_reads or office.reading is not None:
        return True
    try:
        return drafts.take(office.register, whose, draft, processes.own_mark(), _now(office))
    except StorageError:
        return True


def _now(office: Office) -> str:
    """By the clock that all desks go by, whatever day was set."""
    return replace(office.clock, day=None).now().isoformat(timespec="microseconds")
