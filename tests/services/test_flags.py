# SPDX-License-Identifier: Apache-2.0
"""Flags of history: taken as it was, told on the file, settled with a reason, kept by the lists."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from office_builders import (
    YEAR,
    a_list,
    a_row,
    import_file,
    invite,
    receive,
    set_cap,
)

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.applications import applications, flags
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.words import messages

pytestmark = pytest.mark.mostly_long(
    "test_history_goes_in_as_it_was_and_each_file_tells_what_is_against_it",
    "test_a_corrected_value_takes_its_flag_away",
    "test_only_the_flags_that_are_named_are_settled",
    "test_an_approval_without_its_receipt_is_not_counted_and_its_year_is_told",
    "test_every_flag_has_a_word",
    "test_an_official_count_lowers_the_room_for_what_came_after_it",
    "test_of_the_row",
)

FILES = Path(__file__).parents[1] / "files"


def past(number: int, received: date, **more: Any) -> dict[str, Any]:
    """A row whose application was received on a day, and approved where nothing else is said."""
    told = {"application_number": f"W{300_000_000 + number}", "received_at": received}
    return a_row(number, **told, **{"outcome": "approved", **more})


SEPTEMBER = date(2023, 9, 10)


@pytest.fixture
def flagged(office: Office, tmp_path: Path) -> Office:
    """Five people: nothing wrong, decided too early, permit too long, late for the letter, and one
    who is over the cap of two besides (the last received)."""
    set_cap(office, 4)
    rows = [
        past(1, SEPTEMBER),
        past(2, date(2023, 9, 11), decided_on=date(2023, 9, 5)),
        past(3, date(2023, 9, 12), permit_from=date(2023, 10, 1), permit_until=date(2026, 10, 2)),
        past(4, date(2023, 9, 14), letter_date=date(2023, 3, 1)),
        past(5, date(2023, 9, 15)),
    ]
    import_file(office, a_list(tmp_path / "l.xlsx", rows))
    return office


def codes(office: Office, person: int) -> list[str]:
    return [flag.code.value for flag in flags.of_person(office, person) if flag.is_open]


def listed(office: Office) -> list[int]:
    return sorted(people.ids(office, PeopleFilter(flagged=True)))


def test_history_goes_in_as_it_was_and_each_file_tells_what_is_against_it(flagged: Office) -> None:
    assert [codes(flagged, person) for person in range(1, 6)] == [
        [],
        ["decided_before_received"],
        ["permit_over_term"],
        ["rule_failed"],
        ["over_cap"],
    ]
    assert listed(flagged) == [2, 3, 4, 5]
    assert flags.count_people(flagged) == 4
    kept = applications.ids(flagged, ApplicationFilter(flagged=True))
    assert (sorted(kept), flags.count_applications(flagged)) == ([2, 3, 4, 5], 4)


def test_the_preview_says_which_rows_and_counts_them(office: Office, tmp_path: Path) -> None:
    set_cap(office, 1)
    receive(office, invite(office, 9), datetime(2023, 9, 12, 15, tzinfo=UTC))
    rows = [past(1, SEPTEMBER), past(2, date(2023, 9, 13)), past(3, date(2023, 9, 14))]
    preview = imports.open_file(office, a_list(tmp_path / "l.xlsx", rows))
    # One place, and four for it: the one of the 10th came first, so the register's own is late too.
    assert [(flag.row, flag.code.value) for flag in preview.flags] == [
        (3, "over_cap"),
        (4, "over_cap"),
    ]
    assert preview.flag_counts == {FlagCode.OVER_CAP: 2}
    imports.commit(office, preview)
    assert [codes(office, person) for person in (1, 2, 3, 4)] == [
        ["over_cap"],
        [],
        ["over_cap"],
        ["over_cap"],
    ]


def test_what_the_preview_flags_is_what_the_files_have(flagged: Office, tmp_path: Path) -> None:
    rows = [
        past(2, date(2023, 9, 11), decided_on=date(2023, 9, 6)),
        past(1, SEPTEMBER, decided_on=date(2023, 10, 2), permit_from=date(2023, 10, 3)),
    ]
    preview = imports.open_file(flagged, a_list(tmp_path / "again.xlsx", rows))
    assert [(f.row, f.code.value) for f in preview.flags] == [(2, "decided_before_received")]
    again = imports.open_file(flagged, tmp_path / "l.xlsx")
    assert (again.flags, again.counts.unchanged) == ((), 5)


def test_a_corrected_value_takes_its_flag_away(flagged: Office) -> None:
    folder_date = {"letter_date": "2023-08-20"}
    people.edit(flagged, 4, folder_date)
    assert codes(flagged, 4) == []
    assert 4 not in listed(flagged)
    set_cap(flagged, 5)
    assert listed(flagged) == [2, 3]


def test_a_flag_is_settled_with_a_reason_and_opens_again_by_undo_or_by_asking(
    flagged: Office,
) -> None:
    wanted = Wanted(FlagCode.PERMIT_OVER_TERM)
    with pytest.raises(InvalidInput, match="reason_missing"):
        flags.settle(flagged, 3, wanted, "  ")
    _act, count = flags.settle(flagged, 3, wanted, "as printed")
    (flag,) = flags.of_person(flagged, 3)
    assert flag.settled is not None
    assert (count, flag.settled.reason) == (1, "as printed")
    assert (flag.settled.settled_on, flag.settled.settled_by) == (
        flagged.clock.today(),
        flagged.user,
    )
    assert "as printed" in messages.settled_text(flag.settled)
    assert 3 not in listed(flagged)
    assert flags.settle(flagged, 3, wanted, "again") == (None, 0)
    history.undo(flagged)
    assert 3 in listed(flagged)
    flags.settle(flagged, 3, wanted, "as printed")
    assert flags.unsettle(flagged, 3, wanted)[1] == 1
    assert codes(flagged, 3) == ["permit_over_term"]


def test_a_settled_place_over_the_cap_leaves_the_lists(flagged: Office) -> None:
    flags.settle(flagged, 5, Wanted(FlagCode.OVER_CAP), "IRCC took it in")
    assert codes(flagged, 5) == []
    assert listed(flagged) == [2, 3, 4]
    assert quota.board(flagged, YEAR).remaining == -1, "a settled flag bends no count"


def test_only_the_flags_that_are_named_are_settled(office: Office, tmp_path: Path) -> None:
    rows = [past(1, date(2023, 11, 2), letter_date=date(2022, 6, 1), residence_country="Canada",
                 residence_province="QC")]  # fmt: skip
    import_file(office, a_list(tmp_path / "l.xlsx", rows))
    assert [flag.rule for flag in flags.of_person(office, 1)] == ["INV-02", "ELG-01"]
    flags.settle(office, 1, Wanted(FlagCode.RULE_FAILED, rule="ELG-01"), "moved later")
    assert [flag.rule for flag in flags.of_person(office, 1) if flag.is_open] == ["INV-02"]
    with pytest.raises(InvalidInput, match="flag_not_found"):
        flags.settle(office, 1, Wanted(FlagCode.RULE_FAILED, rule="ELG-02"), "x")
    with pytest.raises(InvalidInput, match="flag_not_found"):
        flags.settle(office, 1, Wanted(FlagCode.RULE_FAILED, application=99), "x")


def test_an_approval_without_its_receipt_is_not_counted_and_its_year_is_told(
    office: Office,
) -> None:
    done = import_file(office, FILES / "approved-no-receipt.xlsx")
    assert [flag.code.value for flag in done.preview.flags] == ["receipt_unknown"]
    (flag,) = flags.of_person(office, 1)
    assert flag.facts["year"] == 2023
    assert "so in 2023" in messages.flag_text(flag)
    assert quota.board(office, 2023).used == 0


@pytest.mark.parametrize("code", list(FlagCode))
def test_every_flag_has_a_word(code: FlagCode) -> None:
    assert messages.name_of(code) != code.value


def test_an_official_count_lowers_the_room_for_what_came_after_it(
    office: Office, tmp_path: Path
) -> None:
    set_cap(office, 10)
    rows = [past(1, SEPTEMBER), past(2, date(2023, 9, 20)), past(3, date(2023, 9, 21))]
    import_file(office, a_list(tmp_path / "l.xlsx", rows))
    quota.set_official(office, OfficialCount(YEAR, date(2023, 9, 15), 9))
    assert [codes(office, person) for person in (1, 2, 3)] == [[], [], ["over_cap"]]


def test_the_command_line_shows_filters_settles_and_opens_again(
    flagged: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(flagged.register_path)
    day = flagged.clock.today().isoformat()

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main(["--register", path, "--json", "--today", day, *arguments])
        return code, json.loads(capsys.readouterr().out or "{}")

    assert run("people", "--flagged")[1]["total"] == 4
    (flag,) = run("show", "#3")[1]["flags"]
    assert (flag["code"], flag["settled_on"], flag["permit"]) == ("permit_over_term", None, 1)
    assert "36" in flag["message"]
    assert run("settle", "#3", "permit_over_term", "--reason", "as printed")[1]["settled"] == 1
    (flag,) = run("show", "#3")[1]["flags"]
    assert (flag["settled_on"], flag["reason"]) == (day, "as printed")
    assert run("people", "--flagged")[1]["total"] == 3
    assert run("unsettle", "#3", "permit_over_term")[1]["opened"] == 1
    assert run("settle", "#3", "over_cap", "--reason", "x")[0] == 2
    rows = [past(6, SEPTEMBER, decided_on=date(2023, 9, 1))]
    told = run("import", str(a_list(tmp_path / "more.xlsx", rows)))[1]
    assert {"sheet": "Liste", "row": 2, "code": "decided_before_received", "rule": None} in told[
        "flags"
    ]


def test_an_application_received_before_its_letter_was_written_is_flagged(
    office: Office, tmp_path: Path
) -> None:
    """A hand that types such a day is warned; as history it cannot have been so."""
    rows = [past(1, date(2023, 8, 20)), past(2, date(2023, 9, 1))]
    preview = imports.open_file(office, a_list(tmp_path / "l.xlsx", rows))
    assert [(f.row, f.code, f.rule) for f in preview.flags] == [(2, FlagCode.RULE_FAILED, "INV-01")]
    imports.commit(office, preview)
    (flag,) = flags.of_person(office, people.find(office, "C1000001"))
    assert "2023" in messages.flag_text(flag)
    assert codes(office, people.find(office, "C1000002")) == []
    people.edit(office, flag.application, {"letter_date": "2023-08-01"})
    assert codes(office, people.find(office, "C1000001")) == []


class TestInProcessBesideAPermit:
    """The permit tells more, and that is said at the cell."""

    PERMIT = (("permit_number", "U300000001"), ("permit_from", date(2023, 10, 1)))

    def told(self, preview: imports.Preview) -> list[tuple[int, str]]:
        return [(i.row, i.column) for i in preview.issues if i.code == "open_beside_permit"]

    def test_of_the_row(self, office: Office, tmp_path: Path) -> None:
        rows = [
            past(1, SEPTEMBER, outcome="En traitement", **dict(self.PERMIT)),
            past(2, SEPTEMBER, outcome="En traitement"),
            past(3, SEPTEMBER, outcome="Approuvée", permit_number="U300000003",
                 permit_from=date(2023, 10, 1)),
            past(4, SEPTEMBER, outcome=None, permit_number="U300000004",
                 permit_from=date(2023, 10, 1)),
        ]  # fmt: skip
        done = import_file(office, a_list(tmp_path / "l.xlsx", rows))
        assert self.told(done.preview) == [(2, "outcome")]
        (application,) = people.file(office, people.find(office, "C1000001")).applications
        assert application.outcome == "approved"

    def test_of_the_register(self, office: Office, tmp_path: Path) -> None:
        import_file(office, a_list(tmp_path / "a.xlsx", [past(1, SEPTEMBER, **dict(self.PERMIT))]))
        rows = [past(1, SEPTEMBER, outcome="Pending"), past(2, SEPTEMBER, outcome="Pending")]
        preview = imports.open_file(office, a_list(tmp_path / "b.xlsx", rows))
        assert self.told(preview) == [(2, "outcome")]
