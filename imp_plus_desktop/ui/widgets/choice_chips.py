# SPDX-License-Identifier: Apache-2.0
"""Chips of which one is chosen: which part of a list is shown.

    Choice(key, text)
    ChoiceChips(parent=None, whole=False)     signal chosen(str)   the key; `whole`: none gives way
        set_choices(choices), choose(key | None, tell=True), chosen_key() -> str | None

The arrows go from chip to chip. Must not know what is chosen among.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import KeyButton, clear
from imp_plus_desktop.ui.widgets.one_line import OneLine

_AIR = 8
"""How much more air words have than strong ones, in pixels."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip; the text holds its count."""

    key: str
    text: str


class ChoiceChips(QWidget):
    """A row of chips, one of them chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole
        self._key: str | None = None
        self._chips: dict[str, _ChoiceChip] = {}
        line = OneLine()
        self._layout = line.inside
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(line)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._whole else super().minimumSizeHint()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; the one chosen stays so if it is among them, else it is the first, and
        none stays none once there were any.

        Where only words or counts change the chips stay, and so do the keys that are on one.
        """
        if [choice.key for choice in choices] == list(self._chips):
            for choice in choices:
                self._chips[choice.key].set_words(choice.text)
            return
        none = self._key is None and bool(self._chips)
        clear(self._layout)
        self._chips = {}
        for choice in choices:
            chip = _ChoiceChip(choice, self)
            chip.picked.connect(self.choose)
            self._chips[choice.key] = chip
            self._layout.addWidget(chip)
        if self._key not in self._chips and not none:
            self._key = choices[0].key if choices else None
        self._show()

    def choose(self, key: str | None, tell: bool = True) -> None:
        """Choose one of them; None where something else says what is shown."""
        self._key = key
        self._show()
        if tell and key is not None:
            self.chosen.emit(key)

    def chosen_key(self) -> str | None:
        """The key of the one chosen."""
        return self._key

    def texts(self) -> dict[str, str]:
        """The words of each chip, by its key."""
        return {key: chip.text() for key, chip in self._chips.items()}

    def _show(self) -> None:
        for key, chip in self._chips.items():
            chip.setChecked(key == self._key)
            theme.set_role(chip, "chip", Tone.ACCENT if key == self._key else Tone.PLAIN)


class _ChoiceChip(KeyButton):
    picked = Signal(str)

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._key = choice.key
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.set_words(choice.text)
        self.clicked.connect(self._on_clicked)

    def set_words(self, text: str) -> None:
        """What it says, and is called."""
        self.setText(text.replace("&", "&&"))
        set_name(self, text)

    def sizeHint(self) -> QSize:
        """As wide whether it is chosen or not: choosing one moves no other."""
        hint, text = super().sizeHint(), self.text().replace("&&", "&")
        wide = []
        for weight, air in ((QFont.Weight.Normal, _AIR), (QFont.Weight.DemiBold, 0)):
            font = self.font()
            font.setWeight(weight)  # as what is not chosen is written, and what is
            wide.append(QFontMetrics(font).horizontalAdvance(text) + air)
        own = self.fontMetrics().horizontalAdvance(text)
        return QSize(hint.width() - own + max(wide), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Left:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.picked.emit(self._key)
