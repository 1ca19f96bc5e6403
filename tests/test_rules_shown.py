# SPDX-License-Identifier: Apache-2.0
"""Every rule of the programme is evaluated, explained in both languages, and shown by a command."""

from __future__ import annotations

from importlib import import_module

import pytest
from rules_shown import SHOWN, Story

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.words.messages import rule_title

IDS = {"CAP": 8, "PRG": 1, "INV": 4, "CSQ": 6, "ELG": 7, "DOC": 3, "PER": 4, "EXT": 2}
IDS |= {"FAM": 12, "FEE": 3, "CLK": 4, "ID": 4, "REP": 2}
PROGRAMME = [f"{family}-{n:02d}" for family, count in IDS.items() for n in range(1, count + 1)]


def test_the_table_names_every_rule_of_the_programme_and_no_other() -> None:
    assert sorted(SHOWN) == sorted(PROGRAMME)
    assert set(SHOWN) == set(RULES)


@pytest.mark.parametrize("rule", PROGRAMME)
def test_a_rule_is_evaluated_by_a_function_that_names_it(rule: str) -> None:
    module, _dot, name = SHOWN[rule].function.rpartition(".")
    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_has_a_title_and_a_source_in_both_languages(language: str) -> None:
    i18n.use(language)
    try:
        for rule in PROGRAMME:
            assert rule_title(rule) != rule
            assert RULES[rule].source
            assert RULES[rule].statement
    finally:
        i18n.use("en")


@pytest.mark.parametrize("rule", PROGRAMME)
def test_its_command_shows_a_rule_with_two_answers_at_least(story: Story, rule: str) -> None:
    outcomes = story.seen.get((SHOWN[rule].command, rule), set())
    everywhere = {
        o for (_command, seen), found in story.seen.items() if seen == rule for o in found
    }
    assert outcomes, f"{SHOWN[rule].command} never answers {rule}"
    assert len(everywhere) >= 2, everywhere
