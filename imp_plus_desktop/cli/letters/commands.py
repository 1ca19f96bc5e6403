# SPDX-License-Identifier: Apache-2.0
"""The command about letters: lists, checks and makes them, and keeps their templates."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.services.correspondence import (
    letter_fields,
    letter_pdfs,
    letterhead,
    letters,
    templates,
)
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.correspondence.letter_words import mistake_text


def run(office: Office, args: Namespace) -> Answer:
    """Do what the action says."""
    return _ACTIONS[args.action](office, args)


def _list(office: Office, _args: Namespace) -> Answer:
    found = templates.templates(office)
    data = [{**asdict(one), "changed": sorted(one.changed)} for one in found]
    lines = [f"{one.key}  {one.name}  ({', '.join(one.languages)})" for one in found]
    return Answer({"letters": data}, lines)


def _fields(_office: Office, _args: Namespace) -> Answer:
    found = letter_fields.fields()
    data = [
        {"name": one.name, "label": one.label, "tag": one.tag, "members": one.members}
        for one in found
    ]
    return Answer({"fields": data}, [f"{one.tag}  {one.label}" for one in found])


def _check(_office: Office, args: Namespace) -> Answer:
    found = templates.check(templates.read(args.file))
    wrong = [
        {**asdict(one), "message": mistake_text(one.code, one.tag, one.line, one.like)}
        for one in found.mistakes
    ]
    data = {"used": found.used, "needed": found.needed, "mistakes": wrong}
    lines = [str(one["message"]) for one in wrong] or [_("Nothing is wrong with this template.")]
    return Answer(data, lines, int(bool(wrong)))


def _make(office: Office, args: Namespace) -> Answer:
    numbers = tuple(people.find(office, ref) for ref in args.refs)
    typed = output.pairs(args.value, "NAME=TEXT")
    key = templates.find(office, args.letter).key
    order = letters.Order(key, numbers, typed, args.language or "")
    foreseen = letters.foresee(office, order)
    made = letters.make(office, order)
    with letter_pdfs.printing() as to_pdf:
        kept = letters.keep(office, made, to_pdf, args.into, record=not args.no_record)
    data = {
        "act": kept.act,
        "letters": [
            {"person": letter.person, "language": letter.language} for letter in made.letters
        ],
        "files": [str(path) for path in kept.files],
        "lacking": foreseen.lacking,
    }
    count = len(made.letters)
    words = ngettext("{count} letter made.", "{count} letters made.", count)
    lines = [words.format(count=format_number(count)), *map(str, kept.files)]
    for name, lack in foreseen.lacking.items():
        lines.append(
            _("Left blank: {field} ({who})").format(
                field=letter_fields.label(name), who=", ".join(f"#{number}" for number in lack)
            )
        )
    if kept.act is not None:
        lines.append(output.act_line(kept.act))
    return Answer(data, lines, int(bool(foreseen.lacking)))


def _save(office: Office, args: Namespace) -> Answer:
    key = templates.find(office, args.letter).key
    path = templates.write_out(office, key, args.language or LANGUAGES[0], args.path)
    return Answer({"path": str(path)}, [str(path)])


def _take(office: Office, args: Namespace) -> Answer:
    content, language = templates.read(args.file), args.language or LANGUAGES[0]
    templates.refuse_mistakes(content)
    try:
        key = templates.find(office, args.letter).key
    except InvalidInput:
        act = templates.add(office, args.letter, language, content)
    else:
        act = templates.replace(office, key, language, content)
    return Answer({"act": act}, [output.act_line(act)])


def _remove(office: Office, args: Namespace) -> Answer:
    key = templates.find(office, args.letter).key
    act = templates.remove(office, key, args.language)
    return Answer({"act": act}, [output.act_line(act)])


def _rename(office: Office, args: Namespace) -> Answer:
    act = templates.rename(office, templates.find(office, args.letter).key, args.name)
    return Answer({"act": act}, [output.act_line(act)])


def _head(office: Office, args: Namespace) -> Answer:
    said: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("name", "address", "phone", "email")
        if getattr(args, name) is not None
    }
    head = replace(letterhead.letterhead(office), **said)
    act = letterhead.save(office, head) if said else None
    told = {name: getattr(head, name) for name in ("name", "address", "phone", "email")}
    return Answer({"act": act, **told}, [text for text in told.values() if text])


_ACTIONS: Mapping[str, Callable[[Office, Namespace], Answer]] = {
    "list": _list,
    "fields": _fields,
    "check": _check,
    "make": _make,
    "save": _save,
    "take": _take,
    "remove": _remove,
    "rename": _rename,
    "head": _head,
}
RUNS: Mapping[str, Run] = {"letters": run}
"""What does each command of this module."""
