# SPDX-License-Identifier: Apache-2.0
"""The figures of the programme: how much, since when, from where, and when to look again.

FiguresDialog(office, parent=None).show()
    .table      every figure in force; `.only_due` leaves those to look up again
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.figures.figure_texts import (
    due_text,
    group_text,
    name_text,
    source_text,
    value_text,
)


class FiguresDialog(BesideDialog):
    """Every figure that a verdict, a deadline or a fee stands on."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        title = _("Figures and sources")
        super().__init__(title, parent)
        self._day = office.clock.today()
        self._figures = figures.listed(office)
        due = [place for place, one in enumerate(self._figures) if one.is_due(self._day)]
        self._due = frozenset(due)
        self._model: RowsModel[Figure] = RowsModel(self._columns(), self._fetch)
        self._model.setParent(self)
        self.table = TableView(self._model, "figures", None, self)
        set_name(self.table, title)
        self.table.set_empty_text(due_text(0))
        self.only_due = QCheckBox(_("Only those to look up again"))
        self.only_due.setEnabled(bool(due))
        self.only_due.toggled.connect(self._fill)
        card = Card()
        inside = card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        card.body.addWidget(self.table)
        said = label(due_text(len(due)), "secondary", Tone.WARN if due else Tone.PLAIN, wrap=True)
        self.column.addWidget(said)
        self.column.addWidget(card, 1)
        self.add_close(self.only_due)
        em = theme.metrics().body
        self.resize(em * 72, em * 42)
        self._fill(False)
        self.table.setFocus()

    def _fill(self, only_due: bool) -> None:
        places = [n for n in range(len(self._figures)) if not only_due or n in self._due]
        self.table.set_ids(array("q", places))
        self.table.select_first()

    def _fetch(self, places: Sequence[int]) -> list[Figure]:
        return [self._figures[place] for place in places]

    def _again(self, figure: Figure) -> str:
        told = iso(figure.again_on)
        return f"▲ {told}" if figure.is_due(self._day) else told

    def _columns(self) -> tuple[Column[Figure], ...]:
        return (
            Column("group", lambda: _("About"), lambda f: group_text(f.group), width=9, quiet=True),
            Column(
                "name", lambda: _("Figure"), name_text, width=14, stretch=True, tooltip=name_text
            ),
            Column("value", lambda: _("Value"), value_text, width=10, tooltip=value_text),
            Column("since", lambda: _("Since"), lambda f: iso(f.since), width=7, kind="date"),
            Column("again", lambda: _("Look again"), self._again, width=8, kind="date"),
            Column(
                "source",
                lambda: _("Source"),
                lambda f: source_text(f.source),
                width=16,
                quiet=True,
                tooltip=lambda f: f"{source_text(f.source)} ({f.source})" if f.source else "",
            ),
            Column("read", lambda: _("Read on"), lambda f: iso(f.read_on), width=7, kind="date"),
        )
