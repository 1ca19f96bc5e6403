# SPDX-License-Identifier: Apache-2.0
"""Today's tables as peewee models, and how a row becomes a value of the domain and back.

The models are the read side and the single edits; the shape itself (constraints, triggers) lives
in `migrations.py`, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from imp_plus_desktop.domain import codes

T = TypeVar("T")


def encode(value: object) -> Any:
    """A value as SQLite and the journal's JSON keep it: ISO days, UTC instants with Z, 0 and 1."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    return value


class DayField(TextField):
    """A `date` kept as ISO text."""

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if value else None


class InstantField(TextField):
    """An aware UTC `datetime` kept as ISO text with Z."""

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class CodeField(TextField):
    """A `StrEnum` kept as its value."""

    def __init__(self, enum: Callable[[str], StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self._enum = enum

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> StrEnum | None:
        return self._enum(value) if value is not None else None


class Table(Model):
    """Base of all tables. No database is bound: every query is told its register (`execute(db)`),
    so that one process may have several registers open."""

    class Meta:
        legacy_table_names = False


class PersonTable(Table):
    id = AutoField()
    family_name = TextField()
    given_names = TextField(null=True)
    individual_reference = TextField(null=True)
    uci = TextField(null=True)
    file_number = TextField(null=True)
    sex = CodeField(codes.Sex, null=True)
    birth_date = DayField(null=True)
    citizenship = TextField(null=True)
    email = TextField(null=True)
    phone = TextField(null=True)
    csq_category = TextField(null=True)
    csq_issue_date = DayField(null=True)
    csq_expiry_date = DayField(null=True)
    pr_number = TextField(null=True)
    pr_filed_on = DayField(null=True)
    pr_state = CodeField(codes.PrState, null=True)
    canada_status = CodeField(codes.CanadaStatus, null=True)
    canada_status_until = DayField(null=True)
    r206 = BooleanField(null=True)
    spouse = BooleanField(null=True)
    children = IntegerField(null=True)
    arrived_on = DayField(null=True)
    clerk = TextField(null=True)
    language = CodeField(codes.Language, null=True)
    address = TextField(null=True)
    address_country = TextField(null=True)
    address_province = TextField(null=True)
    outside_quebec_declared = BooleanField(null=True)
    representative = TextField(null=True)
    representative_form_on = DayField(null=True)
    biometrics_on = DayField(null=True)

    class Meta:
        table_name = "person"


class LetterTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    letter_date = DayField()
    letter_received_date = DayField(null=True)
    supersedes_id = IntegerField(null=True)

    class Meta:
        table_name = "letter"


class ResidenceTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    country = TextField()
    province = TextField(null=True)
    from_day = DayField(null=True)
    until_day = DayField(null=True)
    proof = CodeField(codes.ResidenceProof, null=True)

    class Meta:
        table_name = "residence"


class PassportTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    number = TextField(null=True)
    expiry = DayField(null=True)

    class Meta:
        table_name = "passport"


class MemberTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    relation = CodeField(codes.Relation)
    family_name = TextField()
    given_names = TextField(null=True)
    birth_date = DayField(null=True)
    citizenship = TextField(null=True)
    accompanying = BooleanField(null=True)
    wish = CodeField(codes.PermitWish, null=True)
    passport_expiry = DayField(null=True)
    arrived_on = DayField(null=True)
    uci = TextField(null=True)
    custody = CodeField(codes.Custody, null=True)
    separated_on = DayField(null=True)
    died_on = DayField(null=True)
    married_on = DayField(null=True)
    dependent_condition = BooleanField(null=True)
    school = CodeField(codes.School, null=True)
    location = CodeField(codes.MemberLocation, null=True)
    caq_number = TextField(null=True)
    caq_until = DayField(null=True)
    biometrics_on = DayField(null=True)

    class Meta:
        table_name = "member"


class ApplicationTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    code = CodeField(codes.ApplicationCode)
    kind = CodeField(codes.ApplicationKind)
    state = CodeField(codes.ApplicationState)
    member = ForeignKeyField(MemberTable, null=True)
    application_number = TextField(null=True)
    received_at = InstantField(null=True)
    channel = CodeField(codes.Channel, null=True)
    outcome = CodeField(codes.Outcome, null=True)
    decided_on = DayField(null=True)
    cap_year = IntegerField(null=True)
    place = IntegerField(null=True)
    refund_logged_on = DayField(null=True)
    a76_wording = BooleanField(null=True)
    prepared_on = DayField(null=True)
    submitted_on = DayField(null=True)
    biometrics_cancelled_on = DayField(null=True)

    class Meta:
        table_name = "application"


class PermitTable(Table):
    id = AutoField()
    application = ForeignKeyField(ApplicationTable)
    permit_number = TextField(null=True)
    issued = DayField(null=True)
    valid_from = DayField()
    valid_until = DayField()
    province = TextField(default="QC")
    limited_by = CodeField(codes.LimitedBy)
    lost_days = IntegerField(default=0)
    location_condition = TextField(null=True)
    occupation_condition = TextField(null=True)

    class Meta:
        table_name = "permit"


class DocumentTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    type = CodeField(codes.DocumentType)
    state = CodeField(codes.DocumentState)
    expires = DayField(null=True)
    member = ForeignKeyField(MemberTable, null=True)
    received_on = DayField(null=True)
    attachment = TextField(null=True)
    attachment_name = TextField(null=True)

    class Meta:
        table_name = "document"


class NoteTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    text = TextField()
    written_at = InstantField()

    class Meta:
        table_name = "note"


class FormerNameTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    family_name = TextField()
    given_names = TextField(null=True)
    until_day = DayField(null=True)

    class Meta:
        table_name = "former_name"


class ContactTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    on_day = DayField()
    kind = CodeField(codes.ContactKind)
    text = TextField()

    class Meta:
        table_name = "contact"


class EmploymentTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    country = TextField()
    province = TextField(null=True)
    employer = TextField(null=True)
    from_day = DayField(null=True)
    until_day = DayField(null=True)

    class Meta:
        table_name = "employment"


class RequestTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    application = ForeignKeyField(ApplicationTable)
    kind = CodeField(codes.RequestKind)
    letter_on = DayField()
    due_on = DayField(null=True)
    done_on = DayField(null=True)
    valid_until = DayField(null=True)

    class Meta:
        table_name = "request"


class PortalLineTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    application = ForeignKeyField(ApplicationTable)
    item = CodeField(codes.PortalItem)
    state = CodeField(codes.PortalState)
    observed_on = DayField()
    completed_on = DayField(null=True)

    class Meta:
        table_name = "portal_line"


class PaymentTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    fee = TextField()
    cents = IntegerField()
    on_day = DayField()
    application = ForeignKeyField(ApplicationTable, null=True)
    refund = BooleanField(default=False)

    class Meta:
        table_name = "payment"


class OtherRouteTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    route = TextField()
    state = CodeField(codes.RouteState)
    filed_on = DayField(null=True)
    decided_on = DayField(null=True)
    employer = TextField(null=True)
    offer_number = TextField(null=True)
    permit_number = TextField(null=True)
    valid_from = DayField(null=True)
    valid_until = DayField(null=True)

    class Meta:
        table_name = "other_route"


class DeadlineMarkTable(Table):
    id = AutoField()
    person = ForeignKeyField(PersonTable)
    kind = TextField()
    day = DayField()
    subject_id = IntegerField(null=True)
    new_day = DayField(null=True)
    reason = TextField(null=True)
    acknowledged_on = DayField(null=True)

    class Meta:
        table_name = "deadline_mark"


class ParameterTable(Table):
    id = AutoField()
    name = TextField()
    year = IntegerField(null=True)
    value = TextField()
    from_day = DayField()
    reason = TextField()

    class Meta:
        table_name = "parameter"


class EntryRuleTable(Table):
    id = AutoField()
    country = TextField()
    requirement = TextField()
    from_day = DayField()
    source = TextField()

    class Meta:
        table_name = "entry_rule"


class ClosedPeriodTable(Table):
    id = AutoField()
    year = IntegerField()
    quarter = IntegerField(null=True)
    closed_on = DayField()
    figures = TextField()

    class Meta:
        table_name = "closed_period"


class AttachmentTable(Table):
    sha256 = TextField(primary_key=True)
    media_type = TextField()
    content = BlobField()

    class Meta:
        table_name = "attachment"


class CapLimitTable(Table):
    id = AutoField()
    ledger = CodeField(codes.Ledger)
    year = IntegerField()
    cap = IntegerField()
    from_day = DayField()
    reason = TextField()

    class Meta:
        table_name = "cap_limit"


class OfficialCountTable(Table):
    id = AutoField()
    year = IntegerField()
    as_of = DayField()
    received = IntegerField()
    approved = IntegerField(null=True)
    refused = IntegerField(null=True)
    withdrawn = IntegerField(null=True)
    source = TextField(null=True)
    issued = IntegerField(null=True)
    letters = IntegerField(null=True)

    class Meta:
        table_name = "official_count"


class HeldRowTable(Table):
    id = AutoField()
    act_id = IntegerField()
    sheet = TextField()
    sheet_row = IntegerField()
    row_key = TextField()
    field_values = TextField()
    candidates = TextField()
    resolution = TextField(null=True)
    person_id = IntegerField(null=True)

    class Meta:
        table_name = "held_row"


class ActTable(Table):
    id = AutoField()
    at = InstantField()
    who = TextField()
    service = TextField()
    source_name = TextField(null=True)
    source_sha256 = TextField(null=True)
    undoes = IntegerField(null=True)
    details = TextField(null=True)
    salt = BlobField(null=True)
    digest = BlobField()
    hash = BlobField()

    class Meta:
        table_name = "act"


class ChangeTable(Table):
    id = AutoField()
    act_id = IntegerField()
    entity = TextField()
    entity_id = IntegerField()
    person_id = IntegerField(null=True)
    before = TextField(null=True)
    after = TextField(null=True)
    sheet = TextField(null=True)
    row = IntegerField(null=True)
    salt = BlobField(null=True)
    digest = BlobField()

    class Meta:
        table_name = "change"


class LedgerEntryTable(Table):
    id = AutoField()
    act_id = IntegerField()
    application_id = IntegerField()
    cap_year = IntegerField()
    delta = IntegerField()
    reason = TextField()
    rule = TextField()
    ceiling = IntegerField(null=True)
    at = InstantField()

    class Meta:
        table_name = "ledger_entry"


class MifiEntryTable(Table):
    id = AutoField()
    act_id = IntegerField(null=True)
    ledger = CodeField(codes.Ledger)
    subject_id = IntegerField()
    year = IntegerField()
    day = DayField()
    delta = IntegerField()
    reason = TextField()
    at = InstantField()

    class Meta:
        table_name = "mifi_entry"


class StandingTable(Table):
    person = ForeignKeyField(PersonTable, primary_key=True)
    sort_key = TextField()
    status = CodeField(codes.PersonStatus)
    verdict = TextField()
    last_safe_day = DayField(null=True)
    letter_date = DayField(null=True)
    short_passport = BooleanField(default=False)
    computed_on = DayField()
    cap_full = BooleanField(default=False)

    class Meta:
        table_name = "standing"


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
    "contact": ContactTable,
    "employment": EmploymentTable,
    "request": RequestTable,
    "portal_line": PortalLineTable,
    "payment": PaymentTable,
    "other_route": OtherRouteTable,
    "deadline_mark": DeadlineMarkTable,
    "parameter": ParameterTable,
    "entry_rule": EntryRuleTable,
    "closed_period": ClosedPeriodTable,
    "cap_limit": CapLimitTable,
    "official_count": OfficialCountTable,
    "held_row": HeldRowTable,
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
            "contact",
            "employment",
            "request",
            "portal_line",
            "payment",
            "other_route",
            "deadline_mark",
        )
    ),
    "letter": (("letter", "supersedes_id"),),
    "member": (("application", "member_id"), ("document", "member_id")),
    "application": (
        ("permit", "application_id"),
        ("request", "application_id"),
        ("portal_line", "application_id"),
        ("payment", "application_id"),
    ),
}
"""What hangs on a row of each entity: (table, column)."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(field.column_name for field in model._meta.sorted_fields)  # noqa: SLF001
    for name, model in ENTITIES.items()
}


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
