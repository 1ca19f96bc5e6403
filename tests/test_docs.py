# SPDX-License-Identifier: Apache-2.0
"""The pages of `docs/` keep step with the program: commands, source tags and libraries."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from imp_plus_desktop.cli.grammar import parser
from imp_plus_desktop.domain.rules.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def first_column(page: str) -> list[str]:
    """The first cells of the rows of a page's tables; a `\\|` inside a cell is no border."""
    rows = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [re.split(r"(?<!\\)\|", row)[1].strip() for row in rows if row.startswith("|")]


def commands_of_the_parser() -> set[str]:
    built = parser.build()
    return {
        name
        for action in built._actions
        if isinstance(action, argparse._SubParsersAction)
        for name in action.choices
    }


def commands_of_the_page() -> set[str]:
    spans = [span for cell in first_column("command-line.md") for span in cell.split("`")[1::2]]
    return {span.split()[0] for span in spans if re.match(r"[a-z]", span)}


def test_the_page_of_the_command_line_lists_each_command_and_no_other() -> None:
    assert commands_of_the_page() == commands_of_the_parser()


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


def test_the_page_of_the_licences_names_the_versions_that_are_locked() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)
    }
    page = (DOCS / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \| ([\d., ]+) \|", page, re.MULTILINE)
    assert len(rows) > 15
    for names, versions in rows:
        for name, version in zip(names.split(", "), versions.split(", "), strict=True):
            assert locked[name.lower().replace("_", "-")] == version, name


def test_the_page_of_the_licences_lists_each_library_that_we_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    listed = {
        name.strip().lower() for cell in first_column("licences.md") for name in cell.split(",")
    }
    assert {re.split(r"[<>=]", line)[0].strip().lower() for line in asked} <= listed
