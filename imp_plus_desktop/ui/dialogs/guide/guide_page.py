# SPDX-License-Identifier: Apache-2.0
"""A chapter as it is read: text and pictures in the window's own colours, with places marked.

    plain_text(text) -> str      a chapter letter for letter as its page counts it
    GuidePage(parent=None)       signal chapter_asked(Path)   a link to another chapter
        show_chapter(path, text), mark(hits, current), chapter_text() -> str

Must not know which chapters there are.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name

_TALLER = 1.3
"""Lines of a text that is read stand apart more than those of a form."""
_SETTLE_MS = 120
_ONLY_WHAT_IS_SET = QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def plain_text(text: str) -> str:
    """What of a chapter's Markdown is read, letter for letter as its page counts it."""
    document = QTextDocument()
    document.setMarkdown(text)
    return document.toPlainText()


class GuidePage(QTextBrowser):
    """The text of one chapter."""

    chapter_asked = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._text = ""
        self._document: QTextDocument | None = None
        self._marks: tuple[Sequence[tuple[int, int]], int] = ((), -1)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_anchor_clicked)
        set_name(self, _("Guide"))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._on_settled)
        self._width = 0

    def show_chapter(self, path: Path, text: str) -> None:
        """Show a chapter from its beginning."""
        self._path, self._text = path, text
        self._marks = ((), -1)
        self._write()
        self.verticalScrollBar().setValue(0)

    def chapter_text(self) -> str:
        """What is shown, letter for letter as the document counts it."""
        return self.toPlainText()

    def mark(self, hits: Sequence[tuple[int, int]], current: int) -> None:
        """Mark places, the current one more than the others, and show that one."""
        self._marks = (hits, current)
        self._paint_marks()
        if 0 <= current < len(hits):
            first, behind = hits[current]
            self.setTextCursor(self._at(behind, behind))  # scrolls to it
            self.setTextCursor(self._at(first, first))
            self._show_a_bit_around()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture beside the chapter, no wider than the page."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self._path is None:
            return None
        picture = QImage(str(self._path.parent / QUrl(name).toString()))
        room = self.viewport().width() - 2 * theme.space(6)
        if picture.width() > room > 0:
            # As sharp as the screen and the picture allow.
            dots = min(picture.width(), round(room * self.devicePixelRatioF()))
            picture = picture.scaledToWidth(dots, _SMOOTH)
            picture.setDevicePixelRatio(dots / room)
        return picture

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._path:
            self._settled.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._path is not None and event.size().width() != self._width:
            self._settled.start()

    def _on_settled(self) -> None:
        if self._path is None:
            return
        bar = self.verticalScrollBar()
        far = bar.value() / max(bar.maximum(), 1)
        self._write()
        self._paint_marks()
        bar.setValue(round(far * bar.maximum()))

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if self._path is not None and url.isRelative() and url.path().endswith(".md"):
            self.chapter_asked.emit((self._path.parent / url.path()).resolve())

    def _write(self) -> None:
        self._width = self.viewport().width()
        former = self._document
        # A document of its own asks for its pictures anew, at the width that there is now.
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(theme.space(5))
        document.setMarkdown(self._text)
        _dress(document)
        self.setDocument(document)
        self._document = document
        if former is not None:
            former.deleteLater()

    def _paint_marks(self) -> None:
        hits, current = self._marks
        colours = theme.current()
        plain, here = QTextCharFormat(), QTextCharFormat()
        plain.setBackground(QColor(colours.warn_soft))
        plain.setForeground(QColor(colours.text))
        here.setBackground(QColor(colours.accent))
        here.setForeground(QColor(colours.on_accent))
        shown = []
        for number, (first, behind) in enumerate(hits):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._at(first, behind)
            selection.format = here if number == current else plain
            shown.append(selection)
        self.setExtraSelections(shown)

    def _at(self, first: int, behind: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(behind, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show_a_bit_around(self) -> None:
        """A place at the very edge is easily overlooked."""
        height, top = self.viewport().height(), self.cursorRect().top()
        bar = self.verticalScrollBar()
        if top > height * 2 // 3:
            bar.setValue(bar.value() + top - height // 2)
        elif top < height // 6:
            bar.setValue(bar.value() + top - height // 4)


def _dress(document: QTextDocument) -> None:
    """Give the blocks of a chapter their room, and its headings and tables their look."""
    sizes = theme.metrics()
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        shape = QTextBlockFormat()
        shape.setLineHeight(_TALLER * 100, _PROPORTIONAL)
        if level:
            shape.setTopMargin(theme.space(6 if level > 1 else 0))
            shape.setBottomMargin(theme.space(2))
            _enlarge(cursor, sizes.title if level == 1 else sizes.heading)
        elif block.textList() is not None:
            shape.setBottomMargin(theme.space(1))
        else:
            shape.setTopMargin(theme.space(2))
        cursor.mergeBlockFormat(shape)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        _dress_table(frame)


def _enlarge(cursor: QTextCursor, pixels: int) -> None:
    """Give the block at the cursor the size of a heading, and nothing of Qt's own measure."""
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    shape = cursor.charFormat()
    shape.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
    shape.setFont(theme.sized_font(pixels, semibold=True), _ONLY_WHAT_IS_SET)
    cursor.setCharFormat(shape)


def _dress_table(frame: QTextFrame) -> None:
    if not isinstance(frame, QTextTable):
        return
    shape = frame.format()
    shape.setCellPadding(theme.space(1) + 2)
    shape.setCellSpacing(0)
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QColor(theme.current().line))
    frame.setFormat(shape)
