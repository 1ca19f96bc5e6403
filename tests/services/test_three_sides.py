# SPDX-License-Identifier: Apache-2.0
"""Every way in which two lists, another sender's and a hand can follow each other, in one register:
each value is what the written-down table says, and so is what is told of it."""

from __future__ import annotations

import itertools
import random
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from office_builders import a_list, import_file

from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import OnConflict
from imp_plus_desktop.services.imports.sides.conflicts import Kind
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")

ABSENT = object()
"""The person is not in the first list."""


class Case(NamedTuple):
    """What each writes of one field of one person, in this order; None writes nothing."""

    first: Any
    other: str | None
    hand: str | None
    second: str | None


# The three sides as the second list finds them: what its sender said last, what stands in the
# register and by whom. Each line says what becomes of a value that the second list brings.
#   base       ours              theirs         →  goes in, or why it stays
TABLE: dict[tuple[str, str, str, str], str | Kind] = {
    ("nothing", "empty", "nobody", "new"): "in",
    ("nothing", "other", "list", "new"): "in",
    ("nothing", "other", "hand", "new"): Kind.CONFLICT,
    ("nothing", "empty", "hand", "new"): "in",
    ("said", "base", "sender", "new"): "in",
    ("said", "base", "hand", "new"): "in",
    ("said", "other", "hand", "base"): Kind.HAND,
    ("said", "other", "list", "base"): Kind.LIST,
    ("said", "empty", "hand", "base"): Kind.HAND,
    ("said", "other", "hand", "new"): Kind.CONFLICT,
    ("said", "other", "list", "new"): Kind.CONFLICT,
    ("said", "empty", "hand", "new"): Kind.CONFLICT,
}

EMAILS = {"A": "a@exemple.org", "B": "b@exemple.org", "C": "c@exemple.org", "D": "d@exemple.org"}
PHONES = {"A": "514 555-0101", "B": "514 555-0102", "C": "514 555-0103", "D": "514 555-0104"}
DAYS = {letter: f"2030-01-0{n}" for n, letter in enumerate("ABCD", 1)}
VALUES = {"email": EMAILS, "phone": PHONES, "csq_expiry_date": DAYS}
ERASED = ""

CASES = [
    (field, Case(*case))
    for field in VALUES
    for case in itertools.product(
        (ABSENT, None, "A"), (None, "B"), (None, "A", "C", ERASED), (None, "A", "B", "C", "D")
    )
]


def sides(case: Case) -> tuple[str | None, tuple[str, str, str, str] | None]:
    """The letter that stands when the second list comes, and its line of the table; none where it
    says nothing new."""
    first = None if case.first is ABSENT else case.first
    ours, by = first, "sender" if first else "nobody"
    if case.other is not None:
        ours, by = case.other, "list"
    if case.hand is not None and (case.hand or None) != ours:
        ours, by = case.hand or None, "hand"
    if case.second is None or case.second == ours:
        return ours, None
    mine = "empty" if ours is None else "base" if first and ours == first else "other"
    theirs = "base" if first and case.second == first else "new"
    return ours, ("said" if first else "nothing", mine, by, theirs)


def expected(case: Case) -> tuple[str | None, Kind | None]:
    """The letter that stands at the end, and why the second list's does not, by the table."""
    ours, line = sides(case)
    if line is None:
        return ours, None
    outcome = TABLE[line]
    return (ours, outcome) if isinstance(outcome, Kind) else (case.second, None)


def value(field: str, letter: str | None) -> Any:
    text = VALUES[field][letter] if letter else None
    return date.fromisoformat(text) if text and field == "csq_expiry_date" else text


def row(number: int, **values: Any) -> dict[str, Any]:
    return {
        "individual_reference": f"C{5_000_000 + number}",
        "family_name": f"Diallo{chr(97 + number // 26)}{chr(97 + number % 26)}",
        "given_names": "Awa",
        "birth_date": date(1990, 4, 2),
        "citizenship": "Mali",
        "letter_date": date(2023, 9, 1),
        **dict.fromkeys(VALUES),
        **values,
    }


def narrow(number: int, **values: Any) -> dict[str, Any]:
    """A row of the other sender, whose lists have other columns."""
    whole = row(number)
    names = ("individual_reference", "family_name", "letter_date")
    return {
        **{name: whole[name] for name in names},
        **{"sex": None, "pr_state": None, "passport_number": None, "uci": None},
        **values,
    }


@pytest.mark.many("False-1")
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("theirs", [False, True])
def test_two_hundred_cases_end_as_the_table_says(
    office: Office, tmp_path: Path, seed: int, theirs: bool
) -> None:
    cases = random.Random(seed).sample(CASES, 200)
    everyone = [(number, *case) for number, case in enumerate(cases)]
    first = [
        row(n, **{field: value(field, case.first)})
        for n, field, case in everyone
        if case.first is not ABSENT
    ]
    other = [narrow(n, **{f: value(f, case.other)}) for n, f, case in everyone if case.other]
    second = [row(n, **{field: value(field, case.second)}) for n, field, case in everyone]
    random.Random(seed).shuffle(second)

    # Those of no list so far are in the register by hand, without any of the fields.
    for n, _field, case in everyone:
        if case.first is ABSENT:
            told = row(n)
            people.add(
                office,
                {
                    "individual_reference": told["individual_reference"],
                    "family_name": told["family_name"],
                    "given_names": "Awa",
                    "birth_date": "1990-04-02",
                    "citizenship": "MLI",
                    "letter_date": "2023-09-01",
                },
                beside=None,
            )
    import_file(office, a_list(tmp_path / "premiere.xlsx", first))
    import_file(office, a_list(tmp_path / "autre.xlsx", other))
    for n, field, case in everyone:
        if case.hand is not None:
            text = VALUES[field][case.hand] if case.hand else ""
            people.set_value(office, f"C{5_000_000 + n}", field, text)

    choice = OnConflict.THEIRS if theirs else OnConflict.OURS
    preview = imports.open_file(
        office, a_list(tmp_path / "seconde.xlsx", second), on_conflict=choice
    )
    reasons = {(one.individual_reference, one.field): one.kind for one in preview.sides}
    imports.commit(office, preview)
    wanted_reasons = {}
    for n, field, case in everyone:
        ref = f"C{5_000_000 + n}"
        letter, kind = expected(case)
        if theirs and kind is Kind.CONFLICT:
            letter = case.second
        if kind is not None:
            wanted_reasons[ref, field] = kind
        found = getattr(people.file(office, people.find(office, ref)).person, field)
        assert found == value(field, letter), (case, field)
    assert reasons == wanted_reasons
    assert preview.hands_kept == list(wanted_reasons.values()).count(Kind.HAND)


def test_every_line_of_the_table_is_met() -> None:
    lines = {line for _field, case in CASES if (line := sides(case)[1]) is not None}
    assert lines == TABLE.keys()
