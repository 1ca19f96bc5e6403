# SPDX-License-Identifier: Apache-2.0
"""The figures of the programme: how much, since when, from where, and when to look again.

FiguresDialog(shell, parent=None).show()
    .table      every figure in force, and the office's own of a later day; `.only_due` leaves
                those to look up again
    .change, .unchanged, .take_out      what can be done to the chosen one, each an act
    open_file(path)                     a file of many figures, to look at and to take
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.domain.reads.touched import PROGRAMME, Touched
from imp_plus_desktop.domain.values.errors import AppError, ExchangeError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.figures.files import read
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, refusal
from imp_plus_desktop.ui.dialogs.support.figure_file import FigureFileDialog
from imp_plus_desktop.ui.dialogs.support.holidays import HolidaysDialog
from imp_plus_desktop.ui.dialogs.support.own_figure import FigureDialog, LookedUpDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.figures.figure_texts import (
    due_text,
    figure_source,
    figure_text,
    group_text,
    name_text,
    value_text,
)
from imp_plus_desktop.words.messages import error_text


class FiguresDialog(BesideDialog):
    """Every figure that a verdict, a deadline or a fee stands on."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        title = _("Figures and sources")
        super().__init__(title, parent)
        self._shell = shell
        self._day = shell.today()
        self._as_read = AsRead(shell)
        self._figures: tuple[Figure, ...] = ()
        self._due: frozenset[int] = frozenset()
        self._model: RowsModel[Figure] = RowsModel(self._columns(), self._fetch)
        self._model.setParent(self)
        self.table = TableView(self._model, "figures", None, self)
        set_name(self.table, title)
        self.table.set_empty_text(due_text(0))
        self.table.allow_several()
        self.table.row_selected.connect(self._show_chosen)
        self.table.row_activated.connect(self._on_activated)
        self.table.selection_changed.connect(self._show_chosen)
        self.only_due = QCheckBox(_("Only those to look up again"))
        self.only_due.toggled.connect(self._fill)
        card = Card()
        inside = card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        card.body.addWidget(self.table)
        self._said = label("", "secondary", wrap=True)
        self._chosen = label("", "small", wrap=True)
        self.column.addWidget(self._said)
        self.column.addWidget(card, 1)
        self.column.addWidget(self._chosen)
        self.column.addLayout(self._buttons())
        self.add_close(self.only_due)
        em = theme.metrics().body
        self.resize(QSize(em * 80, em * 46).boundedTo(self.room()))
        shell.data_changed.connect(self._on_data_changed)
        self._read()
        self.table.setFocus()

    def _buttons(self) -> QHBoxLayout:
        self.change = button(_("Change…"), icon="edit")
        self.unchanged = button(_("Looked up, unchanged…"), icon="check")
        self.take_out = button(_("Take the office’s own out"), icon="trash")
        making("figures.set", self.change, self.unchanged, self.take_out)
        self.from_file = button(_("Take from a file…"), icon="open")
        self.holidays = button(_("Holidays…"), icon="calendar")
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        for one, do in (
            (self.change, self._on_change_clicked),
            (self.unchanged, self._on_unchanged_clicked),
            (self.take_out, self._on_take_out_clicked),
            (self.from_file, self._on_from_file_clicked),
            (self.holidays, self._on_holidays_clicked),
        ):
            one.clicked.connect(do)
            row.addWidget(one)
        row.addStretch(1)
        return row

    def _read(self) -> None:
        """Read every figure anew; the chosen one stays chosen."""
        self._as_read.note()
        office = self._shell.office
        chosen = self.table.current_id()
        was = None if chosen is None else self._key(self._figures[chosen])
        self._figures = (*figures.listed(office), *figures.to_come(office))
        due = [place for place, one in enumerate(self._figures) if one.is_due(self._day)]
        self._due = frozenset(due)
        self._said.setText(due_text(len(due)))
        theme.set_role(self._said, "secondary", Tone.WARN if due else Tone.PLAIN)
        self.only_due.setEnabled(bool(due) or self.only_due.isChecked())
        self._fill()
        for place, one in enumerate(self._figures):
            if self._key(one) == was:
                self.table.select_id(place)
                break
        self._show_chosen()

    @staticmethod
    def _key(figure: Figure) -> tuple[str, object]:
        return figure.name, figure.year

    def _fill(self) -> None:
        due = self.only_due.isChecked()
        places = [n for n in range(len(self._figures)) if not due or n in self._due]
        self.table.set_ids(array("q", places), keep=False)
        self.table.select_first()

    def _current(self) -> Figure | None:
        chosen = self.table.current_id()
        return None if chosen is None else self._figures[chosen]

    def _show_chosen(self) -> None:
        figure = self._current()
        told = "" if figure is None else figure_text(figure)
        self._chosen.setText(told)
        can_set = figure is not None and own.can_set(self._shell.office, figure.name)
        alone = self.table.chosen_count() <= 1
        self.change.setEnabled(can_set and alone)
        in_force = figure is not None and (figure.since is None or figure.since <= self._day)
        self.unchanged.setEnabled(in_force)
        self.take_out.setEnabled(figure is not None and figure.own and alone)

    def _on_data_changed(self, touched: Touched) -> None:
        if touched.concerns(PROGRAMME):
            self._read()

    def _on_activated(self) -> None:
        if self.change.isEnabled():
            self._on_change_clicked()

    def _on_change_clicked(self) -> None:
        figure = self._current()
        if figure is None:
            return
        act = FigureDialog(self._as_read.office(), figure, self).ask()
        if act is not None:
            said = _("Changed: {figure}").format(figure=name_text(figure))
            self._shell.changed(said, act)

    def _on_unchanged_clicked(self) -> None:
        chosen = [self._figures[place] for place in self.table.chosen_ids()]
        found = [one for one in chosen if one.since is None or one.since <= self._day]
        if not found:
            return
        act = LookedUpDialog(self._as_read.office(), found, self).ask()
        if act is not None:
            names = ", ".join(dict.fromkeys(map(name_text, found)))
            self._shell.changed(_("Found unchanged: {figure}").format(figure=names), act)

    def _on_holidays_clicked(self) -> None:
        HolidaysDialog(self._shell, self.parentWidget()).show()

    def _on_from_file_clicked(self) -> None:
        path = files.ask_figures(self)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Look at a file of figures; what is wrong with it is said here, and nothing opens."""
        try:
            found = read(self._shell.office, path)
        except ExchangeError as error:
            theme.set_role(self._said, "finding", Tone.BAD)
            self._said.setText(error_text(error))
            return
        FigureFileDialog(self._shell, found, self.parentWidget()).show()

    def _on_take_out_clicked(self) -> None:
        figure = self._current()
        if figure is None or figure.since is None:
            return
        try:
            act = self._as_read.do(self, own.take_out, figure.name, figure.since, figure.year)
        except AppError as error:
            theme.set_role(self._said, "finding", Tone.BAD)
            self._said.setText(refusal(error))
            return
        said = _("Taken out: {figure}").format(figure=name_text(figure))
        self._shell.changed(said, act)

    def _fetch(self, places: Sequence[int]) -> list[Figure]:
        return [self._figures[place] for place in places]

    def _again(self, figure: Figure) -> str:
        told = iso(figure.again_on)
        return f"▲ {told}" if figure.is_due(self._day) else told

    def _columns(self) -> tuple[Column[Figure], ...]:
        return (
            Column(
                "group", lambda: _("About"), lambda f: group_text(f.group), width=9.2, quiet=True
            ),
            Column(
                "name", lambda: _("Figure"), name_text, width=13, stretch=True, tooltip=name_text
            ),
            Column("value", lambda: _("Value"), value_text, width=9, tooltip=value_text),
            Column("since", lambda: _("Since"), lambda f: iso(f.since), width=7, kind="date"),
            Column("again", lambda: _("Look again"), self._again, width=8, kind="date"),
            Column(
                "source",
                lambda: _("Source"),
                figure_source,
                width=8,
                quiet=True,
                tooltip=figure_text,
            ),
            Column("read", lambda: _("Read on"), lambda f: iso(f.read_on), width=7, kind="date"),
        )
