# SPDX-License-Identifier: Apache-2.0
"""Where each column of a list is read from: its expression in SQL, and the joins that it needs.

    source(kind, id) -> the expression, over the aliases below
    joined(kind, text, today) -> the joins of the aliases that a text of SQL names
    FROM[kind], KEY[kind]   the list's own rows, and the column of their id

Of several rows that hang on one, the one that counts is joined: the letter that no other replaces,
the residence of today, the passport recorded last, the latest application received, the permit
that ends last. Nothing here reads the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.records.catalogue import PARTLY

FROM: Mapping[ListKind, str] = {
    ListKind.PEOPLE: "standing s",
    ListKind.APPLICATIONS: "application a JOIN standing s ON s.person_id = a.person_id",
    ListKind.PERMITS: "permit t JOIN application a ON a.id = t.application_id"
    " JOIN standing s ON s.person_id = a.person_id",
    ListKind.FAMILY: "member m JOIN standing s ON s.person_id = m.person_id",
    ListKind.DEADLINES: "agenda_line a JOIN standing s ON s.person_id = a.person_id",
}
KEY: Mapping[ListKind, str] = {
    ListKind.PEOPLE: "s.person_id",
    ListKind.APPLICATIONS: "a.id",
    ListKind.PERMITS: "t.id",
    ListKind.FAMILY: "m.id",
    ListKind.DEADLINES: "a.id",
}
_OWN: Mapping[ListKind, Mapping[str, str]] = {
    ListKind.PEOPLE: {},
    ListKind.APPLICATIONS: {"application": "a"},
    ListKind.PERMITS: {"permit": "t", "application": "a"},
    ListKind.FAMILY: {"member": "m"},
    ListKind.DEADLINES: {"line": "a"},
}
"""The aliases of a list's own rows; what is joined has one that no list uses itself."""
_ALIASES: Mapping[str, str] = {
    "standing": "s",
    "person": "p",
    "letter": "letter_x",
    "residence": "residence_x",
    "passport": "passport_x",
    "application": "application_x",
    "permit": "permit_x",
}
_LETTER = (
    "SELECT x.id FROM letter x WHERE x.person_id = s.person_id ORDER BY EXISTS"
    " (SELECT 1 FROM letter y WHERE y.person_id = x.person_id AND y.supersedes_id = x.id),"
    " x.letter_date DESC, x.letter_received_date DESC NULLS LAST, x.id DESC LIMIT 1"
)
# As `residence_on` tells it of one file: a dated stay that covers the day, the latest begun; else
# one with an open start, the nearest end first.
_RESIDENCE = (
    "SELECT x.id FROM residence x WHERE x.person_id = s.person_id"
    " AND (x.until_day IS NULL OR x.until_day >= '{today}')"
    " AND (x.from_day IS NULL OR x.from_day <= '{today}')"
    " ORDER BY x.from_day DESC NULLS LAST,"
    " CASE WHEN x.from_day IS NULL THEN x.until_day END NULLS LAST, x.id DESC LIMIT 1"
)
_PASSPORT = "SELECT MAX(x.id) FROM passport x WHERE x.person_id = s.person_id"
_APPLICATION = (
    "SELECT x.id FROM application x WHERE x.person_id = s.person_id AND x.member_id IS NULL"
    " AND x.state NOT IN ('draft', 'ready', 'submitted')"
    " ORDER BY x.received_at DESC NULLS LAST, x.id DESC LIMIT 1"
)
_PERMIT_OF_PERSON = (
    "SELECT y.id FROM application x JOIN permit y ON y.application_id = x.id"
    " WHERE x.person_id = s.person_id AND x.member_id IS NULL"
    " ORDER BY y.valid_until DESC, y.id DESC LIMIT 1"
)
_PERMIT_OF_APPLICATION = (
    "SELECT y.id FROM permit y WHERE y.application_id = a.id"
    " ORDER BY y.valid_until DESC, y.id DESC LIMIT 1"
)
_APPLICATION_OF_MEMBER = (
    "SELECT x.id FROM application x WHERE x.member_id = m.id"
    " ORDER BY x.received_at DESC NULLS LAST, x.id DESC LIMIT 1"
)
_PERMIT_OF_MEMBER = (
    "SELECT y.id FROM application x JOIN permit y ON y.application_id = x.id"
    " WHERE x.member_id = m.id ORDER BY y.valid_until DESC, y.id DESC LIMIT 1"
)
_CHOSEN: Mapping[ListKind, Mapping[str, str]] = {
    ListKind.PEOPLE: {"application": _APPLICATION, "permit": _PERMIT_OF_PERSON},
    ListKind.APPLICATIONS: {"permit": _PERMIT_OF_APPLICATION},
    ListKind.PERMITS: {},
    ListKind.FAMILY: {"application": _APPLICATION_OF_MEMBER, "permit": _PERMIT_OF_MEMBER},
    ListKind.DEADLINES: {"permit": _PERMIT_OF_PERSON},
}
_LAST_CONTACT = "(SELECT MAX(x.on_day) FROM contact x WHERE x.person_id = s.person_id)"


def source(kind: ListKind, column: str) -> str:
    """The SQL of a column of a list. KeyError for one that the list has not."""
    known = columns(kind)[column]
    if known.entity == "contact":
        return _LAST_CONTACT
    alias = _OWN[kind].get(known.entity) or _ALIASES[known.entity]
    plain = f"{alias}.{known.name}"
    return f"COALESCE({plain}, {alias}.{PARTLY[known.name]})" if _in_part(known) else plain


def _in_part(column: ListColumn) -> bool:
    """Whether less than a day may be known of it."""
    return column.entity in ("person", "member") and column.name in PARTLY


def joined(kind: ListKind, text: str, today: date) -> str:
    """The joins that a text of SQL needs, by the aliases that it names."""
    named = set(re.findall(r"\b([a-z_]+)\.", text))
    found = "" if "p" not in named else " JOIN person p ON p.id = s.person_id"
    chosen = {"letter": _LETTER, "residence": _RESIDENCE, "passport": _PASSPORT, **_CHOSEN[kind]}
    for entity, picked in chosen.items():
        alias = _ALIASES[entity]
        if alias in named:
            one = picked.replace("{today}", today.isoformat())
            found += f" LEFT JOIN {entity} {alias} ON {alias}.id = ({one})"
    return found
