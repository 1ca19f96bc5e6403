# SPDX-License-Identifier: Apache-2.0
"""A file of figures, looked at before it is taken: who vouches for it, what it changes, for whom.

    FigureFileDialog(shell, file, parent).show()
        .changes, .effects      tables; a line of the second opens the file
        .trust                  to be ticked where nobody whom the program knows has signed
        .take                   the whole file, in one act

Whom it touches is counted away from the window, and can be stopped there; the file can be taken
without waiting for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.figures import effects, files
from imp_plus_desktop.services.figures.effects import Affected, Foreseen
from imp_plus_desktop.services.figures.files import Change, FigureFile
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.meeting.meeting import meet
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.figures.file_texts import (
    count_text,
    effect_text,
    effect_value,
    entry_text,
    entry_value,
    signature_text,
)
from imp_plus_desktop.words.messages import error_text

T = TypeVar("T")


class FigureFileDialog(BesideDialog):
    """What would change, and the button that does it."""

    def __init__(self, shell: Shell, file: FigureFile, parent: QWidget | None = None) -> None:
        super().__init__(file.table.name, parent)
        self._shell, self._file, self._is_open = shell, file, True
        self._office = shell.office.as_shown()
        self._affected: tuple[Affected, ...] = ()
        self._changes = files.changes(self._office, file)
        self.finished.connect(self._on_closed)
        vouched = signature_text(file.signature, file.key, file.fingerprint)
        tone = Tone.OK if file.is_trusted else Tone.WARN
        self.column.addWidget(label(vouched, "finding", tone, wrap=True))
        self.changes = self._table("figure-changes", _change_columns(), self._fetch_changes)
        self.effects = self._table("figure-effects", _effect_columns(), self._fetch_effects)
        self.effects.row_activated.connect(self._on_effect_activated)
        set_name(self.changes, _("What changes"))
        set_name(self.effects, _("Whose verdict, days and fees change"))
        self.changes.set_empty_text(count_text(0, 0, 0))
        self.said = label("", "secondary", wrap=True)
        self.trust = QCheckBox(_("I know who made this file, and trust it"))
        self.trust.setVisible(not file.is_trusted)
        self.trust.toggled.connect(self._show_ok)
        self.take = button(_("Take the figures"), "accent")
        making("figures.file", self.take)
        self.take.clicked.connect(self._on_take_clicked)
        for table, share in ((self.changes, 2), (self.effects, 3)):
            card = Card()
            inside = card.layout()
            if inside is not None:
                inside.setContentsMargins(1, 5, 1, 5)
            card.body.addWidget(table)
            self.column.addWidget(label(table.accessibleName(), "small"))
            self.column.addWidget(card, share)
        self.column.addWidget(self.said)
        row = QHBoxLayout()
        row.addWidget(self.trust)
        row.addStretch(1)
        row.addWidget(self.take)
        self.column.addLayout(row)
        self.add_close()
        self.changes.set_ids(array("q", range(len(self._changes))))
        em = theme.metrics().body
        self.resize(QSize(em * 70, em * 46).boundedTo(self.room()))
        self._show_ok()
        self._count()

    def _table(self, name: str, columns: tuple[Column[T], ...], fetch: object) -> TableView:
        model: RowsModel[T] = RowsModel(columns, fetch)  # type: ignore[arg-type]  # one of two
        model.setParent(self)
        return TableView(model, name, None, self)

    def _fetch_changes(self, places: Sequence[int]) -> list[Change]:
        return [self._changes[place] for place in places]

    def _fetch_effects(self, places: Sequence[int]) -> list[Affected]:
        return [self._affected[place] for place in places]

    def _count(self) -> None:
        office, file = self._office, self._file

        def job(progress: Progress) -> Foreseen:
            return effects.foresee(office, file, progress)

        text = _("Counting whom this touches…")
        self.effects.set_empty_text(text)
        if not self._shell.start(text, job, self._on_counted, self._on_not_counted):
            self._tell_uncounted()

    def _on_counted(self, told: Foreseen) -> None:
        if not self._is_open:
            return
        self._affected = told.affected
        self.effects.set_empty_text(_("No verdict, day or fee of a file changes with it."))
        self.effects.set_ids(array("q", range(len(told.affected))))
        self.said.setText(count_text(len(self._changes), told.people, told.files))

    def _on_not_counted(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._shell.reporter.report(error)
        if self._is_open:
            self._tell_uncounted()

    def _tell_uncounted(self) -> None:
        self.effects.set_empty_text(_("Whom it touches was not counted. Open the file again."))

    def _show_ok(self) -> None:
        trusted = self._file.is_trusted or self.trust.isChecked()
        self.take.setEnabled(bool(self._changes) and trusted)

    def _on_closed(self, _code: int) -> None:
        self._is_open = False

    def _on_effect_activated(self, place: int) -> None:
        self._shell.go("people", self._affected[place].person)

    def _on_take_clicked(self) -> None:
        trust = self._file.fingerprint if self.trust.isChecked() else None
        try:
            act = meet(self, partial(files.take, self._office, self._file, trust))
        except AppError as error:
            theme.set_role(self.said, "finding", Tone.BAD)
            self.said.setText(error_text(error))
            return
        if act is not None:
            said = _("The figures of {name} were taken.").format(name=self._file.path_name)
            self._shell.changed(said, act)
        self.accept()


def _change_columns() -> tuple[Column[Change], ...]:
    return (
        Column(
            "figure",
            lambda: _("Figure"),
            lambda c: entry_text(c.entry.name, c.entry.year),
            width=16,
            stretch=True,
        ),
        Column(
            "before",
            lambda: _("Before"),
            lambda c: entry_value(c.entry.name, c.before),
            width=8,
        ),
        Column("after", lambda: _("After"), lambda c: entry_value(c.entry.name, c.after), width=8),
        Column(
            "from", lambda: _("From"), lambda c: format_iso(c.entry.from_day), width=7, kind="date"
        ),
        Column(
            "source",
            lambda: _("Source"),
            lambda c: c.entry.source,
            width=14,
            quiet=True,
            tooltip=lambda c: c.entry.source,
        ),
    )


def _effect_columns() -> tuple[Column[Affected], ...]:
    return (
        Column("name", lambda: _("Name"), lambda e: e.name, width=16, stretch=True),
        Column("what", lambda: _("What"), lambda e: effect_text(e.what, e.of), width=13),
        Column("before", lambda: _("Before"), lambda e: effect_value(e.before), width=10),
        Column("after", lambda: _("After"), lambda e: effect_value(e.after), width=10),
        Column("on", lambda: _("As of"), lambda e: format_iso(e.on), width=7, kind="date"),
    )
