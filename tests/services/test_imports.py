# SPDX-License-Identifier: Apache-2.0
"""Lists imported into a register: what each row does, and that doing it again does nothing."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import (
    FILES,
    HEADERS,
    YEAR,
    a_book,
    a_list,
    a_row,
    import_file,
    invite,
    places,
    receive,
    row_counts,
    set_cap,
)
from openpyxl import load_workbook

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome, Relation
from imp_plus_desktop.domain.values.errors import Cancelled, DomainError, ExchangeError
from imp_plus_desktop.services.agenda.counts import held_rows
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.imports.imports import Counts, Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota

pytestmark = pytest.mark.child

EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
LISTS = {
    "invitations-2023-fr.xlsx": "invitations-2023-fr.xlsx",
    "invitations-2022-en.xlsx": "invitations-2022-en.xlsx",
    "liste-excel-fr.csv": "liste-excel-fr.csv",
    "legacy-2022.xls": "legacy-2022.xls and legacy-2022.ods",
    "legacy-2022.ods": "legacy-2022.xls and legacy-2022.ods",
    "messy-2023.xlsx": "messy-2023.xlsx",
}


@pytest.fixture
def later(tmp_path: Path) -> Any:
    """An office of a day after all sample lists."""
    office = new_office(tmp_path / "later.imp", date(2026, 11, 22))
    yield office
    office.close()


def counts(imported: Imported) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: number for name, number in asdict(imported.counts).items() if number}


def issues(imported: Imported) -> list[tuple[int, str, str, str]]:
    return [(i.row, i.column, i.code, i.severity) for i in imported.preview.issues]


def codes(imported: Imported) -> list[tuple[int, str, str]]:
    return [issue[:3] for issue in issues(imported)]


def assert_changes_nothing(office: Office, path: Path, expected: Mapping[str, int]) -> None:
    before = row_counts(office.register)
    again = import_file(office, path)
    assert again.act is None
    assert counts(again) == {name: number for name, number in expected.items() if number}
    assert row_counts(office.register) == before


def resaved(path: Path, target: Path, *, shuffle: bool) -> Path:
    """The same workbook written by another program, its rows in another order if asked."""
    book = load_workbook(path)
    for page in book:
        header = next(
            (row[0].row for row in page.iter_rows() if sum(c.value is not None for c in row) > 4),
            None,
        )
        if not shuffle or header is None:
            continue
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=header + 1)]
        random.Random(7).shuffle(rows)
        for number, values in enumerate(rows, start=header + 1):
            for column, value in enumerate(values, start=1):
                page.cell(number, column).value = value
    book.save(target)
    return target


class TestSamples:
    @pytest.mark.parametrize("name", LISTS)
    def test_a_sample_gives_what_is_expected_and_again_nothing(
        self, later: Office, name: str
    ) -> None:
        expected = EXPECTED[LISTS[name]]
        imported = import_file(later, FILES / name)
        same = expected.get("unchanged", 0)
        assert imported.counts == Counts(
            new=expected["new"],
            unchanged=same,
            rejected=expected["rejected"],
            skipped=expected.get("skipped", 0),
        )
        if "rows" in expected:
            total = sum(asdict(imported.counts).values())
            assert total == expected["rows"]
        listed = [[i.row, i.column, i.code] for i in imported.preview.issues]
        assert listed == expected.get("issues", [])
        assert people.count(later) == expected["new"]
        assert_changes_nothing(
            later,
            FILES / name,
            {
                "unchanged": expected["new"] + same,
                "rejected": expected["rejected"],
                "skipped": expected.get("skipped", 0),
            },
        )
        assert checking.check(later).passed

    def test_the_families_come_with_their_principals(self, later: Office) -> None:
        expected = EXPECTED["families-2024.xlsx"]
        imported = import_file(later, FILES / "families-2024.xlsx")
        whole = expected["principals"] + expected["members"]
        assert counts(imported) == {"new": whole, "rejected": expected["rejected"]}
        assert [s.parsed.kind for s in imported.preview.sheets] == ["people", "family"]
        listed = [[i.sheet, i.row, i.column, i.code] for i in imported.preview.issues]
        assert listed == expected["issues"]
        assert people.count(later) == expected["principals"]
        assert family.count(later) == expected["members"]
        assert_changes_nothing(
            later, FILES / "families-2024.xlsx", {"unchanged": whole, "rejected": 1}
        )
        history.undo(later, imported.act)
        assert (people.count(later), family.count(later)) == (0, 0)

    @pytest.mark.long
    @pytest.mark.parametrize("shuffle", [False, True])
    @pytest.mark.parametrize("name", ["invitations-2023-fr.xlsx", "families-2024.xlsx"])
    def test_saved_again_under_another_name_it_changes_nothing(
        self, later: Office, tmp_path: Path, name: str, shuffle: bool
    ) -> None:
        first = import_file(later, FILES / name)
        assert_changes_nothing(
            later,
            resaved(FILES / name, tmp_path / "copie finale (2).xlsx", shuffle=shuffle),
            {"unchanged": first.counts.new, "rejected": first.counts.rejected},
        )

    def test_the_same_people_from_an_older_program_change_nothing(self, later: Office) -> None:
        import_file(later, FILES / "legacy-2022.xls")
        assert_changes_nothing(later, FILES / "legacy-2022.ods", {"unchanged": 60})

    @pytest.mark.usefixtures("reads_here")
    def test_all_samples_stand_side_by_side(self, later: Office) -> None:
        names = [*LISTS, "families-2024.xlsx"]
        for name in names:
            import_file(later, FILES / name)
        for name in names:
            imported = import_file(later, FILES / name)
            assert (imported.act, imported.counts.new, imported.counts.updated) == (None, 0, 0)
        assert checking.check(later).passed


@pytest.mark.usefixtures("reads_here")
class TestRows:
    def test_a_changed_cell_updates_its_field(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1), a_row(2)]))
        changed = a_list(tmp_path / "2.xlsx", [a_row(1, email="a@example.org"), a_row(2)])
        imported = import_file(office, changed)
        assert counts(imported) == {"updated": 1, "unchanged": 1}
        (row,) = [r for s in imported.preview.sheets for r in s.rows if r.effect == "update"]
        assert row.changed_fields == ("email",)
        assert people.file(office, 1).person.email == "a@example.org"
        assert_changes_nothing(office, changed, {"unchanged": 2})

    def test_an_empty_cell_erases_nothing(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, phone="514 555 0101")]))
        bare = a_row(1, phone=None, birth_date=None, citizenship=None, residence_country=None)
        assert_changes_nothing(office, a_list(tmp_path / "2.xlsx", [bare]), {"unchanged": 1})
        assert people.file(office, 1).person.phone == "514 555 0101"

    def test_a_second_letter_is_added_beside_the_first(
        self, office: Office, tmp_path: Path
    ) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1)]))
        second = a_row(1, letter_date=date(2023, 10, 2))
        assert counts(import_file(office, a_list(tmp_path / "2.xlsx", [second]))) == {"updated": 1}
        assert [x.letter_date for x in people.file(office, 1).letters] == [
            date(2023, 9, 1),
            date(2023, 10, 2),
        ]
        assert_changes_nothing(office, tmp_path / "1.xlsx", {"unchanged": 1})

    def test_a_row_is_matched_by_any_of_its_numbers(self, office: Office, tmp_path: Path) -> None:
        full = a_row(1, uci="1234-5678", file_number="C0001234567")
        import_file(office, a_list(tmp_path / "1.xlsx", [full]))
        for number, key in enumerate(
            (
                {"individual_reference": "c 1000001"},
                {"uci": "12345678"},
                {"file_number": "C0001234567", "birth_date": date(1990, 4, 2)},
            )
        ):
            row = {**key, "family_name": full["family_name"], "given_names": "Amine",
                   "letter_date": date(2023, 9, 1)}  # fmt: skip
            path = a_list(tmp_path / f"by{number}.xlsx", [row])
            assert_changes_nothing(office, path, {"unchanged": 1})

    def test_someone_elses_uci_rejects_the_row(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, uci="1234-5678"), a_row(2)]))
        rows = [a_row(2, uci="12345678"), a_row(3, uci="1234-5678"), a_row(4)]
        imported = import_file(office, a_list(tmp_path / "2.xlsx", rows))
        assert (2, "uci", "identifier_taken", "error") in issues(imported)
        assert imported.counts.rejected == 2
        assert people.count(office) == 3
        assert people.file(office, 2).person.uci is None

    @pytest.mark.parametrize(
        ("field", "value"), [("application_number", "W123456789"), ("permit_number", "U123456789")]
    )
    def test_someone_elses_application_or_permit_number_rejects_the_row(
        self, office: Office, tmp_path: Path, field: str, value: str
    ) -> None:
        """ID-02, also within one file."""
        filed = {"received_at": date(2023, 10, 2), "permit_from": date(2023, 11, 2)}
        rows = [a_row(n, **filed, **{field: value}) for n in (1, 2)]
        imported = import_file(office, a_list(tmp_path / "1.xlsx", rows))
        assert counts(imported) == {"new": 1, "rejected": 1}
        assert codes(imported) == [(3, field, "identifier_taken")]
        other = a_list(tmp_path / "2.xlsx", [a_row(3, **filed, **{field: value}), a_row(4)])
        imported = import_file(office, other)
        assert counts(imported) == {"new": 1, "rejected": 1}
        assert codes(imported) == [(2, field, "identifier_taken")]
        assert places(office.register) == (1, 1, 1)
        assert_changes_nothing(office, other, {"unchanged": 1, "rejected": 1})

    @pytest.mark.parametrize(
        ("first", "second", "result"),
        [
            ({"phone": "514 555 0101"}, {"phone": "514 555 0202"}, {"updated": 1, "rejected": 1}),
            ({"phone": "514 555 0202"}, {}, {"updated": 1, "unchanged": 1}),
            ({"phone": "514 555 0202"}, {"phone": "514 555 0202"}, {"updated": 1, "unchanged": 1}),
            ({}, {"phone": "514 555 0202"}, {"unchanged": 1, "rejected": 1}),
            ({}, {}, {"unchanged": 2}),
        ],
    )
    def test_only_the_register_tells_that_two_rows_are_one_person(
        self,
        office: Office,
        tmp_path: Path,
        first: dict[str, str],
        second: dict[str, str],
        result: dict[str, int],
    ) -> None:
        """One row has the reference, one the UCI: with other data, the later is rejected."""
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, uci="1234-5678")]))
        bare = {"birth_date": None, "citizenship": None}
        rows = [a_row(1, **bare, **first), a_row(1, uci="12345678", **bare, **second)]
        rows[1]["individual_reference"] = None
        both = a_list(tmp_path / "2.xlsx", rows)
        imported = import_file(office, both)
        assert counts(imported) == result
        code = "conflict_in_file" if "rejected" in result else "duplicate_in_file"
        assert codes(imported) == [(3, "individual_reference", code)]
        result = {"unchanged": result.get("unchanged", 0) + result.pop("updated", 0)} | {
            "rejected": result.get("rejected", 0)
        }
        assert_changes_nothing(office, both, result)

    def test_a_row_with_an_error_is_rejected_whole_and_the_others_go_in(
        self, office: Office, tmp_path: Path
    ) -> None:
        bad = a_row(2, letter_date="someday", received_at=date(2023, 10, 1))
        imported = import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1), bad, a_row(3)]))
        assert counts(imported) == {"new": 2, "rejected": 1}
        assert places(office.register) == (0, 0, 0)

    def test_names_alone_with_two_references_are_two_people(
        self, office: Office, tmp_path: Path
    ) -> None:
        twin = a_row(1, individual_reference="C7777777")
        imported = import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1), twin]))
        assert counts(imported) == {"new": 2}
        again = a_row(1, individual_reference="C8888888")
        assert counts(import_file(office, a_list(tmp_path / "2.xlsx", [again]))) == {"new": 1}

    def test_the_counts_add_up_to_the_rows(self, later: Office) -> None:
        preview = imports.open_file(later, FILES / "messy-2023.xlsx")
        for sheet in preview.sheets:
            assert sum(asdict(sheet.counts).values()) == sheet.parsed.total_rows


@pytest.mark.usefixtures("reads_here")
class TestReview:
    @pytest.fixture
    def held(self, office: Office, tmp_path: Path) -> Path:
        """A list of which one row, without any number, looks like someone in the register."""
        invite(office, 1)
        nobody = {"individual_reference": None, "email": "new@example.org"}
        return a_list(tmp_path / "review.xlsx", [a_row(1, **nobody), a_row(2)])

    def test_a_row_like_someone_is_held_once(self, office: Office, held: Path) -> None:
        imported = import_file(office, held)
        assert counts(imported) == {"new": 1, "review": 1}
        assert issues(imported) == [(2, "family_name", "possible_duplicate", "warning")]
        (row,) = review.rows(office)
        assert (row.sheet_row, row.file_name, row.act) == (2, "review.xlsx", imported.act)
        assert [c.person_id for c in row.candidates] == [1]
        assert row.because == ("name_same", "birth_same")
        assert_changes_nothing(office, held, {"unchanged": 1, "review": 1})
        assert held_rows(office) == 1

    def test_the_same_person_takes_the_rows_values(self, office: Office, held: Path) -> None:
        import_file(office, held)
        act = review.resolve(office, review.rows(office)[0].row, "same", 1)
        assert people.file(office, 1).person.email == "new@example.org"
        assert held_rows(office) == 0
        assert_changes_nothing(office, held, {"unchanged": 2})
        history.undo(office, act)
        assert people.file(office, 1).person.email is None
        assert held_rows(office) == 1

    def test_a_field_kept_stays_as_the_register_has_it(self, office: Office, held: Path) -> None:
        import_file(office, held)
        review.resolve(office, review.rows(office)[0].row, "same", 1, keep=("email",))
        assert people.file(office, 1).person.email is None
        assert_changes_nothing(office, held, {"unchanged": 2})

    @pytest.fixture
    def near(self, later: Office) -> tuple[Office, review.HeldRow]:
        """Someone in the register whose name a row without any number spells another way."""
        invite(
            later, 1, family_name="Khoury", given_names="Élie", birth_date="1979-11-05",
            citizenship="LBN", email="elie@example.org",
        )  # fmt: skip
        import_file(later, FILES / "near.csv")
        (row,) = (row for row in review.rows(later) if row.values["family_name"] == "Khouri")
        return later, row

    def test_a_row_without_a_number_replaces_no_spelling(
        self, near: tuple[Office, review.HeldRow]
    ) -> None:
        office, row = near
        review.resolve(office, row.row, "same", 1)
        file = people.file(office, 1)
        assert (file.person.family_name, file.person.given_names) == ("Khoury", "Élie")
        assert date(2024, 12, 1) in {letter.letter_date for letter in file.letters}
        assert_changes_nothing(office, FILES / "near.csv", {"unchanged": 3})

    def test_a_spelling_goes_in_where_a_person_takes_it(
        self, near: tuple[Office, review.HeldRow]
    ) -> None:
        office, row = near
        review.resolve(office, row.row, "same", 1, take=("given_names",))
        person = people.file(office, 1).person
        assert (person.family_name, person.given_names) == ("Khoury", "Elie")

    def test_what_joining_would_change_is_told_field_by_field(
        self, near: tuple[Office, review.HeldRow]
    ) -> None:
        office, row = near
        told = review.changes(office, row, 1)
        assert [(c.field, c.before, c.after, c.stays) for c in told] == [
            ("family_name", "Khoury", "Khouri", True),
            ("given_names", "Élie", "Elie", True),
            ("letter_date", None, date(2024, 12, 1), False),
            ("letter_received_date", None, date(2024, 12, 5), False),
        ]
        before = people.text_of(office, 1)
        review.resolve(office, row.row, "same", 1)
        after = people.text_of(office, 1)
        became = {name for name in after if after[name] != before[name]}
        assert became == {change.field for change in told if not change.stays}

    def test_a_list_that_comes_again_does_not_undo_a_spelling_put_right_by_hand(
        self, office: Office, tmp_path: Path
    ) -> None:
        nobody = {"individual_reference": None, "family_name": "Khouri", "email": "a@example.org"}
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, **nobody)]))
        people.set_value(office, "#1", "family_name", "Khoury")
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, **nobody)]))
        assert people.file(office, 1).person.family_name == "Khoury"

    @pytest.mark.parametrize("first", [0, 1])
    def test_two_rows_of_one_person_stay_settled_in_every_later_list(
        self, office: Office, tmp_path: Path, first: int
    ) -> None:
        """Whoever was told apart once is not told apart again by the two rows' own numbers."""
        nobody = {"individual_reference": None, "given_names": "Amin", "phone": "514 555-0199"}
        pair = [a_row(1), a_row(1, **nobody)]
        import_file(office, a_list(tmp_path / "1.xlsx", pair[:1]))
        import_file(office, a_list(tmp_path / "2.xlsx", pair[1:]))
        review.resolve(office, review.rows(office)[0].row, "same", 1, keep=("given_names",))
        if first:
            pair.reverse()
        others: list[Any] = []
        for number in (3, 4, 5):
            others.append(a_row(number))
            path = a_book(tmp_path / f"{number}.xlsx", {"A": [pair[0], *others], "B": [pair[1]]})
            assert counts(import_file(office, path)) == {"new": 1, "unchanged": number - 1}

    def test_a_new_person_is_made_and_known_again(self, office: Office, held: Path) -> None:
        import_file(office, held)
        review.resolve(office, review.rows(office)[0].row, "new")
        assert people.count(office) == 3
        assert_changes_nothing(office, held, {"unchanged": 2})

    def test_a_dropped_row_stays_dropped(self, office: Office, held: Path) -> None:
        import_file(office, held)
        review.resolve(office, review.rows(office)[0].row, "drop")
        assert people.count(office) == 2
        assert_changes_nothing(office, held, {"unchanged": 2})

    @pytest.mark.parametrize(
        ("row", "how", "person", "code"),
        [
            (99, "drop", None, "row_not_found"),
            (1, "same", None, "person_needed"),
            (1, "same", 99, "person_not_found"),
        ],
    )
    def test_an_answer_that_makes_no_sense_is_refused(
        self, office: Office, held: Path, row: int, how: str, person: int | None, code: str
    ) -> None:
        import_file(office, held)
        with pytest.raises(DomainError) as caught:
            review.resolve(office, row, how, person)
        assert caught.value.code == code
        assert held_rows(office) == 1

    def test_a_row_is_answered_once(self, office: Office, held: Path) -> None:
        import_file(office, held)
        review.resolve(office, 1, "drop")
        with pytest.raises(DomainError) as caught:
            review.resolve(office, 1, "new")
        assert caught.value.code == "already_resolved"

    def test_a_number_taken_since_stops_the_answer(self, office: Office, tmp_path: Path) -> None:
        invite(office, 1)
        row = a_row(1, individual_reference=None, application_number="W123456789",
                    received_at=date(2023, 10, 2))  # fmt: skip
        import_file(office, a_list(tmp_path / "1.xlsx", [row]))
        receive(office, invite(office, 2), number="W123456789")
        before = row_counts(office.register)
        for how, person in (("new", None), ("same", 1)):
            with pytest.raises(DomainError) as caught:
                review.resolve(office, 1, how, person)
            assert caught.value.code == "identifier_taken"
        assert row_counts(office.register) == before

    def test_an_undone_import_takes_its_held_rows_with_it(self, office: Office, held: Path) -> None:
        act = import_file(office, held).act
        history.undo(office, act)
        assert (held_rows(office), people.count(office)) == (0, 1)
        assert counts(import_file(office, held)) == {"new": 1, "review": 1}

    def test_a_row_with_a_number_is_never_held(self, office: Office, tmp_path: Path) -> None:
        invite(office, 1)
        row = a_row(1, individual_reference="C5555555")
        assert counts(import_file(office, a_list(tmp_path / "1.xlsx", [row]))) == {"new": 1}

    def test_someone_without_number_or_likeness_goes_in_and_is_known_again(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "1.xlsx", [a_row(1, individual_reference=None)])
        assert counts(import_file(office, path)) == {"new": 1}
        assert_changes_nothing(office, path, {"unchanged": 1})


