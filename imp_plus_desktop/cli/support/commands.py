# SPDX-License-Identifier: Apache-2.0
"""The report for support, there too where the register does not open."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import report
from imp_plus_desktop.settings import Settings
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


RUNS: Mapping[str, Run] = {"support": support}
"""What does each command of this module."""
