# SPDX-License-Identifier: Apache-2.0
"""What the program writes is its user's alone, and a kill leaves nothing of it behind."""

from __future__ import annotations

import ast
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_builders import a_list, a_row

from imp_plus_desktop import logs, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "imp_plus_desktop"
FILES = ROOT / "tests" / "files"
KEPT = "quatre mots bien longs"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")

MAKES = {
    "mkdir", "makedirs", "touch", "write_text", "write_bytes", "mkdtemp", "mkstemp", "copyfile",
    "copy", "copy2", "copytree", "symlink_to", "hardlink_to", "NamedTemporaryFile",
    "TemporaryDirectory", "TemporaryFile", "SpooledTemporaryFile", "QSaveFile", "QTemporaryFile",
    "QTemporaryDir", "QFile", "QSettings", "FileHandler", "RotatingFileHandler",
    "TimedRotatingFileHandler",
}  # fmt: skip
INTO_MEMORY = {"Workbook", "ZipFile", "QPdfWriter"}
"""They write where their first argument says: a path is refused, a file in memory is not."""
ALLOWED = {
    ("exchange/correspondence/letter_child.py", "open"): "its standard output",
    ("ui/shell/letter_printer.py", "open"): "its standard output",
    ("exchange/readers/reading_child.py", "open"): "its standard output",
    ("cli/copy_child.py", "open"): "its standard output",
    ("cli/export_child.py", "open"): "its standard output",
    ("__main__.py", "open"): "the null device",
    ("cli/main.py", "open"): "the null device",
    ("plain_files.py", "open"): "to read only",
    ("exchange/writers/writing.py", "open"): "a part of a workbook in a scratch file",
    ("exchange/writers/books.py", "save"): "into memory",
    ("storage/maintenance/backup.py", "copy"): "a copy of the register, by `copying`",
    ("storage/engines/sqlite/snapshots/alone.py", "open"): "a file that is there, to lock it",
    ("storage/engines/sqlite/salvaging/salvage.py", "open"): "to mend the copy that it was given",
    ("storage/engines/postgresql/bulk.py", "copy"): "rows into a table of a server",
    ("storage/engines/sqlite/copying.py", "copy"): "a copy of the register, by its own function",
}


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _makes_a_file(call: ast.Call) -> bool:
    name = _name(call)
    last = name.rpartition(".")[2]
    if last in MAKES:
        return name != "copy.copy"
    modes = [a.value for a in [*call.args, *(k.value for k in call.keywords)]
             if isinstance(a, ast.Constant) and isinstance(a.value, str)]  # fmt: skip
    if name == "os.open" and "O_RDONLY" in _args(call):
        return False
    if last == "open":
        return name == "os.open" or any(set(m) & set("wax+") and len(m) <= 3 for m in modes)
    if last in INTO_MEMORY and (last != "ZipFile" or "w" in modes):
        return bool(call.args) and ("path" in ast.unparse(call.args[0]) or "str(" in _args(call))
    return last == "save" and "book" in name


def _args(call: ast.Call) -> str:
    return ", ".join(ast.unparse(argument) for argument in call.args)


def test_only_one_module_makes_files_and_folders() -> None:
    found = []
    # A module without any call of such a name need not be read closely.
    may_make = re.compile(rf"\b({'|'.join(sorted(MAKES | INTO_MEMORY | {'open', 'save'}))})\s*\(")
    for source in sorted(PACKAGE.rglob("*.py")):
        short = source.relative_to(PACKAGE).as_posix()
        text = source.read_text("utf-8")
        if short == "private.py" or not may_make.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _makes_a_file(node):
                last = _name(node).rpartition(".")[2]
                if (short, last) not in ALLOWED:
                    found.append(f"{short}:{node.lineno} {_name(node)}")
    assert not found, f"files and folders are made by imp_plus_desktop/private.py: {found}"


@pytest.mark.parametrize(
    "line",
    ["path.write_bytes(b'')", "open(path, 'w')", "path.open(mode='ab')", "tempfile.mkdtemp()",
     "folder.mkdir()", "xlsxwriter.Workbook(str(path), {})", "book.save(aside)",
     "QPdfWriter(str(path))", "zipfile.ZipFile(path, 'w')", "os.open(path, os.O_CREAT)"],
)  # fmt: skip
def test_the_look_through_the_sources_sees_each_way_of_making_a_file(line: str) -> None:
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _makes_a_file(call)


@pytest.fixture
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def readable_by_others(folder: Path, *but: Path) -> list[str]:
    return [
        f"{path.relative_to(folder)} {path.lstat().st_mode & 0o777:o}"
        for path in sorted(folder.rglob("*"))
        if path not in but and path.lstat().st_mode & 0o077
    ]


