# SPDX-License-Identifier: Apache-2.0
"""Choosing between a list's value and the register's, cell by cell or for many.

    choose_asked(shell, session, check, keys, take=)    a click chose: it can be taken back
    choose(shell, session, check, keys, take=)          the same without a trace
    remake(shell, session, check, choice, again=)       a choice made again, or taken back

Must not decide whose value wins: the service plans what was asked for.
"""

from collections.abc import Collection, Sequence

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Conflict, ConflictKey, Preview
from imp_plus_desktop.ui.imports.import_session import ImportSession, SideChoice
from imp_plus_desktop.ui.imports.steps.check.import_check import CheckStep
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import said_of_all
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import field_label


def choose_asked(
    shell: Shell,
    session: ImportSession,
    check: CheckStep,
    keys: Collection[ConflictKey],
    *,
    take: bool,
) -> None:
    """Take the list's values for these cells, or keep ours, and say how the conflicts stand."""
    if session.preview is None:
        return
    choice = _choice(session.preview, frozenset(keys), take=take)
    if choice is not None:
        session.made.append(choice)
        session.taken_back.clear()
        choose(shell, session, check, choice.keys, take=take)
    if session.preview.conflicts:
        shell.say(said_of_all(session.preview.conflicts))


def choose(
    shell: Shell,
    session: ImportSession,
    check: CheckStep,
    keys: Collection[ConflictKey],
    *,
    take: bool,
) -> None:
    """Plan these cells otherwise, and show it."""
    if session.preview is not None:
        planned = imports.choose(shell.office, session.preview, keys, take=take)
        session.take_side(planned)
        check.show_sides(planned)


def remake(
    shell: Shell, session: ImportSession, check: CheckStep, choice: SideChoice, *, again: bool
) -> None:
    """Make a choice again, or choose as it was before it, a second letter's date too."""
    choose(shell, session, check, choice.keys, take=choice.take is again)
    if choice.before and not again:
        choose(shell, session, check, choice.before, take=True)


def _choice(preview: Preview, keys: frozenset[ConflictKey], *, take: bool) -> SideChoice | None:
    """The choice for those of the cells that stand otherwise; None where all stand so already."""
    wanted = [
        (side, side.chosen(take=take, second=side.second_key in keys))
        for side in preview.sides
        if not keys.isdisjoint((side.key, side.second_key))
    ]
    sides = [side for side, then in wanted if then != side]
    if not sides:
        return None
    both = (key for side in sides for key in (side.key, side.second_key))
    asked = tuple(key for key in both if key is not None and key in keys)
    # What no turn to the other side brings back.
    turned = (side.taken_key for side in sides if side.second or side.taken is take)
    before = tuple(key for key in turned if key is not None)
    return SideChoice(_name(sides, keys, take=take), asked, take, before)


def _name(sides: Sequence[Conflict], keys: frozenset[ConflictKey], *, take: bool) -> str:
    """What was chosen, to be taken back."""
    count = len(sides)
    if count == 1 and take and sides[0].second_key in keys:
        return _("{name}: a second letter").format(name=sides[0].name)
    if count == 1:
        one = _("{name}, {field}: the list’s value") if take else _("{name}, {field}: our value")
        return one.format(name=sides[0].name, field=field_label(sides[0].field))
    if take:
        many = ngettext("{count} value of the list", "{count} values of the list", count)
    else:
        many = ngettext("{count} value of ours", "{count} values of ours", count)
    return many.format(count=format_number(count))
