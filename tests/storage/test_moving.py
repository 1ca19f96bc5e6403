# SPDX-License-Identifier: Apache-2.0
"""A register is taken to a server, back, or to another one: whole, proven, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import servers
from new_registers import new_register
from office_builders import (
    FILES,
    TODAY,
    an_approved,
    decide,
    import_file,
    invite,
    issue,
    receive,
)
from tampering import columns_of, tables_of, unguarded

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.search import finding
from imp_plus_desktop.services.servers import moving
from imp_plus_desktop.storage.engines import Database, ServerAddress
from imp_plus_desktop.storage.engines.carrying import carry
from imp_plus_desktop.storage.history import derived
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import contents

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
PLACE = "postgresql://host/imp"


class Told:
    """How far a move is; stops it after so many steps."""

    def __init__(self, patience: int = 1_000_000) -> None:
        self.told: list[tuple[int, int]] = []
        self._patience = patience

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if len(self.told) > self._patience:
            raise Cancelled


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in a file: a list, applications, a permit, a note, a scan, an undo."""
    path = new_register(tmp_path / "office.imp", is_file=True)
    opened = open_office(path, today=TODAY)
    import_file(opened, FILES / "invitations-2023-fr.xlsx")
    issue(opened, an_approved(opened, 500))
    decide(opened, receive(opened, invite(opened, 501)).application, "refused")
    person = invite(opened, 502)
    receive(opened, person)
    folder.add_note(opened, person, "A note with ’, \\ and \t in it.")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n\x00\xff\n%%EOF")
    attachments.attach(opened, person, attachments.DocumentType.CSQ, scan)
    people.edit(opened, person, {"email": "x@example.org"})
    history.undo(opened)
    yield opened
    opened.close()


@pytest.fixture
def target(address: ServerAddress, tmp_path: Path) -> Iterator[Register]:
    register = Register(tmp_path / "beside.imp", server=address)
    yield register
    register.close()


def at(address: ServerAddress, tmp_path: Path) -> Office:
    return open_office(address, today=TODAY, beside=tmp_path / "beside.imp")


def counted(db: Database) -> dict[str, int]:
    asked = "SELECT COUNT(*) FROM"
    found = {name: db.execute_sql(f"{asked} {name}").fetchone()[0] for name in tables_of(db)}
    return {name: int(count) for name, count in found.items() if count}


