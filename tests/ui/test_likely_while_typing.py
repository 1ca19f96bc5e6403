# SPDX-License-Identifier: Apache-2.0
"""Who is likely there already shows beside the form while one types, and one click leads there."""

from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.person.likely_list import LikelyList
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, fill, office, says

pytestmark = pytest.mark.mostly_long(
    "test_somebody_alike_shows_with_why_and_nothing_moves",
    "test_the_list_takes_the_same_room_with_and_without_people",
    "test_editing_a_file_shows_no_such_list",
    "test_a_member_of_this_family_is_said_to_be_in_it",
)

__all__ = ["office"]

LEFT = Qt.MouseButton.LeftButton
ALIKE = {"family_name": "Khouri", "given_names": "Elie", "birth_date": "1985-07-10"}


@pytest.fixture(params=["fr", "en"])
def khoury(request: pytest.FixtureRequest, office: Office) -> Any:
    i18n.use(request.param)
    person = build.invite(
        office, 1, family_name="Khoury", given_names="Élie", birth_date="1985-07-10"
    )
    people.ids(office, people.PeopleFilter())
    return person


def links(dialog: PersonDialog) -> list[QPushButton]:
    return dialog.likely.findChildren(QPushButton)


def shown(qtbot: QtBot, dialog: PersonDialog) -> QPushButton:
    fill(dialog, **ALIKE)
    qtbot.waitUntil(lambda: bool(dialog.likely.people()), timeout=3000)
    return links(dialog)[0]


def test_somebody_alike_shows_with_why_and_nothing_moves(
    qtbot: QtBot, office: Office, khoury: int
) -> None:
    dialog = PersonDialog(office)
    qtbot.addWidget(dialog)
    dialog.show()
    seen = [dialog.form.field(key) for key in list(dialog.form.keys())]
    before = [widget.mapToGlobal(QPoint(0, 0)) for widget in seen]
    assert links(dialog) == []
    link = shown(qtbot, dialog)
    assert link.text().startswith("Khoury, Élie · 1985-07-10")
    same = "même date de naissance" if i18n.current_language() == "fr" else "same date of birth"
    assert says(dialog, same)
    assert_accessible(dialog)
    assert [widget.mapToGlobal(QPoint(0, 0)) for widget in seen] == before
    fill(dialog, birth_date="1950-01-01")
    qtbot.waitUntil(lambda: not dialog.likely.people(), timeout=3000)
    assert [widget.mapToGlobal(QPoint(0, 0)) for widget in seen] == before


def test_one_click_opens_the_file_once_the_draft_may_go(
    qtbot: QtBot, office: Office, khoury: int
) -> None:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()

    def open_it(dialog: Any) -> None:
        link = shown(qtbot, dialog)
        QTest.mouseClick(link, LEFT)
        assert dialog.isVisible(), "what was typed is asked about first"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert dialog.form.value("family_name") == "Khouri"
        QTest.mouseClick(link, LEFT)
        leave = "Fermer" if i18n.current_language() == "fr" else "Leave"
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == leave)
        QTest.mouseClick(button, LEFT)

    assert len(answer(open_it)) == 0
    window.menu_actions.action("edit.add_person").trigger()
    assert people.count(office) == 1
    page = window.current_page()
    assert page.key == "people"
    assert says(page, "Khoury")


def test_a_file_in_the_bin_is_named_and_leads_to_the_bin(
    qtbot: QtBot, office: Office, khoury: int
) -> None:
    file_bin.delete(office, khoury, "Saisi deux fois")
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()

    def open_it(dialog: Any) -> None:
        link = shown(qtbot, dialog)
        assert says(dialog, "corbeille" if i18n.current_language() == "fr" else "in the bin")
        QTest.mouseClick(link, LEFT)
        leave = "Fermer" if i18n.current_language() == "fr" else "Leave"
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == leave)
        QTest.mouseClick(button, LEFT)

    answer(open_it)
    window.menu_actions.action("edit.add_person").trigger()
    page = window.current_page()
    assert page.key == "bin"
    assert says(page, "Saisi deux fois")


