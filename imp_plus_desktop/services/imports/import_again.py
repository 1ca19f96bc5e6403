# SPDX-License-Identifier: Apache-2.0
"""The very same file once more: answered from what its import kept, without reading it again.

Only where the answer of reading it again is certain: the import is the register's last act, the
choices, the program and the programme of the day are the same, and no row could fare otherwise
now. Whatever is doubtful is read. Writes nothing itself.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple, fields, replace
from datetime import date
from typing import Any

from imp_plus_desktop import __version__
from imp_plus_desktop.domain.deadlines.date_order import AHEAD, IMPOSSIBLE
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.date_proof import DateProof
from imp_plus_desktop.domain.values.fingerprint import fingerprint
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.columns.fates import ColumnFate
from imp_plus_desktop.exchange.columns.matching import ColumnMatch
from imp_plus_desktop.exchange.lists.drafts import (
    REJECTED,
    IgnoredSheet,
    Issue,
    ParsedFile,
    ParsedSheet,
)
from imp_plus_desktop.exchange.sheets.sheets import Workbook
from imp_plus_desktop.services.imports.import_source import Choices, Source, sha256_of
from imp_plus_desktop.services.imports.planning import import_passports
from imp_plus_desktop.services.imports.planning.import_preview import Counts, Preview, PreviewSheet
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.sides.conflicts import (
    LETTER_DATE,
    KeptCounts,
    Kind,
    OnConflict,
)
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.history import acts

_NAMED_BY_FILE = frozenset({"csv", "tsv"})
"""Kinds whose sheet is called as the file is."""
_DAY = "day"


def answer_to_keep(office: Office, planned: Preview, programme: Programme) -> bytes | None:
    """What the same file will be answered with, or None where that is not certain."""
    choices = planned.choices
    if choices.mappings or choices.repairs or not all(map(_is_certain, planned.sheets)):
        return None
    if any(
        choices.on_conflict is OnConflict.ASK or c.field == LETTER_DATE for c in planned.conflicts
    ):
        return None  # asked again
    today = office.clock.today()
    if any(_hangs_on(issue, today) for issue in planned.issues):
        return None
    told = {
        "under": _conditions(programme, choices),
        "today": today.isoformat(),
        "kind": planned.parsed.kind,
        "encoding": planned.parsed.encoding,
        "delimiter": planned.parsed.delimiter,
        "proof": _proof_told(planned.parsed.date_proof),
        "ignored": [[sheet.sheet, sheet.why] for sheet in planned.ignored_sheets],
        "sheets": [_sheet_told(sheet) for sheet in planned.sheets],
        "kept": _kept_told(planned),
    }
    return zlib.compress(json.dumps(told, default=_plain, ensure_ascii=False).encode(), 1)


def answered(office: Office, name: str, content: bytes, choices: Choices) -> Preview | None:
    """The preview of a file that is the register's last import, or None where it must be read."""
    state = acts.state(office.register)
    digest = sha256_of(content)
    found = archive.answer_of_last_act(office.register, digest)
    if found is None or choices.mappings or choices.repairs or choices.taken:
        return None
    told = json.loads(zlib.decompress(found.answer), object_hook=_value)
    today = office.clock.today()
    then = date.fromisoformat(told["today"])
    under = _conditions(office.programme(), choices)
    if told["under"] != under or not _same_year_later(then, today):
        return None
    if told["kind"] in _NAMED_BY_FILE and found.file_name != name:
        return None
    sheets = tuple(_sheet(entry) for entry in told["sheets"])
    parsed = ParsedFile(
        told["kind"],
        tuple(sheet.parsed for sheet in sheets),
        tuple(IgnoredSheet(sheet, why) for sheet, why in told["ignored"]),
        _proof(told["proof"]),
        told["encoding"],
        told["delimiter"],
    )
    return Preview(
        Source(name, content, digest, Workbook(parsed.kind, ())),
        choices,
        parsed,
        sheets,
        sum((sheet.counts for sheet in sheets), Counts()),
        planned_at=state,
        stands_since=ActId(found.act),
        known_kept=KeptCounts(*told["kept"]),
    )


def _is_certain(sheet: PreviewSheet) -> bool:
    """Whether the register as it is after the import leaves each row where it is.

    What the register refused once it may take when the same file has filled it. A member is known
    again by name and birth date.
    """
    read = {row.row: row.effect for row in sheet.parsed.rows}
    members: set[tuple[object, ...]] = set()
    for row in sheet.rows:
        if row.effect is Effect.REJECTED and read[row.row] != REJECTED:
            return False
        if row.is_member and row.effect in (Effect.NEW, Effect.UPDATE):
            who = _member(row)
            if who[-1] is None or who in members:
                return False
            members.add(who)
    return True


