# SPDX-License-Identifier: Apache-2.0
"""An export of everything has what was paid, what IRCC asked and what its portal said; the list of
people brings back what its columns can say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from openpyxl import load_workbook

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.fees.refunds import HOLDER, PROCESSING
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.codes import (
    DocumentState,
    DocumentType,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.services.applications import fees, portal, requests
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people

SEEN, LATER = date(2023, 11, 21), date(2023, 11, 22)


@pytest.fixture(params=["fr", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


@pytest.fixture
def person(office: Office) -> PersonId:
    """Somebody whose application was paid for, asked about and looked up; and a second one."""
    found: PersonId = build.invite(office, 1)
    build.invite(office, 2)
    application = build.receive(office, found, number="W300000001").application
    for fee, cents in ((PROCESSING, 15500), (HOLDER, 10000)):
        fees.pay(office, found, fee, cents, SEEN, application)
    fees.pay(office, found, HOLDER, 10000, LATER, application, refund=True)
    for kind, day in ((RequestKind.BIOMETRICS, SEEN), (RequestKind.DOCUMENTS, LATER)):
        requests.save(office, RequestDetails(application, kind, day, date(2023, 12, 21)))
    portal.observe(
        office,
        application,
        SEEN,
        {
            PortalItem.MEDICAL: PortalReading(PortalState.NEEDED),
            PortalItem.BIOMETRICS: PortalReading(PortalState.COMPLETED, SEEN),
        },
    )
    looked = {PortalItem.MEDICAL: PortalReading(PortalState.COMPLETED)}
    portal.observe(office, application, LATER, looked)
    received = DocumentState.RECEIVED
    documents.set_document(office, found, DocumentType.MEDICAL, received, date(2024, 11, 1))
    documents.set_document(office, found, DocumentType.CSQ, received)
    return found


@pytest.fixture
def anew(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path / "anew.imp", today=build.TODAY)
    yield made
    made.close()


def sheets(office: Office, path: Path) -> dict[str, list[dict[str, Any]]]:
    exports.export(office, "everything", path)
    found = {}
    for page in load_workbook(path).worksheets:
        headers, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(headers, row, strict=True)) for row in rows]
    return found


def test_all_of_it_stands_in_sheets_of_its_own(
    office: Office, person: int, tmp_path: Path, language: str
) -> None:
    found = sheets(office, tmp_path / "tout.xlsx")
    french = language == "fr"
    titles = (
        ["Paiements", "Demandes d’IRCC", "Portail d’IRCC", "Documents"]
        if french
        else ["Payments", "Requests of IRCC", "IRCC’s portal", "Documents"]
    )
    assert list(found)[-4:] == titles
    paid, asked, seen, kept = ([list(row.values()) for row in found[t]] for t in titles)
    who = ["C1000001", office.own_numbers.of(person), "Benalibb", "Amine"]
    assert [row[:4] for row in (*paid, *asked, *seen, *kept)] == [who] * 10
    paid, asked, seen = ([row[1:] for row in rows] for rows in (paid, asked, seen))
    assert {row[3] for row in (*paid, *asked, *seen)} == {"W300000001"}
    assert [(row[6], row[7].date()) for row in paid] == [
        (155, SEEN), (100, SEEN), (100, LATER),
    ]  # fmt: skip
    assert paid[2][5] == ("Rendu" if french else "Given back")
    assert [(row[5].date(), row[6].date()) for row in asked] == [
        (SEEN, date(2023, 12, 21)), (LATER, date(2023, 12, 21)),
    ]  # fmt: skip
    assert [row[6].date() for row in seen] == [SEEN, SEEN, LATER]
    assert len({row[4] for row in seen}) == 2
    assert len(kept) == 2


def test_what_comes_out_changes_nothing_when_it_goes_in_again(
    office: Office, person: int, tmp_path: Path
) -> None:
    exports.export(office, "everything", tmp_path / "tout.xlsx")
    done = build.import_file(office, tmp_path / "tout.xlsx")
    counts = done.counts
    assert (counts.new, counts.updated, counts.unchanged, counts.rejected) == (0, 0, 2, 0)
    assert (done.act, done.preview.issues) == (None, ())


def test_what_the_columns_of_a_list_can_say_goes_into_another_register(
    office: Office, person: int, anew: Office, tmp_path: Path
) -> None:
    exports.export(office, "everything", tmp_path / "tout.xlsx")
    done = build.import_file(anew, tmp_path / "tout.xlsx")
    assert (done.counts.new, done.counts.rejected) == (2, 0)
    after = people.file(anew, people.find(anew, "C1000001"))
    assert [(paid.fee, paid.cents, paid.on_day, paid.refund) for paid in after.payments] == [
        (PROCESSING, 15500, SEEN, False),
        (HOLDER, 10000, SEEN, False),
    ]
    ((asked),) = after.requests
    assert (asked.kind, asked.letter_on) == (RequestKind.BIOMETRICS, SEEN)
    assert {line.item: line.state for line in after.portal_lines} == {
        PortalItem.MEDICAL: PortalState.COMPLETED,
        PortalItem.BIOMETRICS: PortalState.COMPLETED,
    }
    ((medical),) = after.documents
    assert (medical.type, medical.expires) == (DocumentType.MEDICAL, date(2024, 11, 1))
    again = imports.open_file(anew, tmp_path / "tout.xlsx")
    assert (again.counts.unchanged, again.counts.updated) == (2, 0)


def test_a_register_without_any_has_neither_the_columns_nor_the_sheets(
    office: Office, tmp_path: Path, language: str
) -> None:
    build.invite(office, 1)
    found = sheets(office, tmp_path / "tout.xlsx")
    assert not {"Paiements", "Payments", "Documents"} & found.keys()
    people_list = found["Personnes" if language == "fr" else "People"]
    assert not {"Frais payés", "Fees paid"} & people_list[0].keys()
