# SPDX-License-Identifier: Apache-2.0
"""What every dialog does: it answers what was stored, nothing when given up, and is freed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import office_builders as build
import pytest
from new_registers import copy_of, new_demo
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.domain.values.codes import FlagCode, RequestKind
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.services.applications import requests
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.duplicates.merge_people import LikelyPair
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.applications.recorded import SettleDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDoneDialog
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Dialog, Reading
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.office.overcap import CloseItemDialog
from imp_plus_desktop.ui.dialogs.office.quota import NumbersDialog
from imp_plus_desktop.ui.dialogs.person.merge_people import DuplicatesDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.dialogs.reception import ReceptionDialog
from imp_plus_desktop.ui.dialogs.register.help import AboutDialog
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseForm
from imp_plus_desktop.ui.dialogs.register.restore import RestoreDialog
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.dialogs.several.sheet import ManySheet
from imp_plus_desktop.ui.dialogs.single import DayDialog, DeathDialog
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests import gallery
from tests.ui.person_fixtures import answer, fill, office

__all__ = ["office"]

SHAPES = {BesideDialog, DayDialog, FormDialog, ManySheet, NumbersDialog, ReceptionDialog}
SHAPES |= {PassphraseForm, RuledDialog}
"""Dialogs that only others rest on."""


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window on the demo."""
    folder = tmp_path_factory.mktemp("dialogs")
    i18n.use("fr")
    (folder / "demo").mkdir()
    path = copy_of(new_demo(folder / "demo"), folder / "Bureau.imp")
    opened = gallery.open_on(path, demo.DEMO_DAY)
    window = MainWindow(opened, inline_tasks=True)
    window.set_language("en")
    window.show()
    yield window
    window.close()
    window.deleteLater()
    opened.close()
    i18n.use("en")


def rarer(office: Office, folder: Path) -> list[Callable[[], QDialog]]:
    """Dialogs without a picture."""
    person = build.invite(office)
    received = build.receive(office, person, datetime(2023, 9, 1, 15, tzinfo=UTC)).application
    asked = requests.RequestDetails(received, RequestKind.BIOMETRICS, date(2023, 10, 1))
    request = requests.save(office, asked).request
    prospect = restoring.look(office, maintenance.save_copy(office, folder / "usb"))
    item = OverCapItem.REFUND
    days: dict[str, FactValue] = {"decided_on": date(2023, 8, 1), "received_on": date(2023, 9, 1)}
    flag = HistoryFlag(FlagCode.DECIDED_BEFORE_RECEIVED, received, "2023-08-01", facts=days)
    return [
        lambda: SettleDialog(office, person, flag),
        lambda: RequestDoneDialog(office, request),
        lambda: DeathDialog(office, person),
        lambda: CloseItemDialog(office, item, received, "Amine", [received]),
        lambda: Question(None, "Title", "Sentence.", "Yes", "No"),
        lambda: RestoreDialog(None, prospect),
    ]


def is_freed(dialog: QDialog) -> bool:
    """Show a dialog and leave it: what waits for an answer by its cross, what stays open by its
    button."""
    gone: list[str] = []
    dialog.destroyed.connect(lambda: gone.append("gone"))
    if isinstance(dialog, Dialog) and not isinstance(dialog, BesideDialog):
        dialog.hide()
        # A locked window stays, whatever one does, until the passphrase is there.
        leave = dialog.leave if isinstance(dialog, LockedDialog) else dialog.close
        QTimer.singleShot(0, leave)
        assert dialog.ask() is None
    else:
        dialog.show()
        dialog.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return gone == ["gone"]


def every_kind(above: type[QDialog]) -> Iterator[type[QDialog]]:
    for kind in above.__subclasses__():
        yield kind
        yield from every_kind(kind)


