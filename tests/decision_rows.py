# SPDX-License-Identifier: Apache-2.0
"""Writes `domain/decision_table.csv`: `python tests/decision_rows.py`.

Each block below varies one subject around a clean file and states, in its own few lines, what the
programme's facts say must come out. Those lines are the oracle: they use dates and nothing of the
product. A row says only what differs from the clean file; so does its expectation.

The clean file, judged on 2023-06-01: lives in Morocco (no start day), letter dated 2023-05-01 and
received 2023-05-04, CSQ (IQ) from 2022-11-02 to 2024-11-02, PR not filed, passport to 2030-01-01,
nothing recorded about documents or the way of filing. Its answers: every rule of the verdict
passes, but ELG-02 and ELG-03, which do not apply abroad. To do: ELG-05 and DOC-01 unknown, DOC-02
and DOC-03 not applicable, PER-04 passes.

Outcomes: P pass, F fail, U unknown, J judgement, N not applicable.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

TABLE = Path(__file__).parent / "domain" / "decision_table.csv"
COLUMNS = (
    *("case", "applied_at", "letter_date", "received", "csq_issued", "csq_expiry", "category"),
    *("pr_state", "pr_filed", "residence", "declared", "address", "status", "status_until"),
    *("r206", "documents", "passport", "application", "channel", "citizenship", "died"),
    *("verdict", "differs", "why"),
)
CLEAN = {
    "applied_at": "2023-06-01",
    "letter_date": "2023-05-01",
    "received": "2023-05-04",
    "csq_issued": "2022-11-02",
    "csq_expiry": "2024-11-02",
    "category": "IQ",
    "pr_state": "not_filed",
    "residence": "MAR",
    "passport": "2030-01-01",
}
ELIGIBLE, NOT, UNKNOWN, JUDGE = "eligible", "not_eligible", "unknown", "judgement"
Row = dict[str, str]


def row(verdict: str, differs: str, why: str, **changes: object) -> Row:
    texts = {name: "" if value is None else str(value) for name, value in changes.items()}
    return CLEAN | texts | {"verdict": verdict, "differs": differs, "why": why}


def after(day: str | date, days: int) -> date:
    start = date.fromisoformat(day) if isinstance(day, str) else day
    return start + timedelta(days=days)


def days_of_the_letter() -> Iterator[Row]:
    """INV-02. Ninety days from receipt, the ninetieth included; else from the letter's date."""
    for received in ("2023-05-04", "2024-02-29", "2024-12-31"):
        issued = after(received, -30)
        csq = {"csq_issued": issued, "csq_expiry": issued.replace(year=issued.year + 2)}
        for days in (0, 1, 30, 59, 60, 83, 88, 89, 90, 91, 92, 120, 365):
            late = days > 90
            # A year on, the two-year CSQ has 335 days left: no warning.
            yield row(
                NOT if late else ELIGIBLE,
                "INV-02=F" if late else "",
                f"day {days} of 90 after receipt",
                applied_at=after(received, days),
                letter_date=after(received, -3),
                received=received,
                **csq,
            )
    for days in (0, 1, 59, 60, 89, 90, 91, 92, 120):
        late = days > 90
        yield row(
            NOT if late else ELIGIBLE,
            "INV-02=F INV-03=F" if late else "INV-03=F",
            f"receipt not recorded: day {days} of 90 after the letter's own date; a warning",
            applied_at=after("2023-05-01", days),
            received=None,
        )


def instants() -> Iterator[Row]:
    """INV-02 and ELG-01 look at Toronto's day: UTC-4 in summer, UTC-5 in winter."""
    # Received 2023-05-04: last day 2023-08-02, which ends at 04:00 UTC on the 3rd (summer).
    # Received 2023-11-01: last day 2024-01-30, which ends at 05:00 UTC on the 31st (winter).
    # Received 2023-08-13: last day 2023-11-11, after the change of 5 November: 05:00 UTC.
    for received, last_instant, first_late in (
        ("2023-05-04", "2023-08-03T03:59:59Z", "2023-08-03T04:00:00Z"),
        ("2023-11-01", "2024-01-31T04:59:59Z", "2024-01-31T05:00:00Z"),
        ("2023-08-13", "2023-11-12T04:59:59Z", "2023-11-12T05:00:00Z"),
    ):
        dates = {"letter_date": after(received, -3), "received": received}
        yield row(ELIGIBLE, "", "last second in Toronto", applied_at=last_instant, **dates)
        yield row(NOT, "INV-02=F", "first second after it", applied_at=first_late, **dates)
    # Leaves Quebec for Morocco: in Quebec up to 1 June, gone from 2 June (summer: 04:00 UTC).
    left = "CAN-QC ..2023-06-01 | MAR 2023-06-02.."
    here = {"residence": left, "status": "worker", "status_until": "2024-06-01", "r206": "no"}
    paper = {"documents": "residence_proof"}
    yield row(
        *(NOT, "ELG-01=F ELG-02=P ELG-03=P", "still 1 June in Toronto: lives in Quebec"),
        applied_at="2023-06-02T03:59:59Z",
        **here,
        **paper,
    )
    yield row(
        *(ELIGIBLE, "", "2 June in Toronto: lives in Morocco"),
        applied_at="2023-06-02T04:00:00Z",
        **here,
        **paper,
    )
    yield row(
        *(ELIGIBLE, "", "2023-06-02 in UTC and in Toronto alike"),
        applied_at="2023-06-02T16:00:00Z",
        **here,
        **paper,
    )


