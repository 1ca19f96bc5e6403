#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs, tests, checks and builds the project. Standard library only; Linux, macOS and Windows.

The first call makes `.venv`, installs the versions of `requirements.lock` and then the project
itself, so that `imp-plus` is a command of the environment; on Linux it also looks for the system
packages that Qt needs and installs them when it may. Must not need anything but Python 3.11, and
must not do its set-up twice.
"""

from __future__ import annotations  # an older Python must get as far as being told so

import ctypes
import hashlib
import importlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-lock"
PROJECT_STAMP = VENV / "installed-project"
VERSION = ROOT / "imp_plus_desktop" / "__init__.py"
PROJECT_FILE = ROOT / "pyproject.toml"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
VENV_BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = VENV_BIN / ("python.exe" if WINDOWS else "python")
IMP_PLUS = VENV_BIN / ("imp-plus.exe" if WINDOWS else "imp-plus")
PIP_INSTALL = (
    *(str(PYTHON), "-P", "-m", "pip", "install"),
    *("--quiet", "--disable-pip-version-check"),
)
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
# Each process has a half of the modules, so that what a module's tests share is made once, and
# takes of the other's when it has done its own.
PYTEST = ("-m", "pytest", "-n", "2", "--dist", "worksteal")
WHOLE_ON_A_SERVER = ["--engine", "server"]
ON_A_SERVER = ("tests/storage", "tests/services", "tests/exchange", "tests/cli", "tests/ui")
EVERY_DAY_ON_A_SERVER = (
    *(
        f"tests/storage/test_{name}.py"
        for name in ("constraints", "journal", "replay", "search_index")
    ),
    *(
        f"tests/services/test_{name}.py"
        for name in ("applications", "erasure", "finding", "history", "imports", "people")
    ),
    "tests/cli/test_agenda_commands.py",
    "tests/ui/test_day.py",
)
"""What every day's run tries on a server too: each kind of statement, in a minute or two."""
LONG_ON_A_SERVER = (
    *("tests/storage", "tests/cli"),
    *(
        f"tests/services/test_{name}.py"
        for name in (
            *("agenda", "applications", "attachments", "checking", "erasure", "family", "finding"),
            *("history", "household", "imports", "journal_export", "list_columns", "list_views"),
            *("meetings", "outward", "people", "permits", "pivots", "quota", "reports"),
            *("second_desk", "twins", "whole_undo"),
        )
    ),
    *(
        f"tests/ui/test_{name}.py"
        for name in (
            *("actions", "day", "filters", "finding", "import_keys", "import_sides"),
            *("imports_page", "journal", "list_pages", "main_window", "meeting_dialog"),
            *("meeting_on_lists", "other_desks", "pages_show_what_changed", "people_page"),
            *("person_dialogs", "person_sections", "several", "two_desks_one_form"),
            *("typed_work", "undoing", "values_in_place", "views"),
        )
    ),
)
"""What the long run tries there besides. The whole of the suites is `dev.py test --engine server`,
by hand: it takes as long as everything else."""
MEASURED = "IMP_PLUS_MEASURED"
"""The variable that lets the tests of every day measure what of the code is run."""
LAST_WORDS = 60
"""Seconds in which tests that are broken off may tell what they have found."""
LONG_MINUTES = 60
"""How long the long tests may take together. Twice what they need on two processors."""
ROOM_OF_TESTS = 4 * 1024**3
"""Bytes that must be free in memory for the tests to keep their files there."""
PROGRAM_FOLDER = ROOT / "dist" / "imp-plus-desktop"
PROGRAM = PROGRAM_FOLDER / ("imp-plus.exe" if WINDOWS else "imp-plus")
LOCALES = ROOT / "resources" / "locale"

# Shared libraries that Qt's wheels expect from the system, with Debian's package for each.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


class Stop(Exception):
    """What keeps a command from going on, in one sentence."""


