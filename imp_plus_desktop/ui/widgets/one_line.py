# SPDX-License-Identifier: Apache-2.0
"""Widgets beside each other on one line, which scrolls where the window is too narrow for it.

    OneLine(parent=None)     .inside: QHBoxLayout, where they are put

The wheel and the two arrows at the end scroll it; what takes the focus comes into view. The line
keeps its height, so that nothing below it ever moves. Must not know what stands on it.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button

_LEAST_EM = 6
_TURNS = 3


class OneLine(QWidget):
    """One line of widgets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QWidget()
        self.inside = QHBoxLayout(self._line)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(theme.space(2))
        self._area = _Area(self._line)
        self._fits = self._fit_again = False
        self._back, self._on = button("‹", role="link"), button("›", role="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(self._area, 1)
        for made, way in ((self._back, -1), (self._on, 1)):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.hide()
            made.setProperty("way", way)
            made.clicked.connect(self._on_arrow_clicked)
            layout.addWidget(made)
        self._line.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = self._line.sizeHint()
        return QSize(hint.width() + self._saved(), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self._line.sizeHint()
        return QSize(min(hint.width(), theme.metrics().body * _LEAST_EM), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit()
        return super().eventFilter(watched, event)

    def _saved(self) -> int:
        """How much narrower the line is for standing closer together than it would like to."""
        items = (self.inside.itemAt(n) for n in range(self.inside.count()))
        gaps = max(sum(1 for item in items if item is not None and not item.isEmpty()) - 1, 0)
        return gaps * (theme.space(2) - self.inside.spacing())

    def _fit(self) -> None:
        """Make room, once more where that changes how much there is. One call within another
        would leave an arrow half shown."""
        self._fit_again = True
        if self._fits:
            return
        self._fits = True
        for _turn in range(_TURNS):
            if self._fit_again:
                self._fit_again = False
                self._make_room()
        self._fits = False

    def _make_room(self) -> None:
        whole = self._line.sizeHint().width() + self._saved()
        spacing = theme.space(1 if whole > self.width() else 2)
        if spacing != self.inside.spacing():
            self.inside.setSpacing(spacing)  # each time it asks for the layout anew
        # A line that its gaps can make room for needs no arrows, which would take more of it.
        over = whole - self._saved() > self.width()
        for made, name in ((self._back, _("Scroll back")), (self._on, _("Scroll on"))):
            made.setVisible(over)
            set_name(made, name)

    def _on_arrow_clicked(self) -> None:
        way = int(self.sender().property("way"))
        self._area.scroll_by(way * self._area.width() * 2 // 3)

    def _on_focus_changed(self, old: object, now: object) -> None:
        if isinstance(now, QWidget) and self._line.isAncestorOf(now):
            self._area.ensureWidgetVisible(now, theme.space(2), 0)


class _Area(QScrollArea):
    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setProperty("scrolls", True)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._inner.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        self.scroll_by(-(turned.y() or turned.x()) // 2)
        event.accept()

    def scroll_by(self, pixels: int) -> None:
        """Scroll the line to the right, or to the left by less than zero."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + pixels)
