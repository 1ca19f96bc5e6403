# SPDX-License-Identifier: Apache-2.0
"""The decision table, row by row: what the programme's facts say must come out, comes out.

`decision_table.csv` reads by itself; `decision_rows.py` says how each block was thought out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from builders import (
    PERSON,
    a_document,
    a_passport,
    a_person,
    a_residence,
    an_application,
    programme,
)
from decision_rows import COLUMNS, TABLE, text

from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import LetterId, OtherRouteId
from imp_plus_desktop.domain.records.papers import Document, Letter, Residence
from imp_plus_desktop.domain.values.calendar import noon_in_toronto, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    PrState,
    ResidenceProof,
    RouteState,
)
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict

CLEAN = {
    **dict.fromkeys(("PRG-01", "INV-01", "INV-02", "INV-03", "INV-04"), "P"),
    **dict.fromkeys(("CSQ-01", "CSQ-02", "CSQ-03", "CSQ-04", "CSQ-05", "CSQ-06"), "P"),
    **{"ELG-01": "P", "ELG-02": "N", "ELG-03": "N", "ELG-04": "P", "ELG-06": "P", "ELG-07": "P"},
    **{"ELG-05": "U", "DOC-01": "U", "DOC-02": "N", "DOC-03": "N", "PER-04": "P"},
}
LETTERS = {"pass": "P", "fail": "F", "unknown": "U", "judgement": "J", "not_applicable": "N"}


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _yes_no(cell: str) -> bool | None:
    return {"yes": True, "no": False, "": None}[cell]


def _instant(cell: str) -> datetime:
    if "T" in cell:
        return datetime.fromisoformat(cell.replace("Z", "+00:00")).astimezone(UTC)
    return noon_in_toronto(date.fromisoformat(cell))


def _stays(cell: str) -> Iterator[Residence]:
    """`CAN-ON 2022-01-01..2022-12-31 lease | MAR`: place, days, proof; days and proof may lack."""
    for number, written in enumerate(filter(None, cell.split(" | ")), start=1):
        place, *rest = written.split(" ")
        country, _dash, province = place.partition("-")
        start, _dots, end = (rest[0] if rest else "..").partition("..")
        stay = a_residence(country, province or None, _day(start), _day(end), number)
        proof = ResidenceProof(rest[1]) if len(rest) > 1 else None
        yield replace(stay, proof=proof)


def _documents(cell: str) -> Iterator[Document]:
    """`pr_proof:required intent:received:2023-05-31`; a name alone is received."""
    for written in cell.split():
        kind, state, expires = (*written.split(":"), "", "")[:3]
        yield a_document(DocumentType(kind), DocumentState(state or "received"), _day(expires))


def _applications(cell: str) -> tuple[Any, ...]:
    """`refused`, `draft wording=yes`, `extension received filed=2023-01-10`; a route is none."""
    words = cell.split()
    if not words or words[0].startswith("route:"):
        return ()
    kind = ApplicationKind.EXTENSION if words[0] == "extension" else ApplicationKind.FIRST
    state = ApplicationState(words[1] if words[0] == "extension" else words[0])
    wording = next((w.partition("=")[2] for w in words if w.startswith("wording=")), "")
    filed = _told(words).get("filed")
    days = {"received_at": noon_in_toronto(date.fromisoformat(filed))} if filed else {}
    return (an_application(state, kind=kind, a76_wording=_yes_no(wording), **days),)


def _routes(cell: str) -> tuple[OtherRoute, ...]:
    """`route:approved filed=2023-01-10 decided=2023-02-01 until=2024-02-01`: another permit."""
    words = cell.split()
    if not words or not words[0].startswith("route:"):
        return ()
    state, told = RouteState(words[0].removeprefix("route:")), _told(words)
    days = (_day(told.get(name, "")) for name in ("filed", "decided"))
    made = OtherRoute(OtherRouteId(1), PERSON, "lmia", state, *days)
    return (replace(made, valid_until=_day(told.get("until", ""))),)


def _told(words: list[str]) -> dict[str, str]:
    pairs = (word.partition("=") for word in words)
    return {name: value for name, equals, value in pairs if equals}


def file_of(row: dict[str, str]) -> PersonFile:
    """The file that a row of the table tells."""
    country, _dash, province = row["address"].partition("-")
    person = a_person(
        csq_issue_date=_day(row["csq_issued"]),
        csq_expiry_date=_day(row["csq_expiry"]),
        csq_category=row["category"] or None,
        pr_state=PrState(row["pr_state"]) if row["pr_state"] else None,
        pr_filed_on=_day(row["pr_filed"]),
        canada_status=CanadaStatus(row["status"].split()[0]) if row["status"] else None,
        r199=_yes_no(_told(row["status"].split()).get("r199", "")),
        canada_status_until=_day(row["status_until"]),
        r206=_yes_no(row["r206"]),
        outside_quebec_declared=_yes_no(row["declared"]),
        address_country=country or None,
        address_province=province or None,
        citizenship=row["citizenship"] or None,
        died_on=_day(row["died"]),
    )
    dated, received = _day(row["letter_date"]), _day(row["received"])
    passport = _day(row["passport"])
    return PersonFile(
        person,
        letters=(Letter(LetterId(1), PERSON, dated, received),) if dated else (),
        residences=tuple(_stays(row["residence"])),
        passports=(a_passport(passport),) if passport else (),
        applications=_applications(row["application"]),
        other_routes=_routes(row["application"]),
        documents=tuple(_documents(row["documents"])),
    )


def _expected(row: dict[str, str]) -> dict[str, str]:
    told = dict(pair.split("=") for pair in row["differs"].split())
    assert told.keys() <= CLEAN.keys(), row["case"]
    return CLEAN | told


@cache
def rows() -> tuple[dict[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def test_the_table_has_three_hundred_rows_and_more_each_another_case() -> None:
    assert len(rows()) >= 300
    assert tuple(rows()[0]) == COLUMNS
    asked = [tuple(row[name] for name in COLUMNS[1:-3]) for row in rows()]
    assert len(set(asked)) >= 300


def test_the_file_is_what_its_blocks_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == text()


def test_each_row_comes_out_as_written() -> None:
    wrong = []
    for row in rows():
        channel = Channel(row["channel"]) if row["channel"] else None
        day = toronto_day(_instant(row["applied_at"]))
        found = verdict(file_of(row), day, programme(), channel=channel)
        answers = {f.rule: LETTERS[f.outcome] for f in found.findings + found.to_do}
        expected = _expected(row)
        differs = {rule: answers[rule] for rule in CLEAN if answers[rule] != expected[rule]}
        if found.code.value != row["verdict"] or differs:
            wrong.append((row["case"], row["why"], row["verdict"], found.code.value, differs))
    assert not wrong


def test_a_receipt_blocks_in_exactly_the_rows_that_are_not_eligible() -> None:
    """Only a fail of a block stops a receipt; of the second list too (documents, port of entry)."""
    for row in rows():
        channel = Channel(row["channel"]) if row["channel"] else None
        found = receive_findings(
            *(file_of(row), _instant(row["applied_at"]), programme()),
            *(ApplicationKind.FIRST, channel),
        )
        second = (
            any(_expected(row)[rule] == "F" for rule in ("DOC-01", "DOC-02"))
            or row["channel"] == "port_of_entry"
        )
        blocked = row["verdict"] == "not_eligible" or second
        assert any(finding.blocks for finding in found) is blocked, row["case"]
