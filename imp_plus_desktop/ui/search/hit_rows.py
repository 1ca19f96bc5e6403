# SPDX-License-Identifier: Apache-2.0
"""What was found, in words: people, members of families, numbers, notes.

    Opener                       what a line asks of the window: open a file, do its next step
    hit_groups(found, opener)    sections of what has all that was typed
    likely_group(likely, opener) who may have been meant, with why
    file_row(file, opener, note) somebody of the latest

Made away from the window. Must not hold a widget, nor read anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from imp_plus_desktop.domain.people.tags import split
from imp_plus_desktop.domain.records.catalogue import FIELDS, NAMES
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.search.hits import Hit, HitKind
from imp_plus_desktop.domain.search.lines import number_words, text_words
from imp_plus_desktop.domain.search.typed import Typed
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.search.finding import Found, Likely
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.person.actions.file_table import RECEIVE, FileAction
from imp_plus_desktop.ui.person.person_presenter import Step, next_step
from imp_plus_desktop.ui.search.rows import POINT, Group, Row, marks
from imp_plus_desktop.words.messages import country_name, field_label, name_of
from imp_plus_desktop.words.terms.search_texts import likely_text, row_text

PEOPLE, LIKELY, NUMBERS = "people", "likely", "numbers"
_SHOWN = {PEOPLE: 8, NUMBERS: 6}
_ICONS = {
    "member": "family",
    "application": "applications",
    "former_number": "applications",
    "permit": "permits",
    "passport": "passport",
    "note": "note",
    "contact": "note",
}
_AROUND = 30
"""Letters of a note before the word that was typed."""
_EXCERPT = 90


class Opener(Protocol):
    """The window, as a line asks something of it."""

    def open_file(self, person: int, section: str) -> None: ...
    def do_to(self, person: int, action: FileAction) -> None: ...
    def is_closed(self, person: int) -> bool: ...


def hit_groups(found: Found, typed: Typed, opener: Opener) -> list[Group]:
    """The sections of what was found, without those that are empty."""
    people = [hit for hit in found.hits if hit.kind in (HitKind.PERSON, HitKind.MEMBER)]
    others = [hit for hit in found.hits if hit not in people]
    named = (
        (PEOPLE, _("People"), people),
        (NUMBERS, _("Numbers and notes"), others),
    )
    return [
        Group(key, title, tuple(hit_row(hit, typed, opener) for hit in hits[: _SHOWN[key]]))
        for key, title, hits in named
        if hits
    ]


def likely_group(likely: Sequence[Likely], typed: Typed, opener: Opener) -> Group | None:
    """Who may have been meant; None without anybody."""
    rows = (hit_row(one.hit, typed, opener, likely_text(one.because)) for one in likely)
    return Group(LIKELY, _("Did you mean"), tuple(rows)) if likely else None


def hit_row(hit: Hit, typed: Typed, opener: Opener, note: str = "") -> Row:
    """The line of one hit; `note` tells why it is shown."""
    if hit.kind is HitKind.PERSON:
        return file_row(hit.file, opener, note, typed)
    words = tuple(word for part in typed.parts for word in part.text.split())
    title, detail, own, copies = _MADE[hit.kind](hit, words)
    section = {"note": "notes", "contact": "contacts"}.get(hit.entity, "")
    step = next_step(hit.file)
    person = hit.file.person.id
    act = _offered(step, person, opener)
    return Row(
        f"{hit.entity}:{hit.row.id}",
        _ICONS[hit.entity],
        title,
        detail,
        note or own,
        words,
        partial(opener.open_file, person, section),
        act,
        partial(opener.do_to, person, step.action),
        copies,
    )


def file_row(file: PersonFile, opener: Opener, note: str = "", typed: Typed | None = None) -> Row:
    """The line of a person."""
    person, step = file.person, next_step(file)
    number = _number_meant("person", person, typed) or _main_number(file)
    born = write.day_short(person.birth_date) if person.birth_date else person.birth_known or ""
    country = country_name(person.citizenship) if person.citizenship else ""
    parts = [] if typed is None else typed.parts
    return Row(
        f"person:{person.id}",
        "person",
        person.list_name,
        POINT.join(part for part in (number, born, country, _tag_meant(person, typed)) if part),
        note,
        tuple(word for part in parts for word in part.text.split()),
        partial(opener.open_file, person.id, ""),
        _offered(step, person.id, opener),
        partial(opener.do_to, person.id, step.action),
        _bare(number),
    )


def _offered(step: Step, person: int, opener: Opener) -> str:
    """The words of the next step; none where a file is closed and another application would be
    it."""
    return "" if step.action is RECEIVE and opener.is_closed(person) else step.text


def _member(hit: Hit, words: Sequence[str]) -> tuple[str, str, str, str]:
    member = hit.row
    born = write.day_short(member.birth_date) if member.birth_date else member.birth_known or ""
    detail = POINT.join(
        part for part in (name_of(member.relation, "relation"), member.uci or "", born) if part
    )
    whose = _("file of {name}").format(name=hit.file.person.list_name)
    return list_name(member.family_name, member.given_names), detail, whose, member.uci or ""


def _number(hit: Hit, words: Sequence[str]) -> tuple[str, str, str, str]:
    number = next(
        value
        for field in FIELDS[hit.entity]
        if field.has(Mark.SEARCHED) and (value := getattr(hit.row, field.name))
    )
    told = [hit.file.person.list_name]
    if hit.entity == "application":
        told += [name_of(hit.row.kind, "application_kind"), name_of(hit.row.state)]
    return number, POINT.join(told), row_text(hit.entity), number


def _note(hit: Hit, words: Sequence[str]) -> tuple[str, str, str, str]:
    day = toronto_day(hit.row.written_at) if hit.entity == "note" else hit.row.on_day
    text = " ".join(hit.row.text.split())
    found = marks(text, words)
    start = max(found[0][0] - _AROUND, 0) if found else 0
    start = text.find(" ", start) + 1 if start else 0
    excerpt = text[start : start + _EXCERPT]
    shown = f"{'… ' if start else ''}{excerpt}{' …' if start + _EXCERPT < len(text) else ''}"
    detail = POINT.join((row_text(hit.entity), hit.file.person.list_name))
    return _("“{text}”").format(text=shown), detail, write.day_short(day), ""


_MADE = {HitKind.MEMBER: _member, HitKind.NUMBER: _number, HitKind.NOTE: _note}


def _main_number(file: PersonFile) -> str:
    person = file.person
    return person.individual_reference or person.uci or person.file_number or ""


def _number_meant(entity: str, row: object, typed: Typed | None) -> str:
    """The number of a person that was typed, with what it is if that is not plain; else empty."""
    asked = [] if typed is None else [part for part in typed.parts if not part.is_name]
    for field in FIELDS[entity] if asked else ():
        value = getattr(row, field.name)
        if field.name in NAMES or not field.has(Mark.SEARCHED) or not value:
            continue
        if field.kind is Kind.TAGS:
            continue
        if field.kind is not Kind.EMAIL and any(p.met_by(number_words(value)) for p in asked):
            if field.name == "individual_reference":
                return str(value)
            return _("{name}: {value}").format(name=field_label(field.named), value=value)
    return ""


def _tag_meant(person: Person, typed: Typed | None) -> str:
    """The tags of a person that were typed; empty without any."""
    parts = () if typed is None else typed.parts
    meant = [tag for tag in split(person.tags) if any(p.met_by(text_words(tag)) for p in parts)]
    return ", ".join(meant)


def _bare(number: str) -> str:
    """A number without what it is called."""
    return number.rpartition(": ")[2].strip() if number else ""
