# SPDX-License-Identifier: Apache-2.0
"""Runs Windows programs: on Windows as they are, elsewhere in a prefix of Wine.

    missing() -> list[str]            Debian's packages that building or trying still needs
    Wine(prefix).run(program, …)      one program in that prefix, its output and exit code
    windows_path(path) -> str         how a program in there names a file out here

What Wine lacks is helped by three small libraries in the prefix's own system folder, where no
program's folder is ever collected from: see `wine_help`.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows import windows_python

HELP = Path(__file__).with_name("wine_help")
COMPILER = "x86_64-w64-mingw32-gcc"
ON_WINDOWS = sys.platform == "win32"
# The stand-ins go before Wine's own; nothing of it asks to be installed or shown in a menu.
OVERRIDES = "mscms,icuuc,bcryptprimitives=n,b;winemenubuilder.exe,mscoree,mshtml="
_STARTS, _REST = 4, 5.0
"""How often Wine is started at most, and seconds between one that failed and the next."""
_PATIENCE = 120
"""Seconds in which Wine starts, on a machine that does other things too."""
_AFTER_ITS_END = 1.0
"""Seconds for what a program has written to be read, where nobody tells that it was all."""
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
_WINE = r"HKEY_CURRENT_USER\Software\Wine"
_DESKTOP = r"HKEY_CURRENT_USER\Control Panel\Desktop"
_STAND_INS = (
    r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes",
    rf"{_WINE}\Fonts\Replacements",
)
_NOT_FOR_PYTHON_THERE = frozenset({"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"})
_FONT, _FONT_PACKAGE = Path("/usr/share/fonts/truetype/open-sans"), "fonts-open-sans"
"""As wide as Windows' own, whose place it takes."""


def wine_program() -> str | None:
    """Wine for 64-bit programs; None when there is none."""
    for name in ("wine64", "wine"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).exists()), None)


