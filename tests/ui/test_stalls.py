# SPDX-License-Identifier: Apache-2.0
"""The watchdog of the event loop, and what must not keep the window from answering."""

import time
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.paper import save_as_pdf
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.shell.shell import Shell
from tests.stalls import Watchdog
from tests.ui.person_fixtures import office

__all__ = ["office"]


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_turn_that_works_long_is_found_with_what_was_done(qtbot: QtBot) -> None:
    with Watchdog() as dog:
        with dog.doing("nothing"):
            qtbot.wait(100)
        QTimer.singleShot(0, lambda: work(0.12))
        with dog.doing("work in the loop"):
            qtbot.wait(50)
        with dog.doing("work of the test"):
            work(0.06)
        work(0.3)
    longest = dog.longest()
    assert longest is not None
    assert longest.doing == "work in the loop"
    assert longest.cpu >= 0.12
    assert longest.wall >= 0.12
    assert [stall.doing for stall in dog.stalls(over=0.05)] == [
        "work in the loop",
        "work of the test",
    ]
    assert " of work), work in the loop" in str(longest)


def test_what_only_waits_is_seen_by_the_clock(qtbot: QtBot) -> None:
    with Watchdog() as dog, dog.doing("sleep"):
        time.sleep(0.1)
    longest = max(dog.stalls(), key=lambda stall: stall.wall)
    assert longest.wall >= 0.1
    assert longest.cpu < 0.05


def test_a_long_turn_tells_where_it_was(qtbot: QtBot, office: Office) -> None:
    with Watchdog() as dog, dog.doing("the office's lists"):
        until = time.perf_counter() + 0.3
        while time.perf_counter() < until:
            office.clock.today()
            Shell(office).deleteLater()
    longest = dog.longest()
    assert longest is not None
    assert any(".py:" in place for place in longest.places)


def test_what_a_function_holds_goes_when_it_returns_though_it_was_watched(qtbot: QtBot) -> None:
    """A painter that outlives its paint event would be told of as an error."""

    class Held:
        pass

    def watched() -> weakref.ref[Held]:
        made = Held()
        work(0.06)
        return weakref.ref(made)

    kept = 0
    with Watchdog() as dog, dog.doing("paint"):
        for _time in range(5):
            found = watched()
            time.sleep(0.001)  # one look may just be under way
            kept += found() is not None
    assert kept <= 1


@pytest.mark.long
def test_a_long_pdf_lets_the_window_answer_between_its_pages(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    shell = Shell(office)
    monkeypatch.setattr(files, "ask_save", lambda *_asked: tmp_path / "long.pdf")
    rows = tuple((f"{number}", *"abcde") for number in range(1000))
    paper = Paper("Title", "", (Part(table=Table(tuple("abcdef"), rows)),))
    with Watchdog() as dog, dog.doing("a PDF"):
        save_as_pdf(shell, parent, paper)
        qtbot.waitUntil(lambda: not shell.tasks.is_busy())
    # A table is laid out whole, and its pages one by one.
    *shorter, layout = sorted(dog.stalls(), key=lambda stall: stall.cpu)
    pages = sum(stall.cpu for stall in shorter)
    assert shorter[-1].cpu < pages / 3, (layout, shorter[-1])
    assert (tmp_path / "long.pdf").exists()