@pytest.mark.parametrize("beside", [True, False])
def test_the_list_takes_the_same_room_with_and_without_people(
    qtbot: QtBot, office: Office, khoury: int, beside: bool
) -> None:
    from imp_plus_desktop.services.duplicates import likely

    made = LikelyList(beside=beside)
    qtbot.addWidget(made)
    made.show()
    empty = made.sizeHint().width() if beside else made.height()
    made.show_people(likely.people_like(office, ALIKE))
    assert len(made.people()) == 1
    assert (made.sizeHint().width() if beside else made.height()) == empty or beside


def test_editing_a_file_shows_no_such_list(qtbot: QtBot, office: Office, khoury: int) -> None:
    dialog = PersonDialog(office, khoury)
    qtbot.addWidget(dialog)
    dialog.show()
    fill(dialog, given_names="Elie")
    assert dialog.findChildren(LikelyList) == []


class TestBesideANewMember:
    """The same beside the form of a new member: people, members of other families and of this."""

    @pytest.fixture
    def window(self, qtbot: QtBot, office: Office, khoury: int) -> MainWindow:
        principal = build.invite(office, 2, family_name="Benali", given_names="Amine")
        build.add_member(office, principal, family_name="Haddad", given_names="Lina")
        people.ids(office, people.PeopleFilter())
        made = MainWindow(office, inline_tasks=True)
        qtbot.addWidget(made)
        made.show()
        made.shell.go("people", principal)
        return made

    def fill(self, qtbot: QtBot, dialog: Any, **values: str) -> QPushButton:
        fill(dialog, **values)
        qtbot.waitUntil(lambda: bool(dialog.likely.people()), timeout=3000)
        link: QPushButton = dialog.likely.findChildren(QPushButton)[0]
        return link

    def test_a_person_alike_is_shown_and_one_click_opens_the_file(
        self, qtbot: QtBot, office: Office, window: MainWindow, khoury: int
    ) -> None:
        def open_it(dialog: Any) -> None:
            link = self.fill(qtbot, dialog, **ALIKE)
            assert link.text().startswith("Khoury, Élie · 1985-07-10")
            assert_accessible(dialog)
            QTest.mouseClick(link, LEFT)
            leave = "Fermer" if i18n.current_language() == "fr" else "Leave"
            button = next(b for b in dialog.findChildren(QPushButton) if b.text() == leave)
            QTest.mouseClick(button, LEFT)

        answer(open_it)
        window.menu_actions.action("person.member").trigger()
        page = window.current_page()
        assert page.key == "people"
        assert says(page, "Khoury")
        ((benali),) = [f for f in people.files(office, [1, 2]) if f.person.family_name == "Benali"]
        assert len(benali.members) == 1

    def test_a_member_of_this_family_is_said_to_be_in_it(
        self, qtbot: QtBot, office: Office, window: MainWindow
    ) -> None:
        ((file),) = [f for f in people.files(office, [1, 2]) if f.members]
        dialog = MemberDialog(office, file.person.id)
        qtbot.addWidget(dialog)
        dialog.show()
        seen = [dialog.form.field(key) for key in ("family_name", "given_names", "birth_date")]
        before = [widget.mapToGlobal(QPoint(0, 0)) for widget in seen]
        link = self.fill(
            qtbot, dialog, family_name="Haddad", given_names="Lina", birth_date="1991-05-06"
        )
        french = i18n.current_language() == "fr"
        assert link.text() == "Haddad, Lina · 1991-05-06"
        assert says(dialog, f"{'famille de' if french else 'family of'} Benali, Amine, C1000002")
        assert says(dialog, "déjà dans cette famille" if french else "in this family already")
        assert [widget.mapToGlobal(QPoint(0, 0)) for widget in seen] == before

    def test_who_corrects_a_member_is_shown_nobody(
        self, qtbot: QtBot, office: Office, window: MainWindow
    ) -> None:
        ((file),) = [f for f in people.files(office, [1, 2]) if f.members]
        dialog = MemberDialog(office, file.person.id, file.members[0])
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.findChildren(LikelyList) == []
