# SPDX-License-Identifier: Apache-2.0
"""Three days of an invented office, recorded through the services as people would.

Whom to work on is looked up in the register, never by number, so that the demo lists may change.
Must not write anything but by a service.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.csq import pr_filed
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, MemberFilter, PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.calendar import instant_in_toronto, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    DocumentState,
    DocumentType,
    MemberLocation,
    Outcome,
    PermitWish,
    PersonStatus,
    Relation,
    School,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.demo import demo_families
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import review
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import documents, folder, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.quota import quota

OFFICIAL_RECEIVED = 6322
_STEP_MINUTES = 4
_SAFE_DAYS = 10
_PROOFS_LEFT_OUT = 4


@dataclass(frozen=True, slots=True)
class _Hour(Clock):
    """A clock that stands still, so that the acts of an invented day bear the hours of one."""

    at: datetime | None = None

    def now(self) -> datetime:
        return self.at if self.at is not None else Clock.now(self)


class Shift:
    """Somebody's hours at the office: each call of `office()` is some minutes later."""

    def __init__(self, office: Office, day: date, start: time) -> None:
        self._office = office
        self._next = instant_in_toronto(day, start)
        self.day = day

    def office(self) -> Office:
        """The office as it is now: its day, its hour and who is working."""
        now = self._next
        self._next += timedelta(minutes=_STEP_MINUTES)
        return replace(self._office, clock=_Hour(self.day, at=now))

    def earlier(self, minutes: int) -> datetime:
        """An instant of this day, some minutes before now."""
        return self._next - timedelta(minutes=minutes)


def first_day(shift: Shift) -> None:
    """After the lists came in: a row answered, the official count, papers, first receptions."""
    held = review.rows(shift.office())
    if held:
        best = held[0].candidates[0].person_id
        review.resolve(shift.office(), held[0].row, review.SAME, best)
    quota.set_official(
        shift.office(),
        OfficialCount(
            shift.day.year, shift.day - timedelta(days=3), OFFICIAL_RECEIVED, 4870, 301, 118, "IRCC"
        ),
    )
    _proofs_of_pr(shift)
    _complete_files(shift, 7)
    _receive(shift, _may_apply(shift)[:2], "W3980011")
    _families(shift)


def second_day(shift: Shift) -> None:
    """Somebody by hand, papers, decisions and permits."""
    _by_hand(shift)
    _proofs_of_residence(shift)
    _complete_files(shift, 4)
    _receive(shift, _may_apply(shift)[:2], "W3980012")
    decided = (Outcome.APPROVED, Outcome.APPROVED, Outcome.REFUSED, Outcome.WITHDRAWN)
    for number, outcome in zip(_undecided(shift), decided, strict=False):
        applications.decide(shift.office(), number, outcome, shift.day)
    for count, number in enumerate(_without_permit(shift)[:3], start=1):
        _issue(shift, number, f"U30411220{count}")
    _move(shift)


def last_day(morning: Shift, afternoon: Shift) -> None:
    """A late letter passed with a reason, a slip undone, and what just came in."""
    _late_letter(morning)
    _slip(morning)
    _notes(morning)
    _receive(afternoon, _may_apply(afternoon)[:2], "W3980013")
    for number in _without_permit(afternoon)[:1]:
        _issue(afternoon, number, "U304112290")
    _notes_on_passport(afternoon)


def _receive(shift: Shift, wanted: Sequence[PersonFile], numbers: str) -> None:
    for count, file in enumerate(wanted, start=1):
        at = shift.earlier(75 + 20 * count)
        number = f"{numbers}{count:02d}"
        applications.receive(
            shift.office(), applications.Reception(file.person.id, at, number=number)
        )


def _issue(shift: Shift, application: ApplicationId, number: str) -> None:
    permits.issue(shift.office(), permits.Issue(application, shift.day, number=number))


def _waiting(shift: Shift, verdict: VerdictCode, safe: int | None = None) -> list[PersonFile]:
    """People of this year's letters who have not applied, the last safe day first.

    `safe` keeps those whose last safe day is more than that many days away.
    """
    office = shift.office()
    wanted = PeopleFilter(letter_year=shift.day.year, verdict=verdict)
    rows = people.rows(office, people.ids(office, wanted, "last_safe_day"))
    after = shift.day + timedelta(days=safe) if safe is not None else date.min
    waiting = [
        row.id
        for row in rows
        if row.status in (PersonStatus.INVITED, PersonStatus.READY)
        and (safe is None or (row.last_safe_day or date.min) > after)
    ]
    return people.files(office, waiting)


