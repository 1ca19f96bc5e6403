# SPDX-License-Identifier: Apache-2.0
"""Reports of a week, a quarter or a year: on screen, on paper, and closed for good.

    ReportsView(shell)         refresh(), retranslate()
        period() -> Period             what it is about
        signal rows_opened(object)     the page's (kind of rows, Chosen)
        signal period_shown()          another period may be in front

A closed period shows its figures as they were, with what was corrected since beside them. Must
not count anything itself: the services do.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.quota.reports import Period, ReportKind
from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import periods, reports
from imp_plus_desktop.services.quota.periods import Closed, Correction
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.ui.charts.column_bars import ColumnBars
from imp_plus_desktop.ui.charts.figures import FigureLine, FigureList
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.paper.paper import Line, Paper, Part, Table
from imp_plus_desktop.ui.quota.report_line import Opening, ReportLine
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen
from imp_plus_desktop.ui.widgets.frames import Card, Scroll
from imp_plus_desktop.ui.widgets.labels import button, clear, label, line, making
from imp_plus_desktop.words.messages import finding_fix, finding_text
from imp_plus_desktop.words.proof.check_texts import head_line, short_head_text
from imp_plus_desktop.words.report_texts import (
    choices_text,
    correction_text,
    counting_text,
    figure_label,
    override_text,
    period_days,
    period_short,
    period_text,
    report_title,
)

_SHOWN = {ReportKind.WEEKLY: 53, ReportKind.QUARTERLY: 16, ReportKind.YEARLY: 6}
_TREND = {ReportKind.WEEKLY: 12, ReportKind.QUARTERLY: 8, ReportKind.YEARLY: 6}
_CLOSABLE = {ReportKind.QUARTERLY: 5, ReportKind.YEARLY: 3}
_LINK_FRAME = 3
"""What a link has at its left and right beyond its words: see the style sheet."""
_ROWS = {"letters": "letters", "issued": "permits"}


class ReportsView(QWidget):
    """One report with its period, its choices and its closing."""

    rows_opened = Signal(str, object)
    period_shown = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._made: PreparedReport | None = None
        self._closed: Closed | None = None
        self._corrections: tuple[Correction, ...] = ()
        self._periods: list[Period] = []
        self._kind = ChoiceChips()
        self._period = FilterChip()
        self._print, self._pdf = button(), button()
        self._close = button(role="accent")
        making("periods.close", self._close)
        making("out.print", self._print)
        making("out.export", self._pdf)
        self._card, self._grid = Card(), QGridLayout()
        self._basis_card, self._basis = Card(), FigureList()
        self._basis_note = label(role="small", wrap=True)
        self._closing_card = Card()
        self._closing = label(wrap=True)
        self._changes = QVBoxLayout()
        self._trend_title, self._trend = label(role="heading"), ColumnBars()
        self._kept_title, self._kept = label(role="heading"), FigureList()
        self._assemble()
        self._kind.chosen.connect(self._on_kind_chosen)
        self._period.changed.connect(self._on_period_changed)
        self._print.clicked.connect(self._on_print_clicked)
        self._pdf.clicked.connect(self._on_pdf_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        self._trend.opened.connect(self._on_trend_opened)
        self._kept.activated.connect(self._on_kept_activated)

    def refresh(self) -> None:
        """Make the report of the chosen period anew."""
        office = self.shell.office
        period = self._chosen_period()
        self._made = reports.make(office, period)
        self._closed, self._corrections = None, ()
        if period.kind is not ReportKind.WEEKLY:
            self._closed = periods.closed(office, period.year, period.number)
        if self._closed is not None:
            self._corrections = periods.corrections(office, self._closed)
        self.retranslate()
        self.period_shown.emit()

    def period(self) -> Period:
        """The period whose report is in front, or would be."""
        return self._chosen_period()

    def retranslate(self) -> None:
        """Write every text anew."""
        self._kind.set_choices(
            [
                Choice(ReportKind.QUARTERLY.value, _("Quarter")),
                Choice(ReportKind.WEEKLY.value, _("Week")),
                Choice(ReportKind.YEARLY.value, _("Year")),
            ]
        )
        self._fill_periods()
        self._print.setText(_("Print…"))
        self._pdf.setText(_("PDF…"))
        if self._made is not None:
            self._show(self._made)

    def paper(self) -> Paper:
        """The report as it goes on paper: as closed if it is, else as it is now."""
        made = self._made or reports.make(self.shell.office, self._chosen_period())
        period, closed = made.report.period, self._closed
        if closed is not None:
            state = _("closed on {day}").format(day=format_day(closed.closed_on))
        else:
            state = _("as of {day}").format(day=format_day(made.as_of))
        subtitle = f"{period_text(period)}, {period_days(period)} · {state}"
        notes = [
            _limits(closed.caps if closed is not None else made.caps),
            choices_text((closed or made).switches),
            counting_text(),
            _("Programme data: version {version}").format(
                version=(closed or made).programme_version
            ),
            *(override_text(one) for one in (closed or made).overrides),
            head_line(self._head()),
        ]
        figures = Table(
            (_("Figure"), _("Period"), _("Since January 1")),
            tuple((label_, *numbers) for label_, numbers, _ids, _code in self._lines(made)),
            right=frozenset({1, 2}),
        )
        since = (correction_text(c.code, c.then, c.now, c.acts) for c in self._corrections)
        corrected = Part(_("Corrected since"), tuple(Line(text) for text in since))
        parts = (Part(table=figures), corrected) if corrected.lines else (Part(table=figures),)
        name = _("report-{year}").format(year=period.year)
        return Paper(
            report_title(period.kind), subtitle, parts, tuple(notes), name, OutPaper.REPORT
        )

    def _head(self) -> str:
        """The head of the journal, of a closed period as its closing left it."""
        office, closed = self.shell.office, self._closed
        return checking.head(office) if closed is None else checking.head_at(office, closed.act)

    def _lines(
        self, made: PreparedReport
    ) -> list[tuple[str, tuple[str, str], tuple[int, ...], str]]:
        """Label, numbers, rows and code of each figure; as closed if the period is."""
        kept = {figure.code: figure for figure in self._closed.figures} if self._closed else {}
        lines = []
        for figure in made.report.figures:
            was = kept.get(figure.code)
            pair = (figure.number, len(figure.to_date))
            shown = (was.number, was.to_date) if was is not None else pair
            numbers = (words.number(shown[0]), words.number(shown[1]))
            ids = was.ids if was is not None else figure.ids
            lines.append((figure_label(figure.code), numbers, ids, figure.code))
        return lines

    def _show(self, made: PreparedReport) -> None:
        period = made.report.period
        self._card.set_title(report_title(period.kind), period_days(period))
        self._show_figures(made)
        self._show_basis(made)
        self._show_closing(period)
        self._show_trend(period)
        self._show_kept()

    def _show_trend(self, period: Period) -> None:
        """The latest periods, with the one shown among them where it is."""
        self._trend_title.setText(figure_label("received"))
        set_name(self._trend, figure_label("received"))
        shown = self._trend_periods()
        counts = reports.receipts_by_period(self.shell.office, shown)
        marked = shown.index(period) if period in shown else None
        short = [period_short(one) for one in shown]
        self._trend.show_columns(short, counts, _("No application in these periods"), marked)

    def _show_kept(self) -> None:
        """The latest quarters and years that are over, and whether each is closed."""
        office, today = self.shell.office, self.shell.today()
        kept = {_key(one.period): one.closed_on for one in periods.closed_periods(office)}
        over = [
            period
            for kind, count in _CLOSABLE.items()
            for period in reports.latest(office, kind, count)
            if period.last < today
        ]
        self._kept_title.setText(_("Quarters and years that are over"))
        self._kept.set_lines(
            [
                FigureLine(period_text(one), _closed_word(kept.get(_key(one))), _key(one))
                for one in over
            ]
        )

    def _show_figures(self, made: PreparedReport) -> None:
        clear(self._grid)
        right = Qt.AlignmentFlag.AlignRight
        for column, text in enumerate((_("Period"), _("Since January 1")), start=1):
            head = label(text, "small")
            head.setContentsMargins(0, 0, _LINK_FRAME if column == 1 else 0, 0)
            self._grid.addWidget(head, 0, column, right)
        for number, (text, numbers, ids, code) in enumerate(self._lines(made), start=1):
            row = number * 2
            self._grid.addWidget(line(), row - 1, 0, 1, 3)
            words_ = label(text)
            shown: QWidget = label(numbers[0], "heading")
            # As wide and as high as a number that opens its rows.
            shown.setContentsMargins(_LINK_FRAME, 1, _LINK_FRAME, 1)
            if ids:
                link = button(numbers[0], "link")
                set_name(link, f"{text}: {numbers[0]}")
                set_tip(link, _("Show these rows"))
                chosen = Chosen(ids, f"{text}, {period_text(made.report.period)}")
                opening = Opening(link, self.rows_opened, _ROWS.get(code, "applications"), chosen)
                link.clicked.connect(opening.open)
                self._grid.addWidget(ReportLine(link), row, 0, 1, 3)
                shown = link
            since = label(numbers[1], "secondary")
            for one in (words_, since):
                # A click on the words is one on the line behind them.
                one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, bool(ids))
            self._grid.addWidget(words_, row, 0)
            self._grid.addWidget(shown, row, 1, right)
            self._grid.addWidget(since, row, 2, right)

    def _show_basis(self, made: PreparedReport) -> None:
        self._basis_card.set_title(
            _("What it stands on"), _("on {day}").format(day=format_day(made.as_of))
        )
        caps = self._closed.caps if self._closed is not None else made.caps
        use = self._closed.use if self._closed is not None else made.use
        lines = [FigureLine(figure_label(f"cap_{n}"), words.number(caps[n])) for n in caps]
        lines += [
            FigureLine(figure_label(f"use_{name}"), words.number(use[name]))
            for name in ("used", "effective_used", "over_cap")
        ]
        self._basis.set_lines(lines)
        finding = [f"{finding_text(made.finding)}."]
        if made.report.undated:
            finding = ["▲ " + finding[0], finding_fix(made.finding) or ""]
        choices = choices_text((self._closed or made).switches)
        notes = [*finding, choices, counting_text()]
        self._basis_note.setText(" ".join(notes))
        set_tip(self._basis_note, made.finding.rule)

    def _show_closing(self, period: Period) -> None:
        closable = period.kind is not ReportKind.WEEKLY
        over = self.shell.today() > period.last
        self._close.setVisible(closable and self._closed is None)
        self._close.setEnabled(over)
        yearly = period.kind is ReportKind.YEARLY
        self._close.setText(_("Close the year") if yearly else _("Close the quarter"))
        self._closing_card.set_title(_("Closing"))
        self._closing.setText(self._closing_text(period, over))
        clear(self._changes)
        for change in self._corrections:
            text = correction_text(change.code, change.then, change.now, change.acts)
            self._changes.addWidget(label("▲ " + text, "finding", Tone.WARN, wrap=True))

    def _closing_text(self, period: Period, over: bool) -> str:
        if period.kind is ReportKind.WEEKLY:
            return _("A week is not closed; quarters and years are.")
        if self._closed is not None:
            said = _("Closed on {day}. The figures stand as they were then.").format(
                day=format_day(self._closed.closed_on)
            )
            if self._corrections:
                return said + " " + _("Corrected since:")
            return said + " " + _("Nothing was corrected since.")
        if not over:
            first = period.last + timedelta(days=1)
            return _("Still running: it can be closed from {day} on.").format(day=format_day(first))
        return _(
            "Not closed yet. Closing keeps the figures as they are today; what is corrected later "
            "is listed beside them."
        )

    def _trend_periods(self) -> list[Period]:
        return self._periods[: _TREND[self._chosen_kind()]][::-1]

    def _choose(self, period: Period) -> None:
        """Show another period."""
        self._kind.choose(period.kind.value, tell=False)
        self._fill_periods()
        latest = self._periods[0]
        self._period.set_value(None if period == latest else period)
        self.refresh()

    def _chosen_kind(self) -> ReportKind:
        return ReportKind(self._kind.chosen_key() or ReportKind.QUARTERLY.value)

    def _chosen_period(self) -> Period:
        found = reports.latest(self.shell.office, self._chosen_kind(), 1)[0]
        value = self._period.value()
        return value if isinstance(value, Period) and value.kind is found.kind else found

    def _fill_periods(self) -> None:
        kind = self._chosen_kind()
        self._periods = reports.latest(self.shell.office, kind, _SHOWN[kind])
        latest, *others = self._periods
        self._period.set_choices(
            _("Period"), period_text(latest), [(one, period_text(one)) for one in others]
        )

    def _on_kind_chosen(self, key: str) -> None:
        self._period.set_value(None)
        self.refresh()

    def _on_period_changed(self, value: object) -> None:
        self.refresh()

    def _on_trend_opened(self, place: int) -> None:
        self._choose(self._trend_periods()[place])

    def _on_kept_activated(self, key: str) -> None:
        year, _dash, quarter = key.partition("-")
        kind = ReportKind.QUARTERLY if quarter else ReportKind.YEARLY
        self._choose(reports.period_of(kind, int(year), int(quarter) if quarter else None))

    def _on_print_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.register.paper import put_on_paper

        put_on_paper(self.shell, self, self.paper())

    def _on_pdf_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.register.paper import save_as_pdf

        save_as_pdf(self.shell, self, self.paper())

    def _on_close_clicked(self) -> None:
        period = self._chosen_period()
        act = periods.close(self.shell.office, period.year, period.number)
        said = _("{period} is closed.").format(period=period_text(period))
        head = short_head_text(checking.head_at(self.shell.office, act))
        noted = _("Head of the journal: {head}").format(head=head)
        self.shell.changed(f"{said} {noted}", act)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.space(2))
        for widget in (self._kind, self._period):
            top.addWidget(widget)
        top.addStretch(1)
        for made in (self._print, self._pdf, self._close):
            top.addWidget(made)
        self._grid.setHorizontalSpacing(theme.space(5))
        self._grid.setVerticalSpacing(theme.space(1))
        self._grid.setColumnStretch(0, 1)
        self._card.body.addLayout(self._grid)
        self._card.body.addSpacing(theme.space(3))
        self._card.body.addWidget(self._trend_title)
        self._card.body.addWidget(self._trend, 1)
        self._basis_card.body.addWidget(self._basis)
        self._basis_card.body.addWidget(self._basis_note)
        self._basis_card.body.addStretch(1)
        self._closing_card.body.addWidget(self._closing)
        self._closing_card.body.addLayout(self._changes)
        self._closing_card.body.addSpacing(theme.space(2))
        self._closing_card.body.addWidget(self._kept_title)
        self._closing_card.body.addWidget(self._kept)
        self._closing_card.body.addStretch(1)
        inner = QWidget()
        right = QVBoxLayout()
        right.addWidget(self._basis_card)
        right.addWidget(self._closing_card, 1)
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(self._card, 5)
        columns.addLayout(right, 4)
        for layout in (right, columns):
            layout.setSpacing(theme.space(3))
        layout_ = QVBoxLayout(self)
        layout_.setContentsMargins(0, 0, 0, 0)
        layout_.setSpacing(theme.space(3))
        layout_.addLayout(top)
        layout_.addWidget(Scroll(inner), 1)


def _limits(caps: Mapping[str, int | None]) -> str:
    """The limits on the period's last day, in one line."""
    return " · ".join(
        _("{name}: {value}").format(name=figure_label(f"cap_{n}"), value=words.number(v))
        for n, v in caps.items()
    )


def _key(period: Period) -> str:
    return f"{period.year}-{period.number}" if period.number is not None else str(period.year)


def _closed_word(day: date | None) -> str:
    return _("not closed") if day is None else _("closed on {day}").format(day=words.iso(day))
