# SPDX-License-Identifier: Apache-2.0
"""The commands about the file as an office keeps it, about two files of one person, and about the
other routes: each calls one service and shapes its answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from imp_plus_desktop.cli.answers import output, values
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.domain.people.merging import Comparison
from imp_plus_desktop.domain.values.codes import ContactKind, RouteState
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.verdict.routes import Proposal, Route
from imp_plus_desktop.i18n import _, format_iso, ngettext
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.fields.typed_fields import as_text
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import clerks, contacts, deaths, folder, names_history, people
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.findings import death_texts


def _changed(done: Changed) -> Answer:
    data = {
        "act": done.act,
        "changed": list(done.changed),
        **output.warnings(done.misdated),
    }
    return Answer(data, [*output.warning_lines(done.misdated), output.act_line(done.act)])


def assign(office: Office, args: Namespace) -> Answer:
    return _changed(
        clerks.assign(office, [people.find(office, ref) for ref in args.refs], args.clerk)
    )


def contact(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    kind = ContactKind(args.kind)
    return _changed(contacts.save(office, person, args.entry, kind, args.text, args.on))


def contact_delete(office: Office, args: Namespace) -> Answer:
    return _changed(contacts.delete(office, people.find(office, args.ref), args.entry))


def death(office: Office, args: Namespace) -> Answer:
    on = None if args.undo else args.on or office.clock.today()
    done = deaths.record(office, people.find(office, args.ref), on)
    after = done.aftermath
    data = {
        "act": done.act,
        "died_on": done.on,
        "withdraw": [one.id for one in (*after.own, *after.family)],
        "family": [member.id for member in after.left],
    }
    if done.on is None:
        return Answer(data, [output.act_line(done.act)])
    return Answer(data, [*death_texts.lines(after), output.act_line(done.act)])


def letter(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    replaced = None
    if args.replaces is not None:
        known = people.file(office, person).letters
        replaced = next((x.id for x in known if x.letter_date == args.replaces), None)
        if replaced is None:
            raise InvalidInput("not_in_file")
    return _changed(folder.save_letter(office, person, None, args.day, args.received, replaced))


def rename(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    return _changed(
        names_history.change_name(office, person, args.family_name, args.given_names, args.until)
    )


def merge(office: Office, args: Namespace) -> Answer:
    find = opened if args.dry_run else people.find
    left, right = find(office, args.left), find(office, args.right)
    take = dict(_pair(text) for text in args.take)
    found = merge_people.compare(office, left, right)
    if args.dry_run:
        return Answer(_comparison(found), _comparison_lines(found, values.programme_names(office)))
    done = merge_people.merge(office, left, right, take, sure=args.sure)
    data = {
        "act": done.act,
        "person": done.person,
        "gone": done.gone,
        "moved": dict(done.moved),
        "taken": dict(done.taken),
    }
    lines = [
        _("Merged into {ref}.").format(ref=f"#{done.person}"),
        output.act_line(done.act),
    ]
    return Answer(data, lines)


def _pair(text: str) -> tuple[str, str]:
    name, equals, side = text.rpartition("=")
    if not equals or not name.strip():
        raise InvalidInput("bad_pair", what="FIELD=left|right")
    return name.strip(), side.strip()


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "act": None,
        "person": found.left.person.id,
        "gone": found.right.person.id,
        "fields": [
            {
                "field": one.field,
                "left": as_text(one.left),
                "right": as_text(one.right),
                "default": None,
            }
            for one in found.fields
        ],
        "contradictions": list(found.contradictions),
        "clashes": [
            {
                "key": one.key,
                "kind": one.kind,
                "left": one.left.id,
                "right": one.right.id,
                "options": list(one.options),
                "default": one.default,
            }
            for one in found.clashes
        ],
    }


def _comparison_lines(found: Comparison, routes: Mapping[str, str]) -> list[str]:
    lines = [f"  {'':30} #{found.left.person.id:<28} #{found.right.person.id}"]
    for one in found.fields:
        left, right = (values.told(one.field, side, routes) for side in (one.left, one.right))
        lines.append(f"  {messages.field_label(one.field):30} {left:28} {right}")
    lines += [
        f"  {one.key:30} {one.default.value if one.default is not None else '?'}"
        for one in found.clashes
    ]
    return lines


def duplicates(office: Office, args: Namespace) -> Answer:
    pairs = merge_people.likely_duplicates(office)
    data = {
        "pairs": [
            {
                "left": pair.left,
                "right": pair.right,
                "score": pair.score,
                "because": list(pair.because),
            }
            for pair in pairs
        ]
    }
    lines = [
        f"#{pair.left} {pair.left_name}  ·  #{pair.right} {pair.right_name}  "
        f"({messages.likeness_text(pair.because)})"
        for pair in pairs
    ]
    count = ngettext("{count} pair", "{count} pairs", len(pairs)).format(count=len(pairs))
    return Answer(data, [*lines, count], 1 if pairs else 0)


def show_routes(office: Office, args: Namespace) -> Answer:
    found, more = routes.routes(office, args.search), routes.topics(office, args.search)
    data = {
        "routes": [_route(office, route) for route in found],
        "topics": [
            {
                "key": topic.key,
                "name": routes.said(office, topic.name),
                "text": [routes.said(office, words) for words in topic.text],
                "source": topic.source,
            }
            for topic in more
        ],
    }
    lines: list[str] = []
    for route in found:
        lines += _route_lines(office, route)
    for topic in more:
        lines.append(routes.said(office, topic.name))
        lines += [f"  {routes.said(office, words)}" for words in topic.text]
    return Answer(data, lines)


def _route(office: Office, route: Route) -> dict[str, Any]:
    return {
        "route": route.key,
        "code": route.code or None,
        "name": routes.said(office, route.name),
        "permit": route.permit,
        "who": routes.said(office, route.who),
        "needs": [routes.said(office, words) for words in route.needs],
        "from": route.from_day,
        "until": route.until_day,
        "source": route.source,
    }


def _route_lines(office: Office, route: Route) -> list[str]:
    permit = messages.name_of(route.permit, "route_permit")
    return [
        f"{route.key}  {routes.said(office, route.name)} · {permit}",
        f"  {routes.said(office, route.who)}",
        *(f"  – {routes.said(office, words)}" for words in route.needs),
    ]


def proposals(office: Office, found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The routes proposed with a verdict, for scripts."""
    return [
        {
            **_route(office, one.route),
            "conditions": [
                *({"condition": name, "met": True} for name in one.met),
                *({"condition": name, "met": None} for name in one.unknown),
            ],
        }
        for one in found
    ]


