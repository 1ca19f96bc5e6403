# SPDX-License-Identifier: Apache-2.0
"""The tables that the storage keeps for itself, as peewee models: journal, ledgers, archive, and
what is derived.

No act writes them as such; how each is written stands beside its reads. Today's shape only, as in
`models.py`.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    IntegerField,
    TextField,
)

from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.storage.tables.columns import CodeField, DayField, InstantField, Table


class ActTable(Table):
    id = AutoField()
    at = InstantField(null=True)
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
    together = TextField(null=True)
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
    at = InstantField(null=True)

    class Meta:
        table_name = "ledger_entry"


class CapCounterTable(Table):
    year = IntegerField(primary_key=True)
    used = IntegerField(default=0)

    class Meta:
        table_name = "cap_counter"


class MifiEntryTable(Table):
    id = AutoField()
    act_id = IntegerField(null=True)
    ledger = CodeField(codes.Ledger)
    subject_id = IntegerField()
    year = IntegerField()
    day = DayField()
    delta = IntegerField()
    reason = TextField()
    at = InstantField(null=True)

    class Meta:
        table_name = "mifi_entry"


class SourceFileTable(Table):
    act_id = IntegerField(primary_key=True)
    name = TextField()
    sha256 = TextField()
    content = BlobField()
    answer = BlobField(null=True)

    class Meta:
        table_name = "source_file"


class SourceSheetTable(Table):
    act_id = IntegerField()
    sheet = TextField()
    signature = TextField()

    class Meta:
        table_name = "source_sheet"
        primary_key = CompositeKey("act_id", "sheet")


class SourceBlockTable(Table):
    act_id = IntegerField()
    sheet = TextField()
    first_row = IntegerField()
    cells = BlobField()

    class Meta:
        table_name = "source_block"
        primary_key = CompositeKey("act_id", "sheet", "first_row")


class SourceRowTable(Table):
    act_id = IntegerField()
    sheet = TextField()
    row = IntegerField()
    effect = TextField()
    person_id = IntegerField(null=True)
    row_key = TextField()
    mended = TextField(null=True)
    cells = TextField(null=True)

    class Meta:
        table_name = "source_row"
        primary_key = CompositeKey("act_id", "sheet", "row")


class AttachmentTable(Table):
    sha256 = TextField(primary_key=True)
    media_type = TextField()
    content = BlobField()

    class Meta:
        table_name = "attachment"


class ErasedFileTable(Table):
    """Files of which only what counts is left: derived from the acts that erased them."""

    person_id = IntegerField(primary_key=True)
    act_id = IntegerField()

    class Meta:
        table_name = "erased_file"


class ImportDraftTable(Table):
    sha256 = TextField(primary_key=True)
    choices = TextField()
    saved_at = InstantField()
    who = TextField()

    class Meta:
        table_name = "import_draft"


class DraftTable(Table):
    """What somebody is writing, and has not stored."""

    owner = TextField()
    person_id = IntegerField()
    field = TextField()
    text = TextField()

    class Meta:
        table_name = "draft"
        primary_key = CompositeKey("owner", "person_id", "field")


class SummaryTable(Table):
    """Its name is the one that registers have had from the first."""

    person_id = IntegerField(primary_key=True)
    sort_key = TextField()
    status = CodeField(codes.PersonStatus)
    verdict = TextField()
    last_safe_day = DayField(null=True)
    letter_date = DayField(null=True)
    short_passport = BooleanField(default=False)
    computed_on = DayField()
    cap_full = BooleanField(default=False)
    holds_until = DayField(null=True)

    class Meta:
        table_name = "standing"


class SummaryFiguresTable(Table):
    """One row at most: the fingerprint of the figures that the summaries rest on."""

    id = IntegerField(primary_key=True)
    figures = TextField()

    class Meta:
        table_name = "standing_figures"


class AgendaLineTable(Table):
    id = AutoField()
    person_id = IntegerField()
    day = DayField()
    kind = TextField()
    reason = TextField()
    subject_id = IntegerField(null=True)
    own_day = DayField()
    moved_because = TextField(null=True)
    acknowledged_on = DayField(null=True)
    facts = TextField(default="{}")
    rests = BooleanField(default=False)

    class Meta:
        table_name = "agenda_line"


class WaitingLineTable(Table):
    code = TextField()
    person_id = IntegerField()

    class Meta:
        table_name = "waiting_line"
        primary_key = CompositeKey("code", "person_id")


class FlagLineTable(Table):
    """The open flags of history that a file alone tells; what is over the cap, the year tells."""

    code = TextField()
    application_id = IntegerField()
    person_id = IntegerField()

    class Meta:
        table_name = "flag_line"
        primary_key = CompositeKey("person_id", "application_id", "code")


RECORDS: tuple[type[Table], ...] = (
    ActTable,
    ChangeTable,
    LedgerEntryTable,
    CapCounterTable,
    MifiEntryTable,
    SourceFileTable,
    SourceSheetTable,
    SourceBlockTable,
    SourceRowTable,
    AttachmentTable,
    ErasedFileTable,
    ImportDraftTable,
    DraftTable,
    SummaryTable,
    SummaryFiguresTable,
    AgendaLineTable,
    WaitingLineTable,
    FlagLineTable,
)
"""Every table of a register that no act writes as such."""
