# SPDX-License-Identifier: Apache-2.0
"""Which letter is most likely wanted, from where the files of these people stand.

    proposed(office, people, known, last) -> key of a template, empty for none

What a file needs now comes first: a decision of which nobody has been told, then the invitation,
then what is missing for the application. Where the files need nothing, or not the same, it is the
letter that was written last; where none was, that of the decision, or else the first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from imp_plus_desktop.domain.applications.status import WAITING, latest_application
from imp_plus_desktop.domain.deadlines.waiting import has_short_passport
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.checklist import checklist
from imp_plus_desktop.services.correspondence import letter_fields
from imp_plus_desktop.services.office.office import Office

INVITATION, DOCUMENTS, PASSPORT, DECISION = "invitation", "documents", "passport", "decision"
_NEWS_DAYS = 90
"""For how long a decision is news: later the office has told of it in another way."""


def proposed(office: Office, people: Sequence[int], known: Collection[str], last: str = "") -> str:
    """The letter to begin with; `last` is the one that was written last."""
    programme, today = office.programme(), office.clock.today()
    files = letter_fields.files(office, people)
    needed = {needs(file, today, programme) for file in files}
    wanted = needed.pop() if len(needed) == 1 else ""
    decided = all((own := latest_application(file)) and own.decided_on for file in files)
    # Nobody is invited to what IRCC has decided.
    otherwise = DECISION if files and decided else ""
    return next((key for key in (wanted, last, otherwise) if key in known), "")


def needs(file: PersonFile, today: date, programme: Programme) -> str:
    """The letter that a file asks for on a day; empty for none."""
    application = latest_application(file)
    decided = None if application is None else application.decided_on
    if decided is not None and (today - decided).days <= _NEWS_DAYS and not _wrote(file, decided):
        return DECISION
    if applies_for_nothing(file.person, today):
        return ""
    if application is None:
        return _to_apply(file, today, programme)
    is_open = application.state in WAITING
    return DOCUMENTS if is_open and _lacks_documents(file, today, programme) else ""


def _to_apply(file: PersonFile, today: date, programme: Programme) -> str:
    """What somebody needs who has a letter and has not applied."""
    end, invited = letter_fields.last_day_open(file, today, programme)
    if end is None or invited is None:
        return ""
    if not _wrote(file, invited):
        return INVITATION
    if has_short_passport(file, programme, today):
        return PASSPORT
    return DOCUMENTS if _lacks_documents(file, today, programme) else ""


def _wrote(file: PersonFile, since: date) -> bool:
    """Whether the log has a letter to the person from a day on."""
    return any(one.kind is ContactKind.WROTE and one.on_day >= since for one in file.contacts)


def _lacks_documents(file: PersonFile, today: date, programme: Programme) -> bool:
    found = checklist(file, today, programme)
    return any(item.is_open and item.member_id is None for item in found)
