# SPDX-License-Identifier: Apache-2.0
"""The commands about a verdict and what it rests on: each calls one service, shapes its answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.domain.residence.stays import Stretch, StretchKind
from imp_plus_desktop.domain.rules.findings import RuleOutcome, VerdictCode
from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.applications import applications, forms
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, identity, people, residences, what_if
from imp_plus_desktop.services.people.residences import Draft
from imp_plus_desktop.words import messages


def show_what_if(office: Office, args: Namespace) -> Answer:
    person = opened(office, args.ref)
    done = what_if.preview(office, person, args.rules, args.on)
    data = {
        "on": done.before.day,
        "verdict": done.before.code,
        "would_be": done.after.code,
        "turned": [output.finding(found) for found in done.turned],
        "final": [output.finding(found) for found in done.final],
        "findings": [output.finding(found) for found in done.after.findings],
        "last_safe_day": done.after.last_safe_day,
    }
    lines = [
        _("{before} → {after}").format(
            before=messages.name_of(done.before.code), after=messages.name_of(done.after.code)
        )
    ]
    lines += [f"  ↔ {one.rule}  {messages.flip_text(one)}" for one in done.turned]
    lines += [f"  ✕ {one.rule}  {messages.flip_text(one)}" for one in done.final]
    lines += output.finding_lines(done.after.findings)
    return Answer(data, lines, 0 if done.after.code is VerdictCode.ELIGIBLE else 1)


def checks(office: Office, args: Namespace) -> Answer:
    found = identity.findings(office, opened(office, args.ref))
    failed = any(finding.outcome is RuleOutcome.FAIL for finding in found)
    data = {"findings": [output.finding(finding) for finding in found]}
    return Answer(data, output.finding_lines(found, everything=True), 1 if failed else 0)


def mrz(office: Office, args: Namespace) -> Answer:
    """Read the lines; with `--ref`, record their passport. A digit that does not fit: exit 1."""
    read = identity.read_mrz(office, "".join(args.text))
    data: dict[str, Any] = {
        "values": dict(read.values),
        "findings": [output.finding(read.finding)],
    }
    lines = [
        output.labelled(messages.field_label(name), text) for name, text in read.values.items()
    ]
    lines += output.finding_lines([read.finding], everything=True)
    if args.ref is not None:
        person = people.find(office, args.ref)
        wanted = {n: read.values[n] for n in _PASSPORT if n in read.values}
        typed, _problems = typed_fields.parse_all(office, wanted)
        done = folder.save_passport(
            office,
            person,
            None,
            str(typed.get("passport_number") or ""),
            typed.get("passport_expiry"),  # type: ignore[arg-type]
        )
        data["act"] = done.act
        lines.append(output.act_line(done.act))
    return Answer(data, lines, 0 if read.finding.outcome is RuleOutcome.PASS else 1)


_PASSPORT = ("passport_number", "passport_expiry")


def wording(office: Office, args: Namespace) -> Answer:
    carries = {"yes": True, "no": False, "unknown": None}[args.carries]
    act = forms.set_wording(office, applications.find(office, args.application), carries)
    return Answer({"act": act}, [output.act_line(act)])


def residence(office: Office, args: Namespace) -> Answer:
    if args.action == "list":
        return _line(office, opened(office, args.ref))
    person = people.find(office, args.ref)
    drafts = residences.drafts_of(people.file(office, person))
    if args.action == "add":
        drafts.append(_changed_draft(office, Draft(""), args))
        return _stored(residences.save_all(office, person, drafts))
    if args.entry not in {draft.id for draft in drafts}:
        raise InvalidInput("not_in_file")
    if args.action == "remove":
        drafts = [draft for draft in drafts if draft.id != args.entry]
    else:
        drafts = [
            _changed_draft(office, draft, args) if draft.id == args.entry else draft
            for draft in drafts
        ]
    return _stored(residences.save_all(office, person, drafts))


def _changed_draft(office: Office, draft: Draft, args: Namespace) -> Draft:
    if args.place is not None:
        country, province = typed_fields.parse_place(office, args.place)
        draft = replace(draft, country=country, province=province)
    if args.from_day is not ...:
        draft = replace(draft, from_day=args.from_day)
    if args.until_day is not ...:
        draft = replace(draft, until_day=args.until_day)
    if args.proof is not None:
        proof = None if args.proof == "none" else ResidenceProof(args.proof)
        draft = replace(draft, proof=proof)
    return draft


def _stored(done: Changed) -> Answer:
    data = {
        "act": done.act,
        "changed": list(done.changed),
        **output.warnings(done.misdated),
    }
    return Answer(data, [*output.warning_lines(done.misdated), output.act_line(done.act)])


def _line(office: Office, person: int) -> Answer:
    file = people.file(office, person)
    line = residences.line(office, person)
    found = residences.finding_on(file, file.residences, line.judged_on)
    data = {
        "residences": [output.record("residence", stay) for stay in file.residences],
        "gaps": [_span(one) for one in line.stretches if one.kind is StretchKind.GAP],
        "overlaps": [_span(one) for one in line.stretches if one.kind is StretchKind.OVERLAP],
        "judged_on": line.judged_on,
        "findings": [output.finding(found)],
    }
    lines = [
        f"  {format_iso(one.first)} … {format_iso(one.last)}  {_words(one)}"
        for one in line.stretches
    ]
    lines.append(output.labelled(_("Judged on"), format_iso(line.judged_on)))
    return Answer(data, [*lines, *output.finding_lines([found], everything=True)])


def _span(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.first,
        "until": stretch.last,
        "residences": [stay.id for stay in stretch.stays],
    }


def _words(stretch: Stretch) -> str:
    places = [messages.place_name(stay.country, stay.province) for stay in stretch.stays]
    if stretch.kind is StretchKind.GAP:
        return _("no residence recorded")
    if stretch.kind is StretchKind.OVERLAP:
        return _("several residences: {places}").format(places=", ".join(places))
    proof = stretch.stays[0].proof
    shown = messages.word_in_sentence(proof, "residence_proof") if proof else _("no proof")
    return f"{places[0]} · {shown}"


RUNS: Mapping[str, Run] = {
    "what-if": show_what_if,
    "checks": checks,
    "mrz": mrz,
    "wording": wording,
    "residence": residence,
}
"""What does each command of this module."""
