# SPDX-License-Identifier: Apache-2.0
"""`restore` says what it would change, refuses what is no copy, and works without a register."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imp_plus_desktop import paths
from imp_plus_desktop.cli.main import main
from tests.cli.test_commands import FILES, PERSON, Shell, parts_of

pytestmark = pytest.mark.mostly_long(
    "test_a_dry_run_tells_what_would_go_and_come",
    "test_a_foreign_file_with_our_number_is_refused_in_one_sentence",
    "test_reading_makes_no_register",
    "test_the_users_own_register_is_as_good_as_empty_until_something_is_written",
    "test_what_needs_no_register_makes_none",
    "test_a_register_that_is_gone_comes_back_from_a_copy",
)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "office.imp", capsys)
    made.ok("add", *PERSON)
    return made


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_dry_run_tells_what_would_go_and_come(shell: Shell, tmp_path: Path) -> None:
    copy = Path(shell.ok("backup", tmp_path / "usb")["path"])
    shell.ok("set", "C1234567", "phone", "1")
    shell.ok("set", "C1234567", "phone", "2")
    told = shell.ok("restore", copy, "--dry-run")
    assert {k: told[k] for k in ("people", "acts", "would_lose", "would_bring")} == {
        "people": 1,
        "acts": 1,
        "would_lose": 2,
        "would_bring": 0,
    }
    assert told["newest_act"].endswith("Z")
    assert shell.ok("show", "C1234567")["person"]["phone"] == "2"
    assert shell.ok("restore", copy, "--yes")["people"] == 1
    assert shell.ok("show", "C1234567")["person"]["phone"] is None
    shell.ok("undo")
    assert shell.ok("show", "C1234567")["person"]["phone"] == "2"
    assert shell.ok("journal")["acts"][0]["service"] == "maintenance.restore_undone"
    assert parts_of(shell.ok("check")) == {"ok"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_foreign_file_with_our_number_is_refused_in_one_sentence(
    shell: Shell, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    before = shell.ok("journal")
    source = FILES / "foreign-same-id.imp"
    capsys.readouterr()
    code = main(["--register", str(shell.register), "--lang", language, "restore", str(source)])
    said = capsys.readouterr()
    assert code == 4
    assert said.err.count("\n") == 1
    assert ("registre" if language == "fr" else "register") in said.err
    assert shell.ok("people")["total"] == 1
    assert shell.ok("journal") == before


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_another_offices_register_needs_a_yes_from_a_script(shell: Shell, tmp_path: Path) -> None:
    other = Shell(tmp_path / "other.imp", shell._capsys)
    other.ok("add", "family_name=Autre", "letter_date=2023-10-05")
    copy = Path(other.ok("backup", tmp_path / "usb")["path"])
    assert shell.ok("restore", copy, "--dry-run")["other_register"] is True
    assert shell.run("restore", copy)[0] == 5
    assert shell.ok("people")["total"] == 1
    shell.ok("restore", copy, "--yes")
    assert shell.ok("people")["people"][0]["family_name"] == "Autre"
    shell.ok("undo")
    assert shell.ok("people")["people"][0]["family_name"] == "Nguyễn"


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_copy_with_a_passphrase_of_its_own_asks_for_it(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMP_PLUS_NEW_PASSPHRASE", "first secret")
    shell.ok("passphrase", "set")
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "first secret")
    copy = Path(shell.ok("backup", tmp_path / "usb")["path"])
    monkeypatch.setenv("IMP_PLUS_NEW_PASSPHRASE", "second secret")
    shell.ok("passphrase", "change")
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "second secret")
    code, _answer, err = shell.run("restore", copy)
    assert code == 4
    assert "IMP_PLUS_COPY_PASSPHRASE" in err
    assert "damaged" not in err
    monkeypatch.setenv("IMP_PLUS_COPY_PASSPHRASE", "first secret")
    assert shell.ok("restore", copy)["people"] == 1
    assert parts_of(shell.ok("check")) == {"ok"}


@pytest.mark.parametrize(
    "command", [("people",), ("quota", "2023"), ("check",), ("journal",), ("backup",), ("undo",)]
)
def test_reading_makes_no_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    fresh = Shell(tmp_path / "none" / "fresh.imp", capsys)
    code, _answer, err = fresh.run(*command)
    assert (code, err.count("\n")) == (4, 1)
    assert not fresh.register.parent.exists()


@pytest.mark.parametrize("command", [("people",), ("quota", "2023"), ("check",), ("journal",)])
def test_a_register_that_is_not_made_yet_answers_as_an_empty_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    fresh = Shell(tmp_path / "fresh.imp", capsys)
    code, answer, err = fresh.run(*command)
    assert (code, answer is not None, "no register yet" in err) == (0, True, True)
    assert not list(tmp_path.glob("fresh*"))


@pytest.mark.of_a_file("the file in the user’s own folder")
def test_the_users_own_register_is_as_good_as_empty_until_something_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--lang", "en", "--json", "people"]) == 0
    said = capsys.readouterr()
    assert '"total": 0' in said.out
    assert "no register yet" in said.err
    assert not paths.register_file().exists()
    assert main(["--lang", "en", "add", "family_name=Roy"]) == 0
    assert paths.register_file().exists()


def test_what_needs_no_register_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = Shell(tmp_path / "fresh.imp", capsys)
    fresh.ok("template", tmp_path / "template.xlsx")
    assert fresh.ok("routes")["routes"]
    assert not fresh.register.exists()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_register_that_is_gone_comes_back_from_a_copy(shell: Shell, tmp_path: Path) -> None:
    copy = Path(shell.ok("backup", tmp_path / "usb")["path"])
    shutil.move(shell.register, tmp_path / "lost.imp")
    assert shell.ok("restore", copy)["people"] == 1
    assert parts_of(shell.ok("check")) == {"ok"}
    shell.register.write_bytes(b"\x00" * 8192)
    told = shell.ok("restore", copy)
    assert told["people"] == 1
    assert len(list(tmp_path.glob("office-*.broken"))) == 1
