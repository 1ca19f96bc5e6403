# SPDX-License-Identifier: Apache-2.0
"""Merges typed field values (those of the import table) into a file.

Pure: a file and values give the rows to insert and the fields to update, so that a preview, an
import and an entry by hand all do the same; `plan_writing.py` writes them. An absent value never
erases what the register knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.permits.permits import permit_end
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.catalogue import columns_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.residence.residence import CANADA
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.values.values import IDENTIFIER_FIELDS
from imp_plus_desktop.services.fields.application_plan import (
    check_received,
    matching,
    same_receipt,
    state_of,
)
from imp_plus_desktop.storage.journal.act import NewFiles
from imp_plus_desktop.storage.tables.serialization import by_shape

_PERSON_COLUMNS = columns_of("person")
_LETTER_COLUMNS = columns_of("letter")
_RESIDENCE_COLUMNS = columns_of("residence")
_PASSPORT_COLUMNS = columns_of("passport")
_APPLICATION_COLUMNS = columns_of("application")
_PERMIT_COLUMNS = columns_of("permit")
_OF_APPLICATIONS = frozenset((*_APPLICATION_COLUMNS, *_PERMIT_COLUMNS))
_NEW: Mapping[str, Mapping[str, str]] = {
    "person": _PERSON_COLUMNS,
    "letter": _LETTER_COLUMNS,
    "residence": _RESIDENCE_COLUMNS,
    "passport": _PASSPORT_COLUMNS,
}
"""The import fields of a new file and the columns that they go to, by entity."""


class Operation(NamedTuple):
    """One row to insert (`number` None) or to update, with the import fields that it carries.

    A tuple, because a list makes many thousands of them.
    """

    entity: str
    number: int | None
    values: Mapping[str, object]
    fields: tuple[str, ...]


Values = Mapping[str, Any]


def plan(
    file: PersonFile | None,
    values: Values,
    programme: Programme,
    *,
    by_hand: bool = False,
) -> tuple[Operation, ...]:
    """What it takes for the register to hold these values; nothing when it already does.

    `file` None plans a new person. The order is that of writing: parents first. An entry by hand
    corrects the latest application, where a list may bring another one.
    Errors: DomainError permit_ends_before_issue, not_received_yet.
    """
    known = values
    if None in values.values():
        known = {name: value for name, value in values.items() if value is not None}
    own = file.own_applications if file is not None else ()
    application = own[-1] if by_hand and own else matching(file, known)
    if by_hand:
        check_received(application, known)
    return (
        *(
            operation
            for part in (_person, _letter, _residence, _passport)
            for operation in part(file, known)
        ),
        *_application(application, known),
        *_permit(file, application, known, programme),
    )


def plan_history(values: Values, programme: Programme) -> tuple[Operation, ...]:
    """The application and the permit of a new person, as `plan` has them; what else the row tells
    is for `new_files`. Errors: DomainError permit_ends_before_issue."""
    known = {name: value for name, value in values.items() if value is not None}
    return (*_application(None, known), *_permit(None, None, known, programme))


def is_person_alone(values: Values) -> bool:
    """Whether a row tells of a person and nothing of an application or a permit."""
    return _OF_APPLICATIONS.isdisjoint(values)


def new_files(rows: Sequence[Values]) -> list[NewFiles]:
    """What `plan` writes of many new people, their applications and permits left out.

    By columns, since a list brings thousands; `rows` hold no empty values.
    """
    found: list[NewFiles] = []
    for places, columns in by_shape(rows):
        known = dict(columns)
        if "family_name" not in known:
            known["family_name"] = known.pop("given_names")  # a person may have one name only
        if "residence_province" in known:
            country = known.setdefault("residence_country", [CANADA] * len(places))
            if set(country) != {CANADA}:
                found += [_one_file(place, rows[place]) for place in places]
                continue
        of_entities = {
            entity: {column: known[name] for name, column in names.items() if name in known}
            for entity, names in _NEW.items()
        }
        if "letter_date" not in known:
            of_entities["letter"] = {}
        found.append(NewFiles(places, {e: own for e, own in of_entities.items() if own}))
    return found


def _one_file(place: int, values: Values) -> NewFiles:
    parts = (_person, _letter, _residence, _passport)
    operations = (operation for part in parts for operation in part(None, values))
    return NewFiles(
        [place],
        {
            op.entity: {name: [value] for name, value in op.values.items() if value is not None}
            for op in operations
        },
    )


def changed_fields(operations: tuple[Operation, ...]) -> tuple[str, ...]:
    """The import fields that a plan changes, in the order of writing."""
    return tuple(dict.fromkeys(name for op in operations for name in op.fields))


def same_value(name: str, one: object, other: object) -> bool:
    """Whether two values of an import field say the same; numbers however they are hyphenated."""
    if one == other:
        return True
    if name in IDENTIFIER_FIELDS and isinstance(one, str) and isinstance(other, str):
        return normalise(one) == normalise(other)
    return False


def _differing(present: object, known: Values, names: Mapping[str, str]) -> dict[str, object]:
    """Of the known import fields, the columns whose present value is another one."""
    if present is None:
        return {column: known[name] for name, column in names.items() if name in known}
    return {
        column: known[name]
        for name, column in names.items()
        if name in known and not same_value(name, getattr(present, column), known[name])
    }


def _operation(
    entity: str, present: Any, known: Values, names: Mapping[str, str]
) -> Iterator[Operation]:
    if present is None:  # most rows of a new list: what is known is what is written
        fields = tuple([name for name in known if name in names])
        if fields:
            yield Operation(entity, None, {names[name]: known[name] for name in fields}, fields)
        return
    values = _differing(present, known, names)
    if values:
        fields = tuple([name for name, column in names.items() if column in values])
        yield Operation(entity, present.id, values, fields)


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
    yield from _operation("person", present, known, _PERSON_COLUMNS)


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


def _letter(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    letters = file.letters if file is not None else ()
    if "letter_date" not in known:
        # A receipt alone speaks of the latest letter.
        if "letter_received_date" in known and letters:
            yield from _operation(
                "letter", letters[-1], known, {"letter_received_date": "letter_received_date"}
            )
        return
    present = next((x for x in letters if x.letter_date == known["letter_date"]), None)
    yield from _operation("letter", present, known, _LETTER_COLUMNS)


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
    values = {"country": country, "province": province if country == CANADA else None}
    yield from _operation(
        "residence",
        present,
        {"residence_country": values["country"], "residence_province": values["province"]},
        _RESIDENCE_COLUMNS,
    )


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
    yield from _operation("passport", present, known, _PASSPORT_COLUMNS)


def _told(present: Application | None, known: Values) -> tuple[ApplicationState, dict[str, Any]]:
    """The state that a row gives an application, and what it says of it in the words of both."""
    told, state = dict(known), state_of(known, present)
    if state in (ApplicationState.PERMIT_ISSUED, ApplicationState.APPROVED):
        told["outcome"] = Outcome.APPROVED
    elif "outcome" in told:
        told["outcome"] = Outcome(told["outcome"])
    if present is not None and same_receipt(present, told):
        del told["received_at"]
    if state in PREPARING:
        # A day of decision alone tells nothing of what IRCC has not received.
        told.pop("decided_on", None)
    return state, told


def _application(present: Application | None, known: Values) -> Iterator[Operation]:
    if _OF_APPLICATIONS.isdisjoint(known):
        return
    state, known = _told(present, known)
    values = _differing(present, known, _APPLICATION_COLUMNS)
    if present is not None:
        if state is not present.state:
            values["state"] = state
        if values:
            fields = tuple(name for name in _APPLICATION_COLUMNS if name in values)
            yield Operation("application", present.id, values, fields)
        return
    fields = tuple(name for name in _APPLICATION_COLUMNS if name in values)
    values |= {"state": state, "code": ApplicationCode.A76, "kind": ApplicationKind.FIRST}
    yield Operation("application", None, values, fields)


def _permit(
    file: PersonFile | None, application: Application | None, known: Values, programme: Programme
) -> Iterator[Operation]:
    if not any(name in known for name in _PERMIT_COLUMNS):
        return
    permits = file.permits_of(application.id) if file and application else ()
    if file is not None and application is not None and permits:
        yield from _permit_corrected(file, application, permits[-1], known, programme)
        return
    start, until = _permit_start(known, programme), known.get("permit_until")
    if start is None:
        return  # a number alone gives no permit: nothing says from when
    end = permit_end(start, until, _expiry(file, known), programme, ApplicationKind.FIRST)
    values: dict[str, object] = {
        "permit_number": known.get("permit_number"),
        "valid_from": end.valid_from,
        "valid_until": end.valid_until,
        "province": "QC",
        "limited_by": end.limited_by,
        "lost_days": end.lost_days,
    }
    if application is not None:
        values["application_id"] = ApplicationId(application.id)
    yield Operation("permit", None, values, tuple(n for n in _PERMIT_COLUMNS if n in known))


def _permit_start(known: Values, programme: Programme) -> date | None:
    """A new permit's first day: the one stated, else as its last day and the decision allow."""
    start, until, decided = (
        known.get(name) for name in ("permit_from", "permit_until", "decided_on")
    )
    if isinstance(start, date) or not isinstance(until, date):
        return start or decided
    # A permit of the full term began so much earlier, one issued at entry after the decision.
    earliest = add_months(until, -programme.term_months)
    return earliest if decided is None or decided > until else max(decided, earliest)


