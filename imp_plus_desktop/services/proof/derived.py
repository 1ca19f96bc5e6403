# SPDX-License-Identifier: Apache-2.0
"""Computes again what the lists rest on, and finds what is kept otherwise.

    fault(office, thorough)    the first person whose lines differ, or None

Of many people some are looked at, other ones each time; `thorough` looks at everybody.
"""

from __future__ import annotations

import random

from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import derived
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries

EVERYBODY = 2_000
"""So many people are all looked at."""
SOME = 200
"""So many of more."""
_AT_ONCE = 500


def fault(office: Office, *, thorough: bool = False) -> str | None:
    """What is wrong first: `person: ID` whose lines or words in the index are not what the file
    says, `words: COUNT` kept for the search and in nobody's name. The lines must be up to date."""
    register, basis = office.register, summary.basis(office)
    programme = office.programme()
    hidden = closed.hidden_without_act(register)
    if hidden is not None:
        return f"person: {hidden}"
    people = closed.listed(register)
    everybody = thorough or len(people) <= EVERYBODY
    looked_at = people if everybody else random.sample(people, SOME)
    for start in range(0, len(looked_at), _AT_ONCE):
        files = queries.files(register, looked_at[start : start + _AT_ONCE])
        lines = [standing.compute(file, programme, basis.day, basis.cap_full) for file in files]
        person = derived.differing(register, lines, basis)
        if person is not None:
            return f"person: {person}"
    strays = register.db.search.strays() if everybody else 0
    return f"words: {strays}" if strays else None
