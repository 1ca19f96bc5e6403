# SPDX-License-Identifier: Apache-2.0
"""Chips: a word with a sign, and filters that offer their choices in a menu.

    Chip(text="", tone=Tone.PLAIN, parent=None)            set_chip(text, tone)
    FilterChip(parent=None)                                signal changed(object)
        set_choices(title, all_text, ((value, text), …)), value(), set_value(value, tell=False)
    FilterBar(parent=None)                                 signal changed()
        add_chip(chip) -> chip, add_widget(widget), clear(), set_clear_text(text)

Must not know what is filtered.
"""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.menus import set_entry
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import KeyButton, button, keep_room
from imp_plus_desktop.ui.widgets.one_line import OneLine


class Chip(QWidget):
    """A word in a soft pill, with the sign of its tone."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(text, tone)

    def set_chip(self, text: str, tone: Tone) -> None:
        """Show another word."""
        self._text = text
        self._tone = tone
        set_name(self, text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        # A page with filters alone loads nothing of tables.
        from imp_plus_desktop.ui.tables.delegates import chip_width

        return QSize(
            round(chip_width(self._text, self._tone)) + 1, theme.metrics().row * 2 // 3 + 2
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        from imp_plus_desktop.ui.tables.delegates import paint_chip

        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone)
        painter.end()


class FilterChip(KeyButton):
    """One filter: a menu of choices; a choice shows in the chip and ✕ or Delete takes it away."""

    changed = Signal(object)
    MOST_EM: ClassVar[int] = 13
    """How wide a choice may make it, in sizes of the body's type."""
    STANDS: ClassVar[bool] = False
    """Whether it stands on a line also while it is off, since it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fits_its_choice = False
        self.setAutoDefault(False)
        self._title = ""
        self._all_text = ""
        self._choices: tuple[tuple[object, str], ...] = ()
        self._value: object = None
        self._wide: int | None = None
        theme.set_role(self, "chip")
        self.clicked.connect(self._on_clicked)

    def set_choices(self, title: str, all_text: str, choices: Sequence[tuple[object, str]]) -> None:
        """What the filter is called, what it shows when it is off, and its (value, text) pairs.

        A value that is no longer among the choices is dropped without a signal.
        """
        if (all_text, tuple(choices)) != (self._all_text, self._choices):
            self._wide = None
        self._title = title
        self._all_text = all_text
        self._choices = tuple(choices)
        if self._value not in [value for value, _text in self._choices]:
            self._value = None
        self._show()

    def value(self) -> object:
        """The value chosen, None when the filter is off."""
        return self._value

    def title(self) -> str:
        """What the filter is called."""
        return self._title

    def words(self) -> str:
        """What is chosen, in words; empty while it is off."""
        return next((text for value, text in self._choices if value == self._value), "")

    def values(self) -> list[object]:
        """The values that it offers."""
        return [value for value, _text in self._choices]

    def set_value(self, value: object, tell: bool = False) -> None:
        """Choose a value; `tell` makes it count as chosen by the user."""
        self._value = value
        self._show()
        if tell:
            self.changed.emit(value)

    def sizeHint(self) -> QSize:
        """Wide enough for any of its choices, so that what is chosen or cleared moves no other
        chip; or for its own alone, on a line where it is only while it is on."""
        self.ensurePolished()
        hint = super().sizeHint()
        if self.fits_its_choice:
            return hint
        metrics = self.fontMetrics()
        if self._wide is None:
            own = metrics.horizontalAdvance(super().text().replace("&&", "&"))
            strong = self.font()
            strong.setWeight(QFont.Weight.DemiBold)  # as what is chosen is written
            wide = QFontMetrics(strong)
            widest = max(wide.horizontalAdvance(self._cut(text)) for text in self._all_texts())
            self._wide = hint.width() - own + widest
        return QSize(self._wide, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._value is not None:
            self.set_value(None, tell=True)
        elif event.key() == Qt.Key.Key_Down:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cross = self.width() - theme.metrics().body * 2
        if self._value is not None and event.position().x() >= cross:
            self.setDown(False)
            self.set_value(None, tell=True)
            return
        super().mouseReleaseEvent(event)

    def off_text(self) -> str:
        """What its menu calls that it is off."""
        return self._all_text

    def menu_of_choices(self) -> QMenu:
        """The menu as it would open now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (value, text) in enumerate([(None, self.off_text()), *self._choices]):
            action = QAction(menu)
            set_entry(action, text)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.setData(number)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def open_menu(self, below: QWidget | None = None) -> None:
        """Offer the choices below the chip, or below something else while the chip is away."""
        place = self if below is None else below
        self.menu_of_choices().popup(place.mapToGlobal(QPoint(0, place.height() + 2)))

    def _on_clicked(self) -> None:
        self.open_menu()

    def _on_menu_triggered(self, action: QAction) -> None:
        number = int(action.data())
        value = None if number == 0 else self._choices[number - 1][0]
        if value != self._value:
            self.set_value(value, tell=True)

    def _all_texts(self) -> list[str]:
        return [f"{self._all_text} ▾", *(f"{text}  ✕" for _value, text in self._choices)]

    def _cut(self, text: str) -> str:
        """A text as the chip shows it: a long name gives way, its whole is in the tooltip."""
        most = max(
            theme.metrics().body * self.MOST_EM,
            self.fontMetrics().horizontalAdvance(f"{self._all_text} ▾"),
        )
        sign = text[-3:] if text.endswith("  ✕") else ""
        room = most - self.fontMetrics().horizontalAdvance(sign)
        body = text[: len(text) - len(sign)]
        shown = self._elided(body, room)
        alike = [t for _v, t in self._choices if t != body and self._elided(t, room) == shown]
        if alike:  # what tells them apart stands at their end
            shown = self._elided(body, room, Qt.TextElideMode.ElideMiddle)
        return shown + sign

    def _elided(
        self, text: str, room: int, where: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> str:
        return self.fontMetrics().elidedText(text, where, room)

    def _show(self) -> None:
        text = next((t for v, t in self._choices if v == self._value), None)
        if self._value is None or text is None:
            self.setText(f"{self._all_text} ▾".replace("&", "&&"))
            theme.set_role(self, "chip")
            set_tip(self, "")
        else:
            whole = f"{text}  ✕"
            shown = self._cut(whole)
            self.setText(shown.replace("&", "&&"))
            theme.set_role(self, "chip", Tone.ACCENT)
            away = _("Delete takes this filter away")
            set_tip(self, away if shown == whole else f"{text}\n{away}")
        self.updateGeometry()
        set_name(self, f"{self._title}: {text or self._all_text}")


class FilterBar(QWidget):
    """The filters of a list in one line, and a way to take them all away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[FilterChip] = []
        self._clear = button(role="link")
        self._clear.clicked.connect(self._on_clear_clicked)
        keep_room(self._clear)
        line = OneLine()
        self._line = line.inside
        self._line.addWidget(self._clear)
        self._line.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.space(2))
        self._layout.addWidget(line, 1)
        self.set_clear_text(_("Remove all"))

    def set_clear_text(self, text: str) -> None:
        """The words of the link that takes all filters away; shown while one is on."""
        self._clear.setText(text)
        self._show()

    def add_chip(self, chip: FilterChip) -> FilterChip:
        """Add a filter at the right end of those there are."""
        self._line.insertWidget(len(self._chips), chip)
        self._chips.append(chip)
        chip.changed.connect(self._on_chip_changed)
        return chip

    def chips(self) -> list[FilterChip]:
        """The filters that are on, from left to right."""
        return [chip for chip in self._chips if chip.value() is not None]

    def add_widget(self, widget: QWidget) -> None:
        """Put something at the far right of the line."""
        self._layout.addWidget(widget)

    def clear(self) -> None:
        """Take all filters away without a signal."""
        for chip in self._chips:
            chip.set_value(None)
        self._show()

    def refresh(self) -> None:
        """Look again which filters are on, after `set_value` on a chip."""
        self._show()

    def _on_chip_changed(self, value: object) -> None:
        self._show()
        self.changed.emit()

    def _on_clear_clicked(self) -> None:
        self.clear()
        self.changed.emit()

    def _show(self) -> None:
        self._clear.setVisible(any(chip.value() is not None for chip in self._chips))
