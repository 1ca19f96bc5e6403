# SPDX-License-Identifier: Apache-2.0
"""The suites of what stands under the window, and named ones of the window, with Windows' Python.

What Wine itself cannot do is left out by its name, with the reason; nothing by a pattern.
"""

import os
import re
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from windows.windows_python import ROOT, python_exe
from windows.wine import ON_WINDOWS, Wine, windows_path

LOGS = ROOT / "build" / "windows"
_HALF = "test_lists"
"""The name with which the second half of the tests of the services begins."""


def _services(*, first: bool) -> tuple[str, ...]:
    """Half of their modules: all of them in one process are by far the longest suite."""
    found = (ROOT / "tests" / "services").glob("test_*.py")
    names = sorted(path.name for path in found if (path.name < _HALF) is first)
    return tuple(f"tests/services/{name}" for name in names)


SUITES: dict[str, tuple[str, ...]] = {
    "storage-exchange": ("tests/storage", "tests/exchange", "tests/test_private.py",
                         "tests/test_children.py", "tests/test_plain_files.py"),
    "services-1": _services(first=True),
    "services-2": _services(first=False),
    "domain-cli": ("tests/domain", "tests/cli", "tests/test_settings.py"),
    # Clicked through: an import, a receipt, an export, a page printed to PDF.
    "window": ("tests/ui/test_imports_page.py", "tests/ui/test_person_dialogs.py",
               "tests/ui/test_list_pages.py", "tests/ui/test_quota_page.py",
               "tests/ui/test_qt_words.py", "tests/ui/test_sole_window.py",
               "tests/ui/test_every_screen.py::test_a_report_prints_markup_as_it_was_written"),
}  # fmt: skip
"""Each runs in a process of its own, beside the others."""
WINE_CANNOT: dict[str, str] = {
    "tests/storage/test_race.py::test_eight_processes_race_for_the_last_place": (
        "eight starts at once take longer than the race waits"
    ),
}
"""By test, why it is not asked under Wine; on Windows it is."""
WINE_SAYS = ("DpiAwareness", "EnableNonClientDpiScaling", "QWindowsWindow::setGeometry")
"""Warnings of Qt's about what Wine has not; in a test of the window any other one is a failure."""
_WRITTEN = 5.0
"""Seconds for the last of what a suite says to be written."""
_OPTIONS = (
    *("-q", "-p", "no:xdist", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=short"),
    *("-m", "not long"),  # under Wine each takes several times as long, and the trial has a bound
)


def faults(wine: Wine, ends: float, screen: Mapping[str, str]) -> Iterator[str]:
    """What failed, in a line each; what is not done at `ends` is broken off.

    `screen` are the variables that name a screen; without them the window is left out.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    left_out = [] if ON_WINDOWS else [f"--deselect={name}" for name in WINE_CANNOT]
    wanted = {name: files for name, files in SUITES.items() if screen or name != "window"}
    running = {
        name: _start(wine, name, [*files, *left_out], screen) for name, files in wanted.items()
    }
    for name, (process, written) in running.items():
        try:
            code = process.wait(max(ends - time.monotonic(), 1))
        except subprocess.TimeoutExpired:
            process.kill()
            yield f"{name}: was not done in time; see {_log(name)}"
            continue
        written.join(_WRITTEN)
        said = _log(name).read_text("utf-8", "replace")
        last = said.strip().splitlines()[-1] if said.strip() else "nothing was said"
        print(f"  {name}: {last}", flush=True)
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
        yield from (f"{name}: {one}" for one in failed)
        if (code or not re.search(r"\d+ passed", last)) and not failed:
            yield f"{name}: ended with {code}; see {_log(name)}"


def _start(
    wine: Wine, name: str, arguments: list[str], screen: Mapping[str, str]
) -> "tuple[subprocess.Popen[bytes], threading.Thread]":
    environment = {
        **screen,
        "PYTHONPATH": windows_path(ROOT),
        "IMP_PLUS_TEST_PLATFORM": "windows",
    }
    options = [*_OPTIONS, "--timeout=300", *([] if ON_WINDOWS else ["-o", _ignored()])]
    command = wine.command(python_exe(), "-m", "pytest", *options, *arguments)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=wine.environment(environment),
        stdin=subprocess.PIPE,  # Windows' Python under Wine starts with pipes only
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    written = threading.Thread(target=_kept, args=(process, _log(name)), daemon=True)
    written.start()
    return process, written


def _ignored() -> str:
    """What the project's own settings let Qt say, and what it says because of Wine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    own = project["tool"]["pytest"]["ini_options"]["qt_log_ignore"]
    return "qt_log_ignore=" + "\n".join([*own, *WINE_SAYS])


def _kept(process: "subprocess.Popen[bytes]", path: Path) -> None:
    """Write what a process says into a file, as it says it."""
    assert process.stdout is not None
    with path.open("wb", buffering=0) as log:
        while part := os.read(process.stdout.fileno(), 1 << 16):
            log.write(part)


def _log(name: str) -> Path:
    return LOGS / f"suite-{name}.log"
