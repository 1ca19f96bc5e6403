# SPDX-License-Identifier: Apache-2.0
"""What `programmes` answers, in JSON and in words: the list, a board, a file taken or refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main

FILES = Path(__file__).resolve().parent.parent / "files" / "programmes"
THIRD, LIST = str(FILES / "north_pilot.toml"), str(FILES / "liste-pilote.csv")


class Desk:
    """The command line over one register in November 2026."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.capsys = path, capsys
        new_office(path, date(2026, 11, 30)).close()

    def said(self, *arguments: str, code: int = 0, language: str = "en") -> str:
        options = ["--register", str(self.path), "--lang", language, "--today", "2026-11-30"]
        assert main([*options, *arguments]) == code
        return self.capsys.readouterr().out

    def run(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.said("--json", *arguments, code=code))
        return answer


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "r.imp", capsys)


def test_the_programmes_are_listed_with_their_days_places_and_sources(desk: Desk) -> None:
    main_one, policy = desk.run("programmes")["programmes"]
    assert (main_one["key"], main_one["open"], main_one["cap"]) == ("imp_plus", False, 7350)
    assert main_one["windows"]["last_accepted_letter"] == "2025-01-15"
    assert (policy["key"], policy["open"], policy["cap"], policy["own"]) == (
        "pstq_policy", True, None, False,
    )  # fmt: skip
    assert policy["windows"] == {"from": "2026-03-13", "until": "2026-12-31"}
    assert (policy["cost"], policy["employer_cost"]) == (155.0, 230.0)
    assert {(one["source"], one["read_on"]) for one in policy["conditions"]} >= {
        ("TPP26; CIC26", "2026-04-30"),
    }
    told = desk.said("programmes")
    assert "until Dec 31, 2026 (31 days left)" in told
    assert "No number of places is set" in told
    assert "Aucun nombre de places" in desk.said("programmes", language="fr")


def test_a_file_is_tried_taken_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    tried = desk.run("programmes", "--add", THIRD, "--dry-run")
    assert (tried["act"], tried["programme"], tried["replaces"]) == (None, "north_pilot", None)
    assert "north_pilot" not in desk.said("programmes")
    assert "dry run" in desk.said("programmes", "--add", THIRD, "--dry-run")
    taken = desk.run("programmes", "--add", THIRD)
    assert taken["act"] is not None
    assert desk.said("programmes", "north_pilot", "--entered").endswith("Nobody is entered.\n")
    other = tmp_path / "other.toml"
    other.write_text(
        Path(THIRD).read_text(encoding="utf-8").replace('North pilot"', 'Other"'),
        encoding="utf-8",
    )
    told = desk.said("programmes", "--add", str(other), "--dry-run")
    assert "In the place of “North pilot”, version 2026-11" in told
    again = desk.run("programmes", "--add", THIRD)
    assert (again["act"], again["same"], again["replaces"]) == (None, True, "2026-11")
    (own,) = [one for one in desk.run("programmes")["programmes"] if one["own"]]
    assert (own["key"], own["cap"], own["used"], own["cost"]) == ("north_pilot", 2, 0, 230.0)
    assert own["windows"]["invitation_days"] == 60
    written = desk.run("programmes", "north_pilot", "--write", str(tmp_path / "out"))["file"]
    assert Path(written).read_bytes() == Path(THIRD).read_bytes()
    assert desk.run("programmes", "--remove", "north_pilot")["act"] is not None
    assert "north_pilot" not in desk.said("programmes")


