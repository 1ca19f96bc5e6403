# SPDX-License-Identifier: Apache-2.0
"""What is said of lists that are counted: by what, and what each row and column stands for."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.pivots import Dimension, Pivot, Step
from imp_plus_desktop.domain.reads.shapes import Value
from imp_plus_desktop.i18n import N_, _, short_month
from imp_plus_desktop.words.terms.field_texts import field_label
from imp_plus_desktop.words.terms.list_texts import cell_text, column_label

_LISTS: Mapping[ListKind, str] = {
    ListKind.PEOPLE: N_("People"),
    ListKind.APPLICATIONS: N_("Applications"),
    ListKind.PERMITS: N_("Permits"),
}
_OF_LIST: Mapping[str, Mapping[ListKind, str]] = {
    "year": {
        ListKind.PEOPLE: N_("Year of the letter"),
        ListKind.APPLICATIONS: N_("Year of receipt"),
        ListKind.PERMITS: N_("Year in which it begins"),
    },
    "month": {
        ListKind.PEOPLE: N_("Month of the letter"),
        ListKind.APPLICATIONS: N_("Month of receipt"),
        ListKind.PERMITS: N_("Month in which it begins"),
    },
}
_DAYS: Mapping[str, str] = {
    "decided_year": N_("Year of the decision"),
    "decided_month": N_("Month of the decision"),
    "issued_year": N_("Year of issue"),
    "issued_month": N_("Month of issue"),
    "until_year": N_("Year in which it ends"),
    "until_month": N_("Month in which it ends"),
}


def list_text(kind: ListKind) -> str:
    """What is counted."""
    return _(_LISTS[kind])


def dimension_text(kind: ListKind, dimension: Dimension) -> str:
    """By what rows are counted."""
    column = columns(kind)[dimension.column]
    if dimension.step is Step.VALUE:
        field = column.field
        return column_label(kind, column) if field is None else field_label(field.named)
    name = dimension.name
    words = _OF_LIST[name][kind] if name in _OF_LIST else _DAYS[name]
    return _(words)


def pivot_text(pivot: Pivot) -> str:
    """A count in words: `Applications: State × Year of receipt`."""
    by = " × ".join(dimension_text(pivot.kind, axis) for axis in pivot.axes)
    return _("{name}: {value}").format(name=list_text(pivot.kind), value=by)


def value_text(pivot: Pivot, axis: Dimension, value: Value) -> str:
    """What a row or a column of a count stands for."""
    if value is None:
        return _("(empty)")
    if axis.step is Step.MONTH and pivot.of_one_day:
        return short_month(int(value))
    if axis.step is not Step.VALUE:
        return str(value)
    return cell_text(columns(pivot.kind)[axis.column], value)
