# SPDX-License-Identifier: Apache-2.0
"""Which cards the overview has and in which order: ticked, dragged, or moved with Alt and arrows.

    CardOrder(settings, shipped)     what somebody wants: shown() -> keys, keep(keys), restore()
    CardChooser(order, titles, parent)     signal changed()

Each tick and move holds at once. Must not know a card.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.shaping.drop_down import DropDown
from imp_plus_desktop.ui.shaping.ordered_fields import WIDE_EM, OrderedFields
from imp_plus_desktop.ui.widgets.labels import button, label

_PLACE = "overview-cards"


class CardOrder:
    """The cards that somebody has, kept with their settings."""

    def __init__(self, settings: Settings, shipped: Sequence[str]) -> None:
        self._settings, self.shipped = settings, tuple(shipped)

    def shown(self) -> tuple[str, ...]:
        """The cards shown, in their order; one that is new stands at the end."""
        every = self.every()
        return tuple(key for key in every if key not in self._hidden())

    def every(self) -> tuple[str, ...]:
        """All cards in their order, hidden ones too."""
        kept = [word.lstrip("-") for word in self._words()]
        known = [key for key in dict.fromkeys(kept) if key in self.shipped]
        return (*known, *(key for key in self.shipped if key not in known))

    def keep(self, every: Sequence[str], shown: Sequence[str]) -> None:
        """Have the cards in this order, and of them only those shown."""
        told = " ".join(key if key in shown else f"-{key}" for key in every)
        shipped = " ".join(self.shipped)
        self._settings.keep_layout(_PLACE, "" if told == shipped else told)

    def is_shipped(self) -> bool:
        """Whether nothing was chosen."""
        return not self._words()

    def _words(self) -> list[str]:
        return self._settings.layout(_PLACE).split()

    def _hidden(self) -> set[str]:
        return {word[1:] for word in self._words() if word.startswith("-")}


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
