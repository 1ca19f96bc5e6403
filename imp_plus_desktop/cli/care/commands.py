# SPDX-License-Identifier: Apache-2.0
"""`copies` and `health`: what there is of copies, how they are kept, how well the register is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.grammar.copies_parser import PLACE
from imp_plus_desktop.domain.reads.health import Standing
from imp_plus_desktop.services.copies import health as well
from imp_plus_desktop.services.copies import keeping, rules
from imp_plus_desktop.services.copies.keeping import PlaceState
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words.care.health_texts import label_of, mend_of, place_lines, sentence_of

_NO_PLACE = "none"
_SIGNS = {Standing.OK: "✓", Standing.WARN: "▲", Standing.BAD: "✕"}


def copies(office: Office, args: Namespace) -> Answer:
    act = None
    wanted = dict(args.kept or ())
    place = wanted.pop(PLACE, None)
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


RUNS: Mapping[str, Run] = {"copies": copies, "health": health}
"""What does each command of this module."""
