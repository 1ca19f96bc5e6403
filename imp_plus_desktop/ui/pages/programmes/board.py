# SPDX-License-Identifier: Apache-2.0
"""The board of a programme: which one, its people at the left, the chosen one at the right.

    ProgrammeBoard(shell)
        refresh(), retranslate(), choose(key), set_search(text), focus_start(), count()
    signals: opened(int)   whose file is to be opened;   counted()   other people are shown

Files of programmes are taken, written and removed here too. Must not know the page.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, current_language, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import board, library
from imp_plus_desktop.services.programmes.board import Board, BoardRow
from imp_plus_desktop.services.programmes.reading import ProgrammeMistakes
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.pages.programmes.facts import TONES, Facts
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card, Scroll, SplitPane
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.messages import error_text, name_of
from imp_plus_desktop.words.programmes.board_texts import places_text, replaced_text
from imp_plus_desktop.words.programmes.mistake_texts import mistake_text

CHOSEN = "programme-chosen"
_MOST_TOLD = 6
"""So many mistakes of a file are told at once: the board below stays in sight."""
_ENTERED, _EVERYBODY = "entered", "everybody"


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the board as the table knows them."""

    id: int
    row: BoardRow


def _state(line: Line) -> str:
    state = line.row.stand.state
    return write.DASH if state is None else name_of(state, "route_state")


def _fit(line: Line) -> str:
    stand = line.row.stand
    return name_of(stand.fit, "programme_fit") if stand.may_file else ""


def _tone(line: Line) -> Tone:
    return TONES[line.row.stand.fit]


def _by(line: Line) -> str:
    stand = line.row.stand
    return write.DASH if stand.by is None else write.iso(stand.by)


COLUMNS: tuple[Column[Line], ...] = (
    Column("name", lambda: _("Name"), lambda r: r.row.name, width=8, stretch=True,
           tooltip=lambda r: r.row.name),
    Column("state", lambda: _("State"), _state, width=6.6, quiet=True),
    Column("fit", lambda: _("Conditions"), _fit, width=11, kind="chip", tone=_tone),
    Column("by", lambda: _("Last day"), _by, width=7.4, kind="date"),
)  # fmt: skip


