# SPDX-License-Identifier: Apache-2.0
"""A receipt recorded late that finds no place says whose later receipt holds it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from office_builders import YEAR, invite, places, receive, set_cap

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Reception
from imp_plus_desktop.services.exports import quota_sheets
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import overcap
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.words.report_texts import held_by_text

EARLY, LATER, LATEST = (datetime(2023, 9, day, 15, tzinfo=UTC) for day in (11, 15, 20))


def test_the_later_receipt_is_named_and_no_place_moves(office: Office) -> None:
    set_cap(office, 2)
    holders = [receive(office, invite(office, n), at) for n, at in ((1, LATER), (2, LATEST))]
    before = places(office.register)
    late, lost = invite(office, 3), invite(office, 4)
    seen = applications.preview_receive(office, Reception(late, EARLY)).held_by
    done = receive(office, late, EARLY)
    assert done.outcome is Outcome.CANCELLED_OVER_CAP
    assert done.held_by == seen
    assert done.held_by is not None
    assert done.held_by.application == holders[1].application
    assert done.held_by.name == people.row(office, 2).name
    assert (done.held_by.received_at, done.held_by.place) == (LATEST, 2)
    assert places(office.register)[0] == before[0]
    after_all = datetime(2023, 9, 21, 15, tzinfo=UTC)
    assert receive(office, lost, after_all).held_by is None, "no later receipt has a place"
    assert replay.ledger_fault(office.register) is None
    history.undo(office)
    history.undo(office)
    other = receive(office, late, EARLY)
    assert other.held_by == seen


def test_the_over_cap_list_its_sheet_and_its_command_say_who_holds_the_place(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    set_cap(office, 1)
    held = receive(office, invite(office, 1), LATER).application
    late = receive(office, invite(office, 2), EARLY).application
    last = receive(office, invite(office, 3), LATEST).application
    known = {file.application: file.held_by for file in overcap.over_cap_list(office, YEAR).files}
    assert known[last] is None
    found = known[late]
    assert found is not None
    assert (found.application, found.place) == (held, 1)
    sheet = next(
        one for one in quota_sheets.quota_sheets(office, YEAR) if one.title == "Over the cap"
    )
    assert [row[-1] for row in sheet.rows] == [held_by_text(found), None]
    path = office.register_path
    office.close()
    common = ["--register", str(path), "--lang", "en", "--today", date(YEAR, 11, 22).isoformat()]
    assert main([*common, "overcap", str(YEAR)]) == 1
    assert f"{found.name}, received later" in capsys.readouterr().out
    assert main([*common, "--json", "overcap", str(YEAR)]) == 1
    files = json.loads(capsys.readouterr().out)["files"]
    assert [file["held_by"] and file["held_by"]["application"] for file in files] == [held, None]


def test_the_command_line_names_it_too(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    set_cap(office, 1)
    receive(office, invite(office, 1), LATER)
    invite(office, 2)
    path = office.register_path
    office.close()
    common = ["--register", str(path), "--lang", "en", "--today", date(YEAR, 11, 22).isoformat()]
    asked = ["receive", "C1000002", "--at", "2023-09-11T15:00Z"]
    assert main([*common, "--json", *asked]) == 1
    held = json.loads(capsys.readouterr().out)["held_by"]
    assert (held["person"], held["place"]) == (1, 1)
    assert held["received_at"].startswith("2023-09-15")
    assert main([*common, "undo"]) == 0
    capsys.readouterr()
    assert main([*common, *asked]) == 1
    said = capsys.readouterr().out
    assert f"{held['name']}, received later (September 15, 2023" in said
