# SPDX-License-Identifier: Apache-2.0
"""The dialogs about two files of one person.

    MergeDialog(office, left, right).ask()           side by side; what was merged, None if nothing
    DuplicatesDialog(pairs, parent=None)             signal chosen(int, int)

The first file stays. Where both say something else, one of the two is chosen by hand; the rest is
kept of both. Must not hold a rule: the service compares and merges.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.people.merging import Clash, Side
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Document, Letter, Passport
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day_short, format_number, ngettext
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.duplicates.merge_people import Merged
from imp_plus_desktop.services.duplicates.passport_pairs import LikelyPair
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Reading
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import DASH
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import KeyButton, WordsRadio, label, line
from imp_plus_desktop.ui.widgets.lists import ActLine, ActList
from imp_plus_desktop.words.messages import entity_label, field_label, likeness_text, name_of
from imp_plus_desktop.words.terms.value_texts import value_text

_ENTRY = Letter | Document | Application | Member | Passport


class MergeDialog(FormDialog[Merged]):
    """Two files side by side, with a choice wherever they differ."""

    ACT = "people.merge"

    def __init__(
        self, office: Office, left: int, right: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Merge two files"),
            _("Merge the files"),
            parent,
            sentence=_(
                "The file on the left stays, and everything of the other moves to it. What is not "
                "chosen here is written down in a note; one click undoes the merger."
            ),
            columns=2,
        )
        self._office, self._left, self._right = office, left, right
        self._found = merge_people.compare(office, left, right)
        self._groups: dict[str, dict[Side, QRadioButton]] = {}
        self._kept: list[QButtonGroup] = []
        self.sure = QCheckBox(_("Yes, it is one and the same person"))
        self._left_open = label(role="secondary", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(4))
        self._grid.setVerticalSpacing(theme.space(2))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._warn()
        self._fill()
        self.body.addWidget(self._left_open)
        self.sure.toggled.connect(self._show_ready)
        self._show_ready()

    def submit(self) -> bool:
        self.answer = merge_people.merge(
            self._office, self._left, self._right, self.choices(), sure=self.sure.isChecked()
        )
        return True

    def choices(self) -> dict[str, str]:
        """The side chosen for each field and each clash."""
        return {
            name: side.value
            for name, buttons in self._groups.items()
            for side, made in buttons.items()
            if made.isChecked()
        }

    def focus_start(self) -> None:
        """The first choice that is open; with nothing to choose, the way out."""
        for group in self._groups.values():
            if not any(made.isChecked() for made in group.values()):
                next(iter(group.values())).setFocus()
                return

    def choose_all(self, side: Side) -> None:
        """Choose one file's side wherever nothing is chosen yet, as its button would."""
        for group in self._groups.values():
            if side in group and not any(made.isChecked() for made in group.values()):
                group[side].setChecked(True)

    def choose(self, name: str, side: Side) -> None:
        """Choose a side, as a click would. KeyError when there is no such choice."""
        self._groups[name][side].setChecked(True)

    def _warn(self) -> None:
        """Above all else: whether the two say that they are two people, and the yes it takes."""
        contradictions = self._found.contradictions
        self.sure.setVisible(bool(contradictions))
        if not contradictions:
            return
        names = ", ".join(field_label(name) for name in contradictions)
        text = _("These look like two people, not one: they differ in {fields}.")
        warning = FindingList(self)
        warning.show_lines([FindingLine(Tone.BAD, text.format(fields=names))])
        self.head.addWidget(warning)
        self.head.addWidget(self.sure)

    def _fill(self) -> None:
        left, right = self._found.left, self._found.right
        row = self._grid.rowCount()
        for column, file in ((1, left), (2, right)):
            self._grid.addWidget(label(_who(file.person), "heading", wrap=True), row, column)
            self._grid.addWidget(label(_holds(file), "small", wrap=True), row + 1, column)
        if self._found.fields or self._found.clashes:
            for column, side in ((1, Side.LEFT), (2, Side.RIGHT)):
                whole = _SideButton(side, _who((left, right)[column - 1].person))
                whole.chosen.connect(self.choose_all)
                self._grid.addWidget(whole, row + 2, column, Qt.AlignmentFlag.AlignLeft)
        for choice in self._found.fields:
            texts = {
                Side.LEFT: value_text(choice.field, choice.left),
                Side.RIGHT: value_text(choice.field, choice.right),
            }
            self._add_choice(choice.field, field_label(choice.field), texts, None)
        for clash in self._found.clashes:
            self._add_choice(clash.key, _clash_name(clash), _clash_texts(clash), clash.default)
        if not self._found.fields and not self._found.clashes:
            words = label(_("The two files do not contradict each other."), "secondary")
            self._grid.addWidget(words, self._grid.rowCount(), 0, 1, 3)

    def _add_choice(
        self, name: str, title: str, texts: dict[Side, str], default: Side | None
    ) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(line(), row, 0, 1, 3)
        self._grid.addWidget(label(title, "secondary", wrap=True), row + 1, 0)
        group = QButtonGroup(self)
        self._kept.append(group)
        self._groups[name] = {}
        for side, text in texts.items():
            made = WordsRadio(text)
            set_name(made, f"{title}: {text}")
            made.setChecked(side is default)
            made.toggled.connect(self._show_ready)
            group.addButton(made)
            self._groups[name][side] = made
            below = side is Side.BOTH
            column = 2 if side is Side.RIGHT else 1
            place = row + (2 if below else 1)
            self._grid.addWidget(made, place, column)

    def _show_ready(self, _changed: bool = False) -> None:
        """Merging waits for every choice, and for the yes that a contradiction asks for."""
        chosen = len(self.choices())
        left_open = len(self._groups) - chosen
        text = ngettext("{count} choice to make", "{count} choices to make", left_open)
        self._left_open.setText(
            text.format(count=format_number(left_open)) if left_open else _("Everything is chosen.")
        )
        self._left_open.setVisible(bool(self._groups))
        agreed = not self._found.contradictions or self.sure.isChecked()
        self.set_ok_enabled(not left_open and agreed)


