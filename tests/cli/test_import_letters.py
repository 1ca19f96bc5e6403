# SPDX-License-Identifier: Apache-2.0
"""Encodings, separators and garbled letters as `import` is asked for them and answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.cli.main import main

FILES = Path(__file__).parents[1] / "files"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one register; its exit, its output and its messages."""

    def told(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        base = ["--register", str(tmp_path / "r.imp"), "--lang", lang, "--today", "2026-11-20"]
        code = main([*base, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return told


def answer(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, _err = run("--json", *arguments)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def people(run: Run) -> list[tuple[str, str]]:
    return [(p["family_name"], p["given_names"]) for p in answer(run, "people")["people"]]


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("utf8-with-one-latin1-row.csv", "utf-8", ";"),
        ("excel-csv-msdos-cp850.csv", "cp850", ";"),
        ("letters-already-garbled.csv", "utf-8", ";"),
        ("invitations-2023-fr.xlsx", None, None),
    ],
)
def test_an_import_says_in_what_encoding_a_text_was_read(
    run: Run, name: str, encoding: str | None, separator: str | None
) -> None:
    code, out, _err = run("--json", "import", str(FILES / name), "--dry-run")
    told = json.loads(out)
    assert code in (0, 1)
    assert (told["encoding"], told["separator"]) == (encoding, separator)


def test_the_encoding_and_separator_asked_for_are_those_used(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "Individual reference no.\tSurname\tGiven name\tLetter date\n"
    path.write_bytes(f"{text}C1000001\tDoğan, Ali\tIşıl\t2024-03-15\n".encode("cp1254"))
    told = answer(run, "import", str(path), "--encoding", "windows-1254", "--separator", "tab")
    assert (told["encoding"], told["separator"], told["new"]) == ("cp1254", "\t", 1)
    assert people(run) == [("Doğan, Ali", "Işıl")]
    again = answer(run, "import", str(path))
    assert (again["encoding"], again["unchanged"], again["act"]) == ("cp1254", 1, None)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--encoding", "klingon"), ("--encoding", "rot13"), ("--encoding", ""),
        ("--separator", ";;"), ("--separator", ""), ("--separator", "a"), ("--separator", '"'),
        ("--separator", "\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_wrong_encoding_or_separator_is_wrong_usage(
    run: Run, wrong: tuple[str, str], lang: str
) -> None:
    path = str(FILES / "excel-csv-msdos-cp850.csv")
    code, out, err = run("import", path, *wrong, lang=lang)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert wrong[0] in err


def test_what_cannot_be_in_the_encoding_is_refused_in_one_sentence(run: Run) -> None:
    path = str(FILES / "invitations-2023-fr.xlsx")
    code, _out, err = run("import", str(FILES / "liste-excel-fr.csv"), "--encoding", "utf-16-be")
    assert code == 3
    assert len(err.strip().splitlines()) == 1
    code, out, _err = run("import", path, "--encoding", "cp850", "--dry-run")
    assert code in (0, 1)
    assert "This file is no text: its encoding and separator are its own." in out


def test_garbled_letters_are_named_with_the_option_that_puts_them_right(run: Run) -> None:
    path = str(FILES / "letters-already-garbled.csv")
    _code, out, _err = run("import", path)
    assert "BÃ©langer, which is likely Bélanger" in out
    assert "Add --repair-letters to put them right." in out
    assert people(run) == [("BÃ©langer", "Ã‰lodie")]
    told = answer(run, "import", path, "--repair-letters")
    assert told["garbled"] == {
        "cells": 2, "written": "BÃ©langer", "meant": "Bélanger", "read_as": "cp1252",
        "repaired": True,
    }  # fmt: skip
    assert told["issues"] == []
    assert people(run) == [("Bélanger", "Élodie")]
    assert answer(run, "import", path)["unchanged"] == 1


def test_the_issue_of_a_garbled_cell_says_the_cause_and_the_way(run: Run) -> None:
    path = str(FILES / "letters-already-garbled.csv")
    first, second = answer(run, "import", path, "--dry-run")["issues"]
    assert (first["code"], first["severity"], first["cell"]) == ("garbled_text", "warning", "B2")
    assert first["message"] == (
        "Characters garbled before the list came (UTF-8 read as Windows-1252): likely “Bélanger”"
        " (--repair-letters puts it right)"
    )
    assert second["column"] == "given_names"


def test_a_known_answer_says_the_garbled_letters_again(run: Run) -> None:
    path = str(FILES / "letters-already-garbled.csv")
    first = answer(run, "import", path)
    again = answer(run, "import", path)
    assert again["unchanged"] == 1
    assert (again["garbled"], again["issues"]) == (first["garbled"], first["issues"])
