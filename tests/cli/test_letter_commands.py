# SPDX-License-Identifier: Apache-2.0
"""Letters from the command line: listed, checked, made, and their templates kept."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from letter_builders import template, text_of

from imp_plus_desktop.cli.main import main

pytestmark = pytest.mark.mostly_long(
    "test_a_letter_is_made_as_word_and_pdf_recorded_and_undone",
    "test_every_field_is_listed_with_what_is_put_into_a_template",
)


class Register:
    """Runs commands on one register and keeps the last exit code."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._path, self._capsys = path, capsys
        self.code = 0

    def run(self, *arguments: str | Path) -> Any:
        options = ["--register", str(self._path), "--lang", "en", "--today", "2023-12-20", "--json"]
        self._capsys.readouterr()
        self.code = main([*options, *map(str, arguments)])
        out = self._capsys.readouterr().out
        return json.loads(out) if out.strip() else None


@pytest.fixture
def register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Register:
    made = Register(tmp_path / "office.imp", capsys)
    made.run(
        *("add", "individual_reference=C1234567", "family_name=Benali", "given_names=Amine"),
        *("birth_date=1990-04-02", "letter_date=2023-10-05", "letter_received_date=2023-10-07"),
    )
    return made


def test_a_letter_is_made_as_word_and_pdf_recorded_and_undone(
    register: Register, tmp_path: Path
) -> None:
    register.run("letters", "head", "--name", "Bureau de Montréal")
    done = register.run("letters", "make", "invitation", "C1234567", "--into", tmp_path / "out")
    assert register.code == 0
    docx, pdf = sorted(Path(file) for file in done["files"])
    assert (docx.name, pdf.name) == ("lettre-2023-12-20-1.docx", "lettre-2023-12-20-1.pdf")
    assert done["lacking"] == {}
    assert any("5 janvier 2024" in line for line in text_of(docx.read_bytes()))
    assert pdf.read_bytes().startswith(b"%PDF-")
    if reader := shutil.which("pdftotext"):
        asked = [reader, "-layout", "-enc", "UTF-8", str(pdf), "-"]
        told = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout
        assert "Bureau de Montréal" in told
        assert "Page 1 de 1" in told
    (contact,) = register.run("show", "C1234567")["contacts"]
    assert contact["text"].startswith("Letter: ")
    assert contact["attachment"]
    register.run("undo", str(done["act"]))
    assert register.run("show", "C1234567")["contacts"] == []


def test_what_is_left_blank_is_told_and_needs_somebody(register: Register) -> None:
    done = register.run("letters", "make", "passport", "C1234567", "--no-record")
    assert register.code == 1
    assert done["lacking"]["passport_expiry"] == [1]
    assert (done["act"], done["files"]) == (None, [])


def test_a_template_goes_out_comes_back_and_is_removed(register: Register, tmp_path: Path) -> None:
    out = tmp_path / "decision.docx"
    register.run("letters", "save", "decision", out, "--language", "en")
    out.write_bytes(template("Hello {{ full_name }}"))
    register.run("letters", "take", "decision", out, "--language", "en")
    changed = register.run("letters", "list")["letters"][3]
    assert (changed["key"], changed["changed"]) == ("decision", ["en"])
    register.run("letters", "remove", "decision")
    assert register.run("letters", "list")["letters"][3]["changed"] == []


def test_a_template_with_a_mistake_is_told_by_its_line_and_is_not_taken(
    register: Register, tmp_path: Path
) -> None:
    false = tmp_path / "false.docx"
    false.write_bytes(template("Hello {{ ful_name }}"))
    told = register.run("letters", "check", false)
    assert register.code == 1
    assert told["mistakes"][0]["message"] == (
        "There is no field “ful_name”. In the line: Hello {{ ful_name }}"
        " Perhaps “full_name” is meant."
    )
    register.run("letters", "take", "Reminder", false)
    assert register.code == 3
    assert len(register.run("letters", "list")["letters"]) == 5


def test_every_field_is_listed_with_what_is_put_into_a_template(register: Register) -> None:
    fields = {one["name"]: one for one in register.run("letters", "fields")["fields"]}
    assert fields["passport_expiry"]["tag"] == "{{ passport_expiry }}"
    assert fields["members"]["members"] == ["full_name", "relation", "birth_date"]
