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


class ColumnChip(FilterChip):
    """A filter on a column."""

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
        whole = _("{name}: {value}").format(name=self._title, value=self._words)
        shown = self._cut(f"{whole}  ✕")
        self.setText(shown.replace("&", "&&"))
        theme.set_role(self, "chip", Tone.ACCENT)
        away = _("Delete takes this filter away")
        set_tip(self, away if shown.startswith(whole) else f"{whole}\n{away}")
        set_name(self, whole)
        self.updateGeometry()
