# SPDX-License-Identifier: Apache-2.0
"""The commands about personal information: each calls one service and shapes its answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.privacy.incidents import Incident, missing
from imp_plus_desktop.domain.privacy.retention import Clock, Policy
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _, format_iso, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.privacy import (
    access,
    assessment,
    desk,
    erasure,
    incidents,
    retention,
    whole,
)
from imp_plus_desktop.services.privacy.erasure import Stays
from imp_plus_desktop.services.privacy.retention import Due
from imp_plus_desktop.words.privacy import privacy_texts as words


def erase(office: Office, args: Namespace) -> Answer:
    person = whole.find(office, args.ref)
    if args.dry_run:
        return _prospect(office, person)
    early = output.pairs(args.override, "RULE=REASON").get(erasure.RULE, "")
    done = erasure.erase(office, person, args.reason, early=early, drop_copies=args.drop_copies)
    data = {
        "act": done.act,
        "erased": dict(done.erased),
        "swept": done.swept,
        "dropped": done.dropped,
        "stays": _stays(done.stays),
    }
    copies = words.Copies(len(done.stays.copies), done.dropped, unseen=done.stays.unseen)
    said = words.erased_text(done.swept, copies, on_server=office.server is not None)
    lines = [*said, *_stays_lines(done.stays), *words.counts_text(done.erased)]
    return Answer(data, [*lines, output.act_line(done.act)])


def _prospect(office: Office, person: int) -> Answer:
    found = erasure.look(office, person)
    policy = desk.desk(office).policy
    data = {
        "act": None,
        "erased": dict(found.goes),
        "stays": _stays(found.stays),
        **_clock(found.clock, policy),
        "open_rows": found.open_rows,
    }
    said = words.clock_text(found.clock, policy, office.clock.today())
    stays = [*_stays_lines(found.stays), *_copies_lines(office, found.stays)]
    return Answer(data, [said, *words.counts_text(found.goes), *stays])


def _stays(stays: Stays) -> dict[str, Any]:
    return {
        "counted": dict(stays.counted),
        "family_of": list(stays.family_of),
        "imports": list(stays.sources),
        "copies": [copy.name for copy in stays.copies],
        "copies_unseen": stays.unseen,
    }


def _stays_lines(stays: Stays) -> list[str]:
    return words.stays_text(len(stays.family_of), len(stays.sources))


def _copies_lines(office: Office, stays: Stays) -> list[str]:
    """What copies hold somebody before anything is destroyed, on a server."""
    if office.server is None:
        return []
    said = [words.still_holding_text(len(stays.copies), on_server=True)] if stays.copies else []
    return [*said, *([words.unseen_text()] if stays.unseen else [])]


def give(office: Office, args: Namespace) -> Answer:
    done = access.write(office, whole.find(office, args.ref), args.folder)
    names = [path.name for path in done.files]
    data = {"act": done.act, "files": names, "withheld": done.withheld}
    said = words.access_text(len(names), sum(done.withheld.values()))
    return Answer(data, [*said, *names, output.act_line(done.act)])


def assess(office: Office, args: Namespace) -> Answer:
    path = assessment.write(office, args.out)
    found = assessment.facts(office)
    data = {"path": str(path), **found._asdict(), "policy": found.policy.years}
    return Answer(data, [_("Written: {path}").format(path=path)])


def show_due(office: Office, args: Namespace) -> Answer:
    policy = desk.desk(office).policy
    found = retention.due(office, args.within)
    data = {"due": [{"person": one.person, **_due(one, policy)} for one in found]}
    total = ngettext("{count} file is due.", "{count} files are due.", len(found))
    lines = [_due_line(one, policy) for one in found]
    return Answer(data, [*lines, total.format(count=len(found))])


def _due(one: Due, policy: Policy) -> dict[str, Any]:
    hold = one.clock.hold
    return {
        "on": one.clock.due,
        "because": words.because_text(one.clock, policy),
        "hold": None if hold is None else hold.reason,
        "name": one.name,
    }


def _due_line(one: Due, policy: Policy) -> str:
    day = format_iso(one.clock.due) if one.clock.due else "—"
    kept = one.clock.hold
    held = "" if kept is None else f"  {_('legal hold: {reason}').format(reason=kept.reason)}"
    said = words.because_text(one.clock, policy)
    return f"{day}  #{one.person}  {one.reference or '—'}  {one.name}  {said}{held}"


def _clock(clock: Clock, policy: Policy) -> dict[str, Any]:
    return {
        "open": list(clock.needed),
        "closed": None if clock.closed is None else clock.closed.day,
        "floor": clock.floor,
        "due": clock.due,
        "because": words.because_text(clock, policy),
        "hold": None if clock.hold is None else clock.hold.reason,
    }


def hold(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    if args.lift:
        done, said = retention.lift(office, person), _("The legal hold is lifted.")
    else:
        done = retention.hold(office, person, args.reason, args.from_day)
        said = _("The file is under a legal hold.")
    data = {"act": done.act, "person": person}
    return Answer(data, [said, *_act_lines(done.act)])


def settle(office: Office, args: Namespace) -> Answer:
    values = output.pairs(args.values, "FIELD=VALUE")
    act = None
    if values:
        act = desk.save(office, desk.from_texts(desk.desk(office), values))
    settled = asdict(desk.desk(office))
    settled.pop("id", None)
    lines = [f"{words.desk_label(name)}: {_value(name, value)}" for name, value in settled.items()]
    data = {"act": act, **settled, "floor_years": desk.desk(office).policy.floor_years}
    return Answer(data, [*lines, *_act_lines(act)])


def _value(name: str, value: Any) -> str:
    if name == "office_kind":
        return words.office_kind_text(value)
    return "—" if value is None else str(value)


def enter(office: Office, args: Namespace) -> Answer:
    values = incidents.from_texts(output.pairs(args.values, "FIELD=VALUE"))
    number, act = args.entry, ActId(0)
    if values or number is None:
        number, act = incidents.save(office, number, values)
    if args.close:
        act = incidents.close(office, number)
    found = incidents.incident(office, number)
    data = {"act": act or None, "incident": number, **_incident(found)}
    return Answer(data, [*_incident_lines(found), *_act_lines(act or None)])


def show_incidents(office: Office, _args: Namespace) -> Answer:
    found = incidents.incidents(office)
    data = {"incidents": [{"incident": one.id, **_incident(one)} for one in found]}
    total = ngettext("{count} incident", "{count} incidents", len(found))
    lines = [line for one in found for line in _incident_lines(one)]
    return Answer(data, [*lines, total.format(count=len(found))])


def _incident(one: Incident) -> dict[str, Any]:
    told = asdict(one)
    del told["id"]
    return {**told, "missing": list(missing(one))}


def _incident_lines(one: Incident) -> list[str]:
    head = f"#{one.id}  {format_iso(one.recorded_on)}"
    if one.closed_on is not None:
        head += "  " + _("closed on {day}").format(day=format_iso(one.closed_on))
    told = [
        f"  {words.item_label(name)}: {_told(getattr(one, name))}"
        for name in incidents.FIELDS
        if getattr(one, name) is not None
    ]
    lacking = ", ".join(words.item_label(item) for item in missing(one))
    return [head, *told, *([_("still missing: {items}").format(items=lacking)] if lacking else [])]


def _told(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _act_lines(act: ActId | None) -> list[str]:
    return [] if act is None else [output.act_line(act)]


RUNS: Mapping[str, Run] = {
    "erase": erase,
    "access": give,
    "assessment": assess,
    "retention": show_due,
    "hold": hold,
    "privacy": settle,
    "incident": enter,
    "incidents": show_incidents,
}
"""What does each command of this module."""
