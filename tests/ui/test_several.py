# SPDX-License-Identifier: Apache-2.0
"""Several rows of a list at once: the strip, the menu, copying, mail, and the sheets."""

from datetime import date
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import ApplicationState, DocumentState, DocumentType
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import preparing
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.several.of_people import (
    ClerkSheet,
    DocumentSheet,
    NoteSheet,
    TagSheet,
)
from imp_plus_desktop.ui.dialogs.several.sheet import ManySheet
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.family import FamilyPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.lists.several import acts, mail
from imp_plus_desktop.ui.person.tag_row import TagRow
from imp_plus_desktop.ui.shell.actions import leaves
from imp_plus_desktop.ui.shell.shell import Shell
from tests.ui.answering import Answering, answering, theirs
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import answer, office, says

pytestmark = pytest.mark.mostly_long(
    "test_the_strip_is_as_high_with_nothing_chosen_as_with_several_and_no_row_moves",
    "test_the_menu_has_the_acts_of_many_of_one_and_never_the_sorting",
    "test_rows_are_copied_as_shown_with_headers_as_text_and_as_a_table",
    "test_too_many_addresses_for_one_draft_are_copied_and_that_is_said",
    "test_nothing_can_be_recorded_while_nobody_would_change",
    "test_a_long_list_is_foreseen_and_done_away_from_the_window",
    "test_chosen_applications_move_on_together",
    "test_the_strip_follows_the_language",
)

__all__ = ["answering", "office"]

KEYS = Qt.KeyboardModifier


def shown(qtbot: QtBot, kind: Any, office: Office, width: int = 1182) -> Any:
    page = kind(Shell(office, inline_tasks=True))
    page.shell.data_changed.connect(page.show_touched)
    qtbot.addWidget(page)
    page.resize(width, 714)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> PeoplePage:
    for number in range(1, 6):
        mails = {} if number == 3 else {"email": f"p{number}@example.org"}
        build.invite(office, number, **mails)
    return shown(qtbot, PeoplePage, office)


def entries(menu: QMenu) -> list[str]:
    texts = [one.text().partition("\t")[0] for one in menu.actions() if not one.isSeparator()]
    menu.deleteLater()
    return texts


def test_the_strip_is_as_high_with_nothing_chosen_as_with_several_and_no_row_moves(
    page: PeoplePage,
) -> None:
    strip = page.several.strip
    before = strip.geometry(), page.table.geometry()
    assert strip.text() == "5 rows"
    assert strip.shown_acts() == []
    page.table.choose(page.shown_ids()[:3])
    assert strip.text() == "3 chosen"
    assert strip.shown_acts()[:3] == ["Assign…", "Tag…", "Note…"]
    assert (strip.geometry(), page.table.geometry()) == before
    page.table.let_go()
    assert strip.text() == "5 rows"
    page.set_search("Benalicc")
    assert strip.text() == "1 row of 5"


def test_what_a_filter_hides_of_the_choice_is_counted_and_still_acted_on(
    page: PeoplePage, office: Office
) -> None:
    ids = list(page.shown_ids())
    page.table.choose(ids[:3])
    page.set_search("Benalicc")
    assert page.several.strip.text() == "3 chosen, 2 hidden"

    def give(sheet: NoteSheet) -> None:
        assert says(sheet, "2 of those chosen are hidden by the filter, and are among them.")
        sheet.form.set_values({"text": "Written to"})
        sheet.accept()

    answer(give)
    page.several.do(acts.NOTE)
    assert [len(people.file(office, number).notes) for number in ids] == [1, 1, 1, 0, 0]
    page.set_search("")
    assert page.several.strip.text() == "3 chosen"


@pytest.mark.parametrize("width", [900, 1182, 1700])
def test_acts_without_room_stand_behind_the_more_button_and_three_keep_their_words(
    page: PeoplePage, width: int
) -> None:
    page.resize(width, 600)
    page.table.choose(page.shown_ids()[:2])
    seen = page.several.strip.shown_acts()
    assert len(seen) >= 3
    assert cut_labels(page.several.strip) == []
    assert_accessible(page.several.strip)
    offered = {offer.text for offer in leaves(page.several.strip.offered())}
    assert {"Merge two files into one…", "Applications received…", "Copy the rows"} <= offered


