# SPDX-License-Identifier: Apache-2.0
"""Labels that give way: they take the room that they need again when their words come later."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.widgets import labels
from imp_plus_desktop.ui.widgets.labels import WholeWords, Words, WordsButton, label
from imp_plus_desktop.ui.widgets.one_line import OneLine


@pytest.mark.parametrize("words", ["our register 135", "o" * 60])
def test_words_that_come_after_the_label_was_laid_out_are_shown(qtbot: QtBot, words: str) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    late = label(elide=True)
    layout.addWidget(late)
    layout.addStretch(1)
    layout.addWidget(label("beside it"))
    row.resize(1200, 40)
    row.show()
    QApplication.processEvents()
    late.setText(words)
    QApplication.processEvents()
    assert QLabel.text(late) == words, "nothing is cut where there is room"


def test_one_place_alone_sets_what_hovers_over_a_widget() -> None:
    """Qt reads as HTML what looks so: `plain.py` makes it text, and nobody goes round it."""
    ui = Path(labels.__file__).resolve().parents[1]
    sources = {
        path.relative_to(ui).as_posix(): path.read_text("utf-8") for path in ui.rglob("*.py")
    }
    ways = ("setToolTip(", "setWhatsThis(", "setStatusTip(")
    assert [name for name, text in sources.items() if any(way in text for way in ways)] == [
        "look/plain.py"
    ]
    by_role = {name for name, text in sources.items() if "ToolTipRole" in text}
    assert {name for name in by_role if "plain(" not in sources[name]} == set()


def test_a_link_whose_words_went_and_come_again_shows_them_whole(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    link = WordsButton("Undo: import of the list")
    layout.addWidget(link)
    layout.addStretch(1)
    row.resize(900, 40)
    row.show()
    QApplication.processEvents()
    for words in ("", "Undo: import of the list"):
        link.setText(words)
        link.setVisible(bool(words))
        QApplication.processEvents()
    assert QPushButton.text(link) == "Undo: import of the list"


def test_a_tooltip_of_its_own_is_there_again_once_the_words_fit(qtbot: QtBot) -> None:
    made = labels.label("Register: a-long-name.imp", elide=True)
    qtbot.addWidget(made)
    set_tip(made, "/home/marie/a-long-name.imp")
    made.resize(60, 20)
    made.show()
    QApplication.processEvents()
    assert made.toolTip() == "Register: a-long-name.imp\n/home/marie/a-long-name.imp"
    set_tip(made, "/home/jean/a-long-name.imp")
    assert made.toolTip() == "Register: a-long-name.imp\n/home/jean/a-long-name.imp"
    made.resize(600, 20)
    QApplication.processEvents()
    assert made.toolTip() == "/home/jean/a-long-name.imp"


def test_a_line_that_fits_has_no_arrow_left_of_when_it_did_not(qtbot: QtBot) -> None:
    line = OneLine()
    qtbot.addWidget(line)
    chips = [labels.button("Échéances des lettres") for _n in range(4)]
    for chip in chips:
        line.inside.addWidget(chip)
    line.resize(200, 40)
    line.show()
    QApplication.processEvents()
    arrows = [b for b in line.findChildren(QPushButton) if b.text() in "‹›"]
    assert [arrow.isVisible() for arrow in arrows] == [True, True]
    for chip in chips:
        chip.setText("a")
        QApplication.processEvents()
    line.resize(900, 40)
    QApplication.processEvents()
    assert [(a.isVisible(), a.isHidden()) for a in arrows] == [(False, True), (False, True)]


def test_shorter_words_stand_where_the_whole_sentence_has_no_room(qtbot: QtBot) -> None:
    made = Words(least=2)
    qtbot.addWidget(made)
    whole, shorter = "IRCC accepts no letter dated after January 15, 2025.", "None after 15/01"
    made.set_texts(whole, shorter)
    made.show()
    wide = made.fontMetrics().horizontalAdvance(whole)
    made.resize(wide + 20, 24)
    assert QLabel.text(made) == whole
    made.resize(made.fontMetrics().horizontalAdvance(shorter) + 20, 24)
    assert QLabel.text(made) == shorter
    assert (made.text(), made.toolTip(), made.sizeHint().width() >= wide) == (whole, whole, True)


def test_of_words_that_are_compared_nothing_is_cut(qtbot: QtBot) -> None:
    made = WholeWords("joumana.aboujaoude.tremblay@bureau-de-levis.example.org")
    qtbot.addWidget(made)
    made.resize(120, made.heightForWidth(120))
    made.show()
    shown = QLabel.text(made)
    assert "\n" in shown
    assert shown.replace("\n", "") == made.text()
    assert max(map(made.fontMetrics().horizontalAdvance, shown.split("\n"))) <= 120
