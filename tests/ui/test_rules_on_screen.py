# SPDX-License-Identifier: Apache-2.0
"""Each rule is met on the screen that the table names: its number stands there, with its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from rules_shown import MRZ, SHOWN, Story

from imp_plus_desktop.domain.reads.filters import ApplicationFilter
from imp_plus_desktop.domain.values.codes import ApplicationKind, ApplicationState
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog
from imp_plus_desktop.ui.dialogs.applications.permit import PermitDialog
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.person.member_receive import MemberReceiveDialog
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.quota.quota import BOARD, REPORTS, QuotaPage
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import ChoiceChips
from imp_plus_desktop.ui.widgets.mrz_field import MrzField
from tests.ui.person_fixtures import fill

_RULE = re.compile(r"\b[A-Z]{2,3}-\d\d\b")
_FOLDS = ("family", "fees", "documents", "applications")
LATER = date(2026, 1, 15)


def rules_in(root: QWidget) -> set[str]:
    """The rules that a screen speaks of, in its words or behind a line."""
    said = []
    for widget in (root, *root.findChildren(QWidget)):
        said += [widget.toolTip(), widget.accessibleDescription()]
        said += [widget.text()] if isinstance(widget, QLabel) else []
    return set(_RULE.findall("\n".join(said)))


def _everybody(qtbot: QtBot, office: Office) -> set[str]:
    panel = PersonPanel(Shell(office, inline_tasks=True))
    panel.expand("requests")
    qtbot.addWidget(panel)
    found: set[str] = set()
    for person in people.ids(office, people.PeopleFilter()):
        panel.show_person(person)
        for key in _FOLDS:
            panel.open_section(key)
        for why in panel.findChildren(QPushButton):
            if why.text() == "Why?":
                why.click()
        found |= rules_in(panel)
    return found


def _person(qtbot: QtBot, office: Office) -> set[str]:
    """As of today, and as of a day on which permits and birthdays have drawn near."""
    later = replace(office, clock=Clock(LATER))
    return _everybody(qtbot, office) | _everybody(qtbot, later)


def _of(qtbot: QtBot, dialog: QWidget) -> set[str]:
    qtbot.addWidget(dialog)
    return rules_in(dialog)


def _first(office: Office, state: ApplicationState, *, member: bool = False) -> int:
    wanted = ApplicationFilter(state=state)
    return next(
        number
        for number in applications.ids(office, wanted)
        if (person_file.application_of(office, number).member_id is not None) is member
    )


def _receive(qtbot: QtBot, office: Office) -> set[str]:
    return _of(qtbot, ReceiveDialog(office, people.find(office, "C1000001")))


def _extension(qtbot: QtBot, office: Office) -> set[str]:
    holder = next(
        one.person_id
        for number in applications.ids(office, ApplicationFilter())
        if (one := person_file.application_of(office, number)).kind is ApplicationKind.EXTENSION
    )
    dialog = ReceiveDialog(office, holder)
    fill(dialog, kind="extension")
    return _of(qtbot, dialog)


def _decide(qtbot: QtBot, office: Office) -> set[str]:
    return _of(qtbot, DecideDialog(office, _first(office, ApplicationState.RECEIVED)))


def _permit(qtbot: QtBot, office: Office, *, member: bool = False) -> set[str]:
    number = _first(office, ApplicationState.RECEIVED, member=member)
    act = office.act("applications.decide")
    with act as made:
        made.update("application", number, {"state": ApplicationState.APPROVED})
    try:
        return _of(qtbot, PermitDialog(office, number))
    finally:
        with office.act("applications.decide") as made:
            made.update("application", number, {"state": ApplicationState.RECEIVED})


def _member_permit(qtbot: QtBot, office: Office) -> set[str]:
    return _permit(qtbot, office, member=True)


def _member_receive(qtbot: QtBot, office: Office) -> set[str]:
    member = family.ids(office, family.MemberFilter())[0]
    return _of(qtbot, MemberReceiveDialog(office, member))


def _quota(qtbot: QtBot, office: Office, section: str = BOARD) -> set[str]:
    page = QuotaPage(Shell(office, inline_tasks=True))
    qtbot.addWidget(page)
    page.refresh()
    page.show_section(section)
    return rules_in(page)


def _reports(qtbot: QtBot, office: Office) -> set[str]:
    page = QuotaPage(Shell(office, inline_tasks=True))
    qtbot.addWidget(page)
    page.refresh()
    page.show_section(REPORTS)
    found: set[str] = set()
    chips = next(c for c in page.reports.findChildren(ChoiceChips) if "weekly" in c.texts())
    for kind in ("weekly", "quarterly"):
        chips.choose(kind)
        found |= rules_in(page)
    return found


def _passport(qtbot: QtBot, office: Office) -> set[str]:
    dialog = PassportDialog(office, people.find(office, "C1000001"))
    dialog.findChild(MrzField).edit.setText(MRZ)
    return _of(qtbot, dialog)


SCREENS: dict[str, Callable[[QtBot, Office], set[str]]] = {
    "person": _person,
    "receive": _receive,
    "extension": _extension,
    "decide": _decide,
    "permit": _permit,
    "member-permit": _member_permit,
    "member-receive": _member_receive,
    "quota": _quota,
    "reports": _reports,
    "passport": _passport,
}


def test_the_table_names_only_screens_that_are_opened_here() -> None:
    assert {shown.screen for shown in SHOWN.values()} == set(SCREENS)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_of_the_rules_that_the_table_gives_it(
    qtbot: QtBot, story: Story, screen: str
) -> None:
    wanted = {rule for rule, shown in SHOWN.items() if shown.screen == screen}
    assert wanted - SCREENS[screen](qtbot, story.office) == set()
