# SPDX-License-Identifier: Apache-2.0
"""One person in two files: a spouse with a file of their own, one UCI, one passport."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from office_builders import a_list, a_row, add_member, import_file, invite, merge
from tampering import plan_of, reads_whole

from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import deaths, folder, identity, people
from imp_plus_desktop.storage.reads import twins
from imp_plus_desktop.words import messages

SARA = {"family_name": "Benali", "given_names": "Sara", "birth_date": "1991-05-06"}


def of_member(office: Office, member: int, rule: str) -> Finding:
    one = family.one(office, member)
    found = family.findings(office, people.file(office, one.person_id), one)
    return next(finding for finding in found if finding.rule == rule)


def of_file(office: Office, person: int, rule: str) -> Finding:
    return next(f for f in identity.findings(office, person) if f.rule == rule)


def test_a_spouse_who_is_invited_too_is_found_by_name_and_birth_date(office: Office) -> None:
    member = add_member(office, invite(office))
    assert of_member(office, member, "FAM-11").reason == "no_own_invitation"
    own = invite(office, 2, **SARA)
    found = of_member(office, member, "FAM-11")
    assert (found.reason, found.facts["people"]) == ("spouse_has_own_file", str(own))
    deaths.record(office, own, date(2023, 11, 20))
    assert of_member(office, member, "FAM-11").reason == "spouse_file_closed"


def test_that_a_spouse_was_invited_is_recorded_and_taken_back(office: Office) -> None:
    member = add_member(office, invite(office))
    done = family.set_field(office, member, "invited", "oui")
    assert done.changed == ("invited",)
    assert family.one(office, member).invited is True
    assert of_member(office, member, "FAM-11").reason == "spouse_invited"
    history.undo(office)
    assert family.one(office, member).invited is None
    assert of_member(office, member, "FAM-11").reason == "no_own_invitation"


def test_a_uci_in_two_files_is_told_in_both_and_blocks_nothing(office: Office) -> None:
    first, second, third = (invite(office, number) for number in (1, 2, 3))
    add_member(office, first, uci="1234-5678")
    assert of_file(office, first, "ID-02").outcome is RuleOutcome.PASS
    people.set_value(office, f"#{second}", "uci", "12345678")
    for person, field in ((first, "member_uci"), (second, "uci")):
        found = of_file(office, person, "ID-02")
        assert (found.reason, found.facts["fields"]) == ("number_in_two_files", field)
        assert found.outcome is RuleOutcome.FAIL
        assert not found.blocks
    people.set_value(office, f"#{second}", "uci", "")
    assert of_file(office, first, "ID-02").outcome is RuleOutcome.PASS
    add_member(office, third, uci="12345678", given_names="Lina")
    assert of_file(office, third, "ID-02").reason == "number_in_two_files"


def test_one_passport_in_two_files_is_told_and_is_a_pair(office: Office) -> None:
    first = invite(office)
    second = invite(office, 2, passport_number="ab 100-001", birth_date="1985-01-01")
    for person, other in ((first, second), (second, first)):
        found = of_file(office, person, "ID-04")
        assert (found.reason, found.facts["people"]) == ("passport_shared", str(other))
        assert not found.blocks
    (pair,) = merge_people.likely_duplicates(office)
    assert (pair.left, pair.right, pair.score) == (first, second, 80)
    assert pair.because == ("passport_same", "reference_differs")


def test_passports_of_two_countries_are_two(office: Office) -> None:
    first = invite(office)
    second = invite(office, 2, passport_number="AB100001", citizenship="FRA")
    assert of_file(office, first, "ID-04").outcome is RuleOutcome.PASS
    assert merge_people.likely_duplicates(office) == []
    people.set_value(office, f"#{second}", "citizenship", "")
    assert of_file(office, first, "ID-04").outcome is RuleOutcome.FAIL
    assert len(merge_people.likely_duplicates(office)) == 1


def test_two_files_of_one_passport_merge_with_a_second_yes_and_come_back(office: Office) -> None:
    first = invite(office)
    second = invite(office, 2, passport_number="AB100001", family_name="Benalia")
    folder.add_note(office, second, "From the second file")
    (pair,) = merge_people.likely_duplicates(office)
    assert pair.because[:3] == ("passport_same", "name_spelling", "birth_same")
    found = merge_people.compare(office, first, second)
    take = dict.fromkeys(found.choices, "left")
    with pytest.raises(DomainError, match="two_people"):
        merge_people.merge(office, first, second, take)
    merge(office, first, second)
    assert len(people.file(office, first).passports) == 1
    assert of_file(office, first, "ID-04").outcome is RuleOutcome.PASS
    history.undo(office)
    assert of_file(office, second, "ID-04").outcome is RuleOutcome.FAIL


def test_nothing_is_scanned_to_find_them(office: Office) -> None:
    """At 100,000 people a file's look-ups cost what they do at three."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    run = office.register.db.execute_sql

    def listening(sql: str, parameters: tuple[object, ...] = (), *rest: object) -> object:
        asked.append((sql, tuple(parameters or ())))
        return run(sql, parameters, *rest)

    office.register.db.execute_sql = listening  # type: ignore[method-assign]
    try:
        twins.people_who_may_be(office.register, "1234-5678", date(1991, 5, 6))
        twins.files_with_uci(office.register, "1234-5678")
        twins.passport_holders(office.register, ["AB100001"])
    finally:
        del office.register.db.execute_sql  # type: ignore[misc]
    assert len(asked) == 4
    for sql, parameters in asked:
        plan = plan_of(office.register.db, sql, parameters)
        assert not [line for line in plan if reads_whole(line)], (sql, plan)


def test_a_list_warns_of_a_passport_that_somebody_else_has_and_takes_the_row(
    office: Office, tmp_path: Path
) -> None:
    invite(office)
    rows = [
        a_row(2, passport_number="ab-100 001"),
        a_row(3, passport_number="AB100001", citizenship="France"),
        a_row(4, passport_number="XY222222"),
        a_row(5, passport_number="xy 222222"),
        a_row(1, passport_number="AB100001", email="amine@example.com"),
    ]
    path = a_list(tmp_path / "a.xlsx", rows)
    done = import_file(office, path)
    counts = done.preview.counts
    assert (counts.new, counts.updated, counts.review, counts.rejected) == (4, 1, 0, 0)
    told = [(i.row, i.code, i.severity, i.column) for i in done.preview.issues]
    warning = ("possible_duplicate", "warning", "passport_number")
    assert told == [(2, *warning), (5, *warning), (6, *warning)]
    assert "Benalicc" in messages.issue_text(done.preview.issues[2])
    again = import_file(office, path).preview
    assert (again.counts.new, again.counts.updated, list(again.issues)) == (0, 0, [])
    pairs = {(p.left, p.right) for p in merge_people.likely_duplicates(office)}
    assert len(pairs) == 2
