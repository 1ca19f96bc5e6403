# SPDX-License-Identifier: Apache-2.0
"""Findings of the rules as lines of the window: which tone, which sentence, in which order.

    tone_of(finding) -> Tone
    line_of(finding) -> FindingLine          the headline; detail, remedy and rule in small
    needs_attention(finding) -> bool         neither met nor beside the point
    by_weight(findings) -> list              what blocks first, what does not apply last

Must not judge: tone and order follow from a finding's own outcome and severity.
"""

from collections.abc import Iterable

from imp_plus_desktop.domain.findings import Finding, RuleOutcome, Severity
from imp_plus_desktop.i18n import NO_BREAK_SPACE, _
from imp_plus_desktop.services.messages import finding_fix, finding_parts, name_of, rule_title
from imp_plus_desktop.ui.theme import Tone
from imp_plus_desktop.ui.widgets.verdict_panel import FindingLine

_TONES = {
    RuleOutcome.PASS: Tone.OK,
    RuleOutcome.UNKNOWN: Tone.UNKNOWN,
    RuleOutcome.JUDGEMENT: Tone.WARN,
    RuleOutcome.NOT_APPLICABLE: Tone.PLAIN,
}
_WEIGHTS = (Tone.BAD, Tone.WARN, Tone.UNKNOWN, Tone.OK, Tone.PLAIN)


def tone_of(finding: Finding) -> Tone:
    """The tone in which a finding is said."""
    if finding.outcome is RuleOutcome.FAIL:
        return Tone.BAD if finding.severity is Severity.BLOCK else Tone.WARN
    return _TONES[finding.outcome]


def needs_attention(finding: Finding) -> bool:
    """Whether somebody should read it: it is neither met nor beside the point."""
    return finding.outcome not in {RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE}


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """What blocks first, then what warns, what is not known, what is met."""
    return sorted(findings, key=lambda finding: _WEIGHTS.index(tone_of(finding)))


def line_of(finding: Finding, key: str = "") -> FindingLine:
    """One finding: its headline; in small its detail, what mends it and the rule's number."""
    head, detail = finding_parts(finding)
    fix = finding_fix(finding) if needs_attention(finding) else None
    words = " · ".join(part for part in (detail, (fix or "").rstrip(".")) if part)
    # Kept with the last word, so that no line begins with the rule alone.
    joint = f"{NO_BREAK_SPACE}·{NO_BREAK_SPACE}" if words else ""
    small = f"{words}{joint}{finding.rule}"
    return FindingLine(tone_of(finding), head, small, tip_of(finding), key)


def tip_of(finding: Finding) -> str:
    """The rule behind a finding: its number and title, its answer, its source."""
    return "\n".join(
        (
            f"{finding.rule} — {rule_title(finding.rule)}",
            f"{name_of(finding.outcome)} · {name_of(finding.severity)}",
            _("Source: {source}").format(source=finding.source),
        )
    )
