# SPDX-License-Identifier: Apache-2.0
"""Reports of a period, and the closing that keeps one as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builders import YEAR, an_approved, decide, invite, issue, receive, set_cap

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.quota.reports import ORDER, ReportKind
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.fields import field_plan, plan_writing
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import file_of
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import periods, quota, reports
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.words.report_texts import FIGURES

WEEKLY, QUARTERLY, YEARLY = ReportKind
SUMMER = datetime(2023, 9, 20, 15, tzinfo=UTC)
SUMMER_DAY = date(2023, 9, 28)


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def numbers(made: PreparedReport) -> dict[str, int]:
    return {figure.code: figure.number for figure in made.report.figures if figure.number}


def the_third_quarter(office: Office) -> PreparedReport:
    return reports.make(office, reports.period_of(QUARTERLY, YEAR, 3))


def a_summer(office: Office) -> list[int]:
    """Four applications received in September: approved, refused, withdrawn, waiting."""
    found = [receive(office, invite(office, n), SUMMER).application for n in range(1, 5)]
    for application, outcome in zip(found, ("approved", "refused", "withdrawn"), strict=False):
        decide(office, application, outcome, SUMMER_DAY)
    issue(office, found[0], date(2023, 9, 29))
    return list(found)


def test_a_quarter_counts_what_the_two_governments_exchange(office: Office) -> None:
    a_summer(office)
    made = the_third_quarter(office)
    assert made.report.rule == "REP-02"
    assert numbers(made) == {
        "letters": 4,
        "received": 4,
        "approved": 1,
        "issued": 1,
        "refused": 1,
        "withdrawn": 1,
    }
    assert made.finding.outcome is RuleOutcome.PASS
    assert (made.caps["applications"], made.use["used"]) == (7350, 4)


def test_a_week_counts_by_the_day_of_each_event(office: Office) -> None:
    a_summer(office)
    received = reports.make(office, reports.period_of(WEEKLY, YEAR, 38))
    assert numbers(received) == {"submitted": 4}
    decided = reports.make(office, reports.period_of(WEEKLY, YEAR, 39))
    assert (decided.report.rule, decided.report.period.first) == ("REP-01", date(2023, 9, 25))
    assert numbers(decided) == {"approved": 1, "refused": 1, "withdrawn": 1}
    assert len(decided.report.figure("submitted").to_date) == 4


def test_a_receipt_of_new_years_eve_in_toronto_is_of_the_old_year(tmp_path: Path) -> None:
    office = open_office(tmp_path / "register.imp", today=date(2024, 1, 5))
    receive(office, invite(office, 1, letter_date="2023-12-01", letter_received_date="2023-12-05"),
            datetime(2024, 1, 1, 3, tzinfo=UTC))  # fmt: skip
    assert numbers(reports.make(office, reports.period_of(YEARLY, 2023)))["received"] == 1
    assert "received" not in numbers(reports.make(office, reports.period_of(QUARTERLY, 2024, 1)))
    assert quota.board(office, 2023).near_boundary == 1
    assert len(quota.figure_rows(office, 2023, "near_boundary").ids) == 1
    office.close()


@pytest.mark.of_a_file("history without its list, which a server refuses")
def test_a_decision_without_a_day_leaves_the_report_incomplete(office: Office) -> None:
    person = invite(office, 1)
    programme = office.programme()
    values = {"received_at": SUMMER, "outcome": Outcome.REFUSED}
    with office.act("imports.commit") as act:
        plan = field_plan.plan(file_of(office, person), values, programme)
        plan_writing.execute(act, plan, person, programme)
    made = the_third_quarter(office)
    assert made.finding.outcome is RuleOutcome.UNKNOWN
    assert made.finding.facts == {"undated": 1}
    assert "refused" not in numbers(made)


@pytest.mark.parametrize(("kind", "number"), [(WEEKLY, 53), (QUARTERLY, 5), (QUARTERLY, 0)])
def test_there_is_no_such_period(kind: ReportKind, number: int) -> None:
    assert error_of(lambda: reports.period_of(kind, YEAR, number)) == "no_such_period"


def test_the_latest_periods_are_the_latest_first(office: Office) -> None:
    found = reports.latest(office, QUARTERLY, 5)
    assert [(p.year, p.number) for p in found] == [
        (2023, 4), (2023, 3), (2023, 2), (2023, 1), (2022, 4),
    ]  # fmt: skip
    assert reports.latest(office, WEEKLY, 1)[0].first == date(2023, 11, 20)
    assert [one.year for one in reports.latest(office, YEARLY, 6)] == [2023, 2022]


def test_a_closed_quarter_stays_as_it_was_and_lists_what_was_corrected(office: Office) -> None:
    found = a_summer(office)
    act = periods.close(office, YEAR, 3)
    correction = decide(office, found[3], "refused", SUMMER_DAY).act
    invite(office, 9)
    snapshot = periods.closed(office, YEAR, 3)
    assert snapshot is not None
    assert (snapshot.act, snapshot.closed_on) == (act, office.clock.today())
    assert {f.code: f.number for f in snapshot.figures}["refused"] == 1
    changes = {c.code: c for c in periods.corrections(office, snapshot)}
    assert (changes["refused"].then, changes["refused"].now) == (1, 2)
    assert changes["refused"].added == (found[3],)
    assert changes["refused"].acts == (correction,)
    assert (changes["letters"].rows, changes["letters"].then, changes["letters"].now) == (
        "letter", 4, 5,
    )  # fmt: skip
    assert set(changes) == {"refused", "letters", "use_letters"}
    assert checking.check(office).passed


def test_a_changed_cap_and_switch_are_listed_beside_a_closed_quarter(office: Office) -> None:
    periods.close(office, YEAR, 3)
    set_cap(office, 10)
    snapshot = periods.closed(office, YEAR, 3)
    assert snapshot is not None
    assert [(c.code, c.then, c.now) for c in periods.corrections(office, snapshot)] == [
        ("cap_applications", 7350, 10)
    ]


def test_only_a_period_that_is_over_is_closed_and_only_once(office: Office) -> None:
    assert error_of(lambda: periods.close(office, YEAR)) == "period_not_over"
    assert error_of(lambda: periods.close(office, YEAR, 4)) == "period_not_over"
    periods.close(office, YEAR, 3)
    assert error_of(lambda: periods.close(office, YEAR, 3)) == "period_closed"
    periods.close(office, 2022)
    assert [(c.period.year, c.period.number) for c in periods.closed_periods(office)] == [
        (2023, 3), (2022, None),
    ]  # fmt: skip


def test_undoing_the_closing_opens_the_period_again(office: Office) -> None:
    act = periods.close(office, YEAR, 3)
    history.undo(office, act)
    assert periods.closed(office, YEAR, 3) is None
    periods.close(office, YEAR, 3)
    assert periods.closed(office, YEAR, 3) is not None


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 400), max_size=80))
def test_rows_kept_as_spans_come_back_the_same(ids: set[int]) -> None:
    assert periods.numbers(periods.spans(tuple(ids))) == sorted(ids)


def test_every_figure_of_the_board_names_exactly_its_rows(office: Office) -> None:
    set_cap(office, 4)
    for number, outcome in enumerate(("approved", "refused", "withdrawn", "returned"), start=1):
        decide(office, receive(office, invite(office, number)).application, outcome)
    issue(office, an_approved(office, 5))
    receive(office, invite(office, 6))
    receive(office, invite(office, 7))
    board = quota.board(office, YEAR)

    def rows(figure: str) -> int:
        return len(quota.figure_rows(office, YEAR, figure).ids)

    assert rows("used") == board.used == 4
    assert rows("received") == board.received == 7
    assert rows("over_cap") == board.over_cap == 2
    for code, count in board.by_outcome.items():
        assert rows(code) == count
    for month, count in enumerate(board.by_month, start=1):
        assert rows(f"{YEAR}-{month:02d}") == count
    for use in (board.letters, board.permits):
        assert rows(use.ledger.value) == use.own
        for month, count in enumerate(use.by_month, start=1):
            assert rows(f"{use.ledger.value}-{YEAR}-{month:02d}") == count
    assert error_of(lambda: rows("nothing")) == "unknown_figure"
    assert error_of(lambda: rows(f"{YEAR}-13")) == "unknown_figure"
    assert [x.id for x in quota.letters_of(office, quota.figure_rows(office, YEAR, "letters").ids)]


def test_official_letters_and_permits_stand_beside_our_own(office: Office) -> None:
    issue(office, an_approved(office, 1))
    quota.set_official(
        office,
        OfficialCount(YEAR, date(2023, 11, 1), 10, issued=6400, letters=6990),
    )
    board = quota.board(office, YEAR)
    assert (board.letters.own, board.letters.effective, board.letters.remaining) == (1, 6990, 10)
    assert (board.permits.effective, board.permits.level) == (6401, 90)
    levels = {f.facts["ledger"]: f.facts["level"] for f in board.findings if "level" in f.facts}
    assert levels == {"letters": 97, "permits": 90}


def test_each_figure_has_its_words() -> None:
    assert set(ORDER) <= FIGURES.keys()
    assert len(set(ORDER)) == len(ORDER)
