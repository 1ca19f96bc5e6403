# SPDX-License-Identifier: Apache-2.0
"""What the agenda says of itself as a whole, and how one day of it is asked for.

said_of_counts(counts)    what is near, for the status bar
all_at_rest(count)        what the list says where nothing waits, and something rests
on_day(columns, day)      the filters of columns, with that day and no other
"""

from datetime import date

from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.agenda.deadlines import AgendaCounts


def said_of_counts(found: AgendaCounts) -> str:
    """What is near, in one line."""
    return _("{overdue} overdue · {today} today · {week} within 7 days").format(
        overdue=format_number(found.overdue),
        today=format_number(found.today),
        week=format_number(found.week),
    )


def all_at_rest(count: int) -> str:
    """What the list says where nothing waits, and where the rest is to be seen."""
    return ngettext(
        "Nothing waits. {count} deadline stands at rest, long past or in a closed file: "
        "choose “At rest” above the list.",
        "Nothing waits. {count} deadlines stand at rest, long past or in a closed file: "
        "choose “At rest” above the list.",
        count,
    ).format(count=format_number(count))


def on_day(columns: tuple[ColumnFilter, ...], day: date) -> tuple[ColumnFilter, ...]:
    """The same filters of columns, with one day and no other."""
    on = ColumnFilter("line.day", low=day.isoformat(), high=day.isoformat())
    return (*(one for one in columns if one.column != on.column), on)
