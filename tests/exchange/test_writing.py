# SPDX-License-Identifier: Apache-2.0
"""What is written opens anywhere, runs nothing, loses nothing and imports again the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from exchange_builders import FILES, HEADER, VOCABULARY, a_person, in_memory, make_xlsx, parsed
from openpyxl import load_workbook

from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.values.values import DATE_FIELDS
from imp_plus_desktop.exchange.values.vocabulary import LANGUAGES
from imp_plus_desktop.exchange.writers.rejects import RejectedRow, RejectedSheet, write_rejects
from imp_plus_desktop.exchange.writers.templates import (
    TemplateColumn,
    TemplateTexts,
    write_template,
)  # fmt: skip
from imp_plus_desktop.exchange.writers.writing import (
    Link,
    ListChart,
    ListColumn,
    ListSheet,
    Overflow,
    write_lists,
)

COLUMNS = (ListColumn("Texte"), ListColumn("Jour", "date"), ListColumn("Nombre", "number"),
           ListColumn("Instant", "instant"))  # fmt: skip
_WORD_KINDS = {"sex": "sex", "csq_category": "csq_category", "outcome": "outcome",
               "pr_state": "pr_state", "canada_status": "canada_status"}  # fmt: skip
TEXTS = TemplateTexts("Liste", "Explications", "Colonne", "Signification")


def listed(*rows: list[Any], **about: Any) -> ListSheet:
    return ListSheet("Liste", COLUMNS, rows, **about)


def test_values_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row = ["00123", date(2023, 1, 2), 7350, datetime(2023, 1, 2, 4, 30, tzinfo=UTC)]
    written = write_lists(path, [listed(row)])
    assert written.rows == {"Liste": 1}
    assert read_workbook(path).sheets[0].rows[1] == (
        "00123", date(2023, 1, 2), 7350, datetime(2023, 1, 1, 23, 30),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "http://a.ca"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_lists(path, [listed([text])])
    cell = load_workbook(path).active["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.quotePrefix or not text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_signs_that_no_workbook_holds_leave_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_lists(path, [listed(["a\x01b\ud800c"], ["é\nà"])])
    assert [row[0] for row in read_workbook(path).sheets[0].rows[1:]] == ["a\ufffdb\ufffdc", "é\nà"]


def test_a_text_that_is_too_long_goes_on_whole_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    whole = "=" + "".join(str(number) for number in range(20_000))
    written = write_lists(path, [listed([whole])], overflow=Overflow("Suite", "Feuille", "Cellule"))
    assert written.continued == [("Liste", "A2")]
    assert written.rows == {"Liste": 1}
    first, rest = read_workbook(path).sheets
    begun = first.cell(2, 0)
    assert isinstance(begun, str)
    assert len(begun) == 32_767
    assert {row[:2] for row in rest.rows[1:]} == {("Liste", "A2")}
    assert begun.removesuffix("…") + "".join(str(row[2]) for row in rest.rows[1:]) == whole


def test_numbers_that_a_cell_cannot_hold_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_lists(path, [listed([None, date(1850, 1, 2), 10**17], [None, None, float("nan")])])
    rows = read_workbook(path).sheets[0].rows
    assert rows[1] == (None, "1850-01-02", "100000000000000000")
    assert rows[2] == (None, None, "nan")


def test_the_list_is_ready_to_use_and_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    chart = ListChart("Demandes", 1, (2,))
    totals = (None, None, "sum", None)
    write_lists(path, [listed(["a", None, 2], ["b", None, 3], totals=totals, chart=chart)])
    page = load_workbook(path).active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D3"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$1"
    assert page["C4"].value == "=SUBTOTAL(109,C2:C3)"
    assert read_workbook(path).sheets[0].rows[3] == ("Total", None, 5)
    assert len(page._charts) == 1


def test_a_link_leads_to_a_row_of_another_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    other = ListSheet("L'autre & co", COLUMNS, [["b"]])
    write_lists(path, [listed([Link("à <lui>", other.title, 2)]), other])
    cell = load_workbook(path).active["A2"]
    assert cell.value == "à <lui>"
    assert cell.hyperlink.location == "'L''autre & co'!A2"


@pytest.mark.parametrize("text", ["_x000D_", "a\rb", " a ", "a\n\nb", "<&>\"'", "\ta"])
def test_odd_texts_come_back_as_they_are(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_lists(path, [listed([text])])
    assert read_workbook(path).sheets[0].cell(2, 0) == text


def test_days_around_the_false_29_february_1900_keep_their_number(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    days = [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(1999, 12, 31)]
    write_lists(path, [listed(*([None, day] for day in days))])
    page = load_workbook(path).active
    assert [page.cell(row, 2).value.date() for row in range(2, 6)] == days


def test_titles_of_sheets_are_made_possible_and_unlike(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_lists(
        path, [ListSheet(t, COLUMNS, ()) for t in ("A/B: liste", "a b  Liste", "x" * 40, "")]
    )
    assert len(set(load_workbook(path).sheetnames)) == 4


def test_a_cancel_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def cancel(_done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_lists(path, [listed(*([["a"]] * 2000))], progress=cancel)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_source_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["a"]
        raise Cancelled

    with pytest.raises(Cancelled):
        write_lists(tmp_path / "a.xlsx", [ListSheet("A", COLUMNS, rows())])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as caught:
        write_lists(tmp_path / "absent" / "a.xlsx", [listed(["a"])])
    assert caught.value.code == "cannot_write"


def shown(field: str, value: Any, lang: str) -> Any:
    """A stored value in the words of a language, as an export writes it."""
    if field in ("citizenship", "residence_country"):
        return VOCABULARY.country_name(value, lang)
    if field == "residence_province":
        return VOCABULARY.word("province", value, lang)
    if isinstance(value, bool):
        return VOCABULARY.word("yes_no", "yes" if value else "no", lang)
    return VOCABULARY.word(_WORD_KINDS[field], value, lang) if field in _WORD_KINDS else value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["invitations-2023-fr.xlsx", "messy-2023.xlsx"])
def test_an_exported_list_imports_with_the_same_values(
    tmp_path: Path, name: str, lang: str
) -> None:
    (sheet,) = parsed(read_workbook(FILES / name)).sheets
    fields = list(sheet.columns)
    good = [row.values for row in sheet.rows if row.effect == "ok"]
    columns = [
        ListColumn(VOCABULARY.header(f, lang), "date" if f in DATE_FIELDS else "text")
        for f in fields
    ]
    rows = [[shown(f, v[f], lang) if f in v else None for f in fields] for v in good]
    path = tmp_path / "export.xlsx"
    write_lists(path, [ListSheet("Export", columns, rows)])
    (again,) = parsed(read_workbook(path)).sheets
    assert [row.values for row in again.rows] == good


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_and_word_comes_back_as_its_code(lang: str) -> None:
    for code, name in VOCABULARY.countries(lang):
        assert VOCABULARY.country(name) == code
    kinds = ("sex", "yes_no", "relation", "wish", "pr_state", "canada_status", "outcome",
             "csq_category", "province")  # fmt: skip
    for kind in kinds:
        for code, word in VOCABULARY.words(kind, lang):
            assert VOCABULARY.code(kind, word) == code


def test_the_template_offers_values_and_is_understood_when_filled(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    fields = (
        "individual_reference",
        "family_name",
        "birth_date",
        "sex",
        "citizenship",
        "letter_date",
    )
    countries = tuple(name for _, name in VOCABULARY.countries("fr"))
    columns = [
        TemplateColumn(
            field,
            VOCABULARY.header(field, "fr"),
            f"Ce que veut dire {field}",
            {"sex": ("F", "M", "X"), "citizenship": countries}.get(field),
            "date" if field in DATE_FIELDS else "text",
        )
        for field in fields
    ]
    write_template(path, columns, TEXTS)
    book = load_workbook(path)
    page = book["Liste"]
    lists = [v for v in page.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 2
    assert page.column_dimensions["C"].number_format == "yyyy-mm-dd"
    page.append(["C1000001", "Roy", date(1990, 1, 2), "F", "Viêt Nam", date(2023, 1, 2)])
    book.save(path)
    file = parsed(read_workbook(path))
    assert [s.sheet for s in file.sheets] == ["Liste"]
    assert file.sheets[0].rows[0].values["citizenship"] == "VNM"


def test_rejected_rows_go_home_in_the_senders_own_layout(tmp_path: Path) -> None:
    source = read_workbook(FILES / "messy-2023.xlsx")
    (sheet,) = parsed(source).sheets
    rejected = [
        RejectedRow(row.row, {sheet.column_index[i.column]: i.code for i in row.issues})
        for row in sheet.rows
        if row.effect == "rejected"
    ]
    path = tmp_path / "rejets.xlsx"
    offers = {sheet.column_index["letter_date"]: ("2023-02-28", "2023-03-01")}
    entry = RejectedSheet(sheet.sheet, sheet.header_row, rejected, offers)
    assert write_rejects(path, source, [entry]) == 6
    page = load_workbook(path)[sheet.sheet]
    assert page["N6"].value == "31/02/2023"
    assert page["N6"].comment.text == "bad_date"
    assert page["N6"].fill.fgColor.rgb.endswith("FFF2B8")
    assert page["A1"].value == source.sheets[1].cell(1, 0)
    (again,) = parsed(read_workbook(path)).sheets
    assert again.header_row == sheet.header_row
    assert again.signature == sheet.signature
    assert [row.raw[1] for row in again.rows] == [
        source.sheets[1].cell(row.row, 1) for row in rejected
    ]


def test_rejected_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    source = in_memory(HEADER, a_person(family="=1+1", letter="?"))
    path = tmp_path / "rejets.xlsx"
    write_rejects(path, source, [RejectedSheet("Liste", 1, [RejectedRow(2, {5: "="})])])
    assert load_workbook(path)["Liste"]["B2"].data_type == "s"


def test_a_workbook_made_by_hand_reads_back(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"Liste": [HEADER, a_person(1)]})
    assert parsed(read_workbook(path)).sheets[0].rows[0].effect == "ok"
