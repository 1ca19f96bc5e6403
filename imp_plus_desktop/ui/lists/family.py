# SPDX-License-Identifier: Apache-2.0
"""The list of family members, with what each one asked for. Holds columns and filters only."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import MemberRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.values.calendar import birthday
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN, is_hidden
from imp_plus_desktop.i18n import _, pgettext
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.ui.lists.applications import STATE_TONES
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.meanings import meaning_of
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions import record_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.actions.record_actions import relative_of
from imp_plus_desktop.ui.person.panel_state import PanelState
from imp_plus_desktop.ui.shell.actions import Offer, offers
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.words.messages import country_name, field_label, name_of


def _birth(shell: Shell, row: MemberRow) -> str:
    """The birth date and, in brackets, the age it makes today."""
    if row.birth_date is None:
        return write.DASH
    if is_hidden(row.birth_date):
        return HIDDEN
    if isinstance(row.birth_date, str):
        return row.birth_date  # a year or a month gives no age
    today = shell.today()
    years = today.year - row.birth_date.year
    age = years if birthday(row.birth_date, years) <= today else years - 1
    return f"{write.iso(row.birth_date)} ({age})"


def _citizenship(row: MemberRow) -> str:
    return country_name(row.citizenship) if row.citizenship else write.DASH


def _state(row: MemberRow) -> str:
    return "" if row.state is None else name_of(row.state)


def _state_tone(row: MemberRow) -> Tone:
    return Tone.PLAIN if row.state is None else STATE_TONES[row.state]


def _columns(shell: Shell) -> tuple[Column[MemberRow], ...]:
    return (
        Column(
            "name", lambda: _("Member"), lambda r: r.name, width=8, sort="name", stretch=True,
            tooltip=lambda r: r.name,
        ),
        Column(
            "relation", lambda: field_label("relation"), lambda r: name_of(r.relation), width=5.4,
            sort="relation", quiet=True, tooltip=lambda r: name_of(r.relation),
            source="member.relation",
        ),
        Column(
            "principal", lambda: pgettext("column", "Principal"), lambda r: r.principal_name,
            width=12.5, sort="principal", tooltip=lambda r: r.principal_name,
        ),
        Column(
            "birth", lambda: _("Born on"), partial(_birth, shell), width=9.9,
            kind="date", sort="birth", tooltip=_citizenship,
            source="member.birth_date",
        ),
        Column(
            "code", lambda: field_label("code"),
            lambda r: name_of(r.code) if r.code else "", width=4.2, quiet=True,
            optional=True, tooltip=lambda r: meaning_of(r.code),
            source="application.code",
        ),
        Column(
            "state", lambda: field_label("state"), _state, width=9.6, kind="chip",
            tone=_state_tone, tooltip=_state,
            source="application.state",
        ),
        Column(
            "until", lambda: field_label("permit_until"),
            lambda r: write.iso(r.valid_until) if r.valid_until else "", width=7.4, kind="date",
            optional=True,
            source="permit.valid_until",
        ),
    )  # fmt: skip


class FamilyPage(PersonListPage):
    """Every spouse, partner and child, by the principal's name."""

    key = "family"
    KIND = ListKind.FAMILY
    ids_of = staticmethod(family.ids)
    count_of = staticmethod(family.matching)
    EXPORT = "family"
    ENTITY = "member"
    CONCERNS = frozenset({"member", "application", "permit", "person", "passport", "former_name"})
    SIZES = (13, 8)
    SORT = ("principal", False)
    FIRST_STATE = PanelState(opened=frozenset({"family"}))

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a principal, a number…"),
            empty_title=_("No family member yet"),
            empty_sentence=_(
                "This is where spouses, partners and children stand, with their own applications. "
                "Import a family list, or open a person and add a member."
            ),
            empty_button=_("Import a list…"),
            empty_act="imports.commit",
        )

    def columns(self) -> Sequence[Column[MemberRow]]:
        return _columns(self.shell)

    def make_filters(self) -> None:
        self.relation = self.filters.add_chip(FilterChip(), "relation")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))

    def fill_filters(self) -> None:
        relations = [(relation, name_of(relation)) for relation in Relation]
        self.relation.set_choices(field_label("relation"), _("All relations"), relations)
        self.clerk.fill(self.shell.office)

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> family.MemberFilter:
        return family.MemberFilter(
            text=text,
            relation=named.get("relation"),
            clerk=named.get("clerk"),
            columns=columns,
        )

    def fetch(self, ids: Sequence[int]) -> Sequence[MemberRow]:
        return family.rows(self.shell.office, ids)

    def total(self) -> int:
        return family.count(self.shell.office)

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        row = self.table.current_row()
        if row is None:
            return ()
        file = person_file.file_of(self.shell.office, row.person_id)
        found = (relative_of(file, one) for one in file.members if one.id == row.id)
        acts = (record_actions.RECEIVE_MEMBER, *record_actions.MEMBER)
        return [one for relative in found for one in offers(acts, relative)]

    def fill_empty(self) -> None:
        self.shell.go_import()
