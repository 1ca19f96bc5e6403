# SPDX-License-Identifier: Apache-2.0
"""The small sheet of what is done to many: a form, what would become of each, and one button.

    class XSheet(ManySheet):
        VERB                    what the button says, before how many
        wanted() -> Wanted | None     what the form asks for by now, None while it is not whole
    XSheet(many, …).ask() -> Done | None
    Many(shell, targets, noun, names, window, hidden=0)      to whom, and what stands before whom

What is shown is what the service foresees, as the form stands; what is done must be the same, else
another desk has changed something and the sheet shows what would happen now. A long list is
foreseen and done away from the window, with its progress; Cancel stops it. Must not hold a rule.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.i18n import N_, _, format_number, ngettext
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Half, Progress
from imp_plus_desktop.services.several import changes, many
from imp_plus_desktop.services.several.many import Change, Done, OtherwiseNow, Plan
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.several import foretold
from imp_plus_desktop.ui.dialogs.several.foretold import Names, Noun
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine

_AT_ONCE = 50
"""So few are foreseen and done at once; more go away from the window."""
_RESTS_MS = 250
"""The form is asked about when nobody has typed for so long."""


@dataclass(frozen=True, slots=True)
class Many:
    """To whom something is done: ids of targets, what they are and what they are called.

    `hidden` of them are not in the list as it is filtered now.
    """

    shell: Shell
    targets: tuple[int, ...]
    noun: Noun
    names: Names
    window: QWidget
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change, and what of the form decides whom it concerns: the same key foresees the same."""

    change: Change
    key: object = None


