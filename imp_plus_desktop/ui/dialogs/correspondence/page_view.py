# SPDX-License-Identifier: Apache-2.0
"""Pages of paper to look at, one below the other.

PageView(parent=None)      show_sheet(sheet), show_text(text)      its keys scroll it
                           fill(height)    as tall as that, and a page of it as wide as it then is
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.paper import letter_pages
from imp_plus_desktop.ui.widgets.labels import clear, label

_WIDE = 26
"""How wide a page is, in letters of the window."""
_WIDE_TO_HIGH = 8.5 / 11
"""Of the paper that letters are printed on here."""


class PageView(QScrollArea):
    """A letter as it would come out of the printer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = theme.metrics().body * _WIDE
        self._count = 0
        inner = QWidget()
        self._pages = QVBoxLayout(inner)
        self._pages.setContentsMargins(*(theme.space(2),) * 4)
        self._pages.setSpacing(theme.space(3))
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(self._wide + bar + theme.space(2) * 2 + self.frameWidth() * 2)
        self.setMinimumHeight(theme.metrics().line * 18)
        set_name(self, _("Preview of the letter"))

    def fill(self, tall: int) -> None:
        """Be so high, and wide enough for a page of that height."""
        self.setMinimumHeight(max(tall, self.minimumHeight()))
        edges = theme.space(2) * 2 + self.frameWidth() * 2
        wide = round((self.minimumHeight() - edges) * _WIDE_TO_HIGH)
        if wide > self._wide:
            self._wide = wide
            bar = self.verticalScrollBar().sizeHint().width()
            self.setFixedWidth(self._wide + bar + edges)

    def show_sheet(self, sheet: letter_pages.Sheet) -> None:
        """Show the pages of a letter, the first one at the top."""
        clear(self._pages)
        ratio = self.devicePixelRatioF()
        images = letter_pages.page_images(sheet, round(self._wide * ratio))
        self._count = len(images)
        for number, image in enumerate(images, start=1):
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            page = _Page(pixmap)
            words = _("Page {number} of {count}")
            said = words.format(number=format_number(number), count=format_number(len(images)))
            set_name(page, said)
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def show_text(self, text: str) -> None:
        """Say why there is nothing to look at."""
        clear(self._pages)
        self._count = 0
        self._pages.addWidget(label(text, "secondary", wrap=True))
        self._pages.addStretch(1)

    def pages(self) -> int:
        """How many pages are shown."""
        return self._count


class _Page(QFrame):
    """The picture of a page."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self._picture = picture
        self.setFixedSize(picture.deviceIndependentSize().toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
