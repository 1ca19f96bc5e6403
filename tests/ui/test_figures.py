# SPDX-License-Identifier: Apache-2.0
"""The figures and their sources, in the window and on the command line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.office.deadline import MoveDeadlineDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.support.figure_file import FigureFileDialog
from imp_plus_desktop.ui.dialogs.support.figures import FiguresDialog
from imp_plus_desktop.ui.dialogs.support.holidays import HolidaysDialog, OfficeDayDialog
from imp_plus_desktop.ui.dialogs.support.own_figure import FigureDialog, LookedUpDialog
from imp_plus_desktop.ui.person.sections.person_fees import FeeSection
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.figures.figure_texts import name_text, source_text, value_text

pytestmark = pytest.mark.mostly_long(
    "test_help_shows_every_figure_and_marks_those_to_look_up_again",
    "test_a_figure_of_the_office_stands_there_as_its_own",
    "test_all_that_are_due_are_looked_up_with_one_form",
    "test_a_form_says_under_the_field_what_is_wrong",
    "test_each_tag_of_the_table_is_resolved_in_words",
    "test_a_file_is_looked_at_trusted_and_taken_by_clicking",
    "test_a_reminder_on_a_closed_day_says_when_the_office_works",
)

DECEMBER = date(2026, 12, 1)
TABLE = Path(__file__).parents[2] / "data" / "programme.toml"


@pytest.fixture
def december(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path / "office.imp", today=DECEMBER)
    yield opened
    opened.close()


def rows(dialog: FiguresDialog) -> list[list[str]]:
    model = dialog.table.model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def test_help_shows_every_figure_and_marks_those_to_look_up_again(
    qtbot: QtBot, december: Office
) -> None:
    window = MainWindow(december, inline_tasks=True)
    qtbot.addWidget(window)
    window.menu_actions.action("help.figures").trigger()
    dialog = window.findChild(FiguresDialog)
    assert dialog is not None
    shown = rows(dialog)
    assert len(shown) == len(figures.listed(december))
    processing = next(row for row in shown if row[1] == "Work permit processing")
    assert processing[2:] == [
        "$155.00",
        "2022-05-24",
        "▲ 2026-12-01",
        "Immigration and Refugee Protection Regulations, s. 299",
        "2026-02-12",
    ]
    due = figures.due(december)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert f"{len(due)} figures must be looked up again at their sources." in said
    dialog.only_due.click()
    assert [row[0] for row in rows(dialog)] == ["Fees"] * len(due)
    dialog.close()
    window.close()


def test_a_figure_of_the_office_stands_there_as_its_own(qtbot: QtBot, december: Office) -> None:
    parameters.set_window(december, "last_accepted_letter", "2027-06-30", DECEMBER, "a notice")
    dialog = FiguresDialog(Shell(december, inline_tasks=True))
    qtbot.addWidget(dialog)
    letter = next(row for row in rows(dialog) if row[1] == "Date of the last letter accepted")
    assert letter[2:] == ["June 30, 2027", "2026-12-01", "—", "Set by the office: a notice", "—"]


def choose(dialog: FiguresDialog, name: str) -> None:
    """Choose a figure by what stands in its line."""
    place = next(n for n, row in enumerate(rows(dialog)) if row[1] == name)
    assert dialog.table.select_id(dialog.table.ids()[place])


def type_into(form: FigureDialog | LookedUpDialog, qtbot: QtBot, **values: str) -> None:
    """Type into the fields, and press the strong button."""
    form.form.set_values(values)
    button = next(one for one in form.findChildren(QPushButton) if one.isDefault())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_fee_is_set_looked_up_and_taken_out_by_hand(
    qtbot: QtBot, december: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = FiguresDialog(Shell(december, inline_tasks=True))
    qtbot.addWidget(dialog)
    dialog.show()
    choose(dialog, "Work permit processing")
    assert not dialog.take_out.isEnabled()

    def answer(**values: str) -> None:
        def do(form: FigureDialog | LookedUpDialog) -> object:
            qtbot.addWidget(form)
            form.show()
            type_into(form, qtbot, **values)
            return form.answer

        monkeypatch.setattr(FigureDialog, "ask", do)
        monkeypatch.setattr(LookedUpDialog, "ask", do)

    answer(value="nothing", from_day="2026-12-01", source="IRCC’s list")
    dialog.change.click()
    assert not december.made
    answer(value="165,00", from_day="2026-12-01", source="")
    dialog.change.click()
    assert not december.made
    answer(value="165,00", from_day="2026-12-01", source="IRCC’s list", again="2027-06-01")
    dialog.change.click()
    choose(dialog, "Work permit processing")
    (row,) = (one for one in rows(dialog) if one[1] == "Work permit processing")
    assert row[2:] == [
        "$165.00",
        "2026-12-01",
        "2027-06-01",
        "Set by the office: IRCC’s list",
        "2026-12-01",
    ]
    assert "as shipped: $155.00" in " ".join(one.text() for one in dialog.findChildren(QLabel))
    answer()
    choose(dialog, "Biometrics")
    dialog.unchanged.click()
    (row,) = (one for one in rows(dialog) if one[1] == "Biometrics")
    assert row[4] == "2027-12-01"
    choose(dialog, "Work permit processing")
    dialog.take_out.click()
    (row,) = (one for one in rows(dialog) if one[1] == "Work permit processing")
    assert (row[2], row[4]) == ("$155.00", "▲ 2026-12-01")
    choose(dialog, "Term of a first permit")
    assert not dialog.change.isEnabled()
    assert dialog.unchanged.isEnabled()


def test_all_that_are_due_are_looked_up_with_one_form(
    qtbot: QtBot, december: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = FiguresDialog(Shell(december, inline_tasks=True))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.only_due.click()
    dialog.table.selectAll()
    assert not dialog.change.isEnabled()

    def answer(form: LookedUpDialog) -> object:
        qtbot.addWidget(form)
        form.show()
        type_into(form, qtbot, source="IRCC’s list")
        return form.answer

    monkeypatch.setattr(LookedUpDialog, "ask", answer)
    dialog.unchanged.click()
    assert figures.due(december) == ()
    assert len(december.made) == 1
    assert rows(dialog) == []


def test_a_form_says_under_the_field_what_is_wrong(qtbot: QtBot, december: Office) -> None:
    clock = next(one for one in figures.listed(december) if one.name == "clock_medical")
    form = FigureDialog(december, clock)
    qtbot.addWidget(form)
    form.show()
    type_into(form, qtbot, value="x", source="a page")
    assert form.form.finding("value") == "✕ This figure is a whole number from 1 to 3,653."
    type_into(form, qtbot, value="45", source="a page", again="2026-11-30")
    assert form.form.finding("again").startswith("✕ A figure was read today or before")
    type_into(form, qtbot, value="45", source="a page", again="soon")
    assert form.form.finding("again").startswith("✕ This is not a date")
    type_into(form, qtbot, value="45", from_day="", again="")
    assert form.form.finding("from_day") == "✕ The day is needed."
    assert not december.made


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_figure_and_every_source_has_words(december: Office, language: str) -> None:
    i18n.use(language)
    for one in figures.listed(december):
        assert not re.search("_|clock|fee_", name_text(one)), one.name
        assert value_text(one)
        for tag in one.source.split("; "):
            assert source_text(tag) != tag
    i18n.use("en")


def test_each_tag_of_the_table_is_resolved_in_words() -> None:
    told = re.findall(r'^source = "(.+)"$', TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    tags = {tag for line in told for tag in line.split("; ")} - {"open", "house", "C49"}
    assert all(source_text(tag) != tag for tag in tags)
    assert tomllib.loads(TABLE.read_text(encoding="utf-8"))["readings"]["later"].keys() <= tags


def test_the_command_lists_them_or_those_that_are_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--register", str(tmp_path / "a.imp"), "--lang", "en", "--today", "2026-12-01"]
    assert main([*words, "--json", "figures"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert main([*words, "--json", "figures", "--due"]) == 0
    due = json.loads(capsys.readouterr().out)
    assert every["due"] == due["due"] == len(due["figures"]) < len(every["figures"])
    assert {one["group"] for one in due["figures"]} == {"fees"}
    cap = next(one for one in every["figures"] if one["figure"] == "cap_applications")
    assert (cap["value"], cap["year"], cap["source"], cap["by_office"]) == (
        7350,
        2026,
        "A76",
        False,
    )
    assert main([*words, "figures", "--due"]) == 0
    said = capsys.readouterr().out
    assert "▲ Fees  Work permit processing  $155.00" in said
    assert said.rstrip().endswith("figures must be looked up again at their sources.")


@pytest.mark.parametrize(("day", "told"), [(date(2026, 11, 30), False), (DECEMBER, True)])
def test_the_fees_of_a_file_say_that_they_may_have_changed(
    qtbot: QtBot, tmp_path: Path, day: date, told: bool
) -> None:
    office = open_office(tmp_path / "office.imp", today=day)
    person = build.an_approved(office, 1)
    section = FeeSection()
    qtbot.addWidget(section)
    file = people.file(office, person)
    section.show_account(file, fees.account_of(office, file), figures.fees_due(office))
    section.set_open(True)
    section.show()
    words = [one.text() for one in section.findChildren(QLabel)]
    assert ("IRCC’s fees may have changed on December 1, 2026" in words) is told
    office.close()


A_FILE = """
[file]
format = 1
name = "Fees of December"
issued = 2026-12-01
[[figures]]
figure = "fee_processing"
value = "165.00"
from = 2026-12-01
source = "IRPR 299"
"""


def cells(table: TableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_file_is_looked_at_trusted_and_taken_by_clicking(
    qtbot: QtBot, december: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(december, 1)
    path = tmp_path / "fees.toml"
    path.write_text(A_FILE, encoding="utf-8")
    shell = Shell(december, inline_tasks=True)
    listed = FiguresDialog(shell)
    qtbot.addWidget(listed)
    listed.show()
    monkeypatch.setattr(files, "ask_figures", lambda _parent: path)
    opened: list[FigureFileDialog] = []
    show = FigureFileDialog.show
    monkeypatch.setattr(FigureFileDialog, "show", lambda d: (opened.append(d), show(d)))
    qtbot.mouseClick(listed.from_file, Qt.MouseButton.LeftButton)
    (dialog,) = opened
    assert cells(dialog.changes) == [
        ["Work permit processing", "$155.00", "$165.00", "2026-12-01", "IRPR 299"]
    ]
    assert [row[1:] for row in cells(dialog.effects)] == [
        ["Fees of the file", "$340.00", "$350.00", "2026-12-01"]
    ]
    assert dialog.said.text() == (
        "1 figure changes. The verdict, a day or the fees of 1 file of 1 change."
    )
    asked: list[object] = []
    shell.page_requested.connect(lambda page, person: asked.append((page, person)))
    dialog.effects.row_activated.emit(0)
    assert asked == [("people", 1)]
    assert not dialog.take.isEnabled()
    dialog.trust.click()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    (row,) = (one for one in rows(listed) if one[1] == "Work permit processing")
    assert row[2] == "$165.00"
    history.undo(december)
    shell.changed()
    (row,) = (one for one in rows(listed) if one[1] == "Work permit processing")
    assert row[2] == "$155.00"


def test_a_file_that_is_not_right_opens_nothing_and_says_why(
    qtbot: QtBot, december: Office, tmp_path: Path
) -> None:
    path = tmp_path / "fees.toml"
    path.write_text(A_FILE.replace("165.00", "dear"), encoding="utf-8")
    listed = FiguresDialog(Shell(december, inline_tasks=True))
    qtbot.addWidget(listed)
    listed.open_file(path)
    said = " ".join(one.text() for one in listed.findChildren(QLabel))
    assert "fee_processing, 2026-12-01: This is not an amount." in said


def test_a_day_is_closed_a_holiday_worked_and_both_taken_back_by_clicking(
    qtbot: QtBot, december: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(december, inline_tasks=True)
    listed = FiguresDialog(shell)
    qtbot.addWidget(listed)
    opened: list[HolidaysDialog] = []
    show = HolidaysDialog.show
    monkeypatch.setattr(HolidaysDialog, "show", lambda d: (opened.append(d), show(d)))
    listed.holidays.click()
    (dialog,) = opened
    qtbot.addWidget(dialog)
    assert len(cells(dialog.table)) == 18
    values: dict[str, str] = {}

    def answer(form: OfficeDayDialog) -> object:
        qtbot.addWidget(form)
        form.show()
        form.form.set_values(values)
        button = next(one for one in form.findChildren(QPushButton) if one.isDefault())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return form.answer

    monkeypatch.setattr(OfficeDayDialog, "ask", answer)
    dialog.add.click()
    values.update(day="2026-12-24")
    dialog.add.click()
    assert not december.made
    values.update(reason="the office")
    dialog.add.click()
    rows_now = {row[0]: row[2:] for row in cells(dialog.table)}
    assert rows_now["2026-12-24"] == ["the office’s own day", "the office"]
    values.clear()
    values.update(reason="we work")
    days = [row[0] for row in cells(dialog.table)]
    dialog.table.select_id(days.index("2027-03-29"))
    dialog.open_then.click()
    assert {row[0]: row[2] for row in cells(dialog.table)}["2027-03-29"] == "the office works"
    for day in ("2027-03-29", "2026-12-24"):
        dialog.table.select_id([row[0] for row in cells(dialog.table)].index(day))
        assert not dialog.open_then.isEnabled()
        dialog.take_out.click()
    told = {row[0]: row[2] for row in cells(dialog.table)}
    assert told["2027-03-29"] == "Easter Monday"
    assert "2026-12-24" not in told


def shown_in(form: QWidget) -> list[str]:
    """The texts of its labels as they stand there, cut where they are."""
    return [QLabel.text(one) for one in form.findChildren(QLabel)]


def test_a_reminder_on_a_closed_day_says_when_the_office_works(
    qtbot: QtBot, december: Office
) -> None:
    form = NoteDialog(december, build.invite(december, 1))
    qtbot.addWidget(form)
    form.show()
    form.form.set_values({"text": "Call", "remind_on": "2026-12-25"})
    form.form.edited.emit("remind_on")
    assert form.form.finding("remind_on").endswith(
        "Office closed (Christmas Day); the next business day is December 28, 2026"
    )
    assert form.form.finding("remind_on") in shown_in(form), "whole"
    form.form.set_values({"remind_on": "2026-12-28"})
    form.form.edited.emit("remind_on")
    assert form.form.finding("remind_on") == ""


def test_a_deadline_moved_to_a_closed_day_says_when_the_office_works(
    qtbot: QtBot, december: Office
) -> None:
    folder.add_note(december, build.invite(december, 1), "Call", remind_on=date(2026, 12, 10))
    (row,) = (one for one in deadlines.agenda(december) if one.kind == "reminder")
    form = MoveDeadlineDialog(december, row, date(2026, 12, 12))
    qtbot.addWidget(form)
    form.show()
    assert "(weekend); the next business day is December 14, 2026" in form.form.finding("day")
    assert form.form.finding("day") in shown_in(form), "whole"
    form.form.set_values({"reason": "later"})
    button = next(one for one in form.findChildren(QPushButton) if one.isDefault())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.answer is not None  # the office may choose it all the same
    (row,) = (one for one in deadlines.agenda(december) if one.kind == "reminder")
    assert (row.day, row.business_day) == (date(2026, 12, 12), date(2026, 12, 14))
