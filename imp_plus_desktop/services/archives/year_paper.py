# SPDX-License-Identifier: Apache-2.0
"""The reports of a year as sheets to be laid out for archives (PDF/A).

    report_sheet(office, period) -> Sheet    a year or a quarter: as closed where it is, else now
    cap_sheet(office, year) -> Sheet         the annual cap: board, months, quarters, over cap

The figures and their words are those of the reports and of the workbook. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from imp_plus_desktop.domain.quota.reports import Period
from imp_plus_desktop.exchange.correspondence.filled import PAGE, PAGES, Sheet
from imp_plus_desktop.i18n import _, format_day, format_number
from imp_plus_desktop.services.correspondence.letterhead import letterhead
from imp_plus_desktop.services.exports.plain_tables import quota_tables
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import periods, reports
from imp_plus_desktop.words.proof.check_texts import head_line
from imp_plus_desktop.words.report_texts import (
    choices_text,
    correction_text,
    counting_text,
    figure_label,
    override_text,
    period_days,
    period_text,
    report_title,
)

_MARGINS = (18.0, 18.0, 18.0, 18.0)


def report_sheet(office: Office, period: Period) -> Sheet:
    """A report as it was closed, with what was corrected since, or as it is today."""
    made = reports.make(office, period)
    closed = periods.closed(office, period.year, period.number)
    kept = {} if closed is None else {figure.code: figure for figure in closed.figures}
    rows = []
    for figure in made.report.figures:
        was = kept.get(figure.code)
        of_period = figure.number if was is None else was.number
        since = len(figure.to_date) if was is None else was.to_date
        rows.append((figure_label(figure.code), format_number(of_period), format_number(since)))
    if closed is None:
        state = _("as of {day}").format(day=format_day(made.as_of))
        head = checking.head(office)
    else:
        state = _("closed on {day}").format(day=format_day(closed.closed_on))
        head = checking.head_at(office, closed.act)
    stands_on = closed or made
    lines = [
        choices_text(stands_on.switches),
        counting_text(),
        _("Programme data: version {version}").format(version=stands_on.programme_version),
        *(override_text(one) for one in stands_on.overrides),
    ]
    body = [
        *_heading(office, report_title(period.kind), f"{period_text(period)} · {state}"),
        f"<p>{escape(period_days(period))}</p>",
        _table((_("Figure"), _("Period"), _("Since January 1")), rows, {1, 2}),
    ]
    corrected = [] if closed is None else periods.corrections(office, closed)
    if corrected:
        body.append(f"<h2>{escape(_('Corrected since'))}</h2>")
        body += _paragraphs(correction_text(c.code, c.then, c.now, c.acts) for c in corrected)
    return _sheet([*body, *_paragraphs([*lines, head_line(head)])])


def cap_sheet(office: Office, year: int) -> Sheet:
    """The annual cap as the office knows it today."""
    title = _("Annual cap {year}").format(year=year)
    body = _heading(office, title, format_day(office.clock.today()))
    for made in quota_tables(office, year):
        body += [f"<h2>{escape(made.title)}</h2>", _table(made.header, made.rows, made.right)]
    return _sheet([*body, *_paragraphs([head_line(checking.head(office))])])


def _heading(office: Office, title: str, subtitle: str) -> list[str]:
    name = letterhead(office).name
    return [
        *([f"<p><b>{escape(name)}</b></p>"] if name else []),
        f"<h1>{escape(title)}</h1><p>{escape(subtitle)}</p>",
    ]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int]) -> str:
    at_right = set(right)

    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag} align='{'right' if place in at_right else 'left'}'>{escape(text)}</{tag}>"
            for place, text in enumerate(row)
        )

    lines = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table width='100%' cellpadding='2'><tr>{cells(header, 'th')}</tr>{lines}</table>"


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [f"<p><small>{escape(line)}</small></p>" for line in lines]


def _sheet(body: Iterable[str]) -> Sheet:
    foot = escape(_("Page {page} of {pages}").format(page=PAGE, pages=PAGES))
    html = "".join(body)
    return Sheet(html, foot=f"<p align='center'>{foot}</p>", margins=_MARGINS, archival=True)
