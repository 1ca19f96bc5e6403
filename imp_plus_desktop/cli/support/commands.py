# SPDX-License-Identifier: Apache-2.0
"""The report for support, there too where the register does not open; and the programme's figures
with their sources."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import figures, report
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.words.figures.figure_texts import (
    due_text,
    group_text,
    name_text,
    source_text,
    value_text,
)
from imp_plus_desktop.words.support.support_texts import support_text


def support(office: Office, args: Namespace) -> Answer:
    return _answer(report.of(office), args.folder)


def without_register(
    args: Namespace, settings: Settings, path: Path, error: StorageError
) -> Answer:
    return _answer(report.without_register(settings, path, error.code), args.folder)


def _answer(made: report.Report, folder: Path | None) -> Answer:
    text = support_text(made.sections, made.log)
    saved = None if folder is None else report.save(text, folder)
    lines = text.splitlines()
    if saved is not None:
        lines.append(_("Saved: {name}").format(name=saved.name))
    sections = {name: dict(facts) for name, facts in made.sections.items()}
    file = None if saved is None else str(saved)
    return Answer({**sections, "log": list(made.log), "file": file}, lines)


def show_figures(office: Office, args: Namespace) -> Answer:
    """The figures in force, each with its source and the day to look it up again."""
    today = office.clock.today()
    every = figures.listed(office)
    due = [one for one in every if one.is_due(today)]
    shown = due if args.due else list(every)
    lines = [_line(one, is_due=one.is_due(today)) for one in shown]
    data = {"figures": [_figure(one, is_due=one.is_due(today)) for one in shown], "due": len(due)}
    return Answer(data, [*lines, due_text(len(due))])


def _line(one: Figure, *, is_due: bool) -> str:
    again = "" if one.again_on is None else format_iso(one.again_on)
    told = (group_text(one.group), name_text(one), value_text(one), source_text(one.source), again)
    return ("▲ " if is_due else "  ") + "  ".join(part for part in told if part)


def _figure(one: Figure, *, is_due: bool) -> dict[str, Any]:
    return {
        "group": one.group,
        "figure": one.name,
        "year": one.year,
        "value": float(one.value) if isinstance(one.value, Decimal) else one.value,
        "unit": one.unit,
        "since": one.since,
        "source": one.source or None,
        "by_office": not one.source,
        "read_on": one.read_on,
        "again_on": one.again_on,
        "due": is_due,
    }


RUNS: Mapping[str, Run] = {"support": support, "figures": show_figures}
"""What does each command of this module."""
