# SPDX-License-Identifier: Apache-2.0
"""`figures`: the list, and one of them set, looked up or taken out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office

from imp_plus_desktop.cli.main import main


class Desk:
    """The command line over one register, on a day on which fees are due."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.capsys = path, capsys
        new_office(path).close()

    def said(self, *arguments: str, code: int = 0, lang: str = "en") -> str:
        options = ["--register", str(self.path), "--lang", lang, "--today", "2026-12-02"]
        assert main([*options, *arguments]) == code
        told = self.capsys.readouterr()
        return told.out if code == 0 else told.err

    def run(self, *arguments: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.said("--json", *arguments))
        return answer

    def figure(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.run("figures")["figures"] if one["figure"] == name]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "r.imp", capsys)


def test_a_fee_is_set_from_a_day_read_again_and_taken_out(desk: Desk) -> None:
    words = ("--from", "2026-12-01", "--source", "IRCC’s list", "--again", "2027-03-01")
    made = desk.run("figures", "set", "fee_processing", "165,00", *words)
    assert made["act"] == 1
    (fee,) = made["figures"]
    assert (fee["value"], fee["shipped"], fee["by_office"], fee["source"], fee["again_on"]) == (
        165.0,
        155.0,
        True,
        "IRCC’s list",
        "2027-03-01",
    )
    assert desk.run("figures", "read", "fee_processing")["act"] == 2
    assert desk.figure("fee_processing")[0]["again_on"] == "2027-12-01"
    assert desk.run("figures", "remove", "fee_processing")["act"] == 3
    assert not desk.figure("fee_processing")[0]["by_office"]
    assert desk.run("undo")["act"] == 4
    assert desk.figure("fee_processing")[0]["by_office"]


def test_what_counts_later_stands_in_the_list_with_its_day(desk: Desk) -> None:
    desk.run("figures", "set", "clock_biometrics", "45", "--source", "x", "--from", "2027-01-01")
    now, later = desk.figure("clock_biometrics")
    assert (now["value"], now["in_force"]) == (30, True)
    assert (later["value"], later["since"], later["in_force"]) == (45, "2027-01-01", False)
    assert "45 days  from 2027-01-01" in desk.said("figures")
    assert "à partir du" in desk.said("figures", lang="fr")


def test_a_cap_and_a_day_are_set_the_same_way(desk: Desk) -> None:
    desk.run("figures", "set", "cap_applications", "900", "--source", "x", "--year", "2026")
    assert desk.run("quota", "2026")["cap"] == 900
    desk.run("figures", "set", "last_accepted_letter", "2027-06-30", "--source", "a notice")
    (day,) = desk.figure("last_accepted_letter")
    assert (day["value"], day["shipped"]) == ("2027-06-30", "2025-01-15")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "fee_processing"), "Say what to do with which figure"),
        (("set",), "Say what to do with which figure"),
        (("read", "fee_processing", "5"), "Say what to do with which figure"),
        (("set", "fee_processing", "dear", "--source", "x"), "This is not an amount"),
        (("set", "fee_processing", "5"), "Say where the figure was read"),
        (("set", "csq_months", "0", "--source", "x"), "a whole number from 1 to 240"),
        (("set", "child_age", "21", "--source", "x"), "no setting named “child_age”"),
        (("remove", "fee_processing"), "The office has set no such figure"),
        (("read", "fee_eta", "--on", "2026-12-03"), "A figure was read today or before"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    desk: Desk, arguments: tuple[str, ...], sentence: str
) -> None:
    said = desk.said("figures", *arguments, code=2)
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert desk.run("journal")["acts"] == []


FILE = """
[file]
format = 1
name = "Fees of December"
issued = 2026-12-01
[[figures]]
figure = "fee_processing"
value = "165.00"
from = 2026-12-01
source = "IRPR 299"
[[holidays]]
day = 2026-12-24
closed = true
source = "the office"
"""


