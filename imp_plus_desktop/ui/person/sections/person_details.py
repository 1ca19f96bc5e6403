# SPDX-License-Identifier: Apache-2.0
"""The collapsible part of a person's page as plain values: sections, their entries, their buttons.

    Entry(text, detail="", offers=())               one line of a section, and what can be done
    Section(key, title, summary, entries, add)      one collapsible block
    sections(file, today, programme) -> tuple[Section, ...]
    beside(file) -> tuple[Section, ...]     what stands below the values of a letter, a passport
    family(file, today) -> tuple[Relative, ...]    the members, for beside the findings

What can be done is in the tables of `ui/person/actions`. Pure; must not hold a widget, nor judge
anything.
"""

from collections.abc import Sequence
from datetime import date

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.agenda import open_reminders
from imp_plus_desktop.domain.family.household import Bond, bond_on
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.permits.permits import limit_of
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden
from imp_plus_desktop.i18n import (
    _,
    format_day,
    format_day_short,
    format_known,
    format_time,
    ngettext,
    pgettext,
)
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.meanings import meaning_of
from imp_plus_desktop.ui.person.actions.application_actions import APPLICATION, PERMIT_ENTRY
from imp_plus_desktop.ui.person.actions.file_table import (
    LETTER,
    NOTE,
    PASSPORT,
    RECEIVE,
    RESIDENCE,
    FileOffer,
)
from imp_plus_desktop.ui.person.actions.history_actions import CORRECT, REMOVE_PERMIT
from imp_plus_desktop.ui.person.actions.record_actions import (
    LETTER_ENTRY,
    MEMBER,
    NOTE_ENTRY,
    PASSPORT_ENTRY,
    RECEIVE_MEMBER,
    RESIDENCE_ENTRY,
    relative_of,
)
from imp_plus_desktop.ui.shell.actions import offers
from imp_plus_desktop.words.messages import name_of, place_name, word_in_sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section."""

    text: str
    detail: str = ""
    offers: tuple[FileOffer, ...] = ()
    struck: bool = False
    """Kept, and no longer what counts."""
    tip: str = ""
    """What its code means."""


@dataclass(frozen=True, slots=True)
class Section:
    """One collapsible block: what it holds in a few words, and its lines."""

    key: str
    title: str
    summary: str
    entries: tuple[Entry, ...]
    add: FileOffer | None = None
    own: tuple[FileOffer, ...] = ()
    """What can be done with the entry whose values stand above the others."""
    lead: str = ""
    """What is said first where it is folded, before the values."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A family member as the page shows them, with what can be done."""

    member: Member
    relation: str
    text: str
    detail: str
    offers: tuple[FileOffer, ...]


def sections(file: PersonFile, today: date, programme: Programme) -> tuple[Section, ...]:
    """The details of a file, in the order of the path from letter to permit."""
    return (
        _applications(file, programme),
        _residences(file, today),
        _notes(file),
    )


def beside(file: PersonFile) -> tuple[Section, ...]:
    """The letters and passports but for the one whose values are shown, each told once."""
    return _letters(file), _passports(file)


def family(file: PersonFile, today: date) -> tuple[Relative, ...]:
    """The members with their wish, code and state."""
    return tuple(_relative(file, member, today) for member in file.members)


def _section(key: str, title: str, entries: Sequence[Entry], add: FileOffer | None) -> Section:
    summary = "" if not entries else entries[-1].text
    return Section(key, title, summary, tuple(entries), add)


def _applications(file: PersonFile, programme: Programme) -> Section:
    entries: list[Entry] = []
    for application in file.applications:
        entries.append(_application(file, application))
        entries += [
            _permit(permit, limit_of(permit, application.kind, programme))
            for permit in file.permits_of(application.id)
        ]
    add = FileOffer.of(RECEIVE, _("Application received…"))
    title = _("Applications and permits")
    latest = file.own_applications[-1] if file.own_applications else None
    summary = "" if latest is None else f"{name_of(latest.code)} · {name_of(latest.state)}"
    return Section("applications", title, summary, tuple(entries), add)


def _application(file: PersonFile, application: Application) -> Entry:
    who = next((m.full_name for m in file.members if m.id == application.member_id), None)
    parts = [
        who,
        name_of(application.code),
        name_of(application.kind),
        application.application_number,
        name_of(application.state),
    ]
    before = file.numbers_before(application.id)
    facts = [_("formerly {numbers}").format(numbers=", ".join(before))] if before else []
    if application.prepared_on is not None and application.state in PREPARING:
        day_text = format_day_short(application.prepared_on)
        facts.append(_("begun {day}").format(day=day_text))
    if application.submitted_on is not None:
        day_text = format_day_short(application.submitted_on)
        facts.append(_("submitted {day}").format(day=day_text))
    if application.received_at is not None:
        day, at = toronto_day(application.received_at), toronto_time(application.received_at)
        words = _("received {day}, {time}")
        facts.append(words.format(day=format_day_short(day), time=format_time(at)))
    if application.channel is not None:
        facts.append(word_in_sentence(application.channel))
    if application.place is not None:
        words = _("place {place} of {year}")
        facts.append(words.format(place=write.number(application.place), year=application.cap_year))
    if application.decided_on is not None:
        facts.append(_("decided {day}").format(day=format_day_short(application.decided_on)))
    if application.refund_logged_on is not None:
        day_text = format_day_short(application.refund_logged_on)
        facts.append(_("refund received {day}").format(day=day_text))
    return Entry(
        " · ".join(part for part in parts if part),
        " · ".join(facts),
        offers((*APPLICATION, CORRECT), application),
        tip=meaning_of(application.code),
    )


