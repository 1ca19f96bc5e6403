# SPDX-License-Identifier: Apache-2.0
"""Texts of thousands of characters where a name or a number is kept: a cell holds 32,767, and a
whole letter slips into one. A key of an index on a server holds 2,704 bytes, and a name that passed
it once kept everybody's lists from being made."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from office_builders import TODAY, a_list, a_row, import_file, invite, person_values, receive

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.plain_text import LONGEST
from imp_plus_desktop.services.fields.typed_fields import parse_all
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, names_history, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines.postgresql.shape.indexes import INDEXES
from imp_plus_desktop.storage.tables.columns import FOUND_BY

_SOME = random.Random(7)
LONG = "".join(_SOME.choice(string.ascii_letters + string.digits) for _n in range(6_000))
"""What no server packs into less."""
WIDE = "".join(chr(_SOME.randrange(0x20000, 0x2A6D0)) for _n in range(LONGEST))
"""Signs of four bytes each, as many as are kept."""


def listed(office: Office) -> list[int]:
    return list(people.ids(office, PeopleFilter()))


@pytest.mark.parametrize("name", [LONG, WIDE, " ".join([WIDE, LONG])])
def test_nobody_s_name_keeps_the_lists_from_being_made(office: Office, name: str) -> None:
    """However it came: a program of before kept it, or another desk."""
    invite(office, 1)
    person = invite(office, 2)
    names_history.change_name(office, person, name, name, until=TODAY)
    assert len(listed(office)) == 2
    assert checking.check(office).passed
    names_history.change_name(office, person, "Benali", "Amine", until=TODAY)
    assert len(listed(office)) == 2
    assert checking.check(office).passed, "the words of the long name went with it"


def test_a_cell_that_is_too_long_is_left_out_and_said(office: Office, tmp_path: Path) -> None:
    rows = [
        a_row(1, email=f"{LONG}@example.org", file_number=None),
        a_row(2, file_number=LONG),
        a_row(3, family_name=LONG),
        a_row(4, individual_reference=LONG),
        a_row(5, passport_number=LONG),
    ]
    done = import_file(office, a_list(tmp_path / "long.xlsx", rows))
    told = [(issue.row, issue.column, issue.code) for issue in done.preview.issues]
    assert told == [
        (2, "email", "too_long"),
        (3, "file_number", "too_long"),
        (4, "family_name", "too_long"),
        (5, "individual_reference", "too_long"),
        (6, "passport_number", "too_long"),
    ]
    assert (done.counts.new, done.counts.rejected) == (1, 4), "it may be somebody else’s row"
    assert checking.check(office).passed


def test_a_form_says_that_a_text_is_too_long(office: Office) -> None:
    for field in ("family_name", "individual_reference", "passport_number", "email"):
        long = f"{LONG}@example.org" if field == "email" else LONG
        _typed, problems = parse_all(office, {**person_values(), field: long})
        assert [(one.field, one.code, one.blocks) for one in problems] == [
            (field, "too_long", True)
        ]


def test_as_many_characters_as_are_kept_are_kept(office: Office) -> None:
    person = invite(office, 1, family_name=WIDE, file_number=WIDE)
    assert people.file(office, person).person.file_number == WIDE
    assert len(listed(office)) == 1


ACTS: dict[str, Callable[[Office, int], object]] = {
    "who answers for a file": lambda o, p: clerks.assign(o, [p], LONG),
    "the number of an application": lambda o, p: receive(o, p, number=LONG),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_is_looked_up_is_refused_where_no_index_takes_it(office: Office, act: str) -> None:
    person = invite(office)
    with pytest.raises(InvalidInput):
        ACTS[act](office, person)
    assert checking.check(office).passed


def test_every_text_that_an_index_of_a_server_is_of_is_bounded() -> None:
    """What is entered by somebody, and is no day, code, digest or count."""
    known = {
        *("birth_date", "letter_date", "letter_day", "day", "valid_until", "received_at"),
        *("state", "status", "verdict", "type", "code", "ledger", "entity", "service", "rests"),
        *("acknowledged_on", "computed_on", "holds_until", "signature", "row_key", "sort_key"),
        *("cap_full", "cap_year", "delta", "place"),
    }
    told = " ".join(sql.partition(" ON ")[2].partition(" WHERE ")[0] for sql in INDEXES)
    words = set(re.findall(r"\b[a-z_]+\b", re.sub(r"\b[a-z_]+ \(", "(", told)))
    columns = {word for word in words if word != "id" and not word.endswith("_id")}
    columns -= {"replace", "upper", "coalesce", "undoes"}
    assert columns - known == FOUND_BY
