# SPDX-License-Identifier: Apache-2.0
"""A programme's file, parsed, to a programme; everything that is wrong with it is told at once.

    load(table, known) -> ProgrammeFile; raises BadFile with all its mistakes

Every name must be known: a word that nobody reads would promise what the program does not do.
Must not read a file nor make a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.programmes import parameters as of
from imp_plus_desktop.domain.programmes.checks import CHECKS
from imp_plus_desktop.domain.programmes.parameters import Kind, Known, Unread
from imp_plus_desktop.domain.programmes.programme_file import (
    Condition,
    Extension,
    FamilyCode,
    FeeAsked,
    Invitation,
    ListRead,
    PaperAsked,
    PermitGiven,
    PlaceLimit,
    Places,
    ProgrammeFile,
    Read,
)

T = TypeVar("T")

MOST_ROWS = 200
"""No table of a programme has more rows: it is read by people."""
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_ROW_READ: Mapping[str, Kind] = {"source": of.TEXT, "read_on": of.DAY}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where: the table, its row from 1 (0: the table itself), the name in it.

    `code` picks the sentence; `value` is what stands there, `possible` what could, `line` the line
    of the file (0: none).
    """

    code: str
    table: str = ""
    row: int = 0
    name: str = ""
    value: str = ""
    possible: tuple[str, ...] = ()
    line: int = 0


class BadFile(Exception):
    """A file that is no programme, with every mistake that was found."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("bad_programme_file")
        self.mistakes = tuple(mistakes)


_TOP: Mapping[str, Kind] = {
    "key": of.TEXT, "version": of.TEXT, "source": of.TEXT, "read_on": of.DAY, "name": of.BOTH,
    "who": of.BOTH, "lasts": of.BOTH, "from": of.DAY, "until": of.DAY, "main": of.YES_NO,
}  # fmt: skip
_TOP_NEEDED = ("key", "version", "source", "read_on", "name", "who")
_TABLES = frozenset(
    {
        *("permit", "conditions", "papers", "fees", "needs", "places", "invitation"),
        *("extension", "family", "list"),
    }
)
_STATES = ("refused", "withdrawn")
_NOT_OFFERED = frozenset({"main"})
"""What only the program's own programme says."""


