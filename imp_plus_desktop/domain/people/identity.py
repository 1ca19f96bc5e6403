# SPDX-License-Identifier: Apache-2.0
"""The numbers of a file: their shapes, and that none stands for two people (ID-01, ID-02, ID-04).

Shapes warn and never block: the patterns are of uneven confidence. What other files hold is asked
of the register by the caller. Must not compare names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from imp_plus_desktop.domain.records.catalogue import FIELDS, rows_of
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes
from imp_plus_desktop.domain.values.identifiers import IdentifierKind, matches, normalise
from imp_plus_desktop.domain.values.unseen.seen import seen

UNIQUE = ("uci", "member_uci", "application_number")
"""The numbers that ID-02 is about."""

Numbers = tuple[tuple[str, IdentifierKind, str], ...]


def numbers_of(file: PersonFile) -> Numbers:
    """Every government number of a file: the field it stands in, its kind, its text."""
    return tuple(_numbers(file))


@seen("ID-01", "numbers_hidden")
def id_01(file: PersonFile) -> Finding:
    """Each number has the shape of its kind. `fields` names those that do not."""
    numbers = numbers_of(file)
    if not numbers:
        return not_applicable("ID-01", "no_number")
    odd = [field for field, kind, text in numbers if not matches(kind, text)]
    if odd:
        return fails("ID-01", "number_shape", fix="check_number", fields=",".join(_once(odd)))
    return passes("ID-01", "numbers_fit", count=len(numbers))


@seen("ID-02", "numbers_hidden")
def id_02(
    file: PersonFile, elsewhere: Collection[str] = (), in_two_files: Collection[str] = ()
) -> Finding:
    """A UCI and an application number stand for one person and one application.

    `elsewhere` names the fields whose number another person holds too, `in_two_files` those of
    which a member of a family holds it, here or there: one may be both. `fields` names all that
    stand twice.
    """
    unique = [(field, normalise(text)) for field, _kind, text in numbers_of(file)]
    unique = [(f, text) for f, text in unique if f in UNIQUE]
    if not unique:
        return not_applicable("ID-02", "no_unique_number")
    times = Counter(text for _field, text in unique)
    twice = [field for field, text in unique if times[text] > 1 or field in elsewhere]
    if twice:
        return fails("ID-02", "number_twice", fix="check_number", fields=",".join(_once(twice)))
    both = [field for field, _text in unique if field in in_two_files]
    if both:
        return fails(
            "ID-02",
            "number_in_two_files",
            fix="check_family_files",
            severity=Severity.WARN,
            fields=",".join(_once(both)),
        )
    return passes("ID-02", "numbers_unique", count=len(unique))


@seen("ID-04", "numbers_hidden")
def id_04(file: PersonFile, others: Collection[PersonId]) -> Finding:
    """A passport names one person. `others` are the people who have one of this file's too.

    `people` names their files, comma-separated.
    """
    if not passport_numbers(file):
        return not_applicable("ID-04", "no_passport_number")
    if others:
        named = ", ".join(str(number) for number in sorted(others))
        return fails("ID-04", "passport_shared", fix="compare_files", people=named)
    return passes("ID-04", "passport_of_one")


def passport_numbers(file: PersonFile) -> frozenset[str]:
    """The numbers of a file's passports, normalised."""
    return frozenset(normalise(p.number) for p in file.passports if p.number)


def may_be_one_passport(one: str | None, other: str | None) -> bool:
    """Whether passports of one number can be one: by the countries, where both are known."""
    return one is None or other is None or one == other


def id_02_taken(field: str) -> Finding | None:
    """What stops a number that another file has; None for a number that ID-02 is not about."""
    return (
        fails("ID-02", "number_twice", fix="check_number", fields=field)
        if field in UNIQUE
        else None
    )


_NUMBERS = tuple(
    field for some in FIELDS.values() for field in some if field.kind is Kind.IDENTIFIER
)


def _numbers(file: PersonFile) -> Iterator[tuple[str, IdentifierKind, str]]:
    for field in _NUMBERS:
        name = "member_uci" if field.entity == "member" else field.named
        for row in rows_of(file, field.entity):
            if text := getattr(row, field.name):
                yield name, field.traits.identifiers[0], text


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
