# SPDX-License-Identifier: Apache-2.0
"""The other routes to a work permit: a table to read, with its search, and one entry beside it;
and its face of programmes, with the board of one.

What a nationality needs to enter is the only thing that is recorded here. Must not judge: which
routes fit a person is said below that person's verdict.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.domain.verdict.routes import EntryList, Route, Topic, Words
from imp_plus_desktop.i18n import (
    _,
    current_language,
    format_day,
    format_day_short,
    format_number,
    ngettext,
)
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.pages.programmes.board import CHOSEN, ProgrammeBoard
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card, PageHeader, Pages, Scroll, SplitPane
from imp_plus_desktop.ui.widgets.labels import button, clear, label, line, making
from imp_plus_desktop.words.messages import country_name, name_of

_ENTRY = "entry"
PROGRAMMES, _LIST, _FACE = "programmes", "list", "face-routes"


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One line of the list: a route, or a topic that goes with them."""

    id: int
    entry: Route | Topic
    title: str


class RoutesPage(Page):
    """Routes and topics at the left, what the chosen one says at the right."""

    key = "routes"
    CONCERNS = frozenset({"entry_rule", "other_route", "person", "programme_file"})

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.header = PageHeader(self)
        self._rows: dict[int, RouteRow] = {}
        columns: tuple[Column[RouteRow], ...] = (
            Column(
                "name",
                lambda: _("Route"),
                lambda r: r.title,
                width=16,
                stretch=True,
                tooltip=lambda r: r.title,
            ),
            Column("permit", lambda: _("Permit"), _permit_of, width=12.5, kind="chip", tone=_tone),
        )
        self.model: RowsModel[RouteRow] = RowsModel(columns, self._fetch, parent=self)
        self.table = TableView(self.model, self.key, shell.settings)
        left = Card()
        inside = left.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        left.body.addWidget(self.table)
        self._inner = QWidget()
        self._detail = QVBoxLayout(self._inner)
        self._detail.setContentsMargins(*(theme.space(4),) * 4)
        self._detail.setSpacing(theme.space(2))
        right = Card()
        outer = right.layout()
        if outer is not None:
            outer.setContentsMargins(1, theme.space(1), 1, theme.space(1))
        right.body.addWidget(Scroll(self._inner))
        self.faces = ChoiceChips(whole=True)
        self.header.add_widget(self.faces)
        self.board = ProgrammeBoard(shell)
        self._stack = Pages()
        self._stack.addWidget(SplitPane(self.key, left, right, shell.settings, (11, 10)))
        self._stack.addWidget(self.board)
        self.column.addWidget(self.header)
        self.column.addWidget(self._stack, 1)
        self._name_faces()
        kept = shell.settings.layout(_FACE)
        self.faces.choose(kept if kept == PROGRAMMES else _LIST, tell=False)
        self.faces.chosen.connect(self.show_face)
        self.board.counted.connect(self._show_board_title)
        self.board.opened.connect(lambda person: self.shell.go("people", person))
        self.header.search.searched.connect(self._on_search_searched)
        self.header.search.left.connect(self._on_search_left)
        self.table.row_selected.connect(self._on_row_selected)
        self.retranslate()

    def refresh(self) -> None:
        """Show what the search finds; the chosen entry stays chosen."""
        self._stack.setCurrentIndex(int(self.is_board()))
        if self.is_board():
            self.board.refresh()
            return
        office, search = self.shell.office, self.header.search.text().strip()
        found: list[Route | Topic] = [*routes.routes(office, search)]
        found += routes.topics(office, search)
        everything: list[Route | Topic] = [*routes.everything(office), *office.routes.topics]
        numbers = {entry.key: number for number, entry in enumerate(everything, start=1)}
        rows = [RouteRow(numbers[e.key], e, routes.said(office, e.name)) for e in found]
        self._rows = {row.id: row for row in rows}
        self.table.set_ids([row.id for row in rows])
        self.table.select_first()
        self._show_title(len(rows), len(everything))
        self._show_entry()

    def retranslate(self) -> None:
        set_name(self, self.title())
        self._name_faces()
        self._name_search()
        set_name(self.table, self.title())
        self.table.set_empty_text(_("Nothing matches. Change the search."))
        self.table.retranslate()
        self.board.retranslate()
        self.refresh()

    def is_concerned(self, touched: Touched) -> bool:
        # Where somebody stands in a programme rests on the whole file.
        return super().is_concerned(touched) or (self.is_board() and touched.concerns(FILE))

    def is_board(self) -> bool:
        """Whether the programmes are in front and not the routes."""
        return self.faces.chosen_key() == PROGRAMMES

    def show_face(self, face: str) -> None:
        """Bring the routes or the programmes to the front."""
        self.faces.choose(face, tell=False)
        self.shell.settings.keep_layout(_FACE, face)
        self._name_search()
        self.header.search.set_text("")
        self.board.set_search("")
        self.refresh()

    def set_search(self, text: str) -> None:
        self.header.search.set_text(text, tell=True)

    def focus_search(self) -> bool:
        self.header.search.focus_search()
        return True

    def focus_start(self) -> None:
        if self.is_board():
            self.board.focus_start()
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_with(self, argument: object) -> None:
        """A route's or a topic's key chooses it; `programmes` shows the face of those, with a
        colon and a key one of them."""
        if not isinstance(argument, str) or not argument:
            return
        face, _colon, key = argument.partition(":")
        if face == PROGRAMMES:
            if key:
                self.shell.settings.keep_layout(CHOSEN, key)
            self.show_face(PROGRAMMES)
            return
        self.show_face(_LIST)
        self.header.search.set_text("")
        self.refresh()
        for row in self._rows.values():
            if row.entry.key == argument:
                self.table.select_id(row.id)

    def current_key(self) -> str | None:
        """The key of the entry shown."""
        row = self._chosen()
        return None if row is None else row.entry.key

    def _fetch(self, ids: Sequence[int]) -> Sequence[RouteRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _chosen(self) -> RouteRow | None:
        number = self.table.current_id()
        return None if number is None else self._rows.get(number)

    def _name_faces(self) -> None:
        self.faces.set_choices([Choice(_LIST, _("Routes")), Choice(PROGRAMMES, _("Programmes"))])

    def _name_search(self) -> None:
        text = _("Find a name…") if self.is_board() else _("Find a route, a word…")
        self.header.search.set_texts(text, text)

    def _show_board_title(self) -> None:
        if not self.is_board():
            return
        count = self.board.count()
        self.header.set_title(_("Programmes"), format_number(count) if count else "")

    def _show_title(self, shown: int, total: int) -> None:
        count = format_number(shown)
        if shown != total:
            count = _("{shown} of {total}").format(shown=count, total=format_number(total))
        self.header.set_title(self.title(), count)

    def _show_entry(self) -> None:
        clear(self._detail)
        row = self._chosen()
        if row is None:
            return
        self._add(label(row.title, "subject", wrap=True))
        if isinstance(row.entry, Route):
            self._show_route(row.entry)
        else:
            for words in row.entry.text:
                self._add(label(self._said(words), wrap=True))
            if row.entry.key == _ENTRY:
                self._show_entry_rules()
        self._add(label(_("Source: {source}").format(source=row.entry.source), "small"))
        self._detail.addStretch(1)

    def _show_route(self, route: Route) -> None:
        chip = Chip(name_of(route.permit, "route_permit"), Tone.PLAIN, self._inner)
        self._add(chip)
        if route.from_day is not None and route.until_day is not None:
            words = _("From {first} to {last}")
            days = words.format(first=format_day(route.from_day), last=format_day(route.until_day))
            self._add(label(days, "secondary", wrap=True))
        self._heading(_("Who may apply"))
        self._add(label(self._said(route.who), wrap=True))
        self._heading(_("What it needs"))
        for words_ in route.needs:
            self._add(label(f"– {self._said(words_)}", wrap=True))
        if route.lasts is not None:
            self._heading(_("How long"))
            self._add(label(self._said(route.lasts), wrap=True))
        if route.asked:
            link = button(_("Board of this programme"), "link")
            link.clicked.connect(lambda: self.open_with(f"{PROGRAMMES}:{route.key}"))
            self._add(link)
        holders = routes.holders(self.shell.office, route.key)
        if holders:
            count = ngettext("{count} person in the register", "{count} people in the register",
                             len(holders))  # fmt: skip
            link = button(count.format(count=format_number(len(holders))), "link")
            link.clicked.connect(self._on_holders_clicked)
            self._add(link)

    def _show_entry_rules(self) -> None:
        office = self.shell.office
        self._heading(_("Recorded by the office"))
        known = {rule.country: rule for rule in routes.entry_rules(office)}
        if not known:
            words = _("Nothing is recorded: IRCC’s list below holds for everyone.")
            self._add(label(words, "secondary", wrap=True))
        for country in sorted(known, key=lambda one: sort_key(country_name(one))):
            rule = known[country]
            self._add(line())
            needed = name_of(rule.requirement, "requirement")
            text = _("{name}: {value}").format(name=country_name(country), value=needed)
            self._add(label(text, wrap=True))
            detail = f"{format_day_short(rule.from_day)} · {rule.source}"
            self._add(label(detail, "small", wrap=True))
        record = button(_("Record a nationality…"))
        making("routes.entry", record)
        record.clicked.connect(self._on_record_clicked)
        self._add(record)
        found = ((country, routes.entry_for(office, country)) for country in known)
        self._show_shipped_list(frozenset(country for country, one in found if one and one.own))

    def _show_shipped_list(self, own: frozenset[str]) -> None:
        """IRCC's list as it was read, without the countries for which the office has its own."""
        shipped = self.shell.office.routes.entry
        day = format_day(shipped.read_on)
        self._heading(_("IRCC’s list, as read on {day}").format(day=day))
        for requirement, countries in (("eta", shipped.eta), ("none", shipped.neither)):
            title = name_of(requirement, "requirement")
            names = sorted((_with_note(shipped, c) for c in countries - own), key=sort_key)
            said = _("{name}: {value}").format(name=title, value="; ".join(names))
            self._add(label(said, wrap=True))
        rest = _("All other nationalities but Canada’s")
        needed = name_of("visa", "requirement")
        self._add(label(_("{name}: {value}").format(name=needed, value=rest), wrap=True))

    def _heading(self, text: str) -> None:
        made = label(text, "heading")
        made.setContentsMargins(0, theme.space(2), 0, 0)
        self._add(made)

    def _add(self, widget: QWidget) -> None:
        is_block = widget.sizePolicy().hasHeightForWidth()
        where = Qt.AlignmentFlag(0) if is_block else Qt.AlignmentFlag.AlignLeft
        if widget.property("role") == "line":
            where = Qt.AlignmentFlag(0)
        self._detail.addWidget(widget, 0, where)
        widget.show()

    def _said(self, words: Words) -> str:
        return routes.said(self.shell.office, words)

    def _on_search_searched(self, text: str) -> None:
        if self.is_board():
            self.board.set_search(text.strip())
            return
        self.refresh()

    def _on_search_left(self) -> None:
        self.focus_start()

    def _on_row_selected(self, number: int) -> None:
        self._show_entry()

    def _on_record_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.office.entry_rule import EntryRuleDialog

        done = EntryRuleDialog(self.shell.office.as_shown(), parent=self.window()).ask()
        if done is not None and done.act is not None:
            self.shell.changed(_("Entry requirement recorded"), done.act)

    def _on_holders_clicked(self) -> None:
        key = self.current_key()
        if key is not None:
            self.shell.go("people", list(routes.holders(self.shell.office, key)))


def _with_note(shipped: EntryList, country: str) -> str:
    name, note = country_name(country), shipped.notes.get(country)
    return name if note is None else f"{name} ({note.in_language(current_language())})"


def _permit_of(row: RouteRow) -> str:
    if isinstance(row.entry, Route):
        return name_of(row.entry.permit, "route_permit")
    return _("Good to know")


def _tone(row: RouteRow) -> Tone:
    return Tone.ACCENT if isinstance(row.entry, Route) else Tone.PLAIN
