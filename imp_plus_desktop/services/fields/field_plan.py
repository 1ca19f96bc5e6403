# SPDX-License-Identifier: Apache-2.0
"""Merges typed field values (those of the import table) into a file.

Pure: a file and values give the rows to insert and the fields to update, so that a preview, an
import and an entry by hand all do the same; `plan_writing.py` writes them. An absent value never
erases what the register knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from imp_plus_desktop.domain.permits.permits import permit_end
from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.catalogue import IN_FAMILY, PARTLY, columns_of, known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.residence.residence import CANADA
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import ApplicationKind
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.partial_days import agrees
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields.application_plan import (
    OF_APPLICATIONS,
    PERMIT_COLUMNS,
    application_operations,
    check_received,
    kind_of,
    matching,
    renumbered,
    retold_kinds,
    with_present_number,
)
from imp_plus_desktop.services.fields.foreseen import Foreseen
from imp_plus_desktop.services.fields.more_plan import (
    OF_APPLICATION,
    OF_MORE,
    OF_ROUTE,
    of_application,
    of_other_route,
    of_person,
    route_of,
)
from imp_plus_desktop.services.fields.operations import (
    Operation,
    Values,
    operation,
    same_value,
)
from imp_plus_desktop.services.fields.tellings import (
    SIDE_BY_SIDE,
    filed_first,
    told_apart,
)

__all__ = ["Operation", "Values", "changed_fields", "plan", "same_value"]

_PERSON_COLUMNS = columns_of("person")
_LETTER_COLUMNS = columns_of("letter")
_RESIDENCE_COLUMNS = columns_of("residence")
_PASSPORT_COLUMNS = columns_of("passport")
_NOTE_COLUMNS = {listed.NOTE.named: listed.NOTE.name}
_IN_BULK = frozenset(_NOTE_COLUMNS)
_BESIDE = SIDE_BY_SIDE | (OF_MORE - _IN_BULK) | frozenset(IN_FAMILY)
"""What only a whole plan brings, even of somebody new."""
OF_HISTORY = OF_APPLICATIONS | _BESIDE


def plan(
    file: PersonFile | None,
    values: Values,
    programme: Programme,
    *,
    by_hand: bool = False,
    today: date | None = None,
    second_letters: bool = False,
) -> tuple[Operation, ...]:
    """What it takes for the register to hold these values; nothing when it already does.

    `file` None plans a new person. The order is that of writing: parents first. An entry by hand
    corrects the latest application, where a list may bring others, several in one row too. What
    the row saw without a day was seen `today`. A date a few days beside that of a letter on file is
    its own put right, which somebody has to confirm, or with `second_letters` another letter's.
    Errors: DomainError permit_ends_before_issue, not_received_yet.
    """
    known = _told(file, values, by_hand)
    told = told_apart(known)
    foreseen = Foreseen(file)
    operations: list[Operation] = []

    def add(more: Iterator[Operation]) -> None:
        planned = tuple(more)
        foreseen.write(planned)
        operations.extend(planned)

    add(_person(foreseen.file, told.own))
    add(_letter(foreseen.file, told.own, moved=not by_hand and not second_letters))
    add(_residence(foreseen.file, told.own))
    for passport in told.passports:
        add(_passport(foreseen.file, passport))
    own = file.own_applications if file is not None else ()
    if by_hand:
        check_received(own[-1] if own else matching(file, known, programme), known)
    tellings = filed_first(told)
    beside = {telling.get("application_number") for telling in tellings} - {None}
    for telling in tellings:
        if by_hand and own:
            present: Application | None = own[-1]
        else:
            present = matching(foreseen.file, telling, programme, beside)
        add(_history(foreseen.file, present, telling, programme, by_hand=by_hand))
        add(of_application(foreseen.file, present, telling, today))
    add(of_person(foreseen.file, told.own, programme))
    if foreseen.file and not by_hand and any(op.entity == "permit" for op in operations):
        add(retold_kinds(foreseen.file, programme, _stated(operations)))
    return tuple(operations)


def _told(file: PersonFile | None, values: Values, by_hand: bool) -> Values:
    """The values that say something; of a list's, those that the register does not know better."""
    known = values
    if None in values.values():
        known = {name: value for name, value in values.items() if value is not None}
    return known if by_hand or file is None else without_poorer(file.person, known)


def without_poorer(present: Person | Member, known: Values) -> Values:
    """What a list says, without what the register knows better already.

    A part of a day never replaces a whole one, nor a year its month; two citizenships that are
    both recorded are the same in any order.
    """
    left_out = set()
    for day, part in PARTLY.items():
        told, held = known.get(part), known_of(present, day)
        if told is None or held is None:
            continue
        if isinstance(held, date) or (agrees(told, held) and len(held) > len(told)):
            left_out.add(part)
    recorded = {present.citizenship, present.second_citizenship} - {None}
    told_of = {known.get("citizenship"), known.get("second_citizenship")} - {None}
    if present.citizenship is not None and recorded.issuperset(told_of):
        left_out |= {"citizenship", "second_citizenship"}
    return {name: value for name, value in known.items() if name not in left_out}


