# SPDX-License-Identifier: Apache-2.0
"""The long runs over odd, hostile and broken files are for those who ask for them by `-m`."""

from __future__ import annotations

import pytest

_ON_REQUEST = ("corpus", "fuzz")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.getoption("markexpr", "")
    left = [mark for mark in _ON_REQUEST if mark not in asked]
    out = [item for item in items if any(item.get_closest_marker(mark) for mark in left)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]
