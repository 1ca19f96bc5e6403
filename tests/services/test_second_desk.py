# SPDX-License-Identifier: Apache-2.0
"""What an act rests on is read inside it: every service function with an act, with a second
writer between its call and its lock.

A function that judged before would act on what is no longer so: take a place that a lowered cap
does not have, or write in a file that has gone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from new_registers import copy_of
from office_builders import AT, set_cap
from second_desk import (
    ALONE,
    ASKED_TWICE,
    CASES,
    EVERY_DAY_WITH_A_RIVAL,
    PREPARED,
    RIVALS,
    Furnished,
    Refused,
    WatchedRegister,
    desk,
    empty_the_files,
    functions_with_an_act,
    furnished_copy,
    outcome,
    written,
)

from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking


def _rival(one: Callable[..., None]) -> Any:
    why = "a server lets no act take a file out without its places"
    marks = [pytest.mark.of_a_file(why)] if one is empty_the_files else []
    return pytest.param(one, marks=marks, id=one.__name__)


@pytest.fixture(scope="module")
def furnished(
    empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Furnished]:
    return furnished_copy(empty_register, tmp_path_factory.mktemp("second-desk"))


def two_desks(office: Office, path: Path) -> tuple[Office, WatchedRegister, Office]:
    """Two desks on a copy of the register at `path`; what the first one does can be watched."""
    copy_of(office.register_path, path)
    watched = WatchedRegister(path)
    return desk(office, watched), watched, desk(office, path)


def test_every_service_function_with_an_act_has_a_case() -> None:
    assert functions_with_an_act() == CASES.keys() | ALONE.keys()


@pytest.mark.many(*EVERY_DAY_WITH_A_RIVAL)
@pytest.mark.parametrize("rival", [_rival(one) for one in RIVALS])
@pytest.mark.parametrize("name", sorted(CASES))
def test_what_another_desk_wrote_before_the_lock_counts(
    furnished: tuple[Office, Furnished],
    tmp_path: Path,
    name: str,
    rival: Callable[[Office, str, Furnished, object], None],
) -> None:
    """The same is answered and written as if the other desk had been done before the call."""
    office, found = furnished
    answers = []
    for between in (False, True):
        mine, watched, other = two_desks(office, tmp_path / f"{between}.imp")
        seen = PREPARED[name](mine, found) if name in PREPARED else None
        write = partial(rival, other, name, found, seen)
        if between:
            watched.between = write
        else:
            write()
        watched.read_too_early = False
        said = outcome(partial(CASES[name], mine, found, seen))
        assert name in ASKED_TWICE or not watched.read_too_early
        assert watched.between is None
        answers.append((said, written(other.register)))
        mine.close()
        other.close()
    at_once, in_between = answers
    assert in_between == at_once


def test_a_cap_that_another_desk_lowers_gives_no_place_above_it(
    furnished: tuple[Office, Furnished], tmp_path: Path
) -> None:
    office, found = furnished
    mine, watched, other = two_desks(office, tmp_path / "office.imp")
    watched.between = partial(set_cap, other, 1)
    received = applications.receive(mine, applications.Reception(found.new, AT))
    assert (received.place, received.outcome) == (None, Outcome.CANCELLED_OVER_CAP)
    mine.close()
    other.close()


@pytest.mark.long
def test_a_register_on_which_two_desks_took_turns_is_sound(
    furnished: tuple[Office, Furnished], tmp_path: Path
) -> None:
    office, found = furnished
    mine, watched, other = two_desks(office, tmp_path / "office.imp")
    for name, call in CASES.items():
        seen = outcome(partial(PREPARED[name], mine, found)) if name in PREPARED else None
        watched.between = partial(outcome, partial(call, other, found, seen))
        if not isinstance(seen, Refused):
            outcome(partial(call, mine, found, seen))
    assert checking.check(other).passed
    mine.close()
    other.close()
