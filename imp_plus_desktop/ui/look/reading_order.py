# SPDX-License-Identifier: Apache-2.0
"""Tab goes as one reads: line by line from the left, and one surface to its end before the next.

    step(window, ahead) -> bool      the keys to the next widget, or to the one before, round the
                                     end; whether there was one
    stops(root) -> list[QWidget]     what takes the keys by Tab inside `root`, as it is read

Qt goes in the order in which widgets were made: what is made later than its neighbours, such as a
panel that is filled when the choice rests, would come last. Asked anew at each press, from where
things stand. Must not know any page.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QScrollArea, QWidget

_SLACK = 3
"""Pixels by which two lines may overlap: controls of one height stand in rows of another."""
_Edges = Callable[[QRect], tuple[int, int]]


def step(window: QWidget, ahead: bool) -> bool:
    """Give the keys to the next widget of a window, or to the one before; whether there was one.

    False too where the system's own habit is to leave buttons out: Qt knows which.
    """
    habit = QGuiApplication.styleHints().tabFocusBehavior()
    if habit != Qt.TabFocusBehavior.TabFocusAllControls:
        return False
    focused: QWidget | None = window.focusWidget()
    order = list(_read(window, focused))
    takers = [widget for widget in order if _takes_keys(widget)]
    if not takers:
        return False
    if not ahead:
        order, takers = order[::-1], takers[::-1]
    after = order.index(focused) + 1 if focused in order else 0
    _give_keys(next((w for w in order[after:] if _takes_keys(w)), takers[0]), ahead)
    return True


def stops(root: QWidget) -> list[QWidget]:
    """What takes the keys by Tab inside a widget, itself left out, as it is read."""
    return [widget for widget in _read(root, None) if _takes_keys(widget)]


def _read(root: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    """What takes the keys by Tab, and what has them, in the order of reading."""
    if isinstance(root, QAbstractItemView):
        return  # its header, which may be exchanged for another, and what it scrolls
    inside = [
        child
        for child in root.children()
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow()
    ]
    # What has nothing to stop at is not laid in order: it would only cut lines asunder.
    within = {child: list(_read(child, focused)) for child in inside}
    holding = [child for child in inside if within[child] or _is_stop(child, focused)]
    for child in _in_lines(holding):
        if _is_stop(child, focused):
            yield child
        yield from within[child]


def _is_stop(widget: QWidget, focused: QWidget | None) -> bool:
    return widget is focused or _takes_keys(widget)


def _takes_keys(widget: QWidget) -> bool:
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    beside = _choice(widget) if isinstance(widget, QAbstractButton) else ()
    if chosen := [button for button in beside if button.isChecked()]:
        # The chosen one: arrows go to the others. Qt has Tab stop at the one that had the keys
        # last, even when another was chosen since.
        return widget in chosen and any(_is_for_tab(button) for button in beside)
    return _is_for_tab(widget)


def _is_for_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _choice(button: QAbstractButton) -> Sequence[QAbstractButton]:
    """The buttons of which one alone can be chosen, this one among them; empty if it is none."""
    if (group := button.group()) is not None:
        return group.buttons() if group.exclusive() else ()
    above = button.parentWidget()
    if not button.autoExclusive() or above is None:
        return ()
    beside = (child for child in above.children() if isinstance(child, QAbstractButton))
    return [other for other in beside if other.autoExclusive() and other.group() is None]


def _in_lines(widgets: Sequence[QWidget]) -> list[QWidget]:
    """Widgets beside each other in the order of reading: in lines, else in columns, else by where
    they begin."""
    if len(widgets) < 2:
        return list(widgets)
    for edges in (_lines, _columns):
        parts = _cut(widgets, edges)
        if len(parts) > 1:
            return [widget for part in parts for widget in _in_lines(part)]
    return sorted(widgets, key=lambda widget: (widget.y(), widget.x()))


def _lines(rect: QRect) -> tuple[int, int]:
    return rect.top(), rect.bottom()


def _columns(rect: QRect) -> tuple[int, int]:
    return rect.left(), rect.right()


def _cut(widgets: Sequence[QWidget], edges: _Edges) -> list[list[QWidget]]:
    """The widgets in groups between which a straight line can be drawn."""
    parts: list[list[QWidget]] = []
    reach = 0
    for widget in sorted(widgets, key=lambda widget: edges(widget.geometry())):
        begin, end = edges(widget.geometry())
        if not parts or begin > reach - _SLACK:
            parts.append([])
            reach = end
        parts[-1].append(widget)
        reach = max(reach, end)
    return parts


def _give_keys(widget: QWidget, ahead: bool) -> None:
    reason = Qt.FocusReason.TabFocusReason if ahead else Qt.FocusReason.BacktabFocusReason
    widget.setFocus(reason)
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
