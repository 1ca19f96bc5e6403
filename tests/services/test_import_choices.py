# SPDX-License-Identifier: Apache-2.0
"""What a person chooses before an import: columns, repairs, proper case; and what it compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from office_builders import FILES, import_file, row_counts
from openpyxl import Workbook
from tampering import all_of

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_compare, import_repairs, import_source, imports
from imp_plus_desktop.services.imports.imports import Choices, Effect, Preview, Repair, SheetMapping
from imp_plus_desktop.services.imports.sides import past_rows
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.archive import archive

HEADERS = ("Réf. individuelle", "Nom", "Prénom", "Né(e) le", "Citoyenneté", "Date de la lettre")


@pytest.fixture
def lists(tmp_path: Path) -> Callable[..., Path]:
    """Writes a list of people as a text file."""
    made = 0

    def write(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> Path:
        nonlocal made
        made += 1
        path = tmp_path / f"liste-{made}.csv"
        lines = [";".join(row) for row in (headers, *rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def a_row(number: int, **changes: str) -> list[str]:
    values = {
        "reference": f"C{2_000_000 + number}",
        "name": f"Traoré{'abcdefghij'[number]}",
        "given": "Awa",
        "birth": "1991-05-14",
        "citizenship": "Mali",
        "letter": "2023-09-13",
    }
    return list((values | changes).values())


def issues(preview: Preview) -> list[tuple[int, str, str]]:
    return [(i.row, i.column, i.code) for i in preview.issues]


def row_of(preview: Preview, number: int) -> imports.PlannedRow:
    return next(row for row in preview.sheets[0].rows if row.row == number)


pytestmark = pytest.mark.usefixtures("reads_here")


class TestRepairs:
    def test_a_bad_date_is_mended_in_place_and_the_row_goes_in(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        preview = imports.open_file(office, lists([a_row(1, letter="2023-02-31"), a_row(2)]))
        assert issues(preview) == [(2, "letter_date", "bad_date")]
        sheet = preview.sheets[0].parsed.sheet
        mended = import_repairs.mend(
            office, preview, Repair("letter_date", "2023-02-28", sheet, row=2)
        )
        assert issues(mended) == []
        assert mended.counts.new == 2
        imports.commit(office, mended)
        assert people.count(office) == 2

    def test_all_cells_that_read_alike_are_mended_at_once_and_it_can_be_taken_back(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        rows = [a_row(1, citizenship="Maroco"), a_row(2, citizenship=" MAROCO "), a_row(3)]
        preview = imports.open_file(office, lists(rows))
        sheet, row = preview.sheets[0], row_of(preview, 2)
        assert import_repairs.cells_alike(preview, sheet, row, "citizenship") == 2
        mended = import_repairs.mend(office, preview, Repair("citizenship", "Maroc", was="Maroco"))
        assert [row.values["citizenship"] for row in mended.sheets[0].rows] == ["MAR", "MAR", "MLI"]
        back = import_repairs.take_back(office, mended)
        assert issues(back) == issues(preview)

    def test_a_person_s_own_values_are_never_mended_together(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        rows = [a_row(1, reference="??"), a_row(2, reference="??")]
        preview = imports.open_file(office, lists(rows))
        sheet, row = preview.sheets[0], row_of(preview, 2)
        assert import_repairs.cells_alike(preview, sheet, row, "individual_reference") == 1

    def test_a_field_without_a_column_can_be_given(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        path = lists([["Roy", "Léa", "2023-01-02"]], ("Nom", "Prénom", "Date de la lettre"))
        preview = imports.open_file(office, path)
        assert issues(preview) == [(2, "individual_reference", "missing_key")]
        sheet = preview.sheets[0].parsed.sheet
        repair = Repair("individual_reference", "C1234567", sheet, row=2)
        assert import_repairs.mend(office, preview, repair).counts.new == 1

    def test_a_name_out_of_one_column_for_both_is_mended_alone(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        headers = ("Réf. ind.", "Nom, prénom", "Date de la lettre")
        preview = imports.open_file(
            office, lists([["C1234567", "Roi, Léa", "2023-01-02"]], headers)
        )
        sheet, row = preview.sheets[0], row_of(preview, 2)
        assert import_repairs.cell_of(sheet, row, "family_name") == "Roi, Léa"
        repair = Repair("family_name", "Roy", sheet.parsed.sheet, row=2)
        values = row_of(import_repairs.mend(office, preview, repair), 2).values
        assert (values["family_name"], values["given_names"]) == ("Roy", "Léa")

    def test_a_typed_date_that_nothing_proves_is_not_guessed(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        preview = imports.open_file(office, lists([a_row(1, letter="?")]))
        sheet = preview.sheets[0].parsed.sheet
        for text, value in (("03/04/2023", None), ("05/05/2023", date(2023, 5, 5))):
            repair = Repair("letter_date", text, sheet, row=2)
            mended = import_repairs.mend(office, preview, repair)
            assert row_of(mended, 2).values.get("letter_date") == value

    def test_the_archive_keeps_the_file_s_own_text_and_what_was_put_in_its_place(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        preview = imports.open_file(office, lists([a_row(1, citizenship="Maroco")]))
        repair = Repair("citizenship", "Maroc", was="Maroco")
        done = imports.commit(office, import_repairs.mend(office, preview, repair))
        assert done.act is not None
        sheet = preview.sheets[0].parsed.sheet
        cells, mended = past_rows.archived_rows(office, done.act, [(sheet, 2)])[sheet, 2]
        assert cells[4] == "Maroco"
        assert mended == {"citizenship": "Maroc"}
        assert archive.mended_rows(office.register, done.act) == [(sheet, 2, mended, 1)]
        assert imports.reopen(office, done.act).counts.unchanged == 1

    def test_the_same_list_without_its_repairs_changes_nothing_afterwards(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        path = lists([a_row(1, citizenship="Maroco")])
        preview = imports.open_file(office, path)
        repair = Repair("citizenship", "Maroc", was="Maroco")
        imports.commit(office, import_repairs.mend(office, preview, repair))
        assert import_file(office, path).act is None


class TestNothingIsStoredBefore:
    def test_a_preview_with_repairs_leaves_the_register_file_as_it_was(
        self, tmp_path: Path
    ) -> None:
        register = tmp_path / "r.imp"
        open_office(register, today=date(2026, 11, 22)).close()
        office = open_office(register, today=date(2026, 11, 22))
        before = all_of(office.register)
        counted = row_counts(office.register)
        preview = imports.open_file(office, FILES / "messy-2023.xlsx")
        repair = Repair("citizenship", "France", was="Syldavie")
        mended = import_repairs.mend(office, preview, repair)
        import_compare.against_last(office, mended)
        import_compare.differences(office, mended.sheets[0].rows)
        assert row_counts(office.register) == counted
        assert all_of(office.register) == before
        office.close()


class TestMemory:
    def test_columns_given_by_hand_are_remembered_for_the_layout_in_any_order(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        headers = ("Clé", "Qui", "Prénom", "Envoi postal")
        first = lists([["C2000001", "Roy", "Léa", "2023-01-02"]], headers)
        source = import_source.read(office, first)
        sheet = source.workbook.sheets[0].name
        columns = {"individual_reference": 0, "family_name": 1, "given_names": 2, "letter_date": 3}
        choices = Choices(mappings={sheet: SheetMapping(columns, 1)})
        imports.commit(office, imports.plan_source(office, source, choices))

        second = lists([["2023-01-03", "Aya", "Diop", "C2000002"]], headers[::-1])
        preview = imports.open_file(office, second)
        assert preview.counts.new == 1
        assert {m.reason for m in preview.sheets[0].parsed.matches} == {"remembered"}
        done = imports.commit(office, preview)

        third = lists([["C2000003", "Diallo", "Ali", "2023-01-04"]], headers)
        assert imports.open_file(office, third).counts.new == 1
        assert done.act is not None
        for act in (done.act, history.acts(office, service=imports.SERVICE)[-1].id):
            history.undo(office, act)
        assert imports.open_file(office, third).counts.new == 1, "what was said stays said"

    def test_proper_case_is_asked_once_for_a_layout(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        path = lists([a_row(1, name="DE LA CRUZ"), a_row(2, name="O'BRIEN")])
        assert imports.open_file(office, path).sheets[0].parsed.capitals == ("family_name",)
        preview = imports.open_file(office, path, proper_case=True)
        imports.commit(office, preview)
        rows = people.rows(office, people.ids(office, PeopleFilter()))
        assert {row.family_name for row in rows} == {"De la Cruz", "O'Brien"}
        assert import_file(office, path).act is None
        as_written = imports.open_file(office, path, proper_case=False)
        assert (as_written.counts.unchanged, as_written.kept.names) == (2, 2), "the same names"


class TestComparison:
    def test_an_update_says_what_changes_field_by_field(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        headers = (*HEADERS, "Courriel", "Pays de résidence")
        import_file(office, lists([[*a_row(1), "a@example.org", "Mali"]], headers))
        changed = [*a_row(1, citizenship="Maroc"), "b@example.org", "France"]
        preview = imports.open_file(office, lists([changed], headers))
        found = import_compare.differences(office, preview.sheets[0].rows)
        ((_place, differences),) = found.items()
        assert {d.field: (d.before, d.after) for d in differences} == {
            "citizenship": ("MLI", "MAR"),
            "email": ("a@example.org", "b@example.org"),
            "residence_country": ("MLI", "FRA"),
        }

    def test_a_list_is_compared_with_the_last_one_of_its_layout(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        first = lists([a_row(n) for n in range(1, 6)])
        assert import_compare.against_last(office, imports.open_file(office, first)) is None
        done = import_file(office, first)
        rows = [a_row(1), a_row(2, citizenship="Maroc"), a_row(3, letter="?"), a_row(4), a_row(6)]
        preview = imports.open_file(office, lists(rows))
        compared = import_compare.against_last(office, preview)
        assert compared is not None
        assert (compared.act, compared.file_name) == (done.act, first.name)
        sheet = preview.sheets[0].parsed.sheet
        assert compared.new == ((sheet, 6),)
        assert [gone.individual_reference for gone in compared.vanished] == ["C2000005"]
        changed = {c.row: {d.field: (d.before, d.after) for d in c.differences}
                   for c in compared.changed}  # fmt: skip
        assert changed == {3: {"citizenship": ("MLI", "MAR")}}
        assert preview.counts.vanished == 1, "a row that is rejected is still in the list"

    def test_another_batch_of_the_same_layout_is_compared_with_none(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        import_file(office, lists([a_row(n) for n in range(1, 6)]))
        two_of_five = imports.open_file(office, lists([a_row(n) for n in (1, 2, 7, 8, 9)]))
        assert import_compare.against_last(office, two_of_five) is None
        assert two_of_five.counts.vanished == 0
        three_of_five = imports.open_file(office, lists([a_row(n) for n in (1, 2, 3, 8)]))
        compared = import_compare.against_last(office, three_of_five)
        assert compared is not None
        assert (len(compared.new), len(compared.vanished)) == (1, 2)
        assert three_of_five.counts.vanished == 2

    def test_a_list_of_family_is_compared_with_no_list_alone_or_beside_people(
        self, office: Office, tmp_path: Path
    ) -> None:
        def book(name: str, people: Sequence[int], family: Sequence[int]) -> Path:
            kin = ["Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom(s)",
                   "Date de naissance"]  # fmt: skip
            made = Workbook()
            made.remove(made.active)
            if people:
                sheet = made.create_sheet("Personnes")
                for row in (HEADERS, *(a_row(n) for n in people)):
                    sheet.append(row)
            if family:
                sheet = made.create_sheet("Familles")
                sheet.append(kin)
                for n in family:
                    sheet.append([a_row(n)[0], "enfant", f"Kin{n}", f"Ada{n}", f"2015-04-{n:02}"])
            made.save(tmp_path / name)
            return tmp_path / name

        import_file(office, book("people.xlsx", range(1, 9), ()))
        import_file(office, book("family-1.xlsx", (), range(1, 5)))
        other = imports.open_file(office, book("family-2.xlsx", (), range(5, 9)))
        assert import_compare.against_last(office, other) is None
        assert (other.counts.new, other.counts.vanished) == (4, 0)
        imports.commit(office, other)
        both = imports.open_file(office, book("both.xlsx", range(2, 10), (2, 6)))
        compared = import_compare.against_last(office, both)
        assert compared is not None
        assert compared.file_name == "people.xlsx"
        assert compared.new == (("Personnes", 9),)
        assert [gone.individual_reference for gone in compared.vanished] == [a_row(1)[0]]
        assert both.counts.vanished == 1

    def test_the_same_list_again_shows_no_difference(
        self, office: Office, lists: Callable[..., Path]
    ) -> None:
        path = lists([a_row(1), a_row(2, birth="14/05/1991")])
        import_file(office, path)
        compared = import_compare.against_last(office, imports.open_file(office, path))
        assert compared is not None
        assert (compared.new, compared.changed, compared.vanished) == ((), (), ())


class TestPaste:
    def test_pasted_cells_are_a_list_like_any_other(self, office: Office) -> None:
        text = "\r\n".join("\t".join(row) for row in (HEADERS, a_row(1), a_row(2)))
        preview = imports.plan_source(office, import_source.read_pasted(office, text), Choices())
        assert preview.counts.new == 2
        done = imports.commit(office, preview)
        assert history.acts(office, service=imports.SERVICE)[0].source_name == "clipboard.tsv"
        assert done.act is not None
        assert imports.reopen(office, done.act).counts.unchanged == 2
        assert preview.sheets[0].rows[0].effect is Effect.NEW


def test_a_list_without_headers_goes_in_and_its_rejected_rows_come_home(
    office: Office, lists: Callable[..., Path], tmp_path: Path
) -> None:
    source = import_source.read(
        office, lists([["?", "Diop", "Aya", ""]], ["C1000001", "Roy", "Léa", "2023-01-02"])
    )
    sheet = source.workbook.sheets[0].name
    columns = {"individual_reference": 0, "family_name": 1, "given_names": 2, "letter_date": 3}
    choices = Choices(mappings={sheet: SheetMapping(columns, 0)})
    preview = imports.plan_source(office, source, choices)
    assert (preview.counts.new, preview.counts.rejected) == (1, 1)
    assert imports.save_rejects(office, preview, tmp_path / "out.xlsx") == 1
    imports.commit(office, preview)


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("citizenship", "Maroco", "Morocco"),
        ("citizenship", "Phillipines", "Philippines"),
        ("outcome", "Aproved", "Approved"),
        ("citizenship", "Syldavie", None),
        ("citizenship", "Syldova", None),  # not Moldova
        ("citizenship", "Bali", None),  # not Mali
        ("citizenship", "Burgundy", None),  # not Burundi
        ("citizenship", "Ira", None),  # Iran as well as Iraq
        ("family_name", "Roy", None),
    ],
)
def test_the_word_that_a_cell_surely_means_is_proposed(
    office: Office, field: str, text: str, meant: str | None
) -> None:
    assert import_repairs.suggestion(office, field, text) == meant
