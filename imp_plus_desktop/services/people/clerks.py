# SPDX-License-Identifier: Apache-2.0
"""Who in the office answers for which files, and giving files to somebody.

A clerk is a name, as the settings know the user's; there is no list of accounts behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.storage.reads import figures


def names(office: Office) -> list[str]:
    """Everybody who answers for a file, in the order of the names."""
    return figures.clerks(office.register)


def assign(office: Office, people: Sequence[int], clerk: str) -> Changed:
    """Give files to a clerk as one act; an empty name leaves them to nobody.

    Errors: DomainError person_not_found.
    """
    name = " ".join(clerk.split()) or None
    with office.act("clerks.assign") as act:
        present = act.stored_many("person", list(people))
        for number in set(people) - present.keys():
            raise person_file.missing(office, "person", number, "person_not_found")
        changed = [n for n in dict.fromkeys(people) if act.update("person", n, {"clerk": name})]
        act.details["counts"] = {"files": len(changed)}
    return Changed(act.id, ("clerk",) if changed else ())
