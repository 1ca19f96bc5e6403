# SPDX-License-Identifier: Apache-2.0
"""How answers leave the command line: one JSON object, or lines for a person.

Shapes follow the documented contract; keys are added, never renamed. No rule lives here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.records.catalogue import (
    FIELDS,
    PARTLY,
    PERSON,
    PERSON_FIELDS,
    known_of,
)
from imp_plus_desktop.domain.records.fields import Part
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import DayLimit, Finding, RuleOutcome
from imp_plus_desktop.domain.values.calendar import portal_closes
from imp_plus_desktop.domain.values.errors import InvalidInput
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


def warnings(found: Sequence[Misdated]) -> dict[str, Any]:
    """Days that come before one that they follow, and were kept all the same; no key for none."""
    told = [{"field": one.field, "code": one.code, "message": _misdated(one)} for one in found]
    return {"warnings": told} if told else {}


def warning_lines(found: Sequence[Misdated]) -> list[str]:
    """The same for people."""
    return ["▲ " + labelled(messages.field_label(one.field), _misdated(one)) for one in found]


def _misdated(one: Misdated) -> str:
    facts = {"value": one.day, "other": one.other, "beside": one.beside, "written": True}
    return messages.problem_text(one.code, one.field, facts)


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


def record(entity: str, found: Any) -> dict[str, Any]:
    """A row of a file, by the keys that the catalogue gives its fields."""
    told = (field for field in FIELDS[entity] if field.answer and field.link != "person")
    return {"id": found.id} | {field.answer: known_of(found, field.name) for field in told}


def file(found: PersonFile) -> dict[str, Any]:
    """A whole file, by the field names of the import table."""
    told = (name for name in PERSON_FIELDS if name not in PARTLY.values())
    person = {name: known_of(found.person, name) for name in told}
    return {
        "person": {"id": found.person.id, **person},
        "csq": _with(person, Part.CSQ),
        "letters": [record("letter", letter) for letter in found.letters],
        "residences": [record("residence", stay) for stay in found.residences],
        "pr": _with(person, Part.PR),
        "passports": [record("passport", passport) for passport in found.passports],
        "applications": [record("application", one) for one in found.applications],
        "permits": [
            record("permit", permit) | {"lost_days": permit.lost_to_passport}
            for permit in found.permits
        ],
        "family": [_member(found, member) for member in found.members],
        "documents": [record("document", document) for document in found.documents],
        "former_numbers": [record("former_number", one) for one in found.former_numbers],
        "former_names": [record("former_name", former) for former in found.former_names],
        "contacts": [record("contact", contact) for contact in found.contacts],
        "other_routes": [record("other_route", route) for route in found.other_routes],
        "requests": [record("request", asked) for asked in found.requests],
        "portal": [_without_id(record("portal_line", seen)) for seen in found.portal_lines],
        "employments": [record("employment", job) for job in found.employments],
        "notes": [record("note", note) for note in found.notes],
    }


def _member(found: PersonFile, member: Member) -> dict[str, Any]:
    """A member with the applications and permits that are theirs."""
    own = [a for a in found.applications if a.member_id == member.id]
    permits = [permit for one in own for permit in found.permits_of(one.id)]
    return record("member", member) | {
        "applications": [record("application", one) for one in own],
        "permits": [record("permit", permit) for permit in permits],
    }


def _with(person: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """What a person's own row holds of a part of the lists."""
    return {field.name: person[field.name] for field in PERSON if field.traits.part is part}


def _without_id(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "id"}


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
