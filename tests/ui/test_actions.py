# SPDX-License-Identifier: Apache-2.0
"""The tables of actions: menus, shortcuts, buttons and their conditions come from them alone."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import is_on_a_server
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import DocumentState, PermitWish, RequestKind
from imp_plus_desktop.i18n import _
from imp_plus_desktop.paths import resource
from imp_plus_desktop.services.applications import preparing, requests
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, folder, people
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.help import ShortcutsDialog
from imp_plus_desktop.ui.person.actions import (
    application_actions,
    document_actions,
    office_actions,
    record_actions,
)
from imp_plus_desktop.ui.person.actions.file_table import (
    CLERK,
    DECIDE,
    FILE_MENU,
    MERGE,
    NOTE,
    PERMIT,
    RECEIVE,
    UNDO_LAST,
)
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.actions import (
    SEPARATOR,
    Action,
    EntryAction,
    Menu,
    Offer,
    Place,
    Separator,
    State,
    for_place,
    leaves,
    mapped,
    offers,
)
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.window.action_table import ACTIONS, MENUS
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer, complete, fill, office

pytestmark = pytest.mark.mostly_long(
    "test_every_action_has_an_id_of_its_own_and_stands_in_one_menu",
    "test_no_two_actions_share_keys",
    "test_each_says_in_both_languages_what_it_does_and_no_two_the_same",
    "test_what_can_be_done_to_an_entry_has_an_id_of_its_own",
    "test_the_menu_bar_shows_every_action_but_those_of_a_page",
    "test_the_list_of_shortcuts_is_that_of_the_table",
    "test_the_guides_name_keys_of_the_table_alone",
    "test_each_way_through_the_menus_that_the_guides_name_is_there",
    "test_only_these_can_be_done_with_nothing_in_front",
    "test_it_is_the_one_of_the_menu_bar",
    "test_the_button_beside_it_says_what_it_leaves_out",
    "test_what_was_offered_is_not_done_to_another_file",
    "test_the_menu_bar_assigns_all_that_are_chosen",
    "test_every_action_can_be_done_and_what_it_asks_given_up",
    "test_what_a_page_alone_can_do_stands_in_a_table_too",
    "test_a_group_stands_between_lines_where_it_is_no_menu",
    "test_a_line_parts_two_groups_or_is_not_there",
    "test_an_empty_menu_is_not_shown",
    "test_every_table_of_the_bar_holds_actions_menus_and_lines_alone",
    "test_a_note_is_added_by_key_in_whichever_list_the_file_stands",
)

__all__ = ["office"]

BY_ID = {action.id: action for action in ACTIONS}
NOBODY = State()
SOMEBODY = State(file=True, receive=True, chosen=1)

LOW_SCREEN = 614
"""The height of the lowest screen that the window is made for."""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, office: Office) -> PersonPanel:
    made = PersonPanel(Shell(office, inline_tasks=True))
    made._shell.data_changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.show()
    return made


def entry_actions() -> list[EntryAction[Any, Any]]:
    found: dict[str, EntryAction[Any, Any]] = {}
    for module in (application_actions, document_actions, office_actions, record_actions):
        for value in vars(module).values():
            several = value.values() if isinstance(value, dict) else value
            among = several if isinstance(value, dict | tuple) else (value,)
            found |= {one.id: one for one in among if isinstance(one, EntryAction)}
    return list(found.values())


def offered(panel: PersonPanel) -> list[str]:
    return [offer.id for offer in leaves(panel.menu())]


def in_menus(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from in_menus(inner)
        elif action.data():
            yield str(action.data())


class TestTables:
    def test_every_action_has_an_id_of_its_own_and_stands_in_one_menu(self) -> None:
        counted = Counter(action.id for action in ACTIONS)
        assert [name for name, times in counted.items() if times > 1] == []
        assert len(ACTIONS) > 60

    def test_no_two_actions_share_keys(self) -> None:
        keys = [keys for action in ACTIONS for keys in action.shortcuts()]
        assert len(keys) == len(set(keys))
        for shortcut in keys:
            assert QKeySequence(shortcut).toString() == shortcut, "as Qt writes it"

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_each_says_in_both_languages_what_it_does_and_no_two_the_same(
        self, language: str
    ) -> None:
        i18n.use(language)
        labels = [action.label() for action in ACTIONS]
        assert all(labels)
        # Two entries write the list shown: one stands among the files, one among the reports.
        assert [text for text, times in Counter(labels).items() if times > 1] == []
        same = {action.id for action in ACTIONS if _(action.text) == action.text}
        if language == "fr":
            # A language is named in itself; a guide is a guide.
            assert same == {"language.fr", "language.en", "help.guide"}

    def test_what_can_be_done_to_an_entry_has_an_id_of_its_own(self) -> None:
        made = entry_actions()
        assert len(made) > 35
        assert len({one.id for one in made}) == len(made)
        assert not {one.id for one in made} & set(BY_ID)

    def test_the_menu_bar_shows_every_action_but_those_of_a_page(self, window: MainWindow) -> None:
        bar = window.menuBar()
        shown = [name for menu in bar.findChildren(QMenu) for name in in_menus(menu)]
        hidden = set(BY_ID) - set(shown)
        assert hidden == {"person.explain", "person.undo"}

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_the_menu_of_a_file_nests_alike_in_the_bar_and_on_the_page(
        self, qtbot: QtBot, window: MainWindow, language: str
    ) -> None:
        """A guide that names a way through it is right wherever one opens it."""
        window.set_language(language, keep=False)
        bar = next(
            m for m in window.menuBar().findChildren(QMenu) if m.title() == _("Person fi&le")
        )
        page = offer_menu(mapped(FILE_MENU.entries, Offer.of), window)
        qtbot.addWidget(page)
        for title in ("&Add to the file", "Ear&lier", "Cop&y and print"):
            entries = [entries_of(menu, _(title)) for menu in (bar, page)]
            assert entries[0] == entries[1] != []

    def test_the_menu_of_a_file_has_room_on_a_low_screen(self, window: MainWindow) -> None:
        bar = next(m for m in window.menuBar().findChildren(QMenu) if m.title() == "Person fi&le")
        assert bar.sizeHint().height() < LOW_SCREEN

    def test_the_list_of_shortcuts_is_that_of_the_table(self, qtbot: QtBot) -> None:
        dialog = ShortcutsDialog(ACTIONS)
        qtbot.addWidget(dialog)
        said = {label.text() for label in dialog.findChildren(QLabel)}
        native = QKeySequence.SequenceFormat.NativeText  # as the keys are called where one works
        for action in ACTIONS:
            if action.shortcut:
                assert action.label() in said
                assert QKeySequence(action.shortcuts()[0]).toString(native) in said

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_the_guides_name_keys_of_the_table_alone(self, language: str) -> None:
        named = set(re.findall(r"`(Ctrl\+[^`]+|F\d+)`", guides(language).replace("Maj+", "Shift+")))
        known = {keys for action in ACTIONS for keys in action.shortcuts()}
        assert len(named) > 10
        # The first two belong to every form, the last to the step of the columns.
        # Of every form, of the box that finds, and of every list.
        own = {"Ctrl+Enter", "Ctrl+Entrée", "Ctrl+C", "Ctrl+A"}
        own |= {"Ctrl+Page Up", "Ctrl+Page Down", "Ctrl+Page préc.", "Ctrl+Page suiv."}
        assert named - known <= own

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_each_way_through_the_menus_that_the_guides_name_is_there(self, language: str) -> None:
        i18n.use(language)
        there = {way for menu in MENUS for way in ways(menu)}
        text = guides(language).replace("**", "")
        named = {tuple(one.split(" › ")) for one in re.findall(r"\*([^*\n]+ › [^*\n]+)\*", text)}
        assert len(named) > 30
        assert sorted(named - there) == []


def guides(language: str) -> str:
    """All chapters of all guides in a language."""
    files = sorted(resource("help", language).rglob("*.md"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def entries_of(menu: QMenu, title: str) -> list[str]:
    """What stands in a menu within a menu, without letters and keys."""
    plain = title.replace("&", "")
    inner = next(a.menu() for a in menu.actions() if a.text().replace("&", "") == plain)
    assert isinstance(inner, QMenu)
    words = (action.text().partition("\t")[0] for action in inner.actions())
    return [text.replace("&", "") for text in words if text]


def ways(menu: Menu[Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every entry of a menu and of those in it, as one reads on the way there."""
    title = _(menu.title).replace("&", "") if menu.title else ""
    here = (*before, title) if title else before
    yield here
    for entry in menu.entries:
        if isinstance(entry, Menu):
            yield from ways(entry, here)
            if Place.BAR not in entry.opens_in:  # there its entries stand in the menu around it
                yield from ways(replace(entry, title=""), here)
        elif isinstance(entry, Action):
            yield (*here, _(entry.text).replace("&", ""))


