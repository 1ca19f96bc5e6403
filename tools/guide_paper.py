# SPDX-License-Identifier: Apache-2.0
"""A guide on letter paper: contents with page numbers, a line above and below each page.

    Part(name, title, html)               a chapter; its headings of the second level are
                                          `name-1`, `name-2` … in their order
    write_pdf(path, cover, parts) -> int  how many pages
    refer(name) -> str                    in a part's HTML: the page on which that name stands

Qt lays the text out and writes the PDF. Must not know where a guide comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

_FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "Open Sans", "Helvetica", "Arial", "DejaVu Sans")
_POINTS, _SMALL_POINTS = 10, 8
_DPI = 600
_LENGTHS_DPI = 96
"""What lengths in a document are told in, whatever it is painted on."""
_MARGIN_INCHES = 0.85
_TURNS = 6
"""Page numbers take room: they are written until none of them moves any more."""
_BREAK = 'style="page-break-before: always"'
_MARK = re.compile("\ue000([^\ue001]*)\ue001")
_QUIET, _TEXT, _LINE = "#667085", "#1d2430", "#e2e5ea"
_STYLE = f"""
body {{ color: {_TEXT}; }} a {{ color: #1f5aa6; text-decoration: none; }}
h1 {{ font-size: 18pt; margin-top: 0; margin-bottom: 10px; }}
h2 {{ font-size: 12.5pt; margin-top: 20px; margin-bottom: 6px; }}
p {{ margin-top: 6px; margin-bottom: 6px; }} li {{ margin-top: 2px; margin-bottom: 3px; }}
code {{ font-size: 9pt; }} pre {{ margin-top: 6px; margin-bottom: 6px; background: #f2f4f7; }}
th {{ background: #f6f7f9; }} .quiet {{ color: {_QUIET}; }}
"""


@dataclass(frozen=True)
class Part:
    """A chapter."""

    name: str
    title: str
    html: str


@dataclass(frozen=True)
class Cover:
    """What stands before the chapters, and above and below each page."""

    title: str
    below: str
    contents: str
    page: str


def refer(name: str) -> str:
    """Stands for a page number until it is known."""
    return f"\ue000{name}\ue001"


def write_pdf(path: Path, cover: Cover, parts: list[Part]) -> int:
    """Write a guide; returns how many pages it has."""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(written)
    writer.setTitle(f"IMP+ Desktop – {cover.title}")
    writer.setCreator("IMP+ Desktop")
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Inch)
    front, body, pages = _laid_out(writer, cover, parts)
    painter = QPainter(writer)
    total = front.pageCount() + body.pageCount()
    for number in range(1, total + 1):
        if number > 1:
            writer.newPage()
        behind = number - 1 - front.pageCount()
        _paint(painter, writer, *((front, number - 1) if behind < 0 else (body, behind)))
        running = [part.title for part in parts if pages[part.name] <= number]
        _paint_edges(painter, writer, cover, running[-1] if running else "", (number, total))
    painter.end()
    del writer  # writes the end
    path.write_bytes(bytes(written.data().data()))
    return total


def _laid_out(
    writer: QPdfWriter, cover: Cover, parts: list[Part]
) -> tuple[QTextDocument, QTextDocument, dict[str, int]]:
    """The contents, the chapters, and the page of each heading."""
    pages: dict[str, int] = {}
    breaks: set[str] = set()
    for _turn in range(_TURNS):
        # Laid out anew each time: where only a format changes, Qt loses what stands below it.
        body = _document(writer, _numbered(_chapters_html(parts, breaks), pages))
        headings = _headings(body, parts)
        lonely = {one.name for one in headings if _is_alone(body, one)}
        front = _document(writer, _front_html(cover, headings, pages))
        before = front.pageCount()
        found = {one.name: before + 1 + _page_of(body, one.place) for one in headings}
        if found == pages and not lonely:
            break
        pages, breaks = found, breaks | lonely
    tops = [_top(body, one.place) for one in headings]
    if tops != sorted(set(tops)):
        raise RuntimeError("the pages are not in order")
    return front, body, pages


def _document(writer: QPdfWriter, html: str) -> QTextDocument:
    document = QTextDocument()
    font = QFont(list(_FAMILIES))
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(f"<html><body>{html}</body></html>")
    document.setPageSize(QRectF(0, 0, writer.width(), writer.height()).size())
    frame = document.rootFrame().frameFormat()
    frame.setMargin(_MARGIN_INCHES * _LENGTHS_DPI)
    document.rootFrame().setFrameFormat(frame)
    return document


def _chapters_html(parts: list[Part], breaks: set[str]) -> str:
    """Each chapter on a page of its own; a block of code without its last, empty line."""
    said = ""
    for number, part in enumerate(parts):
        html = part.html.replace("\n</code></pre>", "</code></pre>")
        if number:
            html = html.replace("<h1>", f"<h1 {_BREAK}>", 1)
        for name in breaks:
            html = html.replace(f'<h2 id="{name}">', f'<h2 id="{name}" {_BREAK}>')
        said += html
    return said


def _numbered(html: str, pages: dict[str, int]) -> str:
    return _MARK.sub(lambda found: str(pages.get(found[1], 0)), html)


@dataclass(frozen=True)
class Heading:
    """One of the first two levels, and where it begins in the document."""

    name: str
    text: str
    level: int
    place: int


def _headings(body: QTextDocument, parts: list[Part]) -> list[Heading]:
    """Each heading with its name, in reading order."""
    found: list[Heading] = []
    part, numbers = iter(parts), count(1)
    name = ""
    block = body.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level == 1:
            name, numbers = next(part).name, count(1)
            found.append(Heading(name, block.text(), level, block.position()))
        elif level == 2:
            called = f"{name}-{next(numbers)}"
            found.append(Heading(called, block.text(), level, block.position()))
        block = block.next()
    return found


def _page_of(document: QTextDocument, place: int) -> int:
    return int(_top(document, place) // document.pageSize().height())


def _top(document: QTextDocument, place: int) -> float:
    """Where the first line of a block is: a page's end moves lines down inside their block."""
    block = document.findBlock(place)
    top = document.documentLayout().blockBoundingRect(block).top()
    line = block.layout().lineAt(0)
    return top + line.y() if line.isValid() else top


def _is_alone(document: QTextDocument, one: Heading) -> bool:
    """Whether a heading stands at the foot of a page, and its text on the next."""
    behind = one.place + len(one.text) + 1
    return one.level > 1 and _page_of(document, behind) != _page_of(document, one.place)


def _front_html(cover: Cover, headings: list[Heading], pages: dict[str, int]) -> str:
    rows = []
    for one in headings:
        chapter = one.level == 1
        title = escape(one.text)
        said = f"<b>{title}</b>" if chapter else f"&nbsp;&nbsp;&nbsp;&nbsp;{title}"
        over = "padding-top: 7px" if chapter else ""
        number = pages.get(one.name, 0)
        rows.append(
            f'<tr><td style="{over}">{said}</td><td align="right" style="{over}">{number}</td></tr>'
        )
    return (
        f"<h1>{escape(cover.title)}</h1><p class='quiet'>{escape(cover.below)}</p>"
        f"<h2>{escape(cover.contents)}</h2>"
        f"<table width='100%' style='font-size: 9pt'>{''.join(rows)}</table>"
    )


def _paint(painter: QPainter, writer: QPdfWriter, document: QTextDocument, page: int) -> None:
    height = writer.height()
    painter.save()
    painter.translate(0, -page * height)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, page * height, writer.width(), height)
    context.palette.setColor(QPalette.ColorRole.Text, QColor(_TEXT))
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_edges(
    painter: QPainter, writer: QPdfWriter, cover: Cover, chapter: str, page: tuple[int, int]
) -> None:
    side, deep = round(_MARGIN_INCHES * _DPI), round(0.3 * _DPI)
    wide = writer.width() - 2 * side
    font = QFont(list(_FAMILIES))
    font.setPointSizeF(_SMALL_POINTS)
    painter.setFont(font)
    painter.setPen(QColor(_QUIET))
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    head = QRectF(side, side - deep * 1.3, wide, deep)
    foot = QRectF(side, writer.height() - side + deep * 0.3, wide, deep)
    middle = Qt.AlignmentFlag.AlignVCenter
    if page[0] > 1:
        painter.drawText(head, left | middle, cover.title)
        painter.drawText(head, right | middle, chapter)
        painter.setPen(QColor(_LINE))
        painter.drawLine(head.bottomLeft(), head.bottomRight())
        painter.setPen(QColor(_QUIET))
    painter.drawText(foot, left | middle, cover.below)
    painter.drawText(foot, right | middle, f"{cover.page} {page[0]} / {page[1]}")
