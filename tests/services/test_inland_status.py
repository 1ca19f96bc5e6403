# SPDX-License-Identifier: Apache-2.0
"""Maintained status and the exceptions of R199, by hand, by list, and back again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from openpyxl import Workbook

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    DocumentState,
    DocumentType,
    RouteState,
)
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.people import what_if as preview
from imp_plus_desktop.words.messages import finding_text

IN_ONTARIO = {
    "residence_country": "CAN",
    "residence_province": "ON",
    "canada_status": "visitor",
    "canada_status_until": "2024-06-01",
    "r206": "no",
}


def _in_ontario(office: Office, number: int = 1, **changes: str) -> int:
    person = build.invite(office, number, **(IN_ONTARIO | changes))
    documents.set_document(
        office, person, DocumentType.RESIDENCE_PROOF, DocumentState.RECEIVED, None
    )
    return person


def test_a_visitor_is_judged_until_the_exception_is_recorded_and_undo_takes_it_back(
    office: Office,
) -> None:
    person = _in_ontario(office)
    assert people.verdict(office, person).code is VerdictCode.JUDGEMENT
    people.set_value(office, f"#{person}", "r199", "non")
    assert people.file(office, person).person.r199 is False
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE
    people.set_value(office, f"#{person}", "r199", "oui")
    assert people.verdict(office, person).code is VerdictCode.ELIGIBLE
    history.undo(office)
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE


def test_what_would_turn_a_visitor_is_the_exception_and_its_preview_is_eligible(
    office: Office,
) -> None:
    person = _in_ontario(office)
    done = preview.preview(office, person, ["ELG-02"])
    assert done.after.code is VerdictCode.ELIGIBLE
    assert people.file(office, person).person.r199 is None, "a preview stores nothing"


@pytest.mark.parametrize("word", ["Statut maintenu", "maintained status", "Statut implicite"])
def test_maintained_status_is_a_known_word(office: Office, word: str) -> None:
    person = _in_ontario(office, canada_status=word, canada_status_until="2023-06-01")
    assert people.file(office, person).person.canada_status is CanadaStatus.MAINTAINED
    found = people.verdict(office, person)
    assert found.code is VerdictCode.ELIGIBLE
    said = [finding_text(one) for one in found.findings if one.rule == "ELG-02"]
    i18n.use("en")
    assert "2023" in said[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_come_by_a_list_and_an_exported_list_changes_nothing(
    office: Office, tmp_path: Path, language: str
) -> None:
    rows = [
        build.a_row(
            n,
            **{
                "residence_country": "Canada",
                "residence_province": "ON",
                "letter_received_date": date(2023, 9, 4),
            },
        )
        | {"Statut": status, "R199": exception}
        for n, (status, exception) in enumerate(
            [("Statut maintenu", ""), ("Visiteur", "Non"), ("Visiteuse", "oui")], start=1
        )
    ]
    path = _listed(tmp_path / "liste.xlsx", rows)
    build.import_file(office, path)
    found = [people.file(office, n).person for n in people.ids(office, PeopleFilter())]
    assert sorted(f"{one.canada_status} {one.r199}" for one in found) == [
        "maintained None",
        "visitor False",
        "visitor True",
    ]
    before = i18n.current_language()
    i18n.use(language)
    try:
        exports.export(office, "people", tmp_path / "export.xlsx")
        again = build.import_file(office, tmp_path / "export.xlsx")
    finally:
        i18n.use(before)
    assert again.act is None, again.counts


def _listed(path: Path, rows: list[dict[str, object]]) -> Path:
    headers = build.HEADERS | {"Statut": "Statut au Canada", "R199": "Exception R199"}
    book = Workbook()
    fields = list(rows[0])
    book.active.append([headers[field] for field in fields])
    for row in rows:
        book.active.append([row[field] for field in fields])
    book.save(path)
    return path


def test_two_files_that_differ_about_the_exception_are_merged_as_chosen(office: Office) -> None:
    kept, other = _in_ontario(office, 1, r199="no"), _in_ontario(office, 2, r199="yes")
    fields = [one.field for one in merge_people.compare(office, kept, other).fields]
    assert "r199" in fields


def test_another_permit_asked_for_in_time_keeps_the_status_and_its_refusal_ends_it(
    office: Office,
) -> None:
    person = _in_ontario(office, canada_status="worker", canada_status_until="2023-08-01")
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE, "lost since October"
    filed = routes.RouteDetails("lmia", RouteState.FILED, filed_on=date(2023, 7, 20))
    routes.save(office, person, None, filed)
    assert people.verdict(office, person).code is VerdictCode.ELIGIBLE
    entry = people.file(office, person).other_routes[0].id
    refused = routes.RouteDetails(
        "lmia", RouteState.REFUSED, filed_on=date(2023, 7, 20), decided_on=date(2023, 8, 20)
    )
    routes.save(office, person, entry, refused)
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE
    assert people.verdict(office, person, date(2023, 11, 18)).code is VerdictCode.ELIGIBLE
