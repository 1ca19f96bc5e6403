# SPDX-License-Identifier: Apache-2.0
"""Lists that tell a person's years: several applications and permits, and of what kind each is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office, new_register
from office_builders import FILES, HEADERS, a_list, a_row, import_file
from openpyxl import Workbook

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_drafts, imports, origins, review
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.reads import figures

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture
def office(tmp_path: Path, empty_register: Path) -> Iterator[Office]:
    """An office on an empty register of its own, years after the first receipts."""
    new_register(tmp_path / "register.imp")
    with closing(open_office(tmp_path / "register.imp", today=date(2026, 11, 20))) as opened:
        yield opened


FIRST = {
    "application_number": "W100000001",
    "received_at": date(2023, 9, 20),
    "outcome": "Approuvée",
    "decided_on": date(2023, 11, 1),
    "permit_number": "U100000001",
    "permit_from": date(2023, 12, 1),
    "permit_until": date(2026, 6, 1),
}
SECOND = {
    "application_number": "W100000002",
    "received_at": date(2026, 4, 1),
    "outcome": "Approuvée",
    "decided_on": date(2026, 5, 2),
    "permit_number": "U100000002",
    "permit_from": date(2026, 6, 2),
    "permit_until": date(2027, 6, 2),
}


def file_of(office: Office, ref: str) -> PersonFile:
    return people.file(office, people.find(office, ref))


def told(office: Office, ref: str = "C1000001") -> list[tuple[str | None, str, int | None, str]]:
    """Number, kind, place and state of each application, in the order of receipt."""
    return [
        (a.application_number, a.kind.value, a.place, a.state.value)
        for a in file_of(office, ref).own_applications
    ]


def used(office: Office, year: int) -> int:
    return figures.places_used(office.register, year)


def whole(office: Office) -> None:
    assert replay.ledger_fault(office.register) is None


BOTH = [
    ("W100000001", "first", 1, "permit_issued"),
    ("W100000002", "extension", None, "permit_issued"),
]


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the extension first"])
def test_two_rows_of_one_person_bring_both_applications(
    office: Office, tmp_path: Path, turned: bool
) -> None:
    rows = [a_row(1, **FIRST), a_row(1, **SECOND), a_row(2)]
    rows = rows[::-1] if turned else rows
    path = a_list(tmp_path / "liste.xlsx", rows)
    done = import_file(office, path)
    assert (done.counts.new, done.counts.updated, done.counts.rejected) == (2, 1, 0)
    assert done.preview.issues == ()
    assert told(office) == BOTH
    permits = file_of(office, "C1000001").permits
    assert [(p.permit_number, p.limited_by.value) for p in permits] == [
        ("U100000001", "term"),
        ("U100000002", "term"),
    ]
    assert (used(office, 2023), used(office, 2026)) == (1, 0)
    again = import_file(office, a_list(tmp_path / "encore.xlsx", rows[::-1]))
    assert again.act is None
    assert again.counts.unchanged == 3
    whole(office)
    history.undo(office)
    assert len(people.ids(office, PeopleFilter())) == 0
    assert (used(office, 2023), used(office, 2026)) == (0, 0)
    whole(office)


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the extension first"])
def test_two_rows_about_somebody_known_bring_both_and_go_again_with_their_act(
    office: Office, tmp_path: Path, turned: bool
) -> None:
    import_file(office, a_list(tmp_path / "avant.xlsx", [a_row(1), a_row(2, **{
        **FIRST, "application_number": "W100000009", "permit_number": None})]))  # fmt: skip
    before = file_of(office, "C1000001")
    rows = [a_row(1, **FIRST), a_row(1, **SECOND)]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows[::-1] if turned else rows))
    assert (done.counts.updated, done.counts.unchanged, done.counts.rejected) == (2, 0, 0)
    assert [(kind, place) for _number, kind, place, _state in told(office)] == [
        ("first", 2),
        ("extension", None),
    ]
    whole(office)
    history.undo(office)
    assert file_of(office, "C1000001") == before
    whole(office)


def test_the_row_of_an_extension_extends_the_permit_that_the_register_has(office: Office) -> None:
    import_file(office, FILES / "principals.xlsx")
    done = import_file(office, FILES / "extension-row.xlsx")
    assert (done.counts.updated, done.counts.rejected) == (1, 0)
    assert [kind for _n, kind, _p, _s in told(office, "C2000001")] == ["first", "extension"]
    assert used(office, 2026) == 0
    assert [p.lost_to_passport for p in file_of(office, "C2000001").permits] == [0, 0]
    assert import_file(office, FILES / "extension-row.xlsx").act is None


def test_both_applications_of_one_person_come_in_one_list(office: Office) -> None:
    done = import_file(office, FILES / "two-applications.xlsx")
    assert (done.counts.new, done.counts.updated) == (1, 1)
    assert done.preview.issues == ()
    assert [kind for _n, kind, _p, _s in told(office, "C2000001")] == ["first", "extension"]


@pytest.mark.parametrize(
    ("received", "kind"),
    [
        (date(2023, 12, 2), "extension"),
        (date(2026, 6, 1), "extension"),
        (date(2026, 6, 2), "restoration"),
        (date(2026, 8, 30), "restoration"),
        (date(2026, 8, 31), "first"),
    ],
)
def test_the_permit_before_tells_the_kind_of_an_application(
    office: Office, tmp_path: Path, received: date, kind: str
) -> None:
    later = {"application_number": "W100000002", "received_at": received}
    import_file(office, a_list(tmp_path / "liste.xlsx", [a_row(1, **later), a_row(1, **FIRST)]))
    number, found, place, state = told(office)[1]
    assert (number, found, state) == ("W100000002", kind, "received")
    assert (place is None) is (kind != "first")
    whole(office)


def test_an_application_with_a_letter_of_its_own_is_a_first_one(
    office: Office, tmp_path: Path
) -> None:
    later = {"application_number": "W100000002", "received_at": date(2024, 6, 1)}
    rows = [a_row(1, **FIRST), a_row(1, **later, **{"letter_date": date(2024, 4, 15)})]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert done.counts.rejected == 0
    assert [kind for _n, kind, _p, _s in told(office)] == ["first", "first"]
    assert [x.letter_date for x in file_of(office, "C1000001").letters] == [
        date(2023, 9, 1),
        date(2024, 4, 15),
    ]
    assert (used(office, 2023), used(office, 2024)) == (1, 1)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Prolongation", "extension"),
        ("Renewal", "extension"),
        ("Rétablissement", "restoration"),
        ("Première demande", "first"),
    ],
)
def test_a_kind_that_a_list_states_stands(
    office: Office, tmp_path: Path, written: str, kind: str
) -> None:
    row = a_row(1, application_number="W100000001", received_at=date(2023, 9, 20),
                application_kind=written)  # fmt: skip
    path = a_list(tmp_path / "liste.xlsx", [row])
    import_file(office, path)
    ((_number, found, place, _state),) = told(office)
    assert found == kind
    assert (place is None) is (kind != "first")
    again = import_file(office, a_list(tmp_path / "encore.xlsx", [row, a_row(3)]))
    assert again.counts.unchanged == 1


def test_a_kind_that_is_corrected_takes_a_place_or_gives_it_back(
    office: Office, tmp_path: Path
) -> None:
    row: dict[str, Any] = {"application_number": "W100000001", "received_at": date(2023, 9, 20)}
    import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, **row)]))
    assert used(office, 2023) == 1
    row["application_kind"] = "Prolongation"
    import_file(office, a_list(tmp_path / "2.xlsx", [a_row(1, **row)]))
    assert told(office) == [("W100000001", "extension", None, "received")]
    assert used(office, 2023) == 0
    row["application_kind"] = "Première"
    import_file(office, a_list(tmp_path / "3.xlsx", [a_row(1, **row)]))
    assert told(office) == [("W100000001", "first", 1, "received")]
    assert used(office, 2023) == 1
    whole(office)


def test_an_extension_that_came_in_before_its_first_permit_gives_its_place_back(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "2026.xlsx", [a_row(1, **SECOND)]))
    assert [kind for _n, kind, _p, _s in told(office)] == ["first"]
    import_file(office, a_list(tmp_path / "2023.xlsx", [a_row(1, **FIRST)]))
    assert told(office) == BOTH
    assert (used(office, 2023), used(office, 2026)) == (1, 0)
    whole(office)
    history.undo(office)
    assert [(kind, place) for _n, kind, place, _s in told(office)] == [("first", 1)]
    assert (used(office, 2023), used(office, 2026)) == (0, 1)
    whole(office)


def test_the_same_application_told_otherwise_is_still_a_conflict(
    office: Office, tmp_path: Path
) -> None:
    other = {**FIRST, "decided_on": date(2023, 11, 2)}
    rows = [a_row(1, **FIRST), a_row(1, **SECOND), a_row(1, **other), a_row(1, **SECOND)]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert [(i.row, i.code) for i in done.preview.issues] == [
        (4, "conflict_in_file"),
        (5, "duplicate_in_file"),
    ]
    assert told(office) == BOTH


def test_somebody_else_under_the_same_number_is_a_conflict_whatever_they_filed(
    office: Office, tmp_path: Path
) -> None:
    rows = [a_row(1, **FIRST), a_row(1, **SECOND, birth_date=date(1991, 1, 1))]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert [i.code for i in done.preview.issues] == ["conflict_in_file"]


def test_what_changed_from_one_application_to_the_next_is_kept_as_the_later_row_has_it(
    office: Office, tmp_path: Path
) -> None:
    old = a_row(1, **FIRST, passport_number="AA100001", passport_expiry=date(2026, 6, 1),
                email="avant@example.org")  # fmt: skip
    new = a_row(1, **SECOND, passport_number="BB200002", passport_expiry=date(2031, 1, 1),
                email="apres@example.org")  # fmt: skip
    import_file(office, a_list(tmp_path / "liste.xlsx", [new, old]))
    file = file_of(office, "C1000001")
    assert [p.number for p in file.passports] == ["AA100001", "BB200002"]
    assert file.person.email == "apres@example.org"
    again = import_file(office, a_list(tmp_path / "encore.xlsx", [old, new, a_row(2)]))
    assert (again.counts.unchanged, again.counts.new) == (2, 1)


def test_an_outcome_against_a_permit_stands_and_the_permit_is_kept(office: Office) -> None:
    import_file(office, FILES / "refused-with-permit.xlsx")
    ((_number, kind, place, state),) = told(office, "C2000001")
    assert (kind, place, state) == ("first", 1, "refused")
    file = file_of(office, "C2000001")
    assert [a.outcome for a in file.applications] == ["refused"]
    assert [p.permit_number for p in file.permits] == ["U100000018"]
    assert import_file(office, FILES / "refused-with-permit.xlsx").act is None


def test_applications_side_by_side_come_in_from_one_row(office: Office, tmp_path: Path) -> None:
    row = a_row(1, **FIRST)
    headers = {
        "Prolongation – n° de demande": "W100000002",
        "Prolongation – reçue le": date(2026, 4, 1),
        "Prolongation – statut": "Approuvée",
        "Prolongation du": date(2026, 6, 2),
        "Prolongation au": date(2027, 6, 2),
    }
    path = a_table(tmp_path / "liste.xlsx", [{**headed(row), **headers}, headed(a_row(2))])
    done = import_file(office, path)
    assert (done.counts.new, done.counts.updated, done.preview.issues) == (2, 0, ())
    assert done.preview.sheets[0].parsed.unmapped == ()
    assert told(office) == BOTH
    assert [(p.valid_from, p.valid_until) for p in file_of(office, "C1000001").permits] == [
        (date(2023, 12, 1), date(2026, 6, 1)),
        (date(2026, 6, 2), date(2027, 6, 2)),
    ]
    again = import_file(office, a_table(tmp_path / "b.xlsx", [{**headed(row), **headers}]))
    assert (again.act, again.counts.unchanged) == (None, 1)
    history.undo(office)
    assert len(people.ids(office, PeopleFilter())) == 0
    whole(office)


@pytest.mark.parametrize("second", ["{} 2", "{} (2)", "2e {}", "{}", "{}.1"])
def test_the_second_application_has_the_headers_of_the_first(
    office: Office, tmp_path: Path, second: str
) -> None:
    own = ("application_number", "received_at", "outcome", "permit_number")
    row = a_row(1, **{name: SECOND[name] for name in own})
    cells = [(HEADERS[name], row[name]) for name in row]
    cells += [(second.format(HEADERS[name]), FIRST[name]) for name in own]
    cells += [("Permis du 2", FIRST["permit_from"]), ("Permis au 2", FIRST["permit_until"])]
    book = Workbook()
    book.active.append([header for header, _value in cells])
    book.active.append([value for _header, value in cells])
    book.save(tmp_path / "liste.xlsx")
    done = import_file(office, tmp_path / "liste.xlsx")
    assert (done.counts.new, done.counts.rejected) == (1, 0)
    assert [(number, kind) for number, kind, _p, _s in told(office)] == [
        ("W100000001", "first"),
        ("W100000002", "extension"),
    ]
    assert import_file(office, tmp_path / "liste.xlsx").act is None


def test_a_second_passport_stands_beside_the_present_one(office: Office, tmp_path: Path) -> None:
    row = headed(a_row(1, passport_number="AA100001", passport_expiry=date(2031, 1, 1)))
    more = {"2e passeport": "BB200002", "Échéance du 2e passeport": date(2026, 1, 1)}
    path = a_table(tmp_path / "liste.xlsx", [{**row, **more}])
    import_file(office, path)
    assert [(p.number, p.expiry) for p in file_of(office, "C1000001").passports] == [
        ("BB200002", date(2026, 1, 1)),
        ("AA100001", date(2031, 1, 1)),
    ]
    assert import_file(office, path).act is None


def headed(row: dict[str, Any]) -> dict[str, Any]:
    """A row by the headers of its columns."""
    return {HEADERS[name]: value for name, value in row.items()}


def a_table(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A workbook of one sheet, headed as the rows say."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    book = Workbook()
    book.active.append(headers)
    for row in rows:
        book.active.append([row.get(header) for header in headers])
    book.save(path)
    return path


MORE = {
    "Remarques": "A appelé deux fois.\nDossier complet.",
    "Suivi": "2024-03-01 appel : dossier complet\n2024-03-04 courriel : rappel\nrien de plus",
    "Langue": "Français",
    "Adresse": "12, rue des Pins\nMontréal",
    "Pays de l'adresse": "Canada",
    "Province de l'adresse": "Québec",
    "Représentant": "Me Untel",
    "Responsable": "Zoé",
    "Biométrie faite le": date(2023, 10, 2),
    "Lettre biométrique du": date(2023, 9, 22),
    "Examen médical passé le": date(2023, 10, 5),
    "Médical valide jusqu'au": date(2024, 10, 5),
    "Frais payés": "255,00 $",
    "Frais payés le": date(2023, 9, 19),
    "Demande soumise le": date(2023, 9, 19),
    "Portail consulté le": date(2023, 10, 10),
    "Portail : examen de l'admissibilité": "En cours",
    "Portail : données biométriques": "Terminé",
}


@pytest.mark.parametrize("known", [False, True], ids=["somebody new", "somebody known"])
def test_what_else_a_list_has_goes_into_the_file_once(
    office: Office, tmp_path: Path, known: bool
) -> None:
    own = {"application_number": "W100000001", "received_at": date(2023, 9, 20)}
    if known:
        import_file(office, a_list(tmp_path / "avant.xlsx", [a_row(1)]))
        before = file_of(office, "C1000001")
    row = {**headed(a_row(1, **own)), **MORE}
    done = import_file(office, a_table(tmp_path / "liste.xlsx", [row]))
    assert (done.counts.new, done.counts.updated) == ((0, 1) if known else (1, 0))
    assert done.preview.issues == ()
    assert done.preview.sheets[0].parsed.unmapped == ()
    file = file_of(office, "C1000001")
    assert [n.text for n in file.notes] == ["A appelé deux fois.\nDossier complet.", "rien de plus"]
    assert [(c.on_day, c.kind.value, c.text) for c in file.contacts] == [
        (date(2024, 3, 1), "called", "dossier complet"),
        (date(2024, 3, 4), "wrote", "rappel"),
    ]
    person = file.person
    assert (person.language, person.clerk, person.representative) == ("fr", "Zoé", "Me Untel")
    assert (person.address, person.address_country, person.address_province) == (
        "12, rue des Pins\nMontréal",
        "CAN",
        "QC",
    )
    assert person.biometrics_on == date(2023, 10, 2)
    (application,) = file.applications
    assert application.submitted_on == date(2023, 9, 19)
    assert [(r.kind, r.letter_on, r.application_id) for r in file.requests] == [
        ("biometrics", date(2023, 9, 22), application.id)
    ]
    assert [(d.type, d.received_on, d.expires) for d in file.documents] == [
        ("medical", date(2023, 10, 5), date(2024, 10, 5))
    ]
    assert {(p.fee, p.cents, p.on_day) for p in file.payments} == {
        ("processing", 15_500, date(2023, 9, 19)),
        ("open_permit_holder", 10_000, date(2023, 9, 19)),
    }
    assert {(x.item.value, x.state.value, x.observed_on) for x in file.portal_lines} == {
        ("eligibility", "in_progress", date(2023, 10, 10)),
        ("biometrics", "completed", date(2023, 10, 10)),
    }
    again = import_file(office, a_table(tmp_path / "b.xlsx", [row, headed(a_row(2))]))
    assert (again.counts.unchanged, again.counts.new) == (1, 1)
    people.set_value(office, "C1000001", "phone", "514 555-0101")
    again = import_file(
        office, a_table(tmp_path / "c.xlsx", [{**row, "Courriel": "z@example.org"}])
    )
    assert again.counts.updated == 1
    file = file_of(office, "C1000001")
    assert (len(file.notes), len(file.contacts), len(file.payments)) == (2, 2, 2)
    assert (len(file.requests), len(file.documents), len(file.portal_lines)) == (1, 1, 2)
    for _act in range(4):
        history.undo(office)
    if known:
        assert file_of(office, "C1000001") == before
    else:
        assert len(people.ids(office, PeopleFilter())) == 0
    whole(office)


def test_a_sum_without_its_day_or_of_no_fees_is_said_and_stays_in_the_list(
    office: Office, tmp_path: Path
) -> None:
    rows = [
        {**headed(a_row(1)), "Frais payés": "255"},
        {**headed(a_row(2)), "Frais payés": 340, "Frais payés le": date(2023, 9, 19)},
        {**headed(a_row(3)), "Frais payés": "99", "Frais payés le": date(2023, 9, 19)},
    ]
    done = import_file(office, a_table(tmp_path / "liste.xlsx", rows))
    assert done.counts.new == 3
    assert [(i.row, i.column, i.code, i.severity) for i in done.preview.issues] == [
        (2, "fees_paid", "fee_without_day", "warning"),
        (4, "fees_paid", "unknown_sum", "warning"),
    ]
    assert [len(file_of(office, f"C100000{n}").payments) for n in (1, 2, 3)] == [0, 3, 0]


@pytest.mark.parametrize(
    ("written", "route"),
    [("A75", "a75"), ("PTOT", "a75"), ("C41", "C41"), ("PVT", "iec"), ("A76", None), ("PTO", None)],
)
def test_what_another_route_gave_uses_no_place(
    office: Office, tmp_path: Path, written: str, route: str | None
) -> None:
    row = {**headed(a_row(1, **FIRST)), "Code d'exemption": written}
    path = a_table(tmp_path / "liste.xlsx", [row])
    done = import_file(office, path)
    assert done.preview.issues == ()
    file = file_of(office, "C1000001")
    if route is None:
        assert [kind for _n, kind, _p, _s in told(office)] == ["first"]
        assert file.other_routes == ()
    else:
        assert file.applications == ()
        ((held),) = file.other_routes
        assert (held.route, held.state.value, held.application_number) == (
            route,
            "approved",
            "W100000001",
        )
        assert (held.filed_on, held.valid_from, held.valid_until) == (
            date(2023, 9, 20),
            date(2023, 12, 1),
            date(2026, 6, 1),
        )
    assert used(office, 2023) == (1 if route is None else 0)
    assert import_file(office, path).act is None


def test_a_permit_of_another_route_makes_no_extension(office: Office, tmp_path: Path) -> None:
    first = {**headed(a_row(1, **FIRST)), "Voie": "A75"}
    later = headed(a_row(1, **SECOND))
    import_file(office, a_table(tmp_path / "liste.xlsx", [later, first]))
    assert [(n, kind) for n, kind, _p, _s in told(office)] == [("W100000002", "first")]
    assert [r.route for r in file_of(office, "C1000001").other_routes] == ["a75"]
    assert used(office, 2026) == 1


def test_an_application_that_ircc_numbered_anew_is_the_same_one(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "a.xlsx", [a_row(1, **FIRST), a_row(2)]))
    before = file_of(office, "C1000001")
    moved = {**FIRST, "application_number": "W900000009"}
    done = import_file(office, a_list(tmp_path / "b.xlsx", [a_row(1, **moved)]))
    assert (done.counts.updated, done.preview.issues) == (1, ())
    assert told(office) == [("W900000009", "first", 1, "permit_issued")]
    assert used(office, 2023) == 1
    assert [f.number for f in file_of(office, "C1000001").former_numbers] == ["W100000001"]
    for number in ("W100000001", "W900000009"):
        assert people.find(office, number) == before.person.id
        assert list(people.ids(office, PeopleFilter(text=number))) == [before.person.id]
    # An older list still has the number of before.
    again = import_file(office, a_list(tmp_path / "c.xlsx", [a_row(1, **FIRST), a_row(3)]))
    assert (again.counts.unchanged, again.counts.new) == (1, 1)
    assert told(office)[0][0] == "W900000009"
    taken = a_row(2, application_number="W100000001", received_at=date(2023, 9, 30))
    refused = import_file(office, a_list(tmp_path / "d.xlsx", [taken]))
    assert [i.code for i in refused.preview.issues] == ["identifier_taken"]
    for _act in range(2):
        history.undo(office)
    assert file_of(office, "C1000001") == before
    whole(office)


def test_an_extension_received_on_the_day_of_another_application_is_its_own(
    office: Office, tmp_path: Path
) -> None:
    first = {"application_number": "W100000001", "received_at": date(2023, 9, 20)}
    import_file(office, a_list(tmp_path / "a.xlsx", [a_row(1, **first)]))
    other = {**first, "application_number": "W100000002", "application_kind": "Prolongation"}
    import_file(office, a_list(tmp_path / "b.xlsx", [a_row(1, **other)]))
    assert [(n, kind) for n, kind, _p, _s in told(office)] == [
        ("W100000001", "first"),
        ("W100000002", "extension"),
    ]
    assert file_of(office, "C1000001").former_numbers == ()


class TestALetterWhoseDateMoves:
    """A letter of 3 October on file, and a list that says 4 October."""

    @pytest.fixture(autouse=True)
    def on_file(self, office: Office) -> None:
        import_file(office, FILES / "letter-a.xlsx")

    def letters(self, office: Office) -> list[date]:
        return [x.letter_date for x in file_of(office, "C1000000").letters]

    def test_it_is_asked_about_until_somebody_says(self, office: Office) -> None:
        for _again in range(2):
            done = import_file(office, FILES / "letter-b.xlsx")
            assert done.act is None
            assert [(i.column, i.code, i.severity) for i in done.preview.issues] == [
                ("letter_date", "letter_date_changed", "warning")
            ]
            ((conflict),) = done.preview.conflicts
            assert (conflict.field, conflict.ours, conflict.theirs, conflict.taken) == (
                "letter_date",
                date(2023, 10, 3),
                date(2023, 10, 4),
                False,
            )
            assert imports.asks(done.preview)
            assert self.letters(office) == [date(2023, 10, 3)]
        assert quota.board(office, 2023).letters.own == 1

    def test_it_is_put_right_where_that_is_said(self, office: Office) -> None:
        done = import_file(office, FILES / "letter-b.xlsx", letters=imports.Letters.CORRECT)
        assert (done.counts.updated, done.preview.issues) == (1, ())
        assert not imports.asks(done.preview)
        assert self.letters(office) == [date(2023, 10, 4)]
        assert quota.board(office, 2023).letters.own == 1
        whole(office)
        history.undo(office)
        assert self.letters(office) == [date(2023, 10, 3)]

    def test_it_is_put_right_by_a_choice_of_the_cell(self, office: Office) -> None:
        preview = imports.open_file(office, FILES / "letter-b.xlsx")
        keys = [one.key for one in preview.conflicts]
        taken = imports.choose(office, preview, keys, take=True)
        assert taken.issues == ()
        imports.commit(office, taken)
        assert self.letters(office) == [date(2023, 10, 4)]

    def test_it_is_a_second_letter_where_that_is_said(self, office: Office) -> None:
        done = import_file(office, FILES / "letter-b.xlsx", letters=imports.Letters.SECOND)
        assert (done.counts.updated, done.preview.conflicts) == (1, ())
        assert self.letters(office) == [date(2023, 10, 3), date(2023, 10, 4)]
        assert quota.board(office, 2023).letters.own == 2

    def test_it_is_a_second_letter_by_a_choice_of_the_cell(self, office: Office) -> None:
        preview = imports.open_file(office, FILES / "letter-b.xlsx")
        ((conflict),) = preview.conflicts
        assert conflict.second_key is not None
        chosen = imports.choose(office, preview, [conflict.second_key], take=True)
        ((second),) = chosen.conflicts
        assert (second.taken, second.second, chosen.issues) == (True, True, ())
        assert not imports.asks(chosen)
        draft = import_drafts.of(office, preview.source)
        assert draft is not None
        again = imports.plan_source(office, preview.source, draft.choices)
        assert [(c.taken, c.second) for c in again.conflicts] == [(True, True)]
        imports.commit(office, again)
        assert self.letters(office) == [date(2023, 10, 3), date(2023, 10, 4)]
        assert quota.board(office, 2023).letters.own == 2
        whole(office)
        once_more = imports.open_file(office, FILES / "letter-b.xlsx")
        assert (once_more.counts.unchanged, once_more.conflicts) == (1, ())
        history.undo(office)
        assert self.letters(office) == [date(2023, 10, 3)]

    def test_the_three_choices_of_the_cell_take_each_others_place(self, office: Office) -> None:
        preview = imports.open_file(office, FILES / "letter-b.xlsx")
        ((conflict),) = preview.conflicts
        assert conflict.second_key is not None
        second, correction = [conflict.second_key], [conflict.key]
        for keys, take, wanted in (
            (second, True, "second"),
            (correction, True, "corrected"),
            (second, True, "second"),
            (correction, False, "ours"),
            (second, True, "second"),
            (second, False, "ours"),
            (correction, True, "corrected"),
        ):
            preview = imports.choose(office, preview, keys, take=take)
            ((now),) = preview.conflicts
            words = "second" if now.second else "corrected" if now.taken else "ours"
            written = [
                ("new" if op.number is None else "corrected", op.values["letter_date"])
                for row in preview.sheets[0].rows
                for op in row.operations
                if op.entity == "letter"
            ]
            day = date(2023, 10, 4)
            assert (words, written) == (
                wanted,
                {"second": [("new", day)], "corrected": [("corrected", day)], "ours": []}[wanted],
            )
        imports.commit(office, preview)
        assert self.letters(office) == [date(2023, 10, 4)]

    def test_a_second_letter_stands_before_what_the_next_row_tells_of_its_person(
        self, office: Office, tmp_path: Path
    ) -> None:
        """The rows after it were planned on what it makes of the file: they are planned anew."""
        person = {"individual_reference": "C1000000", "birth_date": date(1983, 1, 5)}
        person |= {"family_name": "Œuvré-Côté", "given_names": "Zoé0", "citizenship": "France"}
        first = {"letter_date": date(2023, 10, 4), "application_number": "W300000001"}
        first |= {"received_at": date(2023, 11, 1)}
        moved = {"application_number": "W300000002", "received_at": date(2023, 11, 1)}
        moved |= {"outcome": "Refusée", "decided_on": date(2023, 12, 1)}
        rows = [{**person, **first}, {**person, "letter_date": date(2023, 10, 4), **moved}]
        preview = imports.open_file(office, a_list(tmp_path / "liste.xlsx", rows))
        ((conflict),) = preview.conflicts
        assert conflict.second_key is not None
        preview = imports.choose(office, preview, [conflict.second_key], take=True)
        assert [(c.taken, c.second) for c in preview.conflicts] == [(True, True)]
        imports.commit(office, preview)
        assert self.letters(office) == [date(2023, 10, 3), date(2023, 10, 4)]
        file = file_of(office, "C1000000")
        ((application),) = file.applications
        assert (application.application_number, application.outcome) == ("W300000002", "refused")
        assert file.numbers_before(application.id) == ("W300000001",)
        whole(office)

    @pytest.mark.parametrize("choice", ["ours", "corrected", "second"])
    def test_two_rows_of_somebody_new_are_asked_about_alike(
        self, office: Office, tmp_path: Path, choice: str
    ) -> None:
        """The letter of the earlier row stands until somebody says what the other date is."""
        rows = [
            a_row(1, application_number="W300000001", received_at=date(2023, 10, 1)),
            a_row(1, application_number="W300000002", received_at=date(2023, 12, 1))
            | {"letter_date": date(2023, 9, 4), "email": "a@example.org"},
        ]
        path = a_list(tmp_path / "liste.xlsx", rows)
        preview = imports.open_file(office, path)
        ((conflict),) = preview.conflicts
        assert (conflict.row, conflict.ours, conflict.theirs, conflict.ours_from) == (
            3, date(2023, 9, 1), date(2023, 9, 4), "liste.xlsx",
        )  # fmt: skip
        assert [(i.row, i.code) for i in preview.issues] == [(3, "letter_date_changed")]
        assert conflict.second_key is not None
        if choice != "ours":
            key = conflict.key if choice == "corrected" else conflict.second_key
            preview = imports.choose(office, preview, [key], take=True)
        imports.commit(office, preview)
        file = file_of(office, "C1000001")
        first, second = date(2023, 9, 1), date(2023, 9, 4)
        wanted = {"ours": [first], "corrected": [second], "second": [first, second]}[choice]
        assert [x.letter_date for x in file.letters] == wanted
        assert [a.application_number for a in file.applications] == ["W300000001", "W300000002"]
        assert file.person.email == "a@example.org"
        whole(office)
        again = imports.open_file(office, path)
        assert (len(again.conflicts), imports.asks(again)) == (
            (1, True) if choice == "ours" else (0, False)
        )

    def test_one_weeks_later_is_a_second_letter_by_itself(
        self, office: Office, tmp_path: Path
    ) -> None:
        row = a_row(0, individual_reference="C1000000", birth_date=date(1983, 1, 5))
        row |= {"family_name": "Œuvré-Côté", "given_names": "Zoé0", "citizenship": "France"}
        row |= {"residence_country": "France", "letter_date": date(2023, 10, 11)}
        done = import_file(office, a_list(tmp_path / "liste.xlsx", [row]))
        assert done.preview.issues == ()
        assert self.letters(office) == [date(2023, 10, 3), date(2023, 10, 11)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_export_brings_whole_histories_back(office: Office, tmp_path: Path, lang: str) -> None:
    third = {"application_number": "W100000003", "received_at": date(2026, 11, 2)}
    rows = [
        {**headed(a_row(1, **FIRST, passport_number="AA100001")), **MORE},
        headed(a_row(1, **SECOND, passport_number="BB200002")),
        headed(a_row(1, **third)),
        headed(a_row(2, **{**FIRST, "application_number": "W2", "permit_number": "U2"})),
        headed(a_row(3)),
    ]
    import_file(office, a_table(tmp_path / "liste.xlsx", rows))
    i18n.use(lang)
    out = exports.export(office, "people", tmp_path / "out.xlsx").path
    again = imports.open_file(office, out)
    assert (again.counts.unchanged, again.counts.updated) == (3, 0)
    assert [i for i in again.issues if i.code != "bad_identifier"] == []
    with closing(new_office(tmp_path / "other.imp", date(2026, 11, 20))) as fresh:
        done = import_file(fresh, out)
        assert done.counts.new == 3
        for number in (1, 2, 3):
            ref = f"C100000{number}"
            assert told(fresh, ref) == told(office, ref)
            ours, theirs = file_of(office, ref), file_of(fresh, ref)
            assert permits_of(theirs) == permits_of(ours)
            assert [n.text for n in theirs.notes] == ["\n".join(n.text for n in ours.notes)][
                : len(ours.notes)
            ]
            assert [(c.on_day, c.kind, c.text) for c in theirs.contacts] == [
                (c.on_day, c.kind, c.text) for c in ours.contacts
            ]
            assert [p.number for p in theirs.passports] == [p.number for p in ours.passports]
            assert replace(theirs.person, id=ours.person.id) == ours.person
        for year in (2023, 2026):
            assert used(fresh, year) == used(office, year)


def permits_of(file: PersonFile) -> list[tuple[Any, ...]]:
    return [(p.permit_number, p.valid_from, p.valid_until, p.limited_by) for p in file.permits]


def test_a_value_told_side_by_side_shows_its_own_cell(office: Office, tmp_path: Path) -> None:
    second = {f"{HEADERS[n]} 2": SECOND[n] for n in ("application_number", "received_at")}
    row = {**headed(a_row(1, **FIRST)), **second}
    import_file(office, a_table(tmp_path / "liste.xlsx", [row]))
    found = origins.of_file(office, people.find(office, "C1000001"))
    numbers = {str(o.value): o.header for o in found if o.field == "application_number"}
    assert numbers == {
        "W100000001": HEADERS["application_number"],
        "W100000002": f"{HEADERS['application_number']} 2",
    }
    days = [o.header for o in found if o.field == "received_at"]
    assert sorted(days) == [HEADERS["received_at"], f"{HEADERS['received_at']} 2"]


def test_a_held_row_with_two_applications_is_joined_to_somebody(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "a.xlsx", [a_row(1)]))
    second = {f"{HEADERS[n]} 2": SECOND[n] for n in ("application_number", "received_at")}
    nameless = headed(a_row(1, **FIRST, individual_reference=None, given_names="Amine M."))
    path = a_table(tmp_path / "b.xlsx", [{**nameless, **second}])
    done = import_file(office, path)
    assert done.counts.review == 1
    ((held),) = review.rows(office)
    review.resolve(office, held.row, "same", people.find(office, "C1000001"))
    assert [(n, kind) for n, kind, _p, _s in told(office)] == [
        ("W100000001", "first"),
        ("W100000002", "extension"),
    ]
    whole(office)


def test_what_a_later_row_says_of_the_person_is_judged_as_a_code(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "a.xlsx", [a_row(1, **FIRST, pr_state="non présentée")]))
    rows = [a_row(1, **SECOND, pr_state="en traitement")]
    done = import_file(office, a_list(tmp_path / "b.xlsx", rows))
    assert done.counts.updated == 1
    assert file_of(office, "C1000001").person.pr_state == "in_process"


def test_numbers_that_applications_had_before_come_in_a_column_of_their_own(
    office: Office, tmp_path: Path
) -> None:
    HEADERS.setdefault("former_application_numbers", "Anciens numéros de demande")
    row = a_row(
        1,
        application_number="W300000002",
        received_at=date(2023, 9, 20),
        former_application_numbers="W300000001; W300000009 → W300000007",
    )
    path = a_list(tmp_path / "liste.xlsx", [row])
    assert import_file(office, path).counts.new == 1
    file = people.file(office, people.find(office, "W300000001"))
    assert [f.number for f in file.former_numbers] == ["W300000001"], "nobody has W300000007"
    assert imports.open_file(office, path).counts.unchanged == 1


def test_a_second_number_without_a_day_is_that_of_the_extension_beside_it(
    office: Office, tmp_path: Path
) -> None:
    """`N° de demande 2` and `Prolongation – reçue le` tell of one application, not of two."""
    own = a_row(1, application_number="W300000001", received_at=date(2023, 10, 1))
    beside = {"N° de demande 2": "W300000002", "Prolongation – reçue le": date(2026, 10, 1)}
    path = a_table(tmp_path / "liste.xlsx", [{**headed(own), **beside}])
    import_file(office, path)
    assert [(n, kind) for n, kind, _p, _s in told(office)] == [
        ("W300000001", "first"),
        ("W300000002", "extension"),
    ]
    assert imports.open_file(office, path).counts.unchanged == 1
