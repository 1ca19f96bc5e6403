# SPDX-License-Identifier: Apache-2.0
"""Sentences of the window on what other desks did.

in_the_way_text(act | None)     why something cannot go back whole
done_by_text(act)               who did what
named_text(act, user)           its name, with who did it where that was not `user`
"""

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _
from imp_plus_desktop.words.messages import act_noun, act_text


def done_by_text(act: ActRow) -> str:
    """Who did what: `M. Roy: changed the file of Benali, Amine`."""
    return _("{who}: {act}").format(who=act.who, act=act_text(act))


def named_text(act: ActRow, user: str) -> str:
    """An act by its name, as it stands on what undoes it; with who did it where that is somebody
    else than `user`: `decision, Benali, Amine (M. Roy)`."""
    noun = act_noun(act)
    if act.who == user:
        return noun
    return _("{name} ({value})").format(name=noun, value=act.who)


def in_the_way_text(newer: ActRow | None) -> str:
    """Why an act cannot go back whole: the later act that touched the same values."""
    if newer is None:
        return _("A number that would come back belongs to another file by now.")
    return _("The same values have been changed since – {act}.").format(act=done_by_text(newer))
