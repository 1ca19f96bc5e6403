# SPDX-License-Identifier: Apache-2.0
"""The quota: a year's board with our own count and the official one, by outcome and by month.

    QuotaPage(shell)      key "quota"

Must not count anything itself: `services.quota` does.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values import Outcome
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services import quota
from imp_plus_desktop.services.messages import name_of, projection_text
from imp_plus_desktop.services.quota import PENDING, Board
from imp_plus_desktop.ui import format as words
from imp_plus_desktop.ui import theme
from imp_plus_desktop.ui.boards import cap_view, official_note, year_view
from imp_plus_desktop.ui.dialogs.quota import CapDialog, OfficialDialog
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell import Shell
from imp_plus_desktop.ui.widgets.charts import CapGauge, YearChart
from imp_plus_desktop.ui.widgets.chips import FilterBar, FilterChip
from imp_plus_desktop.ui.widgets.frames import Card, PageHeader, Scroll
from imp_plus_desktop.ui.widgets.labels import button, clear, label, line

Row = tuple[str, str]


class QuotaPage(Page):
    """A year's places: how many, how fast, and by whose count."""

    key = "quota"
    icon = "quota"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._board: Board | None = None
        self._header = PageHeader(self)
        self._header.set_search_shown(False)
        self._official = self._header.add_button(button())
        self._cap = self._header.add_button(button())
        self._export = self._header.add_button(button(icon="export"))
        self._bar = FilterBar(self)
        self._year = self._bar.add_chip(FilterChip())
        self._cap_card, self._gauge, self._chart = Card(), CapGauge(), YearChart()
        self._forecast = label(role="secondary", wrap=True)
        self._months_card, self._months = Card(), YearChart()
        self._outcomes = _Figures()
        self._counts = _Figures()
        self._letters = _Figures()
        self._assemble()
        self._bar.changed.connect(self._on_year_changed)
        self._cap.clicked.connect(self._on_cap_clicked)
        self._official.clicked.connect(self._on_official_clicked)
        self._export.clicked.connect(self._on_export_clicked)

    def title(self) -> str:
        return _("Quota")

    def count(self) -> str:
        return str(self.shell.today().year)

    def refresh(self) -> None:
        self._board = quota.board(self.shell.office, self._chosen_year())
        self.retranslate()

    def retranslate(self) -> None:
        self._header.set_title(self.title(), str(self._chosen_year()))
        self._official.setText(_("Official figures…"))
        self._cap.setText(_("Change a cap…"))
        self._export.setText(_("Export…"))
        self._gauge.setAccessibleName(_("Cap"))
        self._chart.setAccessibleName(_("Places used over the year"))
        self._months.setAccessibleName(_("Applications received by month"))
        years = quota.years(self.shell.office)
        this_year = str(self.shell.today().year)
        self._year.set_choices(
            _("Year"),
            _("This year ({year})").format(year=this_year),
            [(year, str(year)) for year in years if str(year) != this_year],
        )
        self._bar.refresh()
        self._bar.set_clear_text(_("Back to this year"))
        if self._board is not None:
            self._show(self._board)

    def open_with(self, argument: object) -> None:
        """A year to show."""
        if isinstance(argument, int):
            self._year.set_value(None if argument == self.shell.today().year else argument)
            self.refresh()

    def run(self, action: str) -> bool:
        if action != "file.export":
            return False
        self._on_export_clicked()
        return True

    def states(self) -> set[str]:
        return {"list"}

    def _chosen_year(self) -> int:
        value = self._year.value()
        return value if isinstance(value, int) else self.shell.today().year

    def _show(self, board: Board) -> None:
        self._cap_card.set_title(_("Quota {year}").format(year=board.year), official_note(board))
        self._gauge.show_cap(cap_view(board))
        self._chart.show_year(year_view(board))
        self._forecast.setText(projection_text(board.projection, board.projection_refused))
        self._forecast.setVisible(bool(self._forecast.text()))
        self._months_card.set_title(_("Applications received by month"))
        self._months.show_months(board.by_month)
        self._outcomes.show_rows(_("Our applications by outcome"), _outcome_rows(board))
        self._counts.show_rows(_("Two counts of the places"), _count_rows(board))
        self._letters.show_rows(_("Letters and permits"), _letter_rows(board))

    def _on_year_changed(self) -> None:
        self.refresh()
        self.shell.state_changed()

    def _on_cap_clicked(self) -> None:
        CapDialog.ask(self, self.shell, self._chosen_year())

    def _on_official_clicked(self) -> None:
        OfficialDialog.ask(self, self.shell, self._chosen_year())

    def _on_export_clicked(self) -> None:
        self.shell.go_export_quota(self._chosen_year())

    def _assemble(self) -> None:
        self._cap_card.body.addWidget(self._gauge)
        self._cap_card.body.addWidget(self._chart, 1)
        self._cap_card.body.addWidget(self._forecast)
        self._months_card.body.addWidget(self._months, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._cap_card, 5)
        left.addWidget(self._months_card, 4)
        right.addWidget(self._counts)
        right.addWidget(self._outcomes)
        right.addWidget(self._letters, 1)
        cards = QWidget()
        columns = QHBoxLayout(cards)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addLayout(left, 5)
        columns.addLayout(right, 3)
        for layout in (left, right, columns):
            layout.setSpacing(theme.space(3))
        self.column.addWidget(self._header)
        self.column.addWidget(self._bar)
        self.column.addWidget(Scroll(cards), 1)


class _Figures(Card):
    """Words and numbers in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(4))
        # All cards show at once on a screen of 768 lines.
        self._grid.setVerticalSpacing(theme.space(1) - 1)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_rows(self, title: str, rows: Sequence[Row]) -> None:
        self.set_title(title)
        clear(self._grid)
        for number, (text, value) in enumerate(rows):
            if number:
                self._grid.addWidget(line(), number * 2 - 1, 0, 1, 2)
            self._grid.addWidget(label(text), number * 2, 0)
            right = Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(label(value, "heading"), number * 2, 1, right)


def _outcome_rows(board: Board) -> list[Row]:
    rows = [(_("Decision awaited"), words.number(board.by_outcome.get(PENDING, 0)))]
    for outcome in Outcome:
        count = board.by_outcome.get(outcome.value, 0)
        rows.append((name_of(outcome), words.number(count)))
    return rows


def _count_rows(board: Board) -> list[Row]:
    official = board.official
    rows = [
        (_("Cap in force"), words.number(board.cap)),
        (_("Places used, our register"), words.number(board.used)),
        (
            _("Received, official count"),
            words.number(official.received if official is not None else None),
        ),
    ]
    if official is not None:
        rows.append((_("Day of the official count"), format_day(official.as_of)))
        rows.append((_("Approved, official count"), words.number(official.approved)))
        rows.append((_("Refused, official count"), words.number(official.refused)))
    rows.append((_("Places that count as used"), words.number(board.effective_used)))
    rows.append((_("Places left"), words.number(board.remaining)))
    rows.append((_("Over the cap, to be refunded"), words.number(board.over_cap)))
    return rows


def _letter_rows(board: Board) -> list[Row]:
    def of(count: int, limit: int | None) -> str:
        if limit is None:
            return words.number(count)
        return _("{count} of {limit}").format(count=words.number(count), limit=words.number(limit))

    return [
        (_("Letters dated in the year"), of(board.letters_dated, board.letters_limit)),
        (_("Permits issued in the year"), of(board.permits_issued, board.permits_limit)),
    ]
