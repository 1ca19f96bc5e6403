# SPDX-License-Identifier: Apache-2.0
"""A person's file in the words of their page: identity, verdict, next step, timeline, chips.

    PersonView                      all that the top of the page shows
    read(office, person_id)         -> PersonView
    identity_line(file, today), next_step(file), verdict_view(...), points(...)

Pure but for `read`, which asks the services. Must not hold a widget, nor judge anything.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.applications.status import latest_application
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.nearness import SOON_DAYS
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing, elg_06, elg_07
from imp_plus_desktop.domain.permits.permits import latest_permit, passport_expiry
from imp_plus_desktop.domain.reads.rows import PersonRow, TimelineEvent
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome, Verdict, VerdictCode
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    NOT_YET_APPLIED,
    ApplicationKind,
    ApplicationState,
    PersonStatus,
    PrState,
    Sex,
)
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN, is_hidden
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.i18n import NO_BREAK_SPACE, _, format_day, format_known, ngettext, pgettext
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.services.people import identity, people
from imp_plus_desktop.ui.charts.timeline import TimelinePoint
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.standings import STATUS_TONES, VERDICT_TONES
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.file_table import DECIDE, PERMIT, RECEIVE, STATE, FileAction
from imp_plus_desktop.ui.person.actions.history_actions import FLAGS
from imp_plus_desktop.ui.person.verdict_presenter import (
    chain_lines,
    deciding,
    finding_lines,
    is_known,
    missing_lines,
)
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, VerdictView
from imp_plus_desktop.words.findings.hour_texts import near_hour
from imp_plus_desktop.words.messages import (
    country_name,
    finding_fix,
    finding_text,
    flag_text,
    last_safe_because,
    name_of,
    place_name,
)

_ENDED = frozenset({PersonStatus.REFUSED, PersonStatus.WITHDRAWN, PersonStatus.RETURNED})
"""Statuses after which a new letter makes a new application possible."""
# What a reader looks for first when all is well; the other conditions met fold behind "Why?".
_TELLING = (("INV-02",), ("CSQ-01", "CSQ-02", "CSQ-03"), ("ELG-01",))
_WARNED_POINTS = frozenset({"letter_limit", "csq_expiry", "passport_expiry", "permit_until"})


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to record: an action on the file, its button, and on which application."""

    action: FileAction
    text: str
    application: Application | None = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """All that the top of a person's page shows."""

    file: PersonFile
    row: PersonRow
    today: date
    name: str
    identity: str
    step: Step
    verdict: VerdictView
    listed: Verdict
    points: tuple[TimelinePoint, ...]
    office: Office
    """The office for what is done on this page: what another desk has written since it was read is
    told before it is written over."""


def read(office: Office, person_id: int) -> PersonView:
    """A person's page. Errors: DomainError person_not_found."""
    with office.at_once("person", person_id):
        return _read(office, person_id)


def _read(office: Office, person_id: int) -> PersonView:
    shown = office.as_shown(
        person_id
    )  # first: what comes between is told once more, and not left out
    file = people.file(office, person_id)
    row = past_day.row(office, person_id)
    verdict = people.listed_verdict(office, person_id)
    today = office.clock.today()
    return PersonView(
        file,
        row,
        today,
        file.person.full_name,
        identity_line(file, today),
        next_step(file),
        with_flags(
            verdict_view(file, row, verdict, today, identity.findings(office, person_id)),
            [flag for flag in flags.of_file(office, file) if flag.is_open],
            verdict,
        ),
        verdict,
        points(people.timeline(office, person_id), today),
        shown,
    )


def identity_line(file: PersonFile, today: date) -> str:
    """`C2104380 · born March 4, 1990 · Colombia · lives in Ontario · UCI 11-2233-4455`."""
    person = file.person
    parts = [person.individual_reference]
    if (born := known_of(person, "birth_date")) is not None:
        parts.append(_born(person.sex, born))
    if person.citizenship:
        parts.append(country_name(person.citizenship))
    where = residence_on(file, today).residence
    if where is not None:
        place = place_name(where.country, where.province)
        parts.append(_("lives in: {place}").format(place=place))
    if person.uci:
        parts.append(_unbroken(_("UCI {number}").format(number=_grouped(person.uci))))
    if file.former_names:
        former = file.former_names[-1]
        name = f"{former.given_names or ''} {former.family_name}".strip()
        parts.append(_("formerly {names}").format(names=name))
    if person.file_number:
        parts.append(_unbroken(_("file {number}").format(number=person.file_number)))
    # The point stays with what it follows, so that no line begins with it.
    return f"{NO_BREAK_SPACE}· ".join(part for part in parts if part)


def _unbroken(text: str) -> str:
    """A number stays with the word that says which it is."""
    return text.replace(" ", NO_BREAK_SPACE)


