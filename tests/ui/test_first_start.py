# SPDX-License-Identifier: Apache-2.0
"""The very first start, the invented people in a window of their own, and the settings."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import gallery
import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.services.demo import demo_window
from imp_plus_desktop.services.demo.demo import DEMO_DAY
from imp_plus_desktop.services.demo.demo_living import LIVING_DAY
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.settings import LAST_PAGE, Settings
from imp_plus_desktop.ui.bars.demo_band import DemoBand
from imp_plus_desktop.ui.dialogs.register.first_start import Start, begin
from imp_plus_desktop.ui.dialogs.register.settings import SettingsDialog
from imp_plus_desktop.ui.dialogs.register.welcome import Begin, WelcomeDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.window.app import _options, is_first
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer, complete, fill, office

pytestmark = pytest.mark.mostly_long(
    "test_only_whoever_has_no_register_is_asked",
    "test_language_and_name_are_kept_and_an_own_register_is_opened",
    "test_another_language_is_spoken_at_once_and_nothing_typed_is_lost",
    "test_without_a_name_it_stays_open_and_given_up_keeps_nothing",
    "test_invented_people_are_opened_on_their_day",
    "test_they_are_made_once_and_kept",
    "test_what_opens_them_names_their_register_and_day",
    "test_a_band_says_so_over_them_alone",
    "test_reminders_are_chosen_there",
)

__all__ = ["office"]


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    i18n.use("en")
    theme.apply(qapp, "light")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which the program was never started."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(paths.settings_file())


class TestWelcome:
    def test_only_whoever_has_no_register_is_asked(self, settings: Settings, home: Path) -> None:
        assert is_first(None, settings)
        assert not is_first(home / "other.imp", settings)
        paths.register_file().parent.mkdir(parents=True)
        paths.register_file().touch()
        assert not is_first(None, settings), "their own is there"
        paths.register_file().unlink()
        settings.remember_register(home / "away.imp")
        assert not is_first(None, settings), "theirs may be on a drive that is away"

    def test_language_and_name_are_kept_and_an_own_register_is_opened(
        self, qapp: QApplication, settings: Settings
    ) -> None:
        def choose(dialog: WelcomeDialog) -> None:
            fill(dialog, user_name="Mei-Ling Roy")
            dialog.accept()

        seen = answer(choose)
        assert begin(settings) == Start()
        assert seen == ["Welcome to IMP+ Desktop"]
        assert (settings.user_name, settings.language) == ("Mei-Ling Roy", "en")

    def test_another_language_is_spoken_at_once_and_nothing_typed_is_lost(
        self, qapp: QApplication, settings: Settings
    ) -> None:
        titles: list[str] = []

        def in_french(dialog: WelcomeDialog) -> None:
            titles.append(dialog.windowTitle())
            assert dialog.form.value("user_name") == "Karim"
            dialog.accept()

        def change(dialog: WelcomeDialog) -> None:
            titles.append(dialog.windowTitle())
            fill(dialog, user_name="Karim")
            answer(in_french)
            fill(dialog, language="fr")

        answer(change)
        assert begin(settings) == Start()
        assert titles == ["Welcome to IMP+ Desktop", "Bienvenue dans IMP+ Desktop"]
        assert settings.language == "fr"

    def test_without_a_name_it_stays_open_and_given_up_keeps_nothing(
        self, qapp: QApplication, settings: Settings, home: Path
    ) -> None:
        said: list[str] = []

        def without(dialog: WelcomeDialog) -> None:
            fill(dialog, user_name=" ")
            dialog.accept()
            assert dialog.isVisible()
            said.append(dialog.form.finding("user_name"))

        answer(without)
        assert begin(settings) is None
        assert said == ["✕ Acts are signed with a name: it cannot be empty."]
        assert not (home / "settings.json").exists()

    def test_invented_people_are_opened_on_their_day(
        self, qapp: QApplication, settings: Settings
    ) -> None:
        kept = demo_window.register()
        kept.parent.mkdir(parents=True)
        kept.touch()  # made before: it is opened as it was left

        def choose(dialog: WelcomeDialog) -> None:
            dialog.choose(Begin.DEMO)
            dialog.accept()

        answer(choose)
        assert begin(settings) == Start(kept, DEMO_DAY)


@pytest.mark.of_a_file("the invented people have a file")
class TestInventedPeople:
    def test_they_are_made_once_and_kept(self, home: Path) -> None:
        made = demo_window.make(gallery.open_on)
        written = made.stat().st_mtime_ns
        assert made == demo_window.register()
        assert demo_window.make(gallery.open_on).stat().st_mtime_ns == written

    def test_what_opens_them_names_their_register_and_day(self, home: Path) -> None:
        command = demo_window.command("fr")
        options = _options(command[command.index("--register") :])
        assert (options.register, options.today) == (demo_window.register(), DEMO_DAY)
        assert options.lang == "fr"
        assert shutil.which(command[0])

    def test_those_of_2026_have_a_register_and_a_day_of_their_own(self, home: Path) -> None:
        command = demo_window.command("fr", LIVING_DAY)
        options = _options(command[command.index("--register") :])
        assert (options.register, options.today) == (demo_window.register(LIVING_DAY), LIVING_DAY)
        assert options.register != demo_window.register()
        assert paths.is_demo(options.register)
        made = demo_window.make(gallery.open_on, LIVING_DAY)
        assert made == demo_window.register(LIVING_DAY)
        assert not demo_window.register().exists()

    def test_a_band_says_so_over_them_alone(self, qtbot: QtBot, home: Path) -> None:
        band = DemoBand()
        qtbot.addWidget(band)
        band.show_for(demo_window.register(), date(2024, 11, 20))
        said = [label.text() for label in band.findChildren(QLabel)]
        assert band.isVisible()
        assert said == [
            "▲ Invented people, to try: it is November 20, 2024 here, and nothing counts."
        ]
        band.show_for(home / "registre.imp", date(2024, 11, 20))
        assert not band.isVisible()


class TestSettings:
    @pytest.fixture
    def window(self, qtbot: QtBot, office: Office) -> MainWindow:
        made = MainWindow(office, inline_tasks=True)
        qtbot.addWidget(made)
        made.show()
        return made

    def test_what_is_chosen_holds_at_once(self, window: MainWindow, office: Office) -> None:
        def choose(dialog: SettingsDialog) -> None:
            fill(dialog, user_name="Élise Côté", language="fr", theme="dark", start_page="people")
            fill(dialog, text_size="130")
            assert "next started" in dialog.form.finding("text_size")
            dialog.accept()

        answer(choose)
        window.menu_actions.action("file.settings").trigger()
        assert i18n.current_language() == "fr"
        assert theme.current() is theme.DARK
        assert office.settings.text_size == 130
        assert window.status.text() == "Réglages enregistrés"
        person = complete(office)
        folder.add_note(office, person, "signed")
        assert history.acts(office)[0].who == "Élise Côté"

    def test_reminders_are_chosen_there(self, window: MainWindow, office: Office) -> None:
        def choose(dialog: SettingsDialog) -> None:
            assert dialog.form.value("reminders") == "yes"
            assert dialog.form.value("tray") != "yes"
            for key in ("reminders", "tray"):
                box = dialog.form.field(key)
                assert isinstance(box, QCheckBox)
                box.click()
            dialog.accept()

        answer(choose)
        window.menu_actions.action("file.settings").trigger()
        assert (office.settings.reminders, office.settings.tray) == (False, True)

    def test_the_next_window_begins_at_the_page_chosen(
        self, qtbot: QtBot, window: MainWindow, office: Office
    ) -> None:
        office.settings.start_page = "deadlines"
        assert self._opened(qtbot, office).current_page().key == "deadlines"
        office.settings.start_page = LAST_PAGE
        window.open_page("permits")
        window.close()
        assert self._opened(qtbot, office).current_page().key == "permits"
        office.settings.start_page = "a page of another version"
        assert self._opened(qtbot, office).current_page().key == "overview"

    def _opened(self, qtbot: QtBot, office: Office) -> MainWindow:
        made = MainWindow(office, inline_tasks=True)
        qtbot.addWidget(made)
        return made
