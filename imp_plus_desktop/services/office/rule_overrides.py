# SPDX-License-Identifier: Apache-2.0
"""Whether findings let a change of state pass, and what is kept of an override."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.people.identity import id_02_taken
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.domain.values.errors import DomainError, InvalidInput, Refused


class Blocked(Refused):
    """A rule blocks the change (exit 5); nothing was changed."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("blocked", rules=",".join(f.rule for f in findings if f.blocks))
        self.findings = tuple(findings)


def blocking(
    findings: Sequence[Finding], overrides: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """The findings that stop the change, after the overrides that give a reason."""
    reasons = overrides or {}
    return tuple(f for f in findings if f.blocks and not reasons.get(f.rule, "").strip())


def check(findings: Sequence[Finding], overrides: Mapping[str, str]) -> None:
    """Raise Blocked when a block rule fails without an override.

    Errors: DomainError unknown_rule(rule) for an override of a rule that does not exist.
    """
    for rule in overrides:
        if rule not in RULES:
            raise InvalidInput("unknown_rule", rule=rule)
    if blocking(findings, overrides):
        raise Blocked(findings)


def findings_of(error: DomainError) -> tuple[Finding, ...]:
    """What the rules say of a refusal; empty for one that no rule has made."""
    if isinstance(error, Blocked):
        return error.findings
    if error.code == "identifier_taken":
        found = id_02_taken(str(error.parameters["field"]))
        return (found,) if found is not None else ()
    return ()


def kept(findings: Sequence[Finding], overrides: Mapping[str, str]) -> dict[str, object]:
    """What the journal keeps with the act: what was not a plain pass, and each override used."""
    failed = {f.rule for f in findings if f.blocks}
    quiet = (RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE)
    return {
        "findings": [
            {"rule": f.rule, "outcome": f.outcome.value, "reason": f.reason}
            for f in findings
            if f.outcome not in quiet
        ],
        "overrides": {rule: reason for rule, reason in overrides.items() if rule in failed},
    }
