# SPDX-License-Identifier: Apache-2.0
"""Two dialogs of the programme's settings: what uses a place in a year, and the windows.

    SwitchDialog(office, year).ask()      the choice set, with what it leaves as it is
    WindowDialog(office).ask()            the name of what was changed, and the act

Must not judge: the services refuse what cannot be, and say what a change does.
"""

from datetime import date
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.domain.values.programme import WINDOWS
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.parameters import SWITCH_NAMES, SwitchSet, Window
from imp_plus_desktop.ui.dialogs.office.quota import NumbersDialog
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.report_texts import (
    choices_text,
    parameter_label,
    unmoved_text,
)

T = TypeVar("T")


class _SettingDialog(NumbersDialog[T]):
    """A setting with the day it counts from and the reason."""

    def add_day_and_reason(self, office: Office) -> None:
        """The last two fields of each setting."""
        self.office = office
        self.form.add_day("from_day", _("From"))
        self.form.add_line("reason", _("Reason"), _("Where it is said, or who decided"))
        self.form.set_values({"from_day": words.iso(office.clock.today())})

    def day_and_reason(self) -> tuple[date, str] | None:
        """What was typed; None and a line under the field when something is missing."""
        from_day, reason = self.a_day("from_day"), self.form.value("reason")
        self.form.set_finding("reason", Tone.BAD, "" if reason else _("A reason is required."))
        return (from_day, reason) if from_day is not None and reason else None


class SwitchDialog(_SettingDialog[SwitchSet]):
    """Chooses what the instructions leave open, for one year (CAP-05)."""

    ACT = "parameters.switch"

    def __init__(self, office: Office, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("What uses a place in {year}").format(year=year),
            _("Set the choice"),
            parent,
            sentence=_(
                "The instructions do not say it; reports state the choice. It counts for what is "
                "recorded from its day on: no place that was taken before comes back."
            ),
        )
        self._year = year
        self.form.add_choice(
            "what",
            _("For"),
            (
                ("returned", _("Applications returned incomplete")),
                ("extension", _("Extensions")),
            ),
        )
        self.form.add_choice(
            "uses", _("Uses a place"), (("no", _("no, none")), ("yes", _("yes, one place")))
        )
        self.add_day_and_reason(office)
        self._now = label(role="small", wrap=True)
        self.body.addWidget(self._now)
        self.form.edited.connect(self._on_edited)
        self._show_effect()

    def submit(self) -> bool:
        typed = self.day_and_reason()
        if typed is None:
            return False
        what, uses = self.form.value("what"), self.form.value("uses") == "yes"
        self.answer = parameters.set_switch(self.office, self._year, what, uses, *typed)
        return True

    def show_error(self, error: AppError) -> None:
        super().show_error(error)
        self._show_effect()  # another desk may have set it

    def _on_edited(self, key: str) -> None:
        self._show_effect()

    def _show_effect(self) -> None:
        office, what = self.office, self.form.value("what") or next(iter(SWITCH_NAMES))
        uses = self.form.value("uses") == "yes"
        now = choices_text(office.programme().switches(self._year, office.clock.today()))
        kept = unmoved_text(parameters.unmoved(office, self._year, what, uses))
        self._now.setText(f"{now} {kept}")


class WindowDialog(_SettingDialog[tuple[str, ActId]]):
    """Changes a date or a term of the programme, such as the closing day of the letters."""

    ACT = "parameters.window"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Dates of the programme"),
            _("Change it"),
            parent,
            sentence=_(
                "If letters resume, or the instructions change: the new value counts from the day "
                "you give, for every file; the former one is kept."
            ),
        )
        self._windows = {window.name: window for window in parameters.windows(office)}
        names = [(name, parameter_label(name)) for name in WINDOWS]
        self.form.add_choice("name", _("What"), sorted(names, key=_closing_day_first))
        self.form.add_line("value", _("New value"))
        self.add_day_and_reason(office)
        self._now = label(role="small", wrap=True)
        self.body.addWidget(self._now)
        self.form.edited.connect(self._on_edited)
        self._show_present()
        self.form.focus_field("value")

    def submit(self) -> bool:
        typed, value = self.day_and_reason(), self.form.value("value")
        missing = _("Write the new value.")
        self.form.set_finding("value", Tone.BAD, "" if value else missing)
        if typed is None or not value:
            return False
        name = self.form.value("name")
        self.answer = (name, parameters.set_window(self.office, name, value, *typed))
        return True

    def show_error(self, error: AppError) -> None:
        super().show_error(error)
        # Another desk may have set it; what is typed stays.
        self._windows = {window.name: window for window in parameters.windows(self.office)}
        self._now.setText(_present(self._windows[self.form.value("name")]))

    def _on_edited(self, key: str) -> None:
        if key == "name":
            self._show_present()

    def _show_present(self) -> None:
        window = self._windows[self.form.value("name")]
        self._now.setText(_present(window))
        self.form.set_values({"value": _written(window.value)})


def _closing_day_first(choice: tuple[str, str]) -> bool:
    return choice[0] != "last_accepted_letter"


def _written(value: date | int) -> str:
    return words.iso(value) if isinstance(value, date) else str(value)


def _present(window: Window) -> str:
    said = _("Now: {value}; as shipped: {shipped}.").format(
        value=_written(window.value), shipped=_written(window.shipped)
    )
    if window.setting is None:
        return said
    return (
        said
        + " "
        + _("Set from {day}: {reason}").format(
            day=format_day(window.setting.from_day), reason=window.setting.reason
        )
    )
