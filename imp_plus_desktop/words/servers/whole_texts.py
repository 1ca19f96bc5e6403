# SPDX-License-Identifier: Apache-2.0
"""What is kept as a whole (a view, a template, a programme’s file), told in a few words.

    WHOLES                              by entity and column
    whole_label(column)                 what that is called
    whole_text(column, value, entity)   `Name, Phone · sorted by Name ▲`, `document 3fa9c01b`

Of a document the first signs of its hash are told: two that are not the same read otherwise.
"""

from __future__ import annotations

import hashlib

from imp_plus_desktop.domain.reads import pivots, shapes
from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.i18n import N_, _, format_number, ngettext
from imp_plus_desktop.words.pivot_texts import pivot_text
from imp_plus_desktop.words.terms.field_texts import field_label
from imp_plus_desktop.words.terms.list_texts import column_label, filter_text

_SIGNS = 8
_POINT = " · "
WHOLES = frozenset(
    {
        *(("list_view", name) for name in ("shape", "owner")),
        *(("letter_template", "content"), ("programme_file", "text")),
        *(("document", "attachment"), ("contact", "attachment")),
    }
)


_LABELS = {
    "shape": N_("What is kept"),
    "owner": N_("Whose it is"),
    "content": N_("Word file"),
    "text": N_("File of a programme"),
    "attachment": N_("Scan"),
}


def whole_label(column: str) -> str:
    """What that is called."""
    return _(_LABELS[column])


def whole_text(column: str, value: object, entity: str) -> str:
    """What is kept, so that two of them can be told apart."""
    text = "" if value is None else str(value)
    if column == "owner":
        return text or _("the whole office")
    if not text:
        return "—"
    if column == "shape":
        return _shape_text(text)
    # Of all but a programme the register keeps the name by its hash, and the bytes beside it.
    whole = hashlib.sha256(text.encode()).hexdigest() if entity == "programme_file" else text
    return _("document {signs}").format(signs=whole[:_SIGNS])


def _shape_text(text: str) -> str:
    pivot = pivots.load(text)
    if pivot is not None:
        return pivot_text(pivot)
    shape = shapes.load(text)
    told = []
    named = [text for key in shape.columns if (text := _column_text(key))]
    if named:
        told.append(", ".join(named))
    order = [(text, down) for key, down in shape.order if (text := _column_text(key))]
    if order:
        keys = ", ".join(f"{text} {'▼' if down else '▲'}" for text, down in order)
        told.append(_("sorted by {columns}").format(columns=keys))
    told += [_filter_text(one) for one in shape.filters]
    if shape.named:
        count = len(shape.named)
        said = ngettext("{count} filter of the list", "{count} filters of the list", count)
        told.append(said.format(count=format_number(count)))
    return _POINT.join(told) or "—"


def _column_text(key: str) -> str:
    """A column by the label of its field, empty where a list has one of its own making."""
    plain = key.rpartition(".")[2]
    for field in (plain, f"individual_{plain}", f"{plain}_on", f"{plain}_day"):
        if (text := field_label(field)) != field:
            return text
    return ""


def _filter_text(asked: ColumnFilter) -> str:
    for kind in ListKind:
        known: ListColumn | None = columns(kind).get(asked.column)
        if known is not None:
            said = _("{name}: {value}")
            return said.format(name=column_label(kind, known), value=filter_text(known, asked))
    return asked.column
