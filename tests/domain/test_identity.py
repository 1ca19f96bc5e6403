# SPDX-License-Identifier: Apache-2.0
"""The numbers of a file: odd shapes warn, one number for two people blocks (ID-01, ID-02)."""

from __future__ import annotations

import pytest
from builders import a_file, a_member, a_person, an_application

from imp_plus_desktop.domain.people.identity import id_01, id_02, numbers_of
from imp_plus_desktop.domain.rules.findings import RuleOutcome


@pytest.mark.parametrize(
    ("changes", "odd"),
    [
        ({"uci": "123"}, "uci"),
        ({"individual_reference": "12"}, "individual_reference"),
        ({"pr_number": "W123456789", "file_number": "C1"}, "file_number,pr_number"),
    ],
)
def test_an_odd_number_warns_and_names_its_field(changes: dict[str, str], odd: str) -> None:
    finding = id_01(a_file(a_person(**changes)))
    assert (finding.outcome, finding.facts["fields"]) == (RuleOutcome.FAIL, odd)
    assert not finding.blocks


def test_numbers_of_every_kind_are_looked_at() -> None:
    file = a_file(
        a_person(uci="1234-5678"),
        applications=(an_application(application_number="W123456789"),),
        members=(a_member(uci="12345679"),),
    )
    assert [field for field, _kind, _text in numbers_of(file)] == [
        *("individual_reference", "uci", "passport_number", "member_uci", "application_number")
    ]
    assert id_01(file).outcome is RuleOutcome.PASS
    assert id_02(file).outcome is RuleOutcome.PASS


def test_a_member_with_the_principals_uci_blocks_however_it_is_spaced() -> None:
    finding = id_02(a_file(a_person(uci="1234-5678"), members=(a_member(uci="1234 5678"),)))
    assert finding.blocks
    assert finding.facts["fields"] == "uci,member_uci"


def test_a_uci_that_another_file_holds_blocks() -> None:
    assert id_02(a_file(a_person(uci="1234-5678")), ("uci",)).blocks


def test_a_file_without_numbers_asks_for_nothing() -> None:
    file = a_file(a_person(individual_reference=None), passports=())
    for finding in (id_01(file), id_02(file)):
        assert finding.outcome is RuleOutcome.NOT_APPLICABLE