class TestConditions:
    @pytest.mark.parametrize(
        ("name", "yes", "no"),
        [
            ("file.new", NOBODY, State(idle=False)),
            ("file.export", State(listed=True), NOBODY),
            ("person.edit", State(file=True), State(listed=True, receive=True)),
            ("person.receive", State(receive=True), State(file=True)),
            ("person.decide", State(decide=True), SOMEBODY),
            ("person.permit", State(permit=True), SOMEBODY),
            ("person.merge", State(chosen=2), State(file=True, chosen=1)),
            ("person.merge", State(chosen=2), State(file=True, chosen=3)),
        ],
    )
    def test_an_action_can_be_done_where_its_condition_holds(
        self, name: str, yes: State, no: State
    ) -> None:
        assert BY_ID[name].when(yes)
        assert not BY_ID[name].when(no)

    def test_only_these_can_be_done_with_nothing_in_front(self) -> None:
        always = {a.id for a in ACTIONS if a.when(State(idle=False))}
        families = {name.partition(".")[0] for name in always}
        assert families == {"file", "edit", "view", "theme", "language", "report", "help"}
        files_too = {name for name in always if name.startswith("file.")}
        assert files_too == {"file.quit", "file.export_register", "file.letters", "file.settings"}

    @pytest.mark.parametrize("step", ["receive", "decide", "permit"])
    def test_a_file_allows_its_next_step(
        self, window: MainWindow, office: Office, step: str
    ) -> None:
        person = complete(office)
        if step != "receive":
            application = build.receive(office, person).application
            if step == "permit":
                build.decide(office, application)
        window.shell.changed()
        window.open_page("people")
        enabled = {
            name
            for name in ("receive", "decide", "permit")
            if window.menu_actions.action(f"person.{name}").isEnabled()
        }
        assert enabled == {"receive", step}

    def test_applications_offer_what_their_state_allows(self, office: Office) -> None:
        person = complete(office)
        table = application_actions.APPLICATION

        def can() -> list[str]:
            (one,) = people.file(office, person).applications
            return [offer.text for offer in offers(table, one)]

        begun = preparing.prepare(office, person, build.TODAY).application
        assert can() == ["State…", "Drop the draft", "Wording of the form…", "Number…"]
        preparing.discard(office, begun)
        received = build.receive(office, person).application
        assert can() == ["State…", "Decision…", "Wording of the form…", "Number…"]
        build.decide(office, received)
        assert can() == ["Permit…", "Withdrawn…", "Letter lapsed…", "Number…"]


