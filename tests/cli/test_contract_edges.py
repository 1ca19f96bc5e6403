# SPDX-License-Identifier: Apache-2.0
"""Edges of the documented command line, as lists and scripts of strangers meet them."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exchange_builders import HEADER, a_person, locked_xlsx
from new_registers import told_of
from openpyxl import Workbook
from openpyxl.styles import Font

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.words.messages import environment_error

pytestmark = pytest.mark.mostly_long(
    "test_a_hidden_sheet_is_reported_and_read_when_it_is_named",
    "test_a_protected_file_takes_its_password_from_the_surroundings",
    "test_a_formula_that_was_never_worked_out_says_what_to_do",
    "test_a_person_with_one_name_stays_one_whichever_column_holds_it",
    "test_another_day_of_receipt_without_a_number_corrects_the_application",
    "test_a_year_that_is_none_is_wrong_usage",
    "test_an_export_to_nowhere_is_one_sentence",
    "test_a_failure_of_the_machine_that_nothing_looked_for_is_no_bug",
)

TODAY = "2026-11-22"


class Shell:
    """Runs commands on one register and reads the answers as a script does."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: object, plain: bool = False) -> tuple[int, Any, str]:
        options = ["--register", str(self.folder / "office.imp"), "--lang", "en", "--today", TODAY]
        self._capsys.readouterr()
        code = main(
            [*options, *([] if plain else ["--json"]), *(str(argument) for argument in arguments)]
        )
        said = self._capsys.readouterr()
        answer = said.out if plain or not said.out.strip() else json.loads(said.out)
        return code, answer, said.err

    def book(self, name: str, sheets: dict[str, list[list[Any]]]) -> Workbook:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(self.folder / name)
        return book


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def test_a_hidden_sheet_is_reported_and_read_when_it_is_named(shell: Shell) -> None:
    book = shell.book(
        "list.xlsx", {"Seen": [list(HEADER), a_person(1)], "Kept": [list(HEADER), a_person(2)]}
    )
    book["Kept"].sheet_state = "hidden"
    book.save(shell.folder / "list.xlsx")
    code, answer, _ = shell.run("import", shell.folder / "list.xlsx")
    assert (code, answer["new"]) == (0, 1)
    assert answer["ignored_sheets"] == [{"sheet": "Kept", "why": "hidden"}]
    code, answer, _ = shell.run("import", shell.folder / "list.xlsx", "--sheet", "Kept")
    assert (code, answer["new"]) == (0, 1)
    assert [sheet["sheet"] for sheet in answer["sheets"]] == ["Kept"]
    assert answer["ignored_sheets"] == [{"sheet": "Seen", "why": "not_asked"}]


def test_hidden_rows_and_columns_are_read_and_that_is_said(shell: Shell) -> None:
    book = shell.book("list.xlsx", {"List": [list(HEADER), a_person(1), a_person(2)]})
    book["List"].row_dimensions[3].hidden = True
    book["List"].column_dimensions["E"].hidden = True
    book.save(shell.folder / "list.xlsx")
    _, answer, _ = shell.run("import", shell.folder / "list.xlsx", "--dry-run")
    assert answer["new"] == 2
    assert answer["sheets"][0]["hidden_rows"] == [3]
    assert answer["sheets"][0]["hidden_columns"] == ["citizenship"]
    _, said, _ = shell.run("import", shell.folder / "list.xlsx", plain=True)
    assert "List: 1 hidden row read too, 1 hidden column read too" in said


