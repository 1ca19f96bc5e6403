# SPDX-License-Identifier: Apache-2.0
"""Which tests are `long`: `dev.py test` leaves them to `dev.py test --long`.

    @pytest.mark.long                  the whole test, or module
    @pytest.mark.many("en-0", "fr-3")  each case but these, of a test or of all in a module
    pytest.mark.mostly_long("test_a")  each test of a module but these

Every module keeps something of each of its kinds for every day.
"""

from __future__ import annotations

import pytest


def mark(items: list[pytest.Item], *, all_are_there: bool) -> set[pytest.Item]:
    """Mark the long ones of many cases; answer all that are long.

    With `all_are_there` a name of a case that is not among those of its module is a mistake.
    """
    kept = Kept()
    found = {item for item in items if _is_long(item, kept)}
    for item in found:
        item.add_marker(pytest.mark.long)
    if all_are_there and (unknown := kept.unknown()):
        raise pytest.UsageError(f"not there, but kept for every day: {', '.join(unknown)}")
    return found


class Kept:
    """What modules name of their cases and tests for every day, and what of it is there."""

    def __init__(self) -> None:
        self._named: set[tuple[str, str]] = set()
        self._there: set[tuple[str, str]] = set()

    def has(self, item: pytest.Item, mark: pytest.Mark, name: str) -> bool:
        """Whether the mark names this one."""
        module = item.nodeid.partition("::")[0]
        self._named.update((module, one) for one in mark.args)
        self._there.add((module, name))
        return name in mark.args

    def unknown(self) -> list[str]:
        return [f"{module} [{name}]" for module, name in sorted(self._named - self._there)]


def _is_long(item: pytest.Item, kept: Kept) -> bool:
    test, _bracket, case = item.nodeid.removesuffix("]").partition("[")
    many, mostly = (item.get_closest_marker(name) for name in ("many", "mostly_long"))
    case_is = many is not None and case != "" and not kept.has(item, many, case)
    test_is = mostly is not None and not kept.has(item, mostly, test.rpartition("::")[2])
    return case_is or test_is or item.get_closest_marker("long") is not None
