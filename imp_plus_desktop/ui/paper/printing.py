# SPDX-License-Identifier: Apache-2.0
"""A document page by page: as a PDF file, or before the eyes and then on a printer.

    writing_pdf(path, paper, office)       page by page, yields how far it is; whole or not at all
    preview(parent, paper, office, folder)      the system's preview, which prints
    preview_letters(parent, name, sheets, office, folder)      the same of letters, each on its own
                                                               sheets

Each page ends with the document's title, the day and its own number. What leaves is recorded in
the register of the office. Must not know what is printed.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QEvent,
    QIODevice,
    QMarginsF,
    QObject,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetrics,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressDialog, QWidget

from imp_plus_desktop import private
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import ExchangeError, StorageError
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.ui.paper import letter_pages
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.words.servers.snapshot_texts import snapshot_line

Pages = Generator[tuple[int, int], None, None]
"""How many pages are drawn and how many there are, after each."""
_FOOT = 0.35
"""How high the foot of a page is, in inches."""
_FOOT_POINTS = 8.0
_BETWEEN = " · "
_MARGIN_MM = 15.0
_UNFIT = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file has on every system."""
_WAITS_MS = 300
"""What takes longer than that says how far it is."""


def writing_pdf(path: Path, paper: Paper, office: Office) -> Pages:
    """Write a document as PDF on letter paper; nothing where it is closed before its end.

    Errors: ExchangeError cannot_write; StorageError not_recorded.
    """
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(written)
    writer.setTitle(paper.title)
    writer.setCreator("IMP+ Desktop")
    writer.setResolution(300)
    _set_page(writer, paper)
    yield from _drawing(writer, dated(paper, office))
    del writer  # writes the end
    content, out = bytes(written.data().data()), paper.leaving(OutKind.EXPORT, OutForm.PDF)
    try:
        if out is None:
            private.write(path, content)
        else:
            leaving.write(office, path, content, out)
    except OSError as error:
        raise ExchangeError(trouble(error, "cannot_write")) from None
    except ValueError:
        raise ExchangeError("cannot_write") from None


def preview(parent: QWidget, paper: Paper, office: Office, folder: Path) -> Path | None:
    """Show how the document would come out of the printer; the dialog prints it, which is
    recorded. Who prints into a file instead is offered this folder. Returns that file.

    Errors: StorageError not_recorded, before it is shown; printed_unrecorded.
    """
    out = paper.leaving(OutKind.PRINT, OutForm.PAPER)
    if out is not None:
        leaving.ready(office, out.kind, out.paper)
    paper = dated(paper, office)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(paper.name or paper.title)
    _set_page(printer, paper)
    with _proposing(printer, folder):
        printed = _preview(parent, printer, paper.title, lambda asked: _drawing(asked, paper))
    if printed and out is not None:
        _note(office, out, printer)
    return _file_of(printer) if printed else None


def preview_letters(
    parent: QWidget,
    name: str,
    sheets: Mapping[int, letter_pages.Sheet],
    office: Office,
    folder: Path,
) -> Path | None:
    """Show how these letters, each to the person of an id, would come out of the printer; the
    dialog prints them. `name` is what the printer's queue is told: nobody's. Returns and errors
    as `preview`."""
    if not sheets:
        return None
    people = tuple(sheets)
    out = Out(OutKind.PRINT, OutPaper.LETTER, OutForm.PAPER, len(people), people)
    leaving.ready(office, out.kind, out.paper)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)  # a letter brings its own margins
    pages = tuple(sheets.values())
    size = QSizeF(pages[0].width, pages[0].height)
    millimetre = QPageSize.Unit.Millimeter
    printer.setPageSize(QPageSize(size, millimetre))
    with _proposing(printer, folder):
        printed = _preview(parent, printer, name, lambda asked: _drawing_letters(asked, pages))
    if not printed:
        return None
    _note(office, out, printer)
    return _file_of(printer)


def dated(paper: Paper, office: Office) -> Paper:
    """The paper of a snapshot, whose every page says of when it is."""
    line = snapshot_line(office.reading)
    if not line:
        return paper
    return replace(paper, subtitle=" · ".join(filter(None, (line, paper.subtitle))))


def _file_of(printer: QPrinter) -> Path | None:
    """The file that stood in for the printer, where one did."""
    name = printer.outputFileName()
    return Path(name) if name else None


def _note(office: Office, out: Out, printer: QPrinter) -> None:
    """Record what was printed: a file is a file."""
    if _file_of(printer) is not None:
        out = replace(out, form=OutForm.PDF)
    try:
        leaving.note(office, out)
    except StorageError:
        # Paper cannot be taken back.
        raise StorageError("printed_unrecorded") from None


class _Proposing(QObject):
    """Puts the file into the system's dialog that prints, once it is asked for: left to itself, it
    proposes the home folder."""

    def __init__(self, proposed: Path) -> None:
        super().__init__()
        self._proposed = proposed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QPrintDialog) and event.type() == QEvent.Type.Show:
            line = watched.findChild(QLineEdit, "filename")
            if line is not None:
                line.setText(str(self._proposed))
        return False


