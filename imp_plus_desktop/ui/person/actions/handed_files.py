# SPDX-License-Identifier: Apache-2.0
"""A file that is dropped or pasted: from a folder, out of a message of Outlook, or a picture.

    handed(data) -> str | Handed | None     one file as a path, or its name and bytes; else None
    pasted() -> str | Handed | None         what was copied, a picture as PNG

Outlook gives no path: it tells the names in `FileGroupDescriptorW` and the bytes in
`FileContents` (Windows Shell clipboard formats). Must not write anything.
"""

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImageWriter

from imp_plus_desktop.i18n import pgettext
from imp_plus_desktop.services.people.attachments import Handed

_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
_GROUP, _CONTENTS = (
    _WINDOWS.format(name="FileGroupDescriptorW"),
    _WINDOWS.format(name="FileContents"),
)
_COUNT, _DESCRIPTOR, _NAME_AT, _NAME = 4, 592, 72, 520
"""Bytes of the count, of a FILEDESCRIPTORW, before its name, and of the name itself."""


def handed(data: QMimeData) -> str | Handed | None:
    """The one file that is handed over; of several none, since each is another document."""
    if data.hasFormat(_GROUP):
        return _of_outlook(data)
    if data.hasUrls():
        urls = data.urls()
        return urls[0].toLocalFile() or None if len(urls) == 1 else None
    return None


def is_handed(data: QMimeData) -> bool:
    """Whether it may be one, told without asking for its bytes."""
    urls = data.urls()
    return data.hasFormat(_GROUP) or (len(urls) == 1 and bool(urls[0].toLocalFile()))


def pasted() -> str | Handed | None:
    """What was copied last, if it is one file or a picture.

    To be asked for in the slot of an action, and not to be kept: the clipboard frees what it has
    as soon as something else is copied.
    """
    board = QGuiApplication.clipboard()
    data = cast("QMimeData | None", board.mimeData())
    if data is None:  # nothing was copied yet
        return None
    if is_handed(data) or data.hasUrls():
        return handed(data)
    if not data.hasImage():
        return None
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(written, QByteArray(b"png")).write(board.image()):
        return None
    name = pgettext("file name", "pasted picture")
    return Handed(f"{name}.png", bytes(written.data().data()))


def _of_outlook(data: QMimeData) -> Handed | None:
    group = bytes(data.data(_GROUP).data())
    if int.from_bytes(group[:_COUNT], "little") != 1 or len(group) < _COUNT + _DESCRIPTOR:
        return None
    start = _COUNT + _NAME_AT
    name = group[start : start + _NAME].decode("utf-16-le", "replace").split("\0", 1)[0]
    content = bytes(data.data(_CONTENTS).data())
    return Handed(name, content) if name and content else None