def test_rows_that_are_crossed_out_and_cells_that_stray_are_said(shell: Shell) -> None:
    book = shell.book("list.xlsx", {"List": [list(HEADER), a_person(1), a_person(2)]})
    for cell in book["List"][3]:
        cell.font = Font(strike=True)
    book["List"]["XFD2000"] = "x"
    book.save(shell.folder / "list.xlsx")
    code, answer, _ = shell.run("import", shell.folder / "list.xlsx", "--dry-run")
    assert (code, answer["new"], answer["skipped"]) == (0, 2, 0)
    assert answer["sheets"][0]["struck_rows"] == [3]
    assert answer["sheets"][0]["left_out"] == ["XFD2000"]
    stray = answer["issues"][0]
    assert (stray["row"], stray["cell"], stray["severity"]) == (2000, "XFD2000", "warning")
    assert stray["message"] == "1 cell far away from the list is left out: XFD2000"
    _, said, _ = shell.run("import", shell.folder / "list.xlsx", plain=True)
    assert "List: 1 row is crossed out in the file and taken all the same: 3" in said
    assert "List: 1 cell far away from the list is left out: XFD2000" in said


def test_a_protected_file_takes_its_password_from_the_surroundings(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shell.folder / "list.xlsx"
    locked_xlsx(path, "sésame")
    monkeypatch.delenv("IMP_PLUS_FILE_PASSWORD", raising=False)
    code, _, said = shell.run("import", path)
    assert (code, said.count("\n")) == (3, 1)
    assert "IMP_PLUS_FILE_PASSWORD" in said
    monkeypatch.setenv("IMP_PLUS_FILE_PASSWORD", "autre")
    code, _, said = shell.run("import", path)
    assert (code, said) == (3, "This is not the file’s password. Try again.\n")
    monkeypatch.setenv("IMP_PLUS_FILE_PASSWORD", "sésame")
    code, answer, _ = shell.run("import", path, "--rejects", shell.folder / "rejects.xlsx")
    assert (code, answer["new"]) == (0, 1)
    code, answer, _ = shell.run("import", path)
    assert (code, answer["unchanged"], answer["act"]) == (0, 1, None)
    kept = b"".join(file.read_bytes() for file in shell.folder.rglob("*") if file.is_file())
    assert "sésame".encode() not in kept


def test_a_formula_that_was_never_worked_out_says_what_to_do(shell: Shell) -> None:
    shell.book("list.xlsx", {"List": [list(HEADER), a_person(1), a_person(2, birth="=TODAY()")]})
    code, answer, _ = shell.run("import", shell.folder / "list.xlsx")
    assert (code, answer["new"], answer["rejected"]) == (1, 1, 1)
    (issue,) = answer["issues"]
    assert (issue["cell"], issue["code"], issue["severity"]) == ("D3", "no_result", "error")
    assert issue["message"].endswith("open it in Excel and save it once")


def test_an_empty_or_broken_family_name_does_not_erase_the_one_that_is_known(
    shell: Shell,
) -> None:
    shell.book("first.xlsx", {"List": [list(HEADER), a_person(1)]})
    shell.run("import", shell.folder / "first.xlsx")
    for name in (None, "#REF!"):
        shell.book("again.xlsx", {"List": [list(HEADER), a_person(1, family=name)]})
        code, answer, _ = shell.run("import", shell.folder / "again.xlsx")
        assert (code, answer["unchanged"]) == (0, 1)
    _, answer, _ = shell.run("show", "C1000001")
    assert answer["person"]["family_name"] == "Moreau"
    assert answer["person"]["given_names"] == "Chloé 1"


def test_a_person_with_one_name_stays_one_whichever_column_holds_it(shell: Shell) -> None:
    shell.book("list.xlsx", {"List": [list(HEADER), a_person(1, family=None, given="Sukarno")]})
    assert shell.run("import", shell.folder / "list.xlsx")[1]["new"] == 1
    assert shell.run("import", shell.folder / "list.xlsx")[1]["unchanged"] == 1
    _, answer, _ = shell.run("show", "C1000001")
    assert (answer["person"]["family_name"], answer["person"]["given_names"]) == ("Sukarno", None)


PERMIT = ("Statut", "Date de décision", "N° de permis", "Permis du", "Permis au")


def test_a_permit_that_would_end_before_it_begins_rejects_its_row_alone(shell: Shell) -> None:
    header = [*HEADER, *PERMIT]
    sound = [None, None, "U123456789", date(2024, 1, 1), date(2026, 1, 1)]
    shell.book("first.xlsx", {"List": [header, [*a_person(1), *sound]]})
    shell.run("import", shell.folder / "first.xlsx")
    early = [None, None, "U123456789", None, date(2023, 1, 1)]
    late = ["Approuvée", date(2024, 6, 1), None, None, date(2024, 1, 1)]
    shell.book("again.xlsx", {"List": [header, [*a_person(1), *early], [*a_person(2), *late]]})
    code, answer, _ = shell.run("import", shell.folder / "again.xlsx")
    assert (code, answer["rejected"], answer["new"]) == (1, 1, 1)
    found = [(issue["row"], issue["column"], issue["code"]) for issue in answer["issues"]]
    assert found == [(2, "permit_until", "impossible_dates")]
    code, _, said = shell.run("set", "C1000001", "permit_until", "2023-01-01")
    assert code == 5
    assert said.count("\n") == 1


def test_a_permit_of_which_only_the_end_is_known_began_a_term_earlier(shell: Shell) -> None:
    rows = [[*HEADER, "Permis au"], [*a_person(1), date(2026, 2, 28)]]
    shell.book("list.xlsx", {"List": rows})
    shell.run("import", shell.folder / "list.xlsx")
    permit = shell.run("show", "C1000001")[1]["permits"][0]
    assert (permit["valid_from"], permit["valid_until"]) == ("2023-02-28", "2026-02-28")
    assert shell.run("import", shell.folder / "list.xlsx")[1]["unchanged"] == 1


def test_another_day_of_receipt_without_a_number_corrects_the_application(shell: Shell) -> None:
    header = [*HEADER, "Demande reçue le", "Statut", "Date de décision"]
    steps: list[tuple[list[Any], int]] = [
        ([date(2023, 9, 1)], 1),
        ([date(2023, 9, 15)], 1),
        ([date(2023, 9, 15), "Retournée", date(2023, 10, 1)], 1),
        ([date(2023, 11, 2)], 2),
    ]
    for cells, applications in steps:
        shell.book("list.xlsx", {"List": [header, [*a_person(1), *cells]]})
        shell.run("import", shell.folder / "list.xlsx")
        assert len(shell.run("show", "C1000001")[1]["applications"]) == applications, cells
    assert shell.run("quota", 2023)[1]["used"] == 1
    assert shell.run("check")[1]["ledger"] == "ok"


def test_rejected_rows_that_cannot_be_written_leave_the_register_untouched(shell: Shell) -> None:
    shell.book("list.xlsx", {"List": [list(HEADER), a_person(1), a_person(2, letter="soon")]})
    nowhere = shell.folder / "list.xlsx" / "rejects.xlsx"
    code, _, said = shell.run("import", shell.folder / "list.xlsx", "--rejects", nowhere)
    assert (code, said.count("\n")) == (3, 1)
    assert shell.run("people")[1]["total"] == 0


@pytest.mark.parametrize("year", ["99999", "1", "-1", "x"])
def test_a_year_that_is_none_is_wrong_usage(shell: Shell, year: str) -> None:
    with_year = [("quota", year), ("export", "quota", "out.xlsx", "--year", year)]
    assert [shell.run(*command)[0] for command in with_year] == [2, 2]


@pytest.mark.parametrize("out", ["", ".", "/", "office.imp/out.xlsx", "missing/out.xlsx"])
def test_an_export_to_nowhere_is_one_sentence(shell: Shell, out: str) -> None:
    shell.run("cap", "2023", "5", "--from", "2023-01-01", "--reason", "x")
    target = out if out in ("", "/") else shell.folder / out
    for command in (("export", "people"), ("template",)):
        code, _, said = shell.run(*command, target)
        assert (code, said.count("\n")) == (3, 1)
    assert sorted(p.name for p in shell.folder.glob("*.tmp")) == []


def test_what_is_set_by_hand_corrects_the_latest_application(shell: Shell) -> None:
    header = [*HEADER, "N° de demande PT", "Demande reçue le"]
    row = [*a_person(1), "W123456789", date(2023, 9, 1)]
    shell.book("list.xlsx", {"List": [header, row]})
    shell.run("import", shell.folder / "list.xlsx")
    assert shell.run("set", "C1000001", "received_at", "2023-09-04")[0] == 5, "no reason is given"
    for field, value, *why in [
        ("application_number", "W999999999"),
        ("received_at", "2023-09-04", "--reason", "the acknowledgement says the fourth"),
        ("outcome", "refused"),
    ]:
        assert shell.run("set", "C1000001", field, value, *why)[0] == 0
    [application] = shell.run("show", "C1000001")[1]["applications"]
    assert application["application_number"] == "W999999999"
    assert application["received_at"] == "2023-09-04T16:00:00Z"
    assert (application["outcome"], application["place"]) == ("refused", 1)
    assert shell.run("check")[1]["ledger"] == "ok"


def test_a_list_without_numbers_changes_the_first_application_beside_an_extension(
    shell: Shell,
) -> None:
    header = [*HEADER, "Demande reçue le", "Statut"]
    shell.book("list.xlsx", {"List": [header, [*a_person(1), date(2023, 9, 1), "En traitement"]]})
    shell.run("import", shell.folder / "list.xlsx")
    later = ("--kind", "extension", "--override", "EXT-01=kept")
    assert shell.run("receive", "C1000001", "--at", "2026-06-01T10:00", *later)[0] == 0
    for received in (date(2023, 9, 1), None, None):
        shell.book("list.xlsx", {"List": [header, [*a_person(1), received, "Refusée"]]})
        shell.run("import", shell.folder / "list.xlsx")
    applications = shell.run("show", "C1000001")[1]["applications"]
    assert [(a["kind"], a["outcome"]) for a in applications] == [
        ("first", "refused"),
        ("extension", None),
    ]


def test_a_list_with_contradictions_sorted_otherwise_changes_nothing(shell: Shell) -> None:
    rows = [
        a_person(1),
        a_person(1, given="Anne"),
        a_person(1),
        a_person(2),
        a_person(3, reference=None, letter=date(2023, 8, 21)),
        a_person(3),
    ]
    shell.book("list.xlsx", {"List": [list(HEADER), *rows]})
    code, answer, _ = shell.run("import", shell.folder / "list.xlsx")
    assert (code, answer["new"], answer["unchanged"], answer["rejected"]) == (1, 3, 1, 2)
    shell.book("sorted.xlsx", {"Autre": [list(HEADER), *reversed(rows)]})
    _, answer, _ = shell.run("import", shell.folder / "sorted.xlsx")
    assert answer["act"] is None
    assert (answer["unchanged"], answer["rejected"]) == (4, 2)
    codes = sorted((issue["row"], issue["code"]) for issue in answer["issues"])
    assert [code for code in codes if code[1] == "conflict_in_file"] == [
        (2, "conflict_in_file"),
        (6, "conflict_in_file"),
    ]
    shell.book("newer.xlsx", {"List": [list(HEADER), a_person(1, given="Zoé"), a_person(1)]})
    _, answer, _ = shell.run("import", shell.folder / "newer.xlsx")
    assert (answer["updated"], answer["rejected"]) == (1, 1)


def test_a_fuller_row_that_was_rejected_stays_so_when_it_comes_first(shell: Shell) -> None:
    rows = [a_person(1, citizenship=None), a_person(1)]
    shell.book("list.xlsx", {"List": [list(HEADER), *rows]})
    shell.run("import", shell.folder / "list.xlsx")
    shell.book("sorted.xlsx", {"List": [list(HEADER), *reversed(rows)]})
    _, answer, _ = shell.run("import", shell.folder / "sorted.xlsx")
    assert (answer["unchanged"], answer["rejected"], answer["act"]) == (1, 1, None)


def test_whatever_blocks_answers_one_object_with_its_findings(shell: Shell) -> None:
    who = ("birth_date=1990-03-04", "residence_country=MAR", "letter_date=2024-12-01")
    shell.run("add", "uci=11-2233-4455", "family_name=Roy", *who)
    code, answer, said = shell.run("add", "uci=1122334455", "family_name=Côté", *who)
    assert (code, said.count("\n")) == (5, 1)
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["outcome"], finding["severity"]) == ("ID-02", "fail", "block")
    assert finding["facts"] == {"fields": "uci"}
    code, answer, said = shell.run("receive", "#1", "--at", "2026-12-01T12:00")
    assert (code, answer, said.count("\n")) == (5, {"findings": []}, 1)
    code, lines, _ = shell.run("add", "uci=1122334455", "family_name=Côté", *who, plain=True)
    assert code == 5
    assert "ID-02" in lines


