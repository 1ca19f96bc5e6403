# SPDX-License-Identifier: Apache-2.0
"""The command about programmes: which there are, the board of one, files of an office’s own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile, Read
from imp_plus_desktop.domain.programmes.standing import Fit
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.verdict.routes import Words
from imp_plus_desktop.i18n import _, current_language, format_day_short, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import board, library
from imp_plus_desktop.services.programmes.board import Board, BoardRow
from imp_plus_desktop.services.programmes.reading import ProgrammeMistakes
from imp_plus_desktop.words.programmes.board_texts import (
    lacking_text,
    places_text,
    replaced_text,
    why_text,
)
from imp_plus_desktop.words.programmes.condition_texts import condition_text
from imp_plus_desktop.words.programmes.mistake_texts import mistake_text
from imp_plus_desktop.words.terms.code_names import name_of


def run(office: Office, args: Namespace) -> Answer:
    """List the programmes, show the board of one, take a file or remove it."""
    asked = [one for one in (args.add, args.remove) if one is not None]
    aside = args.dry_run and args.add is None
    unnamed = args.write is not None and (args.key is None or asked)
    if len(asked) > 1 or (asked and args.key) or aside or unnamed:
        raise InvalidInput("one_thing_at_a_time")
    if args.add is not None:
        return _add(office, args)
    if args.remove is not None:
        act = library.remove(office, args.remove)
        return Answer({"act": act}, [output.act_line(act)])
    if args.write is not None:
        path = library.write_out(office, library.find(office, args.key).key, args.write)
        return Answer({"file": str(path)}, [str(path)])
    return _listing(office) if args.key is None else _board(office, args.key, args.entered)


def _add(office: Office, args: Namespace) -> Answer:
    content = library.read(args.add)
    try:
        found = library.look(office, content)
        act = None if args.dry_run else library.take(office, content)
    except ProgrammeMistakes as error:
        told = [mistake_text(one) for one in error.wrong]
        wrong = [
            {
                "table": one.table,
                "row": one.row,
                "name": one.name,
                "line": one.line or None,
                "code": one.code,
                "message": text,
            }
            for one, text in zip(error.wrong, told, strict=True)
        ]
        return Answer({"act": None, "mistakes": wrong}, told, 3)
    data: dict[str, Any] = {
        "act": act,
        "programme": found.programme.key,
        "replaces": found.replaces.version if found.replaces is not None else None,
        "same": found.is_same,
        "mistakes": [],
    }
    lines = [f"{found.programme.key}  {_said(found.programme.name)}"]
    if found.replaces is not None and not found.is_same:
        lines.append(f"  {replaced_text(found.replaces)}")
    end = _("Nothing was recorded: dry run.") if args.dry_run else output.act_line(act)
    return Answer(data, [*lines, end])


def _listing(office: Office) -> Answer:
    known, own = library.programmes(office), library.own_keys(office)
    unread = library.unread(office)
    data: dict[str, Any] = {
        "programmes": [_programme(office, one, own) for one in known],
        "unread": list(unread),
    }
    lines = []
    for one in known:
        _use, cap, used = board.places(office, one)
        lines.append(f"{one.key:16} {_said(one.name)} · {board.when(office, one)}")
        lines.append(f"  {places_text(cap, used)}")
    lines += [_("{key}: this version of the program cannot read its file.").format(key=key)
              for key in unread]  # fmt: skip
    return Answer(data, lines, 1 if unread else 0)


def _programme(office: Office, one: ProgrammeFile, own: frozenset[str]) -> dict[str, Any]:
    today = office.clock.today()
    _use, cap, used = board.places(office, one)
    windows: dict[str, Any] = {"from": one.from_day, "until": one.until_day}
    if one.is_main:
        figures = office.programme()
        windows |= {
            "opened": figures.opened,
            "last_accepted_letter": figures.last_accepted_letter,
            "letter_window_days": figures.letter_window_days,
        }
    if one.invitation is not None:
        windows["invitation_days"] = one.invitation.days
    return {
        "key": one.key,
        "name": _said(one.name),
        "version": one.version,
        "open": library.is_open(office, one, today),
        "windows": windows,
        "cap": cap,
        "used": used,
        "permit": one.permit.kind,
        "months": one.permit.months,
        "own": one.key in own,
        "conditions": [
            {
                "condition": condition.check,
                "text": condition_text(condition),
                "binds": condition.binds,
                **_read(condition.read),
            }
            for condition in one.conditions
        ],
        "cost": _money(board.cost(office, one, "person")),
        "employer_cost": _money(board.cost(office, one, "employer")),
        **_read(one.read),
    }


def _read(read: Read) -> dict[str, Any]:
    return {"source": read.source, "read_on": read.read_on}


def _money(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _said(words: Words) -> str:
    return words.in_language(current_language())


def _board(office: Office, key: str, entered: bool) -> Answer:
    found = board.board(office, key, everybody=not entered)
    data = {
        "programme": _programme(office, found.programme, library.own_keys(office)),
        "people": [_row(row) for row in found.rows],
        "counts": {
            **{state.value: found.count(state) for state in RouteState},
            **{fit.value: found.fitting(fit) for fit in Fit},
        },
        "others": found.not_shown,
        "cap": found.cap,
        "used": found.used,
        "left": None if found.cap is None or found.used is None else found.cap - found.used,
    }
    return Answer(data, list(_lines(office, found)))


def _row(row: BoardRow) -> dict[str, Any]:
    stand, recorded = row.stand, row.stand.recorded
    return {
        "person": row.person,
        "name": row.name,
        "state": stand.state,
        "fit": stand.fit,
        "conditions": [
            {
                "condition": one.condition.check,
                "text": condition_text(one.condition),
                "met": one.met,
                "binds": one.condition.binds,
            }
            for one in stand.said
        ],
        "lacking": list(stand.lacking),
        "by": stand.by,
        "entry": recorded.entry,
        "invited_on": recorded.invited_on,
        "filed_on": recorded.filed_on,
        "decided_on": recorded.decided_on,
        "application_number": recorded.number,
        "permit_until": recorded.permit_until,
    }


def _lines(office: Office, found: Board) -> Iterator[str]:
    yield f"{_said(found.programme.name)} · {board.when(office, found.programme)}"
    yield places_text(found.cap, found.used)
    for row in found.rows:
        stand = row.stand
        state = name_of(stand.state, "route_state") if stand.state is not None else ""
        fit = name_of(stand.fit, "programme_fit") if stand.may_file else ""
        by = format_day_short(stand.by) if stand.by is not None else ""
        yield "  ".join(text for text in (f"#{row.person}", row.name, state, fit, by) if text)
        if stand.may_file:
            for text in (why_text(stand), lacking_text(stand)):
                if text:
                    yield f"    {text}"
    if found.not_shown:
        yield ngettext(
            "{count} other of the register does not qualify.",
            "{count} others of the register do not qualify.",
            found.not_shown,
        ).format(count=format_number(found.not_shown))
    if not found.rows:
        # Without a look at everybody, nothing is known of who may qualify.
        alone = found.not_shown is None
        yield _("Nobody is entered.") if alone else _("Nobody is entered, and nobody may qualify.")


RUNS: Mapping[str, Run] = {"programmes": run}
"""What does the command of this module."""
