# SPDX-License-Identifier: Apache-2.0
"""What whoever works in a window may do there, asked before anything is filled in.

    work_as(window, role)         once it is known, and again when another register is opened
    may(widget, act) -> bool      an act as the journal calls it
    covers(role, act) -> bool     the same of a role
    why_not(act) -> str           one sentence: who may
    act_of(action) -> str         which act an action makes, by its id

Which role an act needs says `domain/values/roles.py`, and nobody else. An action is taken for an
act of its own name, which is one of the daily work where that table does not say more; those that
only show something are named here.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.roles import Role, needed
from imp_plus_desktop.words.servers.role_names import needs_text

_ROLE = "imp_plus_role"
_SHOWING = ("view.", "theme.", "language.", "help.", "privacy.")
"""How the names of actions begin that show something, or a list in which one goes on."""
_SHOWS = frozenset(
    {
        *("file.new", "file.open", "file.open_server", "file.template", "file.letters"),
        *("file.restore", "file.copies", "file.take_along", "file.of_server", "file.settings"),
        *("file.passphrase.set", "file.passphrase.change", "file.passphrase.remove"),
        *("file.passphrase.key", "file.lock", "file.quit"),
        *("edit.find", "edit.find_here", "edit.journal"),
        *("report.periods", "report.pivot", "quota.try"),
        *("person.history", "person.as_of", "person.explain", "person.copy"),
        *("contact.letter", "document.scan", "flag.show"),
    }
)
"""Actions that do so by themselves. What leaves the register is an act. Where values come from and
who may be one person rest on values that are hidden from who only reads: they are not named."""


def work_as(window: QWidget, role: Role) -> None:
    """Say who works in a window; what stands in it already is told."""
    window.setProperty(_ROLE, role.value)
    for child in window.findChildren(QWidget):
        judge = getattr(child, "judge", None)
        if judge is not None:
            judge()


def act_of(action: str) -> str:
    """The act that an action of a menu or a page makes, empty for one that shows something."""
    if not action or action in _SHOWS or action.startswith(_SHOWING):
        return ""
    return action


def may(widget: QWidget, act: str) -> bool:
    """Whether whoever works in a widget's window may do an act; everybody may do none."""
    at: QWidget | None = widget
    while act and at is not None:
        known = at.property(_ROLE)
        if known:
            return covers(Role(known), act)
        at = at.parentWidget()
    return True


def covers(role: Role, act: str) -> bool:
    """Whether a role may do an act."""
    return not act or role.covers(needed(act))


def why_not(act: str, *, short: bool = False) -> str:
    """Who may do an act, in one sentence; in a few words where there is no room for it."""
    return needs_text(needed(act), short=short)
