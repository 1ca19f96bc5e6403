# SPDX-License-Identifier: Apache-2.0
"""Likeness measured on 2,000 labelled pairs (`tools/likeness_pairs.py` says how they are made)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from imp_plus_desktop.domain.people.likeness import NameKey, likeness
from imp_plus_desktop.services.duplicates.matching import People
from imp_plus_desktop.storage.archive.known_people import KnownPerson
from tools import likeness_pairs

PAIRS = Path(__file__).parents[1] / "files" / "likeness_pairs.csv"
RECALL, PRECISION = 0.99, 0.95


def _rows() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _key(row: dict[str, str], side: str) -> NameKey:
    born = row[f"birth_{side}"]
    return NameKey(
        row[f"family_{side}"],
        row[f"given_{side}"] or None,
        date.fromisoformat(born) if born else None,
        row[f"citizenship_{side}"],
    )


def _shown() -> Iterator[tuple[bool, bool]]:
    """For each pair: whether it is one person, whether likeness shows it to somebody."""
    for row in _rows():
        yield row["label"] == "same", likeness(_key(row, "a"), _key(row, "b")) is not None


def test_the_file_is_what_its_maker_makes() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        assert [tuple(row) for row in csv.reader(stream)] == likeness_pairs.pairs()


def test_likeness_shows_who_is_one_person_and_spares_who_is_not() -> None:
    answers = list(_shown())
    assert len(answers) == 2000
    right = sum(same and shown for same, shown in answers)
    assert right / sum(same for same, _shown in answers) >= RECALL
    assert right / sum(shown for _same, shown in answers) >= PRECISION


def test_a_register_of_all_of_them_offers_the_right_one() -> None:
    """The likeness of two is worth nothing when the search never brings the two together."""
    same = [row for row in _rows() if row["label"] == "same"]
    people = People(_known(number, _key(row, "a")) for number, row in enumerate(same))
    found = 0
    for number, row in enumerate(same):
        key = _key(row, "b")
        values = {
            "family_name": key.family,
            "given_names": key.given,
            "birth_date": key.birth_date,
            "citizenship": key.citizenship,
        }
        candidates = people.match({k: v for k, v in values.items() if v}).candidates
        found += number in {candidate.person_id for candidate in candidates}
    assert found / len(same) >= RECALL


def _known(number: int, key: NameKey) -> KnownPerson:
    return KnownPerson(
        id=number,
        individual_reference=None,
        uci=None,
        file_number=None,
        family_name=key.family,
        given_names=key.given,
        birth_date=key.birth_date,
        citizenship=key.citizenship,
    )