def _permit(permit: Permit, limited_by: str) -> Entry:
    words = _("Permit {number} · {first} to {last}")
    text = words.format(
        number=permit.permit_number or "",
        first=format_day_short(permit.valid_from),
        last=format_day_short(permit.valid_until),
    ).replace("  ", " ")
    detail = name_of(limited_by, "limited_by")
    days = permit.lost_to_passport
    if days:
        lost = ngettext("{count} day lost", "{count} days lost", days)
        detail += " · " + lost.format(count=write.number(days))
    for condition in (permit.location_condition, permit.occupation_condition):
        detail += " · " + _("“{words}”").format(words=condition) if condition else ""
    return Entry(text, detail, offers((*PERMIT_ENTRY, REMOVE_PERMIT), permit))


def _letters(file: PersonFile) -> Section:
    entries = []
    replaced = {newer.supersedes_id: newer for newer in file.letters}
    current = current_letter(file)
    for letter in file.letters:
        if letter is current:
            continue
        received = _("day of receipt not recorded")
        if letter.letter_received_date is not None:
            day = format_day_short(letter.letter_received_date)
            received = _("received {day}").format(day=day)
        text = _("Dated {day}, {received}").format(
            day=format_day_short(letter.letter_date), received=received
        )
        newer = replaced.get(letter.id)
        detail = ""
        if newer is not None:
            day = format_day_short(newer.letter_date)
            detail = _("replaced by the letter of {day}").format(day=day)
        entries.append(Entry(text, detail, offers(LETTER_ENTRY, letter), struck=newer is not None))
    own = () if current is None else offers(LETTER_ENTRY, current)
    return _beside("letters", entries, FileOffer.of(LETTER, _("Add a letter…")), own)


def _beside(
    key: str, entries: Sequence[Entry], add: FileOffer, own: tuple[FileOffer, ...]
) -> Section:
    return Section(key, "", "", tuple(entries), add, own)


def _residences(file: PersonFile, today: date) -> Section:
    entries = []
    now = residence_on(file, today).residence
    summary = _("no residence recorded for today") if file.residences else ""
    for stay in file.residences:
        place = place_name(stay.country, stay.province)
        text = f"{place} · {span_text(stay.from_day, stay.until_day)}"
        proof = name_of(stay.proof) if stay.proof else _("no proof")
        entries.append(Entry(text, proof, offers(RESIDENCE_ENTRY, stay)))
        summary = text if now is not None and stay.id == now.id else summary
    add = FileOffer.of(RESIDENCE, _("Add…"))
    return Section("residences", _("Residences"), summary, tuple(entries), add)


def span_text(first: date | None, last: date | None) -> str:
    """When something holds, in words."""
    if first is None and last is None:
        return _("no day recorded")
    if last is None:
        return _("since {day}").format(day=format_day_short(first or date.min))
    if first is None:
        return _("until {day}").format(day=format_day_short(last))
    return _("{first} to {last}").format(first=format_day_short(first), last=format_day_short(last))


def _passports(file: PersonFile) -> Section:
    entries = []
    for passport in file.passports[:-1]:
        expiry = _("expiry not recorded")
        if passport.expiry is not None:
            expiry = _("expires {day}").format(day=format_day_short(passport.expiry))
        issued = ""
        if passport.issued is not None:
            issued = _("issued {day}").format(day=format_day_short(passport.issued))
        text = " · ".join(part for part in (passport.number, issued, expiry) if part)
        entries.append(Entry(text, "", offers(PASSPORT_ENTRY, passport)))
    own = offers(PASSPORT_ENTRY, file.passports[-1]) if file.passports else ()
    return _beside("passports", entries, FileOffer.of(PASSPORT, _("Add a passport…")), own)


def _notes(file: PersonFile) -> Section:
    open_days = open_reminders(file)
    entries = []
    for note in file.notes:
        facts = [format_day(toronto_day(note.written_at))]
        facts += [_("pinned")] if note.pinned else []
        if note.id in open_days:
            day = format_day_short(open_days[note.id])
            facts.append(_("reminder on {day}").format(day=day))
        entries.append(Entry(note.text, " · ".join(facts), offers(NOTE_ENTRY, note)))
    return _section("notes", _("Notes"), entries, FileOffer.of(NOTE, _("Add…")))


def _relative(file: PersonFile, member: Member, today: date) -> Relative:
    found = relative_of(file, member)
    own = found.applications
    facts = []
    if is_hidden(member.birth_date) or is_hidden(member.birth_known):
        facts.append(_("date of birth hidden"))
    elif member.birth_date is not None:
        age = _age(member.birth_date, today)
        facts.append(ngettext("{age} year old", "{age} years old", age).format(age=age))
    elif member.birth_known is not None:
        facts.append(
            pgettext("person", "born in {month}").format(month=format_known(member.birth_known))
        )
    bond = bond_on(member, today)
    if bond is not Bond.FAMILY:
        facts.append(word_in_sentence(bond))
    if own:
        latest = own[-1]
        facts += [name_of(latest.code), word_in_sentence(latest.state)]
        facts += [
            _("until {day}").format(day=format_day_short(permit.valid_until))
            for permit in file.permits_of(latest.id)[-1:]
        ]
    elif member.wish is not None:
        facts.append(word_in_sentence(member.wish))
    made = [*offers((RECEIVE_MEMBER,), found)]
    for application in own:
        made += offers(APPLICATION, application)
    made += offers(MEMBER, found)
    relation = word_in_sentence(member.relation)
    return Relative(member, relation, member.full_name, ", ".join(facts), tuple(made))


def _age(born: date, today: date) -> int:
    before = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - before
