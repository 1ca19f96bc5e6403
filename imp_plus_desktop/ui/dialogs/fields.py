# SPDX-License-Identifier: Apache-2.0
"""A field of the catalogue as a field of a form, by what it holds. Must not read the register.

add_field(form, office, field)
offer_to_show(form, *lines)     lines that hide what is typed, and the box that shows it
"""

from PySide6.QtWidgets import QLineEdit

from imp_plus_desktop.domain.records.catalogue import PARTLY
from imp_plus_desktop.domain.records.fields import Field, Kind
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.words.messages import field_label

SHOWN = "shown"
"""The key of the box that shows what is typed."""


def add_field(form: FormGrid, office: Office, field: Field, text: str | None = None) -> None:
    """Add a field, called `text` or as it is called everywhere."""
    key, words = field.named, text or field_label(field.named)
    if field.kind is Kind.LINES:
        form.add_text(key, words)
    elif field.is_day:
        form.add_day(key, words, partly=key in PARTLY, past=bool(field.traits.ahead))
    elif field.is_country:
        places = field.kind is Kind.PLACE or key.startswith("address")
        form.add_choice(key, words, choices.countries(office, places=places), typing=True)
    elif (offered := _offered(office, field)) is not None:
        form.add_choice(key, words, offered)
    else:
        form.add_line(key, words)


def _offered(office: Office, field: Field) -> choices.Choices | None:
    """What a field may hold, None where it is free."""
    if field.kind is Kind.FLAG:
        return choices.yes_no()
    if field.kind is Kind.PROVINCE:
        return choices.provinces()
    if field.kind is Kind.CATEGORY:
        return choices.csq_categories(office)
    if field.code is None:
        return None
    codes = choices.of_codes(field.code)
    return codes if field.required else choices.with_none(codes)


def offer_to_show(form: FormGrid, *lines: QLineEdit) -> None:
    """Hide what is typed in these lines, and add a box that shows it."""

    def show(shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in lines:
            line.setEchoMode(mode)

    form.add_check(SHOWN, _("Show what is typed")).toggled.connect(show)
    show(False)
