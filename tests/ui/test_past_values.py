# SPDX-License-Identifier: Apache-2.0
"""What a value was before: shown where the mouse rests on it, and put back."""

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import versions
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.values.field_history import FieldHistoryDialog
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.person.values.version_list import VersionCard
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, office, texts
from tests.ui.test_values_in_place import at, panel

pytestmark = pytest.mark.mostly_long(
    "test_versions_tell_the_value_who_when_and_from_which_list",
    "test_a_version_of_each_kind_of_value_is_put_back_as_it_was",
    "test_resting_on_a_value_shows_its_last_three_versions_and_one_is_put_back",
    "test_the_card_goes_when_a_dialog_comes_in_front_and_none_comes_behind_it",
    "test_shift_f2_shows_all_versions_and_any_is_put_back",
    "test_an_act_of_today_is_of_today_where_the_clock_on_the_wall_is_ahead",
    "test_a_value_that_nothing_tells_of_has_no_versions",
)

__all__ = ["office", "panel"]

PHONES = ("514 555-0101", "514 555-0102", "514 555-0103", "514 555-0104")


def with_phones(office: Office) -> int:
    person = build.invite(office)
    for phone in PHONES:
        people.edit(office, person, {"phone": phone})
    return person


def rest_on(line: ValueLine, qtbot: QtBot, panel: PersonPanel) -> VersionCard:
    middle = QPointF(line.rect().center())
    QApplication.sendEvent(line, QEnterEvent(middle, middle, QPointF(line.mapToGlobal(middle))))
    card = panel.findChild(VersionCard)
    assert card is not None
    qtbot.waitUntil(card.isVisible)
    return card


def link(root: QWidget, name: str) -> QPushButton:
    found = (b for b in root.findChildren(QPushButton) if b.accessibleName() == name)
    return next(found)


def test_versions_tell_the_value_who_when_and_from_which_list(
    office: Office, tmp_path: Path
) -> None:
    file = build.a_list(tmp_path / "liste.xlsx", [build.a_row(1)])
    build.import_file(office, file)
    person = people.find(office, "C1000001")
    people.edit(office, person, {"family_name": "Trabelsi"})
    found = versions.versions(office, people.file(office, person), "family_name")
    assert found[0].value == "Trabelsi"
    assert found[0].stands
    assert found[0].change.source_name is None
    assert found[-1].change.source_name == "liste.xlsx"
    assert found[-1].change.row == 2
    history.undo(office)
    back = versions.versions(office, people.file(office, person), "family_name")
    assert back[0].value == found[-1].value


def test_a_version_of_each_kind_of_value_is_put_back_as_it_was(office: Office) -> None:
    person = build.invite(office, passport_expiry="2028-05-03", language="fr", r206="yes")
    people.edit(office, person, {"language": "en", "r206": "no"})
    people.edit(office, person, {"passport_expiry": "2029-01-01"})
    before = people.file(office, person)
    for name in ("language", "r206", "passport_expiry"):
        file = people.file(office, person)
        versions.restore(office, file, versions.versions(office, file, name)[1])
    after = people.file(office, person)
    assert (after.person.language, after.person.r206) == ("fr", True)
    assert [p.expiry for p in after.passports] == [date(2028, 5, 3)]
    assert before.passports[0].id == after.passports[0].id


def test_resting_on_a_value_shows_its_last_three_versions_and_one_is_put_back(
    panel: PersonPanel, office: Office, qtbot: QtBot
) -> None:
    person = with_phones(office)
    panel.show_person(person)
    line = at(panel, "reach", "phone")
    card = rest_on(line, qtbot, panel)
    shown = [text for text in texts(card) if text in PHONES]
    assert shown == list(PHONES[:0:-1])
    assert_accessible(panel)
    acts = len(history.acts(office))
    link(card, f"Put back {PHONES[2]}").click()
    assert people.file(office, person).person.phone == PHONES[2]
    assert len(history.acts(office)) == acts + 1
    assert card.isHidden()
    history.undo(office)
    assert people.file(office, person).person.phone == PHONES[3]


