# SPDX-License-Identifier: Apache-2.0
"""Whichever engine keeps the index: it finds all who have what was typed, the lowest ids first."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from generated import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from new_registers import new_office

from imp_plus_desktop.domain.search.lines import Line
from imp_plus_desktop.domain.search.typed import of_words, read
from imp_plus_desktop.storage.engines import NAMED, Database

NAMES = ("ana", "anabel", "bea", "benaissa", "ben", "aissa", "zoe", "zora", "kim", "kimberley")
NUMBERS = ("c15", "c1500", "c1612", "1500", "1612", "12", "1990", "¦19900412", "¦19901103")
TEXTS = ("appel", "appelle", "zora", "1500")
LATE = ("xavier", "xaviera"), 16_384
"""Names that nobody has whose id is not above this one: a server looks for the rarest first."""
BOUNDS = (1_024, 4_096, 16_384, 65_536, 131_072, 262_144, 1_048_576)
"""Where a part of a server's index ends and the next one begins."""
IDS = (
    *range(1, 40),
    *(bound + step for bound in BOUNDS for step in range(-6, 6)),
    *(3_000, 10_000, 50_000, 200_000, 700_000, 1_300_000, 2_000_000, 5_000_000),
)
_CHANCE = random.Random(28)


def _some(words: tuple[str, ...], most: int) -> list[str]:
    return _CHANCE.sample(words, _CHANCE.randrange(most + 1))


LINES = {
    number: (
        [*_some(NAMES, 3), *(_some(LATE[0], 2) if number > LATE[1] else ())],
        _some(NUMBERS, 3),
        _some(TEXTS, 2),
    )
    # In another order than that of their ids: rows lie as they were written.
    for number in _CHANCE.sample(IDS, len(IDS))
}
TYPED = tuple(
    {word.strip("¦")[:end] for word in (*NAMES, *NUMBERS, "xavier") for end in range(1, 6)}
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A register whose index alone has people, many of them with high ids."""
    office = new_office(tmp_path_factory.mktemp("index") / "x.imp", date(2023, 11, 22))
    with office.register.db.writing():
        office.register.db.search.write(
            [(number, Line(*map(" ".join, words), "")) for number, words in LINES.items()]
        )
    yield office.register.db
    office.close()


@settings(max_examples=cases(400), deadline=None)
@given(st.lists(st.sampled_from(TYPED), min_size=1, max_size=3), st.integers(1, len(IDS)))
def test_who_has_all_of_it_is_found_by_the_lowest_ids(
    db: Database, words: list[str], most: int
) -> None:
    typed = read(" ".join(words))
    having = sorted(n for n, line in LINES.items() if typed.met_by([w for ws in line for w in ws]))
    assert db.search.people(typed, most) == having[:most]
    # A list, which has no end, finds the same but for what stands in notes alone.
    listed = sorted(n for n, (a, b, _c) in LINES.items() if typed.met_by([*a, *b]))
    assert _all(db, db.search.expression(typed)) == listed
    named = of_words([word for word in words if word.isalpha()])
    if named.parts:
        found = sorted(n for n, (own, *_rest) in LINES.items() if named.met_by(own))
        assert _all(db, db.search.expression(named, NAMED)) == found


def _all(db: Database, expression: str) -> list[int]:
    """Everybody whom a list finds."""
    found = db.dialect.found_by_words("person_id")
    asked = f"SELECT person_id FROM person_search_words WHERE {found} ORDER BY person_id"
    return [row[0] for row in db.execute_sql(asked, (expression,)).fetchall()]


def test_a_word_is_dropped_with_the_last_who_has_it_however_high_their_id(db: Database) -> None:
    def kept() -> int:
        asked = "SELECT COUNT(DISTINCT word) FROM person_search_near WHERE word = 'khoury'"
        return int(db.execute_sql(asked).fetchone()[0])

    line = Line("khoury", "", "", "khoury")
    with db.writing():
        db.search.write([(6_000_000, line), (7, line)])
        assert kept() == 1
        db.search.forget([7])
        assert kept() == 1
        db.search.forget([6_000_000])
        assert kept() == 0
        db.search.write([(7, Line(*map(" ".join, LINES[7]), ""))])
