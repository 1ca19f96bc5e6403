# SPDX-License-Identifier: Apache-2.0
"""The collapsible part of a person's page about IRCC: requests and clocks, the portal, and work.

    sections(office, file) -> tuple[Section, ...]       keys: requests, portal, work, deadlines
    track(office, file) -> Section          the stages of permanent residence
    permit_view(office, file) -> PermitView             for the permits on one time axis

What can be done is in the tables of `ui/person/actions`. Must not hold a widget, nor
judge anything.
"""

from datetime import date

from imp_plus_desktop.domain.applications.portal import PortalEntry, portal, suggested_state
from imp_plus_desktop.domain.applications.status import PREPARING, WAITING
from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.permits.permit_chain import chain, lost_days, recorded_findings
from imp_plus_desktop.domain.permits.permits import SHORTER, ext_02, limit_in_file
from imp_plus_desktop.domain.permits.pr_track import reached as pr_reached
from imp_plus_desktop.domain.reads.desks import Matter
from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.codes import ApplicationState, RequestKind
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.i18n import _, format_day_short, ngettext
from imp_plus_desktop.services.applications import requests
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import pr_track
from imp_plus_desktop.ui.charts.permit_strip import Bar, PermitView
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.application_actions import REQUEST_ENTRY, STATE_ENTRY
from imp_plus_desktop.ui.person.actions.file_table import PORTAL, REQUEST, STAGE, WORK, FileOffer
from imp_plus_desktop.ui.person.actions.record_actions import WORK_ENTRY
from imp_plus_desktop.ui.person.sections.person_details import (
    Entry,
    Section,
    span_text,
)
from imp_plus_desktop.ui.shell.actions import offers
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import (
    between_text,
    deadline_text,
    finding_text,
    lost_text,
    name_of,
    place_name,
    word_in_sentence,
)
from imp_plus_desktop.words.servers.desk_texts import claimed_text

_RULE_OF = {
    RequestKind.BIOMETRICS: "CLK-01",
    RequestKind.MEDICAL: "CLK-02",
    RequestKind.DOCUMENTS: "CLK-03",
    RequestKind.INTRODUCTION_LETTER: "CLK-04",
}
_SILENT = {"nothing_asked", "nothing_received_yet", "no_introduction_letter"}


def track(office: Office, file: PersonFile) -> Section:
    """What stands below the values of the application for PR: how long what was given holds."""
    today = office.clock.today()
    entries = []
    for line in pr_track.stages_of(office, file):
        if line.until is None:
            continue
        ended = _("ended {day}") if line.until < today else _("good until {day}")
        until = ended.format(day=format_day_short(line.until))
        entries.append(Entry(f"{name_of(line.stage)} · {until}"))
    reached = pr_reached(file.person)
    lead = "" if reached is None else name_of(reached)
    add = FileOffer.of(STAGE, _("Record a stage…"))
    return Section("residence_values", "", "", tuple(entries), add, lead=lead)


def sections(office: Office, file: PersonFile) -> tuple[Section, ...]:
    """The blocks, in the order of the path."""
    return (_requests(office, file), _portal(file), _work(file), _deadlines(office, file))


def _deadlines(office: Office, file: PersonFile) -> Section:
    """The days of the file that the agenda has, the nearest first."""
    today = office.clock.today()
    entries = []
    for item in agenda_of(file, today, office.programme()):
        deadline = item.deadline
        text = deadline_text(deadline.kind.value, deadline.reason, deadline.day)
        if deadline.reason == "reminder":
            text = str(deadline.facts["text"])
        left = write.days_in_words((item.day - today).days)
        matter = Matter.deadline(
            file.person.id, deadline.kind.value, deadline.day, deadline.subject_id
        )
        if (claim := office.company.whose(matter)) is not None:
            left = f"{left} · {claimed_text(claim)}"
        entries.append(Entry(f"{format_day_short(item.day)} · {text}", left))
    summary = entries[0].text if entries else ""
    return Section("deadlines", _("Deadlines"), summary, tuple(entries))


def permit_view(office: Office, file: PersonFile) -> PermitView:
    """Permits, passports and what they cost, on one axis with today."""
    today, programme = office.clock.today(), office.programme()
    bars = []
    lines = []
    links = chain(file)
    for link in links:
        permit = link.permit
        tone = Tone.OK if permit.valid_until >= today else Tone.PLAIN
        bars.append(
            Bar(permit.valid_from, permit.valid_until, permit.permit_number or _("Permit"), tone)
        )
        between = between_text(link)
        if between:
            tone = Tone.WARN if link.gap_days and not link.kept_status else Tone.PLAIN
            lines.append(FindingLine(tone, between))
        lost = lost_days(file, permit, programme)
        if link is links[-1] and limit_in_file(file, permit, programme) == SHORTER:
            lines.append(FindingLine(Tone.PLAIN, name_of(SHORTER, "limited_by")))
        # What a permit lost that another one followed is told by that one.
        if lost is not None and link is links[-1] and lost.full_until >= today:
            bars.append(Bar(permit.valid_until, lost.full_until, _("lost"), Tone.WARN, lost=True))
            lines.append(FindingLine(Tone.WARN, lost_text(lost)))
    found = (ext_02(file, today, programme), *recorded_findings(file, today))
    lines += lines_of(finding for finding in by_weight(found) if needs_attention(finding))
    ends = tuple(p.expiry for p in file.passports if p.expiry is not None)
    return PermitView(tuple(bars), ends, today, tuple(lines))


