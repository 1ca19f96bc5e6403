# SPDX-License-Identifier: Apache-2.0
"""The one model and view of every list, with plain values in place of a register."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QStyleOptionHeader
from pytestqt.qtbot import QtBot

from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.delegates import paint_chip
from imp_plus_desktop.ui.tables.header import ListHeader
from imp_plus_desktop.ui.tables.model import TONE, Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView


@dataclass(frozen=True)
class Animal:
    id: int
    name: str
    legs: int


COLUMNS: tuple[Column[Animal], ...] = (
    Column("name", lambda: "Name", lambda a: a.name, width=14, sort="name", stretch=True),
    Column("legs", lambda: "Legs", lambda a: str(a.legs), width=5, kind="number", sort="legs"),
    Column(
        "state",
        lambda: "State",
        lambda a: "walks" if a.legs else "swims",
        width=9,
        kind="chip",
        tone=lambda a: Tone.OK if a.legs else Tone.WARN,
    ),
)


class Herd:
    """Gives rows by id and remembers what was asked."""

    def __init__(self, size: int) -> None:
        self.asked: list[int] = []
        self.size = size

    def fetch(self, ids: Sequence[int]) -> list[Animal]:
        self.asked.append(len(ids))
        return [Animal(i, f"Animal {i}", i % 5) for i in ids]

    def sort(self, key: str, descending: bool) -> "array[int]":
        ids = range(1, self.size + 1)
        if key == "legs":
            ids = sorted(ids, key=lambda i: i % 5)  # type: ignore[assignment]
        return array("q", reversed(ids) if descending else ids)


def a_model(size: int) -> tuple[RowsModel[Animal], Herd]:
    herd = Herd(size)
    model = RowsModel(COLUMNS, herd.fetch, herd.sort)
    model.set_ids(array("q", range(1, size + 1)))
    return model, herd


def several(qtbot: QtBot, size: int) -> tuple[TableView, RowsModel[Animal]]:
    """A list of so many rows, several of which may be chosen."""
    model, _herd = a_model(size)
    view = TableView(model, "herd")
    view.allow_several()
    qtbot.addWidget(view)
    view.show()
    return view, model


def text_at(view: TableView, row: int, column: int) -> str:
    return str(view.model().index(row, column).data())


def test_the_model_keeps_the_rules_of_qt(qapp: QApplication) -> None:
    model, _ = a_model(200)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_ids([3, 1, 2])
    model.set_ids([])
    tester.deleteLater()


def test_a_hundred_thousand_rows_fetch_only_what_is_seen(qtbot: QtBot) -> None:
    model, herd = a_model(100_000)
    view = TableView(model, "animals")
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    view.grab()
    assert sum(herd.asked) <= 128
    view.scrollTo(model.index(50_000, 0))
    view.grab()
    assert text_at(view, 50_000, 0) == "Animal 50001"
    assert sum(herd.asked) <= 400


def test_rows_come_back_from_the_cache(qapp: QApplication) -> None:
    model, herd = a_model(20)
    first = model.index(0, 0).data()
    again = model.index(0, 0).data()
    assert first == again
    assert herd.asked == [20]
    model.refresh()
    assert model.index(0, 0).data() == "Animal 1"
    assert herd.asked == [20, 20]


def test_a_failing_fetch_is_not_asked_again_at_every_repaint(qapp: QApplication) -> None:
    calls = []

    def fail(ids: Sequence[int]) -> list[Animal]:
        calls.append(ids)
        raise OSError("gone")

    model: RowsModel[Animal] = RowsModel(COLUMNS, fail)
    model.set_ids([1, 2])
    with pytest.raises(OSError, match="gone"):
        model.row_at(0)
    assert model.row_at(0) is None
    assert len(calls) == 1


def test_a_click_on_a_title_sorts_and_a_second_turns_it_round(qtbot: QtBot) -> None:
    model, _ = a_model(10)
    view = TableView(model, "animals")
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.select_id(7)
    header = view.horizontalHeader()
    where = header.viewport().rect().topLeft()
    where.setX(header.sectionPosition(1) + 10)
    where.setY(10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert text_at(view, 0, 1) == "0"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Legs ▲"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert text_at(view, 0, 1) == "4"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Legs ▼"
    assert view.current_id() == 7


@pytest.mark.parametrize("title", ["Quand", "When", "Jour", "Reçue le", "Nature", "N°", "Kind"])
def test_a_title_is_whole_with_its_order_where_there_is_room(qtbot: QtBot, title: str) -> None:
    when: Column[Animal] = Column(
        "when", lambda: title, lambda _a: "1 h", width=20, kind="date", sort="name"
    )
    herd = Herd(3)
    model = RowsModel((when, COLUMNS[0]), herd.fetch, herd.sort)
    model.set_ids(array("q", range(1, 4)))
    view = TableView(model, "titles")
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    header = view.horizontalHeader()
    assert isinstance(header, ListHeader)
    for sign in ("▲", "▼"):
        header.sort_asked.emit(0, False)
        option = QStyleOptionHeader()
        header.initStyleOptionForIndex(option, 0)
        assert option.text == f"{title} {sign}"


def test_a_choice_by_key_tells_the_id(qtbot: QtBot) -> None:
    model, _ = a_model(10)
    view = TableView(model, "animals")
    qtbot.addWidget(view)
    view.show()
    view.select_first()
    with qtbot.waitSignal(view.row_selected) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == [2]
    with qtbot.waitSignal(view.row_activated) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [2]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == 10


def test_the_chosen_row_survives_a_filter_that_keeps_it(qtbot: QtBot) -> None:
    model, _ = a_model(10)
    view = TableView(model, "animals")
    qtbot.addWidget(view)
    view.select_id(4)
    view.set_ids([2, 4])
    assert view.current_id() == 4
    with qtbot.waitSignal(view.selection_cleared):
        view.set_ids([2, 3])
    assert view.current_id() is None


def test_column_widths_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    view = TableView(a_model(3)[0], "animals", settings)
    qtbot.addWidget(view)
    view.setColumnWidth(2, 222)
    qtbot.waitUntil(lambda: settings.layout("columns-animals") != "")
    again = TableView(a_model(3)[0], "animals", Settings(tmp_path / "settings.json"))
    qtbot.addWidget(again)
    assert again.columnWidth(2) == 222


def test_a_damaged_memory_of_widths_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.keep_layout("columns-animals", '["no", {"legs": "wide"}')
    view = TableView(a_model(3)[0], "animals", settings)
    qtbot.addWidget(view)
    assert view.columnWidth(2) > 50


def test_chips_say_their_words_and_their_tone(qapp: QApplication) -> None:
    model, _ = a_model(5)
    swims = model.index(4, 2)
    assert swims.data() == "swims"
    assert swims.data(TONE) == Tone.WARN
    assert str(swims.data(int(Qt.ItemDataRole.AccessibleTextRole))).endswith(": swims")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_chip_of_a_list_looks_as_one_that_stands_alone(qtbot: QtBot, mode: str) -> None:
    """A list keeps pictures of its chips: on the row's colour, in the theme in use."""
    app = cast(QApplication, QApplication.instance())
    theme.apply(app, "light" if mode == "dark" else "dark")
    model, _herd = a_model(5)
    view = TableView(model, "herd")
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    view.select_first()
    _grabbed(view)  # the pictures of another theme are there already
    look = theme.apply(app, mode)
    try:
        for row, background in ((0, look.accent_soft), (3, look.card)):
            cell = view.visualRect(model.index(row, 2))
            alone = QPixmap(cell.size())
            alone.fill(background)
            painter = QPainter(alone)
            box = QRectF(10, 0, cell.width() - 15, cell.height() - 1)
            paint_chip(painter, box, "walks", Tone.OK)
            painter.fillRect(0, cell.height() - 1, cell.width(), 1, look.line)
            painter.end()
            assert _grabbed(view).copy(cell) == alone.toImage()
    finally:
        theme.apply(app, "light")


