# SPDX-License-Identifier: Apache-2.0
"""Nothing moves under a pointer: what is pressed twice at one place is the same thing twice."""

from typing import Any

import office_builders as build
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.look.menus import name_entry, set_entry
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, VerdictPanel, VerdictView
from imp_plus_desktop.ui.widgets.chips import FilterBar, FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from tests.ui.person_fixtures import fill, office

__all__ = ["office"]

_AIR_OF_CHOSEN = 6 + 1
LONG = "Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaft"


def settled(widget: QWidget) -> None:
    for _turn in range(3):
        QApplication.processEvents()


def boxes(*widgets: QWidget) -> list[tuple[QPoint, Any]]:
    return [(made.mapToGlobal(QPoint(0, 0)), made.size()) for made in widgets]


def test_a_filter_that_is_chosen_or_cleared_moves_no_other(qtbot: QtBot) -> None:
    bar, first, second = FilterBar(), FilterChip(), FilterChip()
    qtbot.addWidget(bar)
    choices = ((1, "A"), (2, "A rather long state of things"), (3, LONG))
    for chip in (first, second):
        chip.set_choices("State", "All", choices)
        bar.add_chip(chip)
    bar.resize(900, 40)
    bar.show()
    settled(bar)
    before = boxes(first, second)
    for value in (1, 2, 3, None):
        first.set_value(value, tell=True)
        settled(bar)
        assert boxes(first, second) == before, value
    first.set_value(3, tell=True)
    assert LONG not in first.text()
    assert first.fontMetrics().horizontalAdvance(first.text()) <= first.width() - 20
    assert LONG in first.toolTip()
    # The cross, pressed twice, clears the filter and reaches no other.
    second.set_value(1)
    cross = QPoint(first.width() - 6, first.height() // 2)
    first.open_menu = lambda: None  # type: ignore[method-assign]
    for _press in range(2):
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=cross)
        settled(bar)
    assert (first.value(), second.value()) == (None, 1)


def test_a_part_of_a_list_that_is_chosen_moves_no_other_and_is_read_whole(qtbot: QtBot) -> None:
    chips = ChoiceChips()
    qtbot.addWidget(chips)
    texts = ("Tableau", "Au-delà du plafond (12)", "Rapports", "Échéances d’ici 30 jours")
    chips.set_choices([Choice(text, text) for text in texts])
    chips.resize(700, 40)
    chips.show()
    settled(chips)
    made = chips.findChildren(QPushButton)[: len(texts)]
    assert [button.text() for button in made] == list(texts)
    before = boxes(*made)
    for text in texts:
        chips.choose(text)
        settled(chips)
        assert boxes(*made) == before, text
        (chosen,) = [button for button in made if button.isChecked()]
        wide = chosen.fontMetrics().horizontalAdvance(text)
        assert wide + 2 * _AIR_OF_CHOSEN <= chosen.width(), text


def test_why_stays_where_it_was_pressed(qtbot: QtBot) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    more = (FindingLine(Tone.OK, "met"),)
    panel.show_verdict(VerdictView(Tone.BAD, "No", "A sentence", more, (), more))
    panel.resize(500, 400)
    panel.show()
    settled(panel)
    links = [b for b in panel.findChildren(QPushButton) if b.property("role") == "link"]
    (why,) = [b for b in links if b.isVisible()]
    before, words = boxes(why), why.text()
    for _press in range(2):
        QTest.mouseClick(why, Qt.MouseButton.LeftButton)
        settled(panel)
        assert boxes(why) == before
    assert why.text() == words


def test_a_finding_pushes_no_field_below_it(qtbot: QtBot, office: Office) -> None:
    build.invite(office, 1)
    dialog = PersonDialog(office)
    qtbot.addWidget(dialog)
    dialog.show()
    fields = [dialog.form.field(key) for key in dialog.form.keys()]  # noqa: SIM118
    before = boxes(*fields)
    fill(dialog, family_name="A", individual_reference="C1000001", birth_date="2040-01-01")
    qtbot.waitUntil(lambda: bool(dialog.form.finding("birth_date")), timeout=2000)
    settled(dialog)
    assert boxes(*fields) == before
    fill(dialog, individual_reference="", birth_date="")
    qtbot.waitUntil(lambda: not dialog.form.finding("birth_date"), timeout=2000)
    settled(dialog)
    assert boxes(*fields) == before


def test_a_name_without_a_gap_is_cut_in_menus_with_its_whole_in_the_tooltip(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    action = QAction(menu)
    menu.addAction(action)
    name_entry(action, "&Undo: {act}", f"{LONG} & {LONG}")
    assert action.text().startswith("&Undo: Wolfe")
    assert menu.sizeHint().width() < 800
    assert action.toolTip() == f"{LONG} & {LONG}"
    assert menu.toolTipsVisible()
    set_entry(action, "R & D")
    assert action.text() == "R && D"
    assert LONG not in action.toolTip()


def test_chips_stand_closer_before_their_line_scrolls(qtbot: QtBot) -> None:
    chips = ChoiceChips()
    qtbot.addWidget(chips)
    chips.set_choices([Choice(str(n), f"Échéances {n}") for n in range(6)])
    chips.show()
    settled(chips)
    natural = chips.sizeHint().width()
    for less, scrolls in ((0, False), (15, False), (60, True), (0, False)):
        chips.resize(natural - less, 40)
        settled(chips)
        assert chips.sizeHint().width() == natural
        arrows = [made for made in chips.findChildren(QPushButton) if made.text() in "‹›"]
        assert [made.isVisible() for made in arrows] == [scrolls, scrolls], less


def test_chips_whose_counts_change_keep_the_keys(qtbot: QtBot) -> None:
    chips = ChoiceChips()
    qtbot.addWidget(chips)
    chips.set_choices([Choice("all", "All 3"), Choice("some", "Some 1")])
    chips.choose("some")
    chips.show()
    second = chips.findChildren(QPushButton)[1]
    second.setFocus()
    chips.set_choices([Choice("all", "All 5"), Choice("some", "R&D 2")])
    assert chips.texts() == {"all": "All 5", "some": "R&&D 2"}
    assert chips.focusWidget() is second
    assert (second.isChecked(), second.accessibleName()) == (True, "R&D 2")
    chips.set_choices([Choice("all", "All 5")])
    assert chips.chosen_key() == "all"