class _Reader:
    """Reads tables and gathers what is wrong."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.mistakes: list[Mistake] = []
        self.read = Read("", date.min)

    def wrong(self, code: str, table: str = "", row: int = 0, name: str = "", value: object = "",
              possible: Iterable[str] = ()) -> None:  # fmt: skip
        told = str(value)[:80]
        self.mistakes.append(Mistake(code, table, row, name, told, tuple(possible)))

    def values(
        self,
        found: object,
        kinds: Mapping[str, Kind],
        needed: Iterable[str] = (),
        table: str = "",
        row: int = 0,
        beside: Iterable[str] = (),
    ) -> dict[str, Any]:
        """The values of a table by name, without those that cannot be read."""
        if not isinstance(found, dict):
            self.wrong("not_a_table", table, row)
            return {}
        read: dict[str, Any] = {}
        for name, value in found.items():
            if name in beside:
                continue
            kind = kinds.get(name)
            if kind is None:
                possible = sorted({*kinds, *beside} - _NOT_OFFERED)
                self.wrong("unknown_name", table, row, name, possible=possible)
                continue
            try:
                read[name] = kind.read(value, self.known)
            except Unread as error:
                self.wrong(error.code, table, row, name, error.value, error.possible)
        for name in needed:
            if name not in found:
                self.wrong("missing" if table else "missing_top", table, row, name)
        self._check_days(read, table, row)
        return read

    def _check_days(self, read: Mapping[str, Any], table: str, row: int) -> None:
        first, last = read.get("from"), read.get("until")
        if first is not None and last is not None and first > last:
            self.wrong("days_crossed", table, row, "until", f"{first} > {last}")

    def read_of(self, values: Mapping[str, Any]) -> Read:
        """Where a row was read: as it says, else as the file does."""
        return Read(
            values.get("source", self.read.source), values.get("read_on", self.read.read_on)
        )

    def rows(self, table: str, found: object) -> list[object]:
        """The rows of a table that repeats (`[[name]]`)."""
        if found is None:
            return []
        if not isinstance(found, list):
            self.wrong("not_rows", table)
            return []
        if len(found) > MOST_ROWS:
            self.wrong("too_many_rows", table, possible=(str(MOST_ROWS),))
            return []
        return found

    def each(self, table: str, found: object, read: Callable[[object, int], T | None]) -> list[T]:
        made = (read(row, number) for number, row in enumerate(self.rows(table, found), start=1))
        return [one for one in made if one is not None]


def load(table: Mapping[str, Any], known: Known, *, shipped: bool = False) -> ProgrammeFile:
    """A programme from its parsed file. Raises BadFile. Only a `shipped` one may be the main."""
    reader = _Reader(known)
    top = reader.values(dict(table), _TOP, _TOP_NEEDED, beside=_TABLES)
    if "key" in top and not _KEY.fullmatch(top["key"]):
        reader.wrong("bad_key", name="key", value=top["key"])
    if top.get("main") and not shipped:
        reader.wrong("not_main", name="main")
    reader.read = Read(top.get("source", ""), top.get("read_on", date.min))
    permit = _permit(reader, table.get("permit"))
    conditions = reader.each("conditions", table.get("conditions"), _condition(reader))
    if table.get("conditions") in (None, []):
        reader.wrong("no_conditions", "conditions")
    elif conditions and not any(one.binds for one in conditions):
        reader.wrong("nothing_binds", "conditions")
    papers = reader.each("papers", table.get("papers"), _paper(reader))
    fees = reader.each("fees", table.get("fees"), _fee(reader))
    needs = reader.each("needs", table.get("needs"), _need(reader))
    family = reader.each("family", table.get("family"), _member(reader))
    places = _places(reader, table.get("places"))
    invitation = _invitation(reader, table.get("invitation"))
    extension = _extension(reader, table.get("extension"))
    listed = _list(reader, table.get("list"))
    if reader.mistakes or permit is None:
        raise BadFile(reader.mistakes)
    return ProgrammeFile(
        key=top["key"],
        version=top["version"],
        name=top["name"],
        who=top["who"],
        read=reader.read,
        from_day=top.get("from"),
        until_day=top.get("until"),
        permit=permit,
        conditions=tuple(conditions),
        lasts=top.get("lasts"),
        needs=tuple(needs),
        papers=tuple(papers),
        fees=tuple(fees),
        places=places,
        invitation=invitation,
        extension=extension,
        family=tuple(family),
        listed=listed,
        is_main=bool(top.get("main")),
    )


def _permit(reader: _Reader, found: object) -> PermitGiven | None:
    kinds = {
        "kind": of.one_of("permit_kind", ("open", "employer", "either")),
        "code": of.TEXT, "months": of.SPAN, **_ROW_READ,
    }  # fmt: skip
    if found is None:
        reader.wrong("table_missing", "permit")
        return None
    values = reader.values(found, kinds, ("kind",), "permit")
    if "kind" not in values:
        return None
    months = values.get("months")
    return PermitGiven(values["kind"], values.get("code", ""), months, reader.read_of(values))


def _condition(reader: _Reader) -> Callable[[object, int], Condition | None]:
    def read(row: object, number: int) -> Condition | None:
        name = row.get("check") if isinstance(row, dict) else None
        if isinstance(row, dict) and name is None:
            reader.wrong("missing", "conditions", number, "check")
            return None
        check = CHECKS.get(name) if isinstance(name, str) else None
        if check is None:
            if isinstance(row, dict):
                reader.wrong("unknown_check", "conditions", number, "check", name, sorted(CHECKS))
            else:
                reader.wrong("not_a_table", "conditions", number)
            return None
        kinds = {"check": of.TEXT, "binds": of.YES_NO, **_ROW_READ, **check.parameters}
        values = reader.values(row, kinds, sorted(check.required), "conditions", number)
        if check.any_of and isinstance(row, dict) and check.any_of.isdisjoint(row):
            reader.wrong("missing_any", "conditions", number, possible=sorted(check.any_of))
        own = {key: value for key, value in values.items() if key in check.parameters}
        return Condition(str(name), own, reader.read_of(values), values.get("binds", True))

    return read


def _paper(reader: _Reader) -> Callable[[object, int], PaperAsked | None]:
    def read(row: object, number: int) -> PaperAsked | None:
        values = reader.values(row, {"paper": of.PAPER, **_ROW_READ}, ("paper",), "papers", number)
        return PaperAsked(values["paper"], reader.read_of(values)) if "paper" in values else None

    return read


def _need(reader: _Reader) -> Callable[[object, int], Any]:
    def read(row: object, number: int) -> Any:
        try:
            return of.BOTH.read(row, reader.known)
        except Unread as error:
            reader.wrong(error.code, "needs", number, "", error.value, error.possible)
            return None

    return read


def _fee(reader: _Reader) -> Callable[[object, int], FeeAsked | None]:
    kinds = {
        "fee": of.TEXT, "payer": of.one_of("payer", ("person", "employer")), "name": of.BOTH,
        "amount": of.AMOUNT, "from": of.DAY, **_ROW_READ,
    }  # fmt: skip

    def read(row: object, number: int) -> FeeAsked | None:
        own = isinstance(row, dict) and "amount" in row
        named = own or (isinstance(row, dict) and "name" in row)
        needed = ("name", "amount", "from") if named else ("fee",)
        values = reader.values(row, kinds, needed, "fees", number)
        if own and "fee" not in values and "name" in values:
            # What joins the amounts of one fee: its own word, else what people call it.
            values["fee"] = values["name"].fr
        if "fee" not in values:
            return None
        if not named and values["fee"] not in reader.known.fees:
            reader.wrong(
                "unknown_fee", "fees", number, "fee", values["fee"], sorted(reader.known.fees)
            )
        return FeeAsked(
            values["fee"], values.get("payer", "person"), reader.read_of(values),
            values.get("name"), values.get("amount"), values.get("from"),
        )  # fmt: skip

    return read


def _member(reader: _Reader) -> Callable[[object, int], FamilyCode | None]:
    kinds = {
        "who": of.one_of("relation", ("spouse", "child")), "code": of.TEXT, "text": of.BOTH,
        **_ROW_READ,
    }  # fmt: skip

    def read(row: object, number: int) -> FamilyCode | None:
        values = reader.values(row, kinds, ("who",), "family", number)
        if "who" not in values:
            return None
        code, text = values.get("code", ""), values.get("text")
        return FamilyCode(values["who"], code, text, reader.read_of(values))

    return read


def _places(reader: _Reader, found: object) -> Places | None:
    if found is None:
        return None
    kinds = {
        "counts": of.one_of("counts", ("filed", "approved")),
        "period": of.one_of("period", ("year", "programme")),
        "given_back": Kind("states", of.listed(_STATES)), **_ROW_READ,
    }  # fmt: skip
    values = reader.values(found, kinds, ("counts", "period"), "places", beside=("limits",))
    rows = found.get("limits") if isinstance(found, dict) else None
    limits = reader.each("places.limits", rows, _limit(reader))
    if isinstance(found, dict) and not rows:
        reader.wrong("no_limit", "places")
    seen: set[tuple[object, object]] = set()
    for number, one in enumerate(limits, start=1):
        if (one.year, one.from_day) in seen:
            reader.wrong("limit_twice", "places.limits", number, "from", one.from_day)
        seen.add((one.year, one.from_day))
    return Places(
        values.get("counts", "filed"), values.get("period", "year"),
        values.get("given_back", frozenset()), tuple(limits), reader.read_of(values),
    )  # fmt: skip


def _limit(reader: _Reader) -> Callable[[object, int], PlaceLimit | None]:
    kinds = {"limit": of.PLACES, "from": of.DAY, "year": of.YEAR, **_ROW_READ}

    def read(row: object, number: int) -> PlaceLimit | None:
        values = reader.values(row, kinds, ("limit", "from"), "places.limits", number)
        if not {"limit", "from"} <= values.keys():
            return None
        read_at = reader.read_of(values)
        return PlaceLimit(values["limit"], values["from"], read_at, values.get("year"))

    return read


def _invitation(reader: _Reader, found: object) -> Invitation | None:
    if found is None:
        return None
    values = reader.values(found, {"days": of.SPAN, **_ROW_READ}, ("days",), "invitation")
    return Invitation(values["days"], reader.read_of(values)) if "days" in values else None


def _extension(reader: _Reader, found: object) -> Extension | None:
    if found is None:
        return None
    kinds = {"months": of.SPAN, "text": of.BOTH, **_ROW_READ}
    values = reader.values(found, kinds, (), "extension")
    return Extension(values.get("months"), values.get("text"), reader.read_of(values))


def _list(reader: _Reader, found: object) -> ListRead:
    if found is None:
        return ListRead()
    kinds = {"marks": of.TEXTS, "words": of.TEXTS}
    values = reader.values(found, kinds, (), "list", beside=("headers",))
    told = found.get("headers", {}) if isinstance(found, dict) else {}
    headers = reader.values(told, dict.fromkeys(reader.known.fields, of.TEXTS), (), "list.headers")
    taken: dict[str, str] = {}
    for field, texts in headers.items():
        for text in texts:
            if taken.setdefault(text.casefold(), field) != field:
                reader.wrong("header_twice", "list.headers", 0, field, text)
    return ListRead(headers, values.get("marks", ()), values.get("words", ()))
