# SPDX-License-Identifier: Apache-2.0
"""An option without the word that it says something about is refused, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.depending import DEPENDING
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.storage.journal import journal

BEFORE = {
    "entry": ["FRA"],
    "pivot": ["people", "country"],
    "portal": ["1"],
    "pr": ["C1000001"],
    "programme": [],
    "programmes": [],
}
VALUES = {"--on": "2023-11-01", "--from": "2023-11-01", "--completed": "2023-11-01"}
SWITCHES = ("--office", "--undo", "--dry-run")


def _typed(option: str) -> list[str]:
    if option == "ITEM":
        return ["medical"]
    return [option] if option in SWITCHES else [option, VALUES.get(option, "E123456789")]


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (command, option)
        for command, needed in DEPENDING.items()
        for options in needed.values()
        for option in options.values()
    ],
)
def test_an_option_alone_is_refused(
    command: str, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "register.imp"
    office = new_office(path, build.TODAY)
    build.receive(office, build.invite(office, 1))
    last = journal.last(office.register.db)
    office.close()
    typed = [command, *BEFORE[command], *_typed(option)]
    assert main(["--register", str(path), "--lang", "en", *typed]) == 2
    assert f"{option} says something about" in capsys.readouterr().err
    office = open_office(path, today=build.TODAY)
    assert journal.last(office.register.db) == last
    office.close()
