# SPDX-License-Identifier: Apache-2.0
"""The window of the guides: chapters on the left, a search over all of them, the text on the right.

    GuideDialog(parent=None)      opens at the first chapter
        open_at(key), key() -> str

It stays open beside the work. Typing seeks in every chapter; Enter goes to the next place and
Shift+Enter to the one before; the arrows change the chapter; Alt+Left goes back. Must not hold the
guide's text: that is in `resources/help/`. Imported only when it is opened.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.i18n import _, current_language, format_number, ngettext
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.guide.books import Chapter, books
from imp_plus_desktop.ui.dialogs.guide.guide_page import GuidePage, plain_text
from imp_plus_desktop.ui.dialogs.guide.places import FIRST
from imp_plus_desktop.ui.dialogs.guide.seeking import Folded, phrase
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import label

_KEY = Qt.ItemDataRole.UserRole
_LEADING = QLineEdit.ActionPosition.LeadingPosition
_LEAST = 2
"""Letters from which on it is sought."""


class SeekBox(QLineEdit):
    """One line; Enter and the arrows are told, everything else is typed."""

    went = Signal(int)
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (key.Key_Return, key.Key_Enter):
            self.went.emit(-1 if back else 1)
        elif event.key() in (key.Key_Up, key.Key_Down):
            self.moved.emit(1 if event.key() == key.Key_Down else -1)
        elif event.key() == key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class GuideDialog(BesideDialog):
    """The guides of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Guide"), parent, heading="")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.language = current_language()
        self._books = books(self.language)
        self._chapters = {one.key: one for book in self._books for one in book.chapters}
        self._folded: dict[str, Folded] = {}
        self._words: tuple[str, ...] = ()
        self._hits: dict[str, list[tuple[int, int]]] = {}
        self._current = -1
        self._key = ""
        self._before: list[str] = []
        self.seek, self.list, self.page = SeekBox(), QListWidget(), GuidePage()
        self._told = label("", "secondary", elide=True)
        self._lay_out()
        self._connect()
        self._fill()
        self.open_at(FIRST)
        self.seek.setFocus()

    def open_at(self, key: str) -> None:
        """Show a chapter; the first one where there is none of this name."""
        wanted = key if key in self._chapters else FIRST
        if self._key and wanted != self._key:
            self._before.append(self._key)
        self._show(wanted)
        self._mark(0 if self._hits.get(wanted) else -1)

    def key(self) -> str:
        """Which chapter is shown."""
        return self._key

    def _lay_out(self) -> None:
        set_name(self.seek, _("Find in the guides"))
        self.seek.setPlaceholderText(_("Find in the guides…"))
        self.seek.setClearButtonEnabled(True)
        theme.set_role(self.seek, "search")
        glass = QAction(self.seek)
        icons.dress(glass, "search", "secondary")
        self.seek.addAction(glass, _LEADING)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        set_name(self.list, _("Chapters"))
        left = QVBoxLayout()
        left.addWidget(self.seek)
        left.addWidget(self.list, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.space(3))
        both.addLayout(left, 3)
        both.addWidget(self.page, 7)
        self.column.addLayout(both, 1)
        self.add_close(self._told)  # so that the list ends where the chapter does
        body = theme.metrics().body
        room = self.screen().availableSize()
        self.resize(min(body * 78, room.width() - 40), min(body * 52, room.height() - 60))

    def _connect(self) -> None:
        self.seek.textChanged.connect(self._on_typed)
        self.seek.went.connect(self._go)
        self.seek.moved.connect(self._on_moved)
        self.list.currentItemChanged.connect(self._on_item_changed)
        self.page.chapter_asked.connect(self._on_chapter_asked)
        for keys, do in (
            ("Ctrl+F", self._on_find), ("Ctrl+K", self._on_find), ("Alt+Left", self._on_back),
            ("F3", self._on_next), ("Shift+F3", self._on_previous),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, do)

    def _fill(self) -> None:
        for book in self._books:
            heading = QListWidgetItem(book.title)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            self.list.addItem(heading)
            for chapter in book.chapters:
                item = QListWidgetItem(chapter.title)
                item.setData(_KEY, chapter.key)
                self.list.addItem(item)

    def _show(self, key: str) -> None:
        self._key = key
        chapter = self._chapters[key]
        self.page.show_chapter(chapter.path, chapter.text())
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                before = self.list.blockSignals(True)
                self.list.setCurrentRow(row)
                self.list.blockSignals(before)

    def _on_item_changed(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if key and key != self._key:
            self.open_at(key)

    def _on_chapter_asked(self, path: Path) -> None:
        for chapter in self._chapters.values():
            if chapter.path.resolve() == path:
                self.open_at(chapter.key)
                return

    def _on_back(self) -> None:
        if self._before:
            self._show(self._before.pop())
            self._mark(-1)

    def _on_find(self) -> None:
        self.seek.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.seek.selectAll()

    def _on_next(self) -> None:
        self._go(1)

    def _on_previous(self) -> None:
        self._go(-1)

    def _on_moved(self, step: int) -> None:
        """The arrows in the search go through the chapters that are shown."""
        keys = self._shown_keys()
        if self._key in keys:
            self.open_at(keys[(keys.index(self._key) + step) % len(keys)])
        elif keys:
            self.open_at(keys[0])

    def _on_typed(self, typed: str) -> None:
        whole = phrase(typed)
        self._hits = {}
        if len(whole) >= _LEAST:
            self._hits = self._found((whole,)) or self._found(tuple(whole.split()))
        self._tell(sought=len(whole) >= _LEAST)
        best = max(self._hits, key=lambda key: self._worth(key, whole), default="")
        if best and best != self._key:
            self._show(best)
        self._mark(0 if best else -1)

    def _found(self, words: tuple[str, ...]) -> dict[str, list[tuple[int, int]]]:
        found = {key: self._of(one).hits(words) for key, one in self._chapters.items()}
        return {key: hits for key, hits in found.items() if hits}

    def _of(self, chapter: Chapter) -> Folded:
        """A chapter's text, folded when it is first sought in."""
        if chapter.key not in self._folded:
            self._folded[chapter.key] = Folded(plain_text(chapter.text()))
        return self._folded[chapter.key]

    def _worth(self, key: str, whole: str) -> tuple[bool, int]:
        """A chapter that is called so comes before one that only speaks of it."""
        return whole in phrase(self._chapters[key].title), len(self._hits[key])

    def _tell(self, *, sought: bool) -> None:
        places = sum(map(len, self._hits.values()))
        text = ngettext("{count} place", "{count} places", places) if sought else ""
        self._told.setText(text.format(count=format_number(places)))
        for row in range(self.list.count()):
            key = self.list.item(row).data(_KEY)
            self.list.item(row).setHidden(sought and key not in self._hits)

    def _shown_keys(self) -> list[str]:
        rows = (self.list.item(row) for row in range(self.list.count()))
        return [row.data(_KEY) for row in rows if row.data(_KEY) and not row.isHidden()]

    def _go(self, step: int) -> None:
        """To the next place, in this chapter or in the next that has one, round and round."""
        keys = [key for key in self._shown_keys() if key in self._hits]
        if not keys:
            return
        there = self._current + step
        if self._key in self._hits and 0 <= there < len(self._hits[self._key]):
            self._mark(there)
            return
        at = keys.index(self._key) if self._key in keys else -1
        self._show(keys[(at + step) % len(keys)])
        self._mark(0 if step > 0 else len(self._hits[self._key]) - 1)

    def _mark(self, current: int) -> None:
        self._current = current
        self.page.mark(self._hits.get(self._key, []), current)
