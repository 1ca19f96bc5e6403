# SPDX-License-Identifier: Apache-2.0
"""The replay finds whatever was changed by hand, also with the triggers dropped before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from new_registers import copy_of
from office_builders import FILES, TODAY, an_approved, import_file, invite, issue, receive
from tampering import unguarded

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, MIGRATIONS
from imp_plus_desktop.storage.reads import queries


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a permit, a waiting application, and a receipt that was undone."""
    path = tmp_path_factory.mktemp("pattern") / "register.imp"
    office = open_office(path, today=TODAY)
    issue(office, an_approved(office, 1))
    receive(office, invite(office, 2))
    receive(office, invite(office, 3))
    history.undo(office)
    office.close()
    return path


@pytest.fixture
def written(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    office = open_office(copy_of(pattern, tmp_path / "written.imp"), today=TODAY)
    yield office
    office.close()


def entries(register: Register, ledger: str) -> list[tuple[int, str, int, str]]:
    rows = queries.fetch(
        register,
        "SELECT subject_id, day, delta, reason FROM mifi_entry WHERE ledger = ? ORDER BY id",
        (ledger,),
    )
    return [(row["subject_id"], row["day"], row["delta"], row["reason"]) for row in rows]


def test_what_the_services_wrote_replays(written: Office) -> None:
    assert replay.ledger_fault(written.register) is None
    assert replay.row_fault(written.register) is None
    assert checking.check(written).passed


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE cap_counter SET used = used + 1", "differs: 2023"),
        ("UPDATE ledger_entry SET reason = 'forged' WHERE id = 1", "entry: 1"),
        ("UPDATE ledger_entry SET at = '2023-01-01T00:00:00Z' WHERE id = 2", "entry: 2"),
        ("UPDATE ledger_entry SET act_id = 1 WHERE id = 2", "entry: 2"),
        ("UPDATE ledger_entry SET application_id = 2 WHERE id = 1", "place: 2"),
        ("DELETE FROM ledger_entry WHERE application_id = 3", "entry: 3"),
        ("UPDATE letter SET letter_date = '2023-09-02' WHERE id = 2", "mifi: letters 2"),
        ("DELETE FROM mifi_entry WHERE ledger = 'permits'", "mifi: permits 1"),
        ("UPDATE mifi_entry SET day = '2023-09-02' WHERE subject_id = 2", "mifi: letters 2"),
        ("UPDATE mifi_entry SET reason = 'forged' WHERE id = 1", "mifi_act: 1"),
        ("UPDATE mifi_entry SET at = '2023-01-01T00:00:00Z' WHERE id = 1", "mifi_act: 1"),
    ],
)
def test_an_altered_ledger_is_found_though_its_triggers_were_dropped(
    written: Office, statement: str, fault: str
) -> None:
    db = written.register.db
    unguarded(db)
    db.execute_sql(statement)
    assert replay.ledger_fault(written.register) == fault
    assert not checking.check(written).passed


def test_a_letter_and_its_entry_changed_together_are_found_in_the_journal(written: Office) -> None:
    db = written.register.db
    unguarded(db)
    db.execute_sql("UPDATE letter SET letter_date = '2023-09-02' WHERE id = 2")
    db.execute_sql("UPDATE mifi_entry SET day = '2023-09-02' WHERE subject_id = 2 AND delta = 1")
    assert replay.row_fault(written.register) == "changed: letter 2"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE application SET place = 7 WHERE id = 2", "changed: application 2"),
        ("UPDATE application SET outcome = 'refused' WHERE id = 1", "changed: application 1"),
        ("UPDATE permit SET valid_until = '2029-01-01'", "changed: permit 1"),
        ("UPDATE person SET email = 'x@example.com' WHERE id = 3", "changed: person 3"),
        ("DELETE FROM passport WHERE id = 1", "changed: passport 1"),
        ("INSERT INTO note (person_id, text, written_at) VALUES (1, 'x', '2023-01-01T00:00:00Z')",
         "changed: note 1"),
    ],
)  # fmt: skip
def test_any_row_changed_by_hand_is_found(written: Office, statement: str, fault: str) -> None:
    written.register.db.execute_sql(statement)
    assert replay.row_fault(written.register) == fault
    assert checking.check(written).rows == fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE residence SET country = 'MLI' WHERE id = 3", "changed: residence 3"),
        ("DELETE FROM passport WHERE id = 5", "changed: passport 5"),
        ("UPDATE person SET email = 'x@example.com' WHERE id = 2", "changed: person 2"),
        ("INSERT INTO residence (id, person_id, country) VALUES (900, 1, 'MLI')",
         "changed: residence 900"),
    ],
)  # fmt: skip
def test_rows_that_came_in_with_whole_files_are_replayed_too(
    office: Office, statement: str, fault: str
) -> None:
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    assert replay.row_fault(office.register) is None
    office.register.db.execute_sql(statement)
    assert replay.row_fault(office.register) == fault


