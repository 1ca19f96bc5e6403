# SPDX-License-Identifier: Apache-2.0
"""What a list writes of new people, by columns, since it brings thousands.

The same as `field_plan.plan` has of each, which a test holds: their files, and apart from these
the application and the permit that a row tells of. Pure; `plan_writing.py` writes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.catalogue import columns_of
from imp_plus_desktop.domain.residence.residence import CANADA
from imp_plus_desktop.domain.values.codes import ApplicationKind
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.application_plan import (
    APPLICATION_COLUMNS,
    PERMIT_COLUMNS,
    application_operations,
    kind_of,
)
from imp_plus_desktop.services.fields.operations import Operation, Values
from imp_plus_desktop.storage.journal.act import NewFiles
from imp_plus_desktop.storage.tables.serialization import Shape, by_shape

History = tuple[Operation, ...]

_NEW: Mapping[str, Mapping[str, str]] = {
    **{entity: columns_of(entity) for entity in ("person", "letter", "residence", "passport")},
    "note": {listed.NOTE.named: listed.NOTE.name},
}
"""The import fields of a new file and the columns that they go to, by entity."""
_TELLING = ("outcome", "application_kind")
"""The fields of an application of which the values tell what is made of the others."""


def new_files(rows: Sequence[Values]) -> list[NewFiles]:
    """What `field_plan.plan` writes of many new people, their applications and permits left out.

    By columns, since a list brings thousands; `rows` hold no empty values.
    """
    found: list[NewFiles] = []
    for places, columns in by_shape(rows):
        known = dict(columns)
        if "family_name" not in known:
            known["family_name"] = known.pop("given_names")  # a person may have one name only
        if "residence_province" in known:
            known.setdefault("residence_country", [CANADA] * len(places))
        of_entities = {
            entity: {column: known[name] for name, column in names.items() if name in known}
            for entity, names in _NEW.items()
        }
        if "letter_date" not in known:
            of_entities["letter"] = {}
        found.append(NewFiles(places, {e: own for e, own in of_entities.items() if own}))
    return found


def histories(
    rows: Sequence[Values], programme: Programme, shapes: Sequence[Shape] | None = None
) -> list[History | None]:
    """The application and the permit of each new person, as `field_plan.plan_history` has them.

    None for a row of which only a whole plan tells all, and for one whose days leave its permit
    none. `rows` hold no empty values; `shapes` are theirs, where they are known.
    """
    found: list[History | None] = [()] * len(rows)
    for places, columns in by_shape(rows) if shapes is None else shapes:
        if field_plan.is_person_alone(columns):
            continue
        if field_plan.needs_whole_plan(columns):
            for place in places:
                found[place] = None
            continue
        alike = _alike([rows[at] for at in places], programme)
        for place, history in zip(places, alike, strict=True):
            found[place] = history
    return found


class _Model(NamedTuple):
    """The application of a row, and the fields of other rows like it that go where its own do."""

    kind: ApplicationKind
    application: Operation
    own: tuple[tuple[str, str], ...]


def _alike(rows: Sequence[Values], programme: Programme) -> Iterator[History | None]:
    """The histories of rows that tell the same fields."""
    models: dict[tuple[object, ...], _Model] = {}
    with_permit = not PERMIT_COLUMNS.keys().isdisjoint(rows[0])
    for row in rows:
        asked = tuple([row.get(name) for name in _TELLING])
        model = models.get(asked)
        if model is None:
            model = models[asked] = _model(row, programme)
        kind, (entity, number, values, fields), own = model
        told = {**values, **{column: row[name] for name, column in own}}
        history: History = (Operation(entity, number, told, fields),)
        if with_permit:
            try:
                permit = field_plan.new_permit(row, programme, kind, row.get("passport_expiry"))
            except DomainError:
                yield None
                continue
            history = (*history, permit) if permit is not None else history
        yield history


def _model(row: Values, programme: Programme) -> _Model:
    kind = kind_of(None, row, programme)
    (application,) = application_operations(None, row, kind)
    own = [
        (name, column)
        for name, column in APPLICATION_COLUMNS.items()
        if name in row and name in application.fields and name not in _TELLING
    ]
    return _Model(kind, application, tuple(own))
