# SPDX-License-Identifier: Apache-2.0
"""Makes the Windows program: `python3 dev.py build --windows`, on Linux or on Windows.

dist/windows/imp-plus-desktop/         the folder, which passed its own test
dist/imp-plus-VERSION-setup.exe        the installer for one user
dist/imp-plus-VERSION-portable.zip     the folder with a file `portable`: all stays in it
dist/imp-plus-VERSION-windows.…        what is in it, with hashes (.sha256 and CycloneDX)
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import contents
from windows import icon, windows_python
from windows.windows_python import ROOT
from windows.wine import DoesNotStart, Wine, makensis, missing, windows_path

DIST, WORK = ROOT / "dist", ROOT / "build" / "windows"
FOLDER = DIST / "windows" / "imp-plus-desktop"
SCRIPT = Path(__file__).with_name("installer.nsi")
STAMP = WORK / "made-of"
ICON = WORK / "app.ico"
SIGN_VARIABLE = "IMP_PLUS_SIGN"
"""A command that signs the file named after it, for releases: docs/release.md."""
NO_WINE = 75
"""The exit code that says that nothing is wrong with the program: a later try may pass."""
PORTABLE = "portable"
_INPUTS = ("imp_plus_desktop", "resources", "data", "docs/licences", "tools/windows/wine_help")
_SINGLE = (
    *("build.spec", "requirements.lock", "docs/licences.md", "LICENSE", "tools/contents.py"),
    *(f"tools/windows/{name}" for name in ("building.py", "icon.py", "installer.nsi")),
    *(f"tools/windows/{name}" for name in ("windows.lock", "windows_python.py")),
)
_DAY = (2026, 1, 1, 0, 0, 0)
"""Of every file in the zip, so that the same content makes the same zip."""


def version() -> str:
    """The program's version."""
    text = (ROOT / "imp_plus_desktop" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def setup_file() -> Path:
    """The installer of this version."""
    return DIST / f"imp-plus-{version()}-setup.exe"


def portable_file() -> Path:
    """The portable zip of this version."""
    return DIST / f"imp-plus-{version()}-portable.zip"


def is_built() -> bool:
    """Whether what lies in `dist` was made of just what the checkout holds."""
    made = (FOLDER / "imp-plus.exe", setup_file(), portable_file(), STAMP)
    return all(file.exists() for file in made) and STAMP.read_text("ascii") == _digest()


def build() -> int:
    """Make everything; 0 when the program in the folder passed its own test, NO_WINE when Wine
    does not start on this machine."""
    if lacking := missing():
        print(f"to build for Windows, install: {' '.join(lacking)}", file=sys.stderr)
        return 1
    DIST.mkdir(exist_ok=True)
    made_of = _digest()  # what changes while it is made is not in it
    _step("Windows’ Python")
    # A Windows of this build's own: two builds at once would end each other's.
    with tempfile.TemporaryDirectory(prefix="imp-plus-wine-", ignore_cleanup_errors=True) as own:
        wine = Wine(Path(own) / "prefix")
        try:
            wine.make()
            faults = _program(wine)
        except DoesNotStart as error:
            print(f"Left out: the Windows program, since Wine does not start: {error}")
            return NO_WINE
    if faults:
        print(faults, file=sys.stderr)
        return 1
    _step("the installer, the zip, the lists")
    sign(FOLDER)
    installer(setup_file(), FOLDER, version())
    portable(portable_file(), FOLDER)
    lists = DIST / f"imp-plus-{version()}-windows"
    contents.write(FOLDER, lists, version(), windows_python.site_packages())
    STAMP.write_text(made_of, "ascii")
    for made in (setup_file(), portable_file()):
        print(f"{made}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


def _program(wine: Wine) -> str:
    """Make the folder and look through it; what is wrong with it, in lines."""
    with wine.kept_ready():
        _step("the program")
        freeze(wine)
        _step("what is in it")
        _say_size()
        site = windows_python.site_packages()
        if faults := [*contents.faults(FOLDER, site), *contents.lacking(FOLDER, WORK)]:
            return "\n".join(faults)
        _step("its own test")
        return self_test(wine, FOLDER / "imp-plus.exe")


def freeze(wine: Wine) -> None:
    """PyInstaller's one-folder program."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    icon.write(ICON)
    # The same input makes the same files: PyInstaller orders by hash and writes times.
    same = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    places = ("--distpath", windows_path(FOLDER.parent), "--workpath", windows_path(WORK))
    spec = windows_path(ROOT / "build.spec")
    done = wine.run(
        windows_python.python_exe(),
        *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, spec),
        environment=same,
        folder=ROOT,
        patience=3600,
    )
    if done.returncode or not (FOLDER / "imp-plus.exe").exists():
        sys.stderr.buffer.write(done.stdout + done.stderr)
        raise SystemExit("PyInstaller did not make the program; the lines above say why.")


def self_test(wine: Wine, program: Path) -> str:
    """What the program's own test says when it fails, in a home of its own; else nothing."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-build-") as home:
        surroundings = {"IMP_PLUS_HOME": windows_path(Path(home))}
        done = wine.run(program, "self-test", environment=surroundings, folder=Path(home))
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode("utf-8", "replace")


def sign(folder: Path) -> None:
    """Sign the programs of a folder, where a release says how."""
    if command := os.environ.get(SIGN_VARIABLE):
        for program in sorted(folder.glob("*.exe")):
            subprocess.run(f'{command} "{program}"', shell=True, check=True)


def installer(target: Path, folder: Path, named: str, *, quick: bool = False) -> None:
    """The installer of a built folder, told to be of the version `named`.

    A `quick` one is packed less tightly, in a tenth of the time.
    """
    removals = WORK / "removals.nsh"
    removals.write_text("\n".join(_removals(folder)) + "\n", "utf-8-sig")
    files = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    told = {
        "VERSION": named,
        "FILES": str(folder / "*"),
        "TARGET": str(target),
        "ICON": str(ICON),
        "KILOBYTES": str(sum(files) // 1024),
        "REMOVALS": str(removals),
    }
    if quick:
        told["QUICK"] = "1"
    if command := os.environ.get(SIGN_VARIABLE):
        told["SIGN"] = command
    defined = [f"-D{name}={value}" for name, value in told.items()]
    call = [makensis() or "makensis", "-V2", "-INPUTCHARSET", "UTF8", *defined, str(SCRIPT)]
    subprocess.run(call, check=True)


def _removals(folder: Path) -> list[str]:
    """Lines that delete each file of the program by its name, then the folders that are empty."""
    paths = sorted(folder.rglob("*"), reverse=True)
    inside = [(path.is_dir(), str(path.relative_to(folder)).replace("/", "\\")) for path in paths]
    files = [f'Delete "$INSTDIR\\{name}"' for is_dir, name in inside if not is_dir]
    return files + [f'RMDir "$INSTDIR\\{name}"' for is_dir, name in inside if is_dir]


def portable(target: Path, folder: Path) -> None:
    """The folder as a zip, with the file that keeps everything in it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            archive.writestr(_entry(name), path.read_bytes())
        archive.writestr(_entry(f"{folder.name}/{PORTABLE}"), b"")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _say_size() -> None:
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file())
    print(f"{FOLDER}: {size / 1e6:.0f} MB")


def _digest() -> str:
    """Tells one state of all that the program is made of from another."""
    whole = hashlib.sha256()
    files = [file for name in _INPUTS for file in (ROOT / name).rglob("*") if file.is_file()]
    for file in sorted(files + [ROOT / name for name in _SINGLE]):
        if file.suffix not in (".pyc", ".mo"):
            whole.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def _step(what: str) -> None:
    print(f"· {what} ({time.strftime('%H:%M:%S')})", flush=True)


if __name__ == "__main__":
    sys.exit(build())
