# SPDX-License-Identifier: Apache-2.0
"""The list of permits and how long they last, and its face of those that end. Holds columns and
filters only."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.deadlines.nearness import NEAR_DAYS, SOON_DAYS
from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import PermitRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.domain.values.codes import DocumentType, LimitedBy
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.ui.lists.endings.board import EndingsBoard
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.person_list import FiguredListPage
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.meanings import meaning_of
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions import application_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import Offer, State, offers
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.words.messages import field_label, name_of

ENDING, _LIST, _FACE = "ending", "list", "face-permits"
_PAST = -1
_LIMIT_TONES = {LimitedBy.PASSPORT: Tone.WARN}


def tone_of_days(days_left: int) -> Tone:
    """How near a last day is: bad once past or within a month, warning within three."""
    if days_left <= NEAR_DAYS:
        return Tone.BAD
    return Tone.WARN if days_left <= SOON_DAYS else Tone.PLAIN


def _left(shell: Shell, row: PermitRow) -> str:
    return write.days(_days_left(shell, row))


def _days_left(shell: Shell, row: PermitRow) -> int:
    return (row.valid_until - shell.today()).days


def _left_tone(shell: Shell, row: PermitRow) -> Tone:
    return tone_of_days(_days_left(shell, row))


def _limit(row: PermitRow) -> str:
    if row.limited_by is LimitedBy.PASSPORT:
        return name_of(DocumentType.PASSPORT)
    if row.shorter:
        return _("Shorter")
    return _("Principal") if row.limited_by is LimitedBy.PRINCIPAL else ""


def _lost(row: PermitRow) -> str:
    return write.days(row.lost_days) if row.lost_days else write.DASH


def _columns(shell: Shell) -> tuple[Column[PermitRow], ...]:
    return (
        Column(
            "name", lambda: _("Holder"), lambda r: r.name, width=8.4, sort="name", stretch=True,
            tooltip=lambda r: r.name,
        ),
        Column(
            "code", lambda: field_label("code"), lambda r: name_of(r.code), width=4.2,
            sort="code", quiet=True, tooltip=lambda r: meaning_of(r.code),
            source="application.code",
        ),
        Column(
            "number", lambda: _("Number"), lambda r: write.text(r.permit_number), width=7.6,
            sort="number", quiet=True,
            source="permit.permit_number",
        ),
        Column(
            "from", lambda: field_label("from_day"), lambda r: write.iso(r.valid_from), width=7.4,
            kind="date", sort="from", optional=True,
            source="permit.valid_from",
        ),
        Column(
            "until", lambda: field_label("until_day"), lambda r: write.iso(r.valid_until),
            width=7.4, kind="date", sort="until",
            source="permit.valid_until",
        ),
        Column(
            "left", lambda: _("Left"), partial(_left, shell), width=5, kind="number",
            sort="until", tone=partial(_left_tone, shell),
            source="permit.valid_until", days=partial(_days_left, shell),
        ),
        Column(
            "limited", lambda: _("Limited by"), _limit, width=8.1, kind="chip",
            tone=lambda r: _LIMIT_TONES.get(r.limited_by, Tone.PLAIN),
            tooltip=lambda r: name_of("shorter" if r.shorter else r.limited_by, "limited_by"),
        ),
        Column("lost", lambda: _("Lost"), _lost, width=4.6, kind="number",
               sort="lost", days=lambda r: r.lost_days),
    )  # fmt: skip


class PermitsPage(FiguredListPage):
    """Every permit, the one that ends first at the top."""

    key = "permits"
    KIND = ListKind.PERMITS
    ids_of = staticmethod(permits.ids)
    count_of = staticmethod(permits.matching)
    EXPORT = "permits"
    ENTITY = "permit"
    CONCERNS = frozenset({"permit", "application", "person", "member", "passport", "former_name"})
    OFFERED = frozenset({"application", "letter", "person"})
    SIZES = (13, 8)
    SORT = ("until", False)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.faces = ChoiceChips(whole=True)
        self.header.add_widget(self.faces)
        self.board = EndingsBoard(shell)
        self._stack.addWidget(self.board)
        self.filters.add_widget(self.board.within)
        self._name_faces()
        kept = shell.settings.layout(_FACE)
        self.faces.choose(kept if kept == ENDING else _LIST, tell=False)
        self.faces.chosen.connect(self.show_face)
        self.board.opened.connect(self._on_person_opened)
        self.board.list.chosen.connect(self._on_board_chosen)
        self.board.list.customContextMenuRequested.connect(self._on_board_menu)

    def is_board(self) -> bool:
        """Whether the permits that end are in front and not the list."""
        return hasattr(self, "faces") and self.faces.chosen_key() == ENDING

    def show_face(self, face: str) -> None:
        """Bring the list or the permits that end to the front."""
        self.faces.choose(face, tell=False)
        self.shell.settings.keep_layout(_FACE, face)
        self.table.let_go()
        self._show_ids()
        if self.isVisible() and not self.faces.isAncestorOf(self.focusWidget()):
            self.focus_start()

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a name, a number…"),
            empty_title=_("No permit yet"),
            empty_sentence=_(
                "This is where the permits issued stand, with their last day and what sets it. "
                "Open a person whose application is approved and record the permit."
            ),
            empty_button=_("Go to the people"),
        )

    def columns(self) -> Sequence[Column[PermitRow]]:
        return _columns(self.shell)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "board"):
            self._name_faces()
            self.board.retranslate()

    def focus_start(self) -> None:
        if self.is_board() and self.board.count():
            self.board.focus_start()
        else:
            super().focus_start()

    def open_with(self, argument: object) -> None:
        """The permits that end, or what a figure or its filters keep."""
        if argument == ENDING:
            self.show_face(ENDING)
            return
        if argument is not None:
            self.show_face(_LIST)
        super().open_with(argument)

    def current_person(self) -> int | None:
        return self.board.current_person() if self.is_board() else super().current_person()

    def status(self) -> str:
        if not self.is_board():
            return super().status()
        count = self.board.count()
        text = ngettext("{count} shown", "{count} shown", count)
        return text.format(count=write.number(count))

    def action_state(self) -> State:
        state = super().action_state()
        return replace(state, chosen=0, listed=False) if self.is_board() else state

    def is_concerned(self, touched: Touched) -> bool:
        # A way on rests on the whole file.
        return super().is_concerned(touched) or (self.is_board() and touched.concerns(FILE))

    def show_touched(self, touched: Touched) -> None:
        if not self.is_board() or touched.everything or not touched.people:
            super().show_touched(touched)
        elif self.is_concerned(touched):
            # The list behind is asked for anew when its face is chosen.
            self.board.show_touched(touched.people)
            self._show_title()
            self.show_again()

    def _show_these(self, ids: "array[int]") -> None:
        super()._show_these(ids)
        board = self.is_board() and bool(self._total)
        for widget in (self.columns_button, self.ends, self.year, self.export_button):
            widget.setVisible(bool(self._total) and not board)
        self.board.within.setVisible(board)
        # The board asks for who answers for a file, and for nothing of a column.
        self.filters.show_only(self.clerk if board else None)
        if self.viewing is not None:
            self.viewing.tabs.setVisible(bool(self._total) and not board)
        if board:
            clerk = self.filters.asked_by_name().get("clerk")
            self.board.refresh(Scope(clerk=clerk), self._text())
            self._stack.setCurrentWidget(self.board)
            self._show_title()

    def _show_title(self) -> None:
        super()._show_title()
        if self.is_board() and self._total:
            self.header.set_title(_("Permits that end"), write.number(self.board.count()))

    def _name_faces(self) -> None:
        self.faces.set_choices([Choice(_LIST, _("List")), Choice(ENDING, _("Ending"))])

    def _on_person_opened(self, person: int) -> None:
        self.shell.go("people", person)

    def _on_board_chosen(self) -> None:
        self._show_person(self.board.current_person())

    def _on_board_menu(self, where: QPoint) -> None:
        entries = self.row_menu()
        if not entries:
            return
        menu = offer_menu(entries, self)
        menu.triggered.connect(lambda chosen: chosen.data() and chosen.data().do(None))
        menu.popup(self.board.list.viewport().mapToGlobal(where))

    def make_filters(self) -> None:
        super().make_filters()
        self.ends = self.filters.add_chip(FilterChip(), "ends")
        self.year = self.filters.add_chip(FilterChip(), "year")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))

    def fill_filters(self) -> None:
        within = _("Expires within {days} days")
        ends = [(days, within.format(days=days)) for days in (30, 90, 180)]
        self.ends.set_choices(
            _("Expiry"), _("Every expiry"), [*ends, (_PAST, _("Already expired"))]
        )
        years = [
            (y, _("Valid from {year}").format(year=y))
            for y in applications.years(self.shell.office)
        ]
        self.year.set_choices(_("Year in which it begins"), _("All years"), years)
        self.clerk.fill(self.shell.office)
        super().fill_filters()

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> permits.PermitFilter:
        today = self.shell.today()
        ends = cast(int | None, named.get("ends"))
        first = last = None
        if ends == _PAST:
            last = today - timedelta(days=1)
        elif ends is not None:
            first, last = today, today + timedelta(days=ends)
        return permits.PermitFilter(
            text=text,
            year=named.get("year"),
            until_from=first,
            until_by=last,
            clerk=named.get("clerk"),
            columns=columns,
        )

    def fetch(self, ids: Sequence[int]) -> Sequence[PermitRow]:
        return permits.rows(self.shell.office, ids)

    def total(self) -> int:
        return permits.count(self.shell.office)

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        row = self.table.current_row()
        if row is None or self.is_board():
            return ()
        file = person_file.file_of(self.shell.office, row.person_id)
        found = (permit for permit in file.permits if permit.id == row.id)
        return [one for permit in found for one in offers(application_actions.PERMIT_ENTRY, permit)]

    def fill_empty(self) -> None:
        self.shell.go("people")
