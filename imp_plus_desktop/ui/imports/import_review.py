# SPDX-License-Identifier: Apache-2.0
"""Rows that an import held, side by side with the people they look like, for a person to judge.

    ReviewView(shell, parent=None)
        show_act(act | None)         the rows of one import, or all
        load() -> int                how many wait
        same(place), new(), drop()   what the buttons do; `place` counts the candidates from 0
        retranslate()
        signals: closed()

Must not decide who a row is.
"""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.duplicates.matching import IN_BIN, Candidate
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.imports import review
from imp_plus_desktop.services.imports.review import Change, HeldRow
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead
from imp_plus_desktop.ui.imports.row_claims import RowClaims
from imp_plus_desktop.ui.imports.steps.import_presenter import PEOPLE_FIELDS, value_text
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState, PageHeader, Scroll
from imp_plus_desktop.ui.widgets.labels import (
    KeyButton,
    WholeWords,
    WordsBox,
    button,
    clear,
    label,
    line,
    making,
)
from imp_plus_desktop.words.bin_texts import restored_text
from imp_plus_desktop.words.messages import field_label, likeness_text
from imp_plus_desktop.words.servers.desk_texts import claim_tip, marked

_FIRST_LINE = 4
"""Above: the candidate's name, why it looks like them, what would change, the button."""
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def _why(row: HeldRow, *, in_bin: bool) -> str:
    """Why a row is held, and what its answers do."""
    if in_bin:
        return _(
            "The file of this person was moved to the bin, and no list brings it back unasked. "
            "Restore it to join the row to it; if you drop the row, the file stays there."
        )
    if row.values.get("individual_reference") or row.values.get("uci"):
        return _(
            "This row may be about someone in the register. A ticked value stays as the register "
            "has it; names, sex, date of birth and citizenship stay unless you untick them."
        )
    return _(
        "This row has no reference and no UCI, and looks like someone in the register. "
        "A ticked value stays as the register has it; names, sex, date of birth and "
        "citizenship stay unless you untick them."
    )


def _where(row: HeldRow) -> str:
    return _("{file}, row {row}").format(file=row.file_name or row.sheet, row=row.sheet_row)


def _name(row: HeldRow) -> str:
    return marked(row.name, row.claim)


def _name_tip(row: HeldRow) -> str:
    return row.name if row.claim is None else f"{row.name}\n{claim_tip(row.claim)}"


COLUMNS: tuple[Column[HeldRow], ...] = (
    Column(
        "name",
        lambda: _("Name"),
        lambda r: r.name,
        shown=_name,
        width=10,
        stretch=True,
        tooltip=_name_tip,
    ),
    Column("where", lambda: _("List"), _where, width=15.5, quiet=True, tooltip=_where),
)


class _SameButton(KeyButton):
    """“Same person” for one candidate; whose file is in the bin is restored first."""

    picked = Signal(int)

    def __init__(self, place: int, name: str, in_bin: bool) -> None:
        super().__init__(_("Restore the file") if in_bin else _("Same person"))
        self.makes("people.restore_file" if in_bin else "imports.resolve")
        self.setAutoDefault(False)
        said = _("Restore the file: {name}") if in_bin else _("Same person: {name}")
        set_name(self, said.format(name=name))
        self.clicked.connect(lambda: self.picked.emit(place))


class _StaysBox(WordsBox):
    """A value of the register where the list says something else: ticked, it stays."""

    decided = Signal(str)

    def __init__(self, change: Change) -> None:
        super().__init__()
        self._change = change
        self._before = value_text(change.field, change.before)
        self._after = value_text(change.field, change.after)
        self.setChecked(change.stays)
        set_tip(self, _("Tick to keep what the register says: {value}").format(value=self._before))
        self.toggled.connect(self._on_toggled)
        self._show_state()

    def _show_state(self) -> None:
        if self.isChecked():
            text = _("{before} stays").format(before=self._before)
        else:
            text = _("{before} → {after}").format(before=self._before, after=self._after)
        self.setText(text)
        theme.set_role(self, "", Tone.OK if self.isChecked() else Tone.WARN)
        set_name(
            self,
            _("Keep what the register says for “{field}”: {value}").format(
                field=field_label(self._change.field), value=self._before
            ),
        )

    def _on_toggled(self, kept: bool) -> None:
        self._show_state()
        self.decided.emit(self._change.field)


