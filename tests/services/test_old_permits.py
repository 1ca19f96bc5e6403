# SPDX-License-Identifier: Apache-2.0
"""A register made before blames the passport for days that it did not cost: shown rightly."""

from __future__ import annotations

from datetime import date

import pytest
from office_builders import add_member, an_approved, issue, receive_member

from imp_plus_desktop.domain.reads.filters import PermitFilter
from imp_plus_desktop.domain.values.codes import LimitedBy
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.proof import checking

ISSUED, UNTIL = date(2023, 6, 1), date(2024, 6, 1)
"""A permit that ends two years before its term, 2026-06-01."""
LOST = (date(2026, 6, 1) - UNTIL).days


def blamed(office: Office, number: int = 1, *expiries: date) -> int:
    """A permit as an earlier version recorded it, with passports of these last days."""
    application = an_approved(office, number)
    permit = issue(office, application).permit
    person = person_file.application_of(office, application).person_id
    for passport in people.file(office, person).passports:
        folder.delete_passport(office, person, passport.id)
    for at, expiry in enumerate(expiries):
        folder.save_passport(office, person, None, f"ZZ{number}{at}", expiry)
    _as_before(office, permit)
    return permit


def _as_before(office: Office, permit: int) -> None:
    with office.act("permits.issue") as act:
        act.update(
            "permit",
            permit,
            {
                "valid_from": ISSUED,
                "valid_until": UNTIL,
                "limited_by": LimitedBy.PASSPORT,
                "lost_days": LOST,
            },
        )


CASES = [
    # The last days of the passports on file, and whether the passport has cut the permit.
    ((date(2025, 3, 1),), False),
    ((UNTIL,), True),
    ((UNTIL, date(2025, 3, 1)), True),
    ((date(2031, 1, 1),), True),
    ((date(2026, 6, 1),), True),
    ((date(2026, 5, 31),), False),
    ((), True),
]


@pytest.mark.parametrize(("expiries", "cut"), CASES)
def test_only_a_permit_that_a_passport_can_have_cut_shows_a_loss(
    office: Office, expiries: tuple[date, ...], cut: bool
) -> None:
    permit = blamed(office, 1, *expiries)
    expected = (LimitedBy.PASSPORT, LOST) if cut else (LimitedBy.TERM, 0)
    (row,) = permits.rows(office, [permit])
    assert (row.limited_by, row.lost_days) == expected
    assert row.shorter is not cut
    (held,) = people.file(office, row.person_id).own_permits
    assert (held.limited_by, held.lost_days) == expected
    assert checking.check(office).passed, "the journal still tells the row"


def test_lists_sort_by_the_days_that_are_shown(office: Office) -> None:
    wrong = blamed(office, 1, date(2025, 3, 1))
    right = blamed(office, 2, UNTIL)
    ids = permits.ids(office, PermitFilter(), "lost", descending=True)
    assert list(ids) == [right, wrong]


def test_a_members_permit_is_held_against_the_members_own_passport(office: Office) -> None:
    permit = blamed(office, 1, date(2025, 3, 1))
    (row,) = permits.rows(office, [permit])
    member = add_member(office, row.person_id)
    family.set_field(office, member, "passport_expiry", UNTIL.isoformat())
    own = receive_member(office, member).application
    with office.act("permits.issue") as act:
        theirs = act.insert(
            "permit",
            {
                "application_id": own,
                "valid_from": ISSUED,
                "valid_until": UNTIL,
                "limited_by": LimitedBy.PASSPORT,
                "lost_days": LOST,
            },
        )
    (row,) = permits.rows(office, [theirs])
    assert (row.limited_by, row.lost_days) == (LimitedBy.PASSPORT, LOST)
