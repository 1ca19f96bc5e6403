# SPDX-License-Identifier: Apache-2.0
"""The flags of a list in which several rows tell of one person's applications."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from office_builders import a_list, a_row, import_file

from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office


def _row(number: str, received: date, decided: date, **more: object) -> dict[str, object]:
    return a_row(
        1,
        application_number=number,
        received_at=received,
        decided_on=decided,
        outcome="Refusée",
        **more,
    )


def test_each_row_is_asked_about_what_it_adds_to_those_before_it(
    office: Office, tmp_path: Path
) -> None:
    rows = [
        _row("W300000001", date(2023, 9, 20), date(2023, 9, 1)),
        _row("W300000002", date(2023, 10, 20), date(2023, 10, 1)),
    ]
    path = a_list(tmp_path / "liste.xlsx", rows)
    preview = imports.open_file(office, path)
    found = [(f.row, f.code) for f in preview.flags if f.code == "decided_before_received"]
    assert found == [(2, "decided_before_received"), (3, "decided_before_received")]
    assert import_file(office, path).counts.rejected == 0


def test_a_row_that_completes_what_the_row_before_it_brought_is_asked_too(
    office: Office, tmp_path: Path
) -> None:
    """The second row names the application that the first one brings: it is not new any more."""
    received = date(2023, 9, 20)
    rows = [
        a_row(1, application_number="W300000001", received_at=received),
        _row("W300000002", received, date(2023, 9, 1)),
    ]
    preview = imports.open_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert [(f.row, f.code) for f in preview.flags] == [(3, "decided_before_received")]