@pytest.mark.usefixtures("reads_here")
class TestVanished:
    def test_who_is_missing_from_the_next_list_is_counted_and_kept(
        self, office: Office, tmp_path: Path
    ) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 11)]))
        shorter = a_list(tmp_path / "2.xlsx", [a_row(n) for n in range(3, 12)])
        imported = import_file(office, shorter)
        assert counts(imported) == {"new": 1, "unchanged": 8, "vanished": 2}
        assert people.count(office) == 11

    def test_another_batch_makes_nobody_vanish(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 11)]))
        other = a_list(tmp_path / "2.xlsx", [a_row(n) for n in range(7, 20)])
        assert import_file(office, other).counts.vanished == 0

    def test_a_list_with_other_columns_makes_nobody_vanish(
        self, office: Office, tmp_path: Path
    ) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 11)]))
        names = ("individual_reference", "family_name", "letter_date")
        rows = [{name: a_row(n)[name] for name in names} for n in range(1, 9)]
        own = {"email": "a@example.org", "phone": "514 555 0101"}
        done = import_file(office, a_list(tmp_path / "2.xlsx", [row | own for row in rows]))
        assert done.counts.vanished == 0

    def test_a_list_with_two_columns_more_is_the_same_sender_s(
        self, office: Office, tmp_path: Path
    ) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 11)]))
        rows = [a_row(n, email=f"a{n}@example.org", phone="514 555 0101") for n in range(1, 9)]
        assert import_file(office, a_list(tmp_path / "2.xlsx", rows)).counts.vanished == 2

    def test_an_undone_list_is_no_measure(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 5)]))
        longer = a_list(tmp_path / "2.xlsx", [a_row(n) for n in range(1, 9)])
        undo = history.undo(office, import_file(office, longer).act).act
        shorter = a_list(tmp_path / "3.xlsx", [a_row(n) for n in range(1, 5)])
        assert import_file(office, shorter).counts.vanished == 0
        history.undo(office, undo)
        assert import_file(office, shorter).counts.vanished == 4


