# SPDX-License-Identifier: Apache-2.0
"""The program's icon in the form that Windows reads, made from the one drawing.

write(path)      an .ico of PNG pictures, sizes in pixels from a title bar's to a large view's
"""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_HEAD, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")
_ICON, _PLANES, _BITS = 1, 1, 32


def write(path: Path) -> None:
    """Draw the icon in each size into one file."""
    pictures = [_png(size) for size in SIZES]
    path.parent.mkdir(parents=True, exist_ok=True)
    start = _HEAD.size + _ENTRY.size * len(SIZES)
    entries = []
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # a byte, in which 0 stands for 256
        entries.append(_ENTRY.pack(side, side, 0, 0, _PLANES, _BITS, len(picture), start))
        start += len(picture)
    path.write_bytes(b"".join((_HEAD.pack(0, _ICON, len(SIZES)), *entries, *pictures)))


def _png(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())
