# SPDX-License-Identifier: Apache-2.0
"""The table of what can be done to a person's file, and the one menu of it.

    RECEIVE, DECIDE, …      the actions, by name where something else points at one of them
    FILE_MENU               all of them: in the menu bar, and behind the ⋯ of a person's page
    undo_named(at)          the last act on a file, to be undone

A new action is one record and its place in the menu. Must not do anything itself.
"""

from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.ui.look.act_presenter import named_text
from imp_plus_desktop.ui.person.actions import (
    application_actions,
    document_actions,
    letter_actions,
    office_actions,
    record_actions,
)
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import (
    SEPARATOR,
    Action,
    Menu,
    Offer,
    Place,
    State,
    with_file,
)

FileAction = Action[OpenFile]
FileOffer = Offer[OpenFile]


def _may_receive(state: State) -> bool:
    return state.receive


def _may_decide(state: State) -> bool:
    return state.decide


def _may_issue(state: State) -> bool:
    return state.permit


def _no_more_than_one(state: State) -> bool:
    return state.file and state.chosen < 2


def _two_chosen(state: State) -> bool:
    return state.chosen == 2


RECEIVE = FileAction(
    "person.receive",
    N_("Record a &received application…"),
    application_actions.receive,
    _may_receive,
    "Ctrl+R",
)
DECIDE = FileAction(
    "person.decide",
    N_("Record a &decision…"),
    application_actions.decide_latest,
    _may_decide,
    "Ctrl+D",
)
PERMIT = FileAction(
    "person.permit",
    N_("Record the &permit…"),
    application_actions.permit_latest,
    _may_issue,
    "Ctrl+Shift+P",
)
PREPARE = FileAction(
    "person.prepare", N_("&Prepare an application…"), application_actions.prepare, with_file
)
STATE = FileAction(
    "person.state",
    N_("&State of the application…"),
    application_actions.state_of_latest,
    with_file,
    "Ctrl+T",
)
REQUEST = FileAction(
    "person.request", N_("Record a &request of IRCC…"), application_actions.request, with_file
)
PORTAL = FileAction(
    "person.portal", N_("Note IRCC’s p&ortal…"), application_actions.portal, with_file
)
STAGE = FileAction(
    "person.stage", N_("Record a sta&ge of PR…"), application_actions.stage, with_file
)
WORK = FileAction("person.work", N_("Add &work…"), record_actions.work, with_file)
EDIT = FileAction(
    "person.edit", N_("&Edit the file…"), record_actions.edit, with_file, "F2", "edit"
)
LETTER = FileAction(
    "person.letter",
    N_("Add an invitation &letter…"),
    record_actions.letter,
    with_file,
    icon="letter",
)
RESIDENCE = FileAction(
    "person.residence", N_("Add a re&sidence…"), record_actions.residence, with_file, icon="home"
)
PASSPORT = FileAction(
    "person.passport", N_("Add a p&assport…"), record_actions.passport, with_file, icon="passport"
)
DOCUMENT = FileAction(
    "person.document",
    N_("Record a d&ocument…"),
    document_actions.checklist,
    with_file,
    icon="document",
)
PASTE = FileAction(
    "person.paste", N_("Paste as a &document"), document_actions.paste, with_file, "Ctrl+V"
)
PAYMENT = FileAction("person.payment", N_("Pa&yment…"), document_actions.payment, with_file)
CONTACT = FileAction(
    "person.contact", N_("Log a contac&t…"), office_actions.contact, with_file, "Ctrl+L", "person"
)
WRITE = FileAction(
    "person.write",
    N_("&Write a letter…"),
    letter_actions.write,
    with_file,
    "Ctrl+Shift+L",
    "letter",
)
NOTE = FileAction(
    "person.note", N_("Add a &note…"), record_actions.note, with_file, "Ctrl+Shift+N", "note"
)
MEMBER = FileAction(
    "person.member", N_("Add a &family member…"), record_actions.member, with_file, icon="family"
)
ROUTE = FileAction(
    "person.route", N_("Record another ro&ute…"), office_actions.other_route, with_file,
    icon="routes",
)  # fmt: skip
ARRIVAL = FileAction("person.arrival", N_("A&rrival in Canada…"), record_actions.arrival, with_file)
DEATH = FileAction("person.death", N_("Re&cord a death…"), office_actions.death, with_file)
CLERK = FileAction(
    "person.clerk",
    N_("Responsi&ble for the files…"),
    office_actions.clerk,
    with_file,
    "Ctrl+Shift+A",
    alone=N_("Responsible for the file…"),
)
TAG = FileAction(
    "person.tag", N_("Mar&k with tags…"), office_actions.tag, with_file, "Ctrl+Shift+E", "tag"
)
RENAME = FileAction("person.rename", N_("Chan&ge of name…"), office_actions.rename, with_file)
MERGE = FileAction(
    "person.merge", N_("&Merge two files into one…"), office_actions.merge, _two_chosen, "Ctrl+M"
)
REMOVE = FileAction(
    "person.remove",
    N_("Mo&ve the file to the bin…"),
    office_actions.remove,
    _no_more_than_one,
    icon="trash",
)
HISTORY = FileAction(
    "person.history", N_("&History of the file…"), office_actions.history, with_file,
    icon="history",
)  # fmt: skip
ORIGINS = FileAction(
    "person.origins",
    N_("&Where values come from…"),
    office_actions.origins,
    with_file,
    "Ctrl+Shift+O",
)
AS_OF = FileAction(
    "person.as_of", N_("The file on an earlier &day…"), office_actions.as_of, with_file
)
PRINT = FileAction("person.print", N_("&Print the file…"), office_actions.print_file, with_file)
PDF = FileAction(
    "person.pdf", N_("Save the file as PD&F…"), office_actions.save_file_as_pdf, with_file
)
EXPLAIN = FileAction("person.explain", N_("Why this verdict?"), office_actions.explain, with_file)
UNDO_LAST = FileAction(
    "person.undo",
    N_("Undo the last act on this file"),
    office_actions.undo_last,
    with_file,
    icon="undo",
    named=N_("Undo – {act}"),
)
COPY = FileAction(
    "person.copy", N_("&Copy the reference"), office_actions.copy_reference, with_file
)

