# SPDX-License-Identifier: Apache-2.0
"""The table of what can be done to several rows of a list, and the menu of each list.

    MENUS: by the kind of rows, the acts in the order of the menu
    FIRST: by the kind of rows, those that the strip below the list shows first

A new act is one record and its place in the menus. Must not do anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from imp_plus_desktop.i18n import N_
from imp_plus_desktop.ui.lists.several import copying, mail, own_acts
from imp_plus_desktop.ui.lists.several.rows import ChosenRows
from imp_plus_desktop.ui.person.actions import letter_actions, several_actions
from imp_plus_desktop.ui.person.actions.several_actions import Chosen
from imp_plus_desktop.ui.shell.actions import SEPARATOR, Action, Menu, State

RowsAction = Action[ChosenRows]


def _two(state: State) -> bool:
    return state.chosen == 2


def _on_files(do: Callable[[Chosen], None]) -> Callable[[ChosenRows], None]:
    return lambda rows: do(rows.files())


ASSIGN = RowsAction(
    "several.assign",
    N_("Assign to…"),
    _on_files(several_actions.assign),
    shortcut="Ctrl+Shift+A",
    icon="person",
)
NOTE = RowsAction(
    "several.note",
    N_("Add a note…"),
    _on_files(several_actions.note),
    shortcut="Ctrl+Shift+N",
    icon="note",
)
TAG = RowsAction(
    "several.tag",
    N_("Tag…"),
    _on_files(several_actions.tag),
    shortcut="Ctrl+Shift+E",
    icon="tag",
)
DOCUMENT = RowsAction(
    "several.document",
    N_("State of a document…"),
    _on_files(several_actions.document),
    icon="document",
)
SEEN = RowsAction(
    "several.seen", N_("Mark deadlines as seen…"), _on_files(several_actions.seen), icon="deadlines"
)
LETTER = RowsAction(
    "several.letter", N_("Letter received…"), _on_files(several_actions.letter), icon="letter"
)
RESIDENCE = RowsAction(
    "several.residence", N_("Residence…"), _on_files(several_actions.residence), icon="home"
)
WRITE = RowsAction(
    "several.write",
    N_("Write a letter…"),
    _on_files(letter_actions.write_to),
    shortcut="Ctrl+Shift+L",
    icon="letter",
)
CONTACT = RowsAction("several.contact", N_("Log a contact…"), _on_files(several_actions.contact))
PRESENT = RowsAction(
    "several.present", N_("Present the applications…"), _on_files(several_actions.present)
)
RECEIVE = RowsAction(
    "several.receive",
    N_("Applications received…"),
    _on_files(several_actions.receive),
    icon="applications",
)
DECIDE = RowsAction("several.decide", N_("Decision…"), _on_files(several_actions.decide))
STATE = RowsAction("several.state", N_("State…"), own_acts.state, icon="applications")
RECEIVE_THESE = RowsAction("several.receive_these", N_("Received…"), own_acts.receive)
DECIDE_THESE = RowsAction("several.decide_these", N_("Decision…"), own_acts.decide, icon="check")
SEE_THESE = RowsAction("several.see_these", N_("Mark as seen…"), own_acts.see, icon="check")
SETTLE_THESE = RowsAction("several.settle_these", N_("Settle…"), own_acts.settle)
MOVE_THESE = RowsAction("several.move_these", N_("Move…"), own_acts.move, icon="calendar")
MAIL_COPY = RowsAction(
    "several.mail_copy", N_("Copy the e-mail addresses"), mail.copy_addresses, icon="copy"
)
MAIL_DRAFT = RowsAction(
    "several.mail_draft", N_("Write to all, in blind copy…"), mail.write_to, icon="letter"
)
COPY = RowsAction(
    "several.copy", N_("Copy the rows"), copying.copy_rows, shortcut="Ctrl+C", icon="copy"
)
EXPORT = RowsAction("several.export", N_("Export what is chosen…"), own_acts.export, icon="export")
MERGE = RowsAction("several.merge", N_("Merge two files into one…"), own_acts.merge, _two, "Ctrl+M")

_FILES = (ASSIGN, TAG, NOTE, DOCUMENT, SEEN, CONTACT)
_OUT = (SEPARATOR, WRITE, MAIL_DRAFT, MAIL_COPY, SEPARATOR, COPY, EXPORT)
_PEOPLE: Menu[RowsAction] = Menu(
    "",
    (
        *_FILES,
        SEPARATOR,
        LETTER,
        RESIDENCE,
        PRESENT,
        RECEIVE,
        DECIDE,
        *_OUT,
        SEPARATOR,
        MERGE,
    ),
)
MENUS: Mapping[str, Menu[RowsAction]] = {
    "person": _PEOPLE,
    "application": Menu(
        "",
        (
            STATE,
            RECEIVE_THESE,
            DECIDE_THESE,
            SEPARATOR,
            ASSIGN,
            TAG,
            NOTE,
            DOCUMENT,
            CONTACT,
            *_OUT,
        ),
    ),
    "permit": Menu("", (*_FILES, *_OUT)),
    "member": Menu("", (*_FILES, *_OUT)),
    "agenda_line": Menu(
        "", (SEE_THESE, SETTLE_THESE, MOVE_THESE, SEPARATOR, ASSIGN, TAG, NOTE, CONTACT, *_OUT)
    ),
}
_SHORT: Mapping[str, str] = {
    "several.assign": N_("Assign…"),
    "several.note": N_("Note…"),
    "several.document": N_("Document…"),
    "several.seen": N_("Deadlines…"),
    "several.mail_draft": N_("E-mail ({count})"),
    "several.copy": N_("Copy"),
    "several.contact": N_("Contact…"),
    "several.see_these": N_("Seen…"),
}
"""What acts are called in the strip, where the menu says more."""
FIRST: Mapping[str, tuple[RowsAction, ...]] = {
    "person": (ASSIGN, TAG, NOTE, DOCUMENT, SEEN, MAIL_DRAFT, COPY),
    "application": (STATE, DECIDE_THESE, ASSIGN, TAG, NOTE, MAIL_DRAFT, COPY),
    "permit": (ASSIGN, TAG, NOTE, DOCUMENT, MAIL_DRAFT, COPY),
    "member": (ASSIGN, TAG, NOTE, DOCUMENT, MAIL_DRAFT, COPY),
    "agenda_line": (SEE_THESE, SETTLE_THESE, MOVE_THESE, ASSIGN, NOTE, MAIL_DRAFT, COPY),
}


def short(action: RowsAction) -> str:
    """What an act is called in the strip, to be translated."""
    return _SHORT.get(action.id, action.text)
