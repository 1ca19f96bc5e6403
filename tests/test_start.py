# SPDX-License-Identifier: Apache-2.0
"""What is loaded before the first answer, by name: what was won there is not lost unseen.

Each start runs in a child of its own, since this process has everything loaded.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import office_builders as build
import pytest

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.words import messages

ROOT = Path(__file__).parents[1]
LIBRARIES = frozenset(
    {"xlsxwriter", "openpyxl", "python_calamine", "ftfy", "msoffcrypto", "docx", "jinja2"}
)
COMMAND = """
import atexit, json, sys
from imp_plus_desktop.__main__ import main
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.exit(main(sys.argv[1:]))
"""
WINDOW = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from imp_plus_desktop.__main__ import main

def told():
    print(json.dumps(sorted(sys.modules)), file=sys.stderr, flush=True)
    os._exit(0)

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, told)
        return False

painted, run = Painted(), QApplication.exec
def run_until_painted(*_):
    QApplication.instance().installEventFilter(painted)
    return run()
QApplication.exec = run_until_painted
main(sys.argv[1:])
"""


def loaded(program: str, folder: Path, *arguments: object) -> set[str]:
    """The modules that a start has loaded when it has answered."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "IMP_PLUS_HOME": str(folder / "home"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(found)


def within(modules: Iterable[str], *packages: str) -> list[str]:
    """Those of these packages of ours, the packages themselves not counted."""
    inside = tuple(f"imp_plus_desktop.{package}." for package in packages)
    return sorted(name for name in modules if name.startswith(inside))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with somebody in it, whose lists are made."""
    path = tmp_path_factory.mktemp("start") / "office.imp"
    office = open_office(path, today=build.TODAY)
    build.invite(office)
    office.close()
    return path


def test_the_help_loads_the_grammar_and_nothing_of_the_register(tmp_path: Path) -> None:
    found = loaded(COMMAND, tmp_path, "--lang", "fr", "--help")
    assert found & (LIBRARIES | {"peewee", "sqlcipher3", "logging", "tempfile", "PySide6"}) == set()
    assert within(found, "services", "storage", "exchange", "words", "ui") == []
    values = "imp_plus_desktop.domain.values"
    assert within(found, "domain") == [values, f"{values}.errors"]
    parsers = [name for name in within(found, "cli.grammar") if name.endswith("_parser")]
    assert parsers == []


def test_a_list_of_people_loads_no_rule_no_reader_and_no_writer(
    register: Path, tmp_path: Path
) -> None:
    options = ("--register", register, "--today", build.TODAY, "--json")
    loaded(COMMAND, tmp_path, *options, "people")  # brings the lines up to date
    found = loaded(COMMAND, tmp_path, *options, "people", "--limit", 1)
    assert found & (LIBRARIES | {"PySide6"}) == set()
    assert within(found, "exchange", "ui", "domain.verdict", "domain.deadlines") == []
    assert within(found, "services.imports", "services.exports", "services.fields") == []
    assert within(found, "cli.commands") == ["imp_plus_desktop.cli.commands.list_commands"]


def test_the_window_paints_its_first_page_without_what_other_pages_and_dialogs_need(
    register: Path, tmp_path: Path
) -> None:
    found = loaded(WINDOW, tmp_path, "--register", register, "--today", build.TODAY)
    assert found & LIBRARIES == set()
    assert within(found, "exchange", "services.imports", "services.exports") == []
    assert within(found, "ui.lists", "ui.imports", "ui.quota", "ui.tables", "ui.verdicts") == []
    assert within(found, "ui.dialogs") == [
        "imp_plus_desktop.ui.dialogs.register",
        "imp_plus_desktop.ui.dialogs.register.opening",
    ]
    assert within(found, "ui.person.sections") == []
    assert len(within(found, "ui.pages")) == 7  # the overview in four, what all have and tell


@pytest.mark.many("people")
@pytest.mark.parametrize("page", ["people", "applications", "permits", "family", "deadlines"])
def test_a_window_that_begins_with_a_list_reads_no_list_and_writes_none(
    register: Path, tmp_path: Path, page: str
) -> None:
    """It begins with the page on which it was closed: for most that is one of these."""
    settings = tmp_path / "home" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"layouts": {"page": page}}), "utf-8")
    found = loaded(WINDOW, tmp_path, "--register", register, "--today", build.TODAY)
    assert "imp_plus_desktop.ui.lists.list_page" in found
    assert found & LIBRARIES == set()
    assert within(found, "exchange.readers", "exchange.columns", "exchange.lists") == []
    assert within(found, "services.exports", "services.imports") == []
    # The person's page comes once the list is seen.
    assert within(found, "ui.person.person_panel", "ui.person.sections") == []


def test_the_front_door_of_words_leads_where_the_types_say() -> None:
    block = next(node for node in ast.parse(Path(messages.__file__).read_text("utf-8")).body
                 if isinstance(node, ast.If))  # fmt: skip
    typed = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(messages.__package__)
        for alias in node.names
    }
    assert {
        name: str(module).removeprefix(f"{messages.__package__}.") for name, module in typed.items()
    } == messages._PART_OF
    assert [name for name in messages.__all__ if not hasattr(messages, name)] == []