def _requests(office: Office, file: PersonFile) -> Section:
    today, programme = office.clock.today(), office.programme()
    entries: list[Entry] = []
    for application in file.applications:
        found = {f.rule: f for f in requests.findings(office, file, application)}
        own = [r for r in file.requests if r.application_id == application.id]
        asked = {_RULE_OF.get(request.kind) for request in own}
        entries += [_request(request, found, today, programme) for request in own]
        if application.state in (*WAITING, ApplicationState.APPROVED):
            entries += [
                Entry(finding_text(f), rule)
                for rule, f in found.items()
                if rule not in asked and f.reason not in _SILENT
            ]
    add = None
    if any(a.state not in PREPARING for a in file.applications):
        add = FileOffer.of(REQUEST, _("Record…"))
    open_ones = [e.text for e in entries]
    summary = open_ones[-1] if open_ones else ""
    return Section("requests", _("Requests and clocks"), summary, tuple(entries), add)


def _request(
    request: Request, found: dict[str, Finding], today: date, programme: Programme
) -> Entry:
    letter = _("letter of {day}").format(day=format_day_short(request.letter_on))
    text = f"{name_of(request.kind)} · {letter} · {_when(request, today, programme)}"
    rule = _RULE_OF.get(request.kind)
    detail = ""
    if rule is not None and found[rule].reason not in _SILENT:
        detail = f"{finding_text(found[rule])} · {rule}"
    return Entry(text, detail, offers(REQUEST_ENTRY, request))


def _when(request: Request, today: date, programme: Programme) -> str:
    """Done, or by when and how many days that leaves."""
    if request.done_on is not None:
        return _("done {day}").format(day=format_day_short(request.done_on))
    due = clocks.due_on(request, programme)
    if request.kind is RequestKind.INTRODUCTION_LETTER:
        due = clocks.introduction_until(request)
    if due is None:
        return _("no day recorded")
    left = write.days_left(due, today)
    return _("until {day} ({left})").format(day=format_day_short(due), left=left)


def _portal(file: PersonFile) -> Section:
    entries: list[Entry] = []
    latest = next((a for a in reversed(file.own_applications) if a.state not in PREPARING), None)
    add = None
    summary = ""
    if latest is not None:
        add = FileOffer.of(PORTAL, _("Note…"))
        lines = portal(file, latest.id)
        seen = [entry for entry in lines if entry.latest is not None]
        entries = [_portal_line(entry) for entry in lines] if seen else []
        wanted = suggested_state(file, latest)
        if wanted is not None:
            words = _("These lines speak for the state “{state}”")
            move = STATE_ENTRY.offer(latest)
            entries.append(Entry(words.format(state=word_in_sentence(wanted)), "", (move,)))
        summary = " · ".join(
            _("{name}: {value}").format(
                name=name_of(e.item), value=word_in_sentence(e.latest.state)
            )
            for e in seen
            if e.latest
        )
    return Section("portal", _("IRCC’s portal"), summary, tuple(entries), add)


def _portal_line(entry: PortalEntry) -> Entry:
    line = entry.latest
    if line is None:
        return Entry(f"{name_of(entry.item)} · {write.DASH}")
    text = f"{name_of(entry.item)} · {name_of(line.state)}"
    if line.completed_on is not None:
        text += f" ({format_day_short(line.completed_on)})"
    facts = [_("seen {day}").format(day=format_day_short(line.observed_on))]
    shown = line.state
    for old in reversed(entry.earlier):
        if old.state is shown:
            continue
        shown = old.state
        words = _("before: {state} ({day})")
        day = format_day_short(old.observed_on)
        facts.append(words.format(state=word_in_sentence(old.state), day=day))
    return Entry(text, " · ".join(facts))


def _work(file: PersonFile) -> Section:
    entries = []
    for job in file.employments:
        place = place_name(job.country, job.province)
        parts = (job.employer, place, span_text(job.from_day, job.until_day))
        entries.append(
            Entry(
                " · ".join(part for part in parts if part),
                "",
                offers(WORK_ENTRY, job),
            )
        )
    count = len(entries)
    summary = entries[-1].text if entries else ""
    if count > 1:
        words = ngettext("{count} recorded", "{count} recorded", count)
        summary = f"{words.format(count=write.number(count))} · {summary}"
    return Section("work", _("Work"), summary, tuple(entries), FileOffer.of(WORK, _("Add…")))
