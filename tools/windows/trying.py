# SPDX-License-Identifier: Apache-2.0
"""Tries the Windows program as a clerk's desk would: `python3 dev.py test --windows`.

In a fresh prefix of Wine (on Windows: as the user who is there): installed over an older version,
used from the command line and in its window, moved about, removed; and the suites of the storage,
the exchange and the services with Windows' Python. 30 minutes at most. The pictures of the window
are left in `build/windows/pictures` to be looked at.
"""

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows import answers, building, server_desk, suites, window
from windows.windows_python import ROOT, python_exe
from windows.wine import ON_WINDOWS, Wine, windows_path

BOUND = 30 * 60
OLDER = "0.0.1"
OBSOLETE = "_internal/obsolete.txt"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ImpPlusDesktop"
CLASSES = r"HKCU\Software\Classes"
_SAMPLE = ROOT / "data" / "demo" / "invitations-2022-fr.xlsx"
_HOLDER = """
import ctypes, sys, time
from ctypes import wintypes
create = ctypes.WinDLL("kernel32").CreateFileW
create.restype = wintypes.HANDLE
create.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p,
                   wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE]
assert create(sys.argv[1], 0xC0000000, 0, None, 3, 0, None) != wintypes.HANDLE(-1).value
print("held", flush=True)
sys.stdin.read()
"""


@dataclass
class Trial:
    """Where all of it happens, and until when."""

    scratch: Path
    wine: Wine
    wine_of_suites: Wine
    ends: float
    faults: list[str] = field(default_factory=list)

    @property
    def user(self) -> Path:
        """The user's folder."""
        if ON_WINDOWS:
            return Path.home()
        users = (self.wine.drive_c / "users").iterdir()
        return next(one for one in users if one.name != "Public")

    @property
    def local(self) -> Path:
        """Where Windows keeps what is of this user on this computer."""
        return self.user / "AppData" / "Local"

    @property
    def program(self) -> Path:
        """Where the installer puts the program."""
        return self.local / "Programs" / "IMP+ Desktop"

    def run(self, folder: Path, arguments: list[str]) -> "subprocess.CompletedProcess[bytes]":
        """The installed command line, in a folder of ours, with a home of its own."""
        home = {"IMP_PLUS_HOME": windows_path(folder / "home")}
        program = self.program / "imp-plus.exe"
        return self.wine.run(program, *arguments, environment=home, folder=folder, patience=300)

    def expect(self, holds: bool, otherwise: str) -> None:
        """Note a fault, in a sentence, where something does not hold."""
        if not holds:
            self.faults.append(otherwise)
            print(f"  ✗ {otherwise}", flush=True)

    def registry(self, key: str) -> str:
        """What stands below a key of the registry; empty where there is none."""
        return self.wine.run("reg", "query", key, "/s").stdout.decode("utf-8", "replace")


def older_then_newer(trial: Trial) -> None:
    """Installed in silence, used, then upgraded: registers stay, what is obsolete goes."""
    older = trial.scratch / "older"
    shutil.copytree(building.FOLDER, older)
    (older / OBSOLETE).write_text("of an earlier version")
    before = trial.scratch / "older-setup.exe"
    building.installer(before, older, OLDER, quick=True)
    shutil.rmtree(older)
    trial.expect(trial.wine.run(before, "/S").returncode == 0, "the older version installs")
    trial.expect((trial.program / OBSOLETE).exists(), "the older version is there")
    trial.expect(OLDER in trial.registry(UNINSTALL), "Windows knows its version")
    own = trial.program / "notes de l’équipe.txt"
    own.write_text("put there by somebody")
    done = trial.wine.run(trial.program / "imp-plus.exe", "--json", "import", windows_path(_SAMPLE))
    trial.expect(done.returncode in (0, 1), f"it imports: {done.stderr[-300:]!r}")
    register = _own_register(trial)
    trial.expect(register is not None, "the user’s own register lies in LocalAppData")
    trial.expect(
        trial.wine.run(building.setup_file(), "/S").returncode == 0, "the upgrade installs"
    )
    trial.expect(not (trial.program / OBSOLETE).exists(), "what is obsolete is gone")
    trial.expect(own.exists(), "what somebody put beside the program stays")
    trial.expect(building.version() in trial.registry(UNINSTALL), "Windows knows the new version")
    command = trial.registry(rf"{CLASSES}\ImpPlus.Register")
    trial.expect('imp-plus-desktop.exe" "%1"' in command, "registers open with the program")
    links = list(trial.user.rglob("IMP+ Desktop.lnk"))
    trial.expect(len(links) == 1, f"one link in the menu: {len(links)}")
    answer = trial.wine.run(trial.program / "imp-plus.exe", "--json", "people", "--limit", "1")
    trial.expect(b'"total": 0' not in answer.stdout, "the register is there after the upgrade")
    trial.expect(answer.returncode == 0, f"the upgraded program answers: {answer.stderr[-300:]!r}")


