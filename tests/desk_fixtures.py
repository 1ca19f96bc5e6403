# SPDX-License-Identifier: Apache-2.0
"""One register on the tests' own server for a module, and the desks that work in it."""

from collections.abc import Iterator

import pytest
from server_desks import Desks


@pytest.fixture(scope="module")
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desks]:
    """The register of a module, called as the module is; it goes with it."""
    name = request.module.__name__.rpartition("test_")[2]
    made = Desks(name, tmp_path_factory.mktemp(name))
    yield made
    made.drop()


@pytest.fixture
def desks(kept: Desks) -> Iterator[Desks]:
    """A register with one application; what is kept of a test makes the next one begin anew."""
    kept.begin()
    yield kept
    kept.close()
