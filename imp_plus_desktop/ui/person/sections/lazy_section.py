# SPDX-License-Identifier: Apache-2.0
"""A section of a person's page that makes what is inside only when somebody expands it.

    class XSection(LazySection)
        fill()      make the content anew; called when it is open and something new is to be shown
    later()         what is inside is out of date: made at once when open, else when expanded

Choosing one person after another stays quick that way. Must not know what is shown.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection


class LazySection(CollapsibleSection):
    """Filled when it is open."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        self._stale = False
        super().__init__(key, parent)

    def fill(self) -> None:
        """Make the content; for subclasses."""
        raise NotImplementedError

    def later(self) -> None:
        """The content is out of date."""
        self._stale = True
        self._fill_if_open()

    def set_open(self, is_open: bool) -> None:
        super().set_open(is_open)
        self._fill_if_open()

    def _fill_if_open(self) -> None:
        if self._stale and self.is_open():
            self._stale = False
            self.fill()
