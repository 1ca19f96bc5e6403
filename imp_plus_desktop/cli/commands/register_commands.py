# SPDX-License-Identifier: Apache-2.0
"""The commands about the register as a whole: imports, the cap, exports, copies, the journal."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from string import ascii_uppercase
from typing import Any

from imp_plus_desktop.cli.answers import conflict_answers, import_answers, output, values
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.values.errors import ExchangeError, InvalidInput, StorageError
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.copies import keeping, of_server
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.imports.import_source import LOCKED
from imp_plus_desktop.services.office import maintenance, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking, journal_export
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.care.health_texts import copy_lines
from imp_plus_desktop.words.copy_texts import (
    ahead_text,
    left_lines,
    network_text,
    skipped_lines,
    waiting_lines,
)
from imp_plus_desktop.words.proof.check_texts import head_text, part_line, since_text
from imp_plus_desktop.words.sheet_texts import hidden_text, strays_text, struck_text

FILE_PASSWORD_VARIABLE = "IMP_PLUS_FILE_PASSWORD"
NEW_PASSPHRASE_VARIABLE = "IMP_PLUS_NEW_PASSPHRASE"


class TerminalProgress:
    """A counter on stderr, for a person at a terminal."""

    def step(self, done: int, total: int) -> None:
        print(f"\r{done}/{total} ", end="", file=sys.stderr, flush=True)


def progress() -> TerminalProgress | None:
    return TerminalProgress() if sys.stderr.isatty() else None


def _opened(office: Office, args: Namespace) -> imports.Preview:
    """The plan of a file; a password comes from the environment or a prompt, never an argument."""
    open_file = partial(
        imports.open_file,
        office,
        args.file,
        sheet=args.sheet,
        date_order=args.date_order,
        proper_case=args.proper_case,
        one_name=args.one_name,
        encoding=args.encoding,
        separator=args.separator,
        repair_letters=args.repair_letters,
        with_rows=args.rejects is not None,
        with_corrections=args.with_corrections,
        on_conflict=imports.OnConflict(args.on_conflict),
        letters=imports.Letters(args.letters),
        progress=progress(),
    )
    try:
        return open_file(password=os.environ.get(FILE_PASSWORD_VARIABLE) or None)
    except ExchangeError as error:
        if error.code != LOCKED or not sys.stdin.isatty():
            raise
    return open_file(password=getpass.getpass(_("Password of the file: ")))


def import_list(office: Office, args: Namespace) -> Answer:
    preview = _opened(office, args)
    # Against the register and the last list as they are before this one goes in.
    data, told = import_answers.answers(office, preview)
    if args.rejects is not None and preview.counts.rejected:
        # Before anything is recorded: where this cannot be written, nothing is changed.
        imports.save_rejects(office, preview, args.rejects)
        data["rejects"] = str(args.rejects)
    act: int | None = None
    if not args.dry_run:
        done = imports.commit(office, preview, progress=progress())
        act, preview = done.act, done.preview
        if act is not None:
            with suppress(StorageError):  # it is recorded; whoever looks next makes them
                summary.bring_missing(office, progress())
    data |= _import_data(preview)
    counts = asdict(preview.counts)
    counts |= {
        "new": preview.counts.new - preview.of_members.new,
        "new_members": preview.new_members,
    }
    lines = [messages.counts_text(counts)]
    lines += [
        "  " + output.labelled(s.parsed.sheet, said)
        for s in preview.sheets
        if (said := hidden_text(len(s.parsed.hidden_rows), len(s.parsed.hidden_columns)))
    ]
    lines += _sheet_lines(preview)
    lines += told + conflict_answers.lines(preview, values.programme_names(office))
    lines += [f"  {i.sheet}!{i.cell or i.row}  {import_answers.message(i)}" for i in preview.issues]
    lines += [
        "  ▲ " + output.labelled(messages.name_of(code), format_number(rows))
        for code, rows in preview.flag_counts.items()
    ]
    lines += [
        "  " + output.labelled(s.sheet, messages.ignored_sheet_text(s.why))
        for s in preview.ignored_sheets
    ]
    lines.append(_("Nothing was recorded: dry run.") if args.dry_run else output.act_line(act))
    counts_to_see = preview.counts.rejected or preview.counts.review
    needs_someone = counts_to_see or preview.loses_columns or imports.asks(preview)
    return Answer({"act": act, **data}, lines, 1 if needs_someone else 0)


def _sheet_lines(preview: imports.Preview) -> list[str]:
    """What of a list a reader of the answer should look at: crossed-out rows, cells left out."""
    return [
        "  " + output.labelled(sheet.parsed.sheet, said)
        for sheet in preview.sheets
        for said in (struck_text(sheet.parsed.struck_rows), strays_text(sheet.parsed.strays))
        if said
    ]


_MEMBER_COUNTS = ("new", "updated", "unchanged", "rejected")


def _import_data(preview: imports.Preview) -> dict[str, Any]:
    return {
        **asdict(preview.counts),
        "members": {name: getattr(preview.of_members, name) for name in _MEMBER_COUNTS},
        "sheets": [
            {
                "sheet": sheet.parsed.sheet,
                "kind": sheet.parsed.kind,
                "header_row": sheet.parsed.header_row,
                "columns": dict(sheet.parsed.columns),
                "hidden_rows": list(sheet.parsed.hidden_rows),
                "hidden_columns": [
                    name
                    for name, column in sheet.parsed.column_index.items()
                    if column in sheet.parsed.hidden_columns
                ],
                "struck_rows": list(sheet.parsed.struck_rows),
                "left_out": list(sheet.parsed.strays),
                **asdict(sheet.counts),
            }
            for sheet in preview.sheets
        ],
        "ignored_sheets": [{"sheet": s.sheet, "why": s.why} for s in preview.ignored_sheets],
        "date_order": preview.parsed.date_proof.order,
        **conflict_answers.data(preview),
        "issues": [
            {
                "sheet": issue.sheet,
                "row": issue.row,
                "column": issue.column,
                "cell": issue.cell,
                "code": issue.code,
                "severity": issue.severity,
                "message": import_answers.message(issue),
            }
            for issue in preview.issues
        ]
        + [
            {
                "sheet": sheet.parsed.sheet,
                "row": int(cell.lstrip(ascii_uppercase)),
                "column": None,
                "cell": cell,
                "code": "stray_cell",
                "severity": "warning",
                "message": strays_text([cell]),
            }
            for sheet in preview.sheets
            for cell in sheet.parsed.strays
        ],
        "flags": [flag._asdict() for flag in preview.flags],
    }


def show_review(office: Office, args: Namespace) -> Answer:
    held = review.rows(office, args.act)
    told = {
        (row.row, c.person_id): review.changes(office, row, c.person_id)
        for row in held
        for c in row.candidates
    }
    data = {
        "rows": [
            {
                "row": row.row,
                "act": row.act,
                "sheet": row.sheet,
                "sheet_row": row.sheet_row,
                "values": row.values,
                "candidates": [
                    {
                        "id": c.person_id,
                        "name": c.name,
                        "individual_reference": c.individual_reference,
                        "birth_date": c.birth_date,
                        "because": list(c.because),
                        "changes": [asdict(change) for change in told[row.row, c.person_id]],
                    }
                    for c in row.candidates
                ],
                "because": messages.likeness_text(row.because),
            }
            for row in held
        ]
    }
    lines: list[str] = []
    routes = values.programme_names(office)
    for row in held:
        names = (row.values.get("family_name"), row.values.get("given_names"))
        name = ", ".join(str(part) for part in names if part)
        lines.append(f"{row.row}  {row.sheet}, {row.sheet_row}  {name}")
        for c in row.candidates:
            lines.append(f"    #{c.person_id}  {c.name}  {messages.likeness_text(c.because)}")
            found = told[row.row, c.person_id]
            lines += [f"        {conflict_answers.change_line(change, routes)}" for change in found]
    return Answer(data, lines or [_("No row waits to be checked.")])


def resolve(office: Office, args: Namespace) -> Answer:
    person = None
    if args.how == review.SAME:
        if args.person is None:
            raise InvalidInput("person_needed")
        text = f"#{args.person}" if args.person.isdecimal() else args.person
        person = people.find(office, text)
    act = review.resolve(office, args.row, args.how, person, args.keep, args.take)
    return Answer({"act": act}, [output.act_line(act)])


def undo(office: Office, args: Namespace) -> Answer:
    done = history.undo(office, args.act)
    kept = [{"entity": k.entity, "id": k.id, "field": k.field, "value": k.value} for k in done.kept]
    data = {"act": done.act, "undone": done.undone, "reverted": done.reverted, "kept": kept}
    said = _("Act {act} is undone.") if done.act else _("Nothing of act {act} could go back.")
    lines = [said.format(act=done.undone)]
    if kept:
        lines.append(_("Kept, because somebody has changed it since:"))
        lines += [
            f"  {messages.entity_label(k.entity)} {k.id}  "
            f"{messages.field_label(k.field) if k.field else ''}"
            for k in done.kept
        ]
    return Answer(data, lines)


def export(office: Office, args: Namespace) -> Answer:
    search, year = args.search or "", args.year
    done = exports.export(
        office, args.what, args.out, search=search, year=year, progress=progress()
    )
    data = {"rows": done.rows, "sheets": list(done.sheets), "cut": done.cut}
    return Answer(data, [output.written_line(done)])


def template(office: Office, args: Namespace) -> Answer:
    exports.template(office, args.out)
    said = _("The template is in {file}.").format(file=args.out.name)
    return Answer({"rows": 0, "sheets": exports.template_sheets()}, [said])


def backup(office: Office, args: Namespace) -> Answer:
    if args.folder is not None:
        made = keeping.make_in(office, args.folder, progress())
    elif office.server is not None and of_server.folder(office) is not None:
        made = of_server.make(office, of_server.passphrase_of(office), progress())
    else:
        made = keeping.make(office, keeping.MANUAL, progress())
        if made.proven:
            keeping.go_on(office)  # what earlier commands left without proof
    said = _("Copied and verified: {path}") if made.proven else _("Copied, but not proven: {path}")
    lines = [
        said.format(path=made.path),
        output.labelled(_("Head of the journal"), head_text(made.head)),
        *_told(made),
    ]
    if args.folder is None:
        lines += left_lines(maintenance.copies_left(office))
    data = {
        "path": str(made.path),
        "head": made.head,
        "proven": made.proven,
        "fault": made.fault or None,
        "second": None if made.second is None else str(made.second),
        "second_fault": made.second_fault or None,
        **_set_aside(office, lines),
    }
    return Answer(data, lines, 0 if made.proven and not made.second_fault else 1)


def _told(made: keeping.Made) -> list[str]:
    second = str(made.second) if made.second else None
    return copy_lines(made.fault, second, made.second_fault, made.recorded)


def _set_aside(office: Office, lines: list[str]) -> dict[str, Any]:
    """Tell of copies that are dated in the future."""
    ahead = maintenance.copies_made(office).ahead
    lines += [*filter(None, [ahead_text(ahead)]), *(f"  {name}" for name in ahead)]
    return {"set_aside": list(ahead)}


def passphrase(office: Office, args: Namespace) -> Answer:
    """The new passphrase comes from the environment or a prompt, never from an argument."""
    new = ""
    if args.how != passphrases.REMOVE:
        new = os.environ.get(NEW_PASSPHRASE_VARIABLE, "")
        if not new and sys.stdin.isatty():
            new = typed_twice()
        if not new:
            raise StorageError("new_passphrase_needed")
    done = passphrases.change(office, args.how, new)
    lines = [output.act_line(done.act), *skipped_lines(done.skipped)]
    lines += waiting_lines(done.waiting)
    data = {"act": done.act, "skipped": list(done.skipped), "waiting": list(done.waiting)}
    return Answer(data, lines, 1 if done.skipped or done.waiting else 0)


def typed_twice() -> str:
    """What somebody typed unseen, where a slip would close the register for good.

    Errors: InvalidInput passphrases_differ.
    """
    new = getpass.getpass(_("New passphrase: "))
    if new and getpass.getpass(_("The same once more: ")) != new:
        raise InvalidInput("passphrases_differ")
    return new


def check(office: Office, args: Namespace) -> Answer:
    report = checking.check(office, args.against or "", thorough=args.thorough)
    data: dict[str, Any] = {**report.parts, "head": report.head}
    lines = [part_line(name, value) for name, value in report.parts.items()]
    lines.append(output.labelled(_("Head of the journal"), report.head))
    if report.since is not None:
        data["since"] = report.since
        lines.append(since_text(report.since))
    _set_aside(office, lines)
    lines += filter(None, [network_text(maintenance.is_on_network(office))])
    return Answer(data, lines, 0 if report.passed else 1)


def _journal_out(office: Office, args: Namespace) -> Answer:
    done = journal_export.export(office, args.verify_export)
    data = {"acts": done.acts, "head": done.head, "path": str(done.path)}
    lines = [
        ngettext(
            "The journal is in {file}: {count} act.",
            "The journal is in {file}: {count} acts.",
            done.acts,
        ).format(file=done.path.name, count=format_number(done.acts)),
        output.labelled(_("Head of the journal"), head_text(done.head)),
        _("Verify it with Python alone: {script}").format(script=journal_export.verifier()),
    ]
    return Answer(data, lines)


def journal(office: Office, args: Namespace) -> Answer:
    if args.verify_export is not None:
        return _journal_out(office, args)
    acts = history.acts(office, limit=args.limit)
    aside = {act.id: history.overrides(office, act.id) for act in acts}
    data = {
        "acts": [
            {
                "id": act.id,
                "at": act.at,
                "who": act.who,
                "service": act.service,
                "source": act.source_name,
                "person": act.person_id,
                "counts": dict(act.counts),
                "paper": act.paper or None,
                "form": act.form or None,
                "overrides": dict(aside[act.id]),
                "undoes": act.undoes,
                "undone_by": act.undone_by,
            }
            for act in acts
        ]
    }
    lines: list[str] = []
    for act in acts:
        at = f"{act.at.astimezone():%Y-%m-%d %H:%M}"
        lines.append(f"{act.id}  {at}  {act.who}  {messages.act_text(act)}")
        lines += [
            "      " + _("{rule} set aside: {reason}").format(rule=rule, reason=reason)
            for rule, reason in aside[act.id].items()
        ]
    return Answer(data, lines or [_("Nothing is recorded yet.")])


RUNS: Mapping[str, Run] = {
    "import": import_list,
    "review": show_review,
    "resolve": resolve,
    "undo": undo,
    "export": export,
    "template": template,
    "backup": backup,
    "check": check,
    "journal": journal,
    "passphrase": passphrase,
}
"""What does each command of this module."""
