# SPDX-License-Identifier: Apache-2.0
"""How a deadline reads in a list, and by when the agenda is cut into chips.

COLUMNS      the columns of the list
tone_of(row), said_of(row), tip_of(row)     how near it is, what falls due, and why
shown_of(row)                               what falls due, and who has taken it on
buckets(counts, total), days_of(key)        the chips, and from which day to which each reaches
"""

from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.deadlines import MONTH, QUARTER, WEEK, AgendaCounts
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.choice_chips import Choice
from imp_plus_desktop.words.messages import deadline_said, name_of
from imp_plus_desktop.words.servers.desk_texts import claim_tip, claimed_text, marked

_WAITS = frozenset({DeadlineKind.REFUND.value, DeadlineKind.BIOMETRIC_LETTER.value})
ALL, RESTS = "all", "rests"
"""The chips of the whole agenda, and of what rests."""


def tone_of(row: DeadlineRow) -> Tone:
    """How near the day is: bad within a week or once past, warning within a month.

    What the office waits for is no failing of its own, however long it lasts.
    """
    if row.acknowledged_on is not None:
        return Tone.PLAIN
    if row.kind in _WAITS:
        return Tone.ACCENT if row.days_left >= 0 else Tone.WARN
    if row.days_left <= WEEK:
        return Tone.BAD
    return Tone.WARN if row.days_left <= MONTH else Tone.PLAIN


def said_of(row: DeadlineRow) -> str:
    words = deadline_said(row)
    if row.moved_because is not None:
        words = _("{what} · moved").format(what=words)
    return f"✓ {words}" if row.acknowledged_on is not None else words


def shown_of(row: DeadlineRow) -> str:
    """The same in the window, with who has taken it on."""
    said = said_of(row)
    return said if row.claim is None else f"{said} · {claimed_text(row.claim)}"


def _name_shown(row: DeadlineRow) -> str:
    """A name with a mark of who has taken it on: what falls due may be out of sight."""
    return marked(row.name, row.claim)


def _name_tip(row: DeadlineRow) -> str:
    return row.name if row.claim is None else f"{row.name}\n{claim_tip(row.claim)}"


def tip_of(row: DeadlineRow) -> str:
    lines = [deadline_said(row), agenda.why(row)]
    if row.acknowledged_on is not None:
        lines.append(_("Seen on {day}").format(day=write.day_long(row.acknowledged_on)))
    if row.claim is not None:
        lines.append(claim_tip(row.claim))
    return "\n".join(line for line in lines if line)


COLUMNS: tuple[Column[DeadlineRow], ...] = (
    Column(
        "day", lambda: _("Day"), lambda r: write.iso(r.day), width=7.4, kind="date", sort="day",
        source="line.day",
    ),
    Column(
        "left", lambda: _("Left"), lambda r: write.days(r.days_left), width=4.8, kind="number",
        tone=tone_of, tooltip=lambda r: write.days_in_words(r.days_left),
        source="line.day", days=lambda r: r.days_left,
    ),
    Column(
        "kind", lambda: _("Kind"), lambda r: name_of(r.kind, "deadline_kind"), width=10.4,
        kind="chip", sort="kind", tone=tone_of,
        source="line.kind",
    ),
    Column(
        "name", lambda: _("Person"), lambda r: r.name, width=12.2, sort="name",
        tooltip=_name_tip, shown=_name_shown,
    ),
    Column(
        "sentence", lambda: _("What falls due"), said_of, width=14, tooltip=tip_of, quiet=True,
        stretch=True, shown=shown_of,
    ),
)  # fmt: skip


def buckets(found: AgendaCounts, total: int) -> list[Choice]:
    """One chip for all, then one for each bucket with what nobody has seen yet."""
    named = (
        (ALL, _("All"), total),
        ("overdue", _("Overdue"), found.overdue),
        ("today", _("Today"), found.today),
        ("week", _("7 days"), found.week),
        ("month", _("30 days"), found.month),
        ("quarter", _("90 days"), found.quarter),
        ("later", _("Later"), found.later),
        (RESTS, _("At rest"), found.resting),
    )
    return [Choice(key, f"{words} {format_number(count)}") for key, words, count in named]


def days_of(key: str) -> tuple[int | None, int | None]:
    """From how many days from today to how many a bucket reaches."""
    return {
        "overdue": (None, -1),
        "today": (0, 0),
        "week": (1, WEEK),
        "month": (WEEK + 1, MONTH),
        "quarter": (MONTH + 1, QUARTER),
        "later": (QUARTER + 1, None),
    }.get(key, (None, None))