class TestTheMenuOfAFile:
    def test_it_is_the_one_of_the_menu_bar(self, panel: PersonPanel, office: Office) -> None:
        panel.show_person(build.invite(office))
        own = [action.id for action in leaves(FILE_MENU.entries)]
        shown = offered(panel)
        assert shown == [name for name in own if name in shown], "in the same order"
        assert set(own) - set(shown) == {RECEIVE.id, DECIDE.id, PERMIT.id, MERGE.id}

    def test_the_button_beside_it_says_what_it_leaves_out(
        self, panel: PersonPanel, office: Office
    ) -> None:
        person = complete(office)
        panel.show_person(person)
        assert RECEIVE.id not in offered(panel)
        build.receive(office, person)
        panel.refresh()
        assert RECEIVE.id in offered(panel)
        assert DECIDE.id not in offered(panel)

    def test_without_an_act_to_undo_it_offers_none(
        self, panel: PersonPanel, office: Office, tmp_path: Path
    ) -> None:
        person = build.invite(office)
        panel.show_person(person)
        named = next(o for o in leaves(panel.menu()) if o.id == UNDO_LAST.id)
        assert named.text.startswith("Undo – ")
        build.import_file(office, build.a_list(tmp_path / "list.xlsx", [build.a_row(40)]))
        panel.show_person(max(people.ids(office, people.PeopleFilter(), "name", False)))
        assert UNDO_LAST.id not in offered(panel), "an import is undone as a whole"

    def test_what_was_offered_is_not_done_to_another_file(
        self, qtbot: QtBot, panel: PersonPanel, office: Office
    ) -> None:
        first, second = build.invite(office), build.invite(office, 2)
        panel.show_person(first)
        panel._more.click()
        menu = panel.findChild(QMenu)
        assert menu is not None
        panel.show_person(second)
        seen: list[QWidget | None] = []

        def give_up() -> None:
            dialog = QApplication.activeModalWidget()
            seen.append(dialog)
            if isinstance(dialog, QDialog):
                dialog.reject()

        QTimer.singleShot(0, give_up)
        entry = next(a for a in all_actions(menu) if a.data().id == NOTE.id)
        entry.trigger()
        menu.close()
        qtbot.waitUntil(lambda: bool(seen))
        assert seen == [None], "no form has opened"

    def test_it_speaks_of_one_file_where_the_menu_bar_speaks_of_all_that_are_chosen(
        self, panel: PersonPanel, office: Office
    ) -> None:
        panel.show_person(build.invite(office))
        text = next(o.text for o in leaves(panel.menu()) if o.id == CLERK.id)
        assert (text, CLERK.label()) == (
            "Responsible for the file…",
            "Responsible for the files…",
        )

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_no_letter_of_a_menu_stands_in_it(
        self, panel: PersonPanel, office: Office, language: str
    ) -> None:
        i18n.use(language)
        panel.show_person(build.invite(office))
        menu = offer_menu(panel.menu(), panel)
        texts = [action.text() for action in all_actions(menu)]
        assert len(texts) > 20
        assert not [text for text in texts if "&" in text]


