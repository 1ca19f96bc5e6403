# SPDX-License-Identifier: Apache-2.0
"""The overview on paper: what ends, what waits, the places of the year or PR, what was done.

    overview_paper(shown, title, today) -> Paper

The words are those of the page. Must not count anything.
"""

from collections.abc import Iterable
from datetime import date

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_iso, format_number
from imp_plus_desktop.services.agenda.overview import Overview, WaitingLine
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.words.messages import act_text, name_of, waiting_text
from imp_plus_desktop.words.report_texts import figure_label
from imp_plus_desktop.words.terms.way_texts import wait_text


def overview_paper(shown: Overview, title: str, today: date) -> Paper:
    """What the page shows, without its links."""
    lines = [line for line in shown.waiting if line.count]
    apart = not shown.board.intake.open
    ends = [line for line in lines if line.ends and apart]
    waits = [line for line in lines if line not in ends]
    parts = [
        _waiting(_("What is ending"), ends),
        _waiting(_("What is waiting") if apart else _("To do"), waits),
        Part() if apart else _places(shown),
        _track(shown),
        _acts(shown, today),
    ]
    said = tuple(part for part in parts if part.table is not None)
    name = _("overview-{day}").format(day=format_iso(today))
    named = frozenset(act.person_id for act in shown.recent if act.person_id is not None)
    day = words.weekday_and_day(today)
    return Paper(title, day, said, name=name, about=OutPaper.OVERVIEW, people=named)


def _waiting(title: str, lines: Iterable[WaitingLine]) -> Part:
    rows = tuple((waiting_text(line.code), words.number(line.count)) for line in lines)
    table = Table((_("What"), _("How many")), rows, frozenset({1}))
    return Part(title, table=table if rows else None)


def _places(shown: Overview) -> Part:
    board = shown.board
    rows = (
        (_("Cap in force"), words.number(board.cap)),
        (figure_label("used"), format_number(board.used)),
        (_("Places left"), words.number(board.remaining)),
    )
    title = _("Annual cap {year}").format(year=board.year)
    return Part(title, table=Table((_("Figure"), _("Places")), rows, frozenset({1})))


def _track(shown: Overview) -> Part:
    """Who has reached each stage of PR, and the usual wait before it."""
    rows = tuple(
        (name_of(one.stage), words.number(one.reached), wait_text(one) if place else "")
        for place, one in enumerate(one for one in shown.track if one.reached)
    )
    table = Table((_("Stage"), _("People"), _("Usual wait")), rows, frozenset({1, 2}))
    return Part(_("Permanent residence"), table=table if rows else None)


def _acts(shown: Overview, today: date) -> Part:
    rows = tuple(
        (words.moment(act.at.astimezone(), today), act.who, act_text(act)) for act in shown.recent
    )
    table = Table((_("When"), _("Who"), _("What was done")), rows)
    return Part(_("Latest acts"), table=table if rows else None)
