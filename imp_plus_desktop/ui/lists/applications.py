# SPDX-License-Identifier: Apache-2.0
"""The list of applications, the principals' and the families'. Holds columns and filters only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import ApplicationRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications, flags
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.person_list import FiguredListPage
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.meanings import meaning_of
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions import application_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import Offer, offers
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.ui.widgets.flag_chip import FlagChip, claimed_of, is_on
from imp_plus_desktop.words.messages import field_label, name_of

STATE_TONES = {
    ApplicationState.DRAFT: Tone.PLAIN,
    ApplicationState.READY: Tone.ACCENT,
    ApplicationState.SUBMITTED: Tone.ACCENT,
    ApplicationState.RECEIVED: Tone.ACCENT,
    ApplicationState.ACKNOWLEDGED: Tone.ACCENT,
    ApplicationState.IN_PROCESS: Tone.ACCENT,
    ApplicationState.ACTION_REQUIRED: Tone.WARN,
    ApplicationState.DECISION_MADE: Tone.ACCENT,
    ApplicationState.LETTER_LAPSED: Tone.BAD,
    ApplicationState.APPROVED: Tone.OK,
    ApplicationState.PERMIT_ISSUED: Tone.OK,
    ApplicationState.REFUSED: Tone.BAD,
    ApplicationState.WITHDRAWN: Tone.PLAIN,
    ApplicationState.RETURNED: Tone.WARN,
    ApplicationState.CANCELLED_OVER_CAP: Tone.BAD,
}
_PRINCIPAL, _FAMILY = "principal", "family"


def _received(at: datetime | None) -> str:
    return write.DASH if at is None else write.iso(toronto_day(at))


def _place(row: ApplicationRow) -> str:
    return write.number(row.place)


def _place_tip(row: ApplicationRow) -> str:
    if row.place is None:
        return _("Uses no place of the cap")
    return _("Place {place} of {year}").format(place=write.number(row.place), year=row.cap_year)


COLUMNS: tuple[Column[ApplicationRow], ...] = (
    Column(
        "name", lambda: _("Name"), lambda r: r.name, width=9.8, sort="name", stretch=True,
        tooltip=lambda r: r.name,
    ),
    Column(
        "code", lambda: field_label("code"), lambda r: name_of(r.code), width=4.6, sort="code",
        quiet=True, tooltip=lambda r: meaning_of(r.code),
        source="application.code",
    ),
    Column(
        "number", lambda: _("Number"), lambda r: write.text(r.application_number), width=7.9,
        sort="number", quiet=True,
        source="application.application_number",
    ),
    Column(
        "received", lambda: field_label("received_at"), lambda r: _received(r.received_at),
        width=8, kind="date", sort="received",
        source="application.received_at",
    ),
    Column(
        "state", lambda: field_label("state"), lambda r: name_of(r.state), width=8.8, kind="chip",
        sort="state", tone=lambda r: STATE_TONES[r.state], tooltip=lambda r: name_of(r.state),
        source="application.state",
    ),
    Column(
        "decided", lambda: field_label("decided_on"), lambda r: write.iso(r.decided_on), width=7.4,
        kind="date", sort="decided", optional=True,
        source="application.decided_on",
    ),
    Column(
        "place", lambda: _("Place"), _place, width=4, kind="number", sort="place",
        tooltip=_place_tip,
        source="application.place",
    ),
)  # fmt: skip


class ApplicationsPage(FiguredListPage):
    """Every application, the latest received first."""

    key = "applications"
    KIND = ListKind.APPLICATIONS
    ids_of = staticmethod(applications.ids)
    count_of = staticmethod(applications.matching)
    EXPORT = "applications"
    ENTITY = "application"
    CONCERNS = frozenset(
        {
            *("application", "ledger_entry", "permit", "person", "member", "passport"),
            *("former_name", "letter", "residence", "flag_settlement"),
        }
    )
    OFFERED = frozenset({"application", "letter", "person"})
    SORT = ("received", True)

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a name, a number…"),
            empty_title=_("No application yet"),
            empty_sentence=_(
                "This is where the applications that IRCC has received stand, with their decision "
                "and their place in the cap. Open a person and record the application received."
            ),
            empty_button=_("Go to the people"),
        )

    def columns(self) -> Sequence[Column[ApplicationRow]]:
        return COLUMNS

    def make_filters(self) -> None:
        super().make_filters()
        self.year = self.filters.add_chip(FilterChip(), "year")
        self.state = self.filters.add_chip(FilterChip(), "state")
        self.who = self.filters.add_chip(FilterChip(), "who")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))
        self.flagged = cast(FlagChip, self.filters.add_chip(FlagChip(), "flagged"))

    def fill_filters(self) -> None:
        years = [(year, str(year)) for year in applications.years(self.shell.office)]
        self.year.set_choices(_("Year of receipt"), _("All years"), years)
        states = [(state, name_of(state)) for state in ApplicationState]
        self.state.set_choices(_("State"), _("All states"), states)
        who = [(_PRINCIPAL, _("Principals")), (_FAMILY, _("Family"))]
        self.who.set_choices(_("Who"), _("Principals and family"), who)
        self.clerk.fill(self.shell.office)
        self.flagged.fill(shared=self.shell.office.server is not None)
        super().fill_filters()

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> applications.ApplicationFilter:
        return applications.ApplicationFilter(
            text=text,
            year=named.get("year"),
            state=named.get("state"),
            family={_PRINCIPAL: False, _FAMILY: True}.get(str(named.get("who"))),
            clerk=named.get("clerk"),
            flagged=is_on(named.get("flagged")),
            claimed=claimed_of(named.get("flagged")),
            columns=columns,
        )

    def show_touched(self, touched: Touched) -> None:
        super().show_touched(touched)
        self._count_flagged()

    def _show_ids(self) -> None:
        super()._show_ids()
        self._count_flagged()

    def _count_flagged(self) -> None:
        """Say how many are flagged: known once the rows have been asked for."""
        office = self.shell.office
        self.flagged.fill(None if self._narrows else flags.count_applications(office))

    def fetch(self, ids: Sequence[int]) -> Sequence[ApplicationRow]:
        return applications.rows(self.shell.office, ids)

    def total(self) -> int:
        return applications.count(self.shell.office)

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        row = self.table.current_row()
        if row is None:
            return ()
        entry = person_file.application_of(self.shell.office, row.id)
        return offers(application_actions.APPLICATION, entry)

    def fill_empty(self) -> None:
        self.shell.go("people")
