# SPDX-License-Identifier: Apache-2.0
"""What the foot of the side bar says of a register: when it was last copied, in a few words."""

from datetime import datetime, timedelta

from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.words.copy_texts import ahead_text, network_text
from imp_plus_desktop.words.servers.snapshot_texts import moment_of


def foot_lines(office: Office) -> list[str]:
    """What the foot says of an open register."""
    if office.server is not None:
        return [_("On a server")]
    if moment_of(office.reading) is not None:
        return [_("A snapshot")]
    made = maintenance.copies_made(office)
    line = copy_line(made.latest, datetime.now().astimezone())
    remote = network_text(maintenance.is_on_network(office))
    return [line, *filter(None, [ahead_text(made.ahead), remote])]


def copy_line(made: datetime | None, now: datetime) -> str:
    """The line; `made` is None where there is no copy."""
    if made is None:
        return _("No copy made yet")
    local = made.astimezone(now.tzinfo)
    day, today = toronto_day(made), toronto_day(now)
    moment = words.moment(local, today)
    if day == today:
        return _("Copy made at {time}").format(time=moment)
    if day == today - timedelta(days=1):
        return _("Copy made yesterday")
    return _("Copy made: {day}").format(day=moment)