def next_step(file: PersonFile) -> Step:
    """The one step that comes next, from the state of the latest application."""
    begun = status.preparation(file)
    if begun is not None and begun.state is not ApplicationState.SUBMITTED:
        ready = begun.state is ApplicationState.READY
        text = _("Submitted…") if ready else _("Ready to submit…")
        return Step(STATE, text, begun)
    latest = latest_application(file)
    if latest is not None and latest.state in status.WAITING:
        return Step(DECIDE, _("Record the decision…"), latest)
    if latest is not None and latest.state is ApplicationState.APPROVED:
        return Step(PERMIT, _("Record the permit…"), latest)
    if status.next_kind(file) is ApplicationKind.EXTENSION:
        return Step(RECEIVE, _("Extension received…"))
    return Step(RECEIVE, _("Application received…"))


def verdict_view(
    file: PersonFile,
    row: PersonRow,
    verdict: Verdict,
    today: date,
    numbers: Sequence[Finding] = (),
) -> VerdictView:
    """Banner, findings and what is missing, as the verdict panel shows them.

    `numbers` are the findings on the file's numbers: no part of the verdict, but read with it.
    """
    title, sentence, tone = _banner(file, row, verdict, today)
    # Once decided, what was missing then is of no use; for a new application it is again.
    serves = row.status in {*NOT_YET_APPLIED, PersonStatus.APPLIED} or verdict.day == today
    found = [*verdict.findings, *numbers]
    found += [f for f in verdict.to_do if serves and f.rule == "PER-04" and is_known(f)]
    loud = [f for f in by_weight(found) if needs_attention(f)]
    telling = [f for rules in _TELLING for f in _first_met(found, rules)]
    shown = [*loud, *telling]
    rest = [f for f in by_weight(found) if f not in shown]
    waits = row.status in NOT_YET_APPLIED or verdict.day == today
    return VerdictView(
        tone,
        title,
        sentence,
        findings=tuple(finding_lines(shown, file) if waits else lines_of(shown)),
        to_do=tuple(missing_lines(verdict, file)),
        more=tuple(lines_of(rest)),
        chain=chain_lines(verdict) if waits else (),
        findings_title=_("Findings on the day of receipt") if verdict.day != today else "",
        to_do_shown=serves and not applies_for_nothing(file.person, today),
    )


def with_flags(view: VerdictView, found: Sequence[HistoryFlag], verdict: Verdict) -> VerdictView:
    """The findings with those on the history in front; what the verdict says of a rule is not
    said twice."""
    said = {finding.rule for finding in verdict.findings if finding.blocks}
    told = [flag for flag in found if flag.rule not in said]
    lines = [FindingLine(Tone.WARN, flag_text(flag), opens=FLAGS.offer(flag)) for flag in told]
    return replace(view, findings=(*lines, *view.findings))


def _first_met(found: list[Finding], rules: tuple[str, ...]) -> list[Finding]:
    """The first of these rules that is met: they would all say the same."""
    met = {f.rule: f for f in found if f.outcome is RuleOutcome.PASS}
    return [met[rule] for rule in rules if rule in met][:1]


def points(events: tuple[TimelineEvent, ...], today: date) -> tuple[TimelinePoint, ...]:
    """The timeline's dots; facts of one day share one."""
    by_day: dict[date, list[TimelineEvent]] = {}
    contacts = [event for event in events if event.kind == "contact"]
    for event in events:
        if event in contacts[:-1]:
            continue  # the last contact tells enough; the log has them all
        by_day.setdefault(event.day, []).append(event)
    made = []
    for day, same in by_day.items():
        words = [_event_text(event) for event in same]
        made.append(TimelinePoint(day, " · ".join(words), _point_tone(same, today)))
    return tuple(made)


def _event_text(event: TimelineEvent) -> str:
    if event.kind == "decided" and event.detail:
        return name_of(event.detail, "outcome")
    if event.kind == "contact" and event.detail:
        return name_of(event.detail, "contact_kind")
    return name_of(event.kind, "timeline")


def _point_tone(events: list[TimelineEvent], today: date) -> Tone:
    kinds = {event.kind for event in events}
    if kinds == {"today"}:
        return Tone.PLAIN
    left = (events[0].day - today).days
    if kinds & _WARNED_POINTS and 0 <= left <= SOON_DAYS:
        return Tone.WARN
    if kinds & _WARNED_POINTS and left < 0 and "letter_limit" in kinds:
        return Tone.BAD
    return Tone.ACCENT