@dataclass(frozen=True)
class Command:
    """A command of this script: what it does and how it is called."""

    work: Callable[[list[str]], int]
    usage: str
    help: str


def main(argv: list[str]) -> int:
    """Run one command; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console may lack the ellipsis
    if sys.version_info < (3, 11):  # noqa: UP036
        print("dev.py: Python 3.11 or newer is needed.", file=sys.stderr)
        return 1
    command = COMMANDS.get(argv[0]) if argv else None
    if command is None:
        print("python3 dev.py COMMAND\n")
        for name, known in COMMANDS.items():
            print(f"  {f'{name} {known.usage}':<34} {known.help}")
        return 0 if argv[:1] in ([], ["-h"], ["--help"]) else 2
    if argv[0] in WITHOUT_HELP and {"-h", "--help"} & {*argv[1:]}:
        print(f"python3 dev.py {argv[0]} {command.usage}\n\n  {command.help}")
        return 0
    try:
        return command.work(argv[1:])
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def setup(_arguments: list[str]) -> int:
    """Make the environment ready and say so."""
    make_ready()
    print(f"Ready: {PYTHON}")
    return 0


def run(arguments: list[str]) -> int:
    """Open the window, with `--demo` on a register made from the demo lists."""
    if LINUX and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise Stop(
            "there is no display to open a window on; "
            "`python3 dev.py demo` does the main job in the terminal."
        )
    make_ready()
    if "--demo" not in arguments:
        return program(arguments)
    others = [argument for argument in arguments if argument != "--demo"]
    # The demo lives in a folder of its own, so that the user's register and settings stay as is.
    with tempfile.TemporaryDirectory(prefix="imp-plus-demo-", ignore_cleanup_errors=True) as home:
        environment = {"IMP_PLUS_HOME": home}
        answer = subprocess.run(
            [str(PYTHON), "-Pm", "imp_plus_desktop", "--json", "demo", str(Path(home) / "demo")],
            cwd=ROOT,
            env={**surroundings(), "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            check=False,
        )
        if answer.returncode:
            return answer.returncode
        made = json.loads(answer.stdout)
        # The invented people live around one day: the window opens on it.
        on_its_day = ["--register", made["register"], "--today", made["today"]]
        return program([*on_its_day, *others], environment)


def demo(arguments: list[str]) -> int:
    """Do the main job on the demo lists, in the terminal."""
    make_ready()
    return program(["demo", *arguments])


def cli(arguments: list[str]) -> int:
    """Run the command line: needs no display, and never opens a window."""
    make_ready()
    way_in = "import sys; from imp_plus_desktop.__main__ import command_line as run; "
    return inside(["-c", f"{way_in}sys.exit(run(sys.argv[1:]))", *arguments])


def test(arguments: list[str]) -> int:
    """Run the tests of every day, or with `--long` the long ones; other arguments go to pytest.

    What of the code is run is measured where `IMP_PLUS_MEASURED` is set: by both together, and held
    to the floors when both have run.
    """
    if "--windows" in arguments:
        return windows("trying.py", [one for one in arguments if one != "--windows"])
    make_ready()
    if arguments == WHOLE_ON_A_SERVER:
        with files_in_memory() as place:
            return inside([*PYTEST, *arguments, *ON_A_SERVER], {**OFFSCREEN, **place}, cwd=ROOT)
    if arguments == ["--long"]:
        return long_tests()
    if arguments:
        return inside([*PYTEST, *arguments], OFFSCREEN)
    if MEASURED not in os.environ:  # it takes a third more
        return suites("not long", EVERY_DAY_ON_A_SERVER, [], floors=None)
    return suites("not long", EVERY_DAY_ON_A_SERVER, ["--cov"], floors=["--every-day"])


def long_tests() -> int:
    """Run the long tests; what they measure is added to what the everyday run has measured of the
    same code."""
    added = ["--cov", "--cov-append"] if measured_already() else []
    if not added:
        say("Nothing is measured: the tests of every day have not run on this code (dev.py test).")
    ends = time.monotonic() + 60 * LONG_MINUTES
    return suites("long", LONG_ON_A_SERVER, added, floors=[] if added else None, ends=ends)


def suites(
    chosen: str,
    on_a_server: Iterable[str],
    measured: list[str],
    *,
    floors: list[str] | None,
    ends: float | None = None,
) -> int:
    """Run the tests of a choice, on a server too, and look at the floors; what has not ended at
    `ends` is broken off."""
    missing = server_missing()
    pytest = [*PYTEST, "-o", "tmp_path_retention_policy=failed", "-m", chosen]
    measured = [*measured, "--cov-report="] if measured else []
    with files_in_memory() as place:
        around = {**OFFSCREEN, **place}
        failed = inside([*pytest, *measured], around, cwd=ROOT, ends=ends)
        if not missing:
            there = [*pytest, *WHOLE_ON_A_SERVER, *on_a_server]
            failed = inside(there, around, cwd=ROOT, ends=ends) or failed
    if floors is not None:
        tool = str(ROOT / "tools" / "coverage_floors.py")
        failed = inside([tool, *floors], cwd=ROOT) or failed
    if missing:
        say(f"Left out: every test that starts a server, and the suites on one ({missing}).")
    return failed


def measured_already() -> bool:
    """Whether what was measured last is of the code as it is now."""
    data = ROOT / ".coverage"
    folders = ("imp_plus_desktop", "tests")
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return data.exists() and data.stat().st_mtime > max(file.stat().st_mtime for file in files)


def server_missing() -> str:
    """Why the tests can start no PostgreSQL, empty where they can. It is installed where we may."""

    def why() -> str:
        asked = [str(PYTHON), str(ROOT / "tests" / "servers.py")]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    missing = why()
    if missing and LINUX and install_with_apt(["postgresql"]):
        return why()
    return missing


@contextmanager
def files_in_memory() -> Iterator[dict[str, str]]:
    """The variables of a process whose temporary files lie in memory, where there is room.

    Every act of a register waits until its disk has it, and the tests do tens of thousands.
    Nothing is told to a process whose caller has chosen a place, or where memory has no folder.
    """
    memory = Path("/dev/shm")
    if "TMPDIR" in os.environ or not (memory.is_dir() and os.access(memory, os.W_OK | os.X_OK)):
        yield {}
        return
    folders = run_folders()
    folders.sweep(memory)
    if shutil.disk_usage(memory).free < ROOM_OF_TESTS:
        yield {}
        return
    folder = folders.made(memory)
    try:
        yield {"TMPDIR": str(folder)}
    finally:
        folders.remove(folder)


def run_folders() -> ModuleType:
    """What makes the folder of a run and removes those of runs that are gone."""
    tools = str(ROOT / "tools")
    if tools not in sys.path:
        sys.path.append(tools)
    return importlib.import_module("run_folder")


def check(_arguments: list[str]) -> int:
    """Run every check that needs no test, all of them even when one fails."""
    make_ready()
    layers = "from importlinter.cli import lint_imports_command as lint; lint()"
    steps = {
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": ["-m", "ruff", "check", "--quiet", "."],
        "types": ["-m", "mypy", "--no-error-summary"],
        "layers": ["-c", layers, "--no-logo", "--no-cache"],
        "catalogues": ["tools/catalogues.py", "--check"],
    }
    failed = []
    for name, arguments in steps.items():
        print(f"· {name}", flush=True)
        if inside(arguments, cwd=ROOT):
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def catalogues(arguments: list[str]) -> int:
    """Bring the catalogues in step with the code, or what the arguments ask of the tool."""
    make_ready()
    return inside([str(ROOT / "tools" / "catalogues.py"), *arguments])


def screenshots(arguments: list[str]) -> int:
    """Draw every page and dialog, offscreen, as PNG files in a folder."""
    if not arguments:
        raise Stop(
            "say where the pictures go: "
            "python3 dev.py screenshots FOLDER [--scale 150] [--size 1093x614]."
        )
    make_ready()
    script = str(ROOT / "tests" / "gallery.py")
    return inside([script, *arguments], {"QT_QPA_PLATFORM": "offscreen"})


def guides(arguments: list[str]) -> int:
    """Write the guides as HTML and PDF, or draw their pictures anew."""
    make_ready()
    pictures = "--pictures" in arguments
    script = ROOT / "tools" / ("guide_pictures.py" if pictures else "guides.py")
    others = [one for one in arguments if one != "--pictures"]
    return inside([str(script), *others], {"QT_QPA_PLATFORM": "offscreen"})


def bench(arguments: list[str]) -> int:
    """Measure speed beside what the libraries can do at best; all subjects or the named ones."""
    make_ready()
    return inside(["-m", "benchmarks", *arguments], cwd=ROOT)


def fuzz(arguments: list[str]) -> int:
    """Read broken files by the thousand and say what crashes, hangs or goes in by half."""
    make_ready()
    return inside([str(ROOT / "tests" / "fuzzing.py"), *arguments])


def kills(arguments: list[str]) -> int:
    """End works by force, at each edge and at random, and look at what is left."""
    return survival("kills", arguments)


def faults(arguments: list[str]) -> int:
    """Let each call of works to their disk fail once, and look at what is said and left."""
    return survival("faults", arguments)


def survival(what: str, arguments: list[str]) -> int:
    """Its files are kept in memory, where there is room: a disk is waited for at every call."""
    make_ready()
    with files_in_memory() as place:
        return inside(["-m", "benchmarks.survival", what, *arguments], place, cwd=ROOT)


def build(arguments: list[str]) -> int:
    """Make the one-folder program and let it test itself where nothing of the project helps it."""
    if "--windows" in arguments:
        return windows("building.py")
    make_ready()
    shutil.rmtree(PROGRAM_FOLDER, ignore_errors=True)
    spec = ["--noconfirm", "--log-level", "ERROR", "build.spec"]
    if code := inside(["-m", "PyInstaller", *spec], cwd=ROOT):
        return code
    code = self_test()
    files = (file.lstat() for file in PROGRAM_FOLDER.rglob("*") if not file.is_dir())
    size = sum(file.st_size for file in files)
    print(f"{PROGRAM_FOLDER}: {size / 1e6:.0f} MB, self-test {'failed' if code else 'passed'}")
    return code


def windows(script: str, arguments: Iterable[str] = ()) -> int:
    """Make or try the Windows program, on Windows or under Wine with what Debian has for it."""
    make_ready()
    tools = ROOT / "tools" / "windows"
    asked = [str(PYTHON), str(tools / "wine.py"), script]
    lacking = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    if lacking and not (LINUX and install_with_apt(lacking)):
        raise Stop(f"a Windows program needs {' '.join(lacking)} (Debian’s names).")
    return inside([str(tools / script), *arguments], cwd=ROOT)


def self_test() -> int:
    """The built program's own test, with an empty environment and in another folder."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-build-") as elsewhere:
        return subprocess.run(
            [str(PROGRAM), "self-test"], cwd=elsewhere, env=bare_environment(), check=False
        ).returncode


