# SPDX-License-Identifier: Apache-2.0
"""Whether the installed Windows program answers as the checkout does here, command for command.

    differences(run, scratch) -> list[str]     one sentence for each answer that differs

Both work on registers of their own from the same lists. What tells where and when is not compared:
places, moments, users, hashes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from windows.windows_python import ROOT

LISTS = ROOT / "tests" / "files"
DEMO = ROOT / "data" / "demo"
KINDS = (".csv", ".xlsx", ".xls", ".xlsb", ".ods")
GLOBAL = ("--json", "--lang", "fr", "--today", "2024-12-20")
MASKED = frozenset(
    {
        "at",
        "when",
        "who",
        "path",
        "register",
        "made",
        "source",
        "set_aside",
        "folder",
        "updated_at",
        "head",
    }
)
OFFICE = (
    ("import", "{demo}/invitations-2022-fr.xlsx"),
    ("import", "{demo}/invitations-2023-en.xlsx"),
    ("import", "{demo}/suivi-2024-fr.xlsx"),
    ("import", "{demo}/familles-2024-fr.xlsx"),
    ("people",),
    ("people", "--search", "é"),
    ("show", "#1"),
    ("show", "#7"),
    ("verdict", "#1"),
    ("verdict", "#30", "--on", "2024-06-01"),
    ("receive", "#2", "--at", "2024-12-20T09:30:00-05:00"),
    ("receive", "#30", "--at", "2024-12-20T09:31:00-05:00"),
    ("set", "#3", "email", "zoé@exemple.ca"),
    ("quota", "2024"),
    ("deadlines", "--within", "400"),
    ("export", "people", "people.xlsx"),
    ("export", "everything", "tout.xlsx"),
    ("template", "modèle.xlsx"),
    ("journal", "--limit", "50"),
    ("undo",),
    ("check",),
    ("no-such-command",),
    ("import", "absent.xlsx"),
)
"""What an office does in a day, in one register."""

Run = Callable[[Path, list[str]], "subprocess.CompletedProcess[bytes]"]
"""Runs a command of the program in a folder."""


def here(folder: Path, arguments: list[str]) -> "subprocess.CompletedProcess[bytes]":
    """The program from the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IMP_PLUS_HOME": str(folder / "home")}
    command = [sys.executable, "-P", "-m", "imp_plus_desktop", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300
    )


def differences(there: Run, scratch: Path, named: Callable[[Path], str]) -> Iterator[str]:
    """What the program there answers otherwise than here; `named` is how it names our files."""
    ours, theirs = scratch / "ours", scratch / "theirs"
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
    for command in OFFICE:
        yield from _compared(there, ours, theirs, [*command], named)
    lists = sorted(path for path in LISTS.iterdir() if path.suffix in KINDS)
    for path in lists:
        yield from _compared(there, ours, theirs, ["import", str(path), "--dry-run"], named)


def _compared(
    there: Run, ours: Path, theirs: Path, command: list[str], named: Callable[[Path], str]
) -> Iterator[str]:
    register = ("--register", "Bureau d’Élise.imp")
    command = [argument.format(demo=DEMO) for argument in command]
    for_us = [*GLOBAL, *register, *command]
    for_them = [*GLOBAL, *register, *(_there(argument, named) for argument in command)]
    with ThreadPoolExecutor(1) as beside:
        answered = beside.submit(there, theirs, for_them)
        one, other = here(ours, for_us), answered.result()
    first, second = _told(one), _told(other)
    if first != second:
        where, here_, there_ = _first_difference(first, second)
        yield f"{' '.join(command)}: {where or 'all'} is here {here_!r}, there {there_!r}"


def _there(argument: str, named: Callable[[Path], str]) -> str:
    return named(Path(argument)) if argument.startswith("/") else argument


def _told(answer: "subprocess.CompletedProcess[bytes]") -> tuple[int, Any]:
    text = answer.stdout.decode("utf-8", "replace")
    try:
        return answer.returncode, _masked(json.loads(text))
    except ValueError:
        said = (
            answer.stderr.decode("utf-8", "replace").splitlines() if answer.returncode == 3 else ()
        )
        return answer.returncode, (text, *said)


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: "…" if k in MASKED else _masked(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return value


def _first_difference(one: Any, other: Any, where: str = "") -> tuple[str, Any, Any]:
    """Where two answers differ first, and what stands there, shortened."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        parts = [(str(key), one[key], other[key]) for key in one]
    elif (
        isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other)
    ):
        parts = [(str(place), *pair) for place, pair in enumerate(zip(one, other, strict=True))]
    else:
        return where, str(one)[:300], str(other)[:300]
    name, first, second = next(part for part in parts if part[1] != part[2])
    return _first_difference(first, second, f"{where}.{name}")
