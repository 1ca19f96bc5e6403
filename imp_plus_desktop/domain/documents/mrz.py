# SPDX-License-Identifier: Apache-2.0
"""The two machine-readable lines at the foot of a passport page (ICAO 9303, TD3), read and checked.

    read_mrz(text, today) -> Mrz

Check digits are sums modulo 10 with the weights 7, 3, 1 (ID-03, source MRZ). A digit that does
not fit is told, never mended: a letter O typed for a zero is for a person to see. The lines hold
names without accents, so they fill an empty form and correct nothing. Must not read the clock.
"""

from __future__ import annotations

import re
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.names import proper_case

LINE = 44
"""Characters in each of the two lines."""

_COUNTRIES = {"D": "DEU", "RKS": "XKX"}
"""Codes that ICAO writes otherwise than ISO 3166-1."""
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Mrz:
    """What the lines say. `wrong` names what a check digit does not fit, in the lines' order:
    passport_number, birth_date, passport_expiry, personal_number, composite."""

    issuer: str
    family_name: str
    given_names: str
    passport_number: str
    citizenship: str
    birth_date: date | None
    sex: str | None
    passport_expiry: date | None
    wrong: tuple[str, ...]


def read_mrz(text: str, today: date) -> Mrz:
    """Read two pasted lines, however they are broken or spaced.

    `today` tells the century of a birth. Errors: DomainError mrz_unreadable.
    """
    letters = re.sub(r"\s+", "", text).upper().replace("«", "<<")
    if len(letters) != 2 * LINE or not re.fullmatch(r"[A-Z0-9<]+", letters):
        raise InvalidInput("mrz_unreadable")
    first, second = letters[:LINE], letters[LINE:]
    if not first.startswith("P"):
        raise InvalidInput("mrz_unreadable")
    family, _gap, given = first[5:].partition("<<")
    return Mrz(
        issuer=_country(first[2:5]),
        family_name=_name(family),
        given_names=_name(given),
        passport_number=second[0:9].rstrip("<"),
        citizenship=_country(second[10:13]),
        birth_date=_birth(second[13:19], today),
        sex={"M": "M", "F": "F", "X": "X"}.get(second[20]),
        passport_expiry=_day("20" + second[21:27]),
        wrong=_wrong(second),
    )


def check_digit(text: str) -> int:
    """The digit that stands behind a field: letters count from 10, a filler counts 0."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10


def id_03(mrz: Mrz | None) -> Finding:
    """The check digits fit. Source MRZ. `fields` names what does not, comma-separated."""
    if mrz is None:
        return not_applicable("ID-03", "no_mrz")
    if mrz.wrong:
        return fails("ID-03", "mrz_digits_differ", fix="check_mrz", fields=",".join(mrz.wrong))
    return passes("ID-03", "mrz_digits_fit")


def _wrong(second: str) -> tuple[str, ...]:
    fields = (
        ("passport_number", second[0:9], second[9]),
        ("birth_date", second[13:19], second[19]),
        ("passport_expiry", second[21:27], second[27]),
        ("personal_number", second[28:42], second[42]),
        ("composite", second[0:10] + second[13:20] + second[21:43], second[43]),
    )
    return tuple(name for name, text, digit in fields if not _fits(name, text, digit))


def _fits(name: str, text: str, digit: str) -> bool:
    if name == "personal_number" and not text.strip("<"):
        return digit in "<0"  # an empty one may go without its digit
    return digit == str(check_digit(text))


def _name(text: str) -> str:
    return proper_case(" ".join(text.replace("<", " ").split()))


def _country(text: str) -> str:
    code = text.rstrip("<")
    return _COUNTRIES.get(code, code)


def _birth(text: str, today: date) -> date | None:
    """Of two centuries the later that is not ahead."""
    born = _day("20" + text)
    return born if born is None or born <= today else _day("19" + text)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