def bare_environment() -> dict[str, str]:
    """No variable at all, but for those without which Windows starts no program."""
    needed = ("SYSTEMROOT", "TEMP") if WINDOWS else ()
    return {name: os.environ[name] for name in needed if name in os.environ}


COMMANDS = {
    "setup": Command(setup, "", "make .venv: the locked versions, and imp-plus as a command"),
    "run": Command(run, "[--demo] [ARGUMENTS]", "open the window"),
    "cli": Command(cli, "ARGUMENTS", "the command line: docs/command-line.md"),
    "demo": Command(demo, "[FOLDER]", "do the main job on demo lists, in the terminal"),
    "test": Command(
        test,
        "[--long|--windows [STEP]|--engine server|PYTEST ARGUMENTS]",
        "run the tests of every day, or the long ones",
    ),
    "check": Command(check, "", "format, lint, types, layers, catalogues"),
    "catalogues": Command(catalogues, "[--missing|--fill FILE]", "extract, update and compile"),
    "screenshots": Command(
        screenshots,
        "FOLDER [--scale 150] [--size WxH]",
        "a picture of every screen; 1 where one does not fit",
    ),
    "guides": Command(
        guides, "[FOLDER|--pictures]", "the guides as HTML and PDF, or their pictures anew"
    ),
    "fuzz": Command(fuzz, "[--cases N] [--first N]", "read broken files; nothing may break"),
    "kills": Command(kills, "[--count N] [--work NAME]", "end works by force; nothing may be lost"),
    "faults": Command(
        faults, "[--count N] [--work NAME]", "let the disk fail at each call; the same"
    ),
    "bench": Command(bench, "[NAME] [--pairs 5]", "measure speed: benchmarks/README.md"),
    "build": Command(build, "[--windows]", "make the one-folder program and let it test itself"),
}


