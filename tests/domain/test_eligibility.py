# SPDX-License-Identifier: Apache-2.0
"""Who may apply: each rule at its edges, and how the answers add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import (
    DAY,
    PERSON,
    a_document,
    a_file,
    a_letter,
    a_passport,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import LetterId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.rules.findings import (
    Finding,
    RuleOutcome,
    Severity,
    Verdict,
    VerdictCode,
)
from imp_plus_desktop.domain.rules.rules import RULES, combine, fails, judgement, passes, unknown
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    PrState,
)
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict

PASS, FAIL, UNKNOWN = RuleOutcome.PASS, RuleOutcome.FAIL, RuleOutcome.UNKNOWN
NOT_APPLICABLE, JUDGEMENT = RuleOutcome.NOT_APPLICABLE, RuleOutcome.JUDGEMENT
LATER = date(2023, 7, 15)


def judge(file: PersonFile, day: date = DAY, **options: Any) -> Verdict:
    return verdict(file, day, programme(), **options)


def answer(file: PersonFile, rule: str, day: date = DAY, **options: Any) -> Finding:
    found = judge(file, day, **options)
    (finding,) = [f for f in found.findings + found.to_do if f.rule == rule]
    return finding


def check(finding: Finding, outcome: RuleOutcome, reason: str) -> None:
    assert (finding.outcome, finding.reason) == (outcome, reason)


def test_a_clean_file_from_abroad_is_eligible() -> None:
    found = judge(a_file())
    assert found.code is VerdictCode.ELIGIBLE
    assert [f.rule for f in found.findings] == [
        *("PRG-01", "INV-01", "INV-02", "INV-03", "INV-04"),
        *("CSQ-01", "CSQ-02", "CSQ-03", "CSQ-04", "CSQ-05", "CSQ-06"),
        *("ELG-01", "ELG-02", "ELG-03", "ELG-04", "ELG-06", "ELG-07"),
    ]
    assert [f.rule for f in found.to_do] == ["ELG-05", "DOC-01", "DOC-02", "DOC-03", "PER-04"]


def test_a_list_that_says_nothing_of_pr_still_reads_eligible() -> None:
    assert judge(a_file(a_person(pr_state=None, csq_category=None))).code is VerdictCode.ELIGIBLE


@pytest.mark.parametrize(
    ("letter_date", "outcome", "reason"),
    [
        (date(2022, 5, 23), FAIL, "letter_before_programme"),
        (date(2022, 5, 24), PASS, "letter_within_programme"),
        (date(2025, 1, 15), PASS, "letter_within_programme"),
        (date(2025, 1, 16), FAIL, "letter_after_last_accepted"),
    ],
)
def test_letters_count_within_the_programmes_window(
    letter_date: date, outcome: RuleOutcome, reason: str
) -> None:
    check(answer(a_file(letters=(a_letter(letter_date),)), "PRG-01"), outcome, reason)


def test_without_a_letter_only_its_absence_fails() -> None:
    file = a_file(letters=())
    check(answer(file, "INV-01"), FAIL, "letter_missing")
    for rule in ("PRG-01", "INV-02", "INV-03"):
        check(answer(file, rule), NOT_APPLICABLE, "no_letter")
    assert judge(file).last_safe_day is None
    assert judge(file).last_safe_day_because is None


def test_of_several_letters_the_latest_counts() -> None:
    late = Letter(LetterId(2), PERSON, date(2025, 1, 16))
    assert answer(a_file(letters=(late, a_letter())), "PRG-01").outcome is FAIL


@pytest.mark.parametrize(
    ("day", "outcome", "reason"),
    [
        (date(2023, 4, 30), FAIL, "letter_not_written_yet"),
        (date(2023, 5, 1), PASS, "letter_present"),
    ],
)
def test_a_day_before_the_letter_was_written_is_a_warning(
    day: date, outcome: RuleOutcome, reason: str
) -> None:
    file = a_file(letters=(a_letter(date(2023, 5, 1)),))
    found = answer(file, "INV-01", day)
    check(found, outcome, reason)
    assert not found.blocks
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    received = receive_findings(file, at, programme(), ApplicationKind.FIRST, Channel.ONLINE)
    assert not any(finding.blocks for finding in received)


def test_a_letter_that_came_later_takes_nothing_from_the_one_there_was() -> None:
    late = Letter(LetterId(2), PERSON, date(2024, 5, 1))
    file = a_file(letters=(a_letter(date(2023, 5, 1)), late))
    check(answer(file, "INV-01", date(2023, 6, 1)), PASS, "letter_present")


@pytest.mark.parametrize(
    ("days", "outcome", "reason"),
    [
        (59, PASS, "letter_in_time"),
        (60, PASS, "letter_ending_soon"),
        (89, PASS, "letter_ending_soon"),
        (90, PASS, "letter_last_day"),
        (91, FAIL, "letter_expired"),
    ],
)
@pytest.mark.parametrize("receipt_known", [True, False])
def test_the_ninetieth_day_is_the_last(
    days: int, outcome: RuleOutcome, reason: str, receipt_known: bool
) -> None:
    start = date(2023, 5, 1)
    letter = a_letter(start if not receipt_known else date(2023, 4, 1), start)
    if not receipt_known:
        letter = replace(letter, letter_received_date=None)
    finding = answer(a_file(letters=(letter,)), "INV-02", start + timedelta(days=days))
    check(finding, outcome, reason)
    assert finding.facts["last_day"] == start + timedelta(days=90)
    assert finding.facts["days_left"] == 90 - days


@pytest.mark.parametrize(
    ("written", "day", "fix"),
    [
        (date(2024, 1, 5), date(2025, 1, 15), "ask_new_letter"),
        (date(2024, 10, 1), date(2025, 1, 16), "check_letter_receipt"),
        (date(2024, 10, 1), date(2025, 3, 30), "check_letter_receipt"),
        (date(2024, 10, 1), date(2025, 3, 31), "check_other_routes"),
        (date(2024, 1, 5), date(2025, 1, 16), "check_other_routes"),
    ],
)
def test_no_new_letter_is_asked_for_once_none_is_accepted_nor_what_can_no_longer_help(
    written: date, day: date, fix: str
) -> None:
    found = answer(a_file(letters=(a_letter(written),)), "INV-02", day)
    assert (found.reason, found.fix) == ("letter_expired", fix)
    assert found.final is (fix == "check_other_routes"), "what is advised is what would help"


def test_a_missing_receipt_date_is_only_a_warning() -> None:
    file = a_file(letters=(a_letter(received=None),))
    check(answer(file, "INV-03"), FAIL, "letter_receipt_missing")
    check(answer(a_file(), "INV-03"), PASS, "letter_receipt_known")
    assert judge(file).code is VerdictCode.ELIGIBLE


@pytest.mark.parametrize("state", list(ApplicationState))
def test_a_letter_serves_one_first_application(state: ApplicationState) -> None:
    states = ApplicationState
    spared = state in {states.DRAFT, states.READY, states.SUBMITTED} or state in {
        states.RETURNED,
        states.CANCELLED_OVER_CAP,
    }
    application = an_application(state)
    file = a_file(applications=(application,))
    check(
        answer(file, "INV-04"),
        PASS if spared else FAIL,
        "letter_unused" if spared else "letter_already_used",
    )
    assert answer(file, "INV-04", ignore_application=application.id).outcome is PASS


def test_a_letter_written_after_a_refusal_opens_the_way_again() -> None:
    before = datetime(2023, 1, 10, 17, tzinfo=UTC)
    refused = replace(an_application(ApplicationState.REFUSED), received_at=before)
    waiting = replace(an_application(ApplicationState.RECEIVED), received_at=before)
    first = replace(a_letter(on=date(2023, 1, 2)), id=LetterId(8))
    again = replace(a_letter(), supersedes_id=first.id)
    assert answer(a_file(letters=(a_letter(),), applications=(refused,)), "INV-04").outcome is PASS
    for file in (
        a_file(letters=(first, again), applications=(refused,)),
        a_file(letters=(a_letter(),), applications=(waiting,)),
    ):
        check(answer(file, "INV-04"), FAIL, "letter_already_used")


@pytest.mark.parametrize(
    ("issued", "expiry"),
    [(date(2018, 8, 1), date(2021, 8, 1)), (date(2018, 8, 2), date(2020, 8, 2))],
)
def test_a_csq_runs_24_months_since_2_august_2018_and_36_before(issued: date, expiry: date) -> None:
    file = a_file(a_person(csq_issue_date=issued, csq_expiry_date=None))
    assert answer(file, "CSQ-02", expiry).outcome is PASS
    assert answer(file, "CSQ-02", expiry + timedelta(days=1)).outcome is FAIL


def test_a_recorded_csq_expiry_that_contradicts_its_issue_is_a_warning() -> None:
    file = a_file(a_person(csq_expiry_date=date(2025, 11, 2)))
    check(answer(file, "CSQ-01"), FAIL, "csq_expiry_differs")
    assert judge(file).code is VerdictCode.ELIGIBLE


EXPIRED = {"csq_issue_date": date(2021, 6, 30), "csq_expiry_date": None}


@pytest.mark.parametrize(
    ("facts", "csq_01", "csq_02", "csq_03"),
    [
        (
            {"pr_state": PrState.NOT_FILED},
            (FAIL, "csq_expired"),
            (FAIL, "csq_expired_pr_not_filed"),
            (NOT_APPLICABLE, "pr_not_filed"),
        ),
        (
            {"pr_state": None},
            (FAIL, "csq_expired"),
            (UNKNOWN, "csq_expired_pr_unknown"),
            (UNKNOWN, "csq_expired_pr_unknown"),
        ),
        (
            {"pr_state": PrState.IN_PROCESS, "pr_filed_on": date(2023, 6, 30)},
            (PASS, "csq_survives"),
            (NOT_APPLICABLE, "pr_filed"),
            (PASS, "csq_survives"),
        ),
        (
            {"pr_state": None, "pr_filed_on": date(2023, 7, 1)},
            (FAIL, "csq_expired"),
            (NOT_APPLICABLE, "pr_filed"),
            (FAIL, "pr_filed_after_csq_expiry"),
        ),
        (
            {"pr_state": None, "pr_number": "E123456789"},
            (FAIL, "csq_expired"),
            (NOT_APPLICABLE, "pr_filed"),
            (UNKNOWN, "pr_filing_day_unknown"),
        ),
        (
            {"pr_state": PrState.WITHDRAWN, "pr_filed_on": date(2023, 1, 1)},
            (FAIL, "csq_expired"),
            (NOT_APPLICABLE, "pr_filed"),
            (FAIL, "pr_not_in_process"),
        ),
    ],
)
def test_an_expired_csq_lives_on_only_when_pr_was_filed_in_time(
    facts: dict[str, Any],
    csq_01: tuple[RuleOutcome, str],
    csq_02: tuple[RuleOutcome, str],
    csq_03: tuple[RuleOutcome, str],
) -> None:
    file = a_file(a_person(**(EXPIRED | facts)))
    check(answer(file, "CSQ-01", LATER), *csq_01)
    check(answer(file, "CSQ-02", LATER), *csq_02)
    check(answer(file, "CSQ-03", LATER), *csq_03)


@given(st.sampled_from([None, *PrState]), st.none() | st.dates(date(2020, 1, 1), date(2025, 1, 1)))
def test_an_unexpired_csq_passes_whatever_is_known_of_pr_but_a_withdrawal(
    state: PrState | None, filed_on: date | None
) -> None:
    file = a_file(a_person(pr_state=state, pr_filed_on=filed_on))
    for rule in ("CSQ-01", "CSQ-02"):
        check(answer(file, rule), PASS, "csq_valid")
    if state is PrState.WITHDRAWN:
        check(answer(file, "CSQ-03"), JUDGEMENT, "pr_withdrawn")
        assert judge(file).code is VerdictCode.JUDGEMENT
    else:
        check(answer(file, "CSQ-03"), PASS, "csq_valid")


def test_without_any_csq_date_the_verdict_is_unknown() -> None:
    file = a_file(a_person(csq_issue_date=None, csq_expiry_date=None, pr_state=None))
    for rule in ("CSQ-01", "CSQ-02", "CSQ-03", "CSQ-06"):
        check(answer(file, rule), UNKNOWN, "csq_dates_unknown")
    assert judge(file).code is VerdictCode.UNKNOWN


@pytest.mark.parametrize(
    ("category", "csq_04", "csq_05"),
    [
        (None, (UNKNOWN, "csq_category_unknown"), PASS),
        ("none", (PASS, "csq_category_accepted"), PASS),
        ("IS", (PASS, "csq_category_accepted"), PASS),
        ("IP", (FAIL, "csq_category_other_route"), PASS),
        ("IX", (FAIL, "csq_category_other_route"), PASS),
        ("business", (NOT_APPLICABLE, "csq_category_not_listed"), FAIL),
    ],
)
def test_only_a_category_that_is_no_workers_blocks(
    category: str | None, csq_04: tuple[RuleOutcome, str], csq_05: RuleOutcome
) -> None:
    file = a_file(a_person(csq_category=category))
    check(answer(file, "CSQ-04"), *csq_04)
    assert answer(file, "CSQ-05").outcome is csq_05
    assert (judge(file).code is VerdictCode.NOT_ELIGIBLE) is (csq_05 is FAIL)


def test_a_csq_warns_in_its_last_180_days_while_pr_is_not_filed() -> None:
    expiry = date(2024, 11, 2)
    for days, outcome in ((181, PASS), (180, FAIL), (0, FAIL), (-1, NOT_APPLICABLE)):
        assert answer(a_file(), "CSQ-06", expiry - timedelta(days=days)).outcome is outcome
    filed = a_file(a_person(pr_state=PrState.IN_PROCESS))
    check(answer(filed, "CSQ-06", expiry), NOT_APPLICABLE, "pr_filed")


@pytest.mark.parametrize(
    ("residences", "outcome", "reason"),
    [
        ((), UNKNOWN, "residence_unknown"),
        ((a_residence(),), PASS, "lives_outside_quebec"),
        ((a_residence("CAN"),), UNKNOWN, "province_unknown"),
        ((a_residence("CAN", "XX"),), UNKNOWN, "province_unknown"),
        ((a_residence("CAN", "ON"),), PASS, "lives_outside_quebec"),
        ((a_residence("CAN", "QC"),), FAIL, "lives_in_quebec"),
        ((a_residence(until_day=date(2023, 5, 31)),), UNKNOWN, "residence_unknown"),
        ((a_residence(), a_residence("CAN", "QC", DAY, id_=2)), FAIL, "lives_in_quebec"),
        (
            (a_residence(), a_residence("CAN", "QC", DAY + timedelta(days=1), id_=2)),
            PASS,
            "lives_outside_quebec",
        ),
        (
            (
                a_residence("CAN", "QC", date(2023, 1, 1)),
                a_residence("MAR", None, date(2023, 5, 1), id_=2),
            ),
            PASS,
            "lives_outside_quebec",
        ),
        (
            (
                a_residence("CAN", "QC", date(2023, 5, 1)),
                a_residence("MAR", None, date(2023, 5, 1), id_=2),
            ),
            JUDGEMENT,
            "residence_conflict",
        ),
    ],
)
def test_residence_is_judged_on_the_day(
    residences: tuple[Any, ...], outcome: RuleOutcome, reason: str
) -> None:
    file = a_file(residences=residences)
    check(answer(file, "ELG-01"), outcome, reason)


def test_a_residence_with_an_open_start_says_so() -> None:
    assert answer(a_file(), "ELG-01").facts["open_start"] is True
    dated = a_file(residences=(a_residence(from_day=date(2020, 1, 1)),))
    assert answer(dated, "ELG-01").facts["open_start"] is False


def test_contradicting_residences_leave_the_verdict_to_a_person() -> None:
    both = (a_residence("CAN", "QC", DAY), a_residence("MAR", None, DAY, id_=2))
    assert judge(a_file(residences=both)).code is VerdictCode.JUDGEMENT


IN_ONTARIO = {
    "residences": (a_residence("CAN", "ON"),),
    "documents": (a_document(DocumentType.RESIDENCE_PROOF),),
}
WORKER = {"canada_status": CanadaStatus.WORKER, "r206": False}


@pytest.mark.parametrize(
    ("facts", "outcome", "reason"),
    [
        ({"canada_status": CanadaStatus.NONE}, FAIL, "canada_status_none"),
        ({}, UNKNOWN, "canada_status_unknown"),
        (WORKER, UNKNOWN, "canada_status_unknown"),
        (WORKER | {"canada_status_until": DAY}, PASS, "canada_status_last_day"),
        (WORKER | {"canada_status_until": DAY + timedelta(days=1)}, PASS, "canada_status_valid"),
        (
            WORKER | {"canada_status_until": DAY - timedelta(days=90)},
            PASS,
            "canada_status_restorable",
        ),
        (WORKER | {"canada_status_until": DAY - timedelta(days=91)}, FAIL, "canada_status_ended"),
    ],
)
def test_in_canada_status_must_be_valid_or_restorable(
    facts: dict[str, Any], outcome: RuleOutcome, reason: str
) -> None:
    check(answer(a_file(a_person(**facts), **IN_ONTARIO), "ELG-02"), outcome, reason)


def test_in_canada_residence_must_be_proven() -> None:
    person = a_person(**WORKER, canada_status_until=DAY)
    bare = replace(a_file(person, **IN_ONTARIO), documents=())
    check(answer(bare, "ELG-02"), UNKNOWN, "residence_proof_not_recorded")
    for document in (
        a_document(DocumentType.RESIDENCE_PROOF, DocumentState.REQUIRED),
        a_document(DocumentType.RESIDENCE_PROOF, expires=DAY - timedelta(days=1)),
    ):
        check(
            answer(replace(bare, documents=(document,)), "ELG-02"), FAIL, "residence_proof_missing"
        )
    assert judge(a_file(person, **IN_ONTARIO)).code is VerdictCode.ELIGIBLE


@pytest.mark.parametrize("recorded", [{}, WORKER])
def test_a_proof_known_to_be_missing_fails_although_the_status_is_not_recorded(
    recorded: dict[str, Any],
) -> None:
    missing = a_document(DocumentType.RESIDENCE_PROOF, DocumentState.REQUIRED)
    file = replace(a_file(a_person(**recorded), **IN_ONTARIO), documents=(missing,))
    check(answer(file, "ELG-02"), FAIL, "residence_proof_missing")
    assert judge(file).code is VerdictCode.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("r206", "outcome", "reason"),
    [(None, UNKNOWN, "r206_unknown"), (True, FAIL, "r206_held"), (False, PASS, "r206_not_held")],
)
def test_in_canada_an_r206_permit_excludes(
    r206: bool | None, outcome: RuleOutcome, reason: str
) -> None:
    check(answer(a_file(a_person(r206=r206), **IN_ONTARIO), "ELG-03"), outcome, reason)


def test_abroad_neither_status_nor_r206_is_asked() -> None:
    for rule in ("ELG-02", "ELG-03"):
        check(answer(a_file(a_person(r206=True)), rule), NOT_APPLICABLE, "lives_abroad")
        check(answer(a_file(residences=()), rule), UNKNOWN, "residence_unknown")


@pytest.mark.parametrize(
    ("state", "outcome", "reason"),
    [
        (None, PASS, "pr_nothing_recorded"),
        (PrState.NOT_FILED, PASS, "pr_undecided"),
        (PrState.WITHDRAWN, PASS, "pr_undecided"),
        (PrState.APPROVED, FAIL, "pr_decided"),
        (PrState.REFUSED, FAIL, "pr_decided"),
    ],
)
def test_only_a_recorded_pr_decision_excludes(
    state: PrState | None, outcome: RuleOutcome, reason: str
) -> None:
    finding = answer(a_file(a_person(pr_state=state)), "ELG-04")
    check(finding, outcome, reason)
    assert finding.facts.get("recorded", True) is (state is not None)


@pytest.mark.parametrize(
    ("channel", "outcome", "reason", "severity"),
    [
        (None, UNKNOWN, "channel_unknown", Severity.BLOCK),
        (Channel.ONLINE, PASS, "channel_online", Severity.BLOCK),
        (Channel.PAPER, FAIL, "channel_paper", Severity.WARN),
        (Channel.PORT_OF_ENTRY, FAIL, "channel_port_of_entry", Severity.BLOCK),
    ],
)
def test_a_port_of_entry_blocks_and_paper_warns(
    channel: Channel | None, outcome: RuleOutcome, reason: str, severity: Severity
) -> None:
    finding = answer(a_file(), "ELG-05", channel=channel)
    check(finding, outcome, reason)
    assert finding.severity is severity


def test_a_document_not_recorded_is_unknown_and_one_recorded_as_missing_fails() -> None:
    letter = a_document(DocumentType.LETTER)
    intent = a_document(DocumentType.INTENT, DocumentState.REVIEWED)
    finding = answer(a_file(documents=(letter,)), "DOC-01")
    check(finding, UNKNOWN, "documents_not_recorded")
    assert finding.facts["not_recorded"] == "csq,intent"
    required = a_document(DocumentType.CSQ, DocumentState.REQUIRED)
    finding = answer(a_file(documents=(letter, required)), "DOC-01")
    check(finding, FAIL, "documents_missing")
    assert finding.facts["missing"] == "csq"
    complete = (letter, intent, a_document(DocumentType.CSQ))
    check(answer(a_file(documents=complete), "DOC-01"), PASS, "documents_on_file")


@pytest.mark.parametrize(
    ("state", "document", "outcome", "reason"),
    [
        (None, None, UNKNOWN, "pr_nothing_recorded"),
        (PrState.NOT_FILED, None, NOT_APPLICABLE, "pr_not_filed"),
        (PrState.WITHDRAWN, None, NOT_APPLICABLE, "pr_not_in_process"),
        (PrState.IN_PROCESS, None, UNKNOWN, "pr_proof_not_recorded"),
        (PrState.IN_PROCESS, DocumentState.REQUIRED, FAIL, "pr_proof_missing"),
        (PrState.IN_PROCESS, DocumentState.RECEIVED, PASS, "pr_proof_on_file"),
    ],
)
def test_pr_once_filed_must_be_proven(
    state: PrState | None, document: DocumentState | None, outcome: RuleOutcome, reason: str
) -> None:
    documents = () if document is None else (a_document(DocumentType.PR_PROOF, document),)
    file = a_file(a_person(pr_state=state), documents=documents)
    check(answer(file, "DOC-02"), outcome, reason)


@pytest.mark.parametrize(
    ("expiry", "outcome", "reason"),
    [
        (None, UNKNOWN, "passport_expiry_unknown"),
        (date(2023, 5, 31), FAIL, "passport_expired"),
        (date(2026, 5, 31), FAIL, "passport_too_short"),
        (date(2026, 6, 1), PASS, "passport_long_enough"),
    ],
)
def test_a_passport_should_outlast_the_term(
    expiry: date | None, outcome: RuleOutcome, reason: str
) -> None:
    finding = answer(a_file(passports=(a_passport(expiry),)), "PER-04")
    check(finding, outcome, reason)
    assert finding.severity is Severity.WARN
    if reason == "passport_too_short":
        assert finding.facts["lost_days"] == 1


@pytest.mark.parametrize(
    ("changes", "day", "because"),
    [
        ({}, date(2023, 8, 2), "letter"),
        ({"person": a_person(**EXPIRED)}, date(2023, 6, 30), "csq"),
        (
            {"person": a_person(**(EXPIRED | {"pr_state": PrState.IN_PROCESS}))},
            date(2023, 8, 2),
            "letter",
        ),
        ({"passports": (a_passport(date(2023, 7, 1)),)}, date(2023, 7, 1), "passport"),
        ({"letters": (a_letter(date(2025, 1, 16)),)}, None, None),
    ],
)
def test_the_last_safe_day_is_the_first_limit(
    changes: dict[str, Any], day: date | None, because: str | None
) -> None:
    found = judge(a_file(**changes))
    assert (found.last_safe_day, found.last_safe_day_because) == (day, because)


def test_a_block_that_fails_outranks_all_then_unknown_then_judgement() -> None:
    fail, silent = fails("ELG-01", "lives_in_quebec"), unknown("ELG-01", "residence_unknown")
    weigh, good = judgement("FAM-02", "principal_waits"), passes("INV-01", "letter_present")
    warned = fails("CSQ-04", "csq_category_other_route")
    quiet = unknown("CSQ-04", "csq_category_unknown")
    assert combine([good, warned, quiet]) is VerdictCode.ELIGIBLE
    assert combine([good, weigh, warned]) is VerdictCode.JUDGEMENT
    assert combine([weigh, silent]) is VerdictCode.UNKNOWN
    assert combine([silent, weigh, fail]) is VerdictCode.NOT_ELIGIBLE
    assert combine([]) is VerdictCode.ELIGIBLE


@given(st.permutations(["ELG-01", "ELG-02", "CSQ-04", "FAM-02"]))
def test_the_order_of_findings_does_not_matter(order: list[str]) -> None:
    made = {
        "ELG-01": fails("ELG-01", "lives_in_quebec"),
        "ELG-02": unknown("ELG-02", "residence_unknown"),
        "CSQ-04": fails("CSQ-04", "csq_category_other_route"),
        "FAM-02": judgement("FAM-02", "principal_waits"),
    }
    assert combine([made[rule] for rule in order]) is VerdictCode.NOT_ELIGIBLE


def test_a_receipt_is_judged_on_its_day_in_toronto() -> None:
    last = datetime(2023, 8, 3, 3, 59, tzinfo=UTC)
    for at, blocked in ((last, False), (last + timedelta(minutes=1), True)):
        findings = receive_findings(
            a_file(), at, programme(), ApplicationKind.FIRST, Channel.ONLINE
        )
        assert any(f.blocks for f in findings) is blocked
        assert [f.rule for f in findings][-5:] == ["ELG-05", "DOC-01", "DOC-02", "DOC-03", "PER-04"]


EXTENDING = {
    "letters": (),
    "residences": (a_residence("CAN", "QC"),),
    "applications": (an_application(ApplicationState.PERMIT_ISSUED),),
    "permits": (a_permit(date(2026, 6, 1)),),
    "documents": (a_document(DocumentType.PR_PROOF),),
}


@pytest.mark.parametrize(
    ("person", "changes", "day", "outcome", "reason"),
    [
        ({}, {}, date(2026, 5, 31), PASS, "extension_in_time"),
        ({}, {}, date(2026, 6, 1), PASS, "extension_last_day"),
        ({}, {}, date(2026, 6, 2), FAIL, "extension_after_permit_end"),
        ({}, {}, date(2026, 8, 30), FAIL, "extension_after_permit_end"),
        ({}, {}, date(2026, 8, 31), FAIL, "extension_after_restoration"),
        ({"pr_state": PrState.APPROVED}, {}, DAY, FAIL, "extension_pr_not_in_process"),
        ({"pr_state": None}, {}, DAY, UNKNOWN, "pr_nothing_recorded"),
        ({}, {"permits": ()}, DAY, UNKNOWN, "permit_to_extend_unknown"),
        ({}, {"documents": ()}, DAY, UNKNOWN, "pr_proof_not_recorded"),
        (
            {},
            {"documents": (a_document(DocumentType.PR_PROOF, DocumentState.REQUIRED),)},
            DAY,
            FAIL,
            "pr_proof_missing",
        ),
    ],
)
def test_an_extension_needs_pr_in_process_and_a_live_permit_but_no_letter(
    person: dict[str, Any],
    changes: dict[str, Any],
    day: date,
    outcome: RuleOutcome,
    reason: str,
) -> None:
    file = a_file(a_person(**({"pr_state": PrState.IN_PROCESS} | person)), **(EXTENDING | changes))
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    findings = receive_findings(file, at, programme(), ApplicationKind.EXTENSION, Channel.ONLINE)
    by_rule = {f.rule: f for f in findings}
    check(by_rule["EXT-01"], outcome, reason)
    for rule in ("ELG-01", "ELG-02", "ELG-03"):
        check(by_rule[rule], NOT_APPLICABLE, "extension_needs_no_residence")
    assert not {"PRG-01", "INV-01", "INV-02", "CSQ-02"} & by_rule.keys()


def test_every_finding_carries_its_rules_source() -> None:
    found = judge(a_file())
    for finding in found.findings + found.to_do:
        assert finding.source == RULES[finding.rule].source


@pytest.mark.parametrize(
    ("state", "fix"),
    [
        (None, "record_pr_state"),
        (PrState.NOT_FILED, "check_other_routes"),
        (PrState.WITHDRAWN, "check_other_routes"),
    ],
)
def test_an_expired_csq_asks_for_the_state_of_pr_only_where_it_is_not_known(
    state: PrState | None, fix: str
) -> None:
    person = a_person(csq_issue_date=None, csq_expiry_date=date(2023, 5, 1), pr_state=state)
    found = answer(a_file(person), "CSQ-01")
    assert (found.reason, found.fix) == ("csq_expired", fix)
