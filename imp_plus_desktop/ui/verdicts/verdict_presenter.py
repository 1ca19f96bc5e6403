# SPDX-License-Identifier: Apache-2.0
"""A verdict's findings in the words of the panel: what was judged, what would turn it, where.

    finding_lines(findings, letters) -> lines with their flip and the dialog that mends it
    deciding(verdict)                -> the findings that make the verdict what it is
    wording_line(finding)            -> the line of the form's wording
    chain_lines(verdict)             -> what could set the last safe day, the one that does marked

Pure; must not judge: a flip comes with its finding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.rules.findings import (
    Finding,
    RuleOutcome,
    Severity,
    Verdict,
    VerdictCode,
)
from imp_plus_desktop.domain.values.records import PersonFile
from imp_plus_desktop.i18n import NO_BREAK_SPACE, _, format_day
from imp_plus_desktop.ui.verdicts.findings import line_of, lines_of, same_words
from imp_plus_desktop.ui.verdicts.safe_day_list import SafeDayLine
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import (
    finding_fix,
    finding_parts,
    flip_text,
    limit_text,
)

_DIALOGS: Mapping[str, str] = {
    "person": "person.edit",
    "residence": "person.residence",
    "passport": "person.passport",
    "filing": "person.receive",
    "permit": "person.receive",
}
"""Which command changes a kind of record."""


def finding_lines(findings: Iterable[Finding], file: PersonFile) -> list[FindingLine]:
    """One line a sentence, with what would turn it and the command that opens its dialog."""
    return [_turned(group, file) for group in same_words(findings)]


def _turned(group: list[Finding], file: PersonFile) -> FindingLine:
    """Where there is a flip it says more than the general advice, which the tooltip keeps."""
    (line,) = lines_of(group)
    first = group[0]
    flip, key = flip_text(first), command_of(first, file)
    if flip is None:
        return line
    rules = ", ".join(finding.rule for finding in group)
    facts = finding_parts(first)[1]
    advice = finding_fix(first)
    return replace(
        line,
        detail=f"{facts}{NO_BREAK_SPACE}·{NO_BREAK_SPACE}{rules}" if facts else rules,
        rule="",
        flip=flip.rstrip("."),
        final=first.final,
        key=key,
        action=_("Correct…") if key else "",
        tip="\n\n".join(part for part in (advice, line.tip) if part),
    )


def command_of(finding: Finding, file: PersonFile) -> str:
    """The command that opens the dialog of the first record to change; empty when there is none.

    `letter.edit#12` names one of several entries.
    """
    if finding.flip is None or not finding.flip.changes:
        return ""
    change = finding.flip.changes[0]
    if change.record == "letter":
        letter = current_letter(file)
        return "person.letter" if letter is None else f"letter.edit#{letter.id}"
    if change.record == "document":
        return f"document:{change.field}"
    if change.record == "application" and change.field == "state":
        return f"application.decide#{change.id}"
    if change.record == "application":
        return f"application.wording#{change.id}"
    return _DIALOGS.get(change.record, "")


def deciding(verdict: Verdict) -> list[Finding]:
    """The findings that make the verdict what it is, in their order."""
    outcome = _DECIDED_BY.get(verdict.code)
    blocking = verdict.code is not VerdictCode.JUDGEMENT
    return [
        finding
        for finding in verdict.findings
        if finding.outcome is outcome and (finding.severity is Severity.BLOCK or not blocking)
    ]


_DECIDED_BY = {
    VerdictCode.NOT_ELIGIBLE: RuleOutcome.FAIL,
    VerdictCode.UNKNOWN: RuleOutcome.UNKNOWN,
    VerdictCode.JUDGEMENT: RuleOutcome.JUDGEMENT,
}


def wording_line(finding: Finding) -> FindingLine:
    """DOC-03 among what is missing; a click opens the dialog that shows the wording."""
    number = finding.facts.get("application")
    return line_of(finding, key=f"application.wording#{number}")


def chain_lines(verdict: Verdict) -> tuple[SafeDayLine, ...]:
    """Each thing that could set the last safe day."""
    return tuple(
        SafeDayLine(
            limit_text(limit), _day(limit.day), binding=limit.binding, excludes=limit.excludes
        )
        for limit in verdict.last_safe_day_chain
    )


def _day(day: date | None) -> str:
    return "" if day is None else format_day(day)
