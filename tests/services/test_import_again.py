# SPDX-License-Identifier: Apache-2.0
"""The very same file once more: answered at once, and just as if it had been read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import FILES, a_book, a_list, a_row, invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.answers import import_answers
from imp_plus_desktop.cli.commands.register_commands import _import_data
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office

pytestmark = pytest.mark.mostly_long(
    "test_rows_that_are_rejected_or_wait_are_told_again",
    "test_what_the_register_refused_is_read_again",
    "test_anything_written_since_has_the_file_read_again",
    "test_other_choices_another_name_and_another_year_have_the_file_read",
    "test_a_letter_that_was_still_to_come_has_the_file_read",
    "test_members_without_a_birth_date_are_read_again",
    "test_a_list_read_before_somebody_changed_the_programme_is_read_again",
)

HEADERS_OF_TEXT = "Réf. individuelle;Nom;Prénom;Né(e) le;Citoyenneté;Date de la lettre"
KNOWN_AGAIN = (
    "invitations-2023-fr.xlsx",
    "invitations-2022-en.xlsx",
    "liste-excel-fr.csv",
    "legacy-2022.xls",
    "legacy-2022.ods",
    "messy-2023.xlsx",
    "odd/fusion.xlsx",
    "odd/one-stray-cell-XFD2000.xlsx",
    "odd/second-sheet-366-columns.xlsx",
)


@pytest.fixture
def later(tmp_path: Path) -> Any:
    """An office of a day after all sample lists."""
    office = new_office(tmp_path / "later.imp", date(2026, 3, 22))
    yield office
    office.close()


def at_once(office: Office, path: Path, **choices: Any) -> Preview:
    return imports.open_file(office, path, with_rows=False, **choices)


def told(office: Office, preview: Preview) -> tuple[Any, ...]:
    """The whole answer of the command line, as data and in words."""
    return (_import_data(preview), *import_answers.answers(office, preview))


def bring_in(office: Office, path: Path, **choices: Any) -> None:
    assert imports.commit(office, imports.open_file(office, path, **choices)).act is not None


@pytest.mark.parametrize("name", KNOWN_AGAIN)
def test_a_sample_list_is_answered_at_once_as_if_it_were_read(later: Office, name: str) -> None:
    choices = {"date_order": "dmy"} if name == "messy-2023.xlsx" else {}
    bring_in(later, FILES / name, **choices)
    quick = at_once(later, FILES / name, **choices)
    slow = imports.open_file(later, FILES / name, **choices)
    assert quick.stands_since is not None
    assert slow.stands_since is None
    assert told(later, quick) == told(later, slow)
    assert imports.commit(later, quick).act is None


def test_rows_that_are_rejected_or_wait_are_told_again(office: Office, tmp_path: Path) -> None:
    invite(office, 1)
    twin = a_row(1, individual_reference=None, uci=None, birth_date=date(1990, 2, 4))
    rows = [a_row(2), a_row(2), twin, a_row(3, family_name=None, given_names=None)]
    path = a_list(tmp_path / "list.xlsx", [*rows, a_row(4, email="no address")])
    bring_in(office, path)
    quick = at_once(office, path)
    assert quick.stands_since is not None
    assert (quick.counts.review, quick.counts.rejected) == (1, 1)
    assert told(office, quick) == told(office, imports.open_file(office, path))


def test_what_the_register_refused_is_read_again(later: Office) -> None:
    bring_in(later, FILES / "families-2024.xlsx")
    assert at_once(later, FILES / "families-2024.xlsx").stands_since is None


def test_anything_written_since_has_the_file_read_again(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2)])
    bring_in(office, path)
    last = history.last_undoable(office)
    assert last is not None
    assert at_once(office, path).stands_since == last.id
    quick = at_once(office, path)
    history.undo(office, last.id)
    assert at_once(office, path).stands_since is None
    # Also between the answer and the import.
    assert imports.commit(office, quick).counts.new == 2


def test_other_choices_another_name_and_another_year_have_the_file_read(tmp_path: Path) -> None:
    office = open_office(tmp_path / "r.imp", today=date(2024, 11, 20))
    path = tmp_path / "liste.csv"
    path.write_text(f"{HEADERS_OF_TEXT}\nC2000001;Roy;Léa;14/05/1991;Mali;13/09/2023")
    bring_in(office, path)
    assert at_once(office, path).stands_since is not None
    assert at_once(office, path, date_order="dmy").stands_since is None
    assert at_once(office, path, proper_case=True).stands_since is None
    renamed = path.with_name("other.csv")
    renamed.write_bytes(path.read_bytes())
    assert at_once(office, renamed).sheets[0].parsed.sheet == "other"
    office.close()
    for day, known in ((date(2024, 12, 1), True), (date(2025, 1, 2), False)):
        office = open_office(tmp_path / "r.imp", today=day)
        assert (at_once(office, path).stands_since is not None) is known
        office.close()


def test_a_letter_that_was_still_to_come_has_the_file_read(office: Office, tmp_path: Path) -> None:
    tomorrow = office.clock.today().replace(day=office.clock.today().day + 1)
    path = a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2, letter_date=tomorrow)])
    bring_in(office, path)
    assert at_once(office, path).stands_since is None


def test_members_without_a_birth_date_are_read_again(office: Office, tmp_path: Path) -> None:
    member = {
        "principal_reference": "C1000001",
        "relation": "conjoint",
        "family_name": "Benali",
        "given_names": "Sara",
        "citizenship": "Maroc",
    }
    for day, known in ((date(1991, 5, 6), True), (None, False)):
        rows = [{**member, "given_names": f"Sara {known}", "birth_date": day}]
        lists = {"Liste": [a_row(1), a_row(2)], "Familles": rows}
        path = a_book(tmp_path / f"{known}.xlsx", lists)
        bring_in(office, path)
        assert (at_once(office, path).stands_since is not None) is known


def test_a_list_read_before_somebody_changed_the_programme_is_read_again(
    office: Office, tmp_path: Path
) -> None:
    """What the preview said of it is not what reading it now says."""
    book = a_list(tmp_path / "list.xlsx", [a_row(1, letter_date=date(2023, 9, 20))])
    preview = imports.open_file(office, book)
    parameters.set_window(office, "last_accepted_letter", "2023-09-10", date(2023, 9, 1), "a test")
    assert imports.commit(office, preview).act is not None
    assert told(office, at_once(office, book)) == told(office, imports.open_file(office, book))
