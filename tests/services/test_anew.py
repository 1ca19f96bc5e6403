# SPDX-License-Identifier: Apache-2.0
"""A register made anew from its journal holds the same; as of a past day it is what it was."""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_demo, new_office
from office_builders import FILES, TODAY
from tampering import unguarded

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import PermitWish
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.proof import anew, checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.maintenance import remaking


def rebuilt(office: Office, tmp_path: Path) -> anew.Rebuilt:
    """A register made anew, whose own check finds nothing."""
    done = anew.rebuild(office, tmp_path / "anew.imp")
    again = open_office(
        done.path, today=office.clock.today(), passphrase=office.register.passphrase
    )
    assert checking.check(again, done.head, thorough=True).passed
    again.close()
    return done


def lived(path: Path) -> Office:
    """An office in which everything was done that moves rows, places and entries."""
    office = new_office(path, TODAY)
    build.import_file(office, FILES / "invitations-2023-fr.xlsx")
    build.import_file(office, FILES / "invitations-2022-en.xlsx")
    history.undo(office)
    kept, gone = build.invite(office, 90), build.invite(office, 91, family_name="Benalibb")
    build.issue(office, build.an_approved(office, 92))
    build.receive(office, kept)
    history.undo(office)
    history.undo(office, history.undo(office).act)
    build.merge(office, kept, gone)
    file_bin.delete(office, build.invite(office, 93), "elsewhere")
    binned = build.invite(office, 94)
    build.receive(office, binned)
    file_bin.delete(office, binned, "twice")
    file_bin.restore(office, binned)
    folder.add_note(office, kept, "Called.")
    return office


def test_a_register_made_anew_from_its_journal_is_the_same(tmp_path: Path) -> None:
    office = lived(tmp_path / "bureau.imp")
    head = checking.head(office)
    done = rebuilt(office, tmp_path)
    assert done.differing == ()
    assert (done.people, done.head) == (people.count(office), head)
    assert journal.since(office.register.db, head) == 1  # that it was made anew
    with pytest.raises(AppError, match="file_exists"):
        anew.rebuild(office, done.path)
    office.close()


def test_nothing_of_it_is_taken_from_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All entries of both ledgers are computed again; the rows are those of the journal."""
    office = lived(tmp_path / "bureau.imp")
    monkeypatch.setattr(remaking, "_of_register", lambda *_: remaking.Entries(lambda _act: (), ()))
    assert rebuilt(office, tmp_path).differing == ()
    db = office.register.db
    unguarded(db)
    db.execute_sql("UPDATE person SET email = 'x@example.org' WHERE id = 3")
    db.execute_sql("DELETE FROM mifi_entry WHERE id = 5")
    db.execute_sql("UPDATE ledger_entry SET reason = 'forged' WHERE id = 1")
    db.execute_sql("UPDATE cap_counter SET used = used + 1")
    other = anew.rebuild(office, tmp_path / "other.imp")
    assert set(other.differing) == {"person", "mifi_entry", "ledger_entry", "cap_counter"}
    office.close()


@pytest.mark.long
def test_a_whole_invented_office_is_made_anew_the_same(tmp_path: Path) -> None:
    office = open_office(new_demo(tmp_path), today=date(2026, 11, 20))
    assert rebuilt(office, tmp_path).differing == ()
    office.close()


@pytest.mark.of_a_file("passphrases are those of files")
def test_it_is_under_the_passphrase_of_the_register(tmp_path: Path) -> None:
    office = lived(tmp_path / "bureau.imp")
    passphrases.change(office, passphrases.SET, "quatre mots de passe")
    done = rebuilt(office, tmp_path)
    assert done.differing == ()
    assert b"Benali" not in done.path.read_bytes()
    office.close()


@pytest.mark.parametrize("number", [3, 7])
def test_whoever_was_erased_is_not_in_it_and_all_others_are(tmp_path: Path, number: int) -> None:
    office = lived(tmp_path / "bureau.imp")
    db = office.register.db
    file_bin.delete(office, number, "asked for")
    changes = db.execute_sql("SELECT id FROM change WHERE person_id = ?", (number,)).fetchall()
    with office.act(erasures.SERVICE) as act:
        act.always = True
        act.details |= erasures.details([one for (one,) in changes], (), ())
    db.execute_sql(
        "UPDATE change SET before = NULL, after = NULL, together = NULL, sheet = NULL, row = NULL,"
        " salt = NULL WHERE person_id = ?",
        (number,),
    )
    assert checking.check(office).passed
    done = rebuilt(office, tmp_path)
    assert done.differing == ()
    assert done.people == people.count(office)
    office.close()


@pytest.mark.long
def test_what_counts_of_an_erased_file_is_in_it_without_a_name(tmp_path: Path) -> None:
    office = open_office(new_demo(tmp_path), today=date(2026, 11, 20))
    person = people.find(office, "C1234588")
    erasure.erase(office, person, "asked for", early="consent is withdrawn")
    done = rebuilt(office, tmp_path)
    assert done.differing == ()
    office.close()
    again = open_office(done.path, today=date(2026, 11, 20))
    assert checking.check(again, thorough=True).passed
    left = again.register.db.execute_sql(
        "SELECT family_name, (SELECT COUNT(*) FROM letter WHERE person_id = person.id)"
        " FROM person WHERE id = ?",
        (person,),
    ).fetchall()
    assert left == [("—", 1)]
    again.close()


def test_from_an_altered_journal_nothing_is_made(tmp_path: Path) -> None:
    office = lived(tmp_path / "bureau.imp")
    office.register.db.execute_sql("UPDATE act SET who = 'x' WHERE id = 2")
    with pytest.raises(AppError, match="journal_altered"):
        anew.rebuild(office, tmp_path / "anew.imp")
    assert not (tmp_path / "anew.imp").exists()
    assert not list(tmp_path.glob(".*tmp*"))
    office.close()


REGISTERS = sorted((FILES / "registers").glob("shape-??.imp.xz"))


@pytest.mark.many("shape-04.imp.xz", "shape-27.imp.xz")
@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_registers_of_earlier_versions_are_made_anew_the_same(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "earlier.imp"
    copy.write_bytes(lzma.decompress(path.read_bytes()))
    office = open_office(copy, today=date(2026, 11, 20))
    assert rebuilt(office, tmp_path).differing == ()
    office.close()


def on(office: Office, days: int) -> Office:
    return replace(office, clock=Clock(TODAY + timedelta(days=days)))


def seen(office: Office) -> tuple[object, object]:
    """The list of people and the year's board, as somebody sees them."""
    rows = people.rows(office, people.ids(office, PeopleFilter()))
    board = quota.board(office, office.clock.today().year)
    return [replace(row, more={}) for row in rows], replace(board, updated_at=None)


