# SPDX-License-Identifier: Apache-2.0
"""The sheets of what is done to many files: who answers, a note, a contact, a document, a letter's
receipt, a stay, deadlines seen.

Each is a form and the change that it asks for; `ManySheet` does the rest. None holds a rule.
"""

from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.people.tags import split
from imp_plus_desktop.domain.values.codes import ContactKind, DocumentState, DocumentType
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.people import clerks
from imp_plus_desktop.services.several import changes, of_deadlines, tags
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet, Wanted
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label

_CANADA = "CAN"
_PUT, _TAKE = "put", "take"


class ClerkSheet(ManySheet):
    """Says who answers for these files."""

    VERB = N_("Assign")

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Responsible for the files"),
            _("Type a name, even a new one; leave it empty for nobody."),
        )
        own = many.shell.office.settings.user_name
        names = list(dict.fromkeys([*([own] if own else []), *clerks.names(many.shell.office)]))
        self._box = self.form.add_choice(
            "clerk", field_label("clerk"), [("", ""), *((n, n) for n in names)], typing=True
        )
        self._box.setEditText(own)
        self._box.editTextChanged.connect(self._on_form_edited)
        self.form.focus_field("clerk")
        self.begin()

    def wanted(self) -> Wanted | None:
        # What is typed counts: a new name need not be among those known.
        name = " ".join(self._box.currentText().split())
        return Wanted(changes.clerk(name), name)


class TagSheet(ManySheet):
    """Puts tags on these files, or takes them off."""

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Tags"),
            _("A word of the office’s own; a comma stands between several."),
        )
        self.form.add_choice("how", _("What to do"), [(_PUT, _("Put on")), (_TAKE, _("Take off"))])
        known = [(tag, tag) for tag in tags.known(many.shell.office)]
        self._box = self.form.add_choice("tags", _("Tags"), [("", ""), *known], typing=True)
        self._box.editTextChanged.connect(self._on_form_edited)
        self.form.focus_field("tags")
        self.begin()

    def wanted(self) -> Wanted | None:
        # What is typed counts: a new tag need not be among those known.
        names = split(self._box.currentText())
        if not names:
            return None
        puts = self.form.value("how") == _PUT
        change = changes.tagged(names) if puts else changes.untagged(names)
        return Wanted(change, (puts, names))


class NoteSheet(ManySheet):
    """Adds the same note to these files."""

    VERB = N_("Add the note")

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Note"),
            _("The note carries the day and your name, and stays in the office’s register."),
        )
        self.form.add_text("text", field_label("text"), lines=5)
        self.keep_draft("text", many.shell.office, many.targets[0], "note to many")
        self.form.focus_field("text")
        self.begin()

    def wanted(self) -> Wanted | None:
        text = self.form.value("text").strip()
        return Wanted(changes.note(text)) if text else None


class ContactSheet(ManySheet):
    """Logs the same contact with each of these people."""

    VERB = N_("Log the contact")

    def __init__(self, many: Many) -> None:
        super().__init__(many, _("Contact with the person"))
        self.form.add_choice("kind", _("How"), choices.of_codes(ContactKind))
        self.form.add_day("on_day", field_label("on_day"), past=True)
        self.form.add_text("text", _("What was said"), lines=4)
        self.form.set_values(
            {"kind": ContactKind.WROTE.value, "on_day": iso(many.shell.today()), "text": ""}
        )
        self.keep_draft("text", many.shell.office, many.targets[0], "contact with many")
        self.form.focus_field("text")
        self.begin()

    def wanted(self) -> Wanted | None:
        day, text = typed_day(self.form, "on_day"), self.form.value("text").strip()
        if day is None or not text:
            return None
        return Wanted(changes.contact(ContactKind(self.form.value("kind")), text, day), day)


class DocumentSheet(ManySheet):
    """Says where a document of each of these people stands."""

    def __init__(self, many: Many) -> None:
        super().__init__(
            many, _("State of a document"), _("The expiry that is recorded of it stays.")
        )
        self.form.add_choice("type", field_label("type"), choices.of_codes(DocumentType))
        self.form.add_choice("state", field_label("state"), choices.of_codes(DocumentState))
        self.form.set_values({"state": DocumentState.RECEIVED.value})
        self.form.focus_field("type")
        self.begin()

    def wanted(self) -> Wanted | None:
        kind = DocumentType(self.form.value("type"))
        state = DocumentState(self.form.value("state"))
        return Wanted(changes.document(kind, state), (kind, state))


class LetterSheet(ManySheet):
    """Records when the letters in force were received."""

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Letter received"),
            _("Of the letter in force, where no day of receipt is recorded yet."),
        )
        self.form.add_day("day", field_label("letter_received_date"), past=True)
        self.form.set_values({"day": iso(many.shell.today())})
        self.form.focus_field("day")
        self.begin()

    def wanted(self) -> Wanted | None:
        day = typed_day(self.form, "day")
        return None if day is None else Wanted(changes.letter_received(day), day)


class ResidenceSheet(ManySheet):
    """Records where these people live from a day on."""

    def __init__(self, many: Many) -> None:
        super().__init__(
            many, _("Residence"), _("The stay before ends the day before this one begins.")
        )
        office = many.shell.office
        self.form.add_choice(
            "country",
            field_label("residence_country"),
            choices.countries(office, places=True),
            typing=True,
        )
        self.form.add_choice("province", field_label("residence_province"), choices.provinces())
        self.form.add_day("from", field_label("from_day"))
        self.form.set_values({"from": iso(many.shell.today())})
        self.form.set_field_shown("province", False)
        self.form.focus_field("country")
        self.begin()

    def wanted(self) -> Wanted | None:
        country, province = self.form.value("country"), self.form.value("province")
        self.form.set_field_shown("province", country == _CANADA)
        day = typed_day(self.form, "from")
        if not country or day is None:
            return None
        place = f"{country}-{province}" if country == _CANADA and province else country
        return Wanted(changes.residence(place, day), (place, day))


class SeenSheet(ManySheet):
    """Says that the deadlines of a kind of these people were seen."""

    VERB = N_("Mark them as seen")

    def __init__(self, many: Many) -> None:
        super().__init__(many, _("Deadlines seen"))
        kinds = sorted(choices.of_codes(DeadlineKind), key=lambda choice: sort_key(choice[1]))
        self.form.add_choice("kind", _("Kind"), [("", _("All kinds")), *kinds])
        self.form.focus_field("kind")
        self.begin()

    def wanted(self) -> Wanted | None:
        kind = self.form.value("kind") or None
        return Wanted(of_deadlines.seen_of_people(kind), kind)
