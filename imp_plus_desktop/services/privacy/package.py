# SPDX-License-Identifier: Apache-2.0
"""Everything that the register holds of one person, for that person to have: the file, what became
of it and by whom, the rows of lists, scans. Nothing of anybody else.

    of_person(office, person) -> Package

What is of a member of the family is withheld and counted; their names and numbers are taken out of
free texts. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import date
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import FieldChange
from imp_plus_desktop.domain.records.catalogue import PARTS, rows_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.exchange.sheets.row_blocks import unpacked
from imp_plus_desktop.exchange.sheets.sheets import column_letters
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import whole
from imp_plus_desktop.storage.archive import attachments
from imp_plus_desktop.storage.archive.attachments import Stored
from imp_plus_desktop.storage.history.acts import details as act_details
from imp_plus_desktop.storage.privacy import own_rows
from imp_plus_desktop.storage.privacy.marks import GONE, Marks
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.words.terms.entity_names import entity_label
from imp_plus_desktop.words.terms.field_texts import field_label, labelled
from imp_plus_desktop.words.terms.value_texts import value_text

_OF_MEMBERS = ("application", "document")
_OF_APPLICATIONS = ("permit", "former_number", "request", "portal_line", "payment")
_NO_VALUES = frozenset({"id", "person_id", "attachment"})


class Entry(NamedTuple):
    """One value: its name, what it is called, the value as it is kept, and in words."""

    name: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind, each with what it holds."""

    key: str
    title: str
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """`withheld` counts what is of others by kind, `scans` are contents by kind of document."""

    person: int
    made_on: date
    parts: tuple[Part, ...]
    withheld: Mapping[str, int]
    scans: tuple[Stored, ...]


def of_person(office: Office, person: int) -> Package:
    """What somebody is to be given. Errors: DomainError person_not_found, person_erased."""
    file, _in_bin = whole.file_of(office, person)
    others = _Others(file)
    own = {entity: others.own(file, entity) for entity in ("person", *PARTS) if entity != "member"}
    parts = [
        Part(entity, entity_label(entity), tuple(others.entries(entity, row) for row in rows))
        for entity, rows in own.items()
        if rows
    ]
    parts += others.family(file)
    parts += _as_member(office, person)
    parts += _lists(office, person, others)
    parts += _history(office, person, others)
    named = [row.attachment for entity in ("document", "contact") for row in own[entity]]
    scans = (attachments.read(office.register, name) for name in dict.fromkeys(named) if name)
    withheld = {
        entity: len(rows_of(file, entity)) - len(own.get(entity, ()))
        for entity in PARTS
        if len(rows_of(file, entity)) > len(own.get(entity, ()))
    }
    return Package(
        person,
        office.clock.today(),
        tuple(parts),
        withheld,
        tuple(scan for scan in scans if scan is not None),
    )


class _Others:
    """Tells what of a file is somebody else's, and takes their names out of texts."""

    def __init__(self, file: PersonFile) -> None:
        names = {(m.given_names, m.family_name) for m in file.members if m.given_names}
        numbers = {n for m in file.members for n in (m.uci, m.passport_number) if n}
        self.marks = Marks(frozenset(names), frozenset(numbers), frozenset())
        self._applications = {a.id for a in file.applications if a.member_id is not None}

    def own(self, file: PersonFile, entity: str) -> list[Any]:
        """The rows of a kind that are the person's own."""
        rows = rows_of(file, entity)
        if entity in _OF_MEMBERS:
            return [row for row in rows if row.member_id is None]
        if entity in _OF_APPLICATIONS:
            return [row for row in rows if row.application_id not in self._applications]
        return list(rows)

    def entries(self, entity: str, row: Any) -> tuple[Entry, ...]:
        """What a row holds, without what is empty."""
        told = ((f.name, encode(getattr(row, f.name))) for f in fields_of(row))
        return tuple(
            self.entry(entity, name, value)
            for name, value in told
            if value is not None and name not in _NO_VALUES
        )

    def entry(self, entity: str, name: str, value: Any) -> Entry:
        """One value, without the names of others."""
        if isinstance(value, str):
            value = self.marks.pattern.sub(GONE, value)
        label = field_label(name) if name in labelled() else name
        return Entry(name, label, value, value_text(name, value, entity))

    def family(self, file: PersonFile) -> Iterator[Part]:
        """Who is in the family, as far as that is about the person."""
        if file.members:
            rows = tuple((self.entry("member", "relation", m.relation),) for m in file.members)
            yield Part("family", entity_label("member"), rows)

    def is_of(self, change: FieldChange, withheld: set[tuple[str, int]]) -> bool:
        """Whether a change is about somebody else."""
        return change.entity == "member" or (change.entity, change.entity_id) in withheld


def _as_member(office: Office, person: int) -> Iterator[Part]:
    """What files of others say of the person as a member of their family; not whose they are."""
    rows = own_rows.as_member(office.register, person)
    told = tuple(
        tuple(
            Entry(name, field_label(name), value, value_text(name, value, "member"))
            for name, value in row.items()
            if value is not None and name not in (*_NO_VALUES, "relation")
        )
        for row in rows
    )
    if told:
        yield Part("as_member", _("In the family of somebody else"), told)


def _lists(office: Office, person: int, others: _Others) -> Iterator[Part]:
    """The person's own rows of imported lists, each cell under its heading."""
    rows: list[tuple[Entry, ...]] = []
    for act, source, sheet, row, packed, first in own_rows.archived(office.register, person):
        kept = act_details(office.register, act).get("sheets", ())
        of_sheet: Mapping[str, Any] = next((one for one in kept if one["sheet"] == sheet), {})
        heads = {
            place: (field, of_sheet.get("headers", {}).get(field) or field_label(field))
            for field, place in of_sheet.get("columns", {}).items()
        }
        cells = unpacked(packed)[row - first] if packed else ()
        rows.append(
            (
                Entry("list", _("List"), source, source),
                Entry("row", _("Row"), row, str(row)),
                *_cells(cells, heads, others),
            )
        )
    if rows:
        yield Part("lists", _("Rows of imported lists"), tuple(rows))


def _cells(
    cells: Sequence[Any], heads: Mapping[int, tuple[str, str]], others: _Others
) -> Iterator[Entry]:
    for place, cell in enumerate(cells):
        field, head = heads.get(place, ("", column_letters(place)))
        if cell is None or field.startswith(("spouse_", "child_", "member_")):
            continue
        told = others.marks.pattern.sub(GONE, str(encode(cell)))
        yield Entry(field or column_letters(place), head, told, told)


def _history(office: Office, person: int, others: _Others) -> Iterator[Part]:
    """What was changed, when and by whom, the latest first."""
    changes = history.changes(office, person)
    withheld = {
        (change.entity, change.entity_id)
        for change in changes
        if change.field == "member_id" and (change.before or change.after)
    }
    rows = tuple(
        (
            Entry("at", _("Date"), encode(change.at), value_text("at", toronto_day(change.at))),
            Entry("who", _("Made by"), change.who, change.who),
            Entry("what", _("About"), change.entity, entity_label(change.entity)),
            Entry("field", _("Field"), change.field, _label(change.field)),
            *(
                others.entry(change.entity, change.field, value)._replace(name=name, label=label)
                for name, label, value in (
                    ("before", _("Before"), change.before),
                    ("after", _("After"), change.after),
                )
                if value is not None
            ),
        )
        for change in changes
        if not others.is_of(change, withheld) and change.field not in _NO_VALUES
    )
    if rows:
        yield Part("history", _("History of the file"), rows)


def _label(field: str) -> str:
    return field_label(field) if field in labelled() else field
