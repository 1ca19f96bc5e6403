# SPDX-License-Identifier: Apache-2.0
"""One row that hangs on a person, within an act: recorded, corrected, taken out.

What may stand in a row, and which person may have one, is checked by the module of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.records.catalogue import rows_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.act import Act


def write(
    office: Office,
    act: Act,
    entity: str,
    person_id: int,
    number: int | None,
    values: Mapping[str, object],
) -> tuple[int, tuple[str, ...]]:
    """Record a row (`number` None), or correct that one. Returns its id and what changed.

    Errors: DomainError not_in_file; TakenOut.
    """
    if number is None:
        made = act.insert(entity, {**values, "person_id": person_id})
        return made, tuple(name for name, value in values.items() if value is not None)
    check_in_file(office, act, entity, person_id, number)
    return number, act.update(entity, number, values)


def merged(
    act: Act, entity: str, file: PersonFile, number: int | None, values: Mapping[str, object]
) -> Mapping[str, object]:
    """What a row of a file will hold: what the form was changed to, and what the other desks have
    put there meanwhile. That is what has to be judged, not what nobody wrote."""
    row = next((one for one in rows_of(file, entity) if one.id == number), None)
    if row is None or number is None:
        return values
    theirs = {name: getattr(row, name) for name in act.left_alone(entity, number, values)}
    return {**values, **theirs}


def remove(office: Office, act: Act, entity: str, person_id: int, number: int) -> None:
    """Take a row out of a file. Errors: DomainError not_in_file; TakenOut."""
    check_in_file(office, act, entity, person_id, number)
    act.delete(entity, number)


def check_in_file(office: Office, act: Act, entity: str, person_id: int, number: int) -> None:
    """Refuse a row that is not, or no longer, in this person's file. Errors: not_in_file;
    TakenOut."""
    stored = act.stored(entity, number)
    if stored is None:
        raise person_file.missing(office, entity, number, "not_in_file")
    if stored["person_id"] != person_id:
        raise InvalidInput("not_in_file")
