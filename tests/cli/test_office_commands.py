# SPDX-License-Identifier: Apache-2.0
"""The file as an office keeps it, mergers and other routes, from the command line."""

from pathlib import Path
from typing import Any

import pytest
from cli.test_commands import PERSON, Shell

pytestmark = pytest.mark.mostly_long(
    "test_a_clerk_is_set_assigned_and_asked_for",
    "test_two_files_are_compared_merged_and_taken_apart",
    "test_the_same_is_said_in_lines",
)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "office.imp", capsys)
    made.ok("add", *PERSON)
    return made


def test_a_clerk_is_set_assigned_and_asked_for(shell: Shell) -> None:
    shell.ok("set", "#1", "clerk", "S. Roy")
    assert shell.ok("people", "--clerk", "S. Roy")["people"][0]["clerk"] == "S. Roy"
    assert shell.ok("assign", "M. Gagnon", "#1")["changed"] == ["clerk"]
    assert shell.ok("people", "--clerk", "S. Roy")["total"] == 0
    assert shell.ok("people", "--clerk", "")["total"] == 0


def test_contacts_names_and_letters_stand_in_the_file(shell: Shell) -> None:
    shell.ok("contact", "#1", "called", "No answer", "--on", "2023-12-01")
    shell.ok("contact", "#1", "replied", "Will come", "--entry", "1")
    shell.ok("rename", "#1", "--family-name", "Tremblay", "--given-names", "Ánh")
    shell.ok("letter", "#1", "2023-11-05", "--received", "2023-11-08", "--replaces", "2023-10-05")
    file = shell.ok("show", "#1")
    said = {"id": 1, "on": "2023-12-20", "kind": "replied", "text": "Will come"}
    assert file["contacts"] == [{**said, "attachment": None}]
    assert file["former_names"][0]["family_name"] == "Nguyễn"
    assert [letter["supersedes"] for letter in file["letters"]] == [None, 1]
    assert shell.ok("people", "--search", "nguyen")["total"] == 1
    shell.ok("contact-delete", "#1", "1")
    assert shell.ok("show", "#1")["contacts"] == []
    assert shell.run("letter", "#1", "2023-11-06", "--replaces", "2020-01-01")[0] == 2


def test_history_out_of_order_is_stored_and_told_with_the_other_day(shell: Shell) -> None:
    done: Any = shell.ok("letter", "#1", "2023-11-06", "--received", "2023-11-05")
    (warning,) = done["warnings"]
    assert (warning["field"], warning["code"]) == ("letter_received_date", "dates_out_of_order")
    assert "(November 6, 2023)" in warning["message"]
    assert "warnings" not in shell.ok("set", "#1", "phone", "514-555-0199")
    early: Any = shell.ok("set", "#1", "arrived_on", "1980-01-01")
    assert [one["field"] for one in early["warnings"]] == ["arrived_on"]
    assert shell.ok("show", "#1")["person"]["arrived_on"] == "1980-01-01"
    assert shell.run("set", "#1", "csq_issue_date", "1980-01-01")[0] == 2


def test_two_files_are_compared_merged_and_taken_apart(shell: Shell) -> None:
    twin = ("family_name=Nguyen", "given_names=Thi Anh", "birth_date=1990-03-04")
    shell.ok("add", *twin, "phone=514-555-0199", "--duplicate")
    code, answer, _err = shell.run("duplicates")
    assert code == 1
    assert (answer["pairs"][0]["left"], answer["pairs"][0]["right"]) == (1, 2)
    found = shell.ok("merge", "#1", "#2", "--dry-run")
    assert [f["field"] for f in found["fields"]] == ["family_name", "given_names"]
    assert shell.run("merge", "#1", "#2", "--take", "family_name=left")[0] == 2, "one is open"
    names = ("--take", "family_name=left", "--take", "given_names=left")
    done = shell.ok("merge", "#1", "#2", *names)
    assert (done["person"], done["gone"]) == (1, 2)
    assert shell.ok("show", "#1")["person"]["phone"] == "514-555-0199"
    assert shell.run("show", "#2")[0] == 2
    assert shell.ok("undo")["kept"] == []
    assert shell.ok("show", "#2")["person"]["family_name"] == "Nguyen"
    assert shell.run("merge", "#1", "#1")[0] == 2
    assert shell.run("merge", "#1", "#2", "--take", "phone=both")[0] == 2
    shell.ok("set", "#2", "sex", "M")
    shell.ok("set", "#1", "sex", "F")
    sexes = (*names, "--take", "sex=left")
    code, _answer, said = shell.run("merge", "#1", "#2", *sexes)
    assert (code, "two people" in said) == (5, True)
    assert shell.ok("merge", "#1", "#2", *sexes, "--sure")["gone"] == 2


def test_two_files_are_compared_in_the_words_of_the_office(shell: Shell) -> None:
    twin = ("family_name=Nguyen", "given_names=Thi Anh", "birth_date=1990-03-04")
    shell.ok("add", *twin, "citizenship=Maroc", "--duplicate")
    shell.ok("set", "#1", "sex", "F")
    shell.ok("set", "#2", "sex", "M")
    _code, told, _err = shell.run("merge", "#1", "#2", "--dry-run", json_wanted=False)
    assert ("Vietnam" in told, "Morocco" in told, "Female" in told, "Male" in told) == (True,) * 4
    assert not {"VNM", "MAR"} & set(told.split())


