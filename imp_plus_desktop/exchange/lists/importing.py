# SPDX-License-Identifier: Apache-2.0
"""A workbook's rows to typed drafts with their issues. Stores nothing and asks no register.

Every issue code of the import that a file alone can tell is raised here; the services add what
needs the register (`possible_duplicate`, `unknown_principal`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.deadlines.date_order import FLAGGED, OF_MEMBER, OF_PEOPLE, misfits
from imp_plus_desktop.domain.records.catalogue import (
    FAMILY_FIELDS,
    MEMBER,
    MEMBER_CODE,
    OF_LISTS,
    ONLY_NAME,
    READ_FIELDS,
    TOGETHER_FIELDS,
)
from imp_plus_desktop.domain.records.listed import ROUTE
from imp_plus_desktop.domain.values.date_proof import DMY, MDY, DateProof
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.domain.values.register_numbers import RegisterNumbers
from imp_plus_desktop.exchange.columns.fates import fates
from imp_plus_desktop.exchange.columns.header_rows import SAYS_WHO
from imp_plus_desktop.exchange.columns.layout import (
    Layout,
    Memory,
    SheetMapping,
    find_list,
    places_of,
)
from imp_plus_desktop.exchange.columns.matching import FAMILY, PEOPLE
from imp_plus_desktop.exchange.lists.date_proofs import proof_of
from imp_plus_desktop.exchange.lists.drafts import (
    DUPLICATE,
    ERROR,
    OK,
    REJECTED,
    WARNING,
    IgnoredSheet,
    ParsedFile,
    ParsedRow,
    ParsedSheet,
)
from imp_plus_desktop.exchange.lists.list_letters import (
    flag_letters,
    in_right_letters,
    repaired_in,
    told_as_mended,
)
from imp_plus_desktop.exchange.lists.list_rows import rows_of_list
from imp_plus_desktop.exchange.lists.mending import Repair, Repairs, in_capitals, in_proper_case
from imp_plus_desktop.exchange.lists.of_programme import under_programme
from imp_plus_desktop.exchange.lists.repeats import FURTHER, REPEAT, TAKEN, Repeats
from imp_plus_desktop.exchange.lists.row_drafts import (
    NO_RESULT,
    FoundList,
    RowDraft,
    Window,
    check_member,
    check_person,
    error_in,
    is_plain_member,
    settled_at_a_glance,
)
from imp_plus_desktop.exchange.lists.row_family import settle_family
from imp_plus_desktop.exchange.lists.row_names import settle_names
from imp_plus_desktop.exchange.lists.together import Principals, parted
from imp_plus_desktop.exchange.sheets.sheets import Cell, Row, Sheet, Workbook, address
from imp_plus_desktop.exchange.sheets.strays import TOO_LARGE
from imp_plus_desktop.exchange.values.dates import WrittenDate
from imp_plus_desktop.exchange.values.long_texts import OF_WHO, TELLS_WHO
from imp_plus_desktop.exchange.values.values import (
    DATE_FIELDS,
    FieldValue,
    Reading,
    ValueReader,
)
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean

_FATAL_FIELDS = frozenset({"letter_date", "birth_date"})
_OF_LISTS = frozenset(field.named for field in OF_LISTS)
_HELD = {PEOPLE: _OF_LISTS.union(READ_FIELDS), FAMILY: _OF_LISTS.union(FAMILY_FIELDS)}
"""What a kind of list has a place for, in the end in the register."""
_MEMBERS_ALONE = frozenset(
    field.named for field in (*MEMBER, MEMBER_CODE) if not field.required and field.named != "wish"
)
_ALWAYS_FATAL = frozenset(
    {"missing_key", "missing_field", "impossible_dates", "conflict_in_file"} | OF_WHO
)
_NOBODYS = RegisterNumbers("")


def parse(
    workbook: Workbook,
    *,
    vocabulary: Vocabulary,
    today: date,
    window: Window,
    date_order: str | None = None,
    only_sheet: str | None = None,
    mappings: Mapping[str, SheetMapping] | None = None,
    memory: Memory | None = None,
    repairs: Sequence[Repair] = (),
    proper_case: bool | None = None,
    one_name: bool = True,
    child_age: int | None = None,
    own_numbers: RegisterNumbers = _NOBODYS,
) -> ParsedFile:
    """Every list of the workbook as typed rows.

    `memory` is how layouts were read before. `repairs` stand in place of cells. `proper_case`
    puts names right that a list writes wholly in capitals; None does as was done before.
    `one_name` says that people of whom a list has given names alone have one name. Below
    `child_age` (years) somebody whom a list only calls a dependent is a child. `own_numbers` are
    those of the register that the lists go into.
    Raises ExchangeError: no_list, no_rows, sheet_not_found, ambiguous_dates (column=header), and
    without `one_name` no_family_name (column=header).
    """
    lists: list[FoundList] = []
    written: list[Sheet] = []
    ignored: list[IgnoredSheet] = []
    if only_sheet is not None and all(s.name != only_sheet for s in workbook.sheets):
        raise ExchangeError("sheet_not_found", sheet=only_sheet)
    mended = Repairs(repairs)
    for sheet in workbook.sheets:
        why = _why_not(sheet, only_sheet)
        readable = in_right_letters(sheet)
        layout = why or find_list(readable, vocabulary, (mappings or {}).get(sheet.name), memory)
        if isinstance(layout, Layout):
            if sheet.why_not == TOO_LARGE:
                raise ExchangeError(TOO_LARGE)
            layout = _saying_who(_of_its_kind(layout), one_name)
            taken = readable if mended.letters else sheet
            written.append(sheet)
            lists.append(rows_of_list(taken, layout, vocabulary))
        else:
            ignored.append(IgnoredSheet(sheet.name, why or sheet.why_not or layout))
    if not lists:
        no_rows = any(sheet.why == "no_rows" for sheet in ignored)
        raise ExchangeError("no_rows" if no_rows else "no_list")
    reader = ValueReader(vocabulary, today, date1904=workbook.date1904, listed=True)
    proof = proof_of(lists, reader, date_order)
    rows = _Rows(reader, proof, today, window, mended, proper_case, child_age, own_numbers)
    # People before families, as they are stored; the sheets come back in the workbook's order.
    parsed = {
        id(entry): rows.parse(entry, sheet)
        for entry, sheet in sorted(
            zip(lists, written, strict=True), key=lambda pair: pair[0].layout.kind != PEOPLE
        )
    }
    return ParsedFile(
        workbook.kind, tuple(parsed[id(entry)] for entry in lists), tuple(ignored), proof,
        workbook.encoding, workbook.delimiter,
    )  # fmt: skip


def _why_not(sheet: Sheet, only_sheet: str | None) -> str | None:
    if only_sheet is not None:
        return None if sheet.name == only_sheet else "not_asked"
    return "hidden" if sheet.hidden else None


def _of_its_kind(layout: Layout) -> Layout:
    """What is said of a member is nothing that a list of people knows, and the other way round."""
    held = _HELD[layout.kind].union(TOGETHER_FIELDS if layout.together else ())
    if layout.kind == FAMILY and MEMBER_CODE.named not in layout.index:
        # What is a person's route is the code of a member's application.
        renamed = tuple(
            replace(match, field=MEMBER_CODE.named) if match.field == ROUTE.named else match
            for match in layout.columns
        )
        layout = replace(layout, columns=renamed)
    other = tuple(match for match in layout.columns if match.field not in held)
    if not other:
        return layout
    unmapped = (*layout.unmapped, *((match.column, match.header) for match in other))
    columns = tuple(match for match in layout.columns if match not in other)
    # What only a member has was meant otherwise in a list of people, unless somebody says so.
    refused = tuple(m for m in other if m.field not in _MEMBERS_ALONE or m.reason == "given")
    return replace(layout, columns=columns, unmapped=tuple(sorted(unmapped)), refused=refused)


def _saying_who(layout: Layout, one_name: bool) -> Layout:
    """Given names alone are not who somebody is, unless it is said that people have one name."""
    given = next((match for match in layout.columns if match.field == "given_names"), None)
    if given is None or not layout.index.keys().isdisjoint(SAYS_WHO):
        return layout
    if not one_name:
        raise ExchangeError("no_family_name", column=given.header)
    only = replace(given, field=ONLY_NAME.named, confidence=1.0, reason="given")
    columns = tuple(only if match is given else match for match in layout.columns)
    return replace(layout, columns=columns)


def _has_none(column: Sequence[object]) -> bool:
    # Kinds are compared far sooner than None with a day.
    return type(None) in set(map(type, column))


class _Rows:
    """Reads the rows of each list; remembers the file's people to find repeated ones."""

    def __init__(
        self,
        reader: ValueReader,
        proof: DateProof,
        today: date,
        window: Window,
        repairs: Repairs,
        proper_case: bool | None,
        child_age: int | None,
        own_numbers: RegisterNumbers,
    ) -> None:
        self._reader = reader
        self._proof = proof
        self._today = today
        self._window = window
        self._repairs = repairs
        self._proper_case = proper_case
        self._child_age = child_age
        self._own_numbers = own_numbers
        self._repeats = Repeats()

    def parse(self, entry: FoundList, written: Sheet) -> ParsedSheet:
        layout, sheet = entry.layout, entry.sheet
        orders = {name: self._proof.order_of(sheet.name, name) for name in entry.index}
        span = range(layout.header_row, len(sheet.rows) + 1)
        repaired = repaired_in(entry, written)
        told = under_programme(layout.programme, self._all_rows(entry, orders))
        rows = told_as_mended(told, repaired, entry.index)
        capitals = in_capitals(rows)
        proper = layout.proper_case if self._proper_case is None else self._proper_case
        return ParsedSheet(
            sheet=sheet.name,
            kind=layout.kind,
            header_row=layout.header_row,
            columns=layout.headers,
            column_index=entry.index,
            matches=layout.columns,
            unmapped=layout.unmapped,
            signature=layout.signature,
            rows=in_proper_case(rows, capitals) if proper else rows,
            skipped=entry.skipped,
            fates=fates(layout, entry.filled, entry.width),
            hidden=sheet.hidden,
            hidden_rows=tuple(sorted(row for row in sheet.hidden_rows if row in span)),
            hidden_columns=tuple(sorted(sheet.hidden_columns & set(entry.index.values()))),
            layout_key=layout.key,
            header_places=places_of(layout),
            capitals=capitals,
            proper_case=proper and bool(capitals),
            repaired=repaired,
            struck_rows=tuple(sorted(sheet.struck_rows.intersection(entry.data_rows))),
            strays=tuple(address(*place) for place in sheet.strays),
            merged=entry.merged,
        )

    def _all_rows(self, entry: FoundList, orders: Mapping[str, str]) -> Iterable[ParsedRow]:
        """The rows of a list, those of members who stand among the people too."""
        if not entry.layout.together:
            return self._rows(entry, orders)
        people, members = parted(entry, self._reader.vocabulary, self._repairs)
        orders = {**dict.fromkeys(people.index, DMY), **orders}
        principals = list(self._rows(people, orders))
        principal_of = Principals(entry, principals, members.data_rows).of
        rows = self._rows(members, orders, principal_of)
        return sorted((*principals, *rows), key=lambda row: row.row)

    def _rows(
        self,
        entry: FoundList,
        orders: Mapping[str, str],
        principal_of: Callable[[RowDraft], None] | None = None,
    ) -> Iterator[ParsedRow]:
        lines = [entry.sheet.rows[number - 1] for number in entry.data_rows]
        columns, doubtful = self._plain(entry, orders)
        names = tuple(entry.index)
        people = entry.layout.kind == PEOPLE
        has_gaps = any(_has_none(values) for values in columns)
        order = OF_PEOPLE if people else OF_MEMBER
        by_name = dict(zip(names, columns, strict=True))
        out_of_order = misfits(by_name, self._today, self._window[2], order)
        none_mended: dict[str, str] = {}
        told = zip(*columns, strict=True)
        for place, (number, cells, values) in enumerate(
            zip(entry.data_rows, lines, told, strict=True)
        ):
            known: dict[str, FieldValue] = dict(zip(names, values, strict=True))
            if has_gaps and None in values:
                known = {name: value for name, value in known.items() if value is not None}
            mended = none_mended
            if self._repairs:
                mended = self._repairs.of_row(entry.sheet.name, number, cells, entry.index)
            if number not in doubtful and not mended:
                plain = place not in out_of_order and self._is_plain(people, known)
                plain = plain and (people or principal_of is None)
                if plain and self._repeated(people, entry.sheet.name, number, known) is None:
                    yield ParsedRow(number, known, cells, (), OK, of_family=not people)
                    continue
                draft = RowDraft(entry, number, known)
            else:
                draft = RowDraft(entry, number, mended=mended)
                self._read_mended(draft, orders)
                self._read(draft, orders)
            if principal_of is not None:
                principal_of(draft)
            yield self._checked(draft, cells)

    def _is_plain(self, people: bool, values: dict[str, FieldValue]) -> bool:
        """Whether nothing is wrong with a row whose days are in order; then it is settled."""
        if people:
            return settled_at_a_glance(values, self._today, self._window)
        return is_plain_member(values)

    def _repeated(
        self,
        people: bool,
        sheet: str,
        row: int,
        values: Mapping[str, FieldValue],
        principal: tuple[str, int] | None = None,
    ) -> tuple[str, str, int] | None:
        """What the row is to an earlier one about the same person or member."""
        if people:
            return self._repeats.person(sheet, row, values)
        return self._repeats.member(sheet, row, values, principal)

    def _plain(
        self, entry: FoundList, orders: Mapping[str, str]
    ) -> tuple[list[list[FieldValue]], set[int]]:
        """The values that are plain to see, by columns, and the rows that hold anything else."""
        sheet, columns = entry.sheet, []
        odd = (*sheet.error_cells, *sheet.uncached_formulas, *sheet.odd_letters)
        doubtful = {row for row, _ in odd}
        for name, cells in entry.cells.items():
            values = self._reader.column(name, orders[name], cells)
            columns.append(values)
            if _has_none(values):
                doubtful.update(
                    number
                    for number, value, cell in zip(entry.data_rows, values, cells, strict=True)
                    if value is None and cell is not None
                )
        return columns, doubtful

    def _checked(self, draft: RowDraft, cells: Row) -> ParsedRow:
        """The row with what is wrong with it, and whether it repeats an earlier one."""
        settle_names(draft)
        if draft.entry.layout.kind == FAMILY:
            check_member(draft, self._today, self._window)
        else:
            settle_family(draft, self._today, self._child_age)
            check_person(draft, self._today, self._window, self._own_numbers)
        effect, leader = (REJECTED, None) if draft.rejected else self._repeat(draft)
        issues = tuple(draft.issues.values())
        if effect == REJECTED:
            # History that does not go in needs no flag.
            issues = tuple(issue for issue in issues if issue.code not in FLAGGED)
        return ParsedRow(
            draft.number, draft.values, cells, issues, effect, draft.given_only, draft.mended,
            leader, draft.entry.layout.kind == FAMILY, draft.principal,
        )  # fmt: skip

    def _read_mended(self, draft: RowDraft, orders: Mapping[str, str]) -> None:
        for name, text in draft.mended.items():
            self._take(draft, name, text, self._mended(name, text, orders))

    def _read(self, draft: RowDraft, orders: Mapping[str, str]) -> None:
        """Reads the row cell by cell."""
        cells = draft.entry.sheet.rows[draft.number - 1]
        for name, column in draft.entry.index.items():
            if name in draft.mended:
                continue
            cell = cells[column] if column < len(cells) else None
            error = error_in(draft, column, cell)
            if error is not None:
                severity = ERROR if name in _FATAL_FIELDS else WARNING
                code = "no_result" if error == NO_RESULT else "cell_error"
                draft.flag(name, code, severity, value=error)
            elif cell is not None:
                flag_letters(draft, name, column, cell)
                self._take(draft, name, cell, self._reader.read(name, cell, orders[name]))

    def _mended(self, name: str, text: str, orders: Mapping[str, str]) -> Reading:
        """A text typed by a person: no order is guessed where the file proves none."""
        order = orders.get(name, self._proof.order or DMY)
        written = self._reader.written(text) if name in DATE_FIELDS else None
        waits = isinstance(written, WrittenDate) and written.waits
        if waits and self._proof.proved_by == "not_needed":
            readings = [self._reader.read(name, text, o) for o in (DMY, MDY)]
            return readings[0] if readings[0] == readings[1] else Reading(None, "bad_date")
        return self._reader.read(name, text, order)

    def _take(self, draft: RowDraft, name: str, cell: Cell, reading: Reading) -> None:
        if reading.value is not None:
            draft.values[name] = reading.value
        if reading.beside is not None:
            # A column of its own says it better, wherever it stands.
            draft.values.setdefault(*reading.beside)
        if reading.code is None:
            return
        unread = name in _FATAL_FIELDS and reading.code != "partly_known"
        own = reading.code not in OF_WHO or name in TELLS_WHO
        fatal = (reading.code in _ALWAYS_FATAL and own) or unread
        severity = ERROR if fatal else WARNING
        draft.flag(name, reading.code, severity, value=clean(str(cell)), **reading.facts)

    def _repeat(self, draft: RowDraft) -> tuple[str, tuple[str, int] | None]:
        """The row's effect; and its person's first row, where it tells of another application."""
        people = draft.entry.layout.kind == PEOPLE
        at = (draft.entry.sheet.name, draft.number)
        found = self._repeated(people, *at, draft.values, draft.principal)
        place = "individual_reference" if people else "principal_reference"
        if found is None:
            return OK, None
        code, sheet, row = found
        if code == FURTHER:
            return OK, (sheet, row)
        if code == TAKEN:
            place = "uci"
            draft.issues.pop(place, None)  # how it was read matters no more
        severity = WARNING if code == REPEAT else ERROR
        draft.flag(place, code, severity, first_sheet=sheet, first_row=row)
        return (REJECTED if severity == ERROR else DUPLICATE), None
