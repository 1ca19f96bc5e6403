# SPDX-License-Identifier: Apache-2.0
"""Lists of people that have the family beside each person: a spouse, children one to eight."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import import_file
from openpyxl import Workbook

from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_repairs, imports, origins, review
from imp_plus_desktop.services.imports.imports import Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people

pytestmark = pytest.mark.usefixtures("reads_here")

OWN = {
    "N° de référence individuel": "C1000001",
    "Nom": "Benali",
    "Prénom": "Amine",
    "Date de naissance": date(1990, 4, 2),
    "Citoyenneté": "Maroc",
    "Date de la lettre": date(2023, 9, 1),
}
FAMILY = {
    "Conjoint – nom": "Haddad",
    "Conjoint – prénom": "Salma",
    "Conjoint – date de naissance": date(1992, 5, 6),
    "Conjoint – citoyenneté": "Tunisie",
    "Enfant 1 – nom": "Benali",
    "Enfant 1 – prénom": "Ines",
    "Enfant 1 – né le": date(2015, 3, 4),
    "Enfant 2 – nom": "Benali",
    "Enfant 2 – prénom": "Adam",
    "Enfant 2 – né le": date(2018, 7, 8),
}


def a_list(path: Path, *rows: dict[str, Any], **sheets: list[dict[str, Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, own in {"Liste": list(rows), **sheets}.items():
        page = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in own for header in row))
        page.append(headers)
        for row in own:
            page.append([row.get(header) for header in headers])
    book.save(path)
    return path


def take(office: Office, path: Path, *rows: dict[str, Any], **more: Any) -> Imported:
    return import_file(office, a_list(path / "liste.xlsx", *rows, **more))


def members(office: Office, reference: str = "C1000001") -> list[Member]:
    return list(people.file(office, people.find(office, reference)).members)


def told(office: Office, reference: str = "C1000001") -> list[tuple[str, str, str | None, object]]:
    return [
        (m.relation.value, m.family_name, m.given_names, m.birth_date or m.birth_known)
        for m in members(office, reference)
    ]


WHOLE = [
    ("spouse", "Haddad", "Salma", date(1992, 5, 6)),
    ("child", "Benali", "Ines", date(2015, 3, 4)),
    ("child", "Benali", "Adam", date(2018, 7, 8)),
]


class TestMembersBesideAPerson:
    def test_the_spouse_and_the_children_become_members_in_one_act(
        self, office: Office, tmp_path: Path
    ) -> None:
        other = {**OWN, "N° de référence individuel": "C1000002", "Nom": "Sow"}
        imported = take(office, tmp_path, {**OWN, **FAMILY}, other)
        assert (imported.counts.new, imported.preview.issues) == (2, ())
        assert told(office) == WHOLE
        assert members(office)[0].citizenship == "TUN"
        assert members(office, "C1000002") == []
        assert len(history.acts(office, limit=10)) == 1

    def test_bands_above_the_headers_say_whose_columns_are(
        self, office: Office, tmp_path: Path
    ) -> None:
        book = Workbook()
        page = book.active
        page.append([*[None] * 6, "Conjoint", None, None, "Enfant 1", None, None, "Enfant 2"])
        page.append([*OWN, *["Nom", "Prénom", "Né(e) le"] * 3])
        person = {**OWN, **FAMILY}
        del person["Conjoint – citoyenneté"]
        page.append(list(person.values()))
        for first in (7, 10, 13):
            page.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + 2)
        book.save(tmp_path / "liste.xlsx")
        import_file(office, tmp_path / "liste.xlsx")
        assert told(office) == WHOLE
        assert people.file(office, 1).person.given_names == "Amine"

    def test_every_column_is_said_to_be_taken(self, office: Office, tmp_path: Path) -> None:
        row = {**OWN, **FAMILY, "Conjoint – courriel": "s@example.org", "Enfant 3 – nom": None}
        fates = take(office, tmp_path, row).preview.sheets[0].parsed.fates
        found = {fate.header: (fate.field, fate.fate) for fate in fates}
        assert found["Conjoint – nom"] == ("spouse_family_name", "taken")
        assert found["Enfant 2 – né le"] == ("child_2_birth_date", "taken")
        assert found["Enfant 3 – nom"] == ("child_3_family_name", "taken")
        assert found["Conjoint – courriel"] == (None, "archived")

    def test_the_same_list_again_changes_nothing_whatever_it_is_called(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        again = take(office, tmp_path, {**dict(reversed(FAMILY.items())), **OWN})
        assert (again.act, again.counts.unchanged) == (None, 1)
        assert told(office) == WHOLE

    def test_undo_takes_the_person_and_the_family(self, office: Office, tmp_path: Path) -> None:
        imported = take(office, tmp_path, {**OWN, **FAMILY})
        assert imported.act is not None
        history.undo(office, imported.act)
        assert people.count(office) == 0

    def test_a_child_more_joins_the_family_of_somebody_known(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, OWN)
        take(office, tmp_path, {**OWN, **FAMILY, "Enfant 2 – nom": None, "Enfant 2 – prénom": None,
                                "Enfant 2 – né le": None})  # fmt: skip
        assert told(office) == WHOLE[:2]
        imported = take(office, tmp_path, {**OWN, **FAMILY})
        assert imported.counts.updated == 1
        assert told(office) == WHOLE
        assert imported.act is not None
        history.undo(office, imported.act)
        assert told(office) == WHOLE[:2]

    def test_a_value_of_a_member_shows_its_cell(self, office: Office, tmp_path: Path) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        found = [one for one in origins.of_file(office, 1) if one.entity == "member"]
        cells = {(one.entity_id, one.field): (one.cell, one.header) for one in found}
        assert cells[1, "birth_date"] == ("I2", "Conjoint – date de naissance")
        assert cells[2, "birth_date"] == ("M2", "Enfant 1 – né le")
        assert cells[3, "given_names"] == ("O2", "Enfant 2 – prénom")

    def test_a_row_that_was_held_brings_its_family_when_it_is_said_who_it_is(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, OWN)
        nameless = {**OWN, **FAMILY, "N° de référence individuel": None, "Prénom": "Amin"}
        assert take(office, tmp_path, nameless).counts.review == 1
        (held,) = review.rows(office)
        review.resolve(office, held.row, "same", 1)
        assert told(office) == WHOLE


class TestTheSameMember:
    def test_a_second_sheet_that_names_a_member_is_about_the_same_one(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows = [
            {"Réf. individuelle du requérant principal": "C1000001", "Lien": "Conjoint",
             "Nom": "Haddad", "Prénom": "Salma", "IUC": "11-2233-4455"},
            {"Réf. individuelle du requérant principal": "C1000001", "Lien": "Enfant",
             "Nom": "Benali", "Prénom": "Ines", "Date de naissance": date(2015, 3, 4),
             "Citoyenneté": "Maroc"},
            {"Réf. individuelle du requérant principal": "C1000001", "Lien": "Enfant",
             "Nom": "Benali", "Prénom": "Nour", "Date de naissance": date(2021, 1, 4)},
        ]  # fmt: skip
        imported = take(office, tmp_path, {**OWN, **FAMILY}, Famille=rows)
        assert told(office) == [*WHOLE, ("child", "Benali", "Nour", date(2021, 1, 4))]
        assert members(office)[0].uci == "11-2233-4455"
        assert members(office)[1].citizenship == "MAR"
        assert imported.counts.rejected == 0
        again = take(office, tmp_path, {**OWN, **FAMILY}, Famille=rows)
        assert again.counts.unchanged == 4

    def test_a_list_of_families_that_names_a_member_is_about_the_same_one(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        row = {"Réf. individuelle du requérant principal": "C1000001", "Lien": "Conjointe",
               "Nom": "HADDAD", "Prénom": "Salma",
               "Date de naissance": date(1992, 5, 6)}  # fmt: skip
        assert take(office, tmp_path, row).counts.unchanged == 1
        assert told(office) == WHOLE

    def test_a_word_for_the_group_changes_no_relation_that_is_known(
        self, office: Office, tmp_path: Path
    ) -> None:
        stated = {**OWN, "Conjoint de fait – nom": "Haddad", "Conjoint de fait – prénom": "Salma"}
        take(office, tmp_path, stated)
        assert members(office)[0].relation is Relation.PARTNER
        imported = take(office, tmp_path, {**OWN, **FAMILY})
        assert imported.counts.updated == 1
        assert told(office)[0] == ("partner", "Haddad", "Salma", date(1992, 5, 6))


class TestWhatAMemberIsCalled:
    @pytest.mark.parametrize(
        ("header", "cell", "names", "unsure"),
        [
            ("Conjoint", "HADDAD Salma", ("Haddad", "Salma"), False),
            ("Conjoint", "Haddad, Salma", ("Haddad", "Salma"), False),
            ("Spouse", "Salma Benali", ("Benali", "Salma"), False),
            ("Spouse name", "Salma Haddad", ("Salma Haddad", None), True),
            ("Prénom et nom du conjoint", "Salma Haddad", ("Haddad", "Salma"), False),
            ("Conjoint (nom, prénom)", "Haddad Salma", ("Haddad", "Salma"), False),
        ],
    )
    def test_a_whole_name_is_split_where_something_proves_it(
        self, office: Office, tmp_path: Path, header: str, cell: str,
        names: tuple[str, str | None], unsure: bool,
    ) -> None:  # fmt: skip
        imported = take(office, tmp_path, {**OWN, header: cell})
        (member,) = members(office)
        assert (member.family_name.title(), member.given_names) == names
        assert member.relation is Relation.SPOUSE
        codes = [(issue.code, issue.column, issue.cell) for issue in imported.preview.issues]
        assert codes == ([("name_split_unsure", "spouse_family_name", "G2")] if unsure else [])

    def test_a_given_name_alone_is_the_only_name_and_that_is_said(
        self, office: Office, tmp_path: Path
    ) -> None:
        imported = take(office, tmp_path, {**OWN, "Enfant 1 – prénom": "Ines"})
        assert told(office) == [("child", "Ines", None, None)]
        (issue,) = imported.preview.issues
        assert (issue.code, issue.cell) == ("name_split_unsure", "G2")

    @pytest.mark.parametrize(
        ("cell", "spouse"),
        [("Oui", True), ("non", False), ("X", True), ("Aucun", None), ("-", None), (None, None)],
    )
    def test_a_cell_may_say_whether_there_is_a_spouse_instead(
        self, office: Office, tmp_path: Path, cell: str | None, spouse: bool | None
    ) -> None:
        named = {**OWN, "N° de référence individuel": "C1000002", "Nom": "Sow",
                 "Prénom": "Awa", "Conjoint": "Diop, Moussa"}  # fmt: skip
        imported = take(office, tmp_path, {**OWN, "Conjoint": cell}, named)
        assert imported.preview.issues == ()
        person = people.file(office, people.find(office, "C1000001"))
        assert (person.person.spouse, person.members) == (spouse, ())
        assert told(office, "C1000002") == [("spouse", "Diop", "Moussa", None)]

    def test_a_family_name_typed_in_the_window_tells_the_given_names(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "liste.xlsx", {**OWN, "Conjoint": "Van Minh Pham"})
        preview = imports.open_file(office, path)
        repair = Repair("spouse_family_name", "Pham", "Liste", 2)
        mended = import_repairs.mend(office, preview, repair)
        assert mended.issues == ()
        imports.commit(office, mended)
        assert told(office) == [("spouse", "Pham", "Van Minh", None)]

    def test_a_day_behind_the_name_is_the_spouses(self, office: Office, tmp_path: Path) -> None:
        headers = [*OWN, "Conjoint", "Date de naissance"]
        rows = [headers, [*OWN.values(), "Haddad, Salma", date(1992, 5, 6)]]
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "liste.xlsx")
        import_file(office, tmp_path / "liste.xlsx")
        assert told(office) == WHOLE[:1]

    def test_a_column_of_yes_and_no_is_no_column_of_names(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, "Conjoint": "Oui", "Enfants": 2})
        person = people.file(office, 1).person
        assert (person.spouse, person.children, members(office)) == (True, 2, [])

    def test_a_cell_with_more_than_a_name_is_left_out_and_said(
        self, office: Office, tmp_path: Path
    ) -> None:
        imported = take(office, tmp_path, {**OWN, "Enfant 1": "Ines (8 ans)", "Enfant 2": "Oui"})
        found = [(issue.cell, issue.code, issue.severity) for issue in imported.preview.issues]
        assert found == [("G2", "bad_value", "warning"), ("H2", "no_value", "warning")]
        assert (imported.counts.new, members(office)) == (1, [])


class TestWhatIsNoMember:
    def test_days_without_a_name_stay_in_the_list_and_that_is_said(
        self, office: Office, tmp_path: Path
    ) -> None:
        imported = take(office, tmp_path, {**OWN, "Enfant 1 – né le": date(2015, 3, 4)})
        (issue,) = imported.preview.issues
        assert (issue.code, issue.cell, issue.severity) == ("member_without_name", "G2", "warning")
        assert (imported.counts.new, members(office)) == (1, [])

    def test_a_dependent_is_what_the_list_says_or_a_child_while_young_enough(
        self, office: Office, tmp_path: Path
    ) -> None:
        row = {
            **OWN,
            "Dependent 1 name": "Benali, Ines", "Dependent 1 date of birth": date(2015, 3, 4),
            "Dependent 2 name": "Haddad, Salma", "Dependent 2 relationship": "Common-law partner",
            "Dependent 3 name": "Benali, Nadia", "Dependent 3 date of birth": date(1995, 3, 4),
        }  # fmt: skip
        imported = take(office, tmp_path, row)
        assert [(m.relation.value, m.given_names) for m in members(office)] == [
            ("child", "Ines"), ("partner", "Salma"),
        ]  # fmt: skip
        (issue,) = imported.preview.issues
        assert (issue.code, issue.cell) == ("member_without_relation", "K2")

    def test_a_birth_to_come_is_left_empty_and_the_person_goes_in(
        self, office: Office, tmp_path: Path
    ) -> None:
        row = {**OWN, "Enfant 1 – nom": "Benali", "Enfant 1 – prénom": "Ines",
               "Enfant 1 – né le": date(2035, 3, 4)}  # fmt: skip
        imported = take(office, tmp_path, row)
        (issue,) = imported.preview.issues
        assert (issue.code, issue.severity, issue.cell) == ("impossible_dates", "warning", "I2")
        assert told(office) == [("child", "Benali", "Ines", None)]

    def test_a_year_of_birth_is_kept_as_it_is_known(self, office: Office, tmp_path: Path) -> None:
        row = {**OWN, "Enfant 1 – nom": "Benali", "Enfant 1 – prénom": "Ines",
               "Enfant 1 – né le": "2015"}  # fmt: skip
        take(office, tmp_path, row)
        assert told(office) == [("child", "Benali", "Ines", "2015")]


class TestHands:
    def test_what_a_hand_has_corrected_of_a_member_stands(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        family.set_field(office, members(office)[0].id, "citizenship", "DZA")
        again = take(office, tmp_path, {**OWN, **FAMILY, "Téléphone": "514 555-0100"})
        assert again.preview.hands_kept == 1
        assert members(office)[0].citizenship == "DZA"
        changed = {**OWN, **FAMILY, "Conjoint – citoyenneté": "France"}
        preview = imports.open_file(office, a_list(tmp_path / "liste.xlsx", changed))
        (conflict,) = preview.conflicts
        assert (conflict.field, conflict.cell) == ("spouse_citizenship", "J2")
        assert (conflict.ours, conflict.theirs, conflict.base) == ("DZA", "FRA", "TUN")
        taken = imports.choose(office, preview, [conflict.key], take=True)
        imports.commit(office, taken)
        assert members(office)[0].citizenship == "FRA"

    def test_a_member_whose_name_a_hand_has_corrected_is_known_again(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        family.set_field(office, members(office)[0].id, "family_name", "El Haddad")
        take(office, tmp_path, {**OWN, **FAMILY, "Téléphone": "514 555-0100"})
        assert [m.family_name for m in members(office)] == ["El Haddad", "Benali", "Benali"]
        person = people.file(office, 1).person
        assert (person.family_name, person.phone) == ("Benali", "514 555-0100")

    def test_a_member_whom_a_hand_took_out_does_not_come_back_by_itself(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        family.delete_member(office, members(office)[0].id)
        again = take(office, tmp_path, {**OWN, **FAMILY, "Téléphone": "514 555-0100"})
        assert told(office) == WHOLE[1:]
        assert (again.preview.conflicts, again.preview.hands_kept) == ((), 1)
        assert people.file(office, 1).person.phone == "514 555-0100"

    def test_a_corrected_number_of_a_member_s_application_stands(
        self, office: Office, tmp_path: Path
    ) -> None:
        filed = {**OWN, **FAMILY, "Conjoint – N° de demande": "W100000009",
                 "Conjoint – demande reçue le": date(2023, 9, 20),
                 "N° de demande": "W100000001", "Demande reçue le": date(2023, 9, 20)}  # fmt: skip
        take(office, tmp_path, filed)
        own, theirs = sorted(people.file(office, 1).applications, key=lambda a: a.member_id or 0)
        assert (own.application_number, theirs.application_number) == ("W100000001", "W100000009")
        assert (own.place, theirs.place) == (1, None)
        applications.edit(office, theirs.id, "W100000008")
        take(office, tmp_path, {**filed, "Téléphone": "514 555-0100"})
        numbers = {a.application_number for a in people.file(office, 1).applications}
        assert numbers == {"W100000001", "W100000008"}

    def test_what_a_hand_has_taken_out_moves_no_member_of_the_other_sheet(
        self, office: Office, tmp_path: Path
    ) -> None:
        first = {**OWN, "N° de passeport": "AB100001", "Échéance du passeport": date(2030, 1, 1)}
        take(office, tmp_path, {**first, **dict.fromkeys(FAMILY)})
        person = people.file(office, 1)
        folder.delete_passport(office, 1, person.passports[0].id)
        second = [{"Réf. individuelle du requérant principal": "C1000001", "Lien": "Conjoint",
                   "Nom": "Haddad", "Prénom": "Salma", "Date de naissance": date(1992, 5, 6),
                   "IUC": "11-2233-4455"}]  # fmt: skip
        imported = take(office, tmp_path, {**first, **FAMILY}, Famille=second)
        assert imported.preview.hands_kept == 1
        assert told(office) == WHOLE
        assert [member.uci for member in members(office)] == ["11-2233-4455", None, None]
        assert people.file(office, 1).passports == ()

    def test_a_member_whom_a_hand_took_out_is_brought_back_by_no_other_sheet_in_part(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, {**OWN, **FAMILY})
        family.delete_member(office, members(office)[0].id)
        second = [{"Réf. individuelle du requérant principal": "C1000001", "Lien": "Conjoint",
                   "Nom": "Haddad", "Prénom": "Salma", "Date de naissance": date(1992, 5, 6),
                   "IUC": "11-2233-4455"}]  # fmt: skip
        imported = take(office, tmp_path, {**OWN, **FAMILY}, Famille=second)
        assert imported.preview.hands_kept == 1
        assert told(office) == WHOLE[1:]
