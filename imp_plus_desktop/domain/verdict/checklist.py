# SPDX-License-Identifier: Apache-2.0
"""Which documents a file needs in its case, where each stands, and when it expires.

A list for the office to work through, person by person. The rules on documents (DOC) are in
`domain/documents/documents.py` and look at what is recorded only; what is derived here never
blocks anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

from imp_plus_desktop.domain.applications.status import UNDECIDED
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.household import applicants_on, family_on, needs_caq
from imp_plus_desktop.domain.letters.csq import csq_expiry, pr_filed
from imp_plus_desktop.domain.letters.letters import current_letter, letter_use, window_end
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.values.codes import (
    DocumentState,
    DocumentType,
    MemberLocation,
    PermitWish,
    PrState,
    Relation,
    RequestKind,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import HiddenValueError

_T = DocumentType


class Stand(StrEnum):
    """Where a document of the checklist stands."""

    NOT_RECORDED = "not_recorded"
    REQUIRED = "required"
    RECEIVED = "received"
    REVIEWED = "reviewed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line. `because` names the case that asks for it.

    Not needed now: `if_asked` (the visa office may ask), `extension` (the permit still runs for
    long), `extra` (the office keeps it anyway).
    """

    type: DocumentType
    stand: Stand
    because: str
    member_id: MemberId | None = None
    document: Document | None = None
    expires: date | None = None

    @property
    def is_needed(self) -> bool:
        return self.because not in {"if_asked", "extra", "extension"}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to bring it."""
        return self.is_needed and self.stand in {Stand.NOT_RECORDED, Stand.REQUIRED, Stand.EXPIRED}


def checklist(file: PersonFile, day: date, programme: Programme) -> tuple[ChecklistItem, ...]:
    """The documents of a file on a day: the person's, then each member's who comes along."""
    programme = programme.on(day)
    own = _settled(file, None, day, programme)
    needs: list[tuple[DocumentType, str, MemberId | None]] = [
        (type_, _when(because, settled=own), None) for type_, because in _persons(file, day)
    ]
    for member in applicants_on(file, day):
        if _applies(file, member):
            settled = _settled(file, member.id, day, programme)
            needs += [
                (type_, _when(because, settled=settled), member.id)
                for type_, because in _members(file, member, day, programme)
            ]
    wanted = {(type_, member) for type_, _because, member in needs}
    needs += [
        (document.type, "extra", document.member_id)
        for document in file.documents
        if (document.type, document.member_id) not in wanted
    ]
    return tuple(_item(file, *need, day, programme) for need in needs)


def document_expiry(
    file: PersonFile, type_: DocumentType, member_id: MemberId | None, programme: Programme
) -> date | None:
    """The last day of a document as the rest of the file tells it, None when nothing does.

    The recorded day of the document itself comes before this one.
    """
    member = next((m for m in file.members if m.id == member_id), None)
    if type_ is _T.MEDICAL:
        return _medical_until(file, member_id, programme)
    if member is not None:
        known = {_T.PASSPORT: member.passport_expiry, _T.CAQ: member.caq_until}
        return known.get(type_)
    if type_ is _T.PASSPORT:
        return passport_expiry(file)
    if type_ is _T.CSQ:
        # PR filed in time keeps the certificate alive until it is decided (CSQ-03).
        alive = pr_filed(file.person) and _pr_in_time(file, programme)
        return None if alive else csq_expiry(file.person, programme)
    letter = current_letter(file)
    if type_ is _T.LETTER and letter is not None and letter_use(file) is None:
        return window_end(letter, programme)
    return None


def _persons(file: PersonFile, day: date) -> Iterator[tuple[DocumentType, str]]:
    """What the person's own application needs. Sources A76, GSS."""
    if applies_for_nothing(file.person, day):
        return
    if not file.own_permits:
        # Letter, certificate and intent belong to the first application; an extension has none.
        yield from ((type_, "always") for type_ in (_T.CSQ, _T.LETTER, _T.INTENT))
    if pr_filed(file.person) and file.person.pr_state is not PrState.WITHDRAWN:
        yield _T.PR_PROOF, "pr_filed"
    stay = residence_on(file, day).residence
    inside = stay is not None and stay.country == "CAN"
    if inside and stay is not None and stay.province != "QC" and not file.own_permits:
        yield _T.RESIDENCE_PROOF, "in_canada"
    yield _T.PASSPORT, "always"
    yield _T.FORMS, "form_inside" if inside else "form_outside"
    yield _T.PHOTO, "always"
    if file.person.representative or file.person.representative_form_on:
        yield _T.REPRESENTATIVE, "represented"
    if any(member.relation is Relation.PARTNER for member in family_on(file, day)):
        yield _T.COMMON_LAW, "partner"
    yield _T.MEDICAL, "asked" if _asked(file, None, RequestKind.MEDICAL) else "if_asked"
    yield _T.POLICE, "if_asked"


