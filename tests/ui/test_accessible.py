# SPDX-License-Identifier: Apache-2.0
"""The window for those who do not see it, or use no mouse: every page and dialog of the gallery.

What a screen reader is told is read from Qt's own tree of it; where the keys go is found by
pressing Tab.
"""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from new_registers import copy_of, new_demo
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

import imp_plus_desktop.ui
from imp_plus_desktop import i18n
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.look import reading_order
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests import gallery
from tests.ui.fitting import TITLE_BAR, misfits
from tests.ui.helpers import accessible_name, cut_labels

ROLE = QAccessible.Role
LANGUAGE = "fr"
SCREENS = [screen for screen in gallery.SCREENS if not screen.empty]
PARTS = 10
"""In so many parts all screens are opened."""
in_parts = pytest.mark.parametrize("part", range(PARTS))
OWN_WAY = ("find", "imports-mend", "dialog-guide")
"""A box in which Tab leads from section to section, one that closes when the keys leave it, and a
text in which it goes from link to link."""
MOST_ROWS = 5


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def window(qapp: QApplication, register: Path, tmp_path: Path) -> Iterator[MainWindow]:
    i18n.use(LANGUAGE)
    yield from shown_on(register, tmp_path)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def shown_on(register: Path, folder: Path) -> Iterator[MainWindow]:
    """A window on a copy of a register, as small as a screen of 1366 at 125 %."""
    copy_of(register, folder / "bureau.imp")
    office = gallery.open_on(folder / "bureau.imp", demo.DEMO_DAY)
    made = MainWindow(office, inline_tasks=True)
    made.watching.stop()
    made.resize(1093, 614 - TITLE_BAR)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    office.close()


def opened(window: MainWindow, part: int) -> Iterator[tuple[str, QWidget]]:
    """Each screen of a part in turn, laid out; closed again when the next is asked for."""
    for screen in SCREENS[part::PARTS]:
        window.resize(1093, 614 - TITLE_BAR)
        shown = screen.open(window)
        for _pass in range(3):
            QApplication.processEvents()
        yield screen.name, shown
        if shown is not window:
            shown.close()
            shown.deleteLater()


@pytest.mark.many("0")
@in_parts
def test_what_takes_the_keys_says_its_name_and_what_it_is(window: MainWindow, part: int) -> None:
    found: list[tuple[object, ...]] = []
    told = 0
    for name, shown in opened(window, part):
        for widget, role, said, about in spoken(shown):
            told += 1
            if not any(letter.isalnum() for letter in said):
                found.append((name, "without a name", role))
            # What Qt has no role for must at least say what stands in it.
            if role == ROLE.Client and not about and not isinstance(widget, QScrollArea):
                found.append((name, "neither role nor words", type(widget).__name__, said))
    assert found == []
    assert told > 100


def spoken(root: QWidget) -> Iterator[tuple[QWidget, QAccessible.Role, str, str]]:
    """What takes the keys on a screen, with its role, name and description."""
    for widget in (root, *root.findChildren(QWidget)):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.isVisibleTo(root) and widget.focusProxy() is None:
            part = QAccessible.queryAccessibleInterface(widget)
            about = part.text(QAccessible.Text.Description)
            yield widget, part.role(), accessible_name(widget), about


@pytest.mark.many("1")
@in_parts
def test_a_cell_says_its_column_and_its_value(window: MainWindow, part: int) -> None:
    found, cells = [], 0
    root = QModelIndex()
    for name, shown in opened(window, part):
        for view in shown.findChildren(QTableView):
            model = view.model()
            for column in range(model.columnCount(root)) if view.isVisibleTo(shown) else ():
                title = model.headerData(column, Qt.Orientation.Horizontal)
                title = str(title).rstrip("▲▼ 0123456789")
                for row in range(min(model.rowCount(root), MOST_ROWS)):
                    cells += 1
                    place = model.index(row, column)
                    said = place.data(Qt.ItemDataRole.AccessibleTextRole)
                    spans = view.columnSpan(row, column) > 1  # a heading across the table
                    if not spans and not (said and title in said and said != title):
                        found.append((name, title, said, place.data()))
    assert found == []
    assert cells > 10


@pytest.mark.many("2")
@in_parts
def test_tab_goes_as_one_reads_and_comes_round(window: MainWindow, part: int) -> None:
    found: list[tuple[str, object]] = []
    presses = 0
    for name, shown in opened(window, part):
        if name.startswith(OWN_WAY):
            continue
        root = shown.window()
        gone = round_by_tab(root, reading_order.stops(root)[0])
        presses += len(gone)
        # Asked last, and gone once more: some are stops once something was chosen on the way.
        stops = reading_order.stops(root)
        gone = gone if gone == stops else round_by_tab(root, stops[0])
        if gone != stops:
            found.append((name, [named(widget) for widget in {*gone} ^ {*stops}]))
        found += [(name, what) for what in against_the_reading(root, gone)]
    assert found == []
    assert presses > 100


