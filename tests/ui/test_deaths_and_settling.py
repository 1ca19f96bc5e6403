# SPDX-License-Identifier: Apache-2.0
"""A death recorded and a deadline settled by clicking, and both taken back, in both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import CanadaStatus, PermitWish, PersonStatus
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.charts.timeline import Timeline
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer, fill, office, press_ok, says, texts

pytestmark = pytest.mark.mostly_long(
    "test_a_death_says_what_it_means_before_it_is_recorded_and_is_taken_back",
)

__all__ = ["office"]


@pytest.fixture(params=["fr", "en"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """A principal who waits for IRCC with a spouse who waits too."""
    person = build.invite(office)
    build.receive(office, person)
    build.receive_member(office, build.add_member(office, person, wish=PermitWish.WORK))
    before = i18n.current_language()
    i18n.use(request.param)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    i18n.use(before)


def test_a_death_says_what_it_means_before_it_is_recorded_and_is_taken_back(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    french = i18n.current_language() == "fr"
    page = window.open_page("people")
    (person,) = people.ids(office, people.PeopleFilter())
    told: list[str] = []

    def record(dialog: Any) -> None:
        told.extend(texts(dialog))
        fill(dialog, day="2023-11-30")
        press_ok(qtbot, dialog)
        assert dialog.isVisible(), "a day to come is refused where it is typed"
        fill(dialog, day="2023-11-21")
        press_ok(qtbot, dialog)

    seen = answer(record)
    window.menu_actions.action("person.death").trigger()
    assert seen == ["Décès du requérant principal" if french else "Death of the principal"]
    assert len([line for line in told if "A76" in line or "C41" in line]) == 2
    assert any("Sara Benali" in line for line in told)
    assert people.file(office, person).person.died_on == date(2023, 11, 21)
    assert people.row(office, person).status is PersonStatus.CLOSED
    assert says(page, "Fermé" if french else "Closed")
    drawn = page.findChild(Timeline)
    assert drawn is not None
    said = "Décès 21 nov. 2023" if french else "Death Nov 21, 2023"
    assert said in drawn.accessibleDescription().replace("\u00a0", " ")
    window.menu_actions.action("edit.undo").trigger()
    assert people.file(office, person).person.died_on is None
    assert people.row(office, person).status is PersonStatus.APPLIED


@pytest.mark.parametrize("by_key", [True, False])
def test_a_deadline_is_settled_by_its_link_or_its_key_and_comes_back(
    qtbot: QtBot, office: Office, window: MainWindow, by_key: bool
) -> None:
    page = window.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    before = page.model.rowCount()
    assert before > 1
    page.table.select_id(page.table.ids()[0])
    gone = page.model.row_at(0)
    if by_key:
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_S)
    else:
        assert page.settle_button.text() in ("Settle", "Régler")
        qtbot.mouseClick(page.settle_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == before - 1
    shown = [page.model.row_at(place) for place in range(before - 1)]
    assert gone not in shown
    window.menu_actions.action("edit.undo").trigger()
    assert page.model.rowCount() == before
    back = page.model.row_at(0)
    assert back is not None
    assert gone is not None
    assert (back.day, back.reason) == (gone.day, gone.reason)


def test_the_form_of_a_spouse_records_the_status_and_the_own_invitation_and_says_what_follows(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    french = i18n.current_language() == "fr"
    (person,) = people.ids(office, people.PeopleFilter())
    (member,) = people.file(office, person).members
    dialog = MemberDialog(office, person, member, window)
    qtbot.addWidget(dialog)
    dialog.show()
    words = "A une invitation ou un A76" if french else "Has an invitation or an A76"
    assert not says(dialog, words)
    fill(dialog, invited="yes", canada_status="claimant", location="quebec")
    assert says(dialog, words)
    assert says(dialog, "Demandeur d’asile" if french else "Refugee claimant")
    press_ok(qtbot, dialog)
    stored = family.one(office, member.id)
    assert (stored.invited, stored.canada_status) == (True, CanadaStatus.CLAIMANT)
    fill(dialog, relation="child")
    assert not dialog.form.field("invited").isVisibleTo(dialog)
