# SPDX-License-Identifier: Apache-2.0
"""The programme's figures with their sources: shown, set, looked up again, taken out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.figures.holidays import WORKS
from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.figures import effects, files, own
from imp_plus_desktop.services.figures.effects import Affected
from imp_plus_desktop.services.figures.files import Change
from imp_plus_desktop.services.figures.own import Entry, Reading
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.services.workdays.workdays import workdays
from imp_plus_desktop.words.figures.figure_texts import (
    due_text,
    figure_source,
    group_text,
    name_text,
    shipped_text,
    value_text,
)
from imp_plus_desktop.words.figures.file_texts import (
    count_text,
    effect_text,
    effect_value,
    entry_text,
    entry_value,
    signature_text,
)
from imp_plus_desktop.words.figures.workday_texts import because_text, holiday_source


def run_figures(office: Office, args: Namespace) -> Answer:
    """The figures in force, each with its source and the day to look it up again; or an act on
    one of them first."""
    if args.action is None:
        if args.figure is not None or args.value is not None:
            raise InvalidInput("figure_incomplete")
        return _shown(office, only_due=args.due)
    names = [args.figure] if args.figure is not None else []
    if args.action == "read" and args.due:
        names += [one.name for one in figures.due(office)]
    if args.figure is None and not (args.action == "read" and args.due):
        raise InvalidInput("figure_incomplete")
    act = _done(office, args, names)
    every = [*figures.listed(office), *figures.to_come(office)]
    found = [one for one in every if one.name in names]
    today = office.clock.today()
    lines = [_line(one, today) for one in found]
    if act is not None:
        lines.append(output.act_line(act))
    return Answer({"act": act, "figures": [_figure(one, today) for one in found]}, lines)


def programme_file(office: Office, args: Namespace) -> Answer:
    """What a file of figures changes and whom that touches; unless it is a trial, it is taken."""
    file = files.read(office, args.file)
    found = files.changes(office, file)
    if not args.dry_run:
        files.refuse_untrusted(file, args.trust)
    told = effects.foresee(office, file)
    act = None if args.dry_run else files.take(office, file, args.trust)
    vouched = signature_text(file.signature, file.key, file.fingerprint)
    lines = [f"{file.table.name} ({format_iso(file.table.issued)})", vouched]
    lines += [_change_line(one) for one in found]
    lines.append(count_text(len(found), told.people, told.files))
    lines += [_effect_line(one) for one in told.affected]
    if act is not None:
        lines.append(output.act_line(act))
    data = {
        "name": file.table.name,
        "issued": file.table.issued,
        "signature": file.signature,
        "key": file.key,
        "fingerprint": file.fingerprint,
        "changes": [_change(one) for one in found],
        "affected": [_affected(one) for one in told.affected],
        "files": told.files,
        "act": act,
    }
    return Answer(data, lines)


def _change(one: Change) -> dict[str, Any]:
    return {
        "entry": one.entry.name,
        "year": one.entry.year,
        "before": one.before,
        "after": one.after,
        "from": one.entry.from_day,
        "source": one.entry.source,
    }


def _change_line(one: Change) -> str:
    entry = one.entry
    return "  ".join(
        (
            f"  {entry_text(entry.name, entry.year)}",
            f"{entry_value(entry.name, one.before)} → {entry_value(entry.name, one.after)}",
            _("from {day}").format(day=format_iso(entry.from_day)),
            entry.source,
        )
    )


def _affected(one: Affected) -> dict[str, Any]:
    return {
        "person": one.person,
        "name": one.name,
        "what": one.what,
        "of": one.of or None,
        "before": _effect(one.before),
        "after": _effect(one.after),
        "on": one.on,
    }


def _effect(value: str | date | int | None) -> str | date | float | None:
    return value / 100 if isinstance(value, int) else value


def _effect_line(one: Affected) -> str:
    values = f"{effect_value(one.before)} → {effect_value(one.after)}"
    return f"  #{one.person}  {one.name}  {effect_text(one.what, one.of)}  {values}"


def show_holidays(office: Office, args: Namespace) -> Answer:
    """The holidays of a year, with the days on which the office is closed besides."""
    year = args.year or office.clock.today().year
    found = workdays(office).of_year(year)
    data = [
        {
            "day": one.day,
            "because": one.because,
            "name": because_text(one.because),
            "source": one.source,
            "by_office": one.by_office,
            "closed": one.because != WORKS,
        }
        for one in found
    ]
    lines = [
        "  ".join((format_iso(one.day), because_text(one.because), holiday_source(one)))
        for one in found
    ]
    return Answer({"year": year, "holidays": data}, lines)


def _done(office: Office, args: Namespace, names: Sequence[str]) -> ActId | None:
    from_day, reading = args.from_day, Reading(args.on, args.again)
    if args.action == "set":
        if args.value is None:
            raise InvalidInput("figure_incomplete")
        day = from_day or office.clock.today()
        entry = Entry(args.figure, args.value, day, args.source, args.year)
        return own.set_figure(office, entry, reading)
    if args.value is not None:
        raise InvalidInput("figure_incomplete")
    if args.action == "read":
        return own.look_up(office, names, reading, args.source) if names else None
    return own.take_out(office, args.figure, from_day, args.year)


def _shown(office: Office, *, only_due: bool) -> Answer:
    today = office.clock.today()
    every = figures.listed(office)
    due = [one for one in every if one.is_due(today)]
    shown = due if only_due else [*every, *figures.to_come(office)]
    lines = [_line(one, today) for one in shown]
    data = {"figures": [_figure(one, today) for one in shown], "due": len(due)}
    return Answer(data, [*lines, due_text(len(due))])


def _line(one: Figure, today: date) -> str:
    again = "" if one.again_on is None else format_iso(one.again_on)
    since = ""
    if one.since is not None and one.since > today:
        since = _("from {day}").format(day=format_iso(one.since))
    shipped = shipped_text(one)
    source = figure_source(one)
    told = (group_text(one.group), name_text(one), value_text(one), since, shipped, source, again)
    return ("▲ " if one.is_due(today) else "  ") + "  ".join(part for part in told if part)


def _figure(one: Figure, today: date) -> dict[str, Any]:
    return {
        "group": one.group,
        "figure": one.name,
        "year": one.year,
        "value": _plain(one.value),
        "unit": one.unit,
        "since": one.since,
        "source": one.source or None,
        "by_office": one.own,
        "shipped": _plain(one.shipped),
        "in_force": one.since is None or one.since <= today,
        "read_on": one.read_on,
        "again_on": one.again_on,
        "due": one.is_due(today),
    }


def _plain(value: date | int | Decimal | None) -> date | int | float | None:
    return float(value) if isinstance(value, Decimal) else value


RUNS: Mapping[str, Run] = {
    "figures": run_figures,
    "holidays": show_holidays,
    "programme-file": programme_file,
}
"""What does each command of this module."""
