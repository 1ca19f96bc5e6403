# SPDX-License-Identifier: Apache-2.0
"""What a rule says about a file: findings and verdicts as values. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer. `reason` picks the sentence, `fix` picks the sentence that mends it.

    `facts` holds what the rule looked at (days, codes, counts, country codes), never names.
    `fix` is a code that `services/messages.py` knows, None when nothing is to be mended.
    """

    rule: str
    outcome: RuleOutcome
    severity: Severity
    source: str
    reason: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    fix: str | None = None

    @property
    def blocks(self) -> bool:
        return self.outcome is RuleOutcome.FAIL and self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who may apply (`findings`) and, apart, what a complete file still needs (`to_do`)."""

    code: VerdictCode
    day: date
    findings: tuple[Finding, ...]
    to_do: tuple[Finding, ...]
    last_safe_day: date | None = None
    last_safe_day_because: str | None = None
