# SPDX-License-Identifier: Apache-2.0
"""An empty register on a server of the tests' own, for what is about servers; a line to it that can
be cut, and a desk at either end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from line_proxy import Proxy
from office_builders import TODAY

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import ServerAddress


@pytest.fixture
def address(tmp_path: Path) -> Iterator[ServerAddress]:
    """Where an empty register lies; it is empty again for the next test."""
    shared = servers.made_so_far()
    found = servers.database_for(tmp_path / "on-a-server.imp", create=True)
    assert found is not None
    yield found
    servers.empty_databases(shared)


@pytest.fixture
def line(address: ServerAddress) -> Iterator[Proxy]:
    """A line to the server that can be cut."""
    with Proxy(address.hosts[0][1]) as proxy:
        yield proxy


@pytest.fixture
def desk(address: ServerAddress, line: Proxy) -> Iterator[Office]:
    """A desk at the end of that line."""
    opened = open_office(replace(address, hosts=(("127.0.0.1", line.port),)), today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def beside(address: ServerAddress) -> Iterator[Office]:
    """Another desk, whose line holds."""
    opened = open_office(address, today=TODAY)
    yield opened
    opened.close()