def disagreeing(file: PersonFile, values: Values) -> tuple[str, str, str] | None:
    """What is said of a day known in part in the list that cannot be the whole one of the register,
    which stays."""
    for day, part in PARTLY.items():
        told, held = values.get(part), getattr(file.person, day)
        if told is not None and held is not None and not agrees(told, held):
            return "birth_disagrees", day, "warning"
    return None


def plan_history(values: Values, programme: Programme) -> tuple[Operation, ...]:
    """The application and the permit of a new person, as `plan` has them; what else the row tells
    is for `new_files`. Errors: DomainError permit_ends_before_issue."""
    known = {name: value for name, value in values.items() if value is not None}
    return tuple(_history(None, None, known, programme))


def is_person_alone(values: Values) -> bool:
    """Whether a row tells of a person and nothing of an application or a permit."""
    return OF_HISTORY.isdisjoint(values)


def needs_whole_plan(values: Values) -> bool:
    """Whether a row tells what `plan_history` and `new_files` leave out: several applications side
    by side, what was paid, what IRCC asked."""
    return not _BESIDE.isdisjoint(values)


def changed_fields(operations: tuple[Operation, ...]) -> tuple[str, ...]:
    """The import fields that a plan changes, in the order of writing."""
    return tuple(dict.fromkeys(name for op in operations for name in op.fields))


