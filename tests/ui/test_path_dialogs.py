# SPDX-License-Identifier: Apache-2.0
"""The dialogs of an application's way, and what of it a person's page and the agenda show."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import portal, preparing, requests
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.ui.charts.permit_strip import span
from imp_plus_desktop.ui.dialogs.applications.path import PrepareDialog, StateDialog, WorkDialog
from imp_plus_desktop.ui.dialogs.applications.permit_conditions import PermitConditionsDialog
from imp_plus_desktop.ui.dialogs.applications.portal import PortalDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog, RequestDoneDialog
from imp_plus_desktop.ui.dialogs.office.deadline import CalendarDialog, MoveDeadlineDialog
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.person.actions.file_table import PORTAL, REQUEST, STATE, FileOffer
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.sections import person_path
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.shell.shell import Shell
from tests.ui.helpers import assert_accessible, cut_labels, number_beside
from tests.ui.person_fixtures import answer, complete, fill, office, ok, press_ok, says

pytestmark = pytest.mark.mostly_long(
    "test_an_application_is_prepared_from_its_dialog",
    "test_the_state_dialog_offers_the_moves_of_the_table_and_asks_the_rules",
    "test_a_request_says_by_when_before_it_is_stored",
    "test_the_portal_dialog_keeps_what_is_chosen",
    "test_the_conditions_of_a_permit_offer_the_known_wordings",
    "test_entry_actions_of_entries_do_what_they_say",
    "test_a_row_is_seen_by_its_key_and_taken_back",
    "test_a_new_day_moves_what_is_near",
)

__all__ = ["office"]

S = ApplicationState


def opened(qtbot: QtBot, dialog: Any) -> Any:
    qtbot.addWidget(dialog)
    dialog.show()
    assert_accessible(dialog)
    assert cut_labels(dialog) == []
    return dialog


def a_received(office: Office) -> int:
    return build.receive(office, complete(office)).application


def test_an_application_is_prepared_from_its_dialog(qtbot: QtBot, office: Office) -> None:
    person = complete(office)
    dialog = opened(qtbot, PrepareDialog(office, person))
    press_ok(qtbot, dialog)
    (application,) = people.file(office, person).applications
    assert (application.state, application.prepared_on) == (S.DRAFT, build.TODAY)


def test_the_state_dialog_offers_the_moves_of_the_table_and_asks_the_rules(
    qtbot: QtBot, office: Office
) -> None:
    person = complete(office, residence_country="CAN", residence_province="QC")
    application = preparing.prepare(office, person, build.TODAY).application
    dialog = opened(qtbot, StateDialog(office, application))
    box = dialog.form.field("state")
    assert [box.itemData(n) for n in range(box.count())] == ["ready"]
    assert not ok(dialog).isEnabled(), "ELG-01 asks for its reason"
    assert "ELG-01" in {f.rule for f in dialog.rules() if f.blocks}


def test_a_state_without_rules_is_stored_at_once(qtbot: QtBot, office: Office) -> None:
    application = a_received(office)
    dialog = opened(qtbot, StateDialog(office, application))
    fill(dialog, state="action_required")
    press_ok(qtbot, dialog)
    assert person_file.application_of(office, application).state is S.ACTION_REQUIRED


def test_a_request_says_by_when_before_it_is_stored(qtbot: QtBot, office: Office) -> None:
    application = a_received(office)
    dialog = opened(qtbot, RequestDialog(office, 1))
    fill(dialog, kind="documents", letter_on="2023-11-21", due_on="2023-12-01")
    assert "before midnight UTC (6:59" in dialog.banner.text()
    fill(dialog, kind="biometrics", due_on="")
    assert "usual term" in dialog.banner.text()
    press_ok(qtbot, dialog)
    (request,) = people.file(office, 1).requests
    assert (request.application_id, request.kind) == (application, RequestKind.BIOMETRICS)
    again = opened(qtbot, RequestDialog(office, 1, request.id))
    fill(again, letter_on="2023-11-20")
    press_ok(qtbot, again)
    assert requests.one(office, request.id).letter_on == date(2023, 11, 20)
    done = opened(qtbot, RequestDoneDialog(office, request.id))
    press_ok(qtbot, done)
    assert requests.one(office, request.id).done_on == build.TODAY


def test_the_portal_dialog_keeps_what_is_chosen(qtbot: QtBot, office: Office) -> None:
    application = a_received(office)
    dialog = opened(qtbot, PortalDialog(office, application))
    fill(dialog, biometrics="completed", medical="needed")
    assert dialog.form.field("biometrics_on").isEnabled()
    assert not dialog.form.field("medical_on").isEnabled()
    dialog.form.set_values({"biometrics_on": "2023-11-21"})
    press_ok(qtbot, dialog)
    kept = {e.item: e.latest for e in portal.lines(office, application) if e.latest}
    assert kept.keys() == {PortalItem.BIOMETRICS, PortalItem.MEDICAL}
    assert kept[PortalItem.BIOMETRICS].completed_on == date(2023, 11, 21)


def test_work_is_recorded_and_corrected(qtbot: QtBot, office: Office) -> None:
    person = complete(office)
    dialog = opened(qtbot, WorkDialog(office, person))
    fill(dialog, employer="Atelier", province="ON", from_day="2023-11-01")
    press_ok(qtbot, dialog)
    (job,) = people.file(office, person).employments
    assert (job.employer, job.province) == ("Atelier", "ON")
    again = opened(qtbot, WorkDialog(office, person, job))
    fill(again, until_day="2023-10-01")
    press_ok(qtbot, again)
    assert says(again, "Impossible: before “From” (2023-11-01)")


def test_the_conditions_of_a_permit_offer_the_known_wordings(qtbot: QtBot, office: Office) -> None:
    issued = build.issue(office, build.an_approved(office))
    dialog = opened(qtbot, PermitConditionsDialog(office, issued.permit))
    completer = dialog.form.field("location_condition").completer()
    assert completer.model().rowCount() == 2
    fill(dialog, location_condition="Not authorized to work at any other location")
    press_ok(qtbot, dialog)
    assert permits.one(office, issued.permit).location_condition is not None


def offered(panel: PersonPanel, name: str) -> FileOffer:
    """What a button of the page does, by the id of its action."""
    return next(b._offer for b in panel.findChildren(ActionButton) if b._offer.id == name)


class TestPage:
    @pytest.fixture
    def panel(self, qtbot: QtBot, office: Office) -> PersonPanel:
        made = PersonPanel(Shell(office, inline_tasks=True))
        qtbot.addWidget(made)
        made.resize(560, 700)
        made.show()
        return made

    def test_a_draft_makes_the_next_step_the_state(
        self, qtbot: QtBot, office: Office, panel: PersonPanel
    ) -> None:
        person = complete(office)
        preparing.prepare(office, person, build.TODAY)
        panel.show_person(person)
        assert panel.action_state().file
        seen = answer(lambda dialog: press_ok(qtbot, dialog))
        panel.do(STATE.do)
        assert seen == ["State of the application"]
        assert people.file(office, person).applications[0].state is S.READY

    def test_requests_and_portal_are_told_in_their_sections(
        self, office: Office, panel: PersonPanel
    ) -> None:
        application = a_received(office)
        asked = requests.RequestDetails(application, RequestKind.DOCUMENTS, date(2023, 11, 21))
        requests.save(office, asked)
        seen = {PortalItem.DOCUMENTS: PortalReading(PortalState.NEEDED)}
        portal.observe(office, application, build.TODAY, seen)
        panel.show_person(1)
        for key in ("requests", "portal", "work"):
            panel.open_section(key)
        assert says(panel, "Documents · letter of Nov 21, 2023 · until Dec 21, 2023")
        assert says(panel, "before midnight UTC")
        assert says(panel, "These lines speak for the state “action required”")
        assert_accessible(panel)

    def test_entry_actions_of_entries_do_what_they_say(
        self, qtbot: QtBot, office: Office, panel: PersonPanel
    ) -> None:
        application = a_received(office)
        asked = requests.RequestDetails(application, RequestKind.MEDICAL, date(2023, 11, 21))
        request = requests.save(office, asked).request
        panel.show_person(1)
        panel.expand("requests")
        answer(lambda dialog: press_ok(qtbot, dialog))
        panel.do(offered(panel, "request.done").do)
        assert requests.one(office, request).done_on == build.TODAY
        panel.do(offered(panel, "request.delete").do)
        assert people.file(office, 1).requests == ()
        said: list[str] = []
        panel._shell.said.connect(lambda text, act: said.append(text))
        other = complete(office, 2)
        panel.show_person(other)
        for action in (PORTAL, REQUEST, STATE):
            panel.do(action.do)
        assert len(said) == 3, "each says why nothing is to be done"

    def test_permits_stand_on_one_axis_with_what_they_lost(
        self, office: Office, panel: PersonPanel
    ) -> None:
        application = build.an_approved(office, passport_expiry="2024-11-22")
        build.issue(office, application)
        employments.save(office, 1, employments.Work("CAN", "ON", "Mills", build.TODAY))
        view = person_path.permit_view(office, people.file(office, 1))
        assert [bar.lost for bar in view.bars] == [False, True]
        assert view.passports == (date(2024, 11, 22),)
        first, last = span(view)
        assert first < build.TODAY < last
        panel.show_person(1)
        assert says(panel, "Permits and passports")
        assert says(panel, "The passport has cost 730 days")
        assert says(panel, "Works outside Quebec (Ontario)")


class TestAgenda:
    @pytest.fixture
    def page(self, qtbot: QtBot, office: Office) -> DeadlinesPage:
        build.invite(office, 1)
        build.invite(office, 2, letter_received_date="2023-09-20")
        shell = Shell(office, inline_tasks=True)
        made = DeadlinesPage(shell)
        shell.data_changed.connect(made.refresh)
        qtbot.addWidget(made)
        made.resize(1182, 690)
        made.refresh()
        made.show()
        return made

    def test_chips_group_the_days_and_count_what_is_not_seen(self, page: DeadlinesPage) -> None:
        words = page.when.texts()
        when = ["overdue", "today", "week", "month", "quarter", "later"]
        assert list(words) == ["all", *when, "rests"]
        assert (words["month"], words["later"]) == ("30 days 2", "Later 2")
        page.when.choose("month")
        assert page.model.rowCount() == 2
        page.when.choose("today")
        assert page.model.rowCount() == 0
        assert_accessible(page)

    def test_a_row_is_seen_by_its_key_and_taken_back(
        self, qtbot: QtBot, office: Office, page: DeadlinesPage
    ) -> None:
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_V)
        row = deadlines.agenda(office)[0]
        assert row.acknowledged_on == build.TODAY
        assert page.seen_button.text() == "Take back the marks"
        assert number_beside(page) == "1"
        qtbot.mouseClick(page.seen_button, Qt.MouseButton.LeftButton)
        assert deadlines.agenda(office)[0].acknowledged_on is None

    def test_a_row_is_moved_with_a_reason(
        self, qtbot: QtBot, office: Office, page: DeadlinesPage
    ) -> None:
        row = deadlines.agenda(office)[0]

        def without_reason(dialog: MoveDeadlineDialog) -> None:
            press_ok(qtbot, dialog)
            assert dialog.isVisible()
            fill(dialog, day="2023-11-30", reason="the office closes")
            press_ok(qtbot, dialog)

        assert answer(without_reason) == []
        qtbot.mouseClick(page.move_button, Qt.MouseButton.LeftButton)
        moved = deadlines.agenda(office)[0]
        assert (moved.own_day, moved.day) == (row.own_day, date(2023, 11, 30))

    def test_the_calendar_says_that_it_holds_names(
        self,
        qtbot: QtBot,
        office: Office,
        page: DeadlinesPage,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        proposed: list[str] = []

        def choose(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
            proposed.append(Path(start).name)
            return str(tmp_path / "agenda.ics"), kinds

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)

        def references(dialog: CalendarDialog) -> None:
            assert says(dialog, "the people’s names")
            dialog.form.field("references").setChecked(True)
            press_ok(qtbot, dialog)

        answer(references)
        qtbot.mouseClick(page.calendar_button, Qt.MouseButton.LeftButton)
        assert proposed == ["deadlines-2023-11-22.ics"]
        assert "Benali" not in (tmp_path / "agenda.ics").read_text("utf-8")

    def test_a_new_day_moves_what_is_near(self, office: Office) -> None:
        build.invite(office, 1)
        deadlines.agenda(office)
        found = deadlines.counts(office)
        assert (found.month, found.near) == (1, 1)
        assert deadlines.agenda(office)[0].day == build.TODAY + timedelta(days=11)
