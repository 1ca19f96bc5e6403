# SPDX-License-Identifier: Apache-2.0
"""A year tried out: another cap, another pace, another last letter, beside the year as it is.

    TryYearDialog(office, year).ask()       None: nothing is stored

Counts anew as one types. Must not count itself: `services/quota/trying.py` does.
"""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota, trying
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.services.quota.trying import Trial
from imp_plus_desktop.ui.dialogs.office.quota import NumbersDialog
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words import messages

_LAST_LETTER = "last_accepted_letter"


class TryYearDialog(NumbersDialog[None]):
    """Shows what would come of other figures."""

    def __init__(self, office: Office, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Try {year} with other figures").format(year=year),
            _("Close"),
            parent,
            sentence=_("Nothing is stored. What is left empty stays as it is."),
        )
        self.office = office
        self._year = year
        self._now = quota.board(office, year)
        self.form.add_line("cap", _("Annual cap"))
        self.form.add_line("pace", _("Receipts a week"), _("from today on"))
        self.form.add_day("last", _("Last day of the letters accepted"))
        self.form.edited.connect(self._on_edited)
        self.cancel.hide()
        self._cells: list[tuple[QLabel, QLabel]] = []
        self.body.addWidget(self._table())
        self.form.focus_field("cap")
        self._show(self._now)

    def is_changed(self) -> bool:
        """There is nothing to lose."""
        return False

    def shown(self) -> list[tuple[str, str]]:
        """What stands in the two columns, line by line."""
        return [(now.text(), tried.text()) for now, tried in self._cells]

    def _table(self) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, theme.space(2), 0, 0)
        grid.setHorizontalSpacing(theme.space(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(_("As it is"), "small"), 0, 1)
        grid.addWidget(label(_("Tried"), "small"), 0, 2)
        for row, (name, value) in enumerate(_lines(self._now), 1):
            grid.addWidget(label(name, "secondary"), row, 0)
            now, tried = label(value, wrap=True), label("", "heading", wrap=True)
            set_name(now, f"{name}, {_('As it is')}: {value}")
            grid.addWidget(now, row, 1)
            grid.addWidget(tried, row, 2)
            self._cells.append((now, tried))
        return table

    def _on_edited(self, key: str) -> None:
        cap = self.whole_number("cap", required=False)
        pace = self.whole_number("pace", required=False)
        field = self.form.field("last")
        last = field.day() if isinstance(field, DateEdit) else None
        windows = {} if last is None else {_LAST_LETTER: last.isoformat()}
        try:
            trial = Trial(cap=cap, pace=pace, windows=windows)
            self._show(trying.try_year(self.office, self._year, trial))
        except AppError as error:
            self.show_error(error)

    def _show(self, board: Board) -> None:
        for (_now, tried), (name, value) in zip(self._cells, _lines(board), strict=True):
            tried.setText(value)
            set_name(tried, f"{name}, {_('Tried')}: {value}")


def _lines(board: Board) -> list[tuple[str, str]]:
    """What a year comes to."""
    year_end = max((pace.year_end for pace in board.paces), default=None)
    return [
        (_("Annual cap"), words.number(board.cap)),
        (_("Places left"), words.number(board.remaining)),
        (_("Effective use"), words.number(board.effective_used)),
        (_("Cap reached"), messages.projection_text(board.projection, board.projection_refused)),
        (_("Places used on December 31"), words.number(year_end)),
        (_("Last letter accepted"), format_day(board.intake.last_letter)),
    ]
