# SPDX-License-Identifier: Apache-2.0
"""The bin: the files that were taken out, by whom, when and why, and the way back.

    restore()                   bring the chosen file back whole
    file_shown() -> BinnedFile | None

Has a search of its own: the search of people does not find them. Must not hold a rule.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_iso, format_number, format_time
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.history.file_bin import BinnedFile
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState, PageHeader, Scroll, SplitPane
from imp_plus_desktop.ui.widgets.labels import button, clear, label, making
from imp_plus_desktop.words.bin_texts import holds_text, place_text, restored_text
from imp_plus_desktop.words.messages import country_name, error_text, field_label


@dataclass(frozen=True, slots=True)
class BinRow:
    """One line of the list."""

    id: int
    file: BinnedFile

    @property
    def name(self) -> str:
        return file_bin.name_of(self.file)


def _since(row: BinRow) -> str:
    return format_iso(row.file.at.astimezone().date())


COLUMNS: tuple[Column[BinRow], ...] = (
    Column(
        "name",
        lambda: _("Name"),
        lambda r: r.name,
        width=9,
        stretch=True,
        tooltip=lambda r: r.name,
    ),
    Column("since", lambda: _("In the bin since"), _since, width=11.5, kind="date"),
    Column(
        "who",
        lambda: _("By whom"),
        lambda r: r.file.who,
        width=9.5,
        quiet=True,
        tooltip=lambda r: r.file.who,
    ),
)


class BinPage(Page):
    """The files in the bin at the left, what is known of the chosen one at the right."""

    key = "bin"
    CONCERNS = frozenset({"person"})

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.header = PageHeader(self)
        self._rows: dict[int, BinRow] = {}
        self._whole = 0
        self.model: RowsModel[BinRow] = RowsModel(COLUMNS, self._fetch, parent=self)
        self.table = TableView(self.model, self.key, shell.settings)
        self._empty = EmptyState(self)
        self.restore_button = button(role="accent")
        making("people.restore", self.restore_button)
        self.restore_button.clicked.connect(self.restore)
        self._split = SplitPane(
            self.key, self._left_card(), self._right_card(), shell.settings, (11, 10)
        )
        self.column.addWidget(self.header)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self._empty, 1)
        self.header.search.searched.connect(self._on_search_searched)
        self.header.search.left.connect(self.focus_start)
        self.table.row_selected.connect(self._on_row_selected)
        self.retranslate()

    def refresh(self) -> None:
        """Show what the search finds; the chosen file stays chosen."""
        everything = file_bin.files(self.shell.office)
        search = self.header.search.text().strip()
        found = file_bin.files(self.shell.office, search) if search else everything
        self._rows = {file.person: BinRow(file.person, file) for file in found}
        self._whole = len(everything)
        self.table.set_ids(list(self._rows))
        self.table.select_first()
        self._split.setVisible(bool(everything))
        self._empty.setVisible(not everything)
        self.header.set_search_shown(bool(everything))
        self._show_title()
        self._show_file()

    def restore(self) -> None:
        """Bring the chosen file back; where that cannot be, it is said and nothing changes."""
        file = self.file_shown()
        if file is None:
            return
        try:
            done = file_bin.restore(self.shell.office, file.person)
        except AppError as error:
            self.shell.say(error_text(error))
            return
        self.shell.changed(restored_text(done.name, done.places, done.over_cap), done.act)

    def file_shown(self) -> BinnedFile | None:
        """The file of which the right side tells."""
        number = self.table.current_id()
        row = None if number is None else self._rows.get(number)
        return None if row is None else row.file

    def retranslate(self) -> None:
        set_name(self, self.title())
        self.header.search.set_texts(_("Find in the bin…"), _("Find in the bin…"))
        set_name(self.table, self.title())
        self.table.set_empty_text(_("Nothing matches. Change the search."))
        self.restore_button.setText(_("Restore the file"))
        self._empty.set_texts(
            _("The bin is empty"),
            _(
                "A file that should not be there is moved here from its menu, with a reason. "
                "It leaves the lists, the counts and the search, and its place goes back to the "
                "cap. Here it waits whole, and one click brings it back."
            ),
        )
        self.table.retranslate()
        self.refresh()

    def set_search(self, text: str) -> None:
        self.header.search.set_text(text, tell=True)

    def focus_search(self) -> bool:
        if not self._whole:
            return False
        self.header.search.focus_search()
        return True

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_with(self, argument: object) -> None:
        """A person's id chooses their file."""
        if isinstance(argument, int):
            self.header.search.set_text("")
            self.refresh()
            self.table.select_id(argument)

    def _left_card(self) -> Card:
        card = Card()
        inside = card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        card.body.addWidget(self.table)
        return card

    def _right_card(self) -> Card:
        card, self._inner = Card(), QWidget()
        self._detail = QVBoxLayout(self._inner)
        self._detail.setContentsMargins(0, 0, theme.space(2), 0)
        self._detail.setSpacing(theme.space(2))
        card.body.addWidget(Scroll(self._inner), 1)
        card.body.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _fetch(self, ids: Sequence[int]) -> Sequence[BinRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _show_title(self) -> None:
        shown = count = format_number(len(self._rows))
        if len(self._rows) != self._whole:
            count = _("{shown} of {total}").format(shown=shown, total=format_number(self._whole))
        self.header.set_title(self.title(), count if self._whole else "")

    def _show_file(self) -> None:
        clear(self._detail)
        file = self.file_shown()
        self.restore_button.setEnabled(file is not None)
        if file is None:
            return
        self._add(label(file_bin.name_of(file), "subject", wrap=True))
        for text in _who(file):
            self._add(label(text, "secondary", wrap=True))
        self._heading(_("Why it is here"))
        self._add(label(file.reason, wrap=True))
        at = file.at.astimezone()
        moved = _("{who}, {day} at {time}").format(
            who=file.who, day=format_iso(at.date()), time=format_time(at.time())
        )
        self._add(label(moved, "small", wrap=True))
        self._heading(_("What comes back with it"))
        held = holds_text(file.holds) or _("Nothing but the person’s own data.")
        self._add(label(held, wrap=True))
        for place in file.places:
            words = _("Its own place, if it is still free: {place}").format(place=place_text(place))
            self._add(label(words, wrap=True))
        self._detail.addStretch(1)

    def _heading(self, text: str) -> None:
        made = label(text, "heading")
        made.setContentsMargins(0, theme.space(2), 0, 0)
        self._add(made)

    def _add(self, widget: QWidget) -> None:
        self._detail.addWidget(widget)
        widget.show()

    def _on_search_searched(self, text: str) -> None:
        self.refresh()

    def _on_row_selected(self, number: int) -> None:
        self._show_file()


def _who(file: BinnedFile) -> list[str]:
    """What tells the person from others: numbers, birth date, citizenship."""
    said = _("{name}: {value}")
    told = [(name, file.values.get(name)) for name in file_bin.NUMBERS]
    told.append(("birth_date", file.values.get("birth_date") or file.values.get("birth_known")))
    country = file.values.get("citizenship")
    told.append(("citizenship", country_name(country) if country else None))
    return [said.format(name=field_label(name), value=value) for name, value in told if value]
