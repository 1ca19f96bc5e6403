# SPDX-License-Identifier: Apache-2.0
"""A Word letter as HTML of our own making, with its paper, to be laid out as pages.

    sheet(docx) -> Sheet

Paragraphs, runs, lists, tables, pictures in the line, page breaks, heads and feet with the page's
number. What a letter does not need (text boxes, drawings, columns) is left out. Every text is
escaped: nothing of the file can become markup, or name a file or an address.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

import docx

from imp_plus_desktop.exchange.correspondence.filled import PAGE, PAGES, Sheet
from imp_plus_desktop.exchange.correspondence.looks import (
    Styles,
    is_on,
    number,
    paragraph_css,
    run_css,
    said,
    value,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MM = 36_000
"""Word's units of length in a millimetre."""
_PIXEL = 9525
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_MOST_PICTURE = 4 * 1024 * 1024
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "o": "◦", "-": "–"}
"""Bullets of Word's own fonts, and what is like them in any."""
_INDENT = (36.0, -18.0)


def sheet(content: bytes) -> Sheet:
    """The letter as HTML. Raises whatever python-docx does where it is none."""
    document = docx.Document(io.BytesIO(content))
    page = _Page(document)
    section = document.sections[0]
    first = bool(section.different_first_page_header_footer)
    body = page.html(document.element.body, document.part)
    of = page.of_part
    return Sheet(
        body=body,
        head=of(section.header),
        foot=of(section.footer),
        first_head=of(section.first_page_header) if first else None,
        first_foot=of(section.first_page_footer) if first else None,
        width=(section.page_width or 0) / _MM or 215.9,
        height=(section.page_height or 0) / _MM or 279.4,
        margins=(
            (section.left_margin or 0) / _MM,
            (section.top_margin or 0) / _MM,
            (section.right_margin or 0) / _MM,
            (section.bottom_margin or 0) / _MM,
        ),
        head_at=(section.header_distance or 0) / _MM,
        foot_at=(section.footer_distance or 0) / _MM,
        pictures=page.pictures,
    )


