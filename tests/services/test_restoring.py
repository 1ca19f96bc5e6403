# SPDX-License-Identifier: Apache-2.0
"""Restoring shows first what it changes, changes all or nothing, and is taken back like any act."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from office_builders import FILES, TODAY, invite, row_counts

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import DomainError, StorageError
from imp_plus_desktop.services.history import history, own_acts
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.maintenance import restoring as stored

pytestmark = pytest.mark.of_a_file("only a file is put in the place of another")

TESTS = Path(__file__).parents[1]


def code_of(caught: pytest.ExceptionInfo[StorageError]) -> str:
    return caught.value.code


@pytest.fixture
def two(office: Office, tmp_path: Path) -> tuple[Office, Path]:
    """A register of three people and a copy of it with one."""
    invite(office, 1)
    copy = maintenance.save_copy(office, tmp_path / "kept")
    invite(office, 2)
    invite(office, 3)
    return office, copy


def test_what_would_change_is_told_and_nothing_is_changed(two: tuple[Office, Path]) -> None:
    office, copy = two
    before = row_counts(office.register)
    seen = restoring.look(office, copy)
    assert (seen.copy.people, seen.copy.acts) == (1, 1)
    assert (seen.present.people, seen.present.acts) == (3, 3)
    assert (seen.would_lose, seen.would_bring, seen.is_other) == (2, 0, False)
    assert [act.id for act in seen.lost] == [3, 2]
    assert seen.copy.newest is not None
    assert seen.copy.newest.id == 1
    assert row_counts(office.register) == before
    assert not list(office.register_path.parent.glob(".*.part*"))


def test_a_yes_is_to_what_was_shown_and_to_nothing_written_since(two: tuple[Office, Path]) -> None:
    office, copy = two
    seen = restoring.look(office, copy)
    invite(office, 4)
    with pytest.raises(DomainError, match="written_since"):
        restoring.restore(office, copy, seen=seen.head)
    assert restoring.look(office, copy).present.people == 4
    restoring.restore(office, copy, seen=restoring.look(office, copy).head)
    assert restoring.look(office, copy).present.people == 1


def test_another_offices_register_is_told_as_such(office: Office, tmp_path: Path) -> None:
    invite(office, 1)
    other = open_office(tmp_path / "other.imp", today=TODAY)
    for number in range(5, 9):
        invite(other, number)
    copy = maintenance.save_copy(other, tmp_path / "kept")
    other.close()
    seen = restoring.look(office, copy)
    assert (seen.is_other, seen.would_lose, seen.would_bring) == (True, 1, 4)


def test_a_restore_is_taken_back_and_brought_again_with_a_sound_journal(
    two: tuple[Office, Path],
) -> None:
    office, copy = two
    act = restoring.restore(office, copy)
    assert people.count(office) == 1
    told = history.acts(office)[0]
    assert (told.id, told.service, told.source_name) == (act, "maintenance.restore", copy.name)
    assert dict(told.counts) == {"brought": 0, "lost": 2}
    assert act > 3, "no act that was lost has the number of one that comes"
    offered = own_acts.last_undoable(office)
    assert offered is not None
    assert offered.row.id == act
    own_acts.take_back(office, offered)
    assert people.count(office) == 3
    assert [row.service for row in history.acts(office)][:2] == [
        "maintenance.restore_undone",
        "people.add",
    ]
    assert checking.check(office).passed
    again = own_acts.last_undone(office)
    assert again is not None
    own_acts.take_back(office, again)
    assert people.count(office) == 1
    assert checking.check(office).passed
    history.undo(office)
    assert people.count(office) == 3
    undoable = own_acts.last_undoable(office)
    assert undoable is not None
    assert undoable.row.service == "people.add"


def test_an_undo_is_offered_only_where_there_is_something_to_take_back(
    two: tuple[Office, Path],
) -> None:
    office, copy = two
    act = restoring.restore(office, copy)
    assert history.acts(office)[0].can_be_undone
    restoring.take_back(office, act)
    assert not history.acts(office)[0].can_be_undone
    passphrases.change(office, passphrases.SET, "a long new passphrase")
    newest = history.acts(office)[0]
    assert (newest.service, newest.can_be_undone) == ("maintenance.passphrase", False)
    assert history.undo(office, newest.id).act is None


def test_what_was_recorded_since_keeps_a_restore_from_being_taken_back(
    two: tuple[Office, Path],
) -> None:
    office, copy = two
    act = restoring.restore(office, copy)
    invite(office, 7)
    with pytest.raises(DomainError, match="restore_not_last"):
        history.undo(office, act)
    assert people.count(office) == 2
    history.undo(office)
    history.undo(office, act)
    assert people.count(office) == 3


def test_without_the_copy_made_first_a_restore_cannot_be_taken_back(
    two: tuple[Office, Path],
) -> None:
    office, copy = two
    act = restoring.restore(office, copy)
    for path in copies.paths_of(office.register_path):
        path.unlink()
    with pytest.raises(StorageError) as caught:
        history.undo(office, act)
    assert code_of(caught) == "copy_gone"
    assert people.count(office) == 1


def test_a_foreign_file_with_our_number_is_refused_and_nothing_is_changed(
    two: tuple[Office, Path],
) -> None:
    office, _copy = two
    source = FILES / "foreign-same-id.imp"
    before, bytes_before = row_counts(office.register), source.read_bytes()
    for call in (restoring.look, restoring.restore):
        with pytest.raises(StorageError) as caught:
            call(office, source)
        assert code_of(caught) == "not_a_register"
    assert row_counts(office.register) == before
    assert source.read_bytes() == bytes_before
    assert checking.check(office).passed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cap_counter SET used = used + 1",
        "UPDATE act SET who = 'nobody' WHERE id = 1",
        "DROP TRIGGER IF EXISTS {trigger}",
        "CREATE TABLE song (title TEXT)",
    ],
)
def test_a_copy_that_was_altered_is_refused(
    two: tuple[Office, Path], statement: str, tmp_path: Path
) -> None:
    from imp_plus_desktop.storage.journal.register import Register

    office, copy = two
    spoiled = Register(copy)
    db = spoiled.db
    names = db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    if "cap_counter" in statement:
        db.execute_sql("INSERT OR IGNORE INTO cap_counter (year, used) VALUES (2023, 0)")
    db.execute_sql(statement.format(trigger=names[0][0]))
    spoiled.close()
    with pytest.raises(StorageError) as caught:
        restoring.restore(office, copy)
    assert code_of(caught) in ("copy_altered", "not_a_register")
    assert people.count(office) == 3


def test_the_register_itself_is_no_copy(office: Office) -> None:
    invite(office)
    with pytest.raises(StorageError) as caught:
        restoring.look(office, office.register_path)
    assert code_of(caught) == "restore_itself"


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new"), [("", "new secret"), ("old secret", "new secret"), ("old secret", "")]
)
def test_a_copy_from_before_a_change_of_passphrase_is_restored_with_its_own(
    tmp_path: Path, old: str, new: str
) -> None:
    office = open_office(tmp_path / "r.imp", today=TODAY, passphrase=old)
    invite(office, 1)
    copy = maintenance.save_copy(office, tmp_path / "usb")
    before = copy.read_bytes()
    invite(office, 2)
    how = "change" if old and new else "set" if new else "remove"
    passphrases.change(office, how, new)
    if old:
        for given, code in ((None, "copy_key_needed"), ("no", "copy_key_wrong")):
            with pytest.raises(StorageError) as caught:
                restoring.look(office, copy, given)
            assert code_of(caught) == code
    restoring.restore(office, copy, old or None)
    assert people.count(office) == 1
    assert copy.read_bytes() == before
    assert checking.check(office).passed
    office.close()
    again = open_office(tmp_path / "r.imp", today=TODAY, passphrase=new)
    assert people.count(again) == 1
    again.close()
    if new:
        for path in tmp_path.rglob("*"):
            assert not path.is_file() or path == copy or b"Benali" not in path.read_bytes(), path


def test_a_write_in_between_is_in_the_copy_made_first(
    two: tuple[Office, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, copy = two
    desk = open_office(office.register_path, today=TODAY)
    swap, written = stored.swap, list[int]()

    def late(*arguments: object) -> None:
        if len(written) < 2:
            written.append(invite(desk, 20 + len(written)))
        swap(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(stored, "swap", late)
    act = restoring.restore(office, copy)
    assert people.count(office) == 1
    history.undo(office, act)
    assert people.count(office) == 5
    assert people.file(office, written[-1]).person.family_name
    desk.close()


@pytest.mark.long
def test_writers_all_the_while_lose_nothing_acknowledged(two: tuple[Office, Path]) -> None:
    """What is acknowledged before the swap is in the copy made first, after it in the result."""
    office, copy = two
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from office_builders import TODAY, invite\nfrom pathlib import Path\n"
        "from imp_plus_desktop.bootstrap import open_office\n"
        "office = open_office(Path(sys.argv[1]), today=TODAY)\n"
        "print('ready', flush=True)\n"
        "for number in range(100, 4000):\n"
        "    invite(office, number); print(f'C{1_000_000 + number}', flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(office.register_path), str(TESTS)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    for _ in range(4):
        writer.stdout.readline()
    acknowledged: list[str] = []
    reader = threading.Thread(target=lambda: acknowledged.extend(writer.stdout or []))
    reader.start()
    try:
        restore_at_last(office, copy)
        time.sleep(0.2)
    finally:
        writer.kill()
        writer.wait()
        reader.join()
        writer.stdout.close()
    before = copies.copies_of(office.register_path)
    last = next(c for c in reversed(before) if c.reason == "restore")
    replaced = open_office(last.path, today=TODAY)
    references = "SELECT individual_reference FROM person"
    known = {row[0] for row in replaced.register.db.execute_sql(references)}
    known |= {row[0] for row in office.register.db.execute_sql(references)}
    replaced.close()
    assert {line.strip() for line in acknowledged if line.endswith("\n")} <= known
    assert checking.check(office).passed


def restore_at_last(office: Office, copy: Path) -> None:
    """Restore as a desk does that is told that others are writing: once more, until it goes."""
    for _again in range(20):
        try:
            restoring.restore(office, copy)
        except StorageError as error:
            if error.code != "locked":
                raise
        else:
            return
    pytest.fail("others never left room for a restore")


@pytest.mark.parametrize(
    "content", [None, b"", b"\x00" * 8192, b"SQLite format 3\x00" + b"x" * 900]
)
def test_a_register_that_does_not_open_is_made_anew_from_a_copy(
    two: tuple[Office, Path], content: bytes | None
) -> None:
    office, copy = two
    path = office.register_path
    office.close()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    done = restoring.bring_back(
        path, copy, passphrase="", given=None, clock=Clock(TODAY), user="M. Roy"
    )
    assert done.people == 1
    assert (done.kept is not None) == (content is not None)
    if done.kept is not None:
        assert done.kept.read_bytes() == content
    again = open_office(path, today=TODAY)
    assert people.count(again) == 1
    assert history.acts(again)[0].service == "maintenance.restore"
    assert checking.check(again).passed
    assert history.last_undoable(again) is not None
    invite(again, 9)
    again.close()


def test_the_instant_of_the_newest_act_is_told(two: tuple[Office, Path]) -> None:
    office, copy = two
    newest = restoring.look(office, copy).copy.newest
    assert newest is not None
    assert newest.at < datetime.now(UTC)
