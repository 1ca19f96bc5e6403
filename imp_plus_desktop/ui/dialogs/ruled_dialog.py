# SPDX-License-Identifier: Apache-2.0
"""A form dialog that asks the rules while it is filled in, and says what would come of it.

    RuledDialog(title, ok_text, parent=None, *, sentence="", columns=1)
        .banner: Banner                   the outcome in one line: a place, a last day, a code
        show_rules(findings)              what blocks, warns or is not known; what is met, counted
        day(key) -> date | None, instant(day key, time key) -> datetime | None
    Banner(parent=None)     say(tone, text), set_blocked(bool)
    parse_time(text) -> time        `14:05`, `14h05`, `9:05`; ValueError for what is no time

A subclass overrides `preview()`, called after each edit. Must not hold a rule.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypeVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office import rule_overrides
from imp_plus_desktop.ui.days.day_words import parse_day
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.messages import field_label, name_of, rule_title

_TIME = re.compile(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?$|(\d{2})(\d{2})$")


T = TypeVar("T")


class Banner(QFrame):
    """One line with a sign on a soft ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = GlyphMark(Glyph.NONE, Tone.PLAIN, self)
        self._words = label(wrap=True)
        self._blocked = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._mark)
        layout.addWidget(self._words, 1)
        self.hide()

    def set_blocked(self, blocked: bool) -> None:
        """Whether what is said from now on only comes true once a reason is given."""
        self._blocked = blocked

    def say(self, tone: Tone, text: str) -> None:
        """Show a line; an empty one takes the banner away."""
        if self._blocked and text:
            # No promise in green above what stops it.
            tone = Tone.PLAIN
            text = _("With a reason only: {outcome}").format(outcome=text[0].lower() + text[1:])
        theme.set_role(self, "banner", tone)
        self._mark.set_mark(OF_TONE[tone], tone)
        self._words.setText(text)
        set_name(self, text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """The line shown."""
        return self._words.text()


class RuledDialog(FormDialog[T]):
    """Asks the rules at each edit."""

    ACT = "people.edit"

    def __init__(
        self,
        title: str,
        ok_text: str,
        parent: QWidget | None = None,
        *,
        sentence: str = "",
        columns: int = 1,
    ) -> None:
        super().__init__(title, ok_text, parent, sentence=sentence, columns=columns)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        self._rules: tuple[Finding, ...] = ()
        self.form.edited.connect(self._on_form_edited)

    def preview(self) -> None:
        """Ask the rules what the form as it stands would do."""

    def show_rules(self, findings: Sequence[Finding]) -> None:
        """Say what the rules find; what blocks asks for its reason."""
        self._rules = tuple(findings)
        blocking = rule_overrides.blocking(findings)
        lines = lines_of(f for f in by_weight(findings) if needs_attention(f) and f not in blocking)
        met = [finding for finding in findings if finding.outcome is RuleOutcome.PASS]
        if met:
            words = ngettext("{count} condition met", "{count} conditions met", len(met))
            said = words.format(count=format_number(len(met)))
            quiet = [finding for finding in findings if not needs_attention(finding)]
            tip = "\n".join(
                f"{one.rule} — {rule_title(one.rule)} ({name_of(one.outcome)})" for one in quiet
            )
            lines.append(FindingLine(Tone.OK, said, tip=tip))
        self.show_findings(lines)
        self.show_block(lines_of(blocking), _reason_words(blocking))
        self.banner.set_blocked(bool(blocking))
        if self.isVisible():
            self.fit()

    def rules(self) -> tuple[Finding, ...]:
        """The findings shown."""
        return self._rules

    def show_nothing(self, sentence: str) -> None:
        """Without a day there is nothing to judge: say what is needed instead."""
        self._rules = ()
        self.show_findings(())
        self.show_block((), {})
        self.banner.set_blocked(False)
        self.banner.say(Tone.UNKNOWN, sentence)
        self.set_ok_enabled(False)

    def day(self, key: str) -> date | None:
        """The day in a field; None while it holds none."""
        try:
            return parse_day(self.form.value(key))
        except ValueError:
            return None

    def instant(self, day_key: str, time_key: str) -> datetime | None:
        """Day and time of day as an instant in Toronto; None while either is missing."""
        day = self.day(day_key)
        try:
            at = parse_time(self.form.value(time_key))
        except ValueError:
            self.form.set_finding(
                time_key,
                Tone.BAD,
                _("This is not a time. Write for example {time}.").format(time="14:05"),
            )
            return None
        self.form.set_finding(time_key, Tone.PLAIN, "")
        return None if day is None else instant_in_toronto(day, at)

    def _on_form_edited(self, key: str) -> None:
        self.preview()


def _reason_words(blocking: Sequence[Finding]) -> dict[str, str]:
    """What each reason is asked for; the rule is named where there are several."""
    if len(blocking) == 1:
        return {blocking[0].rule: field_label("reason")}
    words = _("Reason ({rule})")
    return {finding.rule: words.format(rule=rule_title(finding.rule)) for finding in blocking}


def parse_time(text: str) -> time:
    """The time of day that a text says, on 24 hours. ValueError when it says none."""
    match = _TIME.match(text.strip())
    if match is None:
        raise ValueError("no time of day")
    hour, minute = (match[1], match[2]) if match[1] else (match[3], match[4])
    return time(int(hour), int(minute or 0))
