# SPDX-License-Identifier: Apache-2.0
"""What the invented office's own follow-up list of November 2026 says of the people of the demo.

    people_list(files, day) -> str       extensions, other permits, first permits, the stages of PR
    family_list(files, day) -> str       the permits of members

Each is a CSV as an office keeps one, which is then imported as any other. Who goes which way hangs
on where a file stands in the register, so that every demo is the same. Nothing is stored here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.permits.permits import latest_permit, passport_expiry
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    PermitWish,
    PrState,
    Relation,
)
from imp_plus_desktop.domain.values.names import fold

_PEOPLE = (
    "Réf. individuelle", "Nom", "Prénom(s)", "Né(e) le", "Date lettre", "Échéance du passeport",
    "N° de demande RP", "RP présentée le", "État RP", "RP accusé de réception le",
    "RP biométrie le", "RP examen médical le", "RP antécédents terminés le",
    "RP passeport demandé le", "RP confirmée le", "Résidence permanente obtenue le",
    "Voie", "Type de demande", "N° de demande PT", "Reçue le", "Statut", "Date de décision",
    "N° de permis", "Permis du", "Permis au",
)  # fmt: skip
_FAMILY = (
    "Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom(s)", "Date de naissance",
    "Citoyenneté", "Demande souhaitée", "N° de demande PT", "Reçue le", "Statut",
    "Date de décision", "N° de permis", "Permis du", "Permis au",
)  # fmt: skip
_RELATIONS = {
    Relation.SPOUSE: "Conjoint",
    Relation.PARTNER: "Conjoint de fait",
    Relation.CHILD: "Enfant",
}
_AFTER = (150, 190, 430, 640, 760, 782, 796)
"""Days from the filing of PR to each stage after it, more or less."""
_DEPTH = ((10, 1), (20, 2), (48, 3), (70, 4), (78, 5), (88, 6), (100, 7))
"""How many of a hundred come how many stages far."""
_LATELY, _LEFT_OPEN = 75, 3
_MEDICAL = 2
_WAITS = 5
"""Extensions that are at IRCC on the day."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One application of a row, in the words of the list."""

    kind: str = ""
    number: str = ""
    received: date | None = None
    state: str = ""
    decided: date | None = None
    permit: str = ""
    start: date | None = None
    end: date | None = None
    way: str = ""


def people_list(files: Sequence[PersonFile], day: date) -> str:
    """The rows of everybody of whom there is something new."""
    rows = [row for place, file in enumerate(files) for row in _rows(place, file, day)]
    return _table(_PEOPLE, rows)


def family_list(files: Sequence[PersonFile], day: date) -> str:
    """Members who came along on a permit of their own; a few of theirs end earlier."""
    rows = []
    for place, file in enumerate(files):
        permit = latest_permit(file)
        if permit is None or permit.valid_until < day or place % 3:
            continue
        for along, member in enumerate(file.members[:2]):
            if any(a.member_id == member.id for a in file.applications):
                continue
            shorter = timedelta(days=120 if place % 8 == 0 and along == 0 else 0)
            until = max(permit.valid_until - shorter, permit.valid_from + timedelta(days=90))
            studies = member.relation is Relation.CHILD
            wish = "Permis d'études" if studies else "Permis de travail"
            if member.wish in (PermitWish.NONE, PermitWish.VISITOR):
                continue
            asked = permit.valid_from - timedelta(days=40)
            number = f"{file.person.id:05d}{along}"
            rows.append(
                (
                    file.person.individual_reference, _RELATIONS[member.relation],
                    member.family_name, member.given_names, member.birth_date, member.citizenship,
                    wish, f"{'S' if studies else 'W'}310{number}", asked, "Approuvée",
                    permit.valid_from - timedelta(days=5), f"U310{number}", permit.valid_from,
                    until,
                )
            )  # fmt: skip
    return _table(_FAMILY, rows)


def _rows(place: int, file: PersonFile, day: date) -> Iterator[tuple[object, ...]]:
    person = file.person
    if person.individual_reference is None or person.died_on is not None or not file.letters:
        return
    who = (
        person.individual_reference, person.family_name, person.given_names, person.birth_date,
        max(letter.letter_date for letter in file.letters),
    )  # fmt: skip
    track = _track(place, file, day)
    lines = list(_lines(place, file, day)) or [_Line()]
    if lines == [_Line()] and not any(track):
        return
    passport = _passport(place, file, lines[-1], day)
    for one in lines:
        yield (
            *who, passport, *track, one.way, one.kind, one.number, one.received, one.state,
            one.decided, one.permit, one.start, one.end,
        )  # fmt: skip


