# SPDX-License-Identifier: Apache-2.0
"""Sentences that name a figure of the programme name the one that is shipped."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from builders import programme

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.deadlines import waiting
from imp_plus_desktop.words import messages

SHIPPED = programme()
YOUNGEST, OLDEST = SHIPPED.biometrics_ages
SPOKEN: dict[str, tuple[Callable[[], str], int]] = {
    "too_young": (lambda: messages.name_of("too_young", "fee_reason"), YOUNGEST),
    "too_old": (lambda: messages.name_of("too_old", "fee_reason"), OLDEST),
    "given_lately": (
        lambda: messages.name_of("given_lately", "fee_reason"),
        SHIPPED.clock("biometrics_reuse", SHIPPED.opened).length,
    ),
    "age_18": (lambda: messages.name_of("age_18", "board_word"), SHIPPED.majority),
    "age_22": (lambda: messages.name_of("age_22", "board_word"), SHIPPED.child_age),
    "children_22": (lambda: messages.waiting_text("children_22"), SHIPPED.child_age),
    "INV-02": (lambda: messages.rule_title("INV-02"), SHIPPED.letter_window_days),
    "fewer_than_30_receipts": (
        lambda: messages.projection_text(None, "fewer_than_30_receipts"),
        SHIPPED.forecast_min_receipts,
    ),
}
for _kind, _code, _days in waiting.NEAR:
    SPOKEN[_code] = (lambda code=_code: messages.waiting_text(code)), _days
TURNS = {"children_18_90": SHIPPED.majority}
"""What a sentence says besides the figure that counts."""


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", SPOKEN)
def test_a_sentence_says_the_figure_that_counts(name: str, lang: str) -> None:
    i18n.use(lang)
    said, figure = SPOKEN[name]
    numbers = [int(number) for number in re.findall(r"\d+", said())]
    assert numbers == [*([TURNS[name]] if name in TURNS else []), figure]


def test_a_code_says_the_days_that_count() -> None:
    for _kind, code, days in waiting.NEAR:
        assert code.endswith(f"_{days}")