def _may_apply(shift: Shift) -> list[PersonFile]:
    """Eligible people whose letter still has some days, so that others are left to run out."""
    return _waiting(shift, VerdictCode.ELIGIBLE, _SAFE_DAYS)


def _undecided(shift: Shift) -> list[ApplicationId]:
    """The people's own applications that wait for a decision, the oldest first."""
    office = shift.office()
    wanted = ApplicationFilter(state=ApplicationState.RECEIVED, family=False)
    found = applications.ids(office, wanted, "received", descending=False)
    return [ApplicationId(number) for number in found]


def _without_permit(shift: Shift) -> list[ApplicationId]:
    office = shift.office()
    wanted = ApplicationFilter(state=ApplicationState.APPROVED, family=False)
    found = applications.ids(office, wanted, "received", descending=False)
    return [ApplicationId(number) for number in found]


def _file_of(office: Office, application: int) -> PersonFile:
    return people.file(office, person_file.application_of(office, application).person_id)


def _proofs_of_pr(shift: Shift) -> None:
    """Proofs of PR for most who wait for a decision; one is known to be missing."""
    office = shift.office()
    people_waiting = [row.person_id for row in applications.rows(office, _undecided(shift))]
    files = people.files(office, people_waiting)
    filed = [file.person.id for file in files if pr_filed(file.person)]
    for person in filed[_PROOFS_LEFT_OUT:]:
        _paper(shift, person, DocumentType.PR_PROOF)
    for person in filed[:1]:
        _paper(shift, person, DocumentType.PR_PROOF, DocumentState.REQUIRED)


def _complete_files(shift: Shift, count: int) -> None:
    """All papers of some who have not applied: they are ready then."""
    fresh = [file for file in _may_apply(shift) if not file.documents]
    for file in fresh[-count:]:
        for kind in (DocumentType.CSQ, DocumentType.LETTER, DocumentType.INTENT):
            _paper(shift, file.person.id, kind)
        if pr_filed(file.person):
            _paper(shift, file.person.id, DocumentType.PR_PROOF, DocumentState.REVIEWED)


def _proofs_of_residence(shift: Shift) -> None:
    """Proof of living in another province, for some who are in Canada."""
    unclear = _waiting(shift, VerdictCode.UNKNOWN)
    inside = [file for file in unclear if residence_on(file, shift.day).in_canada]
    for file in inside[:3]:
        _paper(shift, file.person.id, DocumentType.RESIDENCE_PROOF)


def _paper(
    shift: Shift,
    person: int,
    kind: DocumentType,
    state: DocumentState = DocumentState.RECEIVED,
) -> None:
    documents.set_document(shift.office(), person, kind, state)


def _by_hand(shift: Shift) -> None:
    """Somebody who came with a letter and is on no list."""
    people.add(
        shift.office(),
        {
            "individual_reference": "C1249002",
            "family_name": "Rakotomalala",
            "given_names": "Haingo Voahangy",
            "sex": "F",
            "birth_date": "1991-07-22",
            "citizenship": "MDG",
            "residence_country": "MDG",
            "email": "haingo.rakotomalala@example.org",
            "csq_category": "IQ",
            "csq_issue_date": "2024-03-11",
            "csq_expiry_date": "2026-03-11",
            "pr_state": "not_filed",
            "letter_date": "2024-11-04",
            "letter_received_date": "2024-11-08",
            "passport_number": "M27714305",
            "passport_expiry": "2031-06-30",
        },
    )


def _move(shift: Shift) -> None:
    """Somebody in Canada, waiting for a decision, moves to another province."""
    for number in _undecided(shift):
        file = _file_of(shift.office(), number)
        if residence_on(file, shift.day).province == "ON":
            people.move(shift.office(), file.person.id, "CAN-NB", shift.day - timedelta(days=19))
            return


