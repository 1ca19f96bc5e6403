# SPDX-License-Identifier: Apache-2.0
"""The demo lists are what their generator makes, and nobody in them exists."""

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import demo_lists


def cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_generator_makes_the_cells_that_are_kept(tmp_path: Path) -> None:
    made = demo_lists.make(tmp_path)

    assert {path.name for path in made} == {p.name for p in demo_lists.FOLDER.glob("*.xlsx")}
    for path in made:
        assert cells(path) == cells(demo_lists.FOLDER / path.name), path.name


def test_another_seed_makes_other_people(tmp_path: Path) -> None:
    made = demo_lists.make(tmp_path, seed=demo_lists.SEED + 1)

    assert cells(made[0]) != cells(demo_lists.FOLDER / made[0].name)


@pytest.mark.parametrize("path", sorted(demo_lists.FOLDER.glob("*.xlsx")), ids=lambda p: p.name)
def test_every_address_is_one_that_nobody_can_have(path: Path) -> None:
    texts = [
        cell
        for rows in cells(path).values()
        for row in rows
        for cell in row
        if isinstance(cell, str) and re.search(r"@|\(at\)", cell)
    ]

    assert all(text.endswith("example.org") for text in texts)


def test_no_two_people_share_a_number() -> None:
    rows = cells(demo_lists.FOLDER / "suivi-2024-fr.xlsx")["Suivi"]
    header = next(row for row in rows if "IUC" in row)
    for name in ("N° de référence individuel", "N° de demande PT", "N° de permis"):
        column = header.index(name)
        numbers = [row[column] for row in rows if re.fullmatch(r"[A-Z]\d{7,}", str(row[column]))]
        assert len(numbers) > 100
        assert len(numbers) == len(set(numbers)), name
