# SPDX-License-Identifier: Apache-2.0
"""What stands over all pages of a window: that its people are invented, and where its register
lies.

Bands(parent=None)     show_for(office, today)     each band says what concerns it, or hides
                       above(centre)               what they stand over, with them
                       show_behind(office) what lists lack for who only reads
                       show_line(error)            that its server does not answer; None: it does
    signals: again(place), restore()    as of `PlaceBand`
             line()                     its server is to be asked again
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.bars.demo_band import DemoBand

if TYPE_CHECKING:
    from imp_plus_desktop.ui.bars.behind_band import BehindBand
    from imp_plus_desktop.ui.bars.line_band import LineBand
    from imp_plus_desktop.ui.bars.place_band import PlaceBand

_USUAL = Arrival()


class Bands(QWidget):
    """One below the other; without a word it takes no room."""

    again, restore, line = Signal(object), Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._demo = DemoBand(self)
        self.place: PlaceBand | None = None
        self.lost: LineBand | None = None
        self.behind: BehindBand | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._demo)

    def above(self, centre: QWidget) -> QWidget:
        """The bands and what they stand over, as one."""
        whole = QWidget(self.parentWidget())
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self)
        column.addWidget(centre, 1)
        return whole

    def show_for(self, office: Office, today: date) -> None:
        """Say what there is to say of an open register."""
        self._demo.show_for(office.register_path, today)
        is_usual = office.reading is None and office.arrival == _USUAL
        if self.place is None and not is_usual:
            from imp_plus_desktop.ui.bars.place_band import PlaceBand

            self.place = PlaceBand(self)
            self.place.again.connect(self.again)
            self.place.restore.connect(self.restore)
            self._column.addWidget(self.place)
        if self.place is not None:
            self.place.show_for(office)
        if self.lost is not None:
            self.lost.retranslate()

    def show_behind(self, office: Office) -> None:
        """Say what lists lack for who only reads; whoever may write brings them to today."""
        if self.behind is None and not office.only_reads:
            return
        if self.behind is None:
            from imp_plus_desktop.ui.bars.behind_band import BehindBand

            self.behind = BehindBand(self)
            self._column.addWidget(self.behind)
        self.behind.show_for(office)

    def show_line(self, error: StorageError | None) -> None:
        """Say that the server of the register does not answer, or nothing more of it for None."""
        if self.lost is None and error is not None:
            from imp_plus_desktop.ui.bars.line_band import LineBand

            self.lost = LineBand(self)
            self.lost.again.connect(self.line)
            self._column.addWidget(self.lost)
        if self.lost is not None and error is not None:
            self.lost.show_lost(error)
        elif self.lost is not None:
            self.lost.show_back()
