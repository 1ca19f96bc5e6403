# SPDX-License-Identifier: Apache-2.0
"""Which cards the overview has and in which order: ticked, dragged, or moved with Alt and arrows.

    CardChooser(order, titles, parent)     signal changed()

Each tick and move holds at once. Must not know a card.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.pages.card_grid import CardOrder
from imp_plus_desktop.ui.shaping.drop_down import DropDown
from imp_plus_desktop.ui.shaping.ordered_fields import WIDE_EM, OrderedFields
from imp_plus_desktop.ui.widgets.labels import button, label


class CardChooser(DropDown):
    """The cards there are, to tick and to put in order."""

    changed = Signal()

    def __init__(self, order: CardOrder, titles: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(_("Cards"), parent)
        self._order, self._titles = order, titles
        self._filling = False
        self.restore = button(_("Restore"), role="link")
        set_tip(self.restore, _("The cards and the order that the overview has at first"))
        self.restore.clicked.connect(self._on_restore_clicked)
        self.head.addWidget(self.restore)
        self.list = OrderedFields(len(order.shipped))
        set_name(self.list, _("Cards"))
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.model().rowsMoved.connect(self._on_rows_moved)
        self.body.addWidget(self.list)
        about = _("Drag a card to its place, or move it with Alt+Up and Alt+Down.")
        self.body.addWidget(label(about, role="small", wrap=True))
        self.setFixedWidth(theme.metrics().body * WIDE_EM)
        self._fill()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        shown = self._order.shown()
        for key in self._order.every():
            self.list.add_field(key, self._titles[key], shown=key in shown)
        self._filling = False
        self.restore.setEnabled(not self._order.is_shipped())

    def _tell(self) -> None:
        self._order.keep(self.list.keys(), self.list.ticked())
        self.restore.setEnabled(not self._order.is_shipped())
        self.changed.emit()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self._tell()

    def _on_rows_moved(self, *_what: object) -> None:
        if not self._filling:
            self._tell()

    def _on_restore_clicked(self) -> None:
        self._order.keep(self._order.shipped, self._order.shipped)
        self._fill()
        self.changed.emit()
