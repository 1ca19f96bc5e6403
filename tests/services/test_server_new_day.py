# SPDX-License-Identifier: Apache-2.0
"""What is to be made anew for the lists of all desks of a server is made by one of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import office_builders as build
import pytest
import servers
from server_desks import Desks

from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
PEOPLE = 4 * summary.BATCH


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folder = tmp_path_factory.mktemp("days")
    made = Desks("new_days", folder)
    made.make()
    rows = [build.a_row(number) for number in range(PEOPLE)]
    build.import_file(made.office("ana"), build.a_list(folder / "list.xlsx", rows))
    yield made
    made.drop()


def _all_are_stale(desks: Desks) -> None:
    desks.cluster.sql("DELETE FROM imp_plus.standing", desks.database)


def _written(office: Office) -> int:
    found = office.register.db.execute_sql("SELECT written FROM register_state").fetchone()
    return int(found[0])


def test_one_desk_brings_them_and_the_others_wait(desks: Desks) -> None:
    ana, bea = desks.office("ana"), desks.office("bea")
    _all_are_stale(desks)
    before = _written(ana)
    brought: list[int] = []

    def bring() -> None:
        brought.append(summary.refresh(bea))
        bea.release()

    other = threading.Thread(target=bring)
    other.start()
    brought.append(summary.refresh(ana))
    other.join()
    assert max(brought) == PEOPLE
    assert summary.stale_count(ana) == 0
    # Once for each of the four batches, and no line twice.
    assert _written(ana) - before <= PEOPLE / summary.BATCH + 2


def test_a_desk_that_comes_no_further_is_not_waited_for(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bea = desks.office("ana"), desks.office("bea")
    monkeypatch.setattr(summary, "_STANDS_STILL", 1.0)
    _all_are_stale(desks)
    with bea.register.db.only_one("summaries") as is_alone:
        assert is_alone
        assert summary.refresh(ana) == PEOPLE
    assert summary.stale_count(ana) == 0
