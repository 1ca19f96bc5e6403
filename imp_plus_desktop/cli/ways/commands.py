# SPDX-License-Identifier: Apache-2.0
"""The commands about permits that end (the board, one person's ways on) and the stages of PR."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.ways.ways import Answer as Met
from imp_plus_desktop.domain.ways.ways import WayOn
from imp_plus_desktop.i18n import _, format_cents, format_day_short, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import endings, pr_track
from imp_plus_desktop.services.permits.endings import EndingRow, Ways
from imp_plus_desktop.services.permits.pr_track import StageCount, StageLine
from imp_plus_desktop.words.terms.code_names import name_of
from imp_plus_desktop.words.terms.way_texts import months_text, row_text, stage_text, wait_text

_SIGNS = {True: "✓", False: "✕", None: "?"}


def show_endings(office: Office, args: Namespace) -> Answer:
    """Whose permit ends, each with the ways on."""
    rows = endings.endings(office, args.within, Scope(clerk=args.clerk))
    found = endings.ways_of_all(office, rows)
    data = [_ending(row, one) for row, one in zip(rows, found, strict=True)]
    if not rows:
        count = format_number(args.within)
        none = ngettext(
            "No permit ends within {count} month.",
            "No permit ends within {count} months.",
            args.within,
        )
        return Answer({"endings": []}, [none.format(count=count)])
    lines = [
        f"{row.permit.name}  {format_day_short(row.permit.until)}  {row_text(row)}" for row in rows
    ]
    return Answer({"endings": data}, lines)


def way(office: Office, args: Namespace) -> Answer:
    """One person's ways on; or record the one to take."""
    if args.way is None and not args.none:
        found = endings.ways(office, opened(office, args.ref))
        return Answer(_of_one(found), list(_lines(found)))
    if args.way is not None and args.none:
        raise InvalidInput("way_and_none")
    person = people.find(office, args.ref)
    done = endings.choose(office, person, args.way)
    data = {
        "act": done.act,
        "way": done.way,
        "papers": done.papers,
        "remind_on": done.remind_on,
    }
    if done.way is None:
        said = _("No way is chosen any more.")
    else:
        said = _("Way chosen: {way}").format(way=name_of(done.way, "way"))
    return Answer(data, [said, output.act_line(done.act)])


def track(office: Office, args: Namespace) -> Answer:
    """The stages of PR: the office's, one person's, or one to record."""
    if args.ref is None:
        counted = pr_track.board(office)
        return Answer({"stages": [_count(one) for one in counted]}, list(_count_lines(counted)))
    if args.stage is None:
        lines = pr_track.stages(office, opened(office, args.ref))
        return Answer({"stages": [_stage(one) for one in lines]}, list(_stage_lines(lines)))
    person = people.find(office, args.ref)
    on = None if args.undo else args.on or office.clock.today()
    done = pr_track.record(office, person, PrStage(args.stage), on, args.number)
    data = {
        "act": done.act,
        "stage": done.stage,
        "on": done.on,
        "pr_state": done.state,
        **output.warnings(done.misdated),
    }
    return Answer(data, [*output.warning_lines(done.misdated), output.act_line(done.act)])


def _count(one: StageCount) -> dict[str, Any]:
    days, files = one.wait or (None, None)
    return {
        "stage": one.stage,
        "reached": one.reached,
        "here": one.here,
        "wait_days": days,
        "wait_files": files,
    }


def _count_lines(counted: Iterable[StageCount]) -> Iterator[str]:
    for one in counted:
        yield f"{name_of(one.stage)}  {format_number(one.reached)}  {wait_text(one)}".rstrip()


def _stage(one: StageLine) -> dict[str, Any]:
    return {"stage": one.stage, "on": one.day, "behind": one.behind, "until": one.until}


def _stage_lines(lines: Iterable[StageLine]) -> Iterator[str]:
    for one in lines:
        yield f"{'●' if one.behind else '○'} {name_of(one.stage)}  {stage_text(one)}".rstrip()


def _ending(row: EndingRow, found: Ways) -> dict[str, Any]:
    return {
        "person": row.permit.person,
        "name": row.permit.name,
        **_of_one(found),
        "state": row.state,
    }


def _of_one(found: Ways) -> dict[str, Any]:
    permit = found.ending.permit
    return {
        "permit": permit.id,
        "until": permit.valid_until,
        "days_left": found.days_left,
        "chosen": found.chosen,
        "waiting_costs": _money(found.waiting_cents),
        "ways": [_way(one, found) for one in found.ways],
    }


def _way(one: WayOn, found: Ways) -> dict[str, Any]:
    wait = found.waits.get(one.way.key)
    return {
        "way": one.way.key,
        "code": one.way.code,
        "conditions": [_condition(answer) for answer in one.answers],
        "papers": {paper.type.value: paper.presence.name.lower() for paper in one.papers},
        "by": one.by,
        "advised": one.advised,
        "months": one.way.months,
        "passport_until": one.passport_until,
        "lost_days": one.lost_days,
        "cost": _money(one.cents),
        "family_cost": _money(one.family_cents),
        "employer_cost": _money(one.employer_cents),
        "may_be_indexed": one.indexed_on is not None,
        "family": one.way.family,
        "wait_days": wait[0] if wait else None,
        "recommended": one.recommended,
        "source": one.way.source,
    }


def _condition(answer: Met) -> dict[str, Any]:
    return {"condition": answer.condition, "met": answer.met, "weighed": answer.weighed}


def _money(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _lines(found: Ways) -> Iterator[str]:
    for one in found.ways:
        facts = [months_text(one.way.months)] if one.way.months else []
        facts += [_("by {day}").format(day=format_day_short(one.by))] if one.by else []
        facts += [format_cents(one.cents)] if one.cents else []
        facts += [_("recommended")] if one.recommended else []
        facts += [_("chosen")] if one.way.key == found.chosen else []
        yield "  ".join([name_of(one.way.key, "way"), *facts])
        for answer in one.answers:
            yield f"  {_SIGNS[answer.met]} {name_of(answer.condition, 'way_condition')}"


RUNS: Mapping[str, Run] = {"endings": show_endings, "way": way, "pr": track}
