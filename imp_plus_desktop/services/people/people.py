# SPDX-License-Identifier: Apache-2.0
"""People: found, listed, added and edited by hand, and their verdict.

Lists are read in `listed.py`, which is handed on here. What hangs on a person (letters,
residences, passports, documents, notes) is written in `folder.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import IMPOSSIBLE, Misdated
from imp_plus_desktop.domain.letters import letters
from imp_plus_desktop.domain.letters.csq import csq_expiry
from imp_plus_desktop.domain.permits import permits, pr_track
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.rows import TimelineEvent
from imp_plus_desktop.domain.records.catalogue import LINKED, PERSON
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.rules.findings import Finding, Verdict
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise, row_id
from imp_plus_desktop.domain.values.register_numbers import may_be_one
from imp_plus_desktop.domain.verdict import eligibility
from imp_plus_desktop.services.duplicates import twins
from imp_plus_desktop.services.duplicates.twins import Twin
from imp_plus_desktop.services.fields import (
    corrections,
    field_plan,
    hand_edits,
    plan_writing,
    typed_fields,
)
from imp_plus_desktop.services.fields.corrections import ByHand
from imp_plus_desktop.services.fields.typed_fields import FieldProblem
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.history.file_bin import BinnedFile
from imp_plus_desktop.services.office import person_file, standing
from imp_plus_desktop.services.office.office import Office, judged_first, judged_whole
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people.listed import count, ids, letter_years, row, rows
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries

__all__ = ["FieldProblem", "PeopleFilter", "count", "ids", "letter_years", "row", "rows"]


@dataclass(frozen=True, slots=True)
class Added:
    person: PersonId
    act: ActId
    findings: tuple[Finding, ...]
    twins: tuple[Twin, ...] = ()
    """Who of the register looks the same, and was added beside."""
    over_cap: bool = False
    """Whether the application that was typed along came over the cap."""
    misdated: tuple[Misdated, ...] = ()
    """Days that come before one that they follow, and are kept."""
    in_bin: tuple[BinnedFile, ...] = ()
    """The files of the bin that have a number of this person."""


def file(office: Office, person_id: int) -> PersonFile:
    """One person's whole file. Errors: DomainError person_not_found."""
    return person_file.file_of(office, person_id)


def files(office: Office, numbers: Sequence[int]) -> list[PersonFile]:
    """Whole files, in the order of the ids."""
    return queries.files(office.register, numbers)


def verdict(office: Office, person_id: int, on: date | None = None) -> Verdict:
    """Whether a person may apply on a day (default: today)."""
    day = on or office.clock.today()
    return eligibility.verdict(file(office, person_id), day, office.programme())


def listed_verdict(office: Office, person_id: int) -> Verdict:
    """The verdict that lists show: today's, or that of the day of receipt once filed."""
    return standing.verdict_for_list(
        file(office, person_id), office.programme(), office.clock.today()
    )


def find(office: Office, ref: str) -> PersonId:
    """A person by reference, UCI, file or application number, the register's own, or `#id`.

    Errors: DomainError person_not_found, person_erased, file_in_bin, person_ambiguous.
    """
    text = ref.strip()
    number = row_id(text) if text.startswith("#") else _own_number(office, text)
    if number is not None:
        found = [number] if queries.exists(office.register, "person", number) else []
    else:
        found = queries.people_by_number(office.register, normalise(text))
    if not found:
        for person in file_bin.holding(office, text):
            raise InvalidInput("file_in_bin", ref=f"#{person}")
        raise InvalidInput("person_not_found")
    if len(found) > 1:
        raise InvalidInput("person_ambiguous", count=len(found))
    if closed.erased_by(office.register, found[0]) is not None:
        raise InvalidInput("person_erased")
    return PersonId(found[0])


def _own_number(office: Office, text: str) -> int | None:
    # Which register it is stands in the journal, which every act changes: it is asked where it
    # matters, so that an act that is judged first may find its file before.
    return office.own_numbers.read(text) if may_be_one(text) else None


def text_of(office: Office, person_id: int) -> Mapping[str, str]:
    """The present value of each field of the import table, as a form shows it."""
    return typed_fields.texts(file(office, person_id))


def check(
    office: Office, values: Mapping[str, str], person_id: int | None = None
) -> list[FieldProblem]:
    """What is wrong with a form while it is filled in, field by field."""
    typed, problems = typed_fields.parse_all(office, values)
    present = file(office, person_id) if person_id is not None else None
    problems += typed_fields.contradictions(office, present, typed, _emptied(values))
    problems += [
        FieldProblem(name, "identifier_taken", blocks=True)
        for name in _taken(office, typed, person_id)
    ]
    return problems