def proposal_lines(office: Office, found: Sequence[Proposal]) -> list[str]:
    """The same for a person; nothing when none is proposed."""
    if not found:
        return []
    names = [
        f"  {one.route.key:12} {routes.said(office, one.route.name)}"
        f" · {messages.name_of(one.route.permit, 'route_permit')}"
        for one in found
    ]
    return [_("Other routes worth looking at:"), *names]


def route(office: Office, args: Namespace) -> Answer:
    wanted = routes.RouteDetails(
        args.route,
        RouteState(args.state),
        args.filed_day,
        args.decided_day,
        args.employer,
        args.offer,
        args.permit,
        args.from_day,
        args.until_day,
        args.invited_day,
    )
    return _changed(routes.save(office, people.find(office, args.ref), args.entry, wanted))


def route_delete(office: Office, args: Namespace) -> Answer:
    return _changed(routes.delete(office, people.find(office, args.ref), args.entry))


def entry(office: Office, args: Namespace) -> Answer:
    country = office.vocabulary.country(args.country)
    if country is None:
        raise InvalidInput("bad_value", field="country", issue="unknown_country")
    act: int | None = None
    if args.requirement is not None:
        day = args.from_day or office.clock.today()
        act = routes.set_entry(office, country, args.requirement, day, args.source).act
    rule = routes.entry_for(office, country)
    data = {
        "act": act,
        "country": country,
        "requirement": rule.requirement if rule else None,
        "from": rule.day if rule and rule.own else None,
        "read_on": rule.day if rule and not rule.own else None,
        "source": rule.source if rule else None,
        "own": rule.own if rule else None,
        "note": rule.note if rule else None,
    }
    return Answer(data, [_entry_line(country, rule)])


def _entry_line(country: str, rule: routes.Entry | None) -> str:
    name = messages.country_name(country)
    if rule is None:
        return _("{country}: a citizen of Canada needs neither visa nor eTA").format(country=name)
    if not rule.own:
        needed = messages.name_of(rule.requirement, "requirement")
        said = f"{needed} ({rule.note})" if rule.note else needed
        return _("{country}: {needed}, by IRCC’s list as read on {day}").format(
            country=name, needed=said, day=format_iso(rule.day)
        )
    return _("{country}: {needed}, since {day} ({source})").format(
        country=name,
        needed=messages.name_of(rule.requirement, "requirement"),
        day=format_iso(rule.day),
        source=rule.source,
    )


RUNS: Mapping[str, Run] = {
    "assign": assign,
    "contact": contact,
    "contact-delete": contact_delete,
    "death": death,
    "letter": letter,
    "rename": rename,
    "merge": merge,
    "duplicates": duplicates,
    "routes": show_routes,
    "route": route,
    "route-delete": route_delete,
    "entry": entry,
}
"""What does each command of this module."""
