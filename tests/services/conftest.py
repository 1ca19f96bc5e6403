# SPDX-License-Identifier: Apache-2.0
"""What several tests of the services share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.exchange import reading


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read small workbooks in this process, by the reader that the child process runs.

    For speed only: the sample lists, and whatever is not sound, go through the child.
    """

    def read(path: Path, *, sheet_names: Any = None, meanwhile: Any = None) -> reading.Workbook:
        return reading.read_workbook(path, sheet_names=sheet_names)

    monkeypatch.setattr(reading, "read_in_child", read)
