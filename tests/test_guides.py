# SPDX-License-Identifier: Apache-2.0
"""The guides: the same in both languages, and true of what is there beside them."""

import re
from pathlib import Path

import pytest

import catalogues
from imp_plus_desktop.ui.dialogs.guide import books as guides
from imp_plus_desktop.ui.dialogs.guide.places import DIALOGS, PAGES

HELP = Path(__file__).resolve().parent.parent / "resources" / "help"
LANGUAGES = ("fr", "en")
CHAPTERS = [path for code in LANGUAGES for path in sorted((HELP / code).rglob("*.md"))]
KEYS = sorted(path.relative_to(HELP / "fr").as_posix() for path in (HELP / "fr").rglob("*.md"))
NO_NAMES = {
    # what one types
    *("+30", "lundi", "3 mai 28", "Monday", "3 May 28"),
    # what another program or Windows calls something
    *("IMP+ Desktop", "Paramètres", "Cci", "Bcc"),
    *("Insertion", "Tableau croisé dynamique", "Insert", "PivotTable"),
    # signs that stand on a button, and no words
    *("⋯", "+", "‹", "›"),
    # words within a line that has others around them, or a state in the midst of a sentence
    *("reçue", "décidée", "permis délivré", "en traitement", "reçu", "vérifié", "auparavant…"),
    *("received", "decided", "permit issued", "in process", "reviewed", "formerly…"),
    *("plus court que ne le permettent les règles", "shorter than the rules allow"),
    # what is meant, and stands nowhere
    *("tête", "empreinte du journal", "head", "head of the journal"),
    *("combien de places étaient utilisées alors", "que disait notre rapport alors"),
    *("how many places were used by then", "what did our report say then"),
}
"""What stands in italics and is no name of the window, with what it is."""
PICTURE_BYTES, PICTURES_BYTES = 60_000, 1_000_000


def name_of(path: Path) -> str:
    return path.relative_to(HELP).as_posix()


def pictures(text: str) -> list[str]:
    return re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)


def links(text: str) -> list[str]:
    return re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "code", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def shape(path: Path) -> dict[str, object]:
    """What two languages of a chapter must have alike."""
    text = path.read_text(encoding="utf-8")
    return {
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)],
        "numbered": len(re.findall(r"^\s*\d+\. ", text, re.M)),
        "points": len(re.findall(r"^\s*- ", text, re.M)),
        "rows": len(re.findall(r"^\|", text, re.M)),
        "pictures": [Path(one).name for one in pictures(text)],
        "links": links(text),
        "keys": sorted(re.findall(r"`(Ctrl\+\w|F\d+)`", text)),
        "blocks": text.count("```"),
        "menus": text.count(" › "),
    }


def test_every_chapter_is_there_in_both_languages() -> None:
    there = {
        code: {path.relative_to(HELP / code).as_posix() for path in (HELP / code).rglob("*.md")}
        for code in LANGUAGES
    }
    assert there["fr"] == there["en"]
    assert {key.split("/")[0] for key in KEYS} == guides.TITLES.keys()
    assert len(KEYS) > 20


@pytest.mark.parametrize("key", KEYS)
def test_a_chapter_has_the_same_shape_in_both_languages(key: str) -> None:
    assert shape(HELP / "en" / key) == shape(HELP / "fr" / key)


@pytest.mark.parametrize("path", CHAPTERS, ids=name_of)
def test_a_chapter_begins_with_its_title_and_has_no_other(path: Path) -> None:
    lines = without_code(path.read_text(encoding="utf-8")).splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines[1:] if line.startswith("# ")] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=name_of)
def test_links_and_pictures_of_a_chapter_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = [*links(text), *pictures(text)]
    assert [one for one in named if not (path.parent / one).is_file()] == []
    language = path.relative_to(HELP).parts[0]
    assert {(path.parent / one).resolve().parent.name for one in pictures(text)} <= {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_is_shown_by_a_chapter_and_is_small(language: str) -> None:
    used = {
        Path(one).name
        for path in CHAPTERS
        if name_of(path).startswith(language)
        for one in pictures(path.read_text(encoding="utf-8"))
    }
    there = {path.name: path.stat().st_size for path in (HELP / "pictures" / language).iterdir()}
    assert there.keys() == used
    assert max(there.values()) <= PICTURE_BYTES
    everything = sum(path.stat().st_size for path in (HELP / "pictures").rglob("*.png"))
    assert everything <= PICTURES_BYTES


@pytest.mark.parametrize("path", [p for p in CHAPTERS if "fr/" in name_of(p)], ids=name_of)
def test_french_signs_stand_behind_a_space_that_does_not_break(path: Path) -> None:
    text = without_code(path.read_text(encoding="utf-8"))
    assert re.findall(r"\S* :\s|\w:\s|« | »|«\w|\w»|\d \d{3}\b", text) == []
    assert re.findall(r" [;?!]|\w'\w", text) == []


@pytest.mark.parametrize("path", [p for p in CHAPTERS if "/user/" in name_of(p)], ids=name_of)
def test_no_rule_is_named_by_its_code_to_those_who_work_with_people(path: Path) -> None:
    assert re.findall(r"\b[A-Z]{3}-\d\d\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_books_are_the_files_in_their_order(language: str) -> None:
    shown = guides.books(language)
    assert [book.key for book in shown] == list(guides.TITLES)
    keys = [chapter.key for book in shown for chapter in book.chapters]
    assert sorted(f"{key}.md" for key in keys) == KEYS
    assert all(chapter.title and "#" not in chapter.title for b in shown for chapter in b.chapters)


def test_each_place_of_the_window_has_a_chapter_that_is_there() -> None:
    assert {f"{key}.md" for key in (*PAGES.values(), *DIALOGS.values())} <= set(KEYS)


def called(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """The texts of the window, without the letters of menus; and those with something to fill in,
    as patterns."""
    plain, filled = set(), []
    for message in catalogues.sentences(catalogues.load(language)):
        strings = message.string
        for text in (strings,) if isinstance(strings, str) else strings:
            words = text.replace("&", "")
            plain.add(words)
            if "{" in words:
                # A number in brackets, or what follows a colon, is left out in a guide.
                plain.add(re.sub(r"\s*(\(\{\w+\}\)|:\s*\{\w+\})$", "", words))
                parts = re.split(r"\{\w+\}", words)
                if len("".join(parts).strip()) > len(parts):
                    filled.append(re.compile(".+".join(map(re.escape, parts))))
    return plain, filled


def in_italics(text: str) -> set[str]:
    found = re.findall(r"(?<![*\w])\*(?!\*)([^*\n]+)\*(?!\*)", without_code(text))
    return {part.strip() for one in found for part in one.split(" › ")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_in_italics_is_what_the_window_calls_it(language: str) -> None:
    plain, filled = called(language)
    missing = [
        (name_of(path), name)
        for path in CHAPTERS
        if name_of(path).startswith(f"{language}/")
        for name in sorted(in_italics(path.read_text(encoding="utf-8")) - NO_NAMES - plain)
        if not any(one.fullmatch(name) for one in filled)
    ]
    assert missing == []


def test_what_is_listed_as_no_name_stands_in_italics_somewhere() -> None:
    written = {name for path in CHAPTERS for name in in_italics(path.read_text(encoding="utf-8"))}
    assert sorted(NO_NAMES - written) == []
