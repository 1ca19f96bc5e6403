# SPDX-License-Identifier: Apache-2.0
"""Step 1 of an import: the file, the lists found in it, and the question that its dates ask.

    FileStep(parent=None)
        show_reading(name), show_error(name, sentence), show_no_list(name),
        ask_order(name, column), ask_names(name, column), show_preview(p)
        ask_password(name, was_wrong)
        signals: other_file_asked(), order_chosen(str), sheet_chosen(object)   a name, None for all
                 password_given(str)
        focus_question() -> bool     goes to it, where there is one
        is_ready() -> bool           whether there is something to go on with
        retranslate()

Must not read the file.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports.import_source import LOCKED
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.ui.imports.steps.import_presenter import kind_text
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.words.messages import (
    date_order_text,
    date_proof_text,
    error_text,
    ignored_sheet_text,
)
from imp_plus_desktop.words.sheet_texts import hidden_text, strays_text, struck_text

ORDERS = ("dmy", "mdy", "ymd")
_EXAMPLES = {"dmy": "31/12/2023", "mdy": "12/31/2023", "ymd": "2023/12/31"}
_HIDDEN = "hidden"
_WRONG_PASSWORD = "wrong_password"


class FileStep(QWidget):
    """What is in the file."""

    other_file_asked = Signal()
    order_chosen = Signal(str)
    password_given = Signal(str)
    sheet_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._ready = False
        self._sheet_names: list[str | None] = [None]
        self._file_card, self._lists_card, self._dates_card = Card(), Card(), Card()
        self._sentence = label(role="secondary", wrap=True)
        self._other = button()
        self._password_label, self._password, self._unlock = label(), QLineEdit(), button()
        self._lists = QGridLayout()
        self._which_label = label()
        self._which = QComboBox()
        self._dates = label(role="secondary", wrap=True)
        self._orders = QButtonGroup(self)
        self._radios: dict[str, QRadioButton] = {}
        self._lay_out()
        self._other.clicked.connect(self.other_file_asked)
        self._unlock.clicked.connect(self._on_unlock_clicked)
        self._password.returnPressed.connect(self._on_unlock_clicked)
        self._orders.idClicked.connect(self._on_orders_id_clicked)
        self._which.activated.connect(self._on_which_activated)
        self.retranslate()

    def is_ready(self) -> bool:
        """Whether a list was read, so that the import can go on."""
        return self._ready

    def show_reading(self, name: str) -> None:
        """The file is being read."""
        self._show_file(name, _("Reading…"), ready=False)

    def show_error(self, name: str, sentence: str) -> None:
        """The file cannot be read: why, and what can be done."""
        self._show_file(name, sentence, ready=False, tone=Tone.BAD)

    def show_no_list(
        self, name: str, by_hand: bool, hidden: Sequence[str], sheet: str | None = None
    ) -> None:
        """No sheet was recognised: a person can say what its columns are, or read a hidden one."""
        sentence = _("No list was recognised in this file.")
        if by_hand:
            sentence = _(
                "No list was recognised in this file. Continue to say which row holds the headers "
                "and what each column is."
            )
        self._show_file(name, f"▲ {sentence}", ready=False, tone=Tone.WARN)
        if hidden:
            clear(self._lists)
            for place, other in enumerate(hidden):
                self._add_line(place, Glyph.RING, Tone.PLAIN, other, _("hidden sheet"), "")
            self._offer([None, *hidden], set(hidden), sheet)
            self._lists_card.show()

    def ask_names(self, name: str, column: str) -> None:
        """A list has given names and no family names: a person says what its columns are."""
        sentence = _(
            "The column “{column}” holds given names, and no column family names. Continue to say "
            "which column it is, or that these people have one name only."
        ).format(column=column)
        self._show_file(name, f"▲ {sentence}", ready=False, tone=Tone.WARN)

    def ask_order(self, name: str, column: str) -> None:
        """Nothing tells day from month: a person must say."""
        sentence = _("The file is read. One question remains before its rows can be shown.")
        self._show_file(name, sentence, ready=False)
        self._dates_card.set_title(_("Which comes first in this file’s dates?"))
        self._dates.setText(
            _(
                "The column “{column}” holds dates such as 03/04/2023, where nothing tells the day "
                "from the month. One answer holds for the whole file."
            ).format(column=column)
        )
        self._set_radios_shown(True)
        self._dates_card.show()

    def show_failure(self, name: str, error: AppError) -> None:
        """The file was not read: its password is asked for, or it is said why not."""
        if error.code in (LOCKED, _WRONG_PASSWORD):
            self.ask_password(name, error.code == _WRONG_PASSWORD)
        else:
            self.show_error(name, error_text(error))

    def ask_password(self, name: str, was_wrong: bool) -> None:
        """The file is protected: a person must enter its password."""
        if was_wrong:
            self._show_file(
                name, _("This is not the file’s password. Try again."), ready=False, tone=Tone.BAD
            )
        else:
            sentence = _("This file is protected by a password. Enter it to read the file.")
            self._show_file(name, f"▲ {sentence}", ready=False, tone=Tone.WARN)
        self._password.clear()
        self._set_password_shown(True)

    def focus_question(self) -> bool:
        """Go to the question of the password or of the dates, where there is one."""
        if self._password.isVisibleTo(self):
            self._password.setFocus()
            return True
        first = self._radios[ORDERS[0]]
        if first.isVisibleTo(self) and not self._ready:
            first.setFocus()
            return True
        return False

    def show_preview(self, preview: Preview, sheet: str | None = None) -> None:
        """The lists found, and the sheets left out."""
        self._preview = preview
        total = sum(s.parsed.total_rows for s in preview.sheets)
        sentence = ngettext(
            "{count} row read. Nothing is stored before Import is chosen.",
            "{count} rows read. Nothing is stored before Import is chosen.",
            total,
        ).format(count=format_number(total))
        self._show_file(preview.file_name, sentence, ready=True)
        self._fill_lists(preview)
        self._fill_which(preview, sheet)
        self._show_order(preview)
        self._lists_card.show()

    def retranslate(self) -> None:
        self._other.setText(_("Choose another file…"))
        self._password_label.setText(_("Password of the file"))
        self._unlock.setText(_("Read the file"))
        set_name(self._password, _("Password of the file"))
        self._lists_card.set_title(_("What is in it"))
        self._which_label.setText(_("Import"))
        set_name(self._which, _("Lists to import"))
        for order, radio in self._radios.items():
            text = _("{order}, as in {example}")
            radio.setText(text.format(order=date_order_text(order), example=_EXAMPLES[order]))
        if self._preview is not None and self._ready:
            self.show_preview(self._preview, self._chosen_sheet())

    def choose_order(self, order: str) -> None:
        """Answer the question of the dates, as a click would."""
        self._radios[order].click()

    def _lay_out(self) -> None:
        self._file_card.body.addWidget(self._sentence)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password_label.setBuddy(self._password)
        asked = QHBoxLayout()
        asked.setSpacing(theme.space(2))
        for widget in (self._password_label, self._password, self._unlock):
            asked.addWidget(widget)
        asked.addStretch(1)
        self._file_card.body.addLayout(asked)
        self._file_card.head.addStretch(1)
        self._file_card.head.addWidget(self._other)
        self._lists.setHorizontalSpacing(theme.space(3))
        self._lists.setVerticalSpacing(theme.space(2))
        self._lists.setColumnStretch(3, 1)
        which = QHBoxLayout()
        which.setSpacing(theme.space(2))
        which.addWidget(self._which_label)
        which.addWidget(self._which)
        which.addStretch(1)
        narrow = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._which.setSizeAdjustPolicy(narrow)
        self._which.setMinimumContentsLength(24)
        self._which_label.setBuddy(self._which)
        self._lists_card.body.addLayout(self._lists)
        self._lists_card.body.addLayout(which)
        self._dates_card.body.addWidget(self._dates)
        for number, order in enumerate(ORDERS):
            radio = QRadioButton()
            self._radios[order] = radio
            self._orders.addButton(radio, number)
            self._dates_card.body.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        for card in (self._file_card, self._dates_card, self._lists_card):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            layout.addWidget(card)
        layout.addStretch(1)

    def _show_file(self, name: str, sentence: str, *, ready: bool, tone: Tone = Tone.PLAIN) -> None:
        self._ready = ready
        self._file_card.set_title(name)
        self._sentence.setText(f"✕ {sentence}" if tone is Tone.BAD else sentence)
        theme.set_role(self._sentence, "secondary", tone)
        self._lists_card.hide()
        self._dates_card.hide()
        self._set_password_shown(False)

    def _set_password_shown(self, shown: bool) -> None:
        for widget in (self._password_label, self._password, self._unlock):
            widget.setVisible(shown)
        if not shown:
            self._password.clear()

    def _on_unlock_clicked(self) -> None:
        if password := self._password.text():
            self.password_given.emit(password)

    def _fill_lists(self, preview: Preview) -> None:
        clear(self._lists)
        place = 0
        for sheet in preview.sheets:
            parsed = sheet.parsed
            kind = kind_text(parsed.kind, members=parsed.has_members)
            rows = ngettext("{count} row", "{count} rows", parsed.total_rows)
            where = _("{rows}, headers on row {row}").format(
                rows=rows.format(count=format_number(parsed.total_rows)), row=parsed.header_row
            )
            hidden = hidden_text(len(parsed.hidden_rows), len(parsed.hidden_columns))
            detail = f"{where} · {hidden}" if hidden else where
            self._add_line(place, Glyph.CHECK, Tone.OK, parsed.sheet, kind, detail)
            place += 1
            for said in filter(None, (struck_text(parsed.struck_rows), strays_text(parsed.strays))):
                self._lists.addWidget(GlyphMark(Glyph.TRIANGLE, Tone.WARN), place, 0)
                self._lists.addWidget(
                    label(said, "secondary", Tone.WARN, wrap=True), place, 1, 1, 3
                )
                place += 1
        for ignored in preview.ignored_sheets:
            left_out = _("left out: {why}").format(why=ignored_sheet_text(ignored.why))
            self._add_line(place, Glyph.RING, Tone.PLAIN, ignored.sheet, left_out, "")
            place += 1

    def _add_line(
        self, place: int, glyph: Glyph, tone: Tone, name: str, kind: str, detail: str
    ) -> None:
        self._lists.addWidget(GlyphMark(glyph, tone), place, 0)
        self._lists.addWidget(label(name, elide=True), place, 1)
        # A sentence in place of a kind has the whole line: it moves no count away from its list.
        self._lists.addWidget(
            label(kind, "secondary", elide=not detail), place, 2, 1, 1 if detail else 2
        )
        if detail:
            self._lists.addWidget(label(detail, "secondary", elide=True), place, 3)

    def _fill_which(self, preview: Preview, sheet: str | None) -> None:
        names: list[str | None] = [None]
        if sheet is not None or len(preview.sheets) > 1:
            names += [s.parsed.sheet for s in preview.sheets]
        asked = ("not_asked", _HIDDEN)
        names += [s.sheet for s in preview.ignored_sheets if s.why in asked]
        hidden = {s.sheet for s in preview.ignored_sheets if s.why == _HIDDEN}
        self._offer(names, hidden, sheet)

    def _offer(self, names: list[str | None], hidden: set[str], sheet: str | None) -> None:
        """Offer every list that shows, or one sheet alone."""
        self._sheet_names = names
        self._which.clear()
        self._which.addItem(_("every list that shows"))
        for name in names[1:]:
            only = _("only the hidden sheet {sheet}") if name in hidden else _("only {sheet}")
            self._which.addItem(only.format(sheet=name))
        self._which.setCurrentIndex(names.index(sheet) if sheet in names else 0)
        for widget in (self._which_label, self._which):
            widget.setVisible(len(names) > 1)

    def _chosen_sheet(self) -> str | None:
        place = self._which.currentIndex()
        return self._sheet_names[place] if 0 <= place < len(self._sheet_names) else None

    def _show_order(self, preview: Preview) -> None:
        proof = preview.parsed.date_proof
        shown = proof.proved_by != "not_needed"
        self._dates_card.setVisible(shown)
        if not shown:
            return
        self._dates_card.set_title(_("Dates"))
        self._dates.setText(_sentence(date_proof_text(proof)))
        given = proof.proved_by == "given"
        self._set_radios_shown(given)
        if given and proof.order in self._radios:
            self._radios[proof.order].setChecked(True)

    def _set_radios_shown(self, shown: bool) -> None:
        self._orders.setExclusive(False)
        for radio in self._radios.values():
            radio.setVisible(shown)
            radio.setChecked(False)
        self._orders.setExclusive(True)

    def _on_orders_id_clicked(self, number: int) -> None:
        self.order_chosen.emit(ORDERS[number])

    def _on_which_activated(self, place: int) -> None:
        self.sheet_chosen.emit(self._chosen_sheet())


def proof_text(preview: Preview) -> str:
    """How the file's dates are read and what proves it; empty when nothing needed a proof."""
    proof = preview.parsed.date_proof
    order = date_order_text(proof.order or ORDERS[0])
    if proof.proved_by == "day_over_12":
        return ngettext(
            "Dates: {order} — proved by {over} date of {total}",
            "Dates: {order} — proved by {over} dates of {total}",
            proof.dates_over_12,
        ).format(
            order=order,
            over=format_number(proof.dates_over_12),
            total=format_number(proof.dates_total),
        )
    if proof.proved_by == "order_of_life":
        return _("Dates: {order} — proved by the order of the dates in a life").format(order=order)
    if proof.proved_by == "given":
        return _("Dates: {order} — as you said").format(order=order)
    return ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
