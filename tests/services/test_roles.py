# SPDX-License-Identifier: Apache-2.0
"""Role by kind of act: what the program refuses before the server would, and that both agree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import servers
from desk_fixtures import kept
from new_registers import new_office
from office_builders import FILES, TODAY, decide, import_file, invite, receive, set_cap
from server_desks import Desks

from imp_plus_desktop.bootstrap import load_programme, open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import AppError, NotAllowed
from imp_plus_desktop.domain.values.roles import Role, must_allow, needed
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, folder
from imp_plus_desktop.services.privacy import erasure, retention
from imp_plus_desktop.services.quota import periods, quota
from imp_plus_desktop.services.servers import moving, setting_up
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.maintenance import contents

__all__ = ["kept"]

on_a_server = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

ACTS: dict[str, tuple[Role, Callable[[Office], object]]] = {
    "a person": (Role.CLERK, lambda office: invite(office, 7)),
    "a receipt": (Role.CLERK, lambda office: receive(office, 2)),
    "a decision": (Role.CLERK, lambda office: decide(office, 1)),
    "a note": (Role.CLERK, lambda office: folder.add_note(office, 1, "a note")),
    "a document": (
        Role.CLERK,
        lambda office: documents.mark(office, 1, DocumentType.PHOTO, DocumentState.RECEIVED),
    ),
    "a list": (
        Role.CLERK,
        lambda office: import_file(office, FILES / "invitations-2023-fr.xlsx"),
    ),
    "the bin": (Role.CLERK, lambda office: file_bin.delete(office, 2, "a test")),
    "a cap": (Role.LEAD, lambda office: set_cap(office, 100)),
    "an official count": (
        Role.LEAD,
        lambda office: quota.set_official(
            office, OfficialCount(2023, date(2023, 11, 1), received=3)
        ),
    ),
    "a closing": (Role.LEAD, lambda office: periods.close(office, 2022)),
    "a hold": (Role.LEAD, lambda office: retention.hold(office, 1, "a test")),
    "somebody else's act": (Role.LEAD, lambda office: history.undo(office, 3)),
}
ROLES = {"rob": Role.READ, "ana": Role.CLERK, "luc": Role.LEAD, "eve": Role.ADMIN}


@pytest.fixture
def desks(kept: Desks) -> Iterator[Desks]:
    if not kept.stands():
        kept.drop()
        kept.make()
        bea = kept.office("bea")
        invite(bea, 1)
        invite(bea, 2)
        receive(bea, 1)
    yield kept
    kept.close()  # a server lets so many in and no more


class _LookedAtError(Exception):
    """Nothing of it is to be kept."""


@on_a_server
@pytest.mark.parametrize("user", ROLES)
@pytest.mark.parametrize("kind", ACTS)
def test_who_may_do_what(desks: Desks, kind: str, user: str) -> None:
    least, work = ACTS[kind]
    office = desks.office(user)
    assert office.role is ROLES[user]
    before = journal.last(office.register.db)
    if not ROLES[user].covers(least):
        with pytest.raises(NotAllowed):
            work(office)
        assert journal.last(office.register.db) == before
        return
    # What the role may, the server takes too; it is taken back by breaking off the whole.
    db = office.register.db
    with pytest.raises(_LookedAtError), db.atomic():  # noqa: PT012
        work(office)
        assert journal.last(db) != before
        raise _LookedAtError
    assert journal.last(db) == before


@on_a_server
@pytest.mark.parametrize("user", ROLES)
def test_an_undo_is_offered_to_whom_it_is_allowed(desks: Desks, user: str) -> None:
    office = desks.office(user)
    row = history.act_row(office, 3)
    assert row is not None
    assert row.who == "bea"
    assert history.is_ones_to_undo(office, row) == ROLES[user].covers(Role.LEAD)
    assert history.is_ones_to_undo(desks.office("bea"), row)


def test_in_a_file_everybody_may_everything(tmp_path: Path) -> None:
    office = new_office(tmp_path / "register.imp", TODAY)
    try:
        assert office.role is Role.ADMIN
        assert office.signed_in is None
    finally:
        office.close()


def test_each_role_may_what_those_before_it_may() -> None:
    assert needed("people.add") is Role.CLERK
    assert needed("out.export") is Role.CLERK
    assert needed("quota.cap") is needed("privacy.erase") is Role.LEAD
    assert needed("registers.move") is Role.ADMIN
    for place, role in enumerate(Role):
        assert [role.covers(other) for other in Role] == [n <= place for n in range(4)]
    with pytest.raises(NotAllowed):
        must_allow(Role.READ, "out.print")


def some_acts(office: Office) -> None:
    """Rows that come, change and go, a place of the cap, and an undo's head."""
    for number in (1, 2):
        with office.register.act(header(office, "people.add")) as act:
            person = act.insert(
                "person", {"family_name": f"Benali d’Été {number}", "given_names": '"\\é\t'}
            )
            letter = {"person_id": person, "letter_date": date(2023, 9, number)}
            act.insert("letter", letter)
            act.insert("note", {"person_id": person, "text": "a", "written_at": act.now})
    with office.register.act(header(office, "people.edit")) as act:
        act.update("person", 1, {"email": "a@example.com", "given_names": None})
        act.update("letter", 1, {"letter_date": date(2023, 8, 1)})
        act.delete("note", 1)
    with office.register.act(header(office, "people.edit")) as act:
        act.delete("letter", 2)
        act.details["reason"] = "as typed: « é »"


