# SPDX-License-Identifier: Apache-2.0
"""A spouse who holds or may have an A76 of their own: one of the two leads (FAM-11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import DAY, a_member, a_person

from imp_plus_desktop.domain.family.own_route import OwnFile, fam_11, is_the_same
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.rules.findings import RuleOutcome, Severity
from imp_plus_desktop.domain.values.codes import Relation

BORN = date(1991, 5, 6)
OPEN = OwnFile(PersonId(7), same_uci=False, closed=False)
BY_UCI = OwnFile(PersonId(7), same_uci=True, closed=False)
CLOSED = OwnFile(PersonId(7), same_uci=True, closed=True)
FAIL, PASS, NOT = RuleOutcome.FAIL, RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changes", "own", "outcome", "reason"),
    [
        ({}, None, PASS, "no_own_invitation"),
        ({"invited": False}, None, PASS, "no_own_invitation"),
        ({"invited": True}, None, FAIL, "spouse_invited"),
        ({}, OPEN, FAIL, "spouse_has_own_file"),
        ({"relation": Relation.PARTNER}, OPEN, FAIL, "spouse_has_own_file"),
        # Two people may share a name and a birth date; a UCI is one person's.
        ({"invited": False}, OPEN, PASS, "no_own_invitation"),
        ({"invited": False}, BY_UCI, FAIL, "spouse_has_own_file"),
        # Nothing is to come of a file that is closed.
        ({}, CLOSED, PASS, "spouse_file_closed"),
        ({"invited": True}, CLOSED, FAIL, "spouse_invited"),
        ({"relation": Relation.CHILD, "invited": True}, OPEN, NOT, "not_a_spouse"),
        ({"citizenship": "CAN", "invited": True}, OPEN, NOT, "no_permit_needed"),
        ({"separated_on": DAY}, OPEN, NOT, "no_longer_a_spouse"),
        ({"died_on": DAY, "invited": True}, None, NOT, "no_longer_a_spouse"),
    ],
)
def test_a_spouse_with_an_a76_of_their_own_is_told_and_stops_nothing(
    changes: dict[str, Any], own: OwnFile | None, outcome: RuleOutcome, reason: str
) -> None:
    found = fam_11(a_member(**changes), DAY, own)
    assert (found.outcome, found.reason, found.severity) == (outcome, reason, Severity.WARN)


@pytest.mark.parametrize(
    ("member", "person", "same"),
    [
        ({}, {}, True),
        ({"family_name": "BÉNALI"}, {"family_name": "Benali"}, True),
        ({"given_names": "Lina"}, {}, False),
        ({"birth_date": None}, {"birth_date": None}, False),
        ({"birth_date": date(1991, 6, 5)}, {}, False),
        ({"uci": "1234-5678"}, {}, True),
        ({"uci": "1234 5678"}, {"uci": "1234-5678", "family_name": "Roy"}, True),
        ({"uci": "1234-5678"}, {"uci": "8765-4321"}, False),
    ],
)
def test_a_person_is_a_member_by_the_uci_else_by_name_and_birth_date(
    member: dict[str, Any], person: dict[str, Any], same: bool
) -> None:
    told = {"family_name": "Benali", "given_names": "Sara", "birth_date": BORN}
    assert is_the_same(a_member(**{**told, **member}), a_person(**{**told, **person})) is same
