# SPDX-License-Identifier: Apache-2.0
"""The commands about an application's way, IRCC's clocks, permits and deadlines: each calls one
service and shapes its answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.applications.portal import PortalEntry
from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.permits.permit_chain import (
    ChainLink,
    LostDays,
    chain,
    lost_days,
    recorded_findings,
)
from imp_plus_desktop.domain.permits.permits import SHORTER, ext_02, limit_in_file
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.applications import applications, portal, preparing, requests
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.deadline_texts import HOUR_KINDS


def prepare(office: Office, args: Namespace) -> Answer:
    done = preparing.prepare(
        office,
        people.find(office, args.ref),
        args.on or office.clock.today(),
        ApplicationKind(args.kind),
    )
    data = {"application": done.application, "act": done.act, "state": ApplicationState.DRAFT}
    return Answer(data, [_("Draft begun; application {id}.").format(id=f"#{done.application}")])


def state(office: Office, args: Namespace) -> Answer:
    done = preparing.move(
        office,
        applications.find(office, args.application),
        ApplicationState(args.state),
        args.on or office.clock.today(),
        output.pairs(args.override, "RULE=REASON"),
    )
    data = {
        "application": done.application,
        "act": done.act,
        "state": done.state,
        "findings": [output.finding(found) for found in done.findings],
    }
    said = _("State: {state}.").format(state=messages.word_in_sentence(done.state))
    return Answer(data, [said, *output.finding_lines(done.findings)])


def discard(office: Office, args: Namespace) -> Answer:
    act = preparing.discard(office, applications.find(office, args.application))
    return Answer({"act": act}, [output.act_line(act)])


def portal_lines(office: Office, args: Namespace) -> Answer:
    """Record one line, or without one show all seven."""
    application = applications.find(office, args.application)
    act = None
    if args.item is not None:
        if args.state is None:
            raise InvalidInput("bad_pair", what="ITEM STATE")
        seen = portal.PortalReading(PortalState(args.state), args.completed)
        day = args.on or office.clock.today()
        act = portal.observe(office, application, day, {PortalItem(args.item): seen})
    found = portal.lines(office, application)
    data = {"application": application, "act": act, "lines": [_portal(entry) for entry in found]}
    return Answer(data, [_portal_text(entry) for entry in found])


def _portal(entry: PortalEntry) -> dict[str, Any]:
    line = entry.latest
    return {
        "item": entry.item,
        "state": line.state if line else None,
        "observed_on": line.observed_on if line else None,
        "completed_on": line.completed_on if line else None,
        "earlier": [
            {"state": old.state, "observed_on": old.observed_on, "completed_on": old.completed_on}
            for old in entry.earlier
        ],
    }


def _portal_text(entry: PortalEntry) -> str:
    line = entry.latest
    if line is None:
        return "  " + output.labelled(messages.name_of(entry.item), "—")
    said = messages.word_in_sentence(line.state)
    if line.completed_on is not None:
        said += f" ({format_iso(line.completed_on)})"
    seen = _("seen {day}").format(day=format_iso(line.observed_on))
    return "  " + output.labelled(messages.name_of(entry.item), f"{said}, {seen}")


def request(office: Office, args: Namespace) -> Answer:
    asked = requests.RequestDetails(
        applications.find(office, args.application),
        RequestKind(args.kind),
        args.letter,
        args.due,
        valid_until=args.valid_until,
    )
    return _request_saved(requests.save(office, asked))


def request_done(office: Office, args: Namespace) -> Answer:
    return _request_saved(requests.done(office, args.request, args.on, args.valid_until))


def request_delete(office: Office, args: Namespace) -> Answer:
    act = requests.delete(office, args.request)
    return Answer({"act": act}, [output.act_line(act)])


def _request_saved(done: requests.RequestSaved) -> Answer:
    data = {
        "request": done.request,
        "act": done.act,
        "due_on": done.due_on,
        "findings": [output.finding(found) for found in done.findings],
        **output.warnings(done.misdated),
    }
    lines = [output.act_line(done.act), *output.finding_lines(done.findings, everything=True)]
    return Answer(data, [*lines, *output.warning_lines(done.misdated)])


def show_clocks(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    file = people.file(office, person)
    programme = office.programme()
    data: dict[str, Any] = {"requests": [], "applications": []}
    lines = []
    for one in file.applications:
        found = requests.findings(office, file, one)
        data["applications"].append(
            {"application": one.id, "findings": [output.finding(f) for f in found]}
        )
        lines.append(f"#{one.id}  {messages.name_of(one.code)}  {messages.name_of(one.state)}")
        lines += output.finding_lines(found, everything=True)
    for asked in file.requests:
        due = clocks.due_on(asked, programme)
        data["requests"].append(_request(asked, due))
        day = format_iso(due) if due else "—"
        lines.append(f"  {asked.id}  {messages.name_of(asked.kind)}  {day}")
    return Answer(data, lines or [_("Nothing asked by IRCC")])


def _request(asked: Request, due: date | None) -> dict[str, Any]:
    return {
        "id": asked.id,
        "application": asked.application_id,
        "kind": asked.kind,
        "letter_on": asked.letter_on,
        "due_on": due,
        "done_on": asked.done_on,
        "valid_until": asked.valid_until,
    }


def permit_edit(office: Office, args: Namespace) -> Answer:
    act = permits.edit(
        office,
        permits.find(office, args.permit),
        number=args.number,
        location_condition=args.location,
        occupation_condition=args.occupation,
    )
    return Answer({"act": act}, [output.act_line(act)])


def permit_delete(office: Office, args: Namespace) -> Answer:
    act = permits.remove(office, permits.find(office, args.permit), args.reason)
    return Answer({"act": act}, [output.act_line(act)])


def show_permits(office: Office, args: Namespace) -> Answer:
    file = people.file(office, people.find(office, args.ref))
    today, programme = office.clock.today(), office.programme()
    found = (ext_02(file, today, programme), *recorded_findings(file, today))
    links = chain(file)
    lost = [lost_days(file, link.permit, programme) for link in links]
    shorter = [limit_in_file(file, link.permit, programme) == SHORTER for link in links]
    data = {
        "permits": [
            {**_link(link, cost), "shorter": short}
            for link, cost, short in zip(links, lost, shorter, strict=True)
        ],
        "findings": [output.finding(one) for one in found],
    }
    lines = [
        line
        for link, cost, short in zip(links, lost, shorter, strict=True)
        for line in (
            messages.chain_text(link),
            messages.name_of(SHORTER, "limited_by") if short else messages.lost_text(cost),
        )
        if line
    ]
    lines = lines or [_("No permit recorded")]
    return Answer(data, [*lines, *output.finding_lines(found)])


def _link(link: ChainLink, lost: LostDays | None) -> dict[str, Any]:
    permit = link.permit
    return {
        "id": permit.id,
        "permit_number": permit.permit_number,
        "valid_from": permit.valid_from,
        "valid_until": permit.valid_until,
        "limited_by": permit.limited_by,
        "location_condition": permit.location_condition,
        "occupation_condition": permit.occupation_condition,
        "gap_days": link.gap_days,
        "overlap_days": link.overlap_days,
        "kept_status": link.kept_status,
        "lost_days": permit.lost_to_passport,
        "winnable_days": lost.winnable if lost else 0,
        "file_by": lost.file_by if lost else None,
        "passport_needed_until": lost.passport_needed_until if lost else None,
    }


def work(office: Office, args: Namespace) -> Answer:
    country, _dash, province = args.place.upper().partition("-")
    known = {code for code, _name in office.vocabulary.countries("en")}
    if country not in known:
        raise InvalidInput("bad_value", field="country", issue="unknown_country")
    done = employments.save(
        office,
        people.find(office, args.ref),
        employments.Work(country, province or None, args.employer, args.from_day, args.until),
        args.entry,
    )
    data = {
        "employment": done.employment,
        "act": done.act,
        "findings": [output.finding(found) for found in done.findings],
        **output.warnings(done.misdated),
    }
    lines = [output.act_line(done.act), *output.finding_lines(done.findings)]
    return Answer(data, [*lines, *output.warning_lines(done.misdated)])


def work_delete(office: Office, args: Namespace) -> Answer:
    act = employments.delete(office, people.find(office, args.ref), args.entry)
    return Answer({"act": act}, [output.act_line(act)])


def show_deadlines(office: Office, args: Namespace) -> Answer:
    ids = deadlines.ids_within(office, args.within, resting=args.resting)
    rows = deadlines.rows(office, ids)
    data: dict[str, Any] = {"deadlines": [deadline(row) for row in rows]}
    data["resting"] = resting = deadlines.counts(office).resting
    lines = [deadline_line(row) for row in rows] or [_("No deadline.")]
    if resting and not args.resting:
        lines.append(_("What rests: {count}").format(count=format_number(resting)))
    if args.ics is not None:
        data["days"] = agenda.save_calendar(
            office, args.ics, names=not args.references_only, ids=ids
        )
        data["ics"] = str(args.ics)
        days = data["days"]
        said = ngettext("{count} day written to {file}.", "{count} days written to {file}.", days)
        lines = [said.format(count=format_number(days), file=args.ics.name)]
    return Answer(data, lines)


def mark_deadline(office: Office, args: Namespace) -> Answer:
    named = agenda.find(office, people.find(office, args.ref), args.kind, args.day)
    if args.seen:
        act = agenda.acknowledge(office, named)
    elif args.settle:
        act = agenda.settle(office, named)
    elif args.clear:
        act = agenda.clear(office, named)
    else:
        act = agenda.move(office, named, args.move, args.reason)
    return Answer({"act": act}, [output.act_line(act)])


def deadline(row: DeadlineRow) -> dict[str, Any]:
    return {
        "day": row.day,
        "kind": row.kind,
        "person": row.person_id,
        "name": row.name,
        "because": messages.deadline_said(row),
        "days_left": row.days_left,
        "why": messages.deadline_why(row),
        "closes": output.closes(row.own_day) if row.kind in HOUR_KINDS else None,
        "when": deadlines.bucket(row),
        "subject": row.subject_id,
        "own_day": row.own_day,
        "moved_because": row.moved_because,
        "acknowledged_on": row.acknowledged_on,
        "rests": row.rests,
        "closed": row.closed,
        "business_day": row.business_day,
    }


def deadline_line(row: DeadlineRow) -> str:
    what = messages.deadline_said(row)
    seen = "✓" if row.acknowledged_on else " "
    said = agenda.why(row)
    tail = f"  ({said})" if said else ""
    return f"{format_iso(row.day)}  {row.days_left:>5} {seen} {row.name}  {what}{tail}"


RUNS: Mapping[str, Run] = {
    "prepare": prepare,
    "state": state,
    "discard": discard,
    "portal": portal_lines,
    "request": request,
    "request-done": request_done,
    "request-delete": request_delete,
    "clocks": show_clocks,
    "permit-edit": permit_edit,
    "permit-delete": permit_delete,
    "permits": show_permits,
    "work": work,
    "work-delete": work_delete,
    "deadlines": show_deadlines,
    "deadline": mark_deadline,
}
"""What does each command of this module."""
