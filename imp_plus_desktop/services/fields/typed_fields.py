# SPDX-License-Identifier: Apache-2.0
"""Fields of the import table typed by hand: text to typed values and back, with what is wrong.

The same reader as the import's reads them, so that a form, `add`, `set` and a list agree. Unlike
a list, an entry by hand that cannot be read is refused: its author is there to mend it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.applications.status import latest_application
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import (
    OUT_OF_ORDER,
    Misdated,
    days_of,
    misdated,
)
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.records.catalogue import (
    HAND_FIELDS,
    LINKED,
    PARTLY,
    PERSON_FIELDS,
    known_of,
)
from imp_plus_desktop.domain.records.fields import Field
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.papers import Residence
from imp_plus_desktop.domain.residence.residence import CANADA, QUEBEC
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.exchange.values.values import Reading, ValueReader
from imp_plus_desktop.services.office.office import Office

HAND_ORDER = "dmy"
"""How 03/04/2023 typed by hand is read: as Quebec writes it."""

_KEPT = frozenset({"bad_identifier", "odd_phone", "zero_restored", "partly_known"})
"""Codes that come with a value: shown, and kept."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a form. `blocks` says that it cannot be saved so."""

    field: str
    code: str
    blocks: bool
    beside: str = ""
    """The field whose day this one does not fit, where there is one."""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What else the sentence names, as an issue of a list has it."""


def parse_all(
    office: Office, values: Mapping[str, str]
) -> tuple[dict[str, object], list[FieldProblem]]:
    """Typed values of the fields that hold something, and what is wrong with the others.

    Errors: DomainError unknown_field.
    """
    reader = ValueReader(office.vocabulary, office.clock.today())
    typed: dict[str, object] = {}
    problems: list[FieldProblem] = []
    for name, text in values.items():
        if name not in HAND_FIELDS:
            raise InvalidInput("unknown_field", field=name)
        if not plain_text.is_sound(text):
            problems.append(FieldProblem(name, "unwritable_text", blocks=True))
            continue
        reading = reader.read(name, text.strip() or None, HAND_ORDER)
        if reading.value is not None:
            typed[name] = reading.value
        if reading.beside is not None and not values.get(reading.beside[0], "").strip():
            typed[reading.beside[0]] = reading.beside[1]
        if reading.code is not None:
            blocks = reading.code not in _KEPT
            problems.append(FieldProblem(name, reading.code, blocks, facts=reading.facts))
    _split_place(typed)
    return typed, problems


def read(office: Office, known: Field, text: str) -> Reading:
    """One field's text as its typed value, and what is wrong with it where it cannot be kept so."""
    if not plain_text.is_sound(text):
        return Reading(None, "unwritable_text")
    reader = ValueReader(office.vocabulary, office.clock.today())
    reading = reader.read(known.named, text, HAND_ORDER)
    if known.code is not None and reading.value is not None:
        return Reading(known.code(str(reading.value)))
    return reading._replace(code=None) if reading.code in _KEPT else reading


def parse_place(office: Office, place: str) -> tuple[str, str | None]:
    """`MAR` or `CAN-ON`, or their names, as country and province. Errors: bad_value."""
    country, _dash, province = place.strip().partition("-")
    typed, problems = parse_all(office, {"residence_country": place})
    if problems and province:
        typed, problems = parse_all(
            office, {"residence_country": country, "residence_province": province}
        )
    against = [problem for problem in _of_place(typed) if problem.blocks]
    if problems or against or "residence_country" not in typed:
        problem = [*against, *problems, FieldProblem("", "unknown_country", blocks=True)][0]
        raise InvalidInput("bad_value", field="residence", issue=problem.code, **problem.facts)
    province_code = typed.get("residence_province")
    return str(typed["residence_country"]), str(province_code) if province_code else None


def _split_place(typed: dict[str, object]) -> None:
    place = str(typed.get("residence_country", ""))
    if place.startswith("CAN-"):
        typed["residence_country"] = "CAN"
        typed.setdefault("residence_province", place.removeprefix("CAN-"))


