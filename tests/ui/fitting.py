# SPDX-License-Identifier: Apache-2.0
"""Whether a screen has room for what it shows: `misfits(root, width, height)` names what does not.

Used by the tests and by the gallery. Must not open anything.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QLayout, QScrollArea, QWidget

_SLACK = 2
"""Pixels by which two things beside each other may overlap, such as their frames."""

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
    for widget in (root, *root.findChildren(QWidget)):
        layout = widget.layout()
        if layout is not None and widget.isVisibleTo(root):
            found += [f"{words} in {type(widget).__name__}" for words in _overlaps(layout)]
    return found


def _overlaps(layout: QLayout) -> Iterator[str]:
    """What of a row or a column lies over what stands beside it."""
    items = [layout.itemAt(place) for place in range(layout.count())]
    shown = [item for item in items if not item.isEmpty() and item.geometry().isValid()]
    if isinstance(layout, QBoxLayout):
        for one, other in pairwise(shown):
            both = one.geometry().intersected(other.geometry())
            if both.width() > _SLACK and both.height() > _SLACK:
                yield f"{both.width()}×{both.height()} lie over each other"
    for item in shown:
        if (inner := item.layout()) is not None:
            yield from _overlaps(inner)


def _text(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"
