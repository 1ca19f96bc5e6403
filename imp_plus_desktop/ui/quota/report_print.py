# SPDX-License-Identifier: Apache-2.0
"""A report on paper: as a PDF file, or before the eyes and then on a printer.

    Paper(title, subtitle, header, rows, notes, corrections)     words, already in the language
    write_pdf(path, paper)         whole or not at all
    preview(parent, paper)         the system's preview, which prints

Must not count anything: words and numbers come in.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.plain_files import trouble

_STYLE = (
    "body{font-family:'Inter','Helvetica','Arial',sans-serif;font-size:10pt;color:#1d2430}"
    "h1{font-size:16pt;font-weight:600;margin-bottom:4px} p{margin-top:6px;margin-bottom:6px}"
    "h2{font-size:11pt;font-weight:600;margin-top:18px} table{margin-top:12px;margin-bottom:12px}"
    ".quiet{color:#667085} th{font-weight:600;color:#667085}"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as it is written; the first column of each row is its label."""

    title: str
    subtitle: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    def html(self) -> str:
        """The page; nothing that comes from the register can be read as markup."""
        cells = "".join(_row(row) for row in self.rows)
        notes = "".join(f"<p class='quiet'>{escape(note)}</p>" for note in self.notes)
        since = ""
        if self.corrections:
            lines = "".join(f"<p>{escape(line)}</p>" for line in self.corrections)
            since = f"<h2>{escape(_('Corrected since'))}</h2>{lines}"
        return (
            f"<html><head><style>{_STYLE}</style></head><body><h1>{escape(self.title)}</h1>"
            f"<p class='quiet'>{escape(self.subtitle)}</p>"
            f"<table width='100%' cellspacing='0' cellpadding='5'>{_row(self.header, 'th')}{cells}"
            f"</table>{since}{notes}</body></html>"
        )


def write_pdf(path: Path, paper: Paper) -> None:
    """Write a report as PDF on letter paper. Errors: ExchangeError cannot_write."""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(written)
    writer.setTitle(paper.title)
    writer.setCreator("IMP+ Desktop")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setPageOrientation(QPageLayout.Orientation.Portrait)
    _document(paper).print_(writer)
    del writer  # writes the end
    try:
        private.write(path, bytes(written.data().data()))
    except OSError as error:
        raise ExchangeError(trouble(error, "cannot_write")) from None
    except ValueError:
        raise ExchangeError("cannot_write") from None


def preview(parent: QWidget, paper: Paper) -> None:
    """Show how the report would come out of the printer; the dialog prints it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setDocName(paper.title)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(paper.title)
    document = _document(paper)
    dialog.paintRequested.connect(document.print_)
    dialog.resize(parent.window().size() * 0.9)
    try:
        with private.temporary_files_inside():  # the printing system puts the pages in one
            dialog.exec()
    finally:
        dialog.deleteLater()


def _document(paper: Paper) -> QTextDocument:
    # Without a page size of its own, it takes that of the paper, with margins and page numbers.
    document = QTextDocument()
    document.setHtml(paper.html())
    return document


def _row(cells: tuple[str, ...], tag: str = "td") -> str:
    first, *others = cells
    right = "".join(f"<{tag} align='right'>{escape(cell)}</{tag}>" for cell in others)
    return f"<tr><{tag} align='left'>{escape(first)}</{tag}>{right}</tr>"
