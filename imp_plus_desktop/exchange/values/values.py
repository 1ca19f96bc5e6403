# SPDX-License-Identifier: Apache-2.0
"""One cell to one typed value: dates, countries, yes and no, codes, identifiers, numbers.

A cell that cannot be read as its field gives a code and no value. It knows one cell at a time:
what cells say together is checked in `importing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from imp_plus_desktop.domain.people.tags import joined, split
from imp_plus_desktop.domain.records.catalogue import BY_NAME, NAMES, OF_LISTS, PRINCIPAL
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.values.date_proof import DMY
from imp_plus_desktop.domain.values.identifiers import matches, normalise, restore_zero, shape_of
from imp_plus_desktop.domain.values.partial_days import first_day
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.exchange.values import family_values
from imp_plus_desktop.exchange.values.amounts import cents_of, count_of
from imp_plus_desktop.exchange.values.cell_texts import (
    lines_of,
    plain_text,
    spreadsheet_error,
    text_of,
)
from imp_plus_desktop.exchange.values.country_words import CountryReading
from imp_plus_desktop.exchange.values.dates import (
    WrittenDate,
    are_days,
    from_serial,
    is_plausible,
    read_date,
)
from imp_plus_desktop.exchange.values.emails import email_of, is_plain_email
from imp_plus_desktop.exchange.values.long_texts import is_too_long, without_too_long
from imp_plus_desktop.exchange.values.no_values import (
    NO_VALUE,
    is_dash,
    saying_nothing,
    says_nothing,
)
from imp_plus_desktop.exchange.values.partial_dates import read_partly
from imp_plus_desktop.exchange.values.spoilt_numbers import as_typed, is_plain_phone, phone_of
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean

FieldValue = str | int | bool | date | datetime | None
NO_FACTS: Mapping[str, FieldValue] = MappingProxyType({})

DATE_FIELDS = frozenset(name for name, field in BY_NAME.items() if field.is_day)
IDENTIFIER_FIELDS = frozenset(
    name for name, field in BY_NAME.items() if field.kind is Kind.IDENTIFIER
)

_PARTS = re.compile(r"\s*[()/:]\s*|\s+[–-]\s+|^CAN?-", re.IGNORECASE)
_PLACES = re.compile(
    r"\s*[()/,;\n]\s*|\s*[–-]\s+|\s+[–-]\s*|(?:(?<=^CA)|(?<=^CAN))-", re.IGNORECASE
)
_SHAPES = {name: BY_NAME[name].traits.identifiers for name in IDENTIFIER_FIELDS}
_WELL_WRITTEN = {field: shape_of(kinds) for field, kinds in _SHAPES.items()}
_HYPHENATED = frozenset(name for name, field in BY_NAME.items() if field.has(Mark.HYPHENS))
"""Fields whose numbers are usually written with hyphens, and keep them."""
_WORD_KINDS = {
    name: field.list_words
    for name, field in BY_NAME.items()
    if field.kind in (Kind.CODE, Kind.FLAG)
}
_TEXTS = frozenset(name for name, field in BY_NAME.items() if field.kind is Kind.TEXT)
"""Fields whose value is the text itself."""
_CODE_OF_ROUTE = re.compile(r"[A-Z]\d{2}", re.IGNORECASE)
_PHONES = frozenset({"phone", "phone_2"})
_OWN_WORDS = {*_WORD_KINDS, *(n for n, field in BY_NAME.items() if field.kind is Kind.CATEGORY)}
"""Fields of which a word such as *aucun* may be a value."""
_AS_TOLD = family_values.NAMED.union(
    (*NAMES, *(f.named for f in OF_LISTS), "letter_date", PRINCIPAL.named)
)
"""Names have words of their own; what a row cannot do without says what it holds."""
_KEPT_AS_WRITTEN = (IDENTIFIER_FIELDS | _PHONES | _TEXTS) - _AS_TOLD
_WITHOUT_ZERO = DATE_FIELDS | IDENTIFIER_FIELDS | _PHONES


class Reading(NamedTuple):
    """A value, or the code of why there is none. With both, the value is kept and flagged.

    `beside` is what the cell says of another field, `facts` what the sentence of the code names.
    A tuple, because a list makes one for most of its cells.
    """

    value: FieldValue = None
    code: str | None = None
    beside: tuple[str, FieldValue] | None = None
    facts: Mapping[str, FieldValue] = NO_FACTS


_NOTHING = Reading()


class ValueReader:
    """Reads cells for one file: its date system, the vocabulary and the day it is read on.

    `listed` says that the values come from a list and not from somebody's hand.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        today: date,
        *,
        date1904: bool = False,
        listed: bool = False,
    ) -> None:
        self._listed = listed
        self.vocabulary = vocabulary
        self._today = today
        self._date1904 = date1904
        self._special: Mapping[Kind, Callable[[str], Reading]] = {
            Kind.COUNTRY: self._one_country,
            Kind.PLACE: self._place,
            Kind.PROVINCE: self._province,
            Kind.CATEGORY: self._category,
            Kind.EMAIL: self._email,
            Kind.PARTIAL_DAY: self._partial_day,
        }

    @cached_property
    def _toronto(self) -> ZoneInfo:
        return ZoneInfo("America/Toronto")

    def read(self, field: str, cell: Cell, order: str) -> Reading:
        """The typed value of a cell for a field; text dates stand in `order`."""
        if cell is None:
            return _NOTHING
        if field in family_values.NAMED:
            told = self._instead_of_a_name(field, cell)
            if told is not None:
                return told
        nothing = field not in _AS_TOLD and says_nothing(cell, zero_too=field in _WITHOUT_ZERO)
        if nothing and (field not in _OWN_WORDS or self._read_cell(field, cell, order).code):
            return (
                _NOTHING
                if is_dash(cell) or field in family_values.PARTLY
                else Reading(None, NO_VALUE)
            )
        read = self._read_cell(field, cell, order)
        return Reading(None, "too_long") if is_too_long(field, read.value) else read

    def _instead_of_a_name(self, field: str, cell: Cell) -> Reading | None:
        """What a cell says where a member of the family would be named, None where it may name
        one."""
        if says_nothing(cell, zero_too=True):
            return _NOTHING  # there is no such member
        text = text_of(cell)
        said = self.vocabulary.code("yes_no", text)
        if said is not None and family_values.is_of_spouse(field):
            return Reading(beside=("spouse", said == "yes"))
        if said is not None:
            return _NOTHING if said == "no" else Reading(None, NO_VALUE)
        return Reading(None, "bad_value") if any(map(str.isdigit, text)) else None

    def _read_cell(self, field: str, cell: Cell, order: str) -> Reading:
        if field in DATE_FIELDS:
            return self._read_date(field, cell, order)
        if field in IDENTIFIER_FIELDS:
            return _identifier(field, cell)
        if BY_NAME[field].kind is Kind.LINES:
            return Reading(lines_of(str(cell)))
        if BY_NAME[field].kind is Kind.TAGS:
            return Reading(joined(split(text_of(cell))))
        text = cell if isinstance(cell, str) else text_of(cell)
        if field in _PHONES:
            return Reading(*phone_of(clean(text)))
        if field in family_values.SECOND:
            return self._countries(field, clean(text.strip().replace("\n", " / ")))
        return self._read_text(field, clean(text))

    def column(self, field: str, order: str, cells: Sequence[Cell]) -> list[FieldValue]:
        """The values of the cells of one column that are plain to see, as most are.

        None of every cell for which `read` has to be asked, and of every empty one.
        """
        seen = without_too_long(field, self._plain_column(field, order, cells))
        odd = saying_nothing(cells) if field in _KEPT_AS_WRITTEN else None
        if field in family_values.NAMED:
            # A name is a name: what else such a cell may say is looked at one by one.
            kinds = {cell for cell in cells if cell is not None}
            odd = frozenset(cell for cell in kinds if self._instead_of_a_name(field, cell))
        return [None if c in odd else v for c, v in zip(cells, seen, strict=True)] if odd else seen

    def _plain_column(self, field: str, order: str, cells: Sequence[Cell]) -> list[FieldValue]:
        well_written = _WELL_WRITTEN.get(field)
        if well_written is not None:
            fits = well_written.fullmatch
            return [cell if type(cell) is str and fits(cell) else None for cell in cells]
        if field in _PHONES:
            return [cell if is_plain_phone(cell) else None for cell in cells]
        if field in _TEXTS:
            return [
                cell
                if type(cell) is str
                and cell.isascii()
                and cell.isprintable()
                and "  " not in cell
                and cell.strip() == cell
                and cell[:1] not in "#E"
                else plain_text(cell)
                for cell in cells
            ]
        if BY_NAME[field].kind is Kind.EMAIL:
            return [cell if type(cell) is str and is_plain_email(cell) else None for cell in cells]
        if field in DATE_FIELDS and are_days(cells) and BY_NAME[field].kind is not Kind.INSTANT:
            return [cell for cell in cells if cell is None or isinstance(cell, date)]
        # What a column says again and again is read once.
        plain: dict[Cell, FieldValue] = {}
        for cell in {cell for cell in cells if type(cell) is date or type(cell) is str}:
            found = self.read(field, cell, order)
            plainly = found.code is None and found.beside is None
            if plainly and spreadsheet_error(cell) is None:
                plain[cell] = found.value
        return list(map(plain.get, cells))

    def latest_year(self, field: str) -> int:
        """The last year that two digits may mean: nobody is born in the future."""
        return self._today.year + (0 if field in family_values.BIRTHS else 20)

    def written(self, cell: Cell) -> date | WrittenDate | None:
        """A date cell before its order is known: what the proof of the order works on."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, str):
            return read_date(clean(cell), self._date1904)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._from_number(cell)
        return None

    def _from_number(self, number: int | float) -> date | None:
        day = from_serial(number, self._date1904)
        if day is None and isinstance(number, int) and 19_000_101 <= number <= 21_001_231:
            compact = read_date(str(number))
            return None if compact is None else compact.day
        return day

    def _read_date(self, field: str, cell: Cell, order: str) -> Reading:
        if isinstance(cell, str) and not clean(cell):
            return _NOTHING
        written = self.written(cell)
        if isinstance(written, WrittenDate):
            day = written.under(order, self.latest_year(field))
        else:
            day = written
        if day is None or not is_plausible(day):
            return self._partly_read(field, cell, order) or Reading(None, "bad_date")
        if BY_NAME[field].kind is Kind.INSTANT:
            return Reading(self._instant(day, cell, written))
        return Reading(day)

    def _partly_read(self, field: str, cell: Cell, order: str) -> Reading | None:
        """What a cell knows of a day that may be known in part, for the field that keeps it."""
        place = family_values.PARTLY.get(field)
        known = None if place is None else read_partly(text_of(cell), order)
        if place is None or known is None or first_day(known) > self._today:
            return None
        return Reading(None, "partly_known", (place, known), {"known": known})

    def _partial_day(self, text: str) -> Reading:
        known = read_partly(text, DMY)
        return Reading(known, None if known else "bad_date")

    def _instant(self, day: date, cell: Cell, written: date | WrittenDate | None) -> datetime:
        """An aware UTC instant; a day alone is noon, a time without a zone local, in Toronto.

        In a list the written day is the day: a zone that would make it another one is not used.
        """
        clock, zone = time(12), None
        if isinstance(cell, datetime):
            clock = cell.time().replace(microsecond=0)
        elif isinstance(written, WrittenDate) and written.clock is not None:
            clock, zone = written.clock, written.zone
        elif isinstance(cell, float) and not cell.is_integer():
            seconds = round(cell % 1 * 86400) % 86400
            clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        at = datetime.combine(day, clock, zone or self._toronto)
        if self._listed and at.astimezone(self._toronto).date() != day:
            at = at.replace(tzinfo=self._toronto)
        return at.astimezone(UTC)

    def _read_text(self, field: str, text: str) -> Reading:
        if not text:
            return _NOTHING
        if field in _WORD_KINDS:
            return self._word(field, text)
        known = BY_NAME[field]
        if known.kind in (Kind.NUMBER, Kind.MONEY):
            is_sum = known.kind is Kind.MONEY
            number = cents_of(text) if is_sum else count_of(text, known.traits.most)
            return Reading(number, "bad_number" if number is None else None)
        reader = self._special.get(known.kind)
        return Reading(text) if reader is None else reader(text)

    def _word(self, field: str, text: str) -> Reading:
        code = self.vocabulary.code(_WORD_KINDS[field], text)
        if code is None and "(" in text:
            # `Refusée (2023-05-01)`: what stands in brackets adds to the word.
            code = self.vocabulary.code(_WORD_KINDS[field], text.partition("(")[0])
        if code is None and _CODE_OF_ROUTE.fullmatch(text) and field == "route":
            return Reading(text.upper())  # a route that the table does not have is its own name
        if code is None:
            return Reading(None, "unknown_status")
        if _WORD_KINDS[field] == "yes_no":
            return Reading(code == "yes")
        # An application that is still open has no outcome, and that is no fault of the list.
        return _NOTHING if field == "outcome" and code == "open" else Reading(code)

    def _countries(self, field: str, text: str) -> Reading:
        """A citizenship, and the second one that stands in the same cell."""
        if not text:
            return _NOTHING
        found = self.vocabulary.country_words.read(text)
        if found.first is None:
            return _unknown_country(found.between)
        beside = None if found.second is None else (family_values.SECOND[field], found.second)
        return _country_read(found, beside)

    def _one_country(self, text: str) -> Reading:
        """A country alone: of two that stand there, nothing says which is meant."""
        found = self.vocabulary.country_words.read(text)
        if found.first is None:
            return _unknown_country(found.between)
        if found.second is not None:
            return _unknown_country((found.first, found.second))
        return _country_read(found)

    def _place(self, text: str) -> Reading:
        """A country; `Québec, Canada` or `Montréal (Québec)` gives `CAN-QC`, split by the caller.

        A province of Canada beside another country is kept beside it: the two contradict each
        other, and a person says which is true.
        """
        words = self.vocabulary.country_words
        whole = words.one(text)
        if whole is not None:
            return Reading(whole) if words.is_place(whole) else _unknown_country()
        parts = [part for part in _PLACES.split(text) if part]
        provinces = {part: code for part in parts if (code := self._province_of(part, parts))}
        if len(set(provinces.values())) != 1:
            read = self._one_country(text)
            lives_there = read.value is None or words.is_place(str(read.value))
            return read if lives_there else _unknown_country()
        province = next(iter(provinces.values()))
        countries = {p: found for p in parts if p not in provinces and (found := words.one(p))}
        others = [p for p in parts if p not in provinces and p not in countries]
        facts: Mapping[str, FieldValue] = {"left_out": ", ".join(others)} if others else NO_FACTS
        code = "partly_read" if others else None
        elsewhere = [found for found in countries.values() if found != "CAN"]
        if elsewhere:
            return Reading(elsewhere[0], code, ("residence_province", province), facts)
        return Reading(f"CAN-{province}", code, None, facts)

    def _province_of(self, part: str, parts: Sequence[str]) -> str | None:
        """The province that a part of a place names; short codes alone are those of countries."""
        code = self.vocabulary.code("province", part)
        alone = len(parts) == 1 and len(part) <= 3
        return None if alone and self.vocabulary.country(part) else code

    def _province(self, text: str) -> Reading:
        found = self._first("province", text)
        return Reading(found, None if found else "unknown_country")

    def _email(self, text: str) -> Reading:
        address = email_of(text)
        return Reading(address, "bad_email" if address is None else None)

    def _category(self, text: str) -> Reading:
        code = self._first("csq_category", text)
        if code is None:
            code = self.vocabulary.code("csq_category", re.split(r"[\s:(–-]", text, maxsplit=1)[0])
        return Reading(code, None if code else "unknown_category")

    def _first(self, kind: str, text: str) -> str | None:
        """The code of a text, or of one of its parts: `ON - Ontario`, `CAN-ON`, `Ontario (ON)`."""
        for part in (text, *_PARTS.split(text)):
            if part and (code := self.vocabulary.code(kind, part)) is not None:
                return code
        return None


def _unknown_country(between: Sequence[str] = ()) -> Reading:
    facts = {"between": ",".join(between)} if between else NO_FACTS
    return Reading(None, "unknown_country", None, facts)


def _country_read(found: CountryReading, beside: tuple[str, FieldValue] | None = None) -> Reading:
    """What stands beside a country and is not kept is said."""
    if found.left_out:
        return Reading(found.first, "partly_read", beside, {"left_out": found.left_out})
    return Reading(found.first, None, beside)


def _identifier(field: str, cell: Cell) -> Reading:
    """Upper case, without spaces. What fits no pattern is kept as written, and flagged."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**15:
        return Reading(None, "digits_lost")
    written = as_typed(text_of(cell))
    if written is None:
        return Reading(None, "digits_lost")
    if not written:
        return _NOTHING
    value = written.replace(" ", "").upper()
    zero_back = restore_zero(value) if field == "uci" else None
    if zero_back is not None:
        return Reading(zero_back, "zero_restored" if len(zero_back) > len(value) else None)
    bare = normalise(value.replace(".", ""))
    if any(matches(kind, bare) for kind in _SHAPES[field]):
        as_written = field in _HYPHENATED and normalise(value) == bare and value.isascii()
        return Reading(value if as_written else bare)
    return Reading(written, "bad_identifier")


def identifier_key(value: str) -> str:
    """What two writings of one identifier have in common."""
    upper = value.upper()
    return upper if upper.isalnum() else "".join(c for c in upper if c.isalnum())