def contradictions(
    office: Office,
    present: PersonFile | None,
    typed: Mapping[str, object],
    emptied: Collection[str] = (),
) -> list[FieldProblem]:
    """Dates that cannot all be true, and what lies outside the programme."""
    programme = office.programme()
    days = _days(present, typed, emptied)
    touched = {*typed, *(day for day, part in PARTLY.items() if part in typed)}
    found = misdated(days, office.clock.today(), programme.term_months, touched)
    problems = [
        FieldProblem(
            one.field,
            one.code,
            one.stops_a_hand,
            one.beside,
            {"value": one.day, "other": one.other},
        )
        for one in found
    ]
    letter = days.get("letter_date")
    if "letter_date" in typed and letter is not None:
        if letter < programme.opened:
            problems.append(FieldProblem("letter_date", "letter_before_programme", blocks=False))
        if letter > programme.last_accepted_letter:
            problems.append(
                FieldProblem("letter_date", "letter_after_last_accepted_date", blocks=False)
            )
    problems += _of_place(typed)
    return problems


def out_of_order(problems: Iterable[FieldProblem]) -> tuple[Misdated, ...]:
    """The days among these problems that are kept although they come too early."""
    return tuple(
        Misdated(p.field, p.code, p.facts["value"], p.facts["other"], p.beside)
        for p in problems
        if p.code == OUT_OF_ORDER
    )


def _of_place(typed: Mapping[str, object]) -> list[FieldProblem]:
    """A province of Canada stands in no other country, and Quebec is not outside itself."""
    place, country = "residence_province", typed.get("residence_country", CANADA)
    province = typed.get(place)
    if province is not None and country != CANADA:
        facts = {"country": country, "province": province}
        return [FieldProblem(place, "residence_contradiction", blocks=True, facts=facts)]
    if province == QUEBEC:
        return [FieldProblem(place, "lives_in_quebec", blocks=False)]
    return []


def _days(
    present: PersonFile | None, typed: Mapping[str, object], emptied: Collection[str]
) -> dict[str, date]:
    """The days of a file as they would stand: of several passports, the one that runs longest."""
    known = present_values(present, None) if present is not None else {}
    known = {name: value for name, value in known.items() if name not in emptied}
    if typed.get("outcome") not in (None, known.get("outcome")):
        known = {name: value for name, value in known.items() if name != "decided_on"}
    for day, part in PARTLY.items():
        if day in typed or part in typed:  # the one takes the place of the other
            known = {name: value for name, value in known.items() if name not in (day, part)}
    days = days_of({**known, **typed})
    if present is not None and "passport_expiry" in days:
        # Without a number, what is typed corrects the latest passport; the others stand.
        corrected = "passport_expiry" in typed and "passport_number" not in typed
        others = present.passports[:-1] if corrected else present.passports
        ends = (passport.expiry for passport in others if passport.expiry is not None)
        days["passport_expiry"] = max([days["passport_expiry"], *ends])
    return days


def as_text(value: object) -> str:
    """A typed value as a form and a script read it: ISO days, codes, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def present_values(file: PersonFile, stay: Residence | None) -> dict[str, object]:
    """Each field's present value, typed; of several letters, passports or permits the latest one's.

    `stay` is the residence that counts for the caller.
    """
    found: dict[str, object] = {name: known_of(file.person, name) for name in PERSON_FIELDS}
    application = latest_application(file)
    permits = file.permits_of(application.id) if application is not None else ()
    latest: Mapping[str, object] = {
        "letter": current_letter(file),
        "residence": stay,
        "passport": file.passports[-1] if file.passports else None,
        "application": application,
        "permit": permits[-1] if permits else None,
    }
    for linked in LINKED:
        row = latest[linked.entity]
        if row is not None:
            found[linked.named] = getattr(row, linked.name)
    return found


def texts(file: PersonFile) -> Mapping[str, str]:
    """Every field's present value as text, with the residence recorded last."""
    found = present_values(file, file.residences[-1] if file.residences else None)
    return {name: as_text(found.get(name)) for name in HAND_FIELDS}