def _grabbed(view: TableView) -> QImage:
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_of_all_rows_chosen_no_index_is_made_one_by_one(qtbot: QtBot) -> None:
    view, model = several(qtbot, 50_000)
    counts: list[int] = []
    view.selection_changed.connect(counts.append)
    made = 0
    plain = model.index

    def index(*place: Any) -> QModelIndex:
        nonlocal made
        made += 1
        return plain(*place)

    model.index = index  # type: ignore[method-assign]
    view.select_id(8)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (len(view.chosen_ids()), view.current_id(), counts[-1]) == (50_000, 8, 50_000)
    assert made < 1_000


def test_rows_are_chosen_with_control_and_shift_in_the_order_shown(qtbot: QtBot) -> None:
    view, model = several(qtbot, 9)
    keys = Qt.KeyboardModifier
    for row, held in ((6, keys.NoModifier), (1, keys.ControlModifier), (3, keys.ControlModifier)):
        place = view.visualRect(model.index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
    assert (view.chosen_ids(), view.current_id()) == ([2, 4, 7], 4)
    place = view.visualRect(model.index(5, 0)).center()
    both = keys.ShiftModifier | keys.ControlModifier
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, both, place)
    assert (view.chosen_ids(), view.current_id()) == ([2, 4, 5, 6, 7], 6)


KEYS = Qt.KeyboardModifier


def filtered(view: TableView, model: RowsModel[Animal], *ids: int) -> None:
    """Show these animals only, as a filter does."""
    view.set_ids(array("q", ids))