@on_posix
@pytest.mark.of_a_file("what lies where the register does")
@pytest.mark.usefixtures("open_to_all")
def test_every_file_of_the_main_job_is_the_users_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, temporary, documents = (tmp_path / name for name in ("home", "temporary", "Documents"))
    for folder in (temporary, documents):
        folder.mkdir(0o755)  # nobody but its user says who may enter it
    monkeypatch.setenv("IMP_PLUS_HOME", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(private, "_place", private._Place())
    scan = tmp_path / "given.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF")
    source = a_list(tmp_path / "given.xlsx", [a_row(1), a_row(2), a_row(3, birth_date="Tuesday")])
    day = ("--today", "2023-12-20", "--lang", "fr")
    main([*day, "import", str(source), "--rejects", str(documents / "rejects.xlsx")])
    commands: list[tuple[object, ...]] = [
        ("attach", "#1", "passport", scan),
        ("extract", "#1", "passport", documents / "scan.pdf"),
        ("extract", "#1", "passport", documents),
        ("export", "everything", documents / "all.xlsx"),
        ("export", "people", documents / "people.xlsx"),
        ("template", documents / "template.xlsx"),
        ("deadlines", "--ics", documents / "days.ics"),
        ("report", "yearly", "2023", "--xlsx", documents / "report.xlsx"),
        ("close", "2023", "--quarter", "3"),
        ("backup",),
        ("backup", tmp_path / "made" / "below"),
        ("demo", tmp_path / "demo"),
    ]
    for command in commands:
        assert main([*day, *map(str, command)]) in (0, 1), command
    office = open_office()  # SQLite's own files are there while it is open
    Settings(home / "settings.json").put("theme", "dark")
    logging.getLogger("test").warning("a line")
    names = {path.name for path in home.rglob("*")}
    assert {"registre.imp", "registre.imp-wal", "registre.imp-shm", "settings.json"} <= names
    assert (home / "logs" / logs.LOG_NAME).stat().st_size
    assert len(list(documents.iterdir())) >= 8
    assert list(temporary.iterdir())
    given = (scan, source, documents, temporary)
    assert readable_by_others(tmp_path, *given) == []
    assert documents.stat().st_mode & 0o777 == temporary.stat().st_mode & 0o777 == 0o755
    monkeypatch.setenv("IMP_PLUS_NEW_PASSPHRASE", KEPT)
    office.close()
    assert main([*day, "passphrase", "set"]) == 0
    assert readable_by_others(tmp_path, *given) == []


@on_posix
@pytest.mark.of_a_file("what lies where the register does")
@pytest.mark.usefixtures("open_to_all")
def test_what_was_open_to_others_is_theirs_no_more_once_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMP_PLUS_HOME", str(tmp_path))
    office = open_office()
    main(["backup"])
    office.close()
    for path in tmp_path.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    beside = tmp_path / "registre.imp-journal"
    beside.touch(0o666)
    main(["people"])
    assert readable_by_others(tmp_path, tmp_path / "settings.json") == []


@on_posix
def test_a_folder_that_is_there_stays_as_its_user_wants_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    private.make_folder(shared / "a" / "b")
    assert [p.stat().st_mode & 0o777 for p in (shared, shared / "a", shared / "a" / "b")] == [
        0o755, 0o700, 0o700,
    ]  # fmt: skip


BEGINS = """
import sys, time, tempfile
from pathlib import Path
from imp_plus_desktop import private
private.start()
with private.scratch() as scratch, private.scratch_folder() as folder:
    scratch.write(b"Zyndram"); scratch.flush()
    private.write(folder / "looked-at.txt", b"Zyndram")
    new = private.begun(Path(sys.argv[1]) / "list.xlsx")
    new.write_bytes(b"Zyndram")
    print(new, flush=True)
    time.sleep(60)
"""


def begun_by_another(temporary: Path, documents: Path) -> tuple[subprocess.Popen[str], Path]:
    child = subprocess.Popen(
        [sys.executable, "-c", BEGINS, str(documents)],
        stdout=subprocess.PIPE,
        env={**os.environ, **private.temporary_files_in(temporary)},
        text=True,
    )
    assert child.stdout is not None
    return child, Path(child.stdout.readline().strip())


