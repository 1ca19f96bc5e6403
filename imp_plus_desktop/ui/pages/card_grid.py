# SPDX-License-Identifier: Apache-2.0
"""Cards side by side, as many as the page has room for, in an order that can be changed.

    CardGrid(least)        `least`: how wide a card must be
        set_cards([(widget, span)])      those that are shown, in their order
    CardOrder(settings, shipped)         which somebody wants: shown(), every(), keep(every, shown)

A card that is the last of its line takes what is left of it. Must not know what a card shows.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.widgets.frames import Arranged

MOST_COLUMNS = 3
_PLACE = "overview-cards"


class CardGrid(Arranged):
    """The cards of a page. It lays them out itself: Qt's grid knows no lines of its own height."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least
        self._columns = 1
        self._cards: list[tuple[QWidget, int]] = []

    def set_cards(self, cards: Sequence[tuple[QWidget, int]]) -> None:
        """Show these, each over as many columns as it asks for, in this order."""
        if list(cards) == self._cards:
            return
        kept = {card for card, _span in cards}
        for card, _span in self._cards:
            if card not in kept:
                card.hide()
        self._cards = list(cards)
        for card, _span in cards:
            card.show()
        self._lay_out()

    def arrange(self, width: int) -> None:
        self._columns = min(max(width // self._least, 1), MOST_COLUMNS)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, sum(self._heights()) + self._gaps())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay_out()
        return super().event(event)

    def _lay_out(self) -> None:
        """Give each card its place; what the page has over is shared by the lines."""
        heights = self._heights()
        needed = sum(heights) + self._gaps()
        if self.minimumHeight() != needed:
            self.setMinimumHeight(needed)
        over = max(self.height() - needed, 0) // max(len(heights), 1)
        tops, top = list[int](), 0
        for height in heights:
            tops.append(top)
            top += height + over + self._gap()
        for (card, _span), (row, column, span) in zip(self._cards, self._places(), strict=True):
            left = column * (self._wide(1) + self._gap())
            card.setGeometry(left, tops[row], self._wide(span), heights[row] + over)

    def _heights(self) -> list[int]:
        """How high each line is at least."""
        heights: dict[int, int] = {}
        for (card, _span), (row, _column, span) in zip(self._cards, self._places(), strict=True):
            layout, least = card.layout(), card.minimumSizeHint().height()
            if layout is not None and layout.hasHeightForWidth():
                least = max(least, layout.totalHeightForWidth(self._wide(span)))
            heights[row] = max(heights.get(row, 0), least)
        return [heights[row] for row in sorted(heights)]

    def _gap(self) -> int:
        return theme.space(3)

    def _gaps(self) -> int:
        lines = {row for row, _column, _span in self._places()}
        return self._gap() * max(len(lines) - 1, 0)

    def _wide(self, span: int) -> int:
        one = (self.width() - self._gap() * (self._columns - 1)) // self._columns
        return one * span + self._gap() * (span - 1)

    def _span(self, wanted: int) -> int:
        """Over how many columns a card goes: a wide one leaves room beside it for another."""
        return min(wanted, max(self._columns - 1, 1))

    def _places(self) -> list[tuple[int, int, int]]:
        """Row, column and span of each card."""
        places: list[tuple[int, int, int]] = []
        row = column = 0
        for number, (_card, wanted) in enumerate(self._cards):
            span = self._span(wanted)
            if column + span > self._columns:
                row, column = row + 1, 0
            following = self._cards[number + 1][1] if number + 1 < len(self._cards) else None
            left = self._columns - column - span
            if left and (following is None or self._span(following) > left):
                span += left
            places.append((row, column, span))
            column += span
        return places


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
