# SPDX-License-Identifier: Apache-2.0
"""What stands in the place of a value that a server hides from who only reads.

    HIDDEN                  the sign that the server gives, and that is shown
    HIDDEN_DAY              the same as a day: shown as the sign, and no rule can ask when it is
    day_of(text) -> date    a day as it is kept, or HIDDEN_DAY
    is_hidden(value)        whether it is one of these
    must_see(text)          refuses to go on with what is hidden

A rule that asks what a hidden value is gets HiddenValueError. Whoever asks the rule says so then
(`seen.py`): what is hidden is neither missing nor wrong.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from imp_plus_desktop.domain.values.errors import NotAllowed

HIDDEN = "•••"


class HiddenValueError(NotAllowed):
    """An answer hangs on a value that is hidden from who asks."""

    def __init__(self) -> None:
        super().__init__("hidden_from_readers")


def _refuse(*_asked: Any, **_more: Any) -> NoReturn:
    raise HiddenValueError()


class HiddenDay(date):
    """A day of which it is known that there is one, and nothing else."""

    sign = HIDDEN
    """What is shown of it in every language (`i18n`)."""

    year = month = day = property(_refuse)
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    toordinal = timetuple = weekday = isoweekday = isocalendar = replace = _refuse

    def isoformat(self) -> str:
        return HIDDEN

    def strftime(self, _format: str) -> str:
        return HIDDEN

    __str__ = isoformat

    def __format__(self, _how: str) -> str:
        return HIDDEN

    def __repr__(self) -> str:
        return "HIDDEN_DAY"

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        if isinstance(other, date):
            raise HiddenValueError()
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(HIDDEN)

    def __reduce__(self) -> Any:
        return day_of, (HIDDEN,)


HIDDEN_DAY = HiddenDay(1, 1, 1)


def day_of(text: str) -> date:
    """A day from its ISO text, or from the sign."""
    return HIDDEN_DAY if text == HIDDEN else date.fromisoformat(text)


def is_hidden(value: object) -> bool:
    """Whether a value is hidden from who asks."""
    return value == HIDDEN if isinstance(value, str) else value is HIDDEN_DAY


def must_see(text: str) -> str:
    """A text about which something is asked. Errors: HiddenValueError."""
    if text == HIDDEN:
        raise HiddenValueError()
    return text
