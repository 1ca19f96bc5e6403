# SPDX-License-Identifier: Apache-2.0
"""The strip below every list: what is shown of how many, or what can be done to several.

    Strip(parent=None)
        set_acts(first, all)          those it shows first, and all of them, for its ⋯
        show_counts(shown, total)     while nothing or one row is chosen
        show_chosen(count, hidden, state)
        set_mails(count)              how many of them have a mail address
        retranslate()
    signals: asked(object)   the act;  let_go()

It is always there and always as high: no row ever moves under the pointer. What finds no room
stands behind its ⋯. Must not do anything itself.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.ui.lists.several.acts import MAIL_COPY, MAIL_DRAFT, RowsAction, short
from imp_plus_desktop.ui.look import allowed, icons, theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.shell.actions import Entries, Menu, Offer, State, leaves, mapped
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.widgets.labels import button, label, making

_FIRST = 3
"""So many acts keep their words on a small screen."""
_LEAST = 12
"""The least width, in sizes of the body's type."""


class Strip(QWidget):
    """Counts, or what can be done to several rows."""

    asked = Signal(object)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: tuple[RowsAction, ...] = ()
        self._all: Entries[RowsAction] = ()
        self._buttons: list[tuple[RowsAction, QPushButton]] = []
        self._counts = (0, 0)
        self._chosen = (0, 0)
        self._state = State()
        self._mails = 0
        self._words = label(role="secondary", elide=True)
        self._hint = label(role="small", elide=True)
        self._more = button(role="ghost")
        self._end = button(role="ghost")
        icons.dress(self._more, "more", "text")
        icons.dress(self._end, "close", "secondary")
        self._more.clicked.connect(self._on_more_clicked)
        self._end.clicked.connect(self.let_go)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.space(3), 0, theme.space(1), 0)
        self._row.setSpacing(theme.space(1))
        self._row.addWidget(self._words)
        self._hint.setContentsMargins(theme.space(2), 0, 0, 0)
        self._row.addWidget(self._hint, 1)
        self._row.addWidget(self._more)
        self._row.addStretch(0)  # all of it is the hint's while that is there
        self._row.addWidget(self._end)
        self.setFixedHeight(theme.metrics().row + theme.space(2))
        self._show()

    def set_acts(self, first: Sequence[RowsAction], every: Menu[RowsAction]) -> None:
        """What it offers."""
        self._first, self._all = tuple(first), every.entries
        for action in self._first:
            made = button(role="ghost", icon=action.icon)
            made.clicked.connect(partial(self.asked.emit, action))
            making(allowed.act_of(action.id), made)
            self._row.insertWidget(self._row.indexOf(self._more), made)
            self._buttons.append((action, made))
        self.retranslate()

    def show_counts(self, shown: int, total: int) -> None:
        """How many rows are shown, of how many there are."""
        if (shown, total) != self._counts:
            self._counts = (shown, total)
            self._show()

    def show_chosen(self, count: int, hidden: int, state: State) -> None:
        """How many are chosen, `hidden` of them by a filter, and what they allow."""
        if ((count, hidden), state) != (self._chosen, self._state):
            self._chosen, self._state = (count, hidden), state
            self._show()

    def set_mails(self, count: int) -> None:
        """How many of those chosen have a mail address."""
        self._mails = count
        self._show()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def shown_acts(self) -> list[str]:
        """What its buttons say, from left to right."""
        return [made.text() for _action, made in self._buttons if made.isVisibleTo(self)]

    def button_of(self, action: RowsAction) -> QPushButton:
        """The button of an act. StopIteration when it has none."""
        return next(made for one, made in self._buttons if one is action)

    def retranslate(self) -> None:
        """Write all words anew."""
        set_name(self._more, _("More for what is chosen"))
        set_tip(self._more, _("More for what is chosen"))
        self._end.setText(_("Esc"))
        set_name(self._end, _("Choose one row only"))
        set_tip(self._end, _("Choose one row only (Esc)"))
        self._show()

    def offered(self) -> Entries[Offer[Any]]:
        """All acts that can be done, as the menu of the rows has them."""
        return mapped(self._all, self._offer)

    def minimumSizeHint(self) -> QSize:
        """A list is as narrow with several rows chosen as with one: what finds no room goes."""
        return QSize(theme.metrics().body * _LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _several(self) -> bool:
        return self._chosen[0] > 1

    def _show(self) -> None:
        several = self._several()
        theme.set_role(self._words, "heading" if several else "secondary")
        self._words.setText(self._chosen_text() if several else self._counts_text())
        self._hint.setText("" if several else self._hint_text())
        self._hint.setVisible(not several)
        self._end.setVisible(several)
        for action, made in self._buttons:
            words = _(short(action))
            if action is MAIL_DRAFT:
                words = words.format(count=format_number(self._mails))
            made.setText(words)
            # A tooltip only where the words stand for more than they say.
            tip = action.label() if not action.shortcut else f"{action.label()} ({_keys(action)})"
            set_tip(made, tip)
            made.setEnabled(self._can(action))
        self._fit()

    def _counts_text(self) -> str:
        shown, total = self._counts
        if shown == total:
            words = ngettext("{count} row", "{count} rows", total)
            return words.format(count=format_number(total))
        words = ngettext("{shown} row of {total}", "{shown} rows of {total}", shown)
        return words.format(shown=format_number(shown), total=format_number(total))

    def _hint_text(self) -> str:
        if self._counts[0] < 2:
            return ""
        return _("Ctrl, Shift or Space: choose several")

    def _chosen_text(self) -> str:
        count, hidden = self._chosen
        words = ngettext("{count} chosen", "{count} chosen", count)
        text = words.format(count=format_number(count))
        if hidden:
            more = ngettext("{text}, {hidden} hidden", "{text}, {hidden} hidden", hidden)
            text = more.format(text=text, hidden=format_number(hidden))
        return text

    def _can(self, action: RowsAction) -> bool:
        if action in (MAIL_DRAFT, MAIL_COPY) and not self._mails:
            return False
        return action.when(self._state)

    def _offer(self, action: RowsAction) -> Offer[Any] | None:
        return Offer.of(action) if self._can(action) else None

    def _fit(self) -> None:
        """Show as many acts as there is room for."""
        several = self._several()
        if not several:
            for _action, made in self._buttons:
                made.hide()
            self._more.hide()
            return
        gap = self._row.spacing()
        words = min(self._words.sizeHint().width(), self.width() // 4)
        room = self.width() - words - self._end.sizeHint().width() - gap * 4
        room -= self._row.contentsMargins().left() + self._row.contentsMargins().right()
        wide = [made.sizeHint().width() + gap for _action, made in self._buttons]
        more = self._more.sizeHint().width() + gap
        # Whatever does not stand here is behind the ⋯, which has all the rest.
        left = room - more
        # Where the first three find no room beside it, the way back is its sign alone.
        self._end.setText(_("Esc"))
        if sum(wide[:_FIRST]) > left + gap:
            before = self._end.sizeHint().width()
            self._end.setText("")
            left += before - self._end.sizeHint().width()
        self._more.show()
        for place, (_action, made) in enumerate(self._buttons):
            left -= wide[place]
            made.setVisible(left >= 0)

    def _on_more_clicked(self) -> None:
        shown = {action.id for action, made in self._buttons if made.isVisibleTo(self)}
        entries = mapped(self._all, lambda one: None if one.id in shown else self._offer(one))
        menu = offer_menu(entries, self)
        menu.triggered.connect(self._on_menu_triggered)
        above = QPoint(0, -menu.sizeHint().height())
        menu.popup(self._more.mapToGlobal(above))

    def _on_menu_triggered(self, chosen: QAction) -> None:
        table = {action.id: action for action in leaves(self._all)}
        self.asked.emit(table[chosen.data().id])


def _keys(action: RowsAction) -> str:
    return QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
