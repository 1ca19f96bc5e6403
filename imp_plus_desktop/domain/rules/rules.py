# SPDX-License-Identifier: Apache-2.0
"""The table of rules, and how findings are made and add up.

The checks themselves live beside their subject. Statements here are documentation, never shown:
the sentence that a user reads is made from `Finding.reason` (see `reasons.py`) at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.rules.fact_flips import flip_of_facts
from imp_plus_desktop.domain.rules.findings import (
    FactValue,
    Finding,
    RuleOutcome,
    Severity,
    VerdictCode,
)

BLOCK, WARN = Severity.BLOCK, Severity.WARN


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the programme. `parameters` names the Programme fields that it reads."""

    id: str
    statement: str
    severity: Severity
    source: str
    parameters: tuple[str, ...] = ()


_TABLE = (
    Rule(
        "PRG-01",
        "The letter is dated within the programme's window.",
        BLOCK,
        "A76",
        ("opened", "last_accepted_letter"),
    ),
    Rule("INV-01", "A letter is present, except for an extension.", BLOCK, "A76"),
    Rule(
        "INV-02",
        "The application is within the window counted from receipt of the letter.",
        BLOCK,
        "A76",
        ("letter_window_days", "letter_warning_days"),
    ),
    Rule("INV-03", "Without a receipt date, the letter's own date counts.", WARN, "house"),
    Rule("INV-04", "One letter, one person, one first application.", BLOCK, "house"),
    Rule(
        "CSQ-01",
        "The CSQ's term follows from its day of issue.",
        WARN,
        "A73",
        ("csq_terms",),
    ),
    Rule("CSQ-02", "PR not filed: the CSQ is unexpired.", BLOCK, "A76"),
    Rule(
        "CSQ-03",
        "PR filed: on or before the CSQ's expiry, and still in process.",
        BLOCK,
        "A76",
    ),
    Rule(
        "CSQ-04",
        "The CSQ's category is one that the programme names.",
        WARN,
        "A73",
        ("csq_accepted", "csq_other_route"),
    ),
    Rule("CSQ-05", "The CSQ is a skilled worker's.", BLOCK, "A76", ("csq_not_worker",)),
    Rule(
        "CSQ-06",
        "The CSQ is not about to expire with no PR filed.",
        WARN,
        "house",
        ("csq_warning_days",),
    ),
    Rule("ELG-01", "Residence outside Quebec at receipt.", BLOCK, "A76"),
    Rule(
        "ELG-02",
        "In Canada: status valid or restorable, entitled to apply inland, residence proven.",
        BLOCK,
        "A76; IRPR 182, 183, 199",
        ("restoration_days",),
    ),
    Rule("ELG-03", "Not the holder of an R206 permit.", BLOCK, "A76"),
    Rule("ELG-04", "PR is not decided yet.", BLOCK, "A76; QC-FR"),
    Rule("ELG-05", "Filed online, and not at a port of entry.", BLOCK, "A76"),
    Rule(
        "ELG-06",
        "The person is a foreign national: neither a citizen nor a permanent resident of Canada.",
        BLOCK,
        "IRPA 2(1), 30(1)",
    ),
    Rule("ELG-07", "The person is alive.", BLOCK, "house"),
    Rule("DOC-01", "CSQ, letter and intent to live in Quebec are on file.", BLOCK, "A76"),
    Rule("DOC-02", "PR filed: one proof of it is on file.", BLOCK, "A76"),
    Rule("DOC-03", "The form's boxes carry the A76 wording.", WARN, "A76"),
    Rule(
        "PER-01",
        "The permit ends with its term or with the passport.",
        WARN,
        "A76",
        ("term_months", "extension_months"),
    ),
    Rule("PER-02", "The permit is for Quebec, and work and address stay there.", WARN, "A76"),
    Rule("PER-03", "No medical exam: the sector restriction is recorded.", WARN, "OPEN"),
    Rule("PER-04", "The passport covers the whole term.", WARN, "A76", ("term_months",)),
    Rule(
        "CAP-01",
        "Each A76 application uses one place in the Toronto year of receipt.",
        BLOCK,
        "A76",
    ),
    Rule("CAP-02", "Annual intake limit.", BLOCK, "A76", ("caps", "cap_warning_levels")),
    Rule("CAP-03", "Approved, refused and withdrawn keep their place.", BLOCK, "A76"),
    Rule("CAP-04", "Family and study permits use no place.", BLOCK, "A76; C41; C49", ("codes",)),
    Rule("CAP-05", "Returned and extension use a place as switched.", WARN, "open", ("places",)),
    Rule("CAP-06", "An over-cap file is cancelled and refunded.", WARN, "A76", ("fees",)),
    Rule(
        "CAP-07",
        "Letters and permits against MIFI's figure.",
        WARN,
        "QC-FR",
        ("caps", "cap_warning_levels"),
    ),
    Rule("CAP-08", "Receipt near the turn of the year.", WARN, "house", ("boundary_hours",)),
    Rule("FAM-01", "C41 or C46 before PR is filed, C49 after.", WARN, "A76"),
    Rule(
        "FAM-02",
        "The principal has enough time left, by the rule of the day.",
        BLOCK,
        "C41",
        ("family_rules",),
    ),
    Rule(
        "FAM-03",
        "A member is of the family, a child dependent, at receipt and at decision.",
        BLOCK,
        "C49",
        ("child_age", "birthday_warning_days"),
    ),
    Rule("FAM-04", "A member's permit ends with the principal's at most.", BLOCK, "C41"),
    Rule("FAM-05", "A member's permit names the province of Quebec.", WARN, "A76"),
    Rule("FAM-06", "A member does not arrive before the principal.", BLOCK, "C41"),
    Rule("FAM-07", "Principal refused or dead: the family is flagged.", WARN, "C41"),
    Rule(
        "FAM-08",
        "A minor abroad who will study asks for a study permit and a CAQ; one in Quebec neither.",
        WARN,
        "MINORS; RIQ20",
        ("majority",),
    ),
    Rule(
        "FAM-09",
        "A child who studies without a permit asks for one before 18.",
        WARN,
        "MINORS",
        ("majority", "birthday_warning_days"),
    ),
    Rule("FAM-10", "The member is a foreign national.", BLOCK, "IRPA 2(1), 30(1)"),
    Rule("FAM-11", "A spouse has no A76 of their own: one of the two leads.", WARN, "C41; C49"),
    Rule(
        "FAM-12",
        "A member in Canada: status valid or restorable, entitled to apply inland.",
        BLOCK,
        "C41; C49; IRPR 182, 183, 199",
        ("restoration_days",),
    ),
    Rule(
        "EXT-01",
        "Extension: PR in process, acknowledged, filed before the permit ends.",
        BLOCK,
        "A76; IRPR 201",
        ("restoration_days",),
    ),
    Rule("EXT-02", "A permit is expiring.", WARN, "house", ("permit_warning_days",)),
    Rule("CLK-01", "Biometrics are given in time.", WARN, "CARD; IRPR 12.7", ("clocks",)),
    Rule(
        "CLK-02",
        "The medical exam is passed in time, and its result holds on the day of entry.",
        WARN,
        "CARD; CVMED",
        ("clocks",),
    ),
    Rule(
        "CLK-03",
        "Documents are uploaded on the letter's day, before midnight UTC.",
        WARN,
        "WORK24",
        ("clocks",),
    ),
    Rule("CLK-04", "Entry before the date on the letter of introduction.", WARN, "POE"),
    Rule(
        "FEE-01",
        "What was paid is what the family's composition asks for.",
        WARN,
        "IRPR",
        ("fees", "biometrics_ages", "clocks"),
    ),
    Rule(
        "FEE-02",
        "Refused or withdrawn: the holder fee is refundable.",
        WARN,
        "IRPR 303.2",
        ("fees",),
    ),
    Rule("REP-01", "Weekly: submitted, approved, refused, withdrawn.", WARN, "A76"),
    Rule(
        "REP-02",
        "Quarterly: letters issued; received, approved, issued, refused, withdrawn.",
        WARN,
        "A76",
    ),
    Rule("FEE-03", "No compliance fee on an IMP+ file.", WARN, "A73"),
    Rule("ID-01", "Numbers have the shape of their kind.", WARN, "UCI1; GCMS; EMPSPEC"),
    Rule("ID-02", "No UCI stands for two people, no number for two applications.", BLOCK, "house"),
    Rule("ID-03", "The check digits of the passport's two lines fit.", WARN, "MRZ"),
    Rule("ID-04", "A passport number stands for one person.", WARN, "house"),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _TABLE})


