# SPDX-License-Identifier: Apache-2.0
"""An export of the journal is verified outside the program, by Python's standard library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from new_registers import copy_of
from office_builders import FILES, TODAY, import_file, invite, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.services.proof import checking, journal_export
from imp_plus_desktop.storage.journal import erasures

pytestmark = pytest.mark.mostly_long(
    "test_the_script_verifies_what_the_register_wrote",
    "test_an_empty_journal_is_verified_too",
    "test_the_script_is_short_enough_to_be_read",
)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pattern") / "register.imp"
    office = open_office(path, today=TODAY)
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    person = invite(office, 90)
    receive(office, person)
    folder.add_note(office, person, 'Élève à « Saint-Jean »:\u2028ligne ; \\ "deux" 王')
    office.close()
    return path


@pytest.fixture
def written(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    office = open_office(copy_of(pattern, tmp_path / "written.imp"), today=TODAY)
    yield office
    office.close()


def verified(path: Path, head: str = "") -> tuple[int, str]:
    """The exit code of the script and what it said, run without any package or setting."""
    script = journal_export.verifier()
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), *([head] if head else [])],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def test_the_script_verifies_what_the_register_wrote(written: Office, tmp_path: Path) -> None:
    before = checking.head(written)
    done = journal_export.export(written, tmp_path / "journal.jsonl")
    # The last act in it is the one by which it was written.
    assert (done.acts, done.head) == (5, checking.head(written))
    assert done.head != before
    assert verified(done.path) == (0, f"5 acts hold. Head: {done.head}")
    code, said = verified(done.path, done.head[:20])
    assert code == 0
    assert said.endswith("is of act 5 of 5.")
    code, said = verified(done.path, "0" * 64)
    assert (code, said.splitlines()[-1]) == (1, "NOT VERIFIED: no act has this head")
    assert verified(done.path, done.head[:8])[0] == 1


def test_an_empty_journal_is_verified_too(office: Office, tmp_path: Path) -> None:
    done = journal_export.export(office, tmp_path / "journal.jsonl")
    assert verified(done.path) == (0, "0 acts hold. Head: none")


Line = dict[str, Any]


def _change(lines: list[Line], **values: Any) -> None:
    next(line for line in lines if "change" in line and line["entity"] == "application").update(
        values
    )


ALTERED: dict[str, Callable[[list[Line]], object]] = {
    "a value": lambda lines: _change(lines, after='{"state":"approved"}'),
    "a person": lambda lines: _change(lines, person=1),
    "a blank": lambda lines: _change(lines, before=None, after=None, salt=None),
    "an act's day": lambda lines: lines[1].update(at="2020-01-01T00:00:00Z"),
    "an act's details": lambda lines: lines[1].update(details="{}"),
    "blank details": lambda lines: lines[1].update(details=None, salt=None),
    "a line less": lambda lines: lines.pop(3),
    "an act less": lambda lines: lines.pop(1),
    "another kind of file": lambda lines: lines.pop(0),
}


@pytest.mark.parametrize("how", ALTERED)
def test_the_script_finds_what_was_altered(written: Office, tmp_path: Path, how: str) -> None:
    done = journal_export.export(written, tmp_path / "journal.jsonl")
    lines = [json.loads(line) for line in done.path.read_text("utf-8").split("\n") if line]
    ALTERED[how](lines)
    done.path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    code, said = verified(done.path)
    assert code == 1
    assert said.startswith("NOT VERIFIED: ")


def test_an_erased_change_holds_where_its_erasure_signs_for_it(
    written: Office, tmp_path: Path
) -> None:
    db = written.register.db
    changes = [n for (n,) in db.execute_sql("SELECT id FROM change WHERE person_id = 7").fetchall()]
    with written.act(erasures.SERVICE) as act:
        act.always = True
        act.details |= erasures.details(changes, (2,), ())
    db.execute_sql(
        "UPDATE change SET before = NULL, after = NULL, together = NULL, sheet = NULL, row = NULL,"
        " salt = NULL WHERE person_id = 7"
    )
    db.execute_sql("UPDATE act SET details = NULL, salt = NULL WHERE id = 2")
    done = journal_export.export(written, tmp_path / "journal.jsonl")
    assert verified(done.path)[0] == 0
    db.execute_sql("UPDATE act SET details = NULL, salt = NULL WHERE id = 3")
    assert verified(journal_export.export(written, done.path).path)[0] == 1


def test_where_nothing_can_be_written_it_says_so(written: Office, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError):
        journal_export.export(written, tmp_path / "nowhere" / "journal.jsonl")
    assert not list(tmp_path.glob("*.jsonl*"))


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len(journal_export.verifier().read_text("utf-8").splitlines()) < 90
