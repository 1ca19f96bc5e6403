# SPDX-License-Identifier: Apache-2.0
"""The journal of the register: who did what and when, found, undone by name, exported.

    JournalDialog(shell, parent).open()
        .search, .who, .kind (FilterChip), .since, .until (DateEdit)     what narrows the list
        .table, .undo, .to_file, .export

It lies over the page; an act opens the file that it was about in its place. Must not undo by
itself: the window does, which asks where a part would stay.
"""

from array import array
from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.reads.outward import OutKind
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.reads.shapes import Order
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.history import act_list, history
from imp_plus_desktop.services.history.act_list import ActFilter
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.register.export import Exporter
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.ui.widgets.search_box import SearchBox
from imp_plus_desktop.words.messages import act_kind, act_text

_WIDE_EM, _HIGH_EM = 74, 42


_EVERY = "every"
"""The choice of all acts, where some are left out without it."""


class JournalDialog(BesideDialog):
    """All acts, the latest first."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Journal of acts"), parent)
        self._shell = shell
        self.model: RowsModel[ActRow] = RowsModel(COLUMNS, self._fetch, self._ids_in, parent=self)
        self.model.set_order((("at", True),))
        self.table = TableView(self.model, "journal", shell.settings)
        self.search = SearchBox()
        self.who, self.kind = FilterChip(), FilterChip()
        self.since, self.until = DateEdit(), DateEdit()
        self._count = label(role="secondary")
        self.undo, self.to_file = button(icon="undo"), button()
        self.export = button(icon="export")
        making("out.journal", self.export)
        making("history.undo", self.undo)
        self._exporter = Exporter(shell, self)
        self._name_all()
        self._lay_out()
        self.search.searched.connect(self._on_asked)
        self.search.left.connect(self.table.setFocus)
        self.who.changed.connect(self._on_asked)
        self.kind.changed.connect(self._on_asked)
        for day in (self.since, self.until):
            day.day_changed.connect(self._on_day_changed)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.selection_cleared.connect(self._show_buttons)
        self.table.row_activated.connect(self._on_row_activated)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.to_file.clicked.connect(self._on_file_clicked)
        self.export.clicked.connect(self._on_export_clicked)
        shell.data_changed.connect(self.refresh)
        shell.journal_grew.connect(self._on_journal_grew)
        self.refresh()
        self.table.select_first()
        room = self.screen().availableSize()
        em = theme.metrics().body
        self.resize(
            min(em * _WIDE_EM, room.width() * 9 // 10), min(em * _HIGH_EM, room.height() * 3 // 4)
        )
        self.search.focus_search()

    def refresh(self) -> None:
        """Show what the register holds by now; what is chosen stays so."""
        office = self._shell.office
        self._end = act_list.last(office)
        self.who.set_choices(
            _("Who"), _("Everybody"), [(name, name) for name in act_list.whose(office)]
        )
        codes = act_list.kinds(office)
        kinds = sorted(((code, act_kind(code)) for code in codes), key=lambda one: sort_key(one[1]))
        every = _("All acts")
        if OutKind.LOOK in codes:
            # So many that nothing else would be found among them.
            every, kinds = _("Without openings"), [(_EVERY, every), *kinds]
        self.kind.set_choices(_("What"), every, kinds)
        self._show_ids()

    def wanted(self) -> ActFilter:
        """What the list is narrowed to."""
        kind = cast("str | None", self.kind.value())
        return ActFilter(
            self.search.text(),
            cast("str | None", self.who.value()),
            None if kind == _EVERY else kind,
            self.since.day(),
            self.until.day(),
            looks=kind is not None,
        )

    def current(self) -> ActRow | None:
        """The act that is chosen."""
        row: ActRow | None = self.table.current_row()
        return row

    def _ids_in(self, sort: str | Order, descending: bool) -> "array[int]":
        return act_list.ids(self._shell.office, self.wanted(), sort, descending)

    def _fetch(self, ids: Sequence[int]) -> list[ActRow]:
        return act_list.rows(self._shell.office, ids)

    def _show_ids(self) -> None:
        self.table.set_ids(self._ids_in(self.model.order, False))
        count = self.model.rowCount()
        words = ngettext("{count} act", "{count} acts", count)
        self._count.setText(words.format(count=format_number(count)))
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.current()
        can = row is not None and row.can_be_undone
        allowed = row is None or history.is_ones_to_undo(self._shell.office, row)
        self.undo.setEnabled(can and allowed)
        words = _("{who} did this. Whoever leads the office can undo it.")
        set_tip(self.undo, "" if allowed or row is None else words.format(who=row.who))
        self.to_file.setEnabled(row is not None and row.person_id is not None)
        self.export.setEnabled(bool(self.model.rowCount()))

    def _name_all(self) -> None:
        self.search.set_texts(_("Find a person or a list…"), _("Find acts"))
        set_name(self.table, _("Journal of acts"))
        self.table.set_empty_text(_("No such act."))
        set_name(self.since, _("From"))
        set_name(self.until, _("Until"))
        self.undo.setText(_("Undo this act"))
        self.to_file.setText(_("Open the file"))
        self.export.setText(_("Export…"))

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(theme.space(2))
        asked.addWidget(self.search, 1)
        asked.addWidget(self.who)
        asked.addWidget(self.kind)
        for day, words in ((self.since, _("From")), (self.until, _("Until"))):
            asked.addWidget(label(words, "secondary"))
            day.setFixedWidth(theme.metrics().body * 10)
            asked.addWidget(day)
        below = QHBoxLayout()
        below.setSpacing(theme.space(2))
        for widget in (self.undo, self.to_file, self.export):
            widget.setAutoDefault(False)
            below.addWidget(widget)
        below.insertWidget(0, self._count, 1)
        self.column.addLayout(asked)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(below)
        close = button(_("Close"), "accent")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        below.addWidget(close)

    def _on_journal_grew(self, end: int) -> None:
        if end != self._end:
            self.refresh()

    def _on_asked(self, _what: object) -> None:
        self._show_ids()

    def _on_day_changed(self) -> None:
        self._show_ids()

    def _on_row_selected(self, _act: int) -> None:
        self._show_buttons()

    def _on_row_activated(self, _act: int) -> None:
        self._on_file_clicked()

    def _on_undo_clicked(self) -> None:
        row = self.current()
        if row is not None and row.can_be_undone:
            self._shell.undo(row.id)

    def _on_file_clicked(self) -> None:
        row = self.current()
        if row is not None and row.person_id is not None:
            self.accept()
            self._shell.go("people", int(row.person_id))

    def _on_export_clicked(self) -> None:
        ids, name = self.model.ids, _("Journal of acts")
        columns = self.table.columns.shown()
        self._exporter.export_shown(
            "acts", name, columns, ids, self._fetch, lambda row: row.person_id
        )


def _when(row: ActRow) -> str:
    at = row.at.astimezone()
    return f"{write.iso(at.date())} {at:%H:%M}"


def _what(row: ActRow) -> str:
    text = act_text(row)
    return f"{text[:1].upper()}{text[1:]}"


def _state(row: ActRow) -> str:
    return _("Undone") if row.undone_by is not None else ""


COLUMNS: tuple[Column[ActRow], ...] = (
    Column("at", lambda: _("When"), _when, width=9.6, kind="date", sort="at"),
    Column(
        "who", lambda: _("Who"), lambda r: r.who, width=9.4, sort="who", tooltip=lambda r: r.who
    ),
    Column("what", lambda: _("Act"), _what, width=22, sort="what", stretch=True, tooltip=_what),
    Column(
        "name", lambda: _("Person"), lambda r: write.text(r.person_name), width=11,
        tooltip=lambda r: r.person_name or "",
    ),
    Column("state", lambda: _("State"), _state, width=6.4, kind="chip", tone=lambda r: Tone.PLAIN),
)  # fmt: skip
