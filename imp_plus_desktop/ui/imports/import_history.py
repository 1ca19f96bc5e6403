# SPDX-License-Identifier: Apache-2.0
"""The imports that were done: when, by whom, which file, what each did; undo, rows still to check.

    ImportHistory(shell, parent=None)
        load() -> int                how many there are
        retranslate(), select(act)
        signals: review_asked(object)   an act whose held rows are wanted

Must not write but through the services.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.imports.import_afterwards import save_rejects, undone_text
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shaping.column_chooser import ColumnChooser, Offered
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.messages import counts_text


class ImportHistory(QWidget):
    """The list of imports and what can be done with the one chosen."""

    review_asked = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._acts: dict[int, ActRow] = {}
        self._waiting: Counter[int] = Counter()
        columns = (*_columns(shell, self._waiting), *_COUNTS)
        self.model: RowsModel[ActRow] = RowsModel(columns, self._fetch, self._ids_in, parent=self)
        self.model.set_order(_LATEST)
        self.table = TableView(self.model, "imports", shell.settings)
        self.columns_button = button(role="chip", icon="columns")
        self._list_card, self._card = Card(), Card()
        self._what = label(wrap=True)
        self._who = label(role="secondary", wrap=True)
        self.review, self.rejects = button(), button(icon="save")
        self.undo, self.redo = button(icon="undo"), button()
        making("imports.undo", self.undo, self.redo)
        making("out.export", self.rejects)
        self._lay_out()
        self.table.row_selected.connect(self._on_table_row_selected)
        self.columns_button.clicked.connect(self._on_columns_clicked)
        self.review.clicked.connect(self._on_review_clicked)
        self.rejects.clicked.connect(self._on_rejects_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.redo.clicked.connect(self._on_redo_clicked)
        self.retranslate()

    def load(self) -> int:
        """Ask for the imports anew; how many there are."""
        office = self._shell.office
        self._acts = {act.id: act for act in imports.history(office)}
        self._waiting.clear()
        self._waiting.update(row.act for row in review.rows(office))
        self.table.set_ids(self._ids_in(self.model.order or _LATEST, False))
        self.table.select_first()
        self._show_act()
        return len(self._acts)

    def select(self, act: int) -> bool:
        """Choose an import."""
        return self.table.select_id(act)

    def is_undone(self, act: int) -> bool:
        """Whether an import was taken back."""
        found = self._acts.get(act)
        return found is not None and found.undone_by is not None

    def retranslate(self) -> None:
        set_name(self.table, _("Imports"))
        self.columns_button.setText(_("Columns"))
        set_tip(self.columns_button, _("Choose the columns of the list and their order"))
        self.rejects.setText(_("Save the rejected rows…"))
        self.undo.setText(_("Undo this import"))
        self.redo.setText(_("Bring it back"))
        self.table.retranslate()
        self._show_act()

    def what(self) -> str:
        """What the chosen import did, as it is shown."""
        return self._what.text()

    def choose_columns(self) -> ColumnChooser:
        """Open the list of all columns below its button."""
        group = _("In this list")
        offered = [Offered(one.key, one.title(), group) for one in self.model.columns]
        chooser = ColumnChooser(self.table.columns, offered, self)
        chooser.open_below(self.columns_button)
        return chooser

    def _ids_in(self, sort: str | Order, descending: bool) -> "array[int]":
        """The imports in an order; equals stand with the latest first."""
        found = sorted(self._acts.values(), key=lambda act: act.id, reverse=True)
        for key, down in reversed(order_of(sort, descending)):
            found.sort(key=partial(_SORTS[key], self._waiting), reverse=down)
        return array("q", (act.id for act in found))

    def _fetch(self, ids: Sequence[int]) -> list[ActRow]:
        return [self._acts[number] for number in ids]

    def _current(self) -> ActRow | None:
        number = self.table.current_id()
        return self._acts.get(number) if number is not None else None

    def _show_act(self) -> None:
        act = self._current()
        self._card.setVisible(act is not None)
        if act is None:
            return
        counts = dict(act.counts)
        waiting = self._waiting[act.id]
        undone = act.undone_by is not None
        self._card.set_title(act.source_name or _("a list"))
        day = write.day_long(act.at.astimezone().date())
        self._who.setText(_("{who}, {day}").format(who=act.who, day=day))
        lines = counts_text(counts).replace(", ", "\n") or _("Nothing changed")
        self._what.setText(_("Undone since.") + "\n" + lines if undone else lines)
        text = ngettext("Check {count} row…", "Check {count} rows…", waiting)
        self.review.setText(text.format(count=format_number(waiting)))
        self.review.setVisible(bool(waiting) and not undone)
        self.rejects.setVisible(bool(counts.get("rejected")))
        self.undo.setVisible(not undone)
        self.redo.setVisible(undone)

    def _lay_out(self) -> None:
        inside = self._list_card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, theme.space(2), 0)
        above.addStretch(1)
        above.addWidget(self.columns_button)
        self._list_card.body.addLayout(above)
        self._list_card.body.addWidget(self.table)
        body = self._card.body
        body.addWidget(self._who)
        body.addWidget(self._what)
        body.addSpacing(theme.space(2))
        for made in (self.review, self.rejects, self.undo, self.redo):
            body.addWidget(made)
        body.addStretch(1)
        self._card.setFixedWidth(theme.metrics().body * 25)
        side = QVBoxLayout()
        side.addWidget(self._card)
        side.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._list_card, 1)
        layout.addLayout(side)

    def _on_table_row_selected(self, number: int) -> None:
        self._show_act()

    def _on_columns_clicked(self) -> None:
        self.choose_columns()

    def _on_review_clicked(self) -> None:
        act = self._current()
        self.review_asked.emit(act.id if act is not None else None)

    def _on_rejects_clicked(self) -> None:
        act = self._current()
        if act is not None:
            job = partial(_reopen, self._shell, act.id)
            name = act.source_name or ""
            self._shell.start(_("Reading {name}…").format(name=name), job, self._on_reopened)

    def _on_reopened(self, preview: Preview) -> None:
        if preview.counts.rejected:
            save_rejects(self._shell, self, preview)
        else:
            self._shell.say(_("No row of this list would be rejected today."))

    def _on_undo_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.register.undo_rest import take_back_listed

        act = self._current()
        if act is not None:
            take_back_listed(self._shell, self, act.id, self._on_undone)

    def _on_redo_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.register.undo_rest import take_back_listed

        act = self._current()
        if act is not None and act.undone_by is not None:
            take_back_listed(self._shell, self, act.undone_by, self._on_redone)

    def _on_undone(self, undone: history.Undone) -> None:
        self._shell.changed(undone_text(undone))

    def _on_redone(self, _undone: history.Undone) -> None:
        self._shell.changed(_("The import is back."))


def _columns(shell: Shell, waiting: Mapping[int, int]) -> tuple[Column[ActRow], ...]:
    # On a small screen who did it scrolls, which the pane beside the list says too.
    return (
        Column(
            "when", lambda: _("When"), partial(_when, shell), width=7.8, kind="date", sort="when"
        ),
        Column(
            "file",
            lambda: _("List"),
            lambda r: r.source_name or "",
            width=13,
            sort="file",
            tooltip=lambda r: r.source_name or "",
        ),
        Column(
            "state",
            lambda: _("State"),
            partial(_state, waiting),
            width=11.4,
            kind="chip",
            sort="state",
            tone=partial(_state_tone, waiting),
        ),
        Column("what", lambda: _("What it did"), _what, width=11, stretch=True, tooltip=_what),
        Column("who", lambda: _("Who"), lambda r: r.who, width=9, sort="who", quiet=True),
    )


def _count(code: str, row: ActRow) -> str:
    count = dict(row.counts).get(code, 0)
    return format_number(count) if count else write.DASH


def _counted(code: str, title: Callable[[], str]) -> Column[ActRow]:
    return Column(
        code, title, partial(_count, code), width=6, kind="number", sort=code, optional=True
    )


def _sorted_by(code: str, _waiting: Mapping[int, int], act: ActRow) -> int:
    return dict(act.counts).get(code, 0)


_COUNTS: tuple[Column[ActRow], ...] = (
    _counted("new", lambda: _("New people")),
    _counted("new_members", lambda: _("New members")),
    _counted("updated", lambda: _("Updated")),
    _counted("unchanged", lambda: _("Unchanged")),
    _counted("rejected", lambda: _("Rejected")),
    _counted("skipped", lambda: _("Skipped")),
)
_LATEST: Order = (("when", True),)
_SORTS: Mapping[str, Callable[[Mapping[int, int], ActRow], Any]] = {
    "when": lambda _waiting, act: act.at,
    "file": lambda _waiting, act: sort_key(act.source_name or ""),
    "state": lambda waiting, act: (act.undone_by is not None, -waiting.get(act.id, 0)),
    "who": lambda _waiting, act: sort_key(act.who),
    **{one.key: partial(_sorted_by, one.key) for one in _COUNTS},
}
"""What imports are sorted by."""


def _when(shell: Shell, row: ActRow) -> str:
    return write.moment(row.at.astimezone(), shell.today())


def _what(row: ActRow) -> str:
    return counts_text(dict(row.counts)) or _("Nothing changed")


def _state(waiting: Mapping[int, int], row: ActRow) -> str:
    if row.undone_by is not None:
        return _("Undone")
    count = waiting.get(row.id, 0)
    if count:
        return ngettext("{count} row to check", "{count} rows to check", count).format(
            count=format_number(count)
        )
    return _("Imported")


def _state_tone(waiting: Mapping[int, int], row: ActRow) -> Tone:
    if row.undone_by is not None:
        return Tone.PLAIN
    return Tone.WARN if waiting.get(row.id, 0) else Tone.OK


def _reopen(shell: Shell, act: int, progress: Progress) -> Preview:
    return imports.reopen(shell.office, act)
