# SPDX-License-Identifier: Apache-2.0
"""Family, documents and fees on a person's page, over a real register."""

from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, PermitWish, Relation
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, folder, people
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.payment import PaymentDialog
from imp_plus_desktop.ui.person.actions.document_actions import attach
from imp_plus_desktop.ui.person.actions.file_table import LETTER, PAYMENT
from imp_plus_desktop.ui.person.actions.handed_files import handed
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.sections.entries_section import EntriesSection
from imp_plus_desktop.ui.person.sections.person_documents import DocumentRow, DocumentSection
from imp_plus_desktop.ui.person.sections.person_section_group import FileSections
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton, CollapsibleSection
from imp_plus_desktop.ui.person.sections.section_stack import SectionStack
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, fill, office, panel, press_ok, says, texts

pytestmark = pytest.mark.mostly_long(
    "test_nothing_inside_a_fold_is_made_before_it_is_unfolded",
    "test_every_link_of_an_entry_stays_in_a_narrow_panel",
    "test_a_file_dropped_on_a_line_becomes_its_scan",
    "test_a_scan_is_saved_and_removed_from_the_menu",
    "test_an_amount_is_proposed_as_the_language_writes_it",
    "test_what_outlook_hands_over_has_its_name_and_its_bytes",
)

__all__ = ["office", "panel"]

PDF = b"%PDF-1.4 x"


def a_principal(office: Office) -> int:
    number = build.an_approved(office)
    build.issue(office, number)
    person = people.find(office, "C1000001")
    child = {
        "relation": Relation.CHILD,
        "given_names": "Lina",
        "birth_date": date(2006, 1, 15),
        "wish": PermitWish.WORK,
    }
    build.receive_member(office, build.add_member(office, person, wish=PermitWish.WORK))
    build.add_member(office, person, **child)
    return person


def folds(panel: PersonPanel) -> FileSections:
    found = panel.findChild(FileSections)
    assert found is not None
    return found


def row_of(section: DocumentSection, kind: DocumentType, member: int | None = None) -> DocumentRow:
    return next(r for r in section.rows() if (r.item.type, r.item.member_id) == (kind, member))


def press(root: QWidget, text: str) -> None:
    found = (b for b in root.findChildren(ActionButton) if b.toolTip() == text)
    next(found).click()


def test_nothing_inside_a_fold_is_made_before_it_is_unfolded(
    panel: PersonPanel, office: Office
) -> None:
    panel.show_person(build.invite(office))
    section = folds(panel).documents
    assert section.rows() == []
    assert section.head().text().startswith("Documents (")
    panel.open_section("documents")
    assert len(section.rows()) == 8


def test_the_family_stands_on_one_axis_and_the_keys_go_from_day_to_day(
    qtbot: QtBot, panel: PersonPanel, office: Office
) -> None:
    panel.show_person(a_principal(office))
    panel.open_section("family")
    board = folds(panel).family.board
    assert "Lina Benali (child); Turns 18" in " ".join(board.accessibleDescription().split())
    assert "Permit A76: November 22, 2023 to November 22, 2026" in board.accessibleDescription()
    board.setFocus()
    QTest.keyClick(board, Qt.Key.Key_Home)
    assert board.current() == (
        "Amine Benalibb (principal) · Letter usable: September 4, 2023 to December 3, 2023"
    )
    QTest.keyClick(board, Qt.Key.Key_Down)
    assert board.current().startswith("Sara Benali (spouse) · Application C41: since")
    assert board.accessibleDescription().startswith(board.current())
    QTest.keyClick(board, Qt.Key.Key_End)
    assert board.current() == "Lina Benali (child) · Turns 22: January 15, 2028"
    qtbot.waitUntil(lambda: board.height() > 0)
    assert not board.grab().isNull()
    assert_accessible(folds(panel).family)


def test_what_needs_a_look_and_what_rests_on_the_principal_is_said(
    panel: PersonPanel, office: Office
) -> None:
    person = a_principal(office)
    child = people.file(office, person).members[1].id
    family.set_field(office, child, "school", "primary_secondary")
    family.set_field(office, child, "location", "quebec")
    panel.show_person(person)
    panel.open_section("family")
    section = folds(panel).family
    assert says(section, "Studies without a permit and turns 18 on January 15, 2024")
    assert says(section, "Sara Benali: application C41, received")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_of_an_entry_stays_in_a_narrow_panel(
    panel: PersonPanel, office: Office, language: str
) -> None:
    i18n.use(language)
    panel.retranslate()
    panel.resize(380, 900)
    panel.show_person(a_principal(office))
    panel.open_section("applications")
    section = next(s for s in panel.findChildren(EntriesSection) if s.key == "applications")
    QApplication.processEvents()
    links = [made for made in section.findChildren(ActionButton) if made.isVisible()]
    assert len(links) > 3
    for link in links:
        right = link.mapTo(panel, QPoint(link.width(), 0)).x()
        assert right <= panel.width(), link.text()
        assert link.width() >= link.sizeHint().width(), link.text()


