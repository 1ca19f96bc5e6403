# SPDX-License-Identifier: Apache-2.0
"""A stage of permanent residence recorded by clicking, shown on the file's page, and taken back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import office_builders as build
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer, fill, office, press_ok, texts

__all__ = ["office"]

TITLE = {"fr": "Étape de la résidence permanente", "en": "Stage of permanent residence"}
LINK = {"fr": "Consigner une étape…", "en": "Record a stage…"}
GOOD = {"fr": "valable jusqu’au 2 oct. 2033", "en": "good until Oct 2, 2033"}


@pytest.fixture(params=["fr", "en"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """Somebody with a permit whose PR was filed."""
    application = build.an_approved(
        office, 1, pr_state="in_process", pr_filed_on="2023-02-01", pr_number=""
    )
    build.issue(office, application)
    before = i18n.current_language()
    i18n.use(request.param)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    i18n.use(before)


def test_stages_are_recorded_on_the_page_and_the_landing_is_taken_back(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    lang = i18n.current_language()
    page = window.open_page("people")
    (person,) = people.ids(office, people.PeopleFilter())

    def acknowledge(dialog: Any) -> None:
        assert dialog.form.value("stage") == "acknowledged", "the one that follows comes first"
        fill(dialog, day="2023-11-30")
        press_ok(qtbot, dialog)
        assert dialog.isVisible(), "a day to come is refused where it is typed"
        fill(dialog, day="2023-07-01", number="E123456789")
        press_ok(qtbot, dialog)

    seen = answer(acknowledge)
    window.menu_actions.action("person.stage").trigger()
    assert seen == [TITLE[lang]]
    known = people.file(office, person).person
    assert (known.pr_number, known.pr_acknowledged_on) == ("E123456789", date(2023, 7, 1))

    def enrol(dialog: Any) -> None:
        assert dialog.form.value("stage") == "biometrics"
        fill(dialog, day="2023-10-02")
        press_ok(qtbot, dialog)

    answer(enrol)
    window.menu_actions.action("person.stage").trigger()
    (section,) = [
        one for one in page.findChildren(CollapsibleSection) if one.key == "residence_values"
    ]
    section.set_open(True)
    assert any(GOOD[lang] in text.replace("\u00a0", " ") for text in texts(section))
    assert any(button.text() == LINK[lang] for button in section.findChildren(QPushButton))

    def land(dialog: Any) -> None:
        fill(dialog, stage="landed", day="2023-11-20")
        press_ok(qtbot, dialog)

    answer(land)
    window.menu_actions.action("person.stage").trigger()
    assert people.file(office, person).person.pr_state is PrState.LANDED
    window.menu_actions.action("edit.undo").trigger()
    assert people.file(office, person).person.landed_on is None
