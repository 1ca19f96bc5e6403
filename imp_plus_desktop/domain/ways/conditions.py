# SPDX-License-Identifier: Apache-2.0
"""What a way on may ask of a file: yes, no, or None while the register does not say.

The conditions of the other routes are among them (`domain/verdict/routes.py`). Must not weigh one
way against another: `ways.py` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.letters.csq import csq_01, pr_filed, pr_state
from imp_plus_desktop.domain.permits.permit_chain import outside_quebec
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.permits.pr_track import is_acknowledged
from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.inland import StatusHeld, status_on
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import DocumentType, PrState
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict import routes
from imp_plus_desktop.domain.verdict.routes import Route


@dataclass(frozen=True, slots=True)
class Ending:
    """A permit that ends or has ended, seen on a day. `held` is the status it gives or leaves."""

    file: PersonFile
    permit: Permit
    day: date
    held: StatusHeld
    programme: Programme

    @property
    def runs(self) -> bool:
        """Whether the permit runs, or what was filed in time keeps its status. IRPR 183(5)."""
        return self.permit.valid_until >= self.day or self.held.kept

    @property
    def lost_on(self) -> date:
        """The last day of the status, as far as is known."""
        return max(self.permit.valid_until, self.held.until or date.min)

    @property
    def restorable_until(self) -> date:
        """The last day on which the status can be restored. IRPR 182."""
        return self.lost_on + timedelta(days=self.programme.restoration_days)


@dataclass(frozen=True, slots=True)
class WayCase:
    """What a condition looks at: a permit that ends, and the way that it is asked for."""

    ending: Ending
    months: int | None
    route: Route | None
    permits: Mapping[str, str]
    """Kinds of permit by route."""

    @property
    def file(self) -> PersonFile:
        return self.ending.file

    @property
    def day(self) -> date:
        return self.ending.day


def ending_on(file: PersonFile, permit: Permit, day: date, programme: Programme) -> Ending:
    """A permit of a file, as it ends seen from a day."""
    return Ending(file, permit, day, status_on(file, day), programme)


def covered_until(case: WayCase) -> date | None:
    """The last day of a permit of the way's full length that follows this one at once; None where
    the way has no length. From when IRCC counts is not known: it may count from its decision."""
    if case.months is None:
        return None
    return add_months(max(case.ending.permit.valid_until, case.day), case.months)


def _permit_runs(case: WayCase) -> bool | None:
    return case.ending.runs


def _permit_ended(case: WayCase) -> bool | None:
    return not case.ending.runs


def _within_restoration(case: WayCase) -> bool | None:
    return None if case.ending.runs else case.day <= case.ending.restorable_until


def _conditions_respected(case: WayCase) -> bool | None:
    return False if outside_quebec(case.file, case.day) else None


def _pr_in_process(case: WayCase) -> bool | None:
    state = pr_state(case.file.person)
    return None if state is None else state is PrState.IN_PROCESS


def _pr_acknowledged(case: WayCase) -> bool | None:
    if pr_filed(case.file.person) is False:
        return False
    if is_acknowledged(case.file.person):
        return True
    proof = held(case.file, DocumentType.PR_PROOF, case.day)
    return {Presence.YES: True, Presence.MISSING: False}.get(proof)


def _csq_held(case: WayCase) -> bool | None:
    outcome = csq_01(case.file.person, case.day, case.ending.programme).outcome
    return {RuleOutcome.PASS: True, RuleOutcome.FAIL: False}.get(outcome)


def _offer_recorded(case: WayCase) -> bool | None:
    key = case.route.key if case.route is not None else None
    same = [one for one in case.file.other_routes if one.route == key]
    return any(one.offer_number or one.employer for one in same) or None


def _policy_open(case: WayCase) -> bool | None:
    return case.route is not None and case.route.open_on(case.day)


def _passport_covers(case: WayCase) -> bool | None:
    expiry, until = passport_expiry(case.file), covered_until(case)
    return None if expiry is None or until is None else expiry >= until


def _officer_decides(case: WayCase) -> bool | None:
    return None


def _of_routes(name: str) -> Callable[[WayCase], bool | None]:
    check = routes.CONDITIONS[name]

    def asked(case: WayCase) -> bool | None:
        assert case.route is not None
        return check(routes.Case(case.file, case.day, case.route, case.permits))

    return asked


CONDITIONS: Mapping[str, Callable[[WayCase], bool | None]] = MappingProxyType(
    {name: _of_routes(name) for name in routes.CONDITIONS}
    | {
        "permit_runs": _permit_runs,
        "permit_ended": _permit_ended,
        "within_restoration": _within_restoration,
        "conditions_respected": _conditions_respected,
        "pr_in_process": _pr_in_process,
        "pr_acknowledged": _pr_acknowledged,
        "csq_held": _csq_held,
        "offer_recorded": _offer_recorded,
        "policy_open": _policy_open,
        "passport_covers": _passport_covers,
        "officer_decides": _officer_decides,
    }
)
"""By the name that the table has. What a route asks under the same name is asked anew here where a
permit that ends makes it plainer."""
