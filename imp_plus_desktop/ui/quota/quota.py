# SPDX-License-Identifier: Apache-2.0
"""The quota: the board of a year, the over-cap list, and the reports.

    QuotaPage(shell)      key "quota"
        show_section("board" | "overcap" | "reports" | "pivot")

Each figure opens the rows behind it. Must not count anything itself: the services do.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.reads.shapes import Shape
from imp_plus_desktop.domain.reads.touched import FILE
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.quota import overcap, quota
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.quota.past_year import PastYear
from imp_plus_desktop.ui.quota.pivot_view import PivotView
from imp_plus_desktop.ui.quota.quota_board import BoardView
from imp_plus_desktop.ui.quota.quota_overcap import OverCapView
from imp_plus_desktop.ui.quota.quota_paper import export_past_year, quota_paper
from imp_plus_desktop.ui.quota.quota_reports import ReportsView
from imp_plus_desktop.ui.shell.actions import Action, Offer, State
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen
from imp_plus_desktop.ui.widgets.frames import PageHeader, Pages
from imp_plus_desktop.ui.widgets.labels import button, making
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.pivot_texts import pivot_text
from imp_plus_desktop.words.report_texts import (
    figure_label,
    parameter_label,
    period_text,
    unmoved_text,
)

BOARD, OVERCAP, REPORTS, PIVOT = "board", "overcap", "reports", "pivot"
_WITHOUT_YEAR = frozenset({REPORTS, PIVOT})
"""Sections that have periods of their own."""
_PAGES = {"applications": "applications", "permits": "permits", "letters": "people"}


class QuotaPage(Page):
    """A year's places: how many, how fast, by whose count, and what is reported of them."""

    key = "quota"
    CONCERNS = (FILE - {"note", "contact", "document", "deadline_mark"}) | {
        "closed_period",
        "list_view",
    }

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._board: Board | None = None
        self._open_items = 0
        self._stale = {REPORTS, PIVOT}
        self.past = PastYear(shell, self)
        self._as_of = button(role="chip", icon="calendar")
        self._header = PageHeader(self)
        self._header.set_search_shown(False)
        self._official = self._header.add_button(button())
        self._settings = self._header.add_button(button())
        self._export = self._header.add_button(button(icon="export"))
        making("quota.official", self._official)
        making("out.export", self._export)
        self._sections = ChoiceChips()
        self._back, self._year = button(role="link"), FilterChip()
        self.board = BoardView()
        self.over_cap = OverCapView(shell)
        self.reports = ReportsView(shell)
        self.pivot = PivotView(shell)
        self._views: dict[str, QWidget] = {
            BOARD: self.board,
            OVERCAP: self.over_cap,
            REPORTS: self.reports,
            PIVOT: self.pivot,
        }
        self._stack = Pages()
        self._assemble()
        self._connect()

    def refresh(self) -> None:
        if self.past.is_outlived():
            self.past.end()  # which asks for this
            self.shell.say(
                _("A file was destroyed meanwhile: the board of the earlier day was closed.")
            )
            return
        year, past = self._chosen_year(), self.past.day is not None
        self._board = quota.board(self.past.office(), year)
        # What is over the cap is worked on, and so it is always today's.
        listed = overcap.over_cap_list(self.shell.office, year, None if past else self._board)
        self._open_items = listed.open_items
        self.over_cap.show_list(listed)
        # Reports are made when they are looked at.
        self._stale = {REPORTS, PIVOT}
        self._refresh_shown()
        self.retranslate()

    def retranslate(self) -> None:
        self._show_title()
        self._official.setText(_("Official figures…"))
        self._settings.setText(_("Settings ▾"))
        set_name(self._settings, _("Settings of the annual cap"))
        self._export.setText(_("Export…"))
        self._fill_sections()
        years = quota.years(self.shell.office)
        this_year = str(self.shell.today().year)
        self._year.set_choices(
            _("Year"),
            _("This year ({year})").format(year=this_year),
            [(year, str(year)) for year in years if str(year) != this_year],
        )
        self._back.setText(_("Back to this year"))
        self._show_back()
        self._as_of.setText(_("As of…"))
        set_tip(self._as_of, _("The board as of an earlier day"))
        self.past.retranslate()
        self._show_band()
        self.over_cap.retranslate()
        self.reports.retranslate()
        self.pivot.retranslate()
        if self._board is not None:
            self.board.show_board(self._board)

    def open_with(self, argument: object) -> None:
        """A year to show, or a section."""
        if isinstance(argument, int):
            self._year.set_value(None if argument == self.shell.today().year else argument)
            self.refresh()
        elif isinstance(argument, str) and argument in self._views:
            self.show_section(argument)

    def place(self) -> str:
        shown = self._stack.currentWidget()
        if self._is_past():
            return f"{self.key}-past"
        return f"{self.key}-{REPORTS}" if shown in (self.reports, self.pivot) else self.key

    def show_section(self, key: str) -> None:
        """Show the board, the over-cap list or the reports."""
        self._sections.choose(key, tell=False)
        self._stack.setCurrentWidget(self._views[key])
        self._year.setVisible(key not in _WITHOUT_YEAR)
        self._show_title()
        self._show_back()
        self._as_of.setVisible(key == BOARD)
        self._show_band()
        self._refresh_shown()

    def action_state(self) -> State:
        return State(listed=True, printed=True)

    def paper(self) -> Paper | None:
        if self._stack.currentWidget() is self.reports:
            return self.reports.paper()
        if self._stack.currentWidget() is self.pivot:
            return self.pivot.paper()
        office = self.past.office() if self._is_past() else self.shell.office
        return quota_paper(office, self._chosen_year(), past=self._is_past())

    def look_back(self) -> bool:
        """Ask as of which day the board is to be."""
        self.show_section(BOARD)
        self.past.ask()
        return True

    def export_shown(self) -> None:
        if self._stack.currentWidget() is self.pivot:
            self.pivot.export()
        elif self._is_past():
            export_past_year(self.shell, self, self.past, self._chosen_year())
        else:
            self.shell.go_export_quota(self._chosen_year())

    def settings_menu(self) -> QMenu:
        """What may be changed: a cap, what uses a place, the dates of the programme."""
        menu = offer_menu([Offer.of(action) for action in SETTINGS], self)
        menu.triggered.connect(self._on_setting_triggered)
        return menu

    def own_actions(self) -> Sequence[Action["QuotaPage"]]:
        return (OFFICIAL, *SETTINGS)

    def change_cap(self) -> None:
        """Set a limit of the year."""
        from imp_plus_desktop.ui.dialogs.office.quota import CapDialog

        year = self._chosen_year()
        act = CapDialog(self.shell.office.as_shown(), year, parent=self).ask()
        if act is not None:
            self.shell.changed(_("The cap of {year} was changed.").format(year=year), act)

    def try_year(self) -> None:
        """Look at the year with other figures; nothing is stored."""
        from imp_plus_desktop.ui.dialogs.office.try_year import TryYearDialog

        TryYearDialog(self.shell.office, self._chosen_year(), parent=self).ask()

    def choose_switch(self) -> None:
        """Choose what uses a place in the year."""
        from imp_plus_desktop.ui.dialogs.office.programme import SwitchDialog

        year = self._chosen_year()
        done = SwitchDialog(self.shell.office.as_shown(), year, parent=self).ask()
        if done is not None:
            said = _("The choice for {year} was set.").format(year=year)
            self.shell.changed(f"{said} {unmoved_text(done.unmoved)}", done.act)

    def change_window(self) -> None:
        """Change a date or a term of the programme."""
        from imp_plus_desktop.ui.dialogs.office.programme import WindowDialog

        done = WindowDialog(self.shell.office.as_shown(), parent=self).ask()
        if done is not None:
            name, act = done
            said = _("{setting} was changed.").format(setting=parameter_label(name))
            self.shell.changed(said, act)

    def record_official(self) -> None:
        """Record what IRCC has announced of the year."""
        from imp_plus_desktop.ui.dialogs.office.quota import OfficialDialog

        dialog = OfficialDialog(self.shell.office.as_shown(), self._chosen_year(), parent=self)
        act = dialog.ask()
        if act is not None:
            self.shell.changed(_("The official figures were recorded."), act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_past():
            self.past.end()
        else:
            super().keyPressEvent(event)

    def _is_past(self) -> bool:
        """Whether the board in front is that of a past day."""
        return self.past.day is not None and self._stack.currentWidget() is self.board

    def _show_band(self) -> None:
        self.past.band.setVisible(self._is_past())

    def _refresh_shown(self) -> None:
        """Make anew what is looked at, where that was not done since something changed."""
        shown = self._stack.currentWidget()
        if shown is self.reports and REPORTS in self._stale:
            self._stale.discard(REPORTS)
            self.reports.refresh()
        elif shown is self.pivot and PIVOT in self._stale:
            self._stale.discard(PIVOT)
            self.pivot.refresh()

    def _fill_sections(self) -> None:
        over = _("Over the cap")
        if self._open_items:
            over = _("Over the cap ({count})").format(count=words.number(self._open_items))
        self._sections.set_choices(
            [
                Choice(BOARD, _("Board")),
                Choice(OVERCAP, over),
                Choice(REPORTS, _("Reports")),
                Choice(PIVOT, _("Cross table")),
            ]
        )

    def year_shown(self) -> int | None:
        if self._stack.currentWidget() is self.pivot:
            return None
        is_report = self._stack.currentWidget() is self.reports
        return self.reports.period().year if is_report else self._chosen_year()

    def _show_title(self) -> None:
        """The page's name beside what is in front: a year, a report's period, or neither."""
        about, year = "", self.year_shown()
        if year is not None:
            is_report = self._stack.currentWidget() is self.reports
            about = period_text(self.reports.period()) if is_report else str(year)
        self._header.set_title(self.title(), about)

    def _chosen_year(self) -> int:
        value = self._year.value()
        return value if isinstance(value, int) else self.shell.today().year

    def _show_back(self) -> None:
        """The way back, where another year than this one is looked at."""
        self._back.setVisible(self._year.value() is not None and not self._year.isHidden())

    def _on_back_clicked(self) -> None:
        self._year.set_value(None)
        self._year.setFocus()
        self._on_year_changed()

    def _on_year_changed(self) -> None:
        self.refresh()
        self.shell.state_changed()

    def _on_past_changed(self) -> None:
        self.refresh()
        self.shell.state_changed()

    def _on_section_chosen(self, key: str) -> None:
        self.show_section(key)

    def _on_figure_opened(self, figure: str) -> None:
        if figure == quota.OVER_CAP and not self._is_past():
            self.show_section(OVERCAP)
            return
        found = quota.figure_rows(self.past.office(), self._chosen_year(), figure)
        text = f"{_figure_text(figure)}, {self._chosen_year()}"
        if self.past.day is not None:
            text = f"{text}, {words.iso(self.past.day)}"
        self._on_rows_opened(found.kind, Chosen(found.ids, text))

    def _on_rows_opened(self, kind: str, chosen: Chosen) -> None:
        if kind == quota.LETTERS:
            people = quota.letters_of(self.shell.office, chosen.ids)
            ids = tuple(dict.fromkeys(int(letter.person_id) for letter in people))
            self.shell.go("people", ids)
        else:
            self.shell.go(_PAGES[kind], chosen)

    def _on_pivot_figure_opened(self, pivot: Pivot, row: object, column: object) -> None:
        found = pivots.opened(self.shell.office, pivot, row, column)
        page = pivot.kind.value
        if found.filters is not None:
            self.shell.go(page, Shape(filters=found.filters))
        elif pivot.kind is ListKind.PEOPLE:
            self.shell.go(page, found.ids)
        else:
            self.shell.go(page, Chosen(found.ids, pivot_text(pivot)))

    def _on_settings_clicked(self) -> None:
        menu = self.settings_menu()
        menu.popup(self._settings.mapToGlobal(self._settings.rect().bottomLeft()))

    def _on_setting_triggered(self, action: QAction) -> None:
        action.data().do(self)

    def _on_official_clicked(self) -> None:
        self.record_official()

    def _on_export_clicked(self) -> None:
        self.export_shown()

    def _connect(self) -> None:
        self._year.changed.connect(self._on_year_changed)
        self._back.clicked.connect(self._on_back_clicked)
        self.past.changed.connect(self._on_past_changed)
        self._as_of.clicked.connect(self.past.ask)
        self._sections.chosen.connect(self._on_section_chosen)
        self._settings.clicked.connect(self._on_settings_clicked)
        self._official.clicked.connect(self._on_official_clicked)
        self._export.clicked.connect(self._on_export_clicked)
        self.board.figure_opened.connect(self._on_figure_opened)
        self.reports.rows_opened.connect(self._on_rows_opened)
        self.reports.period_shown.connect(self._show_title)
        self.pivot.figure_opened.connect(self._on_pivot_figure_opened)

    def _assemble(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._sections)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._year)
        row.addWidget(self._as_of)
        for view in self._views.values():
            self._stack.addWidget(view)
        self.column.addWidget(self._header)
        self.column.addWidget(self.past.band)
        self.column.addLayout(row)
        self.column.addWidget(self._stack, 1)


OFFICIAL: Action[QuotaPage] = Action(
    "quota.official", N_("Official figures…"), QuotaPage.record_official
)
SETTINGS: tuple[Action[QuotaPage], ...] = (
    Action("quota.cap", N_("Change a cap…"), QuotaPage.change_cap),
    Action("quota.switch", N_("What uses a place…"), QuotaPage.choose_switch),
    Action("quota.window", N_("Dates of the programme…"), QuotaPage.change_window),
    Action("quota.try", N_("Try other figures…"), QuotaPage.try_year),
)


def _figure_text(figure: str) -> str:
    """What a figure of the board counts, for the filter of the list that it opens."""
    if figure in (quota.USED, quota.NEAR_BOUNDARY, quota.PENDING, quota.LETTERS, quota.PERMITS):
        return figure_label(figure)
    month = figure.rpartition("-")[2]
    if month.isdecimal():
        return words.month_short(int(month))
    return name_of(figure, "outcome")
