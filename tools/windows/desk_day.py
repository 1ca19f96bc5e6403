# SPDX-License-Identifier: Apache-2.0
"""A clerk's day in the installed program's window, with keys alone, and what came of it.

    faults(desk) -> sentences      what does not hold

A list is imported, an application recorded, the list exported, looked at as it would come out of
a printer, and saved as PDF, through the system's own dialogs of files; a second start brings the
window back. The register's figures are then asked of the command line. Wine has no printer that
writes PDF, as Windows has.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from windows.windows_python import ROOT
from windows.wine import windows_path

if TYPE_CHECKING:
    from windows.window import Desk

_LIST = ROOT / "tests" / "files" / "l40.xlsx"
_PEOPLE, _ELIGIBLE = 40, "C1000019"
_DAY = "2023-11-20"
"""On which the letter of that person can be used."""


class _Stuck(Exception):
    """What was waited for did not come: the day ends here."""


class _Day:
    def __init__(self, desk: "Desk", folder: Path) -> None:
        self._desk = desk
        self._register = folder / "day.imp"
        self._list, self._sheet, self._paper = (
            folder / name for name in ("list.xlsx", "people.xlsx", "people.pdf")
        )
        self._before = b""

    def lived(self) -> None:
        """From the empty register to the last file. Raises _Stuck."""
        self._begin()
        self._import()
        self._receive()
        self._press("ctrl+e")
        self._answer("Export the list shown", self._sheet)
        self._look("exported")
        self._print()

    def opens_again(self) -> Iterator[str]:
        """The window is put away; a second start ends at once, and the window is in front."""
        self._desk.put_away("day")
        self._look("put-away")
        done = self._desk.started(*self._arguments())
        if done is None or done.returncode:
            yield f"a second start of the same register: {done and done.returncode}"
        self._look("second-start")
        if not self._desk.is_there("day"):
            yield "a second start of the same register did not bring its window back"

    def _arguments(self) -> tuple[str, ...]:
        return ("--register", windows_path(self._register), "--lang", "en", "--today", _DAY)

    def opened(self) -> tuple[str, ...]:
        """What the program is started with."""
        shutil.copyfile(_LIST, self._list)
        return self._arguments()

    def _begin(self) -> None:
        if not self._desk.is_there("day"):
            raise _Stuck("the day: no window came")
        self._look("empty")

    def _import(self) -> None:
        self._press("ctrl+i")
        self._answer("Import a list", self._list)
        self._look("import-file")
        for step in ("columns", "check"):
            self._press("Return")
            self._look(f"import-{step}")
        self._press("Tab", "Tab", "space")  # past the way back to the button that imports
        self._look("imported")

    def _receive(self) -> None:
        self._press("ctrl+2")
        self._look("people")
        self._press("ctrl+f")
        self._desk.typed(_ELIGIBLE)
        self._press("Return")
        self._look("found")
        self._press("ctrl+r")
        if not self._desk.is_there("Application received", whole=True):
            raise _Stuck("the day: no dialog for an application received")
        self._look("receipt")
        self._press("ctrl+Return")
        self._look("received")
        self._press("ctrl+f", "Escape", "Escape")  # all of the list again
        self._look("everybody")

    def _print(self) -> None:
        self._press("ctrl+p")
        if not self._desk.is_there("People", whole=True):
            raise _Stuck("the day: no preview of what is printed")
        self._look("preview")
        self._press("Escape")
        self._look("printed")
        self._press("alt+f", "d")
        self._answer("Save as PDF", self._paper)
        self._look("saved")

    def _answer(self, title: str, path: Path) -> None:
        """Give a dialog of the system the name of a file, and the window its place in front."""
        if not self._desk.is_there(title, whole=True):
            raise _Stuck(f"the day: no dialog “{title}”")
        self._press("ctrl+a")
        self._desk.typed(windows_path(path))
        self._press("Return")
        self._desk.to_front("day")

    def _press(self, *keys: str) -> None:
        for key in keys:
            self._desk.keys(key)

    def _look(self, name: str) -> None:
        self._before = self._desk.settled(f"day-{name}", self._before)

    def came_of_it(self) -> Iterator[str]:
        """What the register and the files hold once the window is closed."""
        told = self._told("quota", "2023")
        if told.get("used") != 1:
            yield f"the day: {told.get('used')} places are used, not one"
        told = self._told("people")
        if told.get("total") != _PEOPLE:
            yield f"the day: {told.get('total')} people, not {_PEOPLE}"
        people = self._told("people", "--search", _ELIGIBLE).get("people")
        if not isinstance(people, list) or [one["status"] for one in people] != ["applied"]:
            yield f"the day: the application of {_ELIGIBLE} is not recorded: {people}"
        rows = _rows(self._sheet)
        if rows != _PEOPLE + 1:
            yield f"the day: {rows} rows were exported, not {_PEOPLE + 1}"
        paper = self._paper.read_bytes() if self._paper.exists() else b""
        if not paper.startswith(b"%PDF-") or b"%%EOF" not in paper[-16:]:
            yield f"the day: no whole PDF was saved: {len(paper)} bytes"

    def _told(self, *command: str) -> dict[str, object]:
        done = self._desk.cli("--json", *self._arguments(), *command)
        try:
            answer: dict[str, object] = json.loads(done.stdout)
        except ValueError:
            return {"failed": done.stderr[-300:]}
        return answer


def faults(desk: "Desk", folder: Path) -> Iterator[str]:
    """Live the day, then ask what came of it."""
    folder.mkdir()
    day = _Day(desk, folder)
    with desk.opened(*day.opened()) as process:
        try:
            day.lived()
        except _Stuck as stuck:
            desk.picture("day-stuck")
            yield str(stuck)
            return
        yield from day.opens_again()
        yield from desk.closed(process)
    yield from day.came_of_it()


def _rows(sheet: Path) -> int:
    """How many rows the first sheet of a workbook has; none where there is no workbook."""
    if not sheet.exists():
        return 0
    with zipfile.ZipFile(sheet) as parts:
        return parts.read("xl/worksheets/sheet1.xml").count(b"<row ")
