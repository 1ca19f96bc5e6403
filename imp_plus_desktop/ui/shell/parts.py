# SPDX-License-Identifier: Apache-2.0
"""From part to part of the window by one key: the side bar, then each card of the page in front.

    go_to_part(window, ahead=True) -> bool     the keys to the next part, or to the one before

A part takes the keys where it had them last, else in its list, else at the button that is chosen
or the first one, and is scrolled into view. What stands outside the cards, such as the button that
imports, is reached by Tab alone. Must not know any page.
"""

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFrame,
    QScrollArea,
    QWidget,
)

from imp_plus_desktop.ui.look import reading_order

_PARTS = ("card", "sidebar")
_REASON = Qt.FocusReason.ShortcutFocusReason


def go_to_part(window: QWidget, *, ahead: bool = True) -> bool:
    """Give the keys to the next part of the window, or to the one before, round the end; whether
    there was one to go to."""
    parts = [(part, inner) for part in _parts(window) if (inner := _entrance(part)) is not None]
    if not parts:
        return False
    focused = QApplication.focusWidget()
    here = next((n for n, (part, _i) in enumerate(parts) if _holds(part, focused)), None)
    step = 1 if ahead else -1
    # From outside the parts: to the first, or to the last.
    start = here if here is not None else (-1 if ahead else 0)
    part, inner = parts[(start + step) % len(parts)]
    inner.setFocus(_REASON)
    _bring_into_view(part, inner)
    return True


def _bring_into_view(part: QWidget, inner: QWidget) -> None:
    """Scroll what is around a part until it is seen, and its keys where it is higher than that."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part, 0, 0)
            above.ensureWidgetVisible(inner, 0, 0)
        above = above.parentWidget()


def _parts(window: QWidget) -> list[QFrame]:
    """The outermost surfaces in view, as they are read: by line from the left."""
    shown = [
        frame
        for frame in window.findChildren(QFrame)
        if frame.property("role") in _PARTS and frame.isVisible()
    ]
    outer = [part for part in shown if not any(_is_inside(part, other) for other in shown)]
    return sorted(outer, key=lambda part: _corner(part, window))


def _corner(part: QFrame, window: QWidget) -> tuple[bool, int, int]:
    at = part.mapTo(window, QPoint(0, 0))
    return part.property("role") != "sidebar", at.y(), at.x()


def _is_inside(part: QWidget, other: QWidget) -> bool:
    return other is not part and other.isAncestorOf(part)


def _holds(part: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and part.isAncestorOf(focused)  # of itself too


def _entrance(part: QWidget) -> QWidget | None:
    """What takes the keys in a part; None where nothing does."""
    last: QWidget | None = part.focusWidget()
    if last is not None and last is not part and _takes_keys(last):
        return last
    inside = reading_order.stops(part)
    lists = [w for w in inside if isinstance(w, QAbstractItemView) and _has_rows(w)]
    chosen = [w for w in inside if isinstance(w, QAbstractButton) and w.isChecked()]
    return next(iter([*lists, *chosen, *inside]), None)


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled()


def _has_rows(view: QAbstractItemView) -> bool:
    model: QAbstractItemModel | None = view.model()
    return model is not None and model.rowCount() > 0
