# SPDX-License-Identifier: Apache-2.0
"""The window of the guides, with keys and clicks."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n, ui
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.dialogs.guide.guide import GuideDialog
from imp_plus_desktop.ui.dialogs.guide.places import DIALOGS, PAGES
from imp_plus_desktop.ui.dialogs.guide.seeking import Folded, phrase
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.register.help import ShortcutsDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.window.action_table import ACTIONS
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.ui.window.page_table import PAGES as WINDOW_PAGES

pytestmark = pytest.mark.mostly_long(
    "test_accents_capitals_and_apostrophes_do_not_matter",
    "test_of_several_words_each_must_be_there",
    "test_typing_finds_in_every_chapter_and_enter_goes_round",
    "test_what_is_marked_is_what_was_typed",
    "test_words_that_stand_apart_are_found_where_all_of_them_are",
    "test_nothing_found_says_so_and_escape_shows_all_again",
    "test_arrows_change_the_chapter_and_pass_over_the_names_of_books",
    "test_a_click_on_a_chapter_opens_it",
    "test_a_link_leads_to_its_chapter_and_back",
    "test_an_address_in_the_network_is_never_followed",
    "test_pictures_are_no_wider_than_the_page",
    "test_a_picture_on_a_fine_screen_is_as_wide_and_sharper",
    "test_the_text_follows_the_theme",
    "test_pressed_again_it_is_the_same_window",
    "test_in_another_language_it_is_opened_anew",
    "test_f1_in_a_dialog_that_waits_opens_its_chapter_and_can_be_read",
    "test_f1_beside_the_work_opens_the_chapter_of_that_window",
    "test_every_page_and_every_dialog_has_its_chapter",
)

KEY = Qt.Key


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


@pytest.fixture
def guide(qtbot: QtBot, qapp: QApplication) -> GuideDialog:
    made = GuideDialog()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def marked(guide: GuideDialog) -> list[str]:
    return [one.cursor.selectedText() for one in guide.page.extraSelections()]


def here(guide: GuideDialog) -> list[str]:
    """The one place that stands out."""
    accent = QColor(theme.current().accent)
    found = guide.page.extraSelections()
    return [o.cursor.selectedText() for o in found if o.format.background().color() == accent]


def shown(guide: GuideDialog) -> list[str]:
    items = [guide.list.item(row) for row in range(guide.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def opened_guide(owner: object) -> GuideDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, GuideDialog)]
    (one,) = [w for w in found if w.isVisible() and w.parentWidget() is owner]
    return one


class TestSeeking:
    def test_accents_capitals_and_apostrophes_do_not_matter(self) -> None:
        text = "Où l’échéance s’inscrit : l’ŒUVRE, le 1er\N{NO-BREAK SPACE}mai"
        folded = Folded(text)
        for typed, said in (
            ("echeance", "échéance"),
            ("L'ÉCHÉANCE", "l’échéance"),
            ("oeuvre", "ŒUVRE"),
            ("1er mai", "1er\N{NO-BREAK SPACE}mai"),
        ):
            assert [text[a:b] for a, b in folded.hits((phrase(typed),))] == [said]

    def test_of_several_words_each_must_be_there(self) -> None:
        folded = Folded("le permis et le passeport")
        assert len(folded.hits(("permis", "passeport"))) == 2
        assert folded.hits(("permis", "visa")) == []
        assert folded.hits(()) == []


class TestWindow:
    def test_typing_finds_in_every_chapter_and_enter_goes_round(self, guide: GuideDialog) -> None:
        QTest.keyClicks(guide.seek, "PASSPHRASE")
        # The chapter that is called so comes first, though others speak of it.
        assert guide.key() == "administrator/04-passphrase"
        found = sum(map(len, guide._hits.values()))
        assert found > 5
        assert len(guide._hits) > 2
        assert here(guide) == ["Passphrase"]
        seen = []
        for _time in range(found):
            seen.append((guide.key(), guide.page.textCursor().selectionStart()))
            QTest.keyClick(guide.seek, KEY.Key_Return)
        assert len(set(seen)) == found
        assert (guide.key(), guide.page.textCursor().selectionStart()) == seen[0]
        QTest.keyClick(guide.seek, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert (guide.key(), guide.page.textCursor().selectionStart()) == seen[-1]

    def test_what_is_marked_is_what_was_typed(self, language: str, qtbot: QtBot) -> None:
        guide = GuideDialog()
        qtbot.addWidget(guide)
        guide.show()
        word = "echeance" if language == "fr" else "deadline"
        QTest.keyClicks(guide.seek, word)
        for key in guide._hits:
            guide.open_at(key)
            assert {phrase(text) for text in marked(guide)} == {word}, key

    def test_words_that_stand_apart_are_found_where_all_of_them_are(
        self, guide: GuideDialog
    ) -> None:
        QTest.keyClicks(guide.seek, "biometric refund")
        assert "user/13-quota" in guide._hits
        assert {phrase(text) for text in marked(guide)} == {"biometric", "refund"}
        QTest.keyClicks(guide.seek, " xyzzy")
        assert guide._hits == {}

    def test_nothing_found_says_so_and_escape_shows_all_again(self, guide: GuideDialog) -> None:
        everything = shown(guide)
        QTest.keyClicks(guide.seek, "xyzzy")
        assert shown(guide) == []
        assert guide._told.text() == "0 places"
        QTest.keyClick(guide.seek, KEY.Key_Escape)
        assert guide.isVisible()
        assert shown(guide) == everything
        assert guide._told.text() == ""

    def test_arrows_change_the_chapter_and_pass_over_the_names_of_books(
        self, guide: GuideDialog
    ) -> None:
        guide.open_at("user/17-glossary")
        QTest.keyClick(guide.seek, KEY.Key_Down)
        assert guide.key() == "administrator/01-install"
        guide.list.setFocus()
        QTest.keyClick(guide.list, KEY.Key_Up)
        assert guide.key() == "user/17-glossary"

    def test_a_click_on_a_chapter_opens_it(self, guide: GuideDialog) -> None:
        item = guide.list.findItems("The annual cap", Qt.MatchFlag.MatchExactly)[0]
        guide.list.scrollToItem(item)
        middle: QPoint = guide.list.visualItemRect(item).center()
        QTest.mouseClick(guide.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert guide.key() == "user/13-quota"
        assert guide.page.chapter_text().startswith("The annual cap")

    def test_a_link_leads_to_its_chapter_and_back(self, guide: GuideDialog) -> None:
        guide.page.setFocus()
        QTest.keyClick(guide.page, KEY.Key_Tab)
        assert guide.page.textCursor().selectedText() == "Install"
        QTest.keyClick(guide.page, KEY.Key_Return)
        assert guide.key() == "administrator/01-install"
        guide._on_back()
        assert guide.key() == "user/01-first-list"

    def test_an_address_in_the_network_is_never_followed(self, guide: GuideDialog) -> None:
        guide.page.anchorClicked.emit(QUrl("https://example.org/x.md"))
        assert guide.key() == "user/01-first-list"

    def test_pictures_are_no_wider_than_the_page(self, qtbot: QtBot, guide: GuideDialog) -> None:
        for width in (700, 1200):
            guide.resize(width, 560)
            qtbot.waitUntil(
                lambda: (
                    guide.page.document().idealWidth() <= guide.page.viewport().width()
                    and not guide.page.horizontalScrollBar().isVisible()
                )
            )

    def test_a_picture_on_a_fine_screen_is_as_wide_and_sharper(
        self, guide: GuideDialog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, kind = "../../pictures/en/people.png", 2
        plain = guide.page.loadResource(kind, address)
        monkeypatch.setattr(guide.page, "devicePixelRatioF", lambda: 1.5)
        fine = guide.page.loadResource(kind, address)
        assert fine.width() > plain.width()
        assert fine.deviceIndependentSize().width() == pytest.approx(plain.width(), abs=1)

    def test_the_text_follows_the_theme(
        self, qtbot: QtBot, guide: GuideDialog, qapp: QApplication
    ) -> None:
        guide.open_at("user/01-first-list")
        before = guide.page.document().find("Lists as they come").charFormat().foreground()
        theme.apply(qapp, "dark")
        try:
            qtbot.waitUntil(
                lambda: (
                    guide.page.document().find("Lists as they come").charFormat().foreground()
                    != before
                )
            )
        finally:
            theme.apply(qapp, "light")


class TestHelpKey:
    @pytest.mark.parametrize("key", list(WINDOW_PAGES))
    def test_f1_opens_the_chapter_of_the_page(self, window: MainWindow, key: str) -> None:
        page = window.open_page(key)
        QTest.keyClick(page, KEY.Key_F1)
        guide = opened_guide(window)
        assert guide.key() == PAGES[key]
        guide.close()

    def test_the_reports_have_a_chapter_of_their_own(self, window: MainWindow) -> None:
        page = window.open_page("quota", "reports")
        QTest.keyClick(page, KEY.Key_F1)
        assert opened_guide(window).key() == "user/14-year-end"

    def test_pressed_again_it_is_the_same_window(self, window: MainWindow) -> None:
        page = window.open_page("quota")
        QTest.keyClick(page, KEY.Key_F1)
        first = opened_guide(window)
        window.menu_actions.action("help.guide").trigger()
        assert opened_guide(window) is first

    def test_in_another_language_it_is_opened_anew(self, window: MainWindow) -> None:
        QTest.keyClick(window.open_page("quota"), KEY.Key_F1)
        english = opened_guide(window).page.chapter_text()
        window.set_language("fr", keep=False)
        QTest.keyClick(window.current_page(), KEY.Key_F1)
        french = opened_guide(window).page.chapter_text()
        assert (english[:9], french[:13]) == ("The annua", "Le plafond an")

    def test_f1_in_a_dialog_that_waits_opens_its_chapter_and_can_be_read(
        self, qtbot: QtBot, window: MainWindow, office: Office
    ) -> None:
        dialog = PersonDialog(office, parent=window)
        qtbot.addWidget(dialog)
        dialog.open()  # modal, as it is when it is asked
        qtbot.waitExposed(dialog)
        QTest.keyClick(dialog, KEY.Key_F1)
        guide = opened_guide(dialog)
        assert guide.key() == DIALOGS["PersonDialog"]
        QTest.keyClicks(guide.seek, "bin")
        assert guide.key() != DIALOGS["PersonDialog"]
        dialog.reject()

    def test_f1_beside_the_work_opens_the_chapter_of_that_window(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        beside = ShortcutsDialog(ACTIONS, window)
        beside.show()
        beside.activateWindow()
        qtbot.waitUntil(beside.isActiveWindow)
        QTest.keyClick(beside, KEY.Key_F1)
        assert opened_guide(window).key() == DIALOGS["ShortcutsDialog"]

    def test_every_page_and_every_dialog_has_its_chapter(self) -> None:
        assert WINDOW_PAGES.keys() == PAGES.keys() - {"quota-reports", "people-past", "quota-past"}
        for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
            importlib.import_module(module.name)

        def below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
            for one in kind.__subclasses__():
                yield one
                yield from below(one)

        made = {
            one.__name__
            for one in below(Dialog)
            if one.__module__.startswith(ui.__name__)
            and not one.__name__.startswith("_")
            and not any(more.__module__.startswith(ui.__name__) for more in one.__subclasses__())
            and not inspect.isabstract(one)
        }
        # A question is about the page behind it.
        assert made - {"Question"} == DIALOGS.keys()
