# SPDX-License-Identifier: Apache-2.0
"""Members in Canada by hand, by list and back; the words for those who need no permit in lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from office_builders import a_row, add_member, import_file, invite, merge
from openpyxl import Workbook

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.filters import DeadlineFilter, PeopleFilter
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import CanadaStatus, PrState
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import origins
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.messages import deadline_said

FRENCH = [
    "Réf. requérant principal",
    "Lien",
    "Nom",
    "Prénom",
    "Date de naissance",
    "Statut au Canada du membre",
    "Statut valide jusqu'au",
]
ENGLISH = [
    "Principal reference",
    "Relation",
    "Family name",
    "Given name",
    "Date of birth",
    "Immigration status",
    "Status expiry",
]


def a_book(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def the_member(office: Office) -> Member:
    (member,) = people.file(office, people.ids(office, PeopleFilter())[0]).members
    return member


@pytest.mark.parametrize(("headers", "word"), [(FRENCH, "Travailleuse"), (ENGLISH, "Worker")])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_family_list_brings_the_status_and_its_export_changes_nothing(
    office: Office, tmp_path: Path, headers: list[str], word: str, language: str
) -> None:
    person = invite(office)
    row = ["C1000001", "Conjointe", "Roy", "Ève", date(1991, 5, 6), word, date(2024, 2, 1)]
    path = a_book(tmp_path / "famille.xlsx", [headers, row])
    done = import_file(office, path)
    assert (done.preview.sheets[0].parsed.kind, done.preview.counts.new) == ("family", 1)
    member = the_member(office)
    told = (member.canada_status, member.canada_status_until)
    assert told == (CanadaStatus.WORKER, date(2024, 2, 1))
    cells = {o.field: o.cell for o in origins.of_file(office, person) if o.entity == "member"}
    assert (cells["canada_status"], cells["canada_status_until"]) == ("F2", "G2")
    before = i18n.current_language()
    i18n.use(language)
    try:
        exports.export(office, "family", tmp_path / "export.xlsx")
        again = import_file(office, tmp_path / "export.xlsx")
    finally:
        i18n.use(before)
    assert again.act is None, again.counts
    later = import_file(
        office, a_book(tmp_path / "b.xlsx", [headers, [*row[:-1], date(2025, 2, 1)]])
    )
    assert later.preview.counts.updated == 1
    assert the_member(office).canada_status_until == date(2025, 2, 1)
    history.undo(office)
    assert the_member(office).canada_status_until == date(2024, 2, 1)


def test_a_members_status_is_in_the_agenda_and_in_the_fees(office: Office) -> None:
    person = invite(office)
    member = add_member(office, person)
    family.set_field(office, member, "wish", "work")
    family.set_field(office, member, "canada_status", "travailleuse")
    family.set_field(office, member, "canada_status_until", "2023-12-15")

    def lines() -> list[tuple[str, date]]:
        wanted = deadlines.ids(office, DeadlineFilter())
        rows = deadlines.rows(office, wanted)
        return [(deadline_said(r), r.day) for r in rows if r.reason.startswith("member_")]

    before = i18n.current_language()
    i18n.use("fr")
    try:
        assert lines() == [("Fin du statut au Canada\xa0: Sara Benali", date(2023, 12, 15))]
    finally:
        i18n.use(before)

    def restored() -> bool:
        owed = fees.account(office, person).lines
        return "restoration_worker" in {line.fee for line in owed if line.member_id == member}

    assert not restored()
    family.set_field(office, member, "canada_status_until", "2023-11-01")
    assert lines() == [("Last day to restore the status: Sara Benali", date(2024, 1, 30))]
    assert restored()
    history.undo(office)
    assert not restored()


def test_two_statuses_of_one_member_are_a_choice_of_the_merger(office: Office) -> None:
    first, second = invite(office), invite(office, 2)
    mine = add_member(office, first, canada_status=CanadaStatus.WORKER)
    add_member(
        office, second, canada_status=CanadaStatus.VISITOR, canada_status_until=date(2024, 2, 1)
    )
    merge(office, first, second, {f"member:{mine}": "right"})
    (member,) = people.file(office, first).members
    assert member.canada_status is CanadaStatus.VISITOR
    assert member.canada_status_until == date(2024, 2, 1)
    history.undo(office)
    assert people.file(office, first).members[0].canada_status is CanadaStatus.WORKER


@pytest.mark.parametrize(
    ("header", "word", "status", "pr"),
    [
        ("Statut au Canada", "Citoyenne canadienne", CanadaStatus.CITIZEN, None),
        ("Statut au Canada", "Résident permanent", CanadaStatus.PERMANENT_RESIDENT, None),
        ("Status in Canada", "Canadian citizen", CanadaStatus.CITIZEN, None),
        ("Status in Canada", "Landed immigrant", CanadaStatus.PERMANENT_RESIDENT, None),
        ("État de la RP", "RP confirmée", None, PrState.LANDED),
        ("PR status", "Landed", None, PrState.LANDED),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_needs_no_permit_is_read_from_a_list_and_written_so_that_nothing_changes(
    office: Office,
    tmp_path: Path,
    header: str,
    word: str,
    status: CanadaStatus | None,
    pr: PrState | None,
    language: str,
) -> None:
    row = a_row()
    headers = ["Réf. individuelle", "Nom", "Prénom", "Date de naissance", "Citoyenneté"]
    path = a_book(
        tmp_path / "a.xlsx",
        [
            [*headers, "Pays de résidence", "Date de la lettre", header],
            [*row.values(), word],
        ],
    )
    import_file(office, path)
    (number,) = people.ids(office, PeopleFilter())
    person = people.file(office, number).person
    assert (person.canada_status, person.pr_state) == (status, pr)
    before = i18n.current_language()
    i18n.use(language)
    try:
        exports.export(office, "people", tmp_path / "export.xlsx")
        again = import_file(office, tmp_path / "export.xlsx")
    finally:
        i18n.use(before)
    assert again.act is None, again.counts
