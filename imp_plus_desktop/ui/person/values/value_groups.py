# SPDX-License-Identifier: Apache-2.0
"""The values of a file by subject, each under its name, as they are changed on its page.

    Value(field, name, text, offer=None)      one value; with an offer it is corrected by a dialog
    Group(key, title, values)           what stands together; `summary` says it folded
    groups(file) -> tuple[Group, ...]

The fields are the catalogue's: a new one comes by itself. Pure; must not judge anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import LINKED, PARTLY, of_section
from imp_plus_desktop.domain.records.fields import Field, Section
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.i18n import _, format_known
from imp_plus_desktop.services.fields.typed_fields import present_values
from imp_plus_desktop.ui.look.format import DASH
from imp_plus_desktop.ui.person.actions.file_table import FileOffer
from imp_plus_desktop.ui.person.actions.history_actions import CORRECT
from imp_plus_desktop.words.messages import field_label
from imp_plus_desktop.words.terms.value_texts import value_text


@dataclass(frozen=True, slots=True)
class Value:
    """One value under its name, in words; a dash where there is none."""

    field: Field
    name: str
    text: str
    offer: FileOffer | None = None
    """What corrects it, where that asks for more than the value."""

    @property
    def is_empty(self) -> bool:
        return self.text == DASH


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one subject."""

    key: str
    title: str
    values: tuple[Value, ...]

    @property
    def summary(self) -> str:
        """Its first values, for where it is folded; under their names where a value alone says
        nothing."""
        return " · ".join(_told(value) for value in self.values if not value.is_empty)

    @property
    def is_empty(self) -> bool:
        return all(value.is_empty for value in self.values)


def _told(value: Value) -> str:
    if value.text.isdecimal() or value.text in (_("Yes"), _("No")):
        return _("{name}: {value}").format(name=value.name, value=value.text)
    return value.text


_ELSEWHERE = frozenset({"tags"})
"""What has a place of its own on the page."""
KEYS = ("letters", "passports", "residence_values", "status_values", "reach", "identity")


def groups(file: PersonFile) -> tuple[Group, ...]:
    """The values of a file, in the order of `KEYS`."""
    made = (
        (_("Letter"), _beside("letter")),
        (_("Permit and passport"), _beside("permit", "passport")),
        (
            _("Permanent residence"),
            (*of_section(Section.CSQ), *of_section(Section.TRACK)),
        ),
        (_("Status and situation"), of_section(Section.STATUS)),
        (_("How to reach them"), of_section(Section.CONTACT, Section.CORRESPONDENCE)),
        (_("Identity"), of_section(Section.IDENTITY)),
    )
    known = present_values(file, None)
    return tuple(
        Group(key, title, tuple(_values(file, fields, known)))
        for key, (title, fields) in zip(KEYS, made, strict=True)
    )


def _beside(*entities: str) -> tuple[Field, ...]:
    """What lists have of these rows beside a person."""
    return tuple(field for entity in entities for field in LINKED if field.entity == entity)


def _values(
    file: PersonFile, fields: Sequence[Field], known: Mapping[str, object]
) -> Iterator[Value]:
    offer = _correction(file)
    for field in fields:
        if field.named in _ELSEWHERE:
            continue
        name, text = field_label(field.named), _text(field, known.get(field.named))
        if field.entity != "permit":
            yield Value(field, name, text)
        elif offer is not None:
            yield Value(field, name, text, offer)


def _correction(file: PersonFile) -> FileOffer | None:
    """What corrects the latest permit: a reason goes with it."""
    own = [a for a in file.own_applications if file.permits_of(a.id)]
    return CORRECT.offer(own[-1]) if own else None


def _text(field: Field, value: object) -> str:
    if field.named in PARTLY and isinstance(value, str):
        return format_known(value)
    return value_text(field.name, value, field.entity).replace("\n", ", ")
