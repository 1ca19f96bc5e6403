# SPDX-License-Identifier: Apache-2.0
"""What several tests of the services share."""

from __future__ import annotations

import pytest

from imp_plus_desktop.exchange import reading


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read small workbooks in this process, by the reader that the child process runs.

    For speed only: the sample lists, and whatever is not sound, go through the child.
    """
    monkeypatch.setattr(reading, "read_in_child", reading.read_workbook)