def round_by_tab(root: QWidget, first: QWidget) -> list[QWidget]:
    """Where the keys go from `first` until they are back there, or nowhere new."""
    root.show()
    root.activateWindow()
    QApplication.processEvents()
    first.setFocus()
    assert QApplication.focusWidget() is first, named(first)
    gone = [first]
    while True:
        QTest.keyClick(gone[-1], Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in gone:
            return gone if focused is first else [*gone, first]
        gone.append(focused)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def against_the_reading(root: QWidget, gone: list[QWidget]) -> Iterator[str]:
    """Where the way comes back into a surface that it has left, or goes up or to the left."""
    left: set[QWidget] = set()
    before: list[QWidget] = []
    for widget in gone:
        now = [*surfaces(root, widget)]
        common = [first for first, second in zip(before, now, strict=False) if first is second]
        left.update(before[len(common) :])
        if left.intersection(now):
            yield f"back into a surface at {named(widget)}"
        if len(common) < min(len(before), len(now)):
            last, here = (place(root, way[len(common)]) for way in (before, now))
            above = here.bottom() <= last.top() and here.left() < last.right()
            # What reaches a few pixels into the next line is read as the line above it.
            overlap = last.bottom() - reading_order._SLACK
            beside = here.right() <= last.left() and here.top() < overlap
            if above or (beside and here.bottom() > last.top()):
                yield f"{named(widget)} comes before what came before it"
        before = now


def surfaces(root: QWidget, widget: QWidget) -> list[QWidget]:
    """What a widget stands in, from the outermost to itself."""
    found = [widget]
    while found[-1] is not root:
        above = found[-1].parentWidget()
        assert above is not None, (named(widget), named(root))
        found.append(above)
    return found[::-1]


def place(root: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def named(widget: QWidget) -> str:
    part = QAccessible.queryAccessibleInterface(widget)
    return f"{type(widget).__name__} {part.text(QAccessible.Text.Name)}"


class Stretched(gettext.NullTranslations):
    """French, and a fifth more: what a longer language, or a longer word of ours, would take."""

    def __init__(self, french: gettext.NullTranslations) -> None:
        super().__init__()
        self._french = french

    def gettext(self, message: str) -> str:
        return stretched(self._french.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return stretched(self._french.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return stretched(self._french.pgettext(context, message))


def stretched(text: str) -> str:
    more = round(len(text) * 0.2)
    words = ("éàôêîû"[: min(6, more - begun)] for begun in range(0, more, 6))
    return " ".join((text, *words)) if text.strip() else text


@pytest.mark.many("3")
@in_parts
def test_a_longer_language_cuts_nothing(
    register: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    i18n.use(LANGUAGE)
    longer = Stretched(i18n._Current.catalogue)
    monkeypatch.setattr(i18n._Current, "catalogue", longer)
    found, buttons = [], 0
    for window in shown_on(register, tmp_path):
        for name, shown in opened(window, part):
            height = shown.screen().availableSize().height()
            room = height if isinstance(shown, QDialog) else 614 - TITLE_BAR
            found += [(name, what) for what in (*misfits(shown, 1093, room), *cut_labels(shown))]
            for button in shown.findChildren(QAbstractButton):
                whole = button.width() >= button.minimumSizeHint().width()
                buttons += 1
                if (
                    button.isVisibleTo(shown)
                    and not whole
                    and button.text() not in button.toolTip()
                ):
                    found.append((name, button.text()))
    assert found == []
    assert buttons > 100


def test_nothing_moves_by_itself() -> None:
    """Whoever asked their system for less motion has it: what moves is Qt's, which asks, too."""
    sources = Path(imp_plus_desktop.ui.__file__).parent.rglob("*.py")
    moving = re.compile(r"\bQ(\w*Animation|Movie|TimeLine)\b")
    assert [path.name for path in sources if moving.search(path.read_text("utf-8"))] == []


def test_shift_and_tab_goes_the_same_way_back(window: MainWindow) -> None:
    window.open_page("people")
    expected = reading_order.stops(window)
    window.activateWindow()
    expected[0].setFocus()
    gone = []
    for _press in expected:
        QTest.keyClick(focused(), Qt.Key.Key_Backtab)
        gone.append(focused())
    assert [named(w) for w in gone] == [named(w) for w in [*expected[:0:-1], expected[0]]]


def test_what_is_made_late_stands_where_it_is_read(qtbot: QtBot) -> None:
    """Qt alone goes in the order in which widgets were made."""
    dialog: Dialog[None] = Dialog("")
    qtbot.addWidget(dialog)
    dialog.resize(300, 200)
    spots = {"last": (10, 150), "right": (150, 12), "left": (10, 10), "under": (10, 80)}
    made = {}
    for name, (x, y) in spots.items():
        made[name] = QPushButton(name, dialog)
        made[name].setGeometry(x, y, 80, 30)
    with qtbot.waitActive(dialog):
        dialog.show()
    order = [made[name] for name in ("left", "right", "under", "last")]
    assert round_by_tab(dialog, made["left"]) == order
    made["under"].hide()
    made["right"].setEnabled(False)
    assert round_by_tab(dialog, made["left"]) == [made["left"], made["last"]]
