# SPDX-License-Identifier: Apache-2.0
"""A year tried out is the year that a copy of the register would show, and writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import office_builders as build
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from new_registers import copy_of, new_office
from tampering import all_of

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.forecast import Pace
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota, trying
from imp_plus_desktop.services.quota.trying import Trial

YEAR = build.YEAR
LIMITS = st.none() | st.integers(0, 9)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five receipts, one of which found no place, and a cap that was changed before."""
    path = tmp_path_factory.mktemp("trying") / "r.imp"
    office = new_office(path, build.TODAY)
    for number in range(1, 6):
        if number == 5:
            build.set_cap(office, 4)
        at = datetime(YEAR, 11, number, 15, tzinfo=UTC)
        build.receive(office, build.invite(office, number), at)
    quota.set_cap(office, YEAR, 6, date(YEAR, 11, 10), "a notice")
    office.close()
    return path


@pytest.mark.long
@given(
    cap=LIMITS,
    letters=LIMITS,
    permits=LIMITS,
    last=st.none() | st.dates(date(2022, 1, 1), date(2026, 1, 1)),
    days=st.none() | st.integers(1, 200),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_trial_is_what_a_copy_shows_after_the_same_acts(
    filled: Path,
    tmp_path: Path,
    cap: int | None,
    letters: int | None,
    permits: int | None,
    last: date | None,
    days: int | None,
) -> None:
    copy = copy_of(filled, tmp_path / "copy.imp")
    office = open_office(copy, today=build.TODAY)
    windows = {}
    if last is not None:
        windows["last_accepted_letter"] = last.isoformat()
    if days is not None:
        windows["letter_window_days"] = str(days)
    try:
        tried = trying.try_year(office, YEAR, Trial(cap, letters, permits, None, windows))
        for ledger, limit in (
            (Ledger.APPLICATIONS, cap),
            (Ledger.LETTERS, letters),
            (Ledger.PERMITS, permits),
        ):
            if limit is not None:
                quota.set_cap(office, YEAR, limit, build.TODAY, "a trial", ledger)
        for name, value in windows.items():
            parameters.set_window(office, name, value, build.TODAY, "a trial")
        done = quota.board(office, YEAR)
    finally:
        office.close()
    assert replace(tried, updated_at=None) == replace(done, updated_at=None)


def test_a_trial_writes_nothing(filled: Path) -> None:
    office = open_office(filled, today=build.TODAY)
    before, size = quota.board(office, YEAR), all_of(office.register)
    trying.try_year(office, YEAR, Trial(1, 2, 3, 4, {"opened": "2022-01-01"}))
    assert quota.board(office, YEAR) == before
    assert all_of(office.register) == size
    office.close()


def test_a_pace_leads_to_the_day_on_which_the_cap_is_reached(office: Office) -> None:
    board = trying.try_year(office, YEAR, Trial(cap=100, pace=10))
    reached = build.TODAY + timedelta(days=70)
    assert board.paces == (Pace(1, 10, reached, 10 * 39 // 7),)
    assert (board.projection, board.projection_refused) == (None, "not_this_year")
    board = trying.try_year(office, YEAR, Trial(cap=20, pace=10))
    assert board.projection is not None
    assert board.projection.earliest == board.projection.latest == build.TODAY + timedelta(14)


def test_next_year_is_tried_from_its_first_day(office: Office) -> None:
    board = trying.try_year(office, YEAR + 1, Trial(cap=70, pace=7))
    assert board.projection is not None
    assert board.projection.earliest == date(YEAR, 12, 31) + timedelta(days=70)
    assert board.paces[0].year_end == 366
    past = trying.try_year(office, YEAR - 1, Trial(cap=70, pace=7))
    assert past.projection_refused == "other_year"


@pytest.mark.parametrize(
    ("trial", "code"),
    [
        (Trial(cap=-1), "bad_value"),
        (Trial(windows={"shoe_size": "3"}), "unknown_parameter"),
        (Trial(windows={"opened": "soon"}), "bad_window"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, trial: Trial, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        trying.try_year(office, YEAR, trial)