def _person(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    present = file.person if file is not None else None
    if present is None:
        # A person may have one name only: it is then the family name.
        known = dict(known)
        if "family_name" not in known:
            known["family_name"] = known.pop("given_names")
    elif "family_name" not in known and _is_the_one_name(present, known.get("given_names")):
        known = {n: v for n, v in known.items() if n != "given_names"}
    elif file is not None and _is_former_name(file, known):
        # An older list still has the former name: it does not undo the change of name.
        known = {n: v for n, v in known.items() if n not in ("family_name", "given_names")}
    yield from operation("person", present, known, _PERSON_COLUMNS)


def _is_the_one_name(present: Person, given: object) -> bool:
    """Whether a given name alone is what the register keeps as a person's only name."""
    return present.given_names is None and fold(str(given or "")) == fold(present.family_name)


def _is_former_name(file: PersonFile, known: Values) -> bool:
    """Whether a row names a person as they were called before a change of name."""
    names = (fold(known.get("family_name") or ""), fold(known.get("given_names") or ""))
    return any(
        names == (fold(former.family_name), fold(former.given_names or ""))
        for former in file.former_names
    )


def _note(_file: PersonFile | None, known: Values) -> Iterator[Operation]:
    """The remark of somebody new."""
    yield from operation("note", None, known, _NOTE_COLUMNS)


_FEW_DAYS = timedelta(days=7)
"""How far the date of a letter may move for it to be the same one."""


def _letter(file: PersonFile | None, known: Values, *, moved: bool = False) -> Iterator[Operation]:
    """A letter of that date; `moved`: or one whose date has moved by a few days."""
    letters = file.letters if file is not None else ()
    if "letter_date" not in known:
        # A receipt alone speaks of the latest letter.
        if "letter_received_date" in known and letters:
            yield from operation(
                "letter", letters[-1], known, {"letter_received_date": "letter_received_date"}
            )
        return
    day = known["letter_date"]
    present = next((x for x in letters if x.letter_date == day), None)
    if present is None and moved:
        near = [x for x in letters if abs(x.letter_date - day) <= _FEW_DAYS]
        present = near[-1] if near else None
    yield from operation("letter", present, known, _LETTER_COLUMNS)


def _residence(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    country, province = known.get("residence_country"), known.get("residence_province")
    if country is None and province is None:
        return
    country = country or CANADA
    stays = file.residences if file is not None else ()
    for stay in stays:
        if stay.until_day is None and stay.country == country and province in (None, stay.province):
            return
    open_ones = [stay for stay in stays if stay.from_day is None]
    present = open_ones[-1] if open_ones else None
    told = {"residence_country": country, "residence_province": province}
    yield from operation("residence", present, told, _RESIDENCE_COLUMNS)


def _passport(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    number = known.get("passport_number")
    if _PASSPORT_COLUMNS.keys().isdisjoint(known):
        return
    passports = file.passports if file is not None else ()
    present = next((x for x in passports if number is not None and x.number == number), None)
    if present is None and number is None and passports:
        present = passports[-1]
    if present is None:
        present = next((x for x in passports if x.number is None), None)
    yield from operation("passport", present, known, _PASSPORT_COLUMNS)


def _history(
    file: PersonFile | None,
    present: Application | None,
    known: Values,
    programme: Programme,
    *,
    by_hand: bool = False,
) -> Iterator[Operation]:
    """What a row writes of one application, which the register may have, and of its permit."""
    route = route_of(known)
    told = OF_APPLICATIONS | OF_APPLICATION
    if told.isdisjoint(known) and (route is None or OF_ROUTE.isdisjoint(known)):
        return
    if route is not None:
        yield from of_other_route(file, route, known)
        return
    stated = known.get("application_kind")
    if stated is not None or present is None:
        kind = kind_of(file, known, programme)
    else:
        kind = present.kind
    known = with_present_number(file, present, known)
    if not by_hand:
        yield from renumbered(file, present, known)
    yield from application_operations(present, known, kind)
    yield from permit_operations(file, present, known, programme, kind)


def _stated(operations: Sequence[Operation]) -> frozenset[int]:
    """The applications whose kind the plan states, by the numbers that they have in it."""
    stated, inserted = set[int](), 0
    for op in operations:
        inserted += op.number is None
        if op.entity == "application" and "application_kind" in op.fields:
            stated.add(-inserted if op.number is None else op.number)
    return frozenset(stated)


def permit_operations(
    file: PersonFile | None,
    application: Application | None,
    known: Values,
    programme: Programme,
    kind: ApplicationKind,
    principal_until: date | None = None,
) -> Iterator[Operation]:
    """What a row writes of an application's permit; a member's ends with the principal's.

    Errors: DomainError permit_ends_before_issue.
    """
    if not any(name in known for name in PERMIT_COLUMNS):
        return
    permits = file.permits_of(application.id) if file and application else ()
    if file is not None and application is not None and permits:
        yield from _permit_corrected(file, kind, permits[-1], known, programme)
        return
    new = new_permit(known, programme, kind, _expiry(file, known), principal_until)
    if new is not None and application is not None:
        values = {**new.values, "application_id": ApplicationId(application.id)}
        new = new._replace(values=values)
    if new is not None:
        yield new


def new_permit(
    known: Values,
    programme: Programme,
    kind: ApplicationKind,
    passport_expiry: date | None,
    principal_until: date | None = None,
) -> Operation | None:
    """The permit that a row tells of an application that has none; None where nothing says from
    when. Errors: DomainError permit_ends_before_issue."""
    start, until = _permit_start(known, programme, kind), known.get("permit_until")
    if start is None:
        return None
    end = permit_end(start, until, passport_expiry, programme, kind, principal_until)
    values: dict[str, object] = {
        "permit_number": known.get("permit_number"),
        "valid_from": end.valid_from,
        "valid_until": end.valid_until,
        "province": "QC",
        "limited_by": end.limited_by,
        "lost_days": end.lost_days,
    }
    return Operation("permit", None, values, tuple([n for n in PERMIT_COLUMNS if n in known]))


def _permit_start(known: Values, programme: Programme, kind: ApplicationKind) -> date | None:
    """A new permit's first day: the one stated, else as its last day and the decision allow."""
    start, until, decided = (
        known.get(name) for name in ("permit_from", "permit_until", "decided_on")
    )
    if isinstance(start, date) or not isinstance(until, date):
        return start or decided
    # A permit of the full term began so much earlier, one issued at entry after the decision.
    earliest = add_months(until, -programme.permit_months(kind))
    return earliest if decided is None or decided > until else max(decided, earliest)


def _permit_corrected(
    file: PersonFile,
    kind: ApplicationKind,
    present: Permit,
    known: Values,
    programme: Programme,
) -> Iterator[Operation]:
    """A permit's days as told; another first or last day asks again what has set it."""
    begins = known.get("permit_from") or present.valid_from
    ends = known.get("permit_until") or present.valid_until
    if begins > ends:
        raise Refused("permit_ends_before_issue", issued=begins, until=ends)
    for op in operation("permit", present, known, PERMIT_COLUMNS):
        if op.values.keys() <= {"permit_number"}:
            yield op
            continue
        passport = _passport_until(file, ends) or _expiry(file, known)
        told = permit_end(begins, ends, passport, programme, kind)
        again = {"limited_by": told.limited_by, "lost_days": told.lost_days}
        yield op._replace(values={**op.values, **again})


def _passport_until(file: PersonFile, day: date) -> date | None:
    """The day itself where one of the passports ends on it: that one has set a permit's end."""
    return day if any(p.expiry == day for p in file.passports) else None


def _expiry(file: PersonFile | None, known: Values) -> date | None:
    expiry = known.get("passport_expiry")
    if isinstance(expiry, date):
        return expiry
    known_ones = [p.expiry for p in file.passports if p.expiry] if file is not None else []
    return max(known_ones, default=None)
