# SPDX-License-Identifier: Apache-2.0
"""The filters of a list on one line, each there while it is on, in the order they were set.

    ChipLine(parent)     a FilterBar; signal add_asked(): *+ Filter* was pressed
        add_chip(chip), chips() -> those that are on, in their order, without(chip)

Must not know what is filtered.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.widgets.chips import FilterBar, FilterChip
from imp_plus_desktop.ui.widgets.labels import button


class ChipLine(FilterBar):
    """Filters that are on, and a way to add one."""

    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._set: list[FilterChip] = []
        self._names: dict[str, FilterChip] = {}
        self._only: FilterChip | None = None
        self.add = button(role="chip")
        super().__init__(parent)
        self._line.insertWidget(0, self.add)
        self.add.clicked.connect(self.add_asked)

    def set_add_text(self, text: str, tip: str) -> None:
        """Write the words of what adds a filter."""
        self.add.setText(text)
        set_tip(self.add, tip)

    def add_chip(self, chip: FilterChip, name: str = "") -> FilterChip:
        """Add a filter; one with a name is kept by views under it."""
        made = super().add_chip(chip)
        if name:
            self._names[name] = chip
        if not chip.STANDS:
            chip.fits_its_choice = True
            chip.hide()
        return made

    def show_only(self, chip: FilterChip | None) -> None:
        """Show one filter and no way to add another, because what is in front asks for no other;
        None shows all again. What the others ask stays."""
        self._only = chip
        self._show()
        self.add.setVisible(chip is None)

    def named(self) -> list[FilterChip]:
        """All filters that were added, on or off, as they were added."""
        return list(self._chips)

    def kept_by_name(self) -> Iterable[tuple[str, FilterChip]]:
        """The list's own filters that views keep, by their names."""
        return self._names.items()

    def asked_by_name(self) -> dict[str, Any]:
        """What these ask, by their names."""
        return {name: chip.value() for name, chip in self._names.items()}

    def chips(self) -> list[FilterChip]:
        standing = [chip for chip in self._chips if chip.STANDS and chip.value() is not None]
        return [*self._set, *standing]

    @contextmanager
    def without(self, chip: FilterChip) -> Iterator[None]:
        """As if a filter were off, for whoever only counts."""
        value = chip.value()
        chip.set_value(None)
        try:
            yield
        finally:
            chip.set_value(value)

    def _show(self) -> None:
        super()._show()
        on = [c for c in self._chips if not c.STANDS and c.value() is not None]
        kept = [chip for chip in self._set if chip in on]
        wanted = [*kept, *(chip for chip in on if chip not in kept)]
        gone = [chip for chip in self._set if chip not in on]
        if any(chip.hasFocus() for chip in gone):
            (wanted[-1] if wanted else self.add).setFocus()
        if wanted != self._set:
            for place, chip in enumerate(wanted):
                self._line.insertWidget(place, chip)
        self._set = wanted
        for chip in self._chips:
            if not chip.STANDS:
                chip.setVisible(chip in wanted and self._only in (None, chip))
        if self._only is not None:
            self._clear.setVisible(False)
