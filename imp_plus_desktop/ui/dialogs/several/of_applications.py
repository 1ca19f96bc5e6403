# SPDX-License-Identifier: Apache-2.0
"""The sheets of what is done to many applications: presented, received, decided, moved on.

Of people, or of applications that are chosen themselves. None holds a rule.
"""

from datetime import datetime

from imp_plus_desktop.domain.applications.status import NAMED
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.several import of_applications
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import parse_time
from imp_plus_desktop.ui.dialogs.several.foretold import Noun
from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet, Wanted
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import field_label

_DECISIONS = (Outcome.APPROVED, Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.RETURNED)
_STATES = tuple(state for state in NAMED if state is not ApplicationState.DRAFT)


class _DaySheet(ManySheet):
    """Asks for a day, today at first."""

    def add_day(self, text: str) -> None:
        self.form.add_day("day", text, past=True)
        self.form.set_values({"day": iso(self._many.shell.today())})

    def chosen_themselves(self) -> bool:
        """Whether applications are chosen, and not the people who have them."""
        return self._many.noun is Noun.APPLICATIONS


class PresentSheet(_DaySheet):
    """Presents the application of each of these people."""

    VERB = N_("Present")

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Present the applications"),
            _(
                "What is not begun or not ready yet becomes so first, on the same day, where the "
                "rules find it ready."
            ),
        )
        self.add_day(field_label("submitted_on"))
        self.form.focus_field("day")
        self.begin()

    def wanted(self) -> Wanted | None:
        day = typed_day(self.form, "day")
        return None if day is None else Wanted(of_applications.present(day), day)


class StateSheet(_DaySheet):
    """Moves these applications to another state."""

    def __init__(self, many: Many) -> None:
        super().__init__(many, _("State of the application"))
        self.form.add_choice("state", field_label("state"), choices.of_codes(_STATES))
        self.form.set_values({"state": ApplicationState.SUBMITTED.value})
        self.add_day(_("Day"))
        self.form.focus_field("state")
        self.begin()

    def wanted(self) -> Wanted | None:
        state, day = ApplicationState(self.form.value("state")), typed_day(self.form, "day")
        return None if day is None else Wanted(of_applications.state(state, day), (state, day))


class ReceiveSheet(_DaySheet):
    """Records that IRCC has received the application of each."""

    def __init__(self, many: Many) -> None:
        super().__init__(
            many,
            _("Application received"),
            _(
                "Places of the cap are taken one after the other: what was presented earlier comes "
                "first. Numbers may follow later."
            ),
        )
        self.add_day(field_label("received_at"))
        self.form.add_line("time", _("Time, in Toronto"), "12:00")
        self.form.set_values({"time": "12:00"})
        self.form.focus_field("day")
        self.begin()

    def wanted(self) -> Wanted | None:
        at = self._instant()
        if at is None:
            return None
        themselves = self.chosen_themselves()
        return Wanted(of_applications.receive(at, applications_chosen=themselves), at)

    def _instant(self) -> datetime | None:
        day = typed_day(self.form, "day")
        try:
            time = parse_time(self.form.value("time"))
        except ValueError:
            words = _("This is not a time. Write for example {time}.")
            self.form.set_finding("time", Tone.BAD, words.format(time="14:05"))
            return None
        self.form.set_finding("time", Tone.PLAIN, "")
        return None if day is None else instant_in_toronto(day, time)


class DecideSheet(_DaySheet):
    """Records the same decision of each."""

    VERB = N_("Record the decision")

    def __init__(self, many: Many) -> None:
        super().__init__(many, _("Decision"))
        self.form.add_choice("outcome", field_label("outcome"), choices.of_codes(_DECISIONS))
        self.add_day(field_label("decided_on"))
        self.form.focus_field("outcome")
        self.begin()

    def wanted(self) -> Wanted | None:
        outcome, day = Outcome(self.form.value("outcome")), typed_day(self.form, "day")
        if day is None:
            return None
        change = of_applications.decide(outcome, day, applications_chosen=self.chosen_themselves())
        return Wanted(change, (outcome, day))
