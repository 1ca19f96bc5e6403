# SPDX-License-Identifier: Apache-2.0
"""Small forms about letters: what stands at their head, and what a template is called.

LetterheadDialog(office, parent).ask() -> ActId | None
write_letterhead(shell, parent) -> bool     the same, told to the window
TemplateDialog(title, ok_text, parent, name="", language="", naming=True).ask() -> Named | None
"""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.correspondence import letterhead
from imp_plus_desktop.services.correspondence.letterhead import Letterhead
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.shell.shell import Shell


@dataclass(frozen=True, slots=True)
class Named:
    """What a template is to be called, and its language."""

    name: str
    language: str


class LetterheadDialog(FormDialog[ActId]):
    """What stands at the head of every letter of the office."""

    ACT = "letters.letterhead"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(
            _("Letterhead"),
            _("Save the letterhead"),
            parent,
            sentence=_("It stands in the register, for the whole office."),
        )
        self._office = office
        present = letterhead.letterhead(office)
        self.form.add_line("name", _("Name of the office"))
        self.form.add_text("address", _("Address"), lines=3)
        self.form.add_line("phone", _("Telephone"))
        self.form.add_line("email", _("E-mail"))
        self.form.set_values(
            {name: getattr(present, name) or "" for name in ("name", "address", "phone", "email")}
        )
        self.form.focus_field("name")

    def submit(self) -> bool:
        self.answer = letterhead.save(self._office, replace(Letterhead(), **self.form.values()))
        return True


def write_letterhead(shell: Shell, parent: QWidget) -> bool:
    """Ask what stands at the head of letters; whether it was recorded."""
    act = LetterheadDialog(shell.office.as_shown(), parent).ask()
    if act is not None:
        shell.changed(_("Letterhead recorded"), act)
    return act is not None


class TemplateDialog(FormDialog[Named]):
    """Asks what a template is called, and for which language it is."""

    def __init__(self, title: str, ok_text: str, parent: QWidget, named: Named) -> None:
        super().__init__(title, ok_text, parent)
        self.form.add_line("name", _("Name"))
        self.form.add_choice("language", _("Language"), [("fr", _("French")), ("en", _("English"))])
        self.form.set_values({"name": named.name, "language": named.language or "fr"})
        self.form.set_field_shown("language", bool(named.language))
        self.form.edited.connect(self._on_form_edited)
        self._on_form_edited("name")
        self.form.focus_field("name")

    def submit(self) -> bool:
        self.answer = Named(self.form.value("name").strip(), self.form.value("language"))
        return True

    def _on_form_edited(self, _key: str) -> None:
        self.set_ok_enabled(bool(self.form.value("name").strip()))
