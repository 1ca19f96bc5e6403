# SPDX-License-Identifier: Apache-2.0
"""One word for one thing: the catalogues and the guide hold to `docs/glossary.md`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalogues

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
#: Second person in French: an ending of a verb, or a pronoun.
ADDRESSED = re.compile(r"\b(?:vous|votre|vos|dites|\w{2,}ez)\b", re.IGNORECASE)
NO_VERBS = {"assez", "chez"}


def rows() -> list[list[str]]:
    """The table's cells: English, French, not in English, not in French."""
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def forbidden(language: str) -> list[str]:
    column = {"en": 2, "fr": 3}[language]
    return [word.strip() for row in rows() for word in row[column].split(",") if word.strip()]


def spoken(language: str) -> Iterator[str]:
    """Every sentence of the program in a language."""
    for message in catalogues.sentences(catalogues.load(language)):
        strings = message.string
        yield from (strings,) if isinstance(strings, str) else strings


def in_the_guide(language: str) -> Iterator[str]:
    for chapter in sorted((ROOT / "resources" / "help" / language).rglob("*.md")):
        text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", chapter.read_text("utf-8"), flags=re.S)
        yield from text.splitlines()


def has(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", text, re.IGNORECASE) is not None


def test_the_table_tells_what_is_not_said() -> None:
    assert len(rows()) > 20
    assert {"contingent", "biométrie", "e-mail"} <= set(forbidden("fr"))
    assert has("contingent", "Année du contingent")
    assert not has("acte", "actif, exactement")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_other_word_is_used_for_the_same_thing(language: str) -> None:
    for text in (*spoken(language), *in_the_guide(language)):
        assert [word for word in forbidden(language) if has(word, text.replace("&", ""))] == [], (
            text
        )


def test_the_french_window_does_not_address_anybody() -> None:
    for text in spoken("fr"):
        verbs = {
            word.lower()
            for word in ADDRESSED.findall(re.sub("(?i)vouliez-vous|rendez-vous", "", text))
        }
        assert verbs - NO_VERBS == set(), text
