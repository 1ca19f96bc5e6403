# SPDX-License-Identifier: Apache-2.0
"""A register that is gone, emptied or replaced is noticed, and never silently made anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from office_builders import TODAY, invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines.sqlite import migrating, opening
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.migrations import steps

pytestmark = pytest.mark.of_a_file("about files that are put in one another’s place")


def _gone(path: Path) -> None:
    path.unlink()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(("spoil", "code"), [(_gone, "missing"), (_emptied, "empty")])
@pytest.mark.parametrize("create", [True, False])
def test_beside_its_copies_no_empty_register_is_made(
    office: Office, spoil: Callable[[Path], None], code: str, create: bool
) -> None:
    invite(office)
    good = maintenance.save_copy(office)
    bad = good.with_name("2099-01-01_000000000-9-9-day.imp")
    bad.write_bytes(b"SQLite format 3\x00" + b"x" * 8192)
    path = office.register_path
    office.close()
    spoil(path)
    with pytest.raises(StorageError) as caught:
        open_office(path, today=TODAY, create=create)
    assert caught.value.code == f"register_{code}"
    assert caught.value.parameters == {"copy": good.name}
    assert not path.exists() or not path.stat().st_size


def test_an_empty_file_without_copies_is_made_by_writing_only(tmp_path: Path) -> None:
    path = tmp_path / "new.imp"
    path.touch()
    with pytest.raises(StorageError):
        open_office(path, create=False)
    assert path.stat().st_size == 0
    open_office(path).close()
    assert path.stat().st_size


def _replaced(path: Path) -> None:
    other = path.with_name("other.imp")
    open_office(other).close()
    other.replace(path)


NOT_ON_WINDOWS = pytest.mark.skipif(
    os.name == "nt", reason="Windows lets nobody remove or replace a register that is open"
)


@NOT_ON_WINDOWS
@pytest.mark.parametrize(
    ("spoil", "code"), [(_gone, "register_gone"), (_replaced, "register_replaced")]
)
def test_no_act_is_acknowledged_on_a_register_that_is_no_longer_there(
    office: Office, spoil: Callable[[Path], None], code: str
) -> None:
    invite(office, 1)
    spoil(office.register_path)
    with pytest.raises(StorageError) as caught:
        invite(office, 2)
    assert caught.value.code == code


@NOT_ON_WINDOWS
def test_a_register_replaced_in_the_middle_of_an_act_is_noticed_before_it_is_acknowledged(
    office: Office,
) -> None:
    person = invite(office, 1)

    def work() -> None:
        with office.act("people.edit") as act:
            act.update("person", person, {"phone": "1"})
            _replaced(office.register_path)

    with pytest.raises(StorageError, match="register_replaced"):
        work()
    assert len(office.made) == 1, "nothing is taken for done"


def test_an_older_register_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.imp"
    first = [step for step in steps.MIGRATIONS if step[0] < steps.LATEST]
    monkeypatch.setattr(migrating, "MIGRATIONS", first)
    monkeypatch.setattr(migrating, "LATEST", steps.LATEST - 1)
    monkeypatch.setattr(opening, "check_columns", lambda _database: None)
    Register(path).close()
    monkeypatch.undo()
    before = opening.connect_existing(path)
    before.close()
    office = open_office(path, create=False)
    (copy,) = copies.copies_of(path)
    assert copy.reason == "upgrade"
    kept = opening.connect_existing(copy.path)
    assert kept.execute_sql("PRAGMA user_version").fetchone()[0] == steps.LATEST - 1
    kept.close()
    assert people.count(office) == 0
    office.close()
    open_office(path).close()
    assert len(copies.copies_of(path)) == 1


def test_a_copy_opened_as_a_register_is_no_part_of_the_others_copies(
    office: Office, tmp_path: Path
) -> None:
    invite(office)
    copy = maintenance.save_copy(office)
    shutil.copyfile(copy, tmp_path / "elsewhere.imp")
    again = open_office(tmp_path / "elsewhere.imp", today=TODAY)
    assert people.count(again) == 1
    again.close()


def test_what_a_restore_replaced_is_not_the_copy_that_is_offered(office: Office) -> None:
    invite(office, 1)
    wanted = maintenance.save_copy(office)
    restoring.restore(office, wanted)
    path = office.register_path
    office.close()
    path.unlink()
    with pytest.raises(StorageError) as caught:
        open_office(path)
    assert caught.value.parameters == {"copy": wanted.name}
