# SPDX-License-Identifier: Apache-2.0
"""A year put away: what is in the file, that it is verified, and that nothing is left half done."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import copy_of, new_office
from python_calamine import CalamineWorkbook

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.services.archives import year_archive
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking, journal_export
from imp_plus_desktop.services.quota import periods

pytestmark = pytest.mark.mostly_long(
    "test_a_year_is_one_file_with_reports_workbook_and_journal",
    "test_what_was_closed_stands_as_it_was_closed",
    "test_in_french_the_files_have_french_names",
    "test_a_year_without_anything_to_come_is_refused",
)

LATER = date(2026, 11, 20)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of 2023 with a permit, a closed year and acts of 2026."""
    path = tmp_path_factory.mktemp("archive") / "bureau.imp"
    then = new_office(path, date(2023, 11, 22))
    build.issue(then, build.an_approved(then))
    build.receive(then, build.invite(then, 2))
    then.close()
    office = open_office(path, today=LATER)
    periods.close(office, 2023, None)
    office.close()
    return path


@pytest.fixture
def office(register: Path, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(copy_of(register, tmp_path / "bureau.imp"), today=LATER)
    yield opened
    opened.close()


class Heard:
    def __init__(self, stops_at: int | None = None) -> None:
        self.steps: list[int] = []
        self.stops_at = stops_at

    def step(self, done: int, total: int) -> None:
        self.steps.append(100 * done // total)
        if self.stops_at is not None and self.steps[-1] >= self.stops_at:
            raise Cancelled


def test_the_year_looked_at_is_proposed_else_the_latest_that_nobody_has_put_away(
    tmp_path: Path,
) -> None:
    then = new_office(tmp_path / "bureau.imp", date(2022, 11, 22))
    build.invite(then, 1, letter_date="2022-11-02", letter_received_date="2022-11-04")
    then.close()
    office = open_office(tmp_path / "bureau.imp", today=date(2025, 3, 1))
    assert year_archive.proposed(office) == 2022
    build.invite(office, 2, letter_date="2025-02-02", letter_received_date="2025-02-04")
    build.invite(office, 3, letter_date="2024-02-02", letter_received_date="2024-02-04")
    assert year_archive.proposed(office) == 2024
    assert year_archive.proposed(office, 2022) == 2022
    assert year_archive.proposed(office, 2025) == 2024, "a year that still runs"
    year_archive.write(office, 2024, tmp_path / "a.zip")
    assert year_archive.proposed(office) == 2022
    year_archive.write(office, 2022, tmp_path / "b.zip")
    assert year_archive.proposed(office) == 2024
    office.close()


def test_a_year_is_one_file_with_reports_workbook_and_journal(
    office: Office, tmp_path: Path
) -> None:
    path, heard = tmp_path / "archive-2023.zip", Heard()
    made = year_archive.write(office, 2023, path, heard)
    assert heard.steps == sorted(heard.steps)
    assert heard.steps[-1] == 100
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        content = {name: archive.read(name) for name in names}
    assert names[:-1] == [name for name, _digest in made.files]
    assert names[-1] == year_archive.SUMS
    for name, digest in made.files:
        assert hashlib.sha256(content[name]).hexdigest() == digest
        assert f"{digest}  {name}\n".encode() in content[year_archive.SUMS]
    papers = [name for name in names if name.endswith(".pdf")]
    assert papers == [
        "report-2023.pdf",
        *(f"report-2023-Q{number}.pdf" for number in range(1, 5)),
        "annual-cap-2023.pdf",
    ]
    for name in papers:
        assert content[name].startswith(b"%PDF-1.4")
        assert b'pdfaid:part="1"' in content[name]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content["workbook-2023.xlsx"]))
    assert len(book.get_sheet_by_name(book.sheet_names[0]).to_python()) >= 3
    assert content[journal_export.SCRIPT] == journal_export.verifier().read_bytes()


def test_the_journal_is_verified_by_what_is_put_beside_it(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    head = checking.head(office)
    made = year_archive.write(office, 2023, path)
    assert made.head == head, "the journal ends before the archive's own act"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    ran = subprocess.run(
        [sys.executable, journal_export.SCRIPT, "journal-2023.jsonl", head],
        cwd=tmp_path / "out", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert f"{made.acts} acts hold" in ran.stdout
    first, last, count = made.own_acts or (0, 0, 0)
    assert (first, last - first + 1) == (1, count)
    assert made.acts > count, "the acts of 2026 are in the chain too"
    told = (tmp_path / "out" / "contents.txt").read_text("utf-8-sig")
    assert all(name in told for name, _digest in made.files if not name.endswith(".txt"))


def test_what_was_closed_stands_as_it_was_closed(office: Office) -> None:
    from imp_plus_desktop.domain.quota.reports import ReportKind
    from imp_plus_desktop.services.archives import year_paper
    from imp_plus_desktop.services.quota import reports

    sheet = year_paper.report_sheet(office, reports.period_of(ReportKind.YEARLY, 2023))
    assert sheet.archival
    assert "closed on November 20, 2026" in sheet.body
    quarter = year_paper.report_sheet(office, reports.period_of(ReportKind.QUARTERLY, 2023, 4))
    assert "closed on" not in quarter.body


def test_in_french_the_files_have_french_names(office: Office, tmp_path: Path) -> None:
    with i18n.speaking("fr"):
        made = year_archive.write(office, 2023, tmp_path / "a.zip")
    names = [name for name, _digest in made.files]
    assert {"rapport-2023.pdf", "plafond-annuel-2023.pdf", "classeur-2023.xlsx"} <= set(names)


@pytest.mark.parametrize("share", [0, 40, 70])
def test_stopped_it_leaves_nothing_and_no_act(office: Office, tmp_path: Path, share: int) -> None:
    before, path = sorted(tmp_path.iterdir()), tmp_path / "a.zip"
    head = checking.head(office)
    with pytest.raises(Cancelled):
        year_archive.write(office, 2023, path, Heard(stops_at=share))
    assert sorted(tmp_path.iterdir()) == before
    assert checking.head(office) == head


def test_what_is_not_as_it_was_made_is_put_nowhere(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"of before")
    packed = year_archive._pack

    def spoilt(target: Path, made: Any) -> dict[str, str]:
        sums = packed(target, made)
        return {**sums, next(iter(sums)): "0" * 64}

    monkeypatch.setattr(year_archive, "_pack", spoilt)
    with pytest.raises(AppError) as caught:
        year_archive.write(office, 2023, path)
    assert caught.value.code == "no_answer"
    assert path.read_bytes() == b"of before"


def test_a_journal_that_was_changed_is_found(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = journal_export.write

    def spoilt(desk: Office, path: Path) -> journal_export.JournalExported:
        made = write(desk, path)
        path.write_text(path.read_text("utf-8").replace("people.add", "people.ADD", 1), "utf-8")
        return made

    monkeypatch.setattr(journal_export, "write", spoilt)
    with pytest.raises(AppError) as caught:
        year_archive.write(office, 2023, tmp_path / "a.zip")
    assert caught.value.code == "no_answer"


def test_a_year_without_anything_to_come_is_refused(office: Office, tmp_path: Path) -> None:
    assert year_archive.years(office)[-1] == 2023
    for year in (2021, 2027):
        with pytest.raises(AppError) as caught:
            year_archive.write(office, year, tmp_path / "a.zip")
        assert caught.value.code == "no_such_year"
    assert history.acts(office, limit=1)[0].service == "periods.close"
