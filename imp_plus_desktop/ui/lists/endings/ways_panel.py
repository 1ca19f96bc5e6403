# SPDX-License-Identifier: Apache-2.0
"""The ways on side by side, in the same place for everybody; below each other where it is narrow.

    WaysPanel()     show_ways(view), retranslate(), focus_first() -> bool
    signals: way_chosen(str)   its key, "" to take the choice back      back()

Left and Right go from way to way, Left of the first one back to the list. Must not know a rule: it
takes sentences.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.lists.endings.way_view import BoardView, Sign, WayView
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.widgets.frames import Arranged
from imp_plus_desktop.ui.widgets.labels import KeyButton, button, clear, label, line

_WIDE = 50
"""From which width, in sizes of the body's type, the ways stand beside each other."""


class WaysPanel(Arranged):
    """What there is to know of one permit that ends."""

    way_chosen = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: BoardView | None = None
        self._wide = True
        self._others = False
        self._opened: set[str] = set()
        self._buttons: list[QPushButton] = []
        self._banner = QFrame()
        self._mark = GlyphMark(scale=1.2)
        self._title, self._sentence = label(role="heading", wrap=True), label(wrap=True)
        self._grid = QWidget()
        self._room = QVBoxLayout(self._grid)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.more = button(role="link")
        self.more.clicked.connect(self._on_more_clicked)
        self._foot = label(role="small", wrap=True)
        self._assemble()
        self.retranslate()

    def show_ways(self, view: BoardView) -> None:
        """Show the ways of somebody."""
        self._view = view
        theme.set_role(self._banner, "banner", view.tone)
        self._mark.set_mark(OF_TONE[view.tone], view.tone)
        self._title.setText(view.title)
        theme.set_role(self._title, "heading", view.tone)
        self._sentence.setText(view.sentence)
        self._fill()

    def retranslate(self) -> None:
        """Write every text anew."""
        self._foot.setText(
            _("Choosing gets papers and a reminder ready; nothing leaves the office.")
        )
        self._say_more()

    def arrange(self, width: int) -> None:
        """Take the room that there is."""
        wide = width >= theme.metrics().body * _WIDE
        if wide != self._wide:
            self._wide = wide
            self._fill()

    def focus_first(self) -> bool:
        """Go to the way that is chosen, else to the recommended one, else to the first."""
        if not self._buttons:
            return False
        wanted = [b for b in self._buttons if b.property("role") == "accent"]
        (wanted or self._buttons)[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def buttons(self) -> list[QPushButton]:
        """The button of each way that is shown, in order."""
        return list(self._buttons)

    def _on_stepped(self, made: QPushButton, step: int) -> None:
        at = self._buttons.index(made) + step
        if at < 0:
            self.back.emit()
        elif at < len(self._buttons):
            self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _assemble(self) -> None:
        inside = QHBoxLayout(self._banner)
        inside.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        inside.setSpacing(theme.space(3))
        inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        inside.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._foot, 1)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(3))
        column.addWidget(self._banner)
        column.addWidget(self._grid)
        column.addStretch(1)
        column.addLayout(foot)

    def _shown(self) -> tuple[WayView, ...]:
        if self._view is None:
            return ()
        return self._view.others if self._others else self._view.ways

    def _fill(self) -> None:
        here = self.focusWidget()
        had = self._buttons.index(here) if here in self._buttons else None
        clear(self._room)
        self._buttons = []
        views = self._shown()
        self._room.addWidget(self._beside(views) if self._wide else self._below(views))
        self._say_more()
        if had is not None and had < len(self._buttons):
            self._buttons[had].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_more(self) -> None:
        if self._view is None:
            return
        count = len(self._view.others)
        others = _("{count} other ways").format(count=count)
        self.more.setText(_("Back to the ways") if self._others else others)

    def _beside(self, views: Sequence[WayView]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(2))
        grid.setColumnMinimumWidth(0, theme.metrics().body * 5)
        for column, view in enumerate(views, 1):
            grid.setColumnStretch(column, 1)
            grid.addWidget(_head(view), 0, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._button(view), 1, column)
        row = 2
        for title, part in _PARTS:
            grid.addWidget(line(), row, 0, 1, len(views) + 1)
            grid.addWidget(label(title(), "secondary"), row + 1, 0, Qt.AlignmentFlag.AlignTop)
            for column, view in enumerate(views, 1):
                grid.addWidget(part(view), row + 1, column, Qt.AlignmentFlag.AlignTop)
            row += 2
        return table

    def _below(self, views: Sequence[WayView]) -> QWidget:
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        for view in views:
            column.addWidget(self._card(view))
        return cards

    def _card(self, view: WayView) -> QWidget:
        """A way on one line that unfolds; the recommended and the chosen one are unfolded."""
        card = QFrame()
        theme.set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        shown = QWidget()
        parts = QVBoxLayout(shown)
        parts.setContentsMargins(0, 0, 0, 0)
        for title, part in _PARTS:
            parts.addWidget(label(title(), "secondary"))
            parts.addWidget(part(view))
        opened = view.recommended or view.chosen or view.key in self._opened
        fold = button(role="link")
        fold.setText(_("Less") if opened else _("More…"))
        set_name(fold, f"{view.title}, {fold.text()}")
        fold.clicked.connect(lambda: self._unfold(view.key))
        fold.setVisible(not (view.recommended or view.chosen))
        top = QHBoxLayout()
        top.addWidget(_head(view), 1)
        acts = QHBoxLayout()
        acts.addWidget(fold)
        acts.addWidget(self._button(view))
        top.addLayout(acts)
        top.setAlignment(acts, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(shown)
        shown.setVisible(opened)
        return card

    def _unfold(self, key: str) -> None:
        self._opened ^= {key}
        self._fill()

    def _button(self, view: WayView) -> QPushButton:
        made = _WayButton(_("Take back") if view.chosen else _("Choose"))
        made.makes("permits.way")
        made.stepped.connect(lambda step: self._on_stepped(made, step))
        theme.set_role(made, "accent" if view.recommended and not view.chosen else "")
        said = _("Take back: {way}") if view.chosen else _("Choose: {way}")
        set_name(made, said.format(way=view.title))
        made.clicked.connect(lambda: self.way_chosen.emit("" if view.chosen else view.key))
        self._buttons.append(made)
        return made

    def _on_more_clicked(self) -> None:
        self._others = not self._others
        self._fill()


class _WayButton(KeyButton):
    """Qt itself goes from button to button with the arrows, round and round."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


def _head(view: WayView) -> QWidget:
    head = QWidget()
    column = QVBoxLayout(head)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(view.title, "heading", wrap=True))
    column.addWidget(label(view.about, "small", wrap=True))
    chip = _signed(view.chip)
    set_tip(chip, view.chip_tip)
    column.addWidget(chip)
    return head


def _signed(sign: Sign) -> QWidget:
    """A line with its sign."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.space(1) + 1)
    mark = GlyphMark(sign.glyph, sign.tone, scale=0.8)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = label(sign.text, wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row.addWidget(words, 1)
    if sign.tip:
        set_tip(made, sign.tip)
    return made


def _signs(lines: Sequence[Sign]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for one in lines:
        column.addWidget(_signed(one))
    return made


def _pair(pair: tuple[str, str]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text, role in zip(pair, ("", "small"), strict=True):
        if text:
            column.addWidget(_words(text, role))
    return made


def _words(text: str, role: str) -> QLabel:
    return label(text, role, wrap=True)


_PARTS: tuple[tuple[Callable[[], str], Callable[[WayView], QWidget]], ...] = (
    (lambda: _("Conditions"), lambda view: _signs(view.conditions)),
    (lambda: _("To gather"), lambda view: _signs(view.papers)),
    (lambda: _("By"), lambda view: _pair(view.by)),
    (lambda: _("Cost"), lambda view: _pair(view.cost)),
    (lambda: _("Family"), lambda view: _pair(view.family)),
)
"""What is told of each way, one below the other."""