def test_other_routes_are_listed_proposed_and_recorded(shell: Shell) -> None:
    listed: Any = shell.ok("routes", "--search", "A73")
    assert listed["routes"][0]["route"] == "a73"
    shell.ok("set", "#1", "residence", "CAN-QC", "--on", "2023-01-01")
    code, verdict, _err = shell.run("verdict", "#1")
    assert code == 1
    assert verdict["routes"][0]["route"] == "a73"
    assert {"condition": "lives_in_quebec", "met": True} in verdict["routes"][0]["conditions"]
    shell.ok("route", "#1", "a73", "filed", "--filed", "2023-12-01", "--offer", "A1234567")
    assert shell.ok("show", "#1")["other_routes"][0]["offer_number"] == "A1234567"
    shell.ok("route-delete", "#1", "1")
    assert shell.ok("show", "#1")["other_routes"] == []


def test_entry_by_nationality_is_the_office_s_own_list(shell: Shell) -> None:
    shipped = shell.ok("entry", "France")
    assert (shipped["requirement"], shipped["own"]) == ("eta", False)
    assert shipped["read_on"] == "2026-02-12"
    assert shell.ok("entry", "Maroc")["requirement"] == "visa"
    assert shell.ok("entry", "Canada")["requirement"] is None
    shell.ok("entry", "France", "eta", "--source", "canada.ca, 2023-12-20")
    own = shell.ok("entry", "FRA")
    assert (own["requirement"], own["own"], own["read_on"]) == ("eta", True, None)
    assert shell.run("entry", "France", "eta")[0] == 2


def test_the_same_is_said_in_lines(shell: Shell) -> None:
    twin = ("family_name=Nguyen", "given_names=Thi Anh", "birth_date=1990-03-04")
    shell.ok("add", *twin, "--duplicate")
    _code, lines, _err = shell.run("merge", "#1", "#2", "--dry-run", json_wanted=False)
    assert "Family name" in lines
    _code, lines, _err = shell.run("routes", json_wanted=False)
    assert "Bridging open work permit (A75)" in lines
    _code, lines, _err = shell.run("duplicates", json_wanted=False)
    assert "1 pair" in lines
    shell.ok("set", "#1", "residence", "CAN-QC", "--on", "2023-01-01")
    _code, lines, _err = shell.run("verdict", "#1", json_wanted=False)
    assert "Other routes worth looking at:" in lines


def test_a_file_goes_to_the_bin_is_listed_there_and_comes_back(shell: Shell) -> None:
    number = "W123456789"
    shell.ok("receive", "#1", "--at", "2023-12-01T10:00:00-05:00", "--number", number)
    assert shell.run("delete", "#1")[0] == 2, "a reason is needed"
    assert shell.run("delete", "#1", "--reason", " ")[0] == 2
    gone = shell.ok("delete", number, "--reason", "Entered twice")
    assert gone["places"] == [{"year": 2023, "place": 1}]
    assert shell.ok("people")["total"] == 0
    (kept,) = shell.ok("bin")["files"]
    assert (kept["person"], kept["deleted_on"], kept["reason"]) == (
        1,
        "2023-12-20",
        "Entered twice",
    )
    assert kept["name"].startswith("Nguyễn")
    assert kept["by"]
    assert shell.ok("bin", "--search", "nguyen twice")["files"] == [kept]
    assert shell.ok("bin", "--search", "tremblay")["files"] == []
    code, _answer, told = shell.run("show", number)
    assert code == 2
    assert "#1" in told
    assert "bin" in told
    back = shell.ok("restore-file", number)
    assert (back["person"], back["over_cap"]) == (1, [])
    assert shell.ok("show", "#1")["applications"][0]["place"] == 1
    assert shell.ok("bin")["files"] == []
    assert shell.run("restore-file", number)[0] == 2
    checked = shell.ok("check")
    assert all(checked[name] == "ok" for name in ("ledger", "journal", "rows", "search"))


def test_a_restore_over_the_cap_is_done_and_says_so(shell: Shell) -> None:
    shell.ok("cap", "2023", "1", "--from", "2023-01-01", "--reason", "few")
    at = ("--at", "2023-12-01T10:00:00-05:00")
    shell.ok("receive", "#1", *at)
    shell.ok("delete", "#1", "--reason", "Entered twice")
    other = ("family_name=Roy", "given_names=Ana", "birth_date=1980-01-01", "residence_country=MAR")
    shell.ok("add", *other, "letter_date=2023-10-05", "letter_received_date=2023-10-08")
    shell.ok("receive", "#2", *at, "--override", "CSQ-01=kept elsewhere")
    code, back, _err = shell.run("restore-file", "#1")
    assert (code, back["over_cap"], back["places"]) == (1, [2023], [{"year": 2023, "place": 2}])


def test_a_number_taken_meanwhile_blocks_the_restore(shell: Shell) -> None:
    shell.ok("set", "#1", "uci", "1111111111")
    shell.ok("delete", "#1", "--reason", "Entered twice")
    shell.ok("add", "family_name=Roy", "given_names=Ana", "uci=11-1111-1111")
    code, _answer, told = shell.run("restore-file", "#1")
    assert code == 5
    assert "#2" in told
    assert shell.ok("people")["total"] == 1
