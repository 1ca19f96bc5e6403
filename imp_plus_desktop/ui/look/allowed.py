# SPDX-License-Identifier: Apache-2.0
"""What whoever works in a window may do there, asked before anything is filled in.

    work_as(window, rights)       once they are known, and again when another register is opened
    may(widget, act) -> bool      an act as the journal calls it
    why_not(widget, act) -> str   one sentence: who may, or why nobody; empty where it can be done
    covers(rights, act), refusal(rights, act)      the same of somebody's rights
    act_of(action) -> str         which act an action makes, by its id

Which role an act needs says `domain/values/roles.py`, and nobody else. An action is taken for an
act of its own name, which is one of the daily work where that table does not say more; those that
only show something are named here, and those by which something leaves the register, since of one
that is only read it may: of one that lies where nothing can be written everything, of a snapshot
what is printed.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.roles import Rights, Role, needed
from imp_plus_desktop.words.servers.role_names import needs_text, reading_text

_ROLE, _READING = "imp_plus_role", "imp_plus_reading"
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


_PRINTS = frozenset({"file.print", "person.print", "out.print"})
_LEAVES = _PRINTS | {
    *("file.export", "file.export_all", "file.export_register", "file.pdf", "person.pdf"),
    *("file.backup", "out.backup", "out.export", "out.journal", "report.list", "report.quota"),
    *("report.year", "deadlines.calendar", "document.extract", "person.write"),
    *("several.copy", "several.export", "several.mail_copy", "several.mail_draft"),
}
"""Acts by which something leaves the register and nothing in it changes."""
_SEES_ALL = frozenset({"list.as_of", "register.check"})
"""What writes nothing, and rests on values that are hidden from who only reads."""
_OF_READING = {"only_read": _LEAVES, "snapshot": _PRINTS}
"""What can be done all the same, by why a register is only read."""


def work_as(window: QWidget, rights: Rights) -> None:
    """Say who works in a window, and whether anything can be written; what stands in it already is
    told."""
    window.setProperty(_ROLE, rights.role.value)
    window.setProperty(_READING, rights.reading)
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
    return covers(_rights_in(widget), act)


def why_not(widget: QWidget, act: str) -> str:
    """Who may do an act that whoever works in a widget's window may not, or why nobody may, in one
    sentence; empty where they may."""
    return refusal(_rights_in(widget), act)


def covers(rights: Rights, act: str) -> bool:
    """Whether these rights let an act be done."""
    return not act or (_is_written(rights, act) and rights.role.covers(needed(act)))


def refusal(rights: Rights, act: str, *, short: bool = False) -> str:
    """The same in one sentence, empty where it can be done; in a few words where there is no room
    for it."""
    if covers(rights, act):
        return ""
    if not _is_written(rights, act):
        return reading_text(rights.reading, short=short)
    return needs_text(needed(act), short=short)


def _is_written(rights: Rights, act: str) -> bool:
    may = not rights.reading or act in _SEES_ALL
    return may or act in _OF_READING.get(rights.reading, ())


def _rights_in(widget: QWidget) -> Rights:
    at: QWidget | None = widget
    while at is not None:
        known = at.property(_ROLE)
        if known:
            return Rights(Role(known), str(at.property(_READING) or ""))
        at = at.parentWidget()
    return Rights()
