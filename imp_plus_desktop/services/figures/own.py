# SPDX-License-Identifier: Apache-2.0
"""One figure of the office's own: set from a day on, looked up again, taken out again.

    set_figure(office, Entry("fee_processing", "165.00", day, "IRCC’s list"), Reading(...))
    look_up(office, [name], Reading(...))     still the same at their source
    take_out(office, name, day | None)        what counts from a day; None: what counts today

Each is one act. What was set for a day before stays, what is set for the same day again is
corrected. A figure that is known under no name of the list of figures is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.figures import own
from imp_plus_desktop.domain.figures.many import ENTRY, Entry, Reading
from imp_plus_desktop.domain.figures.own import CAP, READ, Kind, kind_of
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.applications.fees import parse_amount
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.storage.journal.act import Act

__all__ = ["Entry", "Reading"]

_LAST_YEAR = 2100


def set_figure(office: Office, entry: Entry, reading: Reading | None = None) -> ActId | None:
    """Set a figure from a day on; None where all of it stands there already.

    Errors: DomainError unknown_parameter, bad_amount, bad_length, bad_window, bad_choice,
    source_missing, bad_value, year_not_asked, year_out_of_range, bad_reading;
    StorageError changed_meanwhile.
    """
    checked = check(office, entry)
    told = days_of_reading(office, checked.name, reading or Reading(), since=checked.from_day)
    with office.act("figures.set") as act:
        if (store(act, checked) or reading is not None) and is_listed(office, checked.name):
            note(act, checked.name, told, checked.source)
    return ActId(act.id) if act.id else None


def look_up(office: Office, names: Sequence[str], reading: Reading, source: str = "") -> ActId:
    """Note that figures were found unchanged at their source (empty: the one that each has).

    Errors: DomainError unknown_parameter, bad_reading, figure_incomplete (none is named).
    """
    if not names:
        raise InvalidInput("figure_incomplete")
    with office.act("figures.read") as act:
        listed = {one.name: one for one in figures.listed(office)}
        for name in dict.fromkeys(names):
            known = listed.get(name)
            if known is None:
                raise InvalidInput("unknown_parameter", name=name)
            told = days_of_reading(office, name, reading, since=known.since)
            note(act, name, told, source.strip() or known.source or "—")
    return ActId(act.id or 0)


def take_out(
    office: Office, name: str, from_day: date | None = None, year: int | None = None
) -> ActId:
    """Take out what the office has set from a day on, with what it noted of it since; of years
    set from one day, that day's own.

    Errors: DomainError unknown_parameter, no_own_figure.
    """
    if kind_of(office.shipped_programme, name) is None:
        raise InvalidInput("unknown_parameter", name=name)
    with office.act("figures.take_out") as act:
        entity = _entity(name)
        rows = _rows(act, name, year)
        today = office.clock.today()
        if from_day is None and kind_of(office.shipped_programme, name) is Kind.HOLIDAY:
            from_day = today  # one day is no other's
        if from_day is None:
            from_day = max(
                (day for row in rows if (day := _day(row)) <= today),
                default=max(map(_day, rows), default=None),
            )
        found = [row for row in rows if _day(row) == from_day]
        if from_day is not None and len({row["year"] for row in found if "year" in row}) > 1:
            found = [row for row in found if row["year"] == from_day.year]
        if not found:
            raise InvalidInput("no_own_figure")
        noted = _noted(act, name, found[0], _COLUMNS[entity][1])
        for row in found:
            act.delete(entity, row["id"])
        for row in noted:
            act.delete("parameter", row["id"])
    return ActId(act.id or 0)


def can_set(office: Office, name: str) -> bool:
    """Whether an office can set a figure of this name."""
    return kind_of(office.shipped_programme, name) is not None


def is_listed(office: Office, name: str) -> bool:
    """Whether a figure of this name is one of the list, which is looked up again."""
    kinds = (Kind.SWITCH, Kind.ENTRY, Kind.HOLIDAY)
    return kind_of(office.shipped_programme, name) not in kinds


def check(office: Office, entry: Entry) -> Entry:
    """An entry as it is stored: its value in one way of writing, its source without blanks.

    Errors: as `set_figure`.
    """
    programme = office.shipped_programme
    value = own.stored_text(programme, entry.name, entry.value, parse_amount)
    source = " ".join(entry.source.split())
    if not source:
        raise InvalidInput("source_missing")
    kind, country = kind_of(programme, entry.name), entry.name.removeprefix(ENTRY)
    if kind is Kind.ENTRY and office.vocabulary.country(country) != country:
        raise InvalidInput("bad_value", field="country", issue="unknown_country")
    if kind not in (Kind.LIMIT, Kind.SWITCH):
        if entry.year is not None:
            raise InvalidInput("year_not_asked")
        return Entry(entry.name, value, entry.from_day, source)
    year = entry.from_day.year if entry.year is None else entry.year
    first = programme.opened.year
    if not first <= year <= _LAST_YEAR:
        raise InvalidInput("year_out_of_range", first=first, last=_LAST_YEAR)
    return Entry(entry.name, value, entry.from_day, source, year)


def store(act: Act, entry: Entry) -> bool:
    """Write a checked entry in an act: what is set for the same day already is corrected.
    Returns whether anything is new."""
    entity = _entity(entry.name)
    value, source = _COLUMNS[entity]
    kept: Any = int(entry.value) if entity == "cap_limit" else entry.value
    wanted = {value: kept, source: entry.source}
    same = [row for row in _rows(act, entry.name, entry.year) if _day(row) == entry.from_day]
    if same:
        return bool(act.update(entity, same[-1]["id"], wanted))
    act.add_figure(
        entity, _key(entry.name, entry.year), {**wanted, "from_day": entry.from_day}, value
    )
    return True


def note(act: Act, name: str, told: tuple[date, date], source: str) -> bool:
    """Write in an act when a figure was read, and when it must be again. Returns whether that is
    new."""
    on, again = told
    noted = {"value": again.isoformat(), "reason": source}
    same = [row for row in _rows(act, READ + name, None) if _day(row) == on]
    if same:
        return bool(act.update("parameter", same[-1]["id"], noted))
    act.add_figure(
        "parameter", {"name": READ + name, "year": None}, {**noted, "from_day": on}, "value"
    )
    return True


def days_of_reading(
    office: Office, name: str, reading: Reading, since: date | None
) -> tuple[date, date]:
    """The day of a reading and the day of the next. Errors: DomainError bad_reading."""
    on = reading.on or office.clock.today()
    again = reading.again or figures.next_reading(office, name, on, since or on)
    if on > office.clock.today() or again <= on:
        raise InvalidInput("bad_reading")
    return on, again


_COLUMNS = {
    "parameter": ("value", "reason"),
    "cap_limit": ("cap", "reason"),
    "entry_rule": ("requirement", "source"),
}
"""Where each kind of row keeps the value and the source."""


def _entity(name: str) -> str:
    if name.startswith(ENTRY):
        return "entry_rule"
    return "cap_limit" if name.startswith(CAP) else "parameter"


def _key(name: str, year: int | None) -> dict[str, object]:
    if name.startswith(ENTRY):
        return {"country": name.removeprefix(ENTRY)}
    if name.startswith(CAP):
        return {"ledger": Ledger(name.removeprefix(CAP)), "year": year}
    return {"name": name, "year": year}


def _rows(act: Act, name: str, year: int | None) -> list[dict[str, Any]]:
    """What the office has set under a name, oldest first; of a year, or of all."""
    if name.startswith(ENTRY):
        return act.rows_where("entry_rule", "country", name.removeprefix(ENTRY))
    if name.startswith(CAP):
        rows = act.rows_where("cap_limit", "ledger", name.removeprefix(CAP))
    else:
        rows = act.rows_where("parameter", "name", name)
    return [row for row in rows if year is None or row["year"] == year]


def _day(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["from_day"])


def _noted(act: Act, name: str, row: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """What was noted of a figure since it was set: it is about that figure."""
    rows = _rows(act, READ + name, None)
    if source == "reason" and not name.startswith(CAP):
        return [one for one in rows if one["id"] > row["id"]]
    # Rows of two kinds tell by nothing else which was first.
    return [one for one in rows if one["reason"] == row[source]]