@contextmanager
def _proposing(printer: QPrinter, folder: Path) -> Iterator[None]:
    """While this lasts, who prints into a file is offered one in this folder."""
    proposed = folder / f"{_UNFIT.sub('-', printer.docName())}.pdf"
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:  # there is no printer
        printer.setOutputFileName(str(proposed))
    app, proposing = QApplication.instance(), _Proposing(proposed)
    if app is not None:
        app.installEventFilter(proposing)
    try:
        yield
    finally:
        if app is not None:
            app.removeEventFilter(proposing)


def _preview(
    parent: QWidget, printer: QPrinter, title: str, drawing: Callable[[QPrinter], Pages]
) -> bool:
    """Show the pages; whether they went to the printer, which closes the preview."""
    stopped = False
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(title)

    def draw(asked: QPrinter) -> None:
        nonlocal stopped
        if not _draw_unless_stopped(drawing(asked), title, dialog):
            stopped = True
            asked.abort()  # of what was sent to a printer by then, nothing is to come out
            QTimer.singleShot(0, dialog.reject)

    dialog.paintRequested.connect(draw)
    # It lays pages out on the printer for as long as it is there, which is longer than this call.
    dialog.destroyed.connect(partial(_let_go, printer))
    dialog.resize(parent.window().size() * 0.9)
    try:
        with private.temporary_files_inside():  # the printing system puts the pages in one
            accepted = dialog.exec() == QPrintPreviewDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
    return accepted and not stopped


def _draw_unless_stopped(drawing: Pages, title: str, parent: QWidget) -> bool:
    """Every page of it; False where somebody did not want to wait for the last one."""
    waiting = QProgressDialog(_("Laying out the pages…"), _("Stop"), 0, 0, parent)
    waiting.setWindowTitle(title)
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(_WAITS_MS)
    try:
        for done, total in drawing:
            waiting.setMaximum(total)
            waiting.setValue(done)
            if waiting.wasCanceled():
                return False
    finally:
        waiting.deleteLater()
    return True


def _let_go(printer: QPrinter) -> None:
    """Nothing needs the printer any more: being called is what kept it until now."""


def _set_page(device: QPagedPaintDevice, paper: Paper) -> None:
    across, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    layout = device.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    layout.setOrientation(across if paper.is_wide else upright)
    layout.setMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
    device.setPageLayout(layout)


def _drawing(device: QPdfWriter | QPrinter, paper: Paper) -> Pages:
    """Every page of it, on a printer or in a file; yields after each."""
    painter = QPainter()
    if not painter.begin(device):
        return  # no such printer: its own dialog has said so
    try:
        yield from _drawn_by(painter, device, paper)
    finally:
        painter.end()


def _drawing_letters(device: QPrinter, sheets: Sequence[letter_pages.Sheet]) -> Pages:
    """Every page of every letter; yields after each letter."""
    painter = QPainter()
    if not painter.begin(device):
        return
    try:
        for number, sheet in enumerate(sheets):
            pages = letter_pages.Pages(sheet, device, device.resolution())
            for page in range(pages.count):
                if number or page:
                    device.newPage()
                pages.draw(painter, page)
            yield number + 1, len(sheets)
    finally:
        painter.end()


def _drawn_by(painter: QPainter, device: QPdfWriter | QPrinter, paper: Paper) -> Pages:
    size = device.pageLayout().paintRectPixels(device.resolution()).size()
    page = QRectF(0, 0, size.width(), size.height())
    body = QSizeF(page.width(), page.height() - _FOOT * device.resolution())
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(device)
    document.setHtml(paper.html())
    document.setPageSize(body)
    count = document.pageCount()
    for number in range(count):
        if number:
            device.newPage()
        _draw_body(painter, document, QRectF(QPointF(0, number * body.height()), body))
        _draw_foot(painter, page, paper, number + 1, count)
        yield number + 1, count


def _draw_body(painter: QPainter, document: QTextDocument, part: QRectF) -> None:
    painter.save()
    painter.translate(0, -part.top())
    painter.setClipRect(part)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = part
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # paper is white in the dark
    context.palette = palette
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, page: QRectF, paper: Paper, number: int, count: int) -> None:
    words = _("Page {number} of {count}")
    said = words.format(number=format_number(number), count=format_number(count))
    painter.save()
    font = QFont(painter.font())
    font.setPointSizeF(_FOOT_POINTS)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.darkGray)
    below = Qt.AlignmentFlag.AlignBottom
    right = painter.fontMetrics().horizontalAdvance(said) * 2
    title = _foot_text(paper, painter.fontMetrics(), round(page.width()) - right)
    painter.drawText(page, below | Qt.AlignmentFlag.AlignLeft, title)
    painter.drawText(page, below | Qt.AlignmentFlag.AlignRight, said)
    painter.restore()


def _foot_text(paper: Paper, metrics: QFontMetrics, room: int) -> str:
    """The title, then as many facts of the subtitle as there is room for; the day, which is the
    last of them, is always there."""
    facts = [part for part in (paper.title, *paper.subtitle.split(_BETWEEN)) if part]
    while len(facts) > 2 and metrics.horizontalAdvance(_BETWEEN.join(facts)) > room:
        facts.pop(-2)
    return metrics.elidedText(_BETWEEN.join(facts), Qt.TextElideMode.ElideRight, room)
