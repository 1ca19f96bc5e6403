# SPDX-License-Identifier: Apache-2.0
"""The import of one list in four steps: file, columns, check, summary. Nothing is stored before
the third ends.

    ImportFlow(shell, parent=None)
        start(path), start_pasted(text), retranslate(), focus_search() -> bool
        step() -> 0..3, go_on(), go_back()             what the buttons do
        .file, .columns, .check, .summary              the steps; .back, .rejects, .next below them
        unstored(), take_back(), bring_back()          undo and redo of the corrections
        signals: closed(), review_asked(object)        the act whose held rows are wanted

What the import holds is an `ImportSession`. Reading, planning and writing run away from the window
through the shell's tasks. Must not read a file or decide anything itself.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_source
from imp_plus_desktop.services.imports.imports import (
    Choices,
    ConflictKey,
    Imported,
    Preview,
    Repair,
)
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.undo_rest import take_back_listed
from imp_plus_desktop.ui.imports import import_afterwards, import_work
from imp_plus_desktop.ui.imports.import_asking import ask
from imp_plus_desktop.ui.imports.import_choosing import choose_asked, remake
from imp_plus_desktop.ui.imports.import_frame import ImportFoot, ImportHead
from imp_plus_desktop.ui.imports.import_session import (
    CHECK,
    COLUMNS,
    FILE,
    SUMMARY,
    ImportSession,
    Made,
    SideChoice,
)
from imp_plus_desktop.ui.imports.import_work import Opened
from imp_plus_desktop.ui.imports.steps.check.import_check import CheckStep
from imp_plus_desktop.ui.imports.steps.check.import_corrections import may_leave_out
from imp_plus_desktop.ui.imports.steps.import_columns import ColumnsStep
from imp_plus_desktop.ui.imports.steps.import_file import FileStep
from imp_plus_desktop.ui.imports.steps.import_summary import SummaryStep
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.pages.page import Unstored
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import Job
from imp_plus_desktop.ui.widgets.frames import Pages


class ImportFlow(QWidget):
    """One import, from the file to what it did."""

    closed = Signal()
    review_asked = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._forget()
        self._head, self._foot = ImportHead(), ImportFoot()
        self.back, self.rejects, self.next = self._foot.back, self._foot.rejects, self._foot.next
        self.file, self.columns = FileStep(), ColumnsStep()
        self.check, self.summary = CheckStep(shell), SummaryStep()
        self._steps = Pages()
        self._lay_out()
        self._connect()
        self.retranslate()

    def start(self, path: Path) -> None:
        """Begin with a file."""
        self._forget(path)
        self._read(afresh=True)

    def start_pasted(self, text: str) -> None:
        """Begin with cells of a spreadsheet."""
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
        if self.step() == FILE and self._may_go_on(FILE):
            self.show_step(COLUMNS)
        elif self.step() == COLUMNS:
            changed, proper = dict(self.columns.mappings()), self.columns.proper_case()
            if changed or proper is not self._session.proper_case():
                self._plan(CHECK, self._session.mapped(changed, proper))
            else:
                self.show_step(CHECK)
        elif self.step() == CHECK and self._session.has_work():
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
            self.check.focus_filter()
        return self.step() == CHECK

    def preview(self) -> Preview | None:
        """The plan as it stands."""
        return self._session.preview

    def act(self) -> int | None:
        """The act of the import that was just done."""
        imported = self._session.imported
        return imported.act if imported is not None else None

    def unstored(self) -> Unstored | None:
        """The import under way, of which nothing is stored before it is confirmed."""
        if not self._session.is_under_way():
            return None
        nothing = _("Nothing of this import is stored yet: there is no correction to take back.")
        if self.step() != CHECK:
            return Unstored(nothing)
        return Unstored(nothing, *self._session.correction_names())

    def take_back(self) -> None:
        """Take back the correction or the choice made last."""
        if self.step() == CHECK and self._session.last_made() is not None and self._may_plan():
            self._make(self._session.take_back(), again=False)

    def bring_back(self) -> None:
        """Bring back what was taken back last."""
        if self.step() == CHECK and self._session.taken_back and self._may_plan():
            self._make(self._session.bring_back(), again=True)

    def retranslate(self) -> None:
        for part in (self.file, self.columns, self.check, self.summary, self._foot):
            part.retranslate()
        self._show_words()

    # Reading.
    def _forget(self, path: Path | None = None, pasted: str | None = None) -> None:
        self._session = ImportSession(path, pasted)
        self._then = FILE
        self._busy = False

    def _read(self, *, afresh: bool = False) -> None:
        """Read the file from the beginning, as it is now asked to be read; `afresh` as it was left
        when its import was not finished."""
        session = self._session
        if session.path is None:
            return
        self._then = FILE
        session.preview = None
        self.columns.show_preview(None)
        self.file.show_reading(session.name())
        self._steps.setCurrentIndex(FILE)
        job = partial(import_work.read, self._shell, *session.asked(afresh))
        self._run(_("Reading {name}…").format(name=session.name()), job, self._on_read)

    def _plan(self, then: int, choices: Choices) -> None:
        """Plan what was read, chosen otherwise, and go to a step."""
        opened = self._session.opened
        if opened is None:
            return
        self._then = then
        self._session.choices = choices
        job = partial(import_work.plan_again, self._shell, opened.source, choices)
        self._run(_("Checking the rows…"), job, self._on_read)

    def _run(self, text: str, job: Job, on_result: Callable[[object], None]) -> None:
        self._busy = True
        self._show_words()
        if not self._shell.start(text, job, on_result, self._on_failed):
            self._busy = False
            self._session.give_up_change()
            self._show_words()

    def _make(self, made: Made, *, again: bool) -> None:
        """Make a correction or a choice again, or unmake it."""
        if isinstance(made, SideChoice):
            remake(self._shell, self._session, self.check, made, again=again)
            self._say()
            self._show_words()
        else:
            self._plan(CHECK, self._session.choices_after(made, made=again))

    def _say(self) -> None:
        """What is told once the plan stands."""
        said, self._session.said = self._session.said, ""
        if said:
            self._shell.say(said)

    def _may_plan(self) -> bool:
        """Whether another plan can be asked for; says why not."""
        if self._shell.tasks.is_busy():
            text = _("Please wait until this is done: {task}").format(task=self._shell.tasks.text)
            self._shell.say(text)
        return not self._shell.tasks.is_busy()

    def _on_read(self, opened: object) -> None:
        assert isinstance(opened, Opened)
        self._busy = False
        session = self._session
        again = session.opened is not None and self._then == CHECK == self.step()
        session.take(opened)
        self.columns.text.show_text(session.text_shown())
        if opened.question is not None:
            ask(self.file, self.columns, session)
            by_hand = self._then == COLUMNS and self.columns.by_hand()
            self.show_step(COLUMNS if by_hand else FILE)
            return
        assert opened.preview is not None
        self.file.show_preview(opened.preview, session.choices.sheet)
        self.columns.show_preview(opened.preview, opened.raw)
        self.check.show_draft(session.draft)
        self.check.show_preview(opened.preview, opened.compared, opened.novelty, again=again)
        self.show_step(self._then)
        self._say()

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        session = self._session
        if isinstance(error, import_work.Overtaken):
            self._on_read(error.opened)
        if isinstance(error, AppError) and session.is_unread():
            session.preview = None
            self.file.show_failure(session.name(), error)
            self.show_step(FILE)
            return
        # What was read before still stands; only the last change by hand did not hold.
        session.give_up_change()
        self.columns.text.show_text(session.text_shown())
        if session.opened is not None and self.step() == COLUMNS:
            self.columns.show_preview(session.preview, session.opened.raw)
        self._shell.reporter.report(error)
        self._show_words()
        if self.step() == CHECK:
            self.check.focus_rows()

    # Writing.
    def _ask_and_commit(self) -> None:
        """Import; where rows stay out, only after one has been told how many."""
        session = self._session
        if session.preview is None:
            return
        rejected = session.rejected()
        if rejected != session.left_out and not may_leave_out(self, session.preview):
            self.check.show_rejected()
            return
        session.left_out = rejected
        self._then = CHECK
        job = partial(import_work.commit, self._shell, session.preview)
        self._run(_("Importing…"), job, self._on_committed)

    def _on_committed(self, imported: object) -> None:
        assert isinstance(imported, Imported)
        self._busy = False
        self._session.imported = imported
        self.summary.show_imported(imported)
        self.show_step(SUMMARY)
        self._shell.changed(self.summary.headline() + ".", imported.act)

    def _on_undo_clicked(self) -> None:
        act = self.act()
        if act is not None:
            take_back_listed(self._shell, self, act, self._on_undone)

    def _on_undone(self, undone: history.Undone) -> None:
        self.summary.show_undone()
        self._shell.changed(import_afterwards.undone_text(undone))

    def _on_rejects_clicked(self) -> None:
        import_afterwards.save_rejects(self._shell, self, self._session.preview)

    def _on_save_asked(self) -> None:
        import_afterwards.save_conflicts(self._shell, self, self._session.preview)

    # What is shown.
    def show_step(self, step: int) -> None:
        """Show a step, as it is."""
        self._steps.setCurrentIndex(step)
        self._show_words()
        if step == FILE and self.file.focus_question():
            return
        if step == COLUMNS and self.columns.text.takes_keys_back():
            return
        if step == CHECK:
            # Never on the button that imports: one Enter too many would do it unseen.
            self.check.focus_rows()
            return
        (self.summary.people if step == SUMMARY else self.next).setFocus()

    def _show_words(self) -> None:
        step, task = self.step(), self._shell.tasks.text if self._busy else None
        self._head.show_step(self._session, step)
        self._foot.show_step(self._session, step, ready=self._may_go_on(step), task=task)
        if self._busy:
            self.setFocus()  # else the keys would be given to the button that stops it
        self._steps.setEnabled(not self._busy)
        self._shell.state_changed()

    def _may_go_on(self, step: int) -> bool:
        """Whether a step lets one go on; no list needs a person who says what the columns are."""
        if step == FILE and self._session.preview is None:
            return self._session.has_no_list() and self.columns.by_hand()
        return step != COLUMNS or self.columns.is_ready()

    def _on_stopped(self) -> None:
        if self._busy:
            self._busy = False
            if self._session.is_unread():
                self.file.show_failure(self._session.name(), Cancelled())
            self._show_words()

    def _on_other_file_asked(self) -> None:
        path = files.ask_list(self)
        if path is not None:
            self.start(path)

    def _on_password_given(self, password: str) -> None:
        self._session.password = password
        self._read(afresh=True)

    def _on_order_chosen(self, order: str) -> None:
        then = FILE if self._session.preview is not None else self._then
        self._plan(then, replace(self._session.choices, date_order=order))

    def _on_sheet_chosen(self, sheet: object) -> None:
        self._session.choose_sheet(sheet if isinstance(sheet, str) else None)
        self._read()

    def _on_header_row_chosen(self, sheet: str, row: int) -> None:
        opened = self._session.opened
        if self._session.shows(sheet):
            self._plan(COLUMNS, self._session.with_header_row(sheet, row))
        elif opened is not None:
            raw = import_source.raw_sheet(self._shell.office, opened.source, sheet, row)
            self.columns.show_raw(raw)

    def _on_text_chosen(self, encoding: str | None, separator: str | None) -> None:
        mappings = self.columns.mappings()
        self._plan(COLUMNS, self._session.read_as(encoding, separator, mappings))

    def _on_letters_asked(self, repair: bool) -> None:
        self._plan(CHECK, self._session.with_letters(repair))

    def _on_repair_asked(self, repair: object) -> None:
        if isinstance(repair, Repair):
            self._plan(CHECK, self._session.with_repair(repair))

    def _on_side_asked(self, keys: Collection[ConflictKey], take: bool) -> None:
        if self._may_plan():
            choose_asked(self._shell, self._session, self.check, keys, take=take)
            self._show_words()

    def _on_corrections_asked(self) -> None:
        """Put right again what was put right when this list came in before."""
        choices = self._session.with_corrections()
        if choices is not None:
            self._plan(CHECK, choices)

    def _on_restart_asked(self) -> None:
        """Leave what was put right before, and read the file as it is."""
        self._plan(CHECK, self._session.afresh())

    def _on_review_clicked(self) -> None:
        self.review_asked.emit(self.act())

    def _on_people_clicked(self) -> None:
        self.closed.emit()
        self._shell.go("people")

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.rejects.clicked.connect(self._on_rejects_clicked)
        self.file.other_file_asked.connect(self._on_other_file_asked)
        self.file.password_given.connect(self._on_password_given)
        self.file.order_chosen.connect(self._on_order_chosen)
        self.file.sheet_chosen.connect(self._on_sheet_chosen)
        self.columns.header_row_chosen.connect(self._on_header_row_chosen)
        self.columns.edited.connect(self._show_words)
        self.columns.text.chosen.connect(self._on_text_chosen)
        self.check.repair_asked.connect(self._on_repair_asked)
        self.check.side_asked.connect(self._on_side_asked)
        self.check.sides.save_asked.connect(self._on_save_asked)
        self.check.take_back_asked.connect(self.take_back)
        self.check.corrections_asked.connect(self._on_corrections_asked)
        self.check.restart_asked.connect(self._on_restart_asked)
        self.check.letters_asked.connect(self._on_letters_asked)
        self.summary.undo_clicked.connect(self._on_undo_clicked)
        self.summary.rejects_clicked.connect(self._on_rejects_clicked)
        self.summary.review_clicked.connect(self._on_review_clicked)
        self.summary.people_clicked.connect(self._on_people_clicked)
        self._shell.tasks.progressed.connect(self._foot.show_progress)
        self._shell.tasks.stopped.connect(self._on_stopped)

    def _lay_out(self) -> None:
        for part in (self.file, self.columns, self.check, self.summary):
            self._steps.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._head)
        layout.addWidget(self._steps, 1)
        layout.addWidget(self._foot)
