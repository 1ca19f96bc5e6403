# SPDX-License-Identifier: Apache-2.0
"""Runs Windows programs: on Windows as they are, elsewhere in a prefix of Wine.

    missing() -> list[str]            Debian's packages that building or trying still needs
    Wine(prefix).run(program, …)      one program in that prefix, its output and exit code
    windows_path(path) -> str         how a program in there names a file out here

What Wine lacks is helped by three small libraries in the prefix's own system folder, where no
program's folder is ever collected from: see `wine_help`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows import windows_python

HELP = Path(__file__).with_name("wine_help")
COMPILER = "x86_64-w64-mingw32-gcc"
ON_WINDOWS = sys.platform == "win32"
# The stand-ins go before Wine's own; nothing of it asks to be installed or shown in a menu.
OVERRIDES = "mscms,icuuc,bcryptprimitives=n,b;winemenubuilder.exe,mscoree,mshtml="
_PLACES = ("/usr/lib/wine/wine64", "/usr/lib/wine/wine")
_PACKAGES = {COMPILER: "gcc-mingw-w64-x86-64", "makensis": "nsis"}
_FOR_A_WINDOW = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "fc-list": "fontconfig",
}
_WINDOWS_FONTS = ("Segoe UI", "MS Shell Dlg", "MS Shell Dlg 2", "Tahoma")
_STAND_INS = (
    r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes",
    r"HKCU\Software\Wine\Fonts\Replacements",
)
_FONT, _FONT_PACKAGE = Path("/usr/share/fonts/truetype/open-sans"), "fonts-open-sans"
"""As wide as Windows' own, whose place it takes."""


def wine_program() -> str | None:
    """Wine for 64-bit programs; None when there is none."""
    for name in ("wine64", "wine"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).exists()), None)


def missing() -> list[str]:
    """Debian's packages that are not there and without which no Windows program is made here."""
    if ON_WINDOWS:
        return [] if shutil.which("makensis") else ["nsis"]
    packages = [package for tool, package in _PACKAGES.items() if not shutil.which(tool)]
    return packages if wine_program() else ["wine64", *packages]


def missing_for_a_window() -> list[str]:
    """Debian's packages that a window and pictures of it still need."""
    if ON_WINDOWS:
        return []
    packages = [package for tool, package in _FOR_A_WINDOW.items() if not shutil.which(tool)]
    return packages if _FONT.is_dir() else [*packages, _FONT_PACKAGE]


def windows_path(path: Path) -> str:
    """A file's name as a program in Wine sees it: the whole system is its drive Z."""
    whole = str(path.absolute())
    return whole if ON_WINDOWS else "Z:" + whole.replace("/", "\\")


@dataclass(frozen=True)
class Wine:
    """A prefix: a Windows of its own below a folder."""

    prefix: Path

    def make(self) -> None:
        """Make the prefix as Windows 10 with its help; nothing where it is there already."""
        if ON_WINDOWS or (self.prefix / "ready").exists():
            return
        self.prefix.mkdir(parents=True, exist_ok=True)
        self.run("wineboot", "--init", check=True, patience=300)
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        for font in _WINDOWS_FONTS:
            for key in _STAND_INS:
                self.run("reg", "add", key, "/v", font, "/d", "Open Sans", "/f")
        system = self.drive_c / "windows" / "system32"
        for library in helping_libraries():
            shutil.copyfile(library, system / library.name)
        self.end()
        (self.prefix / "ready").touch()

    @property
    def drive_c(self) -> Path:
        """Its drive C."""
        return self.prefix / "drive_c"

    def run(
        self,
        program: str | Path,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        check: bool = False,
        patience: float = 600,
        given: bytes = b"",
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program to its end; its standard streams are pipes, without which Python there
        does not start.

        Raises subprocess.TimeoutExpired after `patience` seconds, CalledProcessError with `check`.
        """
        return subprocess.run(
            self.command(program, *arguments),
            input=given,
            capture_output=True,
            env=self.environment(environment),
            cwd=folder,
            timeout=patience,
            check=check,
        )

    def command(self, program: str | Path, *arguments: str) -> list[str]:
        """The command line that starts a program in here."""
        named = windows_path(program) if isinstance(program, Path) else program
        return [named, *arguments] if ON_WINDOWS else [str(wine_program()), named, *arguments]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Variables for a program in here: those of this process and what Wine needs."""
        ours = {} if ON_WINDOWS else {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all"}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {**kept, **ours, "WINEDLLOVERRIDES": OVERRIDES, **(more or {})}

    def end(self) -> None:
        """End what still runs in the prefix and write its registry."""
        if ON_WINDOWS:
            return
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver64"
        for ending in ("-k", "-w"):
            subprocess.run([server, ending], env=self.environment(), check=False)


def helping_libraries() -> list[Path]:
    """The stand-ins for what Wine lacks, compiled once for each change of their sources."""
    sources = sorted(HELP.glob("*.c"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    folder = windows_python.cache() / f"wine-help-{digest[:16]}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / "made"
            made.mkdir()
            for source in sources:
                target = made / f"{source.stem}.dll"
                command = [COMPILER, "-shared", "-Os", "-s", "-o", str(target), str(source)]
                subprocess.run([*command, "-ladvapi32"], check=True)
            made.rename(folder)
    return sorted(folder.glob("*.dll"))


if __name__ == "__main__":
    print(*missing(), *(missing_for_a_window() if sys.argv[1:] == ["trying.py"] else ()), sep="\n")