def test_a_person_without_family_has_no_family_fold(panel: PersonPanel, office: Office) -> None:
    panel.show_person(build.invite(office))
    assert not folds(panel).family.isVisibleTo(panel)


def test_one_click_says_that_a_document_has_arrived_and_one_that_it_is_reviewed(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    panel.open_section("documents")
    section = folds(panel).documents
    press(row_of(section, DocumentType.CSQ), "Mark received")
    row_of(section, DocumentType.CSQ).focus_start()
    assert not says(section, "Received · received"), "the day says it already"
    press(row_of(section, DocumentType.CSQ), "Mark reviewed")
    assert row_of(section, DocumentType.CSQ).isAncestorOf(QApplication.focusWidget())
    (kept,) = people.file(office, person).documents
    assert kept.state is DocumentState.REVIEWED
    assert_accessible(section)


def test_a_file_dropped_on_a_line_becomes_its_scan(
    panel: PersonPanel, office: Office, tmp_path: Path
) -> None:
    person = a_principal(office)
    member = people.file(office, person).members[0].id
    source = tmp_path / "passeport.pdf"
    source.write_bytes(PDF)
    panel.show_person(person)
    panel.open_section("documents")
    section = folds(panel).documents
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, buttons, keys)
    row_of(section, DocumentType.PASSPORT, member).dropEvent(event)
    assert attachments.scan(office, person, DocumentType.PASSPORT, member).content == PDF
    actions = section.menu_for(str(source)).actions()
    next(a for a in actions if a.text() == "Photo · Sara Benali").trigger()
    assert attachments.scan(office, person, DocumentType.PHOTO, member).content == PDF
    offered = row_of(section, DocumentType.PASSPORT, member).offers()
    assert "Open the scan" in [one.text for one in offered if isinstance(one, Offer)]


