# SPDX-License-Identifier: Apache-2.0
"""The family, the fees and the documents from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main

PERSON = (
    "add",
    "individual_reference=C1234567",
    "family_name=Benali",
    "given_names=Amine",
    "birth_date=1990-01-01",
    "citizenship=MAR",
    "letter_date=2023-09-01",
    "residence_country=MAR",
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*arguments: str, code: int = 0) -> Any:
        base = ["--register", str(tmp_path / "r.imp"), "--today", "2023-11-22", "--json"]
        capsys.readouterr()
        assert main([*base, "--lang", "en", *arguments]) == code
        text = capsys.readouterr().out
        return json.loads(text) if text else None

    command(*PERSON)
    for relation, name, born in (("spouse", "Sara", "1991-01-01"), ("child", "Lina", "2013-01-01")):
        names = ("--family-name", "Benali", "--given-names", name, "--birth-date", born)
        wish = ("--wish", "work") if relation == "spouse" else ()
        command("member", "C1234567", "--relation", relation, *names, *wish)
    return command


def test_a_family_owes_830_and_pays_it(run: Any) -> None:
    assert run("member-set", "2", "wish", "study")["changed"] == ["wish"]
    wishes = [member["wish"] for member in run("show", "C1234567")["family"]]
    assert wishes == ["work", "study"]
    assert run("fees", "C1234567")["total"] == 830
    paid = run("pay", "C1234567", "processing", "155,00", "--on", "2023-11-20")
    assert (paid["paid"], paid["open"]) == (155, 675)
    run("pay-delete", "C1234567", str(paid["payment"]))
    assert run("fees", "C1234567")["payments"] == []
    assert run("fees", "C1234567", "--on", "2023-11-01")["findings"][0]["rule"] == "FEE-01"


def test_the_studies_of_a_child_are_judged_as_they_are_set(run: Any) -> None:
    run("member-set", "2", "school", "primary_secondary")
    found = run("member-set", "2", "location", "abroad")["findings"]
    assert "FAM-08" in {f["rule"] for f in found if f["outcome"] == "fail"}
    members = run("family", "C1234567")["members"]
    assert [(m["id"], m["bond"]) for m in members] == [(1, "family"), (2, "family")]
    run("member-set", "2", "location", "moon", code=2)


def test_a_scan_goes_in_and_comes_out(run: Any, tmp_path: Path) -> None:
    source, out = tmp_path / "lettre.pdf", tmp_path / "out.pdf"
    source.write_bytes(b"%PDF-1.4 x")
    kept = run("attach", "C1234567", "passport", str(source), "--member", "2")
    assert kept["media_type"] == "application/pdf"
    run("extract", "C1234567", "passport", str(out), "--member", "2")
    assert out.read_bytes() == source.read_bytes()
    listed = run("documents", "C1234567")["documents"]
    held = [d for d in listed if d["attachment"]]
    assert [(d["type"], d["member"], d["state"]) for d in held] == [("passport", 2, "received")]
    assert run("check")["attachments"] == "ok"
    run("detach", "C1234567", "passport", "--member", "2")
    run("extract", "C1234567", "passport", str(out), "--member", "2", code=2)
    source.write_bytes(b"MZ")
    run("attach", "C1234567", "passport", str(source), code=3)


def test_a_scan_that_is_not_what_went_in_fails_the_check(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "lettre.pdf"
    source.write_bytes(b"%PDF-1.4 x")
    run("attach", "C1234567", "passport", str(source))
    office = open_office(tmp_path / "r.imp")
    office.register.db.execute_sql("UPDATE attachment SET content = ?", (b"\0",))
    office.close()
    found = run("check", code=1)
    assert found.pop("attachments").startswith("differs")
    assert {name: found[name] for name in ("integrity", "ledger", "journal", "search", "rows")} == {
        **dict.fromkeys(("integrity", "ledger", "journal", "search", "rows"), "ok")
    }


def test_a_members_document_is_recorded_beside_the_principals(run: Any) -> None:
    run("document", "C1234567", "photo", "received")
    run("document", "C1234567", "photo", "reviewed", "--member", "1")
    documents = run("show", "C1234567")["documents"]
    assert [(d["state"], d["member"]) for d in documents] == [("received", None), ("reviewed", 1)]


def test_a_member_in_canada_is_added_with_the_status_and_shown_and_taken_back(run: Any) -> None:
    told = ("--canada-status", "worker", "--canada-status-until", "2023-11-01", "--uci", "12345678")
    names = ("--family-name", "Roy", "--given-names", "Ève", "--birth-date", "1992-02-02")
    where = ("--location", "quebec", "--invited", "yes", "--wish", "work")
    added = run("member", "C1234567", "--relation", "partner", *names, *told, *where)
    failed = {f["rule"] for f in added["findings"] if f["outcome"] == "fail"}
    assert "FAM-11" in failed
    status = next(f for f in added["findings"] if f["rule"] == "FAM-12")
    assert status["facts"] == {"until": "2023-11-01", "restorable_until": "2024-01-30"}
    shown = run("show", "C1234567")["family"][-1]
    kept = ("canada_status", "canada_status_until", "invited", "location")
    assert [shown[name] for name in kept] == ["worker", "2023-11-01", True, "quebec"]
    kinds = {(d["kind"], d["day"]) for d in run("deadlines", "--within", "90")["deadlines"]}
    assert ("restoration", "2024-01-30") in kinds
    run("undo")
    assert len(run("show", "C1234567")["family"]) == 2
    bad = ("--canada-status-until", "soon")
    run("member", "C1234567", "--relation", "partner", *names, *bad, code=2)
