# SPDX-License-Identifier: Apache-2.0
"""Keeps a page as it stands while it is fetched anew: where it is scrolled to, and the keys.

    with still(page): page.refresh()
    settle()                            lay out now all that waits for it

Lists keep their own place, by the rows and not by the pixel.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget


@contextmanager
def still(page: QWidget) -> Iterator[None]:
    """Whatever is done to the page inside shows at once, in the same place."""
    places = [
        (bar, bar.value())
        for area in page.findChildren(QAbstractScrollArea)
        if area.isVisible() and not isinstance(area, QAbstractItemView)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar())
    ]
    focused = cast("QWidget | None", page.window().focusWidget())
    page.setUpdatesEnabled(False)
    try:
        yield
        settle()
        for bar, value in places:
            if shiboken6.isValid(bar):
                bar.setValue(value)
        if focused is not None and _lost_the_keys(page, focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
    finally:
        page.setUpdatesEnabled(True)


def settle() -> None:
    """Lay out what waits for it: what wraps tells its height only after its width is known."""
    for _turn in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _lost_the_keys(page: QWidget, widget: QWidget) -> bool:
    if not shiboken6.isValid(widget) or widget.hasFocus():
        return False
    return widget.isVisible() and page.isAncestorOf(widget)