def makensis() -> str | None:
    """The maker of installers; None when there is none."""
    if found := shutil.which("makensis"):
        return found
    # On Windows its own installer tells nobody where it has put it.
    folders = (os.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles"))
    places = [Path(folder, "NSIS", "makensis.exe") for folder in folders if folder]
    return next((str(place) for place in places if place.exists()), None)


def missing() -> list[str]:
    """Debian's packages that are not there and without which no Windows program is made here."""
    if ON_WINDOWS:
        return [] if makensis() else ["nsis"]
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


class DoesNotStart(Exception):
    """Wine is installed and does not start here; the text is what it said."""


@dataclass(frozen=True)
class Wine:
    """A prefix: a Windows of its own below a folder."""

    prefix: Path

    def make(self) -> None:
        """Make the prefix as Windows 10 with its help; nothing where it is there already."""
        if ON_WINDOWS or (self.prefix / "ready").exists():
            return
        self.prefix.mkdir(parents=True, exist_ok=True)
        settings = self.prefix / "settings.reg"
        settings.write_text(_settings(), "utf-16")
        with self.kept_ready():
            self.run("regedit", "/S", windows_path(settings), check=True)
        system = self.drive_c / "windows" / "system32"
        for library in helping_libraries():
            shutil.copyfile(library, system / library.name)
        (self.prefix / "ready").touch()

    @contextlib.contextmanager
    def kept_ready(self, screen: Mapping[str, str] | None = None) -> Iterator[None]:
        """What stands behind every program stays until the end of the block; then all ends.

        Else the first program after a rest starts a whole Windows, and waits until that one rests
        again. `screen` are the variables of the screen for all windows in the block.

        Raises DoesNotStart when it was tried a few times.
        """
        if ON_WINDOWS:
            yield
            return
        around = self.environment(screen)
        for left in reversed(range(_STARTS)):
            if (said := self._start(around)) is None:
                break
            print(f"Wine did not start ({said}); tried {left} times more", file=sys.stderr)
            if not left:
                self.end()
                raise DoesNotStart(said)
            time.sleep(_REST)
        try:
            yield
        finally:
            self.end()

    def _start(self, around: Mapping[str, str]) -> str | None:
        """Start what stands behind every program; what was said when it does not, else None."""
        self.end()
        subprocess.run([_server(), "-p"], env=around, check=False)
        boot = self.command("wineboot", "--init")
        # Files, since what stays keeps the streams that it was started with.
        with tempfile.TemporaryFile() as said:
            streams = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
            try:
                done = subprocess.run(boot, **streams, env=around, timeout=_PATIENCE, check=False)
            except subprocess.TimeoutExpired:
                return f"nothing in {_PATIENCE} seconds"
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip()
        return f"exit code {done.returncode}: {words}" if done.returncode else None

    def copy(self, prefix: Path) -> "Wine":
        """Another one that is as this one is now; this one must be at rest."""
        if not ON_WINDOWS:
            shutil.copytree(self.prefix, prefix, symlinks=True)
        return Wine(prefix)

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
        command = self.command(program, *arguments)
        process = subprocess.Popen(
            command,
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE},
            env=self.environment(environment),
            cwd=folder,
        )
        said = _Said(process, given)
        try:
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        done = subprocess.CompletedProcess(command, code, *said.whole())
        if check:
            done.check_returncode()
        return done

    def command(self, program: str | Path, *arguments: str) -> list[str]:
        """The command line that starts a program in here."""
        named = windows_path(program) if isinstance(program, Path) else program
        return [named, *arguments] if ON_WINDOWS else [str(wine_program()), named, *arguments]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Variables for a program in here: those of this process and what Wine needs."""
        kept = {name: os.environ[name] for name in os.environ if name not in _NOT_FOR_PYTHON_THERE}
        if ON_WINDOWS:
            return {**kept, **(more or {})}
        ours = {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": OVERRIDES}
        # What Windows' Python compiles is kept, but not among what this one has compiled.
        compiled = {"PYTHONPYCACHEPREFIX": windows_path(windows_python.cache() / "bytecode")}
        return {**kept, **ours, **compiled, **(more or {})}

    def worked(self) -> float:
        """Seconds of a processor that all that runs in the prefix now has taken; 0 on Windows."""
        ours, ticks = f"WINEPREFIX={self.prefix}".encode(), 0
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended, or is another's
                if ours in (process / "environ").read_bytes().split(b"\0"):
                    # Past the name, which may hold anything.
                    numbers = (process / "stat").read_text("latin-1").rpartition(")")[2].split()
                    ticks += int(numbers[11]) + int(numbers[12])
        return 0.0 if ON_WINDOWS else ticks / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End what still runs in the prefix and write its registry."""
        if ON_WINDOWS:
            return
        for ending in ("-k", "-w"):
            subprocess.run([_server(), ending], env=self.environment(), check=False)


class _Said:
    """What a program writes until it ends, and no longer: Wine may start what stays, which holds
    the program's streams open."""

    def __init__(self, process: "subprocess.Popen[bytes]", given: bytes) -> None:
        streams = [stream for stream in (process.stdout, process.stderr) if stream is not None]
        self._parts: list[list[bytes]] = [[] for _stream in streams]
        self._readers = [
            threading.Thread(target=self._read, args=pair, daemon=True)
            for pair in zip(streams, self._parts, strict=True)
        ]
        for reader in self._readers:
            reader.start()
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), process.stdin as stdin:
                stdin.write(given)

    @staticmethod
    def _read(stream: IO[bytes], parts: list[bytes]) -> None:
        while part := os.read(stream.fileno(), 1 << 16):
            parts.append(part)

    def whole(self) -> tuple[bytes, ...]:
        """Both streams, once the program has ended."""
        for reader in self._readers:
            reader.join(_AFTER_ITS_END)
        return tuple(b"".join(parts) for parts in self._parts)


def _server() -> str:
    return shutil.which("wineserver") or "/usr/lib/wine/wineserver64"


def _settings() -> str:
    """What Wine is told once: to be Windows 10, the font in place of its own, no blinking."""
    keys = [f'[{_WINE}]\n"Version"="win10"']
    fonts = "\n".join(f'"{font}"="Open Sans"' for font in _WINDOWS_FONTS)
    keys += [f"[{key}]\n{fonts}" for key in _STAND_INS]
    # A caret that does not blink lets a picture come to rest.
    keys.append(f'[{_DESKTOP}]\n"CursorBlinkRate"="-1"')
    return "\n\n".join(["Windows Registry Editor Version 5.00", *keys, ""]).replace("\n", "\r\n")


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
