# SPDX-License-Identifier: Apache-2.0
"""What several tests of the services share."""

from __future__ import annotations

import pytest

from imp_plus_desktop.exchange.reading import read_workbook
from imp_plus_desktop.services import import_source


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read small workbooks in this process, by the reader that the child process runs.

    For speed only: the sample lists, and whatever is not sound, go through the child.
    """
    monkeypatch.setattr(import_source, "read_in_child", read_workbook)
