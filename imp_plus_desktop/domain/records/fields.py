# SPDX-License-Identifier: Apache-2.0
"""What a record class says of a field beside its type, and the field as the catalogue holds it.

A field is one line of a class of `records.py`. Its type tells what it holds; what stands behind
the type tells the rest: its kind where the type leaves it open, the part of a list and the section
of a form that have it, its marks, and which days it must not pass. `catalogue.py` collects them.
Holds no text for people: labels, helps and headers are found by the field's name.
"""

from __future__ import annotations

import re
from enum import Flag, IntEnum, StrEnum, auto
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.identifiers import IdentifierKind

IMPOSSIBLE = "impossible_dates"
OUT_OF_ORDER = "dates_out_of_order"
AHEAD = "date_in_the_future"


class Kind(StrEnum):
    """What a field holds. The type of its attribute tells most kinds; the others are said."""

    TEXT = "text"
    LINES = "lines"
    EMAIL = "email"
    IDENTIFIER = "identifier"
    DAY = "day"
    INSTANT = "instant"
    PARTIAL_DAY = "partial_day"
    """What is known of a day: `1985` or `1985-03`."""
    CODE = "code"
    CATEGORY = "category"
    """The category of a CSQ: a code of a table of data."""
    PROVINCE = "province"
    COUNTRY = "country"
    PLACE = "place"
    """A country, in whose place a list may name a province of Canada."""
    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    TAGS = "tags"
    """The office's own words for a file (`domain/people/tags.py`)."""
    LINK = "link"
    """The id of another row."""


class Part(IntEnum):
    """The parts of a list, in the order of its columns; in a part the records' order counts."""

    NUMBERS = auto()
    IDENTITY = auto()
    RESIDENCE = auto()
    CONTACT = auto()
    CSQ = auto()
    LETTER = auto()
    PASSPORT = auto()
    PR = auto()
    STATUS = auto()
    FAMILY = auto()
    APPLICATION = auto()
    PERMIT = auto()
    NOTES = auto()
    MEMBER = auto()
    """All that a list of family members has."""


class Section(StrEnum):
    """The sections of the forms of a person and of a member."""

    IDENTITY = "identity"
    CONTACT = "contact"
    CORRESPONDENCE = "correspondence"
    """Goes on with the contact, once the person is in the register."""
    ARRIVING = "arriving"
    """Letter, residence and passport of a new person; later each has a form of its own."""
    CSQ = "csq"
    TRACK = "track"
    """The stages of the application for PR: told on the file's page, and recorded one by one."""
    STATUS = "status"
    MEMBER = "member"
    """What is asked of every member first; the sections that follow stand folded below."""
    MEMBER_PAPERS = "member_papers"
    MEMBER_STAY = "member_stay"
    MEMBER_CHANGES = "member_changes"
    CHILD = "child"
    """Of children alone, among MEMBER_CHANGES: a line each, so that no hole is left."""
    SPOUSE = "spouse"
    """Of spouses and partners alone, likewise."""

    def at(self, place: int) -> At:
        """A place in the section; what has none comes first, in the records' order."""
        return At(self, place)


class At(NamedTuple):
    """A place in a section of a form."""

    section: Section
    place: int = 0


class Mark(Flag):
    """What else is true of a field."""

    NONE = 0
    WHO = auto()
    """Says who somebody is: what the register knows of it stays unless somebody takes another."""
    KEY = auto()
    """Names one person by itself or, as the file's number, with name and birth date."""
    APART = auto()
    """Two different ones are two people."""
    UNIQUE = auto()
    """Stands once in the register or in a file, so that an old value may be somebody else's."""
    PASSPORT = auto()
    """Read from the lines of a passport too."""
    SEARCHED = auto()
    HYPHENS = auto()
    """A number that is usually written with hyphens, and keeps them."""
    ERASABLE = auto()
    """Stands beside the person, and may be emptied alone."""
    HIDDEN = auto()
    """Hidden by a server from who only reads (`domain/values/unseen/hidden.py`)."""


Said = tuple[str, object]
"""A trait and what it is."""


def named(name: str) -> Said:
    """What lists and forms call a field whose column says less: `residence_country`."""
    return "name", name


def answered(key: str) -> Said:
    """Its key in answers of the command line; empty where they leave it out."""
    return "answer", key


def words(kind: str) -> Said:
    """The list of words of its codes, where their class does not name it."""
    return "words", kind


def partly(name: str) -> Said:
    """The day in whose place this field stands while not all of it is known.

    One of the two is empty. Lists, forms and answers show it where they show the day.
    """
    return "partly", name


def most(number: int) -> Said:
    """The largest number that it may hold."""
    return "most", number


def not_ahead(code: str = AHEAD) -> Said:
    """A day of what has happened, and what one that is still to come is called."""
    return "ahead", code


def after(**days: str) -> Said:
    """The days that it cannot come before, by name, and what it is called when it does."""
    return "follows", tuple(days.items())


@dataclass(frozen=True, slots=True)
class Traits:
    """What stands behind the type of a field, put together."""

    kind: Kind | None = None
    part: Part | None = None
    at: At | None = None
    marks: Mark = Mark.NONE
    identifiers: tuple[IdentifierKind, ...] = ()
    name: str = ""
    answer: str | None = None
    words: str = ""
    most: int = 0
    partly: str = ""
    ahead: str = ""
    follows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the register: whose it is, its column, what it holds, and its traits.

    `named` is what lists, forms, the command line and origins call it. `code` is the class of its
    codes, `link` the kind of row whose id it holds.
    """

    entity: str
    name: str
    named: str
    kind: Kind
    traits: Traits = Traits()
    code: type[StrEnum] | None = None
    link: str = ""
    required: bool = False

    def has(self, mark: Mark) -> bool:
        return mark in self.traits.marks

    @property
    def answer(self) -> str:
        """Its key in answers of the command line, empty where they leave it out."""
        return self.name if self.traits.answer is None else self.traits.answer

    @property
    def is_day(self) -> bool:
        return self.kind in (Kind.DAY, Kind.INSTANT)

    @property
    def is_country(self) -> bool:
        return self.kind in (Kind.COUNTRY, Kind.PLACE)

    @property
    def sensitive(self) -> bool:
        """Whether it is one person's own: a name, a number, an address, and no code or day."""
        return self.kind in (Kind.TEXT, Kind.LINES, Kind.EMAIL, Kind.IDENTIFIER, Kind.TAGS)

    @property
    def words(self) -> str:
        """The kind of words that tell its codes to a person, empty where it has none."""
        if self.code is not None:
            return re.sub(r"(?<!^)(?=[A-Z])", "_", self.code.__name__).lower()
        return _WORDS.get(self.kind, self.traits.words)

    @property
    def list_words(self) -> str:
        """The kind of words that tell its codes in lists."""
        return self.traits.words or self.words


_WORDS = {Kind.FLAG: "yes_no", Kind.CATEGORY: "csq_category", Kind.PROVINCE: "province"}
