# SPDX-License-Identifier: Apache-2.0
"""A person gets all that the register holds of them, and nothing of anybody else; and the
assessment says what the program does."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.history import act_list, file_bin, history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, folder, people
from imp_plus_desktop.services.privacy import access, assessment, desk, incidents, retention
from imp_plus_desktop.services.privacy.desk import Desk
from imp_plus_desktop.words.privacy.assessment_texts import chapters

pytestmark = pytest.mark.mostly_long(
    "test_everything_of_a_person_is_given_and_nothing_of_others",
)


@pytest.fixture
def person(office: Office, tmp_path: Path) -> int:
    """Somebody of a list, with a spouse, a note that names her, and a scan."""
    rows = [build.a_row(1, email="=cmd@x.example"), build.a_row(2)]
    build.import_file(office, build.a_list(tmp_path / "list.xlsx", rows))
    found = people.find(office, "C1000001")
    build.add_member(office, found, family_name="Vexillaire", given_names="Sara")
    folder.add_note(office, found, "Came with Sara Vexillaire, a phrase")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    attachments.attach(office, found, DocumentType.PHOTO, scan)
    people.edit(office, found, {"phone": "514 555-0101"})
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_of_a_person_is_given_and_nothing_of_others(
    office: Office, person: int, tmp_path: Path, language: str
) -> None:
    desk.save(office, Desk(officer_name="Luc Roy", officer_title="Director"))
    with i18n.speaking(language):
        done = access.write(office, person, tmp_path / "out")
    assert [path.suffix for path in done.files] == [".pdf", ".json", ".csv", ".pdf"]
    assert done.withheld == {"member": 1}
    told: dict[str, Any] = json.loads(done.files[1].read_bytes())
    assert told["person_in_charge"]["name"] == "Luc Roy"
    assert told["person"][0]["phone"] == "514 555-0101"
    assert told["lists"][0]["letter_date"] == "2023-09-01"
    assert told["note"][0]["text"] == "Came with —, a phrase"
    assert {"before", "after", "who"} >= {
        key for row in told["history"] if row["field"] == "phone" for key in row
    } - {"at", "what", "field"}
    for path in done.files:
        content = path.read_bytes()
        assert b"Vexillaire" not in content
        assert b"C1000002" not in content
        assert "benali" not in path.name.lower()
    assert done.files[3].read_bytes() == b"%PDF-1.4\n%%EOF\n"
    assert done.files[0].read_bytes().startswith(b"%PDF")


def test_no_spreadsheet_runs_what_a_person_is_given(
    office: Office, person: int, tmp_path: Path
) -> None:
    people.edit(office, person, {"representative": "=1+1"})
    done = access.write(office, person, tmp_path / "out")
    with done.files[2].open(encoding="utf-8-sig", newline="") as file:
        values = [row[3] for row in csv.reader(file)]
    assert "'=1+1" in values
    assert not [value for value in values if value.startswith(("=", "+", "-", "@"))]


def test_it_is_an_act_that_nothing_undoes(office: Office, person: int, tmp_path: Path) -> None:
    before = history.last_undoable(office)
    done = access.write(office, person, tmp_path / "out")
    assert history.acts(office)[0].id == done.act
    assert [paper.id for paper in act_list.papers_of(office, person)] == [done.act]
    assert history.last_undoable(office) == before


def test_a_file_of_the_bin_is_given_too(office: Office, person: int, tmp_path: Path) -> None:
    file_bin.delete(office, person, "twice")
    done = access.write(office, person, tmp_path / "out")
    told = json.loads(done.files[1].read_bytes())
    assert told["person"][0]["individual_reference"] == "C1000001"


def test_a_ceiling_below_the_floor_is_refused(office: Office) -> None:
    with pytest.raises(AppError, match="ceiling_under_floor"):
        desk.save(office, Desk(ceiling_years=2))
    desk.save(office, desk.from_texts(Desk(), {"office_kind": "enterprise", "ceiling_years": "2"}))
    assert desk.desk(office).policy.years == 2


def test_the_assessment_says_what_is(office: Office, person: int, tmp_path: Path) -> None:
    incidents.save(office, None, {"people": "3"})
    retention.hold(office, person, "litige", date(2023, 11, 1))
    found = assessment.facts(office)
    assert (found.people, found.members, found.incidents, found.held) == (2, 1, 1, 1)
    assert (found.encrypted, found.register) == (False, str(office.place))
    assert found.acts == history.acts(office)[0].id
    said = [line for chapter in chapters(found) for line in chapter.lines]
    how = "connects to this server alone, encrypted" if found.on_server else "not encrypted"
    assert any(how in line for line in said)
    assert assessment.write(office, tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