def test_a_scan_opens_in_a_private_copy(
    panel: PersonPanel, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = build.invite(office)
    source = tmp_path / "Benali.pdf"
    source.write_bytes(PDF)
    attachments.attach(office, person, DocumentType.CSQ, source)
    seen: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", seen.append)
    panel.show_person(person)
    panel.open_section("documents")
    press(row_of(folds(panel).documents, DocumentType.CSQ), "Open the scan")
    (opened,) = seen
    path = Path(opened.toLocalFile())
    assert path.read_bytes() == PDF
    assert path.name == "document-1.pdf"


def test_a_program_is_refused_in_one_sentence(
    panel: PersonPanel, office: Office, tmp_path: Path
) -> None:
    person = build.invite(office)
    source = tmp_path / "csq.pdf"
    source.write_bytes(b"MZ\x90")
    said: list[str] = []
    panel._shell.said.connect(lambda text, _act: said.append(text))
    panel.show_person(person)
    panel.do(lambda at: attach(at, DocumentType.CSQ, None, source))
    assert said[0].startswith("This file is a program or a script, whatever its name says.")
    assert people.file(office, person).documents == ()


def test_a_scan_is_saved_and_removed_from_the_menu(
    panel: PersonPanel, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = build.invite(office)
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(PDF)
    panel.show_person(person)
    monkeypatch.setattr(files, "ask_scan", lambda _parent: source)
    monkeypatch.setattr(files, "ask_copy", lambda _parent, _title, _name: target)
    panel.open_section("documents")
    for words in ("Keep a scan…", "Save the scan as…", "Remove the scan"):
        offered = row_of(folds(panel).documents, DocumentType.CSQ).offers()
        one = next(o for o in offered if isinstance(o, Offer) and o.text == words)
        panel.do(one.do)
    assert target.read_bytes() == PDF
    assert people.file(office, person).documents[0].attachment is None


def test_the_fees_say_what_is_open_and_a_payment_closes_it(
    qtbot: QtBot, panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    panel.open_section("fees")
    section = folds(panel).fees
    assert says(section, "Work permit processing $155.00")
    shown = answer(lambda dialog: (fill(dialog, amount="340.00"), press_ok(qtbot, dialog)))
    panel.do(PAYMENT.do)
    assert shown == ["Payment"]
    assert fees.account(office, person).open_cents == 0
    assert says(section, "Paid")
    assert_accessible(section)
    press(section, "Remove")
    assert fees.account(office, person).open_cents == 34000


def test_a_refund_proposes_what_is_still_to_come(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    number = build.receive(office, person).application
    build.decide(office, number, "refused")
    dialog = PaymentDialog(office, person, number)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.form.value("amount") == "100.00"
    fill(dialog, amount="much")
    press_ok(qtbot, dialog)
    assert says(dialog, "This is not an amount.")
    fill(dialog, amount="100")
    press_ok(qtbot, dialog)
    assert fees.account(office, person).refund_open_cents == 0
    assert_accessible(dialog)


def test_a_member_is_corrected_in_every_field(qtbot: QtBot, office: Office) -> None:
    person = a_principal(office)
    child = people.file(office, person).members[1]
    dialog = MemberDialog(office, person, child)
    qtbot.addWidget(dialog)
    dialog.show()
    values = {
        "school": "post_secondary",
        "location": "quebec",
        "custody": "shared",
        "married_on": "2023-01-02",
        "caq_number": "Q1",
        "caq_until": "2024-08-31",
        "biometrics_on": "2022-01-01",
        "arrived_on": "2023-02-01",
    }
    fill(dialog, **values)
    assert says(dialog, "no longer a dependent child")
    press_ok(qtbot, dialog)
    kept = family.one(office, child.id)
    assert {k: str(getattr(kept, k)) for k in values} == values
    assert (kept.birth_date, kept.wish) == (child.birth_date, child.wish)


def test_a_spouse_has_no_fields_of_a_child(qtbot: QtBot, office: Office) -> None:
    dialog = MemberDialog(office, build.invite(office))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.form.focus_field("died_on")  # it is unfolded for whoever goes there
    assert dialog.form.field("separated_on").isVisibleTo(dialog)
    assert not dialog.form.field("custody").isVisibleTo(dialog)
    fill(dialog, relation="child", died_on="2030-01-01", citizenship="MAR")
    assert dialog.form.field("custody").isVisibleTo(dialog)
    press_ok(qtbot, dialog)
    assert says(dialog, "This date is in the future")


def test_refusing_a_principal_lists_what_it_topples(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    number = build.receive(office, person).application
    build.receive_member(office, build.add_member(office, person))
    dialog = DecideDialog(office, number)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not says(dialog, "Sara Benali: application C41, received")
    fill(dialog, outcome="refused")
    assert says(dialog, "Sara Benali: application C41, received")


def test_the_documents_of_members_stand_below_the_persons_own(qtbot: QtBot, office: Office) -> None:
    person = a_principal(office)
    member = people.file(office, person).members[0].id
    dialog = DocumentsDialog(office, person, DocumentType.PHOTO, member)
    qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.state_box(DocumentType.PHOTO, member)
    box.setCurrentIndex(box.findData("received"))
    press_ok(qtbot, dialog)
    (kept,) = people.file(office, person).documents
    assert (kept.type, kept.member_id) == (DocumentType.PHOTO, member)
    assert any(x.text() == "Sara Benali" for x in dialog.findChildren(QLabel))


def section_of(panel: PersonPanel, key: str) -> CollapsibleSection:
    return panel.findChildren(PersonBody)[0].section_of(key)


def stack_of(panel: PersonPanel) -> SectionStack:
    return panel.findChildren(SectionStack)[0]


class TestWhatIsEmpty:
    def test_blocks_without_an_entry_wait_under_one_line(
        self, panel: PersonPanel, office: Office
    ) -> None:
        panel.show_person(a_principal(office))
        work, letters = section_of(panel, "work"), section_of(panel, "letters")
        assert letters.isVisible()
        assert not work.isVisible()
        rest = stack_of(panel)._rest
        assert rest.isVisible()
        assert rest.head().text().startswith("Empty sections")
        rest.head().click()
        assert work.isVisible()

    def test_a_block_comes_back_to_its_place_with_its_first_entry(
        self, panel: PersonPanel, office: Office
    ) -> None:
        person = a_principal(office)
        panel.show_person(person)
        assert not section_of(panel, "notes").isVisible()
        folder.add_note(office, person, "Called back.")
        panel.refresh()
        assert section_of(panel, "notes").isVisible()
        column = stack_of(panel)._column
        places = [column.indexOf(section_of(panel, key)) for key in ("applications", "notes")]
        assert 0 <= places[0] < places[1]

    def test_asking_for_an_empty_block_brings_it_into_view(
        self, panel: PersonPanel, office: Office
    ) -> None:
        panel.show_person(a_principal(office))
        panel.open_section("routes")
        assert section_of(panel, "routes").isVisible()
        assert section_of(panel, "routes").is_open()

    def test_what_is_added_to_a_file_stands_in_a_menu_of_its_own(
        self, panel: PersonPanel, office: Office, qtbot: QtBot
    ) -> None:
        panel.show_person(a_principal(office))
        menu = offer_menu(panel.menu(), panel)
        inner = [a.menu() for a in menu.actions() if a.menu() is not None]
        assert [m.title() for m in inner] == ["Add to the file", "Earlier", "Copy and print"]
        assert len([a for a in menu.actions() if not a.isSeparator()]) <= 16
        with qtbot.waitSignal(menu.triggered) as told:
            inner[0].actions()[0].trigger()
        assert told.args[0].data().id == LETTER.id == "person.letter"

    def test_what_the_stage_of_a_file_asks_for_comes_first(
        self, panel: PersonPanel, office: Office
    ) -> None:
        def first() -> list[str]:
            return stack_of(panel).order()[:2]

        panel.show_person(build.invite(office, 7))
        assert first() == ["letters", "residences"]
        build.receive(office, build.invite(office, 8))
        panel.show_person(people.find(office, "C1000008"))
        assert first()[0] == "applications"
        panel.show_person(a_principal(office))
        assert first() == ["deadlines", "passports"]
        panel.show_person(people.find(office, "C1000007"))
        assert first() == ["letters", "residences"]


def test_an_amount_is_proposed_as_the_language_writes_it(qtbot: QtBot, office: Office) -> None:
    person = a_principal(office)
    i18n.use("fr")
    dialog = PaymentDialog(office, person)
    qtbot.addWidget(dialog)
    assert dialog.form.value("amount") == "465,00"
    assert fees.parse_amount(dialog.form.value("amount")) == 46500


def outlook(name: str, content: bytes) -> QMimeData:
    """What a message that is dragged out of Outlook hands over."""
    described = bytes(72) + name.encode("utf-16-le").ljust(520, b"\0")
    data, kind = QMimeData(), 'application/x-qt-windows-mime;value="{}"'
    data.setData(kind.format("FileGroupDescriptorW"), (1).to_bytes(4, "little") + described)
    data.setData(kind.format("FileContents"), content)
    return data


def test_what_outlook_hands_over_has_its_name_and_its_bytes() -> None:
    found = handed(outlook("passeport été.pdf", PDF))
    assert found == attachments.Handed("passeport été.pdf", PDF)
    several = outlook("a.pdf", PDF)
    kind = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
    several.setData(kind, (2).to_bytes(4, "little") + bytes(592 * 2))
    assert handed(several) is None
    assert handed(QMimeData()) is None


def test_a_file_of_outlook_dropped_on_a_document_becomes_its_scan(
    panel: PersonPanel, office: Office
) -> None:
    person = a_principal(office)
    panel.show_person(person)
    section = folds(panel).documents
    section.set_open(True)
    row = section.rows()[0]
    data = outlook("csq.pdf", PDF)
    here, copy = QPointF(4, 4), Qt.DropAction.CopyAction
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    row.dropEvent(QDropEvent(here, copy, data, button, keys))
    assert attachments.scan(office, person, row.item.type).content == PDF


def opened(panel: PersonPanel, key: str) -> CollapsibleSection:
    panel.open_section(key)
    return section_of(panel, key)


class TestEachFactStandsOnce:
    """A letter's and a passport's values, and below them only the others of their kind."""

    def test_one_letter_is_told_by_its_values_alone(
        self, panel: PersonPanel, office: Office
    ) -> None:
        person = build.invite(office)
        panel.show_person(person)
        block = opened(panel, "letters")
        dated = [one.text() for one in block.findChildren(ValueLine)]
        day = i18n.format_day_short(people.file(office, person).letters[0].letter_date)
        assert len([text for text in (*dated, *texts(block)) if day in text]) == 1
        links = [link.toolTip() for link in block.findChildren(ActionButton)]
        assert sorted(links) == ["Add a letter…", "Delete", "Edit…"]
        links_shown = [link.isVisible() for link in block.findChildren(ActionButton)]
        assert all(links_shown), "at once, and not a moment after the values"

    def test_of_two_passports_the_older_one_stands_below_with_what_can_be_done(
        self, panel: PersonPanel, office: Office
    ) -> None:
        person = build.invite(office, passport_number="X4471902", passport_expiry="2028-05-03")
        folder.save_passport(office, person, None, "X4471903", date(2033, 5, 3))
        panel.show_person(person)
        block = opened(panel, "passports")
        told = [*texts(block), *(one.text() for one in block.findChildren(ValueLine))]
        for number in ("X4471902", "X4471903"):
            assert len([text for text in told if number in text]) == 1
        older = [b for b in block.findChildren(ActionButton) if "X4471902" in b.accessibleName()]
        assert [one.toolTip() for one in older] == ["Edit…", "Delete"]