def test_the_next_start_removes_what_a_kill_left_and_nothing_of_those_who_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, documents = tmp_path / "temporary", tmp_path / "documents"
    temporary.mkdir()
    documents.mkdir()
    somebody_elses = documents / ".~lock.list.xlsx.tmp"
    somebody_elses.touch()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    child, new = begun_by_another(temporary, documents)
    living, its_own = begun_by_another(temporary, documents)
    try:
        child.kill()
        child.communicate()
        assert new.read_bytes() == b"Zyndram"
        private.sweep()
        assert sorted(documents.iterdir()) == sorted([its_own, somebody_elses])
        # On Windows a file without a name has one while its process lives.
        folders = [path for path in temporary.iterdir() if path.is_dir()]
        assert len(folders) == 1
    finally:
        living.kill()
        living.communicate()
    private.sweep()
    assert list(documents.iterdir()) == [somebody_elses]
    assert list(temporary.iterdir()) == []


LEFT_BEHIND = """
import os, sys, tempfile, pathlib; tempfile.tempdir = sys.argv[1]
from imp_plus_desktop import private
with private.scratch_folder() as folder:
    pass
place = private._place.folder()
(place / "scan.pdf").write_text("still open elsewhere")
real = pathlib.Path.unlink
def held(path, *rest, **more):
    if path.name == "scan.pdf":
        raise PermissionError(13, "held")
    real(path, *rest, **more)
pathlib.Path.unlink = held
"""


def test_a_scan_that_is_open_elsewhere_at_the_end_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", LEFT_BEHIND, str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 0
    (place,) = tmp_path.iterdir()
    assert sorted(path.name for path in place.iterdir()) == ["lock", "scan.pdf"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    private.sweep()
    assert list(tmp_path.iterdir()) == []


def test_what_was_begun_long_ago_goes_when_the_folder_is_next_written_to(tmp_path: Path) -> None:
    old, fresh, others = (tmp_path / n for n in
                          (".12-0123abcd.tmp", ".13-0123abcd.tmp", "list.tmp"))  # fmt: skip
    for path in (old, fresh, others):
        path.touch()
    long_ago = time.time() - 2 * 86_400
    for path in (old, others):
        os.utime(path, (long_ago, long_ago))
    private.write(tmp_path / "list.xlsx", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".13-0123abcd.tmp", "list.tmp", "list.xlsx",
    ]  # fmt: skip


@pytest.mark.of_a_file("what lies where the register does")
def test_an_interrupted_copy_of_the_first_version_goes_at_the_next_opening(tmp_path: Path) -> None:
    office = open_office(tmp_path / "r.imp")
    office.close()
    copies = tmp_path / "r.copies"
    copies.mkdir()
    left = [tmp_path / ".r.imp.77.part", copies / ".2024-01-01_1200-day.imp.77-99.part"]
    fresh = copies / ".2024-01-02_1200-day.imp.78-99.part"
    somebody_elses = tmp_path / "film.mkv.part"
    for path in (*left, fresh, somebody_elses):
        path.touch()
    for path in (*left, somebody_elses):
        os.utime(path, (0, 0))
    open_office(tmp_path / "r.imp").close()
    assert not any(path.exists() for path in left)
    assert fresh.exists()
    assert somebody_elses.exists()


@pytest.mark.of_a_file("what lies where the register does")
@pytest.mark.many("command0-office.imp", "command4-register", "command7-register")
@pytest.mark.parametrize("name", ["office.imp", "register"])
@pytest.mark.parametrize(
    "command",
    [
        ("export", "people"),
        ("export", "everything"),
        ("template",),
        ("journal", "--verify-export"),
        ("deadlines", "--ics"),
        ("report", "yearly", "2024", "--xlsx"),
        ("pivot", "people", "year", "--xlsx"),
        ("assessment",),
        ("archive", "2024"),
    ],
)
def test_nothing_that_is_written_takes_the_place_of_the_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: tuple[str, ...]
) -> None:
    """It would have gone with its journal, and only a copy of before would be left."""
    register = tmp_path / name
    at = ["--register", str(register), "--lang", "en", "--today", "2024-06-28"]
    assert main([*at, "add", "family_name=Diallo", "letter_date=2024-05-20"]) == 0
    if command == ("template",) and name == "register":
        pytest.skip("a template is written without a register that is open")
    capsys.readouterr()
    assert main([*at, *command, str(register)]) in {3, 4}
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main([*at, "people"]) == 0
    assert "Diallo" in capsys.readouterr().out
    assert main([*at, "check"]) == 0


def test_a_copy_is_no_place_to_write_to_either(tmp_path: Path) -> None:
    copy = tmp_path / "2024-06-28.IMP"
    copy.write_bytes(b"a copy")
    with pytest.raises(FileExistsError):
        private.write(copy, b"something else")
    assert (copy.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (b"a copy", [copy.name])
    private.write(tmp_path / "new.imp", b"nothing stood there")
