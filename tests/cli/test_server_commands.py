# SPDX-License-Identifier: Apache-2.0
"""Registers on a server by the command line: made, looked at, worked in, moved there and back."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.storage.engines import parse

LIST = Path(__file__).resolve().parents[1] / "files" / "invitations-2023-fr.xlsx"

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


class Desk:
    """Somebody at the command line."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def said(self, *arguments: str, code: int = 0, language: str = "en") -> str:
        """What a command says, on both ways out."""
        assert main(["--lang", language, "--today", "2023-11-22", *arguments]) == code
        told = self._capsys.readouterr()
        return told.out + told.err

    def run(self, *arguments: str) -> dict[str, Any]:
        """What a command answers as JSON."""
        assert main(["--lang", "en", "--json", "--today", "2023-11-22", *arguments]) == 0
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(capsys)


@pytest.fixture
def url() -> Iterator[str]:
    """Where there is no database yet."""
    cluster, name = servers.a_cluster(), "bureau"
    yield str(cluster.address(name))
    cluster.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def filled(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "registre.imp"
    desk.said("--register", str(path), "import", str(LIST), code=1)
    return path


def test_who_may_not_make_a_register_is_told_what_the_server_lacks(desk: Desk, url: str) -> None:
    cluster = servers.a_cluster()
    cluster.sql("CREATE ROLE plain LOGIN")
    try:
        plain = str(cluster.address("bureau", "plain"))
        assert "does not let this user make a register" in desk.said(
            "server", "init", plain, code=6
        )
        cluster.sql("CREATE DATABASE bureau OWNER plain")
        assert "does not let this user make a register" in desk.said(
            "server", "init", plain, code=6
        )
        assert "no register of this name" in desk.said("server", "status", url, code=4)
    finally:
        cluster.sql("DROP DATABASE IF EXISTS bureau WITH (FORCE)")
        cluster.sql("DROP ROLE plain")


@pytest.mark.parametrize(
    "command",
    [
        ("demo", "{}"),
        ("backup", "{}"),
        ("snapshot", "{}"),
        ("template", "{}"),
        ("import", "{}"),
        ("restore", "{}"),
        ("rebuild", "{}"),
        ("export", "people", "{}"),
        ("letters", "take", "x", "{}"),
        ("assessment", "{}"),
    ],
)
@pytest.mark.parametrize("address", ["postgresql://host/imp", "postgresql:/host/imp"])
def test_an_address_where_a_file_is_asked_for_makes_no_folder_of_that_name(
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    address: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    told = ("--register", "office.imp", *(one.format(address) for one in command))
    assert "not an address on a server" in desk.said(*told, code=2)
    assert list(tmp_path.iterdir()) == []


def test_a_register_in_a_file_takes_no_snapshot_whatever_passphrase_there_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE", raising=False)
    path = str(filled(desk, tmp_path))
    told = desk.said("--register", path, "snapshot", str(tmp_path / "out.imp"), code=4)
    assert "taken of a register on a server" in told


def test_the_passphrase_of_the_copies_is_asked_for_by_its_name(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE", raising=False)
    desk.said("server", "init", url)
    told = desk.said("--register", url, "copies", "--passphrase", "keep", code=4)
    assert "passphrase of the copies" in told


def test_a_register_is_made_on_a_server_once_and_worked_in(desk: Desk, url: str) -> None:
    assert "no register of this name" in desk.said("server", "status", url, code=4)
    made = desk.run("server", "init", url)
    assert (made["database"], made["desks"]) == ("bureau", 0)
    assert "already" in desk.said("server", "init", url, code=4)
    assert desk.run("server", "status", url) == made
    told = desk.said("--register", url, "import", str(LIST), code=1)
    assert "new people" in told
    people = desk.run("--register", url, "people", "--limit", "2")["people"]
    assert len(people) == 2
    checked = desk.run("--register", url, "check")
    assert {checked[name] for name in ("integrity", "ledger", "journal", "search", "rows")} == {
        "ok"
    }
    assert checked["schema"] == "ok"


def test_a_register_moves_to_a_server_and_back_and_stays_the_same(
    desk: Desk, url: str, tmp_path: Path
) -> None:
    path = filled(desk, tmp_path)
    before = desk.run("--register", str(path), "people")
    desk.said("server", "init", url)
    there = desk.run("move", str(path), url)
    assert there["people"] == len(before["people"])
    assert desk.run("--register", url, "check")["head"] == there["head"]
    assert desk.run("--register", url, "people") == before
    back = tmp_path / "de retour" / "registre.imp"
    home = desk.run("move", url, str(back))
    assert (home["people"], home["acts"]) == (there["people"], there["acts"] + 1)
    assert desk.run("--register", str(back), "check")["head"] == home["head"]
    assert desk.run("--register", str(back), "people") == before


def test_what_was_moved_is_only_read_and_says_where_it_is(
    desk: Desk, url: str, tmp_path: Path
) -> None:
    path = filled(desk, tmp_path)
    desk.said("server", "init", url)
    desk.said("move", str(path), url)
    reference = desk.run("--register", str(path), "people")["people"][0]["individual_reference"]
    told = desk.said(
        *("--register", str(path), "set", reference, "email", "a@example.org"),
        code=4,
        language="fr",
    )
    # Whoever opens it there has a name of their own: the administrator's is left out.
    place = str(parse(url).for_all)
    assert "@" in url
    assert re.search(rf"Ce registre a été déménagé à {re.escape(place)}\. L’ouvrir là-bas", told)
    assert "moved to" in desk.said("move", str(path), str(tmp_path / "other.imp"), code=4)
    assert not (tmp_path / "other.imp").exists()
    desk.said("--register", url, "set", reference, "email", "a@example.org")
    assert desk.run("--register", str(path), "check")["schema"] == "ok"
    back = tmp_path / "back.imp"
    desk.said("move", url, str(back))
    assert desk.run("--register", url, "check")["schema"] == "ok"
    assert "moved to" in desk.said(
        "--register", url, "set", reference, "email", "b@example.org", code=4
    )


def test_a_move_goes_to_an_empty_place_alone(desk: Desk, url: str, tmp_path: Path) -> None:
    path = filled(desk, tmp_path)
    acts = desk.run("--register", str(path), "journal")["acts"]
    desk.said("server", "init", url)
    desk.said("--register", url, "import", str(LIST), code=1)
    assert "recorded in that register" in desk.said("move", str(path), url, code=4)
    there = tmp_path / "there.imp"
    there.write_bytes(b"")
    desk.said("move", str(path), str(there), code=4)
    # Nothing was written of moves that never began, and the register is written as before.
    assert desk.run("--register", str(path), "journal")["acts"] == acts
    reference = desk.run("--register", str(path), "people")["people"][0]["individual_reference"]
    desk.said("--register", str(path), "set", reference, "email", "a@example.org")


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("postgresql://a:secret@host/imp", 2, "Leave the password out"),
        ("postgresql://host", 2, "An address is written"),
        ("postgresql:///imp", 2, "An address is written"),
        ("postgresql://127.0.0.1:1/imp", 4, "does not answer"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_and_makes_no_file(
    desk: Desk,
    address: str,
    code: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = desk.said("--register", address, "people", code=code)
    assert told in said
    assert "secret" not in said
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("postgresql")]


def test_what_is_done_with_a_file_alone_is_refused_on_a_server(
    desk: Desk, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.said("server", "init", url)
    desk.said("--register", url, "import", str(LIST), code=1)
    copy = desk.run("--register", url, "backup", str(tmp_path / "copies"))["path"]
    before = desk.run("--register", url, "check")["head"]
    monkeypatch.setenv("IMP_PLUS_NEW_PASSPHRASE", "quatre mots bien longs")
    for command in (
        ("passphrase", "set"),
        ("restore", copy, "--dry-run"),
        ("restore", copy, "--yes"),
    ):
        assert "a register in a file of its own" in desk.said("--register", url, *command, code=4)
    assert desk.run("--register", url, "check")["head"] == before


def test_a_copy_of_a_server_is_under_the_passphrase_of_the_environment(
    desk: Desk, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.said("server", "init", url)
    desk.said("--register", url, "import", str(LIST), code=1)
    people = desk.run("--register", url, "people")
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "quatre mots bien longs")
    copy = desk.run("--register", url, "backup", str(tmp_path / "copies"))["path"]
    assert desk.run("--register", copy, "people") == people
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
    assert "passphrase" in desk.said("--register", copy, "people", code=4)
