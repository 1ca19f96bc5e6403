# SPDX-License-Identifier: Apache-2.0
"""What a list of people shows of each, and what it filters by; today's list and that of a past day.

Holds columns and filters only.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from imp_plus_desktop.domain.deadlines.waiting import LEVELS
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import PersonRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import PersonStatus
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.people import listed
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.permits import tone_of_days
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.standings import chip_of, letter_days
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.ui.widgets.flag_chip import FlagChip, claimed_of, is_on
from imp_plus_desktop.words.messages import country_name, field_label, name_of, waiting_text


class PeopleRows(ListPage):
    """A list of people, in French order of names."""

    key = "people"
    KIND = ListKind.PEOPLE
    ids_of = staticmethod(listed.ids)
    count_of = staticmethod(listed.matching)
    EXPORT = "people"
    SORT = ("name", False)
    SIZES = (12, 10)

    def columns(self) -> Sequence[Column[PersonRow]]:
        # The day counts the letter's days down, so the column asks the shell at each use.
        return (
            Column(
                "name", lambda: _("Name"), lambda r: r.name, width=10, sort="name",
                stretch=True, tooltip=lambda r: r.name,
            ),
            Column(
                "reference", lambda: _("Reference"), _reference, width=7,
                sort="reference", quiet=True, kind="date", tooltip=_reference_tip,
                source="person.individual_reference",
            ),
            Column(
                "citizenship", lambda: field_label("citizenship"), _citizenship, width=6.8,
                sort="citizenship", tooltip=_citizenship,
                source="person.citizenship",
            ),
            Column(
                "verdict", lambda: _("Eligibility"), lambda r: chip_of(r)[0], width=13,
                kind="chip", sort="verdict", tone=lambda r: chip_of(r)[1], tooltip=_verdict_tip,
                source="standing.verdict",
            ),
            Column(
                "letter", lambda: _("Time left"), self._letter, width=6, kind="number",
                sort="time_left", tooltip=_letter_tip,
                source="standing.last_safe_day", days=self._letter_days,
            ),
            Column(
                "clerk", lambda: _("Responsible"), lambda r: write.text(r.clerk), width=7,
                sort="clerk", quiet=True, optional=True, tooltip=lambda r: r.clerk or "",
                source="person.clerk",
            ),
            Column(
                "contact", lambda: _("Last contact"), lambda r: write.iso(r.last_contact),
                width=7.4, kind="date", sort="last_contact", optional=True,
                source="contact.on_day",
            ),
            Column(
                "permit_left", lambda: _("Permit left"), self._permit_left, width=5.4,
                kind="number", sort="permit.valid_until", optional=True,
                tone=self._permit_tone, source="permit.valid_until", more=True,
                days=self._permit_days,
            ),
        )  # fmt: skip

    def make_filters(self) -> None:
        self.letter_year = self.filters.add_chip(FilterChip(), "letter_year")
        self.status_chip = self.filters.add_chip(FilterChip(), "status")
        self.verdict = self.filters.add_chip(FilterChip(), "verdict")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))
        self.flagged = cast(FlagChip, self.filters.add_chip(FlagChip(), "flagged"))
        self.waits = self.filters.add_chip(FilterChip(), "waits")

    def fill_filters(self) -> None:
        years = listed.letter_years(self.shell.office)
        shown = [(year, _("Letter of {year}").format(year=year)) for year in years]
        self.letter_year.set_choices(_("Year of the letter"), _("All letters"), shown)
        statuses = [(status, name_of(status)) for status in PersonStatus]
        self.status_chip.set_choices(_("Status"), _("All statuses"), statuses)
        verdicts = [(verdict, name_of(verdict)) for verdict in VerdictCode]
        self.verdict.set_choices(_("Eligibility"), _("Eligibility"), verdicts)
        self.clerk.fill(self.shell.office)
        self.flagged.fill(shared=self.shell.office.server is not None)
        waits = [(code, waiting_text(code)) for code in LEVELS if code != "review_rows"]
        self.waits.set_choices(_("What is waiting"), _("All that is waiting"), waits)

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> PeopleFilter:
        return PeopleFilter(
            text=text,
            letter_year=named.get("letter_year"),
            status=named.get("status"),
            verdict=named.get("verdict"),
            clerk=named.get("clerk"),
            flagged=is_on(named.get("flagged")),
            claimed=claimed_of(named.get("flagged")),
            waits=named.get("waits"),
            columns=columns,
        )

    def fetch(self, ids: Sequence[int]) -> Sequence[PersonRow]:
        return listed.rows(self.shell.office, ids)

    def total(self) -> int:
        return listed.count(self.shell.office)

    def person_of(self, row: PersonRow) -> int:
        return row.id

    def _permit_left(self, row: PersonRow) -> str:
        return _shown(self._permit_days(row))

    def _permit_days(self, row: PersonRow) -> int | None:
        day = _permit_until(row)
        return None if day is None else (day - self.shell.today()).days

    def _permit_tone(self, row: PersonRow) -> Tone:
        left = self._permit_days(row)
        return Tone.PLAIN if left is None else tone_of_days(left)

    def _letter(self, row: PersonRow) -> str:
        return _shown(self._letter_days(row))

    def _letter_days(self, row: PersonRow) -> int | None:
        return letter_days(row, self.shell.today())


def _shown(days: int | None) -> str:
    return write.DASH if days is None else write.days(days)


def _permit_until(row: PersonRow) -> date | None:
    """The last day of the permit, where the list was asked for it."""
    until = row.more.get("permit.valid_until")
    return date.fromisoformat(str(until)) if until else None


def _reference(row: PersonRow) -> str:
    return write.text(row.individual_reference or row.uci or row.file_number)


def _reference_tip(row: PersonRow) -> str:
    pairs = (
        ("individual_reference", row.individual_reference),
        ("uci", row.uci),
        ("file_number", row.file_number),
    )
    return "\n".join(
        _("{name}: {value}").format(name=field_label(name), value=value)
        for name, value in pairs
        if value
    )


def _citizenship(row: PersonRow) -> str:
    return country_name(row.citizenship) if row.citizenship else write.DASH


def _verdict_tip(row: PersonRow) -> str:
    return f"{name_of(row.verdict)} · {name_of(row.status)}"


def _letter_tip(row: PersonRow) -> str:
    if row.last_safe_day is None:
        return ""
    return _("Last safe day to apply: {day}").format(day=write.day_long(row.last_safe_day))
