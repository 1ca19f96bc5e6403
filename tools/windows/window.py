# SPDX-License-Identifier: Apache-2.0
"""The installed program's real window on a screen of its own, with real keys.

    faults(wine, program, scratch, ends) -> sentences     what does not hold

On Linux the screen is Xvfb's, with a window manager where there is one, and xdotool presses the
keys; without them it is said that the window was left out. Pictures go to `PICTURES`.
"""

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from windows import building, desk_day
from windows.windows_python import ROOT, python_exe
from windows.wine import ON_WINDOWS, Wine, missing_for_a_window, windows_path

PICTURES = ROOT / "build" / "windows" / "pictures"
_SIZE, _SMALL = "1366x768", "1093x614"
_TITLE = "IMP\\+ Desktop"
_PAGES = "1234567890"
_DRAWN_WITHIN, _LOOK = 60.0, 0.7
"""Seconds until a page is drawn, at most, and between two looks."""
_AT_REST = 0.15
"""The share of a processor that a window takes in which nothing happens, at most: a list that is
being read shows nothing new for seconds."""
_OPENS_WITHIN = 180.0
"""Seconds, under Wine on a busy machine."""


def faults(wine: Wine, program: Path, scratch: Path, ends: float) -> Iterator[str]:
    """First run, a register opened by a double click, each page, an upgrade meanwhile, the end."""
    lacking = missing_for_a_window()
    if ON_WINDOWS or lacking:
        print(f"  left out: the window, which needs {' '.join(lacking) or 'a person'}", flush=True)
        return
    scratch.mkdir()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    # Wine asks for the size of the screen once, so that each has a Wine of its own.
    with screen() as variables, wine.kept_ready(variables):
        desk = Desk(wine, program, scratch, variables)
        yield from desk.first_run()
        yield from desk.double_click()
        yield from desk_day.faults(desk, scratch / "day")
        yield from desk.no_window_for_a_wrong_command()
    with screen(_SMALL) as variables, wine.kept_ready(variables):
        yield from Desk(wine, program, scratch, variables).drawn(ends)


