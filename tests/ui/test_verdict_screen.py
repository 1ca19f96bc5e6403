# SPDX-License-Identifier: Apache-2.0
"""The verdict on a person's page, the residences in one dialog, the passport's lines in a form."""

from datetime import date
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.services.applications import preparing
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import deaths, people, residences
from imp_plus_desktop.services.people.residences import Draft
from imp_plus_desktop.ui.charts.stay_line import StayStretch, places
from imp_plus_desktop.ui.dialogs.applications.wording import WordingDialog
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.person.actions.file_table import RESIDENCE
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, VerdictPanel, VerdictView
from imp_plus_desktop.ui.widgets.mrz_field import MrzField
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, fill, office, says

__all__ = ["office"]

FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def opened(qtbot: QtBot, dialog: Any) -> Any:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(qtbot: QtBot, dialog: Any, text: str) -> None:
    found = next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def texts(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


@pytest.fixture
def view(office: Office) -> VerdictView:
    person = build.invite(office, residence_country="CAN", residence_province="QC", uci="12")
    return person_presenter.read(office, person).verdict


def test_a_finding_says_what_would_turn_it_and_leads_to_its_dialog(view: VerdictView) -> None:
    lives = next(line for line in view.findings if "ELG-01" in line.rule)
    assert lives.opens is not None
    assert (lives.opens.id, lives.opens.text) == (RESIDENCE.id, "Correct…")
    assert lives.flip.startswith("What would change it: residence outside Quebec on ")
    numbers = next(line for line in view.findings if "ID-01" in line.rule)
    assert numbers.tone is Tone.WARN
    assert [line.binding for line in view.chain] == [False, False, False, False, True]
    assert view.chain[-1].excludes, "somebody who lives in Quebec has no safe day"


def test_a_pr_decision_says_that_nothing_helps(office: Office) -> None:
    person = build.invite(office, pr_state="approved")
    shown = person_presenter.read(office, person).verdict
    decided = next(line for line in shown.findings if "ELG-04" in line.rule)
    assert decided.flip == "No change helps: look at the other routes"
    assert decided.opens is None


def test_the_page_of_somebody_who_died_says_so_first_and_asks_for_nothing(office: Office) -> None:
    waiting, applied = build.invite(office), build.invite(office, 2)
    build.receive(office, applied)
    for person in (waiting, applied):
        assert person_presenter.read(office, person).verdict.to_do_shown
        deaths.record(office, person, build.TODAY)
        shown = person_presenter.read(office, person).verdict
        assert shown.title == "Closed"
        assert shown.sentence.startswith("Died on ")
        assert not shown.to_do_shown
        died = [line for line in shown.findings if "ELG-07" in line.rule]
        assert [line.flip for line in died] in ([], ["No change helps"]), "no route is of use"


def test_the_page_of_a_citizen_says_so_first_and_asks_for_nothing(office: Office) -> None:
    person = build.invite(office, citizenship="CAN")
    shown = person_presenter.read(office, person).verdict
    assert shown.sentence.startswith("Canadian citizen")
    assert not shown.to_do_shown


def test_a_short_passport_is_spoken_of_until_the_permit_is_issued(office: Office) -> None:
    person = build.invite(office, passport_expiry="2024-03-01")

    def told() -> bool:
        shown = person_presenter.read(office, person).verdict
        lines = (*shown.findings, *shown.more, *shown.to_do)
        return any("PER-04" in line.rule for line in lines)

    assert told()
    application = build.receive(office, person).application
    assert told()
    build.decide(office, application)
    build.issue(office, application)
    assert not told()


def test_the_banner_names_what_decides_and_not_a_warning(office: Office) -> None:
    person = build.invite(office, letter_received_date="", residence_country="")
    shown = person_presenter.read(office, person).verdict
    assert shown.title == "To be clarified before applying"
    assert shown.sentence.startswith("No residence recorded")


def test_unfolded_the_panel_groups_answers_and_shows_the_chain(
    qtbot: QtBot, view: VerdictView
) -> None:
    panel = opened(qtbot, VerdictPanel())
    panel.resize(520, 900)
    panel.show_verdict(view)
    assert "Last safe day" not in texts(panel)
    press(qtbot, panel, "Why?")
    shown = texts(panel)
    assert "Last safe day" in shown
    assert any(text.startswith("Not met (") for text in shown)
    assert any(text.startswith("Met (") for text in shown)
    assert not any("INV-0" in text for text in shown), "numbers of rules are no words of the office"
    tipped = (one for one in panel.findChildren(QWidget) if "INV-02" in one.toolTip())
    (row,) = (one for one in tipped if one.isVisible())
    assert "Source: A76" in row.toolTip()
    assert "INV-02. A76" in row.accessibleDescription(), "who has no pointer hears it"
    assert_accessible(panel)


def test_the_word_at_the_end_of_a_line_opens_its_dialog(qtbot: QtBot) -> None:
    panel = opened(qtbot, VerdictPanel())
    opens = Offer.of(RESIDENCE, "Correct…")
    line = FindingLine(Tone.BAD, "Lives in Quebec", "ELG-01", opens=opens, flip="x")
    panel.show_verdict(VerdictView(Tone.BAD, "Not eligible", "", (line,)))
    with qtbot.waitSignal(panel.line_clicked) as clicked:
        press(qtbot, panel, "Correct…")
    assert clicked.args == [opens]


def _moved(office: Office) -> int:
    person = build.invite(office, residence_country="")
    residences.save_all(
        office,
        person,
        [
            Draft("CAN", "QC", date(2020, 1, 1), date(2023, 3, 31), ResidenceProof.LEASE),
            Draft("CAN", "ON", date(2023, 5, 1)),
        ],
    )
    return person


def test_all_residences_are_entered_in_one_dialog_and_stored_as_one_act(
    qtbot: QtBot, office: Office
) -> None:
    person = _moved(office)
    second = people.file(office, person).residences[1]
    dialog = opened(qtbot, ResidenceDialog(office, person, second))
    assert says(dialog, "No residence from Apr 1, 2023 to Apr 30, 2023")
    fill(dialog, from_day="2023-04-01", proof="cra_notice")
    assert not says(dialog, "No residence from Apr 1, 2023 to Apr 30, 2023")
    dialog.findChild(QListWidget).setCurrentRow(0)
    assert dialog.form.value("province") == "QC"
    fill(dialog, until_day="2023-04-10")
    assert says(dialog, "Several residences from Apr 1, 2023 to Apr 10, 2023")
    press(qtbot, dialog, "Add a residence")
    fill(dialog, country="MAR", until_day="2019-12-31")
    press(qtbot, dialog, "Save the residences")
    stays = people.file(office, person).residences
    assert [(s.country, s.province) for s in stays] == [
        *(("MAR", None), ("CAN", "QC"), ("CAN", "ON"))
    ]
    assert stays[2].proof is ResidenceProof.CRA_NOTICE
    assert dialog.answer is not None
    assert_accessible(dialog)


def test_a_residence_is_removed_in_the_dialog_and_nothing_else(
    qtbot: QtBot, office: Office
) -> None:
    person = _moved(office)
    dialog = opened(
        qtbot, ResidenceDialog(office, person, people.file(office, person).residences[0])
    )
    press(qtbot, dialog, "Remove")
    press(qtbot, dialog, "Save the residences")
    assert [s.province for s in people.file(office, person).residences] == ["ON"]


def test_no_stretch_of_the_line_is_too_thin_to_see() -> None:
    long = StayStretch(date(1990, 1, 1), date(2023, 1, 1), "Morocco")
    day = StayStretch(date(2023, 1, 2), date(2023, 1, 2), "Quebec")
    edges = places([long, day], 600.0)
    assert edges[-1] == pytest.approx(600.0)
    assert edges[2] - edges[1] > 30


def test_the_passports_lines_fill_what_is_empty(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, PersonDialog(office))
    fill(dialog, given_names="Ánna")
    field = dialog.findChild(MrzField)
    field.edit.setText(f"{FIRST} {SECOND}")
    assert dialog.form.value("family_name") == "Eriksson"
    assert dialog.form.value("given_names") == "Ánna"
    assert dialog.form.value("passport_number") == "L898902C3"
    assert field.finding().startswith("✓ Check digits of the passport fit")
    field.edit.setText(FIRST + SECOND.replace("7408122", "7408132"))
    assert "do not fit" in field.finding()
    field.edit.setText("X" * 88)
    assert field.finding().startswith("▲ These are not the two lines")


def test_a_passport_is_filled_from_its_lines(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, PassportDialog(office, build.invite(office)))
    dialog.findChild(MrzField).edit.setText(FIRST + SECOND)
    assert dialog.form.value("number") == "L898902C3"
    assert dialog.form.value("expiry") == "2012-04-15"


def test_the_wording_is_shown_and_recorded(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    application = preparing.prepare(office, person, build.TODAY).application
    dialog = opened(qtbot, WordingDialog(office, application))
    assert says(dialog, "A76: International Mobility Program Plus")
    fill(dialog, a76_wording="no")
    press(qtbot, dialog, "Save")
    assert people.file(office, person).applications[0].a76_wording is False
    missing = person_presenter.read(office, person).verdict.to_do
    line = next(one for one in missing if "DOC-03" in one.rule)
    assert line.opens is not None
    assert line.opens.id == "application.wording"
    asked = answer(lambda dialog: fill(dialog, a76_wording="yes") or dialog.accept())
    panel = PersonPanel(Shell(office, inline_tasks=True))
    qtbot.addWidget(panel)
    panel.show_person(person)
    panel.do(line.opens.do)
    assert asked == ["Wording of the form"]
    assert people.file(office, person).applications[0].a76_wording is True
