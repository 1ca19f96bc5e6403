# SPDX-License-Identifier: Apache-2.0
"""The collapsible part of a person's page as plain values: sections, their entries, their buttons.

    EntryAction(command, text, icon="", number=None)      what a button does, on which entry
    Entry(text, detail="", actions=())               one line of a section
    Section(key, title, summary, entries, add)     one collapsible block
    sections(file, today, programme) -> tuple[Section, ...]
    family(file, today) -> tuple[Relative, ...]    the members, for beside the findings

Commands are named in `ui/person/actions/person_actions.py`. Pure; must not hold a widget,
nor judge anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from imp_plus_desktop.domain.applications.status import PREPARING, WAITING, next_states
from imp_plus_desktop.domain.family.household import Bond, bond_on
from imp_plus_desktop.domain.permits.permits import limit_of
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationState, PermitWish
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.records import Application, Member, Permit, PersonFile
from imp_plus_desktop.i18n import _, format_day, format_day_short, format_time, ngettext
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.words.messages import name_of, place_name, word_in_sentence


@dataclass(frozen=True, slots=True)
class EntryAction:
    """Something a button does: a command, on an entry's number."""

    command: str
    text: str
    icon: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section."""

    text: str
    detail: str = ""
    entry_actions: tuple[EntryAction, ...] = ()
    struck: bool = False
    """Kept, and no longer what counts."""


@dataclass(frozen=True, slots=True)
class Section:
    """One collapsible block: what it holds in a few words, and its lines."""

    key: str
    title: str
    summary: str
    entries: tuple[Entry, ...]
    add: EntryAction | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A family member as the page shows them, with what can be done."""

    member: Member
    relation: str
    text: str
    detail: str
    entry_actions: tuple[EntryAction, ...]


def sections(file: PersonFile, today: date, programme: Programme) -> tuple[Section, ...]:
    """The details of a file, in the order of the path from letter to permit."""
    return (
        _applications(file, programme),
        _letters(file),
        _residences(file, today),
        _passports(file),
        _notes(file),
    )


def family(file: PersonFile, today: date) -> tuple[Relative, ...]:
    """The members with their wish, code and state."""
    return tuple(_relative(file, member, today) for member in file.members)


def _section(key: str, title: str, entries: Sequence[Entry], add: EntryAction | None) -> Section:
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
    add = EntryAction("person.receive", _("Application received…"))
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
    facts = []
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
        facts.append(_("refund arrived {day}").format(day=day_text))
    return Entry(
        " · ".join(part for part in parts if part),
        " · ".join(facts),
        application_entry_actions(application),
    )


def application_entry_actions(application: Application) -> tuple[EntryAction, ...]:
    """What can be recorded of an application in its state."""
    number = application.id
    entry_actions = []
    if next_states(application.state) and application.state is not ApplicationState.APPROVED:
        reopens = application.state is ApplicationState.REFUSED
        words = _("Reopened after review…") if reopens else _("State…")
        entry_actions.append(EntryAction("application.state", words, number=number))
    if application.state in PREPARING:
        entry_actions.append(
            EntryAction("application.discard", _("Drop the draft"), "trash", number)
        )
    if application.state in WAITING:
        entry_actions.append(EntryAction("application.decide", _("Decision…"), number=number))
    if application.state is ApplicationState.APPROVED:
        entry_actions.append(EntryAction("application.permit", _("Permit…"), number=number))
        entry_actions.append(EntryAction("application.decide", _("Withdrawn…"), number=number))
        entry_actions.append(EntryAction("application.state", _("Letter lapsed…"), number=number))
    if (
        application.state is ApplicationState.CANCELLED_OVER_CAP
        and application.refund_logged_on is None
    ):
        entry_actions.append(EntryAction("application.refund", _("Refund…"), number=number))
    if application.code is ApplicationCode.A76 and application.state in {*PREPARING, *WAITING}:
        entry_actions.append(
            EntryAction("application.wording", _("Wording of the form…"), number=number)
        )
    entry_actions.append(EntryAction("application.number", _("Number…"), "edit", number))
    return tuple(entry_actions)


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
        detail += f" · “{condition}”" if condition else ""
    return Entry(text, detail, (EntryAction("permit.edit", _("Edit…"), "edit", permit.id),))


def _letters(file: PersonFile) -> Section:
    entries = []
    replaced = {newer.supersedes_id: newer for newer in file.letters}
    for letter in file.letters:
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
        entry_actions = _edit_delete("letter", letter.id)
        entries.append(Entry(text, detail, entry_actions, struck=newer is not None))
    return _section("letters", _("Letters"), entries, EntryAction("person.letter", _("Add…")))


def _residences(file: PersonFile, today: date) -> Section:
    entries = []
    now = residence_on(file, today).residence
    summary = _("no residence recorded for today") if file.residences else ""
    for stay in file.residences:
        place = place_name(stay.country, stay.province)
        text = f"{place} · {span_text(stay.from_day, stay.until_day)}"
        proof = name_of(stay.proof) if stay.proof else _("no proof")
        entries.append(Entry(text, proof, _edit_delete("residence", stay.id)))
        summary = text if now is not None and stay.id == now.id else summary
    add = EntryAction("person.residence", _("Add…"))
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
    for passport in file.passports:
        expiry = _("expiry not recorded")
        if passport.expiry is not None:
            expiry = _("expires {day}").format(day=format_day_short(passport.expiry))
        text = " · ".join(part for part in (passport.number, expiry) if part)
        entries.append(Entry(text, "", _edit_delete("passport", passport.id)))
    return _section("passports", _("Passports"), entries, EntryAction("person.passport", _("Add…")))


def _notes(file: PersonFile) -> Section:
    entries = [
        Entry(
            note.text,
            format_day(toronto_day(note.written_at)),
            (EntryAction("note.delete", _("Delete"), "trash", note.id),),
        )
        for note in file.notes
    ]
    return _section("notes", _("Notes"), entries, EntryAction("person.note", _("Add…")))


def _edit_delete(entity: str, number: int) -> tuple[EntryAction, ...]:
    return (
        EntryAction(f"{entity}.edit", _("Edit…"), "edit", number),
        EntryAction(f"{entity}.delete", _("Delete"), "trash", number),
    )


def _relative(file: PersonFile, member: Member, today: date) -> Relative:
    own = [a for a in file.applications if a.member_id == member.id]
    facts = []
    if member.birth_date is not None:
        age = _age(member.birth_date, today)
        facts.append(ngettext("{age} year old", "{age} years old", age).format(age=age))
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
    entry_actions: list[EntryAction] = []
    if not own and member.wish not in (PermitWish.VISITOR, PermitWish.NONE):
        entry_actions.append(
            EntryAction("member.receive", _("Application received…"), number=member.id)
        )
    for application in own:
        entry_actions += application_entry_actions(application)
    entry_actions.append(EntryAction("member.edit", _("Edit…"), "edit", member.id))
    entry_actions.append(EntryAction("member.arrival", _("Arrival in Canada…"), number=member.id))
    if not own:
        entry_actions.append(EntryAction("member.delete", _("Remove"), "trash", member.id))
    relation = word_in_sentence(member.relation)
    return Relative(member, relation, member.full_name, ", ".join(facts), tuple(entry_actions))


def _age(born: date, today: date) -> int:
    before = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - before
