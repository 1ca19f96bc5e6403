# SPDX-License-Identifier: Apache-2.0
"""The sample lists give what their makers expect, to the letter."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from exchange_builders import FILES, parsed

from imp_plus_desktop.exchange.lists.drafts import DUPLICATE, OK, REJECTED
from imp_plus_desktop.exchange.readers.reader import read_workbook

EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("invitations-2023-fr.xlsx", "invitations-2023-fr.xlsx"),
        ("invitations-2022-en.xlsx", "invitations-2022-en.xlsx"),
        ("liste-excel-fr.csv", "liste-excel-fr.csv"),
        ("legacy-2022.xls", "legacy-2022.xls and legacy-2022.ods"),
        ("legacy-2022.ods", "legacy-2022.xls and legacy-2022.ods"),
    ],
)
def test_a_clean_sample_gives_all_its_people_and_no_issue(name: str, key: str) -> None:
    expected = EXPECTED[key]
    file = parsed(read_workbook(FILES / name))
    effects = Counter(row.effect for sheet in file.sheets for row in sheet.rows)
    assert effects == {OK: expected["new"]}
    assert sum(sheet.total_rows for sheet in file.sheets) == expected["rows"]
    assert file.issues == ()
    assert file.encoding == expected.get("encoding")
    assert file.delimiter == expected.get("delimiter")
    assert file.date_proof.order == expected.get("date_order")


def test_the_messy_sample_gives_exactly_its_issues() -> None:
    expected = EXPECTED["messy-2023.xlsx"]
    file = parsed(read_workbook(FILES / "messy-2023.xlsx"))
    (sheet,) = file.sheets
    effects = Counter(row.effect for row in sheet.rows)
    assert [(i.sheet, i.why) for i in file.ignored] == [("Lisez-moi", "no_list")]
    assert (sheet.sheet, sheet.header_row) == (expected["sheet"], expected["header_row"])
    assert effects == {
        OK: expected["new"],
        DUPLICATE: expected["unchanged"],
        REJECTED: expected["rejected"],
    }
    assert len(sheet.skipped_rows) == expected["skipped"]
    assert [[i.row, i.column, i.code] for i in file.issues] == expected["issues"]
    assert next(i.cell for i in file.issues if i.code == "cell_error") == "N18"
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((8,), (9,))


def test_the_xls_and_the_ods_hold_the_same_people() -> None:
    """The xls counts its days from 1904."""
    old, open_document = (
        [row.values for sheet in parsed(read_workbook(FILES / name)).sheets for row in sheet.rows]
        for name in ("legacy-2022.xls", "legacy-2022.ods")
    )
    assert old == open_document


def test_the_families_come_with_their_principals() -> None:
    expected = EXPECTED["families-2024.xlsx"]
    file = parsed(read_workbook(FILES / "families-2024.xlsx"))
    people, family = file.sheets
    assert (people.kind, family.kind) == ("people", "family")
    assert len(people.rows) == expected["principals"]
    known = {row.values["individual_reference"] for row in people.rows}
    members = [row for row in family.rows if row.values["principal_reference"] in known]
    strangers = [row.row for row in family.rows if row not in members]
    assert len(members) == expected["members"]
    assert strangers == [58]
    assert {row.values["relation"] for row in members} <= {"spouse", "partner", "child"}