class TestFilesChosenTogether:
    def test_the_menu_bar_assigns_all_that_are_chosen(
        self, window: MainWindow, office: Office
    ) -> None:
        ids = [build.invite(office, number) for number in (1, 2, 3)]
        window.shell.changed()
        page: Any = window.open_page("people")
        page.table.selectAll()
        answer(lambda dialog: dialog._box.setEditText("S. Roy") or dialog.accept())
        window.menu_actions.action(CLERK.id).trigger()
        assert {people.row(office, n).clerk for n in ids} == {"S. Roy"}
        assert window.status.text() == "3 files assigned"

    def test_two_files_are_merged_from_the_menu_bar_and_the_one_that_stays_is_shown(
        self, window: MainWindow, office: Office
    ) -> None:
        left = build.invite(office, 1)
        twin = {"family_name": "Benalibb", "given_names": "Amine", "birth_date": "1990-04-02"}
        people.add(office, twin, beside=None)
        window.shell.changed()
        page: Any = window.open_page("people")
        assert not window.menu_actions.action(MERGE.id).isEnabled()
        page.table.selectAll()
        assert window.menu_actions.action(MERGE.id).isEnabled()
        answer(lambda dialog: dialog.accept())
        window.menu_actions.action(MERGE.id).trigger()
        assert people.count(office) == 1
        assert page.current_person() == left


