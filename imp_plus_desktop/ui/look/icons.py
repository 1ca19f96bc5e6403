# SPDX-License-Identifier: Apache-2.0
"""Line icons, drawn from `resources/icons/*.svg` in the colours of the theme in use.

`dress(target, name, tone)` gives a button or an action its icon and remembers which; after a
change of theme `redress(root)` colours the icons below `root` anew. Must not hold a text.
"""

from functools import cache

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from imp_plus_desktop.paths import resource
from imp_plus_desktop.ui.look import theme

SIZE = 18
_NAME = "icon_name"
_TONE = "icon_tone"


def pixmap(name: str, colour: QColor, size: int = SIZE) -> QPixmap:
    """The icon `name` in one colour, `size` device-independent pixels wide."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    key = f"{name} {colour.name(QColor.NameFormat.HexArgb)} {size} {ratio}"
    made = QPixmap()
    if QPixmapCache.find(key, made):  # most icons stand in many places
        return made
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(_drawing(name)).render(painter, QRectF(0, 0, size, size))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, size, size), colour)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def icon(name: str, tone: str = "text") -> QIcon:
    """The icon `name`; `tone` is a token of the theme (`text`, `secondary`, `on_accent`, …)."""
    colours = theme.current()
    made = QIcon(pixmap(name, QColor(getattr(colours, tone))))
    faded = QColor(colours.secondary)
    faded.setAlphaF(0.6)
    made.addPixmap(pixmap(name, faded), QIcon.Mode.Disabled)
    return made


def dress(target: QAbstractButton | QAction, name: str, tone: str = "text") -> None:
    """Give `target` an icon that `redress` will find again."""
    target.setProperty(_NAME, name)
    target.setProperty(_TONE, tone)
    target.setIcon(icon(name, tone))


def redress(root: QObject) -> None:
    """Colour the icons of `root` and everything below it for the theme in use."""
    buttons: list[QAbstractButton | QAction] = [*root.findChildren(QAbstractButton)]
    for target in [*buttons, *root.findChildren(QAction)]:
        name = target.property(_NAME)
        if name:
            target.setIcon(icon(name, target.property(_TONE)))


@cache
def _drawing(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()
