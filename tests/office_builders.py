# SPDX-License-Identifier: Apache-2.0
"""People and applications in a real register, by the services, with sane defaults.

`invite()` adds someone whom no rule blocks on the office's day, 22 November 2023.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from tampering import tables_of

from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.values.codes import Ledger, Outcome, PermitWish, Relation
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import figures, queries

FILES = Path(__file__).parent / "files"
TODAY = date(2023, 11, 22)
AT = datetime(2023, 11, 20, 15, tzinfo=UTC)
YEAR = 2023


def person_values(number: int = 1, **changes: str) -> dict[str, str]:
    """The text fields of someone abroad who may apply; a changed field of "" is left out."""
    values = {
        "individual_reference": f"C{1_000_000 + number}",
        "family_name": f"Benali{_letters(number)}",
        "given_names": "Amine",
        "birth_date": "1990-04-02",
        "citizenship": "MAR",
        "residence_country": "MAR",
        "csq_category": "IQ",
        "csq_issue_date": "2022-11-02",
        "csq_expiry_date": "2024-11-02",
        "pr_state": "not_filed",
        "letter_date": "2023-09-01",
        "letter_received_date": "2023-09-04",
        "passport_number": f"AB{100_000 + number}",
        "passport_expiry": "2030-01-01",
    }
    values.update(changes)
    return {name: value for name, value in values.items() if value}


def _letters(number: int) -> str:
    """A number as letters, so that no two names are alike by a digit."""
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in str(number))


def invite(office: Office, number: int = 1, **changes: str) -> PersonId:
    return people.add(office, person_values(number, **changes), beside=None).person


def receive(
    office: Office, person: int, at: datetime = AT, **options: Any
) -> applications.Received:
    return applications.receive(office, applications.Reception(person, at, **options))


def decide(
    office: Office, application: int, outcome: str = "approved", on: date = TODAY
) -> applications.Decided:
    return applications.decide(office, application, Outcome(outcome), on)


def an_approved(office: Office, number: int = 1, **changes: str) -> ApplicationId:
    """Someone invited, received and approved; returns the application."""
    application = receive(office, invite(office, number, **changes)).application
    decide(office, application)
    return application


def issue(office: Office, application: int, issued: date = TODAY, **options: Any) -> permits.Issued:
    return permits.issue(office, permits.Issue(application, issued, **options))


def add_member(office: Office, person: int, **changes: Any) -> int:
    values: dict[str, Any] = {
        "relation": Relation.SPOUSE,
        "family_name": "Benali",
        "given_names": "Sara",
        "birth_date": date(1991, 5, 6),
        "citizenship": "MAR",
    }
    values.update(changes)
    return family.add_member(office, new_member(person, **values)).member


def receive_member(
    office: Office, member: int, wish: str = "work", at: datetime = AT, **options: Any
) -> family.MemberReceived:
    reception = family.MemberReception(member, PermitWish(wish), at, **options)
    return family.receive(office, reception)


def set_cap(office: Office, limit: int, year: int = YEAR) -> None:
    quota.set_cap(office, year, limit, date(year, 1, 1), "a test needs few places")


def limit_permits(office: Office, limit: int) -> None:
    quota.set_cap(office, YEAR, limit, date(YEAR, 1, 1), "a test", Ledger.PERMITS)


def places(register: Register, year: int = YEAR) -> tuple[int, int, int]:
    """The three counts of a year that must agree: ledger sum, counter, applications placed."""
    return (
        sum(entry.delta for entry in acts.ledger(register, year)),
        figures.places_used(register, year),
        int(
            queries.scalar(
                register,
                "SELECT COUNT(*) FROM application WHERE cap_year = ? AND place IS NOT NULL",
                (year,),
            )
        ),
    )


def import_file(office: Office, path: Path, **options: Any) -> Imported:
    return imports.commit(office, imports.open_file(office, path, **options))


def a_list(
    path: Path, rows: Iterable[Mapping[str, Any]], *, sheet: str = "Liste", title: str = ""
) -> Path:
    """Write a workbook of one sheet, headed by field names, with the columns that rows use."""
    return a_book(path, {sheet: list(rows)}, title=title)


def a_book(path: Path, sheets: Mapping[str, Sequence[Mapping[str, Any]]], title: str = "") -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        if title:
            page.append([title])
        fields = list(dict.fromkeys(field for row in rows for field in row))
        page.append([HEADERS[field] for field in fields])
        for row in rows:
            page.append([row.get(field) for field in fields])
    book.save(path)
    return path


HEADERS = {
    "individual_reference": "N° de référence individuel",
    "uci": "IUC",
    "file_number": "N° de dossier",
    "family_name": "Nom de famille",
    "given_names": "Prénom(s)",
    "sex": "Sexe",
    "birth_date": "Date de naissance",
    "citizenship": "Citoyenneté",
    "residence_country": "Pays de résidence",
    "residence_province": "Province de résidence",
    "email": "Courriel",
    "phone": "Téléphone",
    "csq_category": "Catégorie CSQ",
    "csq_issue_date": "CSQ délivré le",
    "csq_expiry_date": "CSQ échéance",
    "letter_date": "Date de la lettre d'invitation",
    "letter_received_date": "Lettre reçue le",
    "passport_number": "N° de passeport",
    "passport_issue_date": "Passeport délivré le",
    "passport_expiry": "Échéance du passeport",
    "pr_state": "État RP",
    "application_kind": "Type de demande",
    "application_number": "N° de demande PT",
    "received_at": "Reçue le",
    "outcome": "Statut",
    "decided_on": "Date de décision",
    "permit_number": "N° de permis",
    "permit_from": "Permis du",
    "permit_until": "Permis au",
    "principal_reference": "Réf. individuelle du requérant principal",
    "relation": "Lien",
    "wish": "Demande souhaitée",
}


def merge(
    office: Office, left: int, right: int, take: Mapping[str, str] | None = None
) -> merge_people.Merged:
    """Two files made one, sure of it; what is open and not in `take` is taken from the left."""
    found = merge_people.compare(office, left, right)
    chosen = {name: "left" for name in found.choices if name not in found.defaults}
    return merge_people.merge(office, left, right, {**chosen, **(take or {})}, sure=True)


def a_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A good row of a list; a field of None is an empty cell, a new field a new column."""
    row: dict[str, Any] = {
        "individual_reference": f"C{1_000_000 + number}",
        "family_name": f"Benali{_letters(number)}",
        "given_names": "Amine",
        "birth_date": date(1990, 4, 2),
        "citizenship": "Maroc",
        "residence_country": "Maroc",
        "letter_date": date(2023, 9, 1),
    }
    row.update(changes)
    return row


def row_counts(register: Register) -> dict[str, int]:
    """Rows of every table, to show that nothing was written."""
    derived = ("standing", "standing_figures", "agenda_line", "waiting_line")
    tables = [name for name in tables_of(register.db) if name not in derived]
    return {name: figures.count(register, name) for name in tables}


def merged_book(path: Path, **cells: object) -> Path:
    """A list of four people, two and two with merged names and countries; some cells otherwise."""
    book = load_workbook(FILES / "odd" / "fusion.xlsx")
    for row in range(2, 6):
        book.active[f"G{row}"] = date(2023, 9, 2)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    return path