class _CandidateSide:
    """One person a held row looks like: what joining would change, and what was ticked to stay."""

    def __init__(self, changes: Sequence[Change], *, in_bin: bool) -> None:
        self.changes = {change.field: change for change in changes}
        self.boxes: dict[str, _StaysBox] = {}
        self.told = label(role="small")
        self.in_bin = in_bin

    def cell(self, field: str, present: str) -> QWidget:
        """What stands in this person's column for a field."""
        change = self.changes.get(field)
        if change is None:
            return WholeWords(present)
        if change.before is None:
            # A second letter, a first e-mail: what is there already stays beside it.
            added = "+ " + value_text(field, change.after)
            text = f"{present}\n{added}" if present else added
            return WholeWords(text, tone=Tone.ACCENT)
        box = _StaysBox(change)
        box.decided.connect(self._on_decided)
        self.boxes[field] = box
        return box

    def kept(self) -> tuple[str, ...]:
        """The fields of which the register's value stays."""
        return tuple(field for field, box in self.boxes.items() if box.isChecked())

    def taken(self) -> tuple[str, ...]:
        """The fields of which the list's value replaces the register's."""
        return tuple(field for field, box in self.boxes.items() if not box.isChecked())

    def show_told(self) -> None:
        """Say how many values joining will change, as things are ticked, on one line: the rows
        below tell which, and must not move."""
        if self.in_bin:
            self.told.setText(_("The row can join it afterwards"))
            return
        count = len(self.changes) - len(self.kept())
        text = ngettext("Will change {count} value", "Will change {count} values", count)
        none = _("Will change nothing")
        self.told.setText(text.format(count=format_number(count)) if count else none)

    def _on_decided(self, field: str) -> None:
        self.show_told()


