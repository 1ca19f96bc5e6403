# SPDX-License-Identifier: Apache-2.0
"""What a list of families brings of members' history is flagged before it goes in, as a person's
is: the preview tells exactly what the files will have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import a_book, a_list, a_row, decide, import_file
from openpyxl import load_workbook

from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

SEPTEMBER = date(2023, 9, 20)


def _member(
    given: str, number: str = "W300000001", principal: str = "C1000001", **more: Any
) -> dict[str, Any]:
    return {
        "principal_reference": principal,
        "relation": "Conjointe",
        "family_name": "Benali",
        "given_names": given,
        "birth_date": date(1991, 5, 6),
        "application_number": number,
        "received_at": SEPTEMBER,
        **more,
    }


EARLY = {"decided_on": date(2023, 9, 1), "outcome": "Approuvée"}
AGAINST = {
    "decided_on": date(2023, 10, 1),
    "outcome": "Refusée",
    "permit_number": "U300000001",
    "permit_from": date(2023, 10, 2),
    "permit_until": date(2024, 10, 2),
}
TOO_LONG = {
    "decided_on": date(2023, 10, 1),
    "outcome": "Approuvée",
    "permit_number": "U300000002",
    "permit_from": date(2023, 10, 2),
    "permit_until": date(2027, 10, 2),
}
AHEAD = {"received_at": date(2024, 6, 1)}
PLAIN = {"decided_on": date(2023, 10, 1), "outcome": "Approuvée"}


def _told(preview: Preview) -> list[tuple[str, int, str]]:
    return [(flag.sheet, flag.row, flag.code.value) for flag in preview.flags]


def _kept(office: Office) -> list[str]:
    return sorted(flag.code.value for flag in flags.of_person(office, 1))


@pytest.mark.parametrize("known_before", [False, True], ids=["new principal", "known principal"])
def test_what_speaks_against_a_members_history_is_told_before_it_goes_in(
    office: Office, tmp_path: Path, known_before: bool
) -> None:
    rows = [
        _member("Sara", "W300000001", **EARLY),
        _member("Lina", "W300000002", **AGAINST),
        _member("Nora", "W300000003", **TOO_LONG),
        _member("Aya", "W300000004", **AHEAD),
        _member("Ines", "W300000005", **PLAIN),
        {
            k: v
            for k, v in _member("Rita").items()
            if k not in ("application_number", "received_at")
        },
    ]
    if known_before:
        import_file(office, a_list(tmp_path / "avant.xlsx", [a_row(1)]))
        path = a_book(tmp_path / "l.xlsx", {"Familles": rows})
    else:
        path = a_book(tmp_path / "l.xlsx", {"Personnes": [a_row(1)], "Familles": rows})
    preview = imports.open_file(office, path)
    assert preview.counts.rejected == 0
    assert _told(preview) == [
        ("Familles", 2, "decided_before_received"),
        ("Familles", 3, "outcome_against_permit"),
        ("Familles", 4, "permit_over_term"),
        ("Familles", 5, "received_in_future"),
    ]
    imports.commit(office, preview)
    assert _kept(office) == sorted(code for _sheet, _row, code in _told(preview))
    assert imports.open_file(office, path).flags == ()


def test_the_row_that_adds_what_speaks_against_is_named(office: Office, tmp_path: Path) -> None:
    """The second row has the new number of the application that the first one brings."""
    rows = [_member("Sara", "W300000001"), _member("Sara", "W300000002", **EARLY)]
    path = a_book(tmp_path / "l.xlsx", {"Personnes": [a_row(1)], "Familles": rows})
    assert _told(imports.open_file(office, path)) == [("Familles", 3, "decided_before_received")]


def test_a_row_that_completes_an_application_of_the_register_is_asked_too(
    office: Office, tmp_path: Path
) -> None:
    book = {"Personnes": [a_row(1)], "Familles": [_member("Sara")]}
    import_file(office, a_book(tmp_path / "l.xlsx", book))
    more = a_list(tmp_path / "encore.xlsx", [_member("Sara", **EARLY)], sheet="Familles")
    preview = imports.open_file(office, more)
    assert _told(preview) == [("Familles", 2, "decided_before_received")]
    imports.commit(office, preview)
    assert _kept(office) == ["decided_before_received"]
    worse = a_list(
        tmp_path / "plus.xlsx", [_member("Lina", "W300000009", **AGAINST)], sheet="Familles"
    )
    assert _told(imports.open_file(office, worse)) == [("Familles", 2, "outcome_against_permit")]


def test_families_do_not_answer_for_each_other(office: Office, tmp_path: Path) -> None:
    rows = [
        _member("Sara", "W300000001", "C1000001", **PLAIN),
        _member("Lina", "W300000002", "C1000002", **EARLY),
        _member("Nora", "W300000003", "C1000001", **TOO_LONG),
    ]
    path = a_book(tmp_path / "l.xlsx", {"Personnes": [a_row(1), a_row(2)], "Familles": rows})
    preview = imports.open_file(office, path)
    assert _told(preview) == [
        ("Familles", 3, "decided_before_received"),
        ("Familles", 4, "permit_over_term"),
    ]


def test_a_value_chosen_otherwise_is_looked_at_again(office: Office, tmp_path: Path) -> None:
    """The list's day of decision is before the receipt; the hand's is not, and stays until the
    list's is taken."""
    book = {"Personnes": [a_row(1)], "Familles": [_member("Sara")]}
    import_file(office, a_book(tmp_path / "l.xlsx", book))
    (application,) = people.file(office, 1).applications
    decide(office, application.id, on=date(2023, 10, 5))
    changed = {**book, "Familles": [_member("Sara", **EARLY)]}
    preview = imports.open_file(office, a_book(tmp_path / "m.xlsx", changed))
    (conflict,) = preview.conflicts
    assert preview.flags == ()
    taken = imports.choose(office, preview, [conflict.key], take=True)
    assert _told(taken) == [("Familles", 2, "decided_before_received")]
    assert imports.choose(office, taken, [conflict.key], take=False).flags == ()


def test_members_beside_their_principal_come_before_those_of_the_list_of_families(
    office: Office, tmp_path: Path
) -> None:
    """The same spouse in both: the second list has the application of a member of the first."""
    book = load_workbook(
        a_book(tmp_path / "l.xlsx", {"P": [a_row(1)], "F": [_member("Sara", **EARLY)]})
    )
    page = book["P"]
    beside = ("Conjoint – nom", "Benali"), ("Conjoint – prénom", "Sara")
    beside += (("Conjoint – date de naissance", date(1991, 5, 6)),)
    for place, (header, value) in enumerate(beside, page.max_column + 1):
        page.cell(1, place, header)
        page.cell(2, place, value)
    book.save(tmp_path / "l.xlsx")
    preview = imports.open_file(office, tmp_path / "l.xlsx")
    assert _told(preview) == [("F", 2, "decided_before_received")]
    imports.commit(office, preview)
    assert len(people.file(office, 1).members) == 1
    assert _kept(office) == ["decided_before_received"]
