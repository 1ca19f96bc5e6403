# SPDX-License-Identifier: Apache-2.0
"""The commands about caps, both ledgers, the over-cap list and the programme's settings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.quota.late_receipts import Holder
from imp_plus_desktop.domain.quota.over_cap import OverCapFile, OverCapItem
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_day, format_iso, format_money, format_number
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.quota import overcap, quota, trying
from imp_plus_desktop.services.quota.quota import Board, FigureRows, LedgerUse
from imp_plus_desktop.services.quota.trying import Trial
from imp_plus_desktop.words import messages, report_texts


def show_quota(office: Office, args: Namespace) -> Answer:
    if args.as_known and args.as_of is not None:
        from imp_plus_desktop.services.proof import anew

        with anew.as_of(office, args.as_of) as then:
            return _board_of(then, args)
    return _board_of(office, args)


def _board_of(office: Office, args: Namespace) -> Answer:
    board = quota.board(office, args.year, args.as_of)
    if args.rows is None:
        return Answer(board_data(board), board_lines(board))
    found = quota.figure_rows(office, args.year, args.rows, args.as_of)
    rows = _rows(office, found)
    lines = ["  ".join(str(value) for value in row.values() if value is not None) for row in rows]
    lines.append(output.labelled(report_texts.figure_label(found.figure), format_number(len(rows))))
    data = {"year": args.year, "figure": found.figure, "kind": found.kind, "rows": rows}
    return Answer({**data, "count": len(rows)}, lines)


def try_year(office: Office, args: Namespace) -> Answer:
    windows = output.pairs(args.window, "NAME=VALUE")
    trial = Trial(args.cap, args.letters, args.permits, args.pace, windows)
    board = trying.try_year(office, args.year, trial, args.as_of)
    said = _("A trial: nothing was stored.")
    return Answer({**board_data(board), "stored": False}, [*board_lines(board), said])


def _rows(office: Office, found: FigureRows) -> list[dict[str, Any]]:
    """Each row behind a figure, by the contract's field names."""
    if found.kind == quota.LETTERS:
        return [
            {"id": letter.id, "person": letter.person_id, "letter_date": letter.letter_date}
            for letter in quota.letters_of(office, found.ids)
        ]
    if found.kind == quota.PERMITS:
        return [
            {
                "id": row.id,
                "person": row.person_id,
                "application": row.application_id,
                "permit_number": row.permit_number,
                "issued": row.issued,
                "valid_from": row.valid_from,
            }
            for row in permits.rows(office, found.ids)
        ]
    return [
        {
            "id": row.id,
            "person": row.person_id,
            "application_number": row.application_number,
            "received_at": row.received_at,
            "outcome": row.outcome,
            "cap_year": row.cap_year,
            "place": row.place,
        }
        for row in applications.rows(office, found.ids)
    ]


def board_data(board: Board) -> dict[str, Any]:
    """The board by the contract's keys."""
    official = board.official
    projected = board.projection
    return {
        "year": board.year,
        "as_of": board.as_of,
        "cap": board.cap,
        "used": board.used,
        "remaining": board.remaining,
        "received": board.received,
        "over_cap": board.over_cap,
        "extensions": board.extensions,
        "near_boundary": board.near_boundary,
        "by_outcome": dict(board.by_outcome),
        "by_month": _months(board.year, board.by_month),
        "official": None
        if official is None
        else {
            "as_of": official.as_of,
            "received": official.received,
            "approved": official.approved,
            "refused": official.refused,
            "withdrawn": official.withdrawn,
            "issued": official.issued,
            "letters": official.letters,
            "source": official.source,
        },
        "effective_used": board.effective_used,
        "level": board.level,
        "letters": {
            "limit": board.letters_limit,
            "dated": board.letters_dated,
            **_ledger(board.year, board.letters),
        },
        "permits": {
            "limit": board.permits_limit,
            "issued": board.permits_issued,
            **_ledger(board.year, board.permits),
        },
        "projection": None
        if projected is None
        else {"earliest": projected.earliest, "latest": projected.latest},
        "projection_refused": board.projection_refused,
        "paces": [asdict(pace) for pace in board.paces],
        "switches": {
            "returned": board.switches.returned_uses_place,
            "extension": board.switches.extension_uses_place,
        },
        "intake": {"open": board.intake.open, "last_letter": board.intake.last_letter},
        "updated_at": board.updated_at,
        "findings": [output.finding(found) for found in board.findings],
    }


def _months(year: int, counts: tuple[int, ...]) -> dict[str, int]:
    return {f"{year}-{month:02d}": number for month, number in enumerate(counts, start=1)}


def _ledger(year: int, use: LedgerUse) -> dict[str, Any]:
    return {
        "official": use.official,
        "effective": use.effective,
        "remaining": use.remaining,
        "level": use.level,
        "by_month": _months(year, use.by_month),
    }


