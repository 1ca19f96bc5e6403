# SPDX-License-Identifier: Apache-2.0
"""The documents keep step with the program: commands, paths, source tags and libraries.

Commands are run as they are printed: `imp-plus` is the one that the project's own installation
has put into the environment.
"""

import argparse
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.markers import Marker

import dev
from imp_plus_desktop.cli.command_table import COMMANDS
from imp_plus_desktop.cli.main import grammar, main
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.words.import_texts import CAUSES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def first_column(page: str) -> list[str]:
    """The first cells of the rows of a page's tables; a `\\|` inside a cell is no border."""
    rows = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [re.split(r"(?<!\\)\|", row)[1].strip() for row in rows if row.startswith("|")]


def subcommands(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: inner
        for action in of._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, inner in action.choices.items()
    }


def options(of: argparse.ArgumentParser) -> set[str]:
    """The long options of a command and of what stands below it."""
    own = {name for action in of._actions for name in action.option_strings}
    inner = [options(one) for one in subcommands(of).values()]
    return {name for name in own.union(*inner) if name.startswith("--")} - {"--help"}


def options_of_the_page() -> dict[str, set[str]]:
    """The options that each command has in the table; a span without a command belongs to the
    one before it."""
    found: dict[str, set[str]] = {}
    for cell in first_column("command-line.md"):
        name = ""
        for span in cell.split("`")[1::2]:
            name = span.split()[0] if re.match(r"[a-z]", span) else name
            if name:
                found.setdefault(name, set()).update(re.findall(r"--[a-z-]+", span))
    return found


def test_each_command_of_the_parser_is_done_by_one_of_the_table() -> None:
    """But for those that need no register of the office: they make their own."""
    done = {name for command in COMMANDS.values() if command.room for name in command.room()}
    assert done == COMMANDS.keys() - {"demo", "move", "self-test", "server"}
    assert {name for name, one in COMMANDS.items() if one.room and name not in one.room()} == set()
    assert list(COMMANDS) == list(subcommands(grammar()))


def test_the_page_of_the_command_line_lists_each_command_with_its_options_and_no_other() -> None:
    there = {name: options(command) for name, command in subcommands(grammar()).items()}
    assert options_of_the_page() == there


def of_importing() -> str:
    """What the page of the command line says of imports, its table of codes included."""
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    return page.partition("## Importing\n")[2].partition("\n## ")[0]


def test_the_page_of_the_command_line_tells_each_code_that_a_list_can_have_and_no_other() -> None:
    rows = [row.split("|")[2] for row in of_importing().splitlines() if row.startswith("|")]
    told = [code for cell in rows for code in re.findall(r"`(\w+)`", cell)]
    # What hands type is refused for these two; no cell of a list ever has them.
    by_hand = {"unwritable_text", "bad_value"}
    assert sorted(told) == sorted(CAUSES.keys() - by_hand | {"stray_cell"})


def keys_of(answer: dict[str, object]) -> set[str]:
    """The keys of an answer, and of the records in its lists."""
    lists = [value for value in answer.values() if isinstance(value, list)]
    inner = {key for rows in lists for row in rows if isinstance(row, dict) for key in row}
    return inner.union(answer)


def test_the_page_of_the_command_line_tells_each_key_that_an_import_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found: set[str] = set()
    for name in ("suivi-2024-fr.xlsx", "familles-2024-fr.xlsx", "invitations-2022-fr.xlsx"):
        source = str(ROOT / "data" / "demo" / name)
        main(["--json", "--register", str(tmp_path / "own.imp"), "import", source])
        found |= keys_of(json.loads(capsys.readouterr().out))
    assert found >= {"columns", "conflicts", "flags", "issues", "members", "skipped_rows"}
    assert found - set(re.findall(r"`(\w+)`", of_importing())) == set()


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
PAGES += sorted((ROOT / "resources" / "help").rglob("*.md"))


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def printed(page: Path) -> list[str]:
    """The commands of a page: the lines of its blocks, and what stands whole in a sentence."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for line in [*lines, *re.findall(r"`([^`\n]+)`", prose)] if line]


def calls(page: Path, program: str) -> list[tuple[list[str], int]]:
    """The arguments that a page gives to a program, and the exit code that a remark behind says.
    A line with a word that stands for something, such as COMMAND or […], is a pattern."""
    found = []
    for line in printed(page):
        if line.startswith(program) and not re.search(r"\bCOMMAND\b|\bARGS\b|[\[…]", line):
            told = re.search(r"# exit (\d+)", line)
            words = shlex.split(line.removeprefix(program), comments=True)
            found.append((words, int(told[1]) if told else 0))
    return found


def run_installed(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> subprocess.CompletedProcess[str]:
    """Run `imp-plus` as a shell would: by its name, from the environment that runs the tests."""
    scripts = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join((scripts, os.environ.get("PATH", ""))))
    found = shutil.which("imp-plus")
    assert found is not None, "imp-plus is not installed: python3 dev.py setup"
    return subprocess.run(
        [found, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def run_here(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """What the command line answers, without a process of its own."""
    capsys.readouterr()
    try:
        code = main(arguments)
    except SystemExit as stopped:  # the help, and what the grammar does not know
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `imp-plus demo office` makes, to be copied: each page's first command makes it again."""
    folder = tmp_path_factory.mktemp("demo") / "office"
    assert main(["demo", str(folder)]) == 0
    return folder