def _members(
    file: PersonFile, member: Member, day: date, programme: Programme
) -> Iterator[tuple[DocumentType, str]]:
    """What a member's application needs. Sources A76, C41, IRPR 216."""
    yield _T.PASSPORT, "always"
    inside = member.location in {MemberLocation.QUEBEC, MemberLocation.ELSEWHERE_IN_CANADA}
    yield _T.FORMS, "member_form_inside" if inside else "member_form_outside"
    yield _T.PHOTO, "always"
    with suppress(HiddenValueError):
        if needs_caq(member, day, programme):
            yield _T.CAQ, "studies"
    yield _T.MEDICAL, "asked" if _asked(file, member.id, RequestKind.MEDICAL) else "if_asked"


def _when(because: str, *, settled: bool) -> str:
    """Who holds a permit for long needs nothing before the extension but what was asked for."""
    return "extension" if settled and because not in {"asked", "if_asked"} else because


def _settled(file: PersonFile, member: MemberId | None, day: date, programme: Programme) -> bool:
    """Whether somebody's permit runs for longer than the office looks ahead, and nothing waits."""
    own = [a for a in file.applications if a.member_id == member]
    ends = [p.valid_until for a in own for p in file.permits_of(a.id)]
    ahead = day + timedelta(days=max(programme.permit_warning_days))
    waits = any(a.state in UNDECIDED for a in own)
    return not waits and max(ends, default=day) > ahead


def _applies(file: PersonFile, member: Member) -> bool:
    """Whether a member asks for something, as far as is recorded."""
    applied = any(a.member_id == member.id for a in file.applications)
    return applied or member.wish not in (None, PermitWish.NONE)


def _asked(file: PersonFile, member: MemberId | None, kind: RequestKind) -> bool:
    own = {a.id for a in file.applications if a.member_id == member}
    return any(r.kind is kind and r.application_id in own for r in file.requests)


def _medical_until(file: PersonFile, member: MemberId | None, programme: Programme) -> date | None:
    """How long the latest medical exam holds. Source CVMED."""
    own = {a.id for a in file.applications if a.member_id == member}
    done = [
        request.valid_until or programme.clock_end("medical_result", request.done_on)
        for request in file.requests
        if request.kind is RequestKind.MEDICAL
        and request.application_id in own
        and request.done_on is not None
    ]
    return max(done, default=None)


def _pr_in_time(file: PersonFile, programme: Programme) -> bool:
    expiry, filed = csq_expiry(file.person, programme), file.person.pr_filed_on
    return expiry is not None and filed is not None and filed <= expiry


def _item(
    file: PersonFile,
    type_: DocumentType,
    because: str,
    member: MemberId | None,
    day: date,
    programme: Programme,
) -> ChecklistItem:
    document = next((d for d in file.documents if d.type is type_ and d.member_id == member), None)
    derived = document_expiry(file, type_, member, programme)
    expires = document.expires if document is not None and document.expires else derived
    return ChecklistItem(type_, _stand(document, expires, day), because, member, document, expires)


def _stand(document: Document | None, expires: date | None, day: date) -> Stand:
    if document is None:
        return Stand.NOT_RECORDED
    if document.state is DocumentState.REQUIRED:
        return Stand.REQUIRED
    if expires is not None and expires < day:
        return Stand.EXPIRED
    return Stand(document.state.value)
