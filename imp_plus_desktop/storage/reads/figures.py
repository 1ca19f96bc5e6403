# SPDX-License-Identifier: Apache-2.0
"""The counts behind the cap, the board and the overview: plain SQL, no rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from imp_plus_desktop.domain.applications.status import TAKES_UP
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.reads.outward import PREFIX
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Ledger, Outcome
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.queries import fetch, scalar

_HOUR = len("2024-01-01T05")


@lru_cache(maxsize=16_384)
def _toronto_day(hour: str) -> date:
    """The day in Toronto at an hour of UTC; its offset is whole hours, so that one serves all."""
    return toronto_day(datetime.fromisoformat(f"{hour}:00:00Z"))


def places_used(register: Register, year: int) -> int:
    """Places of a cap year in use."""
    return int(scalar(register, "SELECT used FROM cap_counter WHERE year = ?", (year,)) or 0)


def most_of_one_person(register: Register) -> tuple[int, int]:
    """How many applications of their own, and how many passports, somebody has at most."""
    most = (
        "SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM {} GROUP BY person_id) AS own"
    )
    applications = scalar(register, most.format("application WHERE member_id IS NULL"))
    return int(applications), int(scalar(register, most.format("passport")))


@dataclass(frozen=True, slots=True)
class YearCase:
    """What the board knows of an application received in a cap year; `day` is Toronto's."""

    id: int
    kind: ApplicationKind
    received_at: datetime
    day: date
    outcome: Outcome | None
    place: int | None


