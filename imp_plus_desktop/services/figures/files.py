# SPDX-License-Identifier: Apache-2.0
"""A file of many figures: read, looked at, and taken in one act.

    read(office, path) -> FigureFile      its entries, checked, and who signed it
    changes(office, file) -> what would be other, entry by entry
    take(office, file, trust) -> ActId | None       None where all of it stands there already

The program trusts the keys of `resources/keys/figures.txt`. Any other file is taken when somebody
says that it is trusted, by its fingerprint or by the public key that signed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from imp_plus_desktop import paths
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.figures import own
from imp_plus_desktop.domain.figures.many import (
    ENTRY,
    HOLIDAY,
    PROGRAMMES,
    Entry,
    FigureTable,
    Reading,
    entries_of,
)
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import ExchangeError, InvalidInput, Refused
from imp_plus_desktop.exchange.figures import signed
from imp_plus_desktop.exchange.readers.whole_file import read_whole
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.figures.own import (
    check,
    days_of_reading,
    is_listed,
    note,
    store,
)
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.services.programmes.reading import ProgrammeMistakes
from imp_plus_desktop.storage.reads import queries

SERVICE = "figures.file"
PROGRAMME = "programme_"
"""Before the key of a programme that a file brings, among its changes."""
_KEYS = ("keys", "figures.txt")
_FEWEST = 16
"""Digits of a fingerprint that tell one file from any other."""


class Signature(StrEnum):
    """Who vouches for a file."""

    PROGRAM = "program"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A file as it was read: all of its entries can be taken as they are."""

    path_name: str
    sha256: str
    fingerprint: str
    signature: Signature
    key: str | None
    table: FigureTable

    @property
    def is_trusted(self) -> bool:
        return self.signature is Signature.PROGRAM

    def is_trusted_by(self, trust: str | None) -> bool:
        """Whether somebody has named this file, or its key, as trusted."""
        told = "".join((trust or "").split())
        if self.key is not None and told == self.key:
            return True
        digits = told.lower()
        return len(digits) >= _FEWEST and self.fingerprint.startswith(digits)


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry makes other: what counted from its day before (None: nothing), and after.

    Of a programme, `entry` is `programme_KEY`, and both are versions of its file.
    """

    entry: Entry
    before: str | None
    after: str


def program_keys() -> frozenset[str]:
    """The public keys that the program trusts, in base64."""
    text = paths.resource(*_KEYS).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)


def read(office: Office, path: Path) -> FigureFile:
    """A file's entries, each checked as if it were typed.

    Errors: ExchangeError not_a_file, file_not_found, empty_file, figures_too_large,
    figures_unreadable, figures_format, bad_figures, signature_broken.
    """
    content = _content(path)
    parted = signed.parted(content)
    told = entries_of(signed.table(parted))
    checked = [
        (_checked(office, entry, reading, number), reading)
        for number, (entry, reading) in enumerate(told.entries, 1)
    ]
    _refuse_twice(entry for entry, _reading in checked)
    for number, text in enumerate(told.programmes, 1):
        _look(office, text, number)
    signature = Signature.NONE if parted.key is None else Signature.OTHER
    if parted.key in program_keys():
        signature = Signature.PROGRAM
    return FigureFile(
        path.name,
        hashlib.sha256(content).hexdigest(),
        parted.fingerprint,
        signature,
        parted.key,
        replace(told, entries=tuple(checked)),
    )


def changes(office: Office, file: FigureFile) -> tuple[Change, ...]:
    """What would be other if a file were taken, in its order; entries that stand there already are
    left out."""
    programme = office.programme()
    found = []
    known = _own_rows(office)
    for entry, _reading in file.table.entries:
        if known.get((entry.name, entry.from_day, entry.year)) == (entry.value, entry.source):
            continue
        before = _before(office, entry, known)
        if before is None and entry.name not in (HOLIDAY,):
            before = own.value_on(programme, entry.name, entry.from_day, entry.year)
        found.append(Change(entry, before, entry.value))
    return (*found, *_programmes(office, file))


def _programmes(office: Office, file: FigureFile) -> Iterator[Change]:
    for text in file.table.programmes:
        looked = library.look(office, text.encode())
        if looked.is_same:
            continue
        made, former = looked.programme, looked.replaces
        entry = Entry(
            f"{PROGRAMME}{made.key}",
            made.version,
            made.from_day or file.table.issued,
            made.read.source,
        )
        yield Change(entry, None if former is None else former.version, made.version)


def take(office: Office, file: FigureFile, trust: str | None = None) -> ActId | None:
    """Take a file in one act; None where all of it stands there already.

    Errors: DomainError file_not_trusted; StorageError changed_meanwhile.
    """
    refuse_untrusted(file, trust)
    with office.act(SERVICE, source_name=file.path_name) as act:
        count = 0
        for entry, reading in file.table.entries:
            is_new = store(act, entry)
            count += is_new
            if is_new and is_listed(office, entry.name):
                told = days_of_reading(office, entry.name, _past(office, reading), entry.from_day)
                note(act, entry.name, told, entry.source)
        count += sum(library.store(office, act, text.encode()) for text in file.table.programmes)
        act.details["counts"] = {"figures": count}
        # No hash of the act's own: what has one is kept with the register.
        act.details["sha256"] = file.sha256
    return ActId(act.id) if act.id else None


def refuse_untrusted(file: FigureFile, trust: str | None) -> None:
    """Take no file that nobody vouches for. Errors: DomainError file_not_trusted."""
    if not file.is_trusted and not file.is_trusted_by(trust):
        raise Refused("file_not_trusted", fingerprint=file.fingerprint[:_FEWEST])


def _content(path: Path) -> bytes:
    found = read_whole(path, signed.MOST_BYTES, ExchangeError("figures_too_large"))
    if not found.strip():
        raise ExchangeError("empty_file")
    return found


def _checked(office: Office, entry: Entry, reading: Reading, number: int) -> Entry:
    """An entry as it would be stored. Errors: ExchangeError bad_figures, with what is wrong as if
    it were typed."""
    try:
        checked = check(office, entry)
        if is_listed(office, entry.name):
            days_of_reading(office, entry.name, _past(office, reading), entry.from_day)
    except InvalidInput as error:
        where = f"{entry.name[:40]}, {entry.from_day.isoformat()}"
        raise ExchangeError(
            "bad_figures", where=where, issue=error.code, number=number, told=error
        ) from None
    return checked


def _refuse_twice(entries: Iterable[Entry]) -> None:
    """Refuse a figure of one day that is told twice, once with its year and once without. Errors:
    ExchangeError bad_figures."""
    seen: set[tuple[str, date, int | None]] = set()
    for entry in entries:
        key = (entry.name, entry.from_day, entry.year)
        if key in seen:
            where = f"{entry.name[:40]}, {entry.from_day.isoformat()}"
            raise ExchangeError("bad_figures", where=where, issue="twice")
        seen.add(key)


def _look(office: Office, text: str, number: int) -> None:
    """Refuse a programme that cannot stand in the register. Errors: ExchangeError bad_figures."""
    try:
        library.look(office, text.encode())
    except ProgrammeMistakes as error:
        where = f"[[{PROGRAMMES}]] {number}"
        raise ExchangeError("bad_figures", where=where, issue=error.code, told=error) from None


def _past(office: Office, reading: Reading) -> Reading:
    """A reading of a day that has come: a file may have been made where the day is later."""
    today = office.clock.today()
    return reading if reading.on is None or reading.on <= today else Reading(today, reading.again)


def _own_rows(office: Office) -> Mapping[tuple[str, date, int | None], tuple[str, str]]:
    """What the office has set: value and source by name, day and year; the later act counts."""
    found: dict[tuple[str, date, int | None], tuple[str, str]] = {}
    for one in queries.settings(office.register):
        found[one.name, one.from_day, one.year] = (one.value, one.reason)
    for cap in queries.cap_limits(office.register):
        name = f"{own.CAP}{cap.ledger.value}"
        found[name, cap.from_day, cap.year] = (str(cap.cap), cap.reason)
    for rule in routes.entry_rules(office):
        found[f"{ENTRY}{rule.country}", rule.from_day, None] = (rule.requirement, rule.source)
    return found


def _before(
    office: Office,
    entry: Entry,
    known: Mapping[tuple[str, date, int | None], tuple[str, str]],
) -> str | None:
    """What counted before of a country or a day, which the programme does not say."""
    if entry.name == HOLIDAY:
        told = known.get((HOLIDAY, entry.from_day, None))
        return None if told is None else told[0]
    if not entry.name.startswith(ENTRY):
        return None
    rules: Sequence[tuple[date, str]] = sorted(
        (day, value) for (name, day, _y), (value, _s) in known.items() if name == entry.name
    )
    past = [value for day, value in rules if day <= entry.from_day]
    return past[-1] if past else office.routes.entry.requirement(entry.name.removeprefix(ENTRY))
