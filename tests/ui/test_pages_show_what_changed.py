# SPDX-License-Identifier: Apache-2.0
"""What a page shows after an act, from what the act touched, is what the register holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from second_desk import CASES, PREPARED, Furnished, desk, furnish

from imp_plus_desktop.domain.reads.touched import FILE, OFFICE, PROGRAMME
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.person.section_order import ORDER
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import settle

SECTIONS = (*ORDER, "history")
BY_KIND = {
    "person": "names_history.change_name",
    "letter": "folder.save_letter",
    "residence": "residences.save_all",
    "passport": "folder.save_passport",
    "member": "family.edit_member",
    "application": "applications.decide",
    "permit": "permits.issue",
    "document": "documents.mark",
    "note": "folder.add_note",
    "former_name": "names_history.save_former",
    "former_number": "imports.commit",
    "contact": "contacts.save",
    "employment": "employments.save",
    "request": "requests.save",
    "portal_line": "portal.observe",
    "payment": "fees.pay",
    "other_route": "routes.save",
    "deadline_mark": "agenda.move",
    "flag_settlement": "flags.settle",
    "ledger_entry": "applications.receive",
    "parameter": "parameters.set_window",
    "cap_limit": "quota.set_cap",
    "official_count": "quota.set_official",
    "entry_rule": "routes.set_entry",
    "closed_period": "periods.close",
    "held_row": "review.resolve",
    "list_view": "views.save",
    "letter_template": "templates.add",
    "letterhead": "letterhead.save",
    "programme_file": "library.take",
    "legal_hold": "retention.hold",
    "privacy_desk": "desk.save",
    "incident": "incidents.save",
}
"""An act of each kind of row."""
MORE = ("people.add", "imports.commit", "merge_people.merge", "deaths.record", "clerks.assign",
        "family.delete_member", "preparing.discard",
        "file_bin.delete", "file_bin.restore")  # fmt: skip
ACTS = (*BY_KIND.items(), *((None, name) for name in MORE))
ABOUT_ACTS = {"overview", "imports"}
"""Pages that list acts: every act is seen there."""
UNSEEN = {
    *("periods.close", "letterhead.save", "file_bin.restore"),
    *("retention.hold", "desk.save", "incidents.save"),
}
"""Acts after which no page says anything else: what they kept is seen in a report, on a letter, or
stands as it stood before it was thrown away."""
PARTS = 11
"""In so many parts all acts are done; by another desk, each third."""
OF_ANOTHER = 6

Said = Counter[tuple[object, ...]]


@dataclass
class Desk:
    """A window on a furnished register, with every page opened once."""

    window: MainWindow
    office: Office
    found: Furnished
    path: Path

    @property
    def people(self) -> PeoplePage:
        """The list of people, in front with the person's page beside it."""
        page = self.window.open_page("people")
        assert isinstance(page, PeoplePage)
        return page

    def shown(self, front: str) -> dict[str, Said]:
        """What every page says once it is opened, the one in front first, then the person's."""
        told = {front: said(self.window.open_page(front))}
        panel = self.people.panel
        told["person"] = words_of(panel)
        self.fold()
        for key in self.window.page_keys():
            if key not in told:
                told[key] = said(self.window.open_page(key))
        return {**told, "side bar": words_of(self.window.side)}

    def held(self) -> dict[str, Said]:
        """What every page says when all is asked of the register anew."""
        self.fold()
        self.window.refresh()
        told = {}
        for key in self.window.page_keys():
            page = self.window.page(key)
            page.refresh()
            told[key] = said(page)
        told["side bar"] = words_of(self.window.side)
        self.unfold()
        self.people.panel.refresh()
        return {**told, "person": words_of(self.people.panel)}

    def fold(self) -> None:
        """Fold the person's page: with each list that is opened it would be filled anew."""
        self.people.panel.collapse()

    def unfold(self) -> None:
        """Open all that the person's page can show."""
        for section in SECTIONS:
            self.people.panel.expand(section)


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    first = new_office(tmp_path / "office.imp", build.TODAY)
    office = desk(first, tmp_path / "office.imp")
    first.close()
    found = furnish(office, tmp_path)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    for key in window.page_keys():
        page = window.open_page(key)
        if isinstance(page, PersonListPage):
            choose(page, found.one)
    window.page("routes").open_with("entry")  # where the rules of entry stand
    made = Desk(window, office, found, tmp_path)
    made.unfold()
    yield made
    window.close()
    office.close()


