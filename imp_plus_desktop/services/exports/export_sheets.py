# SPDX-License-Identifier: Apache-2.0
"""The sheets of an export: columns with their headers, and rows as real dates and numbers.

Knows words and order; the writing itself is `exchange/writers/writing.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from imp_plus_desktop.domain.reads.rows import ApplicationRow, DeadlineRow, MemberRow, PermitRow
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import (
    BY_NAME,
    FAMILY,
    FAMILY_FIELDS,
    OF_MEMBERS,
    PEOPLE_FIELDS,
    PRINCIPAL,
    REGISTER_NUMBER,
    known_of,
)
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.exchange.writers.templates import TemplateColumn, TemplateTexts
from imp_plus_desktop.exchange.writers.writing import (
    DATE,
    INSTANT,
    MONEY,
    NUMBER,
    TEXT,
    ListColumn,
    ListSheet,
    Value,
)
from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.services.exports import history_columns
from imp_plus_desktop.services.exports.export_links import Links
from imp_plus_desktop.services.exports.identifiers import Identifiers
from imp_plus_desktop.services.fields.field_words import allowed_values, word_of
from imp_plus_desktop.services.fields.typed_fields import present_values
from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.terms.field_texts import field_help

_NAMED_AT = PEOPLE_FIELDS.index("family_name")
_FIELDS = (*PEOPLE_FIELDS[:_NAMED_AT], REGISTER_NUMBER.named, *PEOPLE_FIELDS[_NAMED_AT:])
"""What a list of people has: the register's own number stands beside the name."""
_APPLICATION_AT = _FIELDS.index("application_number")
_PERMIT_AT = _FIELDS.index("permit_number")
_NO_LINKS = Links()
_KINDS = {Kind.INSTANT: INSTANT, Kind.DAY: DATE, Kind.NUMBER: NUMBER, Kind.MONEY: MONEY}


def _kind(field: str) -> str:
    return _KINDS.get(BY_NAME[field].kind, TEXT)


def _column(office: Office, field: str) -> ListColumn:
    return ListColumn(history_columns.header(office, field, current_language()), _kind(field))


def _teller(office: Office, field: str) -> Callable[[Any], Value]:
    """How the values of one field are told: words are looked up once."""
    if BY_NAME[field].kind is Kind.MONEY:
        return lambda cents: None if cents is None else cents / 100
    if not BY_NAME[field].is_country and not BY_NAME[field].list_words:
        return lambda value: value
    known: dict[object, Value] = {}

    def tell(value: object) -> Value:
        if value not in known:
            known[value] = word_of(office, field, value)
        return known[value]

    return tell


def people_sheet(
    office: Office, files: Iterable[Sequence[PersonFile]], links: Links = _NO_LINKS
) -> ListSheet:
    """The people list: every field of the import table, then where each person stands.

    The files come some at a time.
    """
    more = history_columns.fields(office)
    columns = [_column(office, field) for field in (*_FIELDS, *more)]
    columns += [
        ListColumn(_("Stage of the file"), TEXT, 18),
        ListColumn(_("Eligible?"), TEXT, 18),
        ListColumn(_("Last safe day"), DATE),
        *_office_columns(),
    ]
    return ListSheet(_("People"), columns, _people_rows(office, files, more, links))


def _office_columns() -> list[ListColumn]:
    """What only the office itself keeps of a file; no list brings it back."""
    return [
        ListColumn(_("Last contact"), DATE),
    ]


def _office_cells(file: PersonFile) -> list[Value]:
    return [
        max((contact.on_day for contact in file.contacts), default=None),
    ]


def _people_rows(
    office: Office, files: Iterable[Sequence[PersonFile]], more: Sequence[str], links: Links
) -> Iterator[list[Value]]:
    today, programme = office.clock.today(), office.programme()
    tellers = [(field, _teller(office, field)) for field in (*_FIELDS, *more)]
    own_numbers = office.own_numbers
    for some in files:
        stages = standing.stages(office, some, summary.basis(office))
        for file in some:
            found = present_values(file, residence_on(file, today).residence)
            found |= history_columns.values(file, programme)
            found[REGISTER_NUMBER.named] = own_numbers.of(file.person.id)
            row = [tell(found.get(field)) for field, tell in tellers]
            stage = stages[file.person.id]
            application = file.own_applications[-1].id if file.own_applications else None
            permit = file.own_permits[-1].id if file.own_permits else None
            row[_APPLICATION_AT] = links.application(application, row[_APPLICATION_AT])
            row[_PERMIT_AT] = links.permit(permit, row[_PERMIT_AT])
            row += [
                links.application(application, messages.name_of(stage.status)),
                messages.name_of(stage.verdict),
            ]
            yield [*row, stage.last_safe_day, *_office_cells(file)]


def routes_sheet(
    office: Office, files: Iterable[Sequence[PersonFile]], links: Links = _NO_LINKS
) -> ListSheet:
    """What was filed under other routes, a row each: a list of people that says the route."""
    columns = [
        replace(_column(office, name), kind=DATE if name == "received_at" else _kind(name))
        for name in history_columns.ROUTE_FIELDS
    ]
    identifiers = Identifiers(office)
    columns.insert(_ROUTES_NAMED_AT, identifiers.own_column())
    return ListSheet(_("Other routes"), columns, _route_rows(office, files, identifiers, links))


_ROUTES_NAMED_AT = history_columns.ROUTE_FIELDS.index("family_name")


def _route_rows(
    office: Office,
    files: Iterable[Sequence[PersonFile]],
    identifiers: Identifiers,
    links: Links,
) -> Iterator[list[Value]]:
    tellers = [(name, _teller(office, name)) for name in history_columns.ROUTE_FIELDS]
    for file in (file for some in files for file in some):
        for told in history_columns.of_routes(file):
            row = [tell(told.get(name)) for name, tell in tellers]
            row.insert(_ROUTES_NAMED_AT, identifiers.own(file.person.id))
            yield [links.person(file.person.id, row[0]), *row[1:]]