@pytest.mark.usefixtures("reads_here")
class TestHistory:
    """A wide sheet may carry the application and the permit; history is taken as it is."""

    def wide(self, number: int, **changes: Any) -> dict[str, Any]:
        filed = {
            "application_number": f"W12345678{number}",
            "received_at": date(2023, 10, number),
            "outcome": "approuvée",
            "decided_on": date(2023, 11, 2),
            "permit_number": f"U12345678{number}",
            "permit_from": date(2023, 11, 6),
            "permit_until": date(2026, 11, 6),
        }
        return a_row(number, **{**filed, **changes})

    def test_it_brings_applications_permits_and_places(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "wide.xlsx", [self.wide(1), self.wide(2)])
        assert counts(import_file(office, path)) == {"new": 2}
        file = people.file(office, 1)
        (application,), (permit,) = file.own_applications, file.own_permits
        assert (application.state, application.outcome, application.place) == (
            ApplicationState.PERMIT_ISSUED,
            Outcome.APPROVED,
            1,
        )
        assert application.received_at is not None
        assert application.received_at.isoformat() == "2023-10-01T16:00:00+00:00"
        assert (permit.valid_from, permit.valid_until) == (date(2023, 11, 6), date(2026, 11, 6))
        assert permit.province == "QC"
        assert places(office.register) == (2, 2, 2)
        assert_changes_nothing(office, path, {"unchanged": 2})

    @pytest.mark.parametrize(
        ("decided", "until", "begins"),
        [
            (date(2023, 11, 2), date(2026, 10, 30), date(2023, 11, 2)),
            (date(2023, 11, 2), date(2026, 11, 6), date(2023, 11, 6)),
            (date(2023, 11, 2), date(2023, 11, 3), date(2023, 11, 2)),
            (date(2023, 11, 2), date(2023, 11, 2), date(2023, 11, 2)),
            (date(2023, 11, 2), date(2023, 11, 1), date(2020, 11, 1)),
        ],
    )
    def test_a_permit_without_its_first_day_begins_as_its_last_and_the_decision_allow(
        self, office: Office, tmp_path: Path, decided: date, until: date, begins: date
    ) -> None:
        row = self.wide(1, permit_from=None, decided_on=decided, permit_until=until)
        import_file(office, a_list(tmp_path / "1.xlsx", [row]))
        (permit,) = people.file(office, 1).own_permits
        assert (permit.valid_from, permit.valid_until) == (begins, until)

    @pytest.mark.parametrize(
        ("outcome", "state", "place"),
        [
            ("approuvée", "approved", 1),
            ("refusée", "refused", 1),
            ("retirée", "withdrawn", 1),
            ("retournée", "returned", None),
            (None, "received", 1),
        ],
    )
    def test_the_outcome_that_it_states_decides_about_the_place(
        self, office: Office, tmp_path: Path, outcome: str | None, state: str, place: int | None
    ) -> None:
        row = a_row(1, received_at=date(2023, 10, 2), outcome=outcome, decided_on=None)
        path = a_list(tmp_path / "1.xlsx", [row])
        import_file(office, path)
        (application,) = people.file(office, 1).own_applications
        assert (application.state, application.place) == (state, place)
        assert application.cap_year == YEAR
        assert_changes_nothing(office, path, {"unchanged": 1})

    def test_past_the_cap_it_is_taken_and_only_flagged(
        self, office: Office, tmp_path: Path
    ) -> None:
        set_cap(office, 1)
        import_file(office, a_list(tmp_path / "1.xlsx", [self.wide(n) for n in (1, 2, 3)]))
        board = quota.board(office, YEAR)
        assert (board.used, board.remaining, board.over_cap) == (3, -2, 0)
        assert checking.check(office).passed

    def test_a_corrected_outcome_and_year_move_the_place(
        self, office: Office, tmp_path: Path
    ) -> None:
        def imported(name: str, **changes: Any) -> None:
            import_file(office, a_list(tmp_path / name, [a_row(1, **changes)]))

        base = {"application_number": "W123456789", "decided_on": date(2023, 11, 2)}
        imported("1.xlsx", **base, received_at=date(2023, 10, 2), outcome="retournée")
        assert places(office.register) == (0, 0, 0)
        imported("2.xlsx", **base, received_at=date(2023, 10, 2), outcome="approuvée")
        assert places(office.register) == (1, 1, 1)
        imported("3.xlsx", **base, received_at=date(2022, 12, 30), outcome="approuvée")
        assert places(office.register) == (0, 0, 0)
        assert places(office.register, 2022) == (1, 1, 1)
        assert people.file(office, 1).own_applications[0].cap_year == 2022
        assert checking.check(office).passed
        history.undo(office)
        assert places(office.register) == (1, 1, 1)
        assert places(office.register, 2022) == (0, 0, 0)

    def test_a_later_list_decides_what_an_earlier_one_received(
        self, office: Office, tmp_path: Path
    ) -> None:
        received = {"received_at": date(2023, 10, 2)}
        import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, **received)]))
        decided = {"outcome": "refusée", "decided_on": date(2023, 11, 2)}
        second = a_list(tmp_path / "2.xlsx", [a_row(1, **received, **decided)])
        assert counts(import_file(office, second)) == {"updated": 1}
        (application,) = people.file(office, 1).own_applications
        assert application.state is ApplicationState.REFUSED
        assert places(office.register) == (1, 1, 1)
        assert_changes_nothing(office, second, {"unchanged": 1})


