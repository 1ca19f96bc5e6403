# SPDX-License-Identifier: Apache-2.0
"""The board of a year: both ledgers, the curve with where the pace leads, the months, the figures.

    BoardView(parent=None)     show_board(board), retranslate()
        signal figure_opened(str)      a figure of the quota service: its rows are asked for

Must not count anything itself: the board's numbers come in.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.i18n import _, format_day, format_day_short, format_percent, format_time
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import PENDING, Board, LedgerUse
from imp_plus_desktop.ui.charts.boards import cap_view, official_note, year_view
from imp_plus_desktop.ui.charts.column_bars import ColumnBars
from imp_plus_desktop.ui.charts.figures import FigureLine, FigureList
from imp_plus_desktop.ui.charts.gauge import CapGauge
from imp_plus_desktop.ui.charts.year_chart import YearChart
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.findings import tip_of
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Beside, Card, Scroll
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.messages import name_of, projection_text
from imp_plus_desktop.words.report_texts import (
    choices_text,
    figure_label,
    intake_text,
    pace_text,
)

_BAD_FROM = 97


class BoardView(Scroll):
    """The year's figures; each opens the rows behind it."""

    figure_opened = Signal(str)

    def __init__(self) -> None:
        inner = Beside(theme.metrics().body * 58)
        super().__init__(inner)
        self._board: Board | None = None
        self._cap_card, self._gauge, self._chart = Card(wrap=True), CapGauge(), YearChart()
        self._intake = label(role="secondary", tone=Tone.WARN, wrap=True)
        self._forecast = label(role="secondary", wrap=True)
        self._months_card, self._months = Card(), ColumnBars()
        self._unit = ChoiceChips()
        self._lists = {key: (Card(), FigureList()) for key in ("counts", "outcomes", "mifi")}
        self._foot = label(role="small", wrap=True)
        self._assemble(inner)
        self._unit.chosen.connect(self._on_unit_chosen)
        self._months.opened.connect(self._on_month_opened)
        for _card, figures in self._lists.values():
            figures.activated.connect(self.figure_opened)

    def show_board(self, board: Board) -> None:
        """Show the board of a year."""
        self._board = board
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew."""
        set_name(self._gauge, _("Cap"))
        set_name(self._chart, _("Places used over the year"))
        set_name(self._months, _("By month"))
        self._months_card.set_title(_("By month"))
        self._unit.set_choices(
            [
                Choice("", _("Applications")),
                Choice(quota.LETTERS, _("Letters")),
                Choice(quota.PERMITS, _("Permits")),
            ]
        )
        if self._board is not None:
            self._show(self._board)

    def _show(self, board: Board) -> None:
        self._cap_card.set_title(
            _("Annual cap {year}").format(year=board.year), official_note(board)
        )
        closed = intake_text(board.intake)
        self._intake.setText(f"▲ {closed}" if closed else "")
        self._intake.setVisible(bool(closed))
        self._gauge.show_cap(cap_view(board))
        self._chart.show_year(year_view(board))
        said = (projection_text(board.projection, board.projection_refused), pace_text(board.paces))
        self._forecast.setText("\n".join(filter(None, said)))
        self._forecast.setVisible(any(said))
        self._show_months(board)
        self._fill("counts", _("Two counts of the places"), count_lines(board))
        self._fill("outcomes", _("Our applications by outcome"), outcome_lines(board))
        self._fill("mifi", _("Letters and permits, MIFI’s annual limit"), ledger_lines(board))
        self._foot.setText(_foot(board))
        for finding in board.findings:
            key = "counts" if finding.rule == "CAP-02" else "mifi"
            card = self._lists[key][0]
            set_tip(card, "\n".join(filter(None, (card.toolTip(), tip_of(finding)))))

    def _fill(self, key: str, title: str, lines: Sequence[FigureLine]) -> None:
        card, figures = self._lists[key]
        card.set_title(title)
        set_tip(card, "")
        figures.set_lines(lines)

    def _show_months(self, board: Board) -> None:
        by_unit = {
            "": (board.by_month, _("No application in {year}")),
            quota.LETTERS: (board.letters.by_month, _("No letter in {year}")),
            quota.PERMITS: (board.permits.by_month, _("No permit in {year}")),
        }
        counts, empty = by_unit[self._unit.chosen_key() or ""]
        months = [words.month_short(month) for month in range(1, 13)]
        self._months.show_columns(months, counts, empty.format(year=board.year))

    def _on_unit_chosen(self, key: str) -> None:
        if self._board is not None:
            self._show_months(self._board)

    def _on_month_opened(self, place: int) -> None:
        if self._board is None:
            return
        unit = self._unit.chosen_key()
        prefix = f"{unit}-" if unit else ""
        self.figure_opened.emit(f"{prefix}{self._board.year}-{place + 1:02d}")

    def _assemble(self, inner: Beside) -> None:
        self._cap_card.body.addWidget(self._intake)
        self._cap_card.body.addWidget(self._gauge)
        self._cap_card.body.addWidget(self._chart, 1)
        self._cap_card.body.addWidget(self._forecast)
        self._months_card.head.addStretch(1)
        self._months_card.head.addWidget(self._unit)
        self._months_card.body.addWidget(self._months, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._cap_card, 6)
        left.addWidget(self._months_card, 4)
        for card, figures in self._lists.values():
            card.body.addWidget(figures)
            card.body.addStretch(1)
            right.addWidget(card)
        self._lists["mifi"][0].body.addWidget(self._foot)
        right.setStretch(2, 1)
        inner.parts.addLayout(left, 5)
        inner.parts.addLayout(right, 3)
        for layout in (left, right):
            layout.setSpacing(theme.space(3))


def count_lines(board: Board) -> list[FigureLine]:
    """The office's own count and the official one, and what remains by the larger."""
    official = board.official
    shown = words.number
    return [
        FigureLine(_("Cap in force"), shown(board.cap)),
        FigureLine(figure_label("used"), shown(board.used), quota.USED),
        FigureLine(
            _("Received, official count"),
            shown(official.received if official is not None else None),
            note=format_day_short(official.as_of) if official is not None else "",
        ),
        FigureLine(figure_label("effective_used"), shown(board.effective_used)),
        FigureLine(_("Places left"), shown(board.remaining), tone=_tone(board.level)),
        FigureLine(
            figure_label("over_cap"),
            shown(board.over_cap),
            quota.OVER_CAP if board.over_cap else "",
            tone=Tone.WARN if board.over_cap else Tone.PLAIN,
        ),
        FigureLine(
            figure_label("near_boundary"),
            shown(board.near_boundary),
            quota.NEAR_BOUNDARY if board.near_boundary else "",
            tone=Tone.WARN if board.near_boundary else Tone.PLAIN,
        ),
    ]


