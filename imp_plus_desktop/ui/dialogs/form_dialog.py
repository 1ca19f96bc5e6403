# SPDX-License-Identifier: Apache-2.0
"""The shape of every dialog that records something: a form, what the rules say, two buttons.

    FormDialog(title, ok_text, parent=None, *, sentence="", columns=1)
        .form: FormGrid        .body: QVBoxLayout (between form and findings)    .findings
        .head: QVBoxLayout (above the form)
        add_strip(widget)               a line above the buttons
        add_beside(widget)              something at the form's side, in view as well
        show_findings(lines)            findings that concern no single field
        show_block(lines, {rule id: words})   what blocks, in red, with a line for a reason each
        reasons() -> {rule id: reason}  only those filled in
        set_ok_enabled(bool), set_sentence(text), tell_whose(name), show_error(AppError), fit()
        is_changed() -> bool            whether a field holds something else than at first
        keep_draft(key, office, person, field) -> bool      what is written survives a crash
        keep_reasons(office, person, field)     so do the reasons that are asked for

Escape, Cancel and the window's cross ask before what was entered is lost; Ctrl+Enter does what
the strong button does.

A subclass overrides `submit() -> bool`: does the call, puts what it answered into `answer`, or
shows what is wrong and returns False to stay open. `ask` is that of every dialog. Must not hold a
rule.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.dialogs.typed_work import KeptTexts, LeaveBar, let_be_read, state_of
from imp_plus_desktop.ui.look import allowed, theme
from imp_plus_desktop.ui.look.format import DASH
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.messages import error_text

T = TypeVar("T")
_ROUNDED = 2
"""Pixels of a dialog's height that a screen at 150 % may take away: a bar would come for them."""