@pytest.mark.usefixtures("reads_here")
class TestFamilies:
    def member(self, number: int, **changes: Any) -> dict[str, Any]:
        row = {
            "principal_reference": f"C{1_000_000 + number}",
            "relation": "Conjoint",
            "family_name": "Zitouni",
            "given_names": "Nora",
            "birth_date": date(1991, 5, 6),
        }
        return {**row, **changes}

    def test_a_member_finds_a_principal_in_the_register(
        self, office: Office, tmp_path: Path
    ) -> None:
        person = invite(office, 1)
        path = a_list(tmp_path / "1.xlsx", [self.member(1)], sheet="Famille")
        assert counts(import_file(office, path)) == {"new": 1}
        (member,) = people.file(office, person).members
        assert (member.relation, member.given_names) == (Relation.SPOUSE, "Nora")
        assert_changes_nothing(office, path, {"unchanged": 1})

    @pytest.mark.parametrize("order", [("Gens", "Famille"), ("Famille", "Gens")])
    def test_a_member_finds_a_principal_in_the_same_file(
        self, office: Office, tmp_path: Path, order: tuple[str, str]
    ) -> None:
        sheets = {
            "Gens": [a_row(1, uci="1234-5678")],
            "Famille": [
                self.member(1),
                self.member(1, principal_reference="12345678", relation="Enfant",
                            given_names="Lina", birth_date=date(2015, 1, 1)),
            ],
        }  # fmt: skip
        path = a_book(tmp_path / "1.xlsx", {name: sheets[name] for name in order})
        imported = import_file(office, path)
        assert counts(imported) == {"new": 3}
        assert [sheet.parsed.sheet for sheet in imported.preview.sheets] == list(order)
        assert len(people.file(office, 1).members) == 2
        assert_changes_nothing(office, path, {"unchanged": 3})

    def test_an_unknown_principal_rejects_the_member(self, office: Office, tmp_path: Path) -> None:
        rejected = a_row(2, letter_date="someday")
        path = a_book(
            tmp_path / "1.xlsx",
            {"Gens": [a_row(1), rejected], "Famille": [self.member(1), self.member(2)]},
        )
        imported = import_file(office, path)
        assert counts(imported) == {"new": 2, "rejected": 2}
        assert (3, "principal_reference", "unknown_principal", "error") in issues(imported)

    def test_a_changed_member_is_updated(self, office: Office, tmp_path: Path) -> None:
        invite(office, 1)
        import_file(office, a_list(tmp_path / "1.xlsx", [self.member(1)], sheet="Famille"))
        changed = self.member(1, wish="Travail")
        path = a_list(tmp_path / "2.xlsx", [changed], sheet="Famille")
        assert counts(import_file(office, path)) == {"updated": 1}
        assert people.file(office, 1).members[0].wish == "work"
        assert_changes_nothing(office, path, {"unchanged": 1})

    def test_namesakes_of_one_family_stay_two(self, office: Office, tmp_path: Path) -> None:
        invite(office, 1)
        rows = [self.member(1, birth_date=None), self.member(1)]
        path = a_list(tmp_path / "1.xlsx", rows, sheet="Famille")
        assert counts(import_file(office, path)) == {"new": 2}
        assert_changes_nothing(office, path, {"unchanged": 2})