def _late_letter(shift: Shift) -> None:
    """A reception that one rule blocks, let through with a reason."""
    for file in reversed(_waiting(shift, VerdictCode.NOT_ELIGIBLE)):
        reception = applications.Reception(file.person.id, shift.earlier(95), number="W398001401")
        blocked = applications.preview_receive(shift.office(), reception).blocked
        if [finding.rule for finding in blocked] == ["INV-02"]:
            reason = _(
                "The letter came back once; the post office’s slip shows the later day of receipt."
            )
            applications.receive(shift.office(), replace(reception, overrides={"INV-02": reason}))
            return


def _slip(shift: Shift) -> None:
    """A decision taken back and recorded as it was."""
    for number in _undecided(shift)[2:3]:
        wrong = applications.decide(shift.office(), number, Outcome.REFUSED, shift.day)
        history.undo(shift.office(), wrong.act)
        applications.decide(shift.office(), number, Outcome.APPROVED, shift.day)


def _notes(shift: Shift) -> None:
    ready = _may_apply(shift)
    for file in ready[:1]:
        text = _("Called: will file this week, and asked which proof of intent is accepted.")
        folder.add_note(shift.office(), file.person.id, text)


def _notes_on_passport(shift: Shift) -> None:
    office = shift.office()
    wanted = PeopleFilter(letter_year=shift.day.year)
    rows = people.rows(office, people.ids(office, wanted, "last_safe_day"))
    short = [row.id for row in rows if row.short_passport and row.status is PersonStatus.INVITED]
    for person in short[:1]:
        text = _("Has asked for a new passport; the consulate says five weeks.")
        folder.add_note(shift.office(), person, text)


def _families(shift: Shift) -> None:
    """Members' applications: before and after PR was filed, work and study; two are decided."""
    received: list[ApplicationId] = []
    for count, (member, wish) in enumerate(_members(shift), start=1):
        _comes_along(shift, member, wish)
        at = instant_in_toronto(shift.day - timedelta(days=37), time(10, 5 * count))
        reception = family.MemberReception(member, wish, at, number=f"W39800150{count}")
        received.append(family.receive(shift.office(), reception).application)
        person = family.one(shift.office(), member).person_id
        demo_families.pay(shift.office(), person, shift.day - timedelta(days=37))
        demo_families.bring_papers(shift.office(), person, member)
    for count, number in enumerate(received[:2], start=1):
        applications.decide(shift.office(), number, Outcome.APPROVED, shift.day - timedelta(days=4))
        _issue(shift, number, f"U30411230{count}")


def _comes_along(shift: Shift, member_id: MemberId, wish: PermitWish) -> None:
    """What lists of families do not say: who is declared as accompanying, and who will study."""
    office = shift.office()
    studies = wish is PermitWish.STUDY
    member = family.one(office, member_id)
    family.edit_member(
        office,
        member_id,
        new_member(
            member.person_id,
            member.relation,
            member.family_name,
            given_names=member.given_names or "",
            birth_date=member.birth_date,
            citizenship=member.citizenship,
            accompanying=True,
            wish=wish,
            school=School.POST_SECONDARY if studies else None,
            location=MemberLocation.ABROAD if studies else None,
            caq_until=shift.day + timedelta(days=280) if studies else None,
        ),
    )


def _members(shift: Shift) -> Iterator[tuple[MemberId, PermitWish]]:
    """One member for each code: C41, C49, C46 and study."""
    office = shift.office()
    kinds = [
        (Relation.SPOUSE, False, PermitWish.WORK),
        (Relation.SPOUSE, True, PermitWish.WORK),
        (Relation.CHILD, False, PermitWish.WORK),
        (Relation.CHILD, True, PermitWish.STUDY),
    ]
    grown = shift.day - timedelta(days=366 * 16)
    rows = family.rows(office, family.ids(office, MemberFilter(), "principal"))
    rows = [row for row in rows if row.birth_date is None or str(row.birth_date) < str(grown)]
    day = instant_in_toronto(shift.day - timedelta(days=37), time(10))
    for row, file in zip(rows, people.files(office, [r.person_id for r in rows]), strict=True):
        if not file.own_permits or file.own_permits[-1].valid_from > toronto_day(day):
            continue
        kind = next(
            (k for k in kinds if k[:2] == (row.relation, bool(pr_filed(file.person)))), None
        )
        if kind is None:
            continue
        preview = family.preview_receive(office, family.MemberReception(row.id, kind[2], day))
        if not preview.blocked:
            kinds.remove(kind)
            yield row.id, kind[2]