def test_the_menu_has_the_acts_of_many_of_one_and_never_the_sorting(page: PeoplePage) -> None:
    page.table.choose(page.shown_ids()[:3])
    many = entries(page.several.menu())
    assert many[0] == "3 chosen"
    assert "Assign to…" in many
    assert "Merge two files into one…" not in many  # two are merged, not three
    page.table.let_go()
    one = entries(page.several.menu())
    assert "Edit the file…" in one
    assert "Copy the rows" in one
    assert not [text for text in (*many, *one) if text.startswith("Sort by")]


def test_a_menu_acts_on_what_was_chosen_when_it_opened(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    ids = list(page.shown_ids())
    page.table.choose(ids[:2])
    page.table.menu_asked.emit(QPoint(5, 5))
    opened = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    page.table.choose(ids[3:])
    assert answer(lambda sheet: _write(sheet, "S. Roy")) is not None
    assign = next(one for one in opened[0].actions() if one.text().startswith("Assign"))
    opened[0].triggered.emit(assign)
    assert [people.row(office, n).clerk for n in ids] == ["S. Roy", "S. Roy", None, None, None]


def _write(sheet: ClerkSheet, name: str) -> None:
    sheet._box.setEditText(name)
    sheet.accept()


def test_a_tag_is_put_on_many_from_the_list_and_shows_in_the_file_and_as_a_column(
    page: PeoplePage, office: Office
) -> None:
    def give(sheet: TagSheet) -> None:
        sheet._box.setEditText("famille; urgent")
        assert says(sheet, "2 files will change.")
        sheet.accept()

    ids = list(page.shown_ids())
    page.table.choose(ids[:2])
    answer(give)
    page.several.do(acts.TAG)
    assert [people.file(office, n).person.tags for n in ids[:3]] == [
        "famille, urgent", "famille, urgent", None,
    ]  # fmt: skip
    page.refresh()
    page.table.select_id(ids[0])
    page.panel.finish()
    row = page.panel.findChild(TagRow)
    assert row is not None
    assert row.tags() == ("famille", "urgent")
    page.table.columns.show(["name", "person.tags"])
    number = [column.key for column in page.model.columns].index("person.tags")
    assert page.model.data(page.model.index(0, number)) == "famille, urgent"


def test_rows_are_copied_as_shown_with_headers_as_text_and_as_a_table(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    chosen = list(page.shown_ids()[:2])
    people.edit(office, chosen[0], {"family_name": "=HYPERLINK(1)", "given_names": "<b>"})
    page.refresh()
    page.table.choose(chosen)
    qtbot.keyClick(page.table, Qt.Key.Key_C, KEYS.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().split("\n")
    titles = [column.heading() for column in page.table.shown_columns()]
    assert lines[0].split("\t") == titles
    assert len(lines) == 3
    assert all(len(line.split("\t")) == len(titles) for line in lines)
    name = next(line for line in lines if "HYPERLINK" in line).split("\t")[0]
    assert name == "'=HYPERLINK(1), <b>"  # no spreadsheet runs it
    html = mime.html()
    assert html.count("<tr>") == 3
    assert "=HYPERLINK(1), &lt;b&gt;" in html
    assert "C1000002" in html
    assert "mso-number-format" in html
    place = titles.index("Time left (days)")
    assert all(line.split("\t")[place].isdecimal() for line in lines[1:])


def test_one_row_is_copied_too(qtbot: QtBot, page: PeoplePage) -> None:
    page.table.select_id(page.shown_ids()[1])
    qtbot.keyClick(page.table, Qt.Key.Key_C, KEYS.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2


def test_mail_goes_to_those_who_have_an_address_in_blind_copy(
    qtbot: QtBot, page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    page.resize(1900, 700)
    page.table.choose(page.shown_ids())
    button = page.several.strip.button_of(acts.MAIL_DRAFT)
    qtbot.waitUntil(lambda: button.text() == "E-mail (4)")
    page.several.do(acts.MAIL_DRAFT)
    (url,) = opened
    assert url.toString() == (
        "mailto:?bcc=p1@example.org,p2@example.org,p4@example.org,p5@example.org"
    )
    page.several.do(acts.MAIL_COPY)
    told = "p1@example.org; p2@example.org; p4@example.org; p5@example.org"
    assert QGuiApplication.clipboard().text() == told


def test_too_many_addresses_for_one_draft_are_copied_and_that_is_said(
    page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [f"somebody.of.a.long.name.{number}@example.org" for number in range(60)]
    assert mail.draft_url(many) is None
    assert mail.draft_url(many[:20]) is not None
    monkeypatch.setattr(mail, "addresses", lambda chosen: many)
    told: list[str] = []
    page.shell.said.connect(lambda text, _act: told.append(text))
    page.table.choose(page.shown_ids())
    page.several.do(acts.MAIL_DRAFT)
    assert QGuiApplication.clipboard().text().count("@") == 60
    assert (
        told[-1] == "60 addresses are too many for one draft: they are copied. Paste them as Bcc."
    )


def test_without_addresses_mail_cannot_be_asked_for(qtbot: QtBot, office: Office) -> None:
    for number in (1, 2):
        build.invite(office, number)
    page = shown(qtbot, PeoplePage, office, 1900)
    page.table.choose(page.shown_ids())
    assert not page.several.strip.button_of(acts.MAIL_DRAFT).isEnabled()
    assert "Write to all, in blind copy…" not in entries(page.several.menu())


def test_a_sheet_says_who_changes_who_need_not_and_who_is_left_out_and_why(
    page: PeoplePage, office: Office
) -> None:
    ids = list(page.shown_ids())
    build.receive(office, ids[0])
    seen: list[str] = []

    def look(sheet: ManySheet) -> None:
        assert_accessible(sheet)
        assert sheet.plan() is not None
        assert says(sheet, "4 files will change.")
        seen.append(sheet._ok.text())
        assert not cut_labels(sheet)
        sheet.accept()

    page.table.choose(ids)
    answer(look)
    page.several.do(acts.RECEIVE)
    assert seen == ["Record them (4)"]
    assert [len(people.file(office, n).applications) for n in ids] == [1] * 5
    assert build.places(office.register) == (5, 5, 5)


def test_nothing_can_be_recorded_while_nobody_would_change(page: PeoplePage) -> None:
    def look(sheet: ManySheet) -> None:
        assert says(sheet, "0 files will change.")
        assert not sheet._ok.isEnabled()
        sheet.reject()

    page.table.choose(page.shown_ids()[:2])
    answer(look)
    page.several.do(acts.DECIDE)


def test_one_undo_takes_back_what_a_sheet_did_and_the_choice_stays(
    page: PeoplePage, office: Office
) -> None:
    ids = list(page.shown_ids())

    def give(sheet: DocumentSheet) -> None:
        sheet.form.set_values({"type": DocumentType.MEDICAL.value})
        sheet.form.edited.emit("type")
        assert says(sheet, "5 files will change.")
        sheet.accept()

    told: list[tuple[str, Any]] = []
    page.shell.said.connect(lambda text, act: told.append((text, act)))
    page.table.choose(ids)
    answer(give)
    page.several.do(acts.DOCUMENT)
    states = [people.file(office, n).documents[0].state for n in ids]
    assert states == [DocumentState.RECEIVED] * 5
    text, act = told[-1]
    assert text == "5 files changed"
    history.undo(office, act)
    assert all(people.file(office, n).documents == () for n in ids)
    assert page.table.chosen_ids() == ids


def test_what_another_desk_changed_meanwhile_is_shown_before_anything_is_kept(
    page: PeoplePage, office: Office, other: Office
) -> None:
    ids = list(page.shown_ids())

    def give(sheet: ManySheet) -> None:
        build.receive(other, ids[1])
        sheet.accept()
        assert sheet.isVisible()
        assert says(sheet, "4 files will change.")
        assert len(people.file(office, ids[0]).applications) == 0
        sheet.accept()

    page.table.choose(ids)
    answer(give)
    page.several.do(acts.RECEIVE)
    assert build.places(office.register) == (5, 5, 5)


def test_of_several_each_value_of_another_desk_is_asked_about(
    page: PeoplePage, office: Office, other: Office, answering: Answering
) -> None:
    ids = list(page.shown_ids())

    def give(sheet: ClerkSheet) -> None:
        for number in ids[:2]:
            people.edit(other, number, {"clerk": "M. Gagnon"})
        answering.waiting.append(theirs)
        _write(sheet, "S. Roy")
        if sheet.isVisible():  # two less than were foreseen: it says so first
            sheet.accept()
        assert not sheet.isVisible()

    page.table.choose(ids)
    answer(give)
    page.several.do(acts.ASSIGN)
    assert [one.person for one in answering.asked[0]] == ids[:2]
    kept = [people.row(office, number).clerk for number in ids]
    assert kept == ["M. Gagnon"] * 2 + ["S. Roy"] * (len(ids) - 2)


def test_a_long_list_is_foreseen_and_done_away_from_the_window(
    qtbot: QtBot, office: Office
) -> None:
    ids = [build.invite(office, number) for number in range(1, 61)]
    page = shown(qtbot, PeoplePage, office)
    page.shell.tasks._inline = False

    def give(sheet: NoteSheet) -> None:
        sheet.form.set_values({"text": "Written to"})
        sheet.form.edited.emit("text")
        qtbot.waitUntil(lambda: sheet.plan() is not None)
        assert says(sheet, "60 files will change.")
        sheet.accept()
        qtbot.waitUntil(lambda: not sheet.isVisible())

    page.table.choose(ids)
    answer(give)
    page.several.do(acts.NOTE)
    assert all(len(people.file(office, number).notes) == 1 for number in ids)


def test_a_long_sheet_that_is_given_up_while_it_looks_leaves_nothing_behind(
    qtbot: QtBot, office: Office
) -> None:
    ids = [build.invite(office, number) for number in range(1, 61)]
    page = shown(qtbot, PeoplePage, office)
    page.shell.tasks._inline = False
    page.table.choose(ids)
    answer(lambda sheet: sheet.reject())
    page.several.do(acts.RECEIVE)
    qtbot.waitUntil(lambda: not page.shell.tasks.is_busy())
    assert build.places(office.register) == (0, 0, 0)


@pytest.mark.parametrize("kind", [ApplicationsPage, PermitsPage, FamilyPage, DeadlinesPage])
def test_every_list_allows_several_and_gives_their_people_to_somebody(
    qtbot: QtBot, office: Office, kind: Any
) -> None:
    for number in (1, 2, 3):
        application = build.an_approved(office, number)
        build.issue(office, application)
    owners = list(people.ids(office, people.PeopleFilter()))
    for person in owners:
        build.add_member(office, person)
    page = shown(qtbot, kind, office)
    qtbot.keyClick(page.table, Qt.Key.Key_A, KEYS.ControlModifier)
    assert page.several.strip.text() == f"{len(page.shown_ids())} chosen"
    answer(lambda sheet: _write(sheet, "S. Roy"))
    page.several.do(acts.ASSIGN)
    assert {people.row(office, n).clerk for n in owners} == {"S. Roy"}


def test_chosen_applications_move_on_together(qtbot: QtBot, office: Office) -> None:
    drafts = [
        preparing.prepare(office, build.invite(office, number), build.TODAY).application
        for number in (1, 2)
    ]
    page = shown(qtbot, ApplicationsPage, office)
    page.table.choose(drafts)
    answer(lambda sheet: sheet.accept())
    page.several.do(acts.STATE)
    rows = page.fetch(drafts)
    assert [row.state for row in rows] == [ApplicationState.SUBMITTED] * 2


def test_chosen_deadlines_are_seen_by_key_settled_and_moved_and_the_choice_is_let_go(
    qtbot: QtBot, office: Office
) -> None:
    for number in (1, 2, 3):
        build.invite(office, number)
    page = shown(qtbot, DeadlinesPage, office)
    count = len(page.shown_ids())
    page.table.choose(page.shown_ids()[:4])
    answer(lambda sheet: sheet.accept())
    page.mark_seen()
    assert sum(row.acknowledged_on is not None for row in deadlines.agenda(office)) == 4
    assert page.table.chosen_count() == 1  # lines are made anew, and have other numbers
    page.table.choose(page.shown_ids()[:2])
    day = date(2024, 2, 1)

    def give(sheet: ManySheet) -> None:
        sheet.form.set_values({"day": day.isoformat(), "reason": "Closed"})
        sheet.form.edited.emit("reason")
        sheet.accept()

    answer(give)
    page.move_to_another_day()
    assert sum(row.day == day for row in deadlines.agenda(office)) >= 2
    page.table.choose(page.shown_ids()[:3])
    answer(lambda sheet: sheet.accept())
    page.settle()
    assert len(page.shown_ids()) == count - 3


def test_enter_and_a_double_click_open_the_file(qtbot: QtBot, page: PeoplePage) -> None:
    page.table.select_id(page.shown_ids()[2])
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.isAncestorOf(page.window().focusWidget()))


def test_the_strip_follows_the_language(page: PeoplePage) -> None:
    page.table.choose(page.shown_ids()[:2])
    i18n.use("fr")
    page.retranslate()
    assert page.several.strip.text() == "2 choisies"
    assert page.several.strip.shown_acts()[0] == "Attribuer…"
