# SPDX-License-Identifier: Apache-2.0
"""A desk of a server knows whose line the lists lack without counting everybody, whatever any desk
has done since it last looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import servers
from office_builders import (
    TODAY,
    a_list,
    a_row,
    add_member,
    import_file,
    invite,
    merge,
    receive,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.figures.own import Entry
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, people
from imp_plus_desktop.storage.engines import ServerAddress

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

FEE = Entry("fee_processing", "165.00", TODAY, "a list")


@pytest.fixture
def desk(address: ServerAddress, tmp_path: Path) -> Iterator[Office]:
    office = open_office(address, today=TODAY, beside=tmp_path / "desk.imp")
    yield office
    office.close()


@pytest.fixture
def other(desk: Office, address: ServerAddress, tmp_path: Path) -> Iterator[Office]:
    office = open_office(address, today=TODAY, beside=tmp_path / "other.imp")
    yield office
    office.close()


def lacking(office: Office) -> int:
    """How many people have no line, counted one by one."""
    asked = (
        "SELECT COUNT(*) FROM person p WHERE p.id NOT IN (SELECT person_id FROM standing)"
        " AND p.id NOT IN (SELECT person_id FROM erased_file)"
    )
    return int(office.register.db.execute_sql(asked).fetchone()[0])


def test_whatever_a_desk_does_another_knows_whose_lines_are_lacking(
    desk: Office, other: Office, tmp_path: Path
) -> None:
    first = invite(other, 1)
    second = invite(other, 2, family_name="Alaoui")
    third = invite(other, 3, family_name="Cherkaoui")
    rows = [a_row(number) for number in range(100, 160)]
    listed = a_list(tmp_path / "list.xlsx", rows)

    acts: dict[str, Callable[[], object]] = {
        "a contact": lambda: contacts.save(other, first, None, ContactKind.CALLED, "Hello"),
        "a new file": lambda: invite(other, 4, family_name="Doukkali"),
        "a member": lambda: add_member(other, second),
        "a list of many": lambda: import_file(other, listed),
        "its undo": lambda: history.undo(other),
        "and that one's": lambda: history.undo(other),
        "a cap": lambda: set_cap(other, 50),
        "a figure": lambda: own.set_figure(other, FEE),
        "a receipt": lambda: receive(other, third),
        "a merge": lambda: merge(other, first, second),
        "the merge's undo": lambda: history.undo(other),
        "a field": lambda: people.edit(other, third, {"phone": "514 555 0100"}),
        "a new file again": lambda: invite(desk, 5, family_name="Fassi"),
    }
    without: list[str] = []
    summary.refresh(desk)
    for name, act in acts.items():
        assert summary.stale_count(desk) == 0, name
        assert desk.register.whole_since is not None
        act()
        wanted = lacking(desk)
        if not wanted:
            without.append(name)
        assert summary.stale_count(desk) == wanted, name
        summary.refresh(desk)
        assert lacking(desk) == 0, name
    assert without == ["its undo", "a cap"]


def test_a_file_that_rows_were_moved_to_is_among_them(desk: Office, other: Office) -> None:
    """By a change that names the file that they came from."""
    first, second = invite(other, 1), invite(other, 2, family_name="Alaoui")
    add_member(other, first)
    summary.refresh(desk)
    assert summary.stale_count(desk) == 0
    member = people.file(other, first).members[0].id
    with other.act("test.moves") as act:
        act.update("member", member, {"person_id": second})
    assert lacking(desk) == summary.stale_count(desk) == 2


def test_a_new_day_is_told_as_before(desk: Office, address: ServerAddress, tmp_path: Path) -> None:
    invite(desk, 1)
    summary.refresh(desk)
    later = open_office(address, today=TODAY + timedelta(400), beside=tmp_path / "later.imp")
    assert summary.stale_count(later) == 1
    summary.refresh(later)
    assert summary.stale_count(later) == 0
    later.close()
