# SPDX-License-Identifier: Apache-2.0
"""Nothing of the program speaks to a network, runs text as code, or makes SQL of what is typed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import office_builders as build
import pytest

import imp_plus_desktop
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.storage.engines.sqlite.connection import RegisterCursor

PACKAGE = Path(imp_plus_desktop.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

SPEAKS = frozenset(
    [
        "aiohttp",
        "asyncio",
        "ftplib",
        "http",
        "imaplib",
        "nntplib",
        "poplib",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib.request",
        "urllib3",
        "webbrowser",
        "wsgiref",
        "xmlrpc",
    ]
)
RUNS_TEXT = frozenset(["eval", "exec", "compile", "__import__", "breakpoint"])
UNSAFE = frozenset(["code", "codeop", "dill", "marshal", "pickle", "shelve"])
BY_SHELL = frozenset(
    ["os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"]
)
IMPORT = re.compile(r"^[ \t]*(?:from|import) ([\w.]+)(?: import ([^#\n]*(?:\([^)]*\))?))?", re.M)
SUSPECT = re.compile(r"\b(eval|exec|compile|__import__|breakpoint|shell|system|popen|getoutput)\b")
COMPILES = [("classes.py", "exec")]
"""The constructors of dataclasses, of the names of their own fields."""

DAY = """
import sys
from pathlib import Path
seen = []
def hook(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "webbrowser.open", "os.system"):
        seen.append(event)
sys.addaudithook(hook)
from imp_plus_desktop.cli.main import main
folder = Path(sys.argv[1])
def run(*arguments):
    code = main(["--register", str(folder / "r.imp"), "--today", "2026-11-20", *arguments])
    assert code in (0, 1), (arguments, code)
run("import", sys.argv[2])
run("people")
run("quota", "2026")
run("deadlines")
run("export", "people", str(folder / "people.xlsx"))
run("backup")
run("check")
run("journal")
run("undo")
print("SEEN", seen, sorted(set(sys.modules) & {"ssl", "asyncio", "http.client"}))
"""

WINDOW = """
import sys
from pathlib import Path
seen = []
sys.addaudithook(lambda event, arguments: event.startswith("socket.") and seen.append(event))
from imp_plus_desktop.ui.window import app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
def leave():
    window = next(w for w in QApplication.topLevelWidgets() if hasattr(w, "page_keys"))
    for key in window.page_keys():
        window.open_page(key)
    window.close()
    QApplication.exit(0)
app.run_window(["--register", sys.argv[1]], lambda: QTimer.singleShot(0, leave))
print("SEEN", seen, sorted(set(sys.modules) & {"ssl", "asyncio", "http.client"}))
"""


def called(node: ast.Call) -> str:
    """What a call names, `module.name` where it says so."""
    function = node.func
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    return ""


def imported(source: str) -> Iterator[str]:
    """Each module that a source imports, and what it takes of it."""
    for module, names in IMPORT.findall(source):
        yield module
        yield from (f"{module}.{name}" for name in re.findall(r"\w+", names))


@pytest.fixture(scope="module")
def sources() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in SOURCES}


def test_no_module_of_the_program_is_one_that_speaks(sources: dict[Path, str]) -> None:
    assert len(sources) > 500
    found = {
        path.name: name
        for path, source in sources.items()
        for name in imported(source)
        if name in SPEAKS or name.split(".")[0] in SPEAKS | UNSAFE
    }
    # A pair of one process's own, by which a thread is woken that waits for a server; and what
    # tells which authorities Windows knows.
    assert found == {"bell.py": "socket", "roots.py": "ssl"}
    (roots,) = (source for path, source in sources.items() if path.name == "roots.py")
    assert set(re.findall(r"\bssl\.(\w+)", roots)) == {"enum_certificates"}
    (bell,) = (source for path, source in sources.items() if path.name == "bell.py")
    assert set(re.findall(r"\bsocket\.(\w+)", bell)) == {"socketpair"}
    qt = ("QtDBus", "QtNetwork", "QtWebEngine")
    assert not [p for p, source in sources.items() if any(module in source for module in qt)]


def test_nothing_runs_text_as_code_or_asks_a_shell(sources: dict[Path, str]) -> None:
    found = []
    for path, source in sources.items():
        if not SUSPECT.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call):
                continue
            shell = any(
                word.arg == "shell" and getattr(word.value, "value", True) for word in node.keywords
            )
            if called(node) in RUNS_TEXT | BY_SHELL or shell:
                found.append((path.name, called(node)))
    assert found == COMPILES


def test_children_begin_in_python_s_own_isolation() -> None:
    """No module of theirs is one that lies in the folder in which somebody is."""
    assert "-P" in children.own_program("--x")


def ended(script: str, *arguments: object, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]


def test_a_day_on_the_command_line_opens_no_socket(tmp_path: Path) -> None:
    given = Path(__file__).parent / "files" / "l40.xlsx"
    assert ended(DAY, tmp_path, given, IMP_PLUS_HOME=str(tmp_path / "home")) == "SEEN [] []"


@pytest.mark.long
def test_the_window_opens_no_socket_on_any_of_its_pages(tmp_path: Path) -> None:
    home = {"IMP_PLUS_HOME": str(tmp_path / "home")}
    given = Path(__file__).parent / "files" / "l40.xlsx"
    ended(DAY, tmp_path, given, **home)
    assert ended(WINDOW, tmp_path / "r.imp", **home) == "SEEN [] []"


def test_what_is_typed_is_never_a_part_of_a_statement(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "x'); DROP TABLE person; --"
    asked: list[str] = []
    own = RegisterCursor.execute

    def execute(cursor: RegisterCursor, sql: str, params: object = ()) -> RegisterCursor:
        asked.append(sql)
        return own(cursor, sql, params)

    sent: Any = getattr(office.register.db, "asked", None)

    def told(statements: Any) -> Any:
        asked.extend(str(sql) for sql, _parameters in statements)
        return sent(statements)

    monkeypatch.setattr(RegisterCursor, "execute", execute)
    if office.server is not None:
        monkeypatch.setattr(office.register.db, "asked", told)
    names = dict.fromkeys(("family_name", "given_names"), typed)
    person = people.add(office, names).person
    people.edit(office, person, {"given_names": f"{typed} anew"})
    folder.add_note(office, person, typed)
    assert list(people.ids(office, PeopleFilter(text=typed))) == [person]
    assert people.row(office, person) is not None
    build.invite(office, 2, family_name=typed)
    assert people.count(office) == 2
    assert len(asked) > 20
    assert not [sql for sql in asked if "DROP TABLE person" in sql]