def self_test(trial: Trial) -> None:
    """The program's own test."""
    failed = building.self_test(trial.wine, trial.program / "imp-plus.exe")
    trial.expect(not failed, f"its own test: {failed[-500:]}")


def same_answers(trial: Trial) -> None:
    """The command line on the samples."""
    for one in answers.differences(trial.run, trial.scratch / "answers", windows_path):
        trial.expect(False, one)


def moved_about(trial: Trial) -> None:
    """A register made here is used there and comes back, and is sound all the time."""
    folder = trial.scratch / "moved"
    folder.mkdir()
    register = ["--json", "--today", "2024-12-20", "--register", "Été.imp"]
    steps: tuple[tuple[Callable[[Path, list[str]], subprocess.CompletedProcess[bytes]], str], ...]
    steps = (
        (answers.here, "invitations-2022-fr.xlsx"),
        (trial.run, "invitations-2023-en.xlsx"),
        (answers.here, "suivi-2024-fr.xlsx"),
    )
    for run, name in steps:
        path = ROOT / "data" / "demo" / name
        named = str(path) if run is answers.here else windows_path(path)
        trial.expect(
            run(folder, [*register, "import", named]).returncode in (0, 1), f"{name} goes in"
        )
    for run in (trial.run, answers.here):
        trial.expect(run(folder, [*register, "check"]).returncode == 0, "the register is sound")


def odd_places(trial: Trial) -> None:
    """Spaces, accents, long paths, a mapped drive, a share."""
    deep = trial.scratch / ("Dossier d’été à l’ouest " * 2).strip()
    while len(windows_path(deep)) < 235:
        deep = deep / "sous-dossier des permis"
    deep.mkdir(parents=True)
    named = windows_path(deep / f"{'r' * max(1, 262 - len(windows_path(deep)))}.imp")
    trial.expect(len(named) > 260, "the path is long")
    places = ((named, False), *_remote(trial))
    with trial.wine.kept_ready():  # it looks once at what its drives are
        for name, told in places:
            _one_place(trial, name, told)


def _one_place(trial: Trial, name: str, told: bool) -> None:
    register = ["--lang", "en", "--today", "2024-12-20", "--register", name]
    done = trial.run(trial.scratch, [*register, "import", windows_path(_SAMPLE)])
    trial.expect(done.returncode in (0, 1), f"{name[:12]}…: {done.stderr[-300:]!r}")
    checked = trial.run(trial.scratch, [*register, "check"])
    trial.expect(checked.returncode == 0, f"{name[:12]}… is sound")
    said = b"network drive" in checked.stdout
    trial.expect(said is told, f"{name[:12]}… is told to be {'away' if told else 'here'}")


def _remote(trial: Trial) -> list[tuple[str, bool]]:
    """A mapped drive and a share, which Wine makes of folders."""
    if ON_WINDOWS:
        return []
    devices = trial.wine.prefix / "dosdevices"
    share = trial.scratch / "share"
    share.mkdir()
    (devices / "n:").symlink_to(share)
    (devices / "unc" / "serveur").mkdir(parents=True)
    (devices / "unc" / "serveur" / "bureau").symlink_to(share)
    kind = ("/v", "n:", "/d", "network", "/f")
    trial.wine.run("reg", "add", r"HKLM\Software\Wine\Drives", *kind)
    return [("N:\\lecteur.imp", True), (r"\\serveur\bureau\partage.imp", True)]


def held_files(trial: Trial) -> None:
    """A list that another program keeps to itself: said in a plain sentence, nothing broken."""
    folder = trial.scratch / "held"
    folder.mkdir()
    source, target = folder / "liste.xlsx", folder / "people.xlsx"
    shutil.copyfile(_SAMPLE, source)
    target.write_bytes(b"before")
    register = ["--lang", "en", "--today", "2024-12-20", "--register", "r.imp"]
    trial.run(folder, [*register, "import", windows_path(_SAMPLE)])
    for path, command in (
        (source, ["import", "liste.xlsx"]),
        (target, ["export", "people", "people.xlsx"]),
    ):
        with _held(trial, path):
            done = trial.run(folder, [*register, *command])
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        trial.expect(
            done.returncode == 3, f"{command[0]} of a held file ends with {done.returncode}"
        )
        trial.expect(len(lines) == 1, f"one plain sentence: {lines}")
    trial.expect(target.read_bytes() == b"before", "the file that was held is as it was")
    left = [path.name for path in folder.glob(".*")]
    trial.expect(not left, f"nothing is left beside it: {left}")


@contextlib.contextmanager
def _held(trial: Trial, path: Path) -> Iterator[None]:
    command = trial.wine.command(python_exe(), "-c", _HOLDER, windows_path(path))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    holder = subprocess.Popen(command, env=trial.wine.environment(), **pipes)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield
    finally:
        holder.communicate()


