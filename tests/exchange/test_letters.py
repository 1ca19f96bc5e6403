# SPDX-License-Identifier: Apache-2.0
"""Letters that were garbled before a list came are found, and no right name is taken for one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from exchange_builders import HEADER, a_person, make_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.exchange.readers.letters import OddTexts, may_be_odd
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.row_blocks import by_columns, encoded
from imp_plus_desktop.exchange.sheets.sheets import OddLetters, Position, Row

ROOT = Path(__file__).parents[2]
FILES, DEMO = ROOT / "tests" / "files", ROOT / "data" / "demo"
_RIGHT = """
Åse Doğan João JOÃO Conceição CONCEIÇÃO Đặng Nguyễn Müller Łukasz Škoda Dvořák Peña Núñez
Søren Björk Çelik Żółć Kovács Çağlar Bjørn Strauß Muñoz Šimić Đorđević Ștefan Țepeș ÅSE
DOĞAN ĐẶNG Ångström ÂNGELA Ãndrea Þór Ðorsteinn Ægir Élodie BÉLANGER L’Écuyer D’ÉON Noël Zoé
Œdipe Bœuf L'HAŸ Ÿvonne Иванов Ольга Παπαδόπουλος 王小明 김철수 محمد יוסף Ḥasan Ṣāliḥ Ōno Māori
İbrahim
"""
RIGHT = _RIGHT.split()
WAYS = ("cp1252", "latin-1", "cp1250", "cp437", "cp850", "mac_roman")


def look(*rows: Row) -> dict[Position, OddLetters]:
    odd, block = OddTexts(), by_columns(rows)
    odd.look(1, block)
    found = odd.found()
    # The quick look lets nothing through that the slow one finds.
    assert may_be_odd(encoded(block)) or not found
    return found


def garbled(text: str, way: str) -> str | None:
    try:
        return text.encode().decode(way)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("name", RIGHT)
def test_a_name_that_is_right_is_left_alone(name: str) -> None:
    kinds = (name, name.upper(), name.lower(), f"«{name}»", f"“{name}”", f"{name}’s", f"{name}…")
    assert look(*((kind,) for kind in kinds)) == {}
    assert look(("C1000001", *kinds, f"{name}-{name}", f"{name} {name.upper()}")) == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(RIGHT), min_size=1, max_size=6), st.sampled_from(" -,;’"))
def test_no_row_of_right_names_is_taken_for_garbled(names: list[str], between: str) -> None:
    assert look(tuple(names), (between.join(names),)) == {}


def test_no_name_of_the_demo_is_taken_for_garbled() -> None:
    lists = sorted(DEMO.glob("*.xlsx"))
    assert lists
    for path in lists:
        assert [sheet.odd_letters for sheet in read_workbook(path).sheets if sheet.rows] == [{}]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["Bélanger", "Élodie", "Côté", "Françoise", "Noël", "Bœuf", "Zoé"])
def test_a_garbled_name_is_found_with_what_it_was(name: str, way: str) -> None:
    before = garbled(name, way)
    if before is None:
        pytest.skip("these bytes are nothing in that code page")
    found = look(("C1", before))
    assert found == {(1, 1): OddLetters("garbled_text", name, found[1, 1].read_as)}
    # Most letters of Western MS-DOS have the same place in the American code page.
    ways = {"latin-1": {"cp1252"}, "cp850": {"cp850", "cp437"}}
    assert found[1, 1].read_as in ways.get(way, {way})


@pytest.mark.parametrize("name", ["Åse", "Doğan", "Škoda", "Łukasz", "Ștefan", "Đặng", "Nguyễn"])
def test_a_short_name_is_found_where_others_of_its_list_are_garbled(name: str) -> None:
    before = garbled(name, "cp1252") or garbled(name, "latin-1")
    assert before is not None
    rows = (("C1", before), ("C2", "Roy"), ("C3", "BÃ©langer"))
    found = look(*rows)
    assert {place: odd.text for place, odd in found.items()} == {(1, 1): name, (3, 1): "Bélanger"}


def test_what_was_garbled_twice_is_undone_twice() -> None:
    once = garbled("Bélanger Élodie", "latin-1")
    twice = garbled(once or "", "latin-1")
    assert look((twice,))[1, 0].text == "Bélanger Élodie"


def test_right_names_beside_garbled_ones_stay() -> None:
    found = look(("Élodie", "BÃ©langer", "CONCEIÇÃO"), ("Åse", "Doğan", "X"))
    assert {place: odd.text for place, odd in found.items()} == {(1, 1): "Bélanger"}


def test_letters_that_are_gone_are_said_to_be_gone() -> None:
    assert look(("B\ufffdlanger", "Roy")) == {(1, 0): OddLetters("lost_letters")}


def test_apostrophes_of_windows_read_as_latin1_are_found() -> None:
    assert look(("L\x92Écuyer",))[1, 0].text == "L’Écuyer"


def test_a_workbook_is_looked_at_like_a_text_file(tmp_path: Path) -> None:
    many = [a_person(n) for n in range(1, 600)]
    wrong = a_person(700, family_name="BÃ©langer")
    path = make_xlsx(tmp_path / "a.xlsx", {"Liste": [HEADER, *many, wrong]})
    (sheet,) = read_workbook(path).sheets
    column = wrong.index("BÃ©langer")
    assert sheet.odd_letters == {(601, column): OddLetters("garbled_text", "Bélanger", "cp1252")}
    assert sheet.rows[600][column] == "BÃ©langer"
    assert read_in_child(path) == read_workbook(path)


@pytest.mark.parametrize(
    "name",
    ["letters-already-garbled.csv", "utf8-with-one-latin1-row.csv", "excel-csv-msdos-cp850.csv"],
)
def test_the_reading_process_tells_the_same_letters(name: str) -> None:
    assert read_in_child(FILES / name) == read_workbook(FILES / name)


def test_the_library_is_not_loaded_for_a_list_whose_letters_are_right() -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from imp_plus_desktop.exchange.readers.reader import read_workbook;"
        "read_workbook(Path(sys.argv[1])); print('ftfy' in sys.modules)"
    )
    for name, loaded in (("messy-2023.xlsx", "False"), ("letters-already-garbled.csv", "True")):
        command = [sys.executable, "-c", code, str(FILES / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == loaded
