# SPDX-License-Identifier: Apache-2.0
"""A laptop takes a snapshot of the office's register along: whole, encrypted, and only read for
ever, by whoever opens it, under whatever name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import servers
from new_registers import new_register
from office_builders import FILES, TODAY, import_file, invite, receive
from server_desks import Desks

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import AppError, Cancelled, StorageError
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.outward import copying, leaving
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import anew, checking, rescue
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.services.servers import moving, taking_along
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import contents
from imp_plus_desktop.words.messages import error_text
from imp_plus_desktop.words.servers.snapshot_texts import snapshot_line

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
_AT = datetime(2026, 11, 30, 19, 5, tzinfo=UTC)
PHRASE = "quatre mots sans aucun lien, 9"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("snapshots", tmp_path_factory.mktemp("snapshots"))
    made.drop()
    made.make()
    bea = made.office("bea")
    import_file(bea, FILES / "invitations-2023-fr.xlsx")
    person = invite(bea, 700)
    receive(bea, person)
    folder.add_note(bea, person, "A note.")
    made.close()
    yield made
    made.drop()


@pytest.fixture
def ana(kept: Desks) -> Iterator[Office]:
    yield kept.office("ana")
    kept.close()


@pytest.fixture(scope="module")
def snapshot(kept: Desks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("laptop") / "along.imp"
    taking_along.take_along(kept.office("ana"), path, PHRASE)
    kept.close()
    return path


@pytest.fixture
def taken(snapshot: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of the snapshot under another name, as somebody has it open."""
    path = tmp_path / "renamed.imp"
    shutil.copyfile(snapshot, path)
    opened = open_office(path, today=TODAY, passphrase=PHRASE)
    yield opened
    opened.close()


class Steps:
    """How far it is; stops it after so many steps."""

    def __init__(self, most: int) -> None:
        self.left = most

    def step(self, done: int, total: int) -> None:
        self.left -= 1
        if not self.left:
            raise Cancelled


