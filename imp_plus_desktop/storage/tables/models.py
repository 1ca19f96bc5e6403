# SPDX-License-Identifier: Apache-2.0
"""The tables that an act may write, as peewee models.

What a file is made of has the columns that its record class says (`domain/records/catalogue.py`);
the tables of figures are a class each, one line a column. Today's shape only: what makes it so
(constraints, triggers, indexes) and the tables that the storage keeps for itself are in the
migrations; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BooleanField, IntegerField, TextField

from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.storage.tables.columns import CodeField, DayField, Table
from imp_plus_desktop.storage.tables.record_tables import table_of

PersonTable: Any = table_of("person")
LetterTable: Any = table_of("letter")
ResidenceTable: Any = table_of("residence")
PassportTable: Any = table_of("passport")
MemberTable: Any = table_of("member")
ApplicationTable: Any = table_of("application")
PermitTable: Any = table_of("permit")
DocumentTable: Any = table_of("document")
NoteTable: Any = table_of("note")
FormerNameTable: Any = table_of("former_name")
FormerNumberTable: Any = table_of("former_number")
ContactTable: Any = table_of("contact")
EmploymentTable: Any = table_of("employment")
RequestTable: Any = table_of("request")
PortalLineTable: Any = table_of("portal_line")
PaymentTable: Any = table_of("payment")
OtherRouteTable: Any = table_of("other_route")
DeadlineMarkTable: Any = table_of("deadline_mark")
FlagSettlementTable: Any = table_of("flag_settlement")
LegalHoldTable: Any = table_of("legal_hold")
EntryRuleTable: Any = table_of("entry_rule")


class ParameterTable(Table):
    id = AutoField()
    name = TextField()
    year = IntegerField(null=True)
    value = TextField()
    from_day = DayField()
    reason = TextField()

    class Meta:
        table_name = "parameter"


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


class ListViewTable(Table):
    """A list as somebody shaped it, by name; without an owner it is the whole office's."""

    id = AutoField()
    list = TextField()
    name = TextField()
    owner = TextField(null=True)
    shape = TextField()

    class Meta:
        table_name = "list_view"


class LetterTemplateTable(Table):
    """A template of the office's for letters in one language: its own, or in the place of one that
    is shipped. `content` is the SHA-256 of its bytes among the attachments."""

    id = AutoField()
    shipped = TextField(null=True)
    name = TextField()
    language = TextField()
    content = TextField()

    class Meta:
        table_name = "letter_template"


class ProgrammeFileTable(Table):
    """A programme's file that the office has taken, as its text stood."""

    id = AutoField()
    key = TextField()
    text = TextField()

    class Meta:
        table_name = "programme_file"


class LetterheadTable(Table):
    """What stands at the head of the office's letters; the one row with the highest id counts."""

    id = AutoField()
    name = TextField(null=True)
    address = TextField(null=True)
    phone = TextField(null=True)
    email = TextField(null=True)

    class Meta:
        table_name = "letterhead"


class PrivacyDeskTable(Table):
    """Who answers for personal information, what it serves, and for how long files are kept after
    they close; the one row with the highest id counts."""

    id = AutoField()
    office_kind = TextField(null=True)
    ceiling_years = IntegerField(null=True)
    purposes = TextField(null=True)
    officer_name = TextField(null=True)
    officer_title = TextField(null=True)
    officer_phone = TextField(null=True)
    officer_email = TextField(null=True)

    class Meta:
        table_name = "privacy_desk"


class IncidentTable(Table):
    """A confidentiality incident: the eight items of the regulation, see `domain/privacy`."""

    id = AutoField()
    recorded_on = DayField()
    information = TextField(null=True)
    circumstances = TextField(null=True)
    happened = TextField(null=True)
    learned = TextField(null=True)
    people = TextField(null=True)
    serious = BooleanField(null=True)
    risk = TextField(null=True)
    commission_told_on = DayField(null=True)
    people_told_on = DayField(null=True)
    public_notice = TextField(null=True)
    measures = TextField(null=True)
    closed_on = DayField(null=True)

    class Meta:
        table_name = "incident"


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