def test_a_file_of_figures_is_looked_at_then_taken_and_taken_back(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "fees.toml"
    path.write_text(FILE, encoding="utf-8")
    desk.run("add", "family_name=Tremblay", "given_names=Anaïs", "letter_date=2024-12-01")
    before = desk.run("figures")
    told = desk.run("programme-file", str(path), "--dry-run")
    assert (told["signature"], told["act"], told["files"]) == ("none", None, 1)
    assert told["changes"][0] == {
        "entry": "fee_processing",
        "year": None,
        "before": "155.00",
        "after": "165.00",
        "from": "2026-12-01",
        "source": "IRPR 299",
    }
    assert {one["what"] for one in told["affected"]} == {"fee"}
    (effect,) = told["affected"]
    assert effect["after"] == effect["before"] + 10
    assert desk.run("figures") == before
    said = desk.said("programme-file", str(path), code=5)
    assert told["fingerprint"][:16] in said
    done = desk.run("programme-file", str(path), "--trust", told["fingerprint"][:16])
    assert (done["act"], done["affected"]) == (2, told["affected"])
    assert desk.figure("fee_processing")[0]["value"] == 165
    lines = desk.said("programme-file", str(path), "--dry-run")
    assert "Everything in this file stands there already." in lines
    assert "took 2 figures of fees.toml" in desk.said("journal")
    assert desk.run("undo")["act"] == 3
    assert desk.run("figures") == before


def test_what_a_file_changes_is_told_in_words(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "fees.toml"
    path.write_text(FILE, encoding="utf-8")
    desk.run("add", "family_name=Tremblay", "given_names=Anaïs", "letter_date=2024-12-01")
    said = desk.said("programme-file", str(path), "--dry-run")
    assert "Work permit processing  $155.00 → $165.00  from 2026-12-01  IRPR 299" in said
    assert "Day on which the office is closed  — → closed" in said
    assert "2 figures change. The verdict, a day or the fees of 1 file of 1 change." in said
    assert "#1  Tremblay Anaïs  Fees of the file  $" in said
    french = desk.said("programme-file", str(path), "--dry-run", lang="fr")
    assert "Frais du dossier" in french


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (FILE.replace("165.00", "dear"), 3, "fee_processing, 2026-12-01: This is not an amount."),
        (FILE.replace("closed = true", ""), 3, "[[holidays]] 1: closed is true or false"),
        ("nothing", 3, "cannot be read at line 1"),
        ("[file]\nformat = 7\n", 3, "it begins with [file]"),
        (FILE + "# imp-plus-signature: AAAA BBBB\n", 3, "it was changed after it was signed"),
    ],
)
def test_a_file_that_is_not_right_is_one_sentence(
    desk: Desk, tmp_path: Path, text: str, code: int, sentence: str
) -> None:
    path = tmp_path / "fees.toml"
    path.write_text(text, encoding="utf-8")
    said = desk.said("programme-file", str(path), code=code)
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert desk.run("journal")["acts"] == []


def test_holidays_countries_and_switches_are_set_by_hand_too(desk: Desk) -> None:
    desk.run("figures", "set", "entry_MAR", "eta", "--source", "a notice")
    assert desk.run("entry", "MAR")["requirement"] == "eta"
    desk.run("figures", "set", "returned_uses_place", "yes", "--source", "x", "--year", "2026")
    desk.run("figures", "remove", "returned_uses_place", "--year", "2026")
    assert "visa, eta, none" in desk.said(
        "figures", "set", "entry_MAR", "maybe", "--source", "x", code=2
    )
    assert desk.said("figures", "set", "entry_XYZ", "eta", "--source", "x", code=2)


def test_the_holidays_of_a_year_with_the_offices_own(desk: Desk) -> None:
    desk.run("figures", "set", "holiday", "closed", "--from", "2026-12-24", "--source", "us")
    desk.run("figures", "set", "holiday", "open", "--from", "2026-04-06", "--source", "we work")
    told = {one["day"]: one for one in desk.run("holidays")["holidays"]}
    assert (told["2026-12-24"]["because"], told["2026-12-24"]["closed"]) == ("office", True)
    assert (told["2026-04-06"]["because"], told["2026-04-06"]["closed"]) == ("works", False)
    assert told["2026-06-24"]["source"] == "F-1.1"
    assert len(told) == 10
    assert "2027-03-26  Vendredi saint" in desk.said("holidays", "2027", lang="fr")
    desk.run("figures", "remove", "holiday", "--from", "2026-12-24")
    assert "2026-12-24" not in desk.said("holidays")


def test_all_that_are_due_are_found_unchanged_at_once(desk: Desk) -> None:
    due = desk.run("figures", "--due")["due"]
    done = desk.run("figures", "read", "--due", "--source", "IRCC’s list")
    assert (done["act"], len(done["figures"])) == (1, due)
    assert desk.run("figures", "--due")["due"] == 0
    assert desk.run("figures", "read", "--due") == {"act": None, "figures": []}
    desk.run("undo")
    assert desk.run("figures", "--due")["due"] == due
