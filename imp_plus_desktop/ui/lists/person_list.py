# SPDX-License-Identifier: Apache-2.0
"""A list whose rows belong to people: the page of the row's person stands beside it.

    PersonListPage      .panel: PersonPanel
        take_panel(panel), give_panel() -> PersonPanel      the window's, while the list is in front
        await_panel(lent)   the same, once the list has been painted for the first time
    FiguredListPage     can also be opened on exactly the rows behind a figure of the quota

The actions of the window on a file are done to the one in the panel. A window has one panel for
all its lists, and each keeps how it left it. A list without a window makes its own. Must not know
any one list.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Shape
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.services.listing.placing import placed
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.several.several import Several
from imp_plus_desktop.ui.look import reading_order, theme
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.panel_state import FIRST_OPENED, WIDTH, PanelState
from imp_plus_desktop.ui.shell.actions import SEPARATOR, Entries, Offer, State, mapped
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Beside
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen, ChosenChip
from imp_plus_desktop.ui.widgets.labels import line
from imp_plus_desktop.words.servers.desk_texts import open_mark, open_text

if TYPE_CHECKING:
    from imp_plus_desktop.ui.person.person_panel import PersonPanel

_SOON_MS = 10
"""After the first painting, so that it is seen before the panel is made."""


class Trail:
    """Where one stands in a list, as it was when one came to the row."""

    def __init__(self) -> None:
        self._ids: Sequence[int] = ()
        self._at = 0
        self.kept: int | None = None
        """Who is shown although their row has left the list."""

    def follow(self, ids: Sequence[int], row: int) -> None:
        """Stand at a row of a list."""
        if ids is not self._ids or self.row != row:
            self._ids, self._at = ids, ids.index(row)

    @property
    def row(self) -> int | None:
        """The row where one stands."""
        return self._ids[self._at] if self._at < len(self._ids) else None

    def place(self) -> tuple[int, int] | None:
        """Which row of how many it is, from one."""
        return (self._at + 1, len(self._ids)) if self._ids else None

    def neighbour(self, by: int, still_there: Callable[[int], bool]) -> int | None:
        """The next row in a direction that the list still has."""
        at = self._at + by
        while 0 <= at < len(self._ids):
            if still_there(self._ids[at]):
                return self._ids[at]
            at += by
        return None


class PersonListPage(ListPage):
    """A list of what people have, with the person beside it."""

    SHOWS_PERSONS = True
    ENTITY: ClassVar[str]
    """What the rows are, as the register names kinds of rows."""
    OFFERED: ClassVar[frozenset[str]] = frozenset({"person"})
    """The kinds of rows that the filters offer a choice of."""
    FIRST_STATE: ClassVar[PanelState] = PanelState(opened=FIRST_OPENED)
    """How the panel stands beside this list the first time."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self._trail = Trail()  # rows are asked for while the page is being made
        super().__init__(shell, parent)
        self._others = frozenset[tuple[int | None, str]]()
        self.model.beside = self._who_else
        shell.around_changed.connect(self._on_around_changed)
        self._panel: PersonPanel | None = None
        self._lent: Callable[[], PersonPanel] | None = None
        self._left = self.FIRST_STATE
        self.several = Several(self, self, self.row_menu)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(line())
        self._card.body.addWidget(self.several.strip)
        # The splitter keeps its border and the window its least width while the panel is away.
        self._room = _Room()
        self._room.seen.connect(self._on_room_seen)
        self._room.setMinimumWidth(round(theme.metrics().body * WIDTH))
        layout = QVBoxLayout(self._room)
        layout.setContentsMargins(0, 0, 0, 0)
        self.put_beside(self._room)

    @property
    def panel(self) -> PersonPanel:
        """The page of the person whose row is chosen."""
        if self._panel is None:
            lent, self._lent = self._lent or self._own_panel, None
            self.take_panel(lent())
            self.show_again()
        return cast("PersonPanel", self._panel)

    def _own_panel(self) -> PersonPanel:
        # Loaded after the list is painted: it is half of what a list's page takes.
        from imp_plus_desktop.ui.person.person_panel import PersonPanel

        return PersonPanel(self.shell)

    def await_panel(self, lent: Callable[[], PersonPanel]) -> None:
        """Have a panel beside the list once that is painted, or sooner where it is asked for."""
        self._lent = lent

    def has_panel(self) -> bool:
        """Whether the panel is beside this list."""
        return self._panel is not None

    def take_panel(self, panel: PersonPanel) -> None:
        """Have the panel beside the list, as it was left here. What it shows comes with
        `show_again` or a refresh."""
        layout = cast(QVBoxLayout, self._room.layout())
        layout.addWidget(panel)
        panel.show()  # a widget that changes its parent is hidden by Qt
        self._panel = panel
        panel.walk.stepped.connect(self.step)
        panel.left.connect(self._on_panel_left)
        panel.restore(self._left)

    def give_panel(self) -> PersonPanel:
        """Let the panel go to another list."""
        panel, self._panel = self.panel, None
        panel.walk.stepped.disconnect(self.step)
        panel.left.disconnect(self._on_panel_left)
        self._left = panel.state()
        return panel

    def _who_else(self, row: Any) -> Beside | None:
        """Who else has the file of a row open, on a register on a server; not whoever has taken
        the row on: that stands there already."""
        company = self.shell.office.company
        claim = getattr(row, "claim", None)
        at = company.others_at(self.person_of(row)) if company.people else ()
        others = [one for one in at if claim is None or one.name != claim.name]
        return Beside(open_mark(others), "\n".join(map(open_text, others))) if others else None

    def _on_around_changed(self) -> None:
        people = self.shell.office.company.people
        now = frozenset((one.person, one.name) for one in people if not one.is_own)
        if now != self._others:
            self._others = now
            self.model.show_beside()

    def refresh(self) -> None:
        if self._panel is not None:
            self._panel.forget()
        super().refresh()
        self._let_go_of_who_is_gone()

    def show_touched(self, touched: Touched) -> None:
        super().show_touched(touched)
        self.show_again()
        self._let_go_of_who_is_gone()

    def ids_after(self, touched: Touched) -> array[int] | None:
        wanted = self.wanted(self._text())
        if touched.concerns(self.OFFERED):
            self.fill_filters()
            self.filters.refresh()
            if self.wanted(self._text()) != wanted:
                return None  # a choice that is offered no more was taken off
        if self.KIND is None or getattr(wanted, "flagged", False):
            return None  # a receipt flags other files, where their year is full
        kept = None if wanted.ids is None else frozenset(wanted.ids)

        def ask(ids: tuple[int, ...]) -> array[int]:
            among = ids if kept is None else tuple(kept.intersection(ids))
            some = replace(wanted, ids=among)
            return self.ids_of(self.shell.office, some, *self.order_in_use())

        return placed(self.shell.office, self.KIND, self.model.ids, touched, ask)

    def show_again(self) -> None:
        self._show_person(self.current_person())

    def retranslate(self) -> None:
        super().retranslate()
        several: Several | None = getattr(self, "several", None)
        if several is not None:
            several.retranslate()
        panel: PersonPanel | None = getattr(self, "_panel", None)  # the words come before it
        if panel is not None:
            panel.retranslate()

    def action_state(self) -> State:
        own = super().action_state()
        if self._panel is None:
            return own
        file = self._panel.action_state()
        chosen = self.table.chosen_count()
        return replace(
            file,
            listed=own.listed,
            printed=own.printed,
            file=own.file or file.file,
            chosen=chosen,
        )

    def file(self) -> OpenFile | None:
        """Whose file stands open beside the list, with all that are chosen in it."""
        file = self._panel.file() if self._panel is not None else None
        rows = self.several.chosen()
        if file is None or rows is None:
            return file
        all_of_them = rows.files()
        return replace(file, chosen=all_of_them.people, hidden=all_of_them.hidden)

    def current_person(self) -> int | None:
        """Whose row is chosen; or whoever was, where the list has lost their row meanwhile."""
        return super().current_person() or self._trail.kept

    def step(self, by: int) -> None:
        """Go to the next file of the list (1), or to the one before (-1), in the order in which
        it was when somebody was chosen."""
        row = self._trail.neighbour(by, lambda one: self.model.row_of(one) is not None)
        if row is not None:
            self._trail.kept = None
            self.table.select_id(row)

    def row_menu(self) -> Entries[Offer[Any]]:
        """What can be done to the row that is chosen, and to its person's file."""
        file = self._panel.file() if self._panel is not None else None
        if file is None:
            return ()
        entries = (*self.row_offers(), SEPARATOR, *self.panel.menu(whole=True))
        return mapped(entries, partial(_bound, file))

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        """What can be done to the row alone, for subclasses."""
        return ()

    def narrow(self, filters: Sequence[ColumnFilter]) -> None:
        """Ask this of columns, and nothing else."""
        self.filters.clear()
        self.header.search.set_text("")
        if self.filtering is not None:
            self.filtering.set_asked(filters)
        self.filters.refresh()
        self._show_ids()

    def _show_ids(self) -> None:
        super()._show_ids()
        row = self.table.current_id()
        if row is not None:
            self._trail.follow(self.model.ids, row)

    def _choose_first(self) -> None:
        lost = self._trail.row
        if self._trail.kept is None:
            super()._choose_first()
        elif lost is not None and self.model.row_of(lost) is not None:
            self._trail.kept = None  # an undo has brought them back
            self.table.select_id(lost)

    def _let_go_of_who_is_gone(self) -> None:
        """Where the file itself is gone, there is nothing to stay for."""
        gone = self._panel is not None and self._panel.person_id() is None
        if self._trail.kept is not None and gone:
            self._trail.kept = None
            self.table.select_first()

    def open_beside(self) -> None:
        """Go into the file beside the list."""
        panel = self.panel
        panel.finish()
        for widget in reading_order.stops(panel)[:1]:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._lent is None:
            _own = self.panel

    def _show_title(self) -> None:
        super()._show_title()
        several: Several | None = getattr(self, "several", None)
        if several is not None:
            several.show_counts(self.model.rowCount(), self._total)

    def finish(self) -> None:
        if self._panel is not None:
            self._panel.finish()

    def _show_person(self, person_id: int | None) -> None:
        if self._panel is None:
            return
        if self.table.is_walked():
            self._panel.glance(person_id, held=self.table.is_held())
        else:
            self._panel.bring(person_id)
        self._panel.walk.show_place(self._trail.place() if person_id is not None else None)

    def _show_after_rows(self, person_id: int | None) -> None:
        # Whoever stays although their row has gone may be gone themselves: that is asked at once.
        if self._panel is None or self._trail.kept is not None:
            self._show_person(person_id)
            return
        self._panel.follow(person_id)
        self._panel.walk.show_place(self._trail.place() if person_id is not None else None)

    def _on_table_row_selected(self, row_id: int) -> None:
        self._trail.kept = None
        self._trail.follow(self.model.ids, row_id)
        super()._on_table_row_selected(row_id)

    def _on_table_selection_cleared(self) -> None:
        # An act has moved the person out of the list: whoever works on the file stays in it.
        if self._asking and self._panel is not None:
            self._trail.kept = self._panel.person_id()
        super()._on_table_selection_cleared()

    def _on_table_row_activated(self, row_id: int) -> None:
        self.open_beside()

    def _on_room_seen(self) -> None:
        QTimer.singleShot(_SOON_MS, self, self._fill_room)

    def _fill_room(self) -> None:
        if self._panel is None:
            _lent = self.panel
            self.shell.state_changed()

    def _on_panel_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class _Room(QWidget):
    """Where the panel stands. `seen()`: it is painted without one."""

    seen = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not cast(QVBoxLayout, self.layout()).count():
            self.seen.emit()


def _bound(file: OpenFile, offer: Offer[OpenFile]) -> Offer[Any]:
    """The same offer, done to this file whatever it is handed."""
    return replace(offer, do=lambda _rows: file.do(offer.do))


class FiguredListPage(PersonListPage):
    """A list that can show the rows behind a figure: `.chosen` is the chip that says so."""

    def make_filters(self) -> None:
        self.chosen = cast(ChosenChip, self.filters.add_chip(ChosenChip()))

    def fill_filters(self) -> None:
        self.chosen.fill()

    def wanted(self, text: str) -> Any:
        return replace(super().wanted(text), ids=self.chosen.ids())

    def open_with(self, argument: object) -> None:
        """The rows behind a figure: exactly these are shown, or what its filters keep."""
        if isinstance(argument, Shape):
            self.narrow(argument.filters)
        elif isinstance(argument, Chosen):
            self.filters.clear()
            self.header.search.set_text("")
            self.chosen.choose(argument)
            self.filters.refresh()
            self._show_ids()