def passes(rule: str, reason: str, *, fix: str | None = None, **facts: FactValue) -> Finding:
    """A finding of a rule that holds."""
    return _finding(rule, RuleOutcome.PASS, reason, fix, None, facts)


def fails(
    rule: str,
    reason: str,
    *,
    fix: str | None = None,
    severity: Severity | None = None,
    **facts: FactValue,
) -> Finding:
    """A finding of a rule that is broken; `severity` softens the rule's own for this case."""
    return _finding(rule, RuleOutcome.FAIL, reason, fix, severity, facts)


def unknown(rule: str, reason: str, *, fix: str | None = None, **facts: FactValue) -> Finding:
    """A finding of a rule whose facts are not recorded."""
    return _finding(rule, RuleOutcome.UNKNOWN, reason, fix, None, facts)


def judgement(rule: str, reason: str, *, fix: str | None = None, **facts: FactValue) -> Finding:
    """A finding that a person must weigh."""
    return _finding(rule, RuleOutcome.JUDGEMENT, reason, fix, None, facts)


def not_applicable(rule: str, reason: str, **facts: FactValue) -> Finding:
    """A finding of a rule that this file does not meet at all."""
    return _finding(rule, RuleOutcome.NOT_APPLICABLE, reason, None, None, facts)


def combine(findings: Iterable[Finding]) -> VerdictCode:
    """How findings add up: fail of a block, unknown of a block, judgement, else eligible."""
    seen = {(finding.outcome, finding.severity) for finding in findings}
    if (RuleOutcome.FAIL, BLOCK) in seen:
        return VerdictCode.NOT_ELIGIBLE
    if (RuleOutcome.UNKNOWN, BLOCK) in seen:
        return VerdictCode.UNKNOWN
    if any(outcome is RuleOutcome.JUDGEMENT for outcome, _severity in seen):
        return VerdictCode.JUDGEMENT
    return VerdictCode.ELIGIBLE


def _finding(
    rule: str,
    outcome: RuleOutcome,
    reason: str,
    fix: str | None,
    severity: Severity | None,
    facts: Mapping[str, FactValue],
) -> Finding:
    known = RULES[rule]
    settled = outcome in {RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE}
    flip, final = (None, False) if settled else flip_of_facts(reason, facts)
    return Finding(
        rule=rule,
        outcome=outcome,
        severity=severity or known.severity,
        source=known.source,
        reason=reason,
        facts=facts,
        fix=fix,
        flip=flip,
        final=final,
    )