def _member(row: PlannedRow) -> tuple[object, ...]:
    values = row.values
    principal = normalise(str(values.get("principal_reference", "")))
    names = (values.get("family_name"), values.get("given_names"))
    return (principal, *names, values.get("birth_date") or values.get("birth_known"))


def _hangs_on(issue: Issue, today: date) -> bool:
    """Whether a later day would lift the issue (it says that a date is still to come), or the row
    being in does: who else has its passport is asked of a row that brings one."""
    if (issue.code, issue.column) == (import_passports.CODE, import_passports.FIELD):
        return True
    told = issue.code in {IMPOSSIBLE, AHEAD}
    return told and issue.parameters.get("other") == today


def _same_year_later(then: date, today: date) -> bool:
    """Dates of two digits are read by the year; what was past then is past now."""
    return then.year == today.year and then <= today


def _conditions(programme: Programme, choices: Choices) -> list[Any]:
    """What a reading depends on beside the file and the register."""
    chosen = [choices.sheet, choices.date_order, choices.proper_case, choices.one_name]
    chosen += [choices.encoding, choices.separator, choices.letters]
    return [__version__, fingerprint(programme), *chosen]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value)


def _value(told: dict[str, Any]) -> Any:
    return date.fromisoformat(told[_DAY]) if told.keys() == {_DAY} else told


def _proof_told(proof: DateProof) -> list[Any]:
    plain = {f.name: getattr(proof, f.name) for f in fields(proof) if f.name != "exceptions"}
    return [plain, [[*column, order] for column, order in proof.exceptions.items()]]


def _proof(told: list[Any]) -> DateProof:
    plain, exceptions = told
    by_column = {(sheet, field): order for sheet, field, order in exceptions}
    return DateProof(**plain, exceptions=by_column)


def _kept_told(planned: Preview) -> list[int]:
    """What stays out without a question once the list is in: conflicts are decided by then."""
    names = [one for one in planned.sides if one.kind is Kind.NAME]
    others = [one for one in planned.sides if one.kind is not Kind.NAME]
    left = [one for one in others if not one.taken]
    hands = sum(one.by_hand for one in left)
    return [hands, len(left) - hands, sum(not one.taken for one in names)]


_NOT_KEPT = frozenset({"rows", "matches", "merged"})
_OF_A_SHEET = tuple(f.name for f in fields(ParsedSheet) if f.name not in _NOT_KEPT)


def _sheet_told(sheet: PreviewSheet) -> dict[str, Any]:
    """A sheet without its rows; what came in stands in the register now."""
    after = _once_in(sheet.counts)
    return {
        "parsed": [[name, getattr(sheet.parsed, name)] for name in _OF_A_SHEET],
        "matches": [[getattr(m, f.name) for f in fields(m)] for m in sheet.parsed.matches],
        "counts": list(astuple(after)),
        "members": list(astuple(_once_in(sheet.of_members))),
        "issues": [
            [i.sheet, i.row, i.column, i.cell, i.code, i.severity, list(i.parameters.items())]
            for i in sheet.issues
        ],
    }


def _once_in(counts: Counts) -> Counts:
    """The counts of a list whose rows stand in the register now."""
    unchanged = counts.new + counts.updated + counts.unchanged
    return replace(counts, new=0, updated=0, unchanged=unchanged)


def _sheet(told: Mapping[str, Any]) -> PreviewSheet:
    parsed: dict[str, Any] = {name: _tuples(value) for name, value in told["parsed"]}
    parsed["fates"] = tuple(ColumnFate(*fate) for fate in parsed["fates"])
    matches = tuple(ColumnMatch(*match) for match in told["matches"])
    return PreviewSheet(
        ParsedSheet(**parsed, rows=(), matches=matches),
        (),
        Counts(*told["counts"]),
        tuple(map(_issue, told["issues"])),
        Counts(*told.get("members", ())),
    )


def _issue(told: list[Any]) -> Issue:
    sheet, row, column, cell, code, severity, parameters = told
    return Issue(sheet, row, column, cell, code, severity, dict(parameters))


def _tuples(value: Any) -> Any:
    """JSON has lists where the values have tuples."""
    if isinstance(value, list):
        return tuple(_tuples(part) for part in value)
    if isinstance(value, dict):
        return {name: _tuples(part) for name, part in value.items()}
    return value
