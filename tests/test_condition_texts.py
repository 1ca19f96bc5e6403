# SPDX-License-Identifier: Apache-2.0
"""What the conditions of a programme and the entries of a file of figures read like."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.programmes.programme_file import Condition, Read
from imp_plus_desktop.words.figures import file_texts
from imp_plus_desktop.words.programmes.condition_texts import condition_text, days_text

READ = Read("house", date(2026, 11, 30))
FIRST, LAST = date(2026, 3, 13), date(2026, 12, 31)


def said(language: str, check: str, **values: Any) -> str:
    """A condition as it is read, its no-break spaces told as plain ones."""
    i18n.use(language)
    return condition_text(Condition(check, values, READ)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("check", "values", "french", "english"),
    [
        ("lives_in", {"places": ("QC",)}, "Lieu de résidence : Québec", "Lives in: Quebec"),
        (
            "lives_in",
            {"places": ("abroad", "QC")},
            "Lieu de résidence : Québec ou hors du Canada",
            "Lives in: Quebec or outside Canada",
        ),
        ("aged", {"from_age": 18}, "18 ans ou plus", "Aged 18 or more"),
        ("aged", {"to_age": 35}, "35 ans ou moins", "Aged 35 or less"),
        ("aged", {"from_age": 18, "to_age": 35}, "De 18 à 35 ans", "Aged 18 to 35"),
        (
            "citizen_of",
            {"countries": ("FRA", "BEL")},
            "Citoyenneté : Belgique ou France",
            "Citizen of: Belgium or France",
        ),
        ("permit_runs", {"permit": "open"}, "Permis ouvert en cours", "Open permit that runs"),
        ("letter_dated", {}, "Lettre du PMI+", "Letter of IMP+"),
    ],
)
def test_a_condition_is_read_with_its_values(
    check: str, values: dict[str, Any], french: str, english: str
) -> None:
    assert (said("fr", check, **values), said("en", check, **values)) == (french, english)


def test_days_are_said_from_until_or_both() -> None:
    i18n.use("en")
    assert days_text({"from": FIRST, "until": LAST}) == "from Mar 13, 2026 to Dec 31, 2026"
    assert days_text({"from": FIRST}) == "from Mar 13, 2026 on"
    assert days_text({"until": LAST}) == "until Dec 31, 2026"
    assert days_text({}) == ""
    ends = said("en", "permit_ends", until=LAST, maintained=True)
    assert ends == "Permit that ends until Dec 31, 2026, or status maintained since an earlier one"
    assert said("en", "invited", **{"from": FIRST}) == "Invited from Mar 13, 2026 on"
    assert said("en", "letter_dated", until=LAST) == "Letter of IMP+ dated until Dec 31, 2026"


def test_what_is_listed_is_listed_in_words() -> None:
    assert said("en", "csq_held", categories=("IQ", "none")).startswith("Holds a CSQ of category: ")
    assert said("en", "csq_held") != said("en", "csq_held", categories=("IQ",))
    assert said("en", "pr_state_is", states=("in_process", "landed")).startswith("PR: ")
    assert said("en", "status_is", statuses=("visitor",)) == "Status in Canada: visitor"
    assert said("en", "papers_held", papers=("passport", "csq")).startswith("On file: ")
    assert said("en", "passport_valid", months=1) == "Passport valid for 1 more month"
    assert said("en", "passport_valid", months=6) == "Passport valid for 6 more months"
    assert said("en", "rule", rule="ELG-01") != "ELG-01"


@pytest.mark.parametrize(
    ("name", "year", "value", "about", "told"),
    [
        ("entry_BRA", None, "visa", "Entry to Canada: Brazil", "visitor visa"),
        ("holiday", None, "closed", "Day on which the office is closed", "closed"),
        ("holiday", None, "open", "Day on which the office is closed", "open"),
        ("programme_pilot", None, "2027-02", "Programme: pilot", "version 2027-02"),
        (
            "returned_uses_place",
            2026,
            "yes",
            "An application returned incomplete uses a place, 2026",
            "yes",
        ),
        ("extension_uses_place", 2026, "no", "An extension uses a place, 2026", "no"),
        ("fee_processing", None, "165.00", "Processing", "$165.00"),
        ("fee_processing", None, None, "Processing", "—"),
    ],
)
def test_an_entry_of_a_file_is_told_in_words(
    name: str, year: int | None, value: str | None, about: str, told: str
) -> None:
    i18n.use("en")
    assert about.lower() in file_texts.entry_text(name, year).lower()
    assert file_texts.entry_value(name, value).lower() == told


def test_what_a_file_changes_is_counted() -> None:
    i18n.use("en")
    assert file_texts.count_text(0, 0, 9) == "Everything in this file stands there already."
    assert file_texts.count_text(2, 0, 9).startswith("2 figures change. No verdict")
    assert "of 1 file of 9 change" in file_texts.count_text(1, 1, 9)
    assert file_texts.effect_value(None) == "—"
    assert file_texts.effect_value(LAST) == "2026-12-31"
    assert file_texts.effect_value(15500) == "$155.00"
    assert file_texts.effect_text("day", "last_safe_day") == "Last safe day"
