# SPDX-License-Identifier: Apache-2.0
"""Commands and pages in the box: what the menus have, found by its words.

    matching(table, words, state, do) -> [Row]     those whose words begin so, in the menus' order
    command_row(action, state, do) -> Row          greyed, with the reason, where it cannot be done

Must not hold a widget, nor do anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import allowed
from imp_plus_desktop.ui.search.row_list import native
from imp_plus_desktop.ui.search.rows import Row
from imp_plus_desktop.ui.shell.actions import Action, State

_PAGE = "view."
_PLAIN_ICON = "chevron"
HIDDEN = frozenset({"edit.find", "edit.find_here"})
"""What leads here, or means nothing while the box is open."""


def matching(
    table: Iterable[Action[Any]], words: Sequence[str], state: State, do: Callable[[Any], object]
) -> list[Row]:
    """The commands in whose words all of these begin one; all of them for no word."""
    found = []
    for action in table:
        own = fold(action.label().replace("…", "")).split()
        if action.id in HIDDEN or not all(any(o.startswith(w) for o in own) for w in words):
            continue
        if not action.shown(state) and not state.on_server:
            continue  # of a file nobody misses what is only of a server
        found.append(command_row(action, state, do, words))
    return found


def command_row(
    action: Action[Any], state: State, do: Callable[[Any], object], words: Sequence[str] = ()
) -> Row:
    """The line of a command."""
    can = action.shown(state) and allowed.covers(state.rights, _act(action)) and action.when(state)
    page = action.id.removeprefix(_PAGE) if action.id.startswith(_PAGE) else ""
    return Row(
        f"command:{action.id}",
        action.icon or (page if action.choice == "page" and page != "bin" else _PLAIN_ICON),
        action.label(),
        "" if can else _why_not(action, state),
        words=tuple(words),
        open=partial(do, action),
        keys=native(action.shortcuts()[0]) if action.shortcuts() else "",
        enabled=can,
    )


def _act(action: Action[Any]) -> str:
    return allowed.act_of(action.id)


def _why_not(action: Action[Any], state: State) -> str:
    """Why a command cannot be done now: what would have to stand otherwise."""
    if not action.shown(state):
        return _("not for a register on a server")
    if not allowed.covers(state.rights, _act(action)):
        return allowed.refusal(state.rights, _act(action), short=True)
    if action.when(replace(state, idle=True)):
        return _("once what is running is done")
    if action.when(replace(state, listed=True)):
        return _("where a list is shown")
    if action.when(replace(state, file=True, chosen=1)):
        return _("once a file stands open")
    if action.when(replace(state, file=True, chosen=2)):
        return _("once two files are chosen")
    return _("not at this stage of the file")
