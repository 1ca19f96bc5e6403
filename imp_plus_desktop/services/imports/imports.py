# SPDX-License-Identifier: Apache-2.0
"""Imports of lists: read, previewed, and committed as one act. Nothing is stored before commit.

A preview is a plan against the register as it is at that moment; a commit plans anew inside its
transaction, so that what somebody else wrote meanwhile counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused, StorageError
from imp_plus_desktop.exchange.columns.layout import SheetMapping
from imp_plus_desktop.exchange.lists.drafts import ParsedSheet
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.exchange.readers.reading import file_bytes
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.exchange.writers.rejects import RejectedRow, RejectedSheet, write_rejects
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.fields.field_words import allowed_values
from imp_plus_desktop.services.history import history as act_history
from imp_plus_desktop.services.imports import (
    import_again,
    import_corrections,
    import_drafts,
    import_letters,
    import_source,
    import_writing,
)
from imp_plus_desktop.services.imports.bulk import collector_paused
from imp_plus_desktop.services.imports.import_source import Choices, Source
from imp_plus_desktop.services.imports.planning import (
    import_flags,
    import_outcomes,
    import_passports,
)
from imp_plus_desktop.services.imports.planning.import_choosing import chosen, in_a_chain, settled
from imp_plus_desktop.services.imports.planning.import_plan import plan_file
from imp_plus_desktop.services.imports.planning.import_preview import (
    Counts,
    Preview,
    PreviewSheet,
    counts_of,
)
from imp_plus_desktop.services.imports.planning.planned_rows import (
    Effect,
    PlannedRow,
    changes_anything,
    do_the_same,
)
from imp_plus_desktop.services.imports.sides import merging, senders
from imp_plus_desktop.services.imports.sides.conflicts import (
    SECOND_LETTER,
    Conflict,
    ConflictKey,
    Letters,
    OnConflict,
)
from imp_plus_desktop.services.imports.sides.merging import Taking
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.archive import import_drafts as drafts
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.words.messages import issue_text

__all__ = [
    "Choices",
    "Conflict",
    "ConflictKey",
    "Counts",
    "Effect",
    "Letters",
    "OnConflict",
    "PlannedRow",
    "Preview",
    "PreviewSheet",
    "Repair",
    "SheetMapping",
    "Source",
]

SERVICE = "imports.commit"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `act` is None when it changed nothing.

    `overtaken`: nothing is stored, since the plan that was shown no longer holds; `preview` is the
    one that does.
    """

    act: ActId | None
    preview: Preview
    overtaken: bool = False

    @property
    def counts(self) -> Counts:
        return self.preview.counts


