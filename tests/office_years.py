# SPDX-License-Identifier: Apache-2.0
"""An invented office's five years, and the spreadsheets that three people kept of them.

`make(seed, count)` is the truth: who was invited, what was filed, decided and issued, for the
principals and their families, by the dates of life. `write_all` tells it as three makers would:
the ministry's list (a row a person), the office's follow-up in English (a row an application, the
families on a sheet of their own) and a colleague's wide text file in French (the extension beside
the first application). Nobody in here exists; the same seed gives the same office.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

from tools.demo_people import COUNTRIES, Country, ascii_of, months_on

OPENED, LAST_LETTER, TODAY = date(2022, 5, 24), date(2025, 1, 15), date(2026, 11, 20)
ROUTES = ("A75", "A73")


@dataclass
class Case:
    """An application for a work permit. `former_number` is the one before a transfer."""

    number: str
    received: date
    kind: str = "first"
    former_number: str | None = None
    outcome: str | None = None
    decided: date | None = None
    permit: str | None = None
    permit_from: date | None = None
    permit_until: date | None = None


@dataclass
class OtherCase:
    """A permit under another route, which never uses a place."""

    route: str
    filed: date
    permit: str
    valid_from: date
    valid_until: date


@dataclass
class Relative:
    relation: str
    family: str
    given: str
    birth: date
    uci: str | None
    wish: str
    passport: str
    passport_expiry: date
    code: str
    case: Case | None = None


@dataclass
class Someone:
    country: Country
    family: str
    given: str
    sex: str
    birth: date
    reference: str
    file_number: str
    uci: str | None
    email: str
    phone: str
    csq_issue: date
    letter: date
    letter_received: date | None
    passport: str
    passport_expiry: date
    pr_filed: date | None
    note: str | None
    cases: list[Case] = field(default_factory=list)
    others: list[OtherCase] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)

    @property
    def home(self) -> str:
        return self.country.fr


class _Years:
    """Draws the lives of one office; numbers never repeat."""

    def __init__(self, seed: int) -> None:
        self._draw = Random(seed)
        self._count = 0
        self._numbers = 100_000_000

    def someone(self) -> Someone:
        draw = self._draw
        self._count += 1
        country = draw.choices(COUNTRIES, [c.weight for c in COUNTRIES])[0]
        sex = draw.choice("FM")
        given = draw.choice(country.women if sex == "F" else country.men)
        letter = OPENED + timedelta(days=draw.randrange((LAST_LETTER - OPENED).days + 1))
        family = draw.choice(country.families)
        csq = letter - timedelta(days=draw.randint(30, 300))
        filed = csq + timedelta(days=draw.randint(40, 500))
        number = self._count
        one = Someone(
            country, family, given, sex,
            birth=date(draw.randint(1975, 1999), draw.randint(1, 12), draw.randint(1, 28)),
            reference=f"C{2_000_000 + number}",
            file_number=f"C{4_000_000_000 + number * 13:010d}",
            uci=self._uci() if draw.random() < 0.8 else None,
            email=f"{ascii_of(given)}.{ascii_of(family)}.{number}@example.org",
            phone=f"514 555-{number % 10_000:04d}",
            csq_issue=csq,
            letter=letter,
            letter_received=letter + timedelta(days=draw.randint(0, 6))
            if draw.random() < 0.9
            else None,
            passport=f"P{10_000_000 + number}",
            passport_expiry=letter + timedelta(days=draw.randint(1500, 3300)),
            pr_filed=filed if draw.random() < 0.6 and filed < TODAY else None,
            note=draw.choice((None, None, "Préfère écrire le soir", "Rappeler après l'été")),
        )  # fmt: skip
        self._first(one)
        return one

    def _first(self, one: Someone) -> None:
        draw = self._draw
        if draw.random() < 0.12:
            return  # the letter lapsed
        received = (one.letter_received or one.letter) + timedelta(days=draw.randint(5, 80))
        case = Case(self._number("W"), received)
        one.cases.append(case)
        if draw.random() < 0.04:
            case.former_number = self._number("W")
        case.decided = received + timedelta(days=draw.randint(20, 200))
        case.outcome = draw.choices(
            ("approved", "refused", "withdrawn", "returned"), (88, 6, 3, 3)
        )[0]
        if case.outcome == "approved":
            self._permit(one, case, 36)
            self._after(one, case)
        elif case.outcome == "returned" and draw.random() < 0.5:
            again = case.decided + timedelta(days=draw.randint(3, 20))
            second = Case(self._number("W"), again, outcome="approved")
            second.decided = again + timedelta(days=60)
            self._permit(one, second, 36)
            one.cases.append(second)

    def _permit(self, one: Someone, case: Case, months: int) -> None:
        assert case.decided is not None
        start = case.decided + timedelta(days=self._draw.randint(0, 30))
        case.permit, case.permit_from = self._number("U"), start
        case.permit_until = min(months_on(start, months), one.passport_expiry)

    def _after(self, one: Someone, case: Case) -> None:
        """What an office lives on: families, extensions, restorations, other routes."""
        draw = self._draw
        self._family(one, case)
        end = case.permit_until
        assert end is not None
        way = draw.random()
        if end < TODAY and way < 0.65:
            # In time it is an extension; after the end, but within R182, a restoration.
            kind = "extension" if way < 0.55 else "restoration"
            days = -draw.randint(20, 90) if kind == "extension" else draw.randint(5, 80)
            again = Case(self._number("W"), end + timedelta(days=days), kind)
            again.outcome = "refused" if draw.random() < 0.1 else "approved"
            again.decided = again.received + timedelta(days=draw.randint(10, 19))
            if again.outcome == "approved":
                one.passport_expiry = max(one.passport_expiry, months_on(end, 16))
                self._permit(one, again, 12)
            one.cases.append(again)
        elif end < TODAY and way < 0.85:
            route = draw.choice(ROUTES)
            filed = end - timedelta(days=30)
            until = months_on(end, 24 if route == "A75" else 12)
            one.others.append(OtherCase(route, filed, self._number("U"), end, until))

    def _family(self, one: Someone, case: Case) -> None:
        draw = self._draw
        spouse = draw.random() < 0.45
        children = draw.randint(1, 3) if draw.random() < 0.3 else 0
        assert case.permit_until is not None
        for place in range(int(spouse) + children):
            is_spouse = spouse and place == 0
            men = draw.random() < 0.5 if not is_spouse else one.sex == "F"
            names = one.country.men if men else one.country.women
            pr_filed = one.pr_filed is not None and one.pr_filed <= case.received
            wish = "work" if is_spouse else "study"
            code = "study" if wish == "study" else "C49" if pr_filed else "C41"
            birth = (
                date(draw.randint(1976, 1998), draw.randint(1, 12), draw.randint(1, 28))
                if is_spouse
                else date(2010 + place * 3, draw.randint(1, 12), draw.randint(1, 28))
            )
            member = Relative(
                ("spouse" if draw.random() < 0.8 else "partner") if is_spouse else "child",
                draw.choice(one.country.families) if is_spouse else one.family,
                f"{names[place % len(names)]}",
                birth,
                self._uci() if draw.random() < 0.6 else None,
                wish,
                f"M{20_000_000 + self._count * 10 + place}",
                case.permit_until + timedelta(days=draw.randint(30, 1500)),
                code,
            )
            if draw.random() < 0.8:
                own = Case(self._number("W" if wish == "work" else "S"), case.received)
                own.outcome = draw.choices(("approved", "refused"), (92, 8))[0]
                own.decided = case.decided
                if own.outcome == "approved":
                    own.permit, own.permit_from = self._number("U"), case.permit_from
                    own.permit_until = min(case.permit_until, member.passport_expiry)
                member.case = own
            one.relatives.append(member)

    def _uci(self) -> str:
        self._numbers += 1
        digits = f"{1_100_000_000 + self._numbers % 900_000_000:010d}"
        return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}"

    def _number(self, letter: str) -> str:
        self._numbers += 1
        return f"{letter}{self._numbers}"


def make(seed: int, count: int) -> list[Someone]:
    """The truth: `count` files."""
    years = _Years(seed)
    return [years.someone() for _ in range(count)]


def places_by_year(office: Iterable[Someone]) -> dict[int, int]:
    """The places that these years used: one for a first application, none when returned."""
    return dict(
        Counter(
            case.received.year
            for one in office
            for case in one.cases
            if case.kind == "first" and case.outcome != "returned"
        )
    )


def write_all(office: Sequence[Someone], folder: Path) -> list[Path]:
    """The files of the three makers, in the order in which they came to the office."""
    half = len(office) // 2
    return [
        _ministry(office, folder / "liste MIFI.xlsx"),
        _follow_up(office[:half], folder / "IMP follow-up.xlsx"),
        _wide(office[half:], folder / "suivi de Lucie.csv"),
        _families(office[half:], folder / "familles de Lucie.xlsx"),
    ]


def _ministry(office: Sequence[Someone], path: Path) -> Path:
    """The ministry's list: a title, then a row a person, true dates."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Invitations"
    sheet.append(["Ministère – Personnes invitées au PMI+"])
    sheet.append([])
    sheet.append(
        ["N° de référence individuel", "N° de dossier", "Nom de famille", "Prénom(s)", "Sexe",
         "Date de naissance", "Citoyenneté", "Pays de résidence", "Catégorie CSQ",
         "CSQ délivré le", "CSQ échéance", "Date de la lettre d'invitation", "Lettre reçue le",
         "N° de passeport", "Échéance du passeport"]
    )  # fmt: skip
    for one in office:
        sheet.append(
            [one.reference, one.file_number, one.family, one.given, one.sex, one.birth,
             one.country.fr, one.home, "IQ", one.csq_issue, months_on(one.csq_issue, 24),
             one.letter, one.letter_received, one.passport, one.passport_expiry]
        )  # fmt: skip
    book.save(path)
    return path