def portable(trial: Trial) -> None:
    """Carried about, all of it stays in its folder."""
    with zipfile.ZipFile(building.portable_file()) as archive:
        archive.extractall(trial.scratch / "key")
    program = trial.scratch / "key" / "imp-plus-desktop"
    environment = {"IMP_PLUS_HOME": ""}
    before = _own_register(trial)
    size = before.stat().st_size if before else 0
    arguments = ("--json", "import", windows_path(_SAMPLE))
    done = trial.wine.run(program / "imp-plus.exe", *arguments, environment=environment)
    trial.expect(done.returncode in (0, 1), f"the portable program imports: {done.stderr[-300:]!r}")
    trial.expect((program / "data" / "registre.imp").exists(), "its register is in its folder")
    trial.expect((before.stat().st_size if before else 0) == size, "the user’s own is untouched")


def removed(trial: Trial) -> None:
    """Uninstalled in silence: the program goes, registers stay."""
    done = trial.wine.run(trial.program / "uninstall.exe", "/S")
    given_up = time.monotonic() + 60  # it goes on in a copy of itself
    # What it takes away of the program comes before itself, the link and the registry after it.
    while (trial.program / "uninstall.exe").exists() and time.monotonic() < given_up:
        time.sleep(0.2)
    time.sleep(3)
    trial.expect(done.returncode == 0, "the program is removed")
    left = [path.name for path in trial.program.iterdir()] if trial.program.exists() else []
    trial.expect(left == ["notes de l’équipe.txt"], f"only what somebody put there stays: {left}")
    trial.expect(_own_register(trial) is not None, "the register stays")
    trial.expect("DisplayName" not in trial.registry(UNINSTALL), "Windows knows of no program")
    trial.expect("ImpPlus" not in trial.registry(rf"{CLASSES}\.imp"), "registers open with nothing")
    trial.expect(not list(trial.user.rglob("IMP+ Desktop.lnk")), "the link is gone")


def _own_register(trial: Trial) -> Path | None:
    return next(iter(trial.local.glob("imp-plus-desktop/**/registre.imp")), None)


def the_window(trial: Trial) -> None:
    """Opened by a double click, drawn page by page, closed."""
    for fault in window.faults(trial.wine, trial.program, trial.scratch / "window", trial.ends):
        trial.expect(False, fault)


def on_a_server(trial: Trial) -> None:
    """A desk of a register on a server, where this machine has PostgreSQL."""
    scratch = trial.scratch / "server"
    for fault in server_desk.faults(trial.wine, trial.program, trial.run, scratch):
        trial.expect(False, fault)


def the_suites(trial: Trial) -> None:
    """The suites with Windows' Python, in a Wine of their own."""
    wine = trial.wine_of_suites
    with window.screen() as screen, wine.kept_ready(screen):
        for fault in suites.faults(wine, trial.ends, screen):
            trial.expect(False, fault)


STEPS: dict[str, Callable[[Trial], None]] = {
    "install": older_then_newer,
    "self-test": self_test,
    "answers": same_answers,
    "moved": moved_about,
    "places": odd_places,
    "held": held_files,
    "portable": portable,
    "window": the_window,
    "server": on_a_server,
    "remove": removed,
    "suites": the_suites,
}
_BESIDE = "suites"
"""Begun first and waited for last: the other steps mostly wait."""
_OWN_SCREEN = frozenset({"window", "server", "suites"})


def main(argv: list[str]) -> int:
    """All steps, or the named ones (the first installs); 0 when each held."""
    parser = argparse.ArgumentParser(prog="dev.py test --windows")
    parser.add_argument("steps", nargs="*", choices=[*STEPS, []])
    wanted = parser.parse_args(argv).steps or [*STEPS]
    began = time.monotonic()
    if not building.is_built() and building.build():
        return 1
    with tempfile.TemporaryDirectory(
        prefix="imp-plus-windows-", ignore_cleanup_errors=True
    ) as place:
        scratch = Path(place).resolve()
        wine = Wine(scratch / "prefix")
        wine.make()
        beside = wine.copy(scratch / "prefix-of-suites")
        trial = Trial(scratch, wine, beside, began + BOUND)
        with ThreadPoolExecutor(1) as others:
            if _BESIDE in wanted:
                others.submit(_tried, trial, _BESIDE)
            for name in wanted:
                if name != _BESIDE:
                    _tried(trial, name)
    minutes = (time.monotonic() - began) / 60
    print(f"{len(wanted)} steps, {len(trial.faults)} faults, {minutes:.1f} minutes")
    return 1 if trial.faults else 0


def _tried(trial: Trial, name: str) -> None:
    before = time.monotonic()
    print(f"· {name}", flush=True)
    ready = contextlib.nullcontext() if name in _OWN_SCREEN else trial.wine.kept_ready()
    try:
        if before > trial.ends:
            trial.expect(False, f"{name}: no time was left of the {BOUND // 60} minutes")
        else:
            with ready:
                STEPS[name](trial)
    except Exception as error:  # what breaks one step must not hide what the others say
        trial.expect(False, f"{name}: {error!r}")
    print(f"  {name}: {time.monotonic() - before:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