def choose(page: ListPage, person: int) -> None:
    """Choose the first row of somebody, if there is one."""
    rows = page.fetch(page.shown_ids())
    first = next((place for place, row in enumerate(rows) if page.person_of(row) == person), None)
    if first is not None:
        page.table.select_id(page.table.ids()[first])


def words_of(root: QWidget, without: QWidget | None = None) -> Said:
    """All that the widgets below one say, seen or not."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found: Said = Counter()
    for widget in root.findChildren(QWidget):
        if without is None or not without.isAncestorOf(widget):
            text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
            # What is cut for want of room is whole in the name.
            found[(widget.accessibleName() or text, widget.accessibleDescription())] += 1
    del found[("", "")]
    return found


def said(page: Page) -> Said:
    """What a page says, and each cell of its list; the person's page beside it apart."""
    panel = page.panel if isinstance(page, PersonListPage) and page.has_panel() else None
    found = words_of(page, panel)
    if isinstance(page, ListPage):
        model = page.model
        for row in range(model.rowCount()):
            cells = (model.index(row, column).data() for column in range(model.columnCount()))
            found[(row, *cells)] += 1
        found[("chosen", *page.table.chosen_ids())] += 1
    return found


def assert_same(name: str, shown: dict[str, Said], held: dict[str, Said]) -> None:
    for key, words in held.items():
        assert shown[key] == words, (name, key, shown[key] - words, words - shown[key])


def test_there_is_an_act_of_each_kind() -> None:
    assert BY_KIND.keys() == {*FILE, *PROGRAMME, *OFFICE}


@pytest.mark.many("3")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_shows_what_an_act_touched(at: Desk, part: int) -> None:
    """Each act is undone again, so that the next one finds the register as it was."""
    keys = at.window.page_keys()
    before = at.held()
    for place, (kind, name) in list(enumerate(ACTS))[part::PARTS]:
        first = len(at.office.made)
        seen = PREPARED[name](at.office, at.found) if name in PREPARED else None
        at.window.shell.changed()
        front = keys[place % len(keys)]
        at.window.open_page(front)
        CASES[name](at.office, at.found, seen)
        assert kind is None or at.office.made[-1].touched.concerns({kind})
        at.window.shell.changed()
        shown = at.shown(front)
        held = at.held()
        assert_same(name, shown, held)
        changed = {key for key, words in held.items() if words != before[key]}
        assert changed - ABOUT_ACTS or name in UNSEEN, f"nobody sees {name}"
        take_back(at.office, first)


@pytest.mark.many("1")
@pytest.mark.parametrize("part", range(OF_ANOTHER))
def test_every_page_shows_what_another_desk_touched(at: Desk, part: int) -> None:
    other = replace(desk(at.office, at.path / "office.imp"), made=[])
    keys = at.window.page_keys()
    for place, (_kind, name) in list(enumerate(ACTS))[::3][part::OF_ANOTHER]:
        seen = PREPARED[name](other, at.found) if name in PREPARED else None
        look(at.window)
        front = keys[place // 3 % len(keys)]
        at.window.open_page(front)
        CASES[name](other, at.found, seen)
        look(at.window)
        assert_same(name, at.shown(front), at.held())
    other.close()


def take_back(office: Office, first: int) -> None:
    """Undo what was done here from the act at a place on."""
    for act in reversed([made.id for made in office.made[first:]]):
        row = history.act_row(office, act)
        if row is not None and row.undone_by is None and row.undoes is None:
            history.undo(office, act)


def look(window: MainWindow) -> None:
    """Two looks, as the timer does them, without its rest after a slow one."""
    settle(window)
    for _look in range(2):
        window.watching._free_from = 0.0
        window.watching.look()
