# SPDX-License-Identifier: Apache-2.0
"""The documented contract of the command line: keys, exit codes, and what it leaves behind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.cli.main import main
from imp_plus_desktop.services.demo import demo

pytestmark = pytest.mark.mostly_long(
    "test_a_person_added_by_hand_is_found_by_every_number_and_shown_whole",
    "test_day_90_passes_and_day_91_fails_by_receive_too",
    "test_new_year_is_torontos",
    "test_import_answers_for_every_column_and_every_row_that_it_skips",
    "test_an_unreadable_file_is_one_sentence_and_changes_nothing",
    "test_set_and_document_answer_what_changed",
    "test_backup_restore_and_check",
    "test_a_register_that_is_none_is_exit_4",
    "test_held_rows_are_reviewed_and_resolved",
    "test_the_demo_leaves_a_register_and_tells_its_day",
    "test_the_demo_makes_the_register_that_is_named_and_never_writes_into_one",
    "test_the_register_file_can_be_moved_with_its_name",
)

FILES = Path(__file__).parents[1] / "files"
DAY = "2023-12-20"


def parts_of(checked: Any) -> set[str]:
    """What a check says of each part; the head of the chain is none."""
    return {value for part, value in checked.items() if part != "head"}


class Shell:
    """Runs commands on one register, as a script would."""

    def __init__(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.register = register
        self._capsys = capsys

    def run(self, *arguments: object, today: str = DAY, json_wanted: bool = True) -> Any:
        """Exit code, answer (parsed when JSON), and what stood on stderr."""
        options = ["--register", str(self.register), "--lang", "en", "--today", today]
        options += ["--json"] if json_wanted else []
        self._capsys.readouterr()
        code = main([*options, *(str(argument) for argument in arguments)])
        said = self._capsys.readouterr()
        answer = json.loads(said.out) if json_wanted and said.out.strip() else said.out
        return code, answer, said.err

    def ok(self, *arguments: object, **options: Any) -> Any:
        code, answer, _err = self.run(*arguments, **options)
        assert code == 0, answer
        return answer


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "office.imp", capsys)


PERSON = (
    "individual_reference=C1234567",
    "uci=11-2233-4455",
    "family_name=Nguyễn",
    "given_names=Thị Ánh",
    "birth_date=1990-03-04",
    "citizenship=Viêt Nam",
    "residence_country=VNM",
    "letter_date=2023-10-05",
    "letter_received_date=2023-10-07",
    "csq_issue_date=2022-05-18",
    "csq_expiry_date=2024-05-18",
    "passport_expiry=2032-01-01",
)


@pytest.fixture
def person(shell: Shell) -> Shell:
    shell.ok("add", *PERSON)
    return shell


def test_a_person_added_by_hand_is_found_by_every_number_and_shown_whole(person: Shell) -> None:
    for ref in ("C1234567", "c 1234567", "11-2233-4455", "1122334455", "#1"):
        shown = person.ok("show", ref)
        assert shown["person"]["family_name"] == "Nguyễn"
    assert shown["csq"] == {
        "csq_category": None,
        "csq_issue_date": "2022-05-18",
        "csq_expiry_date": "2024-05-18",
    }
    assert shown["letters"] == [
        {
            "id": 1,
            "letter_date": "2023-10-05",
            "letter_received_date": "2023-10-07",
            "supersedes": None,
        }
    ]
    assert shown["residences"] == [
        {
            "id": 1,
            "country": "VNM",
            "province": None,
            "from": None,
            "until": None,
            "proof": None,
        }
    ]
    for key in ("pr", "passports", "applications", "permits", "family", "timeline"):
        assert key in shown
    found = person.ok("people", "--search", "nguyen anh")
    assert found["total"] == 1
    assert found["people"][0]["citizenship"] == "VNM"
    assert found["people"][0]["status"] == "invited"


def test_the_main_job_from_receipt_to_permit_and_family(person: Shell) -> None:
    received = person.ok(
        "receive", "C1234567", "--at", "2023-12-11T10:00", "--number", "W100000001"
    )
    assert (received["cap_year"], received["place"], received["outcome"]) == (2023, 1, None)
    assert {"application", "act", "findings"} <= received.keys()
    decided = person.ok("decide", received["application"], "approved", "--on", "2023-12-20")
    assert decided["outcome"] == "approved"
    permit = person.ok(
        "permit", "W100000001", "--issued", "2024-02-29", "--number", "U100000001",
        today="2024-03-01",
    )  # fmt: skip
    assert permit["valid_from"] == "2024-02-29"
    assert permit["valid_until"] == "2027-02-28"
    assert (permit["limited_by"], permit["province"], permit["lost_days"]) == ("term", "QC", 0)
    member = person.ok(
        "member", "C1234567", "--relation", "child", "--family-name", "Nguyễn",
        "--given-names", "An", "--birth-date", "2015-01-01", "--accompanying", "yes",
        today="2024-03-01",
    )  # fmt: skip
    study = person.ok(
        "member-receive", member["member"], "--kind", "study", "--at", "2024-03-01",
        today="2024-03-01",
    )  # fmt: skip
    assert (study["code"], study["place"]) == ("study", None)
    board = person.ok("quota", 2023)
    assert (board["used"], board["remaining"], board["cap"]) == (1, 7349, 7350)
    assert board["by_outcome"]["approved"] == 1
    assert person.ok("show", "#1")["person"]["status"] == "permit"


def test_a_verdict_says_its_rules_its_facts_and_what_would_mend_it(person: Shell) -> None:
    verdict = person.ok("verdict", "C1234567")
    assert verdict["verdict"] == "eligible"
    assert verdict["last_safe_day"] == "2024-01-05"
    chain = {link["because"]: link for link in verdict["last_safe_day_chain"]}
    assert list(chain) == ["letter", "csq", "passport", "programme"]
    assert [name for name, link in chain.items() if link["binding"]] == ["letter"]
    assert verdict["last_safe_day_because"] == "letter"
    first = verdict["findings"][0]
    assert {"rule", "outcome", "severity", "facts", "message", "fix", "source"} <= first.keys()
    rules = [finding["rule"] for finding in verdict["findings"]]
    assert rules[:5] == ["PRG-01", "INV-01", "INV-02", "INV-03", "INV-04"]
    assert [f["rule"] for f in verdict["to_do"]] == [
        *("ELG-05", "DOC-01", "DOC-02", "DOC-03", "PER-04")
    ]
    code, late, _err = person.run("verdict", "C1234567", "--on", "2024-01-06")
    assert (code, late["verdict"]) == (1, "not_eligible")


def test_day_90_passes_and_day_91_fails_by_receive_too(person: Shell) -> None:
    code, answer, err = person.run("receive", "C1234567", "--at", "2024-01-06", today="2024-01-10")
    assert code == 5
    assert "INV-02" in {f["rule"] for f in answer["findings"] if f["outcome"] == "fail"}
    assert len(err.strip().splitlines()) == 1
    assert person.ok("quota", 2024)["used"] == 0
    assert person.ok("receive", "C1234567", "--at", "2024-01-05", today="2024-01-10")["place"] == 1


def test_an_override_needs_a_rule_that_exists_and_a_reason(person: Shell) -> None:
    late = ("receive", "C1234567", "--at", "2024-01-06")
    assert person.run(*late, "--override", "XYZ-99=because", today="2024-01-10")[0] == 2
    assert person.run(*late, "--override", "INV-02=", today="2024-01-10")[0] == 5
    done = person.ok(*late, "--override", "INV-02=envelope on file", today="2024-01-10")
    assert done["place"] == 1


def test_past_the_cap_an_application_is_kept_without_a_place(person: Shell) -> None:
    person.ok("cap", 2023, 0, "--from", "2023-01-01", "--reason", "test")
    code, answer, _err = person.run("receive", "C1234567", "--at", "2023-12-11")
    assert code == 1
    assert (answer["place"], answer["outcome"]) == (None, "cancelled_over_cap")
    assert person.ok("quota", 2023)["over_cap"] == 1
    assert person.ok("people")["people"][0]["status"] == "over_cap"


def test_new_year_is_torontos(person: Shell) -> None:
    received = person.ok("receive", "C1234567", "--at", "2024-01-01T03:00:00Z", today="2024-01-02")
    assert received["cap_year"] == 2023
    boundary = next(f for f in received["findings"] if f["rule"] == "CAP-08")
    assert boundary["outcome"] == "fail"


def test_official_counts_lower_what_remains(person: Shell) -> None:
    person.ok("official", 2023, "--as-of", "2023-12-01", "--received", 7000, "--source", "IRCC")
    person.ok("receive", "C1234567", "--at", "2023-12-11")
    board = person.ok("quota", 2023)
    assert (board["used"], board["effective_used"], board["remaining"]) == (1, 7001, 349)
    assert board["official"]["received"] == 7000


def test_import_answers_as_the_contract_says(shell: Shell) -> None:
    code, answer, _err = shell.run("import", FILES / "messy-2023.xlsx", today="2026-11-22")
    assert code == 1
    assert answer["act"] == 1
    counts = [answer[k] for k in ("new", "updated", "unchanged", "rejected", "review", "skipped")]
    assert counts == [35, 0, 1, 6, 0, 4]
    sheet = answer["sheets"][0]
    assert (sheet["sheet"], sheet["kind"], sheet["header_row"]) == ("Liste 2023", "people", 5)
    assert sheet["columns"]["letter_date"] == "Date de la lettre d'invitation"
    assert answer["ignored_sheets"] == [{"sheet": "Lisez-moi", "why": "no_list"}]
    expected = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
    issues = [[i["row"], i["column"], i["code"]] for i in answer["issues"]]
    assert issues == expected["messy-2023.xlsx"]["issues"]
    again = shell.run("import", FILES / "messy-2023.xlsx", today="2026-11-22")[1]
    assert (again["act"], again["new"], again["unchanged"]) == (None, 0, 36)


def test_import_answers_for_every_column_and_every_row_that_it_skips(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "Nom;Réf. individuelle;Date de la lettre;Ville;Requérant principal\n"
        "Roy;C1000001;2024-09-02;Laval;\n"
        "Total;1\n",
        encoding="utf-8",
    )
    code, answer, _err = shell.run("import", path, today="2026-11-22")
    assert (code, answer["new"], answer["skipped"]) == (0, 1, 1)
    assert answer["skipped_rows"] == [{"sheet": "liste", "row": 3, "why": "total"}]
    told = [(c["column"], c["header"], c["field"], c["fate"]) for c in answer["columns"]]
    assert told == [
        (0, "Nom", "family_name", "taken"),
        (1, "Réf. individuelle", "individual_reference", "taken"),
        (2, "Date de la lettre", "letter_date", "taken"),
        (3, "Ville", None, "archived"),
        (4, "Requérant principal", "principal_reference", "ignored"),
    ]
    path.write_text(path.read_text("utf-8").replace("Laval;", "Laval;C1000009"), encoding="utf-8")
    code, answer, _err = shell.run("import", path, today="2026-11-22")
    assert code == 1, "a column that was understood has no place here"
    assert answer["columns"][4]["fate"] == "archived"
    lines = shell.run("import", path, "--dry-run", today="2026-11-22", json_wanted=False)[1]
    assert "Skipped: 1 total (row 3)" in lines
    assert "liste: Columns kept with the import only: Ville" in lines
    assert "liste!Requérant principal: “" in lines
    assert "has no place in this kind of list" in lines


def test_a_list_of_given_names_alone_stops_until_it_is_said_what_they_are(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "Prénom;Réf. individuelle;Date de la lettre\nSuharto;C1000001;2024-09-02\n",
        encoding="utf-8",
    )
    code, _answer, err = shell.run("import", path, today="2026-11-22")
    assert code == 3
    assert "“Prénom” holds given names" in err
    assert len(err.strip().splitlines()) == 1
    code, answer, _err = shell.run("import", path, "--one-name", today="2026-11-22")
    assert (code, answer["new"]) == (0, 1)


def test_a_dry_run_records_nothing_and_rejects_come_back_in_a_workbook(
    shell: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "rejects.xlsx"
    code, answer, _err = shell.run(
        "import", FILES / "messy-2023.xlsx", "--dry-run", "--rejects", out, today="2026-11-22"
    )
    assert (code, answer["act"], answer["new"]) == (1, None, 35)
    assert not shell.register.exists(), "a dry run makes no register"
    assert shell.run("import", out, "--dry-run", today="2026-11-22")[1]["rejected"] > 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("page.xls", b"<html><table><tr><td>Nom</td></tr></table></html>"),
        ("empty.csv", b""),
        ("cut.xlsx", (FILES / "messy-2023.xlsx").read_bytes()[:5000]),
        ("ole.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        ("nolist.csv", b"a;b\n1;2\n"),
    ],
)
def test_an_unreadable_file_is_one_sentence_and_changes_nothing(
    shell: Shell, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    code, answer, err = shell.run("import", tmp_path / name)
    assert code == 3
    assert answer == ""
    assert len(err.strip().splitlines()) == 1
    assert shell.ok("journal")["acts"] == []


def test_ambiguous_dates_stop_until_the_order_is_given(shell: Shell, tmp_path: Path) -> None:
    text = (
        "Réf. individuelle;Nom;Prénom;Date lettre\n"
        "C0000001;Roy;Anne;03/04/2023\nC0000002;Roy;Paul;05/06/2023\n"
    )
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    code, _answer, err = shell.run("import", tmp_path / "list.csv")
    assert code == 3
    assert "Date lettre" in err
    shell.ok("import", tmp_path / "list.csv", "--date-order", "dmy")
    assert shell.ok("show", "C0000001")["letters"][0]["letter_date"] == "2023-04-03"


def test_undo_says_what_went_back_and_what_was_kept(shell: Shell) -> None:
    shell.ok("import", FILES / "legacy-2022.xls", today="2026-11-22")
    shell.ok("set", "C1640448", "phone", "418 555-0100")
    undone = shell.ok("undo", 1)
    assert undone["undone"] == 1
    assert undone["reverted"] > 0
    assert {"entity": "person", "id": 1, "field": "phone", "value": "418 555-0100"} in undone[
        "kept"
    ]
    assert shell.ok("people")["total"] == 1
    assert shell.run("undo", 1)[0] == 5


def test_set_and_document_answer_what_changed(person: Shell) -> None:
    changed = person.ok("set", "C1234567", "email", "a@example.org")
    assert changed["changed"] == ["email"]
    assert person.ok("set", "C1234567", "email", "a@example.org") == {"act": None, "changed": []}
    moved = person.ok("set", "C1234567", "residence", "CAN-QC", "--on", "2023-11-01")
    assert moved["changed"] == ["residence"]
    verdict = person.run("verdict", "C1234567")[1]
    assert verdict["verdict"] == "not_eligible"
    person.ok("document", "C1234567", "intent", "required")
    to_do = person.run("verdict", "C1234567")[1]["to_do"]
    assert next(f for f in to_do if f["rule"] == "DOC-01")["outcome"] == "fail"
    person.ok("set", "C1234567", "letter_date", "2023-10-06")
    assert len(person.ok("show", "#1")["letters"]) == 1
    person.ok("set", "C1234567", "letter_received_date", "")
    assert person.ok("show", "#1")["letters"][0]["letter_received_date"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "C1234567", "colour", "red"),
        ("set", "C1234567", "birth_date", "31/02/1990"),
        ("verdict", "Z9999999"),
        ("decide", "99", "approved", "--on", "2023-12-01"),
        ("add", "family_name"),
        ("add", "citizenship=FRA"),
        ("nonsense",),
        ("receive", "C1234567"),
    ],
)
def test_wrong_usage_is_exit_2(person: Shell, arguments: tuple[str, ...]) -> None:
    assert person.run(*arguments)[0] == 2


def test_a_second_person_cannot_take_a_number(person: Shell) -> None:
    code, _answer, err = person.run(
        "add", "family_name=Autre", "uci=1122334455", "letter_date=2023-10-05"
    )
    assert code == 5
    assert "Nguy" not in err


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_backup_restore_and_check(person: Shell, tmp_path: Path) -> None:
    copy = Path(person.ok("backup", tmp_path / "usb")["path"])
    assert copy.is_file()
    person.ok("set", "C1234567", "phone", "1")
    person.ok("restore", copy)
    assert person.ok("show", "C1234567")["person"]["phone"] is None
    assert person.ok("journal")["acts"][0]["service"] == "maintenance.restore"
    checked = person.ok("check")
    assert {"integrity", "ledger", "journal", "search", "rows"} <= checked.keys()
    assert parts_of(checked) == {"ok"}
    (tmp_path / "broken.imp").write_bytes(copy.read_bytes()[:3000])
    assert person.run("restore", tmp_path / "broken.imp")[0] == 4
    assert person.ok("people")["total"] == 1


def test_a_register_that_is_none_is_exit_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.imp"
    path.write_text("not a register at all, only some words in a file")
    code, answer, err = Shell(path, capsys).run("people")
    assert (code, answer) == (4, "")
    assert len(err.strip().splitlines()) == 1
    assert path.read_text().startswith("not a register")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_everything_exported_imports_again_with_zero_changes(
    shell: Shell, tmp_path: Path, lang: str
) -> None:
    shell.run("import", FILES / "families-2024.xlsx", today="2026-11-22")
    out = tmp_path / "all.xlsx"
    written = shell.ok("--lang", lang, "export", "everything", out)
    assert written["rows"] > 80
    again = shell.ok("import", out, today="2026-11-22")
    assert (again["act"], again["new"], again["updated"]) == (None, 0, 0)
    assert again["unchanged"] == 86


def test_held_rows_are_reviewed_and_resolved(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", *PERSON)
    text = (
        "Nom;Prénom;Date de naissance;Citoyenneté;Date lettre\n"
        "Nguyen;Thi Anh;1990-03-04;Viêt Nam;2023-10-05\n"
    )
    (tmp_path / "held.csv").write_text(text, encoding="utf-8")
    code, answer, _err = shell.run("import", tmp_path / "held.csv")
    assert (code, answer["review"]) == (1, 1)
    assert answer["issues"][0]["code"] == "possible_duplicate"
    row = shell.ok("review")["rows"][0]
    (candidate,) = row["candidates"]
    assert candidate["id"] == 1
    told = {change["field"]: change["stays"] for change in candidate["changes"]}
    assert told == {"family_name": True, "given_names": True}
    _code, lines, _err = shell.run("review", json_wanted=False)
    assert "Nguyễn stays (in the list: Nguyen)" in lines
    shell.ok("resolve", row["row"], "same", "#1", "--take", "given_names")
    person = shell.ok("show", "#1")["person"]
    assert (person["family_name"], person["given_names"]) == ("Nguyễn", "Thi Anh")
    assert shell.ok("review")["rows"] == []
    assert shell.ok("people")["total"] == 1


def test_deadlines_and_journal_have_their_keys(person: Shell) -> None:
    rows = person.ok("deadlines", "--within", 400)["deadlines"]
    assert {"day", "kind", "person", "because", "days_left"} <= rows[0].keys()
    assert [r["kind"] for r in rows] == ["letter", "csq"]
    acts = person.ok("journal")["acts"]
    assert [a["service"] for a in acts] == ["people.add"]


def test_the_template_imports_as_a_list_without_rows(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"
    assert shell.ok("template", out)["rows"] == 0
    assert shell.run("import", out)[0] == 3


@pytest.mark.of_a_file("the invented people have a file")
def test_the_demo_leaves_a_register_and_tells_its_day(shell: Shell, tmp_path: Path) -> None:
    made = shell.ok("demo", tmp_path / "demo", today=demo.DEMO_DAY.isoformat())
    assert Path(made["register"]).is_file()
    assert made["today"] == demo.DEMO_DAY.isoformat()
    assert made["quota"]["used"] > 100
    assert made["deadlines"]


@pytest.mark.of_a_file("the invented people have a file")
def test_the_demo_makes_the_register_that_is_named_and_never_writes_into_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = tmp_path / "trial" / "essai.imp"
    told = ("--json", "--lang", "en", "--register", str(named), "demo")
    assert main([*told]) == 0
    assert json.loads(capsys.readouterr().out)["register"] == str(named)
    before = named.read_bytes()
    assert main([*told]) == 4
    assert capsys.readouterr().err == "There is a file of this name already. Give another name.\n"
    assert named.read_bytes() == before
    assert main(["--register", "postgresql://somewhere/register", "demo"]) == 2
    assert [one.name for one in named.parent.glob("*.imp")] == ["essai.imp"]


def test_human_answers_are_sentences_in_both_languages(person: Shell) -> None:
    english = person.run("verdict", "C1234567", json_wanted=False)[1]
    french = person.run("--lang", "fr", "verdict", "C1234567", json_wanted=False)[1]
    assert english.startswith("Eligible")
    assert french.startswith("Admissible")


def test_one_and_none_are_said_in_the_singular_in_french(person: Shell, tmp_path: Path) -> None:
    for search, said in (("C1234567", "1 personne"), ("nobody", "0 personne")):
        people = ("--lang", "fr", "people", "--search", search)
        assert person.run(*people, json_wanted=False)[1].splitlines()[-1] == said
    saved = person.run(
        "--lang", "fr", "export", "people", str(tmp_path / "o.xlsx"), json_wanted=False
    )[1]
    assert "1 ligne enregistrée dans o.xlsx." in saved


@pytest.mark.of_a_file("a file that is moved")
def test_the_register_file_can_be_moved_with_its_name(person: Shell, tmp_path: Path) -> None:
    moved = tmp_path / "éloïse & co" / "registre.imp"
    moved.parent.mkdir()
    shutil.move(person.register, moved)
    person.register = moved
    assert person.ok("people")["total"] == 1


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_passphrase_comes_from_the_environment_and_is_asked_for_everywhere(
    person: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert person.run("passphrase", "set")[0] == 4
    monkeypatch.setenv("IMP_PLUS_NEW_PASSPHRASE", "correct horse")
    assert person.ok("passphrase", "set")["act"] == 2
    code, _answer, err = person.run("people")
    assert code == 4
    assert len(err.strip().splitlines()) == 1
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "wrong")
    assert person.run("people")[0] == 4
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "correct horse")
    assert person.ok("people")["total"] == 1
    assert person.run("passphrase", "set")[0] == 5
    assert person.ok("passphrase", "remove")["act"] == 3
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
    assert person.ok("check")["journal"] == "ok"


def test_a_plain_register_opens_whatever_passphrase_the_environment_has(
    person: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "of another register")
    assert person.ok("people")["total"] == 1
    assert person.ok("add", "family_name=Roy", "given_names=Anne")["act"] == 2
    assert person.ok("check")["journal"] == "ok"
    assert person.run("backup")[0] == 0
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
    assert person.ok("people")["total"] == 2, "it is plain as before"


@pytest.mark.of_a_file("the pages of a file")
def test_a_damaged_plain_register_is_called_damaged_whatever_the_environment_has(
    person: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = person.run("people")[0]
    content = person.register.read_bytes()
    person.register.write_bytes(content[:100] + b"x" * 4000 + content[4100:])
    plain = person.run("people")
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "of another register")
    assert (before, person.run("people")) == (0, plain)
    assert plain[0] == 4


def test_show_says_codes_in_words(person: Shell) -> None:
    shown = person.run("show", "C1234567", json_wanted=False)[1]
    assert "Vietnam" in shown
    assert "VNM" not in shown


def test_the_board_warns_when_mifis_own_figure_is_reached(person: Shell) -> None:
    person.ok("cap", 2023, 1, "--from", "2023-01-01", "--reason", "test", "--ledger", "letters")
    findings = person.ok("quota", 2023)["findings"]
    reached = [f for f in findings if f["rule"] == "CAP-07" and f["outcome"] == "fail"]
    assert [f["facts"]["ledger"] for f in reached] == ["letters"]
    assert person.ok("receive", "C1234567", "--at", "2023-12-11")["place"] == 1


def test_an_exact_duplicate_is_added_only_when_that_is_asked_for(person: Shell) -> None:
    again = ("family_name=NGUYEN", "given_names=Thi Anh", "birth_date=1990-03-04")
    code, answer, said = person.run("add", *again)
    assert code == 5
    assert answer["twins"] == [{"person": 1, "because": ["name_and_birth"]}]
    assert said.count("\n") == 1
    assert "#1" in said
    assert "Nguy" not in said
    assert person.ok("people")["total"] == 1
    added = person.ok("add", *again, "--duplicate")
    assert added["twins"] == [{"person": 1, "because": ["name_and_birth"]}]
    assert person.ok("people")["total"] == 2


@pytest.mark.parametrize(
    ("language", "part", "head"),
    [
        ("en", "Chain of the journal: in order", "Head of the journal: "),
        ("fr", "Chaîne du journal\u00a0: en ordre", "Empreinte du journal\u00a0: "),
    ],
)
def test_a_check_tells_its_parts_in_the_language_in_use(
    person: Shell, language: str, part: str, head: str
) -> None:
    wanted = person.ok("check")["head"]
    code, said, _err = person.run("--lang", language, "check", json_wanted=False)
    lines = said.splitlines()
    assert code == 0
    assert part in lines
    assert head + wanted in lines, "the whole head, as it is compared"


def test_a_check_says_in_words_that_the_chain_does_not_hold_a_head(person: Shell) -> None:
    code, said, _err = person.run("check", "--against", "ab" * 32, json_wanted=False)
    assert code == 1
    assert said.count("The chain does not hold this head") == 1
