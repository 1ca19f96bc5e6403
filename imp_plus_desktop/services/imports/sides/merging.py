# SPDX-License-Identifier: Apache-2.0
"""Finds what of a list does not go in by itself, of the rows about people of the register.

    contested(office, updates, parsed, taking, here) -> the rows of which some values stay out

Asks the journal who wrote what would be replaced, and the archive what the sender said before,
for the values alone that differ. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from imp_plus_desktop.domain.records.catalogue import NAMES, place_of
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.exchange.lists.drafts import ParsedFile
from imp_plus_desktop.exchange.sheets.sheets import address
from imp_plus_desktop.services.imports.sides import differences
from imp_plus_desktop.services.imports.sides.authors import Authors
from imp_plus_desktop.services.imports.sides.conflicts import (
    HAND,
    LETTER_DATE,
    Conflict,
    ConflictKey,
    Contest,
    ContestedRow,
    Kind,
    Letters,
    OnConflict,
    Update,
)
from imp_plus_desktop.services.imports.sides.differences import Difference
from imp_plus_desktop.services.imports.sides.past_words import PastWords
from imp_plus_desktop.services.imports.sides.who_wins import (
    Author,
    same_person_name,
    why_it_stays,
)
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.past_sheets import PastSheet
from imp_plus_desktop.storage.history import writings


class Taking:
    """What was chosen of a file: the cells whose value is taken, and what becomes of conflicts.

    `spells_names`: somebody asked for the list's names to be written as usual.
    """

    def __init__(
        self,
        taken: Collection[ConflictKey] = (),
        on_conflict: OnConflict = OnConflict.OURS,
        letters: Letters = Letters.ASK,
        *,
        spells_names: bool = False,
    ) -> None:
        self._taken = taken
        self._all = on_conflict is OnConflict.THEIRS
        self._letters = letters is Letters.CORRECT
        self.spells_names = spells_names

    def __call__(self, conflict: Conflict) -> Conflict:
        of_a_letter = self._letters and conflict.field == LETTER_DATE
        all_of_them = self._all and conflict.kind is Kind.CONFLICT
        second = conflict.second_key in self._taken
        take = conflict.key in self._taken or all_of_them or of_a_letter or second
        return conflict.chosen(take=take, second=second)


def contested(
    office: Office,
    updates: Sequence[Update],
    parsed: ParsedFile,
    taking: Taking,
    here: Callable[[], Collection[int]],
    file_name: str = "",
) -> tuple[ContestedRow, ...]:
    """The rows of which some values stay out unless they are taken, in the order given.

    `here` tells who of the register is in the file's lists of people; an earlier row of the file,
    which has `file_name`, told what is known of somebody new.
    """
    if not updates:
        return ()
    people = {int(update.file.person.id) for update in updates}
    written = writings.of_people(office.register, people)
    merging = _Merging(office, Authors(office, parsed, here, written), taking, file_name)
    return tuple(merging.rows(updates))


class _Merging:
    """One file against the register."""

    def __init__(self, office: Office, authors: Authors, taking: Taking, file_name: str) -> None:
        self._office = office
        self._file_name = file_name
        self._authors = authors
        self._taking = taking

    def rows(self, updates: Sequence[Update]) -> Iterator[ContestedRow]:
        """The contested rows."""
        doubtful = [(update, [*self._doubtful(update)]) for update in updates]
        words = self._words([one for _update, some in doubtful for one in some])
        for update, some in doubtful:
            contests = [self._contest(one, words[update.kind]) for one in some]
            found = tuple(contest for contest in contests if contest is not None)
            if found:
                yield ContestedRow(update, found).choosing(self._taking)

    def _doubtful(self, update: Update) -> Iterator[Difference]:
        """What a row would change and somebody else than the sender has said something of."""
        known = update.file.person.id > 0
        for one in self._differences(update):
            sender_alone = Author.NOBODY, Author.SENDER
            asked = (known and self._is_spelling(one)) or one.field == LETTER_DATE
            if asked or self._authors.author(one) not in sender_alone:
                yield one

    def _differences(self, update: Update) -> Iterator[Difference]:
        corrected = [*differences.of_entries(update, self._authors.written)]
        yield from corrected
        if corrected and all(one.leave is not None for one in corrected):
            # The entry is known again by what it is called now: what else of it differs?
            values = dict(update.values)
            for one in corrected:
                values |= one.leave or {}
            known = {name: value for name, value in values.items() if value is not None}
            update = update._replace(operations=update.plan(known))
        yield from differences.of_update(update)

    def _is_spelling(self, one: Difference) -> bool:
        """Whether a name is the register's, spelled otherwise; asked for, it may be put right."""
        if one.column not in NAMES or not same_person_name(one.ours, one.theirs):
            return False
        return not (self._taking.spells_names and str(one.ours).isupper())

    def _words(self, doubtful: Sequence[Difference]) -> dict[str, PastWords]:
        """What the senders have said before of what is in doubt, by kind of list."""
        words: dict[str, PastWords] = {}
        for kind in {one.update.kind for one in doubtful}:
            asked = [
                (one.update, one.compared)
                for one in doubtful
                if one.update.kind == kind and not self._is_spelling(one)
            ]
            words[kind] = PastWords(self._office, self._authors.sheets_of(kind) if asked else ())
            words[kind].read(asked)
        return words

    def _contest(self, one: Difference, words: PastWords) -> Contest | None:
        ours, theirs = one.sides
        if self._is_spelling(one):
            kind: Kind | None = Kind.NAME
            base, sheet = None, None
        else:
            base, sheet = words.said(one.update, one.compared)
            kind = why_it_stays(base, ours, theirs, self._authors.author(one), one.field)
        if kind is None:
            return None
        return Contest(self._conflict(one, kind, base, sheet), one.leave, one.back)

    def _conflict(
        self, one: Difference, kind: Kind, base: object, sheet: PastSheet | None
    ) -> Conflict:
        update, person = one.update, one.update.file.person
        writing = self._authors.writing(one)
        return Conflict(
            update.sheet,
            update.row,
            one.field,
            kind,
            int(person.id),
            _name(one),
            person.individual_reference,
            one.ours,
            one.theirs,
            self._authors.list_of(writing) or (HAND if person.id > 0 else self._file_name),
            writing.who if writing is not None else "",
            writing.at if writing is not None else None,
            one.shown(base),
            sheet.file_name if sheet is not None else None,
            sheet.at if sheet is not None else None,
            _cell(one),
            update.is_member,
        )


def _cell(one: Difference) -> str | None:
    columns = one.update.columns
    column = place_of(one.field, columns)
    return address(one.update.row, column) if column is not None else None


def _name(one: Difference) -> str:
    """Who a row is about, as a list would sort it."""
    if not one.update.is_member:
        return one.update.file.person.list_name
    member = next((m for m in one.update.file.members if m.id == one.number), None)
    names = one.update.values if member is None else {n: getattr(member, n) for n in NAMES}
    return list_name(names.get("family_name"), names.get("given_names"))