WITHOUT_HELP = ("setup", "check", "screenshots", "guides", "build")
"""Commands that hand their arguments to nothing that explains itself."""


def program(arguments: list[str], environment: dict[str, str] | None = None) -> int:
    """Run the program from the checkout."""
    return inside(["-m", "imp_plus_desktop", *arguments], environment)


def inside(
    arguments: list[str],
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
    ends: float | None = None,
) -> int:
    """Run Python of the environment; the checkout is importable from any folder."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    whole = {**surroundings(), "PYTHONPATH": path, **(environment or {})}
    # A module is never taken from the folder that one happens to be in.
    safe = ["-P"] if arguments[0] in ("-m", "-c") else []
    command = [str(PYTHON), *safe, *arguments]
    if ends is None:
        return subprocess.run(command, env=whole, cwd=cwd, check=False).returncode
    with subprocess.Popen(command, env=whole, cwd=cwd) as process:
        return until(process, ends)


def until(process: subprocess.Popen[bytes], ends: float) -> int:
    """The exit code of a process; 1 where it has not ended in time and is broken off."""
    try:
        return process.wait(max(ends - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        say("Broken off: it takes longer than it may.")
    if not WINDOWS:
        process.send_signal(signal.SIGINT)  # pytest then says what it has found
    try:
        process.wait(LAST_WORDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return 1


def surroundings() -> dict[str, str]:
    """The variables of this process, but for one that makes every start compile everything anew.

    Containers like to set it. With it each start takes seconds, and a figure of `bench` tells how
    long Python compiles.
    """
    return {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}


def make_ready() -> None:
    """System packages, environment and catalogues, each only when something is missing."""
    if LINUX:
        ensure_system_packages()
    ensure_environment()
    ensure_project()
    ensure_catalogues()


def ensure_environment() -> None:
    """Make `.venv` with the locked versions, again when the lock has changed."""
    lock = lock_digest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii").strip() == lock:
        return
    if not PYTHON.exists():
        ensure_venv_module()
        say("Making .venv …")
        must(
            [sys.executable, "-P", "-m", "venv", "--clear", str(VENV)],
            "the environment was not made",
        )
    say("Installing the locked versions …")
    wanted = ["--require-hashes", "--requirement", str(LOCK)]
    must([*PIP_INSTALL, *wanted], "the libraries were not installed")
    STAMP.write_text(lock + "\n", encoding="ascii")


def lock_digest() -> str:
    """Tells one set of locked versions from another."""
    # Only the versions count: what is there already is not fetched again for one more hash.
    versions = re.sub(rb" \\\r?\n +--hash=\S+", b"", LOCK.read_bytes())
    return hashlib.sha256(versions).hexdigest()


def ensure_project() -> None:
    """Install the checkout as it stands, again when what is installed of it has changed.

    Everything that it needs is there by the lock, its build tool too, so nothing is looked for.
    An environment that another checkout lends stays that one's.
    """
    if VENV.resolve().parent != ROOT:
        return
    described = hashlib.sha256(VERSION.read_bytes() + PROJECT_FILE.read_bytes()).hexdigest()
    done = PROJECT_STAMP.read_text(encoding="ascii").strip() if PROJECT_STAMP.exists() else ""
    if IMP_PLUS.exists() and done == described:
        return
    say("Installing the project …")
    as_it_stands = ["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    must([*PIP_INSTALL, *as_it_stands], "the project was not installed")
    PROJECT_STAMP.write_text(described + "\n", encoding="ascii")


def ensure_catalogues() -> None:
    """Compile the catalogues when a source is newer than its compiled file."""
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            tool = str(ROOT / "tools" / "catalogues.py")
            must([str(PYTHON), tool, "--compile"], "the catalogues were not compiled")
            return


def ensure_venv_module() -> None:
    """Debian keeps the part of venv that brings pip in a package of its own."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if not (LINUX and install_with_apt([package])):
        raise Stop(f"this Python has no venv module; install it (Debian: apt install {package}).")


