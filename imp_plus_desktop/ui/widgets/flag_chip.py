# SPDX-License-Identifier: Apache-2.0
"""The filter of a list that keeps what has a finding on its history to settle.

    FlagChip(parent=None)    fill(count=None)    value() is True while it is on

It is away while there is nothing to settle. Must not read the register.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.widgets.chips import FilterChip


class FlagChip(FilterChip):
    """Keeps what has a finding to settle; says how many there are."""

    STANDS = True

    def __init__(self, parent: QWidget | None = None) -> None:
        self._count, self._words = 0, ""
        super().__init__(parent)
        self.hide()

    def fill(self, count: int | None = None) -> None:
        """Write the words anew, with how many rows the filter would keep; None: as many as last."""
        self._count = self._count if count is None else count
        self._words = _("Findings to settle ({count})").format(count=format_number(self._count))
        # One that is on stays until it is taken off, so that the list says why it is empty.
        offered = [(True, self._words)] if self._count or self.value() else []
        self.set_choices(self._words, self._words, offered)
        self.setVisible(bool(offered))

    def open_menu(self, below: QWidget | None = None) -> None:
        """There is one choice: it is taken, or taken off, at once."""
        self.set_value(None if self.value() else True, tell=True)

    def _show(self) -> None:
        super()._show()
        if self.value() is None:
            # As the one that adds any other filter: it takes the room that the cross has later.
            self.setText(f"+ {self._words}")
