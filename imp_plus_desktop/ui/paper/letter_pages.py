# SPDX-License-Identifier: Apache-2.0
"""A letter page by page: as a PDF, or as pictures to look at.

    pdf(sheet, title) -> bytes
    page_images(sheet, width) -> list[QImage]

The head and the foot of the letter stand on each page, with the page's number where they ask for
it. Nothing is fetched: pictures come with the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from imp_plus_desktop.i18n import format_number

_PAGE, _PAGES = "\ue000", "\ue001"
"""What stands in a head or a foot for the page's number, and for how many there are."""
_INCH = 25.4
_PDF_RESOLUTION = 300


class Sheet(Protocol):
    """A letter to be laid out, as the services have it. Lengths are in millimetres."""

    @property
    def body(self) -> str: ...
    @property
    def head(self) -> str: ...
    @property
    def foot(self) -> str: ...
    @property
    def first_head(self) -> str | None: ...
    @property
    def first_foot(self) -> str | None: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def margins(self) -> tuple[float, float, float, float]: ...
    @property
    def head_at(self) -> float: ...
    @property
    def foot_at(self) -> float: ...
    @property
    def pictures(self) -> Mapping[str, bytes]: ...
    @property
    def archival(self) -> bool: ...


class _Document(QTextDocument):
    """Text that knows the pictures of its letter, and fetches nothing."""

    def __init__(self, html: str, pictures: Mapping[str, bytes], device: QPaintDevice) -> None:
        super().__init__()
        self._pictures = {name: QImage.fromData(data) for name, data in pictures.items()}
        self.setDocumentMargin(0)
        self.documentLayout().setPaintDevice(device)
        self.setHtml(f"<html><body>{html}</body></html>")

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the letter, or an empty one."""
        return self._pictures.get(QUrl(name).toString(), QImage())


class Pages:
    """A letter laid out for a device of a resolution (dots per inch)."""

    def __init__(self, sheet: Sheet, device: QPaintDevice, resolution: float) -> None:
        self._sheet, self._device = sheet, device
        self._dot = resolution / _INCH
        left, top, right, bottom = sheet.margins
        self.size = QSizeF(sheet.width, sheet.height) * self._dot
        wide = (sheet.width - left - right) * self._dot
        head = max((self._part(h, wide).size().height() for h in self._heads()), default=0.0)
        foot = max((self._part(f, wide).size().height() for f in self._feet()), default=0.0)
        above = max(top * self._dot, sheet.head_at * self._dot + head)
        below = max(bottom * self._dot, sheet.foot_at * self._dot + foot)
        self._body = QRectF(left * self._dot, above, wide, self.size.height() - above - below)
        self._text = _Document(sheet.body, sheet.pictures, device)
        self._text.setPageSize(self._body.size())
        self.count = self._text.pageCount()

    def draw(self, painter: QPainter, number: int) -> None:
        """A page, from 0."""
        body = QRectF(QPointF(0, number * self._body.height()), self._body.size())
        self._paint(painter, self._text, body, self._body.topLeft())
        sheet, wide, left = self._sheet, self._body.width(), self._body.left()
        head = sheet.first_head if number == 0 and sheet.first_head is not None else sheet.head
        foot = sheet.first_foot if number == 0 and sheet.first_foot is not None else sheet.foot
        for html, is_foot in ((head, False), (foot, True)):
            if not html:
                continue
            part = self._part(self._numbered(html, number), wide)
            high = part.size().height()
            at = sheet.head_at * self._dot
            if is_foot:
                at = self.size.height() - sheet.foot_at * self._dot - high
            self._paint(painter, part, QRectF(0, 0, wide, high), QPointF(left, at))

    def _heads(self) -> list[str]:
        return [html for html in (self._sheet.head, self._sheet.first_head) if html]

    def _feet(self) -> list[str]:
        return [html for html in (self._sheet.foot, self._sheet.first_foot) if html]

    def _part(self, html: str, wide: float) -> _Document:
        part = _Document(html, self._sheet.pictures, self._device)
        part.setTextWidth(wide)
        return part

    def _numbered(self, html: str, number: int) -> str:
        told = html.replace(_PAGE, format_number(number + 1))
        return told.replace(_PAGES, format_number(self.count))

    def _paint(self, painter: QPainter, text: QTextDocument, part: QRectF, at: QPointF) -> None:
        painter.save()
        painter.translate(at - part.topLeft())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # white paper in the dark
        context.palette = palette
        text.documentLayout().draw(painter, context)
        painter.restore()


def pdf(sheet: Sheet, title: str) -> bytes:
    """The letter as a PDF with a title, which is to hold nobody's name."""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(written)
    if sheet.archival:
        writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setTitle(title)
    writer.setCreator("IMP+ Desktop")
    writer.setResolution(_PDF_RESOLUTION)
    size = QPageSize(QSizeF(sheet.width, sheet.height), QPageSize.Unit.Millimeter)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    pages = Pages(sheet, writer, _PDF_RESOLUTION)
    painter = QPainter(writer)
    for number in range(pages.count):
        if number:
            writer.newPage()
        pages.draw(painter, number)
    painter.end()
    del writer  # writes the end
    return bytes(written.data().data())


def page_images(sheet: Sheet, width: int) -> list[QImage]:
    """Each page as a picture `width` dots wide."""
    resolution = width / (sheet.width / _INCH)
    high = round(width * sheet.height / sheet.width)
    measure = _blank(width, high, resolution)
    pages = Pages(sheet, measure, resolution)
    found = []
    for number in range(pages.count):
        image = _blank(width, high, resolution)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        pages.draw(painter, number)
        painter.end()
        found.append(image)
    return found


def _blank(width: int, high: int, resolution: float) -> QImage:
    image = QImage(width, high, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(resolution / 0.0254))
    image.setDotsPerMeterY(round(resolution / 0.0254))
    image.fill(Qt.GlobalColor.white)
    return image
