# SPDX-License-Identifier: Apache-2.0
"""A process that the program starts of itself is the same program, wherever it is started from."""

from pathlib import Path

import pytest

import imp_plus_desktop
from imp_plus_desktop.exchange.readers import children


def test_a_child_finds_the_package_where_its_parent_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    command = [*children.own_program("")[:2], "-c"]
    asked = "import imp_plus_desktop; print(imp_plus_desktop.__file__)"
    child = children.start([*command, asked])
    told, _nothing = child.communicate(timeout=60)
    assert Path(told.decode().strip()) == Path(imp_plus_desktop.__file__)
