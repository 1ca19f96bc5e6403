# SPDX-License-Identifier: Apache-2.0
"""The commands about people and their files: each calls one service and shapes its answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.cli.commands import office_commands
from imp_plus_desktop.cli.commands.flag_commands import flag_data, flag_lines
from imp_plus_desktop.cli.commands.quota_commands import holder_data
from imp_plus_desktop.domain.records.catalogue import BY_NAME, MEMBER_FIELDS
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.rules.findings import Finding, VerdictCode
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    Channel,
    DocumentState,
    DocumentType,
    Outcome,
    PermitWish,
)
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, current_language, format_iso, format_number, format_time
from imp_plus_desktop.services.applications import applications, flags, routes
from imp_plus_desktop.services.duplicates.twins import Twin
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.fields import member_fields, typed_fields
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.history.file_bin import BinnedFile
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.services.people import documents, identity, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.programmes import board
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.findings import hour_texts
from imp_plus_desktop.words.report_texts import held_by_text

Command = Callable[[Office, Namespace], Answer]


def _findings(found: Sequence[Finding]) -> list[dict[str, object]]:
    return [output.finding(one) for one in found]


def _instant(office: Office, text: str) -> datetime:
    typed, _problems = typed_fields.parse_all(office, {"received_at": text})
    value = typed.get("received_at")
    if not isinstance(value, datetime):
        raise InvalidInput("bad_value", field="received_at", issue="bad_date")
    return value


def _in_words(field: str, text: str) -> str:
    """A field's value as a person reads it: codes in words, the rest as it is."""
    known = BY_NAME[field]
    if known.is_country:
        return messages.country_name(text)
    if known.kind is Kind.INSTANT:
        at = datetime.fromisoformat(text)
        return f"{format_iso(toronto_day(at))}, {format_time(toronto_time(at))}"
    return messages.name_of(text, known.words) if known.words else text


def add(office: Office, args: Namespace) -> Answer:
    values = output.pairs(args.values, "FIELD=VALUE")
    read: tuple[Finding, ...] = ()
    if args.mrz is not None:
        passport = identity.read_mrz(office, args.mrz)
        # What is typed has its accents: the passport's lines only fill what is left.
        values, read = {**passport.values, **values}, (passport.finding,)
    added = people.add(office, values, beside=None if args.duplicate else ())
    findings = (*added.findings, *read)
    lines = [
        _("Added person {ref}.").format(ref=f"#{added.person}"),
        *_over_cap_lines(added.over_cap),
        *(_twin_line(twin) for twin in added.twins),
        *(_bin_line(one, added.act) for one in added.in_bin),
        *output.finding_lines(findings),
        *output.warning_lines(added.misdated),
    ]
    data = {
        "person": added.person,
        "act": added.act,
        "findings": _findings(findings),
        "twins": output.twins(added.twins),
        "in_bin": [one.person for one in added.in_bin],
        **output.warnings(added.misdated),
        **_over_cap(added.over_cap),
    }
    return Answer(data, lines, int(added.over_cap))


def _twin_line(twin: Twin) -> str:
    return "▲ " + _("{same} in the file {ref}.").format(
        same=messages.same_as_text(twin.because), ref=f"#{twin.person}"
    )


def _bin_line(binned: BinnedFile, act: ActId) -> str:
    told = _(
        "A file in the bin has this number: {name}. To have it back instead, undo this"
        " (undo {act}) and restore it (restore-file {ref})."
    )
    ref = f"#{binned.person}"
    return "▲ " + told.format(name=file_bin.name_of(binned), act=act, ref=ref)