@pytest.mark.long
def test_a_past_day_shows_the_lists_and_the_board_of_that_day(tmp_path: Path) -> None:
    office = new_office(tmp_path / "bureau.imp", TODAY)
    person = build.invite(office)
    steps: tuple[Callable[[Office], object], ...] = (
        lambda o: build.import_file(o, FILES / "invitations-2023-fr.xlsx"),
        lambda o: people.edit(o, person, {"phone": "514 555-0101", "family_name": "Trabelsi"}),
        lambda o: build.receive(o, person),
        lambda o: build.add_member(o, person, wish=PermitWish.WORK),
        lambda o: history.undo(o),
        lambda o: file_bin.delete(o, 5, "elsewhere"),
        lambda o: history.undo(o, 3),
        lambda o: build.receive(o, 8),
    )
    told = [seen(office)]
    for day, step in enumerate(steps, start=1):
        step(on(office, day))
        told.append(seen(on(office, day)))
    later = on(office, len(steps) + 9)
    for day, then in enumerate(told):
        with anew.as_of(later, TODAY + timedelta(days=day)) as past:
            assert seen(past) == then
            with pytest.raises(AppError, match="past_is_past"), past.act("people.edit"):
                pass
    with anew.as_of(later, TODAY - timedelta(days=1)) as before:
        assert people.count(before) == 0
    with (
        pytest.raises(AppError, match="in_the_future"),
        anew.as_of(later, later.clock.today() + timedelta(days=1)),
    ):
        pass
    office.close()


@pytest.mark.long
def test_fifty_days_of_an_office_are_those_that_its_journal_replays(tmp_path: Path) -> None:
    """Two ways that share nothing: the acts done again, and each file put together of its own
    changes."""
    office = open_office(new_demo(tmp_path), today=date(2026, 11, 20))
    days = [toronto_day(row.at) for row in acts.acts(office.register, limit=1_000)]
    drawn = random.Random(50)
    first, last = min(days), max(days)
    for _try in range(50):
        day = first + timedelta(days=drawn.randrange((last - first).days + 5))
        with anew.as_of(office, day) as past:
            there = list(people.ids(past, PeopleFilter()))
            for person in drawn.sample(there, min(len(there), 12)):
                then = past_day.as_of(office, person, day)
                assert people.file(past, person) == people.file(then, person)
            known = {row[0] for row in office.register.db.execute_sql("SELECT id FROM person")}
            for person in drawn.sample(sorted(known - set(there)), min(6, len(known - set(there)))):
                with pytest.raises(AppError, match="person_unknown_then"):
                    past_day.as_of(office, person, day)
    office.close()


def test_nothing_of_a_past_day_stays_on_the_disk_in_the_clear(tmp_path: Path) -> None:
    office = lived(tmp_path / "bureau.imp")
    with anew.as_of(office, TODAY) as past:
        place = past.register_path
        assert people.count(past) == people.count(office)
        assert b"Benali" not in b"".join(file.read_bytes() for file in place.parent.iterdir())
    assert not place.parent.exists()
    office.close()


class Beside:
    """Another desk that records something at each step."""

    def __init__(self, other: Office) -> None:
        self._other, self.turns = other, 0

    def step(self, _done: int, _total: int) -> None:
        self.turns += 1
        build.invite(self._other, 500 + self.turns)


def test_what_others_record_while_it_is_made_is_no_difference(
    office: Office, other: Office, tmp_path: Path
) -> None:
    build.an_approved(office, 1)
    beside = Beside(other)
    done = anew.rebuild(office, tmp_path / "anew.imp", progress=beside)
    assert beside.turns > 0
    assert done.differing == ()
