# SPDX-License-Identifier: Apache-2.0
"""What would turn a finding, and what sets the last safe day, is said in whole words."""

import ast
import string
from datetime import date
from pathlib import Path

import pytest
from builders import DAY, a_file, a_letter, a_person, a_residence, programme

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.rules.fact_flips import FACT_FLIPS, FINAL, flip_of_facts
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.domain.rules.reasons import REASONS
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.verdict import (
    csq_flips,
    flips,
    letter_flips,
    residence_flips,
    safe_day,
)
from imp_plus_desktop.domain.verdict.eligibility import verdict
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.findings import flip_texts


def _codes(module: object, maker: str, place: int) -> set[str]:
    """The code that each `Flip(...)` or `DayLimit(...)` of a module is made with."""
    tree = ast.parse(Path(str(getattr(module, "__file__"))).read_text("utf-8"))  # noqa: B009
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == maker:
            code = node.args[place]
            found |= {str(code.value)} if isinstance(code, ast.Constant) else set()
    return found


def test_every_flip_has_its_sentence_and_no_sentence_is_without_one() -> None:
    made = {flip.code for reason in FACT_FLIPS if (flip := flip_of_facts(*_facts(reason))[0])}
    makers = (flips, letter_flips, csq_flips, residence_flips)
    named = {code for module in makers for code in _codes(module, "Flip", 0)}
    assert named | made == set(flip_texts.FLIPS)


def _facts(reason: str) -> tuple[str, dict[str, FactValue]]:
    """A reason with some value for each of its facts."""
    return reason, {name: 1 if name in ("used", "year") else DAY for name in REASONS[reason]}


def test_flips_of_facts_are_made_for_reasons_that_exist() -> None:
    assert set(FACT_FLIPS) | FINAL <= set(REASONS)
    assert not set(FACT_FLIPS) & FINAL


def test_every_link_of_the_chain_has_its_sentence() -> None:
    told = {*flip_texts.LIMITS, *flip_texts.COUNTED}
    # Too late and too early are chosen by name before the link is made.
    assert (
        _codes(safe_day, "DayLimit", 1)
        | {
            "limit_letter_too_late",
            "limit_letter_too_early",
        }
        == told
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_leave_no_field_unfilled(language: str) -> None:
    i18n.use(language)
    files = (
        a_file(a_person(pr_state=None, csq_issue_date=None, csq_expiry_date=None), letters=()),
        a_file(letters=(a_letter(received=None),), passports=()),
        a_file(
            a_person(csq_expiry_date=date(2023, 5, 1), csq_issue_date=None, pr_state=None),
            residences=(a_residence("CAN", "QC"),),
        ),
        a_file(a_person(pr_state=PrState.REFUSED), residences=(a_residence("CAN", "ON"),)),
        a_file(letters=(a_letter(date(2025, 1, 16)),), residences=()),
    )
    for file in files:
        found = verdict(file, DAY, programme())
        texts = [messages.flip_sentence(f) for f in found.findings + found.to_do]
        texts += [messages.limit_text(limit) for limit in found.last_safe_day_chain]
        for text in filter(None, texts):
            assert not [name for _t, name, _s, _c in string.Formatter().parse(text) if name], text
            assert "_" not in text
    i18n.use("en")


def test_a_final_finding_says_that_no_change_helps() -> None:
    found = verdict(a_file(a_person(pr_state=PrState.APPROVED)), DAY, programme())
    text = messages.flip_sentence(next(f for f in found.findings if f.rule == "ELG-04"))
    assert text is not None
    assert text.startswith("No change helps")


def test_codes_in_the_midst_of_a_sentence_begin_small() -> None:
    found = verdict(a_file(a_person(csq_category=None)), DAY, programme()).findings
    (category,) = [finding for finding in found if finding.rule == "CSQ-04"]
    assert messages.flip_text(category) == (
        "One of these recorded as the CSQ’s category: IQ, IS, IV, IW, no category"
    )
