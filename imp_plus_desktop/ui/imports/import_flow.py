# SPDX-License-Identifier: Apache-2.0
"""The import of one list in four steps: file, columns, check, summary. Nothing is stored before
the last.

    ImportFlow(shell, parent=None)
        start(path), start_pasted(text), retranslate(), focus_search() -> bool
        step() -> 0..3, go_on(), go_back()             what the buttons do
        .file, .columns, .check, .summary              the steps
        unstored(), take_back(), bring_back()          undo and redo of the corrections
        signals: closed(), review_asked(object)        the act whose held rows are wanted

Reading, planning and writing run away from the window through the shell's tasks. Must not read a
file or decide anything itself.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_source
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.imports import (
    Choices,
    Imported,
    Preview,
    Repair,
    SheetMapping,
)
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.undo_rest import take_back_listed
from imp_plus_desktop.ui.imports import import_work
from imp_plus_desktop.ui.imports.import_afterwards import save_rejects, undone_text
from imp_plus_desktop.ui.imports.import_work import Opened
from imp_plus_desktop.ui.imports.steps.import_check import CheckStep
from imp_plus_desktop.ui.imports.steps.import_columns import ColumnsStep
from imp_plus_desktop.ui.imports.steps.import_corrections import correction_name, may_leave_out
from imp_plus_desktop.ui.imports.steps.import_file import FileStep
from imp_plus_desktop.ui.imports.steps.import_presenter import import_button
from imp_plus_desktop.ui.imports.steps.import_summary import SummaryStep
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.pages.page import Unstored
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import Job
from imp_plus_desktop.ui.widgets.frames import Pages
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text

FILE, COLUMNS, CHECK, SUMMARY = range(4)
_NUMBER = re.compile(r"\d(?:[\d\s,]*\d)?")


class ImportFlow(QWidget):
    """One import, from the file to what it did."""

    closed = Signal()
    review_asked = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._forget()
        self._title = label(role="title", elide=True)
        self._trail = [label() for _place in range(SUMMARY + 1)]
        self.file, self.columns = FileStep(), ColumnsStep()
        self.check, self.summary = CheckStep(shell), SummaryStep()
        self._steps = Pages()
        self._note = label(role="secondary", elide=True)
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
        self._read(afresh=True)

    def start_pasted(self, text: str) -> None:
        """Begin with cells copied from a spreadsheet."""
        self._forget(Path(import_source.pasted_name()), text)
        self._read(afresh=True)

    def leave(self) -> None:
        """Forget the file and its plan, as when another register is opened."""
        self._forget()
        self.show_step(FILE)

    def step(self) -> int:
        """The step shown, from 0."""
        return self._steps.currentIndex()

    def go_on(self) -> None:
        """To the next step; from the third, the import itself, or out where it would do nothing."""
        if self.step() == FILE and (self._preview is not None or self._maps_by_hand()):
            self.show_step(COLUMNS)
        elif self.step() == COLUMNS:
            changed = dict(self.columns.mappings())
            proper = self.columns.proper_case()
            if changed or proper is not self._proper_case():
                mappings = {**self._choices.mappings, **changed}
                self._plan(CHECK, replace(self._choices, mappings=mappings, proper_case=proper))
            else:
                self.show_step(CHECK)
        elif self.step() == CHECK and self._has_work():
            self._ask_and_commit()
        elif self.step() in (CHECK, SUMMARY):
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

    def unstored(self) -> Unstored | None:
        """The import under way, of which nothing is stored before its last step."""
        if self._path is None or self._imported is not None:
            return None
        nothing = _("Nothing of this import is stored yet: there is no correction to take back.")
        if self.step() != CHECK:
            return Unstored(nothing)
        made, gone = self._choices.repairs[-1:], self._taken_back[-1:]
        names = ["".join(map(correction_name, repairs)) for repairs in (made, gone)]
        return Unstored(nothing, *names)

    def take_back(self) -> None:
        """Take back the correction made last."""
        repairs = self._choices.repairs
        if self.step() == CHECK and repairs and self._may_plan():
            self._taken_back.append(repairs[-1])
            self._said = _("Undone: {act}").format(act=correction_name(repairs[-1]))
            self._plan(CHECK, replace(self._choices, repairs=repairs[:-1]))

    def bring_back(self) -> None:
        """Bring back the correction that was taken back last."""
        if self.step() == CHECK and self._taken_back and self._may_plan():
            repair = self._taken_back.pop()
            self._said = _("Redone: {act}").format(act=correction_name(repair))
            self._plan(CHECK, replace(self._choices, repairs=(*self._choices.repairs, repair)))

    def retranslate(self) -> None:
        for part in (self.file, self.columns, self.check, self.summary):
            part.retranslate()
        self.rejects.setText(_("Save the rejected rows…"))
        set_name(self._bar, _("Progress"))
        self._show_words()

    # Reading.
    def _forget(self, path: Path | None = None, pasted: str | None = None) -> None:
        self._path = path
        self._pasted = pasted
        self._opened: Opened | None = None
        self._draft: Draft | None = None
        self._preview: Preview | None = None
        self._imported: Imported | None = None
        self._choices = self._kept = Choices()
        self._taken_back: list[Repair] = []
        self._said = ""
        self._left_out = 0
        self._then = FILE
        self._busy = False

    def _maps_by_hand(self) -> bool:
        """Whether no list was found, and a person may say what the columns are."""
        question = self._opened.question if self._opened is not None else None
        unknown = question is not None and question.code == import_work.NO_LIST
        return unknown and self.columns.by_hand()

    def _has_work(self) -> bool:
        """Whether the import would change anything."""
        return self._preview is not None and bool(import_button(self._preview))

    def _proper_case(self) -> bool | None:
        """Whether names in capitals are put right as things are; None where there are none."""
        sheets = self._preview.sheets if self._preview is not None else ()
        found = [sheet.parsed.proper_case for sheet in sheets if sheet.parsed.capitals]
        return any(found) if found else None

    def _read(self, *, afresh: bool = False) -> None:
        """Read the file from the beginning, as it is now asked to be read; `afresh` as it was left
        when its import was not finished."""
        path = self._path
        if path is None:
            return
        self._then = FILE
        self._preview = None
        self.columns.show_preview(None)
        self.file.show_reading(path.name)
        self._steps.setCurrentIndex(FILE)
        choices = None if afresh else self._choices
        if self._pasted is None:
            job: Job = partial(import_work.read_file, self._shell, path, choices)
        else:
            job = partial(import_work.read_text, self._shell, self._pasted, choices)
        self._run(_("Reading {name}…").format(name=path.name), job, self._on_read)

    def _plan(self, then: int, choices: Choices) -> None:
        """Plan what was read, chosen otherwise, and go to a step."""
        if self._opened is None:
            return
        self._then = then
        self._choices = choices
        job = partial(import_work.plan_again, self._shell, self._opened.source, choices)
        self._run(_("Checking the rows…"), job, self._on_read)

    def _run(self, text: str, job: Job, on_result: Callable[[object], None]) -> None:
        self._busy = True
        self._show_words()
        if not self._shell.start(text, job, on_result, self._on_failed):
            self._busy = False
            self._choices, self._said = self._kept, ""
            self._show_words()

    def _may_plan(self) -> bool:
        """Whether another plan can be asked for; says why not."""
        if self._shell.tasks.is_busy():
            text = _("Please wait until this is done: {task}").format(task=self._shell.tasks.text)
            self._shell.say(text)
        return not self._shell.tasks.is_busy()

    def _on_read(self, opened: object) -> None:
        assert isinstance(opened, Opened)
        self._busy = False
        if opened.draft is not None:
            self._draft, self._choices = opened.draft, opened.draft.choices
        if opened.question is not None:
            self._ask(opened)
            return
        assert opened.preview is not None
        again = self._opened is not None and self._then == CHECK == self.step()
        self._opened, self._preview = opened, opened.preview
        self._kept = self._choices
        self.file.show_preview(opened.preview, self._choices.sheet)
        self.columns.show_preview(opened.preview, opened.raw)
        self.check.show_draft(self._draft)
        self.check.show_preview(opened.preview, opened.compared, opened.novelty, again=again)
        self.show_step(self._then)
        if self._said:
            self._shell.say(self._said)
            self._said = ""

    def _ask(self, opened: Opened) -> None:
        """A question that a person can answer: which columns, or which order of the dates."""
        name = self._path.name if self._path is not None else ""
        question = opened.question
        assert question is not None
        self._opened, self._preview = opened, None
        if question.code == import_work.AMBIGUOUS:
            self.file.ask_order(name, str(question.parameters.get("column", "")))
        else:
            self.columns.show_preview(None, opened.raw)
            hidden = [sheet.name for sheet in opened.source.workbook.sheets if sheet.hidden]
            self.file.show_no_list(name, bool(opened.raw), hidden, self._choices.sheet)
        self.show_step(FILE)

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, AppError) and self._opened is None and self._path is not None:
            self._preview = None
            self.file.show_error(self._path.name, error_text(error))
            self.show_step(FILE)
            return
        # What was read before still stands; only the last change by hand did not hold.
        self._choices, self._said = self._kept, ""
        if self._opened is not None and self.step() == COLUMNS:
            self.columns.show_preview(self._preview, self._opened.raw)
        self._shell.reporter.report(error)
        self._show_words()
        if self.step() == CHECK:
            self.check.focus_rows()

    # Writing.
    def _ask_and_commit(self) -> None:
        """Import; where rows stay out, only after one has been told how many."""
        if self._preview is None:
            return
        rejected = self._preview.counts.rejected
        if rejected != self._left_out and not may_leave_out(self, self._preview):
            self.check.show_rejected()
            return
        self._left_out = rejected
        self._commit()

    def _commit(self) -> None:
        if self._preview is None:
            return
        self._then = CHECK
        job = partial(import_work.commit, self._shell, self._preview)
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
        take_back_listed(self._shell, self, self._imported.act, self._on_undone)

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
        if step == FILE and self.file.focus_question():
            return
        if step == CHECK:
            # Never on the button that imports: one Enter too many would do it unseen.
            self.check.focus_rows()
            return
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
        self._keep_room_of_next(step, preview)
        self.next.setEnabled(enabled and not self._busy)
        theme.set_role(self.next, "" if step == SUMMARY else "accent")
        if self._busy:
            self.setFocus()  # else the keys would be given to the button that stops it
        self._steps.setEnabled(not self._busy)
        self._shell.state_changed()

    def _keep_room_of_next(self, step: int, preview: Preview | None) -> None:
        """While cells are mended its number grows, and nothing beside it moves for that."""
        if step != CHECK or preview is None:
            self.next.setMinimumWidth(0)
            return
        text, metrics = self.next.text(), self.next.fontMetrics()
        most = format_number(sum(len(sheet.rows) for sheet in preview.sheets))
        widest = metrics.horizontalAdvance(_NUMBER.sub(most, text))
        room = self.next.sizeHint().width() + widest - metrics.horizontalAdvance(text)
        self.next.setMinimumWidth(max(room, self.next.minimumWidth()))

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
        if step == CHECK and not self._has_work():
            return _("Nothing to import")
        return _("Nothing is stored yet.")

    def _back_text(self, step: int) -> str:
        if self._busy:
            return _("Stop")
        return _("Cancel") if step == FILE else _("Back")

    def _next_text(self, step: int) -> tuple[str, bool]:
        """What the one strong button says, and whether it can be pressed."""
        if step == FILE:
            return _("Continue"), self._preview is not None or self._maps_by_hand()
        if step == COLUMNS:
            return _("Continue"), self.columns.is_ready()
        if step == SUMMARY:
            return _("Close"), True
        text = import_button(self._preview) if self._preview is not None else ""
        return text or _("Close"), True

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_stopped(self) -> None:
        if not self._busy:
            return
        self._busy = False
        if self._opened is None and self._path is not None:
            self.file.show_error(self._path.name, error_text(Cancelled()))
        self._show_words()

    def _on_other_file_asked(self) -> None:
        path = files.ask_list(self)
        if path is not None:
            self.start(path)

    def _on_order_chosen(self, order: str) -> None:
        then = FILE if self._preview is not None else self._then
        self._plan(then, replace(self._choices, date_order=order))

    def _on_sheet_chosen(self, sheet: object) -> None:
        name = sheet if isinstance(sheet, str) else None
        self._choices = Choices(name, self._choices.date_order)
        self._opened = None
        self._read()

    def _on_header_row_chosen(self, sheet: str, row: int) -> None:
        if self._opened is None:
            return
        found = self._preview.sheets if self._preview is not None else ()
        if any(listed.parsed.sheet == sheet for listed in found):
            mappings = {**self._choices.mappings, sheet: SheetMapping(None, row)}
            self._plan(COLUMNS, replace(self._choices, mappings=mappings))
        else:
            source = self._opened.source
            raw = import_source.raw_sheet(self._shell.office, source, sheet, row)
            self.columns.show_raw(raw)

    def _on_repair_asked(self, repair: object) -> None:
        if isinstance(repair, Repair):
            self._taken_back.clear()
            self._plan(CHECK, replace(self._choices, repairs=(*self._choices.repairs, repair)))

    def _on_corrections_asked(self) -> None:
        """Put right again what was put right when this list came in before."""
        found = self._preview.corrections if self._preview is not None else None
        if found is not None:
            self._taken_back.clear()
            repairs = (*found.repairs, *self._choices.repairs)
            self._plan(CHECK, replace(self._choices, repairs=repairs))

    def _on_restart_asked(self) -> None:
        """Leave what was put right before, and read the file as it is."""
        self._draft = None
        self._taken_back.clear()
        self._plan(CHECK, Choices(self._choices.sheet, self._choices.date_order))

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
        self.check.repair_asked.connect(self._on_repair_asked)
        self.check.take_back_asked.connect(self.take_back)
        self.check.corrections_asked.connect(self._on_corrections_asked)
        self.check.restart_asked.connect(self._on_restart_asked)
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
        foot.addWidget(self._note)
        foot.addWidget(self._bar)
        foot.addStretch(1)
        # What comes and goes stands before what is always there, which it does not move.
        for made in (self.rejects, self.back, self.next):
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addLayout(head)
        layout.addWidget(self._steps, 1)
        layout.addLayout(foot)