@pytest.mark.long
def test_every_action_can_be_done_and_what_it_asks_given_up(
    qtbot: QtBot, window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As something that finds actions by their words would do them: by the table alone."""
    rich_file(office)
    window.shell.changed()
    for name in ("ask_new_register", "ask_register", "ask_list", "ask_save"):
        monkeypatch.setattr(files, name, lambda *_arguments: None)
    monkeypatch.setattr(files, "ask_copy_to_restore", lambda *_arguments: None)
    window.open_page("people")
    state = window.current_page().action_state()
    acts, asked, left = {act.id for act in history.acts(office)}, list[str](), set[str]()

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            asked.append(dialog.windowTitle())
            dialog.done(QDialog.DialogCode.Rejected)

    timer = QTimer()
    timer.timeout.connect(give_up)
    timer.start(1)
    for action in ACTIONS:
        if (
            action.id in ("file.quit", "file.backup", "help.demo", "help.demo_living")
            or action.choice == "language"
        ):
            continue
        window.open_page("people")
        if action.when(state):
            action.do(window._commands)
        else:
            left.add(action.id)
    timer.stop()
    locks = {f"file.passphrase.{what}" for what in ("change", "remove", "key")} | {"file.lock"}
    assert left == {"person.permit", "person.merge", "file.of_server", "file.take_along", *locks}
    made = [act.service for act in history.acts(office) if act.id not in acts]
    looked = {"out.look"} if is_on_a_server() else set()
    assert set(made) == {"history.undo", *looked}, "what undo and redo did, and nothing else"
    assert len(asked) >= 18
    for extra in window.findChildren(QDialog):
        extra.done(QDialog.DialogCode.Rejected)
    window.set_theme("light", keep=False)


def rich_file(office: Office) -> int:
    """Somebody with an application received and an entry of many kinds."""
    person = complete(office)
    received = build.receive(office, person).application
    build.add_member(office, person, wish=PermitWish.WORK)
    asked = requests.RequestDetails(received, RequestKind.BIOMETRICS, build.TODAY)
    requests.save(office, asked)
    folder.add_note(office, person, "Called back.")
    return person


def all_actions(menu: QMenu) -> Iterator[Any]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from all_actions(inner)
        elif not action.isSeparator():
            yield action


class TestOfOnePage:
    def test_what_a_page_alone_can_do_stands_in_a_table_too(self, window: MainWindow) -> None:
        found = {key: window.page(key).own_actions() for key in window.page_keys()}
        ids = [action.id for table in found.values() for action in table]
        assert {name.partition(".")[0] for name in ids} == {"deadlines", "quota"}
        taking_on = ["T"] if is_on_a_server() else []  # where there are others
        assert len(set(ids)) == len(ids) == 9 + len(taking_on)
        assert not set(ids) & set(BY_ID)
        keys = {keys for action in ACTIONS for keys in action.shortcuts()}
        own = [k for table in found.values() for action in table for k in action.shortcuts()]
        assert own == ["V", "S", "M", *taking_on]
        assert not keys & set(own)

    @pytest.mark.parametrize(
        ("place", "title"),
        [
            (0, "Change a cap of 2023"),
            (1, "What uses a place in 2023"),
            (2, "Dates of the programme"),
            (3, "Try 2023 with other figures"),
        ],
    )
    def test_a_setting_of_the_quota_is_asked_for_from_its_menu(
        self, window: MainWindow, place: int, title: str
    ) -> None:
        page: Any = window.open_page("quota")
        asked = answer(QDialog.reject)
        menu = page.settings_menu()
        menu.actions()[place].trigger()
        menu.close()
        assert asked == [title]

    def test_a_deadline_is_settled_by_the_table(self, window: MainWindow, office: Office) -> None:
        build.invite(office, letter_received_date="2023-11-01")
        window.shell.changed()
        page: Any = window.open_page("deadlines")
        before = page.total()
        settle = next(a for a in page.own_actions() if a.id == "deadlines.settle")
        assert settle.when(page.action_state())
        settle.do(page)
        assert page.total() == before - 1


class TestMenus:
    A, B, C = (Action[None](name, name, lambda _target: None) for name in "abc")

    def test_a_group_stands_between_lines_where_it_is_no_menu(self) -> None:
        inner = Menu("more", (self.B,), opens_in=frozenset({Place.BAR}))
        entries = (self.A, inner, self.C)
        assert for_place(entries, Place.BAR) == entries
        assert for_place(entries, Place.PAGE) == (self.A, SEPARATOR, self.B, SEPARATOR, self.C)

    def test_a_line_parts_two_groups_or_is_not_there(self) -> None:
        gone: Menu[Any] = Menu("", (self.B,), shown_in=frozenset({Place.BAR}))
        entries = (SEPARATOR, gone, SEPARATOR, self.A, SEPARATOR, SEPARATOR, self.C, SEPARATOR)
        assert for_place(entries, Place.PAGE) == (self.A, SEPARATOR, self.C)
        assert for_place((SEPARATOR,), Place.PAGE) == ()

    def test_what_changes_to_nothing_is_left_out(self) -> None:
        entries = (self.A, SEPARATOR, Menu("more", (self.B, self.C)))
        made = mapped(entries, lambda action: None if action is self.B else action.id)
        assert made == ("a", SEPARATOR, Menu("more", ("c",)))
        assert list(leaves(made)) == ["a", "c"]

    def test_an_empty_menu_is_not_shown(self, qtbot: QtBot) -> None:
        parent = QWidget()
        qtbot.addWidget(parent)
        offer = Offer[Any]("Do it", lambda _target: None)
        menu = offer_menu((offer, Menu[Offer[Any]]("nothing")), parent)
        assert [action.text() for action in menu.actions()] == ["Do it"]

    def test_every_table_of_the_bar_holds_actions_menus_and_lines_alone(self) -> None:
        def kinds(entries: Any) -> Iterator[type]:
            for entry in entries:
                yield type(entry)
                if isinstance(entry, Menu):
                    yield from kinds(entry.entries)

        assert set(kinds(MENUS)) == {Action, Menu, Separator}


def test_a_document_is_marked_from_its_menu(panel: PersonPanel, office: Office) -> None:
    person = build.invite(office)
    panel.show_person(person)
    items = documents.of_file(office, people.file(office, person))
    mark = document_actions.MARKS[DocumentState.REVIEWED]
    panel.do(mark.offer(items[0], "Reviewed").do)
    (kept,) = people.file(office, person).documents
    assert (kept.type, kept.state) == (items[0].type, DocumentState.REVIEWED)


def test_a_note_is_added_by_key_in_whichever_list_the_file_stands(
    window: MainWindow, office: Office
) -> None:
    person = complete(office)
    build.receive(office, person)
    window.shell.changed()
    for key in ("people", "applications"):
        window.open_page(key)
        answer(lambda dialog: fill(dialog, text="Called.") or dialog.accept())
        window.menu_actions.action("person.note").trigger()
    assert len(people.file(office, person).notes) == 2
    window.open_page("quota")
    assert not window.menu_actions.action("person.note").isEnabled()