def test_the_card_goes_when_the_mouse_leaves_and_when_the_value_is_changed(
    panel: PersonPanel, office: Office, qtbot: QtBot
) -> None:
    panel.show_person(with_phones(office))
    line = at(panel, "reach", "phone")
    card = rest_on(line, qtbot, panel)
    QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(card.isHidden)
    rest_on(line, qtbot, panel)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert card.isHidden()
    editing = panel.findChild(InPlace)
    assert editing is not None
    editing.give_up()


def test_the_card_goes_when_a_dialog_comes_in_front_and_none_comes_behind_it(
    panel: PersonPanel, office: Office, qtbot: QtBot
) -> None:
    panel.show_person(with_phones(office))
    panel.activateWindow()
    line = at(panel, "reach", "phone")
    card = rest_on(line, qtbot, panel)
    dialog = QDialog(panel)
    dialog.setModal(True)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(card.isHidden)
    line.rested_on.emit(line)
    assert card.isHidden()
    dialog.close()


def test_shift_f2_shows_all_versions_and_any_is_put_back(
    panel: PersonPanel, office: Office
) -> None:
    person = with_phones(office)
    panel.show_person(person)
    line = at(panel, "reach", "phone")
    line.setFocus()

    def choose(dialog: FieldHistoryDialog) -> None:
        assert [text for text in texts(dialog) if text in PHONES] == list(PHONES[::-1])
        link(dialog, f"Put back {PHONES[0]}").click()

    asked = answer(choose)
    QTest.keyClick(line, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert asked == ["History of the field"]
    assert people.file(office, person).person.phone == PHONES[0]


def test_the_card_is_as_high_as_what_it_shows_each_time(
    office: Office, panel: PersonPanel, qtbot: QtBot
) -> None:
    panel.show_person(with_phones(office))
    heights = []
    for group, name in (("reach", "phone"), ("identity", "family_name"), ("reach", "phone")):
        line = at(panel, group, name)
        card = rest_on(line, qtbot, panel)
        lines = [part for part in card.findChildren(QLabel) if part.isVisible()]
        bottoms = [part.mapTo(card, QPoint(0, part.height())).y() for part in lines]
        assert max(bottoms) <= card.height()
        tops = sorted({part.mapTo(card, QPoint(0, 0)).y() for part in lines})
        assert all(after - before >= 12 for before, after in pairwise(tops)), "none over another"
        heights.append(card.height())
        card.drop()
    assert heights[0] == heights[2] > heights[1]


def test_the_card_does_not_lie_over_what_is_said_of_a_value(
    office: Office, panel: PersonPanel, qtbot: QtBot
) -> None:
    panel.show_person(with_phones(office))
    editing = panel.findChild(InPlace)
    assert editing is not None
    for name in ("phone", "email"):
        line = at(panel, "reach", name)
        editing.say(line, "Another desk wrote something else here meanwhile.")
        card = rest_on(at(panel, "reach", "phone"), qtbot, panel)
        assert editing.aside.isVisible()
        assert not card.geometry().intersects(editing.aside.geometry())
        card.drop()
    editing.give_up()


def test_an_act_of_today_is_of_today_where_the_clock_on_the_wall_is_ahead() -> None:
    late = datetime(2023, 11, 23, 3, 30, tzinfo=UTC)  # half past ten in the evening in Toronto
    assert write.moment(late, date(2023, 11, 22)) == "3:30\N{NO-BREAK SPACE}a.m."
    assert write.moment(late, date(2023, 11, 23)) == "yesterday"


@pytest.mark.parametrize("name", ["passport_number", "letter_date", "birth_date"])
def test_a_value_that_nothing_tells_of_has_no_versions(office: Office, name: str) -> None:
    people.add(office, {"family_name": "Alone"})
    (person,) = people.ids(office, people.PeopleFilter())
    assert versions.versions(office, people.file(office, person), name) == []
