# SPDX-License-Identifier: Apache-2.0
"""What stands in letters, in the language of whom they are for: values, salutations, fields.

    letter_value(column, value)     a value of the register as a sentence has it: `4 mars 2026`
    salutation(person)              `Madame`; `Ms. Khoury`
    OWN                             the fields that no list has, and what they are called
    mistake_text(mistake…)          what is wrong with a template

Must not read the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from imp_plus_desktop.domain.reads.list_columns import ListColumn
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import Sex
from imp_plus_desktop.i18n import N_, _, current_language, format_day, pgettext
from imp_plus_desktop.words.terms.list_texts import cell_text

SHIPPED: Mapping[str, str] = {
    "invitation": N_("Invitation received: 90 days to apply"),
    "documents": N_("Documents missing"),
    "passport": N_("Passport to renew"),
    "decision": N_("Decision of IRCC"),
    "appointment": N_("Appointment"),
}
"""The letters that the program brings, in their order."""

OWN: Mapping[str, str] = {
    "today": N_("Today’s date"),
    "salutation": N_("Salutation"),
    "full_name": N_("Given names and family name"),
    "apply_by": N_("Last day to apply, all limits counted"),
    "apply_by_open": N_("Last day to apply, while it is ahead"),
    "missing_documents": N_("Documents missing (a list)"),
    "members": N_("Family members (a list)"),
    "outcome_code": N_("Decision, as a code for conditions"),
    "signed_by": N_("Who signs: responsible for the file"),
    "office_name": N_("Name of the office"),
    "office_address": N_("Address of the office"),
    "office_phone": N_("Telephone of the office"),
    "office_email": N_("E-mail of the office"),
}
"""What letters have besides the fields of the register."""
ASKED: Mapping[str, str] = {
    "reply_by": N_("Reply by (day)"),
    "appointment_day": N_("Day of the appointment"),
    "appointment_time": N_("Time of the appointment"),
    "appointment_place": N_("Place of the appointment"),
    "message": N_("Message of one’s own"),
}
"""What is typed when the letter is made, for all of those it is for."""
MEMBER = ("full_name", "relation", "birth_date")
"""What is known of each of the members."""

_MISTAKES: Mapping[str, str] = {
    "unknown_field": N_("There is no field “{tag}”. In the line: {line}"),
    "tag_open": N_("“{tag}” is not opened or not closed. In the line: {line}"),
    "tag_unreadable": N_("“{tag}” cannot be read. In the line: {line}"),
    "tag_not_allowed": N_("“{tag}” is not possible in a letter. In the line: {line}"),
    "tag_closes_nothing": N_("“{tag}” ends nothing that was begun. In the line: {line}"),
    "tag_not_closed": N_("“{tag}” is never ended. In the line: {line}"),
}


def letter_value(column: ListColumn, value: object) -> str:
    """A value of the register, as a letter says it; empty for none."""
    if value is None or value == "":
        return ""
    text = str(value)
    if column.kind is Kind.LINES:
        return text
    try:
        if column.kind is Kind.DAY:
            return format_day(date.fromisoformat(text))
        if column.kind is Kind.INSTANT:
            return format_day(toronto_day(datetime.fromisoformat(text)))
    except ValueError:
        return text  # a year or a month, where no day is known
    return cell_text(column, text if not isinstance(value, int) else value)


def salutation(person: Person) -> str:
    """How a letter speaks to somebody: by the sex in the file, by both titles or the name without
    it."""
    if current_language() == "fr":
        titles = {Sex.F: _("Madam"), Sex.M: _("Sir")}
        return titles.get(person.sex, _("Madam, Sir")) if person.sex else _("Madam, Sir")
    titles = {Sex.F: "Ms.", Sex.M: "Mr."}
    title = titles.get(person.sex) if person.sex else None
    return f"{title} {person.family_name}" if title else person.full_name


def template_name(shipped: str | None, name: str) -> str:
    """What a template is called."""
    return _(SHIPPED[shipped]) if shipped is not None and shipped in SHIPPED else name


def mistake_text(code: str, tag: str, line: str, like: str) -> str:
    """What is wrong with a template, where, and what may have been meant."""
    text = _(_MISTAKES[code]).format(tag=tag, line=line)
    if like:
        text = _("{text} Perhaps “{like}” is meant.").format(text=text, like=like)
    return text


def contact_text(name: str) -> str:
    """What the log says of a letter."""
    return _("Letter: {name}").format(name=name)


def file_word() -> str:
    """How the name of a letter's file begins."""
    return pgettext("file name", "letter")


def subject_text() -> str:
    """The subject of an e-mail that goes with a letter: it tells nothing of the file."""
    return _("Our letter")


def enclosed_text() -> str:
    """The text of an e-mail to which a letter is attached."""
    return _("Hello,\n\nPlease find our letter attached.")
