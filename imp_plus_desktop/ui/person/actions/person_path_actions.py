# SPDX-License-Identifier: Apache-2.0
"""What can be done on the way to a decision and after: states, requests, portal, work, permit.

    PathActions(shell, page)
        do(command, person_id, number) -> bool      False for a command it does not know
        commands    the commands and the methods that do them

Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Mapping
from typing import ClassVar

from imp_plus_desktop.domain.applications.status import (
    PREPARING,
    latest_application,
    next_states,
    preparation,
)
from imp_plus_desktop.domain.values.records import ActId, Application, PersonFile
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import preparing, requests
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.ui.dialogs.applications.path import PrepareDialog, StateDialog, WorkDialog
from imp_plus_desktop.ui.dialogs.applications.permit_conditions import PermitConditionsDialog
from imp_plus_desktop.ui.dialogs.applications.portal import PortalDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog, RequestDoneDialog
from imp_plus_desktop.ui.person.actions.named_actions import NamedActions
from imp_plus_desktop.words.messages import word_in_sentence


class PathActions(NamedActions):
    """The commands on an application's way."""

    commands: ClassVar[Mapping[str, str]] = {
        "person.prepare": "prepare",
        "person.state": "state_of_latest",
        "person.request": "request",
        "person.portal": "portal",
        "person.work": "work",
        "application.state": "state",
        "application.discard": "discard",
        "request.done": "request_done",
        "request.edit": "request_edit",
        "request.delete": "request_delete",
        "work.edit": "work",
        "work.delete": "work_delete",
        "permit.edit": "permit_conditions",
    }

    def prepare(self, person_id: int, entry: int | None) -> None:
        done = PrepareDialog(
            self._shell.office.as_shown(), person_id, parent=self._page.window()
        ).ask()
        if done is not None:
            self._shell.changed(_("Application begun"), done.act)

    def state_of_latest(self, person_id: int, entry: int | None) -> None:
        application = _on_its_way(self._file(person_id))
        if application is None:
            self._shell.say(_("No application of this file can be moved to another state."))
            return
        self.state(person_id, application.id)

    def state(self, person_id: int, entry: int | None) -> None:
        done = StateDialog(
            self._shell.office.as_shown(), entry or 0, parent=self._page.window()
        ).ask()
        if done is not None:
            words = _("Application: {state}").format(state=word_in_sentence(done.state))
            self._tell(words, done.act)

    def discard(self, person_id: int, entry: int | None) -> None:
        self._tell(_("Draft dropped"), preparing.discard(self._shell.office, entry or 0))

    def request(self, person_id: int, entry: int | None) -> None:
        if not _received(self._file(person_id)):
            self._shell.say(_("IRCC asks for nothing before it has received an application."))
            return
        done = RequestDialog(
            self._shell.office.as_shown(), person_id, parent=self._page.window()
        ).ask()
        if done is not None:
            self._tell(_("Request recorded"), done.act)

    def request_edit(self, person_id: int, entry: int | None) -> None:
        done = RequestDialog(
            self._shell.office.as_shown(), person_id, entry, parent=self._page.window()
        ).ask()
        if done is not None:
            self._tell(_("Request recorded"), done.act)

    def request_done(self, person_id: int, entry: int | None) -> None:
        done = RequestDoneDialog(
            self._shell.office.as_shown(), entry or 0, parent=self._page.window()
        ).ask()
        if done is not None:
            self._tell(_("Request met"), done.act)

    def request_delete(self, person_id: int, entry: int | None) -> None:
        self._tell(_("Request removed"), requests.delete(self._shell.office, entry or 0))

    def portal(self, person_id: int, entry: int | None) -> None:
        received = _received(self._file(person_id))
        if not received:
            self._shell.say(_("The portal shows nothing before IRCC has received an application."))
            return
        act = PortalDialog(
            self._shell.office.as_shown(), received[-1].id, parent=self._page.window()
        ).ask()
        self._tell(_("Portal noted"), act)

    def work(self, person_id: int, entry: int | None) -> None:
        jobs = self._file(person_id).employments
        found = next((job for job in jobs if job.id == entry), None)
        done = WorkDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._page.window()
        ).ask()
        if done is not None:
            self._tell(_("Work recorded"), done.act)

    def work_delete(self, person_id: int, entry: int | None) -> None:
        act = employments.delete(self._shell.office, person_id, entry or 0)
        self._tell(_("Work removed"), act)

    def permit_conditions(self, person_id: int, entry: int | None) -> None:
        act = PermitConditionsDialog(
            self._shell.office.as_shown(), entry or 0, parent=self._page.window()
        ).ask()
        self._tell(_("Permit changed"), act)

    def _file(self, person_id: int) -> PersonFile:
        return people.file(self._shell.office, person_id)

    def _tell(self, text: str, act: ActId | None) -> None:
        if act is not None:
            self._shell.changed(text, act)


def _on_its_way(file: PersonFile) -> Application | None:
    """The application that a state can be given to: what is prepared, else the latest one."""
    begun = preparation(file)
    if begun is not None:
        return begun
    latest = latest_application(file)
    return latest if latest is not None and next_states(latest.state) else None


def _received(file: PersonFile) -> tuple[Application, ...]:
    return tuple(a for a in file.own_applications if a.state not in PREPARING)
