# SPDX-License-Identifier: Apache-2.0
"""A field for the two lines at the foot of a passport: pasted once, they fill what is empty.

    MrzField(office, form, parent=None, *, fields=None)
        fills the empty fields of `form`; `fields` gives their keys where they are called otherwise

What the lines hold is read by `services/identity`; a check digit that does not fit is said below.
Nothing of the lines themselves is kept. Must not hold a rule.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import identity
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_about, set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.messages import error_text, finding_fix, finding_text

_LETTERS = 88


class MrzField(QWidget):
    """The pasted lines and what is wrong with them."""

    def __init__(
        self,
        office: Office,
        form: FormGrid,
        parent: QWidget | None = None,
        *,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._form, self._fields = office, form, fields
        self._words = label(_("Two lines of the passport"), "secondary")
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(_("Paste both lines here"))
        set_name(self.edit, _("Two lines of the passport"))
        self.edit.textChanged.connect(self._on_text_changed)
        self._finding = label(role="finding", wrap=True)
        self._finding.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        form.align_words(self._words)
        row.addWidget(self._words)
        row.addWidget(self.edit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addLayout(row)
        layout.addWidget(self._finding)

    def finding(self) -> str:
        """What stands below the field."""
        return self._finding.text()

    def _on_text_changed(self, text: str) -> None:
        if len("".join(text.split())) < _LETTERS:
            self._say(Tone.PLAIN, "")
            return
        try:
            read = identity.read_mrz(self._office, text)
        except DomainError as error:
            self._say(Tone.WARN, error_text(error))
            return
        empty = {key: said for key, said in self._named(read.values) if self._is_empty(key)}
        self._form.set_values(empty)
        if empty:
            self._form.edited.emit(next(iter(empty)))
        fits = read.finding.outcome is RuleOutcome.PASS
        words = [finding_text(read.finding), finding_fix(read.finding) or ""]
        said = ". ".join(word.rstrip(".") for word in words if word)
        self._say(Tone.OK if fits else Tone.WARN, said, read.finding.rule)

    def _named(self, values: Mapping[str, str]) -> list[tuple[str, str]]:
        """What was read, by the names of the form's fields."""
        if self._fields is None:
            return list(values.items())
        return [(self._fields[key], said) for key, said in values.items() if key in self._fields]

    def _is_empty(self, key: str) -> bool:
        return key in self._form.keys() and not self._form.value(key)  # noqa: SIM118

    def _say(self, tone: Tone, sentence: str, rule: str = "") -> None:
        sign = {Tone.OK: "✓ ", Tone.WARN: "▲ "}.get(tone, "")
        self._finding.setText(sign + sentence)
        self._finding.setVisible(bool(sentence))
        set_tip(self._finding, rule)
        theme.set_role(self._finding, "finding", tone)
        set_about(self.edit, sentence)