class FormDialog(Dialog[T]):
    """A form with findings and the buttons to do it or not. Whoever may not do what it is for reads
    it."""

    ACT: ClassVar[str] = ""
    """The act that it makes, as the journal calls it; empty for one that makes none."""

    def __init__(
        self,
        title: str,
        ok_text: str,
        parent: QWidget | None = None,
        *,
        sentence: str = "",
        columns: int = 1,
    ) -> None:
        super().__init__(title, parent)
        self._sentence = label(sentence, "secondary", wrap=True)
        self._sentence.setVisible(bool(sentence))
        self.form = FormGrid(self, columns)
        self.form.unfolded.connect(self._on_unfolded)
        self.head = QVBoxLayout()
        self.head.setSpacing(theme.space(2))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(2))
        self.findings = FindingList(self)
        self.findings.hide()
        self._block = QFrame(self)
        self._blocking = FindingList(self._block)
        self._reasons = FormGrid(self._block)
        self._reason_rules: tuple[str, ...] = ()
        self._error = label(role="finding", tone=Tone.BAD, wrap=True)
        self._error.hide()
        self._ok = button(ok_text, "accent")
        self._ok.setDefault(True)
        self._at_first: tuple[object, ...] | None = None
        self._kept_texts = KeptTexts()
        self._reasons_of: tuple[Office, int, str] | None = None
        self._before_asking: QWidget | None = None
        self._leave = LeaveBar()
        self._leave.kept.connect(self._on_leave_kept)
        self._leave.abandoned.connect(self._on_leave_abandoned)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._ok.click)
        self._assemble(label(title, "subject", wrap=True))
        self.setMinimumWidth(theme.metrics().body * (34 if columns == 1 else 54))

    def submit(self) -> bool:
        """Do what the dialog is for; False keeps it open."""
        return True

    def accept(self) -> None:
        """Submit; a failure that the user can mend is shown and keeps the dialog open."""
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        try:
            done = meet(self, self.submit)
        except AppError as error:
            self.show_error(error)
            self.fit()
            # A long form has its sentence below what a small screen shows.
            self._area.ensureWidgetVisible(self._error)
            if isinstance(error, Overtaken):
                self._show_theirs(str(error.parameters["field"]).split(","))
            return
        if done:
            super().accept()
            return
        self.form.focus_finding()
        self.fit()

    def reject(self) -> None:
        """Leave; what was entered is asked about first, and once more goes back to it."""
        if self._leave.isVisible():
            self._on_leave_kept()
        elif self.is_changed():
            self._before_asking = self.focusWidget()
            self._buttons.hide()
            self._leave.ask()
        else:
            self.leave()

    def leave(self) -> None:
        """Close without having done anything; what was entered goes."""
        super().reject()

    def done(self, code: int) -> None:
        if code == QDialog.DialogCode.Accepted or self.is_changed():
            self._kept_texts.end()
        super().done(code)

    def keep_draft(self, key: str, office: Office, person_id: int, field: str) -> bool:
        """Keep what is written in a field until it is stored or given up.

        Whether something was left by a crash: it stands in the field then.
        """
        was_left, bar = self._kept_texts.keep(self.form.field(key), office, person_id, field)
        if bar is not None:
            self.head.addWidget(bar)
        return was_left

    def keep_reasons(self, office: Office, person_id: int, field: str) -> None:
        """Keep what is written of each reason that is asked for, as `keep_draft` does."""
        self._reasons_of = office, person_id, field

    def _draft_reason(self, rule: str, line: QLineEdit) -> None:
        """Show what was left of a reason by a crash, and keep what is written from now on."""
        if self._reasons_of is None:
            return
        office, person, field = self._reasons_of
        self._kept_texts.keep_reason(rule, line, office, person, f"{field} {rule}")

    def is_changed(self) -> bool:
        """Whether a field holds something else than when the dialog was shown."""
        return self._at_first is not None and state_of(self._inner) != self._at_first

    def show_error(self, error: AppError) -> None:
        """Say why it could not be done."""
        self._error.setText("\n".join(filter(None, ("✕ " + error_text(error), error.meanwhile))))
        self._error.show()

    def values_now(self) -> Mapping[str, str]:
        """What the register holds by now of the form's fields; a subclass tells, where it can."""
        return {}

    def _show_theirs(self, names: Sequence[str]) -> None:
        """Say under each field what another desk put there, and in place of what; go to the
        first."""
        now, form = self.values_now(), self.form
        fields = set(form.keys())
        known = [name for name in names if name in now and name in fields]
        for key in known:
            sentence = _("Another desk wrote {theirs} here meanwhile, in place of {before}.")
            theirs, before = form.words_of(key, now[key]), form.words_of(key, form.shown_first(key))
            said = sentence.format(theirs=theirs or DASH, before=before or DASH)
            form.set_finding(key, Tone.WARN, said)
        if known:
            form.focus_field(known[0])
            self._area.ensureWidgetVisible(form.field(known[0]))

    def hide_error(self) -> None:
        """It is tried anew: what was said of the last time holds no more."""
        self._error.hide()

    def show_findings(self, lines: Sequence[FindingLine]) -> None:
        """Show what the rules say of the whole."""
        self.findings.show_lines(lines)
        self.findings.setVisible(bool(lines))

    def show_block(self, lines: Sequence[FindingLine], rules: Mapping[str, str]) -> None:
        """Say what blocks, with a line for a reason to each rule; what was typed stays."""
        self._blocking.show_lines(lines)
        self._block.setVisible(bool(rules))
        if tuple(rules) == self._reason_rules:
            return
        typed = self.reasons()
        self._kept_texts.rest_reasons()
        fresh = FormGrid(self._block)
        for rule, sentence in rules.items():
            line = fresh.add_line(rule, sentence)
            line.setPlaceholderText(_("Reason, required to go on"))
            line.setText(typed.get(rule, ""))
            self._draft_reason(rule, line)
        fresh.edited.connect(self._on_reason_edited)
        layout = self._block.layout()
        if layout is not None:
            layout.replaceWidget(self._reasons, fresh)
        self._reasons.hide()
        self._reasons.deleteLater()
        fresh.show()
        self._reasons, self._reason_rules = fresh, tuple(rules)
        self._show_ok()

    def add_strip(self, strip: QWidget) -> None:
        """Put a line above the buttons, in view however far the form is scrolled. While it says
        something it takes of the form's lower edge: nothing moves, and no room stays empty."""
        # As wide without a bar as with one: no field moves when one comes.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._column.insertWidget(self._column.indexOf(self._buttons), strip)

    def add_beside(self, widget: QWidget) -> None:
        """Put something at the right of the form, in view however far that is scrolled."""
        self._beside.addWidget(widget)

    def reasons(self) -> dict[str, str]:
        """The reasons given, by rule."""
        return {rule: text for rule, text in self._reasons.values().items() if text}

    def fit(self) -> None:
        """Make room for the whole form as far as the screen allows; never less than there is."""
        # What wraps tells its height late, and hidden layouts not at all: settle them first.
        for _turn in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if (layout := self.layout()) is not None:
            layout.activate()
        screen = self.screen().availableSize()
        bar = self._area.verticalScrollBar().sizeHint().width()
        wide = min(self._inner.minimumSizeHint().width() + bar, screen.width() * 9 // 10)
        more_width = max(wide - self._area.width(), 0)
        tall = self._inner.heightForWidth(self._area.width() + more_width - bar)
        allowed = screen.height() * 3 // 4
        more_height = max(min(tall + _ROUNDED, allowed) - self._area.height(), 0)
        if more_width or more_height:
            self.resize(self.width() + more_width, self.height() + more_height)
        if self._beside.count() > 1:  # what stands beside it takes no room of the form's
            self._area.setMinimumWidth(min(wide, screen.width() * 6 // 10))

    def showEvent(self, event: QShowEvent) -> None:
        if self._at_first is None:
            self._let_be_read()
        self.fit()
        if self.focusWidget() is None:
            # Work begins at the form; left to itself, the strong button would have the keys.
            self.focus_start()
        super().showEvent(event)
        if self._at_first is None:
            self._at_first = state_of(self._inner)

    def _let_be_read(self) -> None:
        """For whoever may not do it: what is there can be read and copied, and who may is said."""
        making(self.ACT, self._ok)
        if allowed.may(self, self.ACT):
            return
        told = (self._sentence.text(), allowed.why_not(self, self.ACT))
        self.set_sentence("\n".join(filter(None, told)))
        let_be_read(self._inner)

    def focus_start(self) -> None:
        """Go to where the work begins: the form's first field."""
        keys = self.form.keys()
        if keys:
            self.form.focus_field(keys[0])

    def set_sentence(self, text: str) -> None:
        """What stands under the title."""
        self._sentence.setText(text)
        self._sentence.setVisible(bool(text))

    def tell_whose(self, name: str) -> None:
        """Name under the title whose file it is, above the sentence."""
        self.set_sentence("\n".join(part for part in (name, self._sentence.text()) if part))

    def set_ok_text(self, text: str) -> None:
        """The button says what it will do."""
        self._ok.setText(text)

    def set_ok_enabled(self, enabled: bool) -> None:
        """Whether it can be done at all; rules that block also ask for their reasons."""
        self._ok.setProperty("allowed", enabled)
        self._show_ok()

    def _on_leave_kept(self) -> None:
        # First, since Qt would look for the next field itself, and mark all that stands in it.
        if self._before_asking is not None:
            self._before_asking.setFocus()
        self._leave.hide()
        self._buttons.show()

    def _on_leave_abandoned(self) -> None:
        self.leave()

    def _on_unfolded(self) -> None:
        if self.isVisible():
            self.fit()

    def _on_reason_edited(self, rule: str) -> None:
        self._show_ok()

    def _show_ok(self) -> None:
        wanted = self._ok.property("allowed") is not False
        self._ok.setEnabled(wanted and len(self.reasons()) == len(self._reason_rules))

    def _assemble(self, title: QWidget) -> None:
        self._inner = QWidget(self)
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(0, 0, theme.space(1), 0)
        inner.setSpacing(theme.space(3))
        inner.addWidget(title)
        below = (self.findings, self._error)
        self._assemble_block()
        inner.addWidget(self._sentence)
        inner.addLayout(self.head)
        inner.addWidget(self.form)
        # What stops the act is read before what it would do.
        inner.addWidget(self._block)
        inner.addLayout(self.body)
        for widget in below:
            inner.addWidget(widget)
        inner.addStretch(1)
        self._area = _Area(self._inner)
        self._buttons = buttons = QDialogButtonBox(self)
        # They end where the fields end.
        buttons.setContentsMargins(0, 0, theme.space(1), 0)
        buttons.addButton(self._ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = button(_("Cancel"))
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(5),) * 4)
        layout.setSpacing(theme.space(4))
        self._beside = QHBoxLayout()
        self._beside.setSpacing(theme.space(4))
        self._beside.addWidget(self._area, 1)
        layout.addLayout(self._beside, 1)
        layout.addWidget(buttons)
        layout.addWidget(self._leave)

    def _assemble_block(self) -> None:
        theme.set_role(self._block, "banner", Tone.BAD)
        layout = QVBoxLayout(self._block)
        layout.setContentsMargins(*(theme.space(3),) * 4)
        layout.setSpacing(theme.space(2))
        words = _("A rule blocks this. Go on only with a reason:")
        layout.addWidget(label(words, "heading", Tone.BAD, wrap=True))
        layout.addWidget(self._blocking)
        layout.addWidget(self._reasons)
        self._block.hide()


class _Area(QScrollArea):
    """Scrolls only where the screen is too small for the form."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = inner
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        field = QApplication.focusWidget()
        if field is not None and self._content.isAncestorOf(field):
            self.ensureWidgetVisible(field)  # a strip may have come over it

    def sizeHint(self) -> QSize:
        inner = self._content
        hint = inner.sizeHint()
        screen = self.screen().availableSize()
        width = min(max(hint.width(), inner.minimumWidth()), screen.width() * 9 // 10)
        tall = inner.heightForWidth(width) if inner.hasHeightForWidth() else hint.height()
        most = screen.height() * 3 // 4
        return QSize(width, min(max(tall, hint.height()), most))
