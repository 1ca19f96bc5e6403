# SPDX-License-Identifier: Apache-2.0
"""Makes a copy that proves itself, in a process of its own, from wherever it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import copy_process, keeping, of_server
from imp_plus_desktop.services.copies.keeping import Made
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.care.health_texts import copy_lines
from imp_plus_desktop.words.copy_texts import left_lines
from imp_plus_desktop.words.proof.check_texts import short_head_text


def copy_now(
    shell: Shell,
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None] | None = None,
) -> bool:
    """Make a copy away from the window and call `done` with the `Made`; False while something else
    is going on."""
    office = shell.office
    under = "" if office.server is None else of_server.passphrase_of(office)

    def job(progress: Progress) -> Any:
        if office.server is not None:
            return copy_process.of_server(office, under, progress, is_daily=False)
        return copy_process.make(office, keeping.MANUAL, progress)

    return shell.start(_("Backing up…"), job, done, failed)


def back_up(shell: Shell, refresh: Callable[[], None]) -> None:
    """Make a copy, then show what there is and say what came of it."""

    def done(made: Made) -> None:
        refresh()
        left = left_lines(maintenance.copies_left(shell.office))
        say_made(shell, made, [line.strip() for line in left])

    copy_now(shell, done)


def say_made(shell: Shell, made: Made, more: Sequence[str] = ()) -> None:
    """Say what came of a copy, with the way to where it is."""
    said = " ".join([made_text(made), *more])
    if made.path is None:
        shell.say(said)
    else:
        shell.say_saved(said, made.path)


def made_text(made: Made) -> str:
    """What came of a copy, in one line."""
    name = made.path.name if made.path is not None else ""
    said = (
        _("Copy made and proven: {name}.") if made.proven else _("Copy made, not proven: {name}.")
    )
    second = None if made.second is None else str(made.second.parent)
    lines = copy_lines(made.fault, second, made.second_fault, made.recorded)
    head = _("Head of the journal: {head}.").format(head=short_head_text(made.head))
    return " ".join([said.format(name=name), *([head] if made.proven else []), *lines])