WITH_COMMANDS = {
    str(found): page
    for page in reversed(PAGES)
    if page.stem not in ("server", "serveur") and (found := calls(page, "imp-plus "))
}
"""By what they tell one to do: two languages of one page often say the same. The pages about
servers are followed on one, by `cli/test_server_page.py`."""


@pytest.mark.many(
    "resources/help/fr/administrator/03-copies.md", "resources/help/en/privacy/02-protection.md"
)
@pytest.mark.timeout(600)  # dozens of commands one after the other, on a busy machine
@pytest.mark.parametrize("page", WITH_COMMANDS.values(), ids=page_name)
def test_the_commands_of_a_page_run_as_they_are_printed(
    page: Path,
    tmp_path: Path,
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Only what a page has done before may be needed: the folder is empty.
    monkeypatch.chdir(tmp_path)
    for arguments, expected in calls(page, "imp-plus "):
        if arguments[:1] == ["demo"] and len(arguments) == 2:
            shutil.copytree(demo, arguments[1])
            continue
        code, out, err = run_here(arguments, capsys)
        told = f"imp-plus {shlex.join(arguments)}: {err}"
        assert code == expected, told
        assert out.strip() or expected, told


@pytest.mark.long
def test_the_first_commands_of_the_reference_run_as_programs_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell would start them; what the others do is the same, whoever calls it."""
    first = calls(DOCS / "command-line.md", "imp-plus ")[:3]
    assert first[0][0] == ["demo", "office"]
    for arguments, expected in first:
        answer = run_installed(arguments, tmp_path, monkeypatch)
        assert answer.returncode == expected, answer.stderr
        assert answer.stdout.strip()


ASIDE = re.compile(r"\[[^\]]*\]|[…\[\]]")
"""What a page leaves open in a command: an option that may be there, or what stands before."""


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_each_command_of_a_page_is_one_that_the_program_understands(page: Path) -> None:
    """Those too that are patterns, and are not run: `imp-plus … check`."""
    understood = cache(grammar)
    for line in printed(page):
        spoken = re.search(r"^imp-plus (?=.*[a-z])(.*)", line)
        if spoken is None or "COMMAND" in line:
            continue
        said = ASIDE.sub("", spoken[1].replace("--register …", "--register x"))
        words = shlex.split(said, comments=True)
        if "--help" not in words:
            understood().parse_args(words)  # says on stderr what is wrong, and stops


def test_the_pages_show_the_main_job_in_commands_that_run() -> None:
    shown = {word for page in PAGES for words, _exit in calls(page, "imp-plus ") for word in words}
    job = {"demo", "import", "people", "verdict", "quota", "deadlines", "export", "template"}
    assert shown >= job | {"check", "undo"}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_the_project_commands_of_a_page_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"\bdev\.py ([a-z]+)", text))
    assert named <= dev.COMMANDS.keys()


def test_the_readme_names_each_command_of_the_project() -> None:
    words = {word for line in printed(ROOT / "README.md") for word in line.split()}
    assert dev.COMMANDS.keys() - words == set()


FOLDERS = ("imp_plus_desktop", "tests", "tools", "data", "docs", "resources", "benchmarks")


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "README.md", "docs/architecture.md", "docs/decisions.md"]
)
def test_the_paths_of_a_page_are_there(page: str) -> None:
    spans = re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8"))
    paths = [span for span in spans if span.split("/")[0] in FOLDERS and " " not in span]
    assert len(paths) > 5
    assert [path for path in paths if not list(ROOT.glob(path))] == []


def test_each_decision_has_a_number_of_its_own_and_a_day() -> None:
    lines = (DOCS / "decisions.md").read_text(encoding="utf-8").splitlines()
    bullets = [line for line in lines if line.startswith("- ")]
    found = [re.match(r"- \*\*(\d+)\. .+?\*\* \((\d{4}-\d\d-\d\d)\)", line) for line in bullets]
    assert [line for line, mark in zip(bullets, found, strict=True) if mark is None] == []
    numbers = [int(mark[1]) for mark in found if mark]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


SPOKEN_OF = re.compile(r"`([\w/]+\.py)`")
TEXTS = [*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "benchmarks" / "README.md"]
THERE = {
    path.relative_to(ROOT).as_posix()
    for folder in ("imp_plus_desktop", "tests", "tools", "benchmarks", "resources")
    for path in (ROOT / folder).rglob("*.py")
} | {path.name for path in ROOT.glob("*.py")}
MODULES = [*(ROOT / "imp_plus_desktop").rglob("*.py"), *ROOT.glob("benchmarks/*.py")]


def test_the_modules_that_a_text_speaks_of_are_there() -> None:
    """By their name alone, or by the end of their path; all in one test, as each is soon read."""
    missing = set[str]()
    for source in [page for page in [*TEXTS, *MODULES] if page.name != "CHANGELOG.md"]:
        for name in set(SPOKEN_OF.findall(source.read_text(encoding="utf-8"))):
            is_there = name in THERE or fnmatch.filter(THERE, f"*/{name}")
            missing |= set() if is_there else {f"{source.relative_to(ROOT).as_posix()}: {name}"}
    assert missing == set()


def sources_in(table: object) -> Iterator[str]:
    """The `source` of each table of a data file, however deep."""
    if isinstance(table, dict):
        if isinstance(table.get("source"), str):
            yield table["source"]
        for value in table.values():
            yield from sources_in(value)
    elif isinstance(table, list):
        for value in table:
            yield from sources_in(value)


def tags(sources: Iterator[str]) -> set[str]:
    """The tags of sources such as `C41; IRPR 2; MINORS`; the section of a text is no part."""
    return {one.split()[0] for source in sources for one in source.split(";")}


RESOLVED = set(first_column("sources.md")) - {"tag", "---"}


def test_the_page_of_the_sources_resolves_each_tag_of_a_rule() -> None:
    assert tags(rule.source for rule in RULES.values()) <= RESOLVED


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.toml")), ids=lambda p: p.name)
def test_the_page_of_the_sources_resolves_each_tag_of_a_data_file(path: Path) -> None:
    assert tags(sources_in(tomllib.loads(path.read_text(encoding="utf-8")))) <= RESOLVED


def locked_lines() -> list[tuple[str, str, str]]:
    """Name, version and condition of each line of the lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = re.findall(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", lock, re.MULTILINE)
    assert len(lines) == lock.count("==") - lock.count(' == "')
    return [(name.lower().replace("_", "-"), version, when) for name, version, when in lines]


def test_the_page_of_the_licences_names_the_versions_that_are_locked() -> None:
    page = (DOCS / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \| ([\d., ]+) \| (.+)", page, re.MULTILINE)
    assert len(rows) > 15
    named = {
        (name.lower(), version, rest)
        for names, versions, rest in rows
        for name, version in zip(names.split(", "), versions.split(", "), strict=True)
    }
    locked = locked_lines()
    for name, version, rest in named:
        versions = {each for its_name, each, _when in locked if its_name == name}
        assert version in versions, name
        # What only some systems have is said beside it.
        assert all(other in rest for other in versions - {version}), name


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "arm64", "AMD64", "ARM64"])
def test_each_system_gets_one_version_of_each_library(platform: str, machine: str) -> None:
    here = {"sys_platform": platform, "platform_machine": machine}
    names = [
        name for name, _version, when in locked_lines() if not when or Marker(when).evaluate(here)
    ]
    assert len(names) == len(set(names))
    assert "cryptography" in names


def test_the_page_of_the_licences_lists_each_library_that_we_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    listed = {
        name.strip().lower() for cell in first_column("licences.md") for name in cell.split(",")
    }
    assert {re.split(r"[<>=]", line)[0].strip().lower() for line in asked} <= listed
