# SPDX-License-Identifier: Apache-2.0
"""Every figure of the programme with its source, and when each must be looked up again."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from imp_plus_desktop.domain.reads.figures import GROUPS, Figure, Provenance, listed
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.programme import CapLimit, Programme, Setting

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "programme.toml").read_text(encoding="utf-8")
)
PROGRAMME, PROVENANCE = Programme.from_table(TABLE), Provenance.from_table(TABLE)


def figures(day: date, programme: Programme = PROGRAMME) -> dict[str, Figure]:
    return {one.name: one for one in listed(programme, PROVENANCE, day)}


def test_every_group_every_clock_every_fee_and_every_cap_is_among_them() -> None:
    found = listed(PROGRAMME, PROVENANCE, date(2026, 11, 30))
    assert tuple(dict.fromkeys(one.group for one in found)) == GROUPS
    names = [one.name for one in found]
    assert len(names) == len(set(names))
    assert {f"clock_{row['clock']}" for row in TABLE["clocks"]} <= set(names)
    assert {f"fee_{row['fee']}" for row in TABLE["fees"]} <= set(names)
    assert {f"cap_{row['ledger']}" for row in TABLE["caps"]} <= set(names)
    assert all(one.source and one.read_on and one.again_on for one in found)


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-30", False), ("2026-12-01", True), ("2027-03-01", True)]
)
def test_fees_are_looked_up_again_from_the_first_of_december(day: str, due: bool) -> None:
    on = date.fromisoformat(day)
    found = listed(PROGRAMME, PROVENANCE, on)
    fees = [one for one in found if one.group == "fees"]
    assert {one.again_on for one in fees} == {date(2026, 12, 1)}
    assert all(one.is_due(on) is due for one in fees)


def test_others_are_looked_up_twelve_months_after_they_were_read() -> None:
    found = figures(date(2026, 11, 30))
    assert found["term_months"].again_on == date(2027, 2, 12)
    assert found["clock_medical"].read_on == date(2026, 8, 1)  # its source is younger
    assert not found["term_months"].is_due(date(2027, 2, 11))
    assert found["term_months"].is_due(date(2027, 2, 12))


def test_a_figure_is_the_one_in_force_on_the_day_with_its_own_source() -> None:
    before, after = figures(date(2023, 11, 30)), figures(date(2023, 12, 1))
    worker = before["fee_restoration_worker"]
    assert (str(worker.value), worker.since) == ("355.00", date(2022, 5, 24))
    assert str(after["fee_restoration_worker"].value) == "384.00"
    assert figures(date(2022, 6, 1))["cap_applications"].value == 14700
    assert after["cap_applications"].value == 7350
    assert after["csq_months"].source == "A73"
    assert figures(date(2024, 1, 1))["months_left"].value == 6
    assert figures(date(2025, 2, 1))["months_left"].value == 16


def test_what_the_office_has_set_is_its_own_from_its_day_on_and_is_never_due() -> None:
    own = PROGRAMME.with_caps([CapLimit(Ledger.APPLICATIONS, 2026, 500, date(2026, 3, 1))])
    setting = Setting("last_accepted_letter", None, "2027-06-30", date(2026, 5, 1))
    day = date(2026, 12, 31)
    found = figures(day, own.with_settings([setting], day))
    cap, letter = found["cap_applications"], found["last_accepted_letter"]
    assert (cap.own, cap.shipped) == (True, 7350)
    assert (letter.own, letter.shipped) == (True, date(2025, 1, 15))
    assert (cap.value, cap.source, cap.since, cap.is_due(date.max)) == (
        500,
        "",
        date(2026, 3, 1),
        False,
    )
    assert (letter.value, letter.source, letter.since) == (
        date(2027, 6, 30),
        "",
        date(2026, 5, 1),
    )
    early = figures(date(2026, 4, 1), own.with_settings([setting], date(2026, 4, 1)))
    assert early["last_accepted_letter"].source == "A76"
    assert figures(date(2026, 2, 1), own)["cap_applications"].value == 7350
