# SPDX-License-Identifier: Apache-2.0
"""What an invented office keeps of its files: who answers for them, calls, a route beside IMP+.

Whom to work on is looked up in the register. Must not write anything but by a service.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import ContactKind, Language, RouteState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.demo.demo_days import Shift
from imp_plus_desktop.services.people import clerks, contacts, people

_LATEST = 60
"""People of the year's letters whose files are shared out."""


def keep_files(shift: Shift, colleagues: Sequence[str]) -> None:
    """Share out the files of the year's letters, log a few calls, record a route beside IMP+."""
    office = shift.office()
    wanted = people.ids(office, PeopleFilter(letter_year=shift.day.year), "last_safe_day")[:_LATEST]
    for place, clerk in enumerate(colleagues):
        clerks.assign(shift.office(), wanted[place :: len(colleagues)], clerk)
    _calls(shift, wanted)
    _another_route(shift)


def _calls(shift: Shift, wanted: Sequence[int]) -> None:
    for person in wanted[:1]:
        first = _("No answer; left a message about the last safe day.")
        contacts.save(
            shift.office(), person, None, ContactKind.CALLED, first, shift.day - timedelta(days=6)
        )
        reply = _("Will send the proof of the PR application this week.")
        contacts.save(shift.office(), person, None, ContactKind.REPLIED, reply)
        people.edit(shift.office(), person, {"language": Language.FR.value})
    for person in wanted[1:3]:
        text = _("Asked for a copy of the passport.")
        contacts.save(shift.office(), person, None, ContactKind.WROTE, text)


def _another_route(shift: Shift) -> None:
    """Somebody whom IMP+ fails has filed under the route that fits best."""
    office = shift.office()
    failed = people.ids(office, PeopleFilter(verdict=VerdictCode.NOT_ELIGIBLE), "last_safe_day")
    for file in people.files(office, failed):
        verdict = people.verdict(office, file.person.id)
        found = [p for p in routes.propose(office, file, verdict) if p.met]
        if found and not file.own_applications:
            key = found[0].route.key
            filed = RouteDetails(key, RouteState.FILED, shift.day - timedelta(days=12))
            routes.save(shift.office(), file.person.id, None, filed)
            return
