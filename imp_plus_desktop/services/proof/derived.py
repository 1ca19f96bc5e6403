# SPDX-License-Identifier: Apache-2.0
"""Computes again what the lists rest on, and finds what is kept otherwise.

    fault(office, thorough)    the first person whose lines differ, or None
    come_along(office)         takes the lines of an office's register along to another place

Of many people some are looked at, other ones each time; `thorough` looks at everybody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress, halves, step_of
from imp_plus_desktop.storage.history import derived
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.reads.summary import Basis, Summary

EVERYBODY = 2_000
"""So many people are all looked at."""
SOME = 200
"""So many of more."""
_AT_ONCE = 500


def fault(office: Office, *, thorough: bool = False) -> str | None:
    """What is wrong first: `person: ID` whose lines or words in the index are not what the file
    says, `words: COUNT` kept for the search and in nobody's name. The lines must be up to date, but
    for those whom others touch meanwhile."""
    register, basis = office.register, summary.basis(office)
    hidden = closed.hidden_without_act(register)
    if hidden is not None:
        return f"person: {hidden}"
    # Those that others have touched since the lines were brought up to date have none.
    stale = summary.stale_people(office)
    people = [person for person in closed.listed(register) if person not in stale]
    looked_at = people if thorough else _some(people)
    for lines in _lines(office, looked_at, basis):
        person = derived.differing(register, lines, basis)
        if person is not None:
            return f"person: {person}"
    strays = register.db.search.strays() if len(looked_at) == len(people) else 0
    return f"words: {strays}" if strays else None


def come_along(office: Office, there: Office, progress: Progress | None = None) -> bool:
    """Take what lists show of everybody along to an office on a register that holds the same, in
    the caller's transaction on both: to make it takes an hour of a million people. Its words are
    found anew, and of its lines as many are computed again as a check computes. Returns whether
    they came; otherwise none is there, and lists make them.

    They do not come where half of them would be made anew here too.
    """
    people, stale = closed.listed(office.register), summary.stale_people(office)
    if len(stale) * 2 >= len(people):
        return False
    first, second = halves(progress)
    came = derived.carry(office.register, there.register, step_of(first))
    if not came or not _hold(there, _some(sorted(set(people) - stale))):
        derived.forget(there.register)
        return False
    derived.index(office.register, there.register, step_of(second))
    summary.note_where_whole(there)
    return True


def _hold(office: Office, people: Sequence[int]) -> bool:
    """Whether the lines of people are what their files say today."""
    basis = summary.basis(office)
    return all(
        derived.lines_differing(office.register, lines, basis) is None
        for lines in _lines(office, people, basis)
    )


def _some(people: Sequence[int]) -> Sequence[int]:
    """Everybody, or some of many."""
    return people if len(people) <= EVERYBODY else random.sample(people, SOME)


def _lines(office: Office, people: Sequence[int], basis: Basis) -> Iterator[list[Summary]]:
    """The lines of people, computed anew, some at a time."""
    programme = office.programme()
    for start in range(0, len(people), _AT_ONCE):
        files = queries.files(office.register, people[start : start + _AT_ONCE])
        yield [standing.compute(file, programme, basis.day, basis.cap_full) for file in files]
