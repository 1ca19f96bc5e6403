# SPDX-License-Identifier: Apache-2.0
"""The cap as a gauge: the number that matters, large, and what it is made of in one bar.

    CapView(cap, own, official, effective)                 plain counts; cap None: none is known
    CapGauge(parent=None)      show_cap(view), retranslate()

Painted by itself, so that it follows theme, language and font. Must not compute anything about
the programme: the board's numbers come in.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, format_percent, ngettext
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.plain import set_about
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import label

_WARN_AT = 0.80
_BAD_AT = 0.97


@dataclass(frozen=True, slots=True)
class CapView:
    """Counts of one year: places used in our register, the official count, and the higher."""

    cap: int | None
    own: int
    official: int | None
    effective: int


class CapGauge(QWidget):
    """The number that matters, large, and what it is made of in one bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CapView | None = None
        self._number = label(role="figure")
        self._caption = label(role="secondary", elide=True)
        self._bar = _CapBar(self)
        self._own = _Legend("accent", self)
        self._official = _Legend("accent_second", self)
        self._used = label(elide=True)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._number)
        left.addWidget(self._caption)
        under = QHBoxLayout()
        under.setSpacing(theme.space(4))
        under.addWidget(self._own)
        under.addWidget(self._official)
        under.addStretch(1)
        under.addWidget(self._used)
        right = QVBoxLayout()
        right.setSpacing(theme.space(1))
        right.addStretch(1)
        right.addWidget(self._bar)
        right.addLayout(under)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addLayout(left)
        self._beside.addLayout(right, 1)
        self._arrange()

    def show_cap(self, view: CapView) -> None:
        """Show these counts."""
        self._view = view
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The bar beside the number, below it where its legends would be cut."""
        legends = [made for made in (self._own, self._official, self._used) if not made.isHidden()]
        need = max(made.sizeHint().width() for made in (self._number, self._caption))
        # Asked of the widgets: layouts inside another one learn of new words too late.
        need += sum(made.sizeHint().width() + theme.space(4) for made in legends) + theme.space(6)
        way = QBoxLayout.Direction
        below = self.width() < need
        self._beside.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._beside.setSpacing(theme.space(2 if below else 6))

    def retranslate(self) -> None:
        """Write numbers and words anew."""
        view = self._view
        if view is None:
            return
        remaining = (view.cap or 0) - view.effective
        if view.cap is None:
            self._number.setText(number(view.effective))
            self._caption.setText(_("places used, no cap known"))
        else:
            self._number.setText(number(max(remaining, 0)))
            places = ngettext("place left of {cap}", "places left of {cap}", max(remaining, 0))
            self._caption.setText(places.format(cap=number(view.cap)))
        self._own.set_text(_("our register {count}").format(count=number(view.own)))
        self._official.setVisible(view.official is not None)
        self._official.set_text(_("official count {count}").format(count=number(view.official)))
        self._show_share(view, remaining)
        self._bar.set_shares(view)
        said = (self._number.text(), self._caption.text(), self._own.text(), self._used.text())
        set_about(self, ", ".join(said))
        self._arrange()

    def _show_share(self, view: CapView, remaining: int) -> None:
        if not view.cap:
            self._used.setText("")
            return
        share = view.effective / view.cap
        tone, sign = Tone.PLAIN, ""
        if share >= _WARN_AT:
            tone, sign = (Tone.BAD if share >= _BAD_AT else Tone.WARN), "▲ "
        theme.set_role(self._used, "small" if tone is Tone.PLAIN else "finding", tone)
        if remaining < 0:
            words = _("{count} over the cap").format(count=number(-remaining))
        else:
            words = _("{share} used").format(share=format_percent(share))
        self._used.setText(sign + words)


class _CapBar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._own = 0.0
        self._all = 0.0
        self.setFixedHeight(round(theme.metrics().body * 1.1))
        self.setMinimumWidth(theme.metrics().body * 8)

    def set_shares(self, view: CapView) -> None:
        whole = max(view.cap or 0, view.effective, view.own, 1)
        self._own = view.own / whole
        self._all = max(view.effective, view.own) / whole
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = box.height() / 2
        parts = (
            (1.0, colours.line),
            (self._all, colours.accent_second),
            (self._own, colours.accent),
        )
        for share, colour in parts:
            if share <= 0:
                continue
            # Clipped, so that a part thinner than the rounding keeps the bar's own outline.
            painter.save()
            painter.setClipRect(QRectF(0, 0, max(box.width() * share, 2), box.height()))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, radius, radius)
            painter.restore()
        painter.end()


class _Legend(QWidget):
    """A square of a colour of the theme and what it stands for."""

    def __init__(self, token: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._token = token
        self._label = label(role="small", elide=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.metrics().body + 4, 0, 0, 0)
        layout.addWidget(self._label)

    def set_text(self, text: str) -> None:
        self._label.setText(text)

    def text(self) -> str:
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.metrics().small * 0.8
        painter = QPainter(self)
        painter.fillRect(
            QRectF(0, (self.height() - side) / 2, side, side),
            QColor(getattr(theme.current(), self._token)),
        )
        painter.end()
