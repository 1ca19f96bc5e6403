# SPDX-License-Identifier: Apache-2.0
"""What every dialog of the window is: it answers something, and is freed when it closes.

    class XDialog(Dialog[T])      .answer: T | None, set by what the dialog does
        ask() -> T | None         show it and wait; None when it was given up
        finish(answer)            close it with an answer
        fit_around(area, width)   as wide as that, and as tall as the words in the area need, as far
                                  as the screen allows; never less than it is while it is shown
        room() -> QSize           what the screen has for it
    Reading(name, inner=None) what is to be read in a dialog: it scrolls where it is too long
    BesideDialog(title, parent=None, heading=None)   headed by its title, or by another heading;
                              an empty one for a dialog that says itself what it shows
        show()                    stays open beside the work; freed when it closes
        .column, add_close()      its layout with the margins of a dialog; the button that ends it
        fit(width)                as wide as that, and as tall as its words then need

F1 asks the window for help, and the keys of the lock lock it, which a dialog would else keep from
hearing them.

`XDialog(office, …, parent=window).ask()` is how the rest of the window asks; the only place that
waits for an answer (`exec`) is `ask`. Must not know what is asked.
"""

from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import reading_order, theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label

T = TypeVar("T")
_OF_THE_WINDOW = (QKeySequence("F1"), QKeySequence("Ctrl+Shift+K"))
"""Help, and the lock: they are asked for most where something is being typed."""
_TITLE_BAR = 32
"""What the system's title bar takes of the screen's height."""


class Reading(QScrollArea):
    """Words that scroll where a dialog has less room than they need."""

    def __init__(self, name: str, inner: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_name(self, name)
        if inner is not None:
            self.setWidget(inner)

    def tall(self, width: int) -> int:
        """The height that the words need at a width."""
        inner = self.widget()
        if inner is None:
            return 0
        if (layout := inner.layout()) is not None:
            layout.activate()
        high = inner.heightForWidth(width) if inner.hasHeightForWidth() else -1
        return max(high, inner.sizeHint().height() if high < 0 else 0) + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Dialog(QDialog, Generic[T]):
    """Asks for a `T`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.answer: T | None = None

    def ask(self) -> T | None:
        """Show the dialog and wait; the answer, None when it was given up or nothing was stored.
        Frees it afterwards."""
        try:
            return self.answer if self.exec() == QDialog.DialogCode.Accepted else None
        finally:
            self.deleteLater()

    def finish(self, answer: T) -> None:
        """Close with this answer."""
        self.answer = answer
        self.done(QDialog.DialogCode.Accepted)

    def fit_around(self, area: Reading, width: int) -> None:
        """As wide as that, and as tall as the words need; what wraps elsewhere is reckoned too."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        width = max(width, layout.totalMinimumSize().width())
        edges = layout.contentsMargins()
        words = area.tall(width - edges.left() - edges.right())
        words += theme.space(2) if words else 0  # the button does not stand on the last line
        around = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        least = self.size() if self.isVisible() else QSize()
        self.resize(QSize(width, around + words).expandedTo(least).boundedTo(self.room()))
        layout.invalidate()  # it was laid out for the size that it had
        layout.activate()

    def room(self) -> QSize:
        """What the screen has for a dialog, its title bar left out."""
        return self.screen().availableSize() - QSize(0, _TITLE_BAR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence(event.keyCombination())
        if keys in _OF_THE_WINDOW:
            self._ask_the_window(keys)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return reading_order.step(self, next) or super().focusNextPrevChild(next)

    def _ask_the_window(self, keys: QKeySequence) -> None:
        """Press keys in the window that this dialog belongs to: its own keys are asleep."""
        above = self.parentWidget()
        while above is not None:
            for action in above.findChildren(QAction):
                if keys in action.shortcuts():
                    action.trigger()
                    return
            above = above.parentWidget()


class BesideDialog(Dialog[None]):
    """Shows something and stays open beside the work."""

    def __init__(
        self, title: str, parent: QWidget | None = None, heading: str | None = None
    ) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(theme.space(5),) * 4)
        self.column.setSpacing(theme.space(3))
        heading = title if heading is None else heading
        if heading:
            self.column.addWidget(label(heading, "subject", wrap=True))

    def add_close(self, beside: QWidget | None = None) -> None:
        """The button that closes it, with the keys on it; what is said may stand at its left."""
        close = button(_("Close"), "accent")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        if beside is not None:
            row.addWidget(beside, 1)
        else:
            row.addStretch(1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(row)
        close.setFocus()

    def fit(self, width: int) -> None:
        """Take this width, and the height that the words need there: Qt reckons with less width,
        and spreads what is left between the lines."""
        width = max(width, self.column.minimumSize().width())
        self.resize(width, self.column.totalHeightForWidth(width))