class _Page:
    """A document on its way to HTML."""

    def __init__(self, document: Any) -> None:
        self._styles = Styles(document)
        self._document = document
        self._counts: Counter[tuple[str, int]] = Counter()
        self.pictures: dict[str, bytes] = {}

    def of_part(self, part: Any) -> str:
        """A head or a foot; none of its own has no text."""
        return "" if part.is_linked_to_previous else self.html(part._element, part.part)  # noqa: SLF001

    def html(self, root: Any, part: Any) -> str:
        """Paragraphs and tables in their order, those of fields and of what is filled in too."""
        return "".join(self._blocks(root, part))

    def _blocks(self, root: Any, part: Any) -> Iterator[str]:
        for child in root:
            if child.tag == f"{_W}p":
                yield self._paragraph(child, part)
            elif child.tag == f"{_W}tbl":
                yield self._table(child, part)
            elif child.tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                if content is not None:
                    yield from self._blocks(content, part)

    def _paragraph(self, paragraph: Any, part: Any) -> str:
        traits = self._styles.of_paragraph(paragraph)
        marker, indent = self._marker(traits)
        css = paragraph_css(traits, indent)
        inner = "".join(self._runs(paragraph, part))
        breaks = is_on(traits, "pageBreakBefore") or "\f" in inner
        if breaks:
            css += ";page-break-before:always"
            inner = inner.replace("\f", "")
        if not inner:
            # An empty line is as high as its letters would be.
            inner = (
                f'<span style="{run_css(self._styles.of_run(paragraph, paragraph))}">&#160;</span>'
            )
        return f'<p style="{css}">{marker}{inner}</p>'

    def _runs(self, paragraph: Any, part: Any) -> Iterator[str]:
        field = _Field()
        for run in paragraph.iter(f"{_W}r", f"{_W}fldSimple"):
            if run.tag == f"{_W}fldSimple":
                yield _mark(run.get(f"{_W}instr") or "")
            elif not _mark(run.getparent().get(f"{_W}instr") or ""):
                told = (field.told(piece) for piece in run)
                texts = [
                    self._piece(piece, part) if mark is None else mark
                    for piece, mark in zip(run, told, strict=True)
                ]
                if text := "".join(texts):
                    css = run_css(self._styles.of_run(run, paragraph))
                    yield f'<span style="{css}">{text}</span>'

    def _piece(self, piece: Any, part: Any) -> str:
        if piece.tag == f"{_W}t":
            return escape(piece.text or "").replace("  ", " \u00a0")
        if piece.tag == f"{_W}tab":
            return "\u2003\u2003"
        if piece.tag in (f"{_W}br", f"{_W}cr"):
            return "\f" if piece.get(f"{_W}type") == "page" else "<br/>"
        if piece.tag == f"{_W}noBreakHyphen":
            return "\u2011"
        if piece.tag == f"{_W}drawing":
            return self._picture(piece, part)
        return ""

    def _picture(self, drawing: Any, part: Any) -> str:
        """A picture that stands in the line, if it is one that is shown."""
        blip = next(drawing.iter(f"{_A}blip"), None)
        extent = next(drawing.iter(f"{_WP}extent"), None)
        number = blip.get(f"{_R}embed") if blip is not None else None
        if extent is None or number not in part.rels or part.rels[number].is_external:
            return ""
        data = bytes(part.rels[number].target_part.blob)
        if not data.startswith(_PICTURES) or len(data) > _MOST_PICTURE:
            return ""
        name = f"picture-{len(self.pictures) + 1}"
        self.pictures[name] = data
        wide, high = (round(int(extent.get(side, "0")) / _PIXEL) for side in ("cx", "cy"))
        return f'<img src="{name}" width="{wide}" height="{high}"/>'

    def _marker(self, traits: list[Any]) -> tuple[str, tuple[float, float] | None]:
        """What stands before an entry of a list, and how far the entry is moved in."""
        numbering = next(
            (one.find(f"{_W}numPr") for one in traits if one.find(f"{_W}numPr") is not None), None
        )
        key = value(numbering, "numId")
        if key in (None, "0"):
            return "", None
        level = int(value(numbering, "ilvl") or "0")
        kind, text, indent = self._level(str(key), level)
        if kind == "bullet":
            return f"{_BULLETS.get(text, '•')}\u2002", indent
        if kind in ("none", ""):
            return "", indent
        self._counts[str(key), level] += 1
        return f"{_counted(kind, self._counts[str(key), level])}.\u2002", indent

    def _level(self, key: str, level: int) -> tuple[str, str, tuple[float, float]]:
        """The kind of a level of a list, its bullet, and its indents."""
        try:
            root = self._document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return "bullet", "", _INDENT
        held = next((n for n in root.iter(f"{_W}num") if n.get(f"{_W}numId") == key), None)
        abstract = value(held, "abstractNumId")
        for one in root.iter(f"{_W}abstractNum"):
            if one.get(f"{_W}abstractNumId") == abstract:
                for lvl in one.iter(f"{_W}lvl"):
                    if lvl.get(f"{_W}ilvl") == str(level):
                        own = lvl.find(f"{_W}pPr")
                        left = number(said([own], "ind", "left")) if own is not None else None
                        hang = number(said([own], "ind", "hanging")) if own is not None else None
                        indent = (left or _INDENT[0], -(hang or -_INDENT[1]))
                        return value(lvl, "numFmt") or "", value(lvl, "lvlText") or "", indent
        return "bullet", "", _INDENT

    def _table(self, table: Any, part: Any) -> str:
        rows = "".join(
            f"<tr>{''.join(self._cell(cell, table, part) for cell in row.iter(f'{_W}tc'))}</tr>"
            for row in table.findall(f"{_W}tr")
        )
        border = 1 if _is_bordered(table) else 0
        return (
            f'<table width="100%" cellspacing="0" cellpadding="4" border="{border}"'
            f' style="border-collapse:collapse">{rows}</table>'
        )

    def _cell(self, cell: Any, table: Any, part: Any) -> str:
        own = cell.find(f"{_W}tcPr")
        span = value(own, "gridSpan")
        wide = ""
        total = sum(float(c.get(f"{_W}w") or 0) for c in table.iter(f"{_W}gridCol"))
        width = value(own, "tcW", "w")
        if total and width is not None and width.isdecimal():
            wide = f' width="{min(round(float(width) / total * 100), 100)}%"'
        across = f' colspan="{span}"' if span is not None and span.isdecimal() else ""
        return f"<td{wide}{across}>{self.html(cell, part)}</td>"


class _Field:
    """A field of Word's, piece by piece: what its text was is not told, its number is."""

    def __init__(self) -> None:
        self._code: str | None = None

    def told(self, piece: Any) -> str | None:
        """What stands in the place of a piece of a run, None where it is no part of a field."""
        if piece.tag == f"{_W}fldChar":
            kind, code = piece.get(f"{_W}fldCharType"), self._code
            if kind == "begin":
                self._code = ""
            elif kind == "end":
                self._code = None
                return _mark(code or "")
            return ""
        if piece.tag == f"{_W}instrText" and self._code is not None:
            self._code += piece.text or ""
            return ""
        return "" if self._code is not None and _mark(self._code) else None


def _mark(code: str) -> str:
    """The mark for a field of Word's that a page fills, empty for any other."""
    words = code.split()
    return {"PAGE": PAGE, "NUMPAGES": PAGES}.get(words[0].upper(), "") if words else ""


def _counted(kind: str, count: int) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(count)


def _is_bordered(table: Any) -> bool:
    own = table.find(f"{_W}tblPr")
    borders = own.find(f"{_W}tblBorders") if own is not None else None
    style = value(own, "tblStyle") or ""
    drawn = borders is not None and (value(borders, "top") or "none") not in ("none", "nil")
    return drawn or "Grid" in style
