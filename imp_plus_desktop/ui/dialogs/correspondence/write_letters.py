# SPDX-License-Identifier: Apache-2.0
"""Writes a letter to one or to many: chosen, looked at as pages, saved and recorded as one act.

    WriteLettersDialog(shell, people, parent).ask() -> Written | None

Who lacks what is said before; what is asked for the letter is typed once for all, and a word of
own may be added. Ctrl+P prints. Letters are filled away from the window. Holds no rule.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.correspondence import letters, proposing, templates
from imp_plus_desktop.services.correspondence.letters import Foreseen, Kept, Made, Order
from imp_plus_desktop.services.correspondence.templates import TemplateMistakes
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.several import changes
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.correspondence import lacking
from imp_plus_desktop.ui.dialogs.correspondence.letter_forms import write_letterhead
from imp_plus_desktop.ui.dialogs.correspondence.page_view import PageView
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.paper import letter_pages
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.correspondence.letter_words import ASKED, mistake_text

_RESTS_MS = 400
"""A letter is made anew when nobody has typed for so long."""
_DAYS = frozenset({"reply_by", "appointment_day"})
_FILES, _RECORD, _MAIL = "files", "record", "mail"
_LAST = "letter"
"""Under which name the settings keep which letter was written last."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the letters, what was kept, and whether a draft is wanted."""

    made: Made
    kept: Kept
    folder: Path | None
    wants_mail: bool


