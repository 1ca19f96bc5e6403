# SPDX-License-Identifier: Apache-2.0
"""The password of a user on a server: who keeps it, who asks for it, and where it never is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import office_builders as build
import pytest
import servers
from server_users import Kept, let_in, office_database
from servers import Cluster

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.exports import export_process
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.servers import passwords, places
from imp_plus_desktop.services.servers.places import ServerAddress

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

USER, SECRET = "desk_carla", "Sapin rouge, lune 5"


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return servers.a_cluster()


@pytest.fixture
def address(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ServerAddress:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    database = office_database(cluster, "imp_passwords")
    let_in(cluster, database, USER, SECRET, Role.CLERK)
    return cluster.address(database, USER)


@pytest.fixture
def keyring() -> Iterator[Kept]:
    made = Kept()
    passwords.use(made)
    yield made
    passwords.use(None)


def test_an_opening_says_whether_a_password_is_missing_or_wrong(address: ServerAddress) -> None:
    for password, code in (("", "server_password_needed"), ("x", "server_refused")):
        with pytest.raises(StorageError) as caught:
            open_office(address, password=password)
        assert caught.value.code == code
        assert SECRET not in str(caught.value)
    office = open_office(address, password=SECRET)
    assert office.register.password == SECRET
    assert office.is_lockable
    assert SECRET not in repr(office.place) + office.name + str(places.beside(address))
    office.register.sleep()
    assert office.register.password == ""
    with pytest.raises(StorageError):
        office.register.wake("x" + SECRET)
    assert office.register.is_asleep
    office.register.wake(SECRET)
    assert people.count(office) == 0
    office.close()


def test_a_command_takes_it_from_the_keyring(
    address: ServerAddress, keyring: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--lang", "en", "--register", str(address), "people"]
    assert main(command) == 4
    assert "asks for this user’s password" in capsys.readouterr().err
    keyring.set_password(passwords.SERVICE, str(address), SECRET)
    assert main(command) == 0
    assert main(["--lang", "en", "server", "status", str(address)]) == 0


def test_a_command_asks_for_it_at_a_terminal(address: ServerAddress, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "imp_plus_desktop", "--lang", "en"]
    command += ["--register", str(address), "people"]
    ours, theirs = pytest.importorskip("pty", reason="Windows has no such terminals").openpty()
    # A session of its own, whose terminal that is: what asks for a password opens it by name.
    held = subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
    )
    os.close(theirs)
    told = _read_until(ours, b"Password: ")
    os.write(ours, SECRET.encode() + b"\n")
    told += _read_until(ours, b"0 people")
    assert held.wait(timeout=30) == 0
    assert SECRET.encode() not in told
    os.close(ours)


def _read_until(terminal: int, wanted: bytes) -> bytes:
    told, until = b"", time.monotonic() + 60
    while wanted not in told and time.monotonic() < until:
        told += os.read(terminal, 4096)
    assert wanted in told
    return told


def test_a_process_that_exports_gets_it_through_its_pipe(
    address: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(address, password=SECRET, today=build.TODAY)
    for number in range(3):
        build.invite(office, number)
    seen: list[tuple[object, ...]] = []
    start = children.start

    def watched(command: list[str], surroundings: dict[str, str]) -> subprocess.Popen[bytes]:
        seen.append((command, surroundings))
        return start(command, surroundings)

    monkeypatch.setattr(children, "start", watched)
    monkeypatch.setattr(export_process, "SHORT", 0)
    done = export_process.export(office, "people", tmp_path / "a.xlsx", progress=_Nobody())
    office.close()
    assert done.rows == 3
    assert (tmp_path / "a.xlsx").stat().st_size > 1000
    assert len(seen) == 1
    assert SECRET not in str(seen)


@pytest.mark.parametrize(
    ("host", "database", "code"),
    [
        ("", "imp", "bad_address"),
        ("a@b", "imp", "bad_address"),
        ("a b", "imp", "bad_address"),
        ("host:x", "imp", "bad_address"),
        ("one,", "imp", "bad_address"),
        (",two", "imp", "bad_address"),
        ("host", "", "bad_database"),
        ("host", "a/b", "bad_database"),
    ],
)
def test_what_is_no_host_or_no_database_is_told(host: str, database: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        places.address(host, database, "")
    assert caught.value.code == code


def test_an_address_that_was_filled_in_is_read_again_from_its_text() -> None:
    made = places.address(" Server.Example:5433 ", "imp", "anne@bureau")
    assert places.place_of(str(made)) == made
    assert places.told_host(made) == "server.example:5433"
    assert places.name_of(made) == "imp — server.example:5433"
    assert places.told_host(places.address("[::1]", "imp", "")) == "[::1]"


def test_a_server_and_the_one_that_stands_by_are_filled_in_and_shown_again() -> None:
    made = places.address("One.Example:5433, two.example", "imp", "anne")
    assert str(made) == "postgresql://anne@one.example:5433,two.example/imp"
    assert places.told_host(made) == "one.example:5433, two.example"
    assert places.address(places.told_host(made), "imp", "anne") == made


class _Nobody:
    """Whom nobody tells how far something is."""

    def step(self, done: int, total: int) -> None:
        return None
