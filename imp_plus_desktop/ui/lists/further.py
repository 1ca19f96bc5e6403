# SPDX-License-Identifier: Apache-2.0
"""The columns that a list may have besides those of its own: every field that makes sense in it.

    further(kind, own) -> columns         hidden until somebody chooses them
    offered(kind, columns) -> what one chooses among, by headings

They are made of the catalogue of fields; a row has their values in `more`, once they are shown.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.shaping.column_chooser import Offered
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.tables.model import Kind as Painted
from imp_plus_desktop.words.terms.list_texts import cell_text, column_label, group_label

_PAINTED: Mapping[Kind, tuple[Painted, float]] = {
    Kind.DAY: ("date", 7.4),
    Kind.INSTANT: ("date", 7.4),
    Kind.NUMBER: ("number", 5),
    Kind.MONEY: ("number", 6),
    Kind.IDENTIFIER: ("date", 7.9),
    Kind.FLAG: ("text", 5.4),
    Kind.EMAIL: ("text", 12),
    Kind.LINES: ("text", 14),
}
_TEXT: tuple[Painted, float] = ("text", 8.5)


def further(kind: ListKind, own: Sequence[Column[Any]]) -> list[Column[Any]]:
    """The list's further columns; what its own columns show is not among them."""
    known = {column.source for column in own if not column.more}
    return [_column(kind, one) for one in columns(kind).values() if one.id not in known]


def _column(kind: ListKind, column: ListColumn) -> Column[Any]:
    painted, width = _PAINTED.get(column.kind, _TEXT)
    return Column(
        column.id,
        partial(column_label, kind, column),
        partial(_text, column),
        width=width,
        kind=painted,
        sort=column.id,
        tooltip=partial(_tip, column),
        optional=True,
        source=column.id,
        more=True,
    )


def _text(column: ListColumn, row: Any) -> str:
    return cell_text(column, row.more.get(column.id))


def _tip(column: ListColumn, row: Any) -> str:
    value = row.more.get(column.id)
    return "" if value is None else cell_text(column, value)


def offered(kind: ListKind, some: Sequence[Column[Any]]) -> list[Offered]:
    """What one may choose: the list's own columns first, then the others by their headings."""
    known = columns(kind)
    own = [Offered(one.key, one.title(), _("In this list")) for one in some if one.key not in known]
    fields = [
        Offered(one.key, one.title(), group_label(kind, known[one.key]))
        for one in some
        if one.key in known
    ]
    groups = list(dict.fromkeys(one.group for one in fields))
    return [*own, *sorted(fields, key=lambda one: groups.index(one.group))]
