# SPDX-License-Identifier: Apache-2.0
"""A line for a day: accepts what people type and shows it as an ISO date.

    DateEdit(parent=None)       signal day_changed()
        day() -> date | None, set_day(day | None), has_problem() -> bool, text()
    parse_day(text) -> date | None      raises ValueError for what is no day

Accepted: `2023-10-07`, `2023/10/7`, `20231007`, `7/10/2023`, `07-10-2023`, `7.10.2023` (day
first), `7 oct. 2023`, `7 octobre 2023`, `Oct 7, 2023`, `7 October 2023`. Two-digit years are
refused, since a guess may be wrong. Empty is allowed: whether a day is needed is a rule's matter.
"""

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from imp_plus_desktop.domain.values.partial_days import is_partial
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone

_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$|(\d{4})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_DAY_NAME = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\.? ?([^\W\d_]+)\.?,? ?(\d{4})$")
_NAME_DAY = re.compile(r"([^\W\d_]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_MONTHS = {
    "janvier": 1,
    "january": 1,
    "février": 2,
    "fevrier": 2,
    "february": 2,
    "mars": 3,
    "march": 3,
    "avril": 4,
    "april": 4,
    "mai": 5,
    "may": 5,
    "juin": 6,
    "june": 6,
    "juillet": 7,
    "july": 7,
    "août": 8,
    "aout": 8,
    "august": 8,
    "septembre": 9,
    "september": 9,
    "octobre": 10,
    "october": 10,
    "novembre": 11,
    "november": 11,
    "décembre": 12,
    "decembre": 12,
    "december": 12,
}


class DateEdit(QLineEdit):
    """One day, or none. With `partly` a year or a month may stand in its place: `1985-03`."""

    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, partly: bool = False) -> None:
        super().__init__(parent)
        self._partly = partly
        self._shown: date | None = None
        self.setMinimumWidth(theme.metrics().body * 9)
        self.textEdited.connect(self._on_text_edited)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the hint anew."""
        self.setPlaceholderText(_("YYYY-MM-DD"))

    def day(self) -> date | None:
        """The day typed; None when the line is empty or holds no day (see `has_problem`)."""
        try:
            return parse_day(self.text())
        except ValueError:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a day without a signal."""
        self._shown = day
        self.setText("" if day is None else format_iso(day))
        theme.set_role(self, "")

    def has_problem(self) -> bool:
        """Whether something stands in the line that is no day."""
        text = self.text().strip()
        return bool(text) and self.day() is None and not (self._partly and is_partial(text))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.normalise()

    def normalise(self) -> None:
        """Show the day typed as an ISO date, or mark the line when it holds none."""
        day = self.day()
        if day is not None:
            self.setText(format_iso(day))
        theme.set_role(self, "", Tone.BAD if self.has_problem() else Tone.PLAIN)

    def _on_text_edited(self, text: str) -> None:
        day = self.day()
        if day != self._shown:
            self._shown = day
        self.day_changed.emit()


def parse_day(text: str) -> date | None:
    """The day that a text says, None for an empty one. ValueError when it says none."""
    clean = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()).lower()
    if not clean:
        return None
    if match := _ISO.match(clean):
        year, month, day = (int(part) for part in match.groups() if part)
    elif match := _DAY_FIRST.match(clean):
        day, month, year = (int(part) for part in match.groups())
    elif match := _DAY_NAME.match(clean):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := _NAME_DAY.match(clean):
        month, day, year = _month(match[1]), int(match[2]), int(match[3])
    else:
        raise ValueError(text)
    return date(year, month, day)


def _month(word: str) -> int:
    """The month that a word begins, in either language; ValueError unless it is one month only."""
    found = {number for name, number in _MONTHS.items() if name.startswith(word)}
    # "juil" and "jul" are July, "jui" could be June too; shorter words than three say nothing.
    if len(found) != 1 or len(word) < 3:
        raise ValueError(word)
    return found.pop()
