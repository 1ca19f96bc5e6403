# SPDX-License-Identifier: Apache-2.0
"""Where each person stands today, computed for the lists when it is stale.

A person's line is stale after a write, on the first day on which it would be another one, when the
year fills up or finds room, and when it rests on other figures or another version of the program.
A line is made by `standing.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from imp_plus_desktop import __version__
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.fingerprint import fingerprint
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.office import places
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.reads import figures, queries, summary
from imp_plus_desktop.storage.reads.summary import Basis

BATCH = 250
"""Files at a time: with more of them a look for garbage holds everybody up, the window too."""
_MANY = 10_000
"""Lines after which the index of the search is drawn together: it takes a second where there are
some 70,000."""
_PAUSE, _STANDS_STILL = 0.5, 20.0
"""Seconds between two looks at what another desk brings up to date, and after which one that comes
no further is not waited for any more."""
WAITED_FOR = 40
"""Files that a window waits for, while it hears of the other desks of a server: they take it the
twentieth of a second. It brings more of them up to date beside itself, and shows them then."""
_MADE = 5
"""The way in which lines are made; another number makes all of them anew."""


def refresh(office: Office, progress: Progress | None = None) -> int:
    """Bring every stale line up to date, but for many of them in a window's own thread (see
    `WAITED_FOR`). Returns how many were stale."""
    with office.at_once("summary"):
        return _refresh(office, progress)


def _refresh(office: Office, progress: Progress | None) -> int:
    if office.only_reads:
        # What is hidden would make them wrong: a desk that sees it brings them up to date.
        return 0
    # The last act is read first: whatever is read after it is at least as new.
    now = basis(office)
    stale = summary.stale_ids(office.register, now)
    if not stale:
        summary.note_day(office.register, now.day)
        return 0
    if progress is None and len(stale) > WAITED_FOR and _holds_a_window_up(office):
        return 0
    if office.server is None or len(stale) <= BATCH:
        _bring(office, stale, now, progress)
    else:
        _bring_in_turn(office, len(stale), progress)
    summary.note_day(office.register, now.day)
    return len(stale)


def bring_missing(office: Office, progress: Progress | None = None) -> int:
    """Bring the lines of a server that acts have touched, and no others: who only reads would not
    find them until a desk that may write looks. In a file whoever looks may write, and makes them
    then. Returns how many. Errors: StorageError.
    """
    if office.server is None or office.only_reads or office.reading is not None:
        return 0
    now = basis(office)
    wanted = summary.missing_ids(office.register, now)
    if not wanted:
        return 0
    _bring(office, wanted, now, progress)
    if not summary.stale_ids(office.register, now):
        summary.note_day(office.register, now.day)
    return len(wanted)


def _holds_a_window_up(office: Office) -> bool:
    """Whether this is the thread of a window that shows what other desks do as soon as it can."""
    return bool(office.heard) and threading.current_thread() is threading.main_thread()


def _bring_in_turn(office: Office, whole: int, progress: Progress | None) -> None:
    """Bring many lines of a server up to date, one desk for all: the others see that they come. One
    that holds everybody up for long is not waited for."""
    left, moved = whole, time.monotonic()
    while left:
        with office.register.db.only_one("summaries") as is_alone:
            now = basis(office)
            stale = summary.stale_ids(office.register, now)
            if len(stale) < left:
                left, moved = len(stale), time.monotonic()
            if is_alone or time.monotonic() - moved > _STANDS_STILL:
                _bring(office, stale, now, progress)
                return
        if progress is not None:
            progress.step(max(whole - left, 0), whole)
        time.sleep(_PAUSE)


def _bring(office: Office, stale: Sequence[int], now: Basis, progress: Progress | None) -> None:
    # The rules are loaded when there is something to judge: most lists find all their lines made.
    from imp_plus_desktop.services.office import standing

    programme = office.programme()
    for start in range(0, len(stale), BATCH):
        if progress is not None:
            progress.step(start, len(stale))
        files = queries.files(office.register, stale[start : start + BATCH])
        lines = [standing.compute(file, programme, now.day, now.cap_full) for file in files]
        summary.save(office.register, lines, now)
    if len(stale) >= _MANY:
        summary.draw_together(office.register)


def stale_count(office: Office) -> int:
    """How many lines `refresh` would compute now."""
    if office.only_reads:
        return 0
    return len(summary.stale_ids(office.register, basis(office)))


def stale_people(office: Office) -> set[int]:
    """Whose lines `refresh` would compute now."""
    return set(summary.stale_ids(office.register, basis(office)))


def note_where_whole(office: Office) -> None:
    """Say on a server of which day all lines are, where none is stale."""
    now = basis(office)
    if not summary.stale_ids(office.register, now):
        summary.note_day(office.register, now.day)


@dataclass(frozen=True, slots=True)
class Behind:
    """What lists lack for who only reads: they are of another `day` (None: of today), and
    `missing` files are not in them, since they have changed and nobody has looked at them since."""

    day: date | None
    missing: int


def behind(office: Office) -> Behind | None:
    """What lists lack, None where they lack nothing: whoever may write brings them to today."""
    if not office.only_reads:
        return None
    day, missing = summary.made_to(office.register), summary.missing(office.register)
    is_of_today = day == office.clock.today()
    if is_of_today and not missing:
        return None
    return Behind(None if is_of_today else day, missing)


def ground(office: Office) -> tuple[date, bool]:
    """What every line rests on besides its file and the programme: the day, and whether its year
    is full."""
    now = basis(office)
    return now.day, now.cap_full


def basis(office: Office) -> Basis:
    """What every line rests on besides its own file, as of now."""
    today, register = office.clock.today(), office.register
    act, programme, *_ahead = register.together(
        partial(summary.last_act, register),
        office.programme,
        # Asked for again below, once it is known of which day.
        partial(figures.places_used, register, today.year),
        partial(queries.official_counts, register, today.year),
    )
    full = places.is_full(office, programme, today.year, today)
    return Basis(today, full, act, _figures(programme))


def _figures(programme: Programme) -> str:
    """What lines rest on beside the day and the files. A limit counts by whether it is reached;
    when a fee was looked up, not at all."""
    plain = replace(programme, cap_overrides=(), fees_read=())
    return f"{__version__} {_MADE} {fingerprint(plain)}"