class _SideButton(KeyButton):
    """“All of this file” for one side: what is open is chosen so."""

    chosen = Signal(object)

    def __init__(self, side: Side, whose: str) -> None:
        super().__init__(_("All from this file"))
        self._side = side
        self.setAutoDefault(False)
        set_name(self, _("All from this file: {name}").format(name=whose))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._side)


class DuplicatesDialog(BesideDialog):
    """The files that may be one person, each pair with a link that compares it."""

    chosen = Signal(int, int)

    def __init__(self, pairs: Sequence[LikelyPair], parent: QWidget | None = None) -> None:
        super().__init__(_("Possible duplicates"), parent)
        self._pairs = tuple(pairs)
        count = ngettext("{count} pair of files", "{count} pairs of files", len(pairs))
        sentence = label(
            _("{count} that may be one person, by names and dates of birth or a passport.").format(
                count=count.format(count=format_number(len(pairs)))
            )
            if pairs
            else _("No two files look like one person."),
            "secondary",
            wrap=True,
        )
        acts = ActList(self)
        acts.set_lines([_pair_line(n, pair) for n, pair in enumerate(self._pairs)])
        acts.link_clicked.connect(self._on_link_clicked)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space(2), 0)
        column.addWidget(acts)
        column.addStretch(1)
        self.column.addWidget(sentence)
        area = Reading(self.windowTitle(), inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(area, 1)
        self.add_close()
        self.fit_around(area, theme.metrics().body * 56)

    def _on_link_clicked(self, number: int) -> None:
        pair = self._pairs[number]
        self.accept()
        self.chosen.emit(pair.left, pair.right)


def _pair_line(number: int, pair: LikelyPair) -> ActLine:
    return ActLine(
        number,
        "",
        _("{left} and {right}").format(left=pair.left_name, right=pair.right_name),
        likeness_text(pair.because),
        _("Compare…"),
    )


def _who(person: Person) -> str:
    number = person.individual_reference or person.uci or person.file_number
    return " · ".join(part for part in (person.full_name, number) if part)


def _holds(file: PersonFile) -> str:
    """What a file holds, counted."""
    counts = (
        ("letter", len(file.letters)),
        ("application", len(file.applications)),
        ("permit", len(file.permits)),
        ("member", len(file.members)),
        ("document", len(file.documents)),
        ("note", len(file.notes)),
        ("contact", len(file.contacts)),
    )
    said = _("{name} ({value})")
    shown = [
        said.format(name=entity_label(name), value=format_number(n)) for name, n in counts if n
    ]
    return ", ".join(shown) or DASH


def _clash_name(clash: Clash) -> str:
    if isinstance(clash.left, Document):
        return name_of(clash.left.type)
    if isinstance(clash.left, Letter):
        day = format_day_short(clash.left.letter_date)
        return _("Letter of {day}").format(day=day)
    return entity_label(clash.kind)


def _clash_texts(clash: Clash) -> dict[Side, str]:
    texts = {Side.LEFT: _entry_text(clash.left), Side.RIGHT: _entry_text(clash.right)}
    if Side.BOTH not in clash.options:
        return texts
    if clash.kind == "application":
        one = _("One application: {which}")
        texts = {side: one.format(which=text) for side, text in texts.items()}
    return {**texts, Side.BOTH: _("Keep both")}


def _entry_text(entry: _ENTRY) -> str:
    if isinstance(entry, Letter):
        day = entry.letter_received_date
        if day is None:
            return _("day of receipt not recorded")
        return _("received {day}").format(day=format_day_short(day))
    if isinstance(entry, Passport):
        day = entry.expiry
        expiry = _("expires {day}").format(day=format_day_short(day)) if day else ""
        return " · ".join(part for part in (entry.number, expiry) if part)
    if isinstance(entry, Document):
        day = entry.expires
        expiry = _("expires {day}").format(day=format_day_short(day)) if day else ""
        return " · ".join(part for part in (name_of(entry.state), expiry) if part)
    if isinstance(entry, Member):
        return f"{entry.full_name} · {name_of(entry.relation)}"
    parts = [name_of(entry.kind), entry.application_number, name_of(entry.state)]
    if entry.received_at is not None:
        day = toronto_day(entry.received_at)
        parts.append(_("received {day}").format(day=format_day_short(day)))
    return " · ".join(part for part in parts if part)