class ProgrammeBoard(QWidget):
    """One programme with its people."""

    opened = Signal(int)
    counted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._read = AsRead(shell)
        self._programmes: tuple[ProgrammeFile, ...] = ()
        self._board: Board | None = None
        self._text = ""
        self._lines: dict[int, Line] = {}
        self.which = QComboBox()
        self.whom = ChoiceChips(whole=True)
        self.take_button, self.write_button = button(role="link"), button(role="link")
        self.remove_button = button(role="link")
        making("programmes.take", self.take_button, self.remove_button)
        self._said = label(role="small", wrap=True)
        self._mistakes = FindingList()
        self.model: RowsModel[Line] = RowsModel(COLUMNS, self._fetch, parent=self)
        self.table = TableView(self.model, "programme-people", shell.settings)
        self.facts = Facts(shell)
        self._assemble()
        self._connect()
        self._name_choices()
        self.whom.choose(_ENTERED, tell=False)
        self.retranslate()

    def refresh(self) -> None:
        """Ask anew for the programmes and for who stands in the chosen one."""
        self._read.note()
        self._programmes = library.programmes(self._shell.office)
        keys = [one.key for one in self._programmes]
        kept = self._shell.settings.layout(CHOSEN)
        chosen = kept if kept in keys else keys[0]
        self.which.blockSignals(True)  # Qt's own
        self.which.clear()
        for one in self._programmes:
            self.which.addItem(_said(one), one.key)
        self.which.setCurrentIndex(keys.index(chosen))
        self.which.blockSignals(False)  # Qt's own
        self._ask()

    def choose(self, key: str) -> None:
        """Show this programme."""
        self._shell.settings.keep_layout(CHOSEN, key)
        self._mistakes.show_lines([])
        self.refresh()

    def programme(self) -> ProgrammeFile:
        """The one that is shown."""
        return self._programmes[self.which.currentIndex()]

    def set_search(self, text: str) -> None:
        """Show those only whose name has every word."""
        self._text = text
        self._show_lines()

    def count(self) -> int:
        """How many people stand on it."""
        return len(self._lines)

    def current_person(self) -> int | None:
        """Whose place in the programme is shown."""
        return self.table.current_id()

    def focus_start(self) -> None:
        """Go where the keys do most."""
        where = self.table if self._lines else self.which
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write every text anew."""
        self._name_choices()
        set_name(self.which, _("Programme"))
        set_name(self.table, _("People in the programme"))
        self.take_button.setText(_("Take a file…"))
        self.write_button.setText(_("Write the file…"))
        self.remove_button.setText(_("Remove the file"))
        self.table.retranslate()
        if self._programmes:
            self.refresh()

    def _name_choices(self) -> None:
        self.whom.set_choices(
            [
                Choice(_ENTERED, _("Only those entered")),
                Choice(_EVERYBODY, _("All who may qualify")),
            ]
        )

    def _assemble(self) -> None:
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.setMinimumContentsLength(24)
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.which, 1)
        head.addWidget(self.whom)
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(self._said, 1)
        for made in (self.take_button, self.write_button, self.remove_button):
            below.addWidget(made)
        people, beside = Card(), Card()
        for card in (people, beside):
            inside = card.layout()
            if inside is not None:
                inside.setContentsMargins(1, 5, 1, 5)
        people.body.addWidget(self.table)
        beside.body.addWidget(Scroll(self.facts))
        self._split = SplitPane("programmes", people, beside, self._shell.settings, (7, 5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self._mistakes)
        column.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.which.activated.connect(lambda _at: self.choose(self.programme().key))
        self.whom.chosen.connect(self._on_whom_chosen)
        self.take_button.clicked.connect(self.take_file)
        self.write_button.clicked.connect(self.write_file)
        self.remove_button.clicked.connect(self.remove_file)
        self.table.row_selected.connect(lambda _id: self._show_facts())
        self.table.row_activated.connect(lambda person: self.opened.emit(person))
        self.facts.opened.connect(self.opened)
        self.facts.asked.connect(self.enter)

    def _on_whom_chosen(self, _key: str) -> None:
        self._ask()

    def _ask(self) -> None:
        """Ask for the board: of those entered at once, of everybody away from the window."""
        office, one = self._shell.office, self.programme()
        self.remove_button.setVisible(one.key in library.own_keys(office))
        self.whom.setVisible(not one.is_main)
        if one.is_main:
            self._show(None)
        elif self.whom.chosen_key() != _EVERYBODY:
            self._show(board.board(office, one.key))
        elif not self._shell.start(
            _("Looking through the register…"), partial(_of_everybody, office, one.key), self._show
        ):
            self.whom.choose(_ENTERED, tell=False)
            self._show(board.board(office, one.key))

    def _show(self, found: Board | None) -> None:
        one = self.programme()
        if found is not None and found.programme.key != one.key:
            return  # another programme was chosen meanwhile
        self._board = found
        office = self._shell.office
        _use, cap, used = board.places(office, one)
        told = [board.when(office, one), places_text(cap, used), *_counts(found)]
        said = " · ".join(told)
        self._said.setText(said[:1].upper() + said[1:])
        self._show_lines()

    def _show_lines(self) -> None:
        rows = self._board.rows if self._board is not None else ()
        words = fold(self._text).split()
        self._lines = {
            row.person: Line(row.person, row)
            for row in rows
            if all(word in fold(row.name) for word in words)
        }
        self.table.set_empty_text(self._nobody())
        self.table.set_ids(list(self._lines))
        self.table.select_first()
        self._show_facts()
        self.counted.emit()

    def _nobody(self) -> str:
        if self._programmes and self.programme().is_main:
            return _("The register itself is this programme’s: see the people and the annual cap.")
        if self._text:
            return _("Nothing matches. Change the search.")
        if self.whom.chosen_key() == _EVERYBODY:
            return _("Nobody is entered, and nobody may qualify.")
        return _("Nobody is entered yet. See all who may qualify, or record it in a file.")

    def _show_facts(self) -> None:
        person = self.table.current_id()
        line = None if person is None else self._lines.get(person)
        if line is not None:
            self.facts.show_person(self.programme(), line.row)
        elif self._programmes:
            self.facts.show_programme(self.programme())

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line]:
        return [self._lines[number] for number in ids if number in self._lines]

    def enter(self, person: int) -> None:
        """Record somebody under the programme, or correct what is recorded."""
        from imp_plus_desktop.services.applications import routes
        from imp_plus_desktop.services.people import people
        from imp_plus_desktop.ui.dialogs.person.office_file import OtherRouteDialog

        office, line = self._shell.office.as_shown(), self._lines.get(person)
        entry = line.row.stand.recorded.entry if line is not None else None
        present = None if entry is None else routes.held(people.file(office, person), entry)
        done = OtherRouteDialog(
            office, person, present, self.window(), route=self.programme().key
        ).ask()
        if done is not None and done.act is not None:
            self._shell.changed(_("Entry in the programme recorded"), done.act)

    def take_file(self) -> None:
        """Take a programme's file into the register; what is wrong with one is told here."""
        path = files.ask_programme(self)
        if path is None:
            return
        try:
            content = library.read(path)
            looked = library.look(self._shell.office, content)
            act = self._read.do(self.window(), library.take, content)
        except ProgrammeMistakes as error:
            head = FindingLine(Tone.BAD, _("Not taken: the file has mistakes."))
            told = [FindingLine(Tone.WARN, mistake_text(one)) for one in error.wrong[:_MOST_TOLD]]
            self._mistakes.show_lines([head, *told, *_untold(len(error.wrong) - len(told))])
            return
        except AppError as error:
            self._mistakes.show_lines([FindingLine(Tone.BAD, error_text(error))])
            return
        self.choose(looked.programme.key)
        if act is None:
            self._shell.say(_("This very file is there already. Nothing changed."))
            return
        taken = (_("Programme taken"), replaced_text(looked.replaces))
        self._shell.changed(" · ".join(text for text in taken if text), act)

    def write_file(self) -> None:
        """Write the shown programme's file, to be read or changed."""
        key = self.programme().key
        path = files.ask_save(self, _("Write the file of the programme"), key, "programme")
        if path is None:
            return
        try:
            written = library.write_out(self._shell.office, key, path)
        except AppError as error:
            self._shell.say(error_text(error))
            return
        self._shell.say_saved(_("File written: {name}").format(name=written.name), written)

    def remove_file(self) -> None:
        """Take the office's file away; undo brings it back."""
        try:
            act = self._read.do(self.window(), library.remove, self.programme().key)
        except AppError as error:
            self._shell.say(error_text(error))
            return
        self._shell.changed(_("File of the programme removed"), act)


def _untold(count: int) -> list[FindingLine]:
    """That more is wrong than the page has room for."""
    if count <= 0:
        return []
    words = ngettext(
        "{count} more mistake: mend these first.", "{count} more mistakes: mend these first.", count
    )
    return [FindingLine(Tone.PLAIN, words.format(count=format_number(count)))]


def _said(one: ProgrammeFile) -> str:
    return one.name.in_language(current_language())


def _of_everybody(office: Office, key: str, progress: JobProgress) -> Board:
    return board.board(office, key, everybody=True, progress=progress)


def _counts(found: Board | None) -> list[str]:
    """How many stand where; states without anybody are left out."""
    if found is None:
        return []
    told = [
        f"{name_of(state, 'route_state')} {format_number(count)}"
        for state in RouteState
        if (count := found.count(state))
    ]
    if found.not_shown:
        words = ngettext(
            "{count} other does not qualify", "{count} others do not qualify", found.not_shown
        )
        told.append(words.format(count=format_number(found.not_shown)))
    return told
