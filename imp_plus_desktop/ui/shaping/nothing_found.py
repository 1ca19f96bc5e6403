# SPDX-License-Identifier: Apache-2.0
"""What a list says where nothing answers its filters: how many would, without one of them.

    NothingFound(table)     over the rows of a list
        show_for(sentence, ways)    ways: (words, key) of each filter     hide()
        signals: cleared()  all filters are to go;  taken_off(object)  the filter of this key
    Emptiness               what a list says of itself: whether it has anything to show at all

Must not count anything.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.widgets.labels import WordsButton, button, clear, label


class Emptiness:
    """Whether a list has anything at all, which is not what its filters leave of it."""

    _total: int

    def is_empty(self) -> bool:
        """Whether nothing could be shown, whatever were asked for."""
        return not self._total

    def nothing_text(self) -> str:
        """What stands in the place of the rows where no filter left them out."""
        return _("Nothing matches. Change the search or the filters.")


class NothingFound(QWidget):
    """Stands in the place of the rows."""

    cleared = Signal()
    taken_off = Signal(object)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*[theme.space(5)] * 4)
        self._layout.setSpacing(theme.space(2))
        table.viewport().installEventFilter(self)
        self.hide()

    def show_for(self, sentence: str, ways: Sequence[tuple[str, object]]) -> None:
        """Say that nothing was found, and what each filter leaves out."""
        clear(self._layout)
        middle = Qt.AlignmentFlag.AlignHCenter
        words = label(sentence, role="subject", wrap=True)
        words.setAlignment(middle)
        self._layout.addWidget(words)
        for text, key in ways:
            way = WordsButton(text)
            theme.set_role(way, "link")
            way.setAutoDefault(False)
            way.setProperty("way", [key])
            way.clicked.connect(self._on_way_clicked)
            self._layout.addWidget(way, 0, middle)
        every = button(_("Remove all"))
        every.clicked.connect(self.cleared)
        self._layout.addWidget(every, 0, middle)
        self._layout.addStretch(1)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(self._table.viewport().geometry())

    def _on_way_clicked(self) -> None:
        self.taken_off.emit(self.sender().property("way")[0])
