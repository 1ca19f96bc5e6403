# SPDX-License-Identifier: Apache-2.0
"""The number by which a register knows its own people again in a list that it wrote.

    RegisterNumbers(register).of(12) -> "R12KQMXTRB"      .read("R12KQMXTRB") -> 12

A person added by hand may have no number of any government. This one is made of the row's id, four
letters of the register and three that check both: of another register, or altered, it names nobody.
"""

from __future__ import annotations

import hashlib
import re

from imp_plus_desktop.domain.values.identifiers import normalise

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that they make no words."""
_OWN, _CHECK = 4, 3
_SHAPE = re.compile(r"R([1-9][0-9]{0,17})([B-Z]{4})([B-Z]{3})", re.ASCII)


class RegisterNumbers:
    """The numbers of one register, told from others by what it is known by (`register_id`)."""

    def __init__(self, register: str) -> None:
        self._register = register
        self._own = _letters(register, _OWN)

    def of(self, person: int) -> str:
        """The number of somebody."""
        return f"R{person}{self._own}{self._check(person)}"

    def read(self, text: str) -> int | None:
        """Whom a number names; None for one of another register and for an altered one."""
        found = _SHAPE.fullmatch(normalise(text))
        if found is None or found[2] != self._own or found[3] != self._check(int(found[1])):
            return None
        return int(found[1])

    def is_altered(self, text: str) -> bool:
        """Whether a text is no such number, or was one of this register and no longer is: then
        somebody has changed it."""
        found = _SHAPE.fullmatch(normalise(text))
        return found is None or (found[2] == self._own and self.read(text) is None)

    def _check(self, person: int) -> str:
        return _letters(f"{self._register}:{person}", _CHECK)


def may_be_one(text: str) -> bool:
    """Whether a text has the shape of such a number, of whatever register."""
    return _SHAPE.fullmatch(normalise(text)) is not None


def _letters(text: str, count: int) -> str:
    """Some letters that a text stands for, always the same."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    found = ""
    for _place in range(count):
        number, at = divmod(number, len(_LETTERS))
        found += _LETTERS[at]
    return found
