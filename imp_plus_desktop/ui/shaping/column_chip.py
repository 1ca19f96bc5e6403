# SPDX-License-Identifier: Apache-2.0
"""The filter of one column as a chip: what is asked of it, and a way to take it off.

    ColumnChip(column)     signal opened(ColumnChip): somebody wants to change it
        set_words(title, words)    value() -> ColumnFilter | None

Must not know what the column holds.
"""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.chips import FilterChip

_LEAST_TITLE_EM = 6
"""How much is left of what a column is called before what is asked of it gives way, in sizes of the
body's type."""


class ColumnChip(FilterChip):
    """A filter on a column. Where both do not fit, what it is called gives way first: what is asked
    is what one looks for."""

    MOST_EM = 26
    opened = Signal(object)

    def __init__(self, column: str, parent: QWidget | None = None) -> None:
        self._words = ""
        super().__init__(parent)
        self.column = column

    def asked(self) -> ColumnFilter | None:
        """What is asked of the column."""
        return cast("ColumnFilter | None", self.value())

    def set_words(self, title: str, words: str) -> None:
        """Write what it is called and what is asked."""
        self._title, self._words = title, words
        self._show()

    def words(self) -> str:
        return self._words

    def open_menu(self, below: QWidget | None = None) -> None:
        self.opened.emit(self)

    def _show(self) -> None:
        whole = self._said(self._title, self._words)
        shown = self._fitting(whole)
        self.setText(f"{shown}  ✕".replace("&", "&&"))
        theme.set_role(self, "chip", Tone.ACCENT)
        away = _("Delete takes this filter away")
        set_tip(self, away if shown == whole else f"{whole}\n{away}")
        set_name(self, whole)
        self.updateGeometry()

    def _said(self, title: str, words: str) -> str:
        return _("{name}: {value}").format(name=title, value=words)

    def _fitting(self, whole: str) -> str:
        wide, em = self.fontMetrics().horizontalAdvance, theme.metrics().body
        room = em * self.MOST_EM - wide("  ✕")
        if wide(whole) <= room:
            return whole
        left = room - wide(self._said("", self._words))
        title = self._elided(self._title, max(left, em * _LEAST_TITLE_EM))
        return self._said(title, self._elided(self._words, room - wide(self._said(title, ""))))
