# SPDX-License-Identifier: Apache-2.0
"""The guides for reading outside the program, made from the chapters that are shipped."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.ui.dialogs.guide.books import books

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, by the command's own script, in a process of its own as always."""
    folder = tmp_path_factory.mktemp("guides")
    script = str(ROOT / "tools" / "guides.py")
    environment = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    subprocess.run([sys.executable, script, str(folder)], env=environment, check=True)
    return folder


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_each_book_is_one_page_that_needs_nothing_beside_it(made: Path, language: str) -> None:
    i18n.use(language)
    for book in books(language):
        page = (made / language / f"{book.key}.html").read_text(encoding="utf-8")
        assert f'lang="{language}-CA"' in page
        assert re.findall(r'(?:src|href)="(?!data:|#|[a-z]+\.html#)', page) == []
        assert not re.search(r"https?:|<script|@import|url\(", page)
        assert [unescape(one) for one in re.findall(r"<h1>(.*?)</h1>", page)][1:] == [
            chapter.title for chapter in book.chapters
        ]
    i18n.use("en")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_links_between_chapters_and_books_lead_to_a_place_of_a_page(
    made: Path, language: str
) -> None:
    pages = {path.name: path.read_text("utf-8") for path in (made / language).glob("*.html")}
    places = {name: set(re.findall(r' id="([^"]+)"', page)) for name, page in pages.items()}
    led = [
        (target or name, place)
        for name, page in pages.items()
        for target, place in re.findall(r'href="([^"#]*)#([^"]+)"', page)
    ]
    assert len(led) > 100
    assert [(name, place) for name, place in led if place not in places[name]] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_each_book_is_on_paper_too(made: Path, language: str) -> None:
    for book in books(language):
        content = (made / language / f"{book.key}.pdf").read_bytes()
        assert content.startswith(b"%PDF-")
        pages = len(re.findall(rb"/Type\s*/Page\b", content))
        # The contents and each chapter begin a page; no chapter is longer than three.
        assert len(book.chapters) < pages <= 3 * len(book.chapters)
        letter = [float(side) for side in re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", content)[0]]
        assert letter == [612, 792]
