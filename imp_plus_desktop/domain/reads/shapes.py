# SPDX-License-Identifier: Apache-2.0
"""How somebody shaped a list: filters on its columns, an order by several, which columns it has.

    ColumnFilter("person.citizenship", values=("DZA", None))   one of these; None: it is empty
    ColumnFilter("permit.valid_until", low="+0d", high="+6m")  from today to half a year from now
    Shape(columns, order, filters, named)    what a view keeps; `dump` and `load` are its text

A bound of a range is a day in ISO form, a number, or an offset from today, so that a view that is
kept means the same next month. Knows no list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import add_months

Value = str | int | None
"""A value as the register keeps it, None where there is none."""
Order = tuple[tuple[str, bool], ...]
"""Keys to sort by, the first one first, each with whether it descends."""


class Spelled(str):
    """A key to sort by whose codes stand in the order of their words: each with its place."""

    places: tuple[tuple[Value, int], ...]

    def __new__(cls, key: str, places: tuple[tuple[Value, int], ...]) -> Spelled:
        made = super().__new__(cls, key)
        made.places = places
        return made


def order_of(sort: str | Order, descending: bool = False) -> Order:
    """An order by one key, or by several as it is."""
    return ((sort, descending),) if isinstance(sort, str) else sort


_OFFSET = re.compile(r"([+-]\d{1,5})([dm])")


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """What a column must hold: one of some `values`, a text, a range, anything or nothing at all.

    `filled` True keeps what is not empty, False what is. Parts that are not set demand nothing.
    """

    column: str
    values: tuple[Value, ...] = ()
    text: str = ""
    low: str = ""
    high: str = ""
    filled: bool | None = None

    def on(self, today: date) -> ColumnFilter:
        """The same with its offsets counted from a day."""
        return replace(self, low=bound_on(self.low, today), high=bound_on(self.high, today))


def bound_on(bound: str, today: date) -> str:
    """A bound of a range as of a day: `+6m` is the same day half a year later, in ISO form."""
    match = _OFFSET.fullmatch(bound)
    if match is None:
        return bound
    count = int(match[1])
    try:
        day = add_months(today, count) if match[2] == "m" else today + timedelta(days=count)
    except (OverflowError, ValueError):
        day = date.max if count > 0 else date.min
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list stands: its columns from left to right, its order, its filters in the order in
    which they were set. `named` are the list's own filters, by their names."""

    columns: tuple[str, ...] = ()
    order: Order = ()
    filters: tuple[ColumnFilter, ...] = ()
    named: Mapping[str, Value] = field(default_factory=dict)


def dump(shape: Shape) -> str:
    """A shape as text; only what is set stands in it."""
    filters = [
        {name: said for name in _PARTS if (said := getattr(one, name)) not in _UNSET}
        for one in shape.filters
    ]
    told = {
        "columns": shape.columns,
        "order": shape.order,
        "filters": filters,
        "named": dict(shape.named),
    }
    return json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False, sort_keys=True)


_PARTS = ("column", "values", "text", "low", "high", "filled")
_UNSET: tuple[Any, ...] = ((), "", None)


def load(text: str) -> Shape:
    """A shape from its text. What cannot be read counts as not set."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return Shape()
    if not isinstance(told, dict):
        return Shape()
    columns, order = _listed(told, "columns"), _listed(told, "order")
    named = told.get("named")
    return Shape(
        columns=tuple(one for one in columns if isinstance(one, str)),
        order=tuple(
            (one[0], one[1])
            for one in order
            if isinstance(one, list) and [type(part) for part in one] == [str, bool]
        ),
        filters=tuple(
            made for one in _listed(told, "filters") if (made := _filter(one)) is not None
        ),
        named={
            str(name): said
            for name, said in (named.items() if isinstance(named, dict) else ())
            if isinstance(said, str | int)
        },
    )


def _listed(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _filter(told: Any) -> ColumnFilter | None:
    if not isinstance(told, dict) or not isinstance(told.get("column"), str):
        return None
    texts = {name: told.get(name, "") for name in ("text", "low", "high")}
    filled = told.get("filled")
    return ColumnFilter(
        told["column"],
        tuple(one for one in _listed(told, "values") if one is None or isinstance(one, str | int)),
        **{name: said if isinstance(said, str) else "" for name, said in texts.items()},
        filled=filled if isinstance(filled, bool) else None,
    )
