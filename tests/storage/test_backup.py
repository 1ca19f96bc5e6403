# SPDX-License-Identifier: Apache-2.0
"""Copies are whole and verified; restoring a bad one changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from office_builders import TODAY, a_list, a_row, import_file, invite, row_counts

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import Cancelled, StorageError
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines import copying
from imp_plus_desktop.storage.files import copies, heads
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup
from imp_plus_desktop.storage.migrations.steps import LATEST

NOON = datetime(2023, 11, 22, 12, tzinfo=UTC)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as caught:
        call()
    return caught.value.code


def reasons(office: Office) -> list[str]:
    return [copy.reason for copy in copies.copies_of(office.register_path)]


def test_a_copy_is_a_whole_register_of_its_own(office: Office, tmp_path: Path) -> None:
    invite(office, 1)
    path = backup.copy_to(office.register, tmp_path / "elsewhere" / "copy.imp")
    invite(office, 2)
    copy = open_office(path, today=TODAY)
    assert people.count(copy) == 1
    assert journal.verify(copy.register.db) is None
    assert people.count(office) == 2
    copy.close()


def test_no_half_written_copy_is_left(office: Office, tmp_path: Path) -> None:
    invite(office)
    target = tmp_path / "copies"
    backup.copy_to(office.register, target / "copy.imp")
    assert [path.name for path in target.iterdir()] == ["copy.imp"]
    (tmp_path / "blocked").write_text("a file where a folder must be", encoding="utf-8")
    blocked = tmp_path / "blocked" / "copy.imp"
    assert code_of(lambda: backup.copy_to(office.register, blocked)) == "cannot_copy"


@pytest.mark.long
def test_a_copy_says_how_far_it_is_and_can_be_stopped_anywhere(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "long.xlsx", map(a_row, range(1500))))
    told: list[tuple[int, int]] = []

    class Told:
        def __init__(self, patience: int = 1_000_000) -> None:
            self.patience = patience

        def step(self, done: int, total: int) -> None:
            told.append((done, total))
            if len(told) > self.patience:
                raise Cancelled

    made = maintenance.save_copy(office, progress=Told())
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert all(0 <= share < 1 for share in shares)
    assert any(share < 0.5 for share in shares), "while it is written"
    assert any(share >= 0.5 for share in shares), "while it is looked through"
    steps = len(told)
    for patience in (0, steps // 4, steps // 2, steps - 1):
        told.clear()
        with pytest.raises(Cancelled):
            maintenance.save_copy(office, progress=Told(patience))
        assert {path.name for path in made.parent.iterdir()} - {heads.NAME} == {made.name}
        assert checking.check(office).passed
    assert maintenance.save_copy(office).is_file()


def test_two_threads_that_copy_in_the_same_moment_do_not_meet(office: Office) -> None:
    invite(office)
    together, errors = threading.Barrier(2), list[BaseException]()

    def copy() -> None:
        try:
            for _ in range(5):
                together.wait()
                backup.make_copy(office.register, NOON, "day")
        except BaseException as error:
            errors.append(error)
            together.abort()
        finally:
            office.register.release()

    threads = [threading.Thread(target=copy) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(copies.paths_of(office.register_path)) == 1


@pytest.mark.of_a_file("before an act on a server no copy is made")
def test_the_days_first_change_is_copied_first_and_an_empty_register_is_not(office: Office) -> None:
    invite(office, 1)
    assert reasons(office) == []
    invite(office, 2)
    invite(office, 3)
    assert reasons(office) == ["day"]
    copy = open_office(copies.paths_of(office.register_path)[0], today=TODAY)
    assert people.count(copy) == 1
    copy.close()


@pytest.mark.of_a_file("before an act on a server no copy is made")
def test_every_import_is_copied_first(office: Office, tmp_path: Path) -> None:
    invite(office, 50)
    for number in range(2):
        import_file(office, a_list(tmp_path / f"{number}.xlsx", [a_row(number)]))
    assert reasons(office) == ["import", "import"]


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_restoring_a_copy_brings_the_register_back(office: Office) -> None:
    invite(office, 1)
    copy = maintenance.save_copy(office)
    invite(office, 2)
    restoring.restore(office, copy)
    assert people.count(office) == 1
    assert checking.check(office).passed
    assert reasons(office)[-1] == "restore"
    assert invite(office, 3) == 3, "no number is given out twice"
    assert checking.check(office).passed


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_another_connection_sees_a_restored_register_at_once(office: Office) -> None:
    invite(office, 1)
    copy = maintenance.save_copy(office)
    invite(office, 2)
    other = open_office(office.register_path, today=TODAY)
    assert people.count(other) == 2
    restoring.restore(office, copy)
    assert people.count(other) == 1
    invite(other, 4)
    assert people.count(office) == 2
    other.close()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_what_a_restore_replaced_can_be_restored(office: Office) -> None:
    invite(office, 1)
    copy = maintenance.save_copy(office)
    invite(office, 2)
    restoring.restore(office, copy)
    restoring.restore(office, copies.paths_of(office.register_path)[-1])
    assert people.count(office) == 2


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    path.write_bytes(content)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 3])


def _text(path: Path) -> None:
    path.write_text("not a register\n", encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _newer(path: Path) -> None:
    register = Register(path)
    register.db.execute_sql(f"PRAGMA user_version = {LATEST + 1}")
    register.close()


def _missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_damaged, "copy_damaged"),
        (_truncated, "copy_damaged"),
        (_text, "not_a_register"),
        (_empty, "not_a_register"),
        (_newer, "newer"),
        (_missing, "not_found"),
    ],
)
@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_copy_that_is_no_good_changes_nothing(
    office: Office, tmp_path: Path, spoil: Callable[[Path], None], code: str
) -> None:
    invite(office, 1)
    source = maintenance.save_copy(office, tmp_path)
    invite(office, 2)
    before = row_counts(office.register)
    spoil(source)
    assert code_of(lambda: restoring.restore(office, source)) == code
    assert row_counts(office.register) == before
    assert checking.check(office).passed


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_looking_at_a_copy_does_not_touch_it(office: Office, tmp_path: Path) -> None:
    invite(office)
    source = maintenance.save_copy(office, tmp_path / "kept")
    before = source.read_bytes()
    restoring.restore(office, source)
    assert source.read_bytes() == before
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [source.name]


def test_the_copies_of_a_day_are_known_by_their_names(office: Office) -> None:
    invite(office)
    backup.make_copy(office.register, NOON, "import")
    assert copies.copied_on(office.register_path, date(2023, 11, 22))
    assert not copies.copied_on(office.register_path, date(2023, 11, 23))


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_copy_of_an_encrypted_register_is_encrypted(tmp_path: Path) -> None:
    office = open_office(tmp_path / "secret.imp", today=TODAY, passphrase="alouette")
    invite(office)
    copy = maintenance.save_copy(office, tmp_path / "copies")
    assert b"Benali" not in copy.read_bytes()
    invite(office, 2)
    restoring.restore(office, copy)
    assert people.count(office) == 1
    office.close()


@pytest.mark.parametrize(
    "table", ["person", "change", "letter", "source_row", "person_reference", "change_person"]
)
def test_a_copy_with_one_page_that_was_written_wrong_is_no_copy(
    office: Office, tmp_path: Path, table: str
) -> None:
    """Of each kind of page: of rows, and of what they are found by."""
    rows = [a_row(number) for number in range(1, 200)]
    import_file(office, a_list(tmp_path / "list.xlsx", rows))
    path = backup.copy_to(office.register, tmp_path / "copy.imp")
    assert copying.verify(path, "", just_written=True).people == 199
    database = sqlite.connect(path)
    pages = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    (root,) = database.execute(pages, (table,)).fetchone()
    database.close()
    content = bytearray(path.read_bytes())
    page = (root - 1) * 4096
    if content[page] in (2, 5):  # it has leaves: its first cell begins with the number of one
        cell = int.from_bytes(content[page + 12 : page + 14], "big")
        page = (int.from_bytes(content[page + cell : page + cell + 4], "big") - 1) * 4096
    assert content[page] in (10, 13), "a leaf"
    content[page + 8 : page + 12] = b"\xff" * 4  # where its first cells are
    path.write_bytes(content)
    with pytest.raises(StorageError):
        copying.verify(path, "", just_written=True)