class Desk:
    """The installed program before somebody, on a screen."""

    def __init__(self, wine: Wine, program: Path, scratch: Path, screen: dict[str, str]) -> None:
        self._wine, self._program, self._scratch, self._screen = wine, program, scratch, screen
        self._home = scratch / "home"

    def first_run(self) -> Iterator[str]:
        """Nothing is there yet: a welcome, and the window on an empty register after it."""
        with self.opened() as process:
            if not self.is_there():
                yield "first run: no welcome came"
                return
            self.picture("welcome")
            self.keys("Return")
            if not self.is_there("registre"):
                yield "first run: no window came"
                return
            # Whoever is new is taken round, and only then leaves the window itself.
            if not self.is_there("Visite en trois .*", whole=True):
                yield "first run: nobody was taken round"
            self.picture("first-run")
            self.keys("Escape")
            yield from self.closed(process)
        if not (self._home / "registre.imp").exists():
            yield "first run: no register was made"

    def double_click(self) -> Iterator[str]:
        """A file of the kind that opens with the program, as the system hands it over."""
        told = self.cli("--json", "demo", windows_path(self._scratch / "démo"))
        try:
            made = json.loads(told.stdout)
        except ValueError:
            yield f"the demo was not made: {told.stderr[-300:]!r}"
            return
        register = self._scratch / "Bureau de Lévis.imp"
        source = Path(made["register"].removeprefix("Z:").replace("\\", "/"))
        shutil.copyfile(source, register)
        with self.opened(windows_path(register)) as process:
            if not self.is_there("Bureau de"):
                yield "a double click: no window of that register came"
                return
            yield from self._paged()
            # An upgrade while it is open is refused, and breaks nothing.
            again = self._wine.run(building.setup_file(), "/S", environment=self._screen)
            if again.returncode != 2:
                yield f"an upgrade while the program is open ended with {again.returncode}"
            yield from self.closed(process)

    def _paged(self) -> Iterator[str]:
        before = b""
        for key in _PAGES:
            self.keys(f"ctrl+{key}")
            picture = self.settled(f"page-{key}", before)
            if picture == before:
                yield f"page {key} looks like the one before"
            before = picture

    def settled(self, name: str, before: bytes) -> bytes:
        """The screen once it is another than before, changes no more and nothing is worked at; on
        a busy machine that takes a while, and on another one a moment."""
        given_up, last = time.monotonic() + _DRAWN_WITHIN, b""
        worked = self._wine.worked()
        while time.monotonic() < given_up:
            time.sleep(_LOOK)
            now, until_now = self.picture(name).read_bytes(), self._wine.worked()
            if now == last != before and until_now - worked < _AT_REST * _LOOK:
                break
            last, worked = now, until_now
        return last

    def no_window_for_a_wrong_command(self) -> Iterator[str]:
        """The windowed program ends with the command line's code, without a box or a window."""
        program = self._program / "imp-plus-desktop.exe"
        done = self._wine.run(program, "no-such-command", environment=self._env(), patience=120)
        if done.returncode != 2:
            yield f"a wrong command to the windowed program ended with {done.returncode}"

    def drawn(self, ends: float) -> Iterator[str]:
        """Every screen in both languages, by Qt's own platform for Windows, on a small screen."""
        script = windows_path(ROOT / "tests" / "gallery.py")
        environment = {"PYTHONPATH": windows_path(ROOT), "IMP_PLUS_TEST_PLATFORM": "windows"}
        done = self._wine.run(
            python_exe(),
            *(script, windows_path(PICTURES), "--size", _SMALL, "--themes", "light"),
            environment={**self._env(), **environment},
            folder=ROOT,
            patience=max(ends - time.monotonic(), 60),
        )
        count = len(list(PICTURES.glob("??-*.png")))
        print(f"  {count} screens drawn in {PICTURES}", flush=True)
        # Wine's screen is not of the size asked for, and its font is not Windows': what would not
        # fit is only told, to be looked at.
        told = done.stderr.decode("utf-8", "replace").splitlines()
        large = {line.partition(":")[0] for line in told if line.startswith(("fr-", "en-"))}
        if large:
            print(f"  larger here than the small screen: {', '.join(sorted(large))}", flush=True)
        if not count:
            yield f"no screen was drawn: {done.stderr[-500:]!r}"

    def _env(self) -> dict[str, str]:
        return {**self._screen, "IMP_PLUS_HOME": windows_path(self._home)}

    def started(self, *arguments: str) -> "subprocess.CompletedProcess[bytes] | None":
        """Start it beside the window that is there, and wait for its end; None if none comes."""
        program = self._program / "imp-plus-desktop.exe"
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._wine.run(program, *arguments, environment=self._env(), patience=120)
        return None

    def cli(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        """The command line's answer."""
        return self._wine.run(self._program / "imp-plus.exe", *arguments, environment=self._env())

    @contextlib.contextmanager
    def opened(self, *arguments: str) -> "Iterator[subprocess.Popen[bytes]]":
        """The windowed program while it runs; it is ended with the block."""
        command = self._wine.command(self._program / "imp-plus-desktop.exe", *arguments)
        process = subprocess.Popen(
            command,
            env=self._wine.environment(self._env()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    def is_there(self, name: str = "", *, whole: bool = False) -> bool:
        """Whether a window comes whose title begins so, or a dialog whose `whole` title it is."""
        title = f"^{name}$" if whole else f"{name}.*{_TITLE}"
        given_up = time.monotonic() + _OPENS_WITHIN
        while time.monotonic() < given_up:
            found = self._tool("xdotool", "search", "--onlyvisible", "--name", title)
            if found.stdout.strip():
                time.sleep(4)  # until it has drawn
                return True
            time.sleep(0.5)
        self.picture("no-window")
        return False

    def closed(self, process: "subprocess.Popen[bytes]") -> Iterator[str]:
        """Close the window as a person does, and tell where it does not end well."""
        self.keys("alt+F4")
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            self.picture("not-closed")
            yield "the window did not close"
            return
        if code:
            yield f"the window ended with {code}"

    def to_front(self, name: str) -> None:
        """Click on a window, so to speak: Wine's dialogs of files do not give the keys back."""
        title = f"^{name}.*{_TITLE}"
        self._tool(
            "xdotool", "search", "--onlyvisible", "--name", title, "windowactivate", "--sync"
        )
        time.sleep(1)

    def put_away(self, name: str) -> None:
        """Make a window small, as its button does."""
        title = f"^{name}.*{_TITLE}"
        self._tool("xdotool", "search", "--onlyvisible", "--name", title, "windowminimize")

    def keys(self, keys: str) -> None:
        """Press keys at once, such as `ctrl+s`."""
        self._tool("xdotool", "key", keys)
        time.sleep(0.5)

    def typed(self, text: str) -> None:
        """Type a text, a letter after the other."""
        self._tool("xdotool", "type", "--delay", "30", text)

    def picture(self, name: str) -> Path:
        """The whole screen as it is."""
        path = PICTURES / f"real-{name}.png"
        self._tool("import", "-window", "root", str(path))
        return path

    def _tool(self, *command: str) -> "subprocess.CompletedProcess[bytes]":
        environment = {**os.environ, **self._screen}
        return subprocess.run(command, env=environment, capture_output=True, check=False)


@contextlib.contextmanager
def screen(size: str = _SIZE) -> Iterator[dict[str, str]]:
    """A screen of its own, with a window manager; answers the variables that name it, none where
    the programs for it are not there. Windows has its own."""
    if ON_WINDOWS or missing_for_a_window():
        yield {}
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24"]
    command += ["-nolisten", "tcp", "-noreset"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, pass_fds=[writing], **quiet)
    os.close(writing)
    # It writes its number and the end of the line apart, and ends where nobody reads the second.
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, **quiet)
    try:
        yield {"DISPLAY": display}
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()
