# SPDX-License-Identifier: Apache-2.0
"""A programme's file from its bytes, with everything that is wrong with it.

programme_of(text, known) -> ProgrammeFile; raises ProgrammeMistakes
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from imp_plus_desktop.domain.programmes.loading import BadFile, Mistake, load
from imp_plus_desktop.domain.programmes.parameters import Known
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.domain.values.programme import Fee

if TYPE_CHECKING:
    from imp_plus_desktop.exchange.values.vocabulary import Vocabulary

MOST_BYTES = 200_000
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
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProgrammeMistakes([Mistake("not_text")]) from None
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=64)
def programme_of(text: str, known: Known) -> ProgrammeFile:
    """The programme that a text says. Errors: ProgrammeMistakes."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise ProgrammeMistakes([Mistake("not_toml", row=line)]) from None
    except (RecursionError, ValueError):
        raise ProgrammeMistakes([Mistake("not_toml", row=1)]) from None
    try:
        return load(table, known)
    except BadFile as error:
        raise ProgrammeMistakes(error.mistakes) from None
