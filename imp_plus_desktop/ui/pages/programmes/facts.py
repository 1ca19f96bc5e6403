# SPDX-License-Identifier: Apache-2.0
"""What stands at the right of a programme's board: the programme itself, or one person in it.

    Facts(shell)     show_programme(programme), show_person(programme, row)
        signals opened(int), asked(int): whose file, or whose entry, is to be opened

Each condition is told with its sign and, when it is pointed at, with its source and its day. Must
not judge: it takes what the board has.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.programmes.programme_file import Condition, ProgrammeFile, Read
from imp_plus_desktop.domain.programmes.standing import Fit, Stand
from imp_plus_desktop.domain.verdict.routes import Words
from imp_plus_desktop.i18n import _, current_language, format_cents, format_day
from imp_plus_desktop.services.programmes import board
from imp_plus_desktop.services.programmes.board import BoardRow
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.labels import button, clear, label, making
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.programmes.board_texts import SIGNS, lacking_text
from imp_plus_desktop.words.programmes.condition_texts import condition_text

TONES = {Fit.QUALIFIES: Tone.OK, Fit.OPEN: Tone.WARN, Fit.NOT: Tone.BAD}


class Facts(QWidget):
    """A column of what there is to say."""

    opened = Signal(int)
    asked = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*(theme.space(4),) * 4)
        self._column.setSpacing(theme.space(2))

    def show_nothing(self) -> None:
        """Say nothing."""
        clear(self._column)

    def show_programme(self, programme: ProgrammeFile) -> None:
        """What a programme asks, gives and costs, and where that was read."""
        clear(self._column)
        self._add(label(_said(programme.name), "subject", wrap=True))
        self._add(Chip(name_of(programme.permit.kind, "route_permit"), Tone.PLAIN, self))
        self._add(label(_said(programme.who), wrap=True))
        self._heading(_("Who qualifies"))
        for one in programme.conditions:
            self._condition(one, "–" if one.binds else "○")
        if programme.needs:
            self._heading(_("What it needs"))
            for words in programme.needs:
                self._add(label(f"– {_said(words)}", wrap=True))
        self._costs(programme)
        for title, text in (
            (_("How long"), programme.lasts),
            (_("Extension"), programme.extension.text if programme.extension else None),
        ):
            if text is not None:
                self._heading(title)
                self._add(label(_said(text), wrap=True))
        self._family(programme)
        self._add(label(_source(programme.read), "small", wrap=True))
        self._column.addStretch(1)

    def show_person(self, programme: ProgrammeFile, row: BoardRow) -> None:
        """Where one person stands: each condition with its sign, what is missing, until when."""
        clear(self._column)
        stand = row.stand
        self._add(label(row.name, "subject", wrap=True))
        state = name_of(stand.state, "route_state") if stand.state else _("Not entered")
        self._add(Chip(state, Tone.PLAIN, self))
        if stand.may_file:
            self._add(Chip(name_of(stand.fit, "programme_fit"), TONES[stand.fit], self))
        for text in _days(stand):
            self._add(label(text, wrap=True))
        self._heading(_("Conditions"))
        for said in stand.said:
            self._condition(said.condition, SIGNS[said.met])
        if stand.lacking:
            self._heading(_("Papers"))
            self._add(label(lacking_text(stand), wrap=True))
        self._costs(programme)
        self._buttons(row)
        self._column.addStretch(1)

    def _condition(self, one: Condition, sign: str) -> None:
        made = label(f"{sign} {condition_text(one)}", wrap=True)
        set_tip(made, _source(one.read))
        self._add(made)

    def _costs(self, programme: ProgrammeFile) -> None:
        office = self._shell.office
        told = []
        for payer, words in (
            ("person", _("Person: {amount}")),
            ("employer", _("Employer: {amount}")),
        ):
            if any(fee.payer == payer for fee in programme.fees):
                cents = board.cost(office, programme, payer)
                amount = "—" if cents is None else format_cents(cents)
                told.append(words.format(amount=amount))
        if told:
            self._heading(_("Fees"))
            self._add(label(" · ".join(told), wrap=True))

    def _family(self, programme: ProgrammeFile) -> None:
        if not programme.family:
            return
        self._heading(_("Family"))
        for one in programme.family:
            text = f" · {_said(one.text)}" if one.text is not None else ""
            who = name_of(one.who, "relation")
            self._add(label(f"{who} · {one.code}{text}" if one.code else f"{who}{text}", wrap=True))

    def _buttons(self, row: BoardRow) -> None:
        open_file = button(_("Open the file"))
        open_file.clicked.connect(lambda: self.opened.emit(row.person))
        entered = row.stand.state is not None
        enter = button(_("Edit the entry…") if entered else _("Enter in the programme…"), "accent")
        making("routes.save", enter)
        enter.clicked.connect(lambda: self.asked.emit(row.person))
        self._add(enter)
        self._add(open_file)

    def _heading(self, text: str) -> None:
        made = label(text, "heading")
        made.setContentsMargins(0, theme.space(2), 0, 0)
        self._add(made)

    def _add(self, widget: QWidget) -> None:
        is_block = widget.sizePolicy().hasHeightForWidth()
        where = Qt.AlignmentFlag(0) if is_block else Qt.AlignmentFlag.AlignLeft
        self._column.addWidget(widget, 0, where)
        widget.show()


def _said(words: Words) -> str:
    return words.in_language(current_language())


def _source(read: Read) -> str:
    words = _("Source: {source}, read on {day}")
    return words.format(source=read.source, day=format_day(read.read_on))


def _days(stand: Stand) -> list[str]:
    recorded = stand.recorded
    told = (
        (_("Last day to file: {day}"), stand.by),
        (_("Invited on {day}"), recorded.invited_on),
        (_("Filed on {day}"), recorded.filed_on),
        (_("Decided on {day}"), recorded.decided_on),
        (_("Permit until {day}"), recorded.permit_until),
    )
    return [words.format(day=format_day(day)) for words, day in told if day is not None]
