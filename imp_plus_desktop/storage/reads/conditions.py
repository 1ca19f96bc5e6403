# SPDX-License-Identifier: Apache-2.0
"""The conditions of a list, with their parameters in order."""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.tables.statements import marks


class Conditions:
    """What all rows of a list must meet; as text it goes after WHERE."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._conditions = ["TRUE"]
        self.parameters: list[object] = []

    def __str__(self) -> str:
        return " AND ".join(self._conditions)

    def add(self, condition: str, *parameters: object) -> None:
        """Demand a condition with its parameters."""
        self._conditions.append(condition)
        self.parameters += parameters

    def only(self, ids: Sequence[int] | None, column: str) -> None:
        """Keep the rows whose column is one of these ids; None keeps all."""
        if ids is not None:
            dialect = self._db.dialect
            self.add(dialect.any_of(column), dialect.numbers(ids))

    def either(self, condition: str, column: str, ids: Sequence[int]) -> None:
        """Demand a condition without parameters, or that a column is one of these ids."""
        dialect = self._db.dialect
        self.add(f"({condition} OR {dialect.any_of(column)})", dialect.numbers(ids))

    def one_of(self, told: str, values: Sequence[object]) -> None:
        """Demand one of some values; None among them is what is empty."""
        some = [value for value in values if value is not None]
        parts = [f"{told} IN ({marks(len(some))})"] if some else []
        parts += [f"{told} IS NULL"] if len(some) < len(values) else []
        self.add(f"({' OR '.join(parts)})", *some)

    def holding(self, told: str, folded: str) -> None:
        """Demand a text within, as `fold` leaves it; what folds to nothing is in no text."""
        self.add(self._db.dialect.holding(told) if folded else "FALSE", *[folded] * bool(folded))

    def words(self, text: str, person: str) -> None:
        """Keep whom what was typed finds; what holds no word finds nobody, nothing at all all."""
        if not text.strip():
            return
        from imp_plus_desktop.domain.search.typed import read  # most lists are not searched

        typed = read(text)
        if typed.parts:
            expression = self._db.search.expression(typed)
            self.add(self._db.dialect.found_by_words(person), expression)
        else:
            self.add("FALSE")

    def of(self, scope: Scope, person: str) -> None:
        """Keep the files of a scope."""
        self.clerk(scope.clerk, person)
        if scope.letter_year is not None:
            self.add(
                f"{person} IN (SELECT person_id FROM standing WHERE letter_date BETWEEN ? AND ?)",
                f"{scope.letter_year}-01-01",
                f"{scope.letter_year}-12-31",
            )

    def clerk(self, name: str | None, person: str) -> None:
        """Keep the files of a clerk, or with "" those that nobody answers for."""
        if name is None:
            return
        if not name:
            self.add(f"{person} IN (SELECT id FROM person WHERE clerk IS NULL)")
            return
        self.add(f"{person} IN (SELECT id FROM person WHERE lower(clerk) = lower(?))", name)
