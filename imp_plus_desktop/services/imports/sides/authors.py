# SPDX-License-Identifier: Apache-2.0
"""Who wrote the register's value: nobody, a list of the sender, another one's, or a hand.

Reads the journal and the archive, each once for a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from imp_plus_desktop.exchange.lists.drafts import ParsedFile
from imp_plus_desktop.services.imports.sides.differences import Difference
from imp_plus_desktop.services.imports.sides.senders import sheets_of_sender
from imp_plus_desktop.services.imports.sides.who_wins import Author
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import past_lists
from imp_plus_desktop.storage.archive.past_sheets import PastSheet
from imp_plus_desktop.storage.history.writings import Writing, Writings


class Authors:
    """The writers of what one file would replace, and the lists of its senders."""

    def __init__(
        self,
        office: Office,
        parsed: ParsedFile,
        here: Callable[[], Collection[int]],
        written: Writings,
    ) -> None:
        self._office = office
        self._parsed = parsed
        self._here = here
        self.written = written
        self._sheets: dict[str, list[PastSheet]] = {}

    def sheets_of(self, kind: str) -> list[PastSheet]:
        """What came in before of whoever sends the file's lists of a kind, the latest first."""
        if kind not in self._sheets:
            lists = [sheet for sheet in self._parsed.sheets if sheet.kind == kind]
            self._sheets[kind] = sheets_of_sender(self._office, lists, self._here)
        return self._sheets[kind]

    def writing(self, one: Difference) -> Writing | None:
        """The change that made the register's value; None where it was never anything else."""
        if one.writing is not None:
            return one.writing
        person = int(one.update.file.person.id)
        found = self.written.last(person, one.entity, one.number, one.column)
        # What came in empty with its row was emptied by nobody.
        return None if found is not None and one.ours is None and found.before is None else found

    def author(self, one: Difference) -> Author:
        """Who wrote the register's value."""
        writing = self.writing(one)
        if writing is None:
            return Author.NOBODY
        if not writing.of_list:
            return Author.HAND
        act, _name = self._list_of(writing)
        own = any(sheet.act == act for sheet in self.sheets_of(one.update.kind))
        return Author.SENDER if own else Author.LIST

    def list_of(self, writing: Writing | None) -> str | None:
        """The name of the list that brought a value; None where a hand wrote it."""
        return self._list_of(writing)[1] if writing is not None and writing.of_list else None

    def _list_of(self, writing: Writing) -> tuple[int, str]:
        """The import that read the row of a change, also where the row was held first."""
        if writing.file_name is None and writing.sheet is not None and writing.row is not None:
            held = past_lists.list_of_held_row(
                self._office.register, writing.sheet, writing.row, writing.act
            )
            if held is not None:
                return held
        return writing.act, writing.file_name or ""
