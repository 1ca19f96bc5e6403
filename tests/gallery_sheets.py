# SPDX-License-Identifier: Apache-2.0
"""The sheets of what is done to many, each over the first of a list of the demo.

`SHEETS`: by name, what makes one for a window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog

from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.several import changes
from imp_plus_desktop.ui.dialogs.several import of_applications, of_deadlines, of_people
from imp_plus_desktop.ui.dialogs.several.foretold import Noun
from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet
from imp_plus_desktop.ui.window.main_window import MainWindow

_HOW_MANY = 40


def _of_people(kind: Callable[[Many], ManySheet], window: MainWindow) -> QDialog:
    """To the first of the list, one of them hidden by a filter."""
    office = window.shell.office
    ids = people.ids(office, people.PeopleFilter())[:_HOW_MANY]

    def names(some: Sequence[int]) -> Mapping[int, str]:
        return changes.names(office, some)

    return kind(Many(window.shell, tuple(ids), Noun.FILES, names, window, 1))


def _of_applications(kind: Callable[[Many], ManySheet], window: MainWindow) -> QDialog:
    office = window.shell.office
    ids = applications.ids(office, applications.ApplicationFilter())[:_HOW_MANY]

    def names(some: Sequence[int]) -> Mapping[int, str]:
        rows = zip(some, applications.rows(office, some), strict=True)
        return {number: row.name for number, row in rows}

    return kind(Many(window.shell, tuple(ids), Noun.APPLICATIONS, names, window))


def _of_deadlines(
    kind: Callable[[Many, Sequence[Named]], ManySheet], window: MainWindow
) -> QDialog:
    rows = deadlines.agenda(window.shell.office)[:_HOW_MANY]

    def names(some: Sequence[int]) -> Mapping[int, str]:
        return {place: rows[place].name for place in some}

    many = Many(window.shell, tuple(range(len(rows))), Noun.DEADLINES, names, window)
    return kind(many, [Named.of(row) for row in rows])


SHEETS: dict[str, Callable[[MainWindow], QDialog]] = {
    "clerk": partial(_of_people, of_people.ClerkSheet),
    "tag": partial(_of_people, of_people.TagSheet),
    "note": partial(_of_people, of_people.NoteSheet),
    "contact": partial(_of_people, of_people.ContactSheet),
    "document": partial(_of_people, of_people.DocumentSheet),
    "letter": partial(_of_people, of_people.LetterSheet),
    "residence": partial(_of_people, of_people.ResidenceSheet),
    "seen": partial(_of_people, of_people.SeenSheet),
    "present": partial(_of_people, of_applications.PresentSheet),
    "receive": partial(_of_people, of_applications.ReceiveSheet),
    "decide": partial(_of_people, of_applications.DecideSheet),
    "state": partial(_of_applications, of_applications.StateSheet),
    "receive-these": partial(_of_applications, of_applications.ReceiveSheet),
    "seen-deadlines": partial(_of_deadlines, of_deadlines.SeenDeadlinesSheet),
    "settle-deadlines": partial(_of_deadlines, of_deadlines.SettledDeadlinesSheet),
    "move-deadlines": partial(_of_deadlines, of_deadlines.MoveDeadlinesSheet),
}
