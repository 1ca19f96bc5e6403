# SPDX-License-Identifier: Apache-2.0
"""Slips in writing a word: how many letters put in, left out, changed or swapped part two words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def within(a: str, b: str, edits: int) -> bool:
    """Whether so few edits lead from one word to the other, two neighbours swapped being one."""
    return _distance()(a, b, score_cutoff=edits) <= edits


@cache
def _distance() -> Callable[..., int]:
    # The one library in the domain: a function of its arguments. It loads in 40 ms, which no
    # start of the program may cost.
    from rapidfuzz.distance import OSA

    return OSA.distance
