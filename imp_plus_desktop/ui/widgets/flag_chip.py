# SPDX-License-Identifier: Apache-2.0
"""The filter of a list that keeps what has a finding on its history to settle.

    FlagChip(parent=None)    fill(count=None, shared=False)
        value()              None while it is off, else True, or MINE or NOBODYS where desks share
                             what there is to do
    is_on(value) -> bool, claimed_of(value)      the same as a filter has it

It is away while there is nothing to settle. Must not read the register.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.desks import MINE, NOBODYS
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.widgets.chips import FilterChip


class FlagChip(FilterChip):
    """Keeps what has a finding to settle; says how many there are."""

    STANDS = True

    def __init__(self, parent: QWidget | None = None) -> None:
        self._count, self._words, self._shared = 0, "", False
        super().__init__(parent)
        self.hide()

    def fill(self, count: int | None = None, *, shared: bool | None = None) -> None:
        """Write the words anew, with how many rows the filter would keep, and whether desks take
        findings on; None: as last."""
        self._shared = self._shared if shared is None else shared
        self._count = self._count if count is None else count
        self._words = _("Findings to settle ({count})").format(count=format_number(self._count))
        # One that is on stays until it is taken off, so that the list says why it is empty.
        offered: list[tuple[object, str]] = []
        if self._count or self.value():
            offered = [(True, self._words)]
            if self._shared:
                offered += [
                    (MINE, _("To settle: taken on by me")),
                    (NOBODYS, _("To settle: taken on by nobody")),
                ]
        self.set_choices(self._words, self._words, offered)
        self.setVisible(bool(offered))

    def off_text(self) -> str:
        return _("With or without findings")

    def open_menu(self, below: QWidget | None = None) -> None:
        """Where there is one choice it is taken, or taken off, at once."""
        if self._shared:
            super().open_menu(below)
        else:
            self.set_value(None if self.value() else True, tell=True)

    def _show(self) -> None:
        super()._show()
        if self.value() is None:
            # As the one that adds any other filter: it takes the room that the cross has later.
            self.setText(f"+ {self._words}")


def claimed_of(value: object) -> str | None:
    """What a value of the filter says of who has taken a finding on, None for nothing."""
    return str(value) if value in (MINE, NOBODYS) else None


def is_on(value: object) -> bool:
    """Whether a value of the filter keeps what there is to settle."""
    return value is True or value in (MINE, NOBODYS)
