# SPDX-License-Identifier: Apache-2.0
"""Sentences of the window on what other desks did.

in_the_way_text(act | None)     why something cannot go back whole
done_by_text(act)               who did what
"""

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _
from imp_plus_desktop.words.messages import act_text


def done_by_text(act: ActRow) -> str:
    """Who did what: `M. Roy: changed the file of Benali, Amine`."""
    return _("{who}: {act}").format(who=act.who, act=act_text(act))


def in_the_way_text(newer: ActRow | None) -> str:
    """Why an act cannot go back whole: the later act that touched the same values."""
    if newer is None:
        return _("A number that would come back belongs to another file by now.")
    return _("The same values have been changed since – {act}.").format(act=done_by_text(newer))
