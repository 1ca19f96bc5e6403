# SPDX-License-Identifier: Apache-2.0
"""An act, and what the lists ask after it, costs no more among many people than among few.

Counted in steps of SQLite's machine and not in seconds: the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from office_builders import (
    AT,
    TODAY,
    a_list,
    add_member,
    decide,
    import_file,
    invite,
    issue,
    person_values,
    receive,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import ContactKind, DocumentState, DocumentType
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.history import file_bin, history, own_acts
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, documents, people

FEW, MANY = 120, 720
_AT_A_TIME = 10
_SAME = 400
"""Steps that two runs may differ by: a b-tree is a level deeper, a date sorts otherwise. A scan of
the people takes several a person."""


@dataclass
class Steps:
    """Counts SQLite's steps by name."""

    office: Office
    taken: dict[str, int] = field(default_factory=dict)
    _now: int = 0

    def __post_init__(self) -> None:
        self.office.register.db.connection().set_progress_handler(self._on_steps, _AT_A_TIME)

    def _on_steps(self) -> int:
        self._now += _AT_A_TIME
        return 0

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        before = self._now
        yield
        self.taken[name] = self._now - before


def _born(number: int) -> str:
    """No two on one day: who has the birth date of a new person is looked at."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def an_office(folder: Path, count: int) -> Office:
    folder.mkdir()
    office = open_office(folder / "register.imp", today=TODAY)
    rows = [person_values(n, birth_date=_born(n)) for n in range(1, count)]
    import_file(office, a_list(folder / "list.xlsx", rows))
    contacts.save(office, 1, None, ContactKind.CALLED, "Le jour commence", TODAY)  # and its copy
    summary.refresh(office)
    return office


def a_day_of(office: Office) -> dict[str, int]:
    """The steps of each act of a day, and of bringing the lists up to date after it."""
    steps = Steps(office)

    def done(name: str, act: Callable[[], object]) -> None:
        with steps.of(name):
            act()
        with steps.of(f"the lists after {name}"):
            summary.refresh(office)

    done("a contact", lambda: contacts.save(office, 7, None, ContactKind.CALLED, "Appelé", TODAY))
    done("a field", lambda: people.set_value(office, "C1000007", "email", "a@exemple.ca"))
    done("a document", lambda: documents.set_document(
        office, 7, DocumentType.CSQ, DocumentState.RECEIVED))  # fmt: skip
    done("an undo", lambda: history.undo(office))
    with steps.of("what may be undone"):
        own_acts.last_undoable(office)
    further = person_values(7, birth_date=_born(7), letter_date="2023-10-02")
    import_file(office, a_list(office.register.path.with_name("further.xlsx"), [further]))
    assert len(people.file(office, 7).letters) == 2
    done("the undo of a list", lambda: history.undo(office))
    assert len(people.file(office, 7).letters) == 1
    done("a file to the bin", lambda: file_bin.delete(office, 8, "twice"))
    done("a person", lambda: invite(office, 9000))
    person = people.find(office, "C1009000")
    done("a member", lambda: add_member(office, person))
    done("a receipt", lambda: receive(office, person, AT))
    application = people.file(office, person).applications[0].id
    done("a decision", lambda: decide(office, application))
    done("a permit", lambda: issue(office, application))
    named = agenda.find(office, person, agenda.items(office, person)[0].deadline.kind.value)
    done("a deadline", lambda: agenda.acknowledge(office, named))
    with steps.of("the latest acts"):
        history.acts(office)
    with steps.of("how many are stale"):
        summary.stale_count(office)
    with steps.of("the letters' years"):
        people.letter_years(office)
    with steps.of("a file"):
        people.file(office, person)
    return steps.taken


@pytest.mark.usefixtures("reads_here")
@pytest.mark.of_a_file("counts the steps of a file’s engine")
def test_an_act_costs_among_many_people_what_it_costs_among_few(tmp_path: Path) -> None:
    taken = []
    for count in (FEW, MANY):
        office = an_office(tmp_path / str(count), count)
        taken.append(a_day_of(office))
        office.close()
    few, many = taken
    dearer = {name: (few[name], many[name]) for name in few if many[name] > few[name] + _SAME}
    assert not dearer


@pytest.mark.usefixtures("reads_here")
def test_the_stale_are_found_however_they_became_so(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office", FEW)
    for number in range(1, FEW):
        contacts.save(office, number, None, ContactKind.CALLED, "Appelé", TODAY)
    assert summary.stale_count(office) == FEW - 1  # more than an act touches
    summary.refresh(office)
    office.register.db.execute_sql("DELETE FROM standing WHERE person_id = 3")
    assert summary.stale_count(office) == 1  # no act tells of it
    contacts.save(office, 5, None, ContactKind.CALLED, "Appelé", TODAY)
    assert summary.refresh(office) == 2
    assert summary.refresh(office) == 0
    office.close()
