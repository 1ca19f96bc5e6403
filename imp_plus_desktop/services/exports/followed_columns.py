# SPDX-License-Identifier: Apache-2.0
"""What was paid, what IRCC asked and what its portal said: the columns of a list of people that the
import reads back, and the sheets of an export of everything that hold all of it, a row each.

    fields(office) -> the columns that this register needs
    values(file, programme) -> what a file has in them, typed
    sheets(office, files, links) -> the sheets; what no list has a column for stands there alone
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.applications.status import latest_application
from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import DocumentType, RequestKind
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.writers.writing import (
    DATE,
    MONEY,
    TEXT,
    ListColumn,
    ListSheet,
    Value,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.exports.export_links import Links
from imp_plus_desktop.services.exports.identifiers import Identifiers
from imp_plus_desktop.services.fields.more_plan import fees_of
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words.messages import name_of

Files = Callable[[Sequence[int]], Iterable[Sequence[PersonFile]]]
"""The files of people, some at a time."""

_FIELDS = {
    "request": (listed.BIOMETRICS_LETTER.named,),
    "document": (listed.MEDICAL_DONE.named, listed.MEDICAL_UNTIL.named),
    "payment": (listed.FEES_PAID.named, listed.FEES_PAID_ON.named),
    "portal_line": (listed.PORTAL_ON.named, *(f.named for f in listed.PORTAL.values())),
}
"""The columns that are there where anybody has such a row."""


def fields(office: Office) -> tuple[str, ...]:
    """The fields of these columns, of what the register has at all."""
    held = (own for table, own in _FIELDS.items() if figures.count(office.register, table))
    return tuple(name for own in held for name in own)


def values(file: PersonFile, programme: Programme) -> dict[str, Any]:
    """What a file has in these columns; of several of a kind, the latest."""
    found: dict[str, Any] = {}
    medical = [d for d in file.documents if d.type is DocumentType.MEDICAL and d.member_id is None]
    if medical:
        found[listed.MEDICAL_DONE.named] = medical[-1].received_on
        found[listed.MEDICAL_UNTIL.named] = medical[-1].expires
    application = latest_application(file)
    if application is not None:
        own = (r for r in file.requests if r.application_id == application.id)
        asked = [r.letter_on for r in own if r.kind is RequestKind.BIOMETRICS]
        found[listed.BIOMETRICS_LETTER.named] = max(asked, default=None)
        seen = [x for x in file.portal_lines if x.application_id == application.id]
        found |= {listed.PORTAL[line.item].named: line.state for line in seen}
        found[listed.PORTAL_ON.named] = max((x.observed_on for x in seen), default=None)
    return found | _paid(file, programme)


def _paid(file: PersonFile, programme: Programme) -> dict[str, Any]:
    """The sum of a day, the latest one whose fees the import makes the same payments of."""
    by_day: dict[Any, Counter[tuple[str, int]]] = {}
    for paid in file.payments:
        if not paid.refund:
            by_day.setdefault(paid.on_day, Counter())[paid.fee, paid.cents] += 1
    for day in sorted(by_day, reverse=True):
        total = sum(cents * times for (_fee, cents), times in by_day[day].items())
        told = {listed.FEES_PAID.named: total, listed.FEES_PAID_ON.named: day}
        if Counter(fees_of(told, programme) or ()) == by_day[day]:
            return told
    return {}


def sheets(office: Office, files: Files, links: Links) -> Iterator[ListSheet]:
    """A sheet of each kind that the register has: who, which application, and the row itself."""
    identifiers = Identifiers(office)
    for table, (title, columns, rows) in _kinds().items():
        people = figures.people_with(office.register, table)
        if people:
            named = [*_who(identifiers), *(ListColumn(text, kind) for text, kind in columns)]
            yield ListSheet(title, named, _with_who(files(people), rows, identifiers, links))


_Row = Iterator[list[Value]]
_Kind = tuple[str, list[tuple[str, str]], Callable[[PersonFile], _Row]]


def _kinds() -> dict[str, _Kind]:
    """Title, columns and rows of each sheet, by the table of its rows. None of the headers is one
    by which a list of people is known."""
    number = (_("Application no."), TEXT)
    return {
        "payment": (
            _("Payments"),
            [number, (_("Fee"), TEXT), (_("Paid or given back"), TEXT), (_("Amount"), MONEY),
             (_("On"), DATE)],
            _payments,
        ),
        "request": (
            _("Requests of IRCC"),
            [number, (_("Asked for"), TEXT), (_("Asked on"), DATE), (_("Due on"), DATE),
             (_("Done on"), DATE), (_("Valid until"), DATE)],
            _requests,
        ),
        "portal_line": (
            _("IRCC’s portal"),
            [number, (_("Line"), TEXT), (_("State"), TEXT), (_("Seen on"), DATE),
             (_("Completed on"), DATE)],
            _portal_lines,
        ),
        "document": (
            _("Documents"),
            [(_("Family member"), TEXT), (_("Document"), TEXT), (_("State"), TEXT),
             (_("Came in on"), DATE), (_("Valid until"), DATE), (_("Scan"), TEXT)],
            _documents,
        ),
    }  # fmt: skip


def _who(identifiers: Identifiers) -> list[ListColumn]:
    names = (ListColumn(text, TEXT) for text in (_("Family name"), _("Given names")))
    return [*identifiers.columns(), *names]


def _with_who(
    files: Iterable[Sequence[PersonFile]],
    rows: Callable[[PersonFile], _Row],
    identifiers: Identifiers,
    links: Links,
) -> _Row:
    for file in (file for some in files for file in some):
        who = file.person
        reference = links.person(who.id, who.individual_reference)
        own = identifiers.own(who.id)
        for row in rows(file):
            yield [reference, own, who.family_name, who.given_names, *row]


def _numbers(file: PersonFile) -> Mapping[int | None, str | None]:
    return {a.id: a.application_number for a in file.applications}


def _payments(file: PersonFile) -> _Row:
    numbers = _numbers(file)
    for paid in file.payments:
        how = _("Given back") if paid.refund else _("Paid")
        fee, amount = name_of(paid.fee, "fee"), paid.cents / 100
        yield [numbers.get(paid.application_id), fee, how, amount, paid.on_day]


def _requests(file: PersonFile) -> _Row:
    numbers = _numbers(file)
    for asked in file.requests:
        number = numbers.get(asked.application_id)
        days = (asked.letter_on, asked.due_on, asked.done_on, asked.valid_until)
        yield [number, name_of(asked.kind), *days]


def _portal_lines(file: PersonFile) -> _Row:
    numbers = _numbers(file)
    for line in file.portal_lines:
        number = numbers.get(line.application_id)
        said = name_of(line.item), name_of(line.state)
        yield [number, *said, line.observed_on, line.completed_on]


def _documents(file: PersonFile) -> _Row:
    members = {m.id: m.full_name for m in file.members}
    for one in file.documents:
        whose = None if one.member_id is None else members.get(one.member_id)
        said = name_of(one.type), name_of(one.state)
        yield [whose, *said, one.received_on, one.expires, one.attachment_name]
