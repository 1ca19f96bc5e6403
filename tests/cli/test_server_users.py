# SPDX-License-Identifier: Apache-2.0
"""Users of a register on a server by the command line: let in, held to a role, let in no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
from server_desks import Desks

from imp_plus_desktop.cli.main import main

LIST = Path(__file__).resolve().parents[1] / "files" / "invitations-2023-fr.xlsx"

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = Desks("users", tmp_path)
    made.drop()
    yield made
    made.drop()


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    """What a command answers as JSON, or what it says where it ends otherwise."""
    json_too = ["--json"] if code in (0, 1) else []
    assert main(["--lang", "en", "--today", "2023-11-22", *json_too, *arguments]) == code
    told = capsys.readouterr()
    return json.loads(told.out) if code in (0, 1) else told.err


def test_users_are_let_in_by_their_role_and_let_in_no_more(
    desks: Desks, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, secret = str(desks.address()), "a long secret"
    assert run(capsys, "server", "init", url)["users"] == []
    assert "needs a password" in run(
        capsys, "server", "user", "add", "ana", "--role", "clerk", url, code=2
    )
    for guessed in ("x", "password1", "ana2026"):
        monkeypatch.setenv("IMP_PLUS_USER_PASSWORD", guessed)
        told = run(capsys, "server", "user", "add", "ana", "--role", "clerk", url, code=2)
        assert "too easy to guess" in told
        assert guessed not in told
    assert run(capsys, "server", "status", url)["users"] == []
    monkeypatch.setenv("IMP_PLUS_USER_PASSWORD", secret)
    for name, role in (("rob", "read"), ("ana", "clerk"), ("luc", "lead"), ("eve", "admin")):
        told = run(capsys, "server", "user", "add", name, "--role", role, url)
    monkeypatch.delenv("IMP_PLUS_USER_PASSWORD")
    by_name = [
        {"user": "ana", "role": "clerk"},
        {"user": "eve", "role": "admin"},
        {"user": "luc", "role": "lead"},
        {"user": "rob", "role": "read"},
    ]
    assert told["users"] == by_name
    ana, rob, eve = (str(desks.address(name)) for name in ("ana", "rob", "eve"))
    assert run(capsys, "--register", ana, "import", str(LIST), code=1)["new"] > 1
    # Who only reads finds what was imported at once, and what is recorded once a desk has looked.
    found = run(capsys, "--register", rob, "people")["people"]
    assert len(found) > 1
    run(capsys, "--register", ana, "add", "family_name=Zed", "given_names=Ana", "citizenship=MAR")
    assert len(run(capsys, "--register", rob, "people")["people"]) == len(found)
    assert len(run(capsys, "--register", ana, "people")["people"]) == len(found) + 1
    assert len(run(capsys, "--register", rob, "people")["people"]) == len(found) + 1
    reference = found[0]["individual_reference"]
    refused = run(capsys, "--register", rob, "set", reference, "email", "a@example.org", code=6)
    assert refused.strip() == (
        "Your role in this register does not allow this. Nothing was changed; ask whoever leads"
        " the office or administers the register."
    )
    cap = ("cap", "2023", "10", "--from", "2023-01-01", "--reason", "a test")
    run(capsys, "--register", ana, *cap, code=6)
    run(capsys, "--register", str(desks.address("luc")), *cap)
    journal = run(capsys, "--register", rob, "journal")
    assert {act["who"] for act in journal["acts"]} == {"ana", "luc"}
    run(capsys, "--register", rob, "check", code=6)
    assert run(capsys, "--register", ana, "check")["rows"] == "ok"
    run(capsys, "server", "user", "add", "zoe", "--role", "read", ana, code=2)
    monkeypatch.setenv("IMP_PLUS_USER_PASSWORD", secret)
    run(capsys, "server", "user", "add", "zoe", "--role", "read", ana, code=6)
    run(capsys, "server", "user", "add", "ana", "--role", "lead", eve)
    run(capsys, "--register", ana, *cap)
    run(capsys, "server", "user", "remove", "ana", ana, code=6)
    left = run(capsys, "server", "user", "remove", "ana", eve)
    assert {"user": "ana", "role": "lead"} not in left["users"]
    run(capsys, "--register", ana, "people", code=4)
    gone = run(capsys, "server", "user", "remove", "ana", eve, code=2)
    assert gone.strip() == "Nobody of this name is a user of this register; nothing was changed."
    assert main(["--lang", "fr", "server", "status", eve]) == 0
    assert "eve\N{NO-BREAK SPACE}: administration" in capsys.readouterr().out.splitlines()


@pytest.fixture
def asks_for_passwords(desks: Desks) -> Iterator[None]:
    """The server lets nobody into the database without the password that it knows."""
    rules = desks.cluster.folder / "pg_hba.conf"
    before = rules.read_text("utf-8")
    rules.write_text(f"host {desks.database} ana 127.0.0.1/32 scram-sha-256\n{before}", "utf-8")
    desks.cluster.sql("SELECT pg_reload_conf()")
    yield
    rules.write_text(before, "utf-8")
    desks.cluster.sql("SELECT pg_reload_conf()")


@pytest.mark.usefixtures("asks_for_passwords")
def test_a_user_s_password_opens_the_register_and_another_does_not(
    desks: Desks, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, ana = str(desks.address()), str(desks.address("ana"))
    run(capsys, "server", "init", url)
    monkeypatch.setenv("IMP_PLUS_USER_PASSWORD", "a long secret, é")
    run(capsys, "server", "user", "add", "ana", "--role", "clerk", url)
    kept = desks.cluster.sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'ana'")[0]
    assert kept.startswith("SCRAM-SHA-256$")
    monkeypatch.setenv("PGPASSWORD", "another secret")
    assert "does not let this user in" in run(capsys, "--register", ana, "people", code=4)
    monkeypatch.setenv("PGPASSWORD", "a long secret, é")
    assert run(capsys, "--register", ana, "people")["total"] == 0


def test_what_was_destroyed_is_told_to_whoever_runs_the_server_until_they_have_tidied(
    desks: Desks, capsys: pytest.CaptureFixture[str]
) -> None:
    desks.make()
    url, luc, ana = (str(desks.address(*who)) for who in ((), ("luc",), ("ana",)))
    named = "Unmistakably"
    run(capsys, "--register", ana, "add", f"family_name={named}", "citizenship=MAR")
    run(capsys, "--register", ana, "people")
    desks.cluster.sql("ANALYZE imp_plus.person", database=desks.database)
    asked = ("erase", "#1", "--reason", "asked", "--override", "PRV-01=consent withdrawn")
    done = run(capsys, "--register", luc, *asked)
    assert not done["swept"], "a server lets only who owns a table tidy it"
    assert run(capsys, "server", "status", url)["untidied"] == 1
    assert named in _of_tables(desks)
    assert main(["--lang", "en", "server", "status", url]) == 0
    assert "1 file was destroyed since" in capsys.readouterr().out
    refused = run(capsys, "server", "tidy", luc, code=6)
    assert refused.startswith("Only whoever made the register on the server may do this")
    assert run(capsys, "server", "tidy", url)["untidied"] == 0
    assert named not in _of_tables(desks)
    assert run(capsys, "server", "status", luc)["untidied"] == 0


def _of_tables(desks: Desks) -> str:
    """All that the files of the register's tables hold, to the byte."""
    desks.cluster.sql("CHECKPOINT")
    folder = desks.cluster.sql(
        f"SELECT 'base/' || oid FROM pg_database WHERE datname = '{desks.database}'"
    )[0]
    held = sorted((desks.cluster.folder / folder).iterdir())
    return "".join(one.read_bytes().decode("latin-1") for one in held)
