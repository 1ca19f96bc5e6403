# SPDX-License-Identifier: Apache-2.0
"""Adding somebody who is in the register already: said before, with a way to the other file."""

from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from tests.ui.person_fixtures import fill, office

__all__ = ["office"]

LEFT = Qt.MouseButton.LeftButton
SAME = {"family_name": "Benaliaa", "given_names": "Amine", "birth_date": "1990-04-02"}


@pytest.fixture
def form(qtbot: QtBot, office: Office) -> Any:
    build.invite(office, 1, family_name="Benaliaa", individual_reference="", uci="1122334455")
    dialog = PersonDialog(office)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def strong(dialog: PersonDialog) -> QPushButton:
    buttons = dialog.findChildren(QPushButton)
    return next(made for made in buttons if made.property("role") == "accent")


def place(widget: Any) -> QPoint:
    return widget.mapToGlobal(QPoint(0, 0))


def test_a_twin_is_named_while_the_form_is_filled_in_and_moves_nothing(
    qtbot: QtBot, form: PersonDialog
) -> None:
    keys = form.form.keys()
    seen = [strong(form), *(form.form.field(key) for key in keys)]
    before = [place(widget) for widget in seen]
    fill(form, **SAME)
    qtbot.waitUntil(lambda: bool(form.twins.text()), timeout=2000)
    assert "Benaliaa, Amine · 1990-04-02" in form.twins.text()
    assert form.twins.sure.isVisible()
    assert [place(widget) for widget in seen] == before
    fill(form, birth_date="1990-04-03")
    qtbot.waitUntil(lambda: not form.twins.text(), timeout=2000)
    assert [place(widget) for widget in seen] == before


def test_pressing_twice_at_the_same_place_adds_no_duplicate(
    form: PersonDialog, office: Office
) -> None:
    fill(form, **SAME)
    for _press in range(3):
        QTest.mouseClick(strong(form), LEFT)
    assert form.isVisible()
    assert people.count(office) == 1
    assert form.twins.sure.hasFocus()
    QTest.keyClick(form.twins.sure, Qt.Key.Key_Space)
    QTest.mouseClick(strong(form), LEFT)
    assert not form.isVisible()
    assert people.count(office) == 2


def test_another_twin_takes_the_tick_away_again(form: PersonDialog, office: Office) -> None:
    build.invite(office, 2, family_name="Autre", passport_number="ZZ123456")
    fill(form, **SAME)
    QTest.mouseClick(strong(form), LEFT)
    form.twins.sure.setChecked(True)
    fill(form, passport_number="zz 123456")
    QTest.mouseClick(strong(form), LEFT)
    assert form.isVisible()
    assert not form.twins.sure.isChecked()
    assert "and 1 other" in form.twins.text()
    assert people.count(office) == 2


def test_a_uci_of_another_file_leads_there_and_cannot_be_added(
    form: PersonDialog, office: Office
) -> None:
    fill(form, family_name="Autre", uci="1122334455")
    QTest.mouseClick(strong(form), LEFT)
    assert form.isVisible()
    assert form.form.finding("uci")
    assert "Benaliaa, Amine" in form.twins.text()
    assert not form.twins.sure.isVisible()


def test_the_other_file_is_opened_once_what_was_typed_may_go(
    form: PersonDialog, office: Office
) -> None:
    fill(form, **SAME)
    QTest.mouseClick(strong(form), LEFT)
    link = next(b for b in form.findChildren(QPushButton) if b.text() == "Open that file")
    QTest.mouseClick(link, LEFT)
    assert form.isVisible()  # asks first
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert (form.isVisible(), form.opened) == (True, None)
    QTest.mouseClick(link, LEFT)
    leave = next(b for b in form.findChildren(QPushButton) if b.text() == "Leave")
    QTest.mouseClick(leave, LEFT)
    assert not form.isVisible()
    assert form.opened == 1
    assert people.count(office) == 1


def test_whom_another_desk_adds_meanwhile_is_named_and_not_added_again(
    form: PersonDialog, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(form, family_name="Nouvelle", birth_date="1991-01-01")
    checked = form._check

    def then_another_desk() -> list[str]:
        blocking = checked()
        monkeypatch.undo()
        people.add(office, {"family_name": "Nouvelle", "birth_date": "1991-01-01"})
        return blocking

    monkeypatch.setattr(form, "_check", then_another_desk)
    QTest.mouseClick(strong(form), LEFT)
    assert form.isVisible()
    assert "Nouvelle" in form.twins.text()
    assert people.count(office) == 2
