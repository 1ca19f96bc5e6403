# SPDX-License-Identifier: Apache-2.0
"""The verdict on a file: what it is and until when, why, and what a complete file still needs.

    FindingLine(tone, text, detail="", tip="", opens=None)     one line, plain values
    VerdictView(tone, title, sentence, findings, to_do, more, chain)
    VerdictPanel(parent=None)       show_verdict(view), retranslate()
        signal line_clicked(object)    what a line that was clicked opens: its Offer

`findings` that pass are folded away behind "Why?" when there are others to read first, and `more`
always is; `to_do` lines carry an empty box. Must not know a rule: it takes sentences.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.ui.look import allowed, theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_about, set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.verdicts.safe_day_list import SafeDayLine, SafeDayList
from imp_plus_desktop.ui.widgets.labels import button, clear, label, making

_TWO_COLUMNS = 34
"""From which width, in sizes of the body's type, findings and what is missing share a line."""
_WIDE = 48
"""The same where findings say what would turn them: those sentences are long."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: its sentence, and in small what it was judged on."""

    tone: Tone
    text: str
    detail: str = ""
    tip: str = ""
    """What the tooltip says: the rule and its source."""
    opens: Offer[Any] | None = None
    """What a click on the line does; its list tells it."""
    rule: str = ""
    """The numbers of its rules, said with the source where somebody asks why."""
    flip: str = ""
    """The smallest change that would turn it, or that there is none."""
    source: str = ""
    """Where the rule comes from; said when the panel is expanded."""


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What the panel shows."""

    tone: Tone
    title: str
    sentence: str
    findings: tuple[FindingLine, ...] = ()
    to_do: tuple[FindingLine, ...] = ()
    more: tuple[FindingLine, ...] = ()
    """Findings that are read only when asked for, such as rules that do not apply."""
    findings_title: str = ""
    """What the findings are called, when it is not simply that."""
    to_do_shown: bool = True
    """Whether it still matters what is missing."""
    chain: tuple[SafeDayLine, ...] = ()
    """What could set the last safe day; read when the panel is expanded."""

    def without_ways(self) -> "VerdictView":
        """The same to be looked at only: its lines lead nowhere."""
        findings, to_do, more = (
            tuple(replace(line, opens=None) for line in lines)
            for lines in (self.findings, self.to_do, self.more)
        )
        return replace(self, findings=findings, to_do=to_do, more=more)


class FindingList(QWidget):
    """Findings one below the other: `FindingList(parent=None)`, `show_lines(lines, boxes)`.

    `line_clicked(object)` tells what a line opens that was clicked, or entered by the keyboard.
    """

    line_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[FindingLine, ...], bool] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.space(2))

    def show_lines(self, lines: Sequence[FindingLine], *, boxes: bool = False) -> None:
        """Show these lines; `boxes` gives each an empty box in place of its sign. The same as
        before are left as they stand."""
        if self._shown == (tuple(lines), boxes):
            return
        self._shown = tuple(lines), boxes
        clear(self._layout)
        for shown in lines:
            self._add_row(shown, boxes=boxes)

    def show_groups(self, lines: Sequence[FindingLine]) -> None:
        """Show these lines under a heading for each answer; rule and source are read aloud."""
        self._shown = None
        clear(self._layout)
        for tone in _GROUPS:
            group = [shown for shown in lines if shown.tone is tone]
            if not group:
                continue
            words = _("{group} ({count})")
            title = label(words.format(group=_group(tone), count=number(len(group))), "small")
            self._layout.addWidget(title)
            title.show()
            for shown in group:
                self._add_row(shown, boxes=False, sourced=True)

    def _add_row(self, shown: FindingLine, *, boxes: bool, sourced: bool = False) -> None:
        row = _FindingRow(shown, box=boxes, sourced=sourced, parent=self)
        row.clicked.connect(self.line_clicked)
        self._layout.addWidget(row)
        # Shown at once: Qt would do it a turn later, and lay everything out a second time.
        row.show()


class VerdictPanel(QWidget):
    """Banner, findings and what is missing."""

    line_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: VerdictView | None = None
        self._expanded = False
        self._banner = QFrame(self)
        self._mark = GlyphMark(Glyph.QUESTION, Tone.UNKNOWN, self._banner, scale=1.1)
        self._title = label(role="heading", wrap=True)
        self._sentence = label(wrap=True)
        self._why = button(role="link")
        self._why.clicked.connect(self._on_why_clicked)
        self._chain = SafeDayList(self)
        self._findings_title = label(role="heading")
        self._findings = FindingList(self)
        self._folded = label(role="small")
        self._to_do_title = label(role="heading")
        self._to_do = FindingList(self)
        for made in (self._findings, self._to_do):
            made.line_clicked.connect(self.line_clicked)
        self._nothing = label(role="secondary", wrap=True)
        self.below = QVBoxLayout()
        """Where a page may add what is read right after the verdict."""
        self.side = QVBoxLayout()
        """Where a page may add what belongs below the findings, such as the family."""
        self._assemble()
        self.retranslate()

    def show_verdict(self, view: VerdictView) -> None:
        """Show a verdict; the folding starts anew for each file."""
        self._expanded = False
        self._view = view
        self._show()

    def retranslate(self) -> None:
        """Write the panel's own words anew; the sentences come with the next `show_verdict`."""
        self._findings_title.setText(_("Findings"))
        self._to_do_title.setText(_("Still missing"))
        self._nothing.setText(_("Nothing: the file is complete."))
        # As wide in both its states, so that it stays where it was pressed.
        widths = []
        for words in (_("Why?"), _("Hide it")):
            self._why.setText(words)
            self._why.ensurePolished()
            widths.append(self._why.sizeHint().width())
        self._why.setMinimumWidth(max(widths))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # Two narrow columns would wrap every sentence: below each other they stay on one line.
        apart = self._view is not None and self._view.to_do_shown
        turned = self._view is not None and any(line.flip for line in self._view.findings)
        narrow = self.width() < theme.metrics().body * (_WIDE if turned else _TWO_COLUMNS)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._columns.setSpacing(theme.space(3 if narrow else 6) if apart else 0)
        self._columns.setStretch(1, int(apart))

    def expand(self, *, whole: bool = True) -> None:
        """Show every finding in its group, and what could set the last safe day; or no longer."""
        if whole != self._expanded:
            self._expanded = whole
            self._show()

    def is_expanded(self) -> bool:
        """Whether every rule is shown."""
        return self._expanded

    def _on_why_clicked(self) -> None:
        self._expanded = not self._expanded
        self._show()

    def _show(self) -> None:
        view = self._view
        self.setVisible(view is not None)
        if view is None:
            return
        theme.set_role(self._banner, "banner", view.tone)
        self._mark.set_mark(OF_TONE[view.tone], view.tone)
        self._mark.setVisible(OF_TONE[view.tone] is not Glyph.NONE)
        theme.set_role(self._title, "heading", view.tone)
        self._title.setText(view.title)
        self._sentence.setText(view.sentence)
        self._sentence.setVisible(bool(view.sentence))
        set_name(self._banner, view.title)
        set_about(self._banner, view.sentence)
        self._arrange()
        self._show_findings(view)
        self._to_do.show_lines(view.to_do, boxes=True)
        self._to_do.setVisible(view.to_do_shown)
        self._to_do_title.setVisible(view.to_do_shown)
        self._nothing.setVisible(view.to_do_shown and not view.to_do)

    def _show_findings(self, view: VerdictView) -> None:
        passing = [f for f in view.findings if f.tone is Tone.OK]
        others = [f for f in view.findings if f.tone is not Tone.OK]
        folds = bool(view.more) or (bool(others) and len(passing) > 2)
        self._chain.show_lines(view.chain if self._expanded else ())
        if not folds or self._expanded:
            shown = (*view.findings, *view.more)
        else:
            shown = view.findings if view.more else tuple(others)
        if self._expanded:
            self._findings.show_groups(shown)
        else:
            self._findings.show_lines(shown)
        met = [f for f in (*view.findings, *view.more) if f.tone is Tone.OK]
        hidden = len(met) - len([f for f in shown if f.tone is Tone.OK])
        words = ngettext("{count} condition met", "{count} conditions met", hidden)
        if view.more and len(met) > hidden:
            words = ngettext("{count} other condition met", "{count} other conditions met", hidden)
        self._folded.setText(words.format(count=number(hidden)))
        self._folded.setVisible(hidden > 0)
        self._why.setVisible(folds)
        self._why.setText(_("Hide it") if self._expanded else _("Why?"))
        self._findings_title.setText(view.findings_title or _("Findings"))
        self._findings_title.setVisible(bool(view.findings))

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.space(1) // 2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        banner = QHBoxLayout(self._banner)
        banner.setContentsMargins(*(theme.space(3),) * 4)
        banner.setSpacing(theme.space(3))
        banner.addWidget(self._mark)
        banner.addLayout(words, 1)
        banner.addWidget(self._why)
        left = QVBoxLayout()
        left.setSpacing(theme.space(2))
        left.addWidget(self._findings_title)
        left.addWidget(self._findings)
        left.addWidget(self._folded)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.space(2))
        for widget in (self._to_do_title, self._to_do, self._nothing):
            right.addWidget(widget)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.space(6))
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._banner)
        layout.addLayout(self.below)
        layout.addWidget(self._chain)
        layout.addLayout(self._columns)
        layout.addLayout(self.side)


