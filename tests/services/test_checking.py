# SPDX-License-Identifier: Apache-2.0
"""The check finds what was altered behind the journal: shape, what is derived, the archive, and a
chain that was rewritten whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from new_registers import copy_of
from office_builders import (
    FILES,
    TODAY,
    a_list,
    a_row,
    an_approved,
    import_file,
    invite,
    issue,
    receive,
)
from tampering import unreferenced

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.search.lines import Line
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.services.office import standing
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.services.proof import checking, derived
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.reads import queries

pytestmark = pytest.mark.mostly_long(
    "test_another_shape_is_found",
    "test_what_waits_for_a_new_passphrase_is_no_other_shape",
    "test_words_of_the_index_that_the_file_does_not_hold_are_found",
    "test_a_chain_that_was_written_anew_whole_is_found_by_a_head",
    "test_what_is_no_head_is_refused",
    "test_lines_of_another_day_still_say_what_is_computed_today",
    "test_of_many_people_some_are_looked_at_and_everybody_when_asked",
)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with an imported list, a permit, a note and lines for the lists."""
    path = tmp_path_factory.mktemp("pattern") / "register.imp"
    office = open_office(path, today=TODAY)
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    person = invite(office, 90)
    receive(office, person)
    folder.add_note(office, person, "Called about the lease, will write.")
    assert checking.check(office).passed
    office.close()
    return path


@pytest.fixture
def written(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    office = open_office(copy_of(pattern, tmp_path / "written.imp"), today=TODAY)
    yield office
    office.close()


def found(office: Office, *statements: str) -> dict[str, str]:
    """What a check says that is not `ok`, once the tables were changed behind its back."""
    db = office.register.db
    unreferenced(db)
    for statement in statements:
        db.execute_sql(statement)
    parts = checking.check(office).parts
    return {name: value for name, value in parts.items() if value != checking.OK}


def line_of(office: Office, person: int) -> Line:
    """The line by which somebody is found."""
    return standing.compute(
        queries.files(office.register, [person])[0],
        office.programme(),
        office.clock.today(),
        cap_is_full=False,
    ).search_line


@pytest.mark.of_a_file("tests/storage/test_server.py has those of a server")
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP TRIGGER ledger_keeps", "trigger ledger_keeps"),
        ("DROP INDEX standing_sort", "index standing_sort"),
        ("CREATE VIEW everybody AS SELECT * FROM person", "view everybody"),
        ("CREATE TABLE mine (a TEXT)", "table mine"),
        ("CREATE TRIGGER watch AFTER INSERT ON person BEGIN SELECT 1; END", "trigger watch"),
        ("ALTER TABLE note ADD COLUMN secret TEXT", "table note"),
    ],
)
def test_another_shape_is_found(written: Office, statement: str, fault: str) -> None:
    assert found(written, statement) == {"schema": f"differs: {fault}"}


@pytest.mark.of_a_file("passphrases are those of files")
def test_what_waits_for_a_new_passphrase_is_no_other_shape(written: Office) -> None:
    assert found(written, "CREATE TABLE pending_copy (copy TEXT PRIMARY KEY, key TEXT)") == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE standing SET status = 'refused' WHERE person_id = 7",
        "UPDATE standing SET sort_key = 'zz' WHERE person_id = 7",
        "UPDATE standing SET last_safe_day = '2030-01-01' WHERE person_id = 7",
        "UPDATE standing SET holds_until = '2099-01-01' WHERE person_id = 7",
        "DELETE FROM agenda_line WHERE person_id = 7",
        "UPDATE agenda_line SET day = '2099-01-01' WHERE person_id = 7",
        "INSERT INTO waiting_line VALUES ('biometrics', 7)",
        "INSERT INTO flag_line VALUES (7, 1, 'over_cap')",
        "UPDATE person_search_words SET words = words || ' other' WHERE person_id = 7",
    ],
)
def test_a_derived_line_that_says_otherwise_is_found(written: Office, statement: str) -> None:
    assert found(written, statement) == {"derived": "differs: person: 7"}


@pytest.mark.parametrize("given", ["names", "numbers", "texts"])
def test_words_of_the_index_that_the_file_does_not_hold_are_found(
    written: Office, given: str
) -> None:
    planted = dict.fromkeys(("names", "numbers", "texts"), "") | {given: "planted"}
    written.register.db.search.write([(7, line_of(written, 7)._replace(**planted))])
    assert found(written) == {"derived": "differs: person: 7"}


def test_one_word_more_in_the_index_is_found(written: Office) -> None:
    (person,) = written.register.db.execute_sql("SELECT MAX(id) FROM person").fetchone()
    line = line_of(written, person)
    db = written.register.db
    db.search.write([(person, line._replace(texts=f"{line.texts} planted"))])
    assert found(written) == {"derived": f"differs: person: {person}"}
    db.search.write([(person, line)])
    assert found(written) == {}


