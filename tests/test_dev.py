# SPDX-License-Identifier: Apache-2.0
"""The project's own script and the program's way in."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

import pytest
import servers

import dev
import imp_plus_desktop
from imp_plus_desktop import __version__
from imp_plus_desktop.__main__ import has_command, naming_the_register

ROOT = Path(__file__).resolve().parent.parent


def run_dev(
    *arguments: str, checkout: Path = ROOT, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY",)}
    return subprocess.run(
        [sys.executable, str(checkout / "dev.py"), *arguments],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_without_a_command_it_lists_the_commands() -> None:
    answer = run_dev()
    assert answer.returncode == 0
    assert all(name in answer.stdout for name in dev.COMMANDS)
    assert run_dev("no-such-command").returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_without_a_display_run_says_so_and_names_the_demo() -> None:
    answer = run_dev("run", QT_QPA_PLATFORM="", WAYLAND_DISPLAY="")
    assert answer.returncode == 1
    assert "no display" in answer.stderr
    assert "dev.py demo" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_the_command_line_runs_from_any_folder_and_passes_its_exit_code_on(
    tmp_path: Path, empty_register: Path
) -> None:
    shutil.copyfile(empty_register, tmp_path / "here.imp")
    here = ("--register", "here.imp", "--json")
    answer = run_dev("cli", *here, "people", folder=tmp_path, QT_QPA_PLATFORM="")
    assert json.loads(answer.stdout) == {"total": 0, "people": []}
    assert answer.returncode == 0
    assert run_dev("cli", *here, "show", "#1", folder=tmp_path).returncode == 2


def test_the_command_line_opens_no_window_where_no_command_is_given(tmp_path: Path) -> None:
    answer = run_dev("cli", "--register", "none.imp", folder=tmp_path)
    assert answer.returncode == 2
    assert "COMMAND" in answer.stderr
    assert not (tmp_path / "none.imp").exists()


INSTALLED = ("dev.py", "hatch_build.py", "pyproject.toml", "requirements.lock", "README.md")
INSTALLED += ("LICENSE", "imp_plus_desktop/__init__.py", "imp_plus_desktop/__main__.py")


def a_checkout(folder: Path) -> Path:
    """A checkout with an environment of its own, whose libraries are those of the tests."""
    for name in INSTALLED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    own = folder / ".venv"
    venv.create(own, with_pip=False, symlinks=os.name == "posix")
    variables = {"base": str(own), "platbase": str(own)}
    site = Path(sysconfig.get_path("purelib", "venv", variables))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (own / dev.STAMP.name).write_text(dev.lock_digest() + "\n", "ascii")
    return folder


def installed_from(environment: Path) -> list[str]:
    """The folders of the checkouts that an environment has installed."""
    return [path.read_text("utf-8").strip() for path in environment.rglob("_imp_plus_desktop.pth")]


def test_setup_installs_the_project_once_and_again_when_its_version_changes(
    tmp_path: Path,
) -> None:
    checkout = a_checkout(tmp_path / "checkout")
    first = run_dev("setup", checkout=checkout)
    assert "Installing the project" in first.stderr
    assert first.returncode == 0, first.stderr
    assert installed_from(checkout / ".venv") == [str(checkout)]
    assert (checkout / dev.IMP_PLUS.relative_to(ROOT)).exists()
    again = run_dev("setup", checkout=checkout)
    assert (again.returncode, again.stderr) == (0, "")
    version = checkout / "imp_plus_desktop" / "__init__.py"
    version.write_text(version.read_text("utf-8").replace(__version__, "77.1.0"), "utf-8")
    assert "Installing the project" in run_dev("setup", checkout=checkout).stderr
    assert list((checkout / ".venv").rglob("imp_plus_desktop-77.1.0.dist-info"))


@pytest.mark.skipif(os.name != "posix", reason="a link to a folder needs a right on Windows")
def test_an_environment_that_another_checkout_lends_stays_that_ones(tmp_path: Path) -> None:
    lender = a_checkout(tmp_path / "lender")
    assert run_dev("setup", checkout=lender).returncode == 0
    borrower = a_checkout(tmp_path / "borrower")
    shutil.rmtree(borrower / ".venv")
    (borrower / ".venv").symlink_to(lender / ".venv", target_is_directory=True)
    answer = run_dev("setup", checkout=borrower)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert installed_from(lender / ".venv") == [str(lender)]


def test_a_container_that_forbids_it_keeps_nobody_from_keeping_what_was_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert dev.inside(["-c", "import sys; sys.exit(sys.dont_write_bytecode)"]) == 0


def test_the_code_that_is_tested_is_that_of_this_checkout(tmp_path: Path) -> None:
    assert Path(str(imp_plus_desktop.__file__)).parents[1] == ROOT
    code = "import imp_plus_desktop; print(imp_plus_desktop.__file__)"
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(child.stdout.strip()).parents[1] == ROOT


def test_another_checkout_that_stands_before_it_on_the_path_is_not_tested(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger" / "imp_plus_desktop"
    stranger.mkdir(parents=True)
    (stranger / "__init__.py").write_text("raise ImportError('the stranger')\n", "utf-8")
    named = f"{Path(__file__).name}::test_the_code_that_is_tested_is_that_of_this_checkout"
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{named}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(stranger.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout
    assert "1 passed" in answer.stdout


def locked(text: str) -> list[str]:
    """The requirements of a lock, each without its hashes."""
    lines = re.sub(r" \\\n +--hash=\S+", "", text).splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", dev.WITHOUT_HELP)
def test_who_asks_for_help_is_told_and_nothing_is_done(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(ROOT.iterdir())
    assert dev.main([name, "--help"]) == 0
    assert dev.COMMANDS[name].help in capsys.readouterr().out
    assert sorted(ROOT.iterdir()) == before


def test_what_every_run_tries_on_a_server_is_there_and_part_of_the_whole() -> None:
    whole = [ROOT / folder for folder in dev.ON_A_SERVER]
    for name in (*dev.EVERY_DAY_ON_A_SERVER, *dev.LONG_ON_A_SERVER):
        path = ROOT / name
        assert path.exists(), name
        assert path in whole or path.parent in whole, name


def test_what_takes_longer_than_it_may_is_broken_off_once_it_has_told_what_it_found(
    capfd: pytest.CaptureFixture[str],
) -> None:
    code = (
        "import time\n"
        "try: print('begun', flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt: print('found', flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == "begun\n"
        assert dev.until(one, time.monotonic()) == 1
        if os.name == "posix":
            assert one.stdout.read() == "found\n"
    assert "longer than it may" in capfd.readouterr().err
    assert dev.inside(["-c", "raise SystemExit(3)"], ends=time.monotonic() + 60) == 3


def test_what_was_measured_counts_for_the_code_of_its_day_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    module = tmp_path / "imp_plus_desktop" / "paths.py"
    module.parent.mkdir()
    module.write_text("", "utf-8")
    assert not dev.measured_already()
    (tmp_path / ".coverage").write_bytes(b"")
    os.utime(module, (1, 1))
    assert dev.measured_already()
    later = (tmp_path / ".coverage").stat().st_mtime + 60
    os.utime(module, (later, later))
    assert not dev.measured_already()


def test_the_tests_say_in_a_line_why_they_can_start_no_server() -> None:
    script = str(ROOT / "tests" / "servers.py")
    answer = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == (servers.missing() or "")
    assert len(answer.stdout.splitlines()) == 1


def test_every_requirement_is_pinned_exactly() -> None:
    requirements = locked(dev.LOCK.read_text("utf-8"))
    assert len(requirements) > 40
    assert [line for line in requirements if "==" not in line.partition(";")[0]] == []


def test_every_library_of_the_program_stands_in_the_licence_list() -> None:
    text = (ROOT / "docs" / "licences.md").read_text("utf-8").lower()
    program = locked(dev.LOCK.read_text("utf-8").split("# The program")[1].split("#")[0])
    assert len(program) > 10
    for requirement in program:
        name, _equals, version = requirement.lower().partition(" ;")[0].partition("==")
        row = next(line for line in text.splitlines() if f"| {name.replace('_', '-')} |" in line)
        assert version in row


def test_there_is_one_version_and_the_changelog_starts_with_it() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    titles = [line for line in changelog.splitlines() if line.startswith("## ")]
    first = next(title for title in titles if title != "## Unreleased")
    assert __version__ in first


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["--register", "a.imp"], False),
        (["--register=a.imp", "--lang", "fr", "--today", "2026-03-04", "--json"], False),
        (["--register", "people"], False),
        (["people"], True),
        (["--lang", "en", "quota", "2026"], True),
        (["--version"], True),
        (["-h"], True),
        (["--no-such-option"], True),
    ],
)
def test_a_command_is_the_first_argument_that_is_no_global_option(
    arguments: list[str], expected: bool
) -> None:
    assert has_command(arguments) is expected


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["C:\\Bureau\\Été 2024.IMP"], ["--register", "C:\\Bureau\\Été 2024.IMP"]),
        (["--lang", "fr", "a.imp"], ["--lang", "fr", "--register", "a.imp"]),
        (["a.imp", "--json"], ["--register", "a.imp", "--json"]),
        (["--register", "a.imp"], ["--register", "a.imp"]),
        (["--register=a.imp"], ["--register=a.imp"]),
        (["restore", "a.imp"], ["restore", "a.imp"]),
        (["restore", "a.imp", "--yes"], ["restore", "a.imp", "--yes"]),
        (["a.imp", "b.imp"], ["a.imp", "b.imp"]),
        (["a.xlsx"], ["a.xlsx"]),
        ([], []),
    ],
)
def test_a_register_alone_is_the_one_to_open_as_a_double_click_gives_it(
    given: list[str], read: list[str]
) -> None:
    assert naming_the_register(given) == read
    assert has_command(read) is (
        read[:1] != ["--register"]
        and bool(read)
        and read[0] != "--lang"
        and not read[0].startswith("--register=")
    )


def test_a_program_without_streams_has_some_that_lead_nowhere() -> None:
    # As a windowed program starts on Windows.
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
        "from imp_plus_desktop.__main__ import main\n"
        "import os; os._exit(main(['no-such-command']) + 10 * (sys.stderr.write('x') == 1))"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (child.returncode, child.stdout, child.stderr) == (12, b"", b"")


def test_every_locked_library_is_installed_by_its_hash_only() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    lines = lock.replace("\\\n", "").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert len(pinned) > 40
    for line in pinned:
        assert re.match(r"[\w.-]+==[\w.]+( ; [^;]+)?  *--hash=", line), line
        hashes = re.findall(r"--hash=(\S+)", line)
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), line
        assert len(set(hashes)) == len(hashes), line
    assert "--require-hashes" in inspect.getsource(dev.ensure_environment)
    assert "://" not in lock