def family_sheet(office: Office, rows: Iterable[MemberRow], links: Links = _NO_LINKS) -> ListSheet:
    """The family list: every field of the family import."""
    columns = [_column(office, field) for field in FAMILY_FIELDS]
    return ListSheet(_("Family"), columns, _family_rows(office, list(rows), links))


def _family_rows(office: Office, rows: list[MemberRow], links: Links) -> Iterator[list[Value]]:
    """A row a member, and one more for each further application of theirs."""
    own = [field for field in FAMILY if field is not PRINCIPAL]
    principals = list(dict.fromkeys(row.person_id for row in rows))
    files = {file.person.id: file for file in queries.files(office.register, principals)}
    own_numbers = office.own_numbers
    for row in rows:
        file = files[row.person_id]
        person = file.person
        reference = person.individual_reference or person.uci or own_numbers.of(person.id)
        member = next(one for one in file.members if one.id == row.id)
        head = [
            links.person(row.person_id, reference),
            *(word_of(office, field.named, known_of(member, field.name)) for field in own),
        ]
        filed: list[Application | None] = [a for a in file.applications if a.member_id == member.id]
        for application in filed or [None]:
            yield [*head, *_of_member(office, file, application)]


def _of_member(
    office: Office, file: PersonFile, application: Application | None
) -> Iterator[Value]:
    """The cells of a member's application and its permit."""
    permits = file.permits_of(application.id) if application is not None else ()
    rows: dict[str, Any] = {"application": application, "permit": next(iter(permits[-1:]), None)}
    for field in OF_MEMBERS:
        holder = rows[field.entity]
        yield None if holder is None else word_of(office, field.named, getattr(holder, field.name))


_NO_TOTALS = (None, None, None)
"""Under the columns of `_who`."""


def _who(identifiers: Identifiers) -> tuple[ListColumn, ...]:
    """Name and identifiers of a row."""
    return ListColumn(_("Name"), TEXT, 28), *identifiers.columns()


def applications_sheet(
    office: Office, rows: Iterable[ApplicationRow], links: Links = _NO_LINKS
) -> ListSheet:
    identifiers = Identifiers(office)
    columns = [
        *_who(identifiers),
        ListColumn(_("Code"), TEXT, 8),
        ListColumn(_("Kind"), TEXT, 14),
        ListColumn(_("Application no."), TEXT, 16),
        ListColumn(_("Received on"), INSTANT),
        ListColumn(_("State"), TEXT, 20),
        ListColumn(_("Decided on"), DATE),
        ListColumn(_("Cap year"), NUMBER),
        ListColumn(_("Place"), NUMBER),
    ]
    return ListSheet(
        _("Applications"),
        columns,
        (
            [
                links.person(row.person_id, row.name),
                *identifiers.cells(row.person_id),
                messages.name_of(row.code),
                messages.name_of(row.kind),
                row.application_number,
                row.received_at,
                messages.name_of(row.state),
                row.decided_on,
                row.cap_year,
                row.place,
            ]
            for row in rows
        ),
        totals=(*_NO_TOTALS, "count", *[None] * 7),
        total_label=_("Total"),
    )


def permits_sheet(office: Office, rows: Iterable[PermitRow], links: Links = _NO_LINKS) -> ListSheet:
    identifiers = Identifiers(office)
    columns = [
        *_who(identifiers),
        ListColumn(_("Code"), TEXT, 8),
        ListColumn(_("Permit no."), TEXT, 16),
        ListColumn(_("Issued on"), DATE),
        ListColumn(_("Valid from"), DATE),
        ListColumn(_("Valid until"), DATE),
        ListColumn(_("Limited by"), TEXT, 22),
        ListColumn(_("Days lost"), NUMBER),
    ]
    return ListSheet(
        _("Permits"),
        columns,
        (
            [
                links.person(row.person_id, row.name),
                *identifiers.cells(row.person_id),
                links.application(row.application_id, messages.name_of(row.code)),
                row.permit_number,
                row.issued,
                row.valid_from,
                row.valid_until,
                messages.name_of("shorter" if row.shorter else row.limited_by, "limited_by"),
                row.lost_days,
            ]
            for row in rows
        ),
        totals=(*_NO_TOTALS, "count", *[None] * 5, "sum"),
        total_label=_("Total"),
    )


def deadlines_sheet(office: Office, rows: Iterable[DeadlineRow]) -> ListSheet:
    identifiers = Identifiers(office)
    columns = [
        ListColumn(_("Day"), DATE),
        ListColumn(_("Days left"), NUMBER),
        *_who(identifiers),
        ListColumn(_("What"), TEXT, 48),
    ]
    return ListSheet(
        _("Deadlines"),
        columns,
        (
            [
                row.day,
                row.days_left,
                row.name,
                *identifiers.cells(row.person_id),
                messages.deadline_said(row),
            ]
            for row in rows
        ),
    )


def template_columns(office: Office) -> list[TemplateColumn]:
    """The columns of the template: every field of the people import, explained."""
    return [
        TemplateColumn(
            field,
            office.vocabulary.header(field, current_language()),
            field_help(field),
            allowed_values(office, field),
            _kind(field) if _kind(field) in (DATE, INSTANT) else TEXT,
        )
        for field in PEOPLE_FIELDS
    ]


def template_texts() -> TemplateTexts:
    return TemplateTexts(
        list_title=_("Invited people"),
        help_title=_("How to fill it in"),
        column=_("Column"),
        meaning=_("What goes there"),
    )
