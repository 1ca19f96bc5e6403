# SPDX-License-Identifier: Apache-2.0
"""Saves the workbooks that openpyxl edits, without the temporary files in which it would put every
sheet: they stay on the disk when the process is killed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from imp_plus_desktop import private


def save_book(book: Any, path: Path) -> None:
    """Write an openpyxl workbook into a file that was made for it. Raises OSError."""
    # A third of a second to import.
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):  # type: ignore[misc]  # it carries no types
        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = _drawing_of(ws)  # noqa: SLF001 - as its own method does
            writer = WorksheetWriter(ws, io.BytesIO())
            writer.write()
            ws._rels = writer._rels  # noqa: SLF001
            self._archive.writestr(ws.path[1:], writer.out.getvalue())
            self.manifest.append(ws)

    packed = io.BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        InMemory(book, archive).save()
    private.copy_into(path, packed)


def _drawing_of(ws: Any) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

    drawing = SpreadsheetDrawing()
    drawing.charts, drawing.images = ws._charts, ws._images  # noqa: SLF001
    return drawing
