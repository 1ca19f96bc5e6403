# SPDX-License-Identifier: Apache-2.0
"""`copies`, `health` and `snapshot`: what there is of copies, how they are kept, how well the
register is, and what somebody takes along of it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.commands.register_commands import progress, typed_twice
from imp_plus_desktop.cli.grammar.copies_parser import FOLDER, FORGET, KEEP, PLACE
from imp_plus_desktop.domain.reads.health import Standing
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import health as well
from imp_plus_desktop.services.copies import keeping, of_server, rules
from imp_plus_desktop.services.copies.keeping import PlaceState
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import taking_along
from imp_plus_desktop.words.care.health_texts import label_of, mend_of, place_lines, sentence_of
from imp_plus_desktop.words.proof.check_texts import head_text
from imp_plus_desktop.words.servers.snapshot_texts import made_text

_NO_PLACE = "none"
_SIGNS = {Standing.OK: "✓", Standing.WARN: "▲", Standing.BAD: "✕"}


def copies(office: Office, args: Namespace) -> Answer:
    wanted = dict(args.kept or ())
    place, folder = wanted.pop(PLACE, None), wanted.pop(FOLDER, None)
    if office.server is not None:
        return _of_server(office, args, folder, wanted)
    if folder is not None or args.passphrase:
        raise StorageError("only_of_a_server")
    act = None
    if wanted:
        act = rules.set_rules(office, replace(rules.rules(office), **wanted))
    if place is not None:
        rules.set_second_place(office, None if place == _NO_PLACE else Path(place))
    found = keeping.state(office)
    data = {
        "act": act,
        "rules": asdict(rules.rules(office)),
        "beside": _place(found.beside),
        "second": None if found.second is None else _place(found.second),
        "waiting": list(found.waiting),
        "faulty": dict(found.faulty),
        "set_aside": list(found.ahead),
        "behind": found.is_behind,
    }
    places = [place for place in (found.beside, found.second) if place is not None]
    lines = place_lines([(str(p.folder), p.is_there, p.count, p.proven, p.latest) for p in places])
    lines += [f"  {name}" for name in (*found.waiting, *found.faulty)]
    if act is not None:
        lines.append(output.act_line(act))
    return Answer(data, lines, 1 if found.faulty else 0)


def _of_server(
    office: Office, args: Namespace, folder: str | None, wanted: Mapping[str, int]
) -> Answer:
    act = None
    if wanted:
        act = rules.set_rules(office, replace(rules.rules(office), **wanted))
    if folder is not None:
        act = of_server.set_folder(office, None if folder == _NO_PLACE else Path(folder)) or act
    if args.passphrase == KEEP:
        of_server.keep_passphrase(office, _passphrase(office, "no_copies_passphrase"))
    elif args.passphrase == FORGET:
        of_server.forget_passphrase(office)
    found = of_server.state(office)
    told = None
    if found.folder is not None:
        told = PlaceState(found.folder, found.is_there, found.count, found.proven, found.latest)
    data = {
        "act": act,
        "rules": asdict(rules.rules(office)),
        "folder": None if told is None else _place(told),
        "passphrase": found.has_passphrase,
        "last_made": found.last,
        "faulty": dict(found.faulty),
        "behind": found.is_behind,
    }
    lines = [_("No folder is named for the copies: no desk makes any.")]
    if told is not None:
        held = (told.count, told.proven, told.latest)
        lines = place_lines([(str(told.folder), told.is_there, *held)])
    lines += [f"  {name}" for name in found.faulty]
    if act is not None:
        lines.append(output.act_line(act))
    return Answer(data, lines, 1 if found.faulty else 0)


def _place(state: PlaceState) -> dict[str, Any]:
    return {
        "folder": str(state.folder),
        "there": state.is_there,
        "copies": state.count,
        "proven": state.proven,
        "latest_proven": state.latest,
    }


def health(office: Office, _args: Namespace) -> Answer:
    items = well.look_through(office)
    data = [
        {
            "item": item.item,
            "state": item.state,
            "message": sentence_of(item),
            "mend": mend_of(item) or None,
        }
        for item in items
    ]
    lines = []
    for item in items:
        mend = f" → {mend_of(item)}" if item.mend is not None else ""
        lines.append(
            f"{_SIGNS[item.state]} {output.labelled(label_of(item), sentence_of(item))}{mend}"
        )
    bad = any(item.state is Standing.BAD for item in items)
    return Answer({"items": data}, lines, 1 if bad else 0)


def snapshot(office: Office, args: Namespace) -> Answer:
    """A file that is only read, for a computer that leaves the office."""
    if office.server is None:
        raise StorageError("only_of_a_server")
    phrase = _passphrase(office, "snapshot_passphrase_needed")
    made = taking_along.take_along(office, args.out, phrase, progress())
    data = {
        "path": str(made.path),
        "at": made.at,
        "people": made.people,
        "acts": made.acts,
        "head": made.head,
    }
    lines = [
        made_text(made.at, str(made.path)),
        output.labelled(_("Head of the journal"), head_text(made.head)),
        _("It can only be read, whoever opens it."),
    ]
    return Answer(data, lines)


def _passphrase(office: Office, missing: str) -> str:
    """That of the environment, or what somebody at a terminal types twice; never an argument.

    Errors: StorageError `missing`; InvalidInput passphrases_differ.
    """
    if office.register.passphrase:
        return office.register.passphrase
    typed = typed_twice() if sys.stdin.isatty() else ""
    if not typed:
        raise StorageError(missing)
    return typed


RUNS: Mapping[str, Run] = {"copies": copies, "health": health, "snapshot": snapshot}
"""What does each command of this module."""
