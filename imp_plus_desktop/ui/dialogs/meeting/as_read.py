# SPDX-License-Identifier: Apache-2.0
"""What a list rests on while it is in front: the register as it was when the list was read.

    AsRead(shell)
        note()                        the list is about to be read
        earlier()                     the same as it stands, however often `note` follows
        office()                      the open register, for what is done to what the list shows
        do(parent, act, *given)       do an act on that office; where another desk was first, ask
        tried(parent, act, *given)    the same, and what stands in its way is said in the status bar
        told(parent, said, act, …)    the same, and what was done is said there too
    overwritten(begun, before, was, now)
                                      where another desk has changed what somebody may be changing
                                      here, unsaved: that still rests on what was read before
    refusal(error)                    why it could not be done, with what the other desk did

Must not hold a widget.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.error_texts import error_text

K = TypeVar("K")
P = ParamSpec("P")
T = TypeVar("T")


class AsRead:
    """Of one list. What it noted of a register that is not the open one any more counts for
    nothing."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._of: Office | None = None
        self._noted: Office | None = None

    def note(self) -> None:
        """The list is about to be read."""
        self._of = self._shell.office
        self._noted = self._of.as_shown()

    def earlier(self) -> "AsRead":
        """What the list rests on now, for what somebody has begun to change by then."""
        made = AsRead(self._shell)
        made._noted = self.office()
        made._of = self._of
        return made

    def office(self) -> Office:
        """The open register, for what is done to what the list shows."""
        if self._noted is None or self._of is not self._shell.office:
            self.note()
        return self._noted or self._shell.office

    def do(
        self,
        parent: QWidget,
        act: Callable[Concatenate[Office, P], T],
        *given: P.args,
        **named: P.kwargs,
    ) -> T:
        """Do an act on what the list shows. Errors: Overtaken where nothing was chosen, and those
        of the act."""
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        return meet(parent, partial(act, self.office(), *given, **named))

    def tried(
        self,
        parent: QWidget,
        act: Callable[Concatenate[Office, P], T],
        *given: P.args,
        **named: P.kwargs,
    ) -> T | None:
        """The same, but what stands in its way is said in the status bar, and nothing answered."""
        try:
            return self.do(parent, act, *given, **named)
        except AppError as error:
            self._shell.say(refusal(error))
            return None

    def told(
        self, parent: QWidget, said: str, act: Callable[..., ActId | None], *given: object
    ) -> bool | None:
        """The same of an act that may have nothing to do, which says what was done; whether
        anything was, None where something stood in its way."""
        try:
            made = self.do(parent, act, *given)
        except AppError as error:
            self._shell.say(refusal(error))
            return None
        self._shell.changed(said if made is not None else "", made)
        return made is not None


def overwritten(
    begun: dict[K, AsRead], before: AsRead, was: Mapping[K, object], now: Mapping[K, object]
) -> None:
    """Keep on what the unsaved changes of something rest, where that was kept anew since."""
    for key, one in was.items():
        if now.get(key, one) != one:
            begun.setdefault(key, before)


def refusal(error: AppError) -> str:
    """Why something could not be done, with what another desk did to it."""
    return " ".join(filter(None, (error_text(error), error.meanwhile)))