_BAR, _PAGE, _NOWHERE = frozenset({Place.BAR}), frozenset({Place.PAGE}), frozenset[Place]()
# The menu bar names what is to be undone in its own menu, and the page opens a verdict itself.

FILE_MENU: Menu[FileAction] = Menu(
    N_("Person fi&le"),
    (
        RECEIVE,
        DECIDE,
        PERMIT,
        Menu(
            N_("&IRCC, step by step"),
            (PREPARE, STATE, REQUEST, PORTAL, STAGE, WORK),
            opens_in=_BAR,
        ),
        SEPARATOR,
        EDIT,
        Menu(
            N_("&Add to the file"),
            (
                LETTER,
                RESIDENCE,
                PASSPORT,
                DOCUMENT,
                PAYMENT,
                WRITE,
                CONTACT,
                NOTE,
                TAG,
                MEMBER,
                ROUTE,
                ARRIVAL,
            ),
        ),
        SEPARATOR,
        DEATH,
        CLERK,
        RENAME,
        MERGE,
        REMOVE,
        SEPARATOR,
        Menu(N_("Ear&lier"), (HISTORY, ORIGINS, AS_OF)),
        Menu("", (EXPLAIN, UNDO_LAST), opens_in=_NOWHERE, shown_in=_PAGE),
        Menu(N_("Cop&y and print"), (COPY, PRINT, PDF)),
    ),
)


def undo_named(at: OpenFile) -> FileOffer | None:
    """The last act on a file, named, to be undone by its id."""
    last = office_actions.last_act(at)
    if last is None:
        return None
    text = _(UNDO_LAST.named).format(act=named_text(last, at.shell.office.user))
    return FileOffer(text, office_actions.undo(last.id), UNDO_LAST.icon, UNDO_LAST.id)
