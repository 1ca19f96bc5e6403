# SPDX-License-Identifier: Apache-2.0
"""The proof of the order in which a file's lists write their dates."""

from __future__ import annotations

from datetime import date, datetime

from imp_plus_desktop.domain.values.date_proof import DateProof
from imp_plus_desktop.exchange.lists.row_drafts import FoundList
from imp_plus_desktop.exchange.values.dates import DateColumn, WrittenDate, prove_order
from imp_plus_desktop.exchange.values.values import DATE_FIELDS, ValueReader

_TRUE_DATES = {date, datetime, type(None)}


def proof_of(lists: list[FoundList], reader: ValueReader, given: str | None) -> DateProof:
    """Collects every text date of the file, column by column and life by life."""
    if all(map(_has_true_dates, lists)):
        return prove_order((), (), latest_year=reader.latest_year, given=given)
    columns: list[DateColumn] = []
    lives: list[dict[str, date | WrittenDate]] = []
    for entry in lists:
        dated = {f: c for f, c in entry.index.items() if f in DATE_FIELDS}
        waiting: dict[str, list[WrittenDate]] = {name: [] for name in dated}
        for number in entry.data_rows:
            cells = entry.sheet.rows[number - 1]
            life: dict[str, date | WrittenDate] = {}
            for name, column in dated.items():
                cell = cells[column] if column < len(cells) else None
                value = cell if type(cell) is date else reader.written(cell)
                if value is None:
                    continue
                life[name] = value
                if isinstance(value, WrittenDate) and value.waits:
                    waiting[name].append(value)
            lives.append(life)
        columns.extend(
            DateColumn(entry.sheet.name, name, entry.layout.headers[name], tuple(values))
            for name, values in sorted(waiting.items(), key=lambda pair: dated[pair[0]])
        )
    return prove_order(columns, lives, latest_year=reader.latest_year, given=given)


def _has_true_dates(entry: FoundList) -> bool:
    """Whether every date of a list is one for the file itself: then none waits for an order."""
    return all(
        set(map(type, cells)) <= _TRUE_DATES
        for name, cells in entry.cells.items()
        if name in DATE_FIELDS
    )
