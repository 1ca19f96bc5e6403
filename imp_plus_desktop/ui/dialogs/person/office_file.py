# SPDX-License-Identifier: Apache-2.0
"""The dialogs of the file as an office keeps it.

    ContactDialog(office, person_id, contact=None).ask()          a call, a message, a visit
    RenameDialog(office, person_id, former=None).ask()            a change of name, or a former one
    ClerkDialog(office, person_id).ask()                          who answers for the file
    OtherRouteDialog(office, person_id, entry=None).ask()         a permit under another route

Each answers what changed, None when it was given up. None holds a rule.
"""

from PySide6.QtWidgets import QComboBox, QWidget

from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.papers import Contact
from imp_plus_desktop.domain.records.person import FormerName
from imp_plus_desktop.domain.values.codes import ContactKind, RouteState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import clerks, contacts, names_history, people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import DayMarks, mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label


class ContactDialog(FormDialog[Changed]):
    """Logs a contact with a person, or corrects one."""

    ACT = "contacts.save"

    def __init__(
        self,
        office: Office,
        person_id: int,
        contact: Contact | None = None,
        parent: QWidget | None = None,
    ) -> None:
        file = people.file(office, person_id)
        contact = as_it_stands(file.contacts, contact)
        super().__init__(
            _("Contact with the person"),
            _("Log the contact") if contact is None else _("Save the contact"),
            parent,
            sentence=file.person.full_name,
        )
        self._office, self._person_id, self._contact = office, person_id, contact
        self.form.add_choice("kind", _("How"), choices.of_codes(ContactKind))
        self.form.add_day("on_day", field_label("on_day"), past=True)
        self.form.add_text("text", _("What was said"), lines=5)
        day = contact.on_day if contact is not None else office.clock.today()
        kind = contact.kind if contact is not None else ContactKind.CALLED
        text = contact.text if contact is not None else ""
        self.form.set_values({"kind": kind.value, "on_day": iso(day), "text": text})
        field = "contact" if contact is None else f"contact {contact.id}"
        if self.keep_draft("text", office, person_id, field):
            words = _("{name} · taken up again as it was being written")
            self.set_sentence(words.format(name=file.person.full_name))
        self.form.edited.connect(self._on_form_edited)
        self._on_form_edited("text")
        self.form.focus_field("text")

    def submit(self) -> bool:
        day = typed_day(self.form, "on_day")
        if day is None:
            mark_needed(self.form, "on_day", _("The day is needed."))
            return False
        self.answer = contacts.save(
            self._office,
            self._person_id,
            self._contact.id if self._contact else None,
            ContactKind(self.form.value("kind")),
            self.form.value("text"),
            day,
        )
        return True

    def _on_form_edited(self, key: str) -> None:
        self.set_ok_enabled(bool(self.form.value("text")))


class RenameDialog(FormDialog[Changed]):
    """Records a change of name, or corrects a name of before."""

    ACT = "people.rename"

    def __init__(
        self,
        office: Office,
        person_id: int,
        former: FormerName | None = None,
        parent: QWidget | None = None,
    ) -> None:
        file = people.file(office, person_id)
        person, former = file.person, as_it_stands(file.former_names, former)
        super().__init__(
            _("Change of name") if former is None else _("Former name"),
            _("Record the new name") if former is None else _("Save"),
            parent,
            sentence=_(
                "{name} stays in the file as a former name: search and import find the person by "
                "both."
            ).format(name=person.full_name)
            if former is None
            else "",
        )
        self._office, self._person_id, self._former = office, person_id, former
        shown = person if former is None else former
        self.form.add_line("family_name", field_label("family_name"))
        self.form.add_line("given_names", field_label("given_names"))
        self.form.add_day("until_day", _("Former name until"), past=True)
        until = former.until_day if former is not None else None
        self.form.set_values(
            {
                "family_name": shown.family_name,
                "given_names": shown.given_names or "",
                "until_day": iso(until) if until else "",
            }
        )
        self.form.focus_field("family_name")

    def submit(self) -> bool:
        until = typed_day(self.form, "until_day")
        if self.form.has_findings():
            return False
        names = (self.form.value("family_name"), self.form.value("given_names"), until)
        if self._former is None:
            self.answer = names_history.change_name(self._office, self._person_id, *names)
        else:
            self.answer = names_history.save_former(
                self._office, self._person_id, self._former.id, *names
            )
        return True


