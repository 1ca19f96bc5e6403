# SPDX-License-Identifier: Apache-2.0
"""The other routes worth looking at when IMP+ fails, below the verdict: a few lines and a link.

    RoutesBlock(parent=None)     show_routes(lines), retranslate()
        signal opened(str)       a route's key, "" for all of them

Hidden while there is nothing to propose. Must not judge: it takes what the service proposes.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.labels import WordsButton, button, clear, label

SHOWN = 4
"""How many routes stand below a verdict; the page has them all."""


class RouteWords(Protocol):
    """What a line says."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def permit(self) -> str: ...
    @property
    def needs(self) -> str: ...
    @property
    def known(self) -> str: ...


class RoutesBlock(QWidget):
    """The routes proposed, each leading to what it asks for."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[RouteWords, ...] = ()
        self._title = label(role="heading")
        self._all = button(role="link")
        self._all.clicked.connect(self._on_all_clicked)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addLayout(head)
        layout.addLayout(self._rows)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Write the block's own words anew."""
        self._title.setText(_("Other routes worth looking at"))
        self._all.setText(_("All routes…"))

    def show_routes(self, lines: Sequence[RouteWords]) -> None:
        """Show these routes, the first ones only; none hides the block. The same as before are
        left as they stand."""
        self.setVisible(bool(lines))
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        clear(self._rows)
        for shown in lines[:SHOWN]:
            row = _RouteRow(shown, self)
            row.opened.connect(self.opened)
            self._rows.addWidget(row)
            row.show()

    def _on_all_clicked(self) -> None:
        self.opened.emit("")


class _RouteRow(QWidget):
    opened = Signal(str)

    def __init__(self, shown: RouteWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = shown.key
        name = WordsButton(shown.name)
        name.setAutoDefault(False)
        theme.set_role(name, "link")
        name.setCursor(Qt.CursorShape.PointingHandCursor)
        name.clicked.connect(self._on_clicked)
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(name)
        head.addWidget(Chip(shown.permit, Tone.PLAIN, self))
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(label(shown.needs, wrap=True))
        if shown.known:
            layout.addWidget(label(shown.known, "small", wrap=True))

    def _on_clicked(self) -> None:
        self.opened.emit(self._key)