@pytest.mark.parametrize("corrected", [False, True])
def test_the_rows_of_an_erased_file_are_left_out_and_no_others(
    office: Office, corrected: bool
) -> None:
    """What came in with the file has no change of its own: with the file's, it is erased too."""
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    db = office.register.db
    told = db.execute_sql("SELECT id FROM change WHERE person_id = 7").fetchall()
    with office.act(erasures.SERVICE) as act:
        act.always = True
        act.details |= erasures.details([number for (number,) in told], (), ())
    db.execute_sql(
        "UPDATE change SET before = NULL, after = NULL, together = NULL, salt = NULL"
        " WHERE person_id = 7"
    )
    assert journal.verify(db) is None
    if corrected:
        letter = people.file(office, 7).letters[0].id
        folder.save_letter(office, 7, letter, date(2022, 12, 30), date(2023, 1, 5))
    assert replay.row_fault(office.register) is None
    db.execute_sql("UPDATE residence SET country = 'MLI' WHERE person_id = 8")
    assert replay.row_fault(office.register) is not None


def test_a_file_s_rows_altered_in_the_journal_break_its_chain(office: Office) -> None:
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    db = office.register.db
    db.execute_sql("UPDATE change SET together = replace(together, 'MAR', 'MLI') WHERE id = 3")
    db.execute_sql("UPDATE change SET together = '[]' WHERE id = 9")
    assert journal.verify(db) == 1


def test_the_ledger_of_letters_is_append_only(written: Office) -> None:
    for statement in ("UPDATE mifi_entry SET delta = -1", "DELETE FROM mifi_entry"):
        with pytest.raises(Exception, match="append-only"):
            written.register.db.execute_sql(statement)


def test_a_corrected_letter_moves_by_a_reversing_entry(office: Office) -> None:
    person = invite(office, 1)
    letter = people.file(office, person).letters[0].id
    folder.save_letter(office, person, letter, date(2022, 12, 30), date(2023, 1, 5))
    assert entries(office.register, "letters") == [
        (1, "2023-09-01", 1, "recorded"),
        (1, "2023-09-01", -1, "corrected"),
        (1, "2022-12-30", 1, "corrected"),
    ]
    history.undo(office)
    assert entries(office.register, "letters")[3:] == [
        (1, "2022-12-30", -1, "undone"),
        (1, "2023-09-01", 1, "undone"),
    ]
    assert replay.ledger_fault(office.register) is None


def test_what_is_undone_and_brought_back_is_booked_each_time(office: Office) -> None:
    application = an_approved(office, 1)
    issue(office, application)
    undone = history.undo(office).act
    assert undone is not None
    history.undo(office, undone)
    assert [entry[2:] for entry in entries(office.register, "permits")] == [
        (1, "recorded"),
        (-1, "undone"),
        (1, "undone"),
    ]


def test_a_letter_issued_again_counts_once(office: Office) -> None:
    person = invite(office, 1)
    with office.act("people.letter") as act:
        values = {"person_id": person, "letter_date": date(2023, 10, 2), "supersedes_id": 1}
        act.insert("letter", values)
    assert len(entries(office.register, "letters")) == 1
    with office.act("people.letter") as act:
        act.update("letter", 2, {"supersedes_id": None})
    assert len(entries(office.register, "letters")) == 2
    assert replay.ledger_fault(office.register) is None


def test_an_older_register_is_taken_over_into_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "old.imp"
    db = sqlite.connect(str(path))
    rows = (
        "INSERT INTO person (id, family_name) VALUES (1, 'Roy')",
        "INSERT INTO letter (person_id, letter_date) VALUES (1, '2023-05-01')",
        "INSERT INTO application (id, person_id, code, kind, state) VALUES"
        " (7, 1, 'A76', 'first', 'permit_issued'), (8, 1, 'A76', 'extension', 'permit_issued')",
        "INSERT INTO permit (application_id, issued, valid_from, valid_until, limited_by) VALUES"
        " (7, '2023-05-01', '2023-05-02', '2026-05-01', 'term'),"
        " (8, '2026-05-01', '2026-05-02', '2027-05-01', 'term')",
    )
    for statement in (*MIGRATIONS[0][1], *rows):
        db.execute(statement)
    db.execute("PRAGMA user_version = 1")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.commit()
    db.close()
    register = Register(path)
    assert entries(register, "letters") == [(1, "2023-05-01", 1, "taken_over")]
    assert entries(register, "permits") == [(1, "2023-05-01", 1, "taken_over")]
    assert replay.ledger_fault(register) is None
    register.close()


def test_an_instant_is_kept_with_each_entry(written: Office) -> None:
    rows = queries.fetch(written.register, "SELECT DISTINCT at FROM mifi_entry")
    assert all(datetime.fromisoformat(row["at"]).tzinfo == UTC for row in rows)
