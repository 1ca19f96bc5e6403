# SPDX-License-Identifier: Apache-2.0
"""A slip in a programme's file is told at its line, in a sentence of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from builders import programme
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop import bootstrap, i18n
from imp_plus_desktop.domain.programmes.lines import trouble
from imp_plus_desktop.domain.programmes.loading import Mistake
from imp_plus_desktop.domain.programmes.parameters import Known
from imp_plus_desktop.services.programmes.reading import (
    ProgrammeMistakes,
    known_names,
    programme_of,
    text_of,
)
from imp_plus_desktop.words.programmes.mistake_texts import mistake_text

ROOT = Path(__file__).parents[2]
THIRD = (ROOT / "tests" / "files" / "programmes" / "north_pilot.toml").read_text(encoding="utf-8")


@cache
def known() -> Known:
    return known_names(bootstrap.load_vocabulary(), programme().fees)


def mistakes(text: str) -> tuple[Mistake, ...]:
    try:
        programme_of(text, known())
    except ProgrammeMistakes as error:
        return error.wrong
    return ()


def test_the_example_of_the_guide_is_a_programme() -> None:
    guide = (ROOT / "docs" / "programmes.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    made = programme_of(example, known())
    assert made.places is not None
    assert made.listed.marks


SLIPS = [
    ("until = 2027-09-30", "until = 30-09-2027", "odd_day"),
    ("until = 2027-09-30", "until = 2027-9-30", "odd_day"),
    ("until = 2027-09-30", "until = 2027-02-30", "odd_day"),
    ("until = 2027-09-30", "until = 2027\u201309\u201330", "odd_day"),
    ("until = 2027-09-30", "until = 30 septembre 2027", "odd_day"),
    ("until = 2027-09-30", "until =", "value_missing"),
    ("until = 2027-09-30", "until 2027-09-30", "equals_missing"),
    ("until = 2027-09-30", "dernier jour = 2027-09-30", "odd_name"),
    ("until = 2027-09-30", "arrêté = 2027-09-30", "odd_name"),
    ("until = 2027-09-30", "until\u00a0= 2027-09-30", "odd_space"),
    ("until = 2027-09-30", "until = 2027-09-30\nversion = '1'", "said_twice"),
    ("limit = 250", "limit = 1 000", "odd_number"),
    ("limit = 250", "limit = 1,5", "odd_number"),
    ('amount = "75.00"', "amount = 75,00 $", "odd_number"),
    ('key = "north_pilot"', "key = north_pilot", "quotes_missing"),
    ('key = "north_pilot"', "key = 'north_pilot", "quote_open"),
    ('key = "north_pilot"', 'key = "north_pilot', "quote_open"),
    ('key = "north_pilot"', "key = “north_pilot”", "typed_quotes"),
    ('key = "north_pilot"', "key = « north_pilot »", "typed_quotes"),
    ('fr = "La lettre de la région"', 'fr = "La "lettre" de la région"', "quote_inside"),
    ('"FRA", "BEL"', '"FRA" "BEL"', "comma_missing"),
    ('"FRA", "BEL"', "FRA, BEL", "quotes_missing"),
    ('"North pilot" }', '"North pilot"', "bracket_open"),
    ('fr = "Permis ouvert.", en', 'fr = "Permis ouvert." en', "comma_missing"),
    ('"SEN", "MAR"]', '"SEN", "MAR"', "bracket_open"),
    ("[permit]", "[permit", "bracket_open"),
    ("[[fees]]\nfee = \"employer", "[fees]\nfee = \"employer", "said_twice"),
    ("[invitation]", "[permit]", "said_twice"),
    ('check = "aged"', 'check = "aged" # plus de 18 ans\nfrom_age = dix-huit', "quotes_missing"),
    ("[invitation]", "{invitation}", "not_toml"),
    ('check = "aged"', 'check = "agd"', "unknown_check"),
    ("from_age = 18", "age = 18", "unknown_name"),
    ('paper = "police"', 'paper = "polic"', "unknown_word"),
    ("[extension]", "[extention]", "unknown_name"),
    ("days = 60", "days = true", "not_a_number"),
    ("limit = 250", 'limit = "250"', "not_a_number"),
    ("until = 2027-09-30", "until = 2025-09-30", "days_crossed"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code"), SLIPS, ids=[f"{w}-{c}" for _r, w, c in SLIPS])
def test_a_slip_is_told_at_its_line_in_the_sentence_of_its_kind(
    right: str, wrong: str, code: str
) -> None:
    assert right in THIRD
    line = THIRD[: THIRD.index(right)].count("\n") + 1
    found = mistakes(THIRD.replace(right, wrong, 1))
    assert (found[0].code, found[0].line - line in (0, wrong.count("\n"))) == (code, True)
    for language, begins in (("fr", f"Ligne {found[0].line}"), ("en", f"Line {found[0].line}")):
        with i18n.speaking(language):
            told = mistake_text(found[0])
        assert told.startswith(begins)
        assert told.endswith(".")


def test_a_line_that_is_right_is_not_blamed() -> None:
    shipped = sorted((ROOT / "data" / "programmes").glob("*.toml"))
    for text in (THIRD, *(path.read_text(encoding="utf-8") for path in shipped)):
        for line in range(1, text.count("\n") + 1):
            assert trouble(text, line) == (line, "not_toml", ""), text.split("\n")[line - 1]


def test_what_is_missing_is_told_at_the_row_that_lacks_it_or_of_the_top() -> None:
    text = THIRD.replace('check = "aged"\n', "").replace('version = "2026-11"\n', "")
    top, row = mistakes(text)
    assert (top.code, top.name, top.line) == ("missing_top", "version", 0)
    assert (row.code, row.name) == ("missing", "check")
    assert text.split("\n")[row.line - 1 : row.line + 1] == ["[[conditions]]", "from_age = 18"]


def test_the_word_that_was_meant_is_named_and_a_long_list_is_not() -> None:
    (near,) = mistakes(THIRD.replace('check = "aged"', 'check = "age"'))
    assert mistake_text(near).endswith("Perhaps meant: aged.")
    (field,) = mistakes(THIRD.replace("received_at =", "recieved_at ="))
    assert "received_at" in mistake_text(field)
    assert "portal_medical" not in mistake_text(field)
    (place,) = mistakes(THIRD.replace('"outside_quebec"', '"nb"'))
    assert mistake_text(place).endswith("Perhaps meant: NB.")


def test_a_fee_of_ones_own_needs_no_word_and_a_misspelt_one_does_not_pass_for_it() -> None:
    own = programme_of(THIRD.replace('fee = "region"\n', ""), known())
    told = [(one.fee, one.cents) for one in own.fees if one.cents is not None]
    assert told == [("Frais de la région", 7500), ("Frais de la région", 8050)]
    assert [one.code for one in mistakes(THIRD.replace('"processing"', '"procesing"'))] == [
        "unknown_fee"
    ]
    assert [one.name for one in mistakes(THIRD.replace('amount = "75.00"\n', ""))] == ["amount"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda text: b"PK\x03\x04" + text.encode(), "not_plain"),
        (lambda text: b"{\\rtf1 " + text.encode(), "not_plain"),
        (lambda text: text.encode("cp1252", "replace"), "not_text"),
        (lambda text: text.encode("utf-16"), ""),
        (lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), ""),
    ],
    ids=["word", "rtf", "ansi", "utf-16", "bom"],
)
def test_a_text_of_another_encoding_is_read_or_told(
    make: Callable[[str], bytes], code: str
) -> None:
    if not code:
        assert text_of(make(THIRD)) == THIRD
        return
    with pytest.raises(ProgrammeMistakes) as caught:
        text_of(make(THIRD))
    assert [one.code for one in caught.value.wrong] == [code]


TYPED = st.text("“\"'[]{}=,#\n -0é\u00a0", max_size=3)


@given(st.integers(0, len(THIRD)), st.integers(0, 6), TYPED)
def test_whatever_is_cut_or_typed_the_line_is_one_of_the_file(
    at: int, cut: int, typed: str
) -> None:
    text = THIRD[:at] + typed + THIRD[at + cut :]
    for one in mistakes(text):
        assert 0 <= one.line <= text.count("\n") + 1
        assert mistake_text(one).endswith(".")
