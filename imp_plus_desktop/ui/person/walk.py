# SPDX-License-Identifier: Apache-2.0
"""Where a file stands in the list beside it: `Walk()`, `show_place(9, 31)`.

    stepped(int)    the next file is asked for (1), or the one before (-1)

It keeps its room where there is no list. Must not know the list.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.look import icons
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.widgets.labels import button, keep_room, label


class Walk(QWidget):
    """‹ 9 of 31 ›"""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back, self._on = button(role="icon"), button(role="icon")
        self._place: tuple[int, int] | None = None
        self._words = label(role="small")
        icons.dress(self._back, "chevron-left", "secondary")
        icons.dress(self._on, "chevron", "secondary")
        self._back.clicked.connect(self._on_back_clicked)
        self._on.clicked.connect(self._on_on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._back, self._words, self._on):
            layout.addWidget(widget)
        keep_room(self)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Write its own words anew."""
        said: tuple[tuple[QPushButton, str], ...] = (
            (self._back, _("Previous file in the list (Alt+Left)")),
            (self._on, _("Next file in the list (Alt+Right)")),
        )
        for made, words in said:
            set_name(made, words)
            set_tip(made, words)
        self._show()

    def show_place(self, place: tuple[int, int] | None) -> None:
        """Which file of how many it is; None where no list has it."""
        if place != self._place:
            self._place = place
            self._show()

    def place(self) -> tuple[int, int] | None:
        """What is shown."""
        return self._place

    def _show(self) -> None:
        if self._place is not None:
            at, count = self._place
            words = _("{shown} of {total}")
            self._words.setText(words.format(shown=format_number(at), total=format_number(count)))
            # As wide as the last place of the list needs it: nothing is cut on the way there.
            last = words.format(shown=format_number(count), total=format_number(count))
            self._words.ensurePolished()
            self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(last))
            self._back.setEnabled(at > 1)
            self._on.setEnabled(at < count)
        self.setVisible(self._place is not None)

    def _on_back_clicked(self) -> None:
        self.stepped.emit(-1)

    def _on_on_clicked(self) -> None:
        self.stepped.emit(1)
