# SPDX-License-Identifier: Apache-2.0
"""What can be done to the office's own part of a file: contacts, names, who answers, other routes.

    OfficeActions(shell, page)
        do(command, person_id, number) -> bool      False for a command it does not know
        commands    the commands and the methods that do them

Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import contacts, names_history, people
from imp_plus_desktop.ui.dialogs.person.office_file import (
    ClerkDialog,
    ContactDialog,
    OtherRouteDialog,
    RenameDialog,
)
from imp_plus_desktop.ui.dialogs.single import DeathDialog
from imp_plus_desktop.ui.person.actions.named_actions import NamedActions


class OfficeActions(NamedActions):
    """The commands of the office's own part of a person's page."""

    commands: ClassVar[Mapping[str, str]] = {
        "person.contact": "contact",
        "person.rename": "rename",
        "person.death": "death",
        "person.clerk": "clerk",
        "person.route": "other_route",
        "contact.edit": "contact",
        "contact.delete": "delete_contact",
        "former_name.edit": "rename",
        "former_name.delete": "delete_former_name",
        "other_route.edit": "other_route",
        "other_route.delete": "delete_other_route",
    }

    def contact(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).contacts, entry)
        done = ContactDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._page.window()
        ).ask()
        self._tell(_("Contact logged"), done)

    def delete_contact(self, person_id: int, entry: int | None) -> None:
        done = contacts.delete(self._shell.office, person_id, entry or 0)
        self._tell(_("Contact removed"), done)

    def rename(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).former_names, entry)
        done = RenameDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._page.window()
        ).ask()
        self._tell(_("Name recorded"), done)

    def delete_former_name(self, person_id: int, entry: int | None) -> None:
        done = names_history.delete_former(self._shell.office, person_id, entry or 0)
        self._tell(_("Former name removed"), done)

    def death(self, person_id: int, entry: int | None) -> None:
        act = DeathDialog(
            self._shell.office.as_shown(), person_id, parent=self._page.window()
        ).ask()
        if act is not None:
            self._shell.changed(_("Death recorded; the file is closed"), act)

    def clerk(self, person_id: int, entry: int | None) -> None:
        done = ClerkDialog(
            self._shell.office.as_shown(), [person_id], parent=self._page.window()
        ).ask()
        self._tell(_("Responsible recorded"), done)

    def other_route(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).other_routes, entry)
        done = OtherRouteDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._page.window()
        ).ask()
        self._tell(_("Other route recorded"), done)

    def delete_other_route(self, person_id: int, entry: int | None) -> None:
        done = routes.delete(self._shell.office, person_id, entry or 0)
        self._tell(_("Other route removed"), done)

    def _entry(self, entries: tuple[Any, ...], wanted: int | None) -> Any:
        return next((entry for entry in entries if entry.id == wanted), None)

    def _tell(self, text: str, done: Changed | None) -> None:
        if done is not None and done.act is not None:
            self._shell.changed(text, done.act)
