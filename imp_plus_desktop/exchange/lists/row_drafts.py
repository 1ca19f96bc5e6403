# SPDX-License-Identifier: Apache-2.0
"""One row of a list in the making: its values, its issues, and what is wrong with it alone.

Must not read cells nor compare rows: `importing.py` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import (
    OF_MEMBER,
    OF_PEOPLE,
    Order,
    days_of,
    misdated,
)
from imp_plus_desktop.domain.people.whole_names import NO_NAMES
from imp_plus_desktop.domain.records.catalogue import IN_FAMILY, OF_LISTS, place_of
from imp_plus_desktop.domain.values.register_numbers import RegisterNumbers
from imp_plus_desktop.exchange.columns.layout import Layout
from imp_plus_desktop.exchange.lists.drafts import ERROR, WARNING, Issue, SkippedRow
from imp_plus_desktop.exchange.lists.merged_cells import Spread
from imp_plus_desktop.exchange.lists.repeats import OWN_NUMBER, has_key
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet, address
from imp_plus_desktop.exchange.values.cell_texts import spreadsheet_error
from imp_plus_desktop.exchange.values.values import FieldValue

_ASKS_MORE = frozenset(field.named for field in OF_LISTS).union(IN_FAMILY)
Window = tuple[date, date, int]
"""The day the programme opened, the last day whose letters IRCC accepts (PRG-01), and the months
of a permit's full term (PER-01)."""


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list found in a workbook: its columns by field, and which of its rows hold people.

    `cells` are those of these rows by field, None where a row has ended before. `family_first`:
    the header of its whole names says that the family name comes first. `filled` are the columns
    that go nowhere and hold something, of `width` in all. The sheet has the values of merged cells
    in every row for which they hold; `merged` says where these stand.
    """

    sheet: Sheet
    layout: Layout
    index: Mapping[str, int]
    data_rows: tuple[int, ...]
    skipped: tuple[SkippedRow, ...]
    cells: Mapping[str, Sequence[Cell]]
    family_first: bool = False
    merged: Spread = field(default_factory=dict)
    filled: frozenset[int] = frozenset()
    width: int = 0

    def address_of(self, row: int, column: int) -> str:
        """The cell that holds what a row has in a column: `B4` also for the rows merged with 4."""
        return address(self.merged.get((row, column), row), column)


@dataclass(slots=True)
class RowDraft:
    """A row in the making: one issue a cell, the first cause."""

    entry: FoundList
    number: int
    values: dict[str, FieldValue] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    given_only: bool = False
    mended: Mapping[str, str] = field(default_factory=dict)
    principal: tuple[str, int] | None = None

    def flag(self, name: str, code: str, severity: str, **parameters: FieldValue) -> None:
        """Adds an issue, or makes the cell's first one an error when the new one is."""
        column = place_of(name, self.entry.index)
        known = self.issues.get(name)
        if known is None:
            cell = None if column is None else self.entry.address_of(self.number, column)
            self.issues[name] = Issue(
                self.entry.sheet.name, self.number, name, cell, code, severity, parameters
            )
        elif severity == ERROR and known.severity != ERROR:
            self.issues[name] = Issue(
                known.sheet, known.row, name, known.cell, known.code, ERROR, known.parameters
            )

    @property
    def rejected(self) -> bool:
        return any(issue.severity == ERROR for issue in self.issues.values())


NO_RESULT = "="
"""In the place of a cell's error: a formula whose result the file does not hold."""


def error_in(draft: RowDraft, column: int, cell: Cell) -> str | None:
    """The error that a cell of the row shows, or `NO_RESULT`."""
    sheet, position = draft.entry.sheet, (draft.number, column)
    error = sheet.error_cells.get(position) or spreadsheet_error(cell)
    if error is None and cell is None and position in sheet.uncached_formulas:
        return NO_RESULT
    return error


def settled_at_a_glance(values: dict[str, FieldValue], today: date, window: Window) -> bool:
    """Settles the values of a person with whom nothing is wrong, as with most; their days are in
    order.

    False where there may be something: then they are as they were, and `check_person` looks.
    """
    known = values.get
    has_number = known("individual_reference") or known("uci")
    family, given = known("family_name"), known("given_names")
    if not has_number or not family or family in NO_NAMES or given in NO_NAMES:
        return False
    if not values.keys().isdisjoint(_ASKS_MORE):
        return False
    letter, birth = known("letter_date"), known("birth_date")
    if not isinstance(letter, date) or not window[0] <= letter <= min(window[1], today):
        return False
    if isinstance(birth, date) and birth > letter:
        return False
    country = values.get("residence_country")
    if values.get("residence_province") is not None or country == "CAN-QC":
        return False
    if isinstance(country, str) and country.startswith("CAN-"):
        values["residence_country"] = "CAN"
        values["residence_province"] = country.removeprefix("CAN-")
    return True