class ManySheet(FormDialog[Done]):
    """Asks what to do to many, and says what would come of it."""

    ACT = "several"

    VERB: ClassVar[str] = N_("Record them")

    def __init__(self, many_: Many, title: str, sentence: str = "") -> None:
        words = _("{what} · {files}")
        files = many_.noun.counted(len(many_.targets))
        super().__init__(words.format(what=title, files=files), "", many_.window, sentence=sentence)
        self.setWindowTitle(title)
        self._many = many_
        self._office = many_.shell.office.as_shown()
        self._plan: Plan | None = None
        self._planned: object = None
        self._work = ""
        self._again = False
        self._wants_to_keep = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._foresee)
        self.form.edited.connect(self._on_form_edited)
        many_.shell.tasks.progressed.connect(self._on_progressed)
        many_.shell.tasks.finished.connect(self._on_finished)
        self._show_plan()

    # What a sheet says about itself.
    def wanted(self) -> Wanted | None:
        raise NotImplementedError

    # What every sheet does.
    def begin(self) -> None:
        """Foresee what the form asks for at first; for subclasses, once it is filled."""
        self._foresee()

    def plan(self) -> Plan | None:
        """What is foreseen, None while it is not known."""
        return self._plan

    def is_busy(self) -> bool:
        """Whether something is being foreseen or done away from the window."""
        return bool(self._work)

    def submit(self) -> bool:
        self._rest.stop()
        wanted = self.wanted()
        if wanted is None or self._work:
            return False
        self._wants_to_keep = True
        if self._plan is None or self._planned != wanted.key:
            self._foresee()
        else:
            self._keep(wanted)
        return False  # it closes once it is done

    def _keep(self, wanted: Wanted) -> None:
        self._wants_to_keep = False
        job = partial(_kept, self._office, wanted.change, self._targets(), self._plan or Plan())
        self._start("keep", job)

    def reject(self) -> None:
        if self._work == "keep":
            self._many.shell.tasks.stop()
        else:
            super().reject()

    def done(self, code: int) -> None:
        self._stop()
        super().done(code)

    def _targets(self) -> tuple[int, ...]:
        return self._many.targets

    def _on_form_edited(self, key: str) -> None:
        wanted = self.wanted()
        if wanted is None or wanted.key != self._planned:
            self._plan = None
        self._show_plan()
        if wanted is None or self._plan is not None:
            return
        if len(self._many.targets) <= _AT_ONCE:
            self._foresee()
        else:
            self._rest.start()

    def _foresee(self) -> None:
        wanted = self.wanted()
        if wanted is None or (self._plan is not None and self._planned == wanted.key):
            return
        if self._work:
            self._again = True
            self._many.shell.tasks.drop()
            return
        self._plan, self._planned = None, wanted.key
        self._start("foresee", partial(_foreseen, self._office, wanted.change, self._targets()))
        self._show_plan()

    def _start(self, work: str, job: Callable[[Any], Any]) -> None:
        """Do it at once where few are meant, else away from the window."""
        shell = self._many.shell
        self._work = work
        if len(self._many.targets) <= _AT_ONCE:
            try:
                result = job(None)
            except AppError as error:
                self._on_failed(error)
            else:
                self._on_result(result)
            return
        text = _("Recording…") if work == "keep" else _("Looking at what would change…")
        if not shell.try_start(text, job, self._on_result, self._on_failed):
            self._work = ""
            if work == "foresee":
                self._rest.start()  # once the other task is done
            else:
                words = _("Please wait until this is done: {task}").format(task=shell.tasks.text)
                self.show_findings([FindingLine(Tone.WARN, words)])
            return
        self._show_plan()

    def _on_result(self, result: Plan | Done) -> None:
        work, self._work = self._work, ""
        if not work:  # left meanwhile
            return
        if isinstance(result, Done):
            self.finish(result)
            return
        if self._again:
            self._again = False
            self._foresee()
            return
        self._plan = result
        self._show_plan()
        wanted, wants = self.wanted(), self._wants_to_keep
        self._wants_to_keep = False
        if wants and wanted is not None and result.is_plain():
            # Whoever has pressed the button before it was known sees what else would come of it
            # first, if anything does.
            self._keep(wanted)

    def _on_failed(self, error: BaseException) -> None:
        work, self._work = self._work, ""
        self._wants_to_keep = False
        if not work:
            return
        if isinstance(error, Overtaken) and self._settled(error):
            return
        if isinstance(error, OtherwiseNow):
            self._plan = error.plan
        self._show_plan()
        if isinstance(error, AppError):
            self.show_error(error)
            self.fit()
        else:
            self._many.shell.reporter.report(error)

    def _settled(self, error: Overtaken) -> bool:
        """Ask what is to stand where another desk was first, and keep that."""
        from imp_plus_desktop.ui.dialogs.meeting.meeting import settled

        wanted = self.wanted()
        names = partial(changes.names, self._office)
        if wanted is None or not settled(error, self, names):
            return False
        self._keep(wanted)
        return True

    def _on_progressed(self, done: int, total: int) -> None:
        if self._work and total:
            words = _("Recording… {percent} %") if self._work == "keep" else _("{percent} % seen…")
            said = words.format(percent=done * 100 // total)
            self.show_findings([FindingLine(Tone.PLAIN, said)])

    def _on_finished(self) -> None:
        """A task has ended: one that was stopped tells nothing else."""
        if self._work:
            QTimer.singleShot(0, self._on_stopped)

    def _on_stopped(self) -> None:
        work, self._work = self._work, ""
        if not work:
            return
        if work == "keep":
            self.show_error(Cancelled())
        if self._again or work == "foresee":
            self._again = False
            self._foresee()
        self._show_plan()

    def _stop(self) -> None:
        """Whatever is still on its way comes to nobody."""
        self._rest.stop()
        work, self._work = self._work, ""
        if work:
            self._many.shell.tasks.drop()

    def _show_plan(self) -> None:
        plan = self._plan
        count = len(plan.changes) if plan is not None else len(self._many.targets)
        words = _("{verb} ({count})")
        self.form.setEnabled(self._work != "keep")
        self.set_ok_text(words.format(verb=_(self.VERB), count=format_number(count)))
        self.set_ok_enabled(plan is not None and bool(plan.changes) and not self._work)
        shown = [] if plan is None else foretold.lines(plan, self._many.noun, self._many.names)
        if self._many.hidden:
            hidden = ngettext(
                "{count} of those chosen is hidden by the filter, and is among them.",
                "{count} of those chosen are hidden by the filter, and are among them.",
                self._many.hidden,
            )
            words = hidden.format(count=format_number(self._many.hidden))
            shown.append(FindingLine(Tone.ACCENT, words))
        if self._work == "foresee":
            shown = [FindingLine(Tone.PLAIN, _("Looking at what would change…"))]
        self.show_findings(shown)
        if self.isVisible():
            self.fit()


def _foreseen(
    office: Office, change: Change, targets: tuple[int, ...], progress: Progress | None
) -> Plan:
    return many.foresee(office, change, targets, progress)


def _kept(
    office: Office,
    change: Change,
    targets: tuple[int, ...],
    plan: Plan,
    progress: Progress | None,
) -> Done:
    if progress is None:
        return many.carry_out(office, change, targets, plan)
    done = many.carry_out(office, change, targets, plan, Half(progress))
    with suppress(Cancelled):  # it is kept: what is left of the lines is made when lists ask
        summary.refresh(office, Half(progress, second=True))
    return done
