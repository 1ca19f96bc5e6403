# SPDX-License-Identifier: Apache-2.0
"""What to do with a register that is damaged: restore one of its copies, or rescue what it holds.

    is_damaged(path, error)
    DamagedDialog(path, error, today, settings, parent, begins=False).ask() -> Instead | None

None when it was given up. `begins`: it is asked at the start, where another register may be opened
in its place. Nothing is changed here but by a rescue, which makes a register of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof.rescue import Rescue
from imp_plus_desktop.services.servers.places import Place
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.dialogs.register.mending import rescuing
from imp_plus_desktop.ui.dialogs.register.mending.kept_copies import KeptCopies
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.errors import code_for_support
from imp_plus_desktop.ui.shell.tasks import Tasks
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text
from imp_plus_desktop.words.proof import rescue_texts

_DAMAGED = frozenset({"damaged", "damaged_start"})
"""Why a register does not open of which something may still be read."""
_MOST = 6
"""Copies that are seen at once, above what else can be done."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What to open; `copy` is to take its place first, and `office` is open already."""

    path: Place
    create: bool = False
    copy: Path | None = None
    office: Office | None = None


def is_damaged(path: Path, error: AppError) -> bool:
    """Whether a file that does not open is a register that was whole once: a stranger's file has
    no copies."""
    if not path.is_file():
        return False
    known = error.code == "not_a_register" and restoring.has_copies(path)
    return known or error.code in _DAMAGED


