# SPDX-License-Identifier: Apache-2.0
"""SQL that each engine writes otherwise, as pieces that go into statements which every engine
reads.

Each piece names its columns itself and says how many parameters it takes. Knows no register.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping


class Dialect(ABC):
    """Pieces of SQL in an engine's own words."""

    @abstractmethod
    def any_of(self, column: str) -> str:
        """Return a condition: the column is one of many numbers. Takes one parameter: `numbers`."""

    @abstractmethod
    def numbers(self, wanted: Iterable[int]) -> object:
        """Return the parameter of `any_of`."""

    @abstractmethod
    def any_text_of(self, column: str) -> str:
        """Return a condition: the column is one of many texts. Takes one parameter: `texts`."""

    @abstractmethod
    def texts(self, wanted: Iterable[str]) -> object:
        """Return the parameter of `any_text_of`."""

    @abstractmethod
    def place_of(self, code: str) -> str:
        """Return the place of a code among many. Takes one parameter: `placed`."""

    @abstractmethod
    def placed(self, wanted: Iterable[tuple[object, int]]) -> object:
        """Return the parameter of `place_of`: each code with its place."""

    @abstractmethod
    def gathered(self, ids: str) -> str:
        """Return a query whose only value is the column `id` of another one as a JSON array, in
        that one's order."""

    @abstractmethod
    def found_by_words(self, column: str) -> str:
        """Return a condition: the person of a column is found by words. Takes one parameter, the
        expression that `SearchIndex.expression` makes of what was typed."""

    @abstractmethod
    def holding(self, told: str) -> str:
        """Return a condition: a folded text is within what is told, whatever its accents and case.
        Takes one parameter, the text as `fold` leaves it."""

    @abstractmethod
    def holds_others_than(self, column: str, signs: str) -> str:
        """Return a condition: a text has signs that are none of these (`0-9A-Z`). Word by word as
        the engine's indexes have it."""

    @abstractmethod
    def holds(self, column: str, part: str) -> str:
        """Return a condition: a text has a part, letter by letter. Word by word as the engine's
        indexes have it."""

    @abstractmethod
    def json_number(self, column: str, name: str) -> str:
        """Return the whole number under a name of a JSON object, NULL without one."""

    @abstractmethod
    def json_text(self, column: str, name: str) -> str:
        """Return the text under a name of a JSON object, NULL without one."""

    @abstractmethod
    def json_length(self, column: str) -> str:
        """Return how many elements a JSON array has, NULL where there is none."""

    @abstractmethod
    def json_record(self, columns: Mapping[str, str]) -> str:
        """Return the canonical JSON (`serialization.dump`) of columns by name. Where a text holds
        signs that engines write otherwise, it may differ all the same."""

    @abstractmethod
    def json_row(self, columns: Mapping[str, str]) -> str:
        """Return the JSON of a row as the journal tells it, without what is NULL; as `json_record`
        it may differ."""

    @abstractmethod
    def brought_any(self, column: str) -> str:
        """Return a condition: one of many rows of an entity is among what came in together. Takes
        two parameters: the entity, and `numbers`."""

    @abstractmethod
    def brought_row(self, column: str, place: str) -> str:
        """Return the row at a place of what came in together, as JSON."""

    @abstractmethod
    def day_number(self, day: str) -> str:
        """Return a day as a number that grows by one from day to day."""

    @abstractmethod
    def month_in_toronto(self, instant: str) -> str:
        """Return a moment, kept as ISO text in UTC, as ISO text whose year and month are Toronto's.

        On the first of a month, where alone the hour matters, Toronto keeps winter time from
        December to March: the days on which the clocks change come later in theirs.
        """
