# SPDX-License-Identifier: Apache-2.0
"""Every field of the register, collected from the record classes; and the orders in which lists,
hands and forms have them.

What needs to know which fields there are asks here and keeps no list of its own. Reads nothing,
and holds nothing that a record class does not say, but for the columns that lists alone have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NewType, get_args

from imp_plus_desktop.domain.records import applications, file, member, office, papers, person
from imp_plus_desktop.domain.records.fields import At, Field, Kind, Mark, Part, Section, Traits
from imp_plus_desktop.domain.records.listed import MORE
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Relation
from imp_plus_desktop.domain.values.identifiers import IdentifierKind

RECORDS: Mapping[str, type] = MappingProxyType(
    {
        "person": person.Person,
        "letter": papers.Letter,
        "residence": papers.Residence,
        "passport": papers.Passport,
        "member": member.Member,
        "application": applications.Application,
        "permit": applications.Permit,
        "document": papers.Document,
        "note": papers.Note,
        "former_name": person.FormerName,
        "former_number": applications.FormerNumber,
        "contact": papers.Contact,
        "employment": papers.Employment,
        "request": applications.Request,
        "portal_line": applications.PortalLine,
        "payment": applications.Payment,
        "other_route": applications.OtherRoute,
        "deadline_mark": office.DeadlineMark,
        "flag_settlement": office.FlagSettlement,
        "legal_hold": office.LegalHold,
        "entry_rule": office.EntryRule,
    }
)
"""The class of each kind of row, by the name that the journal keeps; parents before children."""

_LINKED = ("letter", "residence", "passport", "application", "permit")
"""What stands beside a person, and comes in lists of people with them."""

_KINDS: Mapping[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.NUMBER,
    bool: Kind.FLAG,
    date: Kind.DAY,
    datetime: Kind.INSTANT,
}
_PLAIN = Traits()
_TRAIT_OF: Mapping[type, str] = {Kind: "kind", Part: "part", At: "at"}


def _traits(said: Iterable[Any]) -> Traits:
    """What a record class says behind a type, put together."""
    found: dict[str, Any] = {"marks": Mark.NONE, "identifiers": ()}
    for one in said:
        if isinstance(one, Mark):
            found["marks"] |= one
        elif isinstance(one, IdentifierKind):
            found["identifiers"] += (one,)
        elif isinstance(one, Section):
            found["at"] = one.at(0)
        elif type(one) in _TRAIT_OF:
            found[_TRAIT_OF[type(one)]] = one
        else:
            trait, what = one
            found[trait] = what
    return Traits(**found)


def _field(entity: str, name: str, annotation: Any) -> Field:
    """The field that one line of a record class says."""
    said = getattr(annotation, "__metadata__", ())
    of_value = annotation.__origin__ if said else annotation
    types = get_args(of_value) or (of_value,)  # of `date | None`, and of `date` alone
    held = types[0]
    traits = _traits(said) if said else _PLAIN
    code, link = None, ""
    if isinstance(held, NewType):
        kind, link = Kind.LINK, _entity_of(held)
    elif issubclass(held, StrEnum):
        kind, code = Kind.CODE, held
    else:
        kind = traits.kind or (Kind.IDENTIFIER if traits.identifiers else _KINDS[held])
    required = type(None) not in types
    return Field(entity, name, traits.name or name, kind, traits, code, link, required)


def _entity_of(number: NewType) -> str:
    """`MemberId` is the id of a member."""
    whole = number.__name__.removesuffix("Id")
    return next(entity for entity, record in RECORDS.items() if record.__name__ == whole)


def _fields_of(entity: str) -> tuple[Field, ...]:
    lines = RECORDS[entity].__annotations__.items()
    return tuple(_field(entity, name, annotation) for name, annotation in lines if name != "id")


FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {entity: _fields_of(entity) for entity in RECORDS}
)
"""The fields of each kind of row, without its id, in the order of its class."""

NAMES = ("family_name", "given_names")


def _of_lists(name: str) -> Field:
    """A column of names that a list may have where the register has the two `NAMES`."""
    return Field("person", name, name, Kind.TEXT, Traits(part=Part.IDENTITY))


FULL_NAME = _of_lists("full_name")
"""`NAME, Given`, or both in the order that the header states, if it states one."""
FAMILY_FIRST = _of_lists("name_family_first")
GIVEN_FIRST = _of_lists("name_given_first")
ONLY_NAME = _of_lists("only_name")
"""Of people who have one name: it is their family name."""
MIDDLE_NAMES = _of_lists("middle_names")
"""Further given names, in a column of their own."""
WHOLE_NAMES = (FULL_NAME, FAMILY_FIRST, GIVEN_FIRST, ONLY_NAME)
"""A column alone that says what somebody is called."""
OF_LISTS: tuple[Field, ...] = (*WHOLE_NAMES, MIDDLE_NAMES)
"""What lists alone have, beside the reference of a family's principal."""