def _track(place: int, file: PersonFile, day: date) -> tuple[object, ...]:
    """Number, filing day and state of PR, and the days of its stages."""
    person, none = file.person, (None,) * 7
    state, filed = pr_state(person), person.pr_filed_on
    if state is PrState.NOT_FILED and place % 8 == 0:
        lately = day - timedelta(days=20 + place % 150)
        return (f"X{7000000 + place}", lately, "En traitement", *none)
    if state is not PrState.IN_PROCESS or filed is None:
        return (None, None, None, *none)
    share = (place * 37) % 100
    depth = next(stages for below, stages in _DEPTH if share < below)
    days = [filed + timedelta(days=after + (place * 13) % 41 - 20) for after in _AFTER[:depth]]
    told = [one if one < day - timedelta(days=10) else None for one in days]
    whole: list[date | None] = [*told, *none][:7]
    medical = whole[_MEDICAL]
    if medical is not None and whole[-1] is None:
        # An exam holds a year: who still waits has had another since, but for a few.
        whole[_MEDICAL] = max(medical, day - timedelta(days=20 + (place * 11) % 330))
    said = "Résident permanent" if whole[-1] else "Approuvée" if whole[-2] else None
    return (None, None, said, *whole)


def _lines(place: int, file: PersonFile, day: date) -> Iterator[_Line]:
    """What came after 2024: the decision that was still open, then what goes on from a permit."""
    waiting = [a for a in file.own_applications if a.outcome is None and a.received_at is not None]
    for application in waiting[-1:]:
        yield from _decision(place, application)
    granted = [a for a in file.own_applications if a.state is ApplicationState.APPROVED]
    for application in granted[-1:]:
        yield _first_permit(place, application)
    permit = latest_permit(file)
    if permit is not None and _track(place, file, day)[-1] is None:
        yield from _after_permit(place, file, permit.valid_until, day)


def _after_permit(place: int, file: PersonFile, until: date, day: date) -> Iterator[_Line]:
    """What was filed to go on, until a permit runs on the day or its end is left open."""
    so_many = 0
    while until < day - timedelta(days=_LATELY) or (until < day and place % 3):
        so_many += 1
        line = _goes_on(place, so_many, file, until, day)
        if line is None:
            return
        yield line
        if line.end is None or line.way:
            return
        until = line.end
    soon = day <= until < day + timedelta(days=90)
    if soon and pr_state(file.person) is PrState.IN_PROCESS and place % _WAITS == 1:
        yield _at_ircc(place, so_many + 1, until, day)


def _decision(place: int, application: Application) -> Iterator[_Line]:
    received = toronto_day(application.received_at) if application.received_at else date.min
    number = application.application_number or ""
    decided = received + timedelta(days=100 + place % 60)
    if place % 12 == _LEFT_OPEN or not number:
        return
    if place % 12 == _LEFT_OPEN + 1:
        yield _Line("Première demande", number, received, "Refusée", decided)
        return
    start = decided + timedelta(days=20)
    end = add_months(start, 24 + 3 * (place % 5)) - timedelta(days=place % 28)
    permit = f"U305{place:06d}"
    yield _Line("Première demande", number, received, "Approuvée", decided, permit, start, end)


def _first_permit(place: int, application: Application) -> _Line:
    decided = application.decided_on or date(2024, 11, 1)
    received = toronto_day(application.received_at) if application.received_at else decided
    start = decided + timedelta(days=30)
    number, permit = application.application_number or "", f"U306{place:06d}"
    end = add_months(start, 36)
    return _Line("Première demande", number, received, "Approuvée", decided, permit, start, end)


def _goes_on(place: int, so_many: int, file: PersonFile, until: date, day: date) -> _Line | None:
    """An extension of twelve months while PR is in process, else a permit of another way."""
    number = f"{place:05d}{so_many}"
    received = until - timedelta(days=30 + (place * 7) % 45)
    decided = received + timedelta(days=70 + (place * 11) % 60)
    if decided >= day - timedelta(days=10):
        return _at_ircc(place, so_many, until, day)
    start = max(decided, until + timedelta(days=1))
    if pr_state(file.person) is PrState.IN_PROCESS and so_many < 3 and place % 7 != 2:
        end = add_months(start, 12) - timedelta(days=1)
        return _Line(
            "Prolongation", f"W320{number}", received, "Approuvée", decided, f"U320{number}",
            start, end,
        )  # fmt: skip
    way = "A75" if pr_state(file.person) is PrState.IN_PROCESS else "A73"
    end = max(add_months(start, 24), day + timedelta(days=30 + place % 300))
    return _Line(
        "", f"W330{number}", received, "Approuvée", decided, f"U330{number}", start, end, way
    )


def _at_ircc(place: int, so_many: int, until: date, day: date) -> _Line:
    asked = min(until - timedelta(days=3), day - timedelta(days=12 + place % 50))
    return _Line("Prolongation", f"W340{place:05d}{so_many}", asked, "Reçue")


def _passport(place: int, file: PersonFile, last: _Line, day: date) -> date | None:
    """A new passport where the old one has ended; every ninth holder has not seen to it yet."""
    known, permit = passport_expiry(file), latest_permit(file)
    needed = last.end or (permit.valid_until if permit is not None else day)
    if known is None or needed < day or known > needed or place % 9 == 0:
        return None
    return add_months(needed, 30 + place % 24)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in sorted(rows, key=lambda row: fold(f"{row[1]} {row[2]}")):
        writer.writerow(["" if value is None else value for value in row])
    return text.getvalue()
