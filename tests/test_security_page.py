# SPDX-License-Identifier: Apache-2.0
"""The page of what is protected names, for each claim, a test or a harness that is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
HARNESS = re.compile(r"`python3 dev\.py (\w+)[^`]*`")


def claims() -> list[str]:
    """The lines that begin with a dash, each with those that go on with it."""
    _before, *sections = PAGE.split("\n## ")[1:]  # of whom it stands against, a table tells
    return [claim for section in sections for claim in re.split(r"\n- ", section)[1:]]


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim[:40])
def test_each_claim_names_what_keeps_it(claim: str) -> None:
    tests, harnesses = TEST.findall(claim), HARNESS.findall(claim)
    assert tests or harnesses
    assert set(harnesses) <= dev.COMMANDS.keys()
    assert [path for path, _name in tests if not (ROOT / path).is_file()] == []
    assert [name for path, name in tests if name and name not in functions_of(path)] == []


def test_the_page_has_no_test_that_is_gone() -> None:
    """Outside of the claims too."""
    assert [path for path, _name in TEST.findall(PAGE) if not (ROOT / path).is_file()] == []
