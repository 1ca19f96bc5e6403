# SPDX-License-Identifier: Apache-2.0
"""The sheets of what the office says of many deadlines: seen, done with, on another day.

The targets are the places of the deadlines that are handed over. None holds a rule.
"""

from collections.abc import Sequence

from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.several import of_deadlines
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet, Wanted
from imp_plus_desktop.words.messages import field_label


class SeenDeadlinesSheet(ManySheet):
    """Says that these deadlines were seen."""

    VERB = N_("Mark them as seen")

    def __init__(self, many: Many, deadlines: Sequence[Named]) -> None:
        super().__init__(many, _("Deadlines seen"))
        self._deadlines = deadlines
        self.begin()

    def wanted(self) -> Wanted | None:
        return Wanted(of_deadlines.seen(self._deadlines))


class SettledDeadlinesSheet(ManySheet):
    """Says that these deadlines are done with."""

    VERB = N_("Settle")

    def __init__(self, many: Many, deadlines: Sequence[Named]) -> None:
        super().__init__(
            many,
            _("Deadlines settled"),
            _("They leave the agenda; undo brings them back."),
        )
        self._deadlines = deadlines
        self.begin()

    def wanted(self) -> Wanted | None:
        return Wanted(of_deadlines.settled(self._deadlines))


class MoveDeadlinesSheet(ManySheet):
    """Keeps these deadlines on another day than their files give them."""

    VERB = N_("Move")

    def __init__(self, many: Many, deadlines: Sequence[Named]) -> None:
        super().__init__(many, _("Move the deadlines"))
        self._deadlines = deadlines
        self.form.add_day("day", _("New day"))
        self.form.add_line("reason", field_label("reason"), _("Kept with the file"))
        self.form.focus_field("day")

    def wanted(self) -> Wanted | None:
        day, reason = typed_day(self.form, "day"), self.form.value("reason").strip()
        if day is None or not reason:
            return None
        return Wanted(of_deadlines.moved(self._deadlines, day, reason), day)
