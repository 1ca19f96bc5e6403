# SPDX-License-Identifier: Apache-2.0
"""The commands about reports, cross tables, and about closing a quarter or a year."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.commands.register_commands import progress
from imp_plus_desktop.domain.quota.reports import Override, Period, ReportKind
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import DIMENSIONS, pivot_of
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_day, format_number
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.exports import Exported
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.listing.pivots import PivotTable
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import aside, checking
from imp_plus_desktop.services.quota import periods, reports
from imp_plus_desktop.services.quota.periods import Closed, Correction
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.words import pivot_texts as pivot_words
from imp_plus_desktop.words import report_texts as words
from imp_plus_desktop.words.proof.check_texts import head_line, head_text


def report(office: Office, args: Namespace) -> Answer:
    """A report as the register knows it now, or as it was when its period was closed."""
    period = _period(office, args)
    snapshot = None
    if period.kind is not ReportKind.WEEKLY:
        snapshot = periods.closed(office, period.year, period.number)
    if args.closed:
        if snapshot is None:
            raise InvalidInput("period_open")
        return _closed_answer(office, snapshot, args.xlsx)
    made = aside.read(office, lambda reading: reports.make(reading, period))
    data = {**_report_data(made), "closed_on": snapshot.closed_on if snapshot else None}
    if args.xlsx is None:
        return Answer(data, _report_lines(made))
    written, said = _said(exports.export_report(office, args.xlsx, made))
    return Answer({**data, **written}, [*_report_lines(made), *said])


def _said(done: Exported) -> tuple[dict[str, Any], list[str]]:
    """What to answer of the workbook that was asked for."""
    return {"xlsx": str(done.path), "sheets": list(done.sheets)}, [output.written_line(done)]


def close(office: Office, args: Namespace) -> Answer:
    act = periods.close(office, args.year, args.quarter)
    head = checking.head_at(office, act)
    return Answer({"act": act, "head": head}, [output.act_line(act), head_line(head)])


def _period(office: Office, args: Namespace) -> Period:
    kind = ReportKind(args.kind)
    if args.year is not None:
        return reports.period_of(kind, args.year, args.number)
    if args.of is not None:
        return reports.period_at(kind, args.of)
    return reports.latest(office, kind, 1)[0]


def _period_data(period: Period) -> dict[str, Any]:
    return {
        "kind": period.kind,
        "year": period.year,
        "number": period.number,
        "first": period.first,
        "last": period.last,
    }


def _report_data(made: PreparedReport) -> dict[str, Any]:
    return {
        "rule": made.report.rule,
        **_period_data(made.report.period),
        "as_of": made.as_of,
        "figures": {figure.code: figure.number for figure in made.report.figures},
        "to_date": {figure.code: len(figure.to_date) for figure in made.report.figures},
        "rows": {figure.code: list(figure.ids) for figure in made.report.figures},
        "undated": list(made.report.undated),
        "caps": dict(made.caps),
        "use": dict(made.use),
        "switches": {
            "returned": made.switches.returned_uses_place,
            "extension": made.switches.extension_uses_place,
        },
        "programme": made.programme_version,
        "findings": [output.finding(made.finding)],
        "overrides": [_override(one) for one in made.overrides],
    }


def _report_lines(made: PreparedReport) -> list[str]:
    period = made.report.period
    lines = [
        f"{words.report_title(period.kind)} · {words.period_text(period)}, "
        f"{words.period_days(period)}"
    ]
    for figure in made.report.figures:
        since = _("since January 1: {count}").format(count=format_number(len(figure.to_date)))
        label = output.labelled(words.figure_label(figure.code), format_number(figure.number))
        lines.append(f"  {label}  ({since})")
    lines += [f"  {words.choices_text(made.switches)}", f"  {words.counting_text()}"]
    lines += [f"  {words.override_text(one)}" for one in made.overrides]
    return lines + output.finding_lines((made.finding,))


def _closed_answer(office: Office, snapshot: Closed, out: Path | None) -> Answer:
    """Exit 1 when something was corrected since."""
    found = aside.read(office, lambda reading: periods.corrections(reading, snapshot))
    data = {
        **_period_data(snapshot.period),
        "closed_on": snapshot.closed_on,
        "act": snapshot.act,
        "figures": {figure.code: figure.number for figure in snapshot.figures},
        "to_date": {figure.code: figure.to_date for figure in snapshot.figures},
        "caps": dict(snapshot.caps),
        "use": dict(snapshot.use),
        "switches": {
            "returned": snapshot.switches.returned_uses_place,
            "extension": snapshot.switches.extension_uses_place,
        },
        "rows": {figure.code: list(figure.ids) for figure in snapshot.figures},
        "official": snapshot.official,
        "undated": snapshot.undated,
        "programme": snapshot.programme_version,
        "corrections": [_correction(one) for one in found],
        "overrides": [_override(one) for one in snapshot.overrides],
    }
    title = _("{period}, closed on {day}").format(
        period=words.period_text(snapshot.period), day=format_day(snapshot.closed_on)
    )
    lines = [title]
    for figure in snapshot.figures:
        number = format_number(figure.number)
        lines.append("  " + output.labelled(words.figure_label(figure.code), number))
    lines += [f"  {words.override_text(one)}" for one in snapshot.overrides]
    lines += [f"  {words.correction_text(one.code, one.then, one.now, one.acts)}" for one in found]
    if out is not None:
        written, said = _said(exports.export_closing(office, out, snapshot, found))
        data, lines = {**data, **written}, [*lines, *said]
    return Answer(data, lines, 1 if found else 0)


def _override(one: Override) -> dict[str, Any]:
    return {
        "act": one.act,
        "on": one.on,
        "event_on": one.event_on,
        "application": one.application,
        "rule": one.rule,
        "reason": one.reason,
    }


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "figure": one.code,
        "then": one.then,
        "now": one.now,
        "rows": one.rows or None,
        "added": list(one.added),
        "removed": list(one.removed),
        "acts": list(one.acts),
    }


def pivot(office: Office, args: Namespace) -> Answer:
    """A list counted by one of its columns, or by two; kept under a name where that is asked."""
    try:
        asked = pivot_of(args.list, args.rows, args.columns)
    except ValueError:
        names = ", ".join(DIMENSIONS[ListKind(args.list)])
        raise InvalidInput("unknown_dimension", names=names) from None
    made = aside.read(office, lambda reading: pivots.table(reading, asked))
    data, lines = _pivot_data(made), _pivot_lines(made)
    if args.xlsx is not None:
        written, said = _said(exports.export_pivot(office, args.xlsx, made))
        data, lines = {**data, **written}, [*lines, *said]
    if args.save is not None:
        act, number = pivots.save(office, args.save, asked, shared=args.office)
        data, lines = {**data, "act": act, "report": number}, [*lines, output.act_line(act)]
    return Answer(data, lines)


def _pivot_data(made: PivotTable) -> dict[str, Any]:
    asked, across = made.pivot, made.columns or (None,)
    return {
        "list": asked.kind,
        "by": [axis.name for axis in asked.axes],
        "columns": list(made.columns),
        "rows": [
            {
                "value": row,
                "figures": [made.figures.get((row, column), 0) for column in across],
                "total": made.of_rows[row],
            }
            for row in made.rows
        ],
        "totals": [made.of_columns.get(column, 0) for column in across],
        "total": made.total,
    }


def _pivot_lines(made: PivotTable) -> list[str]:
    asked = made.pivot
    heads = [pivot_words.value_text(asked, asked.axes[-1], column) for column in made.columns]
    table = [["", *heads, _("Total")]]
    for row in made.rows:
        figures = [made.figures.get((row, column), 0) for column in made.columns]
        told = pivot_words.value_text(asked, asked.axes[0], row)
        table.append([told, *map(format_number, [*figures, made.of_rows[row]])])
    totals = [made.of_columns[column] for column in made.columns]
    table.append([_("Total"), *map(format_number, [*totals, made.total])])
    wide = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [pivot_words.pivot_text(asked)]
    for first, *others in table:
        cells = [text.rjust(width) for text, width in zip(others, wide[1:], strict=True)]
        lines.append("  ".join([f"  {first.ljust(wide[0])}", *cells]))
    return lines


def saved_pivots(office: Office, args: Namespace) -> Answer:
    found = pivots.saved(office)
    data = [
        {
            "report": one.id,
            "name": one.name,
            "owner": one.owner,
            "list": one.pivot.kind,
            "by": [axis.name for axis in one.pivot.axes],
        }
        for one in found
    ]
    return Answer(
        {"reports": data}, [f"{o.name} · {pivot_words.pivot_text(o.pivot)}" for o in found]
    )


def archive(office: Office, args: Namespace) -> Answer:
    """Put a year away in one file."""
    from imp_plus_desktop.services.archives import year_archive

    made = year_archive.write(office, args.year, args.out, progress())
    own = made.own_acts or (None, None, 0)
    data = {
        "file": str(made.path),
        "year": made.year,
        "files": dict(made.files),
        "rows": made.rows,
        "acts": made.acts,
        "head": made.head,
        "year_acts": {"first": own[0], "last": own[1], "count": own[2]},
    }
    lines = [
        _("Archived and verified: {name}").format(name=made.path.name),
        *(f"  {name}" for name, _digest in made.files),
        output.labelled(_("Head of the journal"), head_text(made.head)),
        year_archive.kept_text(),
    ]
    return Answer(data, lines)


RUNS: Mapping[str, Run] = {
    "report": report,
    "pivot": pivot,
    "pivots": saved_pivots,
    "close": close,
    "archive": archive,
}
"""What does each command of this module."""
