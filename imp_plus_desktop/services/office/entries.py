# SPDX-License-Identifier: Apache-2.0
"""One row that hangs on a person, within an act: recorded, corrected, taken out.

What may stand in a row, and which person may have one, is checked by the module of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.journal.act import Act


def write(
    act: Act, entity: str, person_id: int, number: int | None, values: Mapping[str, object]
) -> tuple[int, tuple[str, ...]]:
    """Record a row (`number` None), or correct that one. Returns its id and what changed.

    Errors: DomainError not_in_file.
    """
    if number is None:
        made = act.insert(entity, {**values, "person_id": person_id})
        return made, tuple(name for name, value in values.items() if value is not None)
    check_in_file(act, entity, person_id, number)
    return number, act.update(entity, number, values)


def remove(act: Act, entity: str, person_id: int, number: int) -> None:
    """Take a row out of a file. Errors: DomainError not_in_file."""
    check_in_file(act, entity, person_id, number)
    act.delete(entity, number)


def check_in_file(act: Act, entity: str, person_id: int, number: int) -> None:
    """Refuse a row that is not, or no longer, in this person's file. Errors: not_in_file."""
    stored = act.stored(entity, number)
    if stored is None or stored["person_id"] != person_id:
        raise InvalidInput("not_in_file")
