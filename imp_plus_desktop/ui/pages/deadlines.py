# SPDX-License-Identifier: Apache-2.0
"""The agenda: what falls due, the nearest first. Holds columns and filters, no rule.

The agenda is derived from every file, so it is asked for once a refresh and narrowed here.
"""

from array import array
from collections.abc import Sequence
from typing import cast

from imp_plus_desktop.domain.names import fold, sort_key
from imp_plus_desktop.domain.rows import DeadlineRow
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services import deadlines, people
from imp_plus_desktop.services.messages import deadline_text, name_of
from imp_plus_desktop.ui import format as write
from imp_plus_desktop.ui.pages.list_page import ListTexts
from imp_plus_desktop.ui.pages.person_list import PersonListPage
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.theme import Tone
from imp_plus_desktop.ui.widgets.chips import FilterChip

_WEEK, _MONTH = 7, 30
_WINDOWS = (7, 30, 90)
_OVERDUE = "overdue"
_COUNTED_AT_ONCE = 500


def tone_of(row: DeadlineRow) -> Tone:
    """How near the day is: bad within a week or once past, warning within a month."""
    if row.days_left <= _WEEK:
        return Tone.BAD
    return Tone.WARN if row.days_left <= _MONTH else Tone.PLAIN


def _sentence(row: DeadlineRow) -> str:
    return deadline_text(row.kind, row.reason)


def _sort_value(row: DeadlineRow, key: str) -> tuple[object, ...]:
    if key == "kind":
        return (name_of(row.kind, "deadline_kind"), row.day)
    if key == "name":
        return (sort_key(row.name), row.day)
    return (row.day, row.key)


COLUMNS: tuple[Column[DeadlineRow], ...] = (
    Column("day", lambda: _("Day"), lambda r: write.iso(r.day), width=7.4, kind="date", sort="day"),
    Column(
        "left", lambda: _("Left"), lambda r: write.days(r.days_left), width=4.8, kind="number",
        tone=tone_of, tooltip=lambda r: write.days_in_words(r.days_left),
    ),
    Column(
        "kind", lambda: _("Kind"), lambda r: name_of(r.kind, "deadline_kind"), width=8.6,
        kind="chip", sort="kind", tone=tone_of,
    ),
    Column(
        "name", lambda: _("Person"), lambda r: r.name, width=10, sort="name", stretch=True,
        tooltip=lambda r: r.name,
    ),
    Column(
        "sentence", lambda: _("What falls due"), _sentence, width=14, tooltip=_sentence, quiet=True,
    ),
)  # fmt: skip


class DeadlinesPage(PersonListPage):
    """What falls due, for whom and when."""

    key = "deadlines"
    icon = "deadlines"
    EXPORT = "deadlines"
    SORT = ("day", False)

    def texts(self) -> ListTexts:
        return ListTexts(
            title=_("Deadlines"),
            search=_("Search a name…"),
            empty_title=_("Nothing falls due"),
            empty_sentence=_(
                "This is where the days stand that must not be missed: the end of a letter, a CSQ, "
                "a passport, a permit. They come by themselves from each person’s file."
            ),
        )

    def columns(self) -> Sequence[Column[DeadlineRow]]:
        return COLUMNS

    def make_filters(self) -> None:
        self._rows: dict[int, DeadlineRow] = {}
        self.nearness = self.filters.add_chip(FilterChip())
        self.kind = self.filters.add_chip(FilterChip())

    def fill_filters(self) -> None:
        within = [
            (days, ngettext("Within {days} day", "Within {days} days", days).format(days=days))
            for days in _WINDOWS
        ]
        self.nearness.set_choices(_("When"), _("Every day"), [(_OVERDUE, _("Past")), *within])
        kinds = sorted({row.kind for row in self._rows.values()})
        named = [(kind, name_of(kind, "deadline_kind")) for kind in kinds]
        self.kind.set_choices(_("Kind"), _("All kinds"), named)

    def refresh(self) -> None:
        self._rows = {row.key: row for row in deadlines.agenda(self.shell.office)}
        super().refresh()

    def wanted_ids(self, text: str, sort: str, descending: bool) -> "array[int]":
        words = fold(text)
        window, kind = self.nearness.value(), self.kind.value()
        found = [
            row
            for row in self._rows.values()
            if (kind is None or row.kind == kind)
            and _in_window(row, window)
            and (not words or words in fold(row.name))
        ]
        found.sort(key=lambda row: _sort_value(row, sort), reverse=descending)
        return array("q", (row.key for row in found))

    def fetch(self, ids: Sequence[int]) -> Sequence[DeadlineRow]:
        return [self._rows[key] for key in ids]

    def total(self) -> int:
        return len(self._rows)

    def count(self) -> str:
        """What falls due within a month, what is past included."""
        # The agenda reads every file: in a large register only when the page itself asks.
        if people.count(self.shell.office) <= _COUNTED_AT_ONCE:
            near = len(deadlines.agenda(self.shell.office, within=_MONTH))
        else:
            near = sum(row.days_left <= _MONTH for row in self._rows.values())
        return format_number(near) if near else ""


def _in_window(row: DeadlineRow, window: object) -> bool:
    if window is None:
        return True
    if window == _OVERDUE:
        return row.days_left < 0
    return 0 <= row.days_left <= cast(int, window)