class WriteLettersDialog(FormDialog[Written]):
    """Chooses a letter for these people and shows it before it goes out."""

    def __init__(self, shell: Shell, people: tuple[int, ...], parent: QWidget) -> None:
        self._shell, self._people = shell, people
        self._office = shell.office.as_shown()
        count = len(people)
        words = ngettext("Letter to {count} person", "Letters to {count} people", count)
        title = words.format(count=format_number(count))
        if count == 1:
            title = _("Letter to {name}").format(name=self._names(people).get(people[0], ""))
        super().__init__(title, _("Save and record…"), parent)
        self.setWindowTitle(_("Letters"))
        self._at, self._work, self._again = 0, "", False
        self._foreseen: Foreseen | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self._folder: Path | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._look)
        self._add_fields()
        self.add_beside(self._preview())
        # As much of a page as the window behind has room for.
        tall = min(theme.metrics().line * 40, parent.window().height() * 6 // 10)
        self._pages.fill(tall)
        self.form.edited.connect(self._on_form_edited)
        self.findings.line_clicked.connect(self._on_line_clicked)
        if people and self.keep_draft("message", self._office, people[0], "letter"):
            self.set_sentence(_("Your word is taken up again as it was being written."))
        shell.tasks.progressed.connect(self._on_progressed)
        shell.tasks.finished.connect(self._on_finished)
        self.form.focus_field("template")
        self.set_ok_enabled(False)
        self._look()

    def is_busy(self) -> bool:
        """Whether a letter is being made away from the window."""
        return bool(self._work)

    def order(self) -> Order:
        """The letter that the form asks for."""
        value = self.form.value
        typed = {name: value(name) for name in ASKED}
        return Order(value("template"), self._people, typed, value("language"))

    def submit(self) -> bool:
        if self._work or self._foreseen is None:
            return False
        self._folder = None
        if self._wants(_FILES):
            self._folder = files.ask_folder(self, _("Folder for the letters"), "letters")
            if self._folder is None:
                return False
        record = self._wants(_RECORD)
        job = partial(_written, self._office, self.order(), self._folder, record)
        self._start("keep", _("Writing the letters…"), job)
        return False  # it closes once it is done

    def reject(self) -> None:
        if self._work == "keep":
            self._shell.tasks.stop()
        else:
            super().reject()

    def done(self, code: int) -> None:
        self._rest.stop()
        work, self._work = self._work, ""
        if work:
            self._shell.tasks.stop()
        super().done(code)

    def _wants(self, key: str) -> bool:
        """Whether a box is ticked."""
        return self._boxes[key].isChecked()

    def _ticks(self) -> QWidget:
        """What is done with the letters, one box below the other."""
        ticks = QWidget(self)
        column = QVBoxLayout(ticks)
        column.setContentsMargins(0, theme.space(2), 0, 0)
        column.setSpacing(theme.space(2))
        for key, text in (
            (_FILES, _("Save as Word and PDF files")),
            (_RECORD, _("Record in the contact log, with the letter")),
            (_MAIL, _("Open a draft in the e-mail program")),
        ):
            box = self._boxes[key] = QCheckBox(text)
            box.setChecked(key != _MAIL)
            box.toggled.connect(self._on_ticked)
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        self._boxes[_MAIL].setVisible(bool(changes.emails(self._office, self._people)))
        return ticks

    def _on_ticked(self, _checked: bool) -> None:
        self._show()

    def _add_fields(self) -> None:
        form = self.form
        known = [(one.key, one.name) for one in templates.templates(self._office)]
        form.add_choice("template", _("Letter"), known)
        last = self._shell.settings.layout(_LAST)
        keys = [key for key, _name in known]
        begins = proposing.proposed(self._office, self._people, keys, last)
        if begins:
            form.set_values({"template": begins})
        own = _("Each person’s own") if len(self._people) > 1 else _("The person’s own")
        form.add_choice(
            "language", _("Language"), [("", own), ("fr", _("French")), ("en", _("English"))]
        )
        for name, text in ASKED.items():
            if name in _DAYS:
                form.add_day(name, _(text))
            elif name == "message":
                # Said as what one does; the list of fields says what it is.
                form.add_text(name, _("Add a word"), lines=3)
            else:
                form.add_line(name, _(text))
            form.set_field_shown(name, False)
        form.add_field("keep", _("Then"), self._ticks())

    def _preview(self) -> QWidget:
        """The pages, and the way from one person's letter to the next."""
        beside = QWidget(self)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = PageView(beside)
        self._whose = label("", "secondary", elide=True)
        self._before, self._after = button("‹"), button("›")
        for one, words, step in (
            (self._before, _("Previous letter"), -1),
            (self._after, _("Next letter"), 1),
        ):
            set_name(one, words)
            one.clicked.connect(partial(self._step, step))
        row = QHBoxLayout()
        for one in (self._before, self._after):
            row.addWidget(one)
            one.setVisible(len(self._people) > 1)
        row.addWidget(self._whose, 1)
        self._print = button(_("Print…"))
        self._print.setShortcut("Ctrl+P")
        set_tip(self._print, _("Print what is shown (Ctrl+P)"))
        self._print.clicked.connect(self._on_print_clicked)
        row.addWidget(self._print)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        return beside

    def _step(self, by: int, _checked: bool = False) -> None:
        self._at = max(0, min(self._at + by, len(self._people) - 1))
        self._look()

    def _on_form_edited(self, key: str) -> None:
        self._foreseen = None
        self.set_ok_enabled(False)
        if key in ("template", "language"):
            self._look()
        else:
            self._rest.start()

    def _look(self) -> None:
        """Make the letter that is to be shown, away from the window."""
        if self._work:
            self._again = True
            return
        order, person = self.order(), self._people[self._at]
        self._start(
            "look", _("Preparing the letter…"), partial(_looked, self._office, order, person)
        )

    def _on_print_clicked(self) -> None:
        if self._foreseen is not None and not self._work:
            self._start(
                "print", _("Preparing the letters…"), partial(_made, self._office, self.order())
            )

    def _print_out(self, made: Made) -> None:
        """Show all of them as they would come out of the printer. That they were printed is
        recorded, and no log of a person tells of it yet."""
        from imp_plus_desktop.ui.dialogs.register.paper import say_in_file
        from imp_plus_desktop.ui.paper import printing

        sheets = {letter.person: letter.filled.sheet for letter in made.letters}
        folder = files.folder_for(self._shell.settings, "pdf")
        printed = printing.preview_letters(self, made.name, sheets, self._office, folder)
        say_in_file(self._shell, printed)

    def _on_line_clicked(self, offer: Offer[None]) -> None:
        """The letterhead is written, and the letter made anew with it."""
        offer.do(None)

    def _ask_letterhead(self, _nothing: None) -> None:
        if write_letterhead(self._shell, self):
            self._foreseen = None
            self._look()

    def _start(self, work: str, text: str, job: Any) -> None:
        self._work = work
        self.hide_error()
        if not self._shell.try_start(text, job, self._on_result, self._on_failed):
            self._work = ""
            self._rest.start()  # once the other task is done
        self._show()

    def _on_result(self, result: Any) -> None:
        work, self._work = self._work, ""
        if not work:  # left meanwhile
            return
        if isinstance(result, tuple):
            self._foreseen, made = result
            self._show_letter(made)
        elif isinstance(result, Made):
            self._print_out(result)
        else:
            made, kept = result.made, result.kept
            self._shell.settings.keep_layout(_LAST, self.order().template)
            self.finish(Written(made, kept, self._folder, self._wants(_MAIL)))
            return
        self._look_again()
        self._show()

    def _look_again(self) -> None:
        again, self._again = self._again, False
        if again:
            self._look()

    def _on_failed(self, error: BaseException) -> None:
        work, self._work = self._work, ""
        if not work:
            return
        if isinstance(error, TemplateMistakes):
            self._foreseen = None
            self._pages.show_text(_("This template has mistakes: no letter is made of it."))
            self.show_findings(
                [
                    FindingLine(Tone.BAD, mistake_text(one.code, one.tag, one.line, one.like))
                    for one in error.mistakes
                ]
            )
            self.set_ok_enabled(False)
        elif isinstance(error, AppError):
            self.show_error(error)
        else:
            self._shell.reporter.report(error)
        self.fit()
        self._look_again()

    def _on_progressed(self, done: int, total: int) -> None:
        if self._work in ("keep", "print") and total:
            words = _("Writing the letters… {percent} %")
            self.show_findings([FindingLine(Tone.PLAIN, words.format(percent=done * 100 // total))])

    def _on_finished(self) -> None:
        """A task has ended: one that was stopped tells nothing else."""
        if self._work:
            QTimer.singleShot(0, self._on_stopped)

    def _on_stopped(self) -> None:
        work, self._work = self._work, ""
        if work == "keep":
            self.show_error(Cancelled())
        if work:
            self._look_again()
            self._show()

    def _show_letter(self, made: Made) -> None:
        foreseen = self._foreseen
        for name in ASKED:
            self.form.set_field_shown(name, foreseen is not None and name in foreseen.asked)
        if made.letters:
            letter = made.letters[0]
            self._pages.show_sheet(letter.filled.sheet)
            name = self._names((letter.person,)).get(letter.person, "")
            words = _("{number} of {count} · {name}")
            said = words.format(
                number=format_number(self._at + 1),
                count=format_number(len(self._people)),
                name=name,
            )
            self._whose.setText(said if len(self._people) > 1 else "")
        else:
            self._pages.show_text(_("This file is no longer in the register."))
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < len(self._people))

    def _show(self) -> None:
        """What the form stands at: who lacks what, and whether it can be done."""
        keeps = any(map(self._wants, (_FILES, _RECORD, _MAIL)))
        self.form.setEnabled(self._work not in ("keep", "print"))
        self.set_ok_text(_("Save and record…") if self._wants(_FILES) else _("Record the letter"))
        self.set_ok_enabled(self._foreseen is not None and keeps and not self._work)
        self._print.setEnabled(self._foreseen is not None and not self._work)
        if self._foreseen is not None:
            offer = Offer(_("Letterhead…"), self._ask_letterhead)
            self.show_findings(lacking.lines(self._foreseen, self._people, self._names, offer))
        if self.isVisible():
            self.fit()

    def _names(self, people: tuple[int, ...]) -> Mapping[int, str]:
        return changes.names(self._shell.office, people)


@dataclass(frozen=True, slots=True)
class _Done:
    made: Made
    kept: Kept


def _looked(
    office: Office, order: Order, person: int, _progress: Progress
) -> tuple[Foreseen, Made]:
    """What is foreseen of all, and the letter to one of them."""
    foreseen = letters.foresee(office, order)
    one = Order(order.template, (person,), order.typed, order.language)
    return foreseen, letters.make(office, one)


def _made(office: Office, order: Order, progress: Progress) -> Made:
    return letters.make(office, order, progress)


def _written(
    office: Office, order: Order, folder: Path | None, record: bool, progress: Progress
) -> _Done:
    made = letters.make(office, order, progress)
    return _Done(
        made, letters.keep(office, made, letter_pages.pdf, folder, record=record, progress=progress)
    )
