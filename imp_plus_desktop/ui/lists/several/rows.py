# SPDX-License-Identifier: Apache-2.0
"""The rows that are chosen in a list, as what is done to them needs them.

    ListOfRows                what a page of rows offers to what is done to several
    ChosenRows(page, ids, hidden)      people(), files(), names(ids), values()

Must not do anything to them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.person.actions.several_actions import Chosen
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.view import TableView


class ListOfRows(Protocol):
    """A list whose rows belong to people."""

    ENTITY: ClassVar[str]
    """What its rows are, as the register names kinds of rows."""
    key: ClassVar[str]
    """What the list is called in the program."""
    table: TableView

    @property
    def shell(self) -> Shell: ...
    def fetcher(self) -> Callable[[Sequence[int]], Sequence[Any]]: ...
    def export_rows(self, ids: array[int]) -> None: ...
    def fetch(self, ids: Sequence[int]) -> Sequence[Any]: ...
    def title(self) -> str: ...
    def window(self) -> QWidget: ...


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """Rows that are chosen; a filter hides `hidden` of them."""

    page: ListOfRows
    ids: tuple[int, ...]
    hidden: int = 0

    def people(self) -> tuple[int, ...]:
        """In whose files they are, each person once."""
        if self.page.ENTITY == "person":
            return self.ids
        from imp_plus_desktop.services.several import changes

        return tuple(changes.people_behind(self.page.shell.office, self.page.ENTITY, self.ids))

    def files(self) -> Chosen:
        """The files in which they are."""
        hidden = self.hidden if self.page.ENTITY == "person" else 0
        return Chosen(self.page.shell, self.page.window(), self.people(), hidden)

    def names(self, some: Sequence[int]) -> Mapping[int, str]:
        """What rows are called, by their ids."""
        return {number: row.name for number, row in zip(some, self.page.fetch(some), strict=False)}

    def values(self) -> list[Any]:
        """All the rows."""
        return list(self.page.fetch(self.ids))
