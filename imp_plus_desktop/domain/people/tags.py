# SPDX-License-Identifier: Apache-2.0
"""The office's own words for files: `family, urgent`. A file has each once, in their order.

    split(text) -> the tags that a text names        joined(tags) -> the text, None for none
    with_tags(text, more), without_tags(text, fewer)

Two that differ by case or accents alone are the same: the one that is there first stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from imp_plus_desktop.domain.values.names import fold

_BETWEEN = re.compile(r"[,;\n]")
BETWEEN = ", "


def split(text: str | None) -> tuple[str, ...]:
    """The tags of a text, each once; a comma, a semicolon or a new line stands between two."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text or ""):
        if tag := " ".join(part.split()):
            found.setdefault(fold(tag), tag)
    return tuple(found.values())


def joined(tags: Iterable[str]) -> str | None:
    """The tags as a file keeps them; None where there are none."""
    return BETWEEN.join(tags) or None


def with_tags(text: str | None, more: Iterable[str]) -> str | None:
    """What a file keeps once it has these tags too."""
    return joined(split(BETWEEN.join([*split(text), *more])))


def without_tags(text: str | None, fewer: Iterable[str]) -> str | None:
    """What a file keeps once it has these tags no more."""
    gone = {fold(tag) for tag in fewer}
    return joined(tag for tag in split(text) if fold(tag) not in gone)