FAR = "9" * 24


@pytest.mark.parametrize(
    "arguments",
    [
        ("verdict", "#1", "--on", "9999-12-31"),
        ("verdict", "#1", "--on", "0001-01-01"),
        ("report", "weekly", "--of", "9999-12-31"),
        ("cap", 2026, FAR, "--from", "2026-01-01", "--reason", "x"),
        ("undo", FAR),
        ("journal", "--limit", FAR),
        ("show", f"#{FAR}"),
        ("decide", FAR, "approved", "--on", "2026-01-01"),
        ("member-receive", FAR, "--kind", "work", "--at", "2026-01-01"),
        ("permit-edit", FAR, "--number", "U123456789"),
        ("request-done", FAR, "--on", "2026-01-01"),
        ("deadlines", "--within", FAR),
    ],
)
def test_what_no_register_can_hold_is_wrong_usage(
    shell: Shell, arguments: tuple[object, ...]
) -> None:
    who = ("birth_date=1990-03-04", "residence_country=MAR", "letter_date=2024-12-01")
    shell.run("add", "uci=11-2233-4455", "family_name=Roy", *who)
    code, answer, _ = shell.run(*arguments)
    assert (code, answer) == (2, "")


def test_a_very_wide_agenda_is_the_whole_one(shell: Shell) -> None:
    who = ("residence_country=MAR", "letter_date=2024-12-01", "csq_expiry_date=2026-12-01")
    shell.run("add", "uci=11-2233-4455", "family_name=Roy", *who)
    code, answer, _ = shell.run("deadlines", "--within", 900_000_000)
    assert code == 0
    assert answer["deadlines"] == shell.run("deadlines")[1]["deadlines"]


def test_a_person_reads_the_receipt_in_the_time_of_toronto(shell: Shell) -> None:
    who = ("birth_date=1990-03-04", "residence_country=MAR", "letter_date=2024-12-01")
    shell.run("add", "uci=11-2233-4455", "family_name=Roy", *who)
    shell.run("receive", "#1", "--at", "2025-01-01T04:30:00Z")
    _, lines, _ = shell.run("show", "#1", plain=True)
    assert "2024-12-31, 11:30\u00a0p.m." in lines


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_an_answer_that_finds_no_room_is_said_and_is_no_bug(shell: Shell) -> None:
    shell.run("add", "family_name=Roy")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "imp_plus_desktop", "--lang", "en", "--register"),
                *(told_of(shell.folder / "office.imp"), "people"),
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr.strip()) == (
        1,
        "There is no room left on the disk. Free some space, then try again.",
    )


def test_a_failure_of_the_machine_that_nothing_looked_for_is_no_bug() -> None:
    for number, code in ((errno.ENOSPC, "full"), (errno.EIO, "no_answer")):
        found = environment_error(OSError(number, "x"))
        assert found is not None
        assert found.code == code
    assert environment_error(OSError(errno.EBADF, "x")) is None
    assert environment_error(ValueError()) is None
