# SPDX-License-Identifier: Apache-2.0
"""The checklist of a file's documents, and where each stands, person by person.

Each write is one act. What a document holds (its scan) is kept in `attachments.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.verdict.checklist import ChecklistItem, checklist
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office, judged_whole
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.storage.journal.act import Act

Which = tuple[DocumentType, MemberId | None]
"""One document of a file: its type, and whose it is (None: the person's own)."""

Stands = tuple[DocumentState | None, date | None]
"""Where a document stands, None to forget it, and its recorded expiry."""

ARRIVED = frozenset({DocumentState.RECEIVED, DocumentState.REVIEWED})


def of_file(office: Office, file: PersonFile) -> tuple[ChecklistItem, ...]:
    """The documents of a file on the office's day, in the order of the checklist."""
    return checklist(file, office.clock.today(), office.programme())


def set_document(
    office: Office,
    person_id: int,
    kind: DocumentType,
    state: DocumentState | None,
    expires: date | None = None,
    member_id: int | None = None,
) -> Changed:
    """Record where a document stands; `state` None forgets it. Errors: member_not_found."""
    which = (kind, None if member_id is None else MemberId(member_id))
    return set_documents(office, person_id, {which: (state, expires)})


@judged_whole
def set_documents(
    office: Office,
    person_id: int,
    wanted: Mapping[Which, Stands],
) -> Changed:
    """Record where several documents stand as one act; a state of None forgets a document.

    Errors: DomainError person_not_found, member_not_found, scan_kept (a document with a scan is
    not forgotten as a whole).
    """
    changed: list[str] = []
    with office.act("people.document") as act:
        file = person_file.file_of(office, person_id)
        for which, stands in wanted.items():
            changed += _set(office, act, file, which, stands)
    return Changed(act.id, tuple(changed))


@judged_whole
def mark(
    office: Office,
    person_id: int,
    kind: DocumentType,
    state: DocumentState,
    member_id: int | None = None,
) -> Changed:
    """Move a document on by one click; its expiry stays."""
    member = None if member_id is None else MemberId(member_id)
    with office.act("people.document") as act:
        file = person_file.file_of(office, person_id)
        held = find(file, kind, member)
        expires = None if held is None else held.expires
        changed = _set(office, act, file, (kind, member), (state, expires))
    return Changed(act.id, tuple(changed))


def find(file: PersonFile, kind: DocumentType, member_id: MemberId | None) -> Document | None:
    """The document of a type that somebody of the file has, or None."""
    return next((d for d in file.documents if d.type is kind and d.member_id == member_id), None)


def check_member(file: PersonFile, member_id: MemberId | None) -> None:
    """A member of this file, or nobody. Errors: DomainError member_not_found."""
    if member_id is not None and all(member.id != member_id for member in file.members):
        raise InvalidInput("member_not_found")


def _set(office: Office, act: Act, file: PersonFile, which: Which, stands: Stands) -> list[str]:
    """Write where one document stands, in an open act. Returns its type if that is new."""
    (kind, member), (state, expires) = which, stands
    check_member(file, member)
    held = find(file, kind, member)
    if state is None:
        return _forget(act, held)
    values: dict[str, object] = {"state": state, "expires": expires}
    if state in ARRIVED and (held is None or held.received_on is None):
        values["received_on"] = office.clock.today()
    if held is None:
        if not _comes_back(act, file, which, state):
            return []
        owner = {"type": kind, "person_id": file.person.id, "member_id": member}
        act.insert("document", {**values, **owner})
        return [kind.value]
    return [kind.value] if act.update("document", held.id, values) else []


def _comes_back(act: Act, file: PersonFile, which: Which, state: DocumentState) -> bool:
    """Whether a document is recorded that another desk has forgotten while the form showed it."""
    gone = [
        (by, row)
        for by, row in act.removed_meanwhile("document", file.person.id)
        if (row["type"], row.get("member_id")) == which
    ]
    if not gone:
        return True
    by, row = gone[-1]
    met = Meeting("document", row["id"], "state", row["state"], None, state.value, by)
    return act.meet(met)


def _forget(act: Act, held: Document | None) -> list[str]:
    if held is None:
        return []
    if held.attachment is not None:
        raise Refused("scan_kept")
    act.delete("document", held.id)
    return [held.type.value]
