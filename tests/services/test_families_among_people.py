# SPDX-License-Identifier: Apache-2.0
"""Lists in which principals and the members of their families stand together, in rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import HEADERS, a_list, import_file

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import ApplicationCode
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_repairs, imports, origins
from imp_plus_desktop.services.imports.imports import Effect, Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture(autouse=True)
def headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HEADERS, "relation", "Rôle")
    monkeypatch.setitem(HEADERS, "family_number", "N° de famille")


def principal(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "individual_reference": f"C{1_000_000 + number}",
        "relation": "Requérant principal",
        "family_name": ("Benali", "Sow", "Traoré", "Nguyen")[number - 1],
        "given_names": ("Amine", "Awa", "Moussa", "Linh")[number - 1],
        "birth_date": date(1990, 4, number),
        "citizenship": "Maroc",
        "letter_date": date(2023, 9, 1),
        **changes,
    }


def member(given: str, relation: str = "Enfant à charge", **changes: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "family_name": "Benali",
        "given_names": given,
        "birth_date": date(2015, 3, len(given)),
        "citizenship": "Maroc",
        **changes,
    }


def take(office: Office, path: Path, *rows: dict[str, Any]) -> Imported:
    return import_file(office, a_list(path / "liste.xlsx", rows))


def families(office: Office) -> dict[str, list[tuple[str, str | None]]]:
    files = [people.file(office, number) for number in people.ids(office, PeopleFilter())]
    return {
        str(file.person.given_names): [(m.relation.value, m.given_names) for m in file.members]
        for file in files
    }


def codes(imported: Imported) -> list[tuple[int, str, str]]:
    return [(issue.row, issue.column, issue.code) for issue in imported.preview.issues]


TWO = (
    principal(1),
    member("Salma", "Conjointe"),
    member("Ines"),
    principal(2),
    member("Moussa", "Conjoint de fait", family_name="Sow"),
    principal(3),
)
FOUND = {
    "Amine": [("spouse", "Salma"), ("child", "Ines")],
    "Awa": [("partner", "Moussa")],
    "Moussa": [],
}


class TestWhoIsWho:
    def test_members_follow_their_principal_and_become_nobody_else(
        self, office: Office, tmp_path: Path
    ) -> None:
        imported = take(office, tmp_path, *TWO)
        assert codes(imported) == []
        assert families(office) == FOUND
        assert imported.counts.new == 6
        assert imported.preview.of_members.new == 3
        assert len(history.acts(office, limit=9)) == 1
        (act,) = history.acts(office, limit=9)
        history.undo(office, act.id)
        assert people.count(office) == 0

    def test_the_same_list_again_changes_nothing(self, office: Office, tmp_path: Path) -> None:
        take(office, tmp_path, *TWO)
        again = take(office, tmp_path, *({**row, "phone": None} for row in TWO))
        assert (again.act, again.counts.unchanged) == (None, 6)
        assert families(office) == FOUND

    @pytest.mark.parametrize(
        "words",
        [("Principal applicant", "Spouse", "Dependent child"), ("PA", "Husband", "Son"),
         ("requérante principale", "conjoint", "fille"), ("", "Conjoint", "Enfant")],
    )  # fmt: skip
    def test_the_words_of_both_languages_say_who_a_row_is_about(
        self, office: Office, tmp_path: Path, words: tuple[str, str, str]
    ) -> None:
        rows = (principal(1, relation=words[0] or None), member("Salma", words[1]),
                member("Ines", words[2]))  # fmt: skip
        assert codes(take(office, tmp_path, *rows)) == []
        assert families(office) == {"Amine": FOUND["Amine"]}

    def test_every_column_is_said_to_be_taken(self, office: Office, tmp_path: Path) -> None:
        rows = [dict(row, family_number=7, wish=None) for row in TWO[:3]]
        sheet = take(office, tmp_path, *rows).preview.sheets[0].parsed
        assert {fate.field for fate in sheet.fates} == {*TWO[0], "family_number", "wish"}
        assert {fate.fate for fate in sheet.fates} == {"taken"}
        assert (sheet.kind, sheet.stands_together) == ("people", True)

    def test_a_word_that_is_no_relation_makes_nobody(self, office: Office, tmp_path: Path) -> None:
        imported = take(office, tmp_path, principal(1), member("Ali", "Beau-frère"))
        assert codes(imported) == [(3, "relation", "unknown_status")]
        assert (imported.counts.rejected, families(office)) == (1, {"Amine": []})

    def test_a_list_of_people_whose_relations_are_none_stays_one(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows = [principal(1, relation="par courriel"), principal(2, relation="au guichet")]
        imported = take(office, tmp_path, *rows)
        assert not imported.preview.sheets[0].parsed.stands_together
        assert families(office) == {"Amine": [], "Awa": []}

    def test_a_list_of_families_may_repeat_the_principal_on_top(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, principal(1, file_number="C0000000001"))
        rows = [
            {"file_number": "C0000000001", **member(given, relation)}
            for given, relation in (("Amine", "Requérant principal"), ("Salma", "Conjointe"))
        ]
        imported = take(office, tmp_path, *rows)
        assert imported.preview.skipped == (("Liste", 2, "principal"),)
        assert (codes(imported), families(office)) == ([], {"Amine": [("spouse", "Salma")]})


class TestWhoseMember:
    @pytest.mark.parametrize(
        ("field", "first", "second"),
        [
            ("family_number", "F-1", "F-2"),
            ("file_number", "C0000000001", "C0000000002"),
            ("individual_reference", "C1000001", "C1000002"),
            ("application_number", "W100000001", "W100000002"),
            ("principal_reference", "C1000001", "C1000002"),
        ],
    )
    def test_a_shared_number_shows_it_wherever_the_rows_stand(
        self, office: Office, tmp_path: Path, field: str, first: str, second: str
    ) -> None:
        received = {"received_at": date(2023, 9, 20)} if field == "application_number" else {}
        own = field != "principal_reference"
        rows = (
            member("Moussa", "Conjoint", family_name="Sow", **{field: second}),
            principal(1, **({field: first} if own else {}), **received),
            member("Ines", **{field: first}),
            principal(2, **({field: second} if own else {}), **received),
            member("Salma", "Conjointe", **{field: first}),
        )
        imported = take(office, tmp_path, *rows)
        assert codes(imported) == []
        assert families(office) == {
            "Amine": [("child", "Ines"), ("spouse", "Salma")],
            "Awa": [("spouse", "Moussa")],
        }
        assert people.file(office, 1).applications == people.file(office, 1).own_applications
        assert take(office, tmp_path, *reversed(rows)).counts.unchanged == 5

    @pytest.mark.parametrize(
        ("numbers", "field"),
        [(("C1000001", "C1000002"), "individual_reference"),
         (("C0000000001", "C0000000002"), "file_number")],
    )  # fmt: skip
    def test_the_column_that_names_the_principal_has_the_principal_s_own_number(
        self, office: Office, tmp_path: Path, numbers: tuple[str, str], field: str
    ) -> None:
        first, second = numbers
        rows = [
            {"principal_reference": number, **{n: v for n, v in row.items()
             if n != "individual_reference"}}
            for number, row in ((first, principal(1)), (second, principal(2)),
                                (second, member("Moussa", "Conjoint", family_name="Sow")),
                                (first, member("Ines")))
        ]  # fmt: skip
        imported = take(office, tmp_path, *rows)
        assert codes(imported) == []
        assert families(office) == {"Amine": [("child", "Ines")], "Awa": [("spouse", "Moussa")]}
        assert getattr(people.file(office, 1).person, field) == first
        assert take(office, tmp_path, *rows).counts.unchanged == 4

    def test_a_column_may_name_the_principal_by_name(self, office: Office, tmp_path: Path) -> None:
        rows = (principal(1), principal(2), member("Ines", principal_reference="BENALI Amine"))
        assert codes(take(office, tmp_path, *rows)) == []
        assert families(office) == {"Amine": [("child", "Ines")], "Awa": []}

    def test_the_number_of_somebody_of_the_register_shows_it(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, principal(1, file_number="C0000000001"))
        rows = (principal(2, file_number="C0000000002"),
                member("Ines", file_number="C0000000001"))  # fmt: skip
        assert codes(take(office, tmp_path, *rows)) == []
        assert families(office) == {"Amine": [("child", "Ines")], "Awa": []}

    def test_a_principal_of_the_register_with_no_number_has_the_members_below(
        self, office: Office, tmp_path: Path
    ) -> None:
        nameless = {name: v for name, v in principal(1).items() if name != "individual_reference"}
        take(office, tmp_path, nameless)
        take(office, tmp_path, nameless, member("Ines"))
        assert families(office) == {"Amine": [("child", "Ines")]}

    @pytest.mark.parametrize(
        "rows",
        [
            (member("Ines"), principal(1)),
            (member("Ines", family_number="9"), principal(1, family_number="8")),
            (principal(1, family_number="8"), member("Ines", family_number="9")),
            (principal(1, family_number="8"), principal(2, family_number="8"), principal(3),
             member("Ines", family_number="8")),
        ],
    )  # fmt: skip
    def test_a_member_whose_principal_cannot_be_told_is_asked_about(
        self, office: Office, tmp_path: Path, rows: tuple[dict[str, Any], ...]
    ) -> None:
        imported = take(office, tmp_path, *rows)
        assert [code for _row, _column, code in codes(imported)] == ["principal_unclear"]
        assert imported.counts.rejected == 1
        assert all(not members for members in families(office).values())

    def test_rows_that_were_sorted_by_name_show_nobody_s_family(
        self, office: Office, tmp_path: Path
    ) -> None:
        names = [chr(ord("A") + at) * 4 for at in range(14)]
        rows = [
            principal(1, individual_reference=f"C10000{at:02}", family_name=name)
            if at % 3 != 1
            else member("Ines", family_name=name)
            for at, name in enumerate(names)
        ]
        imported = take(office, tmp_path, *rows)
        assert {code for _row, _column, code in codes(imported)} == {"principal_unclear"}
        assert imported.preview.of_members.rejected == 5

    def test_where_a_member_stands_first_no_place_shows_a_family(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows = (member("Ines"), principal(1), member("Adam"), principal(2))
        imported = take(office, tmp_path, *rows)
        assert [(row, code) for row, _column, code in codes(imported)] == [
            (2, "principal_unclear"), (4, "principal_unclear"),
        ]  # fmt: skip
        assert families(office) == {"Amine": [], "Awa": []}

    def test_a_number_typed_in_the_window_answers_the_question(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "liste.xlsx", (member("Ines"), principal(1)))
        preview = imports.open_file(office, path)
        repair = Repair("principal_reference", "C1000001", "Liste", 2)
        mended = import_repairs.mend(office, preview, repair)
        assert mended.issues == ()
        imports.commit(office, mended)
        assert families(office) == {"Amine": [("child", "Ines")]}

    def test_a_member_waits_where_the_principal_s_row_does_not_go_in(
        self, office: Office, tmp_path: Path
    ) -> None:
        imported = take(office, tmp_path, principal(1, letter_date=None), member("Ines"))
        assert [code for _row, _column, code in codes(imported)] == [
            "missing_field", "principal_left_out",
        ]  # fmt: skip
        assert people.count(office) == 0

    def test_members_below_a_row_that_repeats_their_principal_are_theirs(
        self, office: Office, tmp_path: Path
    ) -> None:
        take(office, tmp_path, principal(1), member("Ines"), principal(2), principal(1),
             member("Adam"))  # fmt: skip
        assert families(office) == {"Amine": [("child", "Ines"), ("child", "Adam")], "Awa": []}


class TestWhatIsKnownOfThem:
    def test_a_member_s_own_application_and_permit_are_the_member_s(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows = (
            principal(1, file_number="C0000000001", application_number="W100000001",
                      received_at=date(2023, 9, 20)),
            member("Salma", "Conjointe", file_number="C0000000001", uci="11-2233-4455",
                   application_number="W100000009", received_at=date(2023, 9, 20),
                   permit_number="U100000009", permit_from=date(2023, 12, 1)),
        )  # fmt: skip
        assert codes(take(office, tmp_path, *rows)) == []
        file = people.file(office, 1)
        (own,) = file.own_applications
        (theirs,) = [one for one in file.applications if one.member_id is not None]
        assert (own.code, theirs.code) == (ApplicationCode.A76, ApplicationCode.C41)
        assert theirs.place is None
        assert file.members[0].uci == "11-2233-4455"
        assert [permit.permit_number for permit in file.permits] == ["U100000009"]

    def test_a_value_of_a_member_shows_its_cell(self, office: Office, tmp_path: Path) -> None:
        take(office, tmp_path, *TWO)
        found = [one for one in origins.of_file(office, 1) if one.entity == "member"]
        assert {(one.entity_id, one.cell) for one in found if one.field == "birth_date"} == {
            (1, "E3"), (2, "E4"),
        }  # fmt: skip

    @pytest.mark.parametrize("with_numbers", [True, False])
    def test_what_a_hand_has_corrected_of_a_member_stands(
        self, office: Office, tmp_path: Path, with_numbers: bool
    ) -> None:
        numbered = [dict(row, file_number=f"C000000000{1 + (at > 2) + (at > 4)}")
                    if with_numbers else row for at, row in enumerate(TWO)]  # fmt: skip
        take(office, tmp_path, *numbered)
        family.set_field(office, 1, "citizenship", "DZA")
        again = take(office, tmp_path, *numbered[:-1])
        assert (again.preview.conflicts, again.preview.hands_kept) == ((), 1)
        assert people.file(office, 1).members[0].citizenship == "DZA"

    def test_rows_of_members_are_planned_as_members(self, office: Office, tmp_path: Path) -> None:
        preview = imports.open_file(office, a_list(tmp_path / "liste.xlsx", TWO))
        told = [(row.effect, row.is_member) for row in preview.sheets[0].rows]
        assert told == [(Effect.NEW, "Requérant" not in str(row["relation"])) for row in TWO]