def test_what_is_chosen_of_several_survives_sorting_and_a_filter_that_hides_some(
    qtbot: QtBot,
) -> None:
    view, model = several(qtbot, 9)
    view.choose([2, 5, 8])
    view.columns.sort_by(0)
    view.columns.sort_by(0)  # from the last to the first
    assert view.chosen_ids() == [8, 5, 2]
    with qtbot.waitSignal(view.selection_changed):
        filtered(view, model, 1, 5, 6)
    assert (view.chosen_ids(), view.chosen_count(), view.hidden_count()) == ([5, 8, 2], 3, 2)
    assert view.current_id() == 5
    filtered(view, model, 1, 3)
    assert (view.chosen_count(), view.hidden_count(), view.current_id()) == (3, 3, None)
    view.select_first()  # as every list does: what is chosen already stays so
    assert view.chosen_count() == 3
    filtered(view, model, *range(1, 10))
    assert (sorted(view.chosen_ids()), view.hidden_count()) == ([2, 5, 8], 0)


def test_one_chosen_row_that_a_filter_hides_is_let_go(qtbot: QtBot) -> None:
    view, model = several(qtbot, 9)
    view.select_id(4)
    with qtbot.waitSignal(view.selection_cleared):
        filtered(view, model, 1, 2)
    assert (view.chosen_ids(), view.hidden_count()) == ([], 0)
    filtered(view, model, *range(1, 10))
    assert view.chosen_ids() == []


def test_whoever_chooses_a_row_alone_lets_go_of_what_is_hidden_and_control_keeps_it(
    qtbot: QtBot,
) -> None:
    view, model = several(qtbot, 9)
    view.choose([2, 5, 8])
    filtered(view, model, 1, 5, 6)
    place = view.visualRect(model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, KEYS.ControlModifier, place)
    assert view.chosen_ids() == [5, 6, 2, 8]
    place = view.visualRect(model.index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, KEYS.NoModifier, place)
    assert view.chosen_ids() == [5]
    view.choose([2, 5, 8])
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen_ids() == [6]


def test_space_chooses_a_row_too_and_escape_lets_go_of_all_but_the_current_one(
    qtbot: QtBot,
) -> None:
    view, _model = several(qtbot, 9)
    view.select_id(2)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.chosen_ids() == [2]  # the only one stays chosen
    for _press in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, KEYS.ControlModifier)
    assert view.chosen_ids() == [2]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Down, KEYS.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.chosen_ids() == [2, 4, 5]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.chosen_ids() == [2, 4]
    qtbot.keyClick(view, Qt.Key.Key_A, KEYS.ControlModifier)
    assert view.chosen_count() == 9
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.chosen_ids() == [5]
    qtbot.keyClick(view, Qt.Key.Key_Down, KEYS.ShiftModifier)
    assert view.chosen_ids() == [5, 6]


def test_a_right_click_asks_for_acts_on_what_is_chosen_and_chooses_another_row_first(
    qtbot: QtBot,
) -> None:
    view, model = several(qtbot, 9)
    asked: list[list[int]] = []
    view.menu_asked.connect(lambda _where: asked.append(view.chosen_ids()))
    view.choose([2, 3])
    for row in (2, 6):  # inside the choice, outside
        place = view.visualRect(model.index(row, 0)).center()
        qtbot.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=place)
        reason = QContextMenuEvent.Reason.Mouse
        at = view.viewport().mapToGlobal(place)
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, at))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(view.viewport(), key)
    assert asked == [[2, 3], [7], [7]]


class Counting(RowsModel[int]):
    """Counts how often it is asked how wide it is."""

    asked = 0

    def columnCount(self, parent: Any = None) -> int:
        self.asked += 1
        return super().columnCount(parent)


def test_all_of_a_long_list_is_chosen_without_asking_each_row(qtbot: QtBot) -> None:
    """The header of Qt asks of every row whether it is chosen, each time that it is painted."""
    model = Counting([Column(key, lambda: "N", str) for key in "abc"], list)
    view = TableView(model, "long")
    qtbot.addWidget(view)
    view.allow_several()
    view.resize(300, 200)
    view.set_ids(range(50_000))
    view.select_first()
    view.show()
    QApplication.processEvents()
    model.asked = 0
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.grab()
    assert (view.chosen_count(), len(view.chosen_ids())) == (50_000, 50_000)
    assert model.asked < 1000


def test_a_list_without_rows_has_no_bar_to_scroll_it_sideways(qtbot: QtBot) -> None:
    view, _model = several(qtbot, 3)
    view.resize(120, 200)
    bar = view.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    view.set_ids([])
    qtbot.waitUntil(lambda: not bar.isVisible())
    view.set_ids([1, 2])
    qtbot.waitUntil(bar.isVisible)


def test_a_bar_below_rows_has_a_lane_of_its_own(qtbot: QtBot, dark: None) -> None:
    """Without a line, a row that is only half in view looks as if the bar lay over it."""
    view, _model = several(qtbot, 30)
    view.resize(160, 210)
    bar = view.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    top = bar.mapTo(view, bar.rect().topLeft())
    assert top.y() > view.viewport().geometry().bottom()
    shown = view.grab().toImage()
    across = range(top.x() + 1, top.x() + bar.width() - 1, 5)
    assert {shown.pixelColor(x, top.y()).name() for x in across} == {theme.current().line.lower()}
    handle = {shown.pixelColor(top.x() + 40, top.y() + down).name() for down in range(2)}
    assert theme.current().border.lower() not in handle
