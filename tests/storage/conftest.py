# SPDX-License-Identifier: Apache-2.0
"""An empty register on a server of the tests' own, for what is about servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import servers

from imp_plus_desktop.storage.engines import ServerAddress


@pytest.fixture
def address(tmp_path: Path) -> Iterator[ServerAddress]:
    """Where an empty register lies; it is empty again for the next test."""
    shared = servers.made_so_far()
    found = servers.database_for(tmp_path / "on-a-server.imp", create=True)
    assert found is not None
    yield found
    servers.empty_databases(shared)