class _FindingRow(QWidget):
    clicked = Signal(object)

    def __init__(
        self, shown: FindingLine, *, box: bool, parent: QWidget, sourced: bool = False
    ) -> None:
        super().__init__(parent)
        self._opens = shown.opens
        set_tip(self, shown.tip)
        set_name(self, shown.text)
        why = (shown.rule, shown.source) if sourced else ()
        # Its rule and source are in the tooltip; who hears the page has no pointer to rest on it.
        set_about(self, ". ".join(part for part in (shown.detail, *why, shown.flip) if part))
        if shown.opens is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        sign = Glyph.BOX if box else OF_TONE[shown.tone]
        tone = Tone.PLAIN if box and shown.tone is Tone.UNKNOWN else shown.tone
        mark = GlyphMark(sign, tone, self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(shown.text, wrap=True))
        if shown.detail:
            words.addWidget(_detail(shown.detail))
        if shown.flip:
            words.addLayout(self._flip(shown))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        column = QVBoxLayout()
        column.addWidget(mark)
        column.addStretch(1)
        layout.addLayout(column)
        layout.addLayout(words, 1)

    def _flip(self, shown: FindingLine) -> QHBoxLayout:
        """What would turn the finding, set apart from what it was judged on."""
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        line.addWidget(_detail(shown.flip), 1)
        if shown.opens is not None:
            opens = self._action(shown.opens.text, shown.text)
            line.addWidget(opens, 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _action(self, word: str, about: str) -> QWidget:
        """The word that says that the line opens something; the line itself has the focus."""
        made = button(word, "link")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_name(made, f"{word} {about}")
        made.clicked.connect(self._open)
        making(self._act(), made)
        return made

    def _act(self) -> str:
        return allowed.act_of(self._opens.id) if self._opens is not None else ""

    def _open(self) -> None:
        """Open what it opens, but for whoever may not do that: its word is greyed."""
        if allowed.may(self, self._act()):
            self.clicked.emit(self._opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._opens is not None and event.key() in keys:
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens is not None and self.rect().contains(event.position().toPoint()):
            self._open()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._opens is None or not (self.hasFocus() or self.underMouse()):
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


def _detail(text: str) -> QLabel:
    return label(text, "small", wrap=True)


_GROUPS = (Tone.BAD, Tone.WARN, Tone.UNKNOWN, Tone.OK, Tone.PLAIN)


def _group(tone: Tone) -> str:
    """What the findings of a tone are called together."""
    return {
        Tone.BAD: _("Not met"),
        Tone.WARN: _("To be watched or assessed"),
        Tone.UNKNOWN: _("To be clarified"),
        Tone.OK: _("Met"),
    }.get(tone, _("Not applicable"))