class TestNothingHappens:
    def test_a_preview_stores_nothing(self, office: Office, tmp_path: Path) -> None:
        before = row_counts(office.register)
        imports.open_file(office, a_list(tmp_path / "1.xlsx", [a_row(1)]))
        assert row_counts(office.register) == before
        assert office.register.is_empty()

    def test_a_file_that_cannot_be_read_changes_nothing(
        self, office: Office, tmp_path: Path
    ) -> None:
        invite(office, 1)
        before = row_counts(office.register)
        good = a_list(tmp_path / "good.xlsx", [a_row(2)])
        bad = {
            "truncated.xlsx": good.read_bytes()[:-400],
            "noise.xlsx": bytes(range(256)) * 20,
            "empty.xlsx": b"",
            "page.xlsx": b"<html><body>no list</body></html>",
        }
        for name, content in bad.items():
            (tmp_path / name).write_bytes(content)
            with pytest.raises(ExchangeError):
                import_file(office, tmp_path / name)
        with pytest.raises(ExchangeError, match="file_not_found"):
            import_file(office, tmp_path / "missing.xlsx")
        assert row_counts(office.register) == before

    def test_a_cancelled_import_changes_nothing(self, office: Office, tmp_path: Path) -> None:
        class Stop:
            def __init__(self, after: int) -> None:
                self.left = after

            def step(self, _done: int, _total: int) -> None:
                self.left -= 1
                if self.left < 0:
                    raise Cancelled

        invite(office, 9)
        before = row_counts(office.register)
        path = a_list(tmp_path / "1.xlsx", [a_row(n) for n in range(1, 4)])
        preview = imports.open_file(office, path)
        for after in (0, 1, 2):
            with pytest.raises(Cancelled):
                imports.commit(office, preview, progress=Stop(after))
            assert row_counts(office.register) == before
        assert checking.check(office).passed

    def test_what_somebody_wrote_since_the_preview_counts(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "1.xlsx", [a_row(1), a_row(2)])
        preview = imports.open_file(office, path)
        assert preview.counts.new == 2
        import_file(office, Path(shutil.copy(path, tmp_path / "same.xlsx")))
        committed = imports.commit(office, preview)
        assert (committed.act, counts(committed)) == (None, {"unchanged": 2})

    def test_dates_that_nothing_proves_are_asked_for(self, office: Office, tmp_path: Path) -> None:
        row = a_row(1, birth_date=None, letter_date="03/04/2023")
        path = a_list(tmp_path / "1.xlsx", [row])
        with pytest.raises(ExchangeError) as caught:
            imports.open_file(office, path)
        assert caught.value.code == "ambiguous_dates"
        assert caught.value.parameters["column"] == HEADERS["letter_date"]
        import_file(office, path, date_order="mdy")
        assert people.file(office, 1).letters[0].letter_date == date(2023, 3, 4)


