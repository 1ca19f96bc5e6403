# SPDX-License-Identifier: Apache-2.0
"""What is plain to see in a column, or right at a glance in a row, is what a closer look finds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from exchange_builders import TODAY, VOCABULARY, WINDOW, parsed_rows
from hypothesis import example, given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.register_numbers import RegisterNumbers
from imp_plus_desktop.exchange.columns.layout import Layout
from imp_plus_desktop.exchange.lists.repeats import Repeats
from imp_plus_desktop.exchange.lists.row_drafts import (
    FoundList,
    RowDraft,
    check_person,
    settled_at_a_glance,
)
from imp_plus_desktop.exchange.lists.row_names import settle_names
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet
from imp_plus_desktop.exchange.values.cell_texts import spreadsheet_error
from imp_plus_desktop.exchange.values.values import ValueReader

READER = ValueReader(VOCABULARY, TODAY, listed=True)
FIELDS = (
    "individual_reference", "uci", "family_name", "given_names", "email", "phone", "sex",
    "birth_date", "citizenship", "residence_country", "csq_category", "spouse", "children",
    "letter_date", "passport_number", "pr_state", "received_at", "outcome",
)  # fmt: skip
TEXTS = (
    "C1234567", "c 1234567", "12-3456-7890", "1234567890", "  Élodie  ", "E\u0301lodie", "#N/A",
    "#REF!", "Err:502", "Err", "Éric", "Roy\u00a0Roy", "a@b.ca", "mailto:a@b.ca", "<a@b.ca>",
    "#a@b.ca", "M", "f", "Maroc", "maroco", "Canada (Ontario)", "IQ", "oui", "N", "2", "2,0",
    "2023-05-01", "01/05/2023", "1er mars 2023", "en traitement", "Refusée (2023-05-01)", "", " ",
    "\u200b", "123456789012345678", "1,2E+15", "approuvée", "a@b.ca\x00", "a@b\x00.ca",
)  # fmt: skip
cells: st.SearchStrategy[Cell] = (
    st.none()
    | st.sampled_from(TEXTS)
    | st.text(max_size=5)
    | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    | st.datetimes()
    | st.sampled_from([1, 1.0, True, False, 0, 45000, 10**16, 2.5])
)


@pytest.mark.parametrize("field", FIELDS)
@given(column=st.lists(cells, max_size=12))
def test_a_value_that_is_plain_to_see_is_the_one_that_is_read(
    field: str, column: list[Cell]
) -> None:
    for cell, value in zip(column, READER.column(field, "dmy", column), strict=True):
        if value is None:
            continue
        assert spreadsheet_error(cell) is None
        reading = READER.read(field, cell, "dmy")
        assert (reading.value, reading.code) == (value, None)
        assert type(reading.value) is type(value)


days = st.sampled_from(
    [
        *(WINDOW[0] + timedelta(n) for n in (-1, 0, 1)),
        *(WINDOW[1] + timedelta(n) for n in (-1, 0, 1)),
        *(TODAY + timedelta(n) for n in (-1, 0, 1)),
        date(1990, 1, 1),
    ]
)
rows = st.fixed_dictionaries(
    {},
    optional={
        "individual_reference": st.just("C1234567"),
        "uci": st.just("1234567890"),
        "file_number": st.just("C0001234567"),
        "family_name": st.sampled_from(["Roy", "", "-", "XXX"]),
        "given_names": st.sampled_from(["Awa", "FNU", "n/a", "None"]),
        "full_name": st.sampled_from(["Roy, Awa", "Roy Awa"]),
        "middle_names": st.just("Fatou"),
        "citizenship": st.just("MAR"),
        "birth_date": days,
        "letter_date": days,
        "csq_issue_date": days,
        "csq_expiry_date": days,
        "permit_from": days,
        "permit_until": days,
        "residence_country": st.sampled_from(["MAR", "CAN", "CAN-ON", "CAN-QC"]),
        "residence_province": st.sampled_from(["ON", "QC"]),
    },
)


RIGHT = {
    "individual_reference": "C1234567",
    "family_name": "Roy",
    "letter_date": date(2022, 5, 24),
}


@given(rows)
@example(RIGHT)
def test_a_row_that_is_right_at_a_glance_has_nothing_wrong_with_it(values: dict[str, Any]) -> None:
    sheet = Sheet("Liste", rows=((),))
    layout = Layout("people", 1, (), (), "", "")
    draft = RowDraft(FoundList(sheet, layout, {}, (1,), (), {}), 1, dict(values))
    before = dict(values)
    glanced = settled_at_a_glance(values, TODAY, WINDOW)
    if not glanced:
        assert values == before
        return
    settle_names(draft)
    check_person(draft, TODAY, WINDOW, RegisterNumbers("a register"))
    assert draft.issues == {}
    assert draft.values == values


people = st.fixed_dictionaries(
    {"family_name": st.sampled_from(["Roy", "ROY", "Diallo"]), "birth_date": st.just(TODAY)},
    optional={
        "individual_reference": st.sampled_from(["C1", "C2", "C3"]),
        "uci": st.sampled_from(["11", "12"]),
        "file_number": st.sampled_from(["F1", "F2"]),
        "citizenship": st.just("MAR"),
        "email": st.sampled_from(["a@b.ca", "c@d.ca"]),
    },
)


@given(st.lists(people, max_size=8))
def test_names_are_compared_as_if_they_always_were(lines: list[dict[str, Any]]) -> None:
    """Names wait for the first row without a reference; who is found does not hang on that."""
    waiting, reading = Repeats(), Repeats()
    nobody = {"family_name": "Nobody", "birth_date": date(1901, 1, 1), "citizenship": "ZZZ"}
    assert reading.person("Other", 1, nobody) is None
    for number, values in enumerate(lines, 2):
        assert waiting.person("S", number, values) == reading.person("S", number, values)


def test_a_list_with_an_odd_cell_reads_the_others_all_the_same() -> None:
    good = ["C1000001", "Roy", "Awa", date(1990, 1, 2), "Mali", date(2023, 5, 1)]
    odd = ["C1000002", "Err:502", "Awa", "hier", "Mali", 45047]
    file = parsed_rows(good, odd, [*good[:1], "Roy", "Awa", date(1990, 1, 2), "Mali", None])
    first, second, third = file.sheets[0].rows
    assert (first.effect, first.issues) == ("ok", ())
    assert {i.column: i.code for i in second.issues}["birth_date"] == "bad_date"
    assert second.values["letter_date"] == date(2023, 5, 1)
    assert "Err:502" not in second.values.values()
    assert third.effect == "rejected"
