# SPDX-License-Identifier: Apache-2.0
"""The cards of the overview about what comes after the permits: PR, and how long files are kept.

    TrackCard      how far PR has come, with the usual waits      signal stage_chosen(str)
    KeepingCard    what may be destroyed, and when                signal chosen(str)

Each is handed what it shows. Must not count anything.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.permits.pr_track import StageCount
from imp_plus_desktop.services.privacy.falling_due import Outlook
from imp_plus_desktop.ui.charts.pipeline import PipelineBars, PipelineLine
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.ui.widgets.lists import ActionLine, ActionList
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.terms.way_texts import span_text, wait_text

DUE, HELD, AHEAD = "due", "held", "ahead"


class TrackCard(Card):
    """Who has reached each stage; a line opens those who stand there now."""

    stage_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.bars = PipelineBars()
        self._note = label(role="small", wrap=True)
        self.body.addWidget(self.bars)
        self.body.addStretch(1)
        self.body.addWidget(self._note)
        self.bars.activated.connect(self.stage_chosen)

    def show_track(self, track: Sequence[StageCount]) -> None:
        """Show a bar for each stage, with the usual wait before it."""
        self.set_title(_("Permanent residence"), _("usual wait"))
        self._note.setText(
            _("Waits since the stage before: medians of the office’s own files, from ten on.")
        )
        known = [one for one in track if one.reached]
        some = any(one.wait is not None for one in known)
        self.bars.set_lines(
            [
                PipelineLine(
                    one.stage.value,
                    name_of(one.stage),
                    one.reached,
                    _aside(one) if some and place else "",
                    _tip(one),
                )
                for place, one in enumerate(known)
            ]
        )
        if not some:
            self._note.setText(_("Usual waits: not enough cases yet, ten files are needed."))


def _aside(one: StageCount) -> str:
    return "—" if one.wait is None else span_text(one.wait[0])


def _tip(one: StageCount) -> str:
    here = ngettext("{count} person is there now", "{count} people are there now", one.here)
    wait = wait_text(one)
    if one.wait is not None:
        files = ngettext("{span} ({count} file)", "{span} ({count} files)", one.wait[1])
        wait = files.format(span=wait, count=words.number(one.wait[1]))
    said = _("{here}; usual wait: {wait}")
    return said.format(here=here.format(count=words.number(one.here)), wait=wait)


def due_line(count: int) -> list[ActionLine]:
    """The line of the files that may go; none at zero."""
    said = _("Files to destroy or make anonymous")
    return [ActionLine(DUE, Tone.WARN, said, words.number(count))] if count else []


class KeepingCard(Card):
    """What has outlived what it is kept for, what a legal hold keeps, what falls due next."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines = ActionList()
        self._nothing = label(role="secondary", wrap=True)
        self.body.addWidget(self.lines)
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)
        self.lines.activated.connect(self.chosen)

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Show what is due, held and ahead; lines at zero are left out."""
        self.set_title(_("Keeping and destroying"))
        if outlook is None:
            return
        lines: list[ActionLine] = []
        lines += due_line(len(outlook.due))
        if outlook.first_day is not None:
            day = words.day_long(outlook.first_day)
            said = ngettext(
                "Within {count} year, the first on {day}",
                "Within {count} years, the first on {day}",
                outlook.years,
            ).format(count=words.number(outlook.years), day=day)
            count = words.number(len(outlook.ahead))
            lines.append(ActionLine(AHEAD, Tone.PLAIN, said, count))
        if outlook.held:
            said = _("Kept by a legal hold")
            lines.append(ActionLine(HELD, Tone.PLAIN, said, words.number(len(outlook.held))))
        self.lines.set_lines(lines)
        self._nothing.setText(_("No file is to be destroyed yet."))
        self._nothing.setVisible(not lines)