class ReviewView(QWidget):
    """The rows to check and the people they look like."""

    closed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._act: int | None = None
        self._rows: dict[int, HeldRow] = {}
        self._read = AsRead(shell)
        self._sides: list[_CandidateSide] = []
        self.header = PageHeader(self)
        self.header.set_search_shown(False)
        self.back = self.header.add_button(button())
        self.model: RowsModel[HeldRow] = RowsModel(COLUMNS, self._fetch)
        self.model.setParent(self)
        self.table = TableView(self.model, "review", shell.settings)
        self._list_card, self._card = Card(), Card()
        self._grid = QGridLayout()
        self._why = label(role="secondary", wrap=True)
        self.new_button, self.drop_button = button(), button()
        making("imports.resolve", self.new_button, self.drop_button)
        self.claims = RowClaims(shell, self.header, self.table)
        self._done = EmptyState()
        self._lay_out()
        self.back.clicked.connect(self.closed)
        self.table.row_selected.connect(self._on_table_row_selected)
        self.new_button.clicked.connect(self.new)
        self.drop_button.clicked.connect(self.drop)
        self._done.button_clicked.connect(self.closed)
        self.claims.changed.connect(self.load)
        self.retranslate()

    def show_act(self, act: int | None) -> None:
        """The rows that one import held, or those of every import."""
        self._act = act
        self.load()

    def load(self) -> int:
        """Ask for the rows that wait; how many there are. The one in front stays there while it
        waits, with what was ticked."""
        rows = review.rows(self._shell.office, self._act)
        before, now = self._rows, self.table.current_id()
        self._rows = {row.row: row for row in rows}
        self.header.set_title(_("Rows to check"), format_number(len(rows)) if rows else "")
        self.claims.show(bool(rows))
        shown = self.claims.kept(self._rows)
        self.table.set_ids(array("q", shown))
        if now is not None and now in shown:
            self.table.select_id(now)
        else:
            self.table.select_first()
        for widget in (self._list_card, self._card):
            widget.setVisible(bool(rows))
        self._done.setVisible(not rows)
        if now is None or now not in shown or before.get(now) != self._rows[now]:
            self._show_row()
        self.claims.show_row(self._current())
        return len(rows)

    def same(self, place: int) -> None:
        """The row is this person of the register."""
        row = self._current()
        if row is not None:
            candidate = row.candidates[place]
            if IN_BIN in candidate.because:
                self._restore(candidate.person_id)
                return
            text = _("Joined to the file of {name}.").format(name=candidate.name)
            side = self._sides[place]
            self._resolve(row, review.SAME, text, candidate.person_id, side.kept(), side.taken())

    def _restore(self, person: int) -> None:
        """Bring a file back from the bin; the row still waits, beside it."""
        done = file_bin.restore(self._shell.office, person)
        self._shell.changed(restored_text(done.name, done.places, done.over_cap), done.act)
        self.table.setFocus()

    def new(self) -> None:
        """The row is somebody new."""
        row = self._current()
        if row is not None:
            self._resolve(row, review.NEW, _("{name} added as a new person.").format(name=row.name))

    def drop(self) -> None:
        """The row counts for nothing."""
        row = self._current()
        if row is not None:
            self._resolve(row, review.DROP, _("The row was dropped."))

    def retranslate(self) -> None:
        self.back.setText(_("Back to the imports"))
        self.new_button.setText(_("New person"))
        self.drop_button.setText(_("Drop the row"))
        set_name(self.table, _("Rows to check"))
        self._done.set_texts(
            _("Every row has its answer"),
            _("A row is held here when someone very like it is in the register."),
            _("Back to the imports"),
        )
        self.claims.retranslate()
        self.table.retranslate()
        self._show_row()

    def compared(self) -> list[str]:
        """Every text of the comparison, for a test to read."""
        items = (self._grid.itemAt(n) for n in range(self._grid.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [w.text() for w in widgets if isinstance(w, (QLabel, QAbstractButton))]

    def _resolve(
        self,
        row: HeldRow,
        how: str,
        text: str,
        person: int | None = None,
        keep: tuple[str, ...] = (),
        take: tuple[str, ...] = (),
    ) -> None:
        if not self.claims.may_do(row):
            return
        act = self._read.tried(self, review.resolve, row.row, how, person, keep, take)
        if act is not None:
            self._shell.changed(text, act)
        if row.row in self._rows:  # nobody has asked this view to load anew
            self.load()
        # The button that was pressed is gone, and never does a second Enter fall on one of the
        # next row: the keys stay here.
        (self.table if self._rows else self.back).setFocus()

    def _fetch(self, ids: Sequence[int]) -> list[HeldRow]:
        return [self.claims.named(self._rows[number]) for number in ids]

    def _current(self) -> HeldRow | None:
        number = self.table.current_id()
        return self._rows.get(number) if number is not None else None

    def _show_row(self) -> None:
        clear(self._grid)
        self._sides = []
        row = self._current()
        if row is None:
            return
        self._read.note()
        self._card.set_title(row.name, _where(row))
        binned = [IN_BIN in candidate.because for candidate in row.candidates]
        self._why.setText(_why(row, in_bin=any(binned)))
        office = self._shell.office
        known = [
            {} if in_bin else people.text_of(office, c.person_id)
            for c, in_bin in zip(row.candidates, binned, strict=True)
        ]
        self._sides = [
            _CandidateSide(review.changes(office, row, c.person_id), in_bin=in_bin)
            for c, in_bin in zip(row.candidates, binned, strict=True)
        ]
        self._add_heads(row.candidates)
        fields = [f for f in PEOPLE_FIELDS if row.values.get(f) or any(k.get(f) for k in known)]
        place = _FIRST_LINE
        for field in fields:
            own = value_text(field, row.values.get(field))
            others = [value_text(field, found.get(field)) for found in known]
            self._add_line(place, field, own, others)
            place += 2
        for side in self._sides:
            side.show_told()
        self._grid.setColumnStretch(1, 1)
        for number in range(len(known)):
            self._grid.setColumnStretch(number + 2, 1)

    def _add_heads(self, candidates: Sequence[Candidate]) -> None:
        self._grid.addWidget(label(_("In the list"), "heading"), 0, 1, _TOP_LEFT)
        for number, candidate in enumerate(candidates):
            name = label(candidate.name, "heading", wrap=True)
            because = label(likeness_text(candidate.because), "small", Tone.WARN, wrap=True)
            self._grid.addWidget(name, 0, number + 2)
            same = _SameButton(number, candidate.name, self._sides[number].in_bin)
            same.picked.connect(self.same)
            self._grid.addWidget(because, 1, number + 2)
            self._grid.addWidget(self._sides[number].told, 2, number + 2)
            self._grid.addWidget(same, 3, number + 2, _TOP_LEFT)

    def _add_line(self, place: int, field: str, own: str, others: Sequence[str]) -> None:
        self._grid.addWidget(line(), place, 0, 1, len(others) + 2)
        self._grid.addWidget(label(field_label(field), "small", wrap=True), place + 1, 0)
        self._grid.addWidget(WholeWords(own), place + 1, 1)
        for number, other in enumerate(others):
            self._grid.addWidget(self._sides[number].cell(field, other), place + 1, number + 2)

    def _lay_out(self) -> None:
        inside = self._list_card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        self._list_card.body.addWidget(self.table)
        self._list_card.setMaximumWidth(theme.metrics().body * 28)
        self._grid.setHorizontalSpacing(theme.space(4))
        self._grid.setVerticalSpacing(theme.space(1))
        holder = QWidget()
        held = QVBoxLayout(holder)
        held.setContentsMargins(0, 0, 0, 0)
        held.addLayout(self._grid)
        held.addStretch(1)
        self._card.body.addWidget(self._why)
        self._card.body.addWidget(Scroll(holder), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(3))
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        buttons.addWidget(self.claims.said)
        buttons.addWidget(self.claims.button)
        self._card.body.addLayout(buttons)
        sides = QHBoxLayout()
        sides.setSpacing(theme.space(3))
        sides.addWidget(self._list_card, 2)
        sides.addWidget(self._card, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self.header)
        layout.addLayout(sides, 1)
        layout.addWidget(self._done, 1)

    def _on_table_row_selected(self, number: int) -> None:
        self._show_row()
        self.claims.show_row(self._current())
