# SPDX-License-Identifier: Apache-2.0
"""A field goes the whole way: list, origin, hand, history, undo, search, export and merging."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_builders import VOCABULARY
from office_builders import HEADERS, a_list, a_row, import_file, invite, merge
from openpyxl import load_workbook

from imp_plus_desktop import i18n
from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, origins
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.person import person_history
from imp_plus_desktop.words.terms.field_texts import field_label
from imp_plus_desktop.words.terms.value_texts import value_text

pytestmark = pytest.mark.usefixtures("reads_here")

LISTED = {
    "phone": ("514 555-0101", "514 555-0101", "514 555-0202", "514 555-0202"),
    "phone_2": ("438 555-0103", "438 555-0103", "438 555-0204", "438 555-0204"),
    "email": (
        "zoulou@example.org",
        "zoulou@example.org",
        "yankee@example.org",
        "yankee@example.org",
    ),
    "citizenship": ("Maroc", "MAR", "Tunisie", "TUN"),
    "second_citizenship": ("France", "FRA", "Belgique", "BEL"),
    "pr_state": ("en traitement", "in_process", "not_filed", "not_filed"),
    "spouse": ("Oui", True, "no", False),
    "children": ("2", 2, "3", 3),
    "tags": ("urgent; famille", "urgent, famille", "rappel;Été", "rappel, Été"),
}
"""As a list writes it, as it is kept, as a hand then writes it, and as that is kept."""


@pytest.fixture
def french() -> None:
    i18n.use("fr")


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("name", LISTED)
def test_a_field_goes_the_whole_way(office: Office, tmp_path: Path, name: str) -> None:
    written, kept, typed, corrected = LISTED[name]
    header = VOCABULARY.header(name, "fr")
    assert HEADERS.setdefault(name, header)
    path = a_list(tmp_path / "liste.xlsx", [a_row(1, **{name: written}), a_row(2)])
    done = import_file(office, path)
    assert (done.counts.new, done.preview.issues) == (2, ())
    (person,) = people.ids(office, PeopleFilter(text="C1000001"))
    assert getattr(people.file(office, person).person, name) == kept
    assert output.file(people.file(office, person))["person"][name] == kept
    origin = next(one for one in origins.of_file(office, person) if one.field == name)
    assert (origin.header, origin.row) == (HEADERS[name], 2)

    assert people.set_value(office, "C1000001", name, typed).changed == (name,)
    assert getattr(people.file(office, person).person, name) == corrected
    told = person_history.lines(history.changes(office, person), office.clock.today(), {})
    assert field_label(name) in told[0].text
    assert f" {name} " not in told[0].text
    if BY_NAME[name].has(Mark.SEARCHED):
        assert list(people.ids(office, PeopleFilter(text=typed[:7]))) == [person]
        assert list(people.ids(office, PeopleFilter(text=written[:12]))) == []

    out = exports.export(office, "people", tmp_path / "out.xlsx").path
    assert header in [cell.value for cell in next(load_workbook(out).worksheets[0].iter_rows())]
    again = imports.open_file(office, out)
    counts = again.sheets[0].counts
    assert (counts.unchanged, counts.new, counts.updated, counts.rejected) == (2, 0, 0, 0)

    history.undo(office)
    assert getattr(people.file(office, person).person, name) == kept


@pytest.mark.parametrize("name", LISTED)
def test_of_two_files_either_value_may_stay(office: Office, name: str) -> None:
    one, other = LISTED[name][0], LISTED[name][2]
    left = invite(office, 1, **{name: str(one)})
    right = invite(office, 2, **{name: str(other)})
    kept = getattr(people.file(office, right).person, name)
    lost = getattr(people.file(office, left).person, name)
    assert kept != lost
    merge(office, left, right, {name: "right"})
    file = people.file(office, left)
    assert getattr(file.person, name) == kept
    note = file.notes[-1].text
    assert field_label(name) in note
    assert value_text(name, lost) in note
    assert len(str(lost)) != 3 or str(lost) not in note, "a country by its name"


def test_the_template_has_the_second_ones_beside_the_first(office: Office, tmp_path: Path) -> None:
    path = exports.template(office, tmp_path / "template.xlsx")
    sheet = load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (heads,) = [row for row in rows if "Citizenship" in row or "Country of citizenship" in row]
    place = heads.index(VOCABULARY.header("citizenship", "en"))
    assert heads[place + 1] == VOCABULARY.header("second_citizenship", "en")
    place = heads.index(VOCABULARY.header("phone", "en"))
    assert heads[place + 1] == VOCABULARY.header("phone_2", "en")
    offered = sheet.data_validations.dataValidation
    letter = sheet.cell(
        1, heads.index(VOCABULARY.header("second_citizenship", "en")) + 1
    ).column_letter
    assert any(f"{letter}2" in str(one.sqref) for one in offered)
