# SPDX-License-Identifier: Apache-2.0
"""What is said of the copies of a register. Holds no rule and reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.domain.reads.prospects import Prospect, RegisterState
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _, format_day, format_number, format_time, ngettext
from imp_plus_desktop.words.act_texts import act_text


def ahead_text(names: Sequence[str]) -> str:
    """That copies are dated in the future, empty where none is."""
    if not names:
        return ""
    return ngettext(
        "{count} copy is dated in the future. It is kept aside; check the clock of this computer.",
        "{count} copies are dated in the future. They are kept aside; check the clock of this"
        " computer.",
        len(names),
    ).format(count=format_number(len(names)))


def prospect_lines(prospect: Prospect) -> list[str]:
    """What restoring a copy would change, line by line."""
    lines = [
        _("In the copy: {content}").format(content=_state_text(prospect.copy)),
        _("In the register: {content}").format(content=_state_text(prospect.present)),
    ]
    if prospect.is_other:
        lines.append(_("This copy is of another register: nothing of this one is in it."))
    if prospect.is_plain:
        lines.append(plain_text())
    if prospect.would_lose:
        lost = ngettext(
            "{count} act of the register is not in the copy and would go.",
            "{count} acts of the register are not in the copy and would go.",
            prospect.would_lose,
        )
        lines.append(lost.format(count=format_number(prospect.would_lose)))
    if prospect.would_bring:
        brought = ngettext(
            "{count} act of the copy is not in the register and would come.",
            "{count} acts of the copy are not in the register and would come.",
            prospect.would_bring,
        )
        lines.append(brought.format(count=format_number(prospect.would_bring)))
    if not (prospect.would_lose or prospect.would_bring):
        lines.append(_("The copy and the register hold the same."))
    return lines


def plain_text() -> str:
    """That a copy has no passphrase though its register has one."""
    return _("This copy has no passphrase. What it holds is put under the register’s.")


def content_text(people: int, acts: int) -> str:
    """How many people and acts there are."""
    return _("{people}, {acts}").format(
        people=ngettext("{count} person", "{count} people", people).format(
            count=format_number(people)
        ),
        acts=ngettext("{count} act", "{count} acts", acts).format(count=format_number(acts)),
    )


def _state_text(state: RegisterState) -> str:
    said = content_text(state.people, state.acts)
    if state.newest is None:
        return said
    return _("{content}; the latest on {when}, {who}: {act}").format(
        content=said,
        when=lost_when(state.newest),
        who=state.newest.who,
        act=act_text(state.newest),
    )


def lost_when(act: ActRow) -> str:
    """An act's local day and hour."""
    at = act.at.astimezone()
    return _("{day} at {time}").format(day=format_day(at.date()), time=format_time(at))


def skipped_lines(names: Sequence[str]) -> list[str]:
    """Which copies could not follow a change of passphrase."""
    if not names:
        return []
    said = ngettext(
        "{count} copy could not be read and stays as it was, under its former passphrase or none:",
        "{count} copies could not be read and stay as they were, under their former passphrase or"
        " none:",
        len(names),
    )
    return [said.format(count=format_number(len(names))), *(f"  {name}" for name in names)]


def waiting_lines(names: Sequence[str]) -> list[str]:
    """Which copies follow a change of passphrase only later."""
    if not names:
        return []
    said = ngettext(
        "{count} copy is still under its former passphrase or none, since another program holds it"
        " or there is no room; it follows when the register is opened next:",
        "{count} copies are still under their former passphrase or none, since another program"
        " holds them or there is no room; they follow when the register is opened next:",
        len(names),
    )
    return [said.format(count=format_number(len(names))), *(f"  {name}" for name in names)]


def left_lines(names: Sequence[str]) -> list[str]:
    """Which old copies could not be removed."""
    if not names:
        return []
    said = ngettext(
        "{count} old copy could not be removed, since another program holds it; it goes with a"
        " later copy:",
        "{count} old copies could not be removed, since another program holds them; they go with a"
        " later copy:",
        len(names),
    )
    return [said.format(count=format_number(len(names))), *(f"  {name}" for name in names)]


def network_text(is_remote: bool) -> str:
    """That a register lies on another computer's drive, empty where it does not."""
    if not is_remote:
        return ""
    return _("This register is on a network drive: one desk writes at a time, the others read.")
