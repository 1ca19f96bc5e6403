# SPDX-License-Identifier: Apache-2.0
"""The window over a real register: pages, languages, themes, undo, files dropped on it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from server_users import Kept

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.copies import of_server
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.servers import passwords
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import Reading
from imp_plus_desktop.ui.dialogs.guide.guide import GuideDialog
from imp_plus_desktop.ui.dialogs.office.quota import CapDialog, OfficialDialog
from imp_plus_desktop.ui.dialogs.office.try_year import TryYearDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.register.help import AboutDialog, ShortcutsDialog
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.search_box import SearchBox
from imp_plus_desktop.ui.window.action_table import ACTIONS
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels, made_by, type_text
from tests.ui.person_fixtures import answer, fill

pytestmark = pytest.mark.mostly_long(
    "test_an_empty_register_says_how_to_begin",
    "test_what_was_stored_shows_at_once_and_elsewhere_when_opened",
    "test_redo_goes_back_through_several_undos",
    "test_actions_of_a_person_wait_for_a_person",
    "test_the_buttons_of_qt_speak_the_language_too",
    "test_another_register_can_be_opened_and_stays_in_the_recent_ones",
    "test_the_quota_of_the_year_is_exported",
    "test_a_cap_is_changed_with_a_reason_only",
    "test_every_control_has_a_name_and_no_label_is_cut",
    "test_closing_remembers_where_the_window_was",
    "test_every_page_and_dialog_of_the_table_has_a_picture",
    "test_a_search_of_the_overview_opens_the_people_found",
    "test_a_new_window_fills_its_first_page_once",
)

LEFT = Qt.MouseButton.LeftButton


class PeoplePage(Page):
    """Remembers what the window asks of a page."""

    key = "people"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.asked: list[object] = []

    def refresh(self) -> None:
        self.asked.append("refresh")

    def retranslate(self) -> None:
        self.asked.append("retranslate")

    def open_with(self, argument: object) -> None:
        self.asked.append(argument)


class ImportsPage(PeoplePage):
    key = "imports"


PAGES = made_by(OverviewPage, PeoplePage, QuotaPage, ImportsPage)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    yield made
    made.close()


class Counting(PeoplePage):
    key = "overview"

    def show_again(self) -> None:
        self.asked.append("again")


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True, pages=PAGES)
    qtbot.addWidget(made)
    made.show()
    yield made
    if theme.current() is theme.DARK:
        made.set_theme("light", keep=False)


def texts(root: QWidget) -> list[str]:
    return [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root)]


def a_button(root: QWidget, text: str) -> QPushButton:
    return next(b for b in root.findChildren(QPushButton) if b.text() == text)


def people_page(window: MainWindow) -> PeoplePage:
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    return page


def test_an_empty_register_says_how_to_begin(window: MainWindow) -> None:
    assert "The register is empty" in texts(window.current_page())


def test_pages_open_by_key_and_from_the_side_bar(qtbot: QtBot, window: MainWindow) -> None:
    window.menu_actions.action("view.quota").trigger()
    assert window.current_page() is window.page("quota")
    with qtbot.waitSignal(window.side.page_chosen):
        side = window.side.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        people_button = next(b for b in side if b.accessibleName().startswith("People"))
        qtbot.mouseClick(people_button, LEFT)
    assert window.current_page() is window.page("people")
    assert window.menu_actions.action("view.people").isChecked()


def test_no_page_shows_a_window_of_its_own_while_it_is_made(qtbot: QtBot, office: Office) -> None:
    build.invite(office)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    shown: list[str] = []

    class Shown(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                shown.extend([type(watched).__name__] if watched.isWindow() else [])
            return False

    looks, application = Shown(), QApplication.instance()
    assert application is not None
    application.installEventFilter(looks)
    for key in window.page_keys():
        window.open_page(key)
    application.removeEventFilter(looks)
    assert shown == []


def test_what_was_stored_shows_at_once_and_elsewhere_when_opened(
    window: MainWindow, office: Office
) -> None:
    before = people_page(window).asked.count("refresh")
    build.invite(office)
    window.shell.changed("A person was added.")
    assert window.status.text() == "A person was added."
    assert "The register is empty" not in texts(window.current_page())
    assert people_page(window).asked.count("refresh") == before
    window.open_page("people")
    assert people_page(window).asked.count("refresh") == before + 1
    window.open_page("people")
    assert people_page(window).asked.count("refresh") == before + 1


def test_the_last_act_can_be_undone_from_the_status_bar(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    assert window.status.undo_text() == ""
    undo, redo = (window.menu_actions.action(f"edit.{name}") for name in ("undo", "redo"))
    undo.trigger()
    assert window.status.text().startswith("Nothing was done here since the window was opened.")
    build.invite(office)
    window.shell.changed()
    assert window.status.undo_text().startswith("Undo: new file")
    assert undo.text().startswith("&Undo: new file")
    qtbot.mouseClick(a_button(window.status, window.status.undo_text()), LEFT)
    assert people.count(office) == 0
    assert window.status.text().startswith("Undone: new file")
    assert redo.text().startswith("&Redo: new file")
    redo.trigger()
    assert people.count(office) == 1
    assert window.status.text().startswith("Redone: new file")
    redo.trigger()
    assert window.status.text() == "There is nothing to redo."
    assert window.status.undo_text().startswith("Undo: new file")


def test_no_tab_leads_to_the_undo_of_what_was_just_done(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    """A button that goes with its row hands the focus on, and the next Enter would undo."""
    build.invite(office)
    window.shell.changed("Done.", history.acts(office)[0].id)
    undo = a_button(window.status, window.status.undo_text())
    assert undo.isVisible()
    for _step in range(60):
        window.focusNextChild()
        assert QApplication.focusWidget() is not undo


def test_redo_goes_back_through_several_undos(window: MainWindow, office: Office) -> None:
    redo = window.menu_actions.action("edit.redo")
    assert [key.toString() for key in redo.shortcuts()] == ["Ctrl+Y", "Ctrl+Shift+Z"]
    build.invite(office)
    build.invite(office, 2)
    window.shell.changed()
    for left in (1, 0):
        window.menu_actions.action("edit.undo").trigger()
        assert people.count(office) == left
    for back in (1, 2):
        redo.trigger()
        assert people.count(office) == back
    assert redo.text() == "&Redo what was undone"


def test_the_keys_go_on_in_the_page_that_opens(qtbot: QtBot, office: Office) -> None:
    build.invite(office)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    for key in ("people", "quota", "people"):
        page = window.open_page(key)
        focused = window.focusWidget()
        assert focused is (page.table if isinstance(page, ListPage) else page)
    search = window.current_page().findChild(SearchBox)
    assert search is not None
    window.menu_actions.action("edit.find_here").trigger()
    assert window.focusWidget() is search
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert window.focusWidget() is not search
    window.close()


def test_something_new_leaves_nothing_to_redo(window: MainWindow, office: Office) -> None:
    build.invite(office)
    window.shell.changed()
    redo = window.menu_actions.action("edit.redo")
    window.menu_actions.action("edit.undo").trigger()
    assert redo.text().startswith("&Redo: new file")
    build.invite(office, 2)
    window.shell.changed()
    assert redo.text() == "&Redo what was undone"


def test_actions_of_a_person_wait_for_a_person(qtbot: QtBot, office: Office) -> None:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    window.open_page("people")
    edit = window.menu_actions.action("person.edit")
    assert not edit.isEnabled()
    person = build.invite(office)
    window.shell.changed()
    assert edit.isEnabled()

    def call(dialog: PersonDialog) -> None:
        fill(dialog, phone="514 555-0101")
        dialog.accept()

    asked = answer(call)
    edit.trigger()
    assert asked == ["Edit the file"]
    assert people.file(office, person).person.phone == "514 555-0101"
    window.close()


def test_a_line_of_work_opens_its_people(qtbot: QtBot, window: MainWindow, office: Office) -> None:
    person = build.invite(office, letter_date="2023-08-28", letter_received_date="2023-08-28")
    window.refresh()
    row = next(
        w
        for w in window.current_page().findChildren(QWidget)
        if w.accessibleName().startswith("Letters that expire")
    )
    qtbot.mouseClick(row, LEFT)
    assert window.current_page() is window.page("people")
    (asked,) = people_page(window).asked[-1:]
    assert isinstance(asked, people.PeopleFilter)
    assert list(people.ids(office, asked)) == [person]


def test_the_language_changes_without_a_restart(window: MainWindow, office: Office) -> None:
    window.open_page("quota")
    assert "Annual cap" in texts(window.current_page())
    window.menu_actions.action("language.fr").trigger()
    assert "Plafond annuel" in texts(window.current_page())
    assert window.menu_actions.action("file.quit").text() != "&Quit"
    assert office.settings.language == "fr"
    assert window.status.findChildren(QPushButton)[-1].text() == "FR ▾"
    window.menu_actions.action("language.en").trigger()
    assert "Annual cap" in texts(window.current_page())


def test_the_buttons_of_qt_speak_the_language_too(window: MainWindow) -> None:
    window.set_language("fr", keep=False)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    window.set_language("en", keep=False)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_theme_changes_without_a_restart(window: MainWindow, office: Office) -> None:
    window.menu_actions.action("theme.dark").trigger()
    assert theme.current() is theme.DARK
    assert office.settings.theme == "dark"
    window.menu_actions.action("theme.light").trigger()
    assert theme.current() is theme.LIGHT


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy = Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, buttons, keys))


def test_a_list_dropped_on_the_window_goes_to_the_import(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom\n")
    drop(window, path)
    page = window.current_page()
    assert page is window.page("imports")
    assert isinstance(page, ImportsPage)
    assert page.asked[-1] == path


@pytest.mark.of_a_file("a register that is made from the menu is a file")
def test_another_register_can_be_opened_and_stays_in_the_recent_ones(
    window: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(office)
    other = tmp_path / "autre.imp"
    monkeypatch.setattr(files, "ask_new_register", lambda parent: other)
    office.settings.remember_register(office.register_path)
    window.menu_actions.action("file.new").trigger()
    assert window.shell.office.register_path == other
    assert "Register: autre.imp" in texts(window.menuBar())
    assert "The register is empty" in texts(window.current_page())
    recent = window.menu_actions.menu("recent").actions()
    assert [a.text() for a in recent if a.data()] == ["bureau.imp"]
    recent[0].trigger()
    assert window.shell.office.register_path == office.register_path
    assert "The register is empty" not in texts(window.current_page())
    window.shell.office.close()


def test_a_recent_register_whose_drive_is_away_stays_in_the_list(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    office.settings.remember_register(tmp_path / "gone.imp")
    window.retranslate()
    window.menu_actions.menu("recent").actions()[0].trigger()
    assert window.status.text() == "gone.imp is not there; is its drive or network connected?"
    left = window.menu_actions.menu("recent").actions()
    assert [a.text() for a in left if a.data()] == ["gone.imp"]


def test_recent_registers_are_forgotten_but_the_one_that_is_open(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    for name in ("gone.imp", "old.imp"):
        office.settings.remember_register(tmp_path / name)
    office.settings.remember_register(office.place)
    window.retranslate()
    menu = window.menu_actions.menu("recent")
    assert [a.text() for a in menu.actions() if a.data()] == ["old.imp", "gone.imp"]
    forget = menu.actions()[-1]
    assert forget.text() == "Forget these registers"
    forget.trigger()
    assert office.settings.recent_registers == (str(office.place),)
    assert office.settings.last_register == str(office.place)
    assert menu.actions() == []
    assert not menu.menuAction().isEnabled()
    assert "nothing else was changed" in window.status.text()


def test_a_copy_made_by_hand_is_told_and_shown(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    build.invite(office)
    if office.server is not None:
        share = tmp_path / "share"
        share.mkdir()
        of_server.set_folder(office, share)
        passwords.use(Kept())
        of_server.keep_passphrase(office, "quatre mots bien longs")
    window.menu_actions.action("file.backup").trigger()
    passwords.use(None)
    assert window.status.text().startswith("Copy made and proven: ")


def test_the_quota_of_the_year_is_exported(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "quota.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *arguments: path)
    window.menu_actions.action("report.quota").trigger()
    assert path.is_file()
    assert window.status.text() == "Saved: quota.xlsx"


def test_the_empty_template_is_saved(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "template.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *arguments: path)
    window.menu_actions.action("file.template").trigger()
    assert path.is_file()


def test_a_year_is_tried_while_one_types_and_nothing_is_stored(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    before = quota.board(office, 2023)
    dialog = TryYearDialog(window.shell.office, 2023, window)
    dialog.show()
    assert dialog.shown()[0] == ("7,350", "7,350")
    type_text(dialog.form.field("cap"), "10 000")
    assert dialog.shown()[0] == ("7,350", "10,000")
    type_text(dialog.form.field("pace"), "2000")
    told = dict(zip(("cap", "left", "used", "reached", "end"), dialog.shown(), strict=False))
    assert told["reached"][1] != told["reached"][0]
    assert_accessible(dialog)
    qtbot.mouseClick(a_button(dialog, "Close"), LEFT)
    assert not dialog.isVisible()
    assert quota.board(office, 2023) == before


def test_a_cap_is_changed_with_a_reason_only(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    dialog = CapDialog(window.shell.office.as_shown(), 2023, window)
    dialog.show()
    assert dialog.focusWidget() is dialog.form.field("limit"), "work begins at the form"
    limit, reason = dialog.form.field("limit"), dialog.form.field("reason")
    limit.clear()  # type: ignore[attr-defined]
    type_text(limit, "7 500")
    qtbot.mouseClick(a_button(dialog, "Set the cap"), LEFT)
    assert dialog.isVisible()
    assert dialog.form.finding("reason") == "✕ A reason is required."
    type_text(reason, "Avis du 1er novembre")
    qtbot.mouseClick(a_button(dialog, "Set the cap"), LEFT)
    assert not dialog.isVisible()
    window.open_page("quota")
    assert "places left of 7,500" in texts(window.current_page())


def test_official_figures_show_beside_our_own(qtbot: QtBot, window: MainWindow) -> None:
    dialog = OfficialDialog(window.shell.office.as_shown(), 2023, window)
    dialog.show()
    type_text(dialog.form.field("received"), "abc")
    qtbot.mouseClick(a_button(dialog, "Record the figures"), LEFT)
    assert dialog.form.finding("received") == "✕ Write a whole number."
    dialog.form.set_values({"received": "6322"})
    qtbot.mouseClick(a_button(dialog, "Record the figures"), LEFT)
    window.open_page("quota")
    assert "official count 6,322" in texts(window.current_page())


def test_find_goes_to_the_search_of_the_page(window: MainWindow, office: Office) -> None:
    build.invite(office)
    window.refresh()
    window.activateWindow()
    window.menu_actions.action("edit.find_here").trigger()
    assert window.focusWidget().accessibleName() == "Find people"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", ["overview", "quota"])
def test_every_control_has_a_name_and_no_label_is_cut(
    qtbot: QtBot, window: MainWindow, office: Office, language: str, page: str
) -> None:
    for number in range(1, 4):
        build.invite(office, number)
    window.resize(1366, 768)
    window.set_language(language, keep=False)
    window.open_page(page)
    QApplication.processEvents()
    assert_accessible(window)
    qtbot.waitUntil(lambda: cut_labels(window) == [])


def test_a_first_window_leaves_room_for_its_frame_on_a_small_screen(window: MainWindow) -> None:
    screen = window.screen().availableSize()
    assert window.width() + 8 <= screen.width()
    assert window.height() <= max(screen.height() - 40, window.minimumSizeHint().height())


@pytest.mark.parametrize("make", [AboutDialog, GuideDialog, partial(ShortcutsDialog, ACTIONS)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_opens_in_both_languages(
    qtbot: QtBot, qapp: QApplication, language: str, make: Callable[[], QWidget]
) -> None:
    i18n.use(language)
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    assert_accessible(dialog)


def test_closing_remembers_where_the_window_was(window: MainWindow, office: Office) -> None:
    window.resize(900, 600)
    window.close()
    assert office.settings.layout("window")


def test_a_long_list_is_counted_away_from_the_window(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imp_plus_desktop.ui.pages.overview._AT_ONCE", 0)
    build.invite(office, letter_date="2023-08-28", letter_received_date="2023-08-28")
    window = MainWindow(office, pages=PAGES)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "To do" in texts(window.current_page()))
    row = next(
        w
        for w in window.current_page().findChildren(QWidget)
        if w.accessibleName().startswith("Letters that expire")
    )
    qtbot.mouseClick(row, LEFT)
    qtbot.waitUntil(lambda: window.current_page() is window.page("people"))
    window.close()


def test_every_page_and_dialog_of_the_table_has_a_picture() -> None:
    import gallery

    from imp_plus_desktop.ui.window.page_table import PAGES as ALL

    names = [screen.name for screen in gallery.SCREENS]
    assert len(names) == len(set(names))
    assert ALL.keys() <= set(names)


def test_a_search_of_the_overview_opens_the_people_found(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    build.invite(office)
    window.refresh()
    box = window.current_page().findChild(SearchBox)
    type_text(box, "bénali")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.current_page() is window.page("people")
    assert people_page(window).asked[-1] == PeopleFilter(text="bénali")


def test_acts_of_long_ago_are_not_called_since_yesterday(qtbot: QtBot, tmp_path: Path) -> None:
    first = new_office(tmp_path / "old.imp", date(2023, 9, 5))
    build.invite(first)
    first.close()
    office = open_office(tmp_path / "old.imp", today=date(2023, 11, 5))
    window = MainWindow(office, inline_tasks=True, pages=PAGES)
    qtbot.addWidget(window)
    window.show()
    assert "Latest acts" in texts(window.current_page())
    assert "Since yesterday" not in texts(window.current_page())
    window.close()
    office.close()


def test_a_large_import_is_undone_away_from_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    office = new_office(tmp_path / "large.imp", date(2026, 11, 22))
    source = Path(__file__).parents[1] / "files" / "invitations-2023-fr.xlsx"
    imports.commit(office, imports.open_file(office, source))
    people.add(office, {"family_name": "Roy"})
    shell = Shell(office)
    undone: list[object] = []
    try:
        added = history.acts(office, service="people.add")[0].id
        shell.take_back(added, undone.append)
        assert len(undone) == 1  # a small act at once
        large = history.acts(office, service="imports.commit")[0]
        assert large.undone_by is None
        shell.take_back(large.id, undone.append)
        assert shell.tasks.is_busy()
        qtbot.waitUntil(lambda: len(undone) == 2, timeout=20_000)
        assert people.count(office) == 0
    finally:
        shell.tasks.close()
        office.close()


def test_the_window_covers_a_screen_that_has_no_room_for_it_with_its_title_bar(
    qtbot: QtBot, office: Office
) -> None:
    first = MainWindow(office, inline_tasks=True, pages=PAGES)
    qtbot.addWidget(first)
    assert first.screen().availableSize().height() < 768 + 40
    first.present()
    assert first.isMaximized()
    first.showNormal()
    first.resize(700, 500)
    first.close()
    again = MainWindow(office, inline_tasks=True, pages=PAGES)
    qtbot.addWidget(again)
    again.present()
    assert not again.isMaximized(), "as it was left"


class _OnASmallLaptop(ShortcutsDialog):
    def room(self) -> QSize:
        return QSize(1093, 594)


def test_all_keys_are_seen_at_once_on_a_small_laptop(qtbot: QtBot) -> None:
    i18n.use("fr")
    dialog = _OnASmallLaptop(ACTIONS)
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(Reading)
    assert area is not None
    QApplication.processEvents()
    assert (area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum()) == (0, 0)
    assert dialog.width() <= dialog.room().width()


def test_a_new_window_fills_its_first_page_once(qtbot: QtBot, office: Office) -> None:
    made = MainWindow(office, inline_tasks=True, pages=made_by(Counting))
    qtbot.addWidget(made)
    page = made.current_page()
    assert isinstance(page, Counting)
    assert [asked for asked in page.asked if asked != "retranslate"] == ["refresh"]
    assert made.menu_actions.action("view.overview").isChecked()
    made.open_page("overview")
    assert page.asked[-1] == "again"
