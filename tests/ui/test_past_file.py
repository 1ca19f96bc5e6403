# SPDX-License-Identifier: Apache-2.0
"""The page of a person as it was on an earlier day."""

from dataclasses import replace
from datetime import timedelta

import office_builders as build
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.days import day_words
from imp_plus_desktop.ui.person.past_file import PastFileDialog
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import office, says

__all__ = ["office"]

HAND, TYPES = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.IBeamCursor


def test_the_page_shows_what_was_known_and_nothing_in_it_is_changed(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office, family_name="Before")
    later = replace(office, clock=Clock(build.TODAY + timedelta(days=10)))
    people.edit(later, person, {"family_name": "Afterwards"})
    acts = len(history.acts(office))
    day_words.count_from(later.clock.today)
    dialog = PastFileDialog(later, person)
    qtbot.addWidget(dialog)
    dialog.show()
    assert says(dialog, "Afterwards")
    dialog.day.selectAll()
    QTest.keyClicks(dialog.day, "-10")
    assert says(dialog, "Before")
    assert not says(dialog, "Afterwards")
    assert dialog.said() == "The file as it was on November 22, 2023"
    assert_accessible(dialog)
    section = dialog.body.reveal("identity")
    line = section.findChildren(ValueLine)[0]
    assert line.text() == "Before"
    assert line.isVisible()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    editing = dialog.body.findChild(InPlace)
    assert editing is not None
    assert editing.line() is None
    assert len(history.acts(office)) == acts
    dialog.day.selectAll()
    QTest.keyClicks(dialog.day, "-30")
    assert "no such file yet" in dialog.said()


def test_a_file_that_is_only_looked_at_offers_nothing_to_do(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office, residence_country="")
    build.add_member(office, person)
    dialog = PastFileDialog(office, person)
    qtbot.addWidget(dialog)
    dialog.show()
    for key in ("identity", "letters", "documents", "fees", "family", "history"):
        fold = dialog.body.section_of(key).head()
        dialog.body.reveal(key)
        fold.click()
        fold.click()
    shown = [b for b in dialog.body.findChildren(QPushButton) if b.isVisible()]
    values = [b for b in shown if isinstance(b, ValueLine)]
    assert "Amine" in {value.text() for value in values}, "what is looked at is there"
    assert {value.focusPolicy() for value in values} == {Qt.FocusPolicy.NoFocus}
    offered = {b.text() for b in shown if not isinstance(b, ValueLine)}
    assert offered <= {"Why?", "Show all 1 changes"}
    hands = [r for r in dialog.body.findChildren(QWidget) if r.cursor().shape() in (HAND, TYPES)]
    assert {type(r).__name__ for r in hands if r.isVisible()} <= {"KeyButton"}
    assert not says(dialog, "dropped on a line")