def add(office: Office, values: Mapping[str, str], *, beside: Collection[int] | None = ()) -> Added:
    """Add a person by hand, with or without a letter.

    `beside` are the twins (`twins.find`) beside whom the person is added all the same; None
    accepts any.
    Errors: DomainError unknown_field, bad_value, missing_name, identifier_taken,
    impossible_dates, person_twice, year_full.
    """
    with office.act("people.add") as act:
        programme = office.programme()
        typed, misdated = _typed(office, None, values)
        if not typed.get("family_name") and not typed.get("given_names"):
            raise InvalidInput("missing_name")
        _refuse_taken(office, typed, None)
        alike = twins.refuse_unseen(office, typed, beside)
        operations = field_plan.plan(None, typed, programme)
        person = plan_writing.execute(act, operations, None, programme, hand=ByHand(office))
    added = file(office, person)
    result = eligibility.verdict(added, office.clock.today(), programme)
    return Added(
        PersonId(person),
        ActId(act.id or 0),
        result.findings,
        alike,
        bool(_over_cap(added)),
        misdated,
        tuple(one for one in file_bin.files(office) if file_bin.has_number(one, typed)),
    )


@judged_whole
def edit(
    office: Office,
    person_id: int,
    values: Mapping[str, str],
    *,
    reason: str = "",
    application: int | None = None,
) -> Changed:
    """Change fields of a person by hand; an empty text erases a field.

    What is recorded of an application is corrected with a reason only; `application` says which
    of the person's own is meant, the latest by default.
    Errors: as `add`, person_not_found, permit_without_day, illegal_move, reason_needed,
    permit_stands.
    """
    with office.act(_service(reason)) as act:
        changed = _edit(office, act, person_id, values, reason, application)
    return replace(changed, act=act.id)


@judged_first
def set_value(
    office: Office,
    ref: str,
    field: str,
    text: str,
    on: date | None = None,
    reason: str = "",
) -> Changed:
    """Set one field of the import table, or a residence (`MAR`, `CAN-ON`) from a day on.

    With an outcome, the day is that of the decision; without one, the recorded day stays.
    Errors: as `edit`.
    """
    residence = field == "residence"
    with office.act("people.residence" if residence else _service(reason)) as act:
        person = find(office, ref)
        if residence:
            changed = Changed(None, _move(office, act, person, text, on))
        else:
            values = {field: text}
            if field == "outcome" and on is not None and text.strip():
                values["decided_on"] = on.isoformat()
            changed = _edit(office, act, person, values, reason)
    return replace(changed, act=act.id)


def _service(reason: str) -> str:
    """What the journal calls an act that changes fields by hand."""
    return "people.correct" if reason.strip() else "people.edit"


@judged_first
def move(office: Office, person_id: int, place: str, on: date | None) -> Changed:
    """Record that a person lives in `place` from a day on; the stay before ends the day before."""
    with office.act("people.residence") as act:
        changed = _move(office, act, person_id, place, on)
    return Changed(act.id, changed)


def timeline(office: Office, person_id: int) -> tuple[TimelineEvent, ...]:
    """The dated facts of a file in order, with today among them."""
    present, today, programme = file(office, person_id), office.clock.today(), office.programme()
    person = present.person
    found: list[tuple[date | None, str, str | None]] = [
        (person.csq_issue_date, "csq", None),
        (csq_expiry(person, programme), "csq_expiry", None),
        (person.pr_filed_on, "pr_filed", None),
        (person.pr_acknowledged_on, "pr_acknowledged", None),
        (person.pr_confirmed_on, "pr_confirmed", None),
        (person.landed_on, "landed", None),
        (permits.passport_expiry(present), "passport_expiry", None),
        (person.died_on, "death", None),
        (today, "today", None),
    ]
    for contact in present.contacts:
        found.append((contact.on_day, "contact", contact.kind))
    for letter in present.letters:
        found.append((letter.letter_date, "letter", None))
        found.append((letter.letter_received_date, "letter_received", None))
    current = letters.current_letter(present)
    if current is not None and letters.letter_use(present) is None:
        found.append((letters.window_end(current, programme), "letter_limit", None))
    for application in present.own_applications:
        if application.received_at is not None:
            found.append((toronto_day(application.received_at), "received", application.code))
        if application.outcome is not None:
            found.append((application.decided_on, "decided", application.outcome))
    for permit in present.own_permits:
        found.append((permit.valid_from, "permit_from", None))
        found.append((permit.valid_until, "permit_until", None))
    events = [
        TimelineEvent(day, kind, detail, past=day <= today)
        for day, kind, detail in found
        if day is not None
    ]
    return tuple(sorted(events, key=lambda event: (event.day, event.kind == "today")))