def test_it_holds_what_the_register_held_and_is_recorded_there(ana: Office, tmp_path: Path) -> None:
    path = tmp_path / "with" / "along.imp"
    before, held = checking.head(ana), contents.digests(ana.register)
    acts = ana.register.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()[0]
    made = taking_along.take_along(ana, path, PHRASE)
    assert made.head == before
    assert b"Benali" not in path.read_bytes()
    assert [one.name for one in path.parent.iterdir()] == ["along.imp"]
    details = ana.register.db.execute_sql(
        "SELECT service, who, details FROM act ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert details[:2] == ("out.backup", "ana")
    assert json.loads(details[2]) == {
        "counts": {"people": people.count(ana)},
        "out": ["snapshot", "imp"],
    }
    opened = open_office(path, today=TODAY, passphrase=PHRASE)
    assert checking.head(opened) == before
    assert contents.digests(opened.register) == held
    assert checking.check(opened).passed
    assert (made.people, made.acts) == (people.count(opened), acts)
    opened.close()


def test_no_way_leads_to_an_act_in_it(taken: Office, tmp_path: Path) -> None:
    head, person = checking.head(taken), 1
    elsewhere = tmp_path / "elsewhere.imp"
    works: tuple[Callable[[], object], ...] = (
        lambda: invite(taken, 900),
        lambda: people.edit(taken, person, {"phone": "1"}),
        lambda: history.undo(taken),
        lambda: import_file(taken, FILES / "names-good.xlsx"),
        lambda: moving.to_file(taken, elsewhere, PHRASE),
        lambda: passphrases.change(taken, passphrases.CHANGE, "encore quatre autres mots 7"),
        lambda: passphrases.recovery_key(taken, PHRASE),
        lambda: restoring.restore(taken, taken.register_path),
    )
    for work in works:
        with pytest.raises(StorageError, match=r"^snapshot$"):
            work()
    assert checking.head(taken) == head
    assert not elsewhere.exists()
    with pytest.raises(StorageError, match="not_from_snapshot"):
        anew.rebuild(taken, elsewhere)
    with pytest.raises(StorageError, match="not_from_snapshot"):
        rescue.rescue(taken, taken.register_path, elsewhere, PHRASE)
    assert not elsewhere.exists()


def test_a_program_that_does_not_know_the_mark_writes_no_act_either(taken: Office) -> None:
    path = taken.register_path
    taken.close()
    db = engines.connect(path, passphrase=PHRASE)
    with pytest.raises(CONSTRAINT_ERRORS, match="snapshot"), db.writing():
        db.execute_sql(
            "INSERT INTO act (id, at, who, service, digest, hash) VALUES (99, '', '', '', '', '')"
        )
    db.close()


def test_no_register_is_made_of_it_by_restoring(snapshot: Path, tmp_path: Path) -> None:
    own = open_office(new_register(tmp_path / "own.imp", is_file=True), today=TODAY)
    invite(own, 1)
    head = checking.head(own)
    for work in (restoring.look, restoring.restore):
        with pytest.raises(StorageError, match="copy_is_snapshot"):
            work(own, snapshot, PHRASE)
    assert checking.head(own) == head
    gone = tmp_path / "gone.imp"
    with pytest.raises(StorageError, match="copy_is_snapshot"):
        restoring.bring_back(
            gone, snapshot, passphrase="", given=PHRASE, clock=Clock(TODAY), user="x"
        )
    assert not gone.exists()
    own.close()


def test_a_copy_of_the_snapshot_is_one(taken: Office, tmp_path: Path) -> None:
    from imp_plus_desktop.services.copies import keeping

    made = keeping.make_in(taken, tmp_path / "more")
    assert made.path is not None
    assert not made.recorded
    again = open_office(made.path, today=TODAY, passphrase=PHRASE)
    with pytest.raises(StorageError, match=r"^snapshot$"):
        invite(again, 900)
    again.close()


def test_what_leaves_a_snapshot_is_printed_pages_alone(taken: Office, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    with pytest.raises(StorageError, match="not_from_snapshot"):
        exports.export(taken, "people", out)
    assert not out.exists()
    with pytest.raises(StorageError, match="not_from_snapshot"):
        copying.copied(taken, "people", [1, 2])
    with pytest.raises(StorageError, match="not_from_snapshot"):
        leaving.ready(taken, OutKind.PRINT, OutPaper.LETTER)
    leaving.ready(taken, OutKind.PRINT, OutPaper.PEOPLE)
    leaving.note(taken, Out(OutKind.PRINT, OutPaper.PEOPLE, OutForm.PAPER, 3))


def test_it_says_of_which_moment_it_is_in_the_offices_time(taken: Office) -> None:
    from imp_plus_desktop import i18n

    assert taken.reading is not None
    reading = StorageError("snapshot", **{**taken.reading.parameters, "at": _AT})
    i18n.use("fr")
    try:
        space = "\u00a0"
        assert snapshot_line(reading) == (
            f"Instantané du 30 novembre 2026 à{space}14{space}h{space}05{space}: à lire seulement"
        )
        assert "30 novembre 2026" in error_text(reading)
    finally:
        i18n.use("en")
    assert snapshot_line(reading).startswith("Snapshot of November 30, 2026 at 2:05")
    assert snapshot_line(StorageError("only_read")) == ""
    assert snapshot_line(None) == ""


def test_another_day_it_is_read_all_the_same(taken: Office) -> None:
    path, held = taken.register_path, people.count(taken)
    taken.close()
    later = open_office(path, today=TODAY + timedelta(days=40), passphrase=PHRASE)
    assert people.count(later) == held
    assert checking.check(later).passed
    later.close()


def test_who_only_reads_makes_none(kept: Desks, tmp_path: Path) -> None:
    rob = kept.office("rob")
    assert not taking_along.may_take(rob)
    with pytest.raises(AppError, match="not_allowed"):
        taking_along.take_along(rob, tmp_path / "along.imp", PHRASE)
    kept.close()
    assert list(tmp_path.glob("*.imp")) == []


@pytest.mark.parametrize("passphrase", ["", "motdepasse", "snapshots"])
def test_its_passphrase_is_held_to_the_strength_of_a_registers(
    ana: Office, tmp_path: Path, passphrase: str
) -> None:
    head = checking.head(ana)
    with pytest.raises(AppError, match="passphrase_"):
        taking_along.take_along(ana, tmp_path / "along.imp", passphrase)
    assert checking.head(ana) == head
    assert list(tmp_path.glob("*.imp")) == []


@pytest.mark.parametrize("steps", [1, 5, 9])
def test_stopped_it_leaves_nothing_and_is_not_recorded(
    ana: Office, tmp_path: Path, steps: int
) -> None:
    head = checking.head(ana)
    with pytest.raises(Cancelled):
        taking_along.take_along(ana, tmp_path / "a" / "along.imp", PHRASE, Steps(steps))
    assert checking.head(ana) == head
    assert list((tmp_path / "a").iterdir()) == []


def test_a_file_that_is_there_stays(ana: Office, tmp_path: Path) -> None:
    taken = tmp_path / "along.imp"
    taken.write_bytes(b"something else")
    with pytest.raises(StorageError, match="file_exists"):
        taking_along.take_along(ana, taken, PHRASE)
    assert taken.read_bytes() == b"something else"


def test_a_register_in_a_file_has_none(tmp_path: Path) -> None:
    own = open_office(new_register(tmp_path / "own.imp", is_file=True), today=TODAY)
    with pytest.raises(StorageError, match="only_of_a_server"):
        taking_along.take_along(own, tmp_path / "along.imp", PHRASE)
    own.close()


def test_what_was_written_meanwhile_is_not_in_it(ana: Office, kept: Desks, tmp_path: Path) -> None:
    """Others go on writing while it is made, and nobody waits for it."""
    bea = kept.office("bea")
    head = checking.head(ana)

    class Writes:
        done = False

        def step(self, done: int, total: int) -> None:
            if not self.done:
                self.done = True
                invite(bea, 950)

    made = taking_along.take_along(ana, tmp_path / "along.imp", PHRASE, Writes())
    assert made.head == head
    assert checking.head(bea) != head


def test_by_the_command_line(
    kept: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE", raising=False)
    url, path = str(kept.address("ana")), str(tmp_path / "along.imp")
    asked = ("--lang", "en", "--json", "--today", "2026-11-30", "--register")
    assert main([*asked, url, "snapshot", path]) == 4
    assert "passphrase is missing" in capsys.readouterr().err
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "motdepasse")
    assert main([*asked, url, "snapshot", path]) == 2
    capsys.readouterr()
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", PHRASE)
    assert main([*asked, url, "snapshot", path]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["path"] == path
    assert made["at"].startswith("2026-11-30T") or made["at"].startswith("2026-12-01T")
    assert main([*asked, path, "people", "--limit", "1"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert (answer["snapshot"], answer["total"]) == (made["at"], made["people"])
    assert told.err.startswith("Snapshot of November 30, 2026 at ")
    assert told.err.count("\n") == 1
    assert main([*asked, path, "add", "family_name=Roy", "given_names=Zoé"]) == 4
    told = capsys.readouterr()
    assert told.err.startswith("This is a snapshot of November 30, 2026 at ")
    assert told.err.count("\n") == 1
    assert main([*asked, path, "export", "people", str(tmp_path / "o.xlsx")]) == 4
    assert main([*asked, str(tmp_path / "new.imp"), "restore", path]) == 4
    assert main([*asked, "x", "move", path, str(tmp_path / "moved.imp")]) in (2, 4)
    assert not (tmp_path / "moved.imp").exists()
    assert not (tmp_path / "new.imp").exists()


def test_a_weak_passphrase_is_refused_for_a_servers_copies_and_for_a_move_home(
    kept: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp_plus_desktop.services.copies import keeping

    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "motdepasse")
    owner = kept.office(servers.OWNER)
    for work in (
        lambda: keeping.make_in(owner, tmp_path / "copies"),
        lambda: keeping.make(owner, keeping.MANUAL),
        lambda: moving.to_file(owner, tmp_path / "home.imp", "motdepasse"),
    ):
        with pytest.raises(AppError, match="passphrase_weak"):
            work()
    assert list(tmp_path.rglob("*.imp")) == []
    kept.close()


def test_a_part_of_it_is_no_register(snapshot: Path) -> None:
    """The mark is read before anybody is let in."""
    register = Register(snapshot, passphrase=PHRASE)
    with pytest.raises(StorageError, match=r"^snapshot$"):
        register.must_write()
    register.close()
