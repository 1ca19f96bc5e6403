# SPDX-License-Identifier: Apache-2.0
"""The tables that an act may write, as peewee models: one class a table, one line a column.

Today's shape only. What makes it so (constraints, triggers, indexes) and the tables that the
storage keeps for itself are in the migrations; a test holds the two together.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BooleanField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.storage.tables.columns import CodeField, DayField, InstantField, Table


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
    r199 = BooleanField(null=True)
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
    died_on = DayField(null=True)

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
    canada_status = CodeField(codes.CanadaStatus, null=True)
    canada_status_until = DayField(null=True)
    invited = BooleanField(null=True)

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
    written_at = InstantField(null=True)

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
    settled_on = DayField(null=True)

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
