# SPDX-License-Identifier: Apache-2.0
"""What can be done to several rows of one kind: applications, deadlines, files; and export.

    state, receive, decide        on chosen applications
    see, settle, move             on chosen deadlines
    merge                         on two files
    export                        on any rows

Must not hold a rule: sheets and services do the work.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from imp_plus_desktop.i18n import ngettext
from imp_plus_desktop.ui.lists.several.rows import ChosenRows
from imp_plus_desktop.ui.person.actions.office_actions import merge_files
from imp_plus_desktop.ui.person.actions.several_actions import answer, counted, received_text

if TYPE_CHECKING:
    from imp_plus_desktop.services.agenda.agenda import Named
    from imp_plus_desktop.services.several.many import Done
    from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet


def state(rows: ChosenRows) -> None:
    """Move the applications to another state."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import StateSheet

    _ask_of_applications(rows, StateSheet, _moved)


def receive(rows: ChosenRows) -> None:
    """Record that IRCC has received the applications."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import ReceiveSheet

    _ask_of_applications(rows, ReceiveSheet, received_text)


def decide(rows: ChosenRows) -> None:
    """Record a decision on each."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import DecideSheet

    _ask_of_applications(rows, DecideSheet, _decided)


def see(rows: ChosenRows) -> None:
    """Say that the deadlines were seen."""
    from imp_plus_desktop.ui.dialogs.several.of_deadlines import SeenDeadlinesSheet

    _ask_of_deadlines(rows, SeenDeadlinesSheet, _seen)


def settle(rows: ChosenRows) -> None:
    """Be done with the deadlines."""
    from imp_plus_desktop.ui.dialogs.several.of_deadlines import SettledDeadlinesSheet

    _ask_of_deadlines(rows, SettledDeadlinesSheet, _settled)


def move(rows: ChosenRows) -> None:
    """Keep the deadlines on another day."""
    from imp_plus_desktop.ui.dialogs.several.of_deadlines import MoveDeadlinesSheet

    _ask_of_deadlines(rows, MoveDeadlinesSheet, _postponed)


def merge(rows: ChosenRows) -> None:
    """Merge the two files that are chosen, and show the one that stays."""
    if len(rows.ids) == 2:
        shell = rows.page.shell
        stays = merge_files(shell, rows.page.window(), *rows.ids)
        if stays is not None:
            shell.go("people", stays)


def export(rows: ChosenRows) -> None:
    """Write the rows to a workbook, just as they are shown."""
    rows.page.export_rows(array("q", rows.ids))


def _ask_of_applications(
    rows: ChosenRows, sheet: Callable[[Many], ManySheet], told: Callable[[Done], str]
) -> None:
    from imp_plus_desktop.ui.dialogs.several.foretold import Noun
    from imp_plus_desktop.ui.dialogs.several.sheet import Many

    page = rows.page
    many = Many(page.shell, rows.ids, Noun.APPLICATIONS, rows.names, page.window(), rows.hidden)
    answer(many, sheet(many).ask(), told)


def _ask_of_deadlines(
    rows: ChosenRows,
    sheet: Callable[[Many, Sequence[Named]], ManySheet],
    told: Callable[[Done], str],
) -> None:
    from imp_plus_desktop.services.agenda.agenda import Named
    from imp_plus_desktop.services.servers import claims
    from imp_plus_desktop.ui.dialogs.servers import claiming
    from imp_plus_desktop.ui.dialogs.several.foretold import Noun
    from imp_plus_desktop.ui.dialogs.several.sheet import Many

    page = rows.page
    # Lines of the agenda are made anew after each act: what they name stays.
    lines = rows.values()
    if not claiming.may_do(page.shell, page.window(), *map(claims.of_deadline, lines)):
        return
    named = [Named.of(line) for line in lines]

    def names(places: Sequence[int]) -> Mapping[int, str]:
        return {place: lines[place].name for place in places}

    many = Many(
        page.shell,
        tuple(range(len(named))),
        Noun.DEADLINES,
        names,
        page.window(),
        rows.hidden,
    )
    answer(many, sheet(many, named).ask(), told)


@counted
def _moved(count: int) -> str:
    return ngettext("{count} application moved on", "{count} applications moved on", count)


@counted
def _decided(count: int) -> str:
    return ngettext("{count} decision recorded", "{count} decisions recorded", count)


@counted
def _seen(count: int) -> str:
    return ngettext("{count} deadline seen", "{count} deadlines seen", count)


@counted
def _settled(count: int) -> str:
    return ngettext("{count} deadline settled", "{count} deadlines settled", count)


@counted
def _postponed(count: int) -> str:
    return ngettext("{count} deadline moved", "{count} deadlines moved", count)