def open_file(
    office: Office,
    path: Path,
    *,
    sheet: str | None = None,
    date_order: str | None = None,
    mappings: Mapping[str, SheetMapping] | None = None,
    proper_case: bool | None = None,
    one_name: bool = False,
    encoding: str | None = None,
    separator: str | None = None,
    repair_letters: bool | None = None,
    with_rows: bool = True,
    with_corrections: bool = False,
    on_conflict: OnConflict = OnConflict.OURS,
    letters: Letters = Letters.ASK,
    password: str | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read a file and plan its import. Nothing is stored, of its password nothing ever.

    Who needs no rows (`with_rows` False) gets none where the file is the register's last import
    and its answer known: see `Preview.stands_since`. `with_corrections` puts right again what was
    put right in these rows when they came in before. What is not said of the text's encoding and
    separator and of the repair of garbled letters is as it was for the same bytes before.
    `on_conflict` says what becomes of the values that both the list and the register have changed,
    `letters` what a letter's date is that has moved a little.
    Errors: ExchangeError (also ambiguous_dates, encrypted, wrong_password), Cancelled.
    """
    office.must_see_all()
    if progress is not None:
        progress.step(0, 3)
    content = file_bytes(path)
    choices = import_letters.as_before(
        office,
        import_source.sha256_of(content),
        Choices(
            sheet, date_order, mappings or {}, proper_case=proper_case, one_name=one_name,
            encoding=encoding, separator=separator, on_conflict=on_conflict,
            letters=letters,
        ),
        repair_letters,
    )  # fmt: skip
    known = None if with_rows else import_again.answered(office, path.name, content, choices)
    if known is not None:
        return known
    with collector_paused():
        source = import_source.read_bytes(
            office, path.name, content, sheet=sheet, form=choices.form, password=password
        )
    if progress is not None:
        progress.step(1, 3)
    preview = plan_source(office, source, choices, progress=progress)
    if with_corrections and preview.corrections is not None:
        return corrected(office, preview, progress=progress)
    return preview


def corrected(office: Office, preview: Preview, *, progress: Progress | None = None) -> Preview:
    """The plan with what was put right in these rows when they came in before.

    Errors: ExchangeError, Cancelled.
    """
    if preview.corrections is None:
        return preview
    repairs = (*preview.corrections.repairs, *preview.choices.repairs)
    choices = replace(preview.choices, repairs=repairs)
    return plan_source(office, preview.source, choices, progress=progress)


def plan_source(
    office: Office, source: Source, choices: Choices, *, progress: Progress | None = None
) -> Preview:
    """Plan the import of what was read, as a person chose. Nothing is stored.

    Errors: ExchangeError (also ambiguous_dates), Cancelled.
    """
    office.must_see_all()
    # Read first: what somebody else writes meanwhile makes the commit plan anew.
    state = acts.state(office.register)
    with collector_paused():
        source = import_source.as_chosen(office, source, choices)
        parsed = import_source.parse_source(office, source, choices)
        if progress is not None:
            progress.step(2, 3)
        return _planned(office, Preview(source, choices, parsed), state)


def choose(
    office: Office, preview: Preview, keys: Collection[ConflictKey], *, take: bool
) -> Preview:
    """The plan with the list's value taken for these cells (`Conflict.key`), or the register's
    kept. Conflicts and what stays silently may both be chosen; nothing is read again.

    The choice is kept with the file until its import, as what is put right in it.
    """
    planned = chosen(preview, keys, take)
    if in_a_chain(preview, keys):
        planned = _planned(office, planned, acts.state(office.register))
    rows = ([sheet.rows for sheet in one.sheets] for one in (preview, planned))
    planned = replace(planned, flags=import_flags.chosen_anew(office, preview.flags, *rows))
    # A register that cannot be written to says so at the import.
    with suppress(StorageError):
        import_drafts.keep(office, planned.source, planned.choices)
    return planned


def commit(
    office: Office,
    preview: Preview,
    *,
    as_shown: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import what was previewed: everything or nothing, as one act, after a copy.

    Where somebody has written since, the plan is made anew. `as_shown` is for who has read the
    plan: another one is not carried out, see `Imported.overtaken`.
    Errors: StorageError, Cancelled (nothing is changed).
    """
    if _is_of_now(office, preview) and not _is_news(preview):
        import_drafts.forget(office, preview.source)
        return Imported(None, preview)
    if preview.stands_since is not None:
        # Somebody wrote since the file was found to be known: now its rows are needed.
        source = import_source.read_bytes(
            office,
            preview.file_name,
            preview.source.content,
            sheet=preview.choices.sheet,
            form=preview.choices.form,
        )
        preview = plan_source(office, source, preview.choices)
    name, digest = preview.file_name, preview.source.sha256
    one_act = office.act(SERVICE, copy="import", source_name=name, source_sha256=digest)
    with collector_paused(), one_act as act:
        still = _is_of_now(office, preview)
        planned = preview if still else _planned(office, preview, acts.state(office.register))
        if as_shown and not _does_the_same(preview, planned):
            return Imported(None, planned, overtaken=True)
        drafts.gone_in(act, digest)
        # Asked before: what is asked later waits for the rows on their way in.
        programme = office.programme()
        people = import_writing.write(act, planned, programme, progress)
        act.always = not act.changed and _is_news(planned)
        if act.changed or act.always:
            archive.store(
                act,
                preview.file_name,
                preview.source.sha256,
                preview.source.content,
                import_writing.archived(planned, people),
                # What was read under another state of the register answers for none.
                import_again.answer_to_keep(office, planned, programme) if still else None,
            )
            act.details.update(import_writing.details(planned))
        if progress is not None:
            progress.step(1, 1)
    return Imported(act.id, planned)


def history(office: Office) -> list[ActRow]:
    """The imports of this register, the latest first."""
    return act_history.acts(office, limit=500, service=SERVICE)


def save_rejects(office: Office, preview: Preview, path: Path) -> int:
    """Write the rejected rows in the sender's own layout, the cells to mend coloured.

    Returns how many rows. Errors: ExchangeError cannot_write.
    """
    return write_rejects(
        path,
        preview.source.workbook,
        [_rejected(office, sheet) for sheet in preview.sheets if sheet.counts.rejected],
        content=preview.source.content,
        lists_title=_("Allowed values"),
    )


def reopen(office: Office, act_id: int) -> Preview:
    """The archived file of an import, read again and planned against today's register.

    Errors: DomainError act_not_found, list_erased; ExchangeError.
    """
    office.must_see_all()
    archived = archive.content_of(office.register, act_id)
    if archived is None:
        raise InvalidInput("act_not_found", act=act_id)
    name, content = archived
    if not content:
        raise Refused("list_erased")
    details = acts.details(office.register, act_id)
    repairs = tuple(
        Repair(field, text, sheet, row)
        for sheet, row, mended, _person in archive.mended_rows(office.register, act_id)
        for field, text in mended.items()
    )
    choices = import_letters.as_recorded(
        Choices(details.get("only_sheet"), details.get("date_order"), {}, repairs), details
    )
    source = import_source.read_bytes(office, name, content, sheet=choices.sheet, form=choices.form)
    return plan_source(office, source, import_letters.told_once(choices, source))


def _is_news(preview: Preview) -> bool:
    """Whether there is anything to keep: a change, or a conflict that was decided for the
    register's value, so that the same list does not ask again."""
    decided = [one for one in preview.conflicts if not preview.asks_of(one)]
    return bool(decided) or changes_anything(sheet.rows for sheet in preview.sheets)


def _does_the_same(preview: Preview, planned: Preview) -> bool:
    """Whether another plan of the same file would do what this one does."""
    pairs = zip(preview.sheets, planned.sheets, strict=True)
    return preview is planned or all(do_the_same(one.rows, two.rows) for one, two in pairs)


def _is_of_now(office: Office, preview: Preview) -> bool:
    """Whether nothing has been written since the preview was planned."""
    return preview.planned_at == acts.state(office.register)


def _rejected(office: Office, sheet: PreviewSheet) -> RejectedSheet:
    rows = []
    for row in sheet.rows:
        if row.effect is Effect.REJECTED:
            comments: dict[int, str] = {}
            for issue in row.issues:
                column = sheet.parsed.column_index.get(issue.column, 0)
                comments.setdefault(column, issue_text(issue))
            rows.append(RejectedRow(row.row, comments, _told_again(row, sheet.parsed)))
    allowed = {
        column: values
        for field, column in sheet.parsed.column_index.items()
        if (values := allowed_values(office, field)) is not None
    }
    return RejectedSheet(sheet.parsed.sheet, sheet.parsed.header_row, rows, allowed)


def _told_again(row: PlannedRow, parsed: ParsedSheet) -> dict[int, Cell]:
    """What a rejected row says otherwise than its cells did: its mended texts and letters, what a
    merged cell above says of it, and its days as days. Few rows would prove no order of day and
    month again."""
    told: dict[int, Cell] = {}
    for name, column in parsed.column_index.items():
        value = row.values.get(name)
        written = row.raw[column] if column < len(row.raw) else None
        if name in row.mended:
            told[column] = row.mended[name]
        elif type(value) is date and isinstance(written, str):
            told[column] = value
        elif (row.row, column) in parsed.repaired or (row.row, column) in parsed.merged:
            told[column] = written
    return told


def asks(preview: Preview) -> bool:
    """Whether values stay out until somebody has said what becomes of them."""
    return any(preview.asks_of(one) for one in preview.conflicts)


def _planned(office: Office, preview: Preview, state: bytes) -> Preview:
    """The plan of what was read, by a register that has this state."""
    columns = [sheet.column_index for sheet in preview.parsed.sheets]
    choices = preview.choices
    second = choices.letters is Letters.SECOND
    seconds = {(sheet, row) for sheet, row, field in choices.taken if field == SECOND_LETTER}
    plan = plan_file(office, preview.parsed, second_letters=second, seconds=seconds)
    spells = bool(choices.proper_case)
    taking = Taking(choices.taken, choices.on_conflict, choices.letters, spells_names=spells)
    contested = merging.contested(
        office, plan.updates, preview.parsed, taking, plan.people, preview.file_name
    )
    planned = import_passports.warned(office, settled(plan.rows, contested), columns)
    planned = import_outcomes.warned(office, planned, columns)
    sheets = tuple(
        PreviewSheet(sheet, rows, counts_of(sheet, rows))
        for sheet, rows in zip(preview.parsed.sheets, planned, strict=True)
    )
    total = sum((sheet.counts for sheet in sheets), Counts())
    corrections = import_corrections.found(office, preview.source.sha256, preview.parsed)
    planned_now = replace(
        preview,
        sheets=sheets,
        planned_at=state,
        corrections=corrections,
        flags=import_flags.flags_of_rows(office, planned),
        contested=contested,
    )
    total = replace(total, vanished=_vanished(office, planned_now))
    return replace(planned_now, counts=total)


def _vanished(office: Office, preview: Preview) -> int:
    """People of the sender's last list who are not here, if it is the same batch."""
    lists = [sheet.parsed for sheet in preview.sheets if sheet.parsed.kind == "people"]
    here = cache(partial(people_here, office, preview))
    # Half of them at least must be here: a list of many more is looked into no further.
    before = senders.last_people(office, lists, here, most=2 * len(here()))
    if not before:
        return 0
    still = len(before & here())
    return len(before) - still if 2 * still >= len(before) else 0


def people_here(office: Office, preview: Preview) -> set[int]:
    """The people of the register who are in the lists of people, those of rejected rows and of
    rows that were put right when they came in before too."""
    lists = (sheet for sheet in preview.sheets if sheet.parsed.kind == "people")
    rows = [row for sheet in lists for row in sheet.rows]
    found = {row.person_id for row in rows if row.person_id is not None}
    for row in rows:
        if row.effect is Effect.REJECTED and row.person_id is None:
            found |= archive.people_with(
                office.register, row.values.get("individual_reference"), row.values.get("uci")
            )
    if preview.corrections is not None:
        found |= preview.corrections.people
    return found