REGISTER_NUMBER = Field(
    "person",
    "register_number",
    "register_number",
    Kind.IDENTIFIER,
    Traits(part=Part.NUMBERS, identifiers=(IdentifierKind.REGISTER,)),
)
"""By which the register knows its own people again in a list that it wrote."""

PRINCIPAL = Field(
    "member",
    "principal_reference",
    "principal_reference",
    Kind.IDENTIFIER,
    Traits(
        part=Part.MEMBER,
        # It may be a UCI.
        marks=Mark.HYPHENS | Mark.HIDDEN,
        identifiers=(
            IdentifierKind.INDIVIDUAL_REFERENCE,
            IdentifierKind.FILE_NUMBER,
            IdentifierKind.UCI,
            IdentifierKind.APPLICATION,
            IdentifierKind.REGISTER,
        ),
    ),
)
"""Whose family a row of a list is of: the register has the principal's id in its place."""


FAMILY_NUMBER = Field(
    "member", "family_number", "family_number", Kind.TEXT, Traits(part=Part.MEMBER)
)
"""What the rows of one family share where principals and members stand in one list."""


def _fields_partly_known() -> Iterator[Field]:
    """What of a member stands in the place of a day of which less is known."""
    return (field for field in FIELDS["member"] if field.traits.partly)


def _in_order(some: Iterable[Field]) -> tuple[Field, ...]:
    """As lists have them; what they do not have comes last."""
    return tuple(sorted(some, key=lambda field: field.traits.part or len(Part) + 1))


def _names(some: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.named for field in some)


PERSON: tuple[Field, ...] = _in_order(FIELDS["person"])
"""What a person's own row holds."""
LINKED: tuple[Field, ...] = tuple(
    field for entity in _LINKED for field in FIELDS[entity] if field.traits.part
)
"""What is typed and listed of a person and lives beside that row."""
PEOPLE: tuple[Field, ...] = _in_order(f for f in (*PERSON, *LINKED) if f.traits.part)
"""What a list of people has, in its order."""
MEMBER: tuple[Field, ...] = tuple(f for f in FIELDS["member"] if f.kind is not Kind.LINK)
"""What is known of a family member."""
FAMILY: tuple[Field, ...] = (PRINCIPAL, *(field for field in MEMBER if field.traits.part))
"""What a list of family members has of the members themselves, in its order."""
MEMBER_CODE = Field(
    "application",
    "code",
    "application_code",
    Kind.CODE,
    Traits(part=Part.MEMBER, words="application_code"),
    ApplicationCode,
)
"""The code of a member's application; where a list does not state it, wish and relation tell."""
OF_MEMBERS: tuple[Field, ...] = (
    MEMBER_CODE,
    *(field for field in PEOPLE if field.entity in ("application", "permit")),
)
"""What a list of family members has of their applications and permits, after that."""

SLOTS: Mapping[str, ApplicationKind | None] = MappingProxyType(
    {
        "2": None,
        "3": None,
        "4": None,
        "5": None,
        "extension": ApplicationKind.EXTENSION,
        "extension_2": ApplicationKind.EXTENSION,
        "extension_3": ApplicationKind.EXTENSION,
        "restoration": ApplicationKind.RESTORATION,
    }
)
"""Where lists have a further application beside the first, and the kind that this says."""
_SLOTS_OF: Mapping[str, tuple[str, ...]] = {
    "application": tuple(SLOTS),
    "permit": tuple(SLOTS),
    "passport": ("2",),
}
AGAIN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        f"{field.named}_{slot}": (field.named, slot)
        for field in LINKED
        for slot in _SLOTS_OF.get(field.entity, ())
    }
)
"""The fields that a row has once more, side by side with the first: whose they repeat, and where.

`permit_from_2` is the first day of the second permit. Lists have them, forms do not.
"""

_CHILDREN = range(1, 9)
FAMILY_SLOTS: Mapping[str, Relation | None] = MappingProxyType(
    {"spouse": Relation.SPOUSE, "partner": Relation.PARTNER}
    | {f"child_{number}": Relation.CHILD for number in _CHILDREN}
    | {f"dependent_{number}": None for number in _CHILDREN}
)
"""Where a row about a person has a member of the family beside them, and the relation that this
says; a dependent may be a spouse or a child."""
IN_FAMILY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        f"{slot}_{field.named}": (field.named, slot)
        for slot in FAMILY_SLOTS
        for field in (*FAMILY, *_fields_partly_known(), *OF_MEMBERS, *WHOLE_NAMES, MIDDLE_NAMES)
        if field not in (PRINCIPAL, ONLY_NAME)
    }
)
"""The fields of those members: which field of a member each is, and whose. `child_2_birth_date`."""

