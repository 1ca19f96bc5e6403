# SPDX-License-Identifier: Apache-2.0
"""What a rule says about a file: findings and verdicts as values. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass

FactValue = str | int | bool | date | None


class RuleOutcome(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    JUDGEMENT = "judgement"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


class VerdictCode(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"
    JUDGEMENT = "judgement"


class How(StrEnum):
    """How a record must change: to exactly a value, to at least or at most it, or not to it."""

    SET = "set"
    FROM = "from"
    UNTIL = "until"
    NOT = "not"
    RECORD = "record"
    """Whatever is true may be recorded; the value is one that would do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record: which field, and the value it needs.

    `record` is a noun of the register (person, letter, residence, document, passport, permit,
    application, member, cap), or `filing` for the way an application goes. `id` names one of
    several. Dates are days, both ends included.
    """

    record: str
    field: str
    how: How
    value: FactValue
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of the facts that makes a finding's rule hold, or no longer apply.

    `code` picks its sentence, which may name `facts`. It says what would have to be true, not
    that somebody can still make it so.
    """

    code: str
    changes: tuple[Change, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer. `reason` picks the sentence, `fix` picks the sentence that mends it.

    `facts` holds what the rule looked at (days, codes, counts, country codes), never names.
    `fix` is a code that `words/messages.py` knows, None when nothing is to be mended.
    `flip` is the smallest change that would turn it; `final` says that there is none.
    """

    rule: str
    outcome: RuleOutcome
    severity: Severity
    source: str
    reason: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    fix: str | None = None
    flip: Flip | None = None
    final: bool = False

    @property
    def blocks(self) -> bool:
        return self.outcome is RuleOutcome.FAIL and self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class DayLimit:
    """One thing that can set the last safe day, and what it says.

    `because` names it (letter, csq, passport, programme, status, move …), `reason` picks its
    sentence, `day` is the last day that it allows: None when it sets no day. `excludes` when no
    day is left at all, `binding` for the one that sets the answer.
    """

    because: str
    reason: str
    day: date | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    excludes: bool = False
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who may apply (`findings`) and, apart, what a complete file still needs (`to_do`).

    `last_safe_day_chain` holds everything that could set the last safe day, in fixed order.
    `last_day_without_restoration` is told apart where the status in Canada ends sooner than that.
    """

    code: VerdictCode
    day: date
    findings: tuple[Finding, ...]
    to_do: tuple[Finding, ...]
    last_safe_day: date | None = None
    last_safe_day_because: str | None = None
    last_safe_day_chain: tuple[DayLimit, ...] = ()
    last_day_without_restoration: date | None = None
