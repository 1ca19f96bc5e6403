# SPDX-License-Identifier: Apache-2.0
"""Notices what other desks write, says it in the status bar, and shows it when nobody is disturbed.

    Watching(window)
        look()      what the timer does: at most half a second passes between two looks. A server
                    says at once that there is something, and is not asked

The status bar tells at once. The page in front is fetched anew when no dialog, menu or mouse
button is open or down and the pointer rests, so that nothing moves under a click; what is chosen,
scrolled to and typed stays. A server is asked away from the window, and where it does not answer a
band says so. Must not write.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.domain.reads.touched import EVERYTHING, NOTHING, Touched
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office.news import News, Watch
from imp_plus_desktop.ui.look.act_presenter import done_by_text
from imp_plus_desktop.ui.window.frame import Frame
from imp_plus_desktop.ui.window.registers.line import Line
from imp_plus_desktop.words.messages import act_noun

EVERY_MS = 500
_SOON_MS = 150
"""How soon it is looked at what a server tells: much of it may come at once, and the pointer is
watched meanwhile."""
_REST = 4
"""A refresh is followed by so many times its own length without another one."""


class Watching(QObject):
    """Looks for the writes of other processes while a window is open."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._watch = Watch(window.shell.office)
        self._waits = False
        self._touched = NOTHING
        self._pointer = QCursor.pos()
        self._free_from = 0.0
        self._line: Line | None = None
        self._follow_line()
        window.shell.standing_at.connect(self._on_standing_at)
        window.bands.line.connect(self._on_again_clicked)
        window.shell.reporter.lost.connect(self._on_reported)
        window.shell.office_changed.connect(self._on_office_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.look)

    def look(self) -> None:
        """Say what others have done since, and show it as soon as it disturbs nobody."""
        pointer, self._pointer = self._pointer, QCursor.pos()
        if self._window.shell.tasks.is_busy():
            return  # what this window is writing itself would look like another's
        if self._line is None or self._line.has_news():
            self._read()
        if self._waits and self._may_show(pointer):
            self._show()

    def _read(self) -> None:
        try:
            news = self._watch.look()
            came_on = self._watch.lists_came_on()
            if (end := self._watch.grown()) is not None:
                self._window.shell.journal_grew.emit(end)
        except StorageError:
            return  # the next thing that is done says it, or the line to the server
        if came_on:
            self._waits, self._touched = True, EVERYTHING
        if news is not None:
            self._window.status.say_news(_text(news))
            self._waits = True
            self._touched |= news.touched

    def come_back(self) -> None:
        """Show everything once more, when what is brought up to date meanwhile is there."""
        self._waits, self._touched = True, EVERYTHING

    def stop(self) -> None:
        """Look no more: the window closes."""
        self._timer.stop()
        self._soon.stop()
        if self._line is not None:
            self._line.stop()

    def _follow_line(self) -> None:
        if self._line is not None:
            self._line.stop()
            self._line.deleteLater()
        office = self._window.shell.office
        self._line = None if office.server is None else Line(office, self)
        self._window.bands.show_line(None)
        if self._line is not None:
            self._line.lost.connect(self._window.bands.show_line)
            self._line.back.connect(self._on_line_back)
            self._line.news.connect(self._on_told)
            self._line.around_changed.connect(self._window.shell.around_changed)
            self._line.claims_changed.connect(self._on_claims_changed)

    def _on_standing_at(self, person: int | None) -> None:
        if self._line is not None:
            self._line.stand_at(person)

    def _on_told(self) -> None:
        if not self._soon.isActive():
            self._pointer = QCursor.pos()  # it has to rest until then
            self._soon.start()

    def _on_claims_changed(self, touched: Touched) -> None:
        self._waits = True
        self._touched |= touched
        self._on_told()

    def _on_line_back(self) -> None:
        self._window.bands.show_line(None)
        self._window.status.say(_("The server answers again."))
        # What failed to be shown meanwhile, and what others have done.
        self.come_back()

    def _on_reported(self, error: StorageError) -> None:
        if self._line is not None:
            self._line.fail(error)

    def _on_again_clicked(self) -> None:
        if self._line is not None and self._line.is_outdated:
            self._window.bands.again.emit(self._window.shell.office.place)
        elif self._line is not None:
            self._line.try_again()

    def _may_show(self, pointer: QPoint) -> bool:
        busy = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if busy is not None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return False
        rests = pointer == self._pointer and not self._window.current_page().is_aimed_at()
        return rests and time.monotonic() >= self._free_from

    def _show(self) -> None:
        if self._line is not None and self._line.is_lost:
            return  # there is nobody to ask
        started = time.monotonic()
        self._waits = not self._window.show_others(self._touched)
        if not self._waits:
            self._touched = NOTHING
        ended = time.monotonic()
        self._free_from = ended + _REST * (ended - started)

    def _on_office_changed(self) -> None:
        self._watch = Watch(self._window.shell.office)
        self._follow_line()
        self._waits, self._touched = False, NOTHING
        self._window.status.say_news("")


def _text(news: News) -> str:
    """One line on what others did."""
    if news.replaced:
        return _("Another desk has restored a copy of the register.")
    done = done_by_text(news.acts[0])
    if news.undone is not None:
        template = _("{who} redid: {act}") if news.again else _("{who} undid: {act}")
        done = template.format(who=news.acts[0].who, act=act_noun(news.undone))
    text = _("Another desk – {act}").format(act=done)
    more = news.count - 1
    if not more:
        return text
    others = ngettext("and {count} act more", "and {count} acts more", more)
    return f"{text} ({others.format(count=format_number(more))})"
