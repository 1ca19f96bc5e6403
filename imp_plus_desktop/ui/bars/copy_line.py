# SPDX-License-Identifier: Apache-2.0
"""When the latest copy was made, in a few words for the foot of the side bar."""

from datetime import datetime, timedelta

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import format as words


def copy_line(made: datetime | None, now: datetime) -> str:
    """The line; `made` is None where there is no copy."""
    if made is None:
        return _("No copy made yet")
    local = made.astimezone(now.tzinfo)
    moment = words.moment(local, now.date())
    if local.date() == now.date():
        return _("Copy made at {time}").format(time=moment)
    if local.date() == now.date() - timedelta(days=1):
        return _("Copy made yesterday")
    return _("Copy made: {day}").format(day=moment)