def board_lines(board: Board) -> list[str]:
    """The year's board for a person at a terminal."""
    numbers = [
        (_("Cap"), board.cap),
        (_("Places used by this register"), board.used),
        (_("Effective use"), board.effective_used),
        (_("Places left"), board.remaining),
        (_("Cancelled over cap"), board.over_cap),
        (_("Letters dated this year"), board.letters_dated),
        (_("Permits issued this year"), board.permits_issued),
        (report_texts.figure_label("near_boundary"), board.near_boundary),
    ]
    lines = [
        _("Cap of {year} as of {day}").format(year=board.year, day=format_iso(board.as_of)),
        *_indented(report_texts.intake_text(board.intake)),
        *(
            "  " + output.labelled(name, "—" if n is None else format_number(n))
            for name, n in numbers
        ),
    ]
    lines.append(f"  {messages.projection_text(board.projection, board.projection_refused)}")
    if board.paces:
        lines.append(f"  {report_texts.pace_text(board.paces)}")
    lines.append(f"  {report_texts.choices_text(board.switches)}")
    return lines + output.finding_lines(board.findings)


def _indented(text: str) -> list[str]:
    return [f"  {text}"] if text else []


def set_cap(office: Office, args: Namespace) -> Answer:
    act = quota.set_cap(
        office, args.year, args.limit, args.from_day, args.reason, Ledger(args.ledger)
    )
    return Answer({"act": act}, [output.act_line(act)])


def set_official(office: Office, args: Namespace) -> Answer:
    figures = OfficialCount(
        args.year,
        args.as_of,
        args.received,
        args.approved,
        args.refused,
        args.withdrawn,
        args.source,
        args.issued,
        args.letters,
    )
    act = quota.set_official(office, figures)
    return Answer({"act": act}, [output.act_line(act)])


def set_switch(office: Office, args: Namespace) -> Answer:
    uses = args.uses == "yes"
    done = parameters.set_switch(office, args.year, args.what, uses, args.from_day, args.reason)
    lines = [output.act_line(done.act), report_texts.unmoved_text(done.unmoved)]
    return Answer({"act": done.act, "unmoved": done.unmoved}, lines)


def programme(office: Office, args: Namespace) -> Answer:
    """Show the windows, or set one of them."""
    if args.name is not None:
        if args.value is None or args.from_day is None:
            raise InvalidInput("window_needs_value_and_day")
        act = parameters.set_window(office, args.name, args.value, args.from_day, args.reason)
        return Answer({"act": act}, [output.act_line(act)])
    windows = parameters.windows(office)
    data = {
        "version": office.shipped_programme.version,
        "windows": [
            {
                "name": window.name,
                "value": window.value,
                "shipped": window.shipped,
                "from": window.setting.from_day if window.setting is not None else None,
                "reason": window.setting.reason if window.setting is not None else None,
            }
            for window in windows
        ],
    }
    lines = [
        output.labelled(report_texts.parameter_label(window.name), window.value)
        for window in windows
    ]
    return Answer(data, lines)


def show_over_cap(office: Office, args: Namespace) -> Answer:
    """Exit 1 while something is open."""
    found = overcap.over_cap_list(office, args.year)
    data = {
        "year": found.year,
        "cap": found.cap,
        "reached_on": found.reached_on,
        "files": [_over_cap_file(file) for file in found.files],
        "prepared": list(found.prepared),
        "refund_due": int(found.refund_due),
        "refund_open": int(found.refund_open),
        "open_items": found.open_items,
    }
    lines = [_over_cap_line(file) for file in found.files]
    if found.reached_on is not None:
        reached = _("The cap of {year} was reached on {day}.")
        lines.insert(0, reached.format(year=found.year, day=format_day(found.reached_on)))
    if not found.files:
        lines.append(_("No application is over the cap."))
    else:
        lines.append(
            _("Refunds due: {due}; still awaited: {open}").format(
                due=format_money(found.refund_due), open=format_money(found.refund_open)
            )
        )
    return Answer(data, lines, 1 if found.open_items else 0)


def _over_cap_file(file: OverCapFile) -> dict[str, Any]:
    return {
        "application": file.application,
        "person": file.person_id,
        "application_number": file.number,
        "received_at": file.received_at,
        "refund": int(file.refund),
        "held_by": holder_data(file.held_by),
        "items": [
            {
                "item": item.kind,
                "application": item.application,
                "closed": item.closed,
                "closed_on": item.closed_on,
            }
            for item in file.items
        ],
    }


def _over_cap_line(file: OverCapFile) -> str:
    left = report_texts.items_text(file.items)
    what = _("open: {items}").format(items=left) if left else _("all closed")
    line = f"{file.application}  {file.number or '—'}  {file.name}  {what}"
    if file.held_by is None:
        return line
    return f"{line}\n  {report_texts.held_by_text(file.held_by)}"


def holder_data(found: Holder | None) -> dict[str, Any] | None:
    """Whose later receipt holds the place that an earlier one would have had."""
    if found is None:
        return None
    return {
        "application": found.application,
        "person": found.person,
        "name": found.name,
        "application_number": found.application_number,
        "received_at": found.received_at,
        "place": found.place,
    }


def close_items(office: Office, args: Namespace) -> Answer:
    numbers = [applications.find(office, text) for text in args.applications]
    act = overcap.close_item(office, numbers, OverCapItem(args.item), args.on)
    return Answer({"act": act}, [output.act_line(act)])


RUNS: Mapping[str, Run] = {
    "quota": show_quota,
    "try-year": try_year,
    "cap": set_cap,
    "official": set_official,
    "overcap": show_over_cap,
    "overcap-close": close_items,
    "switch": set_switch,
    "programme": programme,
}
"""What does each command of this module."""
