# SPDX-License-Identifier: Apache-2.0
"""What a person is found by: folded names and every number one may type. Knows no index."""

from __future__ import annotations

import re

from imp_plus_desktop.domain.records.catalogue import FIELDS, rows_of
from imp_plus_desktop.domain.records.fields import Field, Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.names import fold, search_form

_SEARCHED = [field for some in FIELDS.values() for field in some if field.has(Mark.SEARCHED)]
_NUMBERS = [field for field in _SEARCHED if field.kind is Kind.IDENTIFIER]
_TEXTS = [field for field in _SEARCHED if field.kind is not Kind.IDENTIFIER]
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of what was typed: each must begin a word of the line."""
    return _WORD.findall(fold(text))


def _held(file: PersonFile, fields: list[Field]) -> list[str | None]:
    """What a file holds in these fields, in the order of the fields."""
    return [getattr(row, field.name) for field in fields for row in rows_of(file, field.entity)]


def line_of(file: PersonFile) -> str:
    """What a person is found by: names, references, numbers (also without hyphens), e-mail."""
    numbers, texts = _held(file, _NUMBERS), _held(file, _TEXTS)
    words = [search_form(*texts), *_WORD.findall(" ".join(n for n in numbers if n).lower())]
    words += [number.replace("-", "").lower() for number in numbers if number and "-" in number]
    return " ".join(words)
