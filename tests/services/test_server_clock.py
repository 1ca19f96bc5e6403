# SPDX-License-Identifier: Apache-2.0
"""All desks of a server go by its clock, whatever their own says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import servers
from office_builders import TODAY, invite
from server_desks import Desks

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.services.office.office import Clock
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.reads import figures

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
AHEAD = timedelta(days=2, minutes=7)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("clocks", tmp_path_factory.mktemp("clocks"))
    made.make()
    yield made
    made.drop()


def test_a_desk_whose_clock_is_right_goes_by_it(desks: Desks) -> None:
    office = desks.office("ana")
    assert abs(office.register.ahead) < timedelta(seconds=2)


def test_a_desk_whose_clock_is_wrong_goes_by_the_server_s(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp_plus_desktop.storage.engines.postgresql import connection

    # A server whose clock is ahead of this computer's is a computer whose clock is behind.
    later = f"clock_timestamp() + INTERVAL '{AHEAD.total_seconds()} seconds'"
    asked = connection._HOW_FAR.replace("clock_timestamp()", later)
    monkeypatch.setattr(connection, "_HOW_FAR", asked)
    office = open_office(
        desks.address("ana"), settings=Settings(tmp_path / "s.ini"), beside=tmp_path / "r.imp"
    )
    expected = datetime.now(UTC) + AHEAD
    assert abs(office.clock.now() - expected) < timedelta(minutes=1)
    assert office.clock.today() == toronto_day(expected)
    invite(office, 1)
    at = figures.last_act_at(office.register)
    assert at is not None
    assert abs(at - expected) < timedelta(minutes=1)
    office.close()


def test_a_day_that_was_set_stays_set() -> None:
    clock = Clock(TODAY, lambda: AHEAD)
    assert (clock.today(), toronto_day(clock.now())) == (TODAY, TODAY)
