# SPDX-License-Identifier: Apache-2.0
"""What `import` answers where the office has changed what a list says."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.domain.values.calendar import toronto_day

FILES = Path(__file__).parents[1] / "files"


class Desk:
    """The command line over one register."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, *arguments: str, code: int = 0, lang: str = "fr") -> dict[str, Any]:
        options = ["--register", str(self.folder / "r.imp"), "--lang", lang]
        assert main([*options, "--today", "2026-11-20", "--json", *arguments]) == code
        answer: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        return answer

    def told(self, *arguments: str, lang: str = "fr") -> list[str]:
        options = ["--register", str(self.folder / "r.imp"), "--lang", lang]
        main([*options, "--today", "2026-11-20", *arguments])
        return self.capsys.readouterr().out.splitlines()

    def changed(self, email: str) -> str:
        """The list again with another address for the fourth person."""
        book = load_workbook(FILES / "l40.xlsx")
        assert book.active is not None
        book.active["N5"] = email
        path = self.folder / "suivi-novembre.xlsx"
        book.save(path)
        return str(path)

    def email(self) -> str:
        return str(self.run("show", "C1000003")["person"]["email"])


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_value_corrected_since_the_last_list_stays_however_the_list_is_sorted(desk: Desk) -> None:
    desk.run("import", str(FILES / "l40.xlsx"))
    desk.run("set", "C1000003", "email", "corrige@exemple.org")
    answer = desk.run("import", str(FILES / "l40-resorted.xlsx"))
    assert (answer["act"], answer["unchanged"]) == (None, 40)
    assert (answer["conflicts"], answer["hands_kept"]) == ([], 1)
    assert desk.email() == "corrige@exemple.org"
    told = desk.told("import", str(FILES / "l40-resorted.xlsx"))
    assert "  1 valeur corrigée depuis la dernière liste est gardée." in told


def test_names_in_capitals_without_accents_change_nothing(desk: Desk) -> None:
    desk.run("import", str(FILES / "names-good.xlsx"))
    answer = desk.run("import", str(FILES / "names-capitals.xlsx"))
    assert (answer["act"], answer["unchanged"], answer["names_kept"]) == (None, 10, 20)
    names = [person["family_name"] for person in desk.run("people")["people"]]
    assert "Tremblay-Côté" in names
    assert not any(name.isupper() for name in names)


def test_a_conflict_is_told_with_its_sides_and_ours_stays(desk: Desk) -> None:
    desk.run("import", str(FILES / "l40.xlsx"))
    desk.run("set", "C1000003", "email", "corrige@exemple.org")
    path = desk.changed("liste@exemple.org")
    (line,) = [t for t in desk.told("import", path, "--dry-run") if t.startswith("  Liste!N5")]
    assert line.startswith("  Liste!N5  Courriel\u00a0: corrige@exemple.org reste (")
    assert line.endswith(", 20 novembre 2026); la liste dit liste@exemple.org")
    answer = desk.run("import", path)
    (conflict,) = answer["conflicts"]
    person, at = conflict.pop("person"), conflict.pop("ours_at")
    assert (person, toronto_day(datetime.fromisoformat(at))) == (4, date(2026, 11, 20))
    assert conflict == {
        "sheet": "Liste",
        "row": 5,
        "cell": "N5",
        "field": "email",
        "base": "p3@exemple.org",
        "ours": "corrige@exemple.org",
        "theirs": "liste@exemple.org",
        "ours_from": "hand",
        "taken": False,
    }
    assert desk.email() == "corrige@exemple.org"


def test_a_conflict_that_is_asked_about_answers_one_and_may_be_taken_then(desk: Desk) -> None:
    desk.run("import", str(FILES / "l40.xlsx"))
    desk.run("set", "C1000003", "email", "corrige@exemple.org")
    path = desk.changed("liste@exemple.org")
    for _time in range(2):
        answer = desk.run("import", path, "--on-conflict", "ask", code=1)
        assert len(answer["conflicts"]) == 1
    assert desk.email() == "corrige@exemple.org"
    answer = desk.run("import", path, "--on-conflict", "theirs")
    assert (answer["updated"], answer["conflicts"][0]["taken"]) == (1, True)
    assert desk.email() == "liste@exemple.org"
    assert desk.run("import", path, "--on-conflict", "ask")["conflicts"] == []


def test_the_same_file_answered_from_memory_tells_what_stays(desk: Desk) -> None:
    desk.run("import", str(FILES / "l40.xlsx"))
    desk.run("set", "C1000003", "email", "corrige@exemple.org")
    desk.run("set", "C1000003", "phone", "418 555-0177")
    assert desk.run("import", desk.changed("liste@exemple.org"))["act"] is not None
    path = str(desk.folder / "suivi-novembre.xlsx")
    for options in ([], ["--rejects", str(desk.folder / "out.xlsx")]):  # at once, and read again
        answer = desk.run("import", path, *options)
        assert (answer["conflicts"], answer["hands_kept"], answer["act"]) == ([], 1, None)


def test_both_sides_of_a_conflict_are_told_in_the_words_of_the_office(desk: Desk) -> None:
    desk.run("import", str(FILES / "l40.xlsx"))
    desk.run("set", "C1000003", "sex", "X")
    book = load_workbook(FILES / "l40.xlsx")
    assert book.active is not None
    headers = [cell.value for cell in book.active[1]]
    cell = book.active.cell(5, headers.index("Sexe") + 1)
    cell.value = "F" if cell.value == "M" else "M"
    path = desk.folder / "sexe.xlsx"
    book.save(path)
    (line,) = [t for t in desk.told("import", str(path), "--dry-run") if "Sexe" in t]
    assert "Autre genre reste (" in line
    assert line.endswith("la liste dit Féminin")
