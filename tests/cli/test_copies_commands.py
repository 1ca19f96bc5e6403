# SPDX-License-Identifier: Apache-2.0
"""`backup` proves what it makes, `copies` tells and sets how they are kept, `health` the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from new_registers import is_on_a_server

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.storage.journal.register import Register
from tests.cli.test_commands import PERSON, Shell

pytestmark = pytest.mark.mostly_long(
    "test_a_copy_is_proven_here_elsewhere_and_in_the_second_place",
    "test_what_earlier_commands_have_copied_is_proven_with_the_next_copy",
    "test_an_altered_register_makes_no_proven_copy",
    "test_health_ends_with_one_where_something_is_bad",
    "test_neither_command_makes_a_register",
)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "office.imp", capsys)
    made.ok("add", *PERSON)
    return made


def forge(path: Path) -> None:
    """Change who did what, as no program does."""
    register = Register(path)
    register.db.execute_sql("UPDATE act SET who = 'nobody'")
    register.close()


@pytest.mark.of_a_file("a server's copies go into the folder that its office names")
def test_a_copy_is_proven_here_elsewhere_and_in_the_second_place(
    shell: Shell, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert shell.ok("backup", tmp_path / "usb")["proven"] is True
    assert shell.ok("copies", "--place", stick)["second"]["there"] is True
    told = shell.ok("backup")
    assert (told["proven"], told["fault"], told["second_fault"]) == (True, None, None)
    assert Path(told["second"]).read_bytes() == Path(told["path"]).read_bytes()
    state = shell.ok("copies")
    assert state["beside"] | {"folder": "", "latest_proven": ""} == {
        "folder": "",
        "there": True,
        "copies": 1,
        "proven": 1,
        "latest_proven": "",
    }
    assert (state["waiting"], state["faulty"], state["behind"]) == ([], {}, False)
    assert shell.ok("copies", "--place", "none")["second"] is None


@pytest.mark.of_a_file("a server's copies go into the folder that its office names")
def test_one_copy_is_told_of_as_one_in_french(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.ok("backup")
    capsys.readouterr()
    assert main(["--lang", "fr", "--register", str(tmp_path / "office.imp"), "copies"]) == 0
    assert "1 copie, dont 1 prouvée, la dernière du" in capsys.readouterr().out


@pytest.mark.of_a_file("before an act on a server no copy is made")
def test_what_earlier_commands_have_copied_is_proven_with_the_next_copy(
    shell: Shell,
) -> None:
    shell.ok("set", "C1234567", "phone", "1")  # the day's first change has been copied
    (waiting,) = shell.ok("copies")["waiting"]
    assert waiting.endswith("-day.imp")
    shell.ok("backup")
    assert shell.ok("copies")["waiting"] == []


@pytest.mark.of_a_file("a server's copies go into the folder that its office names")
def test_a_second_place_that_is_away_needs_a_person(shell: Shell, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shell.ok("copies", "--place", stick)
    stick.rmdir()
    code, told, _said = shell.run("backup")
    assert (code, told["proven"], told["second_fault"]) == (1, True, "not_found")


@pytest.mark.of_a_file("what is altered on a server is refused as in a move: test_moving")
def test_an_altered_register_makes_no_proven_copy(shell: Shell) -> None:
    forge(shell.register)
    code, told, _said = shell.run("backup")
    assert (code, told["proven"], told["fault"]) == (1, False, "copy_altered")
    assert Path(told["path"]).is_file(), "all the same it is what there is"
    assert shell.run("copies")[0] == 1


def test_the_rules_of_copies_are_an_act_that_can_be_undone(shell: Shell) -> None:
    told = shell.ok("copies", "--monthly", "24", "--every", "15")
    assert told["rules"] == {"every": 15, "hourly": 1, "daily": 31, "weekly": 26, "monthly": 24}
    assert shell.ok("journal")["acts"][0]["service"] == "copies.rules"
    assert shell.run("copies", "--monthly", "900")[0] == 2
    shell.ok("undo")
    assert shell.ok("copies")["rules"]["monthly"] == 60


def test_health_tells_of_each_item_how_it_stands_and_what_mends_it(shell: Shell) -> None:
    items = {one["item"]: one for one in shell.ok("health")["items"]}
    assert {"integrity", "journal", "ledger", "search", "rows"} <= set(items)
    troubles = {name: one["state"] for name, one in items.items() if one["state"] != "ok"}
    of_a_file = ("copies", "second", "passphrase", "place")
    if is_on_a_server():
        # No folder is named there; the rest is of a file.
        assert (troubles, items.keys() & set(of_a_file)) == ({"copies": "warn"}, {"copies"})
    else:
        assert troubles == dict.fromkeys(of_a_file[:3], "warn")
        assert items["place"]["mend"] is None
        assert items["second"]["mend"]
    engine = ("PostgreSQL",) if is_on_a_server() else ("SQLite", "SQLCipher")
    assert all(name in items["versions"]["message"] for name in engine)


def test_health_ends_with_one_where_something_is_bad(shell: Shell) -> None:
    shell.ok("backup")
    assert shell.run("health")[0] == 0
    forge(shell.register)
    code, told, _said = shell.run("health")
    items = {one["item"]: one["state"] for one in told["items"]}
    assert (code, items["journal"], items["checked"]) == (1, "bad", "bad")


def test_neither_command_makes_a_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path / "none.imp", capsys)
    for command in ("copies", "health"):
        shell.run(command)
        assert not shell.register.exists()


def test_what_leaves_by_a_command_is_in_the_journal_and_undone_by_none(
    shell: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    shell.ok("set", "C1234567", "phone", "1")
    shell.ok("export", "people", out / "people.xlsx")
    shell.ok("deadlines", "--ics", out / "days.ics")
    shell.ok("report", "yearly", "--xlsx", out / "report.xlsx")
    shell.ok("pivot", "people", "country", "--xlsx", out / "pivot.xlsx")
    shell.ok("rebuild", out / "anew.imp")
    shell.ok("backup", out)
    shell.ok("journal", "--verify-export", out / "journal.jsonl")
    shell.run("letters", "make", "invitation", "C1234567", "--into", out / "l", "--no-record")
    acts = shell.ok("journal")["acts"]
    assert [act["service"] for act in acts[:9]] == [
        *("out.letter", "out.export", "out.backup", "out.backup"),
        *("out.export",) * 4,
        "people.edit",
    ]
    assert [(act["paper"], act["form"]) for act in acts[:3]] == [
        ("letter", "pdf"),
        ("journal", "jsonl"),
        ("register", "imp"),
    ]
    assert acts[8]["paper"] is None
    assert shell.ok("check")["journal"] == "ok"
    assert shell.ok("undo")["undone"] == acts[8]["id"]