def year_cases(register: Register, year: int) -> list[YearCase]:
    """The principals' applications received in a cap year, in order of receipt."""
    rows = fetch(
        register,
        "SELECT id, kind, received_at, outcome, place FROM application WHERE cap_year = ?"
        " AND member_id IS NULL AND received_at IS NOT NULL ORDER BY received_at, id",
        (year,),
    )
    return [
        YearCase(
            row["id"],
            ApplicationKind(row["kind"]),
            datetime.fromisoformat(row["received_at"]),
            _toronto_day(row["received_at"][:_HOUR]),
            Outcome(row["outcome"]) if row["outcome"] else None,
            row["place"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class YearTally:
    """How many applications of a cap year were received within one hour and are alike in the rest.

    `hour` is the beginning of that hour in UTC, noon for all that follow on its day: by then
    Toronto has the same day. `day` is Toronto's.
    """

    hour: datetime
    day: date
    kind: ApplicationKind
    outcome: Outcome | None
    placed: bool
    count: int


def year_tallies(register: Register, year: int) -> list[YearTally]:
    """The applications of `year_cases`, counted by the engine: a board needs none of them alone."""
    rows = fetch(
        register,
        "SELECT substr(received_at, 1, 11) || CASE WHEN substr(received_at, 12, 2) > '12'"
        " THEN '12' ELSE substr(received_at, 12, 2) END AS hour, kind, outcome,"
        " CASE WHEN place IS NULL THEN 0 ELSE 1 END AS placed, COUNT(*) AS n FROM application"
        " WHERE cap_year = ? AND member_id IS NULL AND received_at IS NOT NULL"
        " GROUP BY 1, 2, 3, 4",
        (year,),
    )
    return [
        YearTally(
            datetime.fromisoformat(f"{row['hour']}:00:00Z"),
            _toronto_day(row["hour"]),
            ApplicationKind(row["kind"]),
            Outcome(row["outcome"]) if row["outcome"] else None,
            bool(row["placed"]),
            row["n"],
        )
        for row in rows
    ]


def by_day(tallies: Iterable[YearTally], *, placed: bool) -> Counter[date]:
    """How many were received on each day, of all or of those with a place only."""
    days: Counter[date] = Counter()
    for tally in tallies:
        if tally.placed or not placed:
            days[tally.day] += tally.count
    return days


@dataclass(frozen=True, slots=True)
class DatedCase:
    """On which days an application was received (Toronto's) and decided, None where unknown."""

    id: ApplicationId
    kind: ApplicationKind
    received: date | None
    outcome: Outcome | None
    decided_on: date | None


def report_cases(register: Register, code: ApplicationCode) -> list[DatedCase]:
    """The principals' received applications under a code, in order of receipt."""
    rows = fetch(
        register,
        "SELECT id, kind, received_at, outcome, decided_on FROM application WHERE code = ?"
        " AND member_id IS NULL AND state NOT IN ('draft', 'ready', 'submitted')"
        " ORDER BY received_at NULLS FIRST, id",
        (code.value,),
    )
    return [
        DatedCase(
            ApplicationId(row["id"]),
            ApplicationKind(row["kind"]),
            _toronto_day(row["received_at"][:_HOUR]) if row["received_at"] else None,
            Outcome(row["outcome"]) if row["outcome"] else None,
            date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
        )
        for row in rows
    ]


def mifi_days(
    register: Register, ledger: Ledger, first: date, last: date
) -> list[tuple[int, date]]:
    """What the second ledger's entries leave standing between two days: subject and its day."""
    rows = fetch(
        register,
        "SELECT subject_id, day FROM mifi_entry WHERE ledger = ? AND day BETWEEN ? AND ?"
        " GROUP BY subject_id, day HAVING SUM(delta) > 0 ORDER BY day, subject_id",
        (ledger.value, first.isoformat(), last.isoformat()),
    )
    return [(row["subject_id"], date.fromisoformat(row["day"])) for row in rows]


def mifi_by_day(register: Register, ledger: Ledger, first: date, last: date) -> Counter[date]:
    """How many of `mifi_days` there are on each day."""
    rows = fetch(
        register,
        "SELECT day, COUNT(*) AS n FROM (SELECT day FROM mifi_entry WHERE ledger = ? AND day"
        " BETWEEN ? AND ? GROUP BY subject_id, day HAVING SUM(delta) > 0) AS standing GROUP BY day",
        (ledger.value, first.isoformat(), last.isoformat()),
    )
    return Counter({date.fromisoformat(row["day"]): int(row["n"]) for row in rows})


def people_over_cap(register: Register, year: int) -> list[int]:
    """People with an application of their own cancelled over the cap of a year."""
    rows = fetch(
        register,
        "SELECT DISTINCT person_id FROM application WHERE state = 'cancelled_over_cap'"
        " AND cap_year = ? AND member_id IS NULL ORDER BY person_id",
        (year,),
    )
    return [row["person_id"] for row in rows]


def prepared_applications(register: Register) -> list[ApplicationId]:
    """The principals' applications that are not filed yet."""
    rows = fetch(
        register,
        "SELECT id FROM application WHERE state IN ('draft', 'ready', 'submitted')"
        " AND member_id IS NULL ORDER BY id",
    )
    return [ApplicationId(row["id"]) for row in rows]


def last_act_at(register: Register) -> datetime | None:
    """When something of the register was last changed."""
    at = scalar(
        register, f"SELECT at FROM act WHERE service NOT LIKE '{PREFIX}%' ORDER BY id DESC LIMIT 1"
    )
    return datetime.fromisoformat(at) if at else None


STEPS: Mapping[str, str] = {
    "letters": "SELECT person_id FROM invited",
    "received": "SELECT DISTINCT person_id FROM own",
    "approved": "SELECT DISTINCT person_id FROM own WHERE outcome = 'approved'",
    "permits": "SELECT DISTINCT person_id FROM own WHERE state = 'permit_issued'",
}
"""The steps from letter to permit in SQL: whoever has reached each."""


def pipeline(register: Register, scope: Scope) -> Mapping[str, int]:
    """Of the people with a letter: how many got how far."""
    invited, parameters = _invited(register, scope)
    counts = ", ".join(
        f"(SELECT COUNT(*) FROM ({sql}) AS {step}) AS {step}" for step, sql in STEPS.items()
    )
    return fetch(register, f"{invited} SELECT {counts}", parameters)[0]


def on_path(register: Register, scope: Scope, step: str) -> list[int]:
    """The people who have reached a step, one of `STEPS`."""
    invited, parameters = _invited(register, scope)
    return [row["person_id"] for row in fetch(register, f"{invited} {STEPS[step]}", parameters)]


def _invited(register: Register, scope: Scope) -> tuple[str, list[object]]:
    found = Conditions(register.db)
    found.add("s.letter_date IS NOT NULL")
    found.of(scope, "s.person_id")
    sql = (
        f"WITH invited AS (SELECT s.person_id FROM standing s WHERE {found}),"
        " own AS (SELECT a.* FROM application a JOIN invited i ON i.person_id = a.person_id"
        " WHERE a.member_id IS NULL)"
    )
    return sql, found.parameters


def years_of(register: Register) -> list[int]:
    """Years that have a letter, a receipt or a place, the latest first."""
    rows = fetch(
        register,
        # From year to year by the index, as those of the letters are found.
        "WITH RECURSIVE placed (year) AS (SELECT MAX(cap_year) FROM application UNION ALL"
        " SELECT (SELECT MAX(cap_year) FROM application WHERE cap_year < year)"
        " FROM placed WHERE year IS NOT NULL) SELECT year FROM placed WHERE year IS NOT NULL",
    )
    years = {int(row["year"]) for row in rows}
    return sorted(years.union(letter_years(register)), reverse=True)


def letter_years(register: Register) -> list[int]:
    rows = fetch(
        register,
        # From year to year by the index: the latest letter before each year's first day.
        "WITH RECURSIVE latest (day) AS (SELECT MAX(letter_date) FROM letter UNION ALL"
        " SELECT (SELECT MAX(letter_date) FROM letter WHERE letter_date < substr(day, 1, 4))"
        " FROM latest WHERE day IS NOT NULL)"
        " SELECT CAST(substr(day, 1, 4) AS INTEGER) AS year FROM latest WHERE day IS NOT NULL",
    )
    return [int(row["year"]) for row in rows]


def clerks(register: Register) -> list[str]:
    """Everybody who answers for a file."""
    rows = fetch(
        register,
        "SELECT clerk FROM person WHERE clerk IS NOT NULL GROUP BY clerk"
        " ORDER BY lower(clerk), clerk",
    )
    return [str(row["clerk"]) for row in rows]


def tags(register: Register) -> list[str]:
    """The different texts of tags that files keep, the latest file's last."""
    rows = fetch(
        register,
        "SELECT tags FROM person WHERE tags IS NOT NULL GROUP BY tags ORDER BY MAX(id)",
    )
    return [str(row["tags"]) for row in rows]


def people_on_route(register: Register, route: str) -> list[int]:
    """The people who have an application or a permit under another route."""
    rows = fetch(
        register,
        "SELECT DISTINCT person_id FROM other_route WHERE route = ? ORDER BY person_id",
        (route,),
    )
    return [int(row["person_id"]) for row in rows]


def people_with(register: Register, table: str) -> list[int]:
    """The people who have rows of one of the register's own tables."""
    rows = fetch(register, f"SELECT DISTINCT person_id FROM {table} ORDER BY person_id")
    return [int(row["person_id"]) for row in rows]


def count(register: Register, table: str) -> int:
    """Rows of one of the register's own tables, as lists show them: without what is left of files
    that were erased."""
    erased = _ERASED.get(table)
    less = "" if erased is None else f" - (SELECT COUNT(*) {erased} {_OF_ERASED})"
    return int(scalar(register, f"SELECT (SELECT COUNT(*) FROM {table}){less}"))


_OF_ERASED = "IN (SELECT person_id FROM erased_file)"
_ERASED = {
    "person": "FROM person WHERE id",
    "letter": "FROM letter WHERE person_id",
    "application": "FROM application WHERE person_id",
    "permit": "FROM permit t JOIN application a ON a.id = t.application_id WHERE a.person_id",
}
"""What is left of files that were erased, by table: it counts for the cap and is in no list."""


def open_held_rows(register: Register) -> int:
    """Rows of imports that wait for a person to decide."""
    return int(scalar(register, "SELECT COUNT(*) FROM held_row WHERE resolution IS NULL"))


@dataclass(frozen=True, slots=True)
class EndingPermit:
    """Somebody's own permit that ends by a day: the last of theirs, with nothing granted since.

    `filed` when something that goes on from it is at IRCC, `members` how many come along.
    """

    permit: int
    person: int
    name: str
    until: date
    next_way: str | None
    clerk: str | None
    members: int
    filed: bool
    sort_key: str


def ending_permits(
    register: Register,
    until: date,
    scope: Scope,
    text: str = "",
    people: Sequence[int] | None = None,
) -> list[EndingPermit]:
    """The permits that end by a day, or have ended, the earliest first; of those whom a `text`
    finds, where there is one, and of these `people`. Left out is who has died, needs no permit, or
    has PR approved."""
    found = Conditions(register.db)
    found.only(people, "p.id")
    found.words(text, "p.id")
    found.add("t.valid_until <= ?", until.isoformat())
    found.of(scope, "p.id")
    states = ", ".join(f"'{state}'" for state in sorted(TAKES_UP))
    rows = fetch(register, _ENDING.format(where=found, states=states), found.parameters)
    return [
        EndingPermit(
            row["permit"],
            row["person"],
            row["name"],
            date.fromisoformat(row["until"]),
            row["next_way"],
            row["clerk"],
            row["members"],
            bool(row["filed"]),
            row["sort_key"],
        )
        for row in rows
    ]


_ENDING = """
SELECT t.id AS permit, p.id AS person, s.sort_key, t.valid_until AS until, t.next_way, p.clerk,
  CASE WHEN p.given_names IS NULL THEN p.family_name
       ELSE p.family_name || ', ' || p.given_names END AS name,
  (SELECT COUNT(*) FROM member m WHERE m.person_id = p.id
     AND COALESCE(m.accompanying, 1) <> 0) AS members,
  (EXISTS (SELECT 1 FROM application f WHERE f.person_id = p.id AND f.member_id IS NULL
     AND f.id <> a.id AND f.state IN ({states}))
   OR EXISTS (SELECT 1 FROM other_route r WHERE r.person_id = p.id AND r.state = 'filed')
  ) AS filed
FROM permit t
JOIN application a ON a.id = t.application_id AND a.member_id IS NULL
JOIN person p ON p.id = a.person_id
JOIN standing s ON s.person_id = p.id
WHERE {where}
  AND p.died_on IS NULL AND p.landed_on IS NULL AND p.pr_confirmed_on IS NULL
  AND COALESCE(p.pr_state, '') NOT IN ('approved', 'landed')
  AND COALESCE(p.canada_status, '') NOT IN ('citizen', 'permanent_resident')
  AND NOT EXISTS (SELECT 1 FROM application b JOIN permit l ON l.application_id = b.id
    WHERE b.person_id = p.id AND b.member_id IS NULL
      AND (l.valid_until, l.id) > (t.valid_until, t.id))
  AND NOT EXISTS (SELECT 1 FROM other_route r WHERE r.person_id = p.id
    AND r.state = 'approved' AND r.valid_until > t.valid_until)
ORDER BY t.valid_until, s.sort_key, p.id
"""


def waits(register: Register) -> list[tuple[str, int]]:
    """How many days each decided extension, restoration and other route took: its kind or route,
    and the days from filing to decision."""
    number = register.db.dialect.day_number
    sql = (
        "SELECT kind AS name, {decided} - {received} AS days FROM application"
        " WHERE member_id IS NULL AND kind <> 'first' AND outcome IN ('approved', 'refused')"
        " AND decided_on IS NOT NULL AND received_at IS NOT NULL"
        " UNION ALL SELECT route, {decided} - {filed} FROM other_route"
        " WHERE decided_on IS NOT NULL AND filed_on IS NOT NULL AND state <> 'withdrawn'"
    ).format(
        decided=number("decided_on"),
        received=number("substr(received_at, 1, 10)"),
        filed=number("filed_on"),
    )
    return [(row["name"], int(row["days"])) for row in fetch(register, sql, ()) if row["days"] >= 0]
