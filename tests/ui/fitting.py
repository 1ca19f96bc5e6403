# SPDX-License-Identifier: Apache-2.0
"""Whether a screen has room for what it shows: `misfits(root, width, height)` names what does not.

Used by the tests and by the gallery. Must not open anything.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

TITLE_BAR = 32
"""What the system's title bar takes of a screen's height."""


def misfits(root: QWidget, width: int, height: int) -> list[str]:
    """What of a screen does not fit into so many pixels, its title bar left out."""
    least = root.minimumSizeHint().expandedTo(root.minimumSize())
    found = []
    if least.width() > width or least.height() > height:
        found.append(f"needs {_text(least)}")
    if isinstance(root, QDialog) and (root.width() > width or root.height() > height):
        found.append(f"opens at {_text(root.size())}")
    for area in root.findChildren(QScrollArea):
        inner = area.widget()
        if inner is None or not area.isVisibleTo(root) or area.property("scrolls"):
            continue
        hidden = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        need = inner.minimumSizeHint().width()
        if hidden and need > area.viewport().width():
            name = type(area.parentWidget()).__name__
            found.append(f"cuts {need} px to {area.viewport().width()} in {name}")
    return found


def _text(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"
