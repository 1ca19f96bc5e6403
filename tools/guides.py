# SPDX-License-Identifier: Apache-2.0
"""Makes the guides for reading outside the program: `python3 dev.py guides [FOLDER]`.

    dist/guides/<language>/<book>.html      one file that needs nothing beside it, nor a network
    dist/guides/<language>/<book>.pdf       letter paper, with contents and page numbers

Both are made from the chapters that the program shows (`resources/help/`). Needs Qt and
markdown-it-py. Must not hold a sentence of a guide, nor change a chapter.
"""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from PySide6.QtGui import QGuiApplication

from guide_paper import Cover, Part, refer, write_pdf
from imp_plus_desktop import __version__, i18n
from imp_plus_desktop.ui.dialogs.guide.books import Book, Chapter, books
from imp_plus_desktop.ui.shell.singletons import keep_singletons

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "dist" / "guides"
LANGUAGES = ("fr", "en")
WORDS = {
    "fr": {"contents": "Table des matières", "version": "version", "page": "page"},
    "en": {"contents": "Contents", "version": "version", "page": "page"},
}
"""What only paper says."""

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 16px/1.55 "Inter", "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
  color: #1d2430; background: #fff; margin: 0 auto; max-width: 46rem; padding: 2rem 1.2rem; }
h1 { font-size: 1.7rem; margin: 3.5rem 0 .6rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .4rem; }
header h1 { margin-top: 0; } header p, footer { color: #667085; }
a { color: #1f5aa6; }
nav ol { list-style: none; padding-left: 0; } nav ol ol { padding-left: 1.2rem; }
nav > ol > li { margin-top: .5rem; font-weight: 600; } nav ol ol li { font-weight: 400; }
li { margin: .25rem 0; } img { max-width: 100%; height: auto; border: 1px solid #e2e5ea; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #e2e5ea; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { background: #f6f7f9; }
code { font-family: "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .9em;
  background: #f2f4f7; padding: .05em .3em; overflow-wrap: anywhere; }
pre { background: #f2f4f7; padding: .7rem .9rem; overflow-x: auto; } pre code { padding: 0; }
@media print {
  @page { size: letter; margin: 2cm; }
  body { font-size: 10.5pt; max-width: none; padding: 0; } a { color: inherit; }
  section { break-before: page; } thead { display: table-header-group; }
  h1, h2 { break-after: avoid; } tr, img, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
"""


@dataclass(frozen=True)
class Section:
    """A chapter as it is printed: its name in links, its headings, and its HTML."""

    name: str
    title: str
    headings: tuple[tuple[str, str], ...]
    html: str


def main(arguments: list[str]) -> int:
    """Write every guide in every language into a folder."""
    folder = Path(arguments[0]).resolve() if arguments else GUIDES
    keep_singletons()
    _app = QGuiApplication.instance() or QGuiApplication(["guides"])
    for language in LANGUAGES:
        i18n.use(language)
        shelf = books(language)
        into = folder / language
        into.mkdir(parents=True, exist_ok=True)
        for book in shelf:
            (into / f"{book.key}.html").write_text(web_page(book, language), "utf-8")
            pages = print_book(book, shelf, language, into / f"{book.key}.pdf")
            print(f"{into / book.key}.html, .pdf ({pages} pages)")
    return 0


def web_page(book: Book, language: str) -> str:
    """A whole guide as one page of HTML."""
    sections = [section(chapter) for chapter in book.chapters]
    inner = "".join(f'<section id="{one.name}">{one.html}</section>\n' for one in sections)
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}-CA">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>IMP+ Desktop – {escape(book.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<header><h1>{escape(book.title)}</h1>"
        f"<p>IMP+ Desktop, {WORDS[language]['version']} {__version__}</p></header>\n"
        f"<nav><h2>{WORDS[language]['contents']}</h2>\n{_contents(sections)}</nav>\n"
        f"<main>\n{inner}</main>\n</body>\n</html>\n"
    )


def print_book(book: Book, shelf: tuple[Book, ...], language: str, path: Path) -> int:
    """A whole guide on letter paper; how many pages it has."""
    words = WORDS[language]
    below = f"IMP+ Desktop, {words['version']} {__version__}"
    cover = Cover(book.title, below, words["contents"], words["page"])
    sections = [section(chapter) for chapter in book.chapters]
    parts = [Part(one.name, one.title, _for_paper(one.html, shelf, words)) for one in sections]
    return write_pdf(path, cover, parts)


def _for_paper(html: str, shelf: tuple[Book, ...], words: dict[str, str]) -> str:
    """Pictures at a size for paper; a link tells its page, or in which guide it is."""

    def told(found: re.Match[str]) -> str:
        page, name, text = found.groups()
        if not page:
            return f"{text} ({words['page']} {refer(name)})"
        (title,) = (one.title for one in shelf if f"{one.key}.html" == page)
        return f"{text} ({escape(title)})"

    html = re.sub(r'<a href="([^"#]*)#([^"]*)">(.*?)</a>', told, html)
    html = re.sub(r'<img src="data:image/png;base64,([^"]+)"', _at_its_size, html)
    return html.replace(
        "<table>",
        '<table width="100%" border="1" cellspacing="0" cellpadding="5" '
        'style="border-collapse: collapse; border-color: #e2e5ea">',
    )


def _at_its_size(found: re.Match[str]) -> str:
    """Some 175 dots an inch, and no wider than the text."""
    width = int.from_bytes(base64.b64decode(found[1][:64])[16:20])
    return f'{found[0]} width="{min(round(width * 0.55), 620)}"'


def section(chapter: Chapter) -> Section:
    """One chapter as HTML, its links leading into the pages that are made."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(chapter.text())
    name = _name(chapter.path)
    headings = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", f"{name}-{len(headings) + 1}")
            headings.append((f"{name}-{len(headings) + 1}", _spoken(tokens[number + 1])))
        for inner in token.children or ():
            if inner.type == "link_open":
                inner.attrSet("href", _target(chapter, str(inner.attrGet("href"))))
            elif inner.type == "image":
                inner.attrSet("src", _embedded(chapter, str(inner.attrGet("src"))))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Section(name, chapter.title, tuple(headings), html)


def _spoken(token: object) -> str:
    return re.sub(r"[*`]", "", str(getattr(token, "content", "")))


def _name(path: Path) -> str:
    return path.stem


def _target(chapter: Chapter, link: str) -> str:
    """Where a link from chapter to chapter leads in the pages that are made."""
    there = (chapter.path.parent / link).resolve()
    page = "" if there.parent == chapter.path.parent.resolve() else f"{there.parent.name}.html"
    return f"{page}#{_name(there)}"


def _embedded(chapter: Chapter, source: str) -> str:
    content = (chapter.path.parent / source).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}"


def _contents(sections: list[Section]) -> str:
    return f"<ol>{''.join(_lines(sections))}</ol>"


def _lines(sections: list[Section]) -> Iterator[str]:
    for one in sections:
        inner = "".join(
            f'<li><a href="#{name}">{escape(text)}</a></li>' for name, text in one.headings
        )
        below = f"<ol>{inner}</ol>" if inner else ""
        yield f'<li><a href="#{one.name}">{escape(one.title)}</a>{below}</li>\n'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
