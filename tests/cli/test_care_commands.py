# SPDX-License-Identifier: Apache-2.0
"""What `rebuild`, `rescue` and `support` answer, in JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.cli.main import main


@pytest.fixture
def register(tmp_path: Path) -> Path:
    office = new_office(tmp_path / "r.imp", build.TODAY)
    build.invite(office, 1)
    office.close()
    return tmp_path / "r.imp"


def run(capsys: pytest.CaptureFixture[str], register: Path, *arguments: str) -> dict[str, Any]:
    options = ["--register", str(register), "--lang", "en", "--json"]
    main([*options, *arguments])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.of_a_file("only a file is saved from damage")
def test_a_register_is_made_anew_and_saved_from_damage(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = run(capsys, register, "rebuild", str(tmp_path / "anew.imp"))
    assert made["acts"] == 1
    saved = run(capsys, register, "rescue", str(register), str(tmp_path / "saved.imp"))
    assert saved
    assert len(run(capsys, tmp_path / "saved.imp", "people")["people"]) == 1
    words = ["--register", str(register), "--lang", "en"]
    assert main([*words, "rebuild", str(tmp_path / "again.imp")]) == 0
    assert main([*words, "rescue", str(register), str(tmp_path / "once.imp")]) == 0
    assert capsys.readouterr().out


def test_a_report_for_support_names_nobody(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, register, "support", str(tmp_path))
    (report,) = [one for one in tmp_path.iterdir() if one.suffix not in (".imp", "")][:1]
    assert "Benalibb" not in report.read_text("utf-8")
