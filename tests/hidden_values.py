# SPDX-License-Identifier: Apache-2.0
"""Values that a server hides from who only reads, planted in every place that may hold one.

plant(office, folder)           by the services, as a desk would
planted_desks(name, folder)     while it lasts, the desks of a register that has them
PLANTED                   how they are told, in whatever form
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from office_builders import a_list, add_member, invite, person_values, receive
from server_desks import Desks

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Shape
from imp_plus_desktop.domain.values.codes import DocumentType, Relation
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.imports import import_drafts, imports
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import attachments, folder, people

UCI, UCI_BEFORE, UCI_OF_CHILD = "91-8273-6455", "91-8273-0011", "91-4455-6677"
PASSPORT, PASSPORT_BEFORE, PASSPORT_OF_CHILD = "ZQ7654321", "ZQ7000011", "ZQ7654399"
IN_LIST, HELD, MENDED = "ZQ5550001", "ZQ5550002", "ZQ5550003"
BORN, BORN_BEFORE = "1931-03-09", "1932-08-17"
CHILD_BORN, TURNS_18, TURNS_22 = "2006-02-17", "2024-02-17", "2028-02-17"
LISTED_BORN, PARTLY_BORN = "1933-06-19", "1935-07"

PLANTED = (
    *(UCI, UCI.replace("-", ""), UCI_BEFORE, UCI_OF_CHILD, UCI_OF_CHILD.replace("-", "")),
    *(PASSPORT, PASSPORT_BEFORE, PASSPORT_OF_CHILD, IN_LIST, HELD, MENDED),
    *(PASSPORT.lower(), PASSPORT.lower()[::-1], UCI.replace("-", "")[::-1]),
    *(BORN, BORN.replace("-", ""), BORN_BEFORE, CHILD_BORN, CHILD_BORN.replace("-", "")),
    *(TURNS_18, TURNS_22, LISTED_BORN, PARTLY_BORN),
)
"""What a server keeps as a text somewhere, whole, without its signs or backwards."""
KEPT_BY_NOBODY = ("1931", "-02-17", "children_18", "9182736", "ZQ7", "ZQ5", "zq7")
"""What would tell one of them all the same, or stands in a packed list."""


def plant(office: Office, scratch: Path) -> None:
    """A register with all of them."""
    person = invite(
        office, 1, uci=UCI_BEFORE, birth_date=BORN_BEFORE, passport_number=PASSPORT_BEFORE
    )
    people.edit(office, person, {"uci": UCI, "birth_date": BORN}, reason="a slip")
    folder.save_passport(office, person, None, PASSPORT, date(2031, 1, 1))
    child = add_member(
        office,
        person,
        relation=Relation.CHILD,
        birth_date=date.fromisoformat(CHILD_BORN),
        uci=UCI_OF_CHILD,
        passport_number=PASSPORT_OF_CHILD,
        accompanying=True,
    )
    receive(office, person)
    summary.refresh(office)
    birthday = agenda.find(office, person, "age_22")
    agenda.move(office, birthday, date.fromisoformat(TURNS_18), "a test")
    agenda.acknowledge(office, agenda.find(office, person, "age_18"))
    picture = scratch / "passport.png"
    picture.write_bytes(_PNG + PASSPORT.encode())
    attachments.attach(office, person, DocumentType.PASSPORT, picture)
    drafts.keep(office, person, "note", f"passport {PASSPORT}")
    shape = Shape(
        filters=(ColumnFilter("person.birth_date", low=BORN), ColumnFilter("person.sex", ("F",))),
        named={"text": PASSPORT, "status": "invited"},
    )
    views.save(office, ListKind.PEOPLE, "old people", shape, shared=True)
    _lists(office, scratch)
    gone = invite(office, 5, birth_date=PARTLY_BORN)
    invite(office, 6, birth_date=PARTLY_BORN)
    file_bin.delete(office, gone, "a test")
    summary.refresh(office)
    assert family.one(office, child).uci == UCI_OF_CHILD


def _lists(office: Office, scratch: Path) -> None:
    """A list that came in, with a row that waits and one that was mended, and one that somebody has
    begun to check."""
    rows = [
        person_values(3, passport_number=IN_LIST, birth_date=LISTED_BORN),
        person_values(1, individual_reference="", passport_number=HELD, birth_date=BORN),
        person_values(4, passport_number="?", birth_date=LISTED_BORN),
    ]
    path = a_list(scratch / "list.xlsx", rows)
    mended = Repair("passport_number", MENDED, "Liste", 4)
    for is_last in (False, True):
        preview = imports.open_file(office, path)
        choices = replace(preview.choices, repairs=(mended,))
        import_drafts.keep(office, preview.source, choices)
        if not is_last:
            imports.commit(office, imports.plan_source(office, preview.source, choices))


_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


@contextmanager
def planted_desks(name: str, folder: Path) -> Iterator[Desks]:
    """The desks of a register on the tests' own server in which the values were planted."""
    made = Desks(name, folder)
    made.drop()
    made.make()
    plant(made.office("ana"), folder)
    yield made
    made.drop()
