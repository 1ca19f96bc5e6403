# SPDX-License-Identifier: Apache-2.0
"""The day's copy of a register on a server: by one desk, in the office's folder, proven, encrypted,
and missed aloud where it is missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import servers
from office_builders import FILES, TODAY, import_file, invite
from server_desks import Desks
from server_users import Kept

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.health import Standing
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.copies import copy_process, health, of_server, rules
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import listed, people
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.servers import passwords
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.maintenance import proving
from imp_plus_desktop.words.care.health_texts import sentence_of
from imp_plus_desktop.words.privacy import privacy_texts

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
PHRASE, OTHER = "quatre mots sans aucun lien, 9", "encore quatre autres mots, 7"


class Nobody:
    """Whom nobody asks how far it is."""

    def step(self, done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("copied", tmp_path_factory.mktemp("copied"))
    yield made
    made.drop()


@pytest.fixture
def desks(kept: Desks, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE", raising=False)
    kept.drop()
    kept.make()
    import_file(kept.office("bea"), FILES / "names-good.xlsx")
    yield kept
    kept.close()


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Kept]:
    made = Kept()
    passwords.use(made)
    yield made
    passwords.use(None)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def item_of(office: Office) -> tuple[Standing, str, str]:
    (found,) = [one for one in health.look(office) if one.item == "copies"]
    return found.state, found.case, sentence_of(found)


def in_folder(office: Office, share: Path) -> list[copies.Copy]:
    return copies.copies_in(proving.second_folder(office.register, share))


def later(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_without_a_folder_none_is_made_and_health_says_so(desks: Desks) -> None:
    ana = desks.office("ana")
    assert item_of(ana)[:2] == (Standing.WARN, "none_named")
    assert not of_server.state(ana).is_due(later(3))
    assert not of_server.state(ana).is_late(later(3))
    with pytest.raises(StorageError, match="no_copies_folder"):
        of_server.make(ana, PHRASE)


@pytest.mark.parametrize("user", ["ana", "luc", "rob"])
def test_only_an_administrator_names_the_folder(desks: Desks, share: Path, user: str) -> None:
    with pytest.raises(AppError, match="not_allowed"):
        of_server.set_folder(desks.office(user), share)
    assert of_server.folder(desks.office("ana")) is None


def test_the_folder_is_named_for_every_desk_by_an_act(desks: Desks, share: Path) -> None:
    eve, ana = desks.office("eve"), desks.office("ana")
    assert of_server.set_folder(eve, share)
    assert of_server.folder(ana) == share
    assert of_server.set_folder(eve, share) is None, "nothing is new"
    assert of_server.set_folder(eve, None)
    assert of_server.folder(ana) is None
    for wrong in (share / "nowhere", Path("beside")):
        with pytest.raises(AppError, match="no_such_folder"):
            of_server.set_folder(eve, wrong)
    assert checking.check(ana).passed


def test_the_days_copy_is_the_register_encrypted_proven_and_on_record(
    desks: Desks, share: Path, tmp_path: Path
) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    assert item_of(ana)[:2] == (Standing.WARN, "no_passphrase")
    of_server.keep_passphrase(ana, PHRASE)
    head, state = checking.head(ana), of_server.state(ana)
    assert state.is_due(datetime.now(UTC))
    made = copy_process.of_server(ana, of_server.passphrase_of(ana), Nobody(), is_daily=True)
    assert made is not None
    assert (made.proven, made.head, made.recorded) == (True, head, True)
    assert made.path is not None
    assert b"Benali" not in made.path.read_bytes()
    assert proofs.proofs_in(made.path.parent)[made.path.name].head == head
    assert item_of(ana)[:2] == (Standing.OK, "proven")
    # A register is restored from it.
    new = tmp_path / "restored.imp"
    clock = Clock(TODAY)
    restoring.bring_back(new, made.path, passphrase="", given=PHRASE, clock=clock, user="x")
    restored = open_office(new, today=TODAY, passphrase=PHRASE)
    assert people.count(restored) == people.count(ana)
    assert checking.check(restored).passed
    restored.close()
    who, details = ana.register.db.execute_sql(
        "SELECT who, details FROM act ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert who == "ana"
    assert '["daily","imp"]' in details


def test_it_is_made_once_a_day_by_whichever_desk_is_first(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana, bea = desks.office("ana"), desks.office("bea")
    of_server.keep_passphrase(ana, PHRASE)
    assert of_server.make_daily(ana, PHRASE) is not None
    assert not of_server.state(bea).is_behind
    invite(bea, 800)
    found = of_server.state(bea)
    assert found.is_behind
    assert not found.is_due(datetime.now(UTC)), "today’s is made"
    assert found.is_due(later(1))
    assert not found.is_late(datetime.now(UTC))
    assert found.is_late(later(2))
    assert of_server.make_daily(bea, PHRASE) is None
    assert len(in_folder(bea, share)) == 1
    assert of_server.make(bea, PHRASE).proven, "one that somebody asks for is made all the same"
    assert len(in_folder(bea, share)) == 2


def test_desks_that_reach_it_by_other_addresses_see_the_same_copies(
    desks: Desks, share: Path, tmp_path: Path
) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    of_server.keep_passphrase(ana, PHRASE)
    assert of_server.make_daily(ana, PHRASE) is not None
    address = replace(desks.address("bea"), hosts=(("localhost", desks.cluster.port),))
    other = open_office(address, today=TODAY)
    assert other.register_path != ana.register_path
    assert of_server.state(other).proven == 1
    assert of_server.make_daily(other, PHRASE) is None
    other.close()


def test_two_desks_at_once_make_one(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana, bea = desks.office("ana"), desks.office("bea")
    of_server.keep_passphrase(ana, PHRASE)
    holds, goes_on = threading.Event(), threading.Event()

    class Waits:
        def step(self, done: int, total: int) -> None:
            holds.set()
            goes_on.wait(20)

    thread = threading.Thread(target=lambda: of_server.make_daily(ana, PHRASE, Waits()))
    thread.start()
    assert holds.wait(20)
    assert of_server.make_daily(bea, PHRASE) is None
    with pytest.raises(StorageError, match="copy_under_way"):
        of_server.make(bea, PHRASE)
    invite(bea, 801)  # nobody waits for the copy
    goes_on.set()
    thread.join(30)
    assert len(in_folder(bea, share)) == 1
    assert of_server.state(bea).is_behind, "what was written meanwhile is not in it"


def test_who_only_reads_makes_none(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    rob = desks.office("rob")
    of_server.keep_passphrase(rob, PHRASE)
    assert not of_server.state(rob).is_due(later(1))
    with pytest.raises(AppError, match="not_allowed"):
        of_server.make_daily(rob, PHRASE)
    assert in_folder(rob, share) == []


def test_one_passphrase_opens_all_copies_of_a_folder(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    of_server.keep_passphrase(ana, PHRASE)
    of_server.make(ana, PHRASE)
    with pytest.raises(StorageError, match="copies_other_key"):
        of_server.keep_passphrase(ana, OTHER)
    with pytest.raises(StorageError, match="copies_other_key"):
        of_server.make(ana, OTHER)
    with pytest.raises(AppError, match="passphrase_weak"):
        of_server.keep_passphrase(ana, "motdepasse")
    assert of_server.passphrase_of(ana) == PHRASE
    of_server.forget_passphrase(ana)
    assert of_server.passphrase_of(ana) == ""
    passwords.use(_NoKeyring())
    with pytest.raises(StorageError, match="no_keyring"):
        of_server.keep_passphrase(ana, PHRASE)


class _NoKeyring:
    """A keyring that is locked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError

    def delete_password(self, service: str, username: str) -> None:
        raise OSError