PERSON_FIELDS = _names(PERSON)
LINKED_FIELDS = _names(LINKED)
HAND_FIELDS = (*PERSON_FIELDS, *LINKED_FIELDS)
"""What may be typed of a person."""
PEOPLE_FIELDS = _names(PEOPLE)
MORE_FIELDS = _names(MORE)
READ_FIELDS = (*PEOPLE_FIELDS, REGISTER_NUMBER.named, *MORE_FIELDS, *AGAIN, *IN_FAMILY)
"""All that a list of people is read for; `PEOPLE_FIELDS` are what is written in one."""
MEMBER_FIELDS = _names(MEMBER)
FAMILY_FIELDS = (*_names(FAMILY), *_names(OF_MEMBERS))
TOGETHER_FIELDS = tuple(
    name for name in (*FAMILY_FIELDS, FAMILY_NUMBER.named) if name not in PEOPLE_FIELDS
)
"""What a list has besides where members stand among the people, each in a row of their own."""

_OF_RELATIVES = {field.named: field for field in (*OF_MEMBERS, *OF_LISTS, *MEMBER)}
BY_NAME: Mapping[str, Field] = MappingProxyType(
    {
        field.named: field
        for field in (*MEMBER, PRINCIPAL, FAMILY_NUMBER, MEMBER_CODE, REGISTER_NUMBER, *OF_LISTS)
    }
    | {field.named: field for field in (*LINKED, *PERSON)}
    | {field.named: field for field in MORE}
    | {
        name: replace(field, named=name)
        for field in LINKED
        for name, (plain, _slot) in AGAIN.items()
        if plain == field.named
    }
    | {
        name: replace(_OF_RELATIVES[plain], named=name)
        for name, (plain, _slot) in IN_FAMILY.items()
    }
)
"""Every field that is read from a text, by its name; a person's own where a member has it too."""

HIDDEN_NAMES: tuple[str, ...] = tuple(
    sorted(name for name, field in BY_NAME.items() if field.has(Mark.HIDDEN))
)
"""What lists and forms call the fields that a server hides from who only reads."""

PARTLY: Mapping[str, str] = MappingProxyType(
    {
        field.traits.partly: field.name
        for field in (*FIELDS["person"], *FIELDS["member"])
        if field.traits.partly
    }
)
"""Days of which less may be known, and the field that stands in their place then."""

_BY_COLUMN: Mapping[tuple[str, str], Field] = {
    (entity, field.name): field for entity, some in FIELDS.items() for field in some
}


def of_column(entity: str, column: str) -> Field | None:
    """The field of a column of the register, None for an id or a table of figures."""
    return _BY_COLUMN.get((entity, column))


def columns_of(entity: str) -> dict[str, str]:
    """What lists and hands know of a kind of row: the name of each field, and its column."""
    known = (*PERSON, *LINKED, *MEMBER)
    return {field.named: field.name for field in known if field.entity == entity}


def place_of(field: str, columns: Mapping[str, int]) -> int | None:
    """The column in which a list has a field: its own, or the one that holds a whole name."""
    place = columns.get(field)
    plain, slot = IN_FAMILY.get(field, (field, ""))
    if place is None and plain in NAMES:
        places = (columns.get(slot_field(slot, whole.named)) for whole in WHOLE_NAMES)
        place = next((at for at in places if at is not None), None)
    return place


def slot_field(slot: str, plain: str) -> str:
    """What a row calls a field of a member beside its person; a person's own without a slot."""
    return f"{slot}_{plain}" if slot else plain


def known_of(row: Any, name: str) -> Any:
    """What a row holds of a field; of a day that is known in part, that part."""
    value = getattr(row, name)
    return getattr(row, PARTLY[name]) if value is None and name in PARTLY else value


def names_with(some: Iterable[Field], mark: Mark) -> tuple[str, ...]:
    """The names of those fields that have a mark."""
    return tuple(field.named for field in some if field.has(mark))


KEYS_OF_PEOPLE = names_with(PERSON, Mark.KEY)
"""The numbers by which a person is known again."""
NAMING_PRINCIPALS = (*KEYS_OF_PEOPLE, "application_number", REGISTER_NUMBER.named)
"""The numbers by which a list may name the principal of a family."""


def of_section(*sections: Section) -> tuple[Field, ...]:
    """The fields that a section of a form has, or several among each other, from above."""
    places = ((f.traits.at, f) for f in (*FIELDS["person"], *LINKED, *MEMBER))
    own = [(at.place, field) for at, field in places if at is not None and at.section in sections]
    return tuple(field for _place, field in sorted(own, key=lambda pair: pair[0]))


def _parts_of_a_file() -> dict[str, str]:
    entities = {record: entity for entity, record in RECORDS.items()}
    held = {name: get_args(kind) for name, kind in file.PersonFile.__annotations__.items()}
    return {entities[kinds[0]]: name for name, kinds in held.items() if kinds}


PARTS: Mapping[str, str] = MappingProxyType(_parts_of_a_file())
"""Where a `PersonFile` keeps the rows of each kind that it may have several of."""


def rows_of(file: file.PersonFile, entity: str) -> tuple[Any, ...]:
    """The rows of a kind that a file has."""
    return (file.person,) if entity == "person" else getattr(file, PARTS[entity])
