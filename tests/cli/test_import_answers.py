# SPDX-License-Identifier: Apache-2.0
"""What `import` tells beside its counts: proof of dates, mapping, updates, the last list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.cli.main import main

HEADERS = "Réf. individuelle;Nom;Prénom;Né(e) le;Citoyenneté;Date de la lettre"


class Lists:
    """Imports lists into one register, as a script would."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def run(self, rows: list[str], *options: str) -> dict[str, Any]:
        path = self._folder / "liste.csv"
        path.write_text("\n".join([HEADERS, *rows]), encoding="utf-8")
        main(
            ["--register", str(self._folder / "r.imp"), "--lang", "en", "--json",
             "--today", "2023-12-20", "import", str(path), *options]
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer


@pytest.fixture
def lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Lists:
    return Lists(tmp_path, capsys)


def test_an_import_says_how_its_columns_and_dates_were_read(lists: Lists) -> None:
    answer = lists.run(["C2000001;Roy;Léa;14/05/1991;Mali;13/09/2023"], "--dry-run")
    assert answer["dates"] == {
        "order": "dmy",
        "proved_by": "day_over_12",
        "dates": 2,
        "day_over_12": 2,
        "message": "day/month/year: 2 of 2 dates have a day over 12",
    }
    assert answer["mapping"][0] == {
        "sheet": "liste",
        "field": "individual_reference",
        "column": 0,
        "header": "Réf. individuelle",
        "confidence": 1.0,
        "reason": "header",
    }
    assert answer["compared"] is None


def test_an_import_says_what_it_changes_in_the_register_and_since_the_last_list(
    lists: Lists,
) -> None:
    row = "C200000{n};Roy;Léa;14/05/199{n};Mali;13/09/2023"
    first = lists.run([row.format(n=n) for n in range(1, 5)])
    changed = row.format(n=2).replace("Mali", "Maroc")
    answer = lists.run([row.format(n=1), changed, row.format(n=3), row.format(n=7)], "--dry-run")
    fields = {"citizenship": ["MLI", "MAR"]}
    assert answer["updates"] == [{"sheet": "liste", "row": 3, "fields": fields}]
    compared = answer["compared"]
    assert (compared["act"], compared["file"]) == (first["act"], "liste.csv")
    assert compared["new"] == [{"sheet": "liste", "row": 5}]
    assert [(c["row"], c["fields"]) for c in compared["changed"]] == [(3, fields)]
    assert [gone["individual_reference"] for gone in compared["vanished"]] == ["C2000004"]


def test_names_in_capitals_stay_unless_asked(lists: Lists, tmp_path: Path) -> None:
    row = "C2000001;CÔTÉ;LÉA-MARIE;14/05/1991;Mali;13/09/2023"
    lists.run([row])
    answer = lists.run([row], "--dry-run", "--proper-case")
    assert answer["updates"][0]["fields"] == {
        "family_name": ["CÔTÉ", "Côté"],
        "given_names": ["LÉA-MARIE", "Léa-Marie"],
    }


def test_a_value_tells_the_cell_that_it_came_from(
    lists: Lists, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists.run(["C2000001;Roy;Léa;14/05/1991;Mali;13/09/2023"])
    options = ["--register", str(tmp_path / "r.imp"), "--lang", "en"]
    assert main([*options, "--json", "origin", "C2000001", "birth_date"]) == 0
    (value,) = json.loads(capsys.readouterr().out)["values"]
    told = {key: value[key] for key in ("value", "file", "sheet", "cell", "row", "mended")}
    assert told == {
        "value": "1991-05-14",
        "file": "liste.csv",
        "sheet": "liste",
        "cell": "D2",
        "row": 2,
        "mended": None,
    }
    assert value["cells"]["D"] == "14/05/1991"
    assert main([*options, "origin", "C2000001", "nothing"]) == 2
