# SPDX-License-Identifier: Apache-2.0
"""What an act may write, what hangs on what, and how a row becomes a value of the domain.

Must not hold a query: those are in `reads` and beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from peewee import AutoField, Field, ForeignKeyField, IntegerField, TextField

from imp_plus_desktop.storage.tables.columns import Table, columns_of
from imp_plus_desktop.storage.tables.models import (
    ApplicationTable,
    CapLimitTable,
    ClosedPeriodTable,
    ContactTable,
    DeadlineMarkTable,
    DocumentTable,
    EmploymentTable,
    EntryRuleTable,
    FlagSettlementTable,
    FormerNameTable,
    FormerNumberTable,
    HeldRowTable,
    IncidentTable,
    LegalHoldTable,
    LetterheadTable,
    LetterTable,
    LetterTemplateTable,
    ListViewTable,
    MemberTable,
    NoteTable,
    OfficialCountTable,
    OtherRouteTable,
    ParameterTable,
    PassportTable,
    PaymentTable,
    PermitTable,
    PersonTable,
    PortalLineTable,
    PrivacyDeskTable,
    ProgrammeFileTable,
    RequestTable,
    ResidenceTable,
)

T = TypeVar("T")

ENTITIES: Mapping[str, type[Table]] = {
    "person": PersonTable,
    "letter": LetterTable,
    "residence": ResidenceTable,
    "passport": PassportTable,
    "member": MemberTable,
    "application": ApplicationTable,
    "permit": PermitTable,
    "document": DocumentTable,
    "note": NoteTable,
    "former_name": FormerNameTable,
    "former_number": FormerNumberTable,
    "contact": ContactTable,
    "employment": EmploymentTable,
    "request": RequestTable,
    "portal_line": PortalLineTable,
    "payment": PaymentTable,
    "other_route": OtherRouteTable,
    "deadline_mark": DeadlineMarkTable,
    "flag_settlement": FlagSettlementTable,
    "legal_hold": LegalHoldTable,
    "parameter": ParameterTable,
    "entry_rule": EntryRuleTable,
    "closed_period": ClosedPeriodTable,
    "cap_limit": CapLimitTable,
    "official_count": OfficialCountTable,
    "held_row": HeldRowTable,
    "list_view": ListViewTable,
    "letter_template": LetterTemplateTable,
    "letterhead": LetterheadTable,
    "programme_file": ProgrammeFileTable,
    "privacy_desk": PrivacyDeskTable,
    "incident": IncidentTable,
}
"""What an act may write, by the name that the journal keeps; parents before children."""

CHILDREN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "person": tuple(
        (name, "person_id")
        for name in (
            "letter",
            "residence",
            "passport",
            "member",
            "application",
            "document",
            "note",
            "former_name",
            "former_number",
            "contact",
            "employment",
            "request",
            "portal_line",
            "payment",
            "other_route",
            "deadline_mark",
            "flag_settlement",
            "legal_hold",
        )
    ),
    "letter": (("letter", "supersedes_id"),),
    "member": (("application", "member_id"), ("document", "member_id")),
    "application": (
        ("permit", "application_id"),
        ("former_number", "application_id"),
        ("request", "application_id"),
        ("portal_line", "application_id"),
        ("payment", "application_id"),
    ),
}
"""What hangs on a row of each entity: (table, column)."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: columns_of(model) for name, model in ENTITIES.items()
}

NEEDED: Mapping[str, frozenset[str]] = {
    name: frozenset(column for column, field in model._meta.columns.items() if not field.null)  # noqa: SLF001
    for name, model in ENTITIES.items()
}
"""By entity the columns that are never empty."""


def readers(model: type[Table]) -> dict[str, Callable[[Any], Any]]:
    """Column name → how its stored value becomes a Python value."""
    result: dict[str, Callable[[Any], Any]] = {}
    for field in model._meta.sorted_fields:  # noqa: SLF001
        target: Field = field.rel_field if isinstance(field, ForeignKeyField) else field
        result[field.column_name] = target.python_value
    return result


_AS_STORED = (TextField, IntegerField, AutoField)
"""Fields whose stored value is the value already."""


@cache
def reading_of(entity: str, into: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The columns that a value of the domain is made of, in its order, each with its reader."""
    model = ENTITIES[entity]
    plain = {
        field.column_name
        for field in model._meta.sorted_fields  # noqa: SLF001
        if type(field) in _AS_STORED or isinstance(field, ForeignKeyField)
    }
    names = [field.name for field in fields(into)]
    return tuple((name, None if name in plain else _READERS[entity][name]) for name in names)


_READERS = {name: readers(model) for name, model in ENTITIES.items()}


def decode(entity: str, row: Mapping[str, Any], into: type[T]) -> T:
    """One stored row (column name → stored value) as a value of the domain."""
    read = _READERS[entity]
    wanted = (f.name for f in fields(into))  # type: ignore[arg-type]
    return into(**{name: read[name](row[name]) for name in wanted})
