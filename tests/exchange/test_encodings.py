# SPDX-License-Identifier: Apache-2.0
"""In what code page a text list is: right to the letter, on lists made for it and on real ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.encodings import (
    ENCODINGS,
    decode,
    known_encoding,
)
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.sheets.sheets import OddLetters, TextForm

FILES = Path(__file__).parents[1] / "files"
PAGES = ("utf-8", "cp1252", "cp850", "cp437", "mac_roman", "cp1250", "iso8859-15")
_NAMES = """
Élodie Bélanger Côté Gagné Hébert Lévesque Émond Desgagnés Béliveau Françoise François Noël
Jérôme Agnès Zoé Chloé Héloïse Anaïs Loïc Gaëlle Benoît Raphaël Michaël Joël Thérèse Irène
Hélène Geneviève Stéphane Stéphanie Frédéric Cédric Valérie Mélanie Réjean Rénald Aurélie
Désiré Théo Léa Inès Maëlle Daphné Maïté Jean-François Marie-Ève Bœuf Nuñez Müller Königs
Sénégal Algérie Bénin Haïti Égypte Émirats Guinée Côte-d'Ivoire Arménie Géorgie Brésil
"""
NAMES = _NAMES.split()
PLAIN = ["Roy", "Tremblay", "Luc", "Diallo", "N'Diaye", "Nguyen", "Smith", "Haddad"]
HEADERS = (
    "N° de référence individuel;Nom;Prénom;Citoyenneté;Date de la lettre",
    "Reference;Nom;Prenom;Pays;Date lettre",
)


def can_be(text: str, page: str) -> bool:
    return text.encode(page, "ignore").decode(page) == text


def a_list(page: str, seed: int) -> str:
    """Some rows with names in small letters and in capitals, as the code page can write them."""
    chosen = random.Random(f"{page}{seed}")
    names = [n for n in (*NAMES, *(name.upper() for name in NAMES)) if can_be(n, page)]
    rows = [next(h for h in [*chosen.sample(HEADERS, 2), HEADERS[1]] if can_be(h, page))]
    for number in range(chosen.choice((2, 3, 10, 60))):
        family, given, country = (
            chosen.choice(names if chosen.random() < 0.4 else PLAIN) for _each in range(3)
        )
        rows.append(f"C{number:07};{family};{given};{country};2024-03-15")
    return "\r\n".join(rows) + "\r\n"


@pytest.mark.parametrize("page", PAGES)
def test_lists_are_read_to_the_letter_in_each_code_page(page: str) -> None:
    lists = [a_list(page, seed) for seed in range(60)]
    wrong = [text for text in lists if decode(text.encode(page)).text != text]
    # What the best known detectors reach on such lists is 57 of 60, and 12 in Windows-1252.
    assert len(wrong) <= 1


@pytest.mark.parametrize(
    "typed", ["L’Écuyer", "d’Arc", "Roy – Luc", "« Luc »", "n°\u00a012", "Zoé…"]
)
@pytest.mark.parametrize("page", ["cp1252", "mac_roman"])
def test_signs_that_office_programs_type_tell_no_other_code_page(typed: str, page: str) -> None:
    text = f"Reference;Nom;Note\nC1;Roy;{typed}\nC2;Roy;{typed}\n"
    if typed.isascii() or not can_be(typed, page):
        pytest.skip("not in this code page")
    if page == "mac_roman":
        text += "C3;Bélanger;Élodie\n"  # without a letter nothing tells a Macintosh
    assert decode(text.encode(page)).text == text


def with_pasted_row(text: str, number: int) -> bytes:
    """A list in UTF-8 of which one row was pasted from a Windows-1252 one."""
    lines = text.encode().split(b"\r\n")
    lines[number] = "C9999999;Côté;Renée;Algérie;2024-03-15".encode("cp1252")
    return b"\r\n".join(lines)


@pytest.mark.parametrize("seed", range(30))
def test_one_row_of_another_encoding_leaves_a_file_utf8(tmp_path: Path, seed: int) -> None:
    text = f"{HEADERS[0]}\r\n" + "".join(f"C{n};Bélanger;Élodie;Bénin;1\r\n" for n in range(2, 9))
    number = seed % 6 + 1
    path = tmp_path / "a.csv"
    path.write_bytes(with_pasted_row(text, number))
    book = read_workbook(path)
    (sheet,) = book.sheets
    assert book.encoding == "utf-8"
    assert sheet.rows[number] == ("C9999999", "Côté", "Renée", "Algérie", "2024-03-15")
    assert {row[1] for place, row in enumerate(sheet.rows[1:], 1) if place != number} == {
        "Bélanger"
    }
    assert sheet.odd_letters == {
        (number + 1, column): OddLetters("mixed_encoding", text, "cp1252")
        for column, text in ((1, "Côté"), (2, "Renée"), (3, "Algérie"))
    }


def test_a_row_of_both_encodings_is_read_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Élodie;Bélanger\nNom;".encode() + b"Ren\xe9e;" + "Zoé\nGagné;x\n".encode())
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[1] == ("Nom", "Renée", "Zoé")
    assert set(sheet.odd_letters) == {(2, 1)}


@pytest.mark.parametrize(
    ("name", "encoding", "row", "values"),
    [
        ("utf8-with-one-latin1-row.csv", "utf-8", 52, ("Côté", "Renée")),
        ("excel-csv-msdos-cp850.csv", "cp850", 2, ("BÉLANGER", "Élodie")),
        ("excel-csv-msdos-cp850.csv", "cp850", 3, ("Côté", "René")),
        ("letters-already-garbled.csv", "utf-8", 2, ("BÃ©langer", "Ã‰lodie")),
    ],
)
def test_a_list_that_came_so_is_read_as_it_is(
    name: str, encoding: str, row: int, values: tuple[str, ...]
) -> None:
    book = read_workbook(FILES / name)
    assert book.encoding == encoding
    assert book.sheets[0].rows[row - 1][1:3] == values
    assert book.sheets[0].rows[0][0] == "N° de référence individuel"


@pytest.mark.parametrize("page", [*ENCODINGS, "cp1254", "utf-16-be", "iso8859-1"])
def test_the_encoding_that_is_asked_for_is_the_one_read(tmp_path: Path, page: str) -> None:
    text = "Nom;Prénom\nBélanger;Zoé\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(page))
    book = read_workbook(path, form=TextForm(page))
    assert (book.encoding, book.sheets[0].rows[1]) == (page, ("Bélanger", "Zoé"))
    other = read_workbook(path, form=TextForm("cp437")) if "16" not in page else None
    assert other is None or other.encoding == "cp437"


def test_the_separator_that_is_asked_for_is_the_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=,\nNom;Prénom,Note\nRoy;Luc,x\n", encoding="utf-8")
    assert read_workbook(path).delimiter == ","
    book = read_workbook(path, form=TextForm(None, ";"))
    assert (book.delimiter, book.sheets[0].rows[2]) == (";", ("Roy", "Luc,x"))


def test_the_mark_of_utf8_is_no_letter_whatever_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfNom;Pr\xe9nom\nRoy;Luc\n")
    assert read_workbook(path, form=TextForm("cp1252")).sheets[0].rows[0] == ("Nom", "Prénom")
    assert read_workbook(path).sheets[0].rows[0] == ("Nom", "Prénom")


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("Nom;Prénom\n".encode("utf-16"), "cp1252"),
        (b"\x00\x01\x02\x03 not text", "cp850"),
        ("Nom;Prénom;Note\n".encode(), "utf-16"),
        (b"\xd8\x00\xd8\x00abcd", "utf-16-be"),
    ],
)
def test_what_cannot_be_in_the_encoding_asked_for_is_refused(content: bytes, asked: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        decode(content, asked)
    assert (caught.value.code, caught.value.parameters) == ("wrong_encoding", {"encoding": asked})


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("UTF-8", "utf-8"), ("utf8", "utf-8"), ("utf-8-sig", "utf-8"), ("windows-1252", "cp1252"),
        ("CP850", "cp850"), ("ibm850", "cp850"), ("macintosh", "mac_roman"), ("437", "cp437"),
        ("latin-1", "iso8859-1"), ("latin9", "iso8859-15"), ("utf-16", "utf-16"),
        ("", None), ("klingon", None), ("rot13", None), ("base64", None), ("idna", None),
        ("unicode_escape", None), ("utf-7", None), ("a\x00b", None),
    ],
)  # fmt: skip
def test_an_encoding_has_any_of_its_names_and_no_other_codec_is_one(
    said: str, known: str | None
) -> None:
    assert known_encoding(said) == known


def test_a_large_list_is_told_by_its_accents_wherever_they_stand() -> None:
    plain = "C1;Roy;Luc\r\n" * 20_000
    text = plain + "C2;Bélanger;Élodie\r\n" * 20
    found = decode(text.encode("cp850"))
    assert (found.encoding, found.text == text) == ("cp850", True)


def breaks(function: Callable[[], object]) -> str:
    with pytest.raises(ExchangeError) as caught:
        function()
    return caught.value.code


def test_bytes_that_are_no_text_are_still_no_list() -> None:
    assert breaks(lambda: decode(b"\x00\x01\x02\x03\xff\xd9")) == "not_a_spreadsheet"
    assert breaks(lambda: decode(b"\xff\xfeA\x00\x00\xd8")) == "damaged"