def _permit_corrected(
    file: PersonFile,
    application: Application,
    present: Permit,
    known: Values,
    programme: Programme,
) -> Iterator[Operation]:
    """A permit's days as told; another first or last day asks again what has set it."""
    begins = known.get("permit_from") or present.valid_from
    ends = known.get("permit_until") or present.valid_until
    if begins > ends:
        raise Refused("permit_ends_before_issue", issued=begins, until=ends)
    for operation in _operation("permit", present, known, _PERMIT_COLUMNS):
        if operation.values.keys() <= {"permit_number"}:
            yield operation
            continue
        passport = _passport_until(file, ends) or _expiry(file, known)
        told = permit_end(begins, ends, passport, programme, application.kind)
        again = {"limited_by": told.limited_by, "lost_days": told.lost_days}
        yield operation._replace(values={**operation.values, **again})


def _passport_until(file: PersonFile, day: date) -> date | None:
    """The day itself where one of the passports ends on it: that one has set a permit's end."""
    return day if any(p.expiry == day for p in file.passports) else None


def _expiry(file: PersonFile | None, known: Values) -> date | None:
    expiry = known.get("passport_expiry")
    if isinstance(expiry, date):
        return expiry
    known_ones = [p.expiry for p in file.passports if p.expiry] if file is not None else []
    return max(known_ones, default=None)
