# SPDX-License-Identifier: Apache-2.0
"""What says who somebody is beside a name in a workbook: the individual reference, and the number
by which this register knows its own people again.

    Identifiers(office).columns() -> the two columns      .cells(person) -> what stands in them
"""

from __future__ import annotations

from functools import cached_property

from imp_plus_desktop.domain.records.catalogue import REGISTER_NUMBER
from imp_plus_desktop.exchange.writers.writing import TEXT, ListColumn, Value
from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import lookups


class Identifiers:
    """The identifiers of everybody in the register; read when first asked for."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._numbers = office.own_numbers

    def columns(self) -> tuple[ListColumn, ListColumn]:
        return ListColumn(_("Individual reference no."), TEXT), self.own_column()

    def own_column(self) -> ListColumn:
        """The column of the register's numbers, under the header by which lists have it."""
        header = self._office.vocabulary.header(REGISTER_NUMBER.named, current_language())
        return ListColumn(header, TEXT)

    def cells(self, person: int) -> tuple[Value, Value]:
        return self._references.get(person), self.own(person)

    def own(self, person: int) -> str:
        """The register's number of somebody."""
        return self._numbers.of(person)

    @cached_property
    def _references(self) -> dict[int, str]:
        return lookups.references(self._office.register)
