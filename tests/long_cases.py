# SPDX-License-Identifier: Apache-2.0
"""Which tests are `long`: `dev.py test` leaves them to `dev.py test --long`.

    @pytest.mark.long                  the whole test, or module
    @pytest.mark.many("en-0", "fr-3")  each case but these, of a test or of all in a module

Every module keeps something of each of its kinds for every day.
"""

from __future__ import annotations

import pytest


def mark(items: list[pytest.Item], *, all_are_there: bool) -> set[pytest.Item]:
    """Mark the long ones of many cases; answer all that are long.

    With `all_are_there` a name of a case that is not among those of its module is a mistake.
    """
    found: set[pytest.Item] = set()
    named: set[tuple[str, str]] = set()
    there: set[tuple[str, str]] = set()
    for item in items:
        test, _bracket, case = item.nodeid.removesuffix("]").partition("[")
        many = item.get_closest_marker("many")
        if many is not None and case:
            module = test.partition("::")[0]
            named.update((module, name) for name in many.args)
            there.add((module, case))
            if case not in many.args:
                item.add_marker(pytest.mark.long)
        if item.get_closest_marker("long") is not None:
            found.add(item)
    unknown = [f"{module} [{case}]" for module, case in sorted(named - there)]
    if all_are_there and unknown:
        raise pytest.UsageError(f"no such case, but kept for every day: {', '.join(unknown)}")
    return found