class ClerkDialog(FormDialog[Changed]):
    """Says who answers for a file."""

    ACT = "clerks.assign"

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        person = people.file(office, person_id).person
        words = _("{files} · Type a name, even a new one; leave it empty for nobody.")
        super().__init__(
            _("Responsible for the file"),
            _("Assign"),
            parent,
            sentence=words.format(files=person.full_name),
        )
        self._office, self._person_id = office, person_id
        own = office.settings.user_name
        names = list(dict.fromkeys([*([own] if own else []), *clerks.names(office)]))
        box = self.form.add_choice(
            "clerk", field_label("clerk"), [("", ""), *((n, n) for n in names)], typing=True
        )
        self._box: QComboBox = box
        box.setEditText(person.clerk or own)
        self.form.focus_field("clerk")

    def submit(self) -> bool:
        # What is typed counts: a new name need not be among those known.
        self.answer = clerks.assign(self._office, [self._person_id], self._box.currentText())
        return True


class OtherRouteDialog(FormDialog[Changed]):
    """Records an application or a permit under another route than IMP+."""

    ACT = "routes.save"

    _LINES = ("employer", "offer_number", "permit_number")
    _DAYS = ("invited_on", "filed_on", "decided_on", "valid_from", "valid_until")

    def __init__(
        self,
        office: Office,
        person_id: int,
        entry: OtherRoute | None = None,
        parent: QWidget | None = None,
        *,
        route: str = "",
    ) -> None:
        entry = as_it_stands(people.file(office, person_id).other_routes, entry)
        super().__init__(
            _("Other route"),
            _("Record the route") if entry is None else _("Save the route"),
            parent,
            sentence=_(
                "An application or a permit outside IMP+: it uses no place of the cap. The offer’s "
                "number is an A and seven digits."
            ),
            columns=2,
        )
        self._office, self._person_id, self._entry = office, person_id, entry
        self.tell_whose(people.file(office, person_id).person.full_name)
        offered = [(r.key, routes.said(office, r.name)) for r in routes.everything(office)]
        self.form.add_choice("route", field_label("route"), offered, whole_row=True)
        self.form.add_choice("state", field_label("state"), choices.of_codes(RouteState))
        for key in ("invited_on", "filed_on", "decided_on"):
            self.form.add_day(key, field_label(key), past=True)
        for key in ("employer", "offer_number", "permit_number"):
            self.form.add_line(key, field_label(key))
        for key in ("valid_from", "valid_until"):
            self.form.add_day(key, field_label(key))
        self._show_entry(entry, route)
        self._marks = DayMarks(self.form, office, "other_route", people.file(office, person_id))
        self._marks.show()
        self.form.focus_field("route")

    def submit(self) -> bool:
        days = {key: typed_day(self.form, key) for key in self._DAYS}
        if self._marks.show() or self.form.has_findings():
            return False
        lines = {key: self.form.value(key) for key in self._LINES}
        wanted = RouteDetails(
            route=self.form.value("route"),
            state=RouteState(self.form.value("state")),
            filed_on=days["filed_on"],
            decided_on=days["decided_on"],
            employer=lines["employer"],
            offer_number=lines["offer_number"],
            permit_number=lines["permit_number"],
            valid_from=days["valid_from"],
            valid_until=days["valid_until"],
            invited_on=days["invited_on"],
        )
        number = self._entry.id if self._entry is not None else None
        self.answer = routes.save(self._office, self._person_id, number, wanted)
        return True

    def _show_entry(self, entry: OtherRoute | None, route: str) -> None:
        if entry is None:
            of_programme = bool(route) and bool(routes.route(self._office, route).asked)
            state = RouteState.CONSIDERED if of_programme else RouteState.FILED
            chosen = {"route": route} if route else {}
            self.form.set_values({**chosen, "state": state.value})
            return
        values = {"route": entry.route, "state": entry.state.value}
        values |= {key: getattr(entry, key) or "" for key in self._LINES}
        for key in self._DAYS:
            day = getattr(entry, key)
            values[key] = iso(day) if day else ""
        self.form.set_values(values)