def test_imports_are_listed_with_what_they_did(office: Office, tmp_path: Path) -> None:
    import_file(office, a_list(tmp_path / "first.xlsx", [a_row(1)]))
    people.edit(office, 1, {"phone": "111 1111"})
    import_file(office, a_list(tmp_path / "second.xlsx", [a_row(1), a_row(2)]))
    latest, first = imports.history(office)
    assert (latest.source_name, dict(latest.counts)) == ("second.xlsx", {"new": 1, "unchanged": 1})
    assert first.source_name == "first.xlsx"


def test_imported_people_are_found_by_what_they_are_called(later: Office) -> None:
    import_file(later, FILES / "invitations-2023-fr.xlsx")
    someone = people.file(later, 17).person
    for text in (someone.family_name.upper(), str(someone.individual_reference)[:6].lower()):
        assert 17 in people.ids(later, PeopleFilter(text=text))
    assert len(people.ids(later, PeopleFilter(letter_year=2023))) == 250


def test_a_permit_number_without_any_day_says_approved_and_no_more(office: Office) -> None:
    added = people.add(
        office,
        {
            "family_name": "Roy",
            "individual_reference": "C7654321",
            "received_at": "2023-03-01",
            "permit_number": "U123456789",
        },
    )
    file = people.file(office, added.person)
    assert [a.state for a in file.applications] == [ApplicationState.APPROVED]
    assert file.permits == ()
