# SPDX-License-Identifier: Apache-2.0
"""What a value was before, with who put it there: beside it while one rests on it, or all of it.

    VersionList()       show_versions(versions, today); signal chosen(Version)
    VersionCard(host)   the last three, below a value on which the mouse rests
        open_at(line, versions, today, spared), drop()  it covers no `spared`, what is said of one
        signals chosen(Version), whole_asked()

Must not read the journal: the service did.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.page.versions import Version
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person.person_history import origin_text
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.words.terms.value_texts import value_text

SHORT = 3
_LINGERS_MS = 250
"""How long the card stays once the mouse has left the value, so that it can be reached."""


def said(version: Version) -> str:
    """A version in words."""
    return value_text(version.field.name, version.value, version.field.entity)


def by_whom(version: Version, today: date) -> str:
    """Who put it there, when, and from which row of which list."""
    change = version.change
    parts = (change.who, write.moment(change.at.astimezone(), today), origin_text(change))
    return " · ".join(part for part in parts if part)


_VERSION = "version"


class VersionList(QWidget):
    """One line for each version, with what puts it back."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.space(1))

    def show_versions(self, versions: Sequence[Version], today: date) -> None:
        """Show these, the first at the top."""
        clear(self._lines)
        for version in versions:
            line, words = QHBoxLayout(), QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(said(version), "heading" if version.stands else "", elide=True))
            words.addWidget(label(by_whom(version, today), "small", elide=True))
            line.addLayout(words, 1)
            if version.goes_back:
                back = button(_("Put back"), "link", act="people.edit")
                set_name(back, _("Put back {value}").format(value=said(version)))
                back.setProperty(_VERSION, version)
                back.clicked.connect(self._on_back_clicked)
                line.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addLayout(line)
        if not versions:
            self._lines.addWidget(label(_("Nothing is recorded of it."), "secondary"))

    def _on_back_clicked(self) -> None:
        self.chosen.emit(self.sender().property(_VERSION))


class VersionCard(QFrame):
    """The last versions, over what stands below the value."""

    chosen = Signal(object)
    whole_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        theme.set_role(self, "drop")
        self._anchor: QWidget | None = None
        self._list = VersionList(self)
        self._list.chosen.connect(self.chosen)
        self._whole = button(role="link")
        self._whole.clicked.connect(self.whole_asked)
        self._leaves = QTimer(self, singleShot=True, interval=_LINGERS_MS)
        self._leaves.timeout.connect(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(3),) * 4)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._list)
        layout.addWidget(self._whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def open_at(
        self,
        anchor: QWidget,
        versions: Sequence[Version],
        today: date,
        spared: QWidget | None = None,
    ) -> None:
        """Show the last versions of a value below it."""
        host = self.parentWidget()
        if host is None or not host.isActiveWindow():
            return  # a dialog has come in front since the mouse came to rest
        self._leaves.stop()
        self._anchor = anchor
        self._list.show_versions(versions[:SHORT], today)
        self._whole.setText(_("History of the field…"))
        self._whole.setVisible(len(versions) > SHORT)
        wide = min(theme.metrics().body * 30, host.width())
        self.setFixedWidth(wide)
        self._fit()
        at = anchor.mapTo(host, QPoint(0, anchor.height() + 1))
        left, below = max(min(at.x(), host.width() - wide), 0), at.y()
        above = anchor.mapTo(host, QPoint(0, -self.height() - 1)).y()
        tops = [below, above] if below + self.height() <= host.height() else [above, below]
        if spared is not None and spared.isVisible():
            said = spared.geometry()
            tops.append(said.bottom() + 2)
            high = self.height()
            room = [top for top in tops if not QRect(left, top, wide, high).intersects(said)]
            tops = [top for top in room if top >= 0] or tops
        self.move(left, tops[0])
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Be as high as what is shown now: of what is hidden, Qt keeps the height of before."""
        self.show()
        for inner in (self._list, self):
            if (layout := inner.layout()) is not None:
                layout.invalidate()
                layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def anchor(self) -> QWidget | None:
        """The value of which it tells, None where it is not shown."""
        return None if self.isHidden() else self._anchor

    def linger(self) -> None:
        """The mouse has left the value: go soon, unless it comes here."""
        self._leaves.start()

    def drop(self) -> None:
        """Go away; the keys go back to the value where they were here."""
        self._leaves.stop()
        anchor, self._anchor = self._anchor, None
        if self.focusWidget() is not None and self.isVisible() and anchor is not None:
            anchor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def event(self, event: QEvent) -> bool:
        # Nothing tells that the mouse has left when a dialog comes in front.
        if event.type() is QEvent.Type.WindowDeactivate:
            self.drop()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._leaves.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._leaves.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        else:
            super().keyPressEvent(event)