def programme_window() -> Iterator[Row]:
    """PRG-01. Letters dated from 2022-05-24 to 2025-01-15, whenever they came."""
    for dated in (
        *("2022-01-01", "2022-05-22", "2022-05-23", "2022-05-24", "2022-05-25", "2023-01-01"),
        *("2024-12-31", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17", "2025-03-01"),
        "2026-01-15",
    ):
        inside = "2022-05-24" <= dated <= "2025-01-15"
        csq = {"csq_issued": after(dated, -60), "csq_expiry": _two_years(after(dated, -60))}
        for received in (None, after(dated, 5)):
            warned = " INV-03=F" if received is None else ""
            yield row(
                ELIGIBLE if inside else NOT,
                f"{'' if inside else 'PRG-01=F'}{warned}".strip(),
                f"letter dated {dated}",
                applied_at=after(dated, 20),
                letter_date=dated,
                received=received,
                **csq,
            )
    # A letter of the last accepted day may have come later: the ninety days run from then.
    for received, last in (
        ("2025-01-15", "2025-04-15"),
        ("2025-01-20", "2025-04-20"),
        ("2025-01-31", "2025-05-01"),
        ("2025-02-28", "2025-05-29"),
    ):
        for applied, late in ((last, False), (after(last, 1), True)):
            yield row(
                NOT if late else ELIGIBLE,
                "INV-02=F" if late else "",
                f"last letters: received {received}, usable until {last}",
                applied_at=applied,
                letter_date="2025-01-15",
                received=received,
                csq_issued="2024-06-01",
                csq_expiry="2026-06-01",
            )


def _two_years(day: date) -> date:
    return day.replace(year=day.year + 2)


def letters_and_their_use() -> Iterator[Row]:
    """INV-01 and INV-04. No letter: only its absence fails. Written after that day: a warning. One
    first application a letter."""
    for dated, verdict, differs, why in (
        ("2023-05-31", ELIGIBLE, "", "the letter was written the day before"),
        ("2023-06-01", ELIGIBLE, "", "the letter was written that very day"),
        ("2023-06-02", ELIGIBLE, "INV-01=F", "the letter was written the day after: a warning"),
    ):
        yield row(verdict, differs, why, letter_date=dated, received="2023-06-05")
    none = "PRG-01=N INV-01=F INV-02=N INV-03=N INV-04=N"
    yield row(NOT, none, "no letter", letter_date=None, received=None)
    yield row(
        *(NOT, none.replace("INV-04=N", "INV-04=F"), "no letter, and an application was received"),
        letter_date=None,
        received=None,
        application="refused",
    )
    # Never received at IRCC, or come back whole: the letter is as if unused. All others use it.
    spared = {"draft", "ready", "submitted", "returned", "cancelled_over_cap"}
    waiting = {"draft", "ready", "submitted", "received", "acknowledged", "in_process"}
    waiting |= {"action_required", "decision_made"}
    for state in (
        *("draft", "ready", "submitted", "received", "acknowledged", "in_process"),
        *("action_required", "decision_made", "approved", "permit_issued", "refused"),
        *("withdrawn", "returned", "cancelled_over_cap", "letter_lapsed"),
    ):
        form = " DOC-03=U" if state in waiting else ""
        if state in spared:
            yield row(ELIGIBLE, form.strip(), f"letter not used: {state}", application=state)
        else:
            yield row(NOT, f"INV-04=F{form}", f"letter used: {state}", application=state)
    yield row(ELIGIBLE, "", "an extension uses no letter", application="extension received")
    yield row(ELIGIBLE, "DOC-03=P", "form checked", application="draft wording=yes")
    yield row(ELIGIBLE, "DOC-03=F", "wording missing: a warning", application="draft wording=no")


def csq_terms() -> Iterator[Row]:
    """CSQ-01 and the survival rule. 36 months before 2018-08-02, 24 since; alive past its end
    only when PR was filed on or before that end and is still in process."""
    for issued, end in (
        ("2018-07-31", "2021-07-31"),
        ("2018-08-01", "2021-08-01"),
        ("2018-08-02", "2020-08-02"),
        ("2018-08-03", "2020-08-03"),
        ("2020-02-29", "2022-02-28"),
    ):
        for days in (-365, -1, 0, 1, 30):
            dead = days > 0
            yield row(
                NOT if dead else ELIGIBLE,
                "CSQ-01=F CSQ-02=N CSQ-03=F CSQ-06=N DOC-02=U"
                if dead
                else "CSQ-02=N CSQ-06=N DOC-02=U",
                f"issued {issued}, so ended {end}; PR filed {days:+} days from then",
                csq_issued=issued,
                csq_expiry=None,
                pr_state="in_process",
                pr_filed=after(end, days),
            )


# What is known of PR: state, day of filing; then, once the CSQ has ended, verdict and answers.
_END = "2023-07-10"
_PR = (
    (None, None, UNKNOWN, "CSQ-01=F CSQ-02=U CSQ-03=U CSQ-06=N"),
    ("not_filed", None, NOT, "CSQ-01=F CSQ-02=F CSQ-03=N CSQ-06=N"),
    ("in_process", "2022-01-15", ELIGIBLE, "CSQ-02=N CSQ-06=N DOC-02=U"),
    ("in_process", "2023-07-09", ELIGIBLE, "CSQ-02=N CSQ-06=N DOC-02=U"),
    ("in_process", "2023-07-10", ELIGIBLE, "CSQ-02=N CSQ-06=N DOC-02=U"),
    ("in_process", "2023-07-11", NOT, "CSQ-01=F CSQ-02=N CSQ-03=F CSQ-06=N DOC-02=U"),
    ("in_process", None, UNKNOWN, "CSQ-01=F CSQ-02=N CSQ-03=U CSQ-06=N DOC-02=U"),
    # A day of filing alone means in process.
    (None, "2023-05-01", ELIGIBLE, "CSQ-02=N CSQ-06=N DOC-02=U"),
    ("withdrawn", "2023-05-01", NOT, "CSQ-01=F CSQ-02=N CSQ-03=F CSQ-06=N"),
    ("approved", "2023-05-01", NOT, "CSQ-01=F CSQ-02=N CSQ-03=F CSQ-06=N ELG-04=F DOC-02=U"),
    ("refused", "2023-05-01", NOT, "CSQ-01=F CSQ-02=N CSQ-03=F CSQ-06=N ELG-04=F DOC-02=U"),
)


def csq_end_and_pr() -> Iterator[Row]:
    """CSQ-02, CSQ-03, CSQ-06, ELG-04. While the CSQ runs, it passes whatever the PR state; a PR
    decision excludes by itself. The warning of CSQ-06 is for a CSQ near its end without PR."""
    dates = {
        "letter_date": "2023-06-01",
        "received": "2023-06-05",
        "csq_issued": "2021-07-10",
        "csq_expiry": _END,
    }
    for applied in ("2023-06-20", "2023-07-09", "2023-07-10", "2023-07-11", "2023-08-15"):
        for state, filed, verdict, ended in _PR:
            decided = state in ("approved", "refused")
            on_file = state in ("in_process", "approved", "refused") or (not state and filed)
            proof = "DOC-02=U" if on_file or not (state or filed) else ""
            if applied <= _END:
                # Withdrawn: A76 knows only not filed and in process, so somebody weighs it.
                withdrawn = state == "withdrawn"
                parts = ["CSQ-06=N" if on_file else "CSQ-06=F", "ELG-04=F" if decided else ""]
                parts.append("CSQ-03=J" if withdrawn else "")
                expected = " ".join(part for part in (*parts, proof) if part)
                verdict = NOT if decided else JUDGE if withdrawn else ELIGIBLE
            else:
                expected = ended if "DOC-02" in ended or not proof else f"{ended} {proof}"
            yield row(
                verdict,
                expected,
                f"CSQ ends {_END}; PR {state or 'nothing recorded'}, filed {filed or '-'}",
                applied_at=applied,
                pr_state=state,
                pr_filed=filed,
                **dates,
            )


def csq_warning() -> Iterator[Row]:
    """CSQ-06 warns in the last 180 days while PR is not filed; it never blocks."""
    for left in (0, 1, 29, 30, 31, 89, 90, 91, 179, 180, 181, 182, 400):
        expiry = after("2023-06-01", left)
        warned = left <= 180
        yield row(
            *(ELIGIBLE, "CSQ-06=F" if warned else "", f"{left} days of CSQ left, PR not filed"),
            csq_issued=None,
            csq_expiry=expiry,
        )
    for left in (0, 90, 400):
        yield row(
            *(ELIGIBLE, "CSQ-06=N DOC-02=U", f"{left} days of CSQ left, PR filed"),
            csq_issued=None,
            csq_expiry=after("2023-06-01", left),
            pr_state="in_process",
            pr_filed="2023-01-01",
        )


def csq_dates() -> Iterator[Row]:
    """CSQ-01 to CSQ-03 without dates, and with dates that contradict each other."""
    for state, filed, verdict, expected in (
        (None, None, UNKNOWN, "CSQ-01=U CSQ-02=U CSQ-03=U CSQ-06=U DOC-02=U"),
        ("not_filed", None, UNKNOWN, "CSQ-01=U CSQ-02=U CSQ-03=N CSQ-06=U"),
        ("in_process", "2023-01-01", UNKNOWN, "CSQ-01=U CSQ-02=U CSQ-03=U CSQ-06=N DOC-02=U"),
        ("withdrawn", None, UNKNOWN, "CSQ-01=U CSQ-02=U CSQ-03=U CSQ-06=U"),
        ("approved", None, NOT, "CSQ-01=U CSQ-02=U CSQ-03=U CSQ-06=N ELG-04=F DOC-02=U"),
    ):
        yield row(
            *(verdict, expected, f"no CSQ date; PR {state or 'nothing recorded'}"),
            csq_issued=None,
            csq_expiry=None,
            pr_state=state,
            pr_filed=filed,
        )
    # Recorded expiry against the law's: a warning; the recorded one counts until it is mended.
    for recorded, applied, verdict, expected in (
        ("2023-12-31", "2023-07-20", ELIGIBLE, "CSQ-01=F CSQ-06=F"),
        ("2025-06-01", "2023-07-20", ELIGIBLE, "CSQ-01=F"),
        ("2023-06-30", "2023-06-30", ELIGIBLE, "CSQ-01=F CSQ-06=F"),
        ("2023-06-30", "2023-07-01", NOT, "CSQ-01=F CSQ-02=F CSQ-03=N CSQ-06=N"),
        ("2023-07-10", "2023-07-10", ELIGIBLE, "CSQ-06=F"),
        ("2023-07-10", "2023-07-11", NOT, "CSQ-01=F CSQ-02=F CSQ-03=N CSQ-06=N"),
    ):
        yield row(
            *(verdict, expected, "issued 2021-07-10, so 2023-07-10 by law"),
            applied_at=applied,
            csq_issued="2021-07-10",
            csq_expiry=recorded,
        )


def categories() -> Iterator[Row]:
    """CSQ-04 warns outside the named categories; CSQ-05 fails for what is no worker's."""
    yield row(ELIGIBLE, "CSQ-04=U", "category not recorded", category=None)
    for code in ("none", "IQ", "IV", "IW", "IS"):
        yield row(ELIGIBLE, "", f"category {code} is named", category=code)
    for code in ("IP", "IT", "I6", "IZ", "IY", "IU", "IR", "IX"):
        yield row(ELIGIBLE, "CSQ-04=F", f"category {code} is not: a warning", category=code)
    for code in ("business", "family", "humanitarian"):
        yield row(NOT, "CSQ-04=N CSQ-05=F", f"{code}: not a skilled worker's", category=code)


_WORKER = {"status": "worker", "status_until": "2024-06-01", "r206": "no"}
_PROVEN = {"documents": "residence_proof"}
_IN_CANADA = _WORKER | _PROVEN


def places() -> Iterator[Row]:
    """ELG-01 by place: abroad and the other provinces pass, Quebec fails, no province: unknown."""
    for country in ("COL", "FRA", "VNM", "USA"):
        yield row(ELIGIBLE, "", f"lives in {country}", residence=country)
    for province in (*("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "SK", "YT"),):
        yield row(
            *(ELIGIBLE, "ELG-02=P ELG-03=P", f"lives in {province}, status valid, proven"),
            residence=f"CAN-{province}",
            **_IN_CANADA,
        )
    quebec = "ELG-01=F ELG-02=P ELG-03=P"
    yield row(NOT, quebec, "lives in Quebec", residence="CAN-QC", **_IN_CANADA)
    unsaid = "ELG-01=U ELG-02=P ELG-03=P"
    yield row(UNKNOWN, unsaid, "in Canada, no province", residence="CAN", **_IN_CANADA)
    yield row(UNKNOWN, unsaid, "in Canada, no such province", residence="CAN-XX", **_IN_CANADA)
    nothing = "ELG-01=U ELG-02=U ELG-03=U"
    yield row(UNKNOWN, nothing, "no residence recorded", residence=None)


def moves() -> Iterator[Row]:
    """ELG-01 by interval, judged on 2023-06-01. The latest begun of those that cover the day
    counts; one without a start only where no dated one covers; two begun alike that disagree are
    for a person to judge; a gap is unknown."""
    gap = "ELG-01=U ELG-02=U ELG-03=U"
    clash = "ELG-01=J ELG-02=J ELG-03=J"
    here = "ELG-01=F ELG-02=P ELG-03=P"
    there = "ELG-02=P ELG-03=P"
    for stays, verdict, differs, why in (
        ("CAN-QC ..2023-05-31 | MAR 2023-06-01..", ELIGIBLE, "", "left the day before"),
        ("CAN-QC ..2023-06-01 | MAR 2023-06-01..", ELIGIBLE, "", "moved out that very day"),
        ("CAN-QC ..2023-06-01 | MAR 2023-06-02..", NOT, here, "moves out tomorrow"),
        ("MAR ..2023-05-31 | CAN-QC 2023-06-01..", NOT, here, "moved in that day"),
        ("MAR ..2023-06-01 | CAN-QC 2023-06-01..", NOT, here, "moved in that very day"),
        ("MAR ..2023-06-01 | CAN-QC 2023-06-02..", ELIGIBLE, "", "moves in tomorrow"),
        ("MAR | CAN-QC 2023-06-01..", NOT, here, "dated wins over open start"),
        ("MAR | CAN-QC 2023-06-02..", ELIGIBLE, "", "open start holds until then"),
        ("CAN-QC | MAR 2023-06-01..", ELIGIBLE, "", "dated wins over open start"),
        ("CAN-QC | MAR 2023-06-02..", NOT, here, "open start holds until then"),
        ("CAN-QC 2023-06-01.. | MAR 2023-06-01..", JUDGE, clash, "both begin that day"),
        ("CAN-QC 2023-05-01.. | MAR 2023-05-01..", JUDGE, clash, "both begin alike"),
        ("CAN-QC 2023-05-01.. | MAR 2023-05-02..", ELIGIBLE, "", "the later begun counts"),
        ("MAR 2023-05-01.. | CAN-QC 2023-05-02..", NOT, here, "the later begun counts"),
        ("CAN-QC | MAR", JUDGE, clash, "two without a start disagree"),
        ("MAR | COL", ELIGIBLE, "", "two without a start, both outside Quebec"),
        ("CAN-ON | CAN-BC", ELIGIBLE, there, "two provinces, neither Quebec"),
        ("MAR ..2023-05-31", UNKNOWN, gap, "gap: the last stay ended the day before"),
        ("MAR ..2023-06-01", ELIGIBLE, "", "the last day of a stay counts"),
        ("MAR 2023-06-01..", ELIGIBLE, "", "the first day of a stay counts"),
        ("MAR 2023-06-02..", UNKNOWN, gap, "gap: the first stay begins tomorrow"),
        ("MAR 2023-06-01..2023-06-01", ELIGIBLE, "", "a stay of one day"),
        ("CAN-QC 2023-06-01..2023-06-01 | MAR", NOT, here, "one day in Quebec"),
        ("MAR ..2023-05-20 | COL 2023-06-10..", UNKNOWN, gap, "between two stays"),
        ("CAN-QC 2020-01-01..2023-01-31 | CAN-ON 2023-02-01..", ELIGIBLE, there, "left long ago"),
        ("CAN-ON 2020-01-01..2023-05-31 | CAN-QC 2023-06-01..", NOT, here, "Ontario to Quebec"),
        ("CAN-QC ..2023-05-31 | CAN-ON 2023-06-01..", ELIGIBLE, there, "Quebec to Ontario"),
        ("CAN-QC ..2023-06-01 | CAN-ON 2023-06-01..", ELIGIBLE, there, "same day to Ontario"),
        ("MAR ..2022-12-31 | CAN-QC ..2023-12-31", NOT, here, "the nearest open start counts"),
        ("CAN-QC ..2022-12-31 | MAR ..2023-12-31", ELIGIBLE, "", "the nearest open start counts"),
    ):
        yield row(verdict, differs, why, residence=stays, **_IN_CANADA)


def status_in_canada() -> Iterator[Row]:
    """ELG-02. In Canada: status valid, or ended no more than 90 days ago; residence proven by a
    document on file, or by the stay's own proof where no document is recorded."""
    ontario = {"residence": "CAN-ON", "r206": "no"}
    # A visitor may apply inland by an exception only, which is not recorded here; a refugee claim
    # gives no status at all.
    for status in ("visitor", "student", "worker", "claimant"):
        valid = {"visitor": (JUDGE, "J"), "claimant": (NOT, "F")}.get(status, (ELIGIBLE, "P"))
        for days in (365, 1, 0, -1, -89, -90, -91, -92):
            verdict, answer = (NOT, "F") if days < -90 else valid
            yield row(
                verdict,
                f"ELG-02={answer} ELG-03=P",
                f"{status}, until {days:+} days",
                status=status,
                status_until=after("2023-06-01", days),
                **ontario,
                **_PROVEN,
            )
    fails, open_ = "ELG-02=F ELG-03=P", "ELG-02=U ELG-03=P"
    yield row(NOT, fails, "no status at all", status="none", **ontario, **_PROVEN)
    yield row(UNKNOWN, open_, "status not recorded", **ontario, **_PROVEN)
    yield row(UNKNOWN, open_, "its last day not recorded", status="worker", **ontario, **_PROVEN)
    held = {"status": "worker", "status_until": "2024-06-01"} | ontario
    met = "ELG-02=P ELG-03=P"
    for papers, verdict, differs, why in (
        ("", UNKNOWN, open_, "proof not recorded"),
        ("residence_proof:required", NOT, fails, "proof known to be missing"),
        ("residence_proof:received", ELIGIBLE, met, "proof received"),
        ("residence_proof:reviewed", ELIGIBLE, met, "proof reviewed"),
        ("residence_proof:received:2023-05-31", NOT, fails, "proof expired the day before"),
        ("residence_proof:received:2023-06-01", ELIGIBLE, met, "proof expires that day"),
    ):
        yield row(verdict, differs, why, **(held | {"documents": papers}))
    for proof in ("lease", "cra_notice", "utility_bill", "status_document", "other"):
        stay = {"residence": f"CAN-ON 2022-01-01.. {proof}"}
        yield row(ELIGIBLE, met, f"the stay itself is proven: {proof}", **(held | stay))
    word = held | {"residence": "CAN-ON 2022-01-01.. declaration"}
    yield row(UNKNOWN, open_, "the person's own word is no proof", **word)
    lacking = held | {
        "residence": "CAN-ON 2022-01-01.. lease",
        "documents": "residence_proof:required",
    }
    yield row(NOT, fails, "a document known to be missing outweighs the note", **lacking)
    silent = lacking | {"status": None, "status_until": None}
    yield row(NOT, fails, "and outweighs a status that is not recorded", **silent)


def claimants() -> Iterator[Row]:
    """ELG-03. In Canada, the holder of an R206 permit is out; abroad it is not asked."""
    base = {"status": "worker", "status_until": "2024-06-01"} | _PROVEN
    for province in ("CAN-ON", "CAN-BC"):
        stay = base | {"residence": province}
        yield row(NOT, "ELG-02=P ELG-03=F", "holds an R206 permit", r206="yes", **stay)
        yield row(ELIGIBLE, "ELG-02=P ELG-03=P", "holds none", r206="no", **stay)
        yield row(UNKNOWN, "ELG-02=P ELG-03=U", "nothing recorded", **stay)
    for r206 in ("yes", "no", None):
        yield row(ELIGIBLE, "", f"abroad: not asked ({r206 or 'not recorded'})", r206=r206)


def evidence() -> Iterator[Row]:
    """ELG-01. A tick or an address that contradicts the stay is for a person to judge; a stay in
    Quebec fails all the same. An address says nothing of a stay that has ended."""
    here = "ELG-01=F ELG-02=P ELG-03=P"
    for stay, declared, address, verdict, differs, why in (
        ("MAR", "yes", None, ELIGIBLE, "", "the tick says the same"),
        ("MAR", "no", None, JUDGE, "ELG-01=J", "the tick says Quebec"),
        ("MAR", None, "MAR", ELIGIBLE, "", "the address says the same"),
        ("MAR", None, "CAN-QC", JUDGE, "ELG-01=J", "the address is in Quebec"),
        ("MAR", None, "CAN-ON", ELIGIBLE, "", "an address elsewhere, not in Quebec"),
        ("MAR", None, "CAN", ELIGIBLE, "", "an address in Canada, no province: says nothing"),
        ("MAR", "yes", "CAN-QC", JUDGE, "ELG-01=J", "tick and address disagree"),
        ("MAR", "no", "CAN-QC", JUDGE, "ELG-01=J", "tick and address against the stay"),
        ("CAN-ON", "no", None, JUDGE, "ELG-01=J ELG-02=P ELG-03=P", "Ontario, tick says Quebec"),
        ("CAN-ON", "yes", "CAN-ON", ELIGIBLE, "ELG-02=P ELG-03=P", "all say Ontario"),
        ("CAN-QC", "no", "CAN-QC", NOT, here, "all say Quebec"),
        ("CAN-QC", "yes", None, NOT, here, "a tick does not outweigh the stay"),
        ("CAN-QC", "yes", "MAR", NOT, here, "nor do tick and address together"),
        ("MAR 2020-01-01..2023-12-31", None, "CAN-QC", ELIGIBLE, "", "the stay has ended since"),
        (None, "yes", "MAR", UNKNOWN, "ELG-01=U ELG-02=U ELG-03=U", "a tick is no residence"),
    ):
        yield row(
            *(verdict, differs, why),
            residence=stay,
            declared=declared,
            address=address,
            **_IN_CANADA,
        )


def filing() -> Iterator[Row]:
    """ELG-05, second list: online; paper warns, a port of entry blocks; no part of the verdict."""
    yield row(ELIGIBLE, "ELG-05=P", "online", channel="online")
    yield row(ELIGIBLE, "ELG-05=F", "paper: a warning", channel="paper")
    yield row(ELIGIBLE, "ELG-05=F", "port of entry: blocks the receipt", channel="port_of_entry")
    yield row(ELIGIBLE, "", "not known yet")


def papers() -> Iterator[Row]:
    """DOC-01 and DOC-02, second list. Not recorded is unknown; known to be missing fails."""
    whole = "csq letter intent"
    for documents, differs, why in (
        (whole, "DOC-01=P", "all three on file"),
        ("csq letter", "", "intent not recorded"),
        ("csq letter intent:required", "DOC-01=F", "intent known to be missing"),
        ("csq:required letter intent", "DOC-01=F", "CSQ known to be missing"),
        ("csq letter intent:received:2023-05-31", "DOC-01=F", "intent expired the day before"),
        ("csq letter intent:received:2023-06-01", "DOC-01=P", "intent expires that day"),
    ):
        yield row(ELIGIBLE, differs, why, documents=documents)
    filed = {"pr_state": "in_process", "pr_filed": "2023-01-10"}
    for documents, answer, why in (
        ("", "U", "proof of PR not recorded"),
        ("pr_proof:required", "F", "proof of PR known to be missing"),
        ("pr_proof", "P", "proof of PR received"),
    ):
        yield row(ELIGIBLE, f"CSQ-06=N DOC-02={answer}", why, documents=documents, **filed)
    yield row(ELIGIBLE, "DOC-02=U", "nothing recorded of PR", pr_state=None)
    yield row(JUDGE, "CSQ-03=J", "PR withdrawn: no proof asked", pr_state="withdrawn")


def passports() -> Iterator[Row]:
    """PER-04, second list: the passport covers 36 months from the day, to 2026-06-01."""
    for expiry, answer in (
        ("2023-05-31", "F"),
        ("2023-06-01", "F"),
        ("2026-05-31", "F"),
        ("2026-06-01", ""),
        ("2026-06-02", ""),
        (None, "U"),
    ):
        differs = f"PER-04={answer}" if answer else ""
        yield row(ELIGIBLE, differs, f"passport to {expiry or 'not recorded'}", passport=expiry)


def no_need() -> Iterator[Row]:
    """ELG-06 and ELG-07. Only a foreign national who is alive needs a permit: a citizen, a
    permanent resident and somebody who has died by then do not. PR approved is not landed yet."""
    out = "ELG-06=F ELG-02=N"
    for country, verdict, differs in (
        ("MAR", ELIGIBLE, ""),
        ("CAN", NOT, out),
        (None, ELIGIBLE, ""),
    ):
        yield row(verdict, differs, f"citizen of {country or 'nobody knows'}", citizenship=country)
    for status in ("citizen", "permanent_resident"):
        yield row(NOT, out, f"status in Canada: {status}", status=status, residence="CHN")
        stay = {"residence": "CAN-ON", "status": status}
        yield row(NOT, f"{out} ELG-03=U", f"{status} in Ontario: no status is asked", **stay)
    landed = {"pr_state": "landed", "pr_filed": "2023-01-10"}
    yield row(NOT, f"{out} ELG-04=F CSQ-06=N DOC-02=U", "PR landed: permanent resident", **landed)
    yield row(
        *(NOT, "ELG-04=F CSQ-06=N DOC-02=U", "PR approved, not landed"),
        **(landed | {"pr_state": "approved"}),
    )
    for died, gone in (("2023-05-31", True), ("2023-06-01", True), ("2023-06-02", False)):
        yield row(
            *(NOT if gone else ELIGIBLE, "ELG-07=F" if gone else "", f"died on {died}"),
            died=died,
        )


def together() -> Iterator[Row]:
    """How answers add up: fail of a block, then unknown of a block, then judgement; warnings
    never."""
    clash = "CAN-QC 2023-05-01.. | MAR 2023-05-01.."
    yield row(
        *(NOT, "INV-02=F ELG-01=U ELG-02=U ELG-03=U", "a fail outweighs an unknown"),
        applied_at="2023-08-03",
        residence=None,
    )
    yield row(
        *(UNKNOWN, "CSQ-01=U CSQ-02=U CSQ-03=N CSQ-06=U ELG-01=J ELG-02=J ELG-03=J",
          "an unknown outweighs a judgement"),
        csq_issued=None,
        csq_expiry=None,
        residence=clash,
    )  # fmt: skip
    yield row(
        *(NOT, "ELG-01=J ELG-02=J ELG-03=J CSQ-05=F CSQ-04=N", "a fail outweighs a judgement"),
        category="family",
        residence=clash,
    )
    yield row(
        *(ELIGIBLE, "INV-03=F CSQ-01=F CSQ-04=F CSQ-06=F", "four warnings block nothing"),
        received=None,
        category="IP",
        csq_issued="2021-07-01",
        csq_expiry="2023-07-10",
    )
    yield row(
        *(JUDGE, "INV-03=F CSQ-04=U ELG-01=J", "warnings beside a judgement"),
        received=None,
        category=None,
        declared="no",
    )
    yield row(
        *(NOT, "PRG-01=F INV-02=F", "two fails"),
        applied_at="2025-06-01",
        letter_date="2025-01-20",
        received="2025-01-25",
        csq_issued="2024-06-01",
        csq_expiry="2026-06-01",
    )


def entitled_inland() -> Iterator[Row]:
    """ELG-02, R199. A visitor applies inside Canada by an exception only; abroad nobody asks."""
    ontario = {"residence": "CAN-ON", "r206": "no"} | _PROVEN
    for exception, until, verdict, answer, why in (
        ("yes", "2023-07-01", ELIGIBLE, "P", "a visitor with an exception"),
        ("yes", "2023-05-01", ELIGIBLE, "P", "with an exception, restorable for 90 days"),
        ("yes", "2023-02-01", NOT, "F", "with an exception, but lost for good"),
        ("yes", None, UNKNOWN, "U", "with an exception, last day not recorded"),
        ("no", "2023-07-01", NOT, "F", "a visitor without an exception"),
        ("no", None, NOT, "F", "without one, whatever the last day"),
        ("", None, UNKNOWN, "U", "an unknown outweighs the judgement"),
    ):
        yield row(
            *(verdict, f"ELG-02={answer} ELG-03=P", why),
            status=f"visitor r199={exception}" if exception else "visitor",
            status_until=until,
            **ontario,
        )
    held = {"status": "worker r199=no", "status_until": "2024-06-01"} | ontario
    yield row(ELIGIBLE, "ELG-02=P ELG-03=P", "a worker needs no exception", **held)
    abroad = {"status": "visitor r199=no", "status_until": "2023-07-01"}
    yield row(ELIGIBLE, "", "abroad: a visitor's status is not asked", **abroad)
    unproven = held | {"status": "visitor", "documents": ""}
    yield row(UNKNOWN, "ELG-02=U ELG-03=P", "proof not recorded: unknown first", **unproven)


def maintained_status() -> Iterator[Row]:
    """ELG-02, R183(5). Judged on 2023-06-01. What was filed by the last day keeps the status until
    IRCC decides; a refusal ends it on its day and 90 days run from there (2023-03-03 + 90 is
    2023-06-01: 28 left of March, 30, 31, 1 into June)."""
    ontario = {"residence": "CAN-ON", "r206": "no", "status": "worker"} | _PROVEN
    asked = "filed=2023-01-10"
    for until, case, verdict, answer, why in (
        ("2023-01-31", f"route:filed {asked}", ELIGIBLE, "P", "filed before the end, undecided"),
        ("2023-01-10", f"route:filed {asked}", ELIGIBLE, "P", "filed on the last day"),
        ("2023-01-09", f"route:filed {asked}", NOT, "F", "filed a day late: keeps nothing"),
        ("2023-01-31", f"extension received {asked}", ELIGIBLE, "P", "an extension that waits"),
        ("2023-01-31", "", NOT, "F", "nothing filed: lost since 1 May"),
        (
            *("2023-01-31", f"route:refused {asked} decided=2023-03-03", ELIGIBLE, "P"),
            "refused on 3 March: restorable to 1 June",
        ),
        (
            *("2023-01-31", f"route:refused {asked} decided=2023-03-02", NOT, "F"),
            "refused on 2 March: restorable to 31 May",
        ),
        (
            *("2023-01-31", f"route:withdrawn {asked} decided=2023-03-03", ELIGIBLE, "P"),
            "withdrawn on that day: the same",
        ),
        (
            *("2023-01-31", f"route:refused {asked} decided=2023-01-20", NOT, "F"),
            "refused before the end: the end itself counts, 2023-05-01 was the last day",
        ),
        (
            *("2023-01-31", f"route:refused {asked} decided=2023-06-05", ELIGIBLE, "P"),
            "refused later than that day: still kept on it",
        ),
        (
            *("2023-01-31", f"route:refused {asked}", UNKNOWN, "U"),
            "refused on a day that is not recorded",
        ),
        ("2023-01-31", "route:filed", UNKNOWN, "U", "filed on a day that is not recorded"),
        (
            *("2023-01-31", f"route:approved {asked} decided=2023-02-01", UNKNOWN, "U"),
            "approved, but how long the new permit holds is not recorded",
        ),
        (
            *("2023-01-31", f"route:approved {asked} decided=2023-02-01 until=2024-02-01"),
            *(ELIGIBLE, "P", "approved until 2024: status by that permit"),
        ),
        (
            *("2023-01-31", f"route:approved {asked} decided=2023-02-01 until=2023-03-02"),
            *(NOT, "F", "and it ended too long ago"),
        ),
    ):
        form = " DOC-03=N"
        yield row(
            *(verdict, f"ELG-02={answer} ELG-03=P{form}", why),
            status_until=until,
            application=case,
            **ontario,
        )
    word = ontario | {"status": "maintained"}
    met = "ELG-02=P ELG-03=P"
    yield row(ELIGIBLE, met, "recorded as maintained, the old end not known", **word)
    old = word | {"status_until": "2022-06-01"}
    yield row(ELIGIBLE, met, "recorded as maintained since an old end", **old)
    refused = f"route:refused {asked} decided=2023-03-02"
    yield row(
        *(NOT, "ELG-02=F ELG-03=P", "recorded as maintained, but refused on 2 March"),
        application=refused,
        **word,
    )
    held = f"route:approved {asked} decided=2023-02-01 until=2024-02-01"
    bare = ontario | {"status": None}
    yield row(ELIGIBLE, met, "no status recorded: a permit under another route is one",
              application=held, **bare)  # fmt: skip
    claims = ontario | {"status": "claimant"}
    yield row(NOT, "ELG-02=F ELG-03=P", "a claimant stays one", application=held, **claims)


BLOCKS = (
    *(days_of_the_letter, instants, programme_window, letters_and_their_use, csq_terms),
    *(csq_end_and_pr, csq_warning, csq_dates, categories, places, moves, status_in_canada),
    *(claimants, evidence, filing, papers, passports, no_need, together),
    *(entitled_inland, maintained_status),
)


def text() -> str:
    """The table as it stands in the file."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for block in BLOCKS:
        for number, made in enumerate(block(), start=1):
            writer.writerow({"case": f"{block.__name__}-{number}"} | made)
    return out.getvalue()


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{text().count(chr(10)) - 1} rows\n")