def test_words_that_are_near_nobody_s_name_are_found(written: Office) -> None:
    planted = "INSERT INTO person_search_near VALUES ('pla', 'planted')"
    assert found(written, planted) == {"derived": "differs: words: 1"}
    missing = (
        "DELETE FROM person_search_near WHERE word = (SELECT MIN(word) FROM person_search_near)"
    )
    assert "differs: person" in found(written, missing)["derived"]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE source_file SET content = (SELECT hash FROM act WHERE id = 1)", "file: 1"),
        ("UPDATE source_file SET content = substr(content, 1, length(content) - 9)", "file: 1"),
        ("UPDATE source_file SET sha256 = 'x'", "file: 1"),
        ("DELETE FROM source_file", "file: 1"),
        ("UPDATE source_block SET cells = (SELECT hash FROM act WHERE id = 1)", "rows: 1"),
        ("DELETE FROM source_block", "rows: 1"),
        ("INSERT INTO source_file SELECT 2, name, sha256, content, answer FROM source_file",
         "file: 2"),
    ],
)  # fmt: skip
def test_an_altered_archive_is_found(written: Office, statement: str, fault: str) -> None:
    assert found(written, statement) == {"archive": fault}


def test_an_archived_file_that_an_erasure_took_away_is_accounted_for(written: Office) -> None:
    with written.act(erasures.SERVICE) as act:
        act.always = True
        act.details |= {**erasures.details((), (), ()), erasures.ARCHIVE: {"1": None}}
    assert found(written, "DELETE FROM source_file", "DELETE FROM source_block") == {}


def test_a_head_that_was_kept_is_found_in_the_chain(written: Office) -> None:
    head = checking.head(written)
    folder.add_note(written, 7, "One act more.")
    folder.add_note(written, 7, "And another.")
    report = checking.check(written, head)
    assert (report.against, report.since, report.passed) == (checking.OK, 2, True)
    printed = " ".join(head[at : at + 8] for at in range(0, 64, 8)).upper()
    assert checking.check(written, printed).since == 2
    assert checking.check(written, head[:16]).since == 2


def test_a_chain_that_was_written_anew_whole_is_found_by_a_head(
    written: Office, tmp_path: Path
) -> None:
    """Another register of the same people, whose own chain holds from its first act to its last."""
    head = checking.head(written)
    other = open_office(tmp_path / "other.imp", today=TODAY)
    import_file(other, FILES / "invitations-2023-fr.xlsx")
    assert checking.check(other).passed
    report = checking.check(other, head)
    assert (report.against, report.since, report.passed) == (checking.UNKNOWN, None, False)
    other.close()


@pytest.mark.parametrize("text", ["abc", "z" * 64, "0" * 65])
def test_what_is_no_head_is_refused(written: Office, text: str) -> None:
    with pytest.raises(AppError, match="bad_head"):
        checking.check(written, text)


@pytest.mark.long
def test_lines_of_another_day_still_say_what_is_computed_today(written: Office) -> None:
    for days in (1, 40, 200, 900):
        later = open_office(written.register_path, today=TODAY + timedelta(days=days))
        assert checking.check(later).parts == checking.check(later, thorough=True).parts
        assert checking.check(later).passed
        later.close()


def test_of_many_people_some_are_looked_at_and_everybody_when_asked(
    written: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "EVERYBODY", 3)
    monkeypatch.setattr(derived, "SOME", 5)
    written.register.db.execute_sql("UPDATE standing SET sort_key = 'zz'")
    assert derived.fault(written) is not None
    assert derived.fault(written, thorough=True) == "person: 1"


@pytest.mark.of_a_file("passphrases are those of files")
def test_an_encrypted_register_is_checked_as_well(tmp_path: Path) -> None:
    office = open_office(tmp_path / "plain.imp", today=TODAY)
    issue(office, an_approved(office, 1))
    passphrases.change(office, passphrases.SET, "quatre mots de passe")
    assert checking.check(office, thorough=True).passed
    office.close()


class Steps:
    """Progress that is kept, and stops where that is wanted."""

    def __init__(self, last: int = 99) -> None:
        self.told: list[tuple[int, int]] = []
        self.last = last

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if done >= self.last:
            raise Cancelled


def test_it_says_how_far_it_is_and_can_be_stopped_after_each_part(written: Office) -> None:
    steps = Steps()
    assert checking.check(written, progress=steps).passed
    assert steps.told == [(number, 9) for number in range(1, 10)]
    with pytest.raises(Cancelled):
        checking.check(written, progress=Steps(last=3))
    assert checking.check(written).passed


class Beside:
    """Another desk that does its work between two parts of a check."""

    def __init__(self, other: Office, folder: Path, *people: int) -> None:
        self._other, self._folder, self._people, self.turns = other, folder, people, 0

    def step(self, _done: int, _total: int) -> None:
        self.turns += 1
        invite(self._other, 500 + self.turns)
        for person in self._people:
            folder.add_note(self._other, person, f"Called {self.turns} times.")
        rows = [a_row(700 + self.turns)]
        import_file(self._other, a_list(self._folder / f"{self.turns}.xlsx", rows))


def test_what_others_do_during_a_check_is_no_fault(
    office: Office, other: Office, tmp_path: Path
) -> None:
    """Each part looked at another moment, and told of people whose lines were being made anew."""
    ids = [invite(office, number) for number in range(1, 5)]
    for person in ids:
        receive(office, person)
    beside = Beside(other, tmp_path, *ids)
    found = checking.check(office, progress=beside)
    assert beside.turns > 5
    assert {name: told for name, told in found.parts.items() if told != "ok"} == {}
    assert checking.check(office, thorough=True).passed
