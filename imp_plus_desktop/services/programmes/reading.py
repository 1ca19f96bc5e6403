# SPDX-License-Identifier: Apache-2.0
"""A programme's file from its bytes, with everything that is wrong with it.

programme_of(text, known) -> ProgrammeFile; raises ProgrammeMistakes
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.programmes.lines import place, trouble
from imp_plus_desktop.domain.programmes.loading import BadFile, Mistake, load
from imp_plus_desktop.domain.programmes.parameters import Known
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.domain.values.programme import Fee

if TYPE_CHECKING:
    from imp_plus_desktop.exchange.values.vocabulary import Vocabulary

MOST_BYTES = 200_000
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_OF_OTHER_PROGRAMS = (b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How documents of word processors, workbooks and PDFs begin."""
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table key")
"""What the reader of TOML says of a name or a table that stands twice."""
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


class ProgrammeMistakes(ExchangeError):
    """A file that is no programme; `wrong` says why, mistake by mistake."""

    def __init__(self, wrong: Sequence[Mistake]) -> None:
        super().__init__("programme_mistakes")
        self.wrong = tuple(wrong)


def known_names(words: Vocabulary, fees: Iterable[Fee]) -> Known:
    """What the file of a programme may name of the program's tables."""
    return Known(
        countries=frozenset(code for code, _name in words.countries("en")),
        categories=frozenset(code for code, _word in words.words("csq_category", "en")),
        fees=frozenset(one.fee for one in fees),
        fields=frozenset(words.fields),
    )


def text_of(content: bytes) -> str:
    """The text of a file, as it is kept. Errors: ProgrammeMistakes."""
    if len(content) > MOST_BYTES:
        raise ProgrammeMistakes([Mistake("too_large")])
    if content.startswith(_OF_OTHER_PROGRAMS):
        raise ProgrammeMistakes([Mistake("not_plain")])
    # Windows' editor writes this mark before what it calls Unicode.
    encoding = "utf-16" if content.startswith(_WIDE) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise ProgrammeMistakes([Mistake("not_text")]) from None
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=64)
def programme_of(text: str, known: Known) -> ProgrammeFile:
    """The programme that a text says. Errors: ProgrammeMistakes."""
    deep = plain_text.deep_key(text)
    if deep is not None:
        raise ProgrammeMistakes([Mistake("not_toml", line=deep)])
    try:
        table = tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        raise ProgrammeMistakes([_unread(text, str(error))]) from None
    try:
        return load(table, known)
    except BadFile as error:
        raise ProgrammeMistakes(placed(text, error.mistakes)) from None


def placed(text: str, mistakes: Iterable[Mistake]) -> list[Mistake]:
    """The mistakes, each with the line of the file where it stands."""
    return [replace(one, line=place(text, one.table, one.row, one.name)) for one in mistakes]


def _unread(text: str, told: str) -> Mistake:
    found = _PLACE.search(told)
    twice = any(words in told for words in _TWICE)
    stopped = int(found.group(1)) if found else None
    line, code, value = trouble(text, stopped, said_twice=twice)
    return Mistake(code, value=value, line=line)
