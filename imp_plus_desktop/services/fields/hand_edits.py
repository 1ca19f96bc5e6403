# SPDX-License-Identifier: Apache-2.0
"""What an entry by hand does that a list never would: a field is emptied, a letter's date put
right, and a permit typed where one can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.letters import letters
from imp_plus_desktop.domain.records.catalogue import BY_NAME, LINKED, PERSON_FIELDS
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.tables.columns import encode

_WITHOUT_PERMIT = (
    ApplicationState.REFUSED,
    ApplicationState.WITHDRAWN,
    ApplicationState.RETURNED,
    ApplicationState.CANCELLED_OVER_CAP,
)


def check_permit(present: PersonFile, typed: Mapping[str, object]) -> None:
    """A permit that is typed has a day, and none is of what was refused, withdrawn or returned.

    Errors: DomainError permit_without_day, illegal_move.
    """
    told = {name for name, value in typed.items() if value is not None}
    if not told & {"permit_number", "permit_from", "permit_until"}:
        return
    own = present.own_applications
    held = own and present.permits_of(own[-1].id)
    if not held and not told & {"permit_from", "permit_until", "decided_on"}:
        raise InvalidInput("permit_without_day")
    if own and own[-1].state in _WITHOUT_PERMIT and typed.get("outcome") != Outcome.APPROVED:
        raise Refused("illegal_move", state=own[-1].state.value, to="permit_issued")


_ERASABLE: Mapping[str, tuple[str, str]] = {
    field.named: (field.entity, field.name) for field in LINKED if field.has(Mark.ERASABLE)
}
"""Fields beside the person that can be emptied alone: of the latest one. The others go whole."""


def without_theirs(office: Office, values: Mapping[str, str]) -> Mapping[str, str]:
    """The texts of a form without those for which what another desk has put there was chosen."""
    left = {} if office.shown is None else office.shown.to_others()
    if not left:
        return values
    typed, _problems = typed_fields.parse_all(office, values)

    def is_mine(name: str) -> bool:
        known = BY_NAME.get(name)
        cell = ("", "") if known is None else (known.entity, known.name)
        return cell not in left or left[cell] != encode(typed.get(name))

    return {name: text for name, text in values.items() if is_mine(name)}


def erase(act: Act, present: PersonFile, names: Sequence[str]) -> tuple[str, ...]:
    """Set fields to nothing. Errors: DomainError missing_name, cannot_erase."""
    columns = {name: None for name in names if name in PERSON_FIELDS}
    if "family_name" in columns:
        raise InvalidInput("missing_name")
    changed = act.update("person", present.person.id, columns) if columns else ()
    latest: Mapping[str, Sequence[Any]] = {
        "letter": present.letters,
        "residence": present.residences,
        "passport": present.passports,
        "application": present.own_applications,
        "permit": present.own_permits,
    }
    for name in names:
        if name in columns:
            continue
        entity, column = _ERASABLE.get(name, ("", ""))
        if not entity:
            raise InvalidInput("cannot_erase", field=name)
        if latest[entity] and act.update(entity, latest[entity][-1].id, {column: None}):
            changed += (name,)
    return changed


def correct_letter(act: Act, present: PersonFile, typed: Mapping[str, object]) -> tuple[str, ...]:
    """By hand, another date corrects the latest letter; a list would add one."""
    day = typed.get("letter_date")
    known = {letter.letter_date for letter in present.letters}
    current = letters.current_letter(present)
    if day is None or current is None or day in known:
        return ()
    return act.update("letter", current.id, {"letter_date": day})
