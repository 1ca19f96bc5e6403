# SPDX-License-Identifier: Apache-2.0
"""How answers leave the command line: one JSON object, or lines for a person.

Shapes follow the documented contract; keys are added, never renamed. No rule lives here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from imp_plus_desktop.domain.rules.findings import DayLimit, Finding, RuleOutcome
from imp_plus_desktop.domain.values.calendar import portal_closes
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.records import Application, PersonFile, Residence
from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services.duplicates.twins import Twin
from imp_plus_desktop.services.exports.exports import Exported
from imp_plus_desktop.words import messages

MARKS: Mapping[RuleOutcome, str] = {
    RuleOutcome.PASS: "✓",
    RuleOutcome.FAIL: "✕",
    RuleOutcome.UNKNOWN: "?",
    RuleOutcome.JUDGEMENT: "▲",
    RuleOutcome.NOT_APPLICABLE: "–",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: an object for scripts, lines for people, and the exit code."""

    data: Mapping[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    code: int = 0


def emit(answer: Answer, as_json: bool) -> int:
    """Print an answer on stdout and return its exit code."""
    if as_json:
        print(json.dumps(plain(answer.data), ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def complain(sentence: str) -> None:
    """One line on stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)


def plain(value: Any) -> Any:
    """Values as JSON has them: ISO days, UTC instants with Z, codes as texts."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return value


def finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "outcome": found.outcome,
        "severity": found.severity,
        "facts": dict(found.facts),
        "message": messages.finding_text(found),
        "fix": messages.finding_fix(found),
        "source": found.source,
        "flip": _flip(found),
        "final": found.final,
    }


def twins(found: Sequence[Twin]) -> list[dict[str, Any]]:
    """Who of the register looks the same as somebody who was added, or was not."""
    return [{"person": twin.person, "because": list(twin.because)} for twin in found]


def _flip(found: Finding) -> dict[str, Any] | None:
    """What would turn a finding: a sentence, and which fields of which records."""
    if found.flip is None:
        return None
    return {
        "code": found.flip.code,
        "message": messages.flip_text(found),
        "changes": [
            {
                "record": change.record,
                "id": change.id,
                "field": change.field,
                "how": change.how,
                "value": change.value,
            }
            for change in found.flip.changes
        ],
    }


def closes(day: date | None) -> str | None:
    """When a day ends for IRCC, by Toronto's clocks: `20:00`; None without a day."""
    return None if day is None else portal_closes(day).isoformat("minutes")


def safe_day_link(limit: DayLimit) -> dict[str, Any]:
    """One thing that can set the last safe day."""
    return {
        "because": limit.because,
        "day": limit.day,
        "binding": limit.binding,
        "excludes": limit.excludes,
        "reason": limit.reason,
        "facts": dict(limit.facts),
        "message": messages.limit_text(limit),
    }


def safe_day_lines(chain: Sequence[DayLimit]) -> list[str]:
    """The chain behind the last safe day, the one that sets it marked."""
    lines = []
    for limit in chain:
        mark = "▸" if limit.binding else " "
        day = "—" if limit.day is None else format_iso(limit.day)
        lines.append(f"  {mark} {day:10}  {messages.limit_text(limit)}")
    return lines


def finding_lines(findings: Sequence[Finding], *, everything: bool = False) -> list[str]:
    """What is not a plain pass, or all of it, one line a rule and one for what mends it."""
    quiet = (RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE)
    lines: list[str] = []
    for found in findings:
        if not everything and found.outcome in quiet:
            continue
        lines.append(f"  {MARKS[found.outcome]} {found.rule}  {messages.finding_text(found)}")
        fix = messages.finding_fix(found)
        if fix is not None and found.outcome not in quiet:
            lines.append(f"      → {fix}")
        flip = messages.flip_sentence(found)
        if flip is not None:
            lines.append(f"      ↔ {flip}")
    return lines


def application(found: Application) -> dict[str, Any]:
    return {
        "id": found.id,
        "member": found.member_id,
        "application_number": found.application_number,
        "code": found.code,
        "kind": found.kind,
        "received_at": found.received_at,
        "state": found.state,
        "outcome": found.outcome,
        "decided_on": found.decided_on,
        "cap_year": found.cap_year,
        "place": found.place,
        "refund_logged_on": found.refund_logged_on,
        "prepared_on": found.prepared_on,
        "submitted_on": found.submitted_on,
    }


def residence(stay: Residence) -> dict[str, Any]:
    return {
        "id": stay.id,
        "country": stay.country,
        "province": stay.province,
        "from": stay.from_day,
        "until": stay.until_day,
        "proof": stay.proof,
    }


def file(found: PersonFile, person_fields: Sequence[str]) -> dict[str, Any]:
    """A whole file, by the field names of the import table."""
    person = {name: getattr(found.person, name) for name in person_fields}
    return {
        "person": {"id": found.person.id, **person},
        "csq": {n: person[n] for n in ("csq_category", "csq_issue_date", "csq_expiry_date")},
        "letters": [
            {
                "id": letter.id,
                "letter_date": letter.letter_date,
                "letter_received_date": letter.letter_received_date,
                "supersedes": letter.supersedes_id,
            }
            for letter in found.letters
        ],
        "residences": [residence(stay) for stay in found.residences],
        "pr": {name: person[name] for name in ("pr_number", "pr_filed_on", "pr_state")},
        "passports": [
            {
                "id": passport.id,
                "passport_number": passport.number,
                "passport_expiry": passport.expiry,
            }
            for passport in found.passports
        ],
        "applications": [application(one) for one in found.applications],
        "permits": [
            {
                "id": permit.id,
                "application": permit.application_id,
                "permit_number": permit.permit_number,
                "issued": permit.issued,
                "valid_from": permit.valid_from,
                "valid_until": permit.valid_until,
                "province": permit.province,
                "limited_by": permit.limited_by,
                "lost_days": permit.lost_to_passport,
                "location_condition": permit.location_condition,
                "occupation_condition": permit.occupation_condition,
            }
            for permit in found.permits
        ],
        "family": [
            {
                "id": member.id,
                "relation": member.relation,
                "family_name": member.family_name,
                "given_names": member.given_names,
                "birth_date": member.birth_date,
                "citizenship": member.citizenship,
                "accompanying": member.accompanying,
                "wish": member.wish,
                "passport_expiry": member.passport_expiry,
                "arrived_on": member.arrived_on,
                "uci": member.uci,
                "custody": member.custody,
                "separated_on": member.separated_on,
                "died_on": member.died_on,
                "married_on": member.married_on,
                "dependent_condition": member.dependent_condition,
                "school": member.school,
                "location": member.location,
                "caq_number": member.caq_number,
                "caq_until": member.caq_until,
                "biometrics_on": member.biometrics_on,
                "canada_status": member.canada_status,
                "canada_status_until": member.canada_status_until,
                "invited": member.invited,
            }
            for member in found.members
        ],
        "documents": [
            {
                "id": d.id,
                "type": d.type,
                "state": d.state,
                "expires": d.expires,
                "member": d.member_id,
                "received_on": d.received_on,
                "attachment": d.attachment,
            }
            for d in found.documents
        ],
        "former_names": [
            {
                "id": former.id,
                "family_name": former.family_name,
                "given_names": former.given_names,
                "until": former.until_day,
            }
            for former in found.former_names
        ],
        "contacts": [
            {"id": c.id, "on": c.on_day, "kind": c.kind, "text": c.text} for c in found.contacts
        ],
        "other_routes": [
            {
                "id": one.id,
                "route": one.route,
                "state": one.state,
                "filed_on": one.filed_on,
                "decided_on": one.decided_on,
                "employer": one.employer,
                "offer_number": one.offer_number,
                "permit_number": one.permit_number,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
            }
            for one in found.other_routes
        ],
        "requests": [
            {
                "id": asked.id,
                "application": asked.application_id,
                "kind": asked.kind,
                "letter_on": asked.letter_on,
                "due_on": asked.due_on,
                "done_on": asked.done_on,
                "valid_until": asked.valid_until,
            }
            for asked in found.requests
        ],
        "portal": [
            {
                "application": seen.application_id,
                "item": seen.item,
                "state": seen.state,
                "observed_on": seen.observed_on,
                "completed_on": seen.completed_on,
            }
            for seen in found.portal_lines
        ],
        "employments": [
            {
                "id": job.id,
                "country": job.country,
                "province": job.province,
                "employer": job.employer,
                "from": job.from_day,
                "until": job.until_day,
            }
            for job in found.employments
        ],
        "notes": [{"id": n.id, "text": n.text, "written_at": n.written_at} for n in found.notes],
    }


def labelled(name: str, value: object) -> str:
    """A line with a name and its value, with the colon of the language."""
    return _("{name}: {value}").format(name=name, value=value)


def written_line(done: Exported) -> str:
    """What was written to a workbook."""
    said = ngettext("{count} row written to {file}.", "{count} rows written to {file}.", done.rows)
    return said.format(count=format_number(done.rows), file=done.path.name)


def act_line(act: int | None) -> str:
    """The line that says under which act a change was kept."""
    if act is None:
        return _("Nothing changed.")
    return _("Recorded as act {act}.").format(act=act)


def pairs(texts: Sequence[str], what: str) -> dict[str, str]:
    """`NAME=VALUE` arguments as a table. Errors: DomainError bad_pair."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise InvalidInput("bad_pair", what=what)
        found[name.strip()] = value.strip()
    return found
