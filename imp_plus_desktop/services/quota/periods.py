# SPDX-License-Identifier: Apache-2.0
"""Closing a quarter or a year: its report as a fixed, dated snapshot, and what was corrected since.

The snapshot is kept as it was made, with the rows behind each figure, and never changes. What the
register says now stands beside it, figure by figure, with the rows and the acts that made the
difference. Undoing the act that closed a period opens it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota.reports import ORDER, Override, Period, ReportKind
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.programme import SWITCHES, PlaceSwitches
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import reports
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.storage.history import closings
from imp_plus_desktop.storage.history.closings import StoredPeriod

_ENTITIES = {"letters": "letter", "issued": "permit"}


@dataclass(frozen=True, slots=True)
class ClosedFigure:
    """A figure as it was when the period was closed: of the period, and since 1 January.

    `ids` are the rows that it counted then.
    """

    code: str
    number: int
    to_date: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a closed figure would be now. `added` and `removed` are rows of the entity `rows`.

    `acts` are those since the closing that touched these rows, the latest first.
    """

    code: str
    then: int | None
    now: int | None
    rows: str = ""
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    acts: tuple[ActId, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period: when, by which act, and its figures as they were."""

    id: int
    period: Period
    closed_on: date
    act: ActId | None
    programme_version: str
    figures: tuple[ClosedFigure, ...]
    caps: Mapping[str, int | None]
    use: Mapping[str, int]
    switches: PlaceSwitches
    official: Mapping[str, Any] | None
    undated: int
    overrides: tuple[Override, ...] = ()


def close(office: Office, year: int, quarter: int | None = None) -> ActId:
    """Close a quarter, or the whole year, that is over.

    Errors: DomainError no_such_period, period_not_over, period_closed.
    """
    kind = ReportKind.YEARLY if quarter is None else ReportKind.QUARTERLY
    period = reports.period_of(kind, year, quarter)
    today = office.clock.today()
    if today <= period.last:
        raise Refused("period_not_over")
    with office.act("periods.close") as act:
        if closings.stored(office.register, year, quarter):
            raise Refused("period_closed")
        made = reports.make(office, period)
        row = {"year": year, "quarter": quarter, "closed_on": today, "figures": _snapshot(made)}
        act.insert("closed_period", row)
        act.details["counts"] = {"year": year, "quarter": quarter or 0}
    return ActId(act.id or 0)


def closed(office: Office, year: int, quarter: int | None = None) -> Closed | None:
    """A period's snapshot, None while it is open."""
    found = closings.stored(office.register, year, quarter)
    return _closed(found[0]) if found else None


def closed_periods(office: Office) -> list[Closed]:
    """All closed periods, the latest first."""
    return [_closed(row) for row in closings.stored(office.register)]


def corrections(office: Office, snapshot: Closed) -> tuple[Correction, ...]:
    """Each figure, limit or choice that is no longer what it was when the period was closed."""
    made = reports.make(office, snapshot.period)
    kept = {figure.code: frozenset(figure.ids) for figure in snapshot.figures}
    found: list[Correction] = []
    for figure in made.report.figures:
        then, now = kept.get(figure.code, frozenset()), frozenset(figure.ids)
        if then == now:
            continue
        rows = _ENTITIES.get(figure.code, "application")
        changed = closings.acts_since(office.register, rows, then ^ now, snapshot.act or 0)
        found.append(
            Correction(
                figure.code,
                len(then),
                len(now),
                rows,
                tuple(sorted(now - then)),
                tuple(sorted(then - now)),
                tuple(changed),
            )
        )
    return (*found, *_other_changes(made, snapshot))


def _other_changes(made: PreparedReport, snapshot: Closed) -> Iterable[Correction]:
    for ledger, limit in snapshot.caps.items():
        if made.caps.get(ledger) != limit:
            yield Correction(f"cap_{ledger}", limit, made.caps.get(ledger))
    for code, use in snapshot.use.items():
        if made.use.get(code) != use:
            yield Correction(f"use_{code}", use, made.use.get(code))
    for name in SWITCHES:
        then, now = (bool(getattr(one.switches, name)) for one in (snapshot, made))
        if then is not now:
            yield Correction(name, int(then), int(now))


def _snapshot(made: PreparedReport) -> str:
    official = made.official
    content = {
        "programme": made.programme_version,
        "as_of": made.as_of.isoformat(),
        "figures": {
            figure.code: {
                "number": figure.number,
                "to_date": len(figure.to_date),
                "rows": spans(figure.ids),
            }
            for figure in made.report.figures
        },
        "caps": dict(made.caps),
        "use": dict(made.use),
        "switches": {name: getattr(made.switches, name) for name in SWITCHES},
        "official": None
        if official is None
        else {
            "as_of": official.as_of.isoformat(),
            "received": official.received,
            "approved": official.approved,
            "refused": official.refused,
            "withdrawn": official.withdrawn,
            "issued": official.issued,
            "letters": official.letters,
        },
        "undated": len(made.report.undated),
        "overrides": [
            [
                one.act,
                one.on.isoformat(),
                one.application,
                one.rule,
                one.reason,
                one.event_on.isoformat(),
            ]
            for one in made.overrides
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _closed(row: StoredPeriod) -> Closed:
    content = json.loads(row.figures)
    kind = ReportKind.YEARLY if row.quarter is None else ReportKind.QUARTERLY
    return Closed(
        row.id,
        reports.period_of(kind, row.year, row.quarter),
        row.closed_on,
        row.act,
        content["programme"],
        tuple(
            ClosedFigure(code, figure["number"], figure["to_date"], tuple(numbers(figure["rows"])))
            for code, figure in sorted(content["figures"].items(), key=_place)
        ),
        content["caps"],
        content["use"],
        PlaceSwitches(row.year, **content["switches"]),
        content["official"],
        content["undated"],
        tuple(
            _override(*row)
            # A period that an earlier version closed does not have them.
            for row in content.get("overrides", ())
        ),
    )


def _override(
    act: ActId,
    on: str,
    application: ApplicationId | None,
    rule: str,
    reason: str,
    event_on: str | None = None,
) -> Override:
    """What was set aside, as a closing keeps it; earlier versions kept one day only."""
    days = date.fromisoformat(on), date.fromisoformat(event_on or on)
    return Override(act, *days, application, rule, reason)


def _place(item: tuple[str, object]) -> tuple[int, str]:
    """Where a figure stands in a report; one that reports no longer have comes last."""
    code = item[0]
    return (ORDER.index(code) if code in ORDER else len(ORDER), code)


def spans(ids: Sequence[int]) -> str:
    """Ids as spans, `1-30,45`: a year's report stays small."""
    parts: list[list[int]] = []
    for number in sorted(ids):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def numbers(text: str) -> list[int]:
    """The ids of spans."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _dash, last = part.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found