def show(office: Office, args: Namespace) -> Answer:
    person = opened(office, args.ref)
    if args.as_of is not None:
        office = past_day.as_of(office, person, args.as_of)
    found = people.file(office, person)
    events = people.timeline(office, person)
    row = past_day.row(office, person)
    data = output.file(found)
    data["person"]["status"] = row.status
    flagged = flags.of_file(office, found)
    data["flags"] = flag_data(flagged)
    entered = [] if args.as_of is not None else board.of_person(office, found)
    data["programmes"] = [
        {
            "key": one.key,
            "name": one.name.in_language(current_language()),
            "state": stand.state,
            "fit": stand.fit,
            "by": stand.by,
        }
        for one, stand in entered
    ]
    data["timeline"] = [
        {"day": event.day, "kind": event.kind, "detail": event.detail} for event in events
    ]
    lines = [f"{found.person.list_name}  #{person}  {messages.name_of(row.status)}"]
    texts = people.text_of(office, person)
    lines += [
        "  " + output.labelled(messages.field_label(name), _in_words(name, text))
        for name, text in texts.items()
        if text
    ]
    lines += [
        f"  {format_iso(event.day)}  {messages.name_of(event.kind, 'timeline')}" for event in events
    ]
    for one, stand in entered:
        state = messages.name_of(stand.state, "route_state")
        lines.append(f"  {one.name.in_language(current_language())} · {state}")
    lines += flag_lines(flagged)
    return Answer(data, lines)


def set_value(office: Office, args: Namespace) -> Answer:
    changed = people.set_value(office, args.ref, args.field, args.value, args.on, args.reason)
    data = {
        "act": changed.act,
        "changed": list(changed.changed),
        **output.warnings(changed.misdated),
        **_over_cap(changed.over_cap),
    }
    lines = [
        *_over_cap_lines(changed.over_cap),
        *output.warning_lines(changed.misdated),
        output.act_line(changed.act),
    ]
    return Answer(data, lines, int(changed.over_cap))


def _over_cap(over_cap: bool) -> dict[str, object]:
    """What `receive` too answers of a receipt that finds no place; nothing of any other."""
    return {"outcome": Outcome.CANCELLED_OVER_CAP} if over_cap else {}


def _over_cap_lines(over_cap: bool) -> list[str]:
    said = _("The cap is reached: the application is recorded as cancelled over cap.")
    return [said] if over_cap else []


