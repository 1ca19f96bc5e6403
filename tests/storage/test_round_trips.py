# SPDX-License-Identifier: Apache-2.0
"""How often a desk waits for its server, and that what it did not ask again is what is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import servers
from line_proxy import Proxy
from office_builders import (
    TODAY,
    a_list,
    add_member,
    import_file,
    invite,
    person_values,
    receive,
)
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.rows import PersonRow
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.values.codes import ContactKind, DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.agenda.overview import Overview
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import one_value
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.several import changes, many
from imp_plus_desktop.storage.engines.postgresql.line.memory import Habits, Memory
from imp_plus_desktop.storage.reads import figures, queries
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

DOZEN = 12


def turns(line: Proxy, use: Callable[[], object]) -> int:
    line.count()
    use()
    return line.turns


@pytest.fixture
def ids(desk: Office) -> list[int]:
    """People whose lists are up to date, and who are known to each page."""
    found = [invite(desk, number) for number in range(1, 21)]
    for person in found[:5]:
        receive(desk, person)
    summary.refresh(desk)
    return [int(person) for person in found]


def test_no_page_and_no_act_waits_more_than_a_dozen_times(
    desk: Office, line: Proxy, ids: list[int]
) -> None:
    seen = person_presenter.read(desk, ids[11])
    pages = {
        "overview": lambda: overview.overview(desk),
        "person": lambda: person_presenter.read(desk, ids[0]),
        "another person": lambda: person_presenter.read(desk, ids[7]),
        "file": lambda: people.file(desk, ids[1]),
        "receipt": lambda: receive(desk, ids[9]),
        "value": lambda: people.set_value(desk, f"#{ids[10]}", "phone", "514 555 0100"),
        "value in place": lambda: one_value.save(seen.office, seen.file, "phone", "514 555-0101"),
        "new person": lambda: invite(desk, 100),
    }
    counted = {name: turns(line, use) for name, use in pages.items()}
    assert {name: count for name, count in counted.items() if count > DOZEN} == {}
    summary.refresh(desk)
    # What was asked once is foreseen, but for how far the acts were looked through.
    assert turns(line, pages["overview"]) <= 2
    assert turns(line, lambda: person_presenter.read(desk, ids[3])) <= 5
    assert counted["file"] == 1


def test_a_list_of_changes_and_its_undo_wait_as_often_for_many_as_for_few(
    desk: Office, line: Proxy, tmp_path: Path
) -> None:
    everyone = range(1, 61)
    import_file(desk, a_list(tmp_path / "list.xlsx", [person_values(n) for n in everyone]))
    summary.refresh(desk)
    waited: dict[str, list[int]] = {"import": [], "undo": []}
    for count in (6, 60):
        changed = [
            person_values(
                n,
                phone="514 555-0100",
                letter_date="2023-10-02",
                letter_received_date="",
                residence_country="FRA",
                passport_number=f"AC{200_000 + n}",
            )
            for n in everyone[:count]
        ]
        read = imports.open_file(desk, a_list(tmp_path / f"{count}.xlsx", changed))
        waited["import"].append(turns(line, partial(imports.commit, desk, read)))
        before = queries.everything(desk.register, "letter", Letter, "id")
        waited["undo"].append(turns(line, lambda: history.undo(desk)))
        assert len(queries.everything(desk.register, "letter", Letter, "id")) == len(before) - count
        summary.refresh(desk)
    # Ten times as many rows are a longer message; each by itself would be sixty ways and more.
    assert {what: both for what, both in waited.items() if both[1] > 2 * both[0]} == {}


def test_what_is_done_to_many_waits_once_for_each(
    desk: Office, line: Proxy, ids: list[int]
) -> None:
    for change in (
        changes.clerk("Ana"),
        changes.tagged(["urgent"]),
        changes.document(DocumentType.CSQ, DocumentState.RECEIVED),
        changes.contact(ContactKind.CALLED, "Rappeler", TODAY),
    ):
        waited = [
            turns(line, partial(many.carry_out, desk, change, some)) for some in (ids[:4], ids[4:])
        ]
        assert waited[1] <= waited[0] + len(ids[8:]) + 3, change.service
        assert turns(line, lambda: history.undo(desk)) <= 20


def shown_by(window: QWidget) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel))


@pytest.mark.parametrize("page", ["overview", "people", "applications"])
def test_a_window_waits_no_more_than_a_dozen_times_to_show_an_act(
    desk: Office, line: Proxy, ids: list[int], page: str, qtbot: QtBot
) -> None:
    """The page in front with the person beside it, the side bar, and what can be undone."""
    window = MainWindow(desk, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    window.open_page(page, ids[0] if page == "people" else None)
    for number in range(3):
        people.set_value(desk, f"#{ids[0]}", "phone", f"514 555 010{number}")
        counted = turns(line, window.shell.changed)
    assert counted <= DOZEN
    assert people.file(desk, ids[0]).person.phone in shown_by(window) or page != "people"
    assert window.status.undo_text()


def _told(office: Office, person: int) -> tuple[PersonFile, PersonRow, str]:
    """What a page shows of somebody; its findings have no likes."""
    view = person_presenter.read(office, person)
    return view.file, view.row, view.identity


def test_what_was_foreseen_is_what_is_there(desk: Office, beside: Office, ids: list[int]) -> None:
    for person in (ids[0], ids[8]):
        for office in (desk, beside):
            summary.refresh(office)
        assert _told(desk, person) == _told(beside, person)
        receive(beside, ids[11] if person == ids[0] else ids[12])
        people.set_value(beside, f"#{person}", "phone", "514 555 0142")
        seen = _told(desk, person)
        assert seen[0].person.phone == "514 555 0142"
        assert seen == _told(beside, person)
    first = overview.overview(desk)
    receive(beside, ids[13])
    second = overview.overview(desk)
    assert second.board.used == first.board.used + 1
    other = overview.overview(beside)
    kept = [name for name in Overview.__slots__ if name != "visit"]  # which tells when it was
    assert [getattr(second, name) for name in kept] == [getattr(other, name) for name in kept]


def test_what_is_written_within_a_reading_is_seen_in_it(desk: Office, ids: list[int]) -> None:
    (before,) = queries.files(desk.register, ids[:1])
    with desk.at_once("a test"):
        assert queries.files(desk.register, ids[:1]) == [before]
        people.set_value(desk, f"#{ids[0]}", "phone", "514 555 0143")
        assert queries.files(desk.register, ids[:1])[0].person.phone == "514 555 0143"


def test_an_act_reads_what_it_wrote_itself(desk: Office, ids: list[int]) -> None:
    asked = "SELECT phone FROM person WHERE id = ?"
    with desk.act("people.set") as act:
        db = act.db
        assert db.execute_sql(asked, (ids[0],)).fetchone() == (None,)
        act.update("person", ids[0], {"phone": "514 555 0144"})
        assert db.execute_sql(asked, (ids[0],)).fetchone() == ("514 555 0144",)

        def half() -> None:
            with act.part():
                act.update("person", ids[0], {"phone": "514 555 0145"})
                act.update("person", 10_000, {"phone": "514 555 0145"})

        with pytest.raises(StorageError):
            half()
        assert db.execute_sql(asked, (ids[0],)).fetchone() == ("514 555 0144",)


def test_what_a_constraint_refuses_is_told_where_the_part_ends(
    desk: Office, ids: list[int]
) -> None:
    number = people.file(desk, ids[0]).person.individual_reference
    with desk.act("people.set") as act:
        taken = {"individual_reference": number}
        assert not act.attempt(lambda: act.update("person", ids[1], taken))
        assert act.attempt(lambda: act.update("person", ids[1], {"phone": "514 555 0146"}))
    kept = people.file(desk, ids[1]).person
    assert (kept.individual_reference != number, kept.phone) == (True, "514 555 0146")


def test_reads_that_go_together_give_what_each_gives_alone(desk: Office, ids: list[int]) -> None:
    register = desk.register
    reads: list[Callable[[], Any]] = [
        lambda: queries.files(register, ids),
        lambda: figures.places_used(register, TODAY.year),
        lambda: [queries.files(register, [number])[0].person for number in ids[:3]],
        lambda: register.is_empty(),
    ]
    alone = [read() for read in reads]
    with register.at_once("together"):
        assert register.together(*reads) == alone
        assert register.together(*reads) == alone
    assert register.together(*reads) == alone


def test_a_failure_of_one_of_many_reads_is_told(desk: Office, ids: list[int]) -> None:
    register = desk.register

    def fails() -> object:
        queries.files(register, ids)
        raise LookupError("no such page")

    with register.at_once("failing"), pytest.raises(LookupError, match="no such page"):
        register.together(lambda: queries.files(register, ids), fails)
    assert len(queries.files(register, ids)) == len(ids)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT written(%s)",
        "SELECT pg_advisory_lock(1) FROM person",
        "SELECT id FROM person FOR UPDATE",
        "SELECT id FROM brought",
        "UPDATE person SET phone = '1' FROM act",
    ],
)
def test_what_changes_something_or_answers_otherwise_is_never_remembered(sql: str) -> None:
    assert Memory.key(sql, ()) is None
    assert Memory.key("SELECT id FROM person WHERE id = ANY(%s)", ([1, 2],)) is None


def test_what_was_asked_of_one_is_foreseen_of_another() -> None:
    habits, memory = Habits(), Memory()
    for key in (("SELECT a FROM b WHERE c = %s AND d = %s", (7, "x")), ("SELECT e FROM f", ())):
        memory.note(key)
    habits.learn("page", (7,), memory)
    assert habits.foreseen("page", (8,)) == [
        ("SELECT a FROM b WHERE c = %s AND d = %s", (8, "x")),
        ("SELECT e FROM f", ()),
    ]
    assert habits.foreseen("another", (8,)) == []
    assert habits.foreseen("page", ()) == []


def test_what_is_asked_of_a_member_is_not_foreseen_of_the_person(
    desk: Office, ids: list[int]
) -> None:
    person, photo = PersonId(ids[0]), DocumentType.PHOTO
    member = add_member(desk, person)
    documents.set_document(desk, person, photo, DocumentState.REQUIRED, TODAY, member)
    documents.mark(desk, person, photo, DocumentState.RECEIVED, member)
    documents.mark(desk, person, photo, DocumentState.REVIEWED)
    marked = {one.member_id: one.state for one in people.file(desk, person).documents}
    assert marked == {member: DocumentState.RECEIVED, None: DocumentState.REVIEWED}