@pytest.mark.of_a_file("only a file is put in the place of another")
@pytest.mark.long
def test_every_dialog_is_freed_however_it_is_left(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    pictured = [s for s in gallery.SCREENS if s.name.startswith("dialog-")]
    makers = [*(lambda s=s: s.open(window) for s in pictured), *rarer(office, tmp_path)]
    seen, kept = set(), []
    for make in makers:
        dialog = make()
        seen.add(type(dialog))
        if not is_freed(dialog):
            kept.append(type(dialog).__name__)
    assert kept == []
    own = {k for k in every_kind(Dialog) if k.__module__.startswith("imp_plus_desktop.")}
    missing = {kind for kind in own - seen - SHAPES if not kind.__name__.startswith("_")}
    assert missing == set(), "a new dialog needs a screen in the gallery or a line in `rarer`"


def test_asking_answers_what_was_stored(office: Office) -> None:
    person = build.invite(office)

    def write(dialog: NoteDialog) -> None:
        fill(dialog, text="Called back.")
        dialog.accept()

    answer(write)
    done = NoteDialog(office, person).ask()
    assert done is not None
    assert done.act == office.made[-1].id


@pytest.mark.parametrize("leave", [QDialog.reject, QDialog.close], ids=["reject", "close"])
def test_what_is_given_up_answers_nothing(
    office: Office, leave: Callable[[QDialog], object]
) -> None:
    person, acts = build.invite(office), len(office.made)
    answer(leave)
    assert NoteDialog(office, person).ask() is None
    assert len(office.made) == acts


@pytest.mark.parametrize(
    ("key", "expected"), [(Qt.Key.Key_Return, None), (Qt.Key.Key_Escape, None)]
)
def test_enter_and_escape_both_leave_everything_at_a_question(
    qtbot: QtBot, qapp: QApplication, key: Qt.Key, expected: bool | None
) -> None:
    answer(lambda dialog: qtbot.keyClick(dialog.focusWidget(), key))
    assert Question(None, "Undo?", "It would go.", "Undo", "Leave").ask() is expected


def test_the_answer_that_enter_gives_is_the_strong_one(qtbot: QtBot) -> None:
    made = Question(None, "Undo?", "It would go.", "Undo", "Leave")
    qtbot.addWidget(made)
    made.show()
    found = [one for one in made.findChildren(QPushButton) if one.isVisible()]
    told = {one.text(): (one.property("role"), one.isDefault()) for one in found}
    assert told == {"Undo": ("", False), "Leave": ("accent", True)}


def test_no_bar_comes_for_a_pixel_that_the_screen_s_scale_takes_away(qtbot: QtBot) -> None:
    for count in range(1, 10):
        made = Question(
            None, "Take over?", "Since the morning. " * count, "Take it over", "Leave it"
        )
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        bar = made.findChild(QScrollArea).verticalScrollBar()
        assert bar.maximum() == 0
        made.setMinimumHeight(0)
        made.resize(made.width(), made.height() - 1)
        QApplication.processEvents()
        assert bar.maximum() == 0, count


def test_what_stays_open_is_headed_by_its_title_unless_it_says_itself_what_it_shows(
    qtbot: QtBot,
) -> None:
    for heading, shown in ((None, ["Title"]), ("Another", ["Another"]), ("", [])):
        dialog = BesideDialog("Title", heading=heading)
        qtbot.addWidget(dialog)
        heads = [one for one in dialog.findChildren(QLabel) if one.property("role") == "subject"]
        assert [one.text() for one in heads] == shown
        assert dialog.windowTitle() == "Title"


def test_what_stays_open_is_as_tall_as_its_words_and_no_taller_than_the_screen(
    qtbot: QtBot,
) -> None:
    heights = []
    for count in (1, 5, 400):
        pair = LikelyPair(PersonId(1), PersonId(2), "Roy, Léa", "Roy, Lea", 95, ("same_name",))
        dialog = DuplicatesDialog([pair] * count)
        qtbot.addWidget(dialog)
        dialog.show()
        heights.append(dialog.height())
        area = dialog.findChild(Reading)
        assert area is not None
        assert (area.verticalScrollBar().maximum() == 0) is (count < 400)
    line = (heights[1] - heights[0]) / 4
    assert 10 < line < 60
    assert heights[2] == dialog.room().height()


def test_what_is_read_stands_close_together(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    wrapped = [one for one in dialog.findChildren(QLabel) if one.wordWrap()]
    assert len(wrapped) == 3
    assert [one.height() for one in wrapped] == [one.heightForWidth(one.width()) for one in wrapped]
