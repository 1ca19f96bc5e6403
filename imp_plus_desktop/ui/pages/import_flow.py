# SPDX-License-Identifier: Apache-2.0
"""The import of one list in four steps: file, columns, check, summary. Nothing is stored before
the last.

    ImportFlow(shell, parent=None)
        start(path), retranslate(), focus_search() -> bool
        step() -> 0..3, go_on(), go_back()             what the buttons do
        .file, .columns, .check, .summary              the steps
        signals: closed(), review_asked(object)        the act whose held rows are wanted

Reading, planning and writing run away from the window through the shell's tasks. Must not read a
file or decide anything itself.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from imp_plus_desktop.domain.errors import AppError, Cancelled
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services import history, imports, standing
from imp_plus_desktop.services.history import Undone
from imp_plus_desktop.services.imports import Imported, Preview, SheetMapping
from imp_plus_desktop.services.messages import error_text
from imp_plus_desktop.services.progress import Progress
from imp_plus_desktop.ui import theme
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.pages.import_check import CheckStep
from imp_plus_desktop.ui.pages.import_columns import ColumnsStep
from imp_plus_desktop.ui.pages.import_file import FileStep
from imp_plus_desktop.ui.pages.import_summary import SummaryStep
from imp_plus_desktop.ui.pages.import_words import import_button
from imp_plus_desktop.ui.shell import Shell
from imp_plus_desktop.ui.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, label

FILE, COLUMNS, CHECK, SUMMARY = range(4)
_AMBIGUOUS = "ambiguous_dates"


class ImportFlow(QWidget):
    """One import, from the file to what it did."""

    closed = Signal()
    review_asked = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._forget()
        self._title = label(role="title")
        self._trail = [label() for _place in range(SUMMARY + 1)]
        self.file, self.columns = FileStep(), ColumnsStep()
        self.check, self.summary = CheckStep(), SummaryStep()
        self._steps = QStackedWidget()
        self._note = label(role="secondary")
        self._bar = QProgressBar()
        self.back, self.rejects = button(), button()
        self.next = button(role="accent")
        self._lay_out()
        self._connect()
        self.retranslate()

    # What the page and the tests ask for.
    def start(self, path: Path) -> None:
        """Begin with a file."""
        self._forget(path)
        self._read(FILE)

    def leave(self) -> None:
        """Forget the file and its plan, as when another register is opened."""
        self._forget()
        self.show_step(FILE)

    def step(self) -> int:
        """The step shown, from 0."""
        return self._steps.currentIndex()

    def go_on(self) -> None:
        """To the next step; from the third, the import itself."""
        if self.step() == FILE and self._preview is not None:
            self.show_step(COLUMNS)
        elif self.step() == COLUMNS:
            changed = dict(self.columns.mappings())
            if changed:
                self._mappings |= changed
                self._read(CHECK)
            else:
                self.show_step(CHECK)
        elif self.step() == CHECK:
            self._commit()
        elif self.step() == SUMMARY:
            self.closed.emit()

    def go_back(self) -> None:
        """To the step before; from the first, out of the import. While it works: stop."""
        if self._busy:
            self._shell.tasks.stop()
        elif self.step() == FILE:
            self.closed.emit()
        else:
            self.show_step(self.step() - 1)

    def focus_search(self) -> bool:
        """Go into the filter of the rows, where there is one."""
        if self.step() == CHECK:
            self.check.filter.focus_search()
        return self.step() == CHECK

    def preview(self) -> Preview | None:
        """The plan as it stands."""
        return self._preview

    def act(self) -> int | None:
        """The act of the import that was just done."""
        return self._imported.act if self._imported is not None else None

    def retranslate(self) -> None:
        for part in (self.file, self.columns, self.check, self.summary):
            part.retranslate()
        self.rejects.setText(_("Save the rejected rows…"))
        self._bar.setAccessibleName(_("Progress"))
        self._show_words()

    # Reading.
    def _forget(self, path: Path | None = None) -> None:
        self._path = path
        self._preview: Preview | None = None
        self._imported: Imported | None = None
        self._sheet: str | None = None
        self._order: str | None = None
        self._mappings: dict[str, SheetMapping] = {}
        self._kept_mappings: dict[str, SheetMapping] = {}
        self._then = FILE
        self._busy = False

    def _read(self, then: int) -> None:
        """Read the file as it is now asked to be read, and go to a step."""
        path = self._path
        if path is None:
            return
        self._then = then
        if then == FILE:
            self._preview = None
            self.file.show_reading(path.name)
            self._steps.setCurrentIndex(FILE)
        job = partial(_open, self._shell, path, self._sheet, self._order, dict(self._mappings))
        self._run(_("Reading {name}…").format(name=path.name), job, self._on_read)

    def _run(
        self, text: str, job: Callable[[Progress], object], on_result: Callable[[object], None]
    ) -> None:
        self._busy = True
        self._show_words()
        if not self._shell.start(text, job, on_result, self._on_failed):
            self._busy = False
            self._show_words()

    def _on_read(self, preview: object) -> None:
        assert isinstance(preview, Preview)
        self._busy = False
        self._preview = preview
        self._kept_mappings = dict(self._mappings)
        self.file.show_preview(preview, self._sheet)
        self.columns.show_preview(preview)
        self.check.show_preview(preview)
        self.show_step(self._then)

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, AppError) and self._then == FILE and self._path is not None:
            self._preview = None
            if error.code == _AMBIGUOUS:
                self.file.ask_order(self._path.name, str(error.parameters.get("column", "")))
            else:
                self.file.show_error(self._path.name, error_text(error))
            self.show_step(FILE)
            return
        # What was read before still stands; only the last change by hand did not hold.
        self._mappings = dict(self._kept_mappings)
        if self._preview is not None and self.step() == COLUMNS:
            self.columns.show_preview(self._preview)
        self._shell.reporter.report(error)
        self._show_words()

    # Writing.
    def _commit(self) -> None:
        if self._preview is None:
            return
        self._then = CHECK
        job = partial(_commit, self._shell, self._preview)
        self._run(_("Importing…"), job, self._on_committed)

    def _on_committed(self, imported: object) -> None:
        assert isinstance(imported, Imported)
        self._busy = False
        self._imported = imported
        self.summary.show_imported(imported)
        self.show_step(SUMMARY)
        self._shell.changed(self.summary.headline() + ".", imported.act)

    def _on_undo_clicked(self) -> None:
        if self._imported is None or self._imported.act is None:
            return
        self._shell.take_back(self._imported.act, self._on_undone)

    def _on_undone(self, undone: history.Undone) -> None:
        self.summary.show_undone()
        self._shell.changed(undone_text(undone))

    def _on_rejects_clicked(self) -> None:
        if self._preview is not None:
            save_rejects(self._shell, self, self._preview)

    # What is shown.
    def show_step(self, step: int) -> None:
        """Show a step, as it is."""
        self._steps.setCurrentIndex(step)
        self._show_words()
        first = self.summary.people if step == SUMMARY else self.next
        if first.isEnabled():
            first.setFocus()

    def _show_words(self) -> None:
        step, preview = self.step(), self._preview
        name = self._path.name if self._path is not None else ""
        self._title.setText(_("Import {name}").format(name=name))
        self._show_trail(step)
        self._note.setText(self._note_text(step))
        self._bar.setVisible(self._busy)
        self.back.setText(self._back_text(step))
        self.back.setVisible(self._busy or step != SUMMARY)
        rejected = preview.counts.rejected if preview is not None else 0
        self.rejects.setVisible(step == CHECK and bool(rejected))
        self.rejects.setEnabled(not self._busy)
        text, enabled = self._next_text(step)
        self.next.setText(text)
        self.next.setEnabled(enabled and not self._busy)
        theme.set_role(self.next, "" if step == SUMMARY else "accent")
        self._steps.setEnabled(not self._busy)

    def _show_trail(self, step: int) -> None:
        names = (_("File"), _("Columns"), _("Check"), _("Summary"))
        for place, (shown, name) in enumerate(zip(self._trail, names, strict=True)):
            done = place < step or self._imported is not None
            text = f"{place + 1} {name}" + (" ✓" if done and place != step else "")
            shown.setText(text)
            now = place == step
            theme.set_role(
                shown, "heading" if now else "secondary", Tone.ACCENT if now else Tone.PLAIN
            )

    def _note_text(self, step: int) -> str:
        if self._busy:
            return self._shell.tasks.text
        if step == SUMMARY:
            return ""
        return _("Nothing is stored yet.")

    def _back_text(self, step: int) -> str:
        if self._busy:
            return _("Stop")
        return _("Cancel") if step == FILE else _("Back")

    def _next_text(self, step: int) -> tuple[str, bool]:
        """What the one strong button says, and whether it can be pressed."""
        if step == FILE:
            return _("Continue"), self._preview is not None
        if step == COLUMNS:
            return _("Continue"), self.columns.is_ready()
        if step == SUMMARY:
            return _("Close"), True
        text = import_button(self._preview) if self._preview is not None else ""
        return text or _("Nothing to import"), bool(text)

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_stopped(self) -> None:
        if not self._busy:
            return
        self._busy = False
        if self._preview is None and self._path is not None:
            self.file.show_error(self._path.name, error_text(Cancelled()))
        self._show_words()

    def _on_other_file_asked(self) -> None:
        path = files.ask_list(self)
        if path is not None:
            self.start(path)

    def _on_order_chosen(self, order: str) -> None:
        self._order = order
        self._read(FILE)

    def _on_sheet_chosen(self, sheet: object) -> None:
        self._sheet = sheet if isinstance(sheet, str) else None
        self._mappings = {}
        self._read(FILE)

    def _on_header_row_chosen(self, sheet: str, row: int) -> None:
        self._mappings[sheet] = SheetMapping(None, row)
        self._read(COLUMNS)

    def _on_columns_edited(self) -> None:
        self._show_words()

    def _on_review_clicked(self) -> None:
        self.review_asked.emit(self._imported.act if self._imported is not None else None)

    def _on_people_clicked(self) -> None:
        self.closed.emit()
        self._shell.go("people")

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.rejects.clicked.connect(self._on_rejects_clicked)
        self.file.other_file_asked.connect(self._on_other_file_asked)
        self.file.order_chosen.connect(self._on_order_chosen)
        self.file.sheet_chosen.connect(self._on_sheet_chosen)
        self.columns.header_row_chosen.connect(self._on_header_row_chosen)
        self.columns.edited.connect(self._on_columns_edited)
        self.summary.undo_clicked.connect(self._on_undo_clicked)
        self.summary.rejects_clicked.connect(self._on_rejects_clicked)
        self.summary.review_clicked.connect(self._on_review_clicked)
        self.summary.people_clicked.connect(self._on_people_clicked)
        self._shell.tasks.progressed.connect(self._on_progressed)
        self._shell.tasks.stopped.connect(self._on_stopped)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self._title, 1)
        for place, shown in enumerate(self._trail):
            if place:
                head.addWidget(label("—", "secondary"))
            head.addWidget(shown)
        for part in (self.file, self.columns, self.check, self.summary):
            self._steps.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space(3))
        self._bar.setFixedWidth(theme.metrics().body * 14)
        self._title.setMinimumWidth(1)
        foot.addWidget(self._note)
        foot.addWidget(self._bar)
        foot.addStretch(1)
        for made in (self.back, self.rejects, self.next):
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addLayout(head)
        layout.addWidget(self._steps, 1)
        layout.addLayout(foot)


def undone_text(undone: Undone) -> str:
    """What an undo did, with what it left alone."""
    kept = len(undone.kept)
    if not kept:
        return _("Undone.")
    return ngettext(
        "Undone; {count} value changed since was kept.",
        "Undone; {count} values changed since were kept.",
        kept,
    ).format(count=format_number(kept))


def save_rejects(shell: Shell, parent: QWidget, preview: Preview) -> None:
    """Ask where the rejected rows go, and write them."""
    name = _("{name}-rejected").format(name=Path(preview.file_name).stem)
    path = files.ask_save(parent, _("Save the rejected rows"), name, "workbook")
    if path is None:
        return
    rows = imports.save_rejects(shell.office, preview, path)
    text = ngettext("{count} row saved: {name}", "{count} rows saved: {name}", rows)
    shell.say_saved(text.format(count=format_number(rows), name=path.name), path)


def _open(
    shell: Shell,
    path: Path,
    sheet: str | None,
    order: str | None,
    mappings: dict[str, SheetMapping],
    progress: Progress,
) -> Preview:
    return imports.open_file(
        shell.office, path, sheet=sheet, date_order=order, mappings=mappings, progress=progress
    )


def _commit(shell: Shell, preview: Preview, progress: Progress) -> Imported:
    imported = imports.commit(shell.office, preview, progress=progress)
    # The lists need it next: better made here than while the window waits.
    standing.refresh(shell.office)
    return imported
