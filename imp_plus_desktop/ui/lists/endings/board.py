# SPDX-License-Identifier: Apache-2.0
"""The board of permits that end: people at the left, the ways on of one of them at the right.

    EndingsBoard(shell)
        refresh(scope, text), retranslate(), focus_start(), current_person()
    signals: opened(int)     whose file is to be opened

Enter opens the file, Right goes to the ways, Enter there chooses one. Must not know the page.
"""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.filters import EVERYBODY, Scope
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.permits import endings
from imp_plus_desktop.services.permits.endings import EndingRow, Waits, Ways
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, refusal
from imp_plus_desktop.ui.lists.endings.ending_list import EndingList
from imp_plus_desktop.ui.lists.endings.way_view import board_view
from imp_plus_desktop.ui.lists.endings.ways_panel import WaysPanel
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState, Pages, Scroll, SplitPane
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.terms.way_texts import months_text

_WITHIN = "endings-within"
_POINT = " · "


class EndingsBoard(QWidget):
    """Who is to go on, and how."""

    opened = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._scope, self._text = EVERYBODY, ""
        self._shown: int | None = None
        self._waits: Waits = {}
        self._read = AsRead(shell)
        self.within = ChoiceChips(whole=True)
        self.list = EndingList()
        self.panel = WaysPanel()
        self._name, self._facts = label(role="title", elide=True), label(role="small", wrap=True)
        self._members = label(role="small", wrap=True)
        self.open_button = button()
        self._nobody = EmptyState()
        self._stack = Pages()
        self._assemble()
        self._connect()
        self.retranslate()
        kept = shell.settings.layout(_WITHIN)
        known = [str(months) for months in endings.MONTHS]
        self.within.choose(kept if kept in known else known[0], tell=False)

    def months(self) -> int:
        """How far ahead it looks."""
        return int(self.within.chosen_key() or endings.MONTHS[0])

    def refresh(self, scope: Scope, text: str) -> None:
        """Ask anew for everybody in a scope, whom a text finds."""
        self._scope, self._text = scope, text
        self._shown = None
        self._read.note()
        self._waits = endings.waits(self._shell.office)
        rows = endings.endings(self._shell.office, self.months(), scope, text)
        self._show_rows(rows)

    def show_touched(self, people: Collection[int]) -> None:
        """Ask anew for the people whom an act touched."""
        self._shown = None
        self._read.note()
        rows = endings.again(
            self._shell.office, self.list.rows(), people, self.months(), self._scope, self._text
        )
        self._show_rows(rows)

    def retranslate(self) -> None:
        """Write every text anew."""
        within = _("Within {months}")
        self.within.set_choices(
            [Choice(str(m), within.format(months=months_text(m))) for m in endings.MONTHS]
        )
        self.open_button.setText(_("Open the file"))
        set_name(self.list, _("Permits that end"))
        self.panel.retranslate()
        if self._stack.currentIndex():
            self._say_nobody()
        self._show(again=True)

    def count(self) -> int:
        """How many stand on the board."""
        return len(self.list.rows())

    def current_person(self) -> int | None:
        """Whose ways are shown."""
        row = self.list.current()
        return None if row is None else row.permit.person

    def focus_start(self) -> None:
        """Go where the keys do most."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _assemble(self) -> None:
        people = Card()
        inside = people.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        people.body.addWidget(self.list)
        beside = QWidget()
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self.open_button)
        column = QVBoxLayout(beside)
        column.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        column.setSpacing(theme.space(2))
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self._members)
        column.addWidget(self.panel, 1)
        ways = Card()
        room = ways.layout()
        if room is not None:
            room.setContentsMargins(1, 1, 1, 1)
        ways.body.addWidget(Scroll(beside))
        split = SplitPane("endings", people, ways, self._shell.settings, (1, 2))
        self._stack.addWidget(split)
        self._stack.addWidget(self._nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.within.chosen.connect(self._on_within_chosen)
        self.list.chosen.connect(self._on_row_chosen)
        self.list.opened.connect(self.opened)
        self.list.onward.connect(self.panel.focus_first)
        self.panel.back.connect(self.focus_start)
        self.panel.way_chosen.connect(self._on_way_chosen)
        self.open_button.clicked.connect(self._on_open_clicked)

    def _show_rows(self, rows: list[EndingRow]) -> None:
        self.list.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self._say_nobody()

    def _say_nobody(self) -> None:
        within = months_text(self.months())
        title = _("No permit ends within {months}.").format(months=within)
        self._nobody.set_texts(title, self._next())

    def _next(self) -> str:
        later = endings.endings(self._shell.office, 40 * 12, self._scope, self._text)
        if not later:
            return ""
        first = later[0].permit
        return _("The next one ends on {day}.").format(day=format_day(first.until))

    def _show(self, *, again: bool = False) -> None:
        row = self.list.current()
        if row is None or (row.permit.person == self._shown and not again):
            return
        self._shown = row.permit.person
        found = endings.ways(self._shell.office, row.permit.person, self._waits)
        self._name.setText(row.permit.name)
        self._facts.setText(_facts(row, found))
        said = _members(found)
        self._members.setText(said)
        self._members.setVisible(bool(said))
        self.panel.show_ways(board_view(found))

    def _on_row_chosen(self) -> None:
        self._show()
        self._shell.state_changed()

    def _on_within_chosen(self, key: str) -> None:
        self._shell.settings.keep_layout(_WITHIN, key)
        self.refresh(self._scope, self._text)

    def _on_open_clicked(self) -> None:
        person = self.current_person()
        if person is not None:
            self.opened.emit(person)

    def _on_way_chosen(self, key: str) -> None:
        person = self.current_person()
        if person is None:
            return
        try:
            done = self._read.do(self.window(), endings.choose, person, key or None)
        except AppError as error:
            self._shell.say(refusal(error))
            return
        if done.act is None:
            self._show(again=True)  # the way that another desk has chosen stays
            return
        if done.way is None:
            words = _("Choice taken back")
        else:
            words = _("Way chosen: {way}").format(way=name_of(done.way, "way"))
        self._shell.changed(words, done.act)


def _facts(row: EndingRow, found: Ways) -> str:
    permit = found.ending.permit
    number = permit.permit_number or ""
    until = _("permit {number} until {day}") if number else _("permit until {day}")
    facts = [until.format(number=number, day=format_day(permit.valid_until))]
    if row.permit.clerk:
        facts.append(_("responsible: {name}").format(name=row.permit.clerk))
    text = _POINT.join(facts)
    return text[:1].upper() + text[1:]


def _members(found: Ways) -> str:
    told = []
    for one in found.members:
        if one.permit is None:
            permit = _("no permit")
        else:
            words = _("study permit until {day}") if one.studies else _("permit until {day}")
            permit = words.format(day=format_day(one.permit.valid_until))
        told.append(
            _("{relation}: {name}, {permit}").format(
                relation=name_of(one.member.relation),
                name=one.member.given_names or one.member.family_name,
                permit=permit,
            )
        )
    return _POINT.join(told)
