# SPDX-License-Identifier: Apache-2.0
"""What the columns of lists are called, and what they hold, in the words of the office.

    column_label(kind, column)    `Citizenship`; of what hangs on the row, whose it is too
    group_label(kind, column)     under which heading one looks for it: `Permit`, `Person`
    cell_text(column, value)      a value as the register keeps it, as a list shows it
    filter_text(column, asked)    what is asked of a column: `Morocco, Tunisia and 2 others`
    range_text(low, high)         `within 6 months`, `from 2026-01-01`
    nothing_text(kind, filters)   that no row answers so many filters

Must not read the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Value
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import N_, _, format_cents, format_iso, format_number, ngettext, pgettext
from imp_plus_desktop.words.terms.code_names import country_name, name_of
from imp_plus_desktop.words.terms.entity_names import entity_label
from imp_plus_desktop.words.terms.field_texts import field_label

DASH = "—"
NEAR: tuple[tuple[str, str], ...] = (("", "-1d"), ("+0d", "+30d"), ("+0d", "+90d"), ("+0d", "+6m"))
"""Ranges of days from today that are offered by name."""
_MOST_NAMED = 3
"""So many values are named before the others are counted."""
_DERIVED: Mapping[str, str] = {
    "standing.status": N_("Stage of the file"),
    "standing.verdict": N_("Eligibility"),
    "standing.last_safe_day": N_("Last safe day"),
    "standing.short_passport": N_("Passport too short"),
    "contact.on_day": N_("Last contact"),
    "line.kind": N_("Kind"),
    "line.day": N_("Day"),
    "line.own_day": N_("Day before it was moved"),
    "line.moved_because": N_("Moved because"),
    "line.acknowledged_on": N_("Seen on"),
}
_OF_FAMILIES = frozenset({ListKind.APPLICATIONS, ListKind.PERMITS, ListKind.FAMILY})
"""Lists whose rows may be a member's: what is the principal's says so."""
_YEARS = frozenset({"cap_year"})


def column_label(kind: ListKind, column: ListColumn) -> str:
    """What a column is called in a list."""
    plain = _plain(column)
    if column.entity == "person" and kind in _OF_FAMILIES:
        return _("{field} (principal)").format(field=plain)
    own = next(iter(columns(kind).values())).entity == column.entity
    if own or column.field is None or (column.field.traits.part and not _shared(kind, column)):
        return plain
    whose = entity_label(column.entity)
    return _("{field} ({whose})").format(field=plain, whose=f"{whose[:1].lower()}{whose[1:]}")


def group_label(kind: ListKind, column: ListColumn) -> str:
    """The heading under which a list offers a column."""
    if column.field is None:
        return _("The file today") if column.entity != "line" else _("Deadline")
    if column.entity == "person" and kind in _OF_FAMILIES:
        return pgettext("column", "Principal")
    return entity_label(column.entity)


def cell_text(column: ListColumn, value: Value) -> str:
    """What a list shows of a value."""
    if value is None or value == "":
        return DASH
    if column.kind is Kind.FLAG:
        return name_of(bool(value))
    if column.is_coded and not column.words:
        return country_name(str(value))
    if column.words:
        return name_of(str(value), column.words)
    teller = _TELLERS.get(column.kind)
    if teller is None or column.name in _YEARS:
        return str(value)
    return teller(str(value))


def filter_text(column: ListColumn, asked: ColumnFilter) -> str:
    """What a filter asks of its column."""
    parts = []
    if asked.filled is not None:
        parts.append(_("filled in") if asked.filled else _("empty"))
    if asked.values:
        parts.append(_values_text(column, asked.values))
    if asked.text:
        parts.append(_("contains “{text}”").format(text=asked.text))
    if asked.low or asked.high:
        parts.append(range_text(asked.low, asked.high))
    return _(", and ").join(parts)


def _values_text(column: ListColumn, values: Sequence[Value]) -> str:
    told = [_("(empty)") if value is None else cell_text(column, value) for value in values]
    named, others = ", ".join(told[:_MOST_NAMED]), len(told) - _MOST_NAMED
    if others <= 0:
        return named
    text = ngettext("{names} and {count} other", "{names} and {count} others", others)
    return text.format(names=named, count=format_number(others))


def range_text(low: str, high: str) -> str:
    """From where to where, in words: days from today by their distance, others as they are."""
    if (low, high) == ("", "-1d"):
        return _("in the past")
    if low and low == high:
        return _("today") if low == "+0d" else low
    if low == "+0d" and high.startswith("+"):
        count, months = int(high[1:-1]), high.endswith("m")
        if months:
            return ngettext("within {count} month", "within {count} months", count).format(
                count=count
            )
        return ngettext("within {count} day", "within {count} days", count).format(count=count)
    if low and high:
        return _("from {low} to {high}").format(low=low, high=high)
    return _("from {low}").format(low=low) if low else _("up to {high}").format(high=high)


_NOBODY: Mapping[ListKind, tuple[str, str, str, str]] = {
    ListKind.PEOPLE: (
        N_("Nobody matches this filter."),
        N_("Nobody matches these two filters."),
        N_("Nobody matches these three filters."),
        N_("Nobody matches these {count} filters."),
    ),
    ListKind.APPLICATIONS: (
        N_("No application matches this filter."),
        N_("No application matches these two filters."),
        N_("No application matches these three filters."),
        N_("No application matches these {count} filters."),
    ),
    ListKind.PERMITS: (
        N_("No permit matches this filter."),
        N_("No permit matches these two filters."),
        N_("No permit matches these three filters."),
        N_("No permit matches these {count} filters."),
    ),
    ListKind.FAMILY: (
        N_("No family member matches this filter."),
        N_("No family member matches these two filters."),
        N_("No family member matches these three filters."),
        N_("No family member matches these {count} filters."),
    ),
    ListKind.DEADLINES: (
        N_("No deadline matches this filter."),
        N_("No deadline matches these two filters."),
        N_("No deadline matches these three filters."),
        N_("No deadline matches these {count} filters."),
    ),
}


def nothing_text(kind: ListKind, filters: int) -> str:
    """That no row of a list answers so many filters."""
    sentences = _NOBODY[kind]
    sentence = sentences[min(max(filters, 1), len(sentences)) - 1]
    return _(sentence).format(count=format_number(filters))


def _plain(column: ListColumn) -> str:
    if column.field is None:
        return _(_DERIVED[column.id])
    return field_label(column.field.named)


@cache
def _named_twice(kind: ListKind) -> frozenset[str]:
    """The fields that two kinds of rows of a list have under one name."""
    names = (column.field.named for column in columns(kind).values() if column.field is not None)
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def _shared(kind: ListKind, column: ListColumn) -> bool:
    return column.field is not None and column.field.named in _named_twice(kind)


def _day(text: str) -> str:
    try:
        return format_iso(date.fromisoformat(text))
    except ValueError:
        return text  # a year or a month, where no day is known


def _instant(text: str) -> str:
    return format_iso(toronto_day(datetime.fromisoformat(text)))


def _lines(text: str) -> str:
    return " · ".join(line.strip() for line in text.splitlines() if line.strip())


_TELLERS: Mapping[Kind, Callable[[str], str]] = {
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.LINES: _lines,
    Kind.NUMBER: lambda text: format_number(int(text)),
    Kind.MONEY: lambda text: format_cents(int(text)),
}