def test_there_and_back_heads_hashes_and_counters_are_the_same(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    before = counted(office.register.db)
    told = Told()
    moved = moving.to_server(office, target, PLACE, told)
    target.close()
    there = at(address, tmp_path)
    assert moved.head == checking.head(there) == checking.head(office)
    assert contents.digests(there.register) == contents.digests(office.register)
    counters = office.register.db.counters.all()
    assert there.register.db.counters.all() == counters
    assert checking.check(there).passed
    assert (moved.people, moved.acts) == (people.count(there), before["act"] + 1)
    shares = [done / whole for done, whole in told.told]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1

    person = invite(there, 900)
    assert person == counters["person"] + 1
    assert moving.to_file(there, tmp_path / "home" / "back.imp", "").acts == moved.acts + 2
    back = open_office(tmp_path / "home" / "back.imp", today=TODAY)
    assert checking.head(back) == checking.head(there)
    assert contents.digests(back.register) == contents.digests(there.register)
    assert back.register.db.counters.all() == there.register.db.counters.all()
    assert checking.check(back).passed
    assert people.file(back, person).person.individual_reference == "C1000900"
    assert invite(back, 901) == person + 1
    back.close()
    there.close()


def test_from_one_server_to_another(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    moving.to_server(office, target, PLACE)
    other = servers.database_for(tmp_path / "other.imp", create=True)
    assert other is not None
    there, second = at(address, tmp_path), Register(tmp_path / "second.imp", server=other)
    moving.to_server(there, second, str(other))
    assert contents.digests(second) == contents.digests(there.register)
    with pytest.raises(AppError, match="moved") as caught:
        invite(there, 900)
    assert caught.value.parameters == {"place": str(other)}
    there.close()
    second.close()


def test_summaries_and_the_search_are_made_anew_there(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    moving.to_server(office, target, PLACE)
    there = at(address, tmp_path)
    summary.refresh(there)
    summary.refresh(office)
    for table in ("standing", "agenda_line", "waiting_line", "flag_line"):
        asked = f"SELECT COUNT(*) FROM {table}"
        wanted = office.register.db.execute_sql(asked).fetchone()
        assert there.register.db.execute_sql(asked).fetchone() == wanted, table
    assert there.register.db.search.is_sound()
    there.close()


LINES = ("standing_figures", "standing", "agenda_line", "waiting_line", "flag_line")


def lines_of(db: Database) -> dict[str, set[tuple[object, ...]]]:
    found = {}
    for table in LINES:
        columns = ", ".join(sorted(columns_of(db, table)))
        found[table] = set(db.execute_sql(f"SELECT {columns} FROM {table}").fetchall())
    return found


def test_what_lists_show_goes_along_there_and_back_and_nobody_waits_for_it(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    summary.refresh(office)
    lines, told = lines_of(office.register.db), Told()
    assert all(lines[table] for table in LINES if table != "flag_line")
    moving.to_server(office, target, PLACE, told)
    shares = [done / whole for done, whole in told.told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    there = at(address, tmp_path)
    assert lines_of(there.register.db) == lines
    assert summary.stale_count(there) == 0
    assert checking.check(there, thorough=True).passed
    made = there.register.db.execute_sql("SELECT day FROM summaries_made").fetchone()
    assert made == (TODAY.isoformat(),)
    person = invite(there, 900)
    moving.to_file(there, tmp_path / "home" / "back.imp", "")
    back = open_office(tmp_path / "home" / "back.imp", today=TODAY)
    assert summary.stale_count(back) == 1
    assert {table: rows - lines[table] for table, rows in lines_of(back.register.db).items()} == {
        table: set() for table in LINES
    }
    assert checking.check(back, thorough=True).passed
    assert person in finding.find(back, "C1000900").people
    back.close()
    there.close()


def test_lines_that_are_not_what_the_files_say_stay_behind(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    summary.refresh(office)
    wanted = lines_of(office.register.db)
    office.register.db.execute_sql("UPDATE standing SET short_passport = 1 - short_passport")
    moving.to_server(office, target, PLACE)
    there = at(address, tmp_path)
    assert not any(lines_of(there.register.db).values())
    assert summary.refresh(there) == people.count(there)
    assert lines_of(there.register.db) == wanted
    assert checking.check(there, thorough=True).passed
    there.close()


def test_lines_that_the_target_changes_on_their_way_in_are_noticed(
    office: Office, target: Register
) -> None:
    """By all of them, and not only by those that are made anew."""
    summary.refresh(office)
    target.db.execute_sql(
        "CREATE FUNCTION alter_it() RETURNS TRIGGER LANGUAGE plpgsql AS"
        " 'BEGIN NEW.day = NEW.own_day; NEW.reason = upper(NEW.reason); RETURN NEW; END'"
    )
    target.db.execute_sql(
        "CREATE TRIGGER alters BEFORE INSERT ON agenda_line FOR EACH ROW"
        " EXECUTE FUNCTION alter_it()"
    )
    with target.db.in_any_order(), target.db.writing():
        carry(office.register.db, target.db)
        assert not derived.carry(office.register, target)
        derived.forget(target)
        assert not any(lines_of(target.db).values())


def test_lines_of_another_day_stay_behind(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    summary.refresh(office)
    path = office.register_path
    office.close()
    later = open_office(path, today=TODAY + timedelta(days=4000))
    moving.to_server(later, target, PLACE)
    later.close()
    assert not any(lines_of(target.db).values())
    there = at(address, tmp_path)
    assert checking.check(there, thorough=True).passed
    there.close()


@pytest.mark.many("0.3")
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_stopped_in_the_middle_nothing_is_there_and_the_old_one_goes_on(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path, share: float
) -> None:
    probe = servers.database_for(tmp_path / "probe.imp", create=True)
    assert probe is not None
    steps = _steps_of(office, Register(tmp_path / "probe.imp", server=probe))
    before = counted(target.db)
    with pytest.raises(Cancelled):
        moving.to_server(office, target, PLACE, Told(round(share * (steps - 1))))
    assert target.is_empty()
    assert counted(target.db) == before
    assert target.db.counters.all() == {}
    invite(office, 900)
    assert checking.check(office).passed
    assert moving.to_server(office, target, PLACE).people == people.count(office)


def _steps_of(office: Office, target: Register) -> int:
    told = Told()
    with target.db.in_any_order(), target.db.writing():
        carry(office.register.db, target.db, told.step)
    target.close()
    return len(told.told)


def test_stopped_on_the_way_to_a_file_no_file_is_left(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    moving.to_server(office, target, PLACE)
    there, home = at(address, tmp_path), tmp_path / "home"
    with pytest.raises(Cancelled):
        moving.to_file(there, home / "back.imp", "", Told(5))
    assert list(home.iterdir()) == []
    invite(there, 900)
    moving.to_file(there, home / "back.imp", "une phrase bien assez longue")
    assert [path.name for path in home.glob("*.imp")] == ["back.imp"]
    assert b"Benali" not in (home / "back.imp").read_bytes()
    there.close()


def test_the_old_register_is_only_read_and_says_where_to(office: Office, target: Register) -> None:
    count = people.count(office)
    moving.to_server(office, target, PLACE)
    path = office.register_path
    office.close()
    again = open_office(path, today=TODAY)
    assert again.register.reading is not None
    assert again.register.reading.parameters == {"place": PLACE}
    assert people.count(again) == count
    head = checking.head(again)
    works: tuple[Callable[[], object], ...] = (
        lambda: invite(again, 900),
        lambda: history.undo(again),
        lambda: moving.to_file(again, path.with_name("third.imp"), ""),
    )
    for work in works:
        with pytest.raises(AppError, match="moved") as caught:
            work()
        assert caught.value.parameters == {"place": PLACE}
    assert checking.head(again) == head
    again.close()


def test_a_register_that_holds_anything_is_no_place_to_move_to(
    office: Office, target: Register, address: ServerAddress, tmp_path: Path
) -> None:
    there = at(address, tmp_path)
    invite(there)
    kept, head = contents.digests(there.register), checking.head(office)
    with pytest.raises(AppError, match="register_not_empty"):
        moving.to_server(office, target, PLACE)
    assert contents.digests(there.register) == kept
    assert checking.head(office) == head, "no act tells of a move that was none"
    assert office.register.reading is None
    taken = tmp_path / "taken.imp"
    taken.write_bytes(b"something else")
    with pytest.raises(AppError, match="file_exists"):
        moving.to_file(office, taken, "")
    assert taken.read_bytes() == b"something else"
    there.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET email = 'forged@example.org' WHERE id = 3",
        "UPDATE ledger_entry SET reason = 'forged' WHERE id = 1",
        "UPDATE act SET who = 'nobody' WHERE id = 1",
        "DELETE FROM mifi_entry WHERE id = 1",
    ],
)
def test_what_was_altered_behind_the_journal_is_not_carried(
    office: Office, target: Register, statement: str
) -> None:
    unguarded(office.register.db)
    office.register.db.execute_sql(statement)
    with pytest.raises(AppError, match="journal_altered"):
        moving.to_server(office, target, PLACE)
    assert target.is_empty()
    assert office.register.reading is None


def test_what_the_target_changes_on_its_way_in_is_found_and_not_kept(
    office: Office, target: Register
) -> None:
    """A trigger that somebody has put there: every table must come to the same hash."""
    target.db.execute_sql(
        "CREATE FUNCTION alter_it() RETURNS TRIGGER LANGUAGE plpgsql AS"
        " 'BEGIN NEW.text = upper(NEW.text); RETURN NEW; END'"
    )
    target.db.execute_sql(
        "CREATE TRIGGER alters BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION alter_it()"
    )
    with pytest.raises(AppError, match="not_carried"):
        moving.to_server(office, target, PLACE)
    assert target.is_empty()


def test_a_move_that_was_broken_off_before_its_end_is_finished(
    office: Office, target: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp_plus_desktop.storage.maintenance import moving as moves

    def dies(_db: Database, _place: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(moves.moved, "mark", dies)
        with pytest.raises(KeyboardInterrupt):
            moving.to_server(office, target, PLACE)
    assert office.register.reading is None
    acts = moving.to_server(office, target, PLACE).acts
    assert acts == target.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()[0]
    with pytest.raises(AppError, match="moved"):
        invite(office, 900)


def test_after_a_move_that_was_broken_off_nothing_written_since_is_left_behind(
    office: Office, target: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp_plus_desktop.storage.maintenance import moving as moves

    def dies(_db: Database, _place: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(moves.moved, "mark", dies)
        with pytest.raises(KeyboardInterrupt):
            moving.to_server(office, target, PLACE)
    invite(office, 900)
    with pytest.raises(AppError, match="register_not_empty"):
        moving.to_server(office, target, PLACE)
    assert office.register.reading is None
    assert invite(office, 901)


@pytest.mark.parametrize("to_file", [False, True])
def test_a_desk_that_had_it_open_meanwhile_writes_nothing_more_to_the_old_one(
    office: Office, target: Register, tmp_path: Path, *, to_file: bool
) -> None:
    other = open_office(office.register_path, today=TODAY)
    person = invite(other, 900)
    if to_file:
        moving.to_file(office, tmp_path / "home" / "back.imp", "")
    else:
        moving.to_server(office, target, PLACE)
    head = checking.head(other)
    works: tuple[Callable[[], object], ...] = (
        lambda: people.edit(other, person, {"phone": "1"}),
        lambda: history.undo(other),
        lambda: import_file(other, FILES / "names-good.xlsx"),
    )
    for work in works:
        with pytest.raises(AppError, match="moved"):
            work()
    assert checking.head(other) == head
    assert people.file(other, person).person.phone is None
    other.close()


def test_whoever_writes_at_the_moment_of_a_move_is_in_the_new_one_or_told(
    office: Office, target: Register
) -> None:
    """Somebody waits for the old register's lock while it is moved."""
    told: list[str] = []

    def work() -> None:
        other = open_office(office.register_path, today=TODAY)
        for number in range(900, 940):
            try:
                invite(other, number)
            except AppError as error:
                told.append(error.code)
                break
        other.close()

    desk = threading.Thread(target=work)
    desk.start()
    moving.to_server(office, target, PLACE)
    desk.join(60)
    assert set(told) <= {"moved"}
    assert contents.digests(target) == contents.digests(office.register)