def _banner(
    file: PersonFile, row: PersonRow, verdict: Verdict, today: date
) -> tuple[str, str, Tone]:
    if row.status in NOT_YET_APPLIED:
        return _waiting_banner(verdict, today)
    latest = latest_application(file)
    tone = STATUS_TONES[row.status]
    parts: list[str] = []
    if latest is not None:
        parts = _application_facts(latest)
    running = [p for p in file.own_permits if p.valid_until >= today]
    if row.status is PersonStatus.PERMIT and running:
        until = running[-1].valid_until
        left = _days_left((until - today).days)
        parts = [_("Valid until {day} ({left})").format(day=format_day(until), left=left)]
        over = passport_expiry(file)
        if over is not None and over < today:
            # A green banner would say that all is well.
            tone = Tone.WARN
            parts.append(_("The passport ended on {day}").format(day=format_day(over)))
    ended = latest_permit(file)
    if row.status is PersonStatus.CLOSED and ended is not None and ended.valid_until < today:
        tone = Tone.PLAIN if pr_state(file.person) is PrState.APPROVED else Tone.WARN
        parts = [_("The permit ended on {day}").format(day=format_day(ended.valid_until))]
    # A death or a settlement after the receipt is in no verdict of that day: it leads here.
    needless = (elg_07(file.person, today), elg_06(file.person))
    parts[:0] = [finding_text(f) for f in needless if f.outcome is RuleOutcome.FAIL][:1]
    if row.status is PersonStatus.APPLIED and verdict.code is VerdictCode.NOT_ELIGIBLE:
        tone = Tone.WARN
        parts.append(_("On the day of receipt not every condition was met"))
    if row.status in _ENDED and verdict.day == today and verdict.code is VerdictCode.ELIGIBLE:
        parts += [_("May apply again"), _last_safe(verdict, today)]
    return name_of(row.status), _sentences(parts), tone


def _application_facts(application: Application) -> list[str]:
    facts = []
    if application.received_at is not None:
        day = format_day(toronto_day(application.received_at))
        facts.append(_("Received on {day}").format(day=day))
    if application.decided_on is not None:
        facts.append(_("Decided on {day}").format(day=format_day(application.decided_on)))
    if application.place is not None:
        facts.append(
            _("Place {place} of {year}").format(
                place=write.number(application.place), year=application.cap_year
            )
        )
    if application.state is ApplicationState.CANCELLED_OVER_CAP:
        if application.refund_logged_on is None:
            facts.append(_("The refund is still to come"))
        else:
            day = format_day(application.refund_logged_on)
            facts.append(_("Refund received on {day}").format(day=day))
    return facts


def _waiting_banner(verdict: Verdict, today: date) -> tuple[str, str, Tone]:
    tone = VERDICT_TONES[verdict.code]
    if verdict.code is VerdictCode.ELIGIBLE:
        return _("Eligible for IMP+"), _last_safe(verdict, today), tone
    why = deciding(verdict)
    first = next(iter(why), None)
    words = [] if first is None else [finding_text(first), finding_fix(first) or ""]
    if why and all(finding.reason == "letter_missing" for finding in why):
        # A file begun a moment ago is not refused anything: its letter is still to be recorded.
        said = _sentences([w.rstrip(".") for w in words[1:] if w])
        return _("Letter not recorded yet"), said, Tone.UNKNOWN
    title = {
        VerdictCode.NOT_ELIGIBLE: _("Not eligible for IMP+"),
        VerdictCode.UNKNOWN: _("To be clarified before applying"),
        VerdictCode.JUDGEMENT: _("To be assessed before applying"),
    }[verdict.code]
    return title, _sentences([w.rstrip(".") for w in words if w]), tone


def _last_safe(verdict: Verdict, today: date) -> str:
    day = verdict.last_safe_day
    if day is None:
        return ""
    said = _("Last safe day to apply: {day} ({left}) — {because}").format(
        day=format_day(day),
        left=_days_left((day - today).days),
        because=last_safe_because(verdict.last_safe_day_because),
    )
    sooner = verdict.last_day_without_restoration
    hour = near_hour(day, today)
    if hour:
        said = f"{said}, {hour}"
    if sooner is None:
        return said
    until = _("Without restoring the status: until {day}").format(day=format_day(sooner))
    return _sentences([said, until])


def _days_left(days: int) -> str:
    if days < 0:
        return write.days_in_words(days)
    return ngettext("{count} day left", "{count} days left", days).format(count=write.number(days))


def _born(sex: Sex | None, born: date | str) -> str:
    """When somebody was born: on a day, or in a month or year of which the day is not known."""
    if is_hidden(born):
        return _unbroken(_("date of birth {sign}").format(sign=HIDDEN))
    if isinstance(born, str):
        if sex is Sex.F:
            text = pgettext("woman", "born in {month}")
        elif sex is Sex.M:
            text = pgettext("man", "born in {month}")
        else:
            text = pgettext("person", "born in {month}")
        return text.format(month=format_known(born))
    if sex is Sex.F:
        text = pgettext("woman", "born {day}")
    elif sex is Sex.M:
        text = pgettext("man", "born {day}")
    else:
        text = pgettext("person", "born {day}")
    return text.format(day=format_day(born))


def _grouped(uci: str) -> str:
    """A UCI in the groups in which it is printed: `11-2233-4455`, `1234-5678`."""
    if not uci.isdecimal() or len(uci) not in (8, 10):
        return uci
    parts = [uci[-8:-4], uci[-4:]]
    return "-".join([uci[:-8], *parts] if len(uci) == 10 else parts)


def _sentences(parts: list[str]) -> str:
    return " ".join(f"{part}." for part in parts if part)
