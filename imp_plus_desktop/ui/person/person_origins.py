# SPDX-License-Identifier: Apache-2.0
"""Where each value of a file comes from: the list, its cell, the day, and the row as archived.

    OriginsDialog(office, person_id, parent=None)      stays open beside the work
        choose(field)        as a click on that value would
        .table               the values; choosing one shows its archived row below

Must not look anything up itself: the service did.
"""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports import origins
from imp_plus_desktop.services.imports.origins import Origin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import clear, label
from imp_plus_desktop.words.messages import entity_label, field_label
from imp_plus_desktop.words.origin_texts import origin_text
from imp_plus_desktop.words.terms.value_texts import value_text


class OriginsDialog(BesideDialog):
    """Every value of a file with where it comes from."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        title = _("Where each value comes from")
        super().__init__(title, parent)
        self._origins = origins.of_file(office, person_id)
        self._model: RowsModel[Origin] = RowsModel(_COLUMNS, self._fetch)
        self._model.setParent(self)
        self.table = TableView(self._model, "origins", None, self)
        set_name(self.table, title)
        self.table.set_empty_text(_("Nothing is recorded in this file."))
        self._row_card = Card()
        self._row_note = label(role="secondary", wrap=True)
        self._cells, self._area = QGridLayout(), QScrollArea()
        self._source: QLabel | None = None
        self._lay_out(people.file(office, person_id).person.list_name)
        self.table.row_selected.connect(self._on_table_row_selected)
        self.table.set_ids(array("q", range(len(self._origins))))
        self.table.select_first()

    def choose(self, field: str) -> None:
        """Choose the first value of a field, by its name in lists."""
        found = (at for at, origin in enumerate(self._origins) if origin.field == field)
        place = next(found, None)
        if place is not None:
            self.table.select_id(place)

    def _fetch(self, places: Sequence[int]) -> list[Origin]:
        return [self._origins[place] for place in places]

    def _lay_out(self, name: str) -> None:
        column = self.column
        column.addWidget(label(name, "secondary"))
        values = Card()
        inside = values.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        values.body.addWidget(self.table)
        column.addWidget(values, 1)
        self._row_card.body.addWidget(self._row_note)
        self._cells.setHorizontalSpacing(theme.space(4))
        self._cells.setVerticalSpacing(theme.space(1))
        holder = QWidget()
        holder.setLayout(self._cells)
        area = self._area
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.metrics().line * 4 + 16)
        set_name(area, _("The row as it was archived"))
        self._row_card.body.addWidget(area)
        column.addWidget(self._row_card)
        self.add_close()
        em = theme.metrics().body
        self.resize(em * 66, em * 44)

    def _show(self, origin: Origin) -> None:
        self._row_card.set_title(_("The row as it was archived"))
        clear(self._cells)
        self._source = None
        self._row_card.setVisible(bool(origin.cells))
        self._row_note.setText(_about(origin))
        filled = [cell for cell in origin.cells if cell.text or cell.is_source]
        for place, cell in enumerate(filled):
            tone = Tone.ACCENT if cell.is_source else Tone.PLAIN
            self._cells.addWidget(label(cell.column, "small", tone), 0, place)
            text = label(cell.text or "—", "heading" if cell.is_source else "", tone)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._cells.addWidget(text, 1, place)
            self._source = text if cell.is_source else self._source
        # Only once the cells are laid out is it known where the one that counts stands.
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        holder = self._cells.parentWidget()
        if self._source is not None and holder is not None:
            holder.adjustSize()
            self._cells.activate()
            self._area.ensureWidgetVisible(self._source, theme.space(8))

    def _on_table_row_selected(self, place: int) -> None:
        self._show(self._origins[place])


def _about(origin: Origin) -> str:
    """What the list says of the value, under which header, and whether it was mended."""
    if origin.row is None:
        return ""
    parts = [_("{sheet}, row {row}").format(sheet=origin.sheet, row=origin.row)]
    if origin.header:
        parts.append(_("column “{header}”").format(header=origin.header))
    if origin.mended is not None:
        parts.append(_("corrected at the import to “{text}”").format(text=origin.mended))
    return " · ".join(parts)


def _name(origin: Origin) -> str:
    label_text = field_label(origin.field)
    if origin.entity != "member":
        return label_text
    return _("{name}: {value}").format(name=entity_label(origin.entity), value=label_text)


def _value(origin: Origin) -> str:
    return value_text(origin.column, origin.value, origin.entity)


_COLUMNS: tuple[Column[Origin], ...] = (
    Column("field", lambda: _("Field"), _name, width=15),
    Column("value", lambda: _("Value"), _value, width=12, tooltip=_value),
    Column(
        "from",
        lambda: _("Comes from"),
        origin_text,
        width=24,
        stretch=True,
        quiet=True,
        tooltip=origin_text,
    ),
)