def is_plain_member(values: Mapping[str, FieldValue]) -> bool:
    """Whether nothing is wrong with a member whose days are in order, asked at a glance."""
    known = values.get
    return bool(
        known("family_name")
        and known("family_name") not in NO_NAMES
        and known("given_names") not in NO_NAMES
        and "principal_reference" in values
        and "relation" in values
        and "letter_date" not in values
        and values.keys().isdisjoint(_ASKS_MORE)
    )


def missing(values: Mapping[str, FieldValue]) -> Iterator[tuple[str, str]]:
    """What a row about somebody new lacks: each field, and the code of what is wrong."""
    if not values.get("family_name"):
        yield "family_name", "missing_field"
    if not has_key(values):
        yield "individual_reference", "missing_key"
    if "letter_date" not in values:
        yield "letter_date", "missing_field"


def check_person(
    draft: RowDraft, today: date, window: Window, own_numbers: RegisterNumbers
) -> None:
    """What is wrong with a person that a row alone can tell. Of somebody whom the register's own
    number names nothing is missing: the row may lack what the register lacks."""
    values = draft.values
    _settle_residence(draft)
    own = values.get(OWN_NUMBER)
    if own and own_numbers.is_altered(str(own)):
        del values[OWN_NUMBER]
        draft.issues.pop(OWN_NUMBER, None)
        draft.flag(OWN_NUMBER, "not_of_register", WARNING, value=own)
    programme = draft.entry.layout.programme
    if not own or own_numbers.read(str(own)) is None:
        for name, code in missing(values):
            # Whose list is another programme's has no letter of this one.
            if name != "letter_date" or programme is None:
                draft.flag(name, code, ERROR)
    _check_days(draft, today, window, OF_PEOPLE)
    country, province = values.get("residence_country"), values.get("residence_province")
    place = "residence_province"
    if place not in draft.entry.index:
        place = "residence_country"
    if country in (None, "CAN") and province == "QC" and programme is None:
        draft.flag(place, "lives_in_quebec", WARNING)
    elif country not in (None, "CAN") and province is not None:
        draft.flag(place, "residence_contradiction", WARNING, country=country, province=province)


def check_member(draft: RowDraft, today: date, window: Window) -> None:
    """What is wrong with a family member that a row alone can tell."""
    values = draft.values
    if not values.get("family_name"):
        draft.flag("family_name", "missing_field", ERROR)
    for name in ("principal_reference", "relation"):
        shown = name == "principal_reference" and draft.principal is not None
        if name not in values and not shown:
            draft.flag(name, "missing_field", ERROR)
    _check_days(draft, today, window, OF_MEMBER)


def _check_days(draft: RowDraft, today: date, window: Window, order: Order) -> None:
    values = draft.values
    for found in misdated(days_of(values), today, window[2], order=order):
        if found.field == "birth_date" and "letter_date" in values:
            continue  # a birth to come is told at the letter: before it, or to come as well
        of_relative = found.field in IN_FAMILY
        if of_relative and found.is_impossible:
            values.pop(found.field, None)  # left empty: the person is no worse for it
        severity = ERROR if found.is_impossible and not of_relative else WARNING
        draft.flag(
            found.field,
            found.code,
            severity,
            value=found.day,
            other=found.other,
            beside=found.beside,
        )
    letter = _as_day(values.get("letter_date"))
    if letter is None or letter > today:
        return
    opened, last_accepted, _months = window
    if letter < opened:
        draft.flag("letter_date", "letter_before_programme", WARNING, value=letter, day=opened)
    elif letter > last_accepted:
        draft.flag("letter_date", "letter_after_last_accepted_date", WARNING,
                   value=letter, day=last_accepted)  # fmt: skip


def _as_day(value: FieldValue) -> date | None:
    return value if isinstance(value, date) else None


def _settle_residence(draft: RowDraft) -> None:
    """A Canadian province says the country, also when it stands in the country's column."""
    values = draft.values
    country = values.get("residence_country")
    if isinstance(country, str) and country.startswith("CAN-"):
        values["residence_country"] = "CAN"
        values.setdefault("residence_province", country.removeprefix("CAN-"))
    unread = "residence_country" in draft.issues
    if country is None and values.get("residence_province") and not unread:
        values["residence_country"] = "CAN"