_OUTCOMES_EN = {
    "approved": "Approved", "refused": "Refused", "withdrawn": "Withdrawn",
    "returned": "Returned incomplete", None: None,
}  # fmt: skip
_OUTCOMES_FR = {
    "approved": "Approuvée", "refused": "Refusée", "withdrawn": "Retirée",
    "returned": "Retournée incomplète", None: None,
}  # fmt: skip


def _follow_up(office: Sequence[Someone], path: Path) -> Path:
    """The office's follow-up: a row an application, under whatever route; the families beside."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Applications"
    sheet.append(
        ["Individual reference no.", "UCI", "Last name", "First name", "DOB", "Letter date",
         "Email", "Phone", "PR filed on", "Exemption code", "Application no.",
         "Application received on", "Decision", "Decision date", "Work permit no.", "Permit from",
         "Permit until", "Comments"]
    )  # fmt: skip
    for one in office:
        head = [one.reference, one.uci, one.family, one.given, one.birth, one.letter,
                one.email, one.phone, one.pr_filed]  # fmt: skip
        rows = list(_rows_of(one))
        for place, row in enumerate(rows):
            sheet.append([*head, *row, one.note if place == 0 else None])
        if not rows:
            sheet.append([*head, *[None] * 8, one.note])
    family = book.create_sheet("Family")
    family.append(
        ["Principal's individual reference no.", "Relationship", "Last name", "First name", "DOB",
         "UCI", "Passport no.", "Passport expiry", "Application requested", "Application no.",
         "Application received on", "Decision", "Decision date", "Permit no.", "Permit from",
         "Permit until"]
    )  # fmt: skip
    relations = {"spouse": "Spouse", "partner": "Common-law partner", "child": "Child"}
    wishes = {"work": "Work permit", "study": "Study permit"}
    for one in office:
        for member in one.relatives:
            family.append(
                [one.reference, relations[member.relation], member.family, member.given,
                 member.birth, member.uci, member.passport, member.passport_expiry,
                 wishes[member.wish], *_cells(member.case, _OUTCOMES_EN)]
            )  # fmt: skip
    book.save(path)
    return path


def _rows_of(one: Someone) -> Iterator[list[object]]:
    for case in one.cases:
        if case.former_number is not None:
            yield ["A76", case.former_number, case.received, *[None] * 5]
        yield ["A76", *_cells(case, _OUTCOMES_EN)]
    for other in one.others:
        yield [other.route, None, other.filed, "Approved", None, other.permit,
               other.valid_from, other.valid_until]  # fmt: skip


def _cells(case: Case | None, outcomes: dict[str | None, str | None]) -> list[object]:
    if case is None:
        return [None] * 7
    return [case.number, case.received, outcomes[case.outcome], case.decided, case.permit,
            case.permit_from, case.permit_until]  # fmt: skip


def _wide(office: Sequence[Someone], path: Path) -> Path:
    """A colleague’s text file of Excel’s (semicolons): all of a person on one row."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(
            ["Réf. individuelle", "IUC", "NOM", "Prénom", "Né(e) le", "Date lettre", "Courriel",
             "Téléphone", "RP présentée le", "N° de demande", "Demande reçue le", "Décision",
             "Date de décision", "N° de permis", "Permis du", "Permis au",
             "N° de demande (2)", "Demande reçue le (2)", "Décision (2)", "Date de décision (2)",
             "N° de permis (2)", "Permis du (2)", "Permis au (2)", "Remarques"]
        )  # fmt: skip
        for one in office:
            cells: list[object] = [one.reference, one.uci, one.family, one.given, one.birth,
                                   one.letter, one.email, one.phone, one.pr_filed]  # fmt: skip
            for place in range(2):
                case = one.cases[place] if place < len(one.cases) else None
                cells += _cells(case, _OUTCOMES_FR)
            out.writerow(
                [c.isoformat() if isinstance(c, date) else c or "" for c in (*cells, one.note)]
            )
    return path


def _families(office: Sequence[Someone], path: Path) -> Path:
    """The same colleague's families."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Familles"
    sheet.append(
        ["Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom", "Date de naissance",
         "IUC", "N° de passeport", "Échéance du passeport", "Demande souhaitée", "N° de demande",
         "Demande reçue le", "Décision", "Date de décision", "N° de permis", "Permis du",
         "Permis au"]
    )  # fmt: skip
    relations = {"spouse": "Conjoint(e)", "partner": "Conjoint(e) de fait", "child": "Enfant"}
    wishes = {"work": "Permis de travail", "study": "Permis d'études"}
    for one in office:
        for member in one.relatives:
            sheet.append(
                [one.reference, relations[member.relation], member.family, member.given,
                 member.birth, member.uci, member.passport, member.passport_expiry,
                 wishes[member.wish], *_cells(member.case, _OUTCOMES_FR)]
            )  # fmt: skip
    book.save(path)
    return path
