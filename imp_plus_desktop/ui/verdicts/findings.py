# SPDX-License-Identifier: Apache-2.0
"""Findings of the rules as lines of the window: which tone, which sentence, in which order.

    tone_of(finding) -> Tone
    line_of(finding) -> FindingLine          the headline; detail and remedy in small
    lines_of(findings) -> list               the same, those that say the same in one line
    same_words(findings) -> list             which ones say the same
    needs_attention(finding) -> bool         neither met nor beside the point
    by_weight(findings) -> list              what blocks first, what does not apply last

Must not judge: tone and order follow from a finding's own outcome and severity.
"""

from collections.abc import Iterable
from typing import Any

from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome, Severity
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import finding_fix, finding_parts, name_of, rule_title

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


def line_of(finding: Finding, opens: Offer[Any] | None = None) -> FindingLine:
    """One finding: its headline; in small its detail and what mends it."""
    return _line(tone_of(finding), *_words(finding), [finding], opens)


def lines_of(findings: Iterable[Finding]) -> list[FindingLine]:
    """One line for each sentence: rules that ask for the same thing stand behind one line."""
    return [_line(tone_of(same[0]), *_words(same[0]), same) for same in same_words(findings)]


def same_words(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that say the same together, in their order."""
    same: dict[tuple[Tone, str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault((tone_of(finding), *_words(finding)), []).append(finding)
    return list(same.values())


def _words(finding: Finding) -> tuple[str, str]:
    """The headline; in small what it was judged on and what would mend it."""
    head, detail = finding_parts(finding)
    fix = finding_fix(finding) if needs_attention(finding) else None
    return head, " · ".join(part for part in (detail, (fix or "").rstrip(".")) if part)


def _line(
    tone: Tone,
    head: str,
    words: str,
    findings: list[Finding],
    opens: Offer[Any] | None = None,
) -> FindingLine:
    rules = ", ".join(finding.rule for finding in findings)
    tip = "\n\n".join(tip_of(finding) for finding in findings)
    return FindingLine(tone, head, words, tip, opens, rules, source=source_text(findings[0]))


def source_text(finding: Finding) -> str:
    """Where a rule comes from: the tag of an official page, or the office's own prudence."""
    named = {"house": _("this program’s own prudence"), "open": _("left open by the texts")}
    return named.get(finding.source, finding.source)


def tip_of(finding: Finding) -> str:
    """The rule behind a finding: its number and title, its answer, its source."""
    return "\n".join(
        (
            f"{finding.rule} — {rule_title(finding.rule)}",
            f"{name_of(finding.outcome)} · {name_of(finding.severity)}",
            _("Source: {source}").format(source=source_text(finding)),
        )
    )
