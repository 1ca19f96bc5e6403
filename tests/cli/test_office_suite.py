# SPDX-License-Identifier: Apache-2.0
"""Another office suite opens every export and finds the same cells in it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from office_builders import FILES, import_file

from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office

SUITE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SUITE is None, reason="no office suite is installed")


@pytest.mark.timeout(240)
def test_exports_come_back_from_another_suite_as_they_went(office: Office, tmp_path: Path) -> None:
    import_file(office, FILES / "families-2024.xlsx", date_order="dmy")
    paths = [tmp_path / f"{name}.xlsx" for name in ("everything", "template", "rejects")]
    exports.export(office, "everything", paths[0])
    exports.template(office, paths[1])
    imports.save_rejects(office, imports.open_file(office, FILES / "messy-2023.xlsx"), paths[2])
    out = tmp_path / "out"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SUITE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    told = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, timeout=110, check=True
    )
    assert "rror" not in told.stdout
    for path in paths:
        assert_same_cells(path, out / path.name)


def assert_same_cells(before: Path, after: Path) -> None:
    sheets = zip(read_workbook(before).sheets, read_workbook(after).sheets, strict=True)
    for went, came in sheets:
        assert (came.name, came.hidden) == (went.name, went.hidden)
        for cells, same in zip(went.rows, came.rows, strict=True):
            assert [plain(cell) for cell in same] == [plain(cell) for cell in cells]


def plain(cell: Cell) -> object:
    """A cell to the minute and to the tenth digit: two suites need not round alike."""
    if isinstance(cell, datetime):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, date):
        return cell
    return round(cell, 9) if isinstance(cell, float) else cell
