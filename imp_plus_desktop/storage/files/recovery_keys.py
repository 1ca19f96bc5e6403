# SPDX-License-Identifier: Apache-2.0
"""A register's own key as words on paper: thirteen groups of five signs, each with its check.

    written(key) -> str       `ABCDE-FGHJK-…`, to be printed
    looks_like(text) -> bool  whether somebody has typed one, right or wrong
    read(text) -> bytes       errors: Mistyped, with the first `group` that is wrong

Whoever holds it opens the register and its copies until the passphrase is changed. No sign can be
taken for another one: there is no I, L, O, U, and what is typed for them is read as what was meant.
"""

from __future__ import annotations

import hashlib

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = str.maketrans("", "", " \t\r\n\u00a0\u202f-‐‑–.")
_KEY = 32
"""Bytes: of a key of AES-256."""
_GROUP, _GROUPS = 5, 13
_SPARE = 4
"""Bits that the 52 signs have more than a key: they tell of the whole."""


class Mistyped(ValueError):
    """What was typed is no key, or not as it was printed; `group` is counted from 1."""

    def __init__(self, group: int) -> None:
        super().__init__(group)
        self.group = group


def written(key: bytes) -> str:
    """The key of a register as it is printed."""
    whole = int.from_bytes(key, "big") << _SPARE | _check_of(key)
    held = _GROUP - 1
    signs = [whole >> 5 * place & 31 for place in reversed(range(_GROUPS * held))]
    groups = [signs[at : at + held] for at in range(0, len(signs), held)]
    return "-".join(
        "".join(_SIGNS[sign] for sign in (*group, _check(number, group)))
        for number, group in enumerate(groups)
    )


def looks_like(text: str) -> bool:
    """Whether a text can only be meant as a printed key: its signs, and about as many."""
    signs = _signs(text)
    return abs(len(signs) - _GROUP * _GROUPS) <= _GROUP and set(signs) <= set(_SIGNS)


def read(text: str) -> bytes:
    """The key that somebody typed from paper. Errors: Mistyped, with the first group that is
    not as it was printed."""
    signs = _signs(text)
    whole = 0
    for number in range(_GROUPS):
        group = [_SIGNS.find(sign) for sign in signs[_GROUP * number :][:_GROUP]]
        held, check = group[:-1], group[-1:]
        if len(group) < _GROUP or -1 in group or check != [_check(number, held)]:
            raise Mistyped(number + 1)
        for sign in held:
            whole = whole << 5 | sign
    key = (whole >> _SPARE).to_bytes(_KEY, "big")
    if len(signs) != _GROUP * _GROUPS or whole & ((1 << _SPARE) - 1) != _check_of(key):
        raise Mistyped(_GROUPS)
    return key


def _signs(text: str) -> str:
    return text.upper().translate(_BETWEEN).translate(_MEANT)


def _check_of(key: bytes) -> int:
    return hashlib.sha256(key).digest()[0] >> (8 - _SPARE)


def _check(number: int, group: list[int]) -> int:
    """The last sign of a group: another one for any one sign that differs, any two beside each
    other that changed places, and the same group in another place (a sum over GF(32))."""
    total = number
    for sign in group:
        total = _doubled(total ^ sign)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value > 31 else value
