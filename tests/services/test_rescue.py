# SPDX-License-Identifier: Apache-2.0
"""What can be read of a damaged register is put into a new one that passes every check, and what
could not be read is named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
import sqlcipher3
from new_registers import new_office
from office_builders import FILES, TODAY, an_approved, import_file, invite, issue, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import rescue
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.words.proof import rescue_texts

pytestmark = pytest.mark.of_a_file("the pages of a file")

PAGE = 4096
KEY = "quatre mots de passe"


def lived(path: Path, passphrase: str = "") -> Office:
    office = open_office(path, today=TODAY)
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    issue(office, an_approved(office, 90))
    receive(office, invite(office, 91))
    history.undo(office)
    for person in range(1, 40):
        folder.add_note(office, person, f"Note {person} about something that was said.")
    if passphrase:
        passphrases.change(office, passphrases.SET, passphrase)
    office.register.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return office


@pytest.fixture(scope="module", params=["", KEY], ids=["plain", "encrypted"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return lived(tmp_path_factory.mktemp("whole") / "register.imp", request.param)


def rescued(whole: Office, content: bytes, tmp_path: Path) -> rescue.Rescue:
    """What was rescued of a file, which passes every check and stays as it was."""
    damaged = tmp_path / "damaged.imp"
    damaged.write_bytes(content)
    key = whole.register.passphrase
    done = rescue.rescue(whole, damaged, tmp_path / "rescued.imp", key)
    assert damaged.read_bytes() == content
    assert done.report.passed, done.report
    again = open_office(done.path, today=TODAY, passphrase=key)
    assert people.count(again) == done.people
    assert len(people.rows(again, people.ids(again, PeopleFilter()))) == done.people
    again.close()
    return done


def pages_of(whole: Office, table: str) -> list[int]:
    """The pages of a table, from its root on; counted from 0."""
    path, key = whole.register_path, whole.register.passphrase
    office = open_office(path, today=TODAY, passphrase=key)
    try:
        (root,) = office.register.db.execute_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    finally:
        office.close()
    return [root - 1]


def zeroed(content: bytes, *pages: int) -> bytes:
    made = bytearray(content)
    for page in pages:
        made[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    return bytes(made)


def test_of_a_sound_register_everything_is_there(whole: Office, tmp_path: Path) -> None:
    done = rescued(whole, whole.register_path.read_bytes(), tmp_path)
    assert done.people == people.count(whole)
    assert (done.rescued.rows, done.rescued.lost) == (0, ())
    assert done.rescued.acts == done.rescued.acts_read
    with pytest.raises(AppError, match="file_exists"):
        rescue.rescue(whole, whole.register_path, done.path, whole.register.passphrase)


@pytest.mark.many("plain")
def test_where_the_people_are_lost_the_journal_still_tells_them(
    whole: Office, tmp_path: Path
) -> None:
    content = zeroed(whole.register_path.read_bytes(), *pages_of(whole, "person"))
    done = rescued(whole, content, tmp_path)
    assert (done.people, done.rescued.lost) == (people.count(whole), ())


@pytest.mark.many("encrypted")
def test_where_the_journal_is_lost_the_rows_are_taken_as_they_stand(
    whole: Office, tmp_path: Path
) -> None:
    content = zeroed(whole.register_path.read_bytes(), *pages_of(whole, "act"))
    done = rescued(whole, content, tmp_path)
    assert (done.people, done.rescued.acts) == (people.count(whole), 0)
    assert done.rescued.rows > done.people


@pytest.mark.long
def test_whatever_pages_are_lost_the_new_register_is_sound(whole: Office, tmp_path: Path) -> None:
    content = whole.register_path.read_bytes()
    drawn = random.Random(13)
    for turn in range(6):
        pages = drawn.sample(range(1, len(content) // PAGE), 1 + turn)
        (tmp_path / "rescued.imp").unlink(missing_ok=True)
        done = rescued(whole, zeroed(content, *pages), tmp_path)
        named = {one.table for one in done.rescued.lost}
        assert done.people == people.count(whole) or named & {"person", "act"}


def test_flipped_bytes_are_stepped_over(whole: Office, tmp_path: Path) -> None:
    content = bytearray(whole.register_path.read_bytes())
    drawn = random.Random(7)
    for _turn in range(12):
        content[drawn.randrange(PAGE, len(content))] ^= drawn.randrange(1, 256)
    rescued(whole, bytes(content), tmp_path)


@pytest.mark.long
def test_what_the_file_says_of_its_tables_may_be_any_bytes(tmp_path: Path) -> None:
    """The engine tells of such damage with a piece of the file, which is no text then."""
    office = new_office(tmp_path / "whole.imp", TODAY)
    invite(office)
    office.register.db.settle_in_file()
    content = office.register_path.read_bytes()
    telling = [n for n in range(len(content) // PAGE) if b"CREATE " in page_of(content, n)]
    drawn, codes, lost = random.Random(1), set[str](), set[str]()
    for turn in range(40):
        damaged = bytearray(content)
        for _flipped in range(drawn.choice((1, 3, 12))):
            place = drawn.choice(telling) * PAGE + drawn.randrange(100, PAGE)
            damaged[place] ^= drawn.randrange(128, 256)
        path = tmp_path / f"{turn}.imp"
        path.write_bytes(bytes(damaged))
        try:
            open_office(path, today=TODAY, create=False, passphrase="").close()
        except StorageError as error:
            codes.add(error.code)
        try:
            done = rescue.rescue(office, path, tmp_path / f"{turn}-rescued.imp")
            assert (done.people, done.report.passed) == (1, True)
        except StorageError as error:
            lost.add(error.code)
    assert lost <= {"beyond_rescue"}
    assert "damaged" in codes
    assert "misread" not in codes  # to try again would not help
    office.close()


def page_of(content: bytes, number: int) -> bytes:
    return content[number * PAGE : (number + 1) * PAGE]


def test_a_table_of_which_no_page_tells_is_named(tmp_path: Path) -> None:
    office = lived(tmp_path / "whole.imp")
    path = tmp_path / "damaged.imp"
    shutil.copyfile(office.register_path, path)
    made = sqlcipher3.connect(str(path))
    made.execute("PRAGMA writable_schema = ON")
    made.execute("DELETE FROM sqlite_master WHERE name IN ('act', 'person', 'source_block')")
    made.commit()
    made.close()
    done = rescue.rescue(office, path, tmp_path / "rescued.imp")
    named = {one.table: one.count for one in done.rescued.lost}
    assert {"act": 0, "person": 0, "source_block": 0}.items() <= named.items()
    told = "\n".join(rescue_texts.lines(done))
    assert "Journal: all of it" in told
    assert "Person: all of it" in told
    assert "The journal holds" not in told
    office.close()


def test_of_a_file_that_is_cut_off_its_beginning_is_rescued(whole: Office, tmp_path: Path) -> None:
    content = whole.register_path.read_bytes()
    done = rescued(whole, content[: len(content) * 9 // 10], tmp_path)
    assert done.people


def test_a_head_that_is_lost_is_written_anew(tmp_path: Path) -> None:
    office = lived(tmp_path / "register.imp")
    content = bytes(100) + office.register_path.read_bytes()[100:]
    assert rescued(office, content, tmp_path).people == people.count(office)
    office.close()


@pytest.mark.parametrize("content", [b"", bytes(20 * PAGE), b"no register at all" * 900])
def test_where_nothing_can_be_read_it_says_so(
    whole: Office, tmp_path: Path, content: bytes
) -> None:
    damaged = tmp_path / "damaged.imp"
    damaged.write_bytes(content)
    with pytest.raises(AppError, match="beyond_rescue"):
        rescue.rescue(whole, damaged, tmp_path / "new.imp", whole.register.passphrase)
    assert [file.name for file in tmp_path.iterdir()] == ["damaged.imp"]
    with pytest.raises(AppError, match="not_found"):
        rescue.rescue(whole, tmp_path / "nowhere.imp", tmp_path / "new.imp")
