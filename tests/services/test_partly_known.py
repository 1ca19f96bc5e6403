# SPDX-License-Identifier: Apache-2.0
"""Births known in part and contradictory residences on their way through lists, hands and rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import (
    a_book,
    a_list,
    a_row,
    add_member,
    import_file,
    invite,
    merge,
)

from imp_plus_desktop import i18n
from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.domain.reads.filters import MemberFilter, PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people, residences
from imp_plus_desktop.ui.person.person_presenter import identity_line
from imp_plus_desktop.words.messages import finding_text

pytestmark = pytest.mark.usefixtures("reads_here")


def file_of(office: Office, reference: str = "C1000001") -> PersonFile:
    (person,) = people.ids(office, PeopleFilter(text=reference))
    return people.file(office, person)


def born(file: PersonFile) -> tuple[date | None, str | None]:
    return file.person.birth_date, file.person.birth_known


def bring(office: Office, folder: Path, *rows: dict[str, Any], name: str = "liste.xlsx") -> Any:
    return import_file(office, a_list(folder / name, list(rows)))


def test_a_birth_known_in_part_goes_out_and_in_again_without_a_change(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, a_row(1, birth_date="1985-00-00"), a_row(2, birth_date="mars 1985"))
    assert born(file_of(office)) == (None, "1985")
    assert born(file_of(office, "C1000002")) == (None, "1985-03")
    told = output.file(file_of(office))["person"]
    assert told["birth_date"] == "1985"
    assert "birth_known" not in told
    assert people.text_of(office, file_of(office).person.id)["birth_date"] == "1985"
    out = exports.export(office, "people", tmp_path / "out.xlsx").path
    counts = imports.open_file(office, out).sheets[0].counts
    assert (counts.unchanged, counts.new, counts.updated, counts.rejected) == (2, 0, 0, 0)


def test_the_page_says_the_month_or_the_year(office: Office) -> None:
    invite(office, 1, birth_date="1985-03", sex="F")
    today = office.clock.today()
    assert "born in March 1985" in identity_line(file_of(office), today)
    people.set_value(office, "C1000001", "birth_date", "1985")
    assert "born in 1985" in identity_line(file_of(office), today)
    i18n.use("fr")
    assert "née en 1985" in identity_line(file_of(office), today)


def test_a_later_list_completes_a_birth_and_never_makes_it_poorer(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, a_row(1, birth_date="1985"))
    bring(office, tmp_path, a_row(1, birth_date="1985-03-00"), name="b.xlsx")
    assert born(file_of(office)) == (None, "1985-03")
    assert bring(office, tmp_path, a_row(1, birth_date="1985"), name="c.xlsx").counts.updated == 0
    bring(office, tmp_path, a_row(1, birth_date="1985-03-24"), name="d.xlsx")
    assert born(file_of(office)) == (date(1985, 3, 24), None)
    assert bring(office, tmp_path, a_row(1, birth_date="1985"), name="e.xlsx").counts.updated == 0
    assert born(file_of(office)) == (date(1985, 3, 24), None)
    history.undo(office)  # of the list before, which told the day
    assert born(file_of(office)) == (None, "1985-03")


def test_a_part_that_contradicts_the_whole_date_is_said_and_changes_nothing(
    office: Office, tmp_path: Path
) -> None:
    invite(office, 1, birth_date="1985-03-24")
    done = bring(office, tmp_path, a_row(1, birth_date="1986"))
    assert born(file_of(office)) == (date(1985, 3, 24), None)
    assert "birth_disagrees" in {issue.code for issue in done.preview.issues}


def test_a_hand_types_a_part_a_whole_or_nothing(office: Office) -> None:
    person = invite(office, 1, birth_date="1985-03-24")
    people.edit(office, person, {"birth_date": "1985"})
    assert born(file_of(office)) == (None, "1985")
    people.edit(office, person, {"birth_date": "1985-03-25"})
    assert born(file_of(office)) == (date(1985, 3, 25), None)
    history.undo(office)
    assert born(file_of(office)) == (None, "1985")
    people.edit(office, person, {"birth_date": ""})
    assert born(file_of(office)) == (None, None)
    with pytest.raises(DomainError):
        people.edit(office, person, {"birth_date": "1985-13"})


def test_what_cannot_be_before_the_birth_is_refused_with_a_part_too(office: Office) -> None:
    person = invite(office, 1)
    problems = people.check(office, {"birth_date": "2023-11"}, person)
    assert ("letter_date", "impossible_dates") in {(p.field, p.code) for p in problems if p.blocks}


def test_likeness_takes_a_part_that_agrees(office: Office, tmp_path: Path) -> None:
    invite(office, 1, birth_date="1985-03-24", family_name="Benali", given_names="Amine")
    row = a_row(9, birth_date="1985", family_name="Benali", given_names="Amine")
    del row["individual_reference"]
    row.pop("uci", None)
    other = {**row, "birth_date": "1986"}
    done = bring(office, tmp_path, row, other)
    assert (done.counts.review, done.counts.new) == (1, 1)
    (held,) = review.rows(office)
    assert "birth_partly" in held.candidates[0].because


def test_two_files_of_one_person_keep_the_whole_date(office: Office) -> None:
    left, right = invite(office, 1, birth_date="1985"), invite(office, 2, birth_date="1985-03-24")
    merge(office, left, right)
    assert born(people.file(office, left)) == (date(1985, 3, 24), None)


def test_a_member_is_born_in_a_part_as_well(office: Office, tmp_path: Path) -> None:
    person = invite(office, 1)
    member = add_member(office, person, birth_date=None)
    assert family.set_field(office, member, "birth_date", "2015-06").changed
    assert (family.one(office, member).birth_date, family.one(office, member).birth_known) == (
        None,
        "2015-06",
    )
    (row,) = family.rows(office, family.ids(office, MemberFilter()))
    assert row.birth_date == "2015-06"
    told = output.file(people.file(office, person))["family"][0]
    assert told["birth_date"] == "2015-06"
    out = exports.export(office, "family", tmp_path / "family.xlsx").path
    counts = imports.open_file(office, out).sheets[0].counts
    assert (counts.unchanged, counts.new, counts.updated) == (1, 0, 0)
    family.set_field(office, member, "birth_date", "2015-06-03")
    assert (family.one(office, member).birth_date, family.one(office, member).birth_known) == (
        date(2015, 6, 3),
        None,
    )


def test_a_list_completes_the_birth_of_a_member(office: Office, tmp_path: Path) -> None:
    def children(day: str, citizenship: str) -> Path:
        rows = [
            {
                "principal_reference": "C1000001",
                "relation": "enfant",
                "family_name": "Benali",
                "given_names": "Lina",
                "birth_date": day,
                "citizenship": citizenship,
            }
        ]
        return a_book(tmp_path / f"{day}.xlsx", {"Famille": rows})

    invite(office, 1)
    import_file(office, children("2015", "Liban (et Canada)"))
    (member,) = file_of(office).members
    assert (member.birth_date, member.birth_known) == (None, "2015")
    assert (member.citizenship, member.second_citizenship) == ("LBN", "CAN")
    import_file(office, children("2015-06-03", "Canada / Liban"))
    (member,) = file_of(office).members
    assert (member.birth_date, member.birth_known) == (date(2015, 6, 3), None)
    assert (member.citizenship, member.second_citizenship) == ("LBN", "CAN")


def test_a_list_that_names_two_recorded_citizenships_changes_neither(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, a_row(1, citizenship="Maroc / France"))
    for number, text in enumerate(("France / Maroc", "France", "Maroc")):
        done = bring(office, tmp_path, a_row(1, citizenship=text), name=f"{number}.xlsx")
        assert done.counts.updated == 0, text
    person = file_of(office).person
    assert (person.citizenship, person.second_citizenship) == ("MAR", "FRA")


def test_a_residence_that_contradicts_itself_is_judged_and_said(
    office: Office, tmp_path: Path
) -> None:
    place = {"residence_country": "France", "residence_province": "Québec"}
    done = bring(office, tmp_path, a_row(1, **place))
    assert [issue.code for issue in done.preview.issues] == ["residence_contradiction"]
    file = file_of(office, "C1000001")
    (stay,) = file.residences
    assert (stay.country, stay.province) == ("FRA", "QC")
    verdict = people.verdict(office, file.person.id, date(2023, 10, 1))
    found = {finding.rule: finding for finding in verdict.findings}
    for rule in ("ELG-01", "ELG-02", "ELG-03"):
        assert found[rule].outcome is RuleOutcome.JUDGEMENT
        assert found[rule].reason == "country_against_province"
    text = finding_text(found["ELG-01"])
    assert "France" in text
    assert "Quebec" in text
    residences.save_all(office, file.person.id, residences.drafts_of(file))
    assert file_of(office, "C1000001").residences == (stay,)
    with pytest.raises(DomainError) as refused:
        people.set_value(office, "C1000001", "residence", "France (Québec)")
    assert refused.value.parameters["issue"] == "residence_contradiction"


def test_duplicates_see_a_birth_known_in_part(office: Office) -> None:
    names = {"family_name": "Benali", "given_names": "Amine"}
    invite(office, 1, birth_date="1985-03-24", **names)
    invite(office, 2, birth_date="1985", individual_reference="", **names)
    assert len(merge_people.likely_duplicates(office)) == 1