def test_where_the_folder_is_away_the_journal_tells_of_the_last(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    of_server.keep_passphrase(ana, PHRASE)
    of_server.make_daily(ana, PHRASE)
    share.rename(share.with_name("elsewhere"))
    assert item_of(ana)[:2] == (Standing.OK, "elsewhere")
    with pytest.raises(StorageError, match="copies_folder_away"):
        of_server.make(ana, PHRASE)
    found = of_server.state(ana)
    assert not found.is_behind
    assert not found.is_due(later(2))


def test_a_copy_that_is_damaged_is_told_and_another_one_made(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    of_server.keep_passphrase(ana, PHRASE)
    made = of_server.make_daily(ana, PHRASE)
    assert made is not None
    assert made.path is not None
    made.path.write_bytes(made.path.read_bytes()[:-4096])  # its size is not what was proven
    found = of_server.state(ana)
    assert (found.count, found.proven) == (1, 0)
    assert item_of(ana)[:2] == (Standing.WARN, "none_proven")
    assert found.is_due(datetime.now(UTC))


def test_what_is_too_old_goes_by_the_rules_of_the_office(desks: Desks, share: Path) -> None:
    of_server.set_folder(desks.office("eve"), share)
    ana = desks.office("ana")
    of_server.keep_passphrase(ana, PHRASE)
    first = of_server.make(ana, PHRASE).path
    assert first is not None
    for age in range(1, 14):
        day = (datetime.now() - timedelta(days=2500 + age)).strftime("%Y-%m-%d_%H%M%S000")
        old = first.with_name(f"{day}-{people.count(ana)}-4-day.imp")
        old.write_bytes(b"of long ago")
    invite(ana, 802)
    before = len(in_folder(ana, share))
    # The folder's newest opens, whatever stands beside it.
    of_server.make(ana, PHRASE)
    assert len(in_folder(ana, share)) < before
    assert rules.rules(ana).monthly == 60


def test_by_the_command_line(
    desks: Desks,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import json

    def run(user: str, *arguments: str, code: int = 0) -> dict[str, object]:
        asked = ("--lang", "en", "--json", "--register", str(desks.address(user)), *arguments)
        assert main([*asked]) == code
        told = capsys.readouterr().out
        return json.loads(told) if told else {}

    assert run("ana", "copies")["folder"] is None
    assert run("ana", "copies", "--folder", str(share), code=6) == {}
    assert run("eve", "copies", "--folder", str(share))["act"]
    assert run("ana", "backup", code=4) == {}
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", PHRASE)
    assert run("ana", "copies", "--passphrase", "keep")["passphrase"] is True
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
    made = run("ana", "backup")
    assert made["proven"] is True
    assert Path(str(made["path"])).parent.parent == share
    there = run("bea", "copies")
    assert there["folder"] == {
        "folder": str(share),
        "there": True,
        "copies": 1,
        "proven": 1,
        "latest_proven": there["last_made"],
    }
    assert run("ana", "copies", "--passphrase", "forget")["passphrase"] is False
    items = {one["item"]: one for one in run("ana", "health")["items"]}  # type: ignore[attr-defined]
    assert items["copies"]["state"] == "ok"


def test_what_is_destroyed_is_counted_in_the_folder_and_goes_from_there_where_asked(
    desks: Desks, share: Path, tmp_path: Path
) -> None:
    of_server.set_folder(desks.office("eve"), share)
    lead = replace(desks.office("luc"), clock=Clock(date(2050, 1, 3)))
    first, second, third = listed.ids(lead, PeopleFilter())[:3]
    passwords.keep_of_copies(of_server._register(lead), PHRASE)
    assert of_server.make(lead, PHRASE).proven
    (old,) = erasure.look(lead, first).stays.copies
    assert old == in_folder(lead, share)[0].path
    why = {"early": "consent is withdrawn"}
    stays = erasure.erase(lead, first, "asked", **why).stays
    assert (stays.copies, stays.unseen) == ((old,), False)
    assert len(still_holding(stays)) == 1
    done = erasure.erase(lead, second, "asked", drop_copies=True, **why)
    assert done.dropped == 1
    assert not old.exists()
    (new,) = done.stays.copies
    assert [one.path for one in in_folder(lead, share)] == [new]
    assert still_holding(done.stays, done.dropped) == []
    share.rename(tmp_path / "away")
    stays = erasure.erase(lead, third, "asked", drop_copies=True, **why).stays
    assert (stays.copies, stays.unseen) == ((), True)
    assert len(still_holding(stays)) == 1


def still_holding(stays: erasure.Stays, dropped: int = 0) -> list[str]:
    copies_told = privacy_texts.Copies(len(stays.copies), dropped, unseen=stays.unseen)
    said = privacy_texts.erased_text(True, copies_told, on_server=True)
    return [one for one in said if "office’s folder" in one]
