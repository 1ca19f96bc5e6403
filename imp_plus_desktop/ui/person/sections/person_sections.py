# SPDX-License-Identifier: Apache-2.0
"""Widgets of the collapsible part of a person's page, and of the family beside the findings.

    CollapsibleSection(key, parent=None)    set_head(title, count, summary), set_open(open),
        set_tools(about, *offers)     the buttons at the right of its line
        signals asked(object)   the Offer that was pressed; toggled(str, bool)
    HistorySection(parent=None)      show_lines(lines), the same signals
    FamilyBlock(parent=None)         show_family(relatives), retranslate();
        signal asked

Must not fetch or store anything.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.look import allowed, icons, theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip, set_whole
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.file_table import MEMBER
from imp_plus_desktop.ui.person.sections.person_details import Relative
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.labels import (
    KeyButton,
    button,
    clear,
    label,
    line,
    making,
    words_in,
)
from imp_plus_desktop.ui.widgets.lists import ActLine, ActList

_NAME = 13
"""How wide the names of a family may be, in sizes of the body's type."""


class ActionButton(KeyButton):
    """A quiet button for one action: an icon if it has one, else a link."""

    asked = Signal(object)

    def __init__(self, offer: Offer[Any], about: str = "", parent: QWidget | None = None) -> None:
        super().__init__("" if offer.icon else offer.text, parent)
        self._offer = offer
        self.setAutoDefault(False)
        theme.set_role(self, "icon" if offer.icon else "link")
        if offer.icon:
            icons.dress(self, offer.icon, "secondary")
        set_tip(self, offer.text)
        set_name(self, f"{offer.text} {about}".strip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self.makes(allowed.act_of(offer.id))

    def _on_clicked(self) -> None:
        self.asked.emit(self._offer)


class _Head(QToolButton):
    """The words of a section, cut where there is no room, never its links."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        self._words = words
        set_name(self, words)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        more = self._wide(self._words.replace("&", "&&")) - self._wide(self.text())
        return QSize(hint.width() + more, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.metrics().body * 9), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = super().sizeHint().width() - self._wide(self.text())
        room = max(self.width() - beside, 1)
        cut = words_in(self.font(), self._words, room)
        self.setText(cut.replace("&", "&&"))
        set_whole(self, self._words if cut != self._words else "")

    def _wide(self, words: str) -> int:
        # As the button itself measures: one pixel less, and the last word would be cut.
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()


class CollapsibleSection(QWidget):
    """A line that opens and closes what is below it."""

    asked = Signal(object)
    toggled = Signal(str, bool)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._head = _Head(self)
        self._head.setCheckable(True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_role(self._head, "fold")
        self._head.clicked.connect(self._on_head_clicked)
        self._summary = _Elided(self)
        self._title, self._count = "", -1
        self._offered: tuple[str, tuple[Offer[Any], ...]] = "", ()
        self._tools = QHBoxLayout()
        self._tools.setSpacing(theme.space(1))
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self._head)
        head.addWidget(self._summary, 1)
        head.addLayout(self._tools)
        self._content = QWidget(self)
        self._content.hide()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(theme.metrics().body + theme.space(2), 0, 0, theme.space(2))
        self.body.setSpacing(theme.space(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(line())
        layout.addLayout(head)
        layout.addWidget(self._content)
        self.set_open(False)

    def set_open(self, is_open: bool) -> None:
        """Expand or collapse."""
        self._head.setChecked(is_open)
        icons.dress(self._head, "chevron-down" if is_open else "chevron", "secondary")
        self._content.setVisible(is_open)
        self._summary.set_muted(is_open)

    def is_open(self) -> bool:
        """Whether it is expanded."""
        return self._head.isChecked()

    def title(self) -> str:
        """What it is called, without its count."""
        return self._title

    def is_empty(self) -> bool:
        """Whether it counts its entries and has none."""
        return self._count == 0

    def head(self) -> QToolButton:
        """The button that collapses it."""
        return self._head

    def set_head(self, title: str, count: int | None, summary: str) -> None:
        """The words of the folded line."""
        self._title, self._count = title, -1 if count is None else count
        words = title if not count else f"{title} ({format_number(count)})"
        self._head.set_words(words)
        self._summary.set_text(summary)

    def set_tools(self, about: str, *offers: Offer[Any]) -> None:
        """The buttons at the right of the line; the same as before are left alone."""
        if (about, offers) == self._offered:
            return
        self._offered = about, offers
        clear(self._tools)
        for offer in offers:
            made = ActionButton(offer, about, self)
            made.asked.connect(self.asked)
            self._tools.addWidget(made)
            made.show()

    def _on_head_clicked(self, checked: bool) -> None:
        self.set_open(checked)
        self.toggled.emit(self.key, checked)


class HistorySection(CollapsibleSection):
    """Who changed what and when; the older part only when asked for."""

    SHORT = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("history", parent)
        self._all: list[ActLine] = []
        self._whole = False
        self._list = ActList(self, stacked=True, whole=True)
        self._more = button(role="link")
        self._more.clicked.connect(self._on_more_clicked)
        self.body.addWidget(self._list)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def retranslate(self) -> None:
        """Write the section's own words anew."""
        self.set_head(_("History"), None, _("Who changed what, when, and from which list"))

    def show_lines(self, lines: Sequence[ActLine]) -> None:
        """Show these lines, the first at the top."""
        self._all = list(lines)
        self._whole = False
        self._list.set_lines(self._all[: self.SHORT])
        self._more.setVisible(len(self._all) > self.SHORT)
        count = format_number(len(self._all))
        self._more.setText(_("Show all {count} changes").format(count=count))

    def is_whole(self) -> bool:
        """Whether the older part is shown."""
        return self._whole

    def show_whole(self) -> None:
        """Show the older part too."""
        self._whole = True
        self._list.set_lines(self._all)
        self._more.hide()

    def _on_more_clicked(self) -> None:
        self.show_whole()


class FamilyBlock(QWidget):
    """The family members, each with a menu of what can be done, and a link to add one."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Relative, ...] = ()
        self._title = label(role="heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space(1))
        self._add = button(role="link")
        self._add.clicked.connect(self._on_add_clicked)
        making(allowed.act_of(MEMBER.id), self._add)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.space(1))
        outer.addLayout(head)
        outer.addLayout(self._rows)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the block's own words anew."""
        self._title.setText(_("Family"))
        self._add.setText(_("Add a member…"))

    def show_family(self, relatives: Sequence[Relative]) -> None:
        """Show these members; the same as before are left as they stand."""
        if self._shown == tuple(relatives):
            return
        self._shown = tuple(relatives)
        clear(self._rows)
        rows = [RelativeRow(relative, self) for relative in relatives]
        widest = max((row.chip.sizeHint().width() for row in rows), default=0)
        names = max((row.name_width() for row in rows), default=0)
        for row in rows:
            row.chip.setMinimumWidth(widest)
            row.name.setFixedWidth(names)
            row.asked.connect(self.asked)
            self._rows.addWidget(row)
            row.show()

    def _on_add_clicked(self) -> None:
        self.asked.emit(Offer.of(MEMBER))


class RelativeRow(QWidget):
    """One member: relation, name, where they stand, and what can be done."""

    asked = Signal(object)

    def __init__(self, relative: Relative, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = relative.offers
        self.name = label(relative.text, wrap=True)
        more = button(role="icon", icon="more")
        icons.dress(more, "more", "secondary")
        set_name(more, _("Actions for {name}").format(name=relative.text))
        set_tip(more, more.accessibleName())
        more.clicked.connect(self._on_more_clicked)
        self._more = more
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        top = Qt.AlignmentFlag.AlignTop
        self.chip = Chip(relative.relation, Tone.PLAIN, self)
        middle = Qt.AlignmentFlag.AlignVCenter
        layout.addWidget(self.chip, 0, middle)
        layout.addWidget(self.name, 0, middle)
        layout.addWidget(label(relative.detail, "small", wrap=True), 1, middle)
        layout.addWidget(more, 0, top)

    def name_width(self) -> int:
        """How wide the name would be on one line; a very long one is wrapped."""
        words = self.name.fontMetrics().horizontalAdvance(self.name.text())
        return min(words + theme.space(1), theme.metrics().body * _NAME)

    def menu(self) -> QMenu:
        """The menu as it would open now."""
        made = offer_menu(self._offers, self)
        made.triggered.connect(self._on_menu_triggered)
        return made

    def _on_more_clicked(self) -> None:
        self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.asked.emit(action.data())


class _Elided(QLabel):
    """One quiet line that gives way to what stands beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self, "small")
        self._text = ""
        self._muted = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        self._text = text.replace("\n", " ")
        self._fit()

    def set_muted(self, muted: bool) -> None:
        """Say nothing while what it sums up is in view; the room stays."""
        self._muted = muted
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = "" if self._muted else self._text
        self.setText(words_in(self.font(), words, self.width()))
        set_whole(self, words if self.text() != words else "")
