# SPDX-License-Identifier: Apache-2.0
"""The list of permits and how long they last. Holds columns and filters only."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, cast

from imp_plus_desktop.domain.deadlines.nearness import NEAR_DAYS, SOON_DAYS
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import PermitRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.values.codes import DocumentType, LimitedBy
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.person_list import FiguredListPage
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.meanings import meaning_of
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions import application_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import Offer, offers
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.words.messages import field_label, name_of

_PAST = -1
_LIMIT_TONES = {LimitedBy.PASSPORT: Tone.WARN}


def tone_of_days(days_left: int) -> Tone:
    """How near a last day is: bad once past or within a month, warning within three."""
    if days_left <= NEAR_DAYS:
        return Tone.BAD
    return Tone.WARN if days_left <= SOON_DAYS else Tone.PLAIN


def _left(shell: Shell, row: PermitRow) -> str:
    return write.days_left(row.valid_until, shell.today())


def _left_tone(shell: Shell, row: PermitRow) -> Tone:
    return tone_of_days((row.valid_until - shell.today()).days)


def _limit(row: PermitRow) -> str:
    if row.limited_by is LimitedBy.PASSPORT:
        return name_of(DocumentType.PASSPORT)
    if row.shorter:
        return _("Shorter")
    return _("Principal") if row.limited_by is LimitedBy.PRINCIPAL else ""


def _lost(row: PermitRow) -> str:
    return write.days(row.lost_days) if row.lost_days else write.DASH


def _columns(shell: Shell) -> tuple[Column[PermitRow], ...]:
    return (
        Column(
            "name", lambda: _("Holder"), lambda r: r.name, width=8.4, sort="name", stretch=True,
            tooltip=lambda r: r.name,
        ),
        Column(
            "code", lambda: field_label("code"), lambda r: name_of(r.code), width=4.2,
            sort="code", quiet=True, tooltip=lambda r: meaning_of(r.code),
            source="application.code",
        ),
        Column(
            "number", lambda: _("Number"), lambda r: write.text(r.permit_number), width=7.6,
            sort="number", quiet=True,
            source="permit.permit_number",
        ),
        Column(
            "from", lambda: field_label("from_day"), lambda r: write.iso(r.valid_from), width=7.4,
            kind="date", sort="from", optional=True,
            source="permit.valid_from",
        ),
        Column(
            "until", lambda: field_label("until_day"), lambda r: write.iso(r.valid_until),
            width=7.4, kind="date", sort="until",
            source="permit.valid_until",
        ),
        Column(
            "left", lambda: _("Left"), partial(_left, shell), width=5, kind="number",
            sort="until", tone=partial(_left_tone, shell),
            source="permit.valid_until",
        ),
        Column(
            "limited", lambda: _("Limited by"), _limit, width=8.1, kind="chip",
            tone=lambda r: _LIMIT_TONES.get(r.limited_by, Tone.PLAIN),
            tooltip=lambda r: name_of("shorter" if r.shorter else r.limited_by, "limited_by"),
        ),
        Column("lost", lambda: _("Lost"), _lost, width=4.6, kind="number",
               sort="lost"),
    )  # fmt: skip


class PermitsPage(FiguredListPage):
    """Every permit, the one that ends first at the top."""

    key = "permits"
    KIND = ListKind.PERMITS
    ids_of = staticmethod(permits.ids)
    EXPORT = "permits"
    ENTITY = "permit"
    CONCERNS = frozenset({"permit", "application", "person", "member", "passport", "former_name"})
    OFFERED = frozenset({"application", "letter", "person"})
    SIZES = (13, 8)
    SORT = ("until", False)

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a name, a number…"),
            empty_title=_("No permit yet"),
            empty_sentence=_(
                "This is where the permits issued stand, with their last day and what sets it. "
                "Open a person whose application is approved and record the permit."
            ),
            empty_button=_("Go to the people"),
        )

    def columns(self) -> Sequence[Column[PermitRow]]:
        return _columns(self.shell)

    def make_filters(self) -> None:
        super().make_filters()
        self.ends = self.filters.add_chip(FilterChip(), "ends")
        self.year = self.filters.add_chip(FilterChip(), "year")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))

    def fill_filters(self) -> None:
        within = _("Expires within {days} days")
        ends = [(days, within.format(days=days)) for days in (30, 90, 180)]
        self.ends.set_choices(
            _("Expiry"), _("Every expiry"), [*ends, (_PAST, _("Already expired"))]
        )
        years = [
            (y, _("Valid from {year}").format(year=y))
            for y in applications.years(self.shell.office)
        ]
        self.year.set_choices(_("Year"), _("All years"), years)
        self.clerk.fill(self.shell.office)
        super().fill_filters()

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> permits.PermitFilter:
        today = self.shell.today()
        ends = cast(int | None, named.get("ends"))
        first = last = None
        if ends == _PAST:
            last = today - timedelta(days=1)
        elif ends is not None:
            first, last = today, today + timedelta(days=ends)
        return permits.PermitFilter(
            text=text,
            year=named.get("year"),
            until_from=first,
            until_by=last,
            clerk=named.get("clerk"),
            columns=columns,
        )

    def fetch(self, ids: Sequence[int]) -> Sequence[PermitRow]:
        return permits.rows(self.shell.office, ids)

    def total(self) -> int:
        return permits.count(self.shell.office)

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        row = self.table.current_row()
        if row is None:
            return ()
        file = person_file.file_of(self.shell.office, row.person_id)
        found = (permit for permit in file.permits if permit.id == row.id)
        return [one for permit in found for one in offers(application_actions.PERMIT_ENTRY, permit)]

    def fill_empty(self) -> None:
        self.shell.go("people")
