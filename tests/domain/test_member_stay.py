# SPDX-License-Identifier: Apache-2.0
"""Family members in Canada: with what status they apply, until when, and at what fee (FAM-12)."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import a_file, a_member, a_permit, an_application, programme

from imp_plus_desktop.domain.deadlines.deadlines import deadlines
from imp_plus_desktop.domain.family.family import member_findings, member_receive_findings
from imp_plus_desktop.domain.family.member_stay import fam_12
from imp_plus_desktop.domain.fees.fees import fee_lines
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, PermitId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import Severity
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    MemberLocation,
    Outcome,
    PermitWish,
)

CASES = list(
    csv.DictReader(
        Path(__file__).with_name("member_status_days.csv").read_text(encoding="utf-8").splitlines()
    )
)
THEIRS = ApplicationId(5)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def file_of(row: dict[str, str]) -> tuple[PersonFile, Member]:
    """The family that a row tells; the member asks for a work permit."""
    member = a_member(
        wish=PermitWish.WORK,
        canada_status=CanadaStatus(row["status"]) if row["status"] else None,
        canada_status_until=_day(row["until"]),
        location=MemberLocation(row["location"]) if row["location"] else None,
    )
    told = dict(pair.split("=") for pair in row["application"].split())
    applications, permits = [], []
    if told:
        refused, until = _day(told.get("refused", "")), _day(told.get("permit", ""))
        state = ApplicationState.REFUSED if refused else ApplicationState.RECEIVED
        theirs = an_application(
            ApplicationState.PERMIT_ISSUED if until else state,
            id=THEIRS,
            member_id=member.id,
            code=ApplicationCode.C41,
            place=None,
            cap_year=None,
            received_at=noon_in_toronto(date.fromisoformat(told["filed"])),
            decided_on=refused,
            outcome=Outcome.REFUSED if refused else None,
        )
        applications.append(theirs)
        if until:
            permits.append(a_permit(until, application=5))
    if row["principal"]:
        applications.append(an_application(ApplicationState.PERMIT_ISSUED))
        permits.append(replace(a_permit(date(2025, 5, 1)), id=PermitId(9)))
    file = a_file(members=(member,), applications=tuple(applications), permits=tuple(permits))
    return file, member


@pytest.mark.parametrize("row", CASES, ids=[row["case"] for row in CASES])
def test_a_members_status_in_canada_comes_out_as_written(row: dict[str, str]) -> None:
    file, member = file_of(row)
    day = date.fromisoformat(row["day"])
    found = fam_12(file, member, day, programme())
    assert (found.rule, found.outcome.value, found.reason) == (
        "FAM-12",
        row["outcome"],
        row["reason"],
    )
    assert found.severity is Severity.BLOCK
    own = [
        (d.reason, d.day.isoformat())
        for d in deadlines(file, day, programme())
        if d.reason in ("member_status_ends", "member_restoration_ends")
    ]
    assert own == ([(row["agenda"], row["agenda_day"])] if row["agenda"] else [])


@pytest.mark.parametrize("row", CASES, ids=[row["case"] for row in CASES])
def test_a_member_who_restores_a_status_pays_for_it(row: dict[str, str]) -> None:
    file, member = file_of(row)
    day = date.fromisoformat(row["day"])
    again = an_application(
        id=ApplicationId(6),
        member_id=member.id,
        code=ApplicationCode.C41,
        place=None,
        cap_year=None,
        received_at=noon_in_toronto(day),
    )
    asked = replace(file, applications=(*file.applications, again))
    theirs = [line for line in fee_lines(asked, day, programme()) if line.application_id == 6]
    restores = any(line.fee == "restoration_worker" for line in theirs)
    assert restores is (row["restores"] == "yes")
    assert {"processing", "restoration_worker"} & {line.fee for line in theirs}


def test_it_is_told_of_a_member_and_stops_a_receipt() -> None:
    row = dict.fromkeys(CASES[0], "") | {"status": "none", "location": "quebec"}
    file, member = file_of(row)
    day = date(2023, 6, 1)
    assert "FAM-12" in {f.rule for f in member_findings(file, member, programme(), day)}
    at = datetime(2023, 6, 1, 16, tzinfo=UTC)
    received = member_receive_findings(file, member, at, programme(), ApplicationKind.FIRST)
    assert next(f for f in received if f.rule == "FAM-12").blocks


def test_a_member_who_asks_for_no_permit_or_has_gone_is_not_asked() -> None:
    file, member = file_of(dict.fromkeys(CASES[0], "") | {"status": "none", "location": "quebec"})
    day = date(2023, 6, 1)
    for changes in ({"wish": PermitWish.VISITOR}, {"wish": PermitWish.NONE}, {"died_on": day}):
        other = replace(member, **changes)
        assert fam_12(file, other, day, programme()).outcome.value == "not_applicable"
    idle = replace(member, wish=PermitWish.NONE)
    assert fam_12(file, idle, day, programme(), PermitWish.WORK).blocks
