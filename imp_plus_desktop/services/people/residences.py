# SPDX-License-Identifier: Apache-2.0
"""Where a person has lived: every stay with its proof, stored together, shown on one time line.

    line(office, person_id)                      the stays, their gaps and overlaps
    line_of(stays, file, today)                  the same of stays that are not stored yet
    save_all(office, person_id, drafts)          a whole list as one act
    finding_on(file, stays, day)                 what ELG-01 would say of them on a day

Nothing blocks data entry: gaps and overlaps are shown, never refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.letters.letters import current_letter, letter_use
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId, ResidenceId
from imp_plus_desktop.domain.records.papers import Residence
from imp_plus_desktop.domain.residence.residence import elg_01, residence_on
from imp_plus_desktop.domain.residence.stays import Stretch, stretches
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.tables.columns import encode


@dataclass(frozen=True, slots=True)
class Draft:
    """A stay as the office enters it; `id` None for a new one. An open end is None."""

    country: str
    province: str | None = None
    from_day: date | None = None
    until_day: date | None = None
    proof: ResidenceProof | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ResidenceLine:
    """A time line that holds every dated fact of the stays, the letter, the receipt and today.

    `judged_on` is the day that the rule looks at: of receipt, or today before it.
    """

    first: date
    last: date
    today: date
    judged_on: date
    stretches: tuple[Stretch, ...]


def line(office: Office, person_id: int) -> ResidenceLine:
    """A person's time line. Errors: DomainError person_not_found."""
    file = person_file.file_of(office, person_id)
    return line_of(file.residences, file, office.clock.today())


def line_of(stays: Iterable[Residence], file: PersonFile, today: date) -> ResidenceLine:
    """The time line of these stays in a file, stored or not."""
    known = tuple(stays)
    used, letter = letter_use(file), current_letter(file)
    judged = today if used is None or used.received_at is None else toronto_day(used.received_at)
    days = [today, judged, *([letter.letter_date] if letter is not None else [])]
    for stay in known:
        days += [day for day in (stay.from_day, stay.until_day) if day is not None]
    first, last = min(days), max(days)
    return ResidenceLine(first, last, today, judged, stretches(known, first, last))


def as_residences(drafts: Sequence[Draft], person_id: int) -> tuple[Residence, ...]:
    """Drafts as the rules read them; those not stored yet count as the latest entered."""
    new = 1 + max((draft.id or 0 for draft in drafts), default=0)
    return tuple(
        Residence(
            ResidenceId(draft.id or new + place),
            PersonId(person_id),
            draft.country,
            draft.province,
            draft.from_day,
            draft.until_day,
            draft.proof,
        )
        for place, draft in enumerate(drafts)
    )


def drafts_of(file: PersonFile) -> list[Draft]:
    """The stays of a file, to be changed."""
    return [
        Draft(s.country, s.province, s.from_day, s.until_day, s.proof, s.id)
        for s in file.residences
    ]


def finding_on(file: PersonFile, stays: Sequence[Residence], day: date) -> Finding:
    """What ELG-01 says of these stays on a day."""
    changed = replace(file, residences=tuple(stays))
    return elg_01(changed, residence_on(changed, day))


@judged_first
def save_all(office: Office, person_id: int, drafts: Sequence[Draft]) -> Changed:
    """Store a whole list as one act: what is new, changed, and gone from it.

    A stay that another desk added since the list was opened stays. Errors: DomainError
    person_not_found, bad_value, not_in_file; StorageError changed_meanwhile.
    """
    kept = {draft.id for draft in drafts if draft.id is not None}
    changed: list[str] = []
    with office.act("people.residence") as act:
        file = person_file.file_of(office, person_id)
        misdated = [one for draft in drafts for one in days_of_stay(office, file, draft)]
        for one in misdated:
            if one.stops_a_hand:
                row_days.refuse(one)
        stays = {int(s.id): s for s in file.residences}
        present = set(stays)
        for gone in present - kept:
            if act.as_shown("residence", gone) is None:
                continue
            act.delete("residence", gone)
            changed.append("residence")
        for draft in drafts:
            values = _values(draft, stays.get(draft.id or 0))
            if draft.id is not None and draft.id not in present:
                _check_untouched(office, act, draft.id, values)
                continue
            if draft.id is None:
                act.insert("residence", {**values, "person_id": person_id})
                changed.append("residence")
            else:
                changed += act.update("residence", draft.id, values)
    told = tuple(dict.fromkeys(misdated))
    return Changed(act.id if changed else None, tuple(dict.fromkeys(changed)), misdated=told)


def days_of_stay(office: Office, file: PersonFile, draft: Draft) -> tuple[Misdated, ...]:
    """What is wrong with the days of a stay."""
    days = {"from_day": draft.from_day, "until_day": draft.until_day}
    return row_days.misdated(office, "residence", days, file)


def _check_untouched(office: Office, act: Act, number: int, values: Mapping[str, object]) -> None:
    """A stay that another desk took out stays out; one that was changed here says so."""
    before = act.as_shown("residence", number)
    if before is None or any(before.get(name) != encode(v) for name, v in values.items()):
        raise person_file.missing(office, "residence", number, "not_in_file")


def _values(draft: Draft, stored: Residence | None) -> dict[str, object]:
    """What to store: no province beside another country, unless a list has brought it so."""
    brought = stored is not None and stored.country == draft.country
    return {
        "country": draft.country,
        "province": draft.province if draft.country == "CAN" or brought else None,
        "from_day": draft.from_day,
        "until_day": draft.until_day,
        "proof": draft.proof,
    }
