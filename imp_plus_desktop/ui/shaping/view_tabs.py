# SPDX-License-Identifier: Apache-2.0
"""Tabs above a list, one a view: which one it shows, whether it differs from what was saved.

    Tab(key, text, own=False)
    ViewTabs(parent=None)
        set_tabs(tabs), choose(key), set_changed(bool), retranslate(), anchor(key) -> QWidget
        set_counts({key: number})   beside their names, as far as they are known
        signals: chosen(str), menu_asked(str, QPoint), add_asked(), save_asked(), restore_asked()

What does not fit goes under *More*; the tab that is chosen never does. Must not know what a view
holds.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.menus import set_entry
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.widgets.labels import KeyButton, button, making

_DOT = 6
_MOST_EM = 18


@dataclass(frozen=True, slots=True)
class Tab:
    """One view; `own` is one's own and nobody else's."""

    key: str
    text: str
    own: bool = False


class ViewTabs(QWidget):
    """The views of a list on one line."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    add_asked = Signal()
    save_asked = Signal()
    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[_ViewTab] = []
        self._key, self._changed = "", False
        self._counts: dict[str, int] = {}
        self.more = button(role="tab")
        self.add = button(role="icon", icon="plus")
        self.save, self.restore = button(role="link"), button(role="link")
        making("views.save", self.save, self.add)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for widget in (self.more, self.add):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        for link in (self.save, self.restore):
            self._layout.addWidget(link)
            self._layout.addSpacing(theme.space(2))
            link.hide()
        self.more.clicked.connect(self._on_more_clicked)
        self.add.clicked.connect(self.add_asked)
        self.save.clicked.connect(self.save_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the words anew; those of the tabs come with `set_tabs`."""
        self.more.setText(_("More ▾"))
        set_name(self.add, _("Save as a new view"))
        set_tip(self.add, _("Save as a new view"))
        self.save.setText(_("Save the view"))
        self.restore.setText(_("Restore"))
        set_tip(self.restore, _("The view as it was saved"))
        self._fit()

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these views, in this order."""
        if [one.tab for one in self._tabs] == list(tabs):
            return
        for old in self._tabs:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._tabs = [_ViewTab(tab, self) for tab in tabs]
        for place, made in enumerate(self._tabs):
            made.clicked.connect(self._on_tab_clicked)
            made.menu_asked.connect(self.menu_asked)
            self._layout.insertWidget(place, made)
        self._show()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many rows each view has; one that is not counted says nothing."""
        self._counts = dict(counts)
        self._show()

    def shown_keys(self) -> list[str]:
        """The views there are, from left to right."""
        return [made.tab.key for made in self._tabs]

    def choose(self, key: str) -> None:
        """Mark the view that the list shows."""
        self._key = key
        self._show()

    def set_changed(self, changed: bool) -> None:
        """Say whether the list differs from the view as it was saved."""
        self._changed = changed
        self.save.setVisible(changed)
        self.restore.setVisible(changed)
        self._show()

    def anchor(self, key: str) -> QWidget:
        """The tab of a view, or what stands for it while it has no room."""
        found = next((made for made in self._tabs if made.tab.key == key), None)
        return found if found is not None and found.isVisible() else self.more

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics().body * 20, self.more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.more.sizeHint().height())

    def _show(self) -> None:
        for made in self._tabs:
            made.set_count(self._counts.get(made.tab.key))
            made.show_state(made.tab.key == self._key, self._changed)
        self._fit()
        self._layout.activate()  # now: words that have become longer would be painted cut

    def _fit(self) -> None:
        """Show as many tabs as there is room for, the chosen one among them."""
        links = (self.save, self.restore)
        # The room beside a link stays where it is hidden.
        taken = len(links) * theme.space(2)
        taken += sum(x.sizeHint().width() for x in links if not x.isHidden())
        room = self.width() - taken - self.add.sizeHint().width()
        wide = {made: made.sizeHint().width() for made in self._tabs}
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width()
        chosen = next((made for made in self._tabs if made.tab.key == self._key), None)
        room -= wide.get(chosen, 0) if chosen is not None else 0
        hidden = False
        for made in self._tabs:
            if made is chosen:
                made.show()
                continue
            hidden = hidden or wide[made] > room
            made.setVisible(not hidden)
            room -= wide[made]
        self.more.setVisible(hidden)

    def menu_of_more(self) -> QMenu:
        """The views that have no room, as the menu would open now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made in self._tabs:
            if made.isHidden():
                action = QAction(menu)
                set_entry(action, made.words())
                action.setData(made.tab.key)
                menu.addAction(action)
        menu.triggered.connect(self._on_more_triggered)
        return menu

    def _on_more_clicked(self) -> None:
        self.menu_of_more().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_more_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))

    def _on_tab_clicked(self) -> None:
        made = self.sender()
        if isinstance(made, _ViewTab):
            self.chosen.emit(made.tab.key)


class _ViewTab(KeyButton):
    menu_asked = Signal(str, QPoint)

    def __init__(self, tab: Tab, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.tab = tab
        self._dot = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        theme.set_role(self, "tab")
        if tab.own:
            self.setIconSize(QSize(12, 12))
            icons.dress(self, "person", "secondary")
        self._count: int | None = None
        self._write()

    def words(self) -> str:
        """Its name, with the number of its rows where that is known."""
        if self._count is None:
            return self.tab.text
        told = {"view": self.tab.text, "count": format_number(self._count)}
        return _("{view} {count}").format(**told)

    def set_count(self, count: int | None) -> None:
        """Say how many rows it has, None where nobody knows."""
        if count != self._count:
            self._count = count
            self._write()

    def _write(self) -> None:
        room = theme.metrics().body * _MOST_EM
        shown = self.fontMetrics().elidedText(self.tab.text, Qt.TextElideMode.ElideRight, room)
        whole = self.words().replace(self.tab.text, shown, 1)
        self.setText(whole.replace("&", "&&"))
        set_tip(self, self.tab.text if shown != self.tab.text else "")
        self.updateGeometry()

    def show_state(self, chosen: bool, changed: bool) -> None:
        """Whether it is the one shown, and differs from what was saved."""
        self.setChecked(chosen)
        self._dot = chosen and changed
        words = _("{view}, changed since it was saved").format(view=self.words())
        set_name(self, words if self._dot else self.words())
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + _DOT * 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dot:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().warn))
            middle = QPointF(self.width() - _DOT - 1, self.height() / 2)
            painter.drawEllipse(middle, _DOT / 2, _DOT / 2)
            painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.tab.key, event.globalPos())
