# SPDX-License-Identifier: Apache-2.0
"""What `archive` answers, in JSON and in words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.cli.main import main


@pytest.fixture
def register(tmp_path: Path) -> Path:
    office = new_office(tmp_path / "r.imp", build.TODAY)
    build.issue(office, build.an_approved(office))
    office.close()
    return tmp_path / "r.imp"


def test_a_year_is_archived_and_told(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "2023.zip"
    options = ["--register", str(register), "--lang", "en", "--today", "2026-11-20"]
    assert main([*options, "--json", "archive", "2023", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["year"] == 2023
    assert set(told["files"]) < set(zipfile.ZipFile(out).namelist())
    assert told["year_acts"]["count"] == told["acts"]
    assert main([*options, "archive", "2023", str(out)]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Archived and verified: 2023.zip" in said
    assert "  report-2023.pdf" in said
    assert "Head of the journal" in said


def test_a_year_to_come_is_refused_in_a_sentence(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--register", str(register), "--lang", "en", "--today", "2026-11-20"]
    assert main([*options, "archive", "2031", str(tmp_path / "a.zip")]) == 2
    assert not (tmp_path / "a.zip").exists()
    assert capsys.readouterr().err.strip()
