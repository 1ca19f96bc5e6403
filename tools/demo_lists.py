# SPDX-License-Identifier: Apache-2.0
"""Makes the demo lists of invented people, as offices send them: four workbooks, four styles.

    python tools/demo_lists.py [FOLDER]     write them (default: data/demo)

The same seed gives the same cells. Some rows are faulty on purpose, so that the demo shows what
an import says of them. Run it when a list has to change, and commit what it wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from demo_cast import Cast, invent
from demo_people import LAST_DAY, Someone

FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"
SEED = 7350

Cell = str | int | date | datetime | None
Row = dict[str, Cell]


@dataclass(frozen=True)
class Words:
    """How one language writes codes."""

    index: int  # of a country or a province in its pair of names
    yes: str
    no: str
    codes: dict[str, str]


FRENCH = Words(
    0, "Oui", "Non",
    {
        "none": "Aucun", "not_filed": "Non présentée", "in_process": "En traitement",
        "approved": "Approuvée", "refused": "Refusée", "withdrawn": "Retirée",
        "returned": "Retournée", "worker": "Travailleur", "student": "Étudiant",
        "visitor": "Visiteur", "open": "En traitement", "spouse": "Conjoint",
        "partner": "Conjoint de fait", "child": "Enfant", "work": "Permis de travail",
        "study": "Permis d'études", "business": "Gens d'affaires", "Canada": "Canada",
    },
)  # fmt: skip
ENGLISH = Words(
    1, "Yes", "No",
    {
        "none": "None", "not_filed": "Not filed", "in_process": "In process",
        "approved": "Approved", "refused": "Refused", "withdrawn": "Withdrawn", "Canada": "Canada",
    },
)  # fmt: skip

LIST_2022 = {
    "individual_reference": "N° DE RÉFÉRENCE INDIVIDUEL", "family_name": "NOM",
    "given_names": "PRÉNOM(S)", "sex": "SEXE", "birth_date": "NÉ(E) LE",
    "citizenship": "CITOYENNETÉ", "residence_country": "PAYS DE RÉSIDENCE",
    "residence_province": "PROVINCE", "csq_category": "CATÉGORIE CSQ",
    "csq_issue_date": "CSQ DÉLIVRÉ LE", "csq_expiry_date": "CSQ ÉCHÉANCE",
    "letter_date": "DATE DE LA LETTRE D'INVITATION", "letter_received_date": "LETTRE REÇUE LE",
    "passport_number": "N° DE PASSEPORT", "passport_expiry": "ÉCHÉANCE DU PASSEPORT",
    "email": "COURRIEL",
}  # fmt: skip
LIST_2023 = {
    "individual_reference": "Individual reference no.", "file_number": "File no.",
    "family_name": "Surname", "given_names": "Given name(s)", "birth_date": "Date of birth",
    "sex": "Sex", "citizenship": "Country of citizenship",
    "residence_country": "Country of residence", "residence_province": "Province",
    "email": "E-mail", "csq_category": "CSQ category", "csq_issue_date": "CSQ issue date",
    "csq_expiry_date": "CSQ expiry date", "letter_date": "Invitation letter date",
    "letter_received_date": "Letter received", "passport_number": "Passport no.",
    "passport_expiry": "Passport expiry", "uci": "UCI", "pr_number": "PR application no.",
    "pr_filed_on": "PR filed on", "pr_state": "PR status", "spouse": "Accompanying spouse",
    "children": "Dependent children",
}  # fmt: skip
FOLLOW_UP_BANDS = (
    ("Personne", {
        "individual_reference": "N° de référence individuel", "file_number": "N° de dossier",
        "uci": "IUC", "family_name": "Nom", "given_names": "Prénom(s)", "sex": "Sexe",
        "birth_date": "Date de naissance", "citizenship": "Citoyenneté", "email": "Courriel",
    }),
    ("Résidence et statut", {
        "residence_country": "Pays de résidence", "residence_province": "Province de résidence",
        "canada_status": "Statut au Canada", "canada_status_until": "Statut valide jusqu'au",
        "r206": "R206",
    }),
    ("Certificat de sélection", {
        "csq_category": "Catégorie CSQ", "csq_issue_date": "CSQ délivré le",
        "csq_expiry_date": "CSQ échéance",
    }),
    ("Invitation", {
        "letter_date": "Date de la lettre d'invitation", "letter_received_date": "Lettre reçue le",
    }),
    ("Passeport", {
        "passport_number": "N° de passeport", "passport_expiry": "Échéance du passeport",
    }),
    ("Résidence permanente", {
        "pr_number": "N° de demande RP", "pr_filed_on": "RP présentée le", "pr_state": "État RP",
    }),
    ("Famille", {"spouse": "Conjoint", "children": "Nombre d'enfants"}),
    ("Permis de travail", {
        "application_number": "N° de demande PT", "received_at": "Demande reçue le",
        "outcome": "Décision", "decided_on": "Date de décision", "permit_number": "N° de permis",
        "permit_from": "Permis du", "permit_until": "Permis au",
    }),
)  # fmt: skip
LIST_FAMILY = {
    "principal_reference": "Réf. individuelle du requérant principal", "relation": "Lien",
    "family_name": "Nom", "given_names": "Prénom(s)", "birth_date": "Date de naissance",
    "citizenship": "Citoyenneté", "wish": "Demande souhaitée",
}  # fmt: skip


def row_of(someone: Someone, words: Words) -> Row:
    """All that a list may say of a person, by field."""
    named = words.codes.get

    def country(of: Someone) -> str:
        if of.home is None:
            return words.codes["Canada"]
        return (of.home.fr, of.home.en)[words.index]

    row: Row = {
        "individual_reference": someone.reference,
        "file_number": someone.file_number,
        "uci": someone.uci,
        "family_name": someone.family,
        "given_names": someone.given,
        "sex": someone.sex,
        "birth_date": someone.birth,
        "citizenship": (someone.country.fr, someone.country.en)[words.index],
        "residence_country": country(someone),
        "residence_province": someone.province[words.index] if someone.province else None,
        "email": someone.email,
        "csq_category": named(someone.csq_category or "", someone.csq_category),
        "csq_issue_date": someone.csq_issue,
        "csq_expiry_date": someone.csq_expiry,
        "letter_date": someone.letter,
        "letter_received_date": someone.received,
        "passport_number": someone.passport,
        "passport_expiry": someone.passport_expiry,
        "pr_number": someone.pr_number,
        "pr_filed_on": someone.pr_filed,
        "pr_state": named(someone.pr_state or ""),
        "spouse": words.yes if someone.spouse else words.no,
        "children": someone.children,
    }
    if someone.province is not None:
        row |= {
            "canada_status": named(someone.canada_status or ""),
            "canada_status_until": someone.canada_until,
            "r206": words.no,
        }
    return row


def followed_up(someone: Someone, random: Random) -> Row:
    """A row of the wide list: the person and the application."""
    row = row_of(someone, FRENCH)
    case = someone.case
    if case is not None:
        clock = time(random.randint(8, 20), random.randint(0, 59))
        row |= {
            "application_number": case.number,
            "received_at": datetime.combine(case.received, clock),
            "outcome": FRENCH.codes[case.outcome or "open"],
            "decided_on": case.decided,
            "permit_number": case.permit_number,
            "permit_from": case.permit_from,
            "permit_until": case.permit_until,
        }
    return row


def rows_of_2022(cast: Cast) -> list[Row]:
    """In capitals, dates as text; a few rows as tired hands type them."""
    rows = [row_of(someone, FRENCH) for someone in cast.of_2022]
    for row in rows:
        for name in ("family_name", "given_names", "citizenship", "residence_country"):
            row[name] = str(row[name]).upper()
        for name, value in row.items():
            if isinstance(value, date):
                row[name] = f"{value:%d/%m/%Y}"
    rows[7]["email"] = str(rows[7]["email"]).replace("@", " (at) ")
    rows[15]["citizenship"] = "ZANZIBARIE"
    rows[22]["birth_date"] = "31/02/1988"
    rows[0]["letter_date"], rows[0]["letter_received_date"] = "02/05/2022", "20/06/2022"
    rows.insert(40, dict(rows[31]))
    return rows


def rows_of_2023(cast: Cast) -> list[Row]:
    """As known at the end of 2023: permanent residence filed since then is not in it."""
    rows = []
    for someone in cast.of_2023:
        row = row_of(someone, ENGLISH)
        if someone.pr_filed is not None and someone.pr_filed > date(2023, 12, 31):
            row |= {"pr_number": None, "pr_filed_on": None, "pr_state": ENGLISH.codes["not_filed"]}
        elif someone.pr_state in ("approved", "refused"):
            row["pr_state"] = ENGLISH.codes["in_process"]
        rows.append(row)
    rows[9] |= {"residence_country": "Canada", "residence_province": "Quebec"}
    rows[18]["csq_category"] = "QQ"
    rows[26]["uci"] = 123_456_789
    rows[33]["letter_date"] = "to follow"
    rows.insert(50, rows[44] | {"birth_date": date(1986, 3, 14)})
    return rows


def rows_of_follow_up(cast: Cast, random: Random) -> list[list[Row]]:
    """The wide list by year of letter: who has applied, and everybody of 2024."""
    groups = [
        [followed_up(someone, random) for someone in cast.of_2022 if someone.case is not None],
        [followed_up(someone, random) for someone in cast.of_2023 if someone.case is not None],
        [followed_up(someone, random) for someone in cast.of_2024],
    ]
    latest = groups[2]
    latest[21]["outcome"] = "En délibéré"
    latest[48]["passport_expiry"] = "expiré"
    latest[90] |= {
        "outcome": FRENCH.codes["approved"], "decided_on": date(2024, 9, 3),
        "permit_number": "U100200300",
        "permit_from": date(2024, 9, 17), "permit_until": date(2024, 3, 17),
    }  # fmt: skip
    latest.extend(_second_letters(cast))
    return groups


def _second_letters(cast: Cast) -> list[Row]:
    """Rows without any number, of people who look like some of the year before."""
    unused = [s for s in cast.of_2023 if s.case is not None][5:]
    swapped = next(s for s in unused if s.birth.day <= 12 and s.birth.day != s.birth.month)
    spelled = next(s for s in unused if s is not swapped and len(s.family) >= 7)
    turned = next(s for s in unused if s not in (swapped, spelled) and " " not in s.given)
    rows = [row_of(someone, FRENCH) for someone in (swapped, spelled, turned)]
    birth = swapped.birth
    rows[0]["birth_date"] = birth.replace(day=birth.month, month=birth.day)
    rows[1]["family_name"] = spelled.family[:-1]
    rows[2] |= {"family_name": turned.given, "given_names": turned.family}
    for number, row in enumerate(rows):
        letter = date(2024, 10, 8 + number)
        row |= {
            "individual_reference": None, "file_number": None, "uci": None, "pr_number": None,
            "pr_filed_on": None, "pr_state": None, "passport_number": None,
            "csq_issue_date": date(2024, 2, 12 + number),
            "csq_expiry_date": date(2026, 2, 12 + number),
            "letter_date": letter, "letter_received_date": letter + timedelta(days=3),
            "passport_expiry": date(2031, 5, 4 + number),
        }  # fmt: skip
    return rows


def rows_of_families(cast: Cast) -> list[Row]:
    """One row a member; one names a principal whom nobody knows."""
    rows: list[Row] = [
        {
            "principal_reference": someone.reference,
            "relation": FRENCH.codes[relative.relation],
            "family_name": relative.family,
            "given_names": relative.given,
            "birth_date": relative.birth,
            "citizenship": someone.country.fr,
            "wish": FRENCH.codes[relative.wish],
        }
        for someone in cast.everyone
        for relative in someone.relatives
        if someone.case is not None or someone.letter.year == LAST_DAY.year
    ]
    rows[12]["wish"] = "à voir avec l'école"
    rows.insert(30, rows[30] | {"principal_reference": "C9999999", "given_names": "Inès"})
    return rows


class Book:
    """One workbook with one list; knows how cells of each kind look."""

    def __init__(self, path: Path, sheet: str, *, title_rows: int) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
        # The day of the file must not change with the day on which it was made.
        self._book.set_properties({"created": datetime(2024, 11, 18, 9, tzinfo=UTC)})
        self._sheet = self._book.add_worksheet(sheet)
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._bold = self._book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True})
        self._band = self._book.add_format({"bold": True, "align": "center", "border": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._instant = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._next = title_rows

    def title(self, row: int, text: str) -> None:
        self._sheet.write_string(row, 0, text, self._title)

    def band(self, first: int, last: int, text: str) -> None:
        """A title over several columns, in the row above the header."""
        self._sheet.merge_range(self._next - 1, first, self._next - 1, last, text, self._band)

    def header(self, headers: Sequence[str]) -> None:
        for column, text in enumerate(headers):
            self._sheet.write_string(self._next, column, text, self._bold)
            self._sheet.set_column(column, column, max(11, min(len(text), 26)))
        self._next += 1
        self._sheet.freeze_panes(self._next, 0)

    def rows(self, fields: Sequence[str], rows: Sequence[Row]) -> None:
        for row in rows:
            for column, name in enumerate(fields):
                self._write(column, row.get(name))
            self._next += 1

    def line(self, text: str) -> None:
        """A line with one cell, such as a caption between groups of rows."""
        self._sheet.write_string(self._next, 0, text)
        self._next += 1

    def close(self) -> None:
        self._book.close()

    def _write(self, column: int, value: Cell) -> None:
        if isinstance(value, datetime):
            self._sheet.write_datetime(self._next, column, value, self._instant)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._next, column, value, self._day)
        elif isinstance(value, int):
            self._sheet.write_number(self._next, column, value)
        elif value is not None:
            self._sheet.write_string(self._next, column, value)


def write_2022(path: Path, rows: list[Row]) -> None:
    book = Book(path, "Invitations 2022", title_rows=3)
    book.title(0, "Programme de mobilité internationale plus (PMI+)")
    book.title(1, "Personnes invitées en 2022, liste arrêtée au 31 décembre 2022")
    book.header(tuple(LIST_2022.values()))
    book.rows(tuple(LIST_2022), rows)
    book.line(f"Total : {len(rows)}")
    book.close()


def write_2023(path: Path, rows: list[Row]) -> None:
    book = Book(path, "IMP+ 2023", title_rows=0)
    book.header(tuple(LIST_2023.values()))
    book.rows(tuple(LIST_2023), rows)
    book.close()


def write_follow_up(path: Path, groups: list[list[Row]]) -> None:
    book = Book(path, "Suivi", title_rows=2)
    book.title(0, "PMI+, suivi des demandes de permis de travail au 15 novembre 2024")
    fields: list[str] = []
    headers: list[str] = []
    for title, columns in FOLLOW_UP_BANDS:
        book.band(len(fields), len(fields) + len(columns) - 1, title)
        fields += columns
        headers += columns.values()
    book.header(headers)
    for year, rows in zip((2022, 2023, 2024), groups, strict=True):
        book.line(f"Invitations de {year}")
        book.rows(fields, rows)
    book.close()


def write_families(path: Path, rows: list[Row]) -> None:
    book = Book(path, "Familles", title_rows=0)
    book.header(tuple(LIST_FAMILY.values()))
    book.rows(tuple(LIST_FAMILY), rows)
    book.close()


def make(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the four lists into a folder and return their paths, in the order of import."""
    random = Random(seed)
    cast = invent(random)
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, Callable[[Path], None]] = {
        "invitations-2022-fr.xlsx": lambda path: write_2022(path, rows_of_2022(cast)),
        "invitations-2023-en.xlsx": lambda path: write_2023(path, rows_of_2023(cast)),
        "suivi-2024-fr.xlsx": lambda path: write_follow_up(path, rows_of_follow_up(cast, random)),
        "familles-2024-fr.xlsx": lambda path: write_families(path, rows_of_families(cast)),
    }
    for name, write in writers.items():
        write(folder / name)
    return [folder / name for name in writers]


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(made)
