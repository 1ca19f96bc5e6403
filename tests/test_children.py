# SPDX-License-Identifier: Apache-2.0
"""A process that the program starts imports from where the program is, and from nowhere else."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from office_builders import a_list, a_row, import_file

import dev
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers import children, job_limits
from imp_plus_desktop.exchange.readers.reading import read_bytes_in_child, read_in_child
from imp_plus_desktop.services.exports import export_process

pytestmark = pytest.mark.child

ROOT = Path(__file__).resolve().parent.parent
TRAPS = ("json", "re", "zipfile", "resource", "sitecustomize", "python_calamine", "openpyxl")


class Quiet:
    def step(self, _done: int, _total: int) -> None:
        pass


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the user is in, with modules of somebody else's."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in (*TRAPS, "imp_plus_desktop"):
        text = f"open({str(folder / 'sprung')!r}, 'w').close()\n"
        (folder / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", ".", str(ROOT)]))
    return folder


PARENT = """
import sys
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers import children, job_limits
limits = job_limits.JobLimits(memory=2**30, seconds=60)
child = children.start([sys.executable, "-c", "import time; time.sleep(60)"], limits=limits)
print(child.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere a child ends when its pipes do")
def test_on_windows_a_child_ends_with_its_parent_however_that_ends() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        assert is_running(number)
        parent.kill()
        parent.wait()
        given_up = time.monotonic() + 20
        while is_running(number) and time.monotonic() < given_up:
            time.sleep(0.05)
        assert not is_running(number)


def is_running(number: int) -> bool:
    kernel = ctypes.WinDLL("kernel32")
    kernel.OpenProcess.restype = ctypes.c_void_p
    found = kernel.OpenProcess(0x00100000, False, number)
    if not found:
        return False
    ended = kernel.WaitForSingleObject(ctypes.c_void_p(found), 0) == 0
    kernel.CloseHandle(ctypes.c_void_p(found))
    return not ended


@pytest.mark.skipif(sys.platform != "win32", reason="Windows alone has jobs")
def test_windows_takes_the_limits_of_a_child() -> None:
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert job_limits.hold(child, job_limits.JobLimits(2**30, 60))
        child.kill()


def test_the_limits_of_a_child_are_told_in_windows_own_units() -> None:
    told = job_limits.told(job_limits.JobLimits(memory=5, seconds=1.5))
    assert (told.process_memory, told.basic.process_time) == (5, 15_000_000)
    assert told.basic.flags == 0x2502
    assert job_limits.told(job_limits.NONE).basic.flags == 0x2400
    assert ctypes.sizeof(told) == 144, "as the structure is on Windows with 64 bits"


def test_what_a_child_does_not_catch_ends_it_without_a_word(tmp_path: Path) -> None:
    for option in ("--read-workbook", "--export-list"):
        command = [sys.executable, "-P", "-m", "imp_plus_desktop", option]
        child = subprocess.run(
            command, input=b"no JSON at all\n", capture_output=True, cwd=tmp_path, check=False
        )
        assert b"Traceback" not in child.stderr, option
        assert child.returncode in (0, 1)


def test_the_trap_is_one(trap: Path) -> None:
    subprocess.run([sys.executable, "-c", "import json"], check=False)
    assert (trap / "sprung").exists()


def test_reading_and_exporting_import_nothing_from_the_current_folder(
    trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2)])
    office = open_office(tmp_path / "r.imp")
    import_file(office, source)
    assert read_in_child(source).sheets
    assert read_bytes_in_child("noms.csv", b"Nom;Lettre\nA;2023-01-01\n").sheets[0].name == "noms"
    monkeypatch.setattr(export_process, "SHORT", 0)
    assert export_process.export(office, "people", tmp_path / "x.xlsx", progress=Quiet()).rows == 2
    assert not (trap / "sprung").exists()


def test_no_name_of_a_file_stands_in_a_command_that_anybody_may_read(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    script = "import json, sys; open(sys.argv[1], 'w').write(json.dumps(sys.argv))"
    program = [sys.executable, "-c", script, str(told)]
    with pytest.raises(Exception, match=r"too_large|damaged"):
        read_bytes_in_child(
            "Benali Amine.csv", b"Nom\nA\n", sheet_names=["Benali"], program=program
        )
    assert "Benali" not in told.read_text("utf-8")


def test_every_process_of_the_program_is_started_in_one_place() -> None:
    package = ROOT / "imp_plus_desktop"
    found = {
        source.relative_to(package).as_posix()
        for source in package.rglob("*.py")
        if any(f"subprocess.{verb}(" in source.read_text("utf-8")
               for verb in ("Popen", "run", "call", "check_output", "check_call"))
        or "QProcess" in source.read_text("utf-8")
    }  # fmt: skip
    # The language of macOS is asked of a program with its whole path.
    assert found == {"exchange/readers/children.py", "i18n.py"}
    assert children.own_program("--x")[:2] == [sys.executable, "-P"]


@pytest.mark.frozen
@pytest.mark.skipif(not dev.PROGRAM.exists(), reason="nothing is built: python3 dev.py build")
def test_the_built_program_imports_nothing_from_the_current_folder(trap: Path) -> None:
    answer = subprocess.run(
        [str(dev.PROGRAM), "--json", "self-test"],
        cwd=trap,
        env={**dev.bare_environment(), "PYTHONPATH": str(trap), "PYTHONHOME": str(trap)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(answer.stdout)["passed"] is True
    assert not (trap / "sprung").exists()


def test_a_child_that_was_ended_is_not_waited_for_where_another_process_holds_its_pipe(
    tmp_path: Path,
) -> None:
    # The child's own child has its output too, and lives on.
    code = (
        "import subprocess, sys, time;"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)']);"
        "time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(ExchangeError, match="timeout"):
        read_bytes_in_child("a.csv", b"Nom\n", timeout=1.5, program=[sys.executable, "-c", code])
    assert time.monotonic() - began < 10
