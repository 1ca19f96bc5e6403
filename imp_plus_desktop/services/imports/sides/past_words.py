# SPDX-License-Identifier: Apache-2.0
"""What one sender has said before of the people and members of some rows, the latest first.

    words = PastWords(office, sheets); words.read(needs); words.said(update, field)

Reads the archive, and of it only the rows that are asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from imp_plus_desktop.domain.records.catalogue import columns_of
from imp_plus_desktop.domain.residence.residence import CANADA
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.imports.sides.past_rows import read_again
from imp_plus_desktop.services.imports.sides.who_wins import same
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import past_sheets
from imp_plus_desktop.storage.archive.past_sheets import PastSheet

Who = int | tuple[str, ...]
"""A person by id, a member by the principal's number and the folded names."""
Values = Mapping[str, Any]

RELATION = "relation"
RESIDENCE = "residence"
"""Country and province, which are one value."""
PERMIT_FIELDS = tuple(columns_of("permit"))


class _Row(NamedTuple):
    row: int
    values: Values


class PastWords:
    """What one sender said, list by list."""

    def __init__(self, office: Office, sheets: Sequence[PastSheet]) -> None:
        self._office = office
        self._sheets = sheets
        self._said: dict[Who, list[tuple[PastSheet, list[_Row]]]] = defaultdict(list)

    def read(self, needs: Sequence[tuple[Update, str]]) -> None:
        """Read the lists from the latest back, until each of these fields was told or none is
        left."""
        open_ones: dict[Who, set[str]] = defaultdict(set)
        for update, field in needs:
            open_ones[who_is(update)].add(field)
        seen: set[tuple[object, str]] = set()
        for sheet in self._sheets:
            if not open_ones:
                return
            for who, rows in self._rows(sheet, open_ones, seen).items():
                self._said[who].append((sheet, rows))
                open_ones[who] = {f for f in open_ones[who] if not _tells(sheet, rows, f)}
            open_ones = defaultdict(set, {who: left for who, left in open_ones.items() if left})

    def said(self, update: Update, field: str) -> tuple[Any, PastSheet | None]:
        """What the sender said last of a field, and in which list; None, None where nothing."""
        for sheet, rows in self._said.get(who_is(update), ()):
            spoken = _tells(sheet, rows, field)
            if spoken:
                return told(max(spoken, key=_likeness(update)).values, field), sheet
        return None, None

    def _rows(
        self, sheet: PastSheet, wanted: Mapping[Who, object], seen: set[tuple[object, str]]
    ) -> Mapping[Who, list[_Row]]:
        """The rows of a sheet about those who are asked about; none that a later list has too."""
        of_members = sheet.kind != "people"
        taken = past_sheets.rows_taken(self._office.register, sheet)
        rows = [
            row
            for row in taken
            if (of_members or row.person_id is None or row.person_id in wanted)
            and (row.person_id, row.row_key) not in seen
        ]
        seen.update((row.person_id, row.row_key) for row in rows)
        # Whose the members are who stand among the people, only the whole list shows.
        whole = rows and not of_members and RELATION in sheet.columns
        places = [(row.sheet, row.row) for row in (taken if whole else rows)]
        read = read_again(self._office, sheet.act, places) if places else {}
        found: dict[Who, list[_Row]] = defaultdict(list)
        for row in rows:
            parsed = read.get((row.sheet, row.row))
            if parsed is None:
                continue
            who: Who = member_key(parsed.values) if parsed.of_family else row.person_id or 0
            if who in wanted:
                found[who].append(_Row(row.row, parsed.values))
        return found


def _tells(sheet: PastSheet, rows: Sequence[_Row], field: str) -> list[_Row]:
    """The rows that said something of a field, and of which that was not left open."""
    return [
        row
        for row in rows
        if told(row.values, field) is not None and (row.row, field) not in sheet.undecided
    ]


def who_is(update: Update) -> Who:
    """Whom a row is about, as past rows are known by."""
    return member_key(update.values) if update.is_member else int(update.file.person.id)


def member_key(values: Values) -> tuple[str, ...]:
    """A member as a list names them."""
    names = (fold(str(values.get(name) or "")) for name in ("family_name", "given_names"))
    return (normalise(str(values.get("principal_reference") or "")), *sorted(filter(None, names)))


def told(values: Values, field: str) -> Any:
    """What a row says of a field, None where nothing: a permit says that it was approved."""
    if field == RESIDENCE:
        return residence_told(values)
    value = values.get(field)
    permit = any(values.get(name) is not None for name in PERMIT_FIELDS)
    if field == "outcome" and value is None and permit:
        return Outcome.APPROVED
    return value


def residence_told(values: Values) -> tuple[str, str | None] | None:
    """The country and the province that a row tells together; a province alone is Canada's."""
    country, province = values.get("residence_country"), values.get("residence_province")
    if country is None and province is None:
        return None
    country = country or CANADA
    return country, province if country == CANADA else None


def _likeness(update: Update) -> Callable[[_Row], int]:
    """How much of what a row says an earlier one of the same person said too."""

    def agreed(row: _Row) -> int:
        return sum(1 for _field in _agreeing(update.values, row.values))

    return agreed


def _agreeing(one: Values, other: Values) -> Iterator[str]:
    for field, value in one.items():
        if value is not None and other.get(field) is not None and same(field, value, other[field]):
            yield field