def ensure_system_packages() -> None:
    """Name the system packages that are missing, and install them when we may."""
    missing = list(missing_packages())
    if not missing:
        return
    say(f"Qt and the build need system packages: {' '.join(missing)}")
    if not install_with_apt(missing):
        print(
            "They are not installed; the window or the build may not start without them "
            f"(Debian, Ubuntu: sudo apt install {' '.join(missing)}).",
            file=sys.stderr,
        )


def missing_packages() -> Iterator[str]:
    """Debian's names of the packages that are not there, found without starting a program."""
    for library, package in QT_LIBRARIES.items():
        if not has_library(library):
            yield package
    if not Path("/etc/fonts/fonts.conf").exists():
        yield "fontconfig-config"
    if not has_font():
        # Qt's wheels bring no fonts: one to read well, one that knows every script.
        yield from ("fonts-inter", "fonts-dejavu-core")
    if not shutil.which("objdump"):
        yield "binutils"  # for PyInstaller
    version = f"3.{sys.version_info.minor}"
    shared = f"libpython{version}.so.1.0"
    # Debian's interpreter is linked statically, and PyInstaller wants the shared library.
    if Path(sys.base_prefix) == Path("/usr") and not has_library(shared):
        yield f"libpython{version}"


def has_library(name: str) -> bool:
    """Whether a shared library can be found; looks at files first, since loading is slow."""
    debian = f"{os.uname().machine}-linux-gnu"
    folders = (f"/usr/lib/{debian}", "/usr/lib64", "/usr/lib", f"/lib/{debian}", "/usr/local/lib")
    if any(Path(folder, name).exists() for folder in folders):
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is any scalable font."""
    home = Path.home()
    folders = (Path("/usr/share/fonts"), home / ".fonts", home / ".local/share/fonts")
    endings = {".ttf", ".otf", ".ttc"}
    return any(
        file.suffix.lower() in endings
        for folder in folders
        if folder.is_dir()
        for file in folder.rglob("*")
    )


def install_with_apt(packages: list[str]) -> bool:
    """Install Debian packages when we are root and have apt; say whether they are there now."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", *packages]
    for arguments in (["update", "-qq"], install):
        done = subprocess.run(
            ["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False
        )
    importlib.invalidate_caches()
    return done.returncode == 0


def say(line: str) -> None:
    """Tell what the set-up does; standard output belongs to the command."""
    print(line, file=sys.stderr, flush=True)


def must(command: list[str], otherwise: str) -> None:
    """Run a command that the rest depends on."""
    if subprocess.run(command, check=False).returncode:
        raise Stop(f"{otherwise}; the lines above say why.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
