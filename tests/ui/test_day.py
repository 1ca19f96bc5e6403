# SPDX-License-Identifier: Apache-2.0
"""A day of a clerk in the real program, from the first start to coming back the next morning.

Once by keys alone, once by mouse. The clerk knows the words of the window and nothing of its code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QTableView

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.window.app import run_window
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.messages import field_label
from tests.stalls import Watchdog
from tests.ui.clerk import (
    Clerk,
    Hand,
    Keys,
    Mouse,
    Steps,
    front,
    here,
    press,
    reads,
    titled,
    until,
    write,
)

LIST = Path(__file__).resolve().parent.parent / "files" / "messy-2023.xlsx"
DAY = "2023-12-20"
PERSON = "Rahimi-Nejad"
LONGEST = 1.0
"""Seconds of work in which the window may answer nobody: no figure, but nobody thinks it hangs."""


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    """Nobody else’s window answers while the day’s event loop runs."""
    icon = qapp.windowIcon()
    for other in qapp.topLevelWidgets():
        other.close()
        other.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    yield
    qapp.setWindowIcon(icon)
    i18n.use("en")
    theme.apply(qapp, "light")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which the program was never started."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.timeout(300)
@pytest.mark.many("mouse")
@pytest.mark.parametrize("hand", [Keys(), Mouse()], ids=["keys", "mouse"])
def test_a_day_and_the_next_morning(home: Path, tmp_path: Path, hand: Hand) -> None:
    clerk = Clerk()
    for steps in (day(hand, tmp_path), next_morning(hand)):
        clerk.work(steps)
        with Watchdog() as dog:
            code = run_window(["--today", DAY])
        clerk.finish()
        assert code == 0
        assert not dog.stalls(over=LONGEST), [str(stall) for stall in dog.stalls(over=LONGEST)]
    people = load_workbook(tmp_path / "people.xlsx").worksheets[0]
    cells = [str(cell) for row in people.iter_rows(values_only=True) for cell in row if cell]
    assert "Yasmine" in " ".join(cells)
    assert (tmp_path / "people.pdf").read_bytes().startswith(b"%PDF")
    assert [found.suffix for found in sorted(tmp_path.rglob("*.docx"))] == [".docx"]
    assert len(list(tmp_path.glob("**/*.pdf"))) == 2, "the list and the letter"
    assert Settings(paths.settings_file()).user_name == "Mei-Ling Roy"


def day(hand: Hand, folder: Path) -> Steps:
    yield from titled(_("Welcome to IMP+ Desktop"))
    yield from hand.choose(_("Language"), "F")
    yield from hand.field(_("Your name"))
    yield from write("Mei-Ling Roy")
    yield from hand.push(_("Begin"))
    yield from reads(_("Overview"))
    yield from hand.push(_("Close the tour"))
    yield from a_list(hand)
    yield from a_file(hand, folder)
    yield from many_files(hand)
    yield from papers(hand, folder)
    yield from hand.menu(_("&View"), _("&Language"), "&English")
    yield from reads("People", "Deadlines")
    yield from hand.quit()


def a_list(hand: Hand) -> Steps:
    """Import a list with faults, two of them mended."""
    yield from hand.command("Ctrl+I", _("&File"), _("&Import a list…"))
    yield from until(lambda: isinstance(front(), QFileDialog), "the dialog that asks for a list")
    yield from write(str(LIST))
    yield from press("Return")
    yield from reads(LIST.name)
    yield from hand.push(_("Continue"))
    yield from reads(_("Goes to"))
    yield from hand.push(_("Continue"))
    yield from reads("Moreau")
    yield from mend("2023-05-12")
    yield from mend("C1570499")
    the_import = ngettext("Import {count} person", "Import {count} people", 36).format(count=36)
    yield from hand.push(the_import)
    left_out = ngettext("Leave {count} row out?", "Leave {count} rows out?", 5).format(count=5)
    yield from titled(left_out)
    yield from hand.push(the_import)
    yield from until(lambda: "36" in window().status.text(), "36 people imported")
    yield from back_and_forth(hand)


def mend(text: str) -> Steps:
    """Mend the cell that has the keys."""
    yield from press("Return")
    yield from until(lambda: isinstance(here(), QLineEdit), "the small window that mends")
    yield from write(text)
    yield from press("Return")
    yield from until(lambda: isinstance(here(), QTableView), "the rows again")


def a_file(hand: Hand, folder: Path) -> Steps:
    """Find somebody by a name typed wrongly, and follow their application to the permit."""
    yield from press("Ctrl+K")
    yield from until(lambda: isinstance(here(), QLineEdit), "the box that finds anything")
    yield from write("rahimi nejat")
    yield from hand.open_found(PERSON)
    yield from reads(PERSON, _("Application received…"))
    menu = _("Person fi&le")
    yield from hand.command("Ctrl+R", menu, _("Record a &received application…"))
    yield from hand.field(field_label("application_number"))
    yield from write("W123456789")
    yield from stored(hand)
    yield from hand.command("Ctrl+D", menu, _("Record a &decision…"))
    yield from stored(hand)
    yield from hand.command("Ctrl+Shift+P", menu, _("Record the &permit…"))
    yield from hand.field(field_label("permit_number"))
    yield from write("U987654321")
    yield from stored(hand)
    yield from reads("U987654321")
    yield from hand.menu(menu, _("&Add to the file"), _("Add a &family member…"))
    yield from hand.field(field_label("given_names"))
    yield from write("Laleh")
    yield from stored(hand)
    yield from reads("Laleh")
    yield from hand.command("Ctrl+Shift+L", menu, _("&Add to the file"), _("&Write a letter…"))
    yield from titled(_("Letters"))
    yield from until(is_ready, "the letter, made")
    yield from hand.push_accent()
    yield from until(lambda: isinstance(front(), QFileDialog), "the dialog that asks for a folder")
    yield from write(str(folder))
    yield from press("Return")
    yield from until(lambda: front() is window(), "the window again")
    yield from back_and_forth(hand)


def is_ready() -> bool:
    """Whether what the dialog in front is for can be done."""
    buttons = front().findChildren(QPushButton)
    return any(b.isEnabled() for b in buttons if b.property("role") == "accent")


def many_files(hand: Hand) -> Steps:
    """Give all files to one clerk."""
    yield from hand.command("Ctrl+2", _("&View"), _("&People"))
    yield from press("Ctrl+A")
    yield from hand.command("Ctrl+Shift+A", _("Person fi&le"), _("Responsi&ble for the files…"))
    yield from reads("36")
    yield from stored(hand)


def papers(hand: Hand, folder: Path) -> Steps:
    """The list as shown, as a PDF and as a workbook."""
    yield from hand.command("Ctrl+F", _("&Edit"), _("Find in this &list"))
    yield from write("Haddad")
    yield from reads("Haddad, Yasmine")
    yield from hand.menu(_("&File"), _("Save what is shown as P&DF…"))
    yield from saved_as(folder / "people.pdf")
    yield from hand.command("Ctrl+E", _("&File"), _("&Export the list shown…"))
    yield from saved_as(folder / "people.xlsx")


def next_morning(hand: Hand) -> Steps:
    """The page that was in front is there, in the language chosen last, and all is kept."""
    yield from reads("People", "El Amrani, Anas")
    assert window().current_page().key == "people"
    yield from hand.command("Ctrl+3", "&View", "&Applications")
    yield from reads("Applications", PERSON)
    yield from hand.command("Ctrl+5", "&View", "&Family")
    yield from reads("Laleh")
    yield from hand.quit()


def stored(hand: Hand) -> Steps:
    """Press the button that stores; then undo what was done, and bring it back."""
    yield from until(lambda: isinstance(front(), Dialog), "a dialog")
    yield from hand.push_accent()
    yield from until(lambda: front() is window(), "the window again")
    yield from back_and_forth(hand)


def back_and_forth(hand: Hand) -> Steps:
    """Undo the last act, and bring it back."""
    for keys, entry in (("Ctrl+Z", "edit.undo"), ("Ctrl+Y", "edit.redo")):
        before = window().status.text()
        yield from hand.command(keys, _("&Edit"), window().menu_actions.action(entry).text())
        yield from until(lambda before=before: window().status.text() != before, entry)
        said_so = _("Undone: {act}") if entry == "edit.undo" else _("Redone: {act}")
        assert window().status.text().startswith(said_so.format(act="")), window().status.text()


def saved_as(path: Path) -> Steps:
    """Answer the dialog that asks where to, and wait for the file."""
    yield from until(lambda: isinstance(front(), QFileDialog), "the dialog that asks where to")
    yield from write(str(path))
    yield from press("Return")
    yield from until(lambda: path.exists() and front() is window(), path.name)


def window() -> MainWindow:
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return next(w for w in shown if w.isVisible())