def test_every_mistake_of_a_file_is_told_and_nothing_is_changed(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = Path(THIRD).read_text(encoding="utf-8")
    slipped = text.replace('"aged"', '"agd"').replace("days = 60", "jours = 60")
    wrong.write_text(slipped, encoding="utf-8")
    answer = desk.run("programmes", "--add", str(wrong), code=3)
    assert [(one["table"], one["row"], one["code"]) for one in answer["mistakes"]] == [
        ("conditions", 3, "unknown_check"),
        ("invitation", 0, "unknown_name"),
        ("invitation", 0, "missing"),
    ]
    told = desk.said("programmes", "--add", str(wrong), code=3, language="fr").splitlines()
    line = 1 + wrong.read_text(encoding="utf-8").split("\n").index('check = "agd"')
    assert answer["mistakes"][0]["line"] == line
    assert told[0].startswith(f"Ligne {line}, [[conditions]] – Il n’y a pas de vérification")
    assert len(told) == 3
    half = tmp_path / "half.toml"
    half.write_text("key = 'a'\nname = ", encoding="utf-8")
    assert desk.said("programmes", "--add", str(half), code=3).startswith("Line 2 – ")
    assert "wrong" not in desk.said("programmes")


def test_the_board_says_who_stands_where_and_how_many_places_are_left(desk: Desk) -> None:
    desk.said("programmes", "--add", THIRD)
    assert "3 new people" in desk.said("import", LIST)
    found = desk.run("programmes", "north_pilot")
    assert [(one["name"], one["state"], one["fit"], one["by"]) for one in found["people"]] == [
        ("Sow, Fatou", "considered", "open", "2026-12-19"),
        ("Alaoui, Karim", "considered", "not", "2026-12-21"),
        ("Lambert, Élodie", "filed", "open", None),
    ]
    assert found["people"][0]["lacking"] == ["passport", "police"]
    assert (found["cap"], found["used"], found["left"], found["others"]) == (2, 1, 1, 0)
    assert found["counts"]["considered"] == 2
    assert desk.run("programmes", "north_pilot", "--entered")["others"] is None
    told = desk.said("programmes", "North pilot")
    assert "✕ Aged 18 to 44" in told
    assert "Places: 2 · used: 1 · left: 1" in told
    assert "To gather: passport" in told


def test_a_person_is_entered_by_hand_and_shown_with_every_programme(desk: Desk) -> None:
    desk.said("programmes", "--add", THIRD)
    desk.said("import", LIST)
    desk.said("route", "P3000001", "pstq_policy", "considered", "--invited", "2026-06-01")
    shown = desk.run("show", "P3000001")["programmes"]
    assert [(one["key"], one["state"]) for one in shown] == [
        ("pstq_policy", "considered"), ("north_pilot", "considered"),
    ]  # fmt: skip
    assert "North pilot · Considered" in desk.said("show", "P3000001")
    (entered,) = desk.run("programmes", "pstq_policy", "--entered")["people"]
    assert (entered["invited_on"], entered["by"]) == ("2026-06-01", "2026-12-31")
    desk.said("programmes", "--remove", "north_pilot", code=5)


def test_a_list_tells_what_it_enters_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.said("programmes", "--add", THIRD)
    desk.said("import", LIST)
    later = tmp_path / "liste.csv"
    later.write_text(
        "N° du pilote du Nord;Nom;Prénom;Déposée à la région le\nP3000001;Sow;Fatou;2026-11-20\n",
        encoding="utf-8",
    )
    told = desk.said("import", str(later), "--dry-run", language="fr")
    assert "2026-11-20T" not in told
    assert "20 nov. 2026, 12\u00a0h\u00a000" in told
    desk.said("route-delete", "P3000001", "1")
    told = desk.said("import", str(later), "--dry-run", language="fr")
    assert "Voie — → Projet pilote du Nord" in told


def test_too_many_filings_are_recorded_and_told(desk: Desk) -> None:
    desk.said("programmes", "--add", THIRD)
    desk.said("import", LIST)
    for reference in ("P3000001", "P3000003"):
        desk.said("route", reference, "north_pilot", "filed", "--filed", "2026-11-29")
    assert "Places: 2 · used: 3 · too many: 1" in desk.said("programmes", "north_pilot")
    assert desk.run("programmes", "north_pilot")["left"] == -1


@pytest.mark.parametrize(
    "arguments",
    [
        ("programmes", "nowhere"),
        ("programmes", "imp_plus", "--add", THIRD),
        ("programmes", "--dry-run"),
        ("programmes", "--write", "x"),
        ("programmes", "--add", THIRD, "--remove", "north_pilot"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.said(*arguments, code=2)


def test_an_empty_board_says_so(desk: Desk) -> None:
    assert "Nobody is entered" in desk.said("programmes", "pstq_policy")


def test_a_file_that_cannot_be_read_any_more_is_told_with_its_key(desk: Desk) -> None:
    office = open_office(desk.path, today=date(2026, 11, 30))
    with office.act("test") as act:
        act.insert("programme_file", {"key": "old_one", "text": "key = 'old_one'"})
    office.close()
    assert desk.run("programmes", code=1)["unread"] == ["old_one"]
    assert "old_one: this version" in desk.said("programmes", code=1)
