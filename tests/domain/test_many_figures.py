# SPDX-License-Identifier: Apache-2.0
"""What a file of figures may say, and the sentence for the first thing that is wrong with it."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from imp_plus_desktop.domain.figures.many import Entry, Reading, entries_of
from imp_plus_desktop.domain.values.errors import ExchangeError

HEAD = '[file]\nformat = 1\nname = "Fees"\nissued = 2026-12-01\n'
FEE = '[[figures]]\nfigure = "fee_eta"\nvalue = "8.00"\nfrom = 2027-01-01\nsource = "a  page"\n'


def test_entries_come_in_the_order_of_the_file_with_their_readings() -> None:
    text = (
        HEAD
        + FEE
        + "read_on = 2026-11-30\nagain_on = 2027-06-01\n"
        + '[[figures]]\nfigure = "cap_permits"\nvalue = 40\nyear = 2027\nfrom = 2027-01-01\n'
        + 'source = "a notice"\n'
        + '[[figures]]\nfigure = "fee_visitor_visa"\nvalue = 100.5\nfrom = 2027-01-01\n'
        + 'source = "a notice"\n'
        + '[[countries]]\ncountry = "MAR"\nrequirement = "eta"\nfrom = 2027-01-01\nsource = "x"\n'
        + '[[holidays]]\nday = 2026-12-24\nclosed = true\nsource = "the office"\n'
    )
    told = entries_of(tomllib.loads(text))
    january = date(2027, 1, 1)
    assert (told.name, told.issued) == ("Fees", date(2026, 12, 1))
    assert told.entries == (
        (
            Entry("fee_eta", "8.00", january, "a page"),
            Reading(date(2026, 11, 30), date(2027, 6, 1)),
        ),
        (Entry("cap_permits", "40", january, "a notice", 2027), Reading(told.issued)),
        (Entry("fee_visitor_visa", "100.5", january, "a notice"), Reading(told.issued)),
        (Entry("entry_MAR", "eta", january, "x"), Reading(told.issued)),
        (Entry("holiday", "closed", date(2026, 12, 24), "the office"), Reading(told.issued)),
    )


@pytest.mark.parametrize(
    ("text", "code", "issue"),
    [
        ("", "figures_format", None),
        ("[file]\nformat = 2\n", "figures_format", None),
        ("file = 1\n", "figures_format", None),
        (HEAD, "bad_figures", "no_entries"),
        (HEAD.replace('"Fees"', "3") + FEE, "bad_figures", "bad_text"),
        (HEAD.replace("2026-12-01", '"2026-12-01"') + FEE, "bad_figures", "bad_day"),
        (HEAD + FEE + FEE, "bad_figures", "twice"),
        (HEAD + FEE.replace("[[figures]]", "[[figure]]"), "bad_figures", "unknown_table"),
        (HEAD + FEE.replace("[[figures]]", "[figures]"), "bad_figures", "no_list"),
        (HEAD + FEE.replace("source", "sorce"), "bad_figures", "unknown_word"),
        (HEAD + FEE.replace('"a  page"', '"  "'), "bad_figures", "bad_text"),
        (HEAD + FEE.replace("a  page", r"\u001b[2J"), "bad_figures", "bad_text"),
        (HEAD + FEE.replace("a  page", r"\u202e00.5"), "bad_figures", "bad_text"),
        (HEAD + FEE.replace("2027-01-01", "2027-01-01T10:00:00"), "bad_figures", "bad_day"),
        (HEAD + FEE.replace("2027-01-01", "9999-01-01"), "bad_figures", "bad_day"),
        (HEAD + FEE.replace('"8.00"', "[8]"), "bad_figures", "bad_text"),
        (HEAD + FEE.replace('"8.00"', "true"), "bad_figures", "bad_text"),
        (HEAD + FEE + "year = true\n", "bad_figures", "bad_year"),
        (
            HEAD + '[[holidays]]\nday = 2026-12-24\nclosed = "yes"\nsource = "x"\n',
            "bad_figures",
            "bad_closed",
        ),
        ("figures = [1]\n" + HEAD, "bad_figures", "no_list"),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(text: str, code: str, issue: str | None) -> None:
    with pytest.raises(ExchangeError) as caught:
        entries_of(tomllib.loads(text))
    assert (caught.value.code, caught.value.parameters.get("issue")) == (code, issue)


def test_a_file_holds_no_more_than_somebody_can_look_through() -> None:
    rows = "".join(
        f'[[holidays]]\nday = {date.fromordinal(730_000 + n)}\nclosed = true\nsource = "x"\n'
        for n in range(2001)
    )
    with pytest.raises(ExchangeError) as caught:
        entries_of(tomllib.loads(HEAD + rows))
    assert caught.value.parameters["issue"] == "too_many"
