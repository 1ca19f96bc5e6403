# SPDX-License-Identifier: Apache-2.0
"""What the programme's codes and words mean, as the guide's glossary says it.

    meaning_of("A76")    "A76: the open work permit of IMP+."; empty where the glossary has none

The glossary's chapter is the one place where the sentences stand: windows and guide say the same.
"""

import re
from enum import StrEnum
from functools import cache

from imp_plus_desktop import i18n
from imp_plus_desktop.i18n import _
from imp_plus_desktop.paths import resource

_ROW = re.compile(r"^\| \*\*(?P<terms>[^*]+)\*\*[^|]*\| (?P<meaning>[^|]+) \|$", re.MULTILINE)
_MARKS = re.compile(r"\*\*?|\[([^\]]*)\]\([^)]*\)")


def meaning_of(term: StrEnum | str | None) -> str:
    """A code or a word, and what it means, in one line of plain text; or nothing."""
    meaning = _meanings(i18n.current_language()).get(str(term or ""))
    return _("{name}: {value}").format(name=term, value=meaning) if meaning else ""


@cache
def _meanings(language: str) -> dict[str, str]:
    chapter = resource("help", language, "user", "17-glossary.md").read_text(encoding="utf-8")
    return {
        term.strip(): _MARKS.sub(lambda mark: mark[1] or "", row["meaning"]).strip()
        for row in _ROW.finditer(chapter)
        for term in row["terms"].split(",")
    }
