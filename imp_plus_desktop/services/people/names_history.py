# SPDX-License-Identifier: Apache-2.0
"""Changes of name: the register shows the name of today and keeps those of before.

The search and the import find a person by each of them.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.office.person_file import Changed


@judged_first
def change_name(
    office: Office,
    person_id: int,
    family_name: str,
    given_names: str | None,
    until: date | None = None,
) -> Changed:
    """Give a person a new name; the present one is kept as theirs until a day, as one act.

    Errors: DomainError missing_name, same_name, in_the_future, person_not_found.
    """
    family, given = _names(family_name, given_names)
    with office.act("people.rename") as act:
        row_days.check(office, "former_name", {"until_day": until})
        person = person_file.file_of(office, person_id).person
        if (family, given) == (person.family_name, person.given_names):
            raise InvalidInput("same_name")
        former = {"family_name": person.family_name, "given_names": person.given_names}
        act.insert("former_name", {**former, "person_id": person_id, "until_day": until})
        changed = act.update("person", person_id, {"family_name": family, "given_names": given})
    return Changed(act.id, changed)


@judged_first
def save_former(
    office: Office,
    person_id: int,
    former_id: int | None,
    family_name: str,
    given_names: str | None,
    until: date | None = None,
) -> Changed:
    """Record or correct a name of before, without a change of the present one.

    Errors: DomainError missing_name, in_the_future, person_not_found, not_in_file.
    """
    family, given = _names(family_name, given_names)
    values = {"family_name": family, "given_names": given, "until_day": until}
    with office.act("people.former_name") as act:
        row_days.check(office, "former_name", {"until_day": until})
        person_file.file_of(office, person_id)
        _number, changed = entries.write(office, act, "former_name", person_id, former_id, values)
    return Changed(act.id, changed)


def delete_former(office: Office, person_id: int, former_id: int) -> Changed:
    """Forget a name of before. Errors: DomainError not_in_file."""
    with office.act("people.former_name") as act:
        entries.remove(office, act, "former_name", person_id, former_id)
    return Changed(act.id, ("former_name",))


def _names(family_name: str, given_names: str | None) -> tuple[str, str | None]:
    family, given = " ".join(family_name.split()), " ".join((given_names or "").split())
    if not family and not given:
        raise InvalidInput("missing_name")
    # A person with one name only has it as the family name.
    return (family, given or None) if family else (given, None)
