# SPDX-License-Identifier: Apache-2.0
"""A file as it would be if a flip were true: for previews, never to be stored.

    flipped(file, flip, day)        -> PersonFile
    channel_after(flip, channel)    -> Channel | None      the way of filing is not in a file
    what_if(file, day, programme, flips)  -> Verdict       the verdict that would follow

Where a flip leaves open what to record (a country outside Quebec), any that does is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import (
    ApplicationId,
    DocumentId,
    LetterId,
    PassportId,
    PermitId,
    ResidenceId,
)
from imp_plus_desktop.domain.records.papers import Document, Letter, Passport, Residence
from imp_plus_desktop.domain.residence.residence import CANADA, QUEBEC, residence_on
from imp_plus_desktop.domain.rules.findings import Change, Flip, How, Verdict
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    PrState,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict import eligibility

_ELSEWHERE = "XXX"
"""ICAO's code for an unspecified country: somewhere outside Canada."""
_OTHER_PROVINCE = "ON"


def what_if(
    file: PersonFile,
    day: date,
    programme: Programme,
    flips: Iterable[Flip],
    *,
    channel: Channel | None = None,
    ignore_application: ApplicationId | None = None,
) -> Verdict:
    """The verdict of a day if these flips were true."""
    for flip in flips:
        file, channel = flipped(file, flip, day), channel_after(flip, channel)
    return eligibility.verdict(
        file,
        day,
        programme,
        channel=channel,
        ignore_application=ignore_application,
        explained=False,
    )


def flipped(file: PersonFile, flip: Flip, day: date) -> PersonFile:
    """The file with every change of a flip made, as of the day that it was made for."""
    for change in flip.changes:
        apply = _APPLIED.get(change.record)
        if apply is not None:
            file = apply(file, change, day)
    return file


def channel_after(flip: Flip, channel: Channel | None) -> Channel | None:
    """The way of filing that a flip asks for, else the present one."""
    asked = [c.value for c in flip.changes if (c.record, c.field) == ("filing", "channel")]
    return Channel(str(asked[-1])) if asked else channel


def _next(entries: Iterable[Any]) -> int:
    return 1 + max((entry.id for entry in entries), default=0)


def _resolved(present: Any, change: Change) -> Any:
    """The value that a change gives a field, from the one that it has."""
    value: Any = change.value
    if change.how is How.RECORD:
        return value if present is None else present
    if present is None or change.how in {How.SET, How.NOT}:
        return value
    return max(present, value) if change.how is How.FROM else min(present, value)


def _person(file: PersonFile, change: Change, day: date) -> PersonFile:
    present = getattr(file.person, change.field)
    value: Any
    if change.how is How.NOT:
        kept = present is not None and present != change.value
        value = present if kept else _INSTEAD[change.field]
    else:
        value = _resolved(present, change)
        value = _CODES[change.field](value) if change.field in _CODES else value
    return replace(file, person=replace(file.person, **{change.field: value}))


_CODES: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {"pr_state": PrState, "canada_status": CanadaStatus}
)

_INSTEAD: Mapping[str, object] = MappingProxyType(
    {"canada_status": CanadaStatus.WORKER, "address_province": _OTHER_PROVINCE}
)
"""What stands where anything but one value would do."""


def _letter(file: PersonFile, change: Change, day: date) -> PersonFile:
    letter = current_letter(file)
    dated: Any = change.value
    if change.field == "written_by":
        made = Letter(LetterId(_next(file.letters)), file.person.id, dated)
        return replace(file, letters=(*file.letters, made))
    if letter is None:
        made = Letter(LetterId(1), file.person.id, dated)
        return _letter(replace(file, letters=(made,)), change, day)
    value = _resolved(getattr(letter, change.field), change)
    changed = replace(letter, **{change.field: value})
    others = tuple(one for one in file.letters if one.id != letter.id)
    return replace(file, letters=(*others, changed))


def _residence(file: PersonFile, change: Change, day: date) -> PersonFile:
    where = residence_on(file, day)
    if change.field == "province":
        stays = tuple(
            replace(stay, province=_OTHER_PROVINCE) if stay is where.residence else stay
            for stay in file.residences
        )
        return replace(file, residences=stays)
    leaves = _in_quebec if change.field == "outside_quebec" else _in_canada
    stays = tuple(
        cut for stay in file.residences for cut in (_left(stay, day) if leaves(stay) else (stay,))
    )
    file = replace(file, residences=stays)
    where = residence_on(file, day)
    if where.residence is not None and not where.in_canada and not where.conflict:
        return file
    # A stay elsewhere in Canada that comes to light asks for papers that nobody promised.
    elsewhere = Residence(
        ResidenceId(_next(stays)), file.person.id, _ELSEWHERE, from_day=day, until_day=day
    )
    return replace(file, residences=(*stays, elsewhere))


def _left(stay: Residence, day: date) -> tuple[Residence, ...]:
    """A stay as it would be had it ended the day before: gone when it began that day."""
    if stay.from_day is not None and stay.from_day >= day:
        return () if stay.from_day == day else (stay,)
    before = day - timedelta(days=1)
    return (replace(stay, until_day=min(stay.until_day or before, before)),)


def _in_quebec(stay: Residence) -> bool:
    return stay.country == CANADA and stay.province == QUEBEC


def _in_canada(stay: Residence) -> bool:
    return stay.country == CANADA


def _document(file: PersonFile, change: Change, day: date) -> PersonFile:
    kind = DocumentType(change.field)
    others = tuple(d for d in file.documents if d.type is not kind or d.member_id is not None)
    made = Document(
        DocumentId(_next(file.documents)),
        file.person.id,
        kind,
        DocumentState(str(change.value)),
    )
    return replace(file, documents=(*others, made))


def _passport(file: PersonFile, change: Change, day: date) -> PersonFile:
    expiry: Any = change.value
    made = Passport(PassportId(_next(file.passports)), file.person.id, expiry=expiry)
    return replace(file, passports=(*file.passports, made))


def _application(file: PersonFile, change: Change, day: date) -> PersonFile:
    value: Any = change.value
    value = ApplicationState(value) if change.field == "state" else value
    applications = tuple(
        replace(one, **{change.field: value}) if one.id == change.id else one
        for one in file.applications
    )
    return replace(file, applications=applications)


def _permit(file: PersonFile, change: Change, day: date) -> PersonFile:
    until: Any = change.value
    application = Application(
        ApplicationId(_next(file.applications)),
        file.person.id,
        ApplicationCode.A76,
        ApplicationKind.FIRST,
        ApplicationState.PERMIT_ISSUED,
    )
    made = Permit(PermitId(_next(file.permits)), application.id, None, None, day, until)
    return replace(
        file,
        applications=(*file.applications, application),
        permits=(*file.permits, made),
    )


_APPLIED: Mapping[str, Callable[[PersonFile, Change, date], PersonFile]] = MappingProxyType(
    {
        "person": _person,
        "letter": _letter,
        "residence": _residence,
        "document": _document,
        "passport": _passport,
        "application": _application,
        "permit": _permit,
    }
)