class DamagedDialog(Dialog[Instead]):
    """Says what is wrong, and what each way out of it means."""

    def __init__(
        self,
        path: Path,
        error: AppError,
        today: date | None,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        begins: bool = False,
    ) -> None:
        super().__init__(_("A damaged register"), parent)
        self._path, self._error, self._begins = path, error, begins
        self._today, self._settings = today, settings
        self._tasks = Tasks(self)
        self._key = ""
        self._target = path
        self._done: Rescue | None = None
        self.copies = KeptCopies(_MOST)
        self.restore = button(_("Restore this copy"), "accent")
        self.elsewhere = button(_("A copy kept elsewhere…"))
        self.rescue = button(_("Rescue what can be read…"))
        self.stop = button(_("Stop"))
        self.open_rescued = button(_("Open the rescued register"), "accent")
        self._said = label(role="finding", wrap=True)
        self._told = label(wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._ways = [self.restore, self.elsewhere, self.rescue]
        self._assemble()
        self._fill()
        self._connect()
        self.setMinimumWidth(theme.metrics().body * 54)

    def said(self) -> str:
        """What is said of the last try."""
        return self._said.text()

    def told(self) -> str:
        """What came of the rescue."""
        return self._told.text()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def reject(self) -> None:
        # Whoever wants to leave while it runs is heard: what it has begun goes again first.
        if self._tasks.is_busy():
            self._on_stop_clicked()
        else:
            super().reject()

    def _fill(self) -> None:
        is_any = self.copies.fill(self._path, self._settings)
        self.copies.setVisible(is_any)
        self._none.setVisible(not is_any)
        self.restore.setVisible(is_any)
        self._on_copy_chosen()

    def _on_copy_chosen(self, *_what: object) -> None:
        self.restore.setEnabled(self.copies.chosen() is not None)

    def _on_restore_clicked(self, *_what: object) -> None:
        copy = self.copies.chosen()
        if copy is not None:
            self.finish(Instead(self._path, copy=copy.path))

    def _on_elsewhere_clicked(self) -> None:
        path = files.ask_copy_to_restore(self, self._path.parent)
        if path is not None:
            self.finish(Instead(self._path, copy=path))

    def _on_rescue_clicked(self) -> None:
        target = files.ask_save(
            self, _("Rescue into a new register"), _("{name} rescued").format(name=self._path.stem),
            "register",
        )  # fmt: skip
        if target is None:
            return
        self._target, self._key = target, ""
        self._begin()

    def _begin(self) -> None:
        self._tell(_("Rescuing… This may take some minutes."))
        self._bar.setRange(0, 0)
        self._bar.show()
        self.stop.setEnabled(True)
        self.stop.show()
        self.stop.setFocus()
        for one in self._ways:
            one.setEnabled(False)
        job = rescuing.job(self._path, self._target, self._key, self._today, self._settings)
        self._tasks.start("", job, self._on_rescued, self._on_not_rescued)

    def _on_rescued(self, done: Rescue) -> None:
        self._rest()
        self._done = done
        self._tell(_("Rescued into {name}.").format(name=self._target.name), Tone.OK)
        self._told.setText("\n".join(rescue_texts.lines(done)))
        self._told.show()
        self._of_copies.hide()  # the list of what was lost may be long
        self.open_rescued.show()
        self.open_rescued.setFocus()
        self._fit()

    def _on_not_rescued(self, error: BaseException) -> None:
        if not self.stop.isEnabled() and isinstance(error, AppError):
            self._on_stopped()  # it failed before it heard that it was to stop
            return
        self._rest()
        if not isinstance(error, AppError):
            raise error
        if (
            error.code == "beyond_rescue"
            and not self._key
            and restoring.may_be_encrypted(self._path)
        ):
            # A beginning that cannot be read does not tell whether there is a passphrase.
            self._key = PassphraseDialog(self._path.name, None, self).ask() or ""
            if self._key:
                self._begin()
                return
        self._tell(error_text(error), Tone.BAD)

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_stop_clicked(self) -> None:
        self.stop.setEnabled(False)
        self._tasks.stop()

    def _on_stopped(self) -> None:
        self._rest()
        self._tell(_("Stopped: no register was made."))
        self.rescue.setFocus()

    def _rest(self) -> None:
        self._bar.hide()
        self.stop.hide()
        for one in self._ways:
            one.setEnabled(True)
        self._on_copy_chosen()

    def _tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        theme.set_role(self._said, "finding", tone)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        # What wraps tells its height late.
        for _turn in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wide = max(self.width(), self._wide())
            tall = layout.totalHeightForWidth(wide)
            tall = max(tall, layout.totalMinimumSize().height())
            self.resize(QSize(wide, tall).boundedTo(self.room()))

    def _wide(self) -> int:
        """The width in which no copy is cut: what is known of one stands at the end of its line."""
        around = self.width() - self.copies.viewport().width()
        return self.copies.wide() + around if self.copies.count() else 0

    def _on_open_rescued_clicked(self) -> None:
        self.finish(Instead(self._target))

    def _on_again_clicked(self) -> None:
        self.finish(Instead(self._path))

    def _on_other_clicked(self) -> None:
        chosen = files.ask_register(self)
        if chosen is not None:
            self.finish(Instead(chosen))

    def _on_fresh_clicked(self) -> None:
        chosen = files.ask_new_register(self)
        if chosen is not None:
            self.finish(Instead(chosen, create=True))

    def _on_code_clicked(self) -> None:
        QGuiApplication.clipboard().setText(code_for_support(self._error))
        self._code.setText(_("Copied"))

    def _connect(self) -> None:
        self.copies.currentItemChanged.connect(self._on_copy_chosen)
        self.copies.itemActivated.connect(self._on_restore_clicked)
        self.restore.clicked.connect(self._on_restore_clicked)
        self.elsewhere.clicked.connect(self._on_elsewhere_clicked)
        self.rescue.clicked.connect(self._on_rescue_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self._tasks.progressed.connect(self._on_progressed)
        self._tasks.stopped.connect(self._on_stopped)
        self.open_rescued.clicked.connect(self._on_open_rescued_clicked)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(4),) * 4)
        column.setSpacing(theme.space(3))
        title = _("The register {name} is damaged").format(name=self._path.name)
        column.addWidget(label(title, "subject", wrap=True))
        where = _("It is in {folder}.").format(folder=self._path.parent)
        column.addWidget(label(f"{_what(self._error)} {where}", "secondary", wrap=True))
        self._of_copies = self._copies_card()
        column.addWidget(self._of_copies, 1)
        column.addWidget(self._rescue_card())
        column.addLayout(self._ends())

    def _copies_card(self) -> QWidget:
        card = Card(_("Restore a copy"))
        meaning = _(
            "The copy takes the register’s place; the damaged file is kept beside it. What was "
            "done since the copy was made is not in it."
        )
        card.body.addWidget(label(meaning, wrap=True))
        self._none = label(_("There is no copy beside the register."), "secondary")
        card.body.addWidget(self.copies)
        card.body.addWidget(self._none)
        card.body.addLayout(_row(self.restore, self.elsewhere))
        return card

    def _rescue_card(self) -> QWidget:
        card = Card(_("Rescue what can be read"))
        meaning = _(
            "Makes a new register of all that this file still holds, also of what was done since "
            "the last copy, and lists what was lost. The damaged file stays as it is."
        )
        card.body.addWidget(label(meaning, wrap=True))
        card.body.addLayout(_row(self.rescue, self.stop))
        for widget in (self._said, self._bar, self._told):
            card.body.addWidget(widget)
            widget.hide()
        card.body.addLayout(_row(self.open_rescued))
        for one in (self.stop, self.open_rescued):
            one.hide()
        return card

    def _ends(self) -> QVBoxLayout:
        again = button(_("Try again"))
        again.clicked.connect(self._on_again_clicked)
        made = [again]
        if self._begins:
            other, fresh = button(_("Open another register…")), button(_("New register…"))
            other.clicked.connect(self._on_other_clicked)
            fresh.clicked.connect(self._on_fresh_clicked)
            made += [other, fresh]
        self._code = button(_("Copy the code"), "link")
        self._code.clicked.connect(self._on_code_clicked)
        leave = button(_("Quit") if self._begins else _("Cancel"))
        leave.clicked.connect(self.reject)
        self._ways += made
        last = QHBoxLayout()
        last.addWidget(self._code)
        last.addStretch(1)
        last.addWidget(leave)
        rows = QVBoxLayout()
        rows.setSpacing(theme.space(2))
        rows.addLayout(_row(*made))
        rows.addLayout(last)
        return rows


def _what(error: AppError) -> str:
    """What is wrong, without the way out that the dialog has itself."""
    if error.code == "damaged_start":
        return _("The passphrase is right, but the beginning of the file cannot be read.")
    if error.code in (*_DAMAGED, "not_a_register"):
        return _("What the file holds cannot be read as it was written.")
    return error_text(error)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.space(2))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
