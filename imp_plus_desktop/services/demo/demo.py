# SPDX-License-Identifier: Apache-2.0
"""The demo register: the shipped lists of invented people, really imported, and an office's days.

Everything in it went through the services, as a user's work would. What lists do not hold
(receptions, decisions, permits, papers, notes) is recorded in `demo_days.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.demo import demo_days, demo_living, demo_office, demo_path
from imp_plus_desktop.services.demo.demo_days import Shift
from imp_plus_desktop.services.demo.demo_living import LIVING_DAY
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Counts
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.settings import Settings

DEMO_DAY = date(2024, 11, 20)
"""The day on which the demo is alive: later, its letters and permits have run out, until
LIVING_DAY, when it is alive again."""

OpenOffice = Callable[[Path, date], Office]
"""Opens the register at a path, created when missing, as on a day."""

FOLDER = "demo"
"""Where the lists are, below the shipped data."""

NAME = "demo"
_MOST_DEMOS = 999

SOPHIE, KARIM, MEI_LING = "Sophie Gagnon", "Karim Belkacem", "Mei-Ling Roy"


@dataclass(frozen=True, slots=True)
class DemoList:
    """A shipped list, and who imported it when."""

    name: str
    day: date
    at: time
    user: str


LISTS = (
    DemoList("invitations-2022-fr.xlsx", date(2023, 1, 9), time(9, 12), SOPHIE),
    DemoList("invitations-2023-en.xlsx", date(2024, 1, 8), time(10, 41), KARIM),
    DemoList("suivi-2024-fr.xlsx", DEMO_DAY - timedelta(days=2), time(8, 34), SOPHIE),
    DemoList("familles-2024-fr.xlsx", DEMO_DAY - timedelta(days=2), time(8, 47), SOPHIE),
)


@dataclass(frozen=True, slots=True)
class DemoMade:
    """The new register, the day to open it on, and what each list brought."""

    path: Path
    day: date
    people: int
    imported: tuple[tuple[str, Counts], ...]


def list_file(office: Office, name: str) -> Path:
    """A shipped demo list."""
    return office.data_folder / FOLDER / name


def make_demo(
    open_office: OpenOffice, folder: Path, day: date = DEMO_DAY, *, name: str = NAME
) -> DemoMade:
    """Make a demo register in `folder`, under a name that is free there: nothing is overwritten.

    Errors: as `make_demo_at`, without file_exists.
    """
    return make_demo_at(open_office, _free_name(folder, name), day)


def make_demo_at(open_office: OpenOffice, path: Path, day: date = DEMO_DAY) -> DemoMade:
    """Make a demo register at a path where nothing is yet.

    `day` is the day it will be opened on, never before DEMO_DAY, the last day of its work. From
    LIVING_DAY on the office has worked until then.
    Errors: StorageError file_exists, cannot_open, ExchangeError.
    """
    if path.exists():
        raise StorageError("file_exists")
    shown = max(day, DEMO_DAY)
    try:
        private.make_folder(path.parent)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_open")) from None
    office = open_office(path, DEMO_DAY)
    try:
        # Acts bear the names of invented colleagues, which must not reach the user's settings.
        with private.scratch_folder() as scratch:
            imported = _fill(office, Path(scratch), shown)
        opened = replace(office, clock=replace(office.clock, day=shown))
        summary.refresh(opened)
        return DemoMade(path, shown, people.count(office), imported)
    finally:
        office.close()


def _fill(office: Office, scratch: Path, shown: date) -> tuple[tuple[str, Counts], ...]:
    def shift(user: str, day: date, at: time) -> Shift:
        settings = Settings(scratch / f"{user}.json")
        if settings.user_name != user:
            settings.user_name = user
        return Shift(replace(office, settings=settings), day, at)

    imported = []
    for entry in LISTS:
        here = shift(entry.user, entry.day, entry.at).office()
        done = imports.commit(here, imports.open_file(here, list_file(here, entry.name)))
        imported.append((entry.name, done.counts))
    first, second = DEMO_DAY - timedelta(days=2), DEMO_DAY - timedelta(days=1)
    demo_days.first_day(shift(SOPHIE, first, time(9, 5)))
    demo_days.second_day(shift(KARIM, second, time(8, 50)))
    demo_path.follow_up(shift(KARIM, second, time(14, 30)))
    colleagues = (SOPHIE, KARIM, MEI_LING)
    demo_office.keep_files(shift(KARIM, second, time(17, 30)), colleagues)
    demo_days.last_day(shift(MEI_LING, DEMO_DAY, time(8, 40)), shift(SOPHIE, DEMO_DAY, time(13, 5)))
    if shown < LIVING_DAY:
        return tuple(imported)

    def hours(before: int, at: time) -> Shift:
        return shift(colleagues[before % 3], LIVING_DAY - timedelta(days=before), at)

    return (*imported, *demo_living.live_on(hours, scratch))


def _free_name(folder: Path, name: str) -> Path:
    for number in range(1, _MOST_DEMOS + 1):
        path = folder / (f"{name}.imp" if number == 1 else f"{name}-{number}.imp")
        if not path.exists():
            return path
    raise StorageError("cannot_open")
