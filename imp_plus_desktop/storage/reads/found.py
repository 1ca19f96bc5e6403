# SPDX-License-Identifier: Apache-2.0
"""What is found by what somebody types: a few people, the likest first, each by an index.

    by_name(register, typed, most)      whose name begins so, in the order of the lists
    by_words(register, typed, most)     who has all of it, anywhere in the file
    latest(register, most)              whom the latest acts touched
    is_closed(register, person)         whether nothing is to be done in a file any more

Reads only, and never more than `most`, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.search.lines import SEARCHED
from imp_plus_desktop.domain.search.typed import Typed
from imp_plus_desktop.domain.values.codes import PersonStatus
from imp_plus_desktop.domain.values.names import FIELD
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import queries

_LAST = "\U0010ffff"
"""Behind every letter."""
_CHANGES = 200
"""Latest changes that are looked at."""


def by_name(register: Register, typed: Typed, most: int) -> list[int]:
    """People whose name, family name first, begins as it was typed: by the order of the lists."""
    words = " ".join(part.text for part in typed.parts).split(" ")
    if not typed.parts or not all(part.is_name for part in typed.parts):
        return []
    found: dict[int, None] = {}
    for family in range(len(words), 0, -1):  # how many words may be the family name
        start = FIELD.join(filter(None, (" ".join(words[:family]), " ".join(words[family:]))))
        rows = register.db.execute_sql(
            "SELECT person_id FROM standing WHERE sort_key >= ? AND sort_key < ?"
            " ORDER BY sort_key, person_id LIMIT ?",
            (start, start + _LAST, most),
        )
        found.update(dict.fromkeys(row[0] for row in rows.fetchall()))
    return list(found)[:most]


def by_words(register: Register, typed: Typed, most: int) -> list[int]:
    """People in whose files all of it is, names, numbers and notes alike."""
    return register.db.search.people(typed, most) if typed.parts else []


def words_near(register: Register, keys: Collection[str], most: int) -> list[str]:
    """Words of names that are kept under one of these keys (`search/alike.py`)."""
    return register.db.search.words_near(keys, most)


def words_beginning(register: Register, beginning: str, most: int) -> list[str]:
    """Words of names that are kept under a key that begins so."""
    return register.db.search.words_beginning(beginning, most)


def files(register: Register, people: Sequence[int]) -> list[PersonFile]:
    """The files of people as far as anything in them can be searched for, in their order."""
    return queries.files(register, people, SEARCHED)


def latest(register: Register, most: int) -> list[int]:
    """The people whom the latest acts touched and who are there, the latest first."""
    rows = register.db.execute_sql(
        "SELECT person_id FROM (SELECT id, person_id FROM change WHERE person_id IS NOT NULL"
        f" ORDER BY id DESC LIMIT {_CHANGES}) c WHERE EXISTS"
        " (SELECT 1 FROM person p WHERE p.id = c.person_id)"
        " GROUP BY person_id ORDER BY MAX(id) DESC LIMIT ?",
        (most,),
    )
    return [row[0] for row in rows.fetchall()]


def is_closed(register: Register, person: int) -> bool:
    """Whether the line of a file says that it is closed."""
    found = register.db.execute_sql(
        "SELECT 1 FROM standing WHERE person_id = ? AND status = ?",
        (person, PersonStatus.CLOSED.value),
    )
    return found.fetchone() is not None