def header(office: Office, service: str) -> ActHeader:
    return ActHeader(office.clock.now().replace(hour=15, minute=0, second=0), "ana", service)


@on_a_server
def test_the_same_acts_have_the_same_hashes_on_both_engines_and_after_a_move(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Desks("roles_alike", tmp_path)
    made.drop()
    try:
        made.make()
        monkeypatch.setattr(os, "urandom", lambda count: b"\7" * count)
        there, here = made.office("ana"), new_office(tmp_path / "register.imp", TODAY)
        for office in (there, here):
            some_acts(office)
        assert journal.hashes(there.register.db) == journal.hashes(here.register.db)
        assert contents.digests(there.register) == contents.digests(here.register)
        monkeypatch.undo()
        here.close()
        with pytest.raises(NotAllowed):
            moving.to_file(there, tmp_path / "moved.imp", "")
        assert not (tmp_path / "moved.imp").exists()
        moved = moving.to_file(made.office(servers.OWNER), tmp_path / "moved.imp", "")
        back = open_office(tmp_path / "moved.imp", today=TODAY)
        assert journal.head(back.register.db).hex() == moved.head
        assert journal.verify(back.register.db) is None
        assert replay.row_fault(back.register) is None
        back.close()
        with pytest.raises(AppError, match="moved"):
            some_acts(made.office("ana"))
    finally:
        made.drop()


@on_a_server
def test_who_leads_destroys_a_file_and_signs_for_it(tmp_path: Path) -> None:
    made = Desks("roles_erased", tmp_path)
    made.drop()
    try:
        made.make()
        ana, luc = made.office("ana"), made.office("luc")
        person = invite(ana, 1)
        receive(ana, person)
        decide(ana, 1, "refused")
        with pytest.raises(NotAllowed):
            erasure.erase(ana, person, "they asked for it", early="they asked for it")
        done = erasure.erase(luc, person, "they asked for it", early="they asked for it")
        assert done.erased["changes"] > 0
        # Only who owns the tables tidies what was deleted, and the program does not say it did.
        assert not done.swept
        assert journal.verify(luc.register.db) is None
        assert replay.row_fault(luc.register) is None
        assert replay.ledger_fault(luc.register) is None
    finally:
        made.drop()


@on_a_server
def test_who_owns_a_register_does_not_stand_in_its_journal_under_the_login_of_a_computer(
    tmp_path: Path,
) -> None:
    """That may be the name by which the server knows somebody else."""
    made = Desks("roles_owned", tmp_path)
    made.drop()
    try:
        made.make()
        settings = Settings(tmp_path / "untouched.ini")
        for chosen, expected in (("", servers.OWNER), ("Hal Roy", "Hal Roy")):
            if chosen:
                settings.user_name = chosen
            address = made.address(servers.OWNER)
            office = open_office(address, today=TODAY, settings=settings)
            assert office.register.desk.owns
            invite(office, 1 + bool(chosen))
            last = history.last_undoable(office)
            assert last is not None
            assert last.who == expected
            office.close()
    finally:
        made.drop()


@on_a_server
def test_who_sets_a_register_up_need_not_be_a_superuser(tmp_path: Path) -> None:
    made = Desks("roles_of_one", tmp_path)
    made.drop()
    made.cluster.sql("DROP ROLE IF EXISTS hal")
    made.cluster.sql("CREATE ROLE hal LOGIN CREATEDB CREATEROLE")
    hal = made.address("hal")
    try:
        setting_up.init(hal, load_programme())
        setting_up.add_user(hal, "ana", Role.CLERK, "a long password")
        ana = made.office("ana")
        assert receive(ana, invite(ana, 1)).place == 1
        assert made.office("hal").register.desk.owns
        assert not ana.register.desk.owns
        moved = moving.to_file(made.office("hal"), tmp_path / "moved.imp", "")
        assert moved.people == 1
        # The mark that the owner has made is read by everybody.
        reading = made.office("ana").reading
        assert reading is not None
        assert reading.code == "moved"
        assert setting_up.remove_user(hal, "ana").users == ()
    finally:
        made.drop()
        made.cluster.sql("DROP ROLE hal")