def _edit(
    office: Office,
    act: Act,
    person_id: int,
    values: Mapping[str, str],
    reason: str = "",
    application: int | None = None,
) -> Changed:
    """Change fields of a person in an open act. Says which changed."""
    present = corrections.focused(file(office, person_id), application)
    values = hand_edits.without_theirs(office, values)
    typed, misdated = _typed(office, present, values)
    _refuse_taken(office, typed, person_id)
    corrections.check(present, typed, reason)
    state = pr_track.state_with(present.person, typed)
    if state is not None and state is not present.person.pr_state:
        typed.setdefault("pr_state", state)
    programme = office.programme()
    changed = hand_edits.erase(act, present, _emptied(values))
    changed += hand_edits.correct_letter(act, present, typed)
    present = corrections.focused(file(office, person_id), application)
    operations = field_plan.plan(present, typed, programme, by_hand=True)
    operations = corrections.with_permit(present, operations)
    hand = ByHand(office, reason.strip())
    plan_writing.execute(act, operations, person_id, programme, hand=hand)
    if reason.strip():
        act.details["reason"] = reason.strip()
    now_over = _over_cap(file(office, person_id)) - _over_cap(present)
    changed += field_plan.changed_fields(operations)
    return Changed(None, changed, bool(now_over), misdated)


def _over_cap(present: PersonFile) -> set[int]:
    """The person's own applications that are cancelled over the cap."""
    return {
        application.id
        for application in present.own_applications
        if application.outcome is Outcome.CANCELLED_OVER_CAP
    }


def _move(office: Office, act: Act, person_id: int, place: str, on: date | None) -> tuple[str, ...]:
    """Record a new residence in an open act. Returns the names of the fields that changed."""
    country, province = typed_fields.parse_place(office, place)
    present = file(office, person_id)
    for stay in present.residences:
        if on is None or (stay.from_day is not None and stay.from_day >= on):
            continue
        if stay.from_day is not None and (stay.until_day is None or stay.until_day >= on):
            act.update("residence", stay.id, {"until_day": on - timedelta(days=1)})
    values: dict[str, object] = {"country": country, "province": province}
    same = next((stay for stay in present.residences if stay.from_day == on), None)
    if same is not None:
        return ("residence",) if act.update("residence", same.id, values) else ()
    act.insert("residence", {**values, "person_id": person_id, "from_day": on})
    return ("residence",)


def _typed(
    office: Office, present: PersonFile | None, values: Mapping[str, str]
) -> tuple[dict[str, object], tuple[Misdated, ...]]:
    """The values of a form, or what is wrong with them as an error; and days out of order."""
    typed, problems = typed_fields.parse_all(office, values)
    _refuse(problems)
    if present is not None:
        hand_edits.check_permit(present, typed)
    wrong = typed_fields.contradictions(office, present, typed, _emptied(values))
    # A permit that ends before it begins is refused where its days are set, with both of them.
    told_there = ("permit_until", "permit_from", IMPOSSIBLE)
    _refuse([p for p in wrong if (p.field, p.beside, p.code) != told_there])
    return typed, typed_fields.out_of_order(wrong)


def _refuse(problems: Sequence[FieldProblem]) -> None:
    """Raise the first problem that blocks, if any. Errors: DomainError bad_value."""
    for problem in problems:
        if problem.blocks:
            raise InvalidInput(
                "bad_value",
                field=problem.field,
                issue=problem.code,
                beside=problem.beside,
                **problem.facts,
            )


def _emptied(values: Mapping[str, str]) -> list[str]:
    return [name for name, text in values.items() if not text.strip()]


_UNIQUE = tuple(
    field.named
    for field in (*PERSON, *LINKED)
    if field.kind is Kind.IDENTIFIER and field.has(Mark.UNIQUE)
)


def _taken(office: Office, typed: Mapping[str, object], own: int | None) -> list[str]:
    taken = []
    for name in _UNIQUE:
        value = typed.get(name)
        if value is not None:
            holders = queries.holders(office.register, name, str(value))
            taken += [name] if any(holder != own for holder in holders) else []
    return taken


def _refuse_taken(office: Office, typed: Mapping[str, object], own: int | None) -> None:
    for name in _taken(office, typed, own):
        raise Refused("identifier_taken", field=name)
