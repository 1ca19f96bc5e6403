# SPDX-License-Identifier: Apache-2.0
"""The lists that are measured: invented people in twenty columns, as a spreadsheet writes them, and
a whole history: the same columns with an application and a permit, and a sheet of families.

The same numbers of rows always give the same cells. Nothing here is measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ROWS = 14_700
"""As many as the cap of two years: what a large office has."""

HEADERS = (
    "N° de référence individuel", "IUC", "Nom", "Prénom(s)", "Sexe", "Date de naissance",
    "Citoyenneté", "Pays de résidence", "Courriel", "Téléphone", "Catégorie CSQ",
    "CSQ délivré le", "CSQ échéance", "Date de la lettre d’invitation", "Lettre reçue le",
    "N° de passeport", "Échéance du passeport", "N° de demande RP", "RP présentée le", "État RP",
)  # fmt: skip

OF_HISTORY = (
    "N° de demande PT", "Demande PT reçue le", "Décision", "Date de décision", "N° de permis",
    "Permis valide du", "Permis valide jusqu’au",
)  # fmt: skip

OF_FAMILIES = (
    "Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom(s)", "Date de naissance",
    "Citoyenneté", "Demande souhaitée",
)  # fmt: skip


def _words(text: str, sign: str = " ") -> list[str]:
    return text.split(sign)


_FAMILY = _words(
    "Nguyễn Trần Benali Dupré Lévesque García Núñez Kowalski Şahin Öztürk Müller O’Connor D’Angelo"
    " Haddad Traoré Diallo Ouédraogo Silva Souza Rossi Popescu Ivanova Kim Park Chen Singh Kaur"
)
_GIVEN = _words(
    "Élodie Zoë José María Ngọc Anh François Amélie Youssef Fatima Ibrahim Aïssata João Sofia"
    " Łukasz Łucja Mehmet Ayşe Jürgen Siobhán Chloé Noël Inès Raphaël"
)
_COUNTRIES = _words(
    "France,Maroc,Algérie,Tunisie,Viêt Nam,Brésil,Mexique,Colombie,Sénégal,Cameroun,Liban,Turquie,"
    "Pologne,Italie,Chine,Inde,Philippines,Haïti,Belgique,Iran",
    ",",
)
_CATEGORIES = ("IQ", "Travailleur qualifié", "IV")

Cell = str | date


def rows(count: int, after: int = 0) -> Iterator[list[Cell]]:
    """So many people, without the header: those who follow the first `after`."""
    chance = random.Random(count + after)
    for number in range(after + 1, after + count + 1):
        yield _person(chance, number)


def with_history(count: int) -> Iterator[list[Cell]]:
    """So many people, each with an application that was approved and the permit that came of it,
    spread over the years as their caps allow."""
    chance = random.Random(count)
    for number in range(1, count + 1):
        letter = date(2022, 5, 24) + timedelta(chance.randrange(790))
        person = _person(chance, number, letter)
        received = letter + timedelta(chance.randrange(15, 50))
        decided = received + timedelta(chance.randrange(15, 45))
        begins = decided + timedelta(chance.randrange(15))
        expiry = person[HEADERS.index("Échéance du passeport")]
        until = min(begins + timedelta(1090), expiry if isinstance(expiry, date) else date.max)
        yield [
            *person, f"W{300_000_000 + number}", received, "approuvée", decided,
            f"U{400_000_000 + number}", begins, until,
        ]  # fmt: skip


def families(count: int) -> Iterator[list[Cell]]:
    """A member of the family of each of so many people."""
    chance = random.Random(-count)
    for number in range(1, count + 1):
        child = chance.random() < 0.5
        born = date(2006, 1, 1) if child else date(1968, 1, 1)
        yield [
            f"C{1_000_000 + number}",
            "Enfant" if child else "Conjoint",
            chance.choice(_FAMILY),
            f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)}",
            born + timedelta(chance.randrange(5_000)),
            chance.choice(_COUNTRIES),
            "études" if child else "travail",
        ]


def _person(chance: random.Random, number: int, letter: date | None = None) -> list[Cell]:
    if letter is None:
        issued = date(2022, 2, 1) + timedelta(chance.randrange(600))
        letter = issued + timedelta(chance.randrange(30, 200))
    else:
        issued = letter - timedelta(chance.randrange(30, 100))
    family = chance.choice(_FAMILY)
    if chance.random() < 0.3:
        family = f"{family}-{chance.choice(_FAMILY)}"
    return [
        f"C{1_000_000 + number}",
        f"{1_100_000_000 + number}",
        family,
        f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)}",
        chance.choice("FM"),
        date(1965, 1, 1) + timedelta(chance.randrange(14_000)),
        chance.choice(_COUNTRIES),
        "Canada (Ontario)" if chance.random() < 0.3 else chance.choice(_COUNTRIES),
        f"p{number}@exemple.ca",
        f"+33 6 {chance.randrange(10**8):08d}",
        chance.choice(_CATEGORIES),
        issued,
        issued + timedelta(730),
        letter,
        letter + timedelta(3),
        f"{chance.choice('ABCD')}{chance.choice('EFGH')}{1_000_000 + number}",
        letter + timedelta(chance.randrange(300, 2500)),
        f"E{100_000_000 + number}",
        letter - timedelta(10),
        "en traitement",
    ]


def write(path: Path, count: int = ROWS, *, reverse: bool = False, after: int = 0) -> Path:
    """The list as an xlsx file with shared strings, as Excel writes them; `reverse` re-sorts it,
    `after` leaves out the first so many people."""
    return _written(path, {"Invitations": (HEADERS, rows(count, after))}, reverse)


def write_history(path: Path, count: int = ROWS, *, reverse: bool = False) -> Path:
    """The people with their histories and a sheet of their families."""
    sheets = {
        "Invitations": ((*HEADERS, *OF_HISTORY), with_history(count)),
        "Familles": (OF_FAMILIES, families(count)),
    }
    return _written(path, sheets, reverse)


def _written(
    path: Path,
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]],
    reverse: bool,
) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, (headers, own) in sheets.items():
        page = book.add_worksheet(name)
        page.write_row(0, 0, headers)
        lines = list(own)
        for row, cells in enumerate(reversed(lines) if reverse else lines, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(row, column, cell, day)
                else:
                    page.write_string(row, column, cell)
    book.close()
    return path
