# SPDX-License-Identifier: Apache-2.0
"""The filter that stands while a list shows exactly the rows behind a figure.

    Chosen(ids, text)          these rows, and of which figure they are
    ChosenChip(parent=None)    choose(chosen)    fill()    ids() -> tuple of ids | None

Taking it away shows the whole list again. Must not know what the rows are.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.widgets.chips import FilterChip


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows to show and no other, with the words for them."""

    ids: tuple[int, ...]
    text: str


class ChosenChip(FilterChip):
    """Rows chosen elsewhere; hidden while there are none."""

    MOST_EM = 26  # a figure and its year, of which the year stands last

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: Chosen | None = None

    def choose(self, chosen: Chosen) -> None:
        """Keep to these rows."""
        self._chosen = chosen
        self.fill()
        self.set_value(True)
        self.show()

    def fill(self) -> None:
        """Write the words anew; a choice that was taken away is not offered again."""
        choices = [] if self._chosen is None else [(True, self._chosen.text)]
        self.set_choices(_("Choice"), _("All rows"), choices)
        # It goes at the next filling, not under the pointer that takes it away.
        self.setVisible(self.value() is not None)

    def ids(self) -> tuple[int, ...] | None:
        """The rows to keep to, None for all."""
        return self._chosen.ids if self._chosen is not None and self.value() else None
