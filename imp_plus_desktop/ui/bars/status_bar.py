# SPDX-License-Identifier: Apache-2.0
"""The status bar: what is shown or was just done, the last act with its undo, a running task.

    StatusBar(tasks, parent=None)     signals undo_clicked(), language_chosen(str)
        say(text, path=None), set_quiet(text), set_undo(text), say_news(text), retranslate()

Must not undo anything itself.
"""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QProgressBar, QStatusBar, QWidget

from imp_plus_desktop.i18n import _, available, current_language
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.tasks import Tasks
from imp_plus_desktop.ui.widgets.labels import WordsButton, button, label

_NEWS_MS, _NEWS_EM = 60_000, 44
"""How long, and how wide at most, what other desks did is told."""


class StatusBar(QStatusBar):
    """The line at the foot of the window."""

    undo_clicked = Signal()
    language_chosen = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._quiet = ""
        self._said = ""
        self.setSizeGripEnabled(False)
        self._text = label(elide=True)
        self._undo = WordsButton()
        self._undo.setAutoDefault(False)
        theme.set_role(self._undo, "status", Tone.ACCENT)
        # The keyboard has Ctrl+Z: where a button goes with its row, the focus must not fall here,
        # so that a second Enter takes nothing back.
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._path: Path | None = None
        self._folder = button(role="status")
        theme.set_role(self._folder, "status", Tone.ACCENT)
        self._folder.hide()
        self._task = label(elide=True)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(theme.metrics().body * 12)
        self._stop = button(role="status")
        self._language = button(role="status")
        for widget in (self._text, self._folder, self._undo):
            self.addWidget(widget)
        # What others do comes at any moment: it stands last, so that nothing moves for it.
        self._news = label(role="secondary")
        self._news.setMinimumWidth(1)
        self.addWidget(self._news, 1)
        self._forgetting = QTimer(self)
        self._forgetting.setSingleShot(True)
        self._forgetting.setInterval(_NEWS_MS)
        self._forgetting.timeout.connect(self._on_news_old)
        self._told = ""
        for end in (self._task, self._bar, self._stop, self._language):
            self.addPermanentWidget(end)
        self.setContentsMargins(theme.space(2), 0, theme.space(1), 0)
        self._undo.clicked.connect(self.undo_clicked)
        self._folder.clicked.connect(self._on_folder_clicked)
        self._stop.clicked.connect(self._on_stop_clicked)
        self._language.clicked.connect(self._on_language_clicked)
        tasks.started.connect(self._on_task_started)
        tasks.progressed.connect(self._on_task_progressed)
        tasks.stopped.connect(self._on_task_stopped)
        tasks.finished.connect(self._on_task_finished)
        # A bar that comes and goes must not move what stands above the line.
        tallest = max(w.sizeHint().height() for w in (self._bar, self._stop, self._undo))
        self.setFixedHeight(max(tallest, theme.metrics().row - theme.space(1)))
        self._show_task(False)
        self.retranslate()

    def say(self, text: str, path: Path | None = None) -> None:
        """Say what happened; it stays until the page changes or something else happens.

        With the path of a file just written, a link opens its folder.
        """
        self._said = text
        self._path = path
        self._folder.setVisible(path is not None)
        self._show_text()

    def set_quiet(self, text: str) -> None:
        """What stands there while nothing else is said."""
        self._quiet = text
        self._show_text()

    def set_undo(self, text: str) -> None:
        """The words of the undo link, which name what it takes back; empty: nothing can be."""
        self._undo.setText(text)
        self._undo.setVisible(bool(text))

    def text(self) -> str:
        """What is said at the left."""
        return self._text.text()

    def say_news(self, text: str) -> None:
        """Say what other desks have done; it goes after a minute."""
        self._told = text
        room = theme.metrics().body * _NEWS_EM
        elide = Qt.TextElideMode.ElideRight
        self._news.setText(self._news.fontMetrics().elidedText(text, elide, room))
        set_tip(self._news, text)
        self._forgetting.start()

    def news(self) -> str:
        """What is said of other desks."""
        return self._told

    def undo_text(self) -> str:
        """The words of the undo link, empty when there is none."""
        return self._undo.text()

    def retranslate(self) -> None:
        """Write every word anew; what was said in another language goes."""
        self.say("")
        self.say_news("")
        self._folder.setText(_("Open the folder"))
        self._stop.setText(_("Stop"))
        set_name(self._bar, _("Progress"))
        self._language.setText(f"{current_language().upper()} ▾")
        set_name(self._language, _("Language"))
        self._show_text()

    def _on_news_old(self) -> None:
        self.say_news("")

    def _on_folder_clicked(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _on_stop_clicked(self) -> None:
        self._stop.setEnabled(False)
        self._tasks.stop()

    def _on_language_clicked(self) -> None:
        menu = QMenu(self)
        names = {"fr": "Français", "en": "English"}
        for code in available():
            action = QAction(names.get(code, code), menu)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == current_language())
            menu.addAction(action)
        menu.triggered.connect(self._on_language_triggered)
        menu.aboutToHide.connect(menu.deleteLater)
        height = menu.sizeHint().height()
        menu.popup(self._language.mapToGlobal(QPoint(0, -height)))

    def _on_language_triggered(self, action: QAction) -> None:
        self.language_chosen.emit(str(action.data()))

    def _on_task_started(self, text: str) -> None:
        self._task.setText(text)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._show_task(True)

    def _on_task_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_task_stopped(self) -> None:
        self.say(_("Stopped. Nothing was changed."))

    def _on_task_finished(self) -> None:
        self._show_task(False)

    def _show_task(self, shown: bool) -> None:
        for widget in (self._task, self._bar, self._stop):
            widget.setVisible(shown)

    def _show_text(self) -> None:
        self._text.setText(self._said or self._quiet)
        self._text.setVisible(bool(self._text.text()))
