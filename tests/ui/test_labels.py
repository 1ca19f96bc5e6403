# SPDX-License-Identifier: Apache-2.0
"""Labels that give way: they take the room that they need again when their words come later."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.ui.widgets.labels import label


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
