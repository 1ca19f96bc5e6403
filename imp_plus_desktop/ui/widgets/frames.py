# SPDX-License-Identifier: Apache-2.0
"""What pages are built of: cards, the head of a page, panes side by side, empty states.

    Card(title="", subtitle="", parent=None, wrap=False)   .body: QVBoxLayout  .head: QHBoxLayout
        set_title(title, subtitle="")
    PageHeader(parent=None)                         .search: SearchBox
        set_title(title, subtitle=""), set_search_shown(bool), add_button(button) -> button
    EmptyState(parent=None)                         signal button_clicked()
        set_texts(title, sentence, button="")
    Scroll(inner)                                   a page that scrolls when it must
    Beside(least)                                   parts beside each other, else below
    Arranged()                                      what Scroll tells its room: arrange(width)
    Pages(parent=None)                              a stack as small as the page in front allows
    SplitPane(name, left, right, settings=None, sizes=(1, 1), parent=None)

Must not know any page.
"""

import base64

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.ui.widgets.search_box import SearchBox


class Card(QFrame):
    """A surface with a 1 px line round it; its title is left out while it is empty.

    What stands beside the title is cut where it is too long, or wraps.
    """

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self._title = label(role="heading", elide=True)
        self._subtitle = label(role="small", wrap=wrap, elide=not wrap)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.space(3))
        self.head.addWidget(self._title)
        self.head.addWidget(self._subtitle, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        layout.setSpacing(theme.space(3))
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)
        self.set_title(title, subtitle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the title and what stands beside it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._title.setVisible(bool(title))
        self._subtitle.setVisible(bool(subtitle))
        # What follows in the head stands at its right end, with and without words beside the title.
        self.head.setStretchFactor(self._title, 0 if subtitle else 1)
        set_name(self, title)


class PageHeader(QWidget):
    """Title, a quiet word beside it, the search box and the page's buttons, on one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="title")
        self._subtitle = label(role="secondary", elide=True)
        self.search = SearchBox(self)
        em = theme.metrics().body
        self.search.set_room(least=em * 11, most=em * 26)
        # The title keeps its place on pages without a box or a button.
        self.setMinimumHeight(theme.metrics().control)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.space(3))
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._subtitle)
        self._layout.addStretch(1)
        self._layout.addWidget(self.search)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the title and the quiet word beside it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def set_search_shown(self, shown: bool) -> None:
        """A page without a list needs no search box."""
        self.search.setVisible(shown)
        strong, none = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
        self.search.setFocusPolicy(strong if shown else none)

    def add_button(self, made: QPushButton) -> QPushButton:
        """Put a button at the right end."""
        self.add_widget(made)
        return made

    def add_widget(self, made: QWidget) -> None:
        """Put something at the right end."""
        self._layout.addWidget(made)


class EmptyState(QWidget):
    """One sentence on what this place is for, and the one button that fills it."""

    button_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="subject")
        self._sentence = label(role="secondary", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setFixedWidth(round(theme.metrics().body * 30))
        self._button = button(role="accent")
        self._button.clicked.connect(self.button_clicked)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space(3))
        layout.addStretch(2)
        # A wrapped label tells its height only to a layout that leaves it its width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sentence)
        middle.addStretch(1)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(middle)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def makes(self, act: str) -> None:
        """Which act the button makes; see `making`."""
        making(act, self._button)

    def set_texts(self, title: str, sentence: str, button_text: str = "") -> None:
        """Say what is empty and what fills it; without a button text there is no button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._button.setText(button_text)
        self._button.setVisible(bool(button_text))


class Arranged(QWidget):
    """What stands otherwise in a narrow page; `Scroll` tells it the room that there is."""

    def arrange(self, width: int) -> None:
        """Take the room that there is."""
        raise NotImplementedError


class Beside(Arranged):
    """Parts beside each other, and below each other where the page is narrower than `least`."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least
        self.parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.parts.setContentsMargins(0, 0, 0, 0)
        self.parts.setSpacing(theme.space(3))

    def arrange(self, width: int) -> None:
        """Take the room that there is."""
        way = QBoxLayout.Direction
        self.parts.setDirection(way.TopToBottom if width < self._least else way.LeftToRight)


class Scroll(QScrollArea):
    """Lets a page taller than the window be scrolled; one that fits fills it."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        rows = [self._inner] if isinstance(self._inner, Arranged) else []
        for row in (*rows, *self._inner.findChildren(Arranged)):
            row.arrange(event.size().width())
        super().resizeEvent(event)


class Pages(QStackedWidget):
    """Pages of which one is in front. What is hidden asks for no room: Qt's own stack never is
    smaller than its widest page.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_current_changed)

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # What is around keeps the size asked for before the page was laid out.
            self.updateGeometry()
        return done

    def _on_current_changed(self, index: int) -> None:
        self.updateGeometry()


class SplitPane(QSplitter):
    """Two panes side by side; where the border stands is remembered under `name`."""

    def __init__(
        self,
        name: str,
        left: QWidget,
        right: QWidget,
        settings: Settings | None = None,
        sizes: tuple[int, int] = (1, 1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._name = f"split-{name}"
        self._settings = settings
        for widget, size in ((left, sizes[0]), (right, sizes[1])):
            self.addWidget(widget)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            policy.setHorizontalStretch(size)
            widget.setSizePolicy(policy)
        self.setHandleWidth(theme.space(3))
        self.setChildrenCollapsible(False)
        self.setSizes([size * 1000 for size in sizes])
        stored = settings.layout(self._name) if settings is not None else ""
        if stored:
            self.restoreState(QByteArray(base64.b64decode(stored)))
        self.splitterMoved.connect(self._on_splitter_moved)
        self._moved = False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._moved and self._settings is not None:
            state = base64.b64encode(self.saveState().data()).decode("ascii")
            self._settings.keep_layout(self._name, state)

    def _on_splitter_moved(self, position: int, index: int) -> None:
        # Stored when the page is left: a drag moves many times.
        self._moved = True
