# SPDX-License-Identifier: Apache-2.0
"""Taking on what waits, and asking before one does what another has taken on.

    toggle(shell, window, matter)            take it on, or let it go
    may_do(shell, window, *matters) -> bool  whether it is to be done: nobody else has taken it on,
                                             or it is to be done all the same
    button_texts(office, matter)             what a button for that says, and its tip

Nobody is kept from anything; in a register in a file nothing is asked.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.desks import Claim, Matter, touched_by
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.servers.desk_texts import (
    anyway_text,
    claim_tip,
    take_over_text,
    taken_text,
)


def toggle(shell: Shell, window: QWidget, matter: Matter) -> None:
    """Take something on, or let go of it; what another has taken on only where it is meant so.
    Errors: AppError."""
    office = shell.office
    before = office.company.claims
    claim = before.get(matter)
    if claim is not None and claim.is_own:
        claims.let_go(office, matter)
        text = _("Let go: others can take it on")
    else:
        if claim is not None and not _takes(window, claim):
            return
        claims.take_on(office, matter, away=claim is not None)
        now = office.company.whose(matter)
        text = "" if now is None else taken_text(now)
    shell.data_changed.emit(touched_by(before, office.company.claims))
    shell.say(text)


def may_do(shell: Shell, window: QWidget, *matters: Matter) -> bool:
    """Whether something is to be done: it is asked where somebody else has taken it on."""
    claim = claims.others_claim(shell.office, *matters)
    return claim is None or bool(
        Question(
            window,
            _("Taken on by {name}").format(name=claim.name),
            anyway_text(claim),
            _("Do it all the same"),
            _("Leave it"),
        ).ask()
    )


def button_texts(office: Office, matter: Matter | None) -> tuple[str, str]:
    """What a button says that takes something on or lets it go, and what its tip says."""
    claim = None if matter is None else office.company.whose(matter)
    if claim is None:
        return _("Take it on"), _("Show the other desks who sees to this")
    if claim.is_own:
        return _("Let it go"), claim_tip(claim)
    return _("Take it over…"), claim_tip(claim)


def _takes(window: QWidget, claim: Claim) -> bool:
    return bool(
        Question(
            window,
            _("Take over from {name}?").format(name=claim.name),
            take_over_text(claim),
            _("Take it over"),
            _("Leave it"),
        ).ask()
    )