def document(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    member = None if args.member is None else family.find(office, args.member)
    changed = documents.set_document(
        office, person, DocumentType(args.type), DocumentState(args.state), args.expires, member
    )
    return Answer({"act": changed.act}, [output.act_line(changed.act)])


def verdict(office: Office, args: Namespace) -> Answer:
    person = opened(office, args.ref)
    found = people.verdict(office, person, args.on)
    proposed = routes.propose(office, people.file(office, person), found)
    data = {
        "verdict": found.code,
        "on": found.day,
        "findings": _findings(found.findings),
        "to_do": _findings(found.to_do),
        "last_safe_day": found.last_safe_day,
        "last_safe_day_because": found.last_safe_day_because,
        "last_safe_day_closes": output.closes(found.last_safe_day),
        "last_day_without_restoration": found.last_day_without_restoration,
        "routes": office_commands.proposals(office, proposed),
        "last_safe_day_chain": [output.safe_day_link(one) for one in found.last_safe_day_chain],
    }
    lines = [messages.name_of(found.code)]
    if found.last_safe_day is not None:
        lines.append(
            _("Last safe day: {day} ({because})").format(
                day=format_iso(found.last_safe_day),
                because=messages.last_safe_because(found.last_safe_day_because),
            )
        )
    if found.last_safe_day is not None:
        lines.append(f"  {hour_texts.hour_caution(found.last_safe_day)}")
    if found.last_day_without_restoration is not None:
        day = format_iso(found.last_day_without_restoration)
        lines.append(_("Without restoring the status: until {day}").format(day=day))
    lines += output.safe_day_lines(found.last_safe_day_chain)
    lines += [_("Who may apply:"), *output.finding_lines(found.findings, everything=True)]
    lines += [_("What the file still needs:"), *output.finding_lines(found.to_do, everything=True)]
    lines += office_commands.proposal_lines(office, proposed)
    return Answer(data, lines, 0 if found.code is VerdictCode.ELIGIBLE else 1)


def receive(office: Office, args: Namespace) -> Answer:
    reception = applications.Reception(
        person_id=people.find(office, args.ref),
        at=_instant(office, args.at),
        number=args.number or "",
        kind=ApplicationKind(args.kind),
        channel=Channel(args.channel),
        overrides=output.pairs(args.override, "RULE=REASON"),
    )
    done = applications.receive(office, reception)
    data = {
        "application": done.application,
        "act": done.act,
        "cap_year": done.cap_year,
        "place": done.place,
        "outcome": done.outcome,
        "held_by": holder_data(done.held_by),
        "findings": _findings(done.findings),
    }
    if done.outcome is Outcome.CANCELLED_OVER_CAP:
        said = _("The {year} cap is reached: the application is recorded as cancelled over cap.")
    elif done.place is None:
        said = _("Received in {year}; it uses no place.")
    else:
        said = _("Received: place {place} of {year}.")
    place = "" if done.place is None else format_number(done.place)
    lines = [
        said.format(year=done.cap_year, place=place),
        *([held_by_text(done.held_by)] if done.held_by else []),
        *output.finding_lines(done.findings),
    ]
    return Answer(data, lines, 1 if done.outcome is Outcome.CANCELLED_OVER_CAP else 0)


def decide(office: Office, args: Namespace) -> Answer:
    done = applications.decide(
        office, applications.find(office, args.application), Outcome(args.outcome), args.on
    )
    data = {
        "application": done.application,
        "act": done.act,
        "outcome": done.outcome,
        "findings": _findings(done.findings),
    }
    lines = [
        _("Recorded: {outcome}.").format(outcome=messages.word_in_sentence(done.outcome)),
        *output.finding_lines(done.findings),
    ]
    return Answer(data, lines)


def permit(office: Office, args: Namespace) -> Answer:
    request = permits.Issue(
        applications.find(office, args.application),
        args.issued,
        args.until,
        args.number or "",
        output.pairs(args.override, "RULE=REASON"),
        args.location,
        args.occupation,
    )
    done = permits.issue(office, request)
    data = {
        "permit": done.permit,
        "act": done.act,
        "valid_from": done.valid_from,
        "valid_until": done.valid_until,
        "limited_by": done.limited_by,
        "province": done.province,
        "lost_days": done.lost_days,
        "shorter": done.shorter,
        "findings": _findings(done.findings),
    }
    lines = [
        _("Permit from {start} to {end}: {by}.").format(
            start=format_iso(done.valid_from),
            end=format_iso(done.valid_until),
            by=messages.word_in_sentence(
                "shorter" if done.shorter else done.limited_by, "limited_by"
            ),
        ),
        *output.finding_lines(done.findings),
    ]
    return Answer(data, lines)


def member(office: Office, args: Namespace) -> Answer:
    told: dict[str, Any] = {}
    for name in MEMBER_FIELDS:
        if getattr(args, name, None) or name == "family_name":
            told |= member_fields.parse(office, name, getattr(args, name))
    new = new_member(person_id=people.find(office, args.ref), **told)
    done = family.add_member(office, new)
    data = {
        "member": done.member,
        "act": done.act,
        "findings": _findings(done.findings),
        **output.warnings(done.misdated),
    }
    lines = [
        _("Added member {member}.").format(member=done.member),
        *output.finding_lines(done.findings),
        *output.warning_lines(done.misdated),
    ]
    return Answer(data, lines)


def member_receive(office: Office, args: Namespace) -> Answer:
    done = family.receive(
        office,
        family.MemberReception(
            family.find(office, args.member),
            PermitWish(args.kind),
            _instant(office, args.at),
            args.number or "",
            output.pairs(args.override, "RULE=REASON"),
        ),
    )
    data = {
        "application": done.application,
        "act": done.act,
        "code": done.code,
        "place": None,
        "findings": _findings(done.findings),
    }
    lines = [
        _("Received under {code}; family uses no place.").format(code=messages.name_of(done.code)),
        *output.finding_lines(done.findings),
    ]
    return Answer(data, lines)


RUNS: Mapping[str, Run] = {
    "add": add,
    "show": show,
    "set": set_value,
    "document": document,
    "verdict": verdict,
    "receive": receive,
    "decide": decide,
    "permit": permit,
    "member": member,
    "member-receive": member_receive,
}
"""What does each command of this module."""
