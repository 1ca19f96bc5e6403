# SPDX-License-Identifier: Apache-2.0
"""A verdict's findings in the words of the panel: what was judged, what would turn it, where.

    finding_lines(findings, file)    -> lines with their flip and what mends it
    mending(finding, file)           -> what opens the dialog of the first record to change
    deciding(verdict)                -> the findings that make the verdict what it is
    missing_lines(verdict, file)     -> what the file still needs, each with what records it
    is_known(finding)                -> whether the register says something of it
    chain_lines(verdict)             -> what could set the last safe day, the one that does marked

Pure; must not judge: a flip comes with its finding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import (
    Finding,
    RuleOutcome,
    Severity,
    Verdict,
    VerdictCode,
)
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.ui.person.actions.application_actions import DECISION, WORDING
from imp_plus_desktop.ui.person.actions.document_actions import checklist_at
from imp_plus_desktop.ui.person.actions.file_table import (
    DOCUMENT,
    EDIT,
    LETTER,
    PASSPORT,
    RECEIVE,
    RESIDENCE,
    FileAction,
    FileOffer,
)
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.actions.record_actions import EDIT_LETTER
from imp_plus_desktop.ui.shell.actions import EntryAction
from imp_plus_desktop.ui.verdicts.findings import (
    line_of,
    lines_of,
    needs_attention,
    same_words,
    tip_of,
    tone_of,
)
from imp_plus_desktop.ui.verdicts.safe_day_list import SafeDayLine
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import (
    finding_fix,
    finding_parts,
    flip_sentence,
    limit_text,
    name_of,
)

_MENDS: Mapping[str, FileAction] = {
    "person": EDIT,
    "residence": RESIDENCE,
    "passport": PASSPORT,
    "filing": RECEIVE,
    "permit": RECEIVE,
}
"""Which action changes a kind of record."""


def finding_lines(findings: Iterable[Finding], file: PersonFile) -> list[FindingLine]:
    """One line a sentence, with what would turn it and the action that opens its dialog."""
    return [_turned(group, file) for group in same_words(findings)]


def _turned(group: list[Finding], file: PersonFile) -> FindingLine:
    """Where there is a flip it says more than the general advice, which the tooltip keeps."""
    (line,) = lines_of(group)
    first = group[0]
    flip = flip_sentence(first)
    if flip is None:
        return line
    advice = finding_fix(first)
    return replace(
        line,
        detail=finding_parts(first)[1],
        flip=flip.rstrip("."),
        opens=mending(first, file),
        tip="\n\n".join(part for part in (advice, line.tip) if part),
    )


def mending(finding: Finding, file: PersonFile) -> FileOffer | None:
    """What opens the dialog of the first record to change; None when there is none."""
    if finding.flip is None or not finding.flip.changes:
        return None
    change, word = finding.flip.changes[0], _("Correct…")
    if change.record == "letter":
        letter = current_letter(file)
        return FileOffer.of(LETTER, word) if letter is None else EDIT_LETTER.offer(letter, word)
    if change.record == "document":
        return FileOffer(word, checklist_at(DocumentType(change.field)), id=DOCUMENT.id)
    if change.record == "application":
        mends = DECISION if change.field == "state" else WORDING
        return _on_application(mends, change.id, file, word)
    action = _MENDS.get(change.record)
    return None if action is None else FileOffer.of(action, word)


def _on_application(
    action: EntryAction[OpenFile, Application], wanted: object, file: PersonFile, word: str
) -> FileOffer | None:
    found = next((a for a in file.applications if str(a.id) == str(wanted)), None)
    return None if found is None else action.offer(found, word)


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


def _wording_line(finding: Finding, file: PersonFile) -> FindingLine:
    """DOC-03 among what is missing; a click opens the dialog that shows the wording."""
    number = finding.facts.get("application")
    return line_of(finding, _on_application(WORDING, number, file, _("Correct…")))


def missing_lines(verdict: Verdict, file: PersonFile) -> list[FindingLine]:
    """What the file still needs, one line a document; a click leads to where it is recorded."""
    lines: list[FindingLine] = []
    for finding in verdict.to_do:
        if not needs_attention(finding):
            continue
        if finding.rule == "DOC-01":
            lines += _documents(finding)
        elif finding.rule == "DOC-02" and finding.reason != "pr_nothing_recorded":
            lines.append(_document(finding, DocumentType.PR_PROOF))
        elif finding.rule == "DOC-02":
            lines.append(line_of(finding, FileOffer.of(EDIT)))
        elif finding.rule == "PER-04" and not is_known(finding):
            lines.append(line_of(finding, FileOffer.of(PASSPORT)))
        elif finding.rule == "DOC-03":
            lines.append(_wording_line(finding, file))
    return lines


def _documents(finding: Finding) -> list[FindingLine]:
    facts = finding.facts
    codes = [*str(facts.get("missing", "")).split(",")]
    codes += str(facts.get("not_recorded", "")).split(",")
    return [_document(finding, DocumentType(code)) for code in codes if code]


def _document(finding: Finding, kind: DocumentType) -> FindingLine:
    state = _("missing") if finding.outcome is RuleOutcome.FAIL else _("not recorded")
    tone = tone_of(finding)
    text = name_of(kind)
    opens = FileOffer(text, checklist_at(kind), id=DOCUMENT.id)
    return FindingLine(tone, text, state, tip_of(finding), opens, finding.rule)


def is_known(finding: Finding) -> bool:
    """Whether the register says something of it."""
    return finding.outcome is not RuleOutcome.UNKNOWN


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
