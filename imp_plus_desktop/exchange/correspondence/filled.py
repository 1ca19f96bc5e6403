# SPDX-License-Identifier: Apache-2.0
"""Letters as plain values: what is wrong with a template, what it uses, and a letter's pages.

Nothing of this is read from a file here, and nothing of it knows what its fields mean.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from imp_plus_desktop.domain.classes import dataclass

PAGE, PAGES = "\ue000", "\ue001"
"""Stand in the head and the foot of a letter for the page's number, and for how many there are."""

Value = str | Sequence[str] | Sequence[Mapping[str, str]]
"""What stands in a field: a text, texts to go through, or members of something by name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template: a code, the field or the tag, and the line where it stands."""

    code: str
    tag: str = ""
    line: str = ""
    like: str = ""
    """A field that may have been meant."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a template uses: `needed` fields always stand in it, `used` are all, in its order."""

    used: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter to be laid out: HTML of our own making, and the paper. Lengths are in millimetres.

    `pictures` are PNG or JPEG by the names that the HTML gives them.
    """

    body: str
    head: str = ""
    foot: str = ""
    first_head: str | None = None
    first_foot: str | None = None
    """Of the first page, where it has its own."""
    width: float = 215.9
    height: float = 279.4
    margins: tuple[float, float, float, float] = (25.4, 25.4, 25.4, 25.4)
    """Left, top, right, bottom."""
    head_at: float = 12.7
    foot_at: float = 12.7
    """How far the head and the foot are from the edge."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    archival: bool = False
    """Whether its PDF is one for archives (PDF/A-1b): without pictures that shine through."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter as a Word file, and as pages."""

    docx: bytes
    sheet: Sheet


def told(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON has it."""
    plain = {name: getattr(sheet, name) for name in Sheet.__slots__ if name != "pictures"}
    pictures = {name: base64.b64encode(data).decode() for name, data in sheet.pictures.items()}
    return {**plain, "pictures": pictures}


def sheet_of(value: Mapping[str, Any]) -> Sheet:
    """The sheet that JSON tells."""
    pictures = {name: base64.b64decode(data) for name, data in value["pictures"].items()}
    left, top, right, bottom = value["margins"]
    return Sheet(**{**value, "margins": (left, top, right, bottom), "pictures": pictures})