def outcome_lines(board: Board) -> list[FigureLine]:
    """Our applications by outcome; the official counts stand beside where there are any."""
    official = board.official
    told = {
        Outcome.APPROVED.value: official.approved if official else None,
        Outcome.REFUSED.value: official.refused if official else None,
        Outcome.WITHDRAWN.value: official.withdrawn if official else None,
    }
    lines = []
    for code in (PENDING, *(outcome.value for outcome in Outcome)):
        count, known = board.by_outcome.get(code, 0), told.get(code)
        text = figure_label(PENDING) if code == PENDING else name_of(code, "outcome")
        note = ""
        if known is not None:
            note = _("official {count}").format(count=words.number(known))
        lines.append(FigureLine(text, words.number(count), code if count else "", note=note))
    return lines


def ledger_lines(board: Board) -> list[FigureLine]:
    """MIFI's two units, each against its own limit."""
    return [
        _ledger_line(_("Letters"), board.letters),
        _ledger_line(_("Permits"), board.permits),
    ]


def _ledger_line(text: str, use: LedgerUse) -> FigureLine:
    value = words.number(use.effective)
    if use.limit is not None:
        value = _("{count} of {limit}").format(count=value, limit=words.number(use.limit))
    parts = []
    if use.effective != use.own:
        parts.append(_("ours {count}").format(count=words.number(use.own)))
    if use.level is not None and use.limit:
        parts.append(format_percent(use.effective / use.limit))
    share = use.effective / use.limit if use.limit else None
    key = use.ledger.value if use.own else ""
    return FigureLine(text, value, key, share, _tone(use.level), ", ".join(parts))


def _tone(level: int | None) -> Tone:
    if level is None:
        return Tone.PLAIN
    return Tone.BAD if level >= _BAD_FROM else Tone.WARN


def _foot(board: Board) -> str:
    """The choices of the year, and when the register was last written to."""
    said = choices_text(board.switches)
    if board.updated_at is None:
        return said
    at = board.updated_at.astimezone()
    updated = _("Last updated: {day}, {time}").format(
        day=format_day(at.date()), time=format_time(at)
    )
    return f"{said}\n{updated}"
